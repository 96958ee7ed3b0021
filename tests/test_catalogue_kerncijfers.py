"""The catalogue of CBS Kerncijfers wijken en buurten, held against the publisher's own lists of topics and real figures."""

import io
import json
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
import shapefile

from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Column, Form, HigherIs, Indicator, Role
from wijkdata.sources.reading.tidy import column_finder
from wijkdata.store.monitor import queries, versions

TABLE_2020 = "kwb2020-84799NED-v3/cbs.v3.84799NED_"
CODES_2017 = "kwb2017-83765NED-v4-codes/cbs.v4.83765NED_MeasureCodes.parquet"
STATLINE_2024 = "kwb2024-statline-nationaal"
# Columns of the table that are no figure about an area, and why.
NO_FIGURE = {
    "ID": "the number of the row",
    "WijkenEnBuurten": "the code of the area",
    "Gemeentenaam": "a name",
    "SoortRegio": "the kind of area",
    "Codering": "the code of the area",
    "IndelingswijzigingWijkenEnBuurten": "whether the borders changed: kept with the area",
    "MeestVoorkomendePostcode": "a postcode is a name",
    "Dekkingspercentage": "how well that postcode fits, in classes: says nothing about the area",
}


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return catalogue.load()


@pytest.fixture(scope="module")
def topics_2020(shared) -> pd.DataFrame:
    """The topics of the table of 2020: Key, Title, Unit, and `header` as StatLine writes them above a column."""
    topics = pd.read_parquet(shared / f"{TABLE_2020}DataProperties.parquet")
    named = topics.set_index("ID")

    def path(row: pd.Series) -> str:
        parent = row["ParentID"]
        above = path(named.loc[parent]) + "/" if pd.notna(parent) else ""
        return above + row["Title"]

    topics["header"] = [f"{path(row)} ({row['Unit']})" for _, row in topics.iterrows()]
    return topics[topics["Key"].notna() & (topics["Key"] != "")].set_index("Key", drop=False)


@pytest.fixture(scope="module")
def table_2020(shared) -> pd.DataFrame:
    """The table of 2020 with the names of the catalogue: a name that stands in it twice keeps its number."""
    frame = pd.read_parquet(shared / f"{TABLE_2020}TypedDataSet.parquet")
    bare = frame.columns.str.replace(r"_\d+$", "", regex=True)
    twice = bare[bare.duplicated()]
    frame.columns = [name if short in twice else short for name, short in zip(frame.columns, bare, strict=True)]
    return frame.set_index(frame["Codering"].str.strip())


def kwb(shipped: Catalogue, form: Form, edition: int | None = None) -> list[tuple[Indicator, Column]]:
    return [(item, column) for item, column in shipped.of_source("kwb", form) if column.is_of(edition)]


def names(columns: list[tuple[Indicator, Column]]) -> set[str]:
    return {name for _, column in columns for name in (column.column, column.per) if name}


# --- Every topic has its place -----------------------------------------------------------------------------------


def test_every_column_of_2020_is_an_indicator_or_has_a_reason_not_to_be(shipped, table_2020):
    taken = names(kwb(shipped, Form.ODATA3, 2020))
    assert len(table_2020.columns) == 118
    assert sorted(set(table_2020.columns) - taken) == sorted(NO_FIGURE)


def test_every_measure_of_2017_is_an_indicator_or_has_a_reason_not_to_be(shipped, shared):
    measures = pd.read_parquet(shared / CODES_2017).set_index("Identifier")["Title"]
    left = measures[~measures.index.isin(names(kwb(shipped, Form.ODATA4, 2017)))]
    assert len(measures) == 103
    assert list(left) == ["Dekkingspercentage"]


