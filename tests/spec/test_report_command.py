"""`report`: a wijk, an activity and a whole gemeente in every format, from the example; its figures are those of the answer."""

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdf
import pytest
from openpyxl import load_workbook

from tests.report_examples import words_of_docx, words_of_pdf, words_of_pptx
from wijkdata import __main__ as command_line
from wijkdata import catalogue, dutch
from wijkdata.commands import report as command
from wijkdata.questions.shared.links import places_of
from wijkdata.questions.voor_en_na import planning
from wijkdata.questions.voor_en_na import whole as voor_en_na
from wijkdata.questions.voor_en_na.answer import ACTIVITY, Answered, Refused, Wanted, decimals
from wijkdata.questions.wijkprofiel import profile as wijkprofiel
from wijkdata.settings import ROOT
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers
from wijkdata.views.shared.reports import writers
from wijkdata.views.voor_en_na import plan_report as drawn_plan
from wijkdata.views.voor_en_na import report as drawn_impact
from wijkdata.views.wijkprofiel import report as drawn_profile

WIJK, TODAY = "WK970104", date(2026, 11, 30)


@pytest.fixture(scope="module")
def asked(example_data):
    newest = versions.require(example_data)
    return registers.current(example_data, places_of(newest)), newest, catalogue.of(example_data)


@pytest.fixture(scope="module")
def profile(asked):
    return wijkprofiel.profile(*asked, WIJK, TODAY)


