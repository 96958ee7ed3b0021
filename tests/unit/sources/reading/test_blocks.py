"""Tables as people have them: a title, an empty row, a header in row 7, merged cells, a footer, two tables on one sheet."""

import time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bad_files import xlsx
from tests.old_workbooks import ods, xls
from wijkdata.errors import InputError
from wijkdata.sources.reading import blocks, tables

WIJKEN = [("WK970101", 1200, "12,3 %"), ("WK970102", 800, "9,0 %")]


def write(folder, content, name="t.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def shapes(found):
    """Per block: its names, its row numbers, titles and footers."""
    return [(list(one.frame.columns), one.frame.index.tolist(), one.title, one.footer) for one in found]


CASES = {
    "at A1": (
        [("wijk", "inwoners", "hulp"), *WIJKEN],
        [(["wijk", "inwoners", "hulp"], [2, 3], (), ())],
    ),
    "header in row 7, source below": (
        [("Wijkcijfers",), (), ("Gemeente Voorbeeld",), (), ("Stand 1 januari 2024",), (), ("wijk", "inwoners", "hulp"), *WIJKEN, (), ("Bron: eigen registratie",)],
        [(["wijk", "inwoners", "hulp"], [8, 9], ("Wijkcijfers", "Gemeente Voorbeeld", "Stand 1 januari 2024"), ("Bron: eigen registratie",))],
    ),
    "merged header of two rows": (
        [("", "Inwoners", "", "Huishoudens", ""), ("wijk", 2023, 2024, 2023, 2024), ("WK970101", 1, 2, 3, 4), ("WK970102", 5, 6, 7, 8)],
        [(["wijk", "Inwoners 2023", "Inwoners 2024", "Huishoudens 2023", "Huishoudens 2024"], [3, 4], (), ())],
    ),
    "one merged cell above": (
        [("", "Inwoners"), ("wijk", 2023, 2024), ("WK970101", 1100, 1200), ("WK970102", 5000, 6000)],
        [(["wijk", "Inwoners 2023", "Inwoners 2024"], [3, 4], (), ())],
    ),
    "two tables below each other": (
        [("Wijken",), ("wijk", "n"), ("WK970101", 1), ("WK970102", 2), (), ("Buurten",), ("buurt", "n"), ("BU97010101", 3)],
        [(["wijk", "n"], [3, 4], ("Wijken",), ()), (["buurt", "n"], [8], ("Buurten",), ())],
    ),
    "two tables beside each other": (
        [("wijk", "n", "", "buurt", "m"), ("WK970101", 1, "", "BU97010101", 3), ("WK970102", 2, "", "BU97010102", 4)],
        [(["wijk", "n"], [2, 3], (), ()), (["buurt", "m"], [2, 3], (), ())],
    ),
    "an empty column between figures is no border": (
        [("wijk", "n", "", "m", "k"), ("WK970101", 1, "", 3, 5), ("WK970102", 2, "", 4, 6)],
        [(["wijk", "n", "m", "k"], [2, 3], (), ())],
    ),
    "an empty row inside": (
        [("wijk", "n"), ("WK970101", 1), (), ("WK970102", 2)],
        [(["wijk", "n"], [2, 4], (), ())],
    ),
    "notes, a day of export": (
        [("wijk", "n"), ("WK970101", 1), ("Datum export", "3 maart 2024"), ("(1)", "voorlopig"), ("* geschat",)],
        [(["wijk", "n"], [2], (), ("Datum export 3 maart 2024", "(1) voorlopig", "* geschat"))],
    ),
    "nothing but prose": ([("Lees dit eerst",), ("Deze map hoort bij het rapport.",)], []),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), CASES.values(), ids=CASES)
def test_every_table_of_a_sheet_is_found(rows, expected, tmp_path):
    assert shapes(tables.blocks(write(tmp_path, xlsx(*rows), "t.xlsx"))) == expected


@pytest.mark.parametrize("make", [xls, ods], ids=["xls", "ods"])
def test_of_five_sheets_one_counts(make, tmp_path):
    prose = [["Over deze cijfers"], ["Vragen: mail ons"]]
    sheets = {"Leesmij": prose, "Leeg": [], "Verantwoording": prose, "Cijfers": [["wijk", "n"], *[list(row[:2]) for row in WIJKEN]], "Begrippen": prose}  # fmt: skip
    path = write(tmp_path, make(sheets), "map")

    assert [(one.sheet, list(one.frame.columns)) for one in tables.blocks(path)] == [("Cijfers", ["wijk", "n"])]
    table = tables.read_workbook(path)
    assert list(table.frame.columns) == ["wijk", "n"]
    assert "Gelezen is het werkblad ‘Cijfers’; niet gebruikt: Leesmij, Verantwoording en Begrippen." in table.notes


def test_the_sheet_with_the_columns_that_are_needed(tmp_path):
    sheets = {"A": [["wijk", "n"], ["x", 1]], "B": [["gebied_code", "waarde"], ["WK970101", 1]]}
    path = write(tmp_path, xls(sheets), "map")

    assert list(tables.read_workbook(path).frame) == ["wijk", "n"]
    assert list(tables.read_workbook(path, needed=("gebied_code",)).frame) == ["gebied_code", "waarde"]


