"""Figures under the areas of now: what may be summed, what may not, and why a place has none. Real files, made divisions."""

from itertools import permutations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.links_examples import BOTH, CATALOGUE, FAR, LEFT, RIGHT, File, found, shown, store_of
from wijkdata.areas import Level
from wijkdata.loading.example import dataset
from wijkdata.loading.figures import importer
from wijkdata.questions.gegevens import links as gegevens_links
from wijkdata.store.monitor import linked, queries, versions

ONE, TWO, THREE, FOUR, FIVE = (f"WK0518{number:02d}" for number in range(1, 6))
SUMMED = sorted(item.id for item in CATALOGUE.indicators.values() if item.over_areas == "sum")
WEIGHTED = sorted(item.id for item in CATALOGUE.indicators.values() if item.over_areas == "per_resident")
SCORES = sorted(item.id for item in CATALOGUE.indicators.values() if item.id.startswith("lbm3_"))
# 2020: two halves and a wijk apart; 2024: the halves are one wijk under another code.
HALVES = [(ONE, "West", LEFT), (TWO, "Oost", RIGHT), (FOUR, "Ver", FAR)]
TOGETHER = [(THREE, "Samen", BOTH), (FOUR, "Ver", FAR)]
NOW = File(2024, TOGETHER, [(THREE, "inwoners", 2024, 9_999), (FOUR, "inwoners", 2024, 500)], "nu")


def residents(year, one=1_200, two=800):
    return [(ONE, "inwoners", year, one), (TWO, "inwoners", year, two)]


# --- unions of whole areas ------------------------------------------------------------------------------------------


def test_what_can_be_united_is_there():
    assert "inwoners" in SUMMED and "bijstand_1000" in WEIGHTED and len(SCORES) == 13


@pytest.mark.parametrize(("one", "two"), [(1_200, 800), (0, 5), (0.1, 0.2), (1e9, 1), (17_407_585.5, 3.25)])
def test_inhabitants_of_wholes_together_are_their_sum(tmp_path, one, two):
    store = store_of(tmp_path, File(2020, HALVES, residents(2020, one, two)), NOW)
    assert shown(store, "inwoners", 2020)[THREE] == pytest.approx(one + two, rel=1e-9)


@pytest.mark.parametrize(
    ("one", "two", "together"),
    [
        pytest.param((1_200, 30), (800, 10), 22.0, id="weighted"),
        pytest.param((1, 40), (1, 20), 30.0, id="equal"),
        pytest.param((0, 99), (500, 12), 12.0, id="nobody lives in the one"),
        pytest.param((0, 99), (0, 12), "border_changed", id="nobody lives in either"),
    ],
)
def test_every_rate_per_resident_is_weighted_by_residents(tmp_path, one, two, together):
    rates = [(area, name, 2020, rate) for name in WEIGHTED for area, rate in ((ONE, one[1]), (TWO, two[1]))]
    store = store_of(tmp_path, File(2020, HALVES, [*residents(2020, one[0], two[0]), *rates]), NOW)
    expected = pytest.approx(together, rel=1e-9) if together != "border_changed" else together
    assert {name: shown(store, name, 2020)[THREE] for name in WEIGHTED} == dict.fromkeys(WEIGHTED, expected)


SIZES = {"inwoners": (900, 100), "huishoudens": (300, 200), "woningen": (100, 400), "oppervlakte_land": (10, 90)}


@pytest.mark.parametrize(
    ("kind", "by", "some", "together"),
    [
        ("per_resident", "inwoners", {"65_plus", "bijstand_1000", "inkomen_inwoner"}, 39.0),
        ("per_household", "huishoudens", {"eenpersoons", "huishoudensgrootte", "laag_inkomen"}, 36.0),
        ("per_dwelling", "woningen", {"woz", "koop", "gas"}, 32.0),
        ("per_hectare", "oppervlakte_land", {"dichtheid", "autos_km2"}, 31.0),
    ],
)
def test_a_rate_is_weighted_by_what_it_is_a_rate_of(tmp_path, kind, by, some, together):
    rates = [item.id for item in CATALOGUE.indicators.values() if item.over_areas == kind]
    assert set(rates) >= some
    figures = [(code, name, 2020, sizes[n]) for name, sizes in SIZES.items() for n, code in enumerate((ONE, TWO))]
    figures += [(code, name, 2020, value) for name in rates for code, value in ((ONE, 40), (TWO, 30))]
    unknown = [figure for figure in figures if figure[:2] != (TWO, by)]
    store = store_of(tmp_path / "bekend", File(2020, HALVES, figures), NOW)
    without = store_of(tmp_path / "onbekend", File(2020, HALVES, unknown), NOW)
    for name in rates:
        assert shown(store, name, 2020)[THREE] == pytest.approx(together), name
        assert shown(without, name, 2020)[THREE] == "border_changed", name


