"""Where the map looks from run to run: it goes to what is chosen in a list on the map of the country, and stays where it is."""

from types import SimpleNamespace

import pytest

from wijkdata.ui.kaart import controls

SHAPES = SimpleNamespace(bounds={"A": (4.3, 52.0, 4.4, 52.1), "B": (6.0, 53.0, 6.1, 53.1)})


@pytest.fixture
def run(monkeypatch):
    """`run("A", clicked=True, country=True)`: one run with this choice; returns (the longitude, how often it was asked)."""
    monkeypatch.setattr(controls.st, "session_state", {})
    monkeypatch.setattr(controls.address, "presenting", lambda: False)

    def one(chosen, clicked=False, country=True):
        if clicked:
            controls.clicked(chosen)
        figures = SimpleNamespace(measured=frozenset("AB"))
        view = SimpleNamespace(
            chosen=chosen, answer=SimpleNamespace(figures=figures, choice=SimpleNamespace(country=country))
        )
        seen, asked = controls.look(view, SHAPES, 470)
        return round(seen.longitude, 2), asked

    return one


WHOLE = 5.2


def test_the_map_goes_to_what_is_chosen_in_the_list_and_back(run):
    assert [run(chosen)[0] for chosen in (None, "A", "B", None)] == [WHOLE, 4.35, 6.05, WHOLE]


def test_what_is_clicked_is_in_sight_already(run):
    assert run(None) == run("A", clicked=True) == run("A")
    assert run("B")[0] == 6.05


def test_on_the_map_of_a_gemeente_the_whole_stays_in_sight(run):
    assert [run(chosen, country=False)[0] for chosen in (None, "A", "B")] == [WHOLE] * 3
    assert run("A")[0] == 4.35 and run("A", country=False)[0] == WHOLE


def test_the_button_asks_for_the_whole_again_also_where_the_numbers_are_the_same(run):
    _, before = run(None)
    controls._show_whole()
    assert run(None) == (WHOLE, before + 1)
    assert run("A")[0] == 4.35
    controls._show_whole()
    assert run("A")[0] == WHOLE


@pytest.mark.parametrize(("found", "width"), [(358, 358), (5, 200), (9_000, 560), (None, 560), ("x", 560)])
def test_the_width_of_a_browser_is_taken_within_reason(run, found, width):
    controls.st.session_state["knoppen"] = {"width": found}
    controls._measured("knoppen")
    assert controls._looking().width == width
