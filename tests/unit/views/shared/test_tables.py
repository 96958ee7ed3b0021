"""Tables as files: names that every file system takes, sheets that a workbook takes, text that stays text."""

import io

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


@pytest.mark.parametrize("text", ["=1+1", "+31", "-weg", "@ik", "\tx"])
def test_text_never_becomes_a_formula(text):
    frame = pd.DataFrame({"Naam": [text], "Waarde": [-1.5]})
    (row,) = load_workbook(io.BytesIO(tables.xlsx_bytes(frame, "blad"))).active.iter_rows(min_row=2)
    assert [(cell.data_type, cell.value) for cell in row] == [("s", text), ("n", -1.5)]
    assert tables.csv_bytes(frame).decode().splitlines()[1] == f"'{text},-1.5"


def test_a_missing_value_is_an_empty_cell_and_no_digit_is_lost():
    frame = pd.DataFrame({"Waarde": [0.1 + 0.2, None, 0.0, -0.123456789012345]})
    assert tables.csv_bytes(frame) == b'Waarde\n0.30000000000000004\n""\n0.0\n-0.123456789012345\n'
    assert tables.csv_bytes(frame, for_excel=True).decode("utf-8-sig").splitlines()[1] == "0,30000000000000004"
    book = load_workbook(io.BytesIO(tables.xlsx_bytes(frame, "blad")))
    found = [row[0] for row in book.active.iter_rows(min_row=2, values_only=True)]
    assert found == [0.1 + 0.2, None, 0, -0.123456789012345]
