"""Registered crimes of the police, per year and month, as OData and as StatLine."""

import json

import pandas as pd
import pytest
from bad_files import CRIME, CRIME_STATLINE, parquet

from wijkdata import catalogue, sources
from wijkdata.sources.reading.base import Context


def read(content, folder, name="misdrijven.json"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return sources.read(path, Context(catalogue.load()))


def found(reading, indicator="misdrijven_totaal"):
    rows = reading.observations[reading.observations["indicator"] == indicator]
    return {
        (row.code, row.period): row.reason if pd.isna(row.value) else row.value for row in rows.itertuples(index=False)
    }


def as_csv():
    lines = [
        ";".join(CRIME["value"][0]),
        *(";".join("" if cell is None else str(cell) for cell in row.values()) for row in CRIME["value"]),
    ]
    return "\n".join(lines) + "\n"


def as_parquet():
    return parquet({name: [row[name] for row in CRIME["value"]] for name in CRIME["value"][0]})


def with_row(**row):
    usual = {**CRIME["value"][0], "ID": 9, "WijkenEnBuurten": "WK970103"}
    return json.dumps(CRIME | {"value": [*CRIME["value"], usual | row]})


@pytest.mark.parametrize(
    ("name", "content"), [("m.json", json.dumps(CRIME)), ("m.csv", as_csv()), ("m.parquet", as_parquet())]
)
def test_every_form_of_odata_reads_the_same(name, content, tmp_path):
    reading = read(content, tmp_path, name)

    assert found(reading) == {
        ("WK970101", 202301): 12.0,
        ("WK970101", 2023): 130.0,
        ("WK970102", 202301): "not_covered",
    }
    assert found(reading, "woninginbraak") == {("WK970101", 202301): 0.0}
    assert reading.edition.table == "47022NED-202301-GM9701"
    assert not reading.edition.division_given


def test_months_of_the_newest_year_are_provisional_where_the_form_has_no_stars(tmp_path):
    months = ["2022MM11", "2022MM12", "2022JJ00", "2023MM01", "2023MM02", "2023JJ00"]
    rows = [{**CRIME["value"][0], "ID": n, "Perioden": when} for n, when in enumerate(months)]

    assert read(json.dumps(CRIME | {"value": rows}), tmp_path).provisional == (202301, 202302)
    assert read(json.dumps(CRIME | {"value": [rows[2]]}), tmp_path, "jaar.json").provisional == ()


def test_statline_with_months_in_words_and_stars(tmp_path):
    reading = read(CRIME_STATLINE, tmp_path, "m.csv")

    assert found(reading) == {("WK970101", 202401): 14.0, ("WK970101", 202312): 11.0}
    assert found(reading, "woninginbraak") == {("WK970101", 202401): "suppressed"}
    assert reading.provisional == (202401,)
    assert reading.areas["name"].tolist() == ["Binnenstad"]


@pytest.mark.parametrize(
    ("written", "period", "table"),
    [
        ("2023MM01", 202301, "47022NED-202301-GM9701"),
        ("2023JJ00", 2023, "47018NED-2023-GM9701"),
        ("2023", 2023, "47018NED-2023-GM9701"),
        ("2023 februari", 202302, "47022NED-202302-GM9701"),
        ("februari 2023", 202302, "47022NED-202302-GM9701"),
    ],
)
def test_periods(written, period, table, tmp_path):
    text = "\n".join(CRIME_STATLINE.splitlines()[:2]).replace("2024 januari*", written) + "\n"
    reading = read(text, tmp_path, "m.csv")

    assert list(found(reading)) == [("WK970101", period)]
    assert reading.edition.table == table


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"SoortMisdrijf": "3.7.4 "}, "telt mee in het totaal"),
        ({"SoortMisdrijf": "iets"}, "geen soort misdrijf"),
        ({"WijkenEnBuurten": "RE01"}, "geen gebiedscode"),
        ({"WijkenEnBuurten": "GM9999"}, "boekhoudregio"),
        ({"GeregistreerdeMisdrijven_1": -3}, "geen aantal"),
        ({"GeregistreerdeMisdrijven_1": 2.5}, "geen aantal"),
        ({"GeregistreerdeMisdrijven_1": "veel"}, "geen aantal"),
        ({"WijkenEnBuurten": "WK970101"}, "staat er twee keer|meer dan eens"),
    ],
)
def test_a_row_that_is_not_read_says_why(row, problem, tmp_path):
    reading = read(with_row(**row), tmp_path)

    assert reading.rejected["problem"].str.contains(problem).any()
    assert reading.rows_kept + reading.rejected["row"].nunique() == reading.rows_read == 5


def test_the_same_area_with_two_counts_keeps_neither(tmp_path):
    reading = read(with_row(WijkenEnBuurten="WK970101", GeregistreerdeMisdrijven_1=99), tmp_path)

    assert ("WK970101", 202301) not in found(reading)
    assert reading.rejected["row"].tolist() == [1, 5]


def test_kinds_that_are_not_kept_apart_are_counted(tmp_path):
    assert "Alleen in het totaal: 1 soort misdrijf." in read(with_row(SoortMisdrijf="3.7.4 "), tmp_path).notes


def test_counts_are_no_rates():
    known = catalogue.load().indicators
    assert {known[name].over_areas for name in ("misdrijven_totaal", "woninginbraak", "vernieling")} == {"sum"}
    assert (
        known["misdrijven_totaal"].role == "shown"
        and known["misdrijven_totaal"].series != known["misdrijven_1000"].series
    )