def test_a_code_of_2017_is_the_topic_that_carries_that_name(shipped, shared, topics_2020):
    """Codes say nothing: the title of each is that of the column of 2020 of the same indicator, where both have it."""
    measures = pd.read_parquet(shared / CODES_2017).set_index("Identifier")
    units = {"kWh", "m³"}
    known = {re.sub(r"_\d+$", "", key): row["Title"].strip() for key, row in topics_2020.iterrows()}
    twice = {key: row["Title"].strip() for key, row in topics_2020.iterrows() if row["Unit"] in units}
    of_2020 = {item.id: column.column for item, column in kwb(shipped, Form.ODATA3, 2020)}
    held = 0
    for item, column in kwb(shipped, Form.ODATA4, 2017):
        name = of_2020.get(item.id)
        title = twice.get(name) or known.get(name)
        if column.column in measures.index and title:
            assert measures.loc[column.column, "Title"].strip() == title, item.id
            held += 1
    assert held > 90


def test_every_header_of_statline_2020_is_known_and_means_one_thing(shipped, topics_2020):
    columns, find = kwb(shipped, Form.STATLINE, 2020), column_finder(list(topics_2020["header"]), Form.STATLINE)
    figures = topics_2020[~topics_2020["Key"].str.replace(r"_\d+$", "", regex=True).isin(NO_FIGURE)]
    of_odata: dict[str, set[str]] = {}
    for item, column in kwb(shipped, Form.ODATA3, 2020):
        of_odata.setdefault(column.column, set()).add(item.id)
    for _, topic in figures.iterrows():
        found = {item.id for item, column in columns if find(column.column) == topic["header"]}
        bare = re.sub(r"_\d+$", "", topic["Key"])
        assert found == of_odata.get(topic["Key"], of_odata.get(bare)), topic["header"]
    assert [item.id for item, column in columns if find(column.column) and column.per and not find(column.per)] == []


def test_every_header_of_the_statline_files_of_2024_is_known(shipped, shared):
    headers = set()
    for path in sorted((shared / STATLINE_2024).glob("*.csv")):
        headers |= set(pd.read_csv(path, sep=";", nrows=0, encoding="utf-8-sig").columns)
    figures = sorted(name for name in headers if "/" in name and not name.startswith("Regioaanduiding/"))
    columns, find = kwb(shipped, Form.STATLINE, 2024), column_finder(figures, Form.STATLINE)
    found = {name: {item.id for item, column in columns if find(column.column) == name} for name in figures}
    assert len(figures) == 11
    assert not [name for name, ids in found.items() if not ids]
    ages = "Bevolking/Leeftijdsgroepen/0 tot 15 jaar (aantal)"
    europe = "Bevolking/Bevolking naar herkomst/Herkomstland/Europa (exclusief Nederland)  (aantal)"
    assert found[ages] == {"0_tot_15", "0_tot_15_aantal"} and found[europe] == {"herkomst_europa"}


@pytest.mark.parametrize("form", [Form.ODATA3, Form.ODATA4, Form.STATLINE, Form.XLS])
def test_one_column_fills_one_indicator_beside_a_share_or_a_rate_of_it(shipped, form):
    for edition in range(2013, 2025):
        plain = [column.column for _, column in kwb(shipped, form, edition) if column.per is None]
        assert len(plain) == len(set(plain)), [name for name in plain if plain.count(name) > 1]


@pytest.mark.parametrize("form", [Form.ODATA3, Form.ODATA4, Form.STATLINE, Form.XLS])
def test_nearly_every_topic_has_a_name_in_every_form(shipped, form):
    """A name that was not seen is left out. So a form may lack topics of some years, never many."""
    items = [item for item in shipped.indicators.values() if any(column.source == "kwb" for column in item.columns)]
    without = [item.id for item in items if not any(column.form is form for column in item.columns)]
    assert len(items) > 160 and len(without) < 25, without


# --- Percentages and counts --------------------------------------------------------------------------------------


def numbers(column: pd.Series) -> pd.Series:
    found = pd.to_numeric(column.astype(str).str.strip(), errors="coerce")
    return found.where(found > -90_000)


