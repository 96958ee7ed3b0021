"""The catalogue as shipped, held against the publishers' real files; the Kerncijfers of CBS have a file of their own."""

import json
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.analysis.peers import FEATURES
from wijkdata.catalogue import Catalogue, Column, Form, Role

# id, pillar, role, higher_is: what was decided once and may not change unseen. A new indicator needs no row here.
DECISIONS = """
lbm3_won                fysiek              score     better
lbm3_fys                fysiek              score     better
lbm3_vrz                fysiek              shown     better
afstand_supermarkt      fysiek              shown     worse
afstand_kinderopvang    fysiek              shown     worse
bijstand_1000           sociaal_economisch  score     worse
ao_1000                 sociaal_economisch  score     worse
ww_1000                 sociaal_economisch  score     worse
ses_woa                 sociaal_economisch  score     better
opleiding_laag          sociaal_economisch  shown     worse
laag_inkomen            sociaal_economisch  score     worse
sociaal_minimum         sociaal_economisch  score     worse
inkomen_hh              sociaal_economisch  score     better
arbeidsparticipatie     sociaal_economisch  score     better
jeugdzorg               sociaal_economisch  score     worse
minima_105              sociaal_economisch  score     worse
inkomen_zwolle          sociaal_economisch  score     better
gezondheid              sociaal_economisch  score     better
lbm3_onv                veiligheid          score     better
ervaren_veiligheid      veiligheid          score     better
misdrijven_1000         veiligheid          score     worse
lbm3_soc                weerbaarheid        score     better
ervaren_samenhang       weerbaarheid        score     better
vertrouwen              weerbaarheid        score     better
vrijwilligers           weerbaarheid        score     better
ernstig_eenzaam         weerbaarheid        score     worse
regie                   weerbaarheid        score     better
eenzaam                 weerbaarheid        shown     worse
meldingen_1000          weerbaarheid        shown     neutral
beroep_gemeente_politie weerbaarheid        shown     neutral
lbm3_score              -                   headline  better
lbm3_afw                -                   headline  better
lbm2_klasse             -                   headline  better
inwoners                -                   context   neutral
dichtheid               -                   context   neutral
stedelijkheid           -                   context   neutral
eenpersoons             -                   context   neutral
65_plus                 -                   context   neutral
auto_hh                 -                   context   neutral
beperking               -                   context   neutral
"""
# Not filled by any publisher's file: only by the example and a municipality's own files.
OWN_ONLY = {
    "ervaren_veiligheid",
    "misdrijven_1000",
    "ervaren_samenhang",
    "vertrouwen",
    "vrijwilligers",
    "meldingen_1000",
    "beroep_gemeente_politie",
}
SURVEYS = {"ervaren_veiligheid", "ervaren_samenhang", "vertrouwen", "vrijwilligers"}
MODEL_SOURCES = {"lbm2", "lbm3", "lbm3_kaart", "rivm", "rivm_monitor"}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return catalogue.load()


# --- What is shipped ---------------------------------------------------------------------------------------------


def test_the_decisions_of_the_specification(shipped):
    rows = [line.split() for line in DECISIONS.strip().splitlines()]
    expected = {key: (None if pillar == "-" else pillar, role, higher) for key, pillar, role, higher in rows}
    entries = {i.id: (i.pillar, i.role.value, i.higher_is.value) for i in shipped.indicators.values()}
    assert {name: entries.get(name) for name in expected} == expected


def test_every_feature_of_look_alikes_says_how_areas_differ_on_it(shipped):
    assert all(shipped.indicators[name].likeness for name in FEATURES)


def test_one_figure_is_shown_first_and_a_fixed_rhythm_has_a_name(shipped):
    assert [i.id for i in shipped.indicators.values() if i.shown_first] == ["lbm3_afw"]
    assert all(bool(source.series_title) == bool(source.measured_every) for source in shipped.sources.values())


def test_one_unit_is_of_one_kind(shipped):
    kinds = {(item.unit, item.unit_kind.value) for item in shipped.indicators.values()}
    assert len({unit for unit, _ in kinds}) == len(kinds)
    decided = {
        "%": "percent",
        "klasse van 1 tot 9": "class",
        "score van 0 tot 10": "score",
        "verschil met de landelijke norm": "score",
        "per 1.000 inwoners": "per_thousand",
        "per huishouden": "per",
        "inwoners per km²": "people",
        "× 1.000 euro": "euro",
        "km": "other",
    }
    assert set(decided.items()) <= kinds


