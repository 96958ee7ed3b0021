"""Figures on the map of their own time: when an earlier division is drawn, what its areas are called, and when it is not."""

import pytest

from tests.links_examples import AFTER, BEFORE, CATALOGUE, File, codes, scores, store_of, town, wijk
from wijkdata.areas import Level
from wijkdata.questions.kaart import earlier, question
from wijkdata.questions.kaart.answer import MapChoice
from wijkdata.questions.shared import boundaries

PLACE = "GM0518"
# What the areas of 2016 are called: the place that they are, else code and year.
CALLED = {
    wijk(1): wijk(5),
    wijk(2): wijk(2),
    wijk(3): f"{wijk(3)}@2016",
    wijk(4): wijk(4),
    wijk(8): wijk(9),
    wijk(10): f"{wijk(10)}@2016",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return town(tmp_path_factory.mktemp("toen"))


def ground(store, period=2016, place=PLACE, minimum=0, indicator="lbm3_score"):
    return earlier.ground(store, Level.WIJK, place, indicator, period, minimum)


def test_the_areas_of_then_are_called_by_the_place_they_are_or_by_code_and_year(store):
    found = ground(store)
    assert (found.division, found.borders_year, found.figures_year) == (2016, 2016, 2016)
    published = {code: value for code, name, _, value in scores(BEFORE, 2016) if name == "lbm3_score"}
    assert found.figures["value"].to_dict() == {CALLED[code]: value for code, value in published.items()}
    assert set(found.drawn) == set(CALLED.values()) == set(found.areas.index)


def test_they_have_the_names_and_the_inhabitants_of_then(store):
    areas = ground(store).areas
    names = {CALLED[code]: name.removeprefix("Wijk 02 ") for code, name, _ in BEFORE}
    assert areas["name"].to_dict() == names
    assert set(areas["population"]) == {5_000.0}
    assert set(areas["municipality_name"]) == {"'s-Gravenhage"}


@pytest.mark.parametrize(
    ("period", "place", "indicator"),
    [
        pytest.param(2024, PLACE, "lbm3_score", id="every area is one of now"),
        pytest.param(2016, "NL", "lbm3_score", id="the country"),
        pytest.param(2016, "GM9701", "lbm3_score", id="an invented gemeente"),
        pytest.param(1999, PLACE, "lbm3_score", id="a year without figures"),
        pytest.param(2016, PLACE, "bijstand_1000", id="a topic without figures"),
        pytest.param(2016, "GM0599", "lbm3_score", id="another gemeente"),
    ],
)
def test_otherwise_the_areas_of_now_are_drawn(store, period, place, indicator):
    assert ground(store, period, place, indicator=indicator) is None


@pytest.mark.parametrize(("lost", "drawn"), [(1, False), (2, True)], ids=["one of ten", "two of ten"])
def test_an_earlier_division_is_drawn_from_more_than_a_tenth_lost(tmp_path, lost, drawn):
    boxes = [(2 * n, 0, 2 * n + 2, 2) for n in range(10)]
    then = [(wijk(n), f"Plaats {n}", box) for n, box in enumerate(boxes)]
    split = [(wijk(20 + n), f"Deel {n}", (box[0], 0, box[0] + 1, 2)) for n, box in enumerate(boxes[:lost])]
    store = store_of(tmp_path, File(2016, then, scores(then, 2016)), File(2024, [*split, *then[lost:]], table="nu"))
    assert (ground(store) is not None) is drawn


def test_few_inhabitants_make_no_value_and_say_so(store):
    figures = ground(store, minimum=6_000).figures
    assert figures["value"].isna().all()
    assert set(figures["reason"]) == {"few_residents"}
    assert figures["published"].notna().all()


@pytest.mark.parametrize(
    ("named", "drawn"),
    [
        pytest.param(lambda name: name, True, id="under the same names"),
        pytest.param(lambda name: f"Wijk 09 {name.removeprefix('Wijk 02 ')}", True, id="with a number before the name"),
        pytest.param(lambda name: f"Bij {name}", False, id="under other names"),
        pytest.param(lambda name: None, False, id="without names"),
    ],
)
def test_borders_of_another_year_serve_when_code_and_name_are_the_same(tmp_path, named, drawn):
    then = [(code, named(name), None) for code, name, _ in BEFORE]
    measured = File(2017, then, scores(then, 2017), "een jaar later", whole=False)
    found = ground(town(tmp_path, measured), 2017)
    assert (found is not None) is drawn
    if drawn:
        assert (found.borders_year, found.figures_year) == (2016, 2017)
        assert set(found.figures.index) == set(CALLED.values())


def test_without_borders_of_then_nothing_of_then_is_drawn(tmp_path):
    then = [(code, name, None) for code, name, _ in BEFORE]
    store = store_of(tmp_path, File(2016, then, scores(then, 2016)), File(2024, AFTER, table="nu"))
    assert ground(store) is None


def ask(store, period, **choice):
    return question.answer(store, CATALOGUE, MapChoice(PLACE, Level.WIJK, "lbm3_score", period, **choice))


def of_borders(answer):
    return answer.borders.division, answer.borders.year, answer.borders.figures_year


# --- the map that rests on it ---------------------------------------------------------------------------------------


def test_the_map_shows_every_figure_on_borders_of_then_and_says_so(store):
    answer = ask(store, 2016)
    assert of_borders(answer) == (2016, 2016, 2016)
    assert answer.figures.n == len(BEFORE)
    assert answer.borders.without == ()
    assert set(answer.figures.areas.index[answer.figures.areas["value"].notna()]) == set(CALLED.values())
    assert "2016" in answer.text.source
    drawn = boundaries.shapes(store, CATALOGUE, PLACE, Level.WIJK, answer.borders.division)
    assert set(drawn.codes) == set(answer.figures.areas.index)


def test_the_map_of_now_shows_the_areas_of_now(store):
    answer = ask(store, 2024)
    assert of_borders(answer) == (boundaries.NEWEST, 2024, 2024)
    assert set(answer.figures.areas.index) == set(codes(AFTER))


def test_a_change_is_drawn_on_the_areas_of_now_and_only_where_both_years_are_of_one_area(store):
    answer = ask(store, 2024, mode="verandering", since=2016)
    assert answer.borders.division == boundaries.NEWEST
    then = {code: value for code, name, _, value in scores(BEFORE, 2016) if name == "lbm3_score"}
    now = {code: value for code, name, _, value in scores(AFTER, 2024) if name == "lbm3_score"}
    stayed = {code: old for old, code in CALLED.items() if "@" not in code}
    expected = {code: pytest.approx(now[code] - then[old]) for code, old in stayed.items()}
    assert answer.figures.areas["value"].dropna().to_dict() == expected


@pytest.mark.parametrize(
    ("boxes", "fills"),
    [
        pytest.param([(0, 0, 2, 2), (2, 0, 4, 2)], None, id="the borders of then are there"),
        pytest.param([None, None], 2016, id="they are not"),
    ],
)
def test_a_hole_that_borders_of_another_year_would_fill_is_named_with_that_year(tmp_path, boxes, fills):
    """One wijk of then was divided: without its borders nobody knows of what is there now, nor of the other."""
    then = [(wijk(1), "Oud", boxes[0]), (wijk(2), "Zij", boxes[1])]
    now = [(wijk(3), "Half", (0, 0, 1, 2)), (wijk(4), "Heel", (1, 0, 2, 2)), (wijk(5), "Andere zijde", (2, 0, 4, 2))]
    store = store_of(tmp_path, File(2016, then, scores(then, 2016)), File(2024, now, table="nu"))
    assert earlier.fills(store, Level.WIJK, PLACE, "lbm3_score", 2016) == fills
    assert earlier.fills(store, Level.WIJK, "NL", "lbm3_score", 2016) is None
    source = question.answer(store, CATALOGUE, MapChoice(PLACE, Level.WIJK, "lbm3_score", 2016)).text.source
    assert ("Lees de grenzen van 2016 in" in source) is (fills is not None)
