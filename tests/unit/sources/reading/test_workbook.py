"""Workbooks of every program as rows of cells; what is damaged, locked or endless is refused without filling the memory."""

import io
import random
import zipfile

import openpyxl
import pytest

from tests.bad_files import xlsx, zip_of
from tests.old_workbooks import ods, ole, xls
from wijkdata import catalogue
from wijkdata.errors import InputError
from wijkdata.sources import read, recognise
from wijkdata.sources.reading import tables, workbook
from wijkdata.sources.reading.base import Context
from wijkdata.sources.reading.files import FileKind, kind

SHEETS = {
    "Uitleg": [["Cijfers van ons"]],
    "Cijfers": [["code", "aantal", "deel"], ["WK970101  ", 5, 0.5], ["WK970102", None, -1.25], ["WK970103", "é", True]],
}
ROWS = [
    (1, ["code", "aantal", "deel"]),
    (2, ["WK970101", 5.0, 0.5]),
    (3, ["WK970102", "", -1.25]),
    (4, ["WK970103", "é", True]),
]


def write(folder, content, name="cijfers"):
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("make", "expected"), [(xls, FileKind.XLS), (ods, FileKind.ODS)])
def test_a_workbook_of_another_program_gives_the_same_rows(make, expected, tmp_path):
    path = write(tmp_path, make(SHEETS), "zonder-naam")

    assert kind(path) is expected
    assert workbook.sheets(path)["Cijfers"] == ROWS
    assert workbook.errors(path) == {"Uitleg": [], "Cijfers": []}


@pytest.mark.parametrize("make", [xls, ods])
def test_an_own_file_is_read_from_every_workbook(make, tmp_path):
    rows = [["gebied_code", "indicator", "periode", "waarde"], ["WK970101", "vertrouwen", 2014, 61.5]]
    path = write(tmp_path, make({"Blad1": rows}), "eigen")
    reading = read(path, Context(catalogue.load()))

    assert reading.observations[["code", "period", "value"]].values.tolist() == [["WK970101", 2014, 61.5]]


REFUSED = [
    (xls(SHEETS, password=True), "wachtwoord"),
    (ods(SHEETS, password=True), "wachtwoord"),
    (ole("WordDocument", b"\x00" * 4096), "zonder werkmap"),
    (xls(SHEETS)[:2000], "beschadigd"),
    (ole("Workbook", b"\x00" * 4096), "beschadigd"),
    (zip_of({"xl/workbook.bin": b""}), ".xlsb"),
    (zip_of({"word/document.xml": b"<w/>"}), "Word-document"),
    (zip_of({"ppt/presentation.xml": b"<p/>"}), "presentatie"),
    (zip_of({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}), "geen rekenblad"),
    (zip_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x"}), "beschadigd"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "words"), REFUSED, ids=[words + str(n) for n, (_, words) in enumerate(REFUSED)])
def test_what_is_no_readable_workbook_is_said(content, words, tmp_path):
    path = write(tmp_path, content)
    with pytest.raises(InputError) as refused:
        recognise(path)

    assert words in str(refused.value)
    assert str(refused.value).count("\n") == 0


@pytest.mark.parametrize("make", [xls, ods])
def test_damage_anywhere_is_refused_or_read_never_a_crash(make, tmp_path):
    good, chance = make(SHEETS), random.Random(13)
    for turn in range(150):
        data = bytearray(good)
        for _ in range(chance.choice([1, 4, 40])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            workbook.sheets(write(tmp_path, bytes(data), f"{turn}"))
        except InputError as refused:
            assert "; " in str(refused)


def test_one_cell_in_the_last_corner_does_not_fill_the_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "code", 1
    target = io.BytesIO()
    book.save(target)

    with pytest.raises(InputError, match="ver van de tabel"):
        workbook.sheets(write(tmp_path, target.getvalue()))


def test_a_formula_stands_on_its_own_sheet_after_tabs_were_moved(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Eerst"
    book.active.append(["a"])
    book.create_sheet("Later").append(["b", "=1+1"])
    target = io.BytesIO()
    book.save(target)
    moved = {}
    with zipfile.ZipFile(target) as archive:
        for name in archive.namelist():
            moved[name] = archive.read(name)
    book_xml = moved["xl/workbook.xml"]
    first, second = book_xml.index(b"<sheet "), book_xml.rindex(b"<sheet ")
    end = book_xml.index(b"</sheets>")
    moved["xl/workbook.xml"] = book_xml[:first] + book_xml[second:end] + book_xml[first:second] + book_xml[end:]

    sheets = workbook.sheets(write(tmp_path, zip_of(moved)))

    assert list(sheets) == ["Later", "Eerst"]
    assert sheets == {"Later": [(1, ["b", "=1+1"])], "Eerst": [(1, ["a"])]}


def test_the_first_filled_sheet_or_the_named_one(tmp_path):
    path = write(tmp_path, xlsx(("a", "b"), (1, 2)))

    assert list(tables.read_workbook(path).frame.columns) == ["a", "b"]
    assert list(tables.read_workbook(write(tmp_path, xls(SHEETS), "x"), "Cijfers").frame) == [
        "code",
        "aantal",
        "deel",
    ]