def test_the_residents_are_those_of_the_year_of_the_rate(tmp_path):
    figures = [*residents(2019, 100, 300), *residents(2020, 300, 100)]
    figures += [
        (code, "bijstand_1000", year, value) for year in (2018, 2019, 2020) for code, value in ((ONE, 40), (TWO, 0))
    ]
    store = store_of(tmp_path, File(2020, HALVES, figures), NOW)
    together = {year: shown(store, "bijstand_1000", year)[THREE] for year in (2018, 2019, 2020)}
    assert together == {2018: "border_changed", 2019: pytest.approx(10), 2020: pytest.approx(30)}


@pytest.mark.parametrize("indicator", ["inwoners", "bijstand_1000"])
@pytest.mark.parametrize("missing", [[], [(TWO, None)]], ids=["no row", "a hidden figure"])
def test_where_a_part_is_missing_there_is_no_sum(tmp_path, indicator, missing):
    figures = [(ONE, indicator, 2020, 30), *[(code, indicator, 2020, value) for code, value in missing]]
    if indicator != "inwoners":
        figures += residents(2020)
    store = store_of(tmp_path, File(2020, HALVES, figures), NOW)
    assert shown(store, indicator, 2020)[THREE] == "border_changed"


def test_of_a_rate_with_a_part_without_residents_known_there_is_no_mean(tmp_path):
    figures = [(ONE, "bijstand_1000", 2020, 30), (TWO, "bijstand_1000", 2020, 10), (ONE, "inwoners", 2020, 100)]
    store = store_of(tmp_path, File(2020, HALVES, figures), NOW)
    assert shown(store, "bijstand_1000", 2020)[THREE] == "border_changed"


def test_scores_are_never_united(tmp_path):
    scores = [(code, name, 2020, value) for name in SCORES for code, value in ((ONE, 0.1), (TWO, 0.2), (FOUR, 0.3))]
    store = store_of(tmp_path, File(2020, HALVES, [*residents(2020), *scores]), NOW)
    apart = {THREE: "border_changed", FOUR: 0.3}
    assert {name: shown(store, name, 2020) for name in SCORES} == dict.fromkeys(SCORES, apart)


def test_an_area_that_did_not_change_keeps_every_figure_as_it_was_published(tmp_path):
    figures = [
        (FOUR, name, year, 0.1 + year) for name in ("inwoners", "bijstand_1000", "lbm3_score") for year in (2016, 2020)
    ]
    store = store_of(tmp_path, File(2020, HALVES, figures), NOW)
    assert (FOUR, 2020, FOUR, "A") in found(store)
    for _, name, year, value in figures:
        assert shown(store, name, year)[FOUR] == value
    rows = queries.of_area(store, FOUR)
    assert set(rows["reason"].dropna()) == set()


# --- what brings no figure, and why ---------------------------------------------------------------------------------

