"""Tables as files: names that every file system takes, sheets that a workbook takes, text that stays text, Dutch numbers and
days where a Dutch Excel opens them."""

import csv
import io
import time
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pandas as pd
import pytest
from openpyxl import load_workbook

from wijkdata.views.shared import tables


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (("kloof", "Vlierstede-fictief", "2014-2024"), "wijkdata_kloof_vlierstede-fictief_2014-2024.csv"),
        (("profiel", "WK059908-Charlois", "2022"), "wijkdata_profiel_wk059908-charlois_2022.csv"),
        (("ingelezen-bestanden", "", ""), "wijkdata_ingelezen-bestanden.csv"),
        (("gas/stroom: m³", "'s-Gravenhage", "2020"), "wijkdata_gas-stroom--m³_s-gravenhage_2020.csv"),
        (("..\\..\\weg", "/etc", ""), "wijkdata_weg_etc.csv"),
    ],
)
def test_a_file_says_what_where_and_when(name, expected):
    assert tables.file_name(*name, "csv") == expected


@pytest.mark.parametrize(
    ("topic", "sheet"),
    [
        ("pijlers", "pijlers"),
        ("gas/stroom", "gas-stroom"),
        ("groei: [nieuw]?", "groei- -nieuw--"),
        ("x" * 40, "x" * 31),
    ],
)
def test_any_topic_can_be_the_name_of_a_sheet(topic, sheet):
    book = load_workbook(io.BytesIO(tables.xlsx_bytes(pd.DataFrame({"Jaar": [2022]}), topic)))
    assert book.sheetnames == [sheet]


@pytest.mark.parametrize("text", ["=1+1", "+31", "-weg", "@ik", "\tx", "=HYPERLINK(0)"])
def test_text_never_becomes_a_formula(text):
    frame = pd.DataFrame({"Naam": [text], "Waarde": [-1.5]})
    (row,) = load_workbook(io.BytesIO(tables.xlsx_bytes(frame, "blad"))).active.iter_rows(min_row=2)
    assert [(cell.data_type, cell.value) for cell in row] == [("s", text), ("n", -1.5)]
    assert tables.csv_bytes(frame).decode().splitlines()[1] == f"'{text},-1.5"


def test_a_missing_value_is_an_empty_cell_and_no_digit_is_lost():
    frame = pd.DataFrame({"Waarde": [0.1 + 0.2, None, 0.0, -0.123456789012345]})
    assert tables.csv_bytes(frame) == b'Waarde\n0.30000000000000004\n""\n0.0\n-0.123456789012345\n'
    heading, first, *_ = tables.csv_bytes(frame, for_excel=True).decode("utf-8-sig").splitlines()
    assert (heading, first) == ("Waarde;Waarde (alle decimalen)", "0,3;0,30000000000000004")
    book = load_workbook(io.BytesIO(tables.xlsx_bytes(frame, "blad")))
    found = [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)]
    assert found == [0.1 + 0.2, None, 0, -0.123456789012345]


def test_a_heading_never_becomes_a_formula():
    frame = pd.DataFrame({"=cmd()": [1.5]})
    assert tables.csv_bytes(frame, for_excel=True).decode("utf-8-sig").splitlines() == ["'=cmd()", "1,5"]
    cell = load_workbook(io.BytesIO(tables.xlsx_bytes(frame, "blad"))).active["A1"]
    assert (cell.data_type, cell.value) == ("s", "=cmd()")


DAY, MOMENT = date(2024, 12, 31), datetime(2024, 12, 31, 9, 5, 7)


