"""Which area of one division is which of another: what borders, people, marks and names prove, and what they do not."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.harmonise_examples import CELL, NAN, area, division, evidence, triples, with_shapes
from wijkdata.analysis.harmonise.classes import DivisionPair
from wijkdata.analysis.harmonise.divisions import COLUMNS, alike, is_telling, name_key
from wijkdata.analysis.harmonise.links import link
from wijkdata.analysis.harmonise.overlap import overlap
from wijkdata.reference import gemeenten

ONE, TWO, THREE, FOUR = "WK001401", "WK001402", "WK001403", "WK001404"
LEFT, RIGHT, BOTH, FAR = (0, 0, 2, 2), (2, 0, 4, 2), (0, 0, 4, 2), (10, 10, 12, 12)
SAME_DIVISION, BORDER, COLUMN, BETWEEN, PEOPLE, NAMED = (
    *("zelfde_indeling", "grens", "indelingswijziging", "grens_tussen", "naam_en_inwoners", "code_en_naam"),
)


def linked(before, after, others=(), known=None, **more):
    """The links between two divisions."""
    return link(DivisionPair(before, after, others, **more), known)


# --- borders on both sides ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param([(ONE, LEFT)], [(ONE, LEFT)], {(ONE, ONE, "A")}, id="unchanged"),
        pytest.param([(ONE, LEFT)], [(TWO, LEFT)], {(ONE, TWO, "B")}, id="recoded"),
        pytest.param([("WK036305", LEFT)], [("WK0363AA", LEFT)], {("WK036305", "WK0363AA", "B")}, id="letters"),
        pytest.param([(ONE, BOTH)], [(TWO, LEFT), (THREE, RIGHT)], {(ONE, TWO, "D"), (ONE, THREE, "D")}, id="split"),
        pytest.param([(ONE, BOTH)], [(ONE, LEFT), (TWO, RIGHT)], {(ONE, ONE, "D"), (ONE, TWO, "D")}, id="split off"),
        pytest.param([(ONE, LEFT), (TWO, RIGHT)], [(THREE, BOTH)], {(ONE, THREE, "C"), (TWO, THREE, "C")}, id="merged"),
        pytest.param([(ONE, LEFT), (TWO, RIGHT)], [(ONE, BOTH)], {(ONE, ONE, "C"), (TWO, ONE, "C")}, id="taken in"),
        pytest.param(
            [(ONE, LEFT), (TWO, RIGHT)],
            [(TWO, LEFT), (ONE, RIGHT)],
            {(ONE, TWO, "B"), (TWO, ONE, "B"), (ONE, ONE, "X"), (TWO, TWO, "X")},
            id="two codes change places",
        ),
        pytest.param(
            [(ONE, LEFT)], [(ONE, FAR), (TWO, LEFT)], {(ONE, TWO, "B"), (ONE, ONE, "X")}, id="code used again"
        ),
        pytest.param([(ONE, LEFT)], [(ONE, FAR)], {(ONE, ONE, "X")}, id="moved away under its code"),
        pytest.param([(ONE, LEFT)], [(ONE, (1, 0, 3, 2))], {(ONE, ONE, "D")}, id="half moved under its code"),
        pytest.param([(ONE, LEFT)], [(TWO, FAR)], {(ONE, None, "?")}, id="nothing lies there any more"),
        pytest.param(
            [("WK045701", LEFT), ("WK036301", FAR)],
            [("WK036301", LEFT), ("WK036302", FAR)],
            {("WK045701", "WK036301", "B"), ("WK036301", "WK036302", "B"), ("WK036301", "WK036301", "X")},
            id="a code of the other gemeente used again",
        ),
    ],
)
def test_where_both_borders_are_known_they_decide(before, after, expected):
    then = division(2016, *[area(code, box=box) for code, box in before])
    now = division(2024, *[area(code, box=box) for code, box in after])
    links = linked(then, now)
    assert triples(links) == expected
    assert evidence(links) <= {BORDER, "geen"}


@pytest.mark.parametrize(
    ("then", "now"),
    [
        pytest.param({"name": "Noord"}, {"name": "De Noord"}, id="renamed"),
        pytest.param({"people": 1_000, "land": 400}, {"people": 9_000, "land": 50}, id="other people and land"),
        pytest.param({}, {"change": 3}, id="marked as moved"),
        pytest.param({"water": True}, {"water": True}, id="water"),
        pytest.param({"people": 0}, {"people": 0}, id="without residents"),
    ],
)
def test_a_border_that_stayed_is_the_same_area_whatever_else_changed(then, now):
    links = linked(division(2016, area(ONE, box=LEFT, **then)), division(2024, area(ONE, box=LEFT, **now)))
    assert triples(links) == {(ONE, ONE, "A")}


@pytest.mark.parametrize("code", [ONE, TWO], ids=["same code", "other code"])
@pytest.mark.parametrize(
    ("east", "same"),
    [(20.0, True), (20.5, True), (21.9, True), (22.5, False), (30.0, False)],
    ids=["equal", "drawn in less detail", "just the same", "just not", "another border"],
)
def test_a_border_is_the_same_from_nine_tenths_of_both_together(code, east, same):
    links = linked(division(2016, area(ONE, box=(0, 0, 20, 10))), division(2024, area(code, box=(0, 0, east, 10))))
    assert bool(triples(links, "AB")) is same
    assert triples(links) == {(ONE, code, ("A" if code == ONE else "B") if same else "D")}


def test_the_shares_of_a_link_are_the_parts_of_the_one_and_the_other():
    then = division(2016, area(ONE, box=(0, 0, 4, 1)), area(TWO, box=(4, 0, 5, 1)))
    now = division(2024, area(ONE, box=(0, 0, 1, 1)), area(TWO, box=(1, 0, 5, 1)))
    shares = linked(then, now).set_index(["code_from", "code_to"])[["share_from", "share_to"]]
    assert shares.T.to_dict("list") == {
        (ONE, ONE): pytest.approx([0.25, 1]),
        (ONE, TWO): pytest.approx([0.75, 0.75]),
        (TWO, TWO): pytest.approx([1, 0.25]),
    }


# --- without borders ------------------------------------------------------------------------------------------------

NORTH, SOUTH = {"people": 1_000, "land": 50}, {"people": 3_000, "land": 80}
WITHOUT_BORDERS = [
    # (before, after, expected), four years apart
    pytest.param([(ONE, "Noord", NORTH)], [(ONE, "Noord", NORTH)], {(ONE, ONE, "A")}, id="unchanged"),
    pytest.param([(ONE, "Noord", NORTH)], [(TWO, "Noord", NORTH)], {(ONE, TWO, "B")}, id="recoded"),
    pytest.param(
        [("WK036305", "Noord", NORTH)], [("WK0363AA", "Noord", NORTH)], {("WK036305", "WK0363AA", "B")}, id="letters"
    ),
    pytest.param(
        [(ONE, "Noord", NORTH), (TWO, "Zuid", SOUTH)],
        [(ONE, "Zuid", SOUTH), (TWO, "Noord", NORTH)],
        {(ONE, TWO, "B"), (TWO, ONE, "B")},
        id="two codes change places",
    ),
    pytest.param([(ONE, "Noord", NORTH)], [(ONE, "De Noord", NORTH)], {(ONE, ONE, "A")}, id="renamed under its code"),
    pytest.param([(ONE, "Noord", NORTH)], [(TWO, "De Noord", NORTH)], {(ONE, None, "?")}, id="renamed and recoded"),
    pytest.param([(ONE, "Noord", NORTH)], [(ONE, "Noord", SOUTH)], {(ONE, ONE, "?")}, id="moved, not renamed"),
    pytest.param(
        [(ONE, "Noord", NORTH)], [(ONE, "Noord", {**NORTH, "land": 60})], {(ONE, ONE, "?")}, id="moved through fields"
    ),
    pytest.param(
        [(ONE, "Noord", NORTH)], [(ONE, "Noord", {**NORTH, "people": 2_000})], {(ONE, ONE, "A")}, id="built up"
    ),
    pytest.param(
        [(ONE, "Noord", NORTH)],
        [(TWO, "Noord", {**NORTH, "people": 2_000})],
        {(ONE, None, "?")},
        id="built up, recoded",
    ),
    pytest.param([(ONE, "Noord", {})], [(TWO, "Noord", {})], {(ONE, None, "?")}, id="a name alone"),
    pytest.param([(ONE, None, {})], [(ONE, None, {})], {(ONE, ONE, "?")}, id="a code alone"),
    pytest.param([(ONE, "Noord", {})], [(ONE, "Haven", {})], {(ONE, ONE, "?")}, id="a code with another name"),
    pytest.param([(ONE, None, NORTH)], [(TWO, None, NORTH)], {(ONE, None, "?")}, id="people and land without a name"),
    pytest.param(
        [(ONE, "Plas", {"people": 0, "water": True})],
        [(ONE, "Plas", {"people": 0, "water": True})],
        {(ONE, ONE, "?")},
        id="water",
    ),
    pytest.param(
        [(ONE, "Hei", {"people": 30})], [(ONE, "Hei", {"people": 30})], {(ONE, ONE, "?")}, id="hardly any residents"
    ),
    pytest.param(
        [(ONE, "Centrum", NORTH), ("WK059901", "Centrum", SOUTH)],
        [(TWO, "Centrum", NORTH), ("WK059902", "Centrum", SOUTH)],
        {(ONE, TWO, "B"), ("WK059901", "WK059902", "B")},
        id="Centrum in two gemeenten",
    ),
    pytest.param(
        [(ONE, "Centrum", NORTH)],
        [("WK059902", "Centrum", NORTH)],
        {(ONE, None, "?")},
        id="Centrum of another gemeente",
    ),
    pytest.param(
        [(ONE, "Centrum", NORTH), (TWO, "Centrum", NORTH)],
        [(THREE, "Centrum", NORTH), (FOUR, "Centrum", NORTH)],
        {(ONE, None, "?"), (TWO, None, "?")},
        id="Centrum twice in one gemeente",
    ),
    pytest.param(
        [(ONE, "Wijk 01 Noord", NORTH)], [(TWO, "Wijk 02 Noord", NORTH)], {(ONE, TWO, "B")}, id="only another number"
    ),
    pytest.param(
        [(ONE, "Wijk 01", NORTH), (TWO, "Wijk 02", SOUTH)],
        [(THREE, "Wijk 01", NORTH), (FOUR, "Wijk 02", SOUTH)],
        {(ONE, None, "?"), (TWO, None, "?")},
        id="a number is no name",
    ),
    pytest.param(
        [(ONE, "Wijk 01", NORTH)], [(TWO, "Wijk 00", NORTH)], {(ONE, TWO, "B")}, id="the only one is the whole gemeente"
    ),
    pytest.param(
        [(ONE, "Wijk 01", NORTH)],
        [(TWO, "Wijk 00", SOUTH)],
        {(ONE, None, "?")},
        id="the only one, of another gemeente size",
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), WITHOUT_BORDERS)
def test_without_borders_it_takes_name_people_and_land(before, after, expected):
    then = division(2016, *[area(code, name, **known) for code, name, known in before])
    now = division(2020, *[area(code, name, **known) for code, name, known in after])
    links = linked(then, now)
    assert triples(links) == expected
    assert evidence(links) <= {PEOPLE, "geen"}


@pytest.mark.parametrize(
    ("people", "same"),
    [(1_040, True), (960, True), (1_300, False), (700, False)],
    ids=["+4 %", "-4 %", "+30 %", "-30 %"],
)
def test_without_land_about_as_many_people_under_one_name_are_one_area(people, same):
    then = division(2019, area(ONE, "Noord", people=1_000), area(TWO, "Zuid", people=2_000))
    now = division(2020, area(THREE, "Noord", people=people), area(TWO, "Zuid", people=2_000))
    assert ((ONE, THREE, "B") in triples(linked(then, now))) is same


@pytest.mark.parametrize("years", [(2019, 2020), (2020, 2019)], ids=["forth", "back"])
def test_as_many_people_are_no_proof_where_the_publisher_says_that_the_border_moved(years):
    marked = {year: 3 if year == 2020 else 1 for year in years}
    then, now = (division(year, area(ONE, "Noord", people=1_000, change=marked[year])) for year in years)
    assert triples(linked(then, now)) == {(ONE, ONE, "?")}


def test_nor_where_it_says_so_of_a_year_in_between():
    then, between, now = (
        division(year, area(ONE, "Noord", people=1_000, change=mark))
        for year, mark in ((2018, 1), (2019, 3), (2020, 1))
    )
    assert triples(linked(then, now, [then, between, now])) == {(ONE, ONE, "?")}


def test_no_area_of_now_is_two_areas_of_before():
    """Wijk 1 may be the renamed wijk 1, and it has name, people and land of wijk 2: it is one of them, or nobody knows."""
    then = division(2016, area(ONE, "Noord", **NORTH), area(TWO, "Zuid", **NORTH))
    now = division(2020, area(ONE, "Zuid", **NORTH))
    assert len(triples(linked(then, now), "AB")) <= 1


def test_the_wijken_of_a_gemeente_that_merged_are_found_in_the_one_that_took_it_over():
    """Weesp (GM0457) went to Amsterdam (GM0363) on 24 March 2022: it is there on 1 January 2023."""
    then = division(2021, area("WK045701", "Weesp-Zuid", **NORTH), area("WK036301", "Centrum", **SOUTH))
    now = division(2023, area("WK0363WA", "Weesp-Zuid", **NORTH), area("WK0363AA", "Centrum", **SOUTH))
    links = linked(then, now, heirs=lambda code: gemeenten.heirs(code, 2023))
    assert triples(links) == {("WK045701", "WK0363WA", "B"), ("WK036301", "WK0363AA", "B")}
    alone = linked(then, now)  # nobody knows of the merger: the name in another gemeente is another place
    assert triples(alone) == {("WK045701", None, "?"), ("WK036301", "WK0363AA", "B")}


# --- code and name, over a short time -------------------------------------------------------------------------------

STEADY = [(ONE, "Noord"), (TWO, "Zuid")]


@pytest.mark.parametrize(
    ("years", "before", "after", "expected"),
    [
        pytest.param((2022, 2020), STEADY, STEADY, {(ONE, ONE, "A"), (TWO, TWO, "A")}, id="two years, nothing changed"),
        pytest.param((2023, 2020), STEADY, STEADY, {(ONE, ONE, "?"), (TWO, TWO, "?")}, id="three years"),
        pytest.param((2022, 2020), STEADY, [(ONE, "Noord")], {(ONE, ONE, "?"), (TWO, None, "?")}, id="one is gone"),
        pytest.param(
            (2022, 2020), STEADY, [*STEADY, (THREE, "Oost")], {(ONE, ONE, "?"), (TWO, TWO, "?")}, id="one came"
        ),
        pytest.param(
            (2022, 2020), STEADY, [(ONE, "Noord"), (TWO, "Oost")], {(ONE, ONE, "?"), (TWO, TWO, "?")}, id="one renamed"
        ),
        pytest.param(
            (2022, 2020),
            [*STEADY, ("WK059901", "Noord")],
            [*STEADY, ("WK059901", "Haven")],
            {(ONE, ONE, "A"), (TWO, TWO, "A"), ("WK059901", "WK059901", "?")},
            id="another gemeente changed",
        ),
        pytest.param((2021, 2020), [(ONE, None)], [(ONE, None)], {(ONE, ONE, "?")}, id="codes alone"),
        pytest.param(
            (2021, 2020),
            [(ONE, "Wijk 01"), (TWO, "Wijk 02")],
            [(ONE, "Wijk 01"), (TWO, "Wijk 02")],
            {(ONE, ONE, "?"), (TWO, TWO, "?")},
            id="names that say nothing",
        ),
    ],
)
def test_code_and_name_hold_over_two_years_in_a_gemeente_that_kept_all_of_them(years, before, after, expected):
    then, now = (
        division(year, *[area(*one) for one in rows]) for year, rows in zip(years, (before, after), strict=True)
    )
    links = linked(then, now)
    assert triples(links) == expected
    assert evidence(links) <= {NAMED, "geen"}


def test_an_area_without_residents_may_lack_in_a_list_of_areas_with_residents():
    now = division(2020, area(ONE, "Noord", people=1_000), area(TWO, "Plas", people=0, water=True))
    assert triples(linked(division(2022, area(ONE, "Noord"), whole=False), now)) == {(ONE, ONE, "A")}
    lacks = division(2022, area(TWO, "Plas"), whole=False)
    assert triples(linked(lacks, now)) == {(TWO, TWO, "?")}


@pytest.mark.parametrize(
    ("border", "expected"), [(LEFT, {(ONE, ONE, "A")}), (BOTH, {(ONE, ONE, "D")})], ids=["it stayed", "it moved"]
)
def test_code_and_name_are_no_proof_against_a_border(border, expected):
    """The border of 2019, before the figures of 2020, is or is not that of 2021."""
    then, now = division(2019, area(ONE, "Noord", box=border)), division(2021, area(ONE, "Noord", box=LEFT))
    assert triples(linked(division(2020, area(ONE, "Noord")), now, [then, now])) == expected


# --- the publisher's column, year by year ---------------------------------------------------------------------------


def years_with_marks(*marks):
    """One area from 2018 on, with the marks of 2019, 2020, ...; None is a year that nobody read in."""
    years = {2018: division(2018, area(ONE, change=1))}
    years |= {2019 + n: division(2019 + n, area(ONE, change=mark)) for n, mark in enumerate(marks) if mark is not None}
    return years


@pytest.mark.parametrize("back", [False, True], ids=["forth", "back"])
@pytest.mark.parametrize(
    ("marks", "same"),
    [
        pytest.param((1, 1, 1), True, id="three years the same"),
        pytest.param((3, 1, 1), False, id="moved in the first"),
        pytest.param((1, 3, 1), False, id="moved in the second"),
        pytest.param((1, 1, 3), False, id="moved in the last"),
        pytest.param((1, 2, 1), False, id="recoded in between"),
        pytest.param((1, None, 1), False, id="a year not read in"),
        pytest.param((1, float("nan"), 1), False, id="a year without a mark"),
    ],
)
def test_the_column_of_every_year_between_says_that_an_area_stayed(marks, same, back):
    known = years_with_marks(*marks)
    first, last = (known[2021], known[2018]) if back else (known[2018], known[2021])
    links = linked(first, last, list(known.values()))
    assert triples(links) == {(ONE, ONE, "A" if same else "?")}
    assert evidence(links) == {COLUMN if same else "geen"}


# --- borders of other years -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("then", "now", "expected", "rests_on"),
    [
        pytest.param((ONE, "Noord", LEFT), (ONE, LEFT), {(ONE, ONE, "A")}, BETWEEN, id="the border stayed"),
        pytest.param(
            (ONE, "Noord", LEFT), ("WK0014AA", LEFT), {(ONE, "WK0014AA", "B")}, BETWEEN, id="under another code"
        ),
        pytest.param((ONE, "Noord", BOTH), (ONE, LEFT), {(ONE, ONE, "D")}, BETWEEN, id="the border moved"),
        pytest.param((ONE, "Haven", LEFT), (ONE, LEFT), {(ONE, ONE, "?")}, "geen", id="another name then"),
        pytest.param((TWO, "Noord", LEFT), (ONE, LEFT), {(ONE, ONE, "?")}, "geen", id="another code then"),
        pytest.param((ONE, None, LEFT), (ONE, LEFT), {(ONE, ONE, "?")}, "geen", id="no name then"),
    ],
)
def test_a_border_of_before_that_is_the_border_of_now_was_it_in_between(then, now, expected, rests_on):
    """The Leefbaarometer lists names and no inhabitants: between two maps it stands on the border that both draw."""
    code, name, box = then
    older, newer = division(2016, area(code, name, box)), division(2024, area(now[0], "Een", now[1]))
    figures = division(2020, area(ONE, "Noord"), whole=False)
    links = linked(figures, newer, [older, figures, newer])
    assert triples(links) == expected
    assert evidence(links) == {rests_on}
    assert set(links["via"].dropna()) == ({2016.0} if rests_on == BETWEEN else set())


def test_a_border_on_the_same_side_proves_nothing_about_the_years_before_it():
    """Figures of 2016, maps of 2018 and 2024: the border may have moved in 2017."""
    first, last = (division(year, area(ONE, "Noord", LEFT)) for year in (2018, 2024))
    assert triples(linked(division(2016, area(ONE, "Noord")), last, [first, last])) == {(ONE, ONE, "?")}


# --- two files of one year ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("Noord", {(ONE, ONE, "A")}, id="the same name"),
        pytest.param(None, {(ONE, ONE, "A")}, id="no name"),
        pytest.param("Wijk 01 Noord", {(ONE, ONE, "A")}, id="with a number"),
        pytest.param("Haven", {(ONE, ONE, "?")}, id="quite another name"),
    ],
)
def test_the_areas_of_a_year_are_those_of_the_publisher_who_lists_all_of_them(name, expected):
    """Two files may both say 2022 and be of two divisions: then the names of their codes differ."""
    now = division(2022, area(ONE, "Noord"), area(TWO, "Zuid"))
    figures = division(2022, area(ONE, name), whole=False)
    links = linked(figures, now, [figures, now])
    assert triples(links) == expected
    if expected == {(ONE, ONE, "A")}:
        assert evidence(links) == {SAME_DIVISION}
        assert links[["share_from", "share_to"]].to_numpy().tolist() == [[1.0, 1.0]]


def test_figures_without_borders_follow_the_borders_of_the_other_file_of_their_year():
    figures = division(2016, area(ONE, "Noord"), area(TWO, "Zuid"), whole=False)
    then = division(2016, area(ONE, "Noord", LEFT), area(TWO, "Zuid", RIGHT), area(THREE, "Plas", FAR))
    now = division(2024, area(TWO, "Noord", LEFT), area(THREE, "Zuid", (2, 0, 3, 2)), area(FOUR, "Nieuw", (3, 0, 4, 2)))
    links = linked(figures, now, [figures, then, now])
    assert triples(links, "ABCD") == {(ONE, TWO, "B"), (TWO, THREE, "D"), (TWO, FOUR, "D")}


# --- what a person or a table says ----------------------------------------------------------------------------------


def test_what_a_person_decided_goes_before_every_border():
    then, now = division(2016, area(ONE, box=LEFT), area(TWO, box=FAR)), division(2024, area(ONE, box=LEFT))
    decided = pd.DataFrame({"code_from": [TWO], "code_to": [ONE], "klass": ["B"], "evidence": ["besluit"]})
    decided = decided.assign(share_from=np.nan, share_to=np.nan, via=np.nan)
    links = linked(then, now, known=decided)
    assert triples(links, "AB") == {(TWO, ONE, "B")}, "and nobody else is that area then"


# --- divisions made at random ---------------------------------------------------------------------------------------

SIDE = 4
LABELS = st.lists(st.integers(0, 5), min_size=SIDE**2, max_size=SIDE**2)


def cells_of(labels):
    """code -> the cells of the grid that it holds."""
    return {f"WK0014{label:02d}": [n for n, one in enumerate(labels) if one == label] for label in sorted(set(labels))}


def parted(year, labels):
    """The division in which every cell of the grid lies in the area of its label."""
    cells = cells_of(labels)
    square = [shapely.box(*np.array((n % SIDE, n // SIDE, n % SIDE + 1, n // SIDE + 1)) * CELL) for n in range(SIDE**2)]
    frame = pd.DataFrame({"municipality": "GM0014", "name": None, "water": False}, index=list(cells))
    return with_shapes(
        year,
        frame.reindex(columns=COLUMNS).astype({"inhabitants": float, "land": float, "change": float}),
        {code: shapely.union_all([square[n] for n in own]) for code, own in cells.items()},
    )


@example(before=[0] * 15 + [1], after=[0] * 16)  # a sliver joins an area that stays what it was
@example(before=[0] * 8 + [1] * 8, after=[1] * 8 + [0] * 8)
@given(before=LABELS, after=LABELS)
@settings(max_examples=150, deadline=None)
def test_links_by_border_are_what_counting_the_cells_gives(before, after):
    then, now = cells_of(before), cells_of(after)
    links = linked(parted(2016, before), parted(2024, after))

    shared = {(a, b): len(set(then[a]) & set(now[b])) for a in then for b in now}
    real = links[links["klass"] != "X"]
    assert {(a, b) for a, b, _ in triples(real)} == {pair for pair, n in shared.items() if n}
    for row in real.itertuples():
        common = shared[row.code_from, row.code_to]
        alike_part = common / (len(then[row.code_from]) + len(now[row.code_to]) - common)
        assert row.share_from == pytest.approx(common / len(then[row.code_from]), abs=1e-9)
        assert row.share_to == pytest.approx(common / len(now[row.code_to]), abs=1e-9)
        assert (row.klass in "AB") == (alike_part >= 0.9)
        assert (row.klass == "A") <= (row.code_from == row.code_to) <= (row.klass != "B")
    assert real.groupby("code_from")["share_from"].sum().to_list() == pytest.approx([1] * len(then), abs=1e-9)
    used_again = {(code, code) for code in then.keys() & now.keys() if not shared[code, code]}
    assert {(a, b) for a, b, _ in triples(links, "X")} == used_again


@example(before=[0] * 15 + [1], after=[0] * 16)
@given(before=LABELS, after=LABELS)
@settings(max_examples=150, deadline=None)
def test_no_place_has_two_one_to_one_links_and_the_parts_of_a_union_are_all_of_it(before, after):
    """What is summed over the parts of class C is the whole place: together they fill it, each wholly inside it."""
    links = linked(parted(2016, before), parted(2024, after))
    one_to_one = links[links["klass"].isin(["A", "B"])]
    assert one_to_one["code_to"].is_unique
    assert one_to_one["code_from"].is_unique
    parts = links[links["klass"] == "C"]
    assert (parts["share_from"] >= 0.95).all()
    assert (parts.groupby("code_to")["share_to"].sum() >= 0.95).all()


@given(labels=LABELS)
@settings(max_examples=60, deadline=None)
def test_a_division_beside_itself_is_all_the_same(labels):
    links = linked(parted(2016, labels), parted(2024, labels))
    codes = set(cells_of(labels))
    assert triples(links) == {(code, code, "A") for code in codes}
    assert (links[["share_from", "share_to"]] == 1.0).all(axis=None)


@given(
    rows=st.lists(
        st.tuples(
            st.integers(1, 4), st.sampled_from(["Noord", "Zuid", "Centrum", None]), st.sampled_from([0, 900, 1_000])
        ),
        min_size=2,
        max_size=8,
    ),
    years=st.tuples(st.integers(2018, 2022), st.integers(2018, 2022)),
)
@settings(max_examples=200, deadline=None)
def test_without_borders_no_place_is_two_areas_and_no_area_is_lost(rows, years):
    half = len(rows) // 2
    pair = []
    for year, part in zip(years, (rows[:half], rows[half:]), strict=True):
        known = {number: (name, people) for number, name, people in part}
        pair.append(
            division(year, *[area(f"WK00140{n}", name, people=p, land=p / 20 or NAN) for n, (name, p) in known.items()])
        )
    links = linked(*pair)
    assert set(links["code_from"]) == set(pair[0].areas.index)
    assert links[links["klass"].isin(["A", "B"])]["code_to"].is_unique


# --- overlap --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param(LEFT, LEFT, (1, 1, 1), id="equal"),
        pytest.param(LEFT, BOTH, (1, 0.5, 0.5), id="inside"),
        pytest.param(BOTH, LEFT, (0.5, 1, 0.5), id="around"),
        pytest.param(LEFT, (1, 0, 3, 2), (0.5, 0.5, 1 / 3), id="half and half"),
        pytest.param(LEFT, RIGHT, None, id="side by side"),
        pytest.param(LEFT, (2, 2, 4, 4), None, id="corner to corner"),
        pytest.param(LEFT, FAR, None, id="apart"),
        pytest.param(LEFT, (1.999, 0, 3.999, 2), None, id="a border drawn a metre further"),
    ],
)
def test_how_much_of_an_area_lies_in_another(one, two, expected):
    pairs = overlap(*(division(year, area(ONE, box=box)).shapes for year, box in ((2016, one), (2024, two))))
    values = pairs[["share_from", "share_to", "alike"]].to_numpy().tolist()
    assert values == ([] if expected is None else [pytest.approx(list(expected))])


def test_nothing_overlaps_with_no_borders():
    drawn, none = division(2016, area(ONE, box=LEFT)).shapes, division(2024, area(ONE)).shapes
    for pairs in (overlap(drawn, none), overlap(none, drawn)):
        assert list(pairs.columns) == ["code_from", "code_to", "share_from", "share_to", "alike"]
        assert pairs.empty


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "key", "telling"),
    [
        ("Wijk 03 Overvecht", "overvecht", True),
        ("Wijk A1 Centrum", "centrum", True),
        ("Overvecht", "overvecht", True),
        ("'t Harde", "tharde", True),
        ("Wijk 02 't Harde", "tharde", True),
        ("Crèvecoeur-Noord", "crevecoeurnoord", True),
        ("ZUID", "zuid", True),
        ("Wijk 03", "wijk03", False),
        ("Wijk aan Zee", "wijkaanzee", True),
        ("", "", False),
        (None, "", False),
        (float("nan"), "", False),
    ],
    ids=repr,
)
def test_what_of_a_name_is_compared(name, key, telling):
    assert (name_key(name), is_telling(name_key(name))) == (key, telling)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("noord", "noord", True),
        ("noord", "noordoost", False),
        ("centrum", "", False),
        ("bedrijventerreindeeersteaanlegvan", "bedrijventerreindeeersteaanlegvandehaven", True),
        ("bedrijventerreindeeersteaanlegvan", "bedrijventerreindetweede", False),
    ],
)
def test_a_long_name_that_a_publisher_cut_off_is_the_same_name(one, other, same):
    assert alike(one, other) is same
    assert alike(other, one) is same


def test_a_name_is_looked_up_only_where_it_occurs_once_in_its_gemeente():
    then = division(
        2020, area(ONE, "Noord"), area(TWO, "Centrum"), area(THREE, "Centrum"), area("WK059901", "Centrum"), area(FOUR)
    )
    assert then.only_ones == {("GM0014", "noord"): ONE, ("GM0599", "centrum"): "WK059901"}
