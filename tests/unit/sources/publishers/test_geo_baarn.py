"""Social key figures as JSON: series per area, one row per area and year."""

import json

import pytest

from tests.geo_examples import baarn
from wijkdata import catalogue, sources
from wijkdata.errors import InputError
from wijkdata.sources.publishers import baarn_sociaal
from wijkdata.sources.reading.base import Context


def read(tmp_path, text):
    path = tmp_path / "sociaal.json"
    path.write_text(text, encoding="utf-8")
    assert sources.recognise(path) is baarn_sociaal.READERS[0]
    return sources.read(path, Context(catalogue.load()))


def with_series(**series):
    return baarn({"naam": "Centrum", "tijdreeksen": series})


def figures(reading, indicator):
    rows = reading.observations[reading.observations["indicator"] == indicator]
    return {(row.code, row.period): row.value if row.reason is None else row.reason for row in rows.itertuples()}


def test_series_become_observations_with_their_year(tmp_path):
    reading = read(tmp_path, baarn())
    assert figures(reading, "laag_inkomen") == {
        ("GM0308", 2023): 2.6,
        ("BU03080000", 2022): "not_published",
        ("BU03080000", 2023): 4.3,
    }
    assert reading.areas["name"].tolist() == ["Baarn", "Centrum"]
    assert (reading.rows_read, reading.rows_kept) == (3, 3)


def test_the_edition_says_the_years_and_the_day(tmp_path):
    edition = read(tmp_path, baarn()).edition
    assert edition.label == "2022 en 2023, opgehaald 1 april 2026"
    assert (edition.table, edition.published, edition.division) == ("sociale-kerncijfers-GM0308", "2026-04-01", 2023)


def test_a_gap_beside_figures_of_other_buurten_is_hidden_and_not_late(tmp_path):
    document = json.loads(baarn())
    document["buurten"]["BU03080001"] = {
        "naam": "Zandvoort",
        "tijdreeksen": {"huishoudens_laag_inkomen": {"2022": 3.1}},
    }
    reading = read(tmp_path, json.dumps(document))
    assert figures(reading, "laag_inkomen")["BU03080000", 2022] == "suppressed"


def test_numbers_that_call_themselves_percentages_are_reported(tmp_path):
    series = {"opleiding_laag": {"2023": 320}, "huishoudens_laag_inkomen": {"2023": 4.3}}
    (note,) = read(tmp_path, with_series(**series)).notes
    assert (
        note
        == "Volgens het bestand zijn dit percentages, maar er staan aantallen in: opleiding_laag. Ze zijn niet gebruikt."
    )


def test_a_percentage_above_100_rejects_its_row(tmp_path):
    reading = read(tmp_path, with_series(huishoudens_laag_inkomen={"2022": 430, "2023": 4.3}))
    assert reading.rejected[["row", "column", "value"]].to_numpy().tolist() == [
        [2, "huishoudens_laag_inkomen", "430.0"]
    ]
    assert reading.rows_kept == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (with_series(huishoudens_laag_inkomen={"20x3": 4.3}), "kolom huishoudens_laag_inkomen: dit is geen jaar"),
        (with_series(huishoudens_laag_inkomen=[4.3]), "deze reeks is geen lijst van jaren"),
        (
            baarn(gemeente={"tijdreeksen": {"onbekend": {"2023": 1}}}, buurten={"BU1": {"tijdreeksen": {}}}),
            "geen enkele kolom",
        ),
        (baarn([1, 2]), "dit gebied heeft geen tijdreeksen"),
        (baarn(gemeente=[]), "het deel ‘gemeente’ ontbreekt"),
        (baarn(metadata={}), "het deel ‘metadata’ ontbreekt"),
    ],
)
def test_another_shape_is_one_sentence(tmp_path, text, sentence):
    with pytest.raises(InputError, match=sentence):
        read(tmp_path, text)
