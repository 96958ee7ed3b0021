"""Presenting: one figure at a time under its own title, and the head as slide where a page has no figure."""

import re
from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.app.running import page, words
from wijkdata.ui import blocks
from wijkdata.views.shared.theme import LIGHT


def _frame(screen: dict) -> None:
    """A page in the frame of the shell; its name and drawing can change between two runs."""
    from wijkdata.ui import shell

    shell.show(screen["page"], screen["draw"])


def two_figures() -> None:
    """A page with two figures, the second of an invented gemeente."""
    blocks.head("Proef", "hier", "De titel van de pagina", "Een zin erbij.")
    for number, fictional in ((1, False), (2, True)):
        if blocks.figure(f"Figuur {number} op de pagina", short=f"Dia {number}", fictional=fictional):
            st.text(f"figuur {number}")


def opened(draw: Callable[[], None], monkeypatch, tmp_path, **query: str) -> AppTest:
    """The page at this address, on an empty data directory."""
    monkeypatch.setenv("WIJKDATA_DATA", str(tmp_path))
    app = AppTest.from_function(_frame, args=({"page": "Proef", "draw": draw},), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def slide(app: AppTest) -> tuple[list[str], list[str]]:
    """The titles and the figures on screen."""
    return [one.value for one in app.title], [one.value for one in app.text]


def disabled(app: AppTest) -> list[bool]:
    """Whether the steps back and forward are closed."""
    return [app.button(key=f"doe_{name}").disabled for name in ("vorige", "volgende")]


def test_a_page_shows_every_figure_under_one_title(monkeypatch, tmp_path):
    app = opened(two_figures, monkeypatch, tmp_path)
    assert slide(app) == (["De titel van de pagina"], ["figuur 1", "figuur 2"])


def test_presenting_steps_through_the_figures(monkeypatch, tmp_path):
    app = opened(two_figures, monkeypatch, tmp_path, presenteren="1")
    assert (slide(app), disabled(app)) == ((["Dia 1"], ["figuur 1"]), [True, False])
    app.button(key="doe_volgende").click().run()
    assert (slide(app), disabled(app)) == ((["Dia 2"], ["figuur 2"]), [False, True])
    app.button(key="doe_vorige").click().run()
    assert slide(app) == (["Dia 1"], ["figuur 1"])


def test_another_page_begins_at_its_first_figure(monkeypatch, tmp_path):
    app = opened(two_figures, monkeypatch, tmp_path, presenteren="1")
    app.button(key="doe_volgende").click().run()
    app.args[0]["page"] = "Een andere"
    del app.query_params["figuur"]  # as the links of the menu do
    assert slide(app.run()) == (["Dia 1"], ["figuur 1"])


@pytest.mark.parametrize(
    ("asked", "shown", "reported"),
    [
        ("2", "Dia 2", False),
        ("9", "Dia 2", False),
        ("0", "Dia 1", False),
        ("drie", "Dia 1", True),
        ("²", "Dia 1", True),
    ],
)
def test_the_address_says_which_figure(asked, shown, reported, monkeypatch, tmp_path):
    """So another window, another laptop and a server that began anew show the figure that was on screen."""
    app = opened(two_figures, monkeypatch, tmp_path, presenteren="1", figuur=asked)
    assert slide(app)[0] == [shown]
    assert any(f"‘{asked}’ bij figuur" in one.value for one in app.get("html") if hasattr(one, "value")) is reported


def test_a_step_is_in_the_address(monkeypatch, tmp_path):
    app = opened(two_figures, monkeypatch, tmp_path, presenteren="1")
    app.button(key="doe_volgende").click().run()
    assert app.query_params["figuur"] == "2"
    app.button(key="doe_stoppen").click().run()
    assert "figuur" not in app.query_params


def test_one_figure_has_no_steps(monkeypatch, tmp_path):
    app = opened(lambda: blocks.figure("Een figuur"), monkeypatch, tmp_path, presenteren="1")
    assert [one.key for one in app.button] == ["doe_stoppen"]


def test_high_contrast_is_of_the_slides_alone(monkeypatch, tmp_path):
    def draw() -> None:
        st.text(blocks.theme().ink2)

    for presenteren, ink in (("1", "#000000"), ("0", LIGHT.ink2)):
        app = opened(draw, monkeypatch, tmp_path, presenteren=presenteren, contrast="1")
        assert [one.value for one in app.text] == [ink]


def test_a_page_without_a_figure_shows_its_head(monkeypatch, tmp_path):
    app = opened(
        lambda: blocks.head("Proef", "hier", "Er is niets", "Lees iets in."), monkeypatch, tmp_path, presenteren="1"
    )
    assert slide(app) == (["Er is niets"], [])
    assert "Lees iets in." in [one.value for one in app.markdown]


def test_a_link_that_asks_in_vain_is_reported_on_the_slide(monkeypatch, tmp_path):
    app = opened(two_figures, monkeypatch, tmp_path, presenteren="ja")
    assert slide(app) == (["De titel van de pagina"], ["figuur 1", "figuur 2"])
    assert "‘ja’ bij presenteren kan hier niet worden gekozen" in app.warning[0].value


def test_stopping_brings_the_page_back(monkeypatch, tmp_path):
    app = opened(two_figures, monkeypatch, tmp_path, presenteren="1")
    app.button(key="doe_stoppen").click().run()
    assert slide(app) == (["De titel van de pagina"], ["figuur 1", "figuur 2"])


# A title that answers counts, or says what did or did not change, is known or is alike.
ANSWERS = re.compile(
    r"\d|\b(geen|niet|nog|gelijk|gestegen|gedaald|veranderd|binnen|grootst|meest|bereikt|nergens)\b", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("overzicht", {}),
        ("kaart", {}),
        ("wijkprofiel", {}),
        ("kloof", {"onderwerp": "lbm3_afw"}),
        ("voor-en-na", {}),
        ("activiteiten", {}),
        ("activiteiten", {"beeld": "dekking"}),
        ("gegevens", {}),
    ],
)
def test_every_slide_has_a_title_that_answers(name, choices, example_data, monkeypatch):
    app = page(name, example_data, monkeypatch, gemeente="GM9701", presenteren="1", **choices)
    titles = [app.title[0].value]
    while any(one.key == "doe_volgende" and not one.disabled for one in app.button):
        app.button(key="doe_volgende").click().run()
        titles.append(app.title[0].value)
    assert not app.exception
    assert [title for title in titles if title.endswith("?") or not ANSWERS.search(title)] == []
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("gemeente Tilburg", "Tilburg"),
        ("dekking, gemeente Tilburg", "Tilburg"),
        ("Berkel-Enschot, Tilburg", "Berkel-Enschot, Tilburg"),
        ("Zonnegaarde, Wilgenmeent en Kanaalhove", ""),
        ("Krimpen aan den IJssel, Krimpen aan den IJssel", "Krimpen aan den IJssel"),
        ("Buurtkracht, vanaf 4 februari 2019 · Kleiputten", "Kleiputten"),
    ],
)
def test_each_slide_says_of_which_area_it_is(where: str, place: str, monkeypatch, tmp_path):
    def draw() -> None:
        blocks.head("Proef", where, "De titel van de pagina")
        for number in (1, 2):
            blocks.figure(f"Figuur {number} op de pagina", short=f"Dia {number}")

    for number in ("1", "2"):
        app = opened(draw, monkeypatch, tmp_path, presenteren="1", figuur=number)
        assert app.title[0].value == f"Dia {number}"
        shown = re.findall('<span class="wd-hoek-plek">(.*?)</span>', words(app))
        assert shown == ([place] if place else [])
