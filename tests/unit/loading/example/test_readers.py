"""The example goes through the same readers as the publishers' files, and arrives as written."""

import pandas as pd
import pytest

from wijkdata import areas, catalogue, settings, sources
from wijkdata.loading.example import dataset
from wijkdata.sources.reading.base import Context


def committed(name):
    return settings.EXAMPLE_DIR / name


def kerncijfers():
    frame = pd.read_csv(committed("kerncijfers-2020-fictief.csv"), sep=";", dtype=str, encoding="utf-8-sig")
    frame.columns = [name.split("/")[-1] for name in frame.columns]
    return frame.map(str.strip).set_index("Regiocode (gemeente, wijk, buurt) (code)")


@pytest.fixture(scope="module")
def readings():
    context = Context(catalogue.load())
    return {path.name: sources.read(path, context) for path in dataset.paths()}


def test_every_file_is_recognised_and_no_row_is_rejected(readings):
    expected = {
        "gemeenten": "pdok",
        "wijken": "pdok",
        "buurten": "pdok",
        "leefbaarometer": "lbm3",
        "gezondheid": "rivm",
    }
    expected |= {"kerncijfers": "kwb", "bewonersenquete": "eigen", "registraties": "eigen", "meldingen": "eigen"}
    for name, reading in readings.items():
        assert reading.edition.source == expected[name.split("-")[0]], name
        assert reading.rejected.empty, name
        assert reading.rows_kept == reading.rows_read > 0, name
        assert reading.areas["code"].map(areas.is_fictional).all(), name


def test_no_two_files_are_editions_of_one_table(readings):
    tables = [(reading.edition.source, reading.edition.table) for reading in readings.values()]
    assert len(set(tables)) == len(tables)


def test_a_figure_of_each_pillar_arrives_as_written(readings):
    counts = kerncijfers().loc["WK970101"]
    bijstand = 1000 * float(counts["Personen per soort uitkering; Bijstand (aantal)"])
    lbm = pd.read_csv(committed("leefbaarometer-wijken-fictief.csv")).iloc[0]
    own = pd.concat(pd.read_csv(committed(f"{name}-fictief.csv")) for name in ("bewonersenquete", "registraties"))
    own = own.set_index(["gebied_code", "indicator", "periode"])["waarde"]
    written = [
        ("leefbaarometer-wijken", "WK970100", "lbm3_soc", 2014, lbm["soc"]),
        ("kerncijfers-2020", "WK970101", "bijstand_1000", 2020, bijstand / float(counts["Aantal inwoners (aantal)"])),
        ("bewonersenquete", "WK970108", "ervaren_veiligheid", 2024, float(own["WK970108", "ervaren_veiligheid", 2024])),
        ("registraties", "GM9701", "misdrijven_1000", 2015, float(own["GM9701", "misdrijven_1000", 2015])),
    ]
    for name, code, indicator, period, value in written:
        figures = readings[f"{name}-fictief.csv"].observations.set_index(["code", "indicator", "period"])["value"]
        # The rate is the same division in another order, so the last bit may differ.
        assert figures[code, indicator, period] == pytest.approx(value, rel=1e-15), (code, indicator)


def test_what_is_hidden_is_missing_with_its_reason_and_never_0(readings):
    survey = readings["bewonersenquete-fictief.csv"].observations
    small = survey[survey["code"] == "WK970117"]
    assert len(small) == 40
    assert small["value"].isna().all()
    assert set(small["reason"]) == {"suppressed"}
    park = readings["kerncijfers-2024-fictief.csv"].observations.query(
        "code == 'WK970190' and indicator == 'bijstand_1000'"
    )
    assert park["value"].isna().all()
    assert park["reason"].notna().all()


def test_the_lake_is_water(readings):
    for name in ("wijken-2024-fictief.geojson", "buurten-2024-fictief.geojson"):
        water = readings[name].areas.query("water")["code"].tolist()
        assert water == [{"w": "WK970199", "b": "BU97019999"}[name[0]]]