def values(frame: pd.DataFrame, column: Column) -> pd.Series:
    """What a file holds of a column, in the unit of the catalogue."""
    per = 1.0 if column.per is None else numbers(frame[column.per]).where(lambda n: n > 0)
    return numbers(frame[column.column]) / per * column.factor


def the_column(item: Indicator, source: str, form: Form = Form.FILE, edition: int | None = None) -> Column:
    return next(c for c in item.columns if c.source == source and c.form is form and c.is_of(edition))


def map_layers(shared: Path) -> dict[str, list[pd.DataFrame]]:
    """The real map layers, their columns written as the catalogue writes them."""
    layers = [shared / "pdok-wijken-2024/wijken_2024.geojson", shared / "baarn/baarn_buurten.geojson"]
    features = [json.loads(path.read_text(encoding="utf-8"))["features"] for path in layers]
    frames = {"pdok": [pd.DataFrame([one["properties"] for one in rows]) for rows in features], "cbs_shape": []}
    for name in ("buurt2017", "wijk2017"):
        with zipfile.ZipFile(shared / f"cbs-wijkbuurt2017-groningen-zwaz/{name}.zip") as archive:
            table = shapefile.Reader(dbf=io.BytesIO(archive.read(f"{name}.dbf")))
        frames["cbs_shape"].append(pd.DataFrame([record.as_dict() for record in table.records()]))
    return {
        key: [f.rename(columns=lambda n: n.lower().replace("_", "")) for f in found] for key, found in frames.items()
    }


def test_a_share_from_counts_is_the_share_that_is_published(shipped, shared):
    """Baarn 2024: counts of StatLine against the percentages of the map, within what rounding to fives can do."""
    item = shipped.indicators["0_tot_15"]
    baarn = map_layers(shared)["pdok"][1].set_index("buurtcode")
    table = pd.read_csv(
        shared / STATLINE_2024 / "Kerncijfers_wijken_en_buurten_2024_geslachten.csv", sep=";", dtype=str
    )
    table = table.set_index(table["Regioaanduiding/Codering (code)"].str.strip()).loc[baarn.index]
    column = the_column(item, "kwb", Form.STATLINE, 2024)
    find = column_finder(list(table), Form.STATLINE)
    named = {name: find(name) for name in (column.column, column.per)}
    counted = values(table.rename(columns={header: name for name, header in named.items()}), column)
    given = values(baarn, the_column(item, "pdok"))
    assert len(given) == 21
    assert ((counted - given).abs() <= 0.5 + 100 * 5 / numbers(baarn["aantalinwoners"])).all()


def test_one_person_households_are_of_one_size_from_counts_and_from_percentages(shipped, shared, table_2020):
    """Groningen 2017 has percentages, 2020 counts: the same buurten differ by three years, not by a factor."""
    item = shipped.indicators["eenpersoons"]
    earlier = map_layers(shared)["cbs_shape"][0].set_index("bucode")
    later = table_2020.loc[[code for code in earlier.index if code in table_2020.index]]
    counted = values(later, the_column(item, "kwb", Form.ODATA3, 2020))
    given = values(earlier, the_column(item, "cbs_shape"))
    large = numbers(later["HuishoudensTotaal"]) >= 200
    difference = (counted - given)[large].dropna()
    assert len(difference) > 50 and abs(difference.median()) < 1.5 and difference.abs().max() < 25


def test_a_percentage_of_before_2017_is_not_divided_by_residents(shipped):
    item = shipped.indicators["0_tot_15"]
    assert the_column(item, "kwb", Form.ODATA3, 2013).per is None
    assert the_column(item, "kwb", Form.ODATA3, 2020).per == "AantalInwoners"
    assert [c.column for c in item.columns if c.form is Form.XLS] == ["a_00_14", "p_00_14"]