def test_every_pillar_has_something_that_counts(shipped):
    assert list(shipped.pillars) == ["fysiek", "sociaal_economisch", "veiligheid", "weerbaarheid"]
    assert all(shipped.of_pillar(pillar, Role.SCORE) for pillar in shipped.pillars)


def test_every_text_is_filled_and_reads_as_dutch(shipped):
    for item in [*shipped.indicators.values(), *shipped.sources.values(), *shipped.pillars.values()]:
        texts = {name: value for name, value in item if isinstance(value, str) and name not in ("id", "url")}
        for name, text in texts.items():
            where = f"{item.id}.{name}: {text!r}"
            assert text.strip() == text and text, where
            assert not re.search(r"todo|tbd|xxx|lorem|invullen|\?\?|\.\.\.|…|  ", text, re.I), where
    for item in shipped.indicators.values():
        assert len(item.short) <= 32, item.id
        assert item.description[0].isupper() and item.description.endswith("."), item.id
        assert item.we_did[0].isupper() and item.we_did.endswith("."), item.id
        assert item.fills.startswith("lees ") and not item.fills.endswith("."), item.id


def test_every_indicator_has_a_subject_and_words_of_people_that_are_not_in_its_texts(shipped):
    assert set(shipped.subjects) >= {item.subject for item in shipped.indicators.values()}
    for item in shipped.indicators.values():
        assert item.subject, item.id
        for word in item.search_words:
            assert word == word.lower().strip() and len(word) > 1, (item.id, word)


def test_no_two_indicators_share_a_name_on_screen(shipped):
    for names in ([i.title for i in shipped.indicators.values()], [i.short for i in shipped.indicators.values()]):
        assert len(set(names)) == len(names)


def test_what_counts_in_a_score_has_a_base_year_a_direction_and_a_range(shipped):
    for item in (i for i in shipped.indicators.values() if i.role is Role.SCORE):
        assert item.reference_year is not None and item.sign in (-1, 1) and item.range is not None, item.id


def decided(shipped):
    """The indicators of `DECISIONS`: what was decided of them holds, a new one may be otherwise."""
    return [shipped.indicators[line.split()[0]] for line in DECISIONS.strip().splitlines()]


def test_log_only_where_the_real_distribution_asks_for_it(shipped):
    logged = {item.id for item in decided(shipped) if item.transform == "log1p"}
    assert logged == {"bijstand_1000", "ao_1000", "misdrijven_1000"}


def test_rates_that_explode_have_a_population_floor(shipped):
    rates = [item for item in shipped.indicators.values() if item.unit == "per 1.000 inwoners"]
    assert {item.id for item in rates} >= {"bijstand_1000", "ao_1000", "ww_1000", "misdrijven_1000", "meldingen_1000"}
    assert all(item.minimum_population == 1000 for item in rates)


def test_measured_perceived_and_modelled_are_told_apart(shipped):
    for item in decided(shipped):
        modelled = item.id not in ("inwoners", "eenpersoons") and any(c.source in MODEL_SOURCES for c in item.columns)
        expected = "modelled" if modelled else "perceived" if item.id in SURVEYS else "measured"
        assert item.evidence == expected, item.id


def test_versions_never_share_a_line_chart(shipped):
    series = {item.id: item.series for item in shipped.indicators.values()}
    assert series["lbm2_klasse"] not in (series["lbm3_score"], series["lbm3_afw"])
    assert series["lbm3_score"] != series["lbm3_afw"]  # 4.1 and 0.03: one is a score, the other a distance
    assert {series[f"lbm3_{part}"] for part in ("won", "fys", "onv", "soc", "vrz")} == {series["lbm3_afw"]}
    assert len({series["laag_inkomen"], series["sociaal_minimum"], series["minima_105"]}) == 3


def test_the_figure_keeps_its_two_axes_apart(shipped):
    figure = shipped.figure
    assert figure.x == ("lbm3_won", "lbm3_fys", "lbm3_onv", "bijstand_1000")
    assert not set(figure.x) & set(figure.y)
    assert set(figure.path_x) <= set(figure.x) and set(figure.path_y) <= set(figure.y)
    assert all(shipped.indicators[key].series == "lbm3" for key in figure.path_x + figure.path_y)


def test_licences_claim_nothing_that_was_not_checked_with_the_publisher(shipped):
    says_whose = ("volgens", "Volgens", "Voorwaarden van")
    assert all(any(words in s.licence for words in says_whose) for s in shipped.sources.values() if s.id != "eigen")


