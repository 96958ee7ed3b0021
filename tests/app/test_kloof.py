"""Kloof as a page: the answer, the scopes and years that hang together, the switch, and what it says when it cannot."""

from pathlib import Path

import pytest

from tests.app.running import page, words
from tests.unit.questions.kloof.test_question import store_of, wijken


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """80 wijken in one gemeente, 30 in another, 12 in a third, three years; 30 fictional ones."""
    folder = tmp_path_factory.mktemp("kloof")
    years = (2014, 2016, 2018)
    rows = []
    for municipality, n, size in (("GM0014", 80, 1.0), ("GM0599", 30, 0.4), ("GM0363", 12, 0.5), ("GM9701", 30, 9.0)):
        for step in range(2):
            rows += wijken(municipality, n, size, size * 0.8, (years[step], years[step + 1]))[step * n :]
    store_of(folder, list(dict.fromkeys(rows)))
    return folder


@pytest.mark.parametrize(
    ("query", "words_in"),
    [
        (
            {"gemeente": "GM0599"},
            ["In de ingelezen gemeenten", "Lees dit zo", "Bron: Leefbaarometer"],
        ),
        ({"gemeente": "GM0599", "naast": "GM0599"}, ["Rotterdam", "Elke lijn is een vijfde", "ingedeeld op 2014"]),
        (
            {"gemeente": "GM0599", "naast": "GM0599", "ook": "GM0014,GM0363"},
            ["De kloof\\: Ingelezen gemeenten", "Rotterdam", "30 wijken", "80 wijken", "12 wijken"],
        ),
        ({"gemeente": "GM0363", "naast": "GM0363"}, ["te weinig gebieden: 12"]),
        ({"gemeente": "GM9701"}, ["fictief", "In alle voorbeeldgemeenten"]),
        ({"gemeente": "GM0599", "vanaf": "2016"}, ["gekozen op 2014", "geen terugkeer naar het gewone niveau"]),
    ],
)
def test_the_page_answers(data: Path, monkeypatch, query: dict, words_in: list[str]) -> None:
    app = page("kloof", data, monkeypatch, **query)
    assert not app.exception
    text = words(app)
    assert [part for part in words_in if part not in text] == []


def test_the_switch_changes_the_groups_and_their_title(data: Path, monkeypatch) -> None:
    app = page("kloof", data, monkeypatch, gemeente="GM0014", naast="GM0014", vanaf="2016", groepen="eerder")
    assert "ingedeeld op 2014" in words(app)
    app = page("kloof", data, monkeypatch, gemeente="GM0014", naast="GM0014", vanaf="2016")
    assert "ingedeeld op 2016" in words(app)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("onderwerp", "geluk"),
        ("vanaf", "1815"),
        ("naast", "GM9999"),
        ("gemeente", "<b>"),
        ("groepen", "x"),
        ("ook", "GM9999"),
    ],
)
def test_an_unknown_link_says_so_and_shows_the_nearest_view(data: Path, monkeypatch, name: str, value: str) -> None:
    app = page("kloof", data, monkeypatch, **{"gemeente": "GM0014", "vanaf": "2016", name: value})
    assert not app.exception
    assert value.strip("<>") in app.warning[0].value
    assert "In de ingelezen gemeenten" in app.title[0].value


def test_nothing_read_in_says_what_to_do(tmp_path: Path, monkeypatch) -> None:
    app = page("kloof", tmp_path, monkeypatch)
    assert not app.exception
    assert "nog geen gegevens" in app.title[0].value
    assert any("Gegevens" in button.label for button in app.button)


def test_presenting_shows_one_figure_with_a_short_title(data: Path, monkeypatch) -> None:
    app = page("kloof", data, monkeypatch, gemeente="GM0599", presenteren="1")
    assert not app.exception
    assert len(app.title) == 1
    assert len(app.title[0].value) <= 45
    assert not app.selectbox


@pytest.mark.parametrize(
    ("query", "beside"),
    [
        pytest.param({}, "de vier grote steden", id="nobody chose a gemeente"),
        pytest.param({"gemeente": "GM0193"}, "in Zwolle", id="one with 16 wijken"),
        pytest.param({"gemeente": "GM0277"}, "de vier grote steden", id="one with two wijken"),
    ],
)
def test_beside_the_country_stands_the_gemeente_that_was_chosen(real_data: Path, monkeypatch, query: dict, beside: str):
    app = page("kloof", real_data, monkeypatch, **query)
    assert not app.exception and beside in app.title[0].value


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param({"gemeente": "GM0277"}, True, id="chosen, and too small"),
        pytest.param({"gemeente": "GM0193"}, False, id="large enough"),
        pytest.param({}, False, id="nobody chose"),
        pytest.param({"gemeente": "GM0277", "naast": "ST1"}, False, id="something else chosen beside"),
        pytest.param({"gemeente": "GM0277", "presenteren": "1"}, False, id="before a room"),
    ],
)
def test_who_chose_a_small_gemeente_is_told_why_four_cities_stand_there(
    real_data: Path, monkeypatch, query: dict, said
):
    app = page("kloof", real_data, monkeypatch, **query)
    assert any(one.value.startswith("In Rozendaal liggen minder dan 10 wijken") for one in app.info) == said


def _chosen_on_the_page(app) -> None:
    app.selectbox(key="w_gemeente").select("GM0193").run()


def _another_year(app) -> None:
    app.selectbox(key="w_vanaf").select("2014").run()


@pytest.mark.parametrize(
    ("query", "click"),
    [
        pytest.param({}, _chosen_on_the_page, id="chosen on the page"),
        pytest.param({"gemeente": "GM0193"}, _another_year, id="another choice after it"),
    ],
)
def test_the_chosen_gemeente_stays_beside_the_country_after_a_click(real_data: Path, monkeypatch, query: dict, click):
    app = page("kloof", real_data, monkeypatch, **query)
    click(app)
    assert not app.exception and "in Zwolle" in app.title[0].value


def test_each_slide_is_of_the_same_gemeente(real_data: Path, monkeypatch) -> None:
    app = page("kloof", real_data, monkeypatch, gemeente="GM0855", presenteren="1")
    assert "Tilburg" in words(app)
    app.button(key="doe_volgende").click().run()
    assert not app.exception and "Tilburg, 59 gebieden" in words(app)