def test_every_real_value_fits_the_range(shipped, shared, table_2020):
    """A share made of rounded counts may pass it: such a figure is left out and its row kept. No published one may."""
    frames = {**map_layers(shared), "kwb": [table_2020]}
    held = dict.fromkeys(frames, 0)
    for source, tables in frames.items():
        form, edition = (Form.ODATA3, 2020) if source == "kwb" else (Form.FILE, None)
        for item, column in shipped.of_source(source, form):
            for table in (t for t in tables if column.column in t and column.is_of(edition) and column.per is None):
                found = values(table, column).dropna()
                low, high = item.range
                assert found.empty or (low <= found.min() and found.max() <= high), (item.id, found.min(), found.max())
                held[source] += len(found) > 10
    assert held["kwb"] > 30 and held["pdok"] > 40 and held["cbs_shape"] > 50, held


def test_a_share_of_rounded_counts_can_pass_one_hundred_percent(table_2020, shipped):
    """Why shares of households have a wider range and a floor of residents: CBS rounds to fives."""
    found = values(table_2020, the_column(shipped.indicators["eenpersoons"], "kwb", Form.ODATA3, 2020))
    assert (found > 100).sum() == 12 and found.max() == 200


def test_known_values_come_out_in_the_unit_the_catalogue_names(table_2020, shipped):
    """Published national figures, computed with the column, per and factor of the catalogue."""
    given = {  # 421,110 and 732,950 and 238,650 people, 3,079,778 of 7,997,800 households, 3,392,555 of 17,407,585
        "bijstand_1000": 24.191,
        "ao_1000": 42.105,
        "ww_1000": 13.710,
        "eenpersoons": 38.508,
        "65_plus": 19.489,
        "inwoners": 17_407_585,
        "gehuwd": 100 * 6_713_002 / 17_407_585,
        "met_kinderen": 100 * 2_615_101 / 7_997_800,
        "herkomst_westers": 100 * 1_828_645 / 17_407_585,
        "autos_benzine": 6_954_270,
    }
    country = table_2020.loc[["NL00"]]
    for key, expected in given.items():
        found = values(country, the_column(shipped.indicators[key], "kwb", Form.ODATA3, 2020))
        assert found.iloc[0] == pytest.approx(expected, abs=5e-4), key


# --- From the file to the store ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("indicator", "level", "code", "column"),
    [
        ("huishoudens", Level.WIJK, "WK001400", "HuishoudensTotaal"),
        ("aow_aantal", Level.WIJK, "WK001400", "PersonenPerSoortUitkeringAOW"),
        ("huishoudensgrootte", Level.BUURT, "BU00140001", "GemiddeldeHuishoudensgrootte"),
        ("adressendichtheid", Level.BUURT, "BU00140001", "Omgevingsadressendichtheid"),
        ("oppervlakte_land", Level.GEMEENTE, "GM0308", "OppervlakteLand"),
        ("autos_overig", Level.GEMEENTE, "GM0308", "PersonenautoSOverigeBrandstof"),
    ],
)
def test_a_topic_of_2020_is_in_the_store_as_published(real_data, table_2020, indicator, level, code, column):
    stored = queries.published(versions.current(real_data), indicator, level).set_index(["code", "period", "source"])
    assert stored.loc[(code, 2020, "kwb"), "value"] == table_2020.loc[code, column]


def test_a_share_of_2020_is_in_the_store_and_an_empty_topic_says_why(real_data, table_2020):
    store = versions.current(real_data)
    young = queries.published(store, "0_tot_15", Level.WIJK).set_index(["code", "period", "source"])
    row = table_2020.loc["WK001400"]
    assert young.loc[("WK001400", 2020, "kwb"), "value"] == pytest.approx(
        100 * row["k_0Tot15Jaar"] / row["AantalInwoners"]
    )
    value = queries.published(store, "woz", Level.WIJK).set_index(["code", "period", "source"])
    assert value.loc[("WK001400", 2020, "kwb"), "reason"] == "not_published"


