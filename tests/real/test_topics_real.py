"""The health monitor and the tables of CBS beside the Kerncijfers, on the publishers' real files."""

import numpy as np
import pandas as pd
import pytest

from wijkdata import areas, catalogue, sources
from wijkdata.catalogue import Form
from wijkdata.loading.figures import importer
from wijkdata.sources.reading.base import Context, Reading
from wijkdata.store.monitor import queries, versions

FOLDER = "rivm-50090NED-2012-2016-2020"
WAVES = {2012: "2012_18+.xlsx", 2016: "2016_18+.xlsx", 2020: "RIVM_gezondheid2020_18+.xlsx"}
OLD = "rivm-eenzaamheid-wijk-2016/WijkEenzaamheid2016.csv"
NEARNESS = (
    "statline-andere-uitvoer/Nabijheid_voorzieningen__afstand_locatie__wijk__en_buurtcijfers_2021_17012023_183355.csv"
)
SES = "ses-woa-amsterdam-2019/SES_WOA_scores_per_wijk_en_buurt_25042023_160857.csv"


@pytest.fixture(scope="module")
def wave(shared):
    """Read one wave once."""
    done: dict[int, Reading] = {}

    def reading(year):
        if year not in done:
            done[year] = sources.read(shared / FOLDER / WAVES[year], Context(catalogue.load()))
        return done[year]

    return reading


def cell(reading, code, indicator):
    rows = reading.observations
    row = rows[(rows["code"] == code) & (rows["indicator"] == indicator)]
    assert len(row) == 1
    return row["reason"].iloc[0] if row["value"].isna().iloc[0] else row["value"].iloc[0]


@pytest.mark.parametrize(
    ("indicator", "published"),
    [
        ("eenzaam_18", (39.6, 43.4, 47.0)),
        ("regie_18", ("not_asked", 89.6, 90.1)),
        ("vrijwilligers_18", ("not_asked", 28.9, 24.6)),
        ("mantelzorger_18", (12.1, 14.1, 13.6)),
    ],
)
def test_three_waves_of_the_country(wave, indicator, published):
    assert tuple(cell(wave(year), "NL00", indicator) for year in WAVES) == published


@pytest.mark.parametrize(("code", "published"), [("GM0363", 53.2), ("GM0758", 46.7), ("WK036300", 53.3)])
def test_loneliness_of_2020(wave, code, published):
    assert cell(wave(2020), code, "eenzaam_18") == published


@pytest.mark.parametrize(
    ("year", "wijken", "buurten", "hidden"),
    [(2012, 3150, 12975, 860), (2016, 3151, 13023, 811), (2020, 3150, 13066, 769)],
)
def test_what_is_filled_and_what_is_hidden(wave, year, wijken, buurten, hidden):
    rows = wave(year).observations
    rows = rows[rows["indicator"] == "eenzaam_18"]
    level = rows["code"].str[:2][rows["value"].notna()].value_counts()

    assert (level["WK"], level["BU"], int((rows["reason"] == "suppressed").sum())) == (wijken, buurten, hidden)
    assert wave(year).rows_read == wave(year).rows_kept == 17_341


@pytest.mark.parametrize("year", WAVES)
def test_every_wave_is_on_the_division_of_2020_and_a_table_of_its_own(wave, year):
    edition = wave(year).edition
    assert (edition.source, edition.table, edition.division) == ("rivm_monitor", f"50090NED-{year}", 2020)
    assert edition.division_given


def test_every_topic_of_the_table_has_an_entry(wave):
    known = {column.column for _, column in catalogue.load().of_source("rivm_monitor", Form.ODATA3)}
    read = wave(2020).observations["indicator"].nunique()
    assert read == 35 and len(known) == 42  # and seven that only the later table has


def test_19_and_18_years_or_older_are_not_the_same_figures(wave, shared):
    """Why the file of 2016 is a series of its own: its figures of the same wijken in the same year are others."""
    old = sources.read(shared / OLD, Context(catalogue.load())).observations
    new = wave(2016).observations

    def series(rows, indicator):
        return rows[rows["indicator"] == indicator].set_index("code")["value"]

    difference = (series(new, "eenzaam_18") - series(old, "eenzaam")).dropna()
    assert len(difference) == 2_613
    assert difference.mean() == pytest.approx(-0.54, abs=0.01) and difference.std() == pytest.approx(1.95, abs=0.01)
    # Emotional loneliness by another definition altogether: 8 points.
    raw = pd.read_csv(shared / OLD).drop_duplicates("wijkcode").set_index("wijkcode")["% emotioneel eenzaam*"]
    assert (series(new, "emotioneel_eenzaam_18") - raw).mean() == pytest.approx(-8.3, abs=0.1)


@pytest.fixture(scope="module")
def stored(shared, tmp_path_factory):
    """The three waves, read in."""
    folder = tmp_path_factory.mktemp("waves")
    importer.import_files([shared / FOLDER / name for name in WAVES.values()], folder, catalogue.load())
    return versions.require(folder)


def test_three_figures_from_file_to_store(stored):
    rows = queries.observations(stored, ["eenzaam_18"], areas.Level.GEMEENTE).set_index(["code", "period"])["value"]
    assert [rows["GM0363", year] for year in WAVES] == [43.9, 47.5, 53.2]


NATIONAL = {
    "afstand_supermarkt": 0.9,
    "afstand_kinderopvang": 0.7,
    "huisarts_binnen_3km": 8.3,
    "scholen_3km": 10.7,
    "middelbare_school_binnen_3km": 3.8,
    "afstand_havo_vwo": 3.4,
    "ziekenhuis_poli_binnen_20km": 8.8,
    "ziekenhuis_binnen_20km": 4.3,
    "afstand_brandweer": 2.1,
}


def test_every_topic_of_nearness_has_an_entry(shared):
    """The export with areas from left to right has the headings of all topics."""
    reading = sources.read(shared / NEARNESS, Context(catalogue.load()))

    assert {name: cell(reading, "NL00", name) for name in NATIONAL} == NATIONAL
    assert reading.observations["indicator"].nunique() == 110
    assert (reading.edition.source, reading.edition.table) == ("nabijheid", "85231NED")


def test_ses_reads_every_column_of_its_export(shared):
    reading = sources.read(shared / SES, Context(catalogue.load()))

    assert cell(reading, "GM0363", "ses_spreiding") == 1.01
    assert cell(reading, "GM0363", "opleiding_hoog_ses") == 49.5
    assert cell(reading, "WK036300", "huishoudens_ses") == 2900
    assert np.isfinite(reading.observations["value"].dropna()).all()
