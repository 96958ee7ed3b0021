"""Werksessie as a page: from an empty list to what was agreed, on a page and while presenting."""

import shutil

import pytest

from tests.app.running import page, words
from tests.session_examples import ROLE
from wijkdata.loading.activities import sessions
from wijkdata.questions.werksessie import question
from wijkdata.record.fields import SESSION
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers, room

READY = "VS-02"


@pytest.fixture(scope="module")
def filled(example_data, tmp_path_factory):
    """The example, to write in."""
    return shutil.copytree(example_data, tmp_path_factory.mktemp("werksessie") / "data")


@pytest.fixture
def data(filled):
    """The same, with the example's session as it was shipped: not open, and without answers."""
    if registers.get(filled, READY, SESSION).values["state"] == sessions.OPEN:
        sessions.close(filled, READY, ROLE)
    return filled


def now(directory):
    return question.session(directory, versions.current(directory), READY)


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_the_list_names_the_sessions_and_makes_one(data, monkeypatch):
    app = page("werksessie", data, monkeypatch, gemeente="GM9701")
    assert "werksessies in Vlierstede" in app.title[0].value
    app.text_input[-2].set_value("Avond in het buurthuis")
    app.button(key="doe_maak_sessie").click().run()
    assert not app.exception and app.title[0].value == "Avond in het buurthuis"
    made = next(one for one in question.listing(data) if one.title == "Avond in het buurthuis")
    assert made.state == sessions.PREPARING and app.query_params["sessie"] == made.id


def test_a_mistake_is_a_sentence_and_nothing_is_made(data, monkeypatch):
    app = page("werksessie", data, monkeypatch, gemeente="GM9701")
    before = len(question.listing(data))
    app.text_input[-1].set_value("morgen")
    app.button(key="doe_maak_sessie").click().run()
    assert "dag-maand-jaar" in words(app) and len(question.listing(data)) == before


def test_preparing_adds_moves_and_removes_a_figure(data, monkeypatch):
    app = page("werksessie", data, monkeypatch, sessie=READY)
    before = [one.key for one in now(data).figures]
    assert not app.exception and len(before) == 5
    app.selectbox(key="w_soort_figuur").set_value("pijler").run()
    press(app, "doe_zet_figuur")
    added = now(data).figures[-1]
    assert added.kind == "pijler" and added.guess is not None and "ongeveer gelijk" in added.guess.counts
    press(app, f"doe_omhoog_{added.key}")
    assert [one.key for one in now(data).figures][-2] == added.key
    press(app, f"doe_weg_{added.key}")
    assert [one.key for one in now(data).figures] == before


@pytest.mark.parametrize("figure", ["leefbaarheid", "weerbaarheid", "bijstand", "kloof"])
def test_every_figure_is_covered_until_it_is_shown_and_then_stands_beside_the_guesses(data, monkeypatch, figure):
    app = page("werksessie", data, monkeypatch, sessie=READY, beeld="uitvoeren", dia=figure)
    guess = next(one.guess for one in now(data).figures if one.key == figure)
    assert app.header[0].value.replace("\\", "") == guess.asked.text and not app.get("vega_lite_chart")
    answer = next(iter(guess.counts)) if guess.counts else "4"
    room.count_hands(data, READY, figure, room.GUESS, {answer: 6})
    press(app, f"doe_toon_{figure}_raad")
    assert app.header[0].value.replace("\\", "") != guess.asked.text
    assert "De cijfers zeggen" in words(app) or "niets zeker genoeg" in words(app)
    assert len(app.get("vega_lite_chart")) == 2


@pytest.mark.parametrize("residents", ["ja", "nee"])
def test_before_residents_the_ends_of_a_gap_are_called_by_their_numbers(data, monkeypatch, residents):
    sessions.describe(data, READY, {"residents": residents}, ROLE)
    room.close_round(data, READY, "kloof", room.GUESS, show=True)
    app = page("werksessie", data, monkeypatch, sessie=READY, beeld="uitvoeren", dia="kloof")
    drawn = app.get("vega_lite_chart")[0].proto.spec
    sessions.describe(data, READY, {"residents": "ja"}, ROLE)
    neutral, judging = "laagste 10%" in drawn, "kwetsbaarste 10%" in drawn
    assert (neutral, judging) == ((True, False) if residents == "ja" else (False, True))


def test_presenting_begins_where_the_room_was_and_remembers_where_it_goes(data, monkeypatch):
    room.set_screen(data, READY, "bijstand")
    app = page("werksessie", data, monkeypatch, sessie=READY, presenteren="1")
    first = app.title[0].value
    app.button(key="doe_volgende").click().run()
    assert room.screen(data, READY) == "kloof" and app.title[0].value != first
    other = page("werksessie", data, monkeypatch, sessie=READY, presenteren="1")
    assert other.title[0].value == app.title[0].value


def test_the_room_is_asked_with_keys_and_every_window_sees_it(data, monkeypatch):
    app = page("werksessie", data, monkeypatch, sessie=READY, beeld="uitvoeren", dia="meedoen")
    press(app, "doe_begin")
    app = page("werksessie", data, monkeypatch, sessie=READY, beeld="uitvoeren", dia="anders")
    press(app, "doe_open_anders_raad")
    other = page("werksessie", data, monkeypatch, sessie=READY, beeld="uitvoeren", dia="anders")
    press(other, "doe_sluit_anders_raad")
    closed = press(app, "doe_sluit_anders_raad")  # the first window still had this button: closed is closed
    assert closed.button(key="doe_open_anders_raad") and not room.rounds(data, READY)["anders", room.GUESS].open


def test_few_answers_are_not_shown(data, monkeypatch):
    room.count_hands(data, READY, "anders", room.GUESS, {"veiligheid": 4})
    room.close_round(data, READY, "anders", room.GUESS, show=True)
    app = page("werksessie", data, monkeypatch, sessie=READY, beeld="uitvoeren", dia="anders")
    assert "Minder dan 5 antwoorden" in words(app) and not app.get("vega_lite_chart")


def test_what_was_agreed_becomes_an_activity_with_one_click(data, monkeypatch):
    row = {
        "key": "abcd",
        "who": "welzijn",
        "what": "Spreekuur op het plein",
        "due": "1-9-2030",
        "indicator": "ervaren_samenhang",
    }
    sessions.put_row(data, READY, "agreement", row | {"direction": "op"}, ROLE)
    app = page("werksessie", data, monkeypatch, sessie=READY, beeld="afspraken")
    press(app, "doe_plan_abcd")
    (one,) = now(data).agreements
    assert one.status == "gepland"
    planned = registers.get(data, one.activity)
    assert (
        planned.values["title"] == "Spreekuur op het plein"
        and planned.rows["aim"][0]["indicator"] == "ervaren_samenhang"
    )
    assert "activiteit: gepland" in words(app).replace("\\", "")


def test_the_next_session_changes_what_became_of_a_chance(data, monkeypatch):
    app = page("werksessie", data, monkeypatch, sessie=READY, beeld="afspraken")
    app.selectbox(key="w_stand_point_school").set_value("gerealiseerd").run()
    assert [one.state for one in now(data).before[0].chances] == ["gerealiseerd", "gezien"]


def test_without_figures_the_page_says_what_to_do(tmp_path, monkeypatch):
    app = page("werksessie", tmp_path, monkeypatch)
    assert not app.exception and "nog geen gegevens" in app.title[0].value