# --- What is said ------------------------------------------------------------------------------------------------


def of_kwb(shipped: Catalogue) -> list[Indicator]:
    return [item for item in shipped.indicators.values() if any(column.source == "kwb" for column in item.columns)]


def test_shares_by_origin_are_background_in_two_series_that_never_meet(shipped):
    origin = [item for item in shipped.indicators.values() if item.subject == "herkomst"]
    assert len(origin) == 15
    assert all(item.role is Role.CONTEXT and item.higher_is is HigherIs.NEUTRAL for item in origin)
    described = [i for i in shipped.indicators.values() if re.search("herkomst|migratie|westers", i.description)]
    assert all(item in origin for item in described)
    assert len({item.series for item in origin}) == 15
    last, first = kwb(shipped, Form.ODATA3, 2022), kwb(shipped, Form.ODATA3, 2023)
    old = {item.id for item in origin if "indeling tot 2022" in item.title}
    assert {i.id for i, c in last if i.subject == "herkomst"} == old
    assert {i.id for i, c in first if i.subject == "herkomst"} == {item.id for item in origin} - old


def test_where_a_figure_is_measured_in_another_way_a_half_sentence_says_so(shipped):
    broken = {item.id: [one.year for one in item.series_breaks] for item in of_kwb(shipped) if item.series_breaks}
    assert broken == {
        "armoede": [2024],
        "net_boven_armoede": [2024],
        "woz": [2020],
        "stroom": [2023],
        "opleiding_laag_aantal": [2023],
        "opleiding_midden_aantal": [2023],
        "opleiding_hoog_aantal": [2023],
        "bedrijven": [2021],
    }
    for item in of_kwb(shipped):
        for one in item.series_breaks:
            assert one.why[0].islower() and not one.why.endswith("."), item.id


def test_poverty_of_2024_and_the_social_minimum_are_two_figures(shipped):
    poverty, minimum = shipped.indicators["armoede"], shipped.indicators["sociaal_minimum"]
    assert poverty.series != minimum.series
    assert not {c.column for c in poverty.columns} & {c.column for c in minimum.columns}


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("armoede", {"sociaal_minimum", "laag_inkomen", "bijstand_1000", "armoede", "minimum_110"}),
        ("ouderen", {"65_plus", "65_plus_aantal", "aow_aantal"}),
        ("huurhuis", {"huur", "corporatie", "overige_verhuur"}),
        ("gas", {"gas", "met_aardgas", "gas_huur"}),
        ("inbraak", {"diefstal_woning_1000", "misdrijven_1000"}),
        ("zzp", {"zelfstandigen"}),
        ("zonnepanelen", {"zonnestroom", "stroom_terug"}),
    ],
)
def test_people_find_a_figure_by_their_own_word(shipped, word, found):
    named = {i.id for i in shipped.indicators.values() if word in i.search_words or word in i.title.lower()}
    assert named >= found


def test_counts_add_up_over_areas_and_rates_follow_residents(shipped):
    for item in of_kwb(shipped):
        if item.over_areas == "sum":
            assert item.unit_kind in ("people", "other") and item.decimals == 0, item.id
        if item.unit == "per 1.000 inwoners" or any(c.per == "AantalInwoners" for c in item.columns):
            assert item.over_areas == "per_resident", item.id


def test_texts_are_dutch_and_short(shipped):
    english = re.compile(r"\b(the|and|with|from|people|household|share|average|income|number|rate|per capita)\b", re.I)
    for item in of_kwb(shipped):
        texts = [item.title, item.short, item.description, item.we_did, item.unit, *item.search_words]
        assert not [text for text in texts if english.search(text)], item.id
        assert len(item.title) <= 60 and len(item.description) <= 260, (item.id, len(item.title), len(item.description))
        assert "'" not in item.title + item.short + item.description, item.id
        assert all(len(sentence.split()) <= 30 for sentence in item.description.split(". ")), item.id
