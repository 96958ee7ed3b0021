"""Voor en na of an activity that has not begun: what the page says, keeping it, and what is chosen when nothing is asked."""

import shutil
from pathlib import Path

import pytest

from tests.app.running import page, words
from wijkdata.store.participation import registers

PLANNED = {"gemeente": "GM9701", "wat": "activiteit", "activiteit": "VB-42"}


@pytest.fixture
def made(example_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(example_data, tmp_path / "data")


@pytest.fixture
def ask(made: Path, monkeypatch):
    return lambda name="voor-en-na", **query: page(name, made, monkeypatch, **query)


def test_the_order_of_the_screen_and_the_choices(ask) -> None:
    app = ask(**PLANNED)
    assert not app.exception and not app.error and not app.warning
    assert "het doel, na vier metingen niet te zien" in app.title[0].value
    assert [one.value for one in app.header] == [
        "Het kleinste verschil dat te zien is",
        "Doel en evaluatieplan",
        "Met welke wijken wordt straks vergeleken?",
        "Wat nu te meten?",
    ]
    assert [one.label for one in app.selectbox] == ["Gemeente", "Activiteit", "Onderwerp", "Uw rol"]
    assert "5 wijken en vier metingen nodig" in words(app)


def test_it_is_kept_with_the_aim_in_ones_own_role_and_the_activity_says_so(ask, made) -> None:
    app = ask(**PLANNED)
    app.selectbox(key="rol_plan").select("beleidsadviseur")
    app.button(key="doe_bewaar_plan").click().run()
    assert not app.exception and "Vooraf berekend op" in words(app)
    *_, (_, role, action, record) = registers.history(made, "VB-42")
    assert (role, action) == ("beleidsadviseur", "changed") and record.rows["aim"][0]["compared"] >= 19
    assert "vooraf berekend op" in words(ask("activiteiten", gemeente="GM9701", activiteit="VB-42"))


def test_a_refusal_says_what_to_measure_all_the_same(ask) -> None:
    app = ask(**PLANNED | {"activiteit": "VB-41", "onderwerp": "lbm3_fys"})
    assert "is vooraf niet te berekenen" in app.title[0].value
    assert [one.value for one in app.header] == ["Wat nu te meten?"]


def test_nobody_who_asks_nothing_gets_a_plan(ask) -> None:
    app = ask(gemeente="GM9701")
    assert "gepland" not in app.selectbox[1].value and "gepland" in app.selectbox[1].options[-1]