def test_every_indicator_can_be_filled(shipped):
    assert {item.id for item in decided(shipped) if not item.columns} == OWN_ONLY
    filling = {column.source for item in shipped.indicators.values() for column in item.columns}
    # Changes of areas are no figures; the indicators of a gemeente's own site are added in the data directory.
    assert set(shipped.sources) - filling == {"eigen", "swing", "wijzigingen"}


# --- Against the real files --------------------------------------------------------------------------------------


def _one(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    assert len(found) == 1, (folder, pattern, found)
    return found[0]


def _lbm3(data: Path) -> list[pd.DataFrame]:
    return [pd.read_csv(_one(data / "lbm3-wijken-2002-2022", "*.csv"))]


def _lbm2(data: Path) -> list[pd.DataFrame]:
    wijken = pd.DataFrame(json.loads((data / "lbm2-2016-klassen/wijk.json").read_text(encoding="utf-8"))).T
    return [wijken[[name]].rename(columns={name: "KL"}) for name in ("KL02", "KL08", "KL12", "KL14", "KL16")]


def _ses_woa(data: Path) -> list[pd.DataFrame]:
    return [pd.read_csv(_one(data / "ses-woa-amsterdam-2019", "*.csv"), sep=";", dtype=str, encoding="utf-8-sig")]


def _rivm(data: Path) -> list[pd.DataFrame]:
    frame = pd.read_csv(data / "rivm-eenzaamheid-wijk-2016/WijkEenzaamheid2016.csv")
    return [frame.rename(columns=lambda name: name.replace("*", "").strip())]


def _baarn_sociaal(data: Path) -> list[pd.DataFrame]:
    buurten = json.loads((data / "baarn/baarn_social_data.json").read_text(encoding="utf-8"))["buurten"]
    return [pd.DataFrame(buurt["tijdreeksen"]) for buurt in buurten.values()]


def _zwolle(data: Path) -> list[pd.DataFrame]:
    return [_zwolle_sheet(path) for path in sorted((data / "zwolle-buurten").glob("*.xlsx"))]


def _zwolle_sheet(path: Path) -> pd.DataFrame:
    rows = list(openpyxl.load_workbook(path).active.values)
    header = [re.sub(r"\s*\(\d+\)$", "", name) for name in rows[1]]
    return pd.DataFrame([row for row in rows[2:] if row[0] and row[1] is not None], columns=header)


FILES = {
    "lbm3": _lbm3,
    "lbm2": _lbm2,
    "ses_woa": _ses_woa,
    "rivm": _rivm,
    "baarn_sociaal": _baarn_sociaal,
    "zwolle": _zwolle,
}


FORMS = {"ses_woa": Form.STATLINE}
# In the whole table, and not in the selection of it that we have.
NOT_IN_OUR_COPY = {
    "ses_welvaart",
    "ses_opleiding",
    "ses_arbeid",
    "welvaart_percentiel",
    "vermogen_percentiel",
}


def _numbers(column: pd.Series) -> pd.Series:
    """The real numbers of a column: text trimmed, the publishers' codes for missing taken out."""
    numbers = pd.to_numeric(column.astype(str).str.strip(), errors="coerce")
    return numbers.where(numbers > -90_000)


def _values(frame: pd.DataFrame, column: Column) -> pd.Series:
    """What one real file holds of one column of the catalogue, in the catalogue's unit; without missing values."""
    per = 1.0 if column.per is None else _numbers(frame[column.per]).where(lambda n: n > 0)
    return (_numbers(frame[column.column]) / per * column.factor).dropna()


@pytest.mark.parametrize("source", FILES)
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_every_column_is_in_the_real_file_and_every_real_value_fits_the_range(source, shipped, shared):
    frames = FILES[source](shared)
    for item, column in shipped.of_source(source, FORMS.get(source, Form.FILE)):
        holding = [frame for frame in frames if column.column in frame]
        if item.id in NOT_IN_OUR_COPY:
            continue
        assert holding, f"{item.id}: {column.column!r} is in no file of {source}"
        values = pd.concat([_values(frame, column) for frame in holding])
        low, high = item.range
        assert len(values) > 10, f"{item.id}: only {len(values)} values in {source}"
        assert low <= values.min() and values.max() <= high, f"{item.id}: {values.min()} to {values.max()}"
