"""Points to areas, in degrees or metres, whichever way round."""

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

from wijkdata.sources.reports import locating

# Two buurten of one wijk beside each other near Utrecht, in a wijk and a gemeente that are larger.
BORDERS = pd.DataFrame(
    {
        "code": ["BU03440101", "BU03440102", "WK034401", "GM0344"],
        "division": 2024,
        "geometry": [
            shapely.box(5.10, 52.08, 5.12, 52.10),
            shapely.box(5.12, 52.08, 5.14, 52.10),
            shapely.box(5.10, 52.08, 5.16, 52.10),
            shapely.box(5.05, 52.05, 5.20, 52.15),
        ],
    }
)
IN_FIRST = (5.11, 52.09)
RD = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)


def codes(points):
    x, y = np.array(points, dtype=float).T
    found = locating.locate(x, y, BORDERS)
    return [found.codes[at] if at >= 0 else None for at in found.at], found.turned


@pytest.mark.parametrize(
    ("point", "code", "turned"),
    [
        (IN_FIRST, "BU03440101", 0),
        ((5.13, 52.09), "BU03440102", 0),
        ((5.15, 52.09), "WK034401", 0),
        ((5.18, 52.12), "GM0344", 0),
        ((6.50, 53.20), None, 0),
        (IN_FIRST[::-1], "BU03440101", 1),
        (RD.transform(*IN_FIRST), "BU03440101", 0),
        (RD.transform(*IN_FIRST)[::-1], "BU03440101", 1),
        ((0, 0), None, 0),
        ((np.nan, 52.09), None, 0),
        ((1e300, -1e300), None, 0),
    ],
)
def test_a_point_is_in_its_smallest_area(point, code, turned):
    assert codes([point]) == ([code], turned)


def test_many_points_are_placed_as_one_by_one():
    """The quick way by cells gives what shapely gives for each point."""
    rng = np.random.default_rng(3)
    x, y = rng.uniform(5.09, 5.17, 200_000), rng.uniform(52.07, 52.11, 200_000)
    found = locating.locate(x, y, BORDERS)
    shapes = BORDERS["geometry"].to_numpy()
    expected = np.full(len(x), locating.NOWHERE)
    for number in (3, 2, 1, 0):
        expected[shapely.intersects_xy(shapes[number], x, y)] = number
    assert len(set(expected)) == 4
    assert (found.at == expected).all()


def test_of_each_gemeente_the_newest_division_counts():
    older = BORDERS.assign(division=2020, code=["BU03440199", "BU03440198", "WK034499", "GM0344"])
    other = pd.DataFrame({"code": ["BU03070101"], "division": [2019], "geometry": [shapely.box(5.3, 52.1, 5.4, 52.2)]})
    newest = locating.newest(pd.concat([older, BORDERS, other], ignore_index=True))
    assert sorted(newest["code"]) == sorted([*BORDERS["code"], "BU03070101"])
