"""Reading in a process apart: a file that takes too much, hangs or takes its process down is refused, and the next one is read."""

import io
import os
import time
import zipfile
from pathlib import Path

import psutil
import pytest

from wijkdata import catalogue, limits
from wijkdata.errors import InputError, Problem, QuestionError, StoppedError, WijkdataError
from wijkdata.loading.figures import apart, importer
from wijkdata.loading.figures.accounts import FileState
from wijkdata.store.monitor import versions

OWN = "gebied_code;indicator;periode;waarde\nWK970101;vertrouwen;2014;61,5\n"
# What the process apart is asked to do: functions of a module, as readers are.


def pid(path: Path) -> int:
    return os.getpid()


def fills_the_memory(path: Path) -> int:
    kept = []
    while True:
        kept.append(b"x" * 50_000_000)


def never_ends(path: Path) -> None:
    while True:
        pass


def waits(path: Path) -> None:
    time.sleep(600)


def takes_it_down(path: Path) -> None:
    os.abort()


def prints(path: Path) -> str:
    print("ruis op de uitvoer")
    os.write(1, b"en nog meer")
    return path.name


def refuses(path: Path, error: Exception) -> None:
    raise error


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cijfers.csv"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def small_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMORY", 500_000_000)
    monkeypatch.setattr(limits, "SECONDS", 2.0)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (fills_the_memory, "meer geheugen dan de 500 MB"),
        (never_ends, "meer tijd dan de 2 seconden"),
        (takes_it_down, "brengt het lezen ten val"),
    ],
)
def test_what_a_file_does_it_does_to_the_process_apart(function, words, file):
    before = psutil.Process().memory_info().rss
    began = time.monotonic()
    with pytest.raises(InputError) as refused:
        apart.call(file, function, file)
    assert str(refused.value).startswith("cijfers.csv: dit bestand") and words in str(refused.value)
    assert time.monotonic() - began < 30
    assert psutil.Process().memory_info().rss - before < 100_000_000
    assert apart.call(file, pid, file) != os.getpid()


def test_one_that_only_waits_is_ended_too(file, monkeypatch):
    monkeypatch.setattr(limits, "WAITING", 1)
    with pytest.raises(InputError, match="meer tijd"):
        apart.call(file, waits, file)


def test_a_process_is_kept_for_the_next_file_and_not_when_it_has_grown(file, monkeypatch):
    first = apart.call(file, pid, file)
    assert apart.call(file, pid, file) == first
    monkeypatch.setattr(apart, "_KEPT", 0)
    apart.call(file, pid, file)
    assert not psutil.pid_exists(first) or psutil.Process(first).status() == psutil.STATUS_ZOMBIE


def test_what_a_library_prints_is_no_answer(file):
    assert apart.call(file, prints, file) == "cijfers.csv"


PROBLEMS = [Problem("cijfers.csv", "dit klopt niet", "zo wel", 3, "waarde", "veel")]


@pytest.mark.parametrize(
    "error", [InputError(PROBLEMS), QuestionError(PROBLEMS, "year"), WijkdataError("de schijf is vol")]
)
def test_an_error_comes_over_whole(error, file):
    with pytest.raises(type(error)) as raised:
        apart.call(file, refuses, file, error)
    assert type(raised.value) is type(error) and str(raised.value) == str(error)
    assert getattr(raised.value, "problems", None) == getattr(error, "problems", None)
    assert getattr(raised.value, "asked", None) == getattr(error, "asked", None)


def test_a_stop_ends_the_reading_at_once(file):
    def stop() -> None:
        raise StoppedError("gestopt")

    began = time.monotonic()
    with pytest.raises(StoppedError):
        apart.call(file, waits, file, look=stop)
    assert time.monotonic() - began < 10


NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def bomb(path: Path) -> Path:
    """A workbook of a few kB whose shared texts fill the memory: one text of 1 MB, two thousand times."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Target="worksheets/sheet1.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
        '<Relationship Id="r2" Target="sharedStrings.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {NS}><si><t>{'x' * 1_000_000}</t></si></sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {NS}><sheetData>"
        + "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 2001))
        + "</sheetData></worksheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    path.write_bytes(buffer.getvalue())
    return path


def test_a_bomb_keeps_no_good_file_out(file, tmp_path):
    accounts = importer.import_files(
        [bomb(tmp_path / "bom.xlsx"), file], tmp_path / "data", catalogue.load(), keep_going=True
    )
    assert [one.state for one in accounts] == [FileState.REFUSED, FileState.READ]
    assert versions.current(tmp_path / "data") is not None
