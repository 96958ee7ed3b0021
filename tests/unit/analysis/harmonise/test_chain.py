"""The way of an area through the years, its weights, and the unions of which a long series is exact."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harmonise_examples import area, division
from wijkdata.analysis.harmonise import chain
from wijkdata.analysis.harmonise.evidence import Evidence
from wijkdata.areas import Level

A, B, C, D = (f"WK0014{number:02d}" for number in range(1, 5))
LEFT, RIGHT, BOTH, FAR = (0, 0, 2, 2), (2, 0, 4, 2), (0, 0, 4, 2), (10, 10, 12, 12)
NOTHING = pd.DataFrame(
    columns=["code_from", "year_from", "code_to", "year_to", "klass", "share_from", "share_to", "decided"]
).astype({"decided": bool})


def drawn(*years):
    """Divisions from 2019 on, each {code: box}."""
    return [
        division(2019 + n, *[area(code, f"Plaats {code[-2:]}", box) for code, box in areas.items()])
        for n, areas in enumerate(years)
    ]


def chain_of(divisions):
    return chain.chain_of(Evidence(Level.WIJK, divisions, NOTHING))


def unions(divisions):
    """{the areas of each year: the years that are sure}, as {((2019, A), (2020, B)): {2019, 2020}}."""
    rows = chain.stable_unions(chain_of(divisions))
    return {
        tuple(sorted(zip(own["year"], own["code"], strict=True))): set(own.loc[own["sure"], "year"])
        for _, own in rows.groupby("union")
    }


BOTH_YEARS, LAST = {2019, 2020}, {2020}
UNIONS = [
    pytest.param([{A: LEFT}, {A: LEFT}], {((2019, A), (2020, A)): BOTH_YEARS}, id="unchanged"),
    pytest.param([{A: LEFT}, {B: LEFT}], {((2019, A), (2020, B)): BOTH_YEARS}, id="recoded"),
    pytest.param(
        [{A: LEFT, B: RIGHT, D: FAR}, {C: BOTH, D: FAR}],
        {((2019, A), (2019, B), (2020, C)): BOTH_YEARS, ((2019, D), (2020, D)): BOTH_YEARS},
        id="merged",
    ),
    pytest.param(
        [{A: LEFT, B: RIGHT}, {C: BOTH}, {A: (0, 0, 4, 1), B: (0, 1, 4, 2)}],
        {((2019, A), (2019, B), (2020, C), (2021, A), (2021, B)): {2019, 2020, 2021}},
        id="merged, then split otherwise",
    ),
    pytest.param(
        [{A: LEFT, B: RIGHT}, {C: BOTH}, {A: LEFT, B: RIGHT}],
        {((2019, A), (2019, B), (2020, C), (2021, A), (2021, B)): {2019, 2020, 2021}},
        id="merged, then split as it was",
    ),
    pytest.param(
        [{A: (0, 0, 3, 2), B: (3, 0, 4, 2)}, {A: LEFT, B: RIGHT}],
        {((2019, A), (2019, B), (2020, A), (2020, B)): BOTH_YEARS},
        id="a part went over",
    ),
    pytest.param([{A: LEFT}, {A: LEFT, B: FAR}], {((2019, A), (2020, A)): BOTH_YEARS, ((2020, B),): LAST}, id="new from nowhere"),
    pytest.param([{A: LEFT, B: FAR}, {A: LEFT}], {((2019, A), (2020, A)): BOTH_YEARS, ((2019, B),): set()}, id="gone to nowhere"),
    pytest.param([{A: LEFT}, {A: BOTH}], {((2019, A), (2020, A)): LAST}, id="grown by what nobody knew"),
    pytest.param([{A: BOTH}, {A: LEFT}], {((2019, A), (2020, A)): LAST}, id="half of it went nowhere"),
    pytest.param([{A: LEFT}, {A: FAR}], {((2019, A),): set(), ((2020, A),): LAST}, id="the code used again"),
]  # fmt: skip


@pytest.mark.parametrize(("years", "expected"), UNIONS)
def test_areas_that_share_ground_in_any_year_are_one_union(years, expected):
    assert unions(drawn(*years)) == expected


def test_without_evidence_no_year_but_the_last_is_sure():
    then, now = division(2019, area(A, "Wijk 01")), division(2024, area(A, "Wijk 01"))
    assert unions([then, now]) == {((2019, A),): set(), ((2024, A),): {2024}}


def test_a_year_without_any_evidence_does_not_cut_off_the_years_before_it():
    first, last = drawn({A: LEFT, B: RIGHT}), drawn({}, {}, {A: LEFT, B: RIGHT})[2:]
    blank = division(2020, area("WK001491"), area("WK001492"))
    followed = chain.way(chain_of([*first, blank, *last]), A)
    assert followed[["year_from", "year_to", "klass"]].apply(tuple, axis=1).tolist() == [(2019, 2021, "A")]
    assert unions([*first, blank, *last])[(2019, A), (2021, A)] == {2019, 2021}


# --- exact series -----------------------------------------------------------------------------------------------------

CELLS = [(x, y) for x in range(3) for y in range(3)]
LABELS = st.lists(st.integers(0, 3), min_size=9, max_size=9)


def by_cells(labels):
    """Areas of whole cells: code -> its cells."""
    parts: dict[str, list[tuple[int, int]]] = {}
    for cell, label in zip(CELLS, labels, strict=True):
        parts.setdefault([A, B, C, D][label], []).append(cell)
    return parts


@settings(max_examples=25, deadline=None)
@given(st.lists(LABELS, min_size=3, max_size=4), st.lists(st.integers(0, 1000), min_size=9, max_size=9))
def test_a_count_of_a_union_is_the_same_total_in_every_year(years, people):
    """People who never move: whatever the borders do, a union has as many of them each year, to the last one."""
    import shapely

    from tests.harmonise_examples import CELL, with_shapes

    living = dict(zip(CELLS, people, strict=True))
    divisions, counts = [], {}
    for n, labels in enumerate(years):
        parts = by_cells(labels)
        shapes = {
            code: shapely.union_all([shapely.box(x * CELL, y * CELL, (x + 1) * CELL, (y + 1) * CELL) for x, y in own])
            for code, own in parts.items()
        }
        divisions.append(with_shapes(2019 + n, division(2019 + n, *[area(code) for code in parts]).areas, shapes))
        counts |= {(code, 2019 + n): float(sum(living[cell] for cell in own)) for code, own in parts.items()}
    found = chain.stable_unions(chain_of(divisions))
    assert found["sure"].all()
    for _, union in found.groupby("union"):
        totals = chain.series(union, counts)
        assert len(totals) == len(years) and totals.nunique() == 1
    assert sum(chain.series(own, counts).iloc[0] for _, own in found.groupby("union")) == sum(people)


def test_where_an_area_of_a_union_has_no_figure_the_year_has_none():
    union = pd.DataFrame({"union": 0, "year": [2019, 2019, 2020], "code": [A, B, C], "sure": True})
    totals = chain.series(union, {(A, 2019): 5.0, (C, 2020): 9.0})
    assert pd.isna(totals[2019]) and totals[2020] == 9.0


# --- the way of one area ----------------------------------------------------------------------------------------------


def test_the_way_of_an_area_goes_back_year_by_year_with_the_weight_of_each_part():
    years = drawn({A: BOTH, D: FAR}, {A: LEFT, B: RIGHT, D: FAR}, {C: LEFT, B: RIGHT, D: FAR})
    followed = chain.way(chain_of(years), C)
    assert [
        tuple(row)
        for row in followed[["year_from", "code_from", "year_to", "code_to", "klass"]].itertuples(index=False)
    ] == [
        (2020, A, 2021, C, "B"),
        (2019, A, 2020, A, "D"),
    ]
    assert followed["weight"].tolist() == pytest.approx([1.0, 0.5])
    assert set(followed["evidence"]) == {"grens"}


def test_merged_then_split_gives_the_total_back():
    years = drawn({A: LEFT, B: RIGHT}, {C: BOTH}, {A: LEFT, B: RIGHT})
    steps = chain_of(years)
    followed = [chain.way(steps, code) for code in (A, B)]
    weights = [rows[rows["year_from"] == 2019].set_index("code_from")["weight"] for rows in followed]
    assert (weights[0] + weights[1]).to_dict() == pytest.approx({A: 1.0, B: 1.0}, abs=1e-9)
    assert weights[0].to_dict() == pytest.approx({A: 0.5, B: 0.5}), "and not what they were: whose was whose is lost"