@pytest.mark.parametrize(
    ("value", "dutch", "plain"),
    [
        (DAY, "31-12-2024", "2024-12-31"),
        (MOMENT, "31-12-2024 09:05", "2024-12-31 09:05:07"),
        (pd.Timestamp(MOMENT), "31-12-2024 09:05", "2024-12-31 09:05:07"),
        (True, "ja", "true"),
        ("a;b", "a;b", "a;b"),
        ("twee\nregels", "twee\nregels", "twee\nregels"),
        (1.5, "1,5", "1.5"),
        (Decimal("12.50"), "12,50", "12.50"),
        (None, "", ""),
        (float("nan"), "", ""),
        (pd.NaT, "", ""),
        ("Café ‘Ürümqi’ €", "Café ‘Ürümqi’ €", "Café ‘Ürümqi’ €"),
    ],
)
@pytest.mark.parametrize("mixed", [True, False])
def test_every_kind_of_cell_in_the_form_of_its_reader(value, dutch, plain, mixed):
    values = [value, "tekst"] if mixed else [value]
    frame = pd.DataFrame({"Wat": pd.Series(values, dtype=object) if mixed else pd.Series(values), "n": 2024})
    texts = {
        ";": tables.csv_bytes(frame, for_excel=True).decode("utf-8-sig"),
        ",": tables.csv_bytes(frame).decode("utf-8"),
    }
    for separator, expected in ((";", dutch), (",", plain)):
        first = list(csv.reader(io.StringIO(texts[separator]), delimiter=separator))[1]
        assert first == [expected, "2024"]


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Pacific/Auckland"])
def test_a_moment_is_by_the_clock_of_this_computer_and_a_day_is_a_day_anywhere(zone, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    aware = datetime(2024, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=1)))
    frame = pd.DataFrame({"Dag": [DAY], "Moment": pd.Series([aware], dtype=object)})
    text = tables.csv_bytes(frame, for_excel=True).decode("utf-8-sig").splitlines()[1]
    moment = f"{aware.astimezone():%d-%m-%Y %H:%M}"
    assert text == f"31-12-2024;{moment}"
    row = next(
        load_workbook(io.BytesIO(tables.xlsx_bytes(frame, "blad"))).active.iter_rows(min_row=2, values_only=True)
    )
    assert row[0].date() == DAY and f"{row[1]:%d-%m-%Y %H:%M}" == moment
    monkeypatch.undo()
    time.tzset()


def test_a_dutch_file_begins_with_its_mark_and_the_other_has_none():
    frame = pd.DataFrame({"Wijk": ["Ooij"], "Waarde": [1234.5]})
    assert tables.csv_bytes(frame, for_excel=True) == b"\xef\xbb\xbfWijk;Waarde\nOoij;1234,5\n"
    assert tables.csv_bytes(frame) == b"Wijk,Waarde\nOoij,1234.5\n"


ABOUT = tables.About(
    title="Drie wijken staan onder Nederland",
    lead="",
    where="Kaart · gemeente Vlierstede",
    when="2022",
    source="Bron: Peiling (gemeente), 2022. n = 3 wijken.",
    licence="Peiling (gemeente): CC0",
    fictional=True,
    colophon_text="Gemaakt met wijkdata.",
)


@pytest.mark.parametrize(
    ("values", "places"),
    [((85.0, 70.0), 0), ((16365.0, None), 0), ((12.5, 3.0), 1), ((55.50742012695989, 3.0), 2), ((-0.0782, None), 2)],
)
def test_a_column_is_shown_with_the_decimals_that_it_has_and_two_at_most(values, places):
    assert tables.decimals(pd.Series(values)) == places


def test_a_table_that_leaves_says_where_its_figures_come_from():
    frame = pd.DataFrame({"Wijk": ["Noord"], "Score": [55.50742012695989], "Jaar": [2022]})
    heading, row = csv.reader(
        io.StringIO(tables.csv_bytes(frame, ABOUT, for_excel=True).decode("utf-8-sig")), delimiter=";"
    )
    assert dict(zip(heading, row, strict=True)) == {
        "Wijk": "Noord",
        "Score": "55,51",
        "Score (alle decimalen)": "55,50742012695989",
        "Jaar": "2022",
        "Waar": ABOUT.where,
        "Wanneer": "2022",
        "Bron": ABOUT.source,
        "Voorwaarden": ABOUT.licence,
    }
    book = load_workbook(io.BytesIO(tables.xlsx_bytes(frame, "scores", ABOUT)))
    cell = book["scores"]["B2"]
    assert (cell.value, cell.number_format) == (55.50742012695989, "#,##0.00")
    second = dict(book["Over deze tabel"].iter_rows(values_only=True))
    assert second["Let op"] == tables.FICTIONAL and second["Titel"] == ABOUT.title
    assert {*ABOUT.columns.values(), ABOUT.colophon_text} <= set(second.values())
