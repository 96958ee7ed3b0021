"""The map of the Leefbaarometer, and its open data of 2024."""

import json

import pytest
from bad_files import SQUARE, feature, liveability

from wijkdata import catalogue, sources
from wijkdata.sources.reading.base import Context

RELEASE_2024 = (
    '"wk_code","wk_naam",jaar,lbm,afw,fys,onv,soc,vrz,won\n'
    '"WK970101","Binnenstad",2002,4.131519995885,0.029255135885,NA,NA,NA,NA,NA\n'
    '"WK970101","Binnenstad",2024,4.25226486,0.15,0.01,0.02,0.03,0.04,0.05\n'
)


def read(content, folder, name="lbm.geojson", **context):
    path = folder / name
    path.write_bytes(content)
    return sources.read(path, Context(catalogue.load(), **context))


def values(reading):
    rows = reading.observations.dropna(subset="value")
    return {(row.code, row.indicator, row.period): row.value for row in rows.itertuples(index=False)}


def test_classes_distances_names_and_borders(tmp_path):
    reading = read(liveability(), tmp_path)

    assert values(reading) == {
        ("WK970101", "lbm3_klasse", 2024): 7,
        ("WK970101", "lbm3_won_klasse", 2024): 5,
        ("WK970101", "lbm3_afw", 2024): 0.1,
        ("WK970101", "lbm3_won", 2024): 0.02,
    }
    assert reading.areas[["code", "name"]].values.tolist() == [["WK970101", "Binnenstad"]]
    assert reading.boundaries["code"].tolist() == ["WK970101"]
    assert reading.edition.source == "lbm3_kaart"


@pytest.mark.parametrize(
    ("column", "code"), [("id", "BU97010101"), ("wk_code", "WK970101"), ("gmcode", "GM9701"), ("code", "BU9701AA01")]
)
def test_the_codes_may_have_any_name(column, code, tmp_path):
    layer = liveability(feature(**{column: code, "gemeente": "Voorbeeld", "kscore": 3, "year": 2024}))

    assert values(read(layer, tmp_path)) == {(code, "lbm3_klasse", 2024): 3}


@pytest.mark.parametrize(
    ("name", "identifier", "answer", "year"),
    [
        ("x.geojson", "wijkscore22.1", None, 2022),
        ("x.geojson", "lbm3:wijkscore24.1", None, 2024),
        ("wijkscore20.geojson", "1", None, 2020),
        ("lbm_2018.geojson", "1", None, 2018),
        ("x.geojson", "1", 2014, 2014),
    ],
)
def test_where_the_year_comes_from(name, identifier, answer, year, tmp_path):
    one = {"type": "Feature", "id": identifier, "properties": {"id": "WK970101", "kscore": 6},
           "geometry": {"type": "Polygon", "coordinates": SQUARE}}  # fmt: skip
    layer = json.dumps({"type": "FeatureCollection", "features": [one]}).encode()

    assert values(read(layer, tmp_path, name, year=answer)) == {("WK970101", "lbm3_klasse", year): 6}


def test_the_release_of_2024_with_quoted_text_and_fifteen_digits(tmp_path):
    reading = read(RELEASE_2024.encode(), tmp_path, "Leefbaarometer-scores wijken 2002-2024.csv")

    assert values(reading)["WK970101", "lbm3_score", 2002] == 4.131519995885
    assert (reading.edition.label, reading.edition.division) == ("meting 2024", 2024)
    assert reading.areas["name"].tolist() == ["Binnenstad"]
