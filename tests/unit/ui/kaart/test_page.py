"""A click on the map: an area of now is chosen, of an area of before the page says what became of it."""

from types import SimpleNamespace

import pytest

from tests.kaart_examples import wijk
from tests.links_examples import town
from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.questions.kaart.answer import MapChoice
from wijkdata.ui.kaart import page

CHOICE = MapChoice("GM0518", Level.WIJK, "lbm3_score", 2016)


@pytest.fixture
def click(tmp_path, monkeypatch):
    """Clicks on an area that the map calls by this code; returns the state of the session, and in it what was planned."""
    store = town(tmp_path)

    def clicked(code):
        features = [{"properties": {"i": 0, "c": code, "n": "De Haven"}}]
        state = {"kaart_wijk": {"selection": {"objects": {"vlakken-0": features}}}, "planned": {}}
        monkeypatch.setattr(page.st, "session_state", state)
        monkeypatch.setattr(page.address, "plan", state["planned"].__setitem__)
        monkeypatch.setattr(page.session, "ask", lambda question, *arguments: question(store, load(), *arguments))
        page._clicked(SimpleNamespace(choice=CHOICE, level=CHOICE.level))
        return state

    return clicked


def test_an_area_of_now_is_chosen(click):
    state = click(wijk(2))
    assert state["planned"] == {"wijk": wijk(2)}
    assert "_kaart_toen" not in state


def test_of_an_area_of_before_it_is_said_what_became_of_it(click):
    state = click(f"{wijk(3)}@2016")
    assert state["planned"] == {}
    assert state["_kaart_toen"].startswith(f"De Haven ({wijk(3)}) was in 2016 een wijk. Het ligt nu in ")


@pytest.mark.parametrize("code", [wijk(2), f"{wijk(3)}@2016"])
def test_every_click_is_another_layer_so_that_nothing_stays_dimmed(click, code):
    assert click(code)["_kaart_klikken"] == 1
