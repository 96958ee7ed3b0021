"""CSV, xlsx and Parquet as text in rows: separators, encodings, padding, row numbers."""

import datetime

import pytest

from tests.bad_files import parquet, xlsx
from wijkdata import limits
from wijkdata.errors import InputError
from wijkdata.sources.reading import parquet as parquet_tables
from wijkdata.sources.reading import tables, workbook
from wijkdata.sources.reading.files import FileKind, kind

ROWS = [["WK970101", "Aan 't Ven, noord", "1,5"], ["WK970102", "Überwald", "2"]]


def write(folder, content, name="t.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(table):
    return [list(row) for row in table.frame.itertuples(index=False, name=None)]


@pytest.mark.parametrize("end", ["12", "1", "", "12;", '"12'])
def test_a_table_that_may_be_cut_inside_its_last_cell_says_so(end, tmp_path):
    """`1` may be what is left of `12`: nothing else tells, and a figure that is wrong must not be kept in silence."""
    start = "code;waarde\nWK970101;5\nWK970102;"
    try:
        notes = tables.read_csv(write(tmp_path, (start + end).encode())).notes
    except InputError:
        return
    assert any("afgekapt" in note and "WK970102" in note for note in notes)


@pytest.mark.parametrize("end", ["12\n", "12\r\n", '"12"', "12\nBron: CBS", '12\n"Bron: CBS"'])
def test_a_table_with_an_end_is_whole(end, tmp_path):
    table = tables.read_csv(write(tmp_path, ("code;waarde\nWK970101;5\nWK970102;" + end).encode()))

    assert not any("afgekapt" in note for note in table.notes)
    assert table.frame["waarde"].tolist() == ["5", "12"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ('code;naam;waarde\nWK970101;"Aan \'t Ven, noord";1,5\nWK970102;Überwald;2\n', "utf-8"),
        ('code;naam;waarde\nWK970101;"Aan \'t Ven, noord";1,5\nWK970102;Überwald;2\n', "utf-8-sig"),
        ('code;naam;waarde\r\nWK970101;"Aan \'t Ven, noord";1,5\r\nWK970102;Überwald;2\r\n', "utf-16"),
        ('code,naam,waarde\nWK970101,"Aan \'t Ven, noord","1,5"\nWK970102,Überwald,2\n', "utf-8"),
        ("code\tnaam\twaarde\nWK970101\tAan 't Ven, noord\t1,5\nWK970102\tÜberwald\t2\n", "utf-8"),
        ('sep=;\ncode;naam;waarde\nWK970101;"Aan \'t Ven, noord";1,5\nWK970102;Überwald;2\n', "utf-8"),
        (
            '"code";"naam";"waarde"\n"WK970101  ";"  Aan \'t Ven, noord";"   1,5"\n"WK970102";"Überwald ";"2 "\n',
            "utf-8",
        ),
        ("code;naam;waarde;;\nWK970101;Aan 't Ven, noord;1,5;;\nWK970102;Überwald;2\n", "utf-8"),
        ("\n\ncode;naam;waarde\n\nWK970101;Aan 't Ven, noord;1,5\n;;\nWK970102;Überwald;2\n\n", "utf-8"),
    ],
    ids=["semicolon", "mark", "utf-16-crlf", "comma", "tab", "sep-line", "padded", "trailing-empty", "blank-lines"],
)
def test_one_table_in_many_coats(text, encoding, tmp_path):
    table = tables.read_csv(write(tmp_path, text.encode(encoding)))

    assert list(table.frame.columns) == ["code", "naam", "waarde"]
    assert cells(table) == ROWS
    assert table.notes == ()


def test_windows_1252_is_read_and_said(tmp_path):
    table = tables.read_csv(write(tmp_path, "code;naam\nWK970101;Überwald\n".encode("cp1252")))

    assert cells(table) == [["WK970101", "Überwald"]]
    assert "Windows-1252" in table.notes[0]


def test_rows_count_as_in_a_text_editor(tmp_path):
    table = tables.read_csv(write(tmp_path, 'a;b\n1;2\n\n"3\nnog een regel";4\n5;6\n'))

    assert table.frame.index.tolist() == [2, 4, 6]


def test_a_quote_doubled_is_one_quote(tmp_path):
    assert cells(tables.read_csv(write(tmp_path, 'a;b\n"Wijk ""De Zuid""";1\n'))) == [['Wijk "De Zuid"', "1"]]


def test_text_that_starts_a_formula_stays_text(tmp_path):
    assert cells(tables.read_csv(write(tmp_path, "a;b\n=1+1;@SUM(A1)\n"))) == [["=1+1", "@SUM(A1)"]]


def test_xlsx_keeps_numbers_dates_and_row_numbers(tmp_path):
    path = write(
        tmp_path, xlsx(("a", "b", "c"), (2014, 0.1, None), (), ("  x ", datetime.date(2014, 3, 1), True)), "t.xlsx"
    )
    frame = tables.read_workbook(path).frame

    assert frame.index.tolist() == [2, 4]
    assert frame["a"].tolist() == [2014.0, "x"]
    assert tables.as_text(frame["a"]).tolist() == ["2014", "x"]
    assert tables.as_text(frame["b"]).tolist() == ["0.1", "2014-03-01"]
    assert tables.as_text(frame["c"]).tolist() == ["", "True"]


def test_a_formula_without_a_stored_result_is_its_text(tmp_path):
    path = write(tmp_path, xlsx(("a", "b"), (1, "=A2*2"), ("=A2+1", 3)), "t.xlsx")

    assert workbook.sheets(path)["Sheet"] == [(1, ["a", "b"]), (2, [1.0, "=A2*2"]), (3, ["=A2+1", 3.0])]


def test_parquet_keeps_whole_numbers_and_nulls(tmp_path):
    path = write(tmp_path, parquet({"code": ["WK970101  ", None], "n": [5, None], "x": [0.1, 2.0]}), "t.parquet")
    frame = parquet_tables.frame(path)

    assert frame["code"].tolist() == ["WK970101", ""]
    assert frame["n"].tolist()[0] == 5
    assert frame["n"].isna().tolist() == [False, True]
    assert parquet_tables.columns(path) == ("code", "n", "x")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a;b\n1;2\n", FileKind.TEXT),
        ("a;b\n1;2\n".encode("utf-16"), FileKind.TEXT),
        (b"\xef\xbb\xbf  {}", FileKind.JSON),
        ("[1]".encode("utf-16"), FileKind.JSON),
        (xlsx(("a",)), FileKind.XLSX),
        (parquet({"a": [1]}), FileKind.PARQUET),
    ],
)
def test_the_kind_is_told_from_the_content(content, expected, tmp_path):
    assert kind(write(tmp_path, content, "zonder-naam")) is expected


def test_a_file_that_changes_is_looked_at_again(tmp_path):
    path = write(tmp_path, "a;b\n1;2\n")
    assert tables.peek(path).columns == ("a", "b")
    write(tmp_path, "ander;kopje\n1;2\n")
    assert tables.peek(path).columns == ("ander", "kopje")


def test_a_text_column_of_codes_never_loses_its_zeros(tmp_path):
    assert cells(tables.read_csv(write(tmp_path, "code;n\n0003;1\n03080000;2\n"))) == [["0003", "1"], ["03080000", "2"]]


def test_a_table_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "CELLS", 3)
    with pytest.raises(InputError, match="te groot"):
        tables.read_csv(write(tmp_path, "a;b\n1;2\n3;4\n"))