def run(capsys, data: Path, *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = command_line.main(["--data-dir", str(data), "report", *arguments])
    streams = capsys.readouterr()
    return status, streams.out, streams.err


def squeezed(text: str) -> str:
    return "".join(text.split())


READERS = {"pdf": words_of_pdf, "docx": words_of_docx, "pptx": words_of_pptx, "html": bytes.decode}


@pytest.mark.parametrize("suffix", list(READERS))
def test_every_figure_of_a_wijk_stands_in_its_report_as_the_answer_has_it(suffix, asked, profile):
    content = writers.write(drawn_profile.report(profile, asked[2], TODAY), suffix)
    # What a drawing shows is text in a PDF; in the others it stands in the description of the picture and in a table.
    text = squeezed(READERS[suffix](content) + (alternatives(content) if suffix == "pptx" else ""))
    known = [row for row in profile.spine.rows if not row.missing]
    assert len(known) > 15
    missing = [row.label for row in known if squeezed(dutch.number(row.value, row.decimals, row.signed)) not in text]
    assert missing == []
    assert "fictief" in text and "Bronnen:" in text and "n=" in text.replace("\u00a0", "").replace("&nbsp;", "")


def alternatives(content: bytes) -> str:
    from pptx import Presentation

    slides = Presentation(io.BytesIO(content)).slides
    return " ".join(alt for slide in slides for alt in slide._element.xpath(".//p:cNvPr/@descr"))


def test_the_workbook_of_a_wijk_has_every_figure_to_the_last_digit(asked, profile):
    book = load_workbook(io.BytesIO(writers.write(drawn_profile.report(profile, asked[2], TODAY), "xlsx")))
    rows = [[cell.value for cell in row] for row in book["Profiel (fictief)"].iter_rows()]
    own, years = rows[0].index(profile.spine.subject.name), rows[0].index("Jaar")
    assert [row[own] for row in rows[1:]] == [None if one.missing else one.value for one in profile.spine.rows]
    assert [row[years] for row in rows[1:]] == [one.period or None for one in profile.spine.rows]


def impact(asked, activity: str, topic: str | None = None):
    request = voor_en_na.opening(*asked, Wanted(ACTIVITY, activity), topic)
    return voor_en_na.whole(*asked, request)


def test_voor_en_na_is_two_pages_with_its_margin_its_doubts_and_all_its_figures(asked):
    found = impact(asked, "VB-01")
    assert isinstance(found.answer, Answered)
    report = drawn_impact.report(found, asked[2], TODAY, looked=3)
    content = writers.write(report, "pdf")
    assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == 2
    text = squeezed(words_of_pdf(content))
    said = [found.answer.finding.text, found.answer.head.title, *found.answer.sections.cautions]
    said += ["Eenvande3keuzes", *(line.value for line in found.answer.sections.certainty)]
    assert [one for one in said if squeezed(one) not in text] == []
    book = load_workbook(io.BytesIO(writers.write(report, "xlsx")))
    rows = [[cell.value for cell in row] for row in book["Voor en na (fictief)"].iter_rows()]
    assert [row[2] for row in rows[1:]] == [one.treated for one in found.answer.head.moments]
    assert [row[4] for row in rows[1:]] == [one.difference for one in found.answer.head.moments]


@pytest.mark.parametrize("suffix", list(READERS))
def test_a_refusal_is_a_report_that_says_why(suffix, asked):
    found = impact(asked, "VB-01", "eenzaam")  # measured once
    assert isinstance(found.answer, Refused)
    text = squeezed(READERS[suffix](writers.write(drawn_impact.report(found, asked[2], TODAY), suffix)))
    for said in (found.answer.refusal.reason, found.answer.refusal.remedy, "Waarom er geen antwoord is"):
        assert squeezed(said) in text


@pytest.mark.parametrize("suffix", list(READERS))
@pytest.mark.parametrize(
    ("activity", "said"),
    [
        ("VB-42", ["Het kleinste verschil dat te zien is", "Met welke wijken wordt straks vergeleken?", "Wat nu te meten?"]),
        ("VB-41", ["Waarom er geen antwoord is", "Wat nu te meten?"]),
    ],
)  # fmt: skip
def test_the_report_of_a_planned_activity_is_its_plan(suffix, activity, said, asked):
    request = voor_en_na.opening(*asked, Wanted(ACTIVITY, activity), None)
    plan = planning.plan(*asked, request.wanted, request.topic_id, TODAY)
    content = writers.write(drawn_plan.report(plan, asked[2], TODAY), suffix)
    # A slide has the drawing and no table: what it shows stands in its description, of the planned areas.
    text = squeezed(READERS[suffix](content) + (alternatives(content) if suffix == "pptx" else ""))
    visible = plan.own if suffix == "pptx" else plan.visible
    sizes = [dutch.number(one.size, decimals(plan.topic)) for one in visible if one.size is not None]
    assert [one for one in [plan.title, *said, *sizes, "fictief"] if squeezed(one) not in text] == []


def test_the_command_offers_every_format():
    """It names them itself: help needs nothing of what writes them."""
    assert tuple(writers.FORMATS) == command.FORMATS


@pytest.mark.parametrize(
    ("arguments", "begin"),
    [
        (("WK970104", "--format", "html"), b"<!DOCTYPE html>"),
        (("--activity", "VB-01"), b"%PDF-1.7"),
        (("--activity", "VB-09", "--format", "docx"), b"PK"),  # in one buurt
        (("--activity", "VB-42", "--indicator", "vertrouwen"), b"%PDF-1.7"),  # planned
        (("--session", "VS-01", "--format", "pptx"), b"PK"),
    ],
)
def test_the_command_writes_a_file(arguments, begin, capsys, example_data, tmp_path):
    status, out, err = run(capsys, example_data, *arguments, "-o", str(tmp_path / "uit"))
    assert (status, err) == (0, "") and (tmp_path / "uit").read_bytes().startswith(begin)
    assert str(tmp_path / "uit") in out


def test_a_gemeente_is_a_file_per_wijk_with_progress(example_data, tmp_path):
    """In a process of its own, as it is used: it starts others."""
    words = ["report", "--gemeente", "zilverdijk", "--format", "xlsx", "-o", tmp_path / "map"]
    started = [sys.executable, "-m", "wijkdata", "--data-dir", example_data, *words]
    ended = subprocess.run(started, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    files = sorted((tmp_path / "map").iterdir())
    assert (ended.returncode, ended.stdout) == (0, f"{len(files)} rapporten geschreven in {tmp_path / 'map'}.\n")
    assert [line.partition(":")[0] for line in ended.stderr.splitlines()] == [
        f"{n} van {len(files)}" for n in range(1, len(files) + 1)
    ]
    assert len(files) > 5
    assert all(path.name.startswith("wijkdata_profiel_wk9703") and "fictief" in path.name for path in files)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Noem één van de vier"),
        (("--session", "VS-99"), "Deze werksessie is er niet"),
        (("WK970104", "--activity", "VB-01"), "Noem één van de vier"),
        (("WK970104", "--indicator", "eenzaam"), "hoort bij --activity"),
        (("WK970104", "--template", "x.docx"), "hoort bij --format docx"),
        (("WK970104", "--format", "docx", "--template", "bestaat-niet.docx"), "niet te lezen"),
        (("WK999999",), "staat niet in de ingelezen gegevens"),
        (("--activity", "bestaat-niet"), "bestaat-niet"),
        (("--gemeente", "GM0003"), "nog geen wijken ingelezen"),
    ],
)
def test_a_slip_is_one_sentence_and_no_file(arguments, said, capsys, example_data, tmp_path):
    status, out, err = run(capsys, example_data, *arguments, "-o", str(tmp_path / "uit"))
    assert status == 2 and said in err and err.count("\n") == 1 and not (tmp_path / "uit").exists()
    assert out == ""