REASONS = [
    pytest.param(
        [(ONE, "West", LEFT)], [(ONE, "Nieuw", FAR), (TWO, "West", LEFT)], {ONE: "other_area", TWO: 7.0}, id="X: code used again"
    ),
    pytest.param(
        [(ONE, "Alles", BOTH)],
        [(ONE, "West", LEFT), (TWO, "Oost", RIGHT)],
        {ONE: "border_changed", TWO: "border_changed"},
        id="D: split",
    ),
    pytest.param(
        [(ONE, "West", LEFT)], [(ONE, "Alles", BOTH)], {ONE: "border_changed"}, id="D: grown without another whole area"
    ),
    pytest.param([(ONE, "Wijk 01", None)], [(ONE, "Wijk 01", None)], {ONE: "link_unknown"}, id="?: no evidence at all"),
    pytest.param(
        [(ONE, "West", None)], [(ONE, "Ver", None), (TWO, "West", None)], {ONE: "link_unknown", TWO: "link_unknown"},
        id="?: another name and no borders",
    ),
    pytest.param(
        [("WK001001", "Noord", None)], [("WK197901", "Anders", None)], {"WK197901": "dissolved"}, id="gemeente merged, no borders"
    ),
    pytest.param(
        [("WK001001", "Noord", BOTH)],
        [("WK197901", "West", LEFT), ("WK197902", "Oost", RIGHT)],
        {"WK197901": "dissolved", "WK197902": "dissolved"},
        id="D: gemeente merged and split",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("then", "now", "expected"), REASONS)
def test_a_place_without_a_figure_of_its_own_says_why(tmp_path, then, now, expected):
    store = store_of(tmp_path, File(2016, then, [(then[0][0], "lbm3_score", 2016, 7.0)]), File(2024, now, table="nu"))
    assert shown(store, "lbm3_score", 2016) == expected


@pytest.mark.parametrize(("then", "now", "expected"), REASONS)
@pytest.mark.parametrize("indicator", ["inwoners", "bijstand_1000", "lbm3_score"])
def test_a_figure_of_class_d_x_or_unknown_stands_nowhere(tmp_path, then, now, expected, indicator):
    code = then[0][0]
    figures = [(code, indicator, 2016, 7.0), (code, "inwoners", 2016, 7.0)][: 1 + (indicator != "inwoners")]
    store = store_of(tmp_path, File(2016, then, figures), File(2024, now, table="nu"))
    values = {place: value for place, value in shown(store, indicator, 2016).items() if not isinstance(value, str)}
    places = {code_to for _, _, code_to, klass in found(store) if klass in "AB"}
    assert set(values) == places == {place for place, value in expected.items() if value == 7.0}


# --- where tables meet ----------------------------------------------------------------------------------------------

IN_2020 = File(2020, [(ONE, "West", LEFT)], [(ONE, "lbm3_score", 2018, 1.0)], "eerste")
IN_2022 = File(2022, [(TWO, "West", LEFT)], [(TWO, "lbm3_score", 2018, 2.0)], "tweede")
EMPTY = File(2022, [(TWO, "West", LEFT)], [(TWO, "lbm3_score", 2018, None)], "tweede")
PLACES = File(2024, [(THREE, "West", LEFT)], table="nu")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(IN_2020, IN_2022, 2.0, id="the younger division last"),
        pytest.param(IN_2022, IN_2020, 1.0, id="the older division last"),
        pytest.param(IN_2020, EMPTY, 1.0, id="the last one is empty"),
        pytest.param(EMPTY, IN_2020, 1.0, id="the first one is empty"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False], ids=["in one go", "one by one"])
def test_of_two_divisions_that_meet_at_one_place_the_table_read_last_is_shown(tmp_path, first, last, expected, at_once):
    if at_once:
        store = store_of(tmp_path, PLACES, first, last)
    else:
        store = [store_of(tmp_path, one) for one in (PLACES, first, last)][-1]
    assert shown(store, "lbm3_score", 2018) == {THREE: expected}
    assert {(code, klass) for code, _, _, klass in found(store)} == {(ONE, "B"), (TWO, "B")}


def test_a_published_figure_goes_before_a_sum(tmp_path):
    united = File(2020, HALVES, residents(2018), "delen")
    whole = File(2022, [(FIVE, "Samen", BOTH)], [(FIVE, "inwoners", 2018, 1_990)], "geheel")
    for number, order in enumerate(permutations([united, whole])):
        store = store_of(tmp_path / str(number), NOW, *order)
        assert shown(store, "inwoners", 2018)[THREE] == 1_990


# --- order, removal -------------------------------------------------------------------------------------------------

SET = [
    File(2016, [(ONE, "West", LEFT), (TWO, "Oost", RIGHT), (FOUR, "Ver", FAR)], residents(2016), "a"),
    File(2020, [(ONE, "West", None), (TWO, "Oost", None), (FOUR, "Ver", None)], [(ONE, "lbm3_score", 2020, 4.0)], "b", whole=False),
    File(2024, TOGETHER, [(FOUR, "lbm3_score", 2024, 5.0)], "c"),
    File(2023, [(FOUR, "Ver", None)], [(FOUR, "bijstand_1000", 2022, 6.0)], "d", whole=False, said=False),
]  # fmt: skip