def test_merged_cells_of_excel(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["Cijfers per wijk"], [], ["wijk", "Wonen", None, "Zorg"], [None, "koop", "huur", "Wmo"], ["A", 1, 2, 3], ["Totaal", 1, 2, 3]]:  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:C3")
    book.save(tmp_path / "t.xlsx")
    (block,) = tables.blocks(tmp_path / "t.xlsx")

    assert list(block.frame.columns) == ["wijk", "Wonen koop", "Wonen huur", "Zorg Wmo"]
    assert (block.header_rows, block.totals, block.title) == ((3, 4), (6,), ("Cijfers per wijk",))


CSV = {
    "title and source line": 'Kerncijfers, per wijk\n\nwijk;n;m\nWK970101;1;2\nWK970102;3;4\n"Bron: CBS"\n',
    "quoted title with commas": '"Kerncijfers, per wijk, 2024, voorlopig"\n"wijk";"n";"m"\n"WK970101";1;2\n"WK970102";3;4\n',
    "english source line": '"wijk","n","m"\n"WK970101","1","2"\n"WK970102","3","4"\n"Source: CBS."',
    "copyright": "wijk;n;m\nWK970101;1;2\nWK970102;3;4\n© CBS, Den Haag 2024\n",
    "trailing separators": "wijk;n;m;\nWK970101;1;2;\nWK970102;3;4;\n",
    "quotes doubled": '"wijk"";""n"";""m"\n"WK970101"";1;2\n""WK970102"";3;4\n"',
    "each line one cell": '"wijk,n,m"\n"WK970101,1,2"\n"WK970102,3,4"\n',
    "each line one cell, names quoted": '"wijk;""n"";m"\n"""WK970101"";1;2";;\n"WK970102;3;4";;\n',
    "each line one cell, separators after it": '"wijk;n;m";;\n"WK970101;1;2";;\n"WK970102;3;4";;\n',
}


@pytest.mark.parametrize("source", CSV.values(), ids=CSV)
def test_a_csv_that_went_through_hands_is_read_as_the_original(source, tmp_path):
    frame = tables.read_csv(write(tmp_path, source)).frame

    assert list(frame.columns) == ["wijk", "n", "m"]
    assert frame.to_numpy().tolist() == [["WK970101", "1", "2"], ["WK970102", "3", "4"]]


def test_what_stands_around_a_table_is_said(tmp_path):
    table = tables.read_csv(write(tmp_path, CSV["title and source line"]))

    assert table.notes == ("Boven de tabel staat: ‘Kerncijfers, per wijk’.", "Onder de tabel staat: ‘Bron: CBS’.")
    assert tables.peek(write(tmp_path, CSV["title and source line"])).columns == ("wijk", "n", "m")


@pytest.mark.parametrize(
    "source",
    ["wijk;n;m\nWK970101;1;2\nWK9701", "wijk;n;m\nWK970101;1;2\nWK970102;3", "wijk;n;m\nBron;1\nWK970102;3;4\n"],
)
def test_a_table_that_is_cut_stays_cut(source, tmp_path):
    with pytest.raises(InputError, match=r"veld(en)? en de kop 3"):
        tables.read_csv(write(tmp_path, source))


ENDLESS = {
    "200 MB in one line": (b"a;b\n" + b"1;" * 100_000_000, "miljoen tekens"),
    "no line ends at all": (b"1;" * 10_000_000, "miljoen tekens"),
    "10,000 columns": (b";".join(b"kolom%d" % n for n in range(10_000)) + b"\n" + b"1;" * 9_999 + b"1\n", "10.000 kolommen"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "words"), ENDLESS.values(), ids=ENDLESS)
def test_an_endless_table_is_refused_at_once(content, words, tmp_path):
    with pytest.raises(InputError, match=words):
        tables.read_csv(write(tmp_path, content))


CELLS = st.one_of(st.none(), st.integers(-9, 3000), st.text(max_size=6), st.floats(allow_nan=False), st.booleans())


@given(st.lists(st.lists(CELLS, max_size=5), max_size=9))
def test_any_rows_give_blocks_of_rows_that_exist_once(cells):
    rows = [(number, row) for number, row in enumerate(cells, start=1) if blocks.filled_places(row)]
    found = blocks.find(rows)
    numbers = [row for one in found for row in [*one.header_rows, *one.frame.index]]

    assert set(numbers) <= {number for number, _ in rows}
    for one in found:
        assert list(one.frame.columns) == list(dict.fromkeys(one.frame.columns)) and all(one.frame.columns)
        assert one.frame.index.is_monotonic_increasing
    body, above, below = blocks.body(rows)
    assert len(body) + len(above) + len(below) == len(rows)


def test_a_table_of_many_columns_costs_its_width():
    """A hundred thousand columns that each were held against all others took minutes."""
    width = 20_000
    rows = [(1, [f"kop {place}" for place in range(width)]), (2, ["1"] * width), (3, ["2"] * width)]
    began = time.process_time()
    (found,) = blocks.find(rows)
    assert found.frame.shape == (2, width)
    assert time.process_time() - began < 10
