"""A session as a report: what a room answered stands in it as it was counted, and too few answers stand in none."""

import io
from datetime import date

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from tests.report_examples import words_of_docx, words_of_pdf, words_of_pptx
from tests.session_examples import FIGURE
from tests.session_examples import session as made
from wijkdata import catalogue
from wijkdata.loading.activities import sessions
from wijkdata.questions.werksessie import figures, question
from wijkdata.questions.werksessie.answer import Known, Truth
from wijkdata.store.participation import room
from wijkdata.views.shared.reports import writers
from wijkdata.views.werksessie import report

TODAY = date(2026, 11, 30)
NOTE = ("note", {"figure": "aaaa", "recognised": "ja", "text": "=Op het plein kent men elkaar <b>wel</b>"})
PROMISE = ("agreement", {"key": "rrrr", "who": "gemeente", "what": "School openen", "due": "1-3-2026"})
TOPIC = ("figure", FIGURE | {"kind": "onderwerp", "subject": "inwoners"})
READERS = {"pdf": words_of_pdf, "docx": words_of_docx, "pptx": words_of_pptx, "html": bytes.decode}


def squeezed(text: str) -> str:
    return "".join(text.split())


def written(directory, hands: dict[str, int], suffix: str = "html", **told) -> str:
    """The words of the report of a session in which so many hands went up for each answer."""
    key = made(directory, [NOTE, PROMISE, TOPIC], **told)
    room.count_hands(directory, key, "aaaa", "raad", hands)
    answer = question.session(directory, None, key)
    found = {"aaaa": Known(Truth("beter", period=2024), "Bron: Proef, 2024.", ("kwb",))}
    return READERS[suffix](writers.write(report.report(answer, found, catalogue.load(), TODAY), suffix))


@pytest.mark.parametrize("suffix", list(READERS))
def test_what_was_guessed_said_and_agreed_stands_in_every_format(suffix, tmp_path):
    text = squeezed(written(tmp_path, {"beter": 7, "gelijk": 4, "slechter": 2}, suffix))
    for said in (
        "Hoe is de samenhang veranderd?",
        "Het meest: ‘beter’, 7 van de 13",
        "De cijfers zeggen in 2024: beter.",
        "Een leeg schoolgebouw",
        "School openen",
        "1 maart 2026",
        "geen steekproef van de wijk",
    ):
        assert squeezed(said) in text, said


@pytest.mark.parametrize(
    ("kind", "lead", "says"),
    [("onderwerp", "Hoe is de samenhang veranderd?", True), ("vraag", "", False)],
)
def test_a_question_of_the_facilitator_is_said_once_and_no_figure_speaks_on_it(kind, lead, says, tmp_path):
    key = made(tmp_path, [("figure", FIGURE | {"kind": kind, "title": FIGURE["question"]})])
    answer = question.session(tmp_path, None, key)
    found = {"aaaa": Known(Truth("beter", period=2024), "Bron: Proef, 2024.", ("kwb",))}
    section = report.report(answer, found, catalogue.load(), TODAY).sections[0]
    assert (section.title, section.lead) == ("1. Hoe is de samenhang veranderd?", lead)
    assert ("De cijfers zeggen in 2024: beter." in section.text) is says


def test_on_a_slide_with_a_picture_the_words_stand_under_it(tmp_path):
    key = made(tmp_path, [NOTE])
    room.count_hands(tmp_path, key, "aaaa", "raad", {"beter": 7, "gelijk": 4})
    content = writers.write(report.report(question.session(tmp_path, None, key), {}, catalogue.load(), TODAY), "pptx")
    slide = Presentation(io.BytesIO(content)).slides[1]
    (picture,) = [one for one in slide.shapes if one.shape_type == MSO_SHAPE_TYPE.PICTURE]
    (said,) = [one for one in slide.shapes if one.has_text_frame and "Het meest: ‘beter’" in one.text_frame.text]
    assert said.top >= picture.top + picture.height
    assert said.text_frame.paragraphs[-1].text.strip() == "Ja =Op het plein kent men elkaar <b>wel</b>"
    assert [run.font.bold for run in said.text_frame.paragraphs[-1].runs] == [True, False]


@pytest.mark.parametrize("planned", [False, True])
def test_a_column_of_activities_stands_there_when_one_was_made(planned, tmp_path):
    key = made(tmp_path, [PROMISE])
    if planned:
        sessions.plan_activity(tmp_path, key, "rrrr", "beleidsadviseur", TODAY)
    sections = report.report(question.session(tmp_path, None, key), {}, catalogue.load(), TODAY).sections
    (table,) = [one.table for one in sections if one.name == "afspraken"]
    assert ("Activiteit" in table.frame) is planned


@pytest.mark.parametrize("earlier", [1, 2])
def test_which_session_an_agreement_is_of_is_said_once_where_there_is_one(earlier, tmp_path):
    days = ["12-3-2024", "12-9-2024"][:earlier]
    for day in days:
        made(tmp_path, [PROMISE], date=day)
    answer = question.session(tmp_path, None, made(tmp_path, date="12-3-2025"))
    section = report.report(answer, {}, catalogue.load(), TODAY).sections[-1]
    alone = "Samen kijken naar Vlierhage, 12 maart 2024"
    assert section.lead == (alone if earlier == 1 else "")
    promised = [one for one in section.items if one.text == "School openen"]
    assert [one.bold for one in promised] == ["Gemeente"] * earlier
    assert all(("Samen kijken" in one.small) is (earlier == 2) for one in promised)


@pytest.mark.parametrize(
    ("hands", "shown"),
    [({"beter": 3, "slechter": 1}, False), ({"beter": 3, "slechter": 2}, True), ({}, False)],
)
def test_too_few_answers_leave_on_no_paper(hands, shown, tmp_path):
    key = made(tmp_path)
    room.count_hands(tmp_path, key, "aaaa", "raad", hands)
    answer = question.session(tmp_path, None, key)
    section = report.report(answer, {}, catalogue.load(), TODAY).sections[0]
    assert (section.figure is not None, section.table is not None) == (shown, shown)
    assert ("Minder dan 5 antwoorden" in " ".join(section.text)) is (0 < sum(hands.values()) < 5)


def test_what_was_typed_is_text(tmp_path):
    assert "=Op het plein kent men elkaar &lt;b&gt;wel&lt;/b&gt;" in written(tmp_path, {})


def test_dots_that_nobody_was_asked_for_are_empty(tmp_path):
    answer = question.session(tmp_path, None, made(tmp_path))
    points = next(one for one in report.report(answer, {}, catalogue.load(), TODAY).sections if "kansen" in one.name)
    assert points.table is not None
    assert points.table.frame["Stippen"].isna().all()


def test_a_figure_that_is_gone_is_left_out_and_the_others_stay(tmp_path):
    gone = ("figure", {"key": "cccc", "position": 3, "kind": "onderwerp", "subject": "inwoners", "title": "Inwoners"})
    answer = question.session(tmp_path, None, made(tmp_path, [gone]))
    assert figures.known(None, catalogue.load(), answer) == {}
    titles = [one.title for one in report.report(answer, {}, catalogue.load(), TODAY).sections]
    assert titles[:3] == ["1. Samenhang", "2. Bijstand", "3. Inwoners"]
