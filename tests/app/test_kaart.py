"""Kaart as a page: what it shows on every combination of choices, and what it says when it cannot."""

from pathlib import Path

import pytest

from tests.app.running import page, words
from tests.kaart_examples import cohesion, indicator, place_with, wijk
from wijkdata.ui.kaart import boundary_files as kaart_boundary_files

CODES = [wijk(n) for n in range(1, 7)]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """GM0518 with borders and three years, GM0014 without borders, GM9701 fictional; wijk 6 has no figure."""
    folder = tmp_path_factory.mktemp("kaart")
    rows = []
    for year, shift in ((2018, 0), (2020, 4), (2022, 8)):
        rows += cohesion(year, {code: 60 + 15 * n + shift for n, code in enumerate(CODES[:5])})
        rows += cohesion(year, {wijk(1, "0014"): 90, wijk(2, "0014"): 110, wijk(1, "9701"): 100})
    rows += indicator("bijstand_1000", 2022, {code: 10.0 * n for n, code in enumerate(CODES[:5], start=1)})
    rows.append((wijk(1, "0363"), "inwoners", 2022, 4000))
    place_with(folder, dict.fromkeys(rows), CODES)
    return folder


@pytest.mark.parametrize(
    ("query", "words_in"),
    [
        pytest.param({}, ["lager dan 85 (Nederland = 100)", "Kies een wijk", "geen gegevens"], id="first visit"),
        pytest.param({"wijk": CODES[0]}, ["Gekozen wijk", "Plaats 01", "68"], id="a wijk chosen"),
        pytest.param(
            {"weergave": "verandering"},
            ["is sinds 2018 in geen van de 5 wijken duidelijk veranderd", "vrijwel gelijk"],
            id="change",
        ),
        pytest.param({"onderwerp": "bijstand_1000"}, ["Bijstand", "hoger (ongunstig)"], id="an indicator"),
        pytest.param({"klassen": "verdeling"}, ["onder 80"], id="classes of equal size"),
        pytest.param({"gebied": "NL"}, ["Nederland"], id="the country"),
        pytest.param({"gemeente": "GM0014"}, ["Er is geen kaart", "wijk- en buurtkaart", "Bron"], id="no borders"),
        pytest.param({"gemeente": "GM9701"}, ["fictief", "fictieve cijfers in de vorm van"], id="fictional"),
        pytest.param({"gemeente": "GM0363"}, ["Inwoners"], id="context only"),
        pytest.param(
            {"vergelijk": f"{CODES[0]},{CODES[1]}"},
            ["Elke lijn is een wijk", "hoogst in Plaats 02, laagst in Plaats 01"],
            id="compare",
        ),
        pytest.param({"presenteren": "1"}, ["lager dan 85", "Bron"], id="presenting"),
    ],
)
def test_the_page_answers(data: Path, monkeypatch, query: dict, words_in: list[str]) -> None:
    app = page("kaart", data, monkeypatch, **{"gemeente": "GM0518", **query})
    assert not app.exception
    text = words(app)
    assert [part for part in words_in if part not in text] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("onderwerp", "geluk"), ("jaar", "1815"), ("wijk", "WK999999"), ("klassen", "x"), ("weergave", "<b>")],
)
def test_an_unknown_link_says_so_and_shows_the_nearest_view(data: Path, monkeypatch, name: str, value: str) -> None:
    app = page("kaart", data, monkeypatch, **{"gemeente": "GM0518", name: value})
    assert not app.exception
    assert value.strip("<>") in app.warning[0].value
    assert "collectieve weerbaarheid" in app.title[0].value


def test_a_folder_that_cannot_be_written_says_so_and_still_shows_the_map(data: Path, monkeypatch, tmp_path) -> None:
    blocked = tmp_path / "geo"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setattr(kaart_boundary_files, "GEO_DIR", blocked)
    app = page("kaart", data, monkeypatch, gemeente="GM0518")
    assert not app.exception
    assert "kan niet worden geschreven" in app.warning[0].value
    assert app.get("deck_gl_json_chart")
    country = page("kaart", data, monkeypatch, gebied="NL")
    assert "heel Nederland kan daarom niet" in country.warning[0].value
    assert not country.get("deck_gl_json_chart")


def test_the_choice_can_be_wiped(data: Path, monkeypatch) -> None:
    app = page("kaart", data, monkeypatch, gemeente="GM0518", wijk=CODES[0])
    next(button for button in app.button if button.label == "Wis keuze").click().run()
    assert "Kies een wijk" in words(app)
    assert "wijk" not in app.query_params


def test_the_keyboard_route_does_what_a_click_does(data: Path, monkeypatch) -> None:
    app = page("kaart", data, monkeypatch, gemeente="GM0518")
    next(box for box in app.selectbox if box.label == "Wijk uitlichten").set_value(CODES[2]).run()
    assert "Gekozen wijk" in words(app)
    assert app.query_params["wijk"] in (CODES[2], [CODES[2]])


def test_what_became_of_an_area_of_before_is_said_once(data: Path, monkeypatch) -> None:
    app = page("kaart", data, monkeypatch, gemeente="GM0518")
    app.session_state["_kaart_toen"] = "Oud (WK051899) was in 2016 een wijk."
    assert "was in 2016 een wijk" in app.run().info[0].value
    assert not app.run().info


def test_an_area_without_any_figure_has_a_card_on_the_map_of_the_country(data: Path, monkeypatch) -> None:
    app = page("kaart", data, monkeypatch, gebied="NL", onderwerp="bijstand_1000", wijk=CODES[5])
    assert not app.exception
    assert "Dit gebied heeft hier geen cijfer" in words(app)


def test_nothing_read_in_says_what_to_do(tmp_path: Path, monkeypatch) -> None:
    app = page("kaart", tmp_path, monkeypatch)
    assert not app.exception
    assert "nog geen gegevens" in app.title[0].value
    assert any("Gegevens" in button.label for button in app.button)
