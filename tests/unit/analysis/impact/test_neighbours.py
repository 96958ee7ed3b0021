"""Who shares a border: squares of a kilometre, and what a drawing does to them."""

import numpy as np
import pandas as pd
import pytest
import shapely

from wijkdata.analysis.impact.neighbours import DEGREE_METRES, neighbours, ring, without_boundary

LONGITUDE, LATITUDE = 5.0, 52.0
SCALE = DEGREE_METRES * np.array([np.cos(np.radians(LATITUDE)), 1.0])


def at(shape):
    """A shape in metres, as published (WGS84)."""
    return shapely.transform(shape, lambda metres: metres / SCALE + [LONGITUDE, LATITUDE])


def drawn(**shapes):
    """`a=(x, y)`: a square of a kilometre at that corner, in metres; or any shape."""
    placed = {
        code: shapely.box(*xy, xy[0] + 1000, xy[1] + 1000) if isinstance(xy, tuple) else xy
        for code, xy in shapes.items()
    }
    return pd.DataFrame({"code": list(placed), "wkb": [at(shape).wkb for shape in placed.values()]})


@pytest.mark.parametrize(
    ("other", "beside"),
    [
        ((1000, 0), True),  # one exact border
        ((1010, 0), True),  # a sliver of 10 m
        ((980, 0), True),  # 20 m over each other
        ((700, 0), True),  # far over each other: drawn on its own
        ((1000, 1000), False),  # only a corner
        ((1005, 1005), False),  # nearly a corner
        ((990, 990), False),  # corners over each other
        ((1000, 970), False),  # 30 m of border + 25 m on round both corners = 80 m: cannot be told from a corner
        ((1000, 900), True),  # 100 + 50 m
        ((1060, 0), False),  # 60 m of something else in between
        ((3000, 0), False),
    ],
)
def test_a_border_is_a_stretch_and_not_a_point(other, beside):
    found = neighbours(drawn(a=(0, 0), b=other))
    assert found == ({"a": {"b"}, "b": {"a"}} if beside else {"a": frozenset(), "b": frozenset()})


def test_an_area_inside_another_is_its_neighbour():
    hole = shapely.Polygon(shapely.box(0, 0, 3000, 3000).exterior, [shapely.box(1000, 1000, 2000, 2000).exterior])
    assert neighbours(drawn(a=hole, b=(1000, 1000))) == {"a": {"b"}, "b": {"a"}}


def test_a_narrow_area_keeps_two_others_apart():
    strip = shapely.box(1000, 0, 1040, 1000)
    found = neighbours(drawn(a=(0, 0), b=strip, c=(1040, 0)))
    assert found == {"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}


def test_every_part_of_an_area_counts():
    parts = shapely.MultiPolygon([shapely.box(5000, 0, 6000, 1000), shapely.box(1000, 0, 2000, 1000)])
    assert neighbours(drawn(a=(0, 0), b=parts))["a"] == {"b"}


def test_an_islet_that_rounding_made_a_line_is_left_out_and_the_area_stays():
    islet = shapely.Polygon([(1500, 0), (1500, 500), (1500, 0)])
    assert not shapely.is_valid(broken := shapely.MultiPolygon([shapely.box(1000, 0, 1400, 1000), islet]))
    assert neighbours(drawn(a=(0, 0), b=broken, c=(1500, 0))) == {"a": {"b"}, "b": {"a"}, "c": frozenset()}


def test_unknown_is_not_the_same_as_none():
    boundaries = drawn(a=(0, 0), b=(1000, 0), c=(9000, 0))
    boundaries.loc[len(boundaries)] = ["d", None]
    boundaries.loc[len(boundaries)] = ["e", shapely.Polygon().wkb]
    found = neighbours(boundaries)
    assert found == {"a": {"b"}, "b": {"a"}, "c": frozenset()}
    assert without_boundary(["f", "e", "d", "c", "a"], found) == ("d", "e", "f")


def test_only_some_areas_may_be_asked_for():
    grid = drawn(**{f"{x}{y}": (1000 * x, 1000 * y) for x in range(4) for y in range(4)})
    everybody = neighbours(grid)
    assert everybody["11"] == {"01", "21", "10", "12"} and everybody["00"] == {"01", "10"}
    for of in (["11"], ["00", "01", "33"], ["nergens"]):
        assert neighbours(grid, of) == {code: everybody[code] for code in of if code in everybody}


def test_no_boundaries_no_neighbours():
    assert neighbours(pd.DataFrame(columns=["code", "wkb"])) == {}


BESIDE = {"a": frozenset("bc"), "b": frozenset("ad"), "c": frozenset("a"), "d": frozenset("b")}


@pytest.mark.parametrize(
    ("treated", "given"),
    [(["a"], "bc"), (["a", "b"], "cd"), (["d", "onbekend"], "b"), (["onbekend"], ""), ([], "")],
)
def test_ring_1_is_who_lies_beside_without_the_treated(treated, given):
    assert ring(treated, BESIDE) == frozenset(given)