def export(store):
    rows = gegevens_links.table(store).sort_values(["code_from", "year_from", "code_to"]).to_csv(index=False)
    figures = [queries.of_area(store, code).drop(columns="label") for code in queries.areas(store)["code"]]
    return rows, [frame.sort_values(["indicator", "period"]).to_csv(index=False) for frame in figures]


def test_the_order_of_reading_makes_no_difference(tmp_path):
    exports = []
    for number, order in enumerate(permutations(SET)):
        if number % 5 == 0:
            for one in order:
                store = store_of(tmp_path / str(number), one)
            exports.append(export(store))
    exports.append(export(store_of(tmp_path / "samen", *SET)))
    assert len(exports) == 6
    assert len(exports[0][0].splitlines()) > 5
    assert [one == exports[0] for one in exports] == [True] * 6


def test_taking_out_the_example_leaves_no_trace_of_its_places_and_links(tmp_path):
    store_of(tmp_path, *SET)
    before = export(versions.require(tmp_path))
    dataset.load(tmp_path, CATALOGUE)
    with_example = versions.require(tmp_path)
    assert queries.areas(with_example)["code"].str[2:4].eq("97").any()
    store = importer.remove_example(tmp_path)
    assert export(store) == before
    assert not queries.areas(store)["code"].str[2:4].eq("97").any()
    cursor = store.cursor()
    for table, column in (("place", "area_id"), ("link", "area_id"), ("link", "to_id"), ("observation", "shown_id")):
        rows = cursor.execute(
            f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT area_id FROM area)"
        ).fetchall()
        assert rows == [(0,)], (table, column)
    assert cursor.execute("SELECT count(*) FROM area WHERE code[3:4] = '97'").fetchall() == [(0,)]


# --- random divisions -----------------------------------------------------------------------------------------------

GRID = [(x, y) for x in range(3) for y in range(3)]
LABELS = st.lists(st.integers(0, 3), min_size=9, max_size=9)
CODES = st.permutations([ONE, TWO, THREE, FOUR, FIVE])


def cells(labels, codes):
    """code -> the cells of its area."""
    return {
        codes[label]: frozenset(cell for cell, own in zip(GRID, labels, strict=True) if own == label)
        for label in set(labels)
    }


def drawn(areas):
    boxes = {
        code: shapely.union_all([shapely.box(x, y, x + 1, y + 1) for x, y in part]) for code, part in areas.items()
    }
    return [(code, f"Plaats {code[-1]}", box) for code, box in boxes.items()]


@settings(max_examples=30, deadline=None)
@given(LABELS, CODES, LABELS, CODES)
def test_every_figure_is_that_of_the_area_its_link_names(
    tmp_path_factory, labels_then, codes_then, labels_now, codes_now
):
    then, now = cells(labels_then, codes_then), cells(labels_now, codes_now)
    values = {code: 100.0 + number for number, code in enumerate(sorted(then))}
    figures = [(code, name, 2016, value) for code, value in values.items() for name in ("inwoners", "lbm3_score")]
    store = store_of(
        tmp_path_factory.mktemp("blokken"), File(2016, drawn(then), figures), File(2024, drawn(now), table="nu")
    )
    one = {code_to: code for code, _, code_to, klass in found(store) if klass in "AB"}
    scores = {code: value for code, value in shown(store, "lbm3_score", 2016).items() if not isinstance(value, str)}
    assert scores == {place: values[code] for place, code in one.items()}
    # What the cells say, without a word of the links: one area, or whole areas together.
    assert one == {place: code for place, own in now.items() for code, part in then.items() if part == own}
    whole = {place: [code for code, part in then.items() if part <= own] for place, own in now.items()}
    filled = {
        place
        for place, inside in whole.items()
        if inside and frozenset().union(*(then[code] for code in inside)) == now[place]
    }
    people = {code: value for code, value in shown(store, "inwoners", 2016).items() if not isinstance(value, str)}
    assert people == {place: sum(values[code] for code in whole[place]) for place in filled}
    assert linked.links(store, Level.WIJK)["code_from"].nunique() <= len(then)
