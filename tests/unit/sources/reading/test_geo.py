"""Boundaries: the coordinate system, repairs, one shape per code, and light borders for a map."""

import math

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from wijkdata.errors import InputError
from wijkdata.sources.reading import geo

# The tower of Amersfoort, where Rijksdriehoek has (155000, 463000) (Kadaster): 52.15517 N, 5.38721 E.
AMERSFOORT = (5.38721, 52.15517)
RD_SHAPE = box(154_950, 462_950, 155_050, 463_050)
DEGREES_SHAPE = box(5.38671, 52.15467, 5.38771, 52.15567)
# Web Mercator by its definition: x = R lon, y = R ln tan(45 deg + lat / 2).
MERCATOR = (
    6_378_137 * math.radians(AMERSFOORT[0]),
    6_378_137 * math.log(math.tan(math.pi / 4 + math.radians(AMERSFOORT[1]) / 2)),
)
MERCATOR_SHAPE = Point(MERCATOR).buffer(50)


def clean(shapes, codes=None, declared=None):
    codes = codes or [f"WK0308{number:02d}" for number in range(len(shapes))]
    filled = np.empty(len(shapes), dtype=object)
    filled[:] = shapes
    return geo.clean("grenzen.geojson", codes, filled, declared)


def only(cleaned):
    assert len(cleaned.boundaries) == 1
    return cleaned.boundaries["geometry"].iloc[0]


@pytest.mark.parametrize(
    ("declared", "shape"),
    [
        ("urn:ogc:def:crs:EPSG::28992", RD_SHAPE),
        (None, RD_SHAPE),
        ('PROJCS["RD_New",GEOGCS["GCS_Amersfoort"]]', RD_SHAPE),
        ("EPSG:3857", MERCATOR_SHAPE),
        (None, MERCATOR_SHAPE),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", DEGREES_SHAPE),
        (None, DEGREES_SHAPE),
    ],
)
def test_every_system_of_the_publishers_ends_at_the_same_place(declared, shape):
    cleaned = clean([shape], declared=declared)
    centre = only(cleaned).centroid
    # 0.00001 degree is about 1 m. Rijksdriehoek without its grid is good to 0.25 m; without its datum shift 100 m off.
    assert (centre.x, centre.y) == pytest.approx(AMERSFOORT, abs=0.00001)
    assert cleaned.notes == ()


def test_a_file_that_contradicts_itself_is_read_by_its_numbers_with_a_note():
    cleaned = clean([box(155_000, 463_000, 156_000, 464_000)], declared="EPSG:4326")
    assert only(cleaned).centroid.x == pytest.approx(5.39, abs=0.01)
    assert cleaned.notes == (
        "Het bestand noemt lengte- en breedtegraden (WGS84), maar de coördinaten zijn Rijksdriehoek (EPSG:28992); "
        "die zijn gebruikt.",
    )


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [
        (box(52.21, 5.28, 52.22, 5.29), "lengte- en breedtegraad zijn verwisseld"),
        (box(20.0, 5.0, 20.1, 5.1), "de gebieden liggen niet in Nederland"),
        (box(600_000, 5_800_000, 601_000, 5_801_000), "horen niet bij lengte- en breedtegraden"),
        (box(1e15, 1e15, 2e15, 2e15), "horen niet bij lengte- en breedtegraden"),
    ],
)
def test_a_place_that_cannot_be_right_stops_the_file(shape, sentence):
    with pytest.raises(InputError, match=sentence):
        clean([shape])


BOWTIE = Polygon([(5.0, 52.0), (5.1, 52.1), (5.1, 52.0), (5.0, 52.1)])
SPIKE = shapely.from_wkt("GEOMETRYCOLLECTION (POLYGON ((5 52, 5.1 52, 5.1 52.1, 5 52)), LINESTRING (5 52, 6 53))")


def test_invalid_shapes_are_repaired_to_polygons_and_counted():
    cleaned = clean([BOWTIE, SPIKE, box(5.2, 52, 5.3, 52.1)])
    assert cleaned.notes == ("2 vormen waren ongeldig en zijn hersteld.",)
    assert shapely.is_valid(cleaned.boundaries["geometry"].to_numpy()).all()
    assert {shape.geom_type for shape in cleaned.boundaries["geometry"]} <= {"Polygon", "MultiPolygon"}
    # The bow tie is two triangles of half a quarter each: half of its square.
    assert cleaned.boundaries["geometry"].iloc[0].area == pytest.approx(0.005)


FINE = [box(5.2, 52.1, 5.3, 52.2), box(5.3, 52.1, 5.4, 52.2)]


@pytest.mark.parametrize(
    ("code", "why"),
    [(None, "geen gebiedscode"), ("WK099899", "geen plek in Nederland"), ("GM9999", "geen plek in Nederland")],
)
def test_what_is_no_area_is_said_of_its_row(code, why):
    cleaned = clean([FINE[0], box(5, 52, 5.1, 52.1), FINE[1]], ["WK030800", code, "WK030802"])
    assert cleaned.boundaries["code"].tolist() == ["WK030800", "WK030802"]
    assert list(cleaned.unknown) == [1]
    assert why in cleaned.unknown[1]


@pytest.mark.parametrize(
    ("shape", "why"),
    [
        (None, "de vorm ontbreekt of is niet te lezen"),
        (Polygon(), "de vorm is leeg"),
        (Point(5, 52), "de vorm is geen vlak maar een Point"),
        (Polygon([(5, 52), (5.1, 52.1), (5, 52)]), "de vorm heeft geen oppervlakte"),
        (box(20, 5, 20.1, 5.1), "de vorm ligt niet in Nederland"),
    ],
)
def test_an_area_whose_shape_cannot_be_drawn_is_named_in_a_note(shape, why):
    cleaned = clean([FINE[0], shape, FINE[1]], ["WK030800", "WK030801", "WK030802"])
    assert cleaned.boundaries["code"].tolist() == ["WK030800", "WK030802"]
    assert cleaned.shapeless == {1: why}
    assert cleaned.notes[-1] == f"1 gebied heeft geen grens, want {why}: WK030801."


def test_parts_of_one_area_become_one_shape():
    parts = [box(4.8, 52.9, 4.9, 53.0), box(5.2, 52.9, 5.3, 53.0), box(5.0, 52.9, 5.1, 53.0)]
    cleaned = clean(parts, ["WK191104", "WK191105", "WK191104"])
    assert cleaned.boundaries["code"].tolist() == ["WK191104", "WK191105"]
    assert isinstance(cleaned.boundaries["geometry"].iloc[0], MultiPolygon)
    assert cleaned.boundaries["geometry"].iloc[0].area == pytest.approx(0.02)
    assert cleaned.notes == ("1 gebied bestaat uit meer delen; die zijn samengevoegd: WK191104.",)


@pytest.mark.parametrize("place", [(5.28, 52.2), (-30.0, 10.0), (100.0, -45.0)])
def test_invented_areas_may_lie_anywhere(place):
    x, y = place
    cleaned = clean([box(x, y, x + 0.1, y + 0.1)], ["WK970100"])
    assert only(cleaned).bounds == pytest.approx((x, y, x + 0.1, y + 0.1))


# --- light borders --------------------------------------------------------------------------------------------------


def wavy(west: float, east: float, y: float, points: int = 200) -> list[tuple[float, float]]:
    """A line that swings 20 m about y."""
    x = np.linspace(west, east, points)
    return list(zip(x, y + 0.0002 * np.sin(np.arange(points)), strict=True))


def neighbours(x: float = 5.0, y: float = 52.0) -> pd.DataFrame:
    """Two areas with a wavy border between them, and an islet of 20 m."""
    border = wavy(x, x + 0.1, y + 0.05)
    south = Polygon([(x + 0.1, y), (x, y), *border])
    north = Polygon([(x, y + 0.1), *border, (x + 0.1, y + 0.1)])
    islet = box(x + 0.2, y, x + 0.2003, y + 0.0002)
    return pd.DataFrame({"code": ["WK970100", "WK970101", "WK970102"], "geometry": [south, north, islet]}, dtype=object)


@pytest.mark.parametrize("place", [(5.0, 52.0), (-30.0, 10.0)])
def test_simplified_neighbours_share_their_border_and_none_is_lost(place):
    given = neighbours(*place)
    light = geo.simplify(given, 100)
    shapes = light["geometry"].to_numpy()
    assert light["code"].tolist() == given["code"].tolist()
    assert (
        shapely.get_num_coordinates(shapes).sum() < 40 < shapely.get_num_coordinates(given["geometry"].to_numpy()).sum()
    )
    assert shapely.coverage_is_valid(shapes)
    assert (shapely.area(shapes) > 0).all()
    # Bumps of 20 m go; the areas themselves stay within 1 %.
    assert shapes[0].area == pytest.approx(given["geometry"].iloc[0].area, rel=0.01)


@given(st.integers(2, 9), st.integers(2, 7), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_a_coverage_in_blocks_is_what_it_is_at_once(n_x, n_y, seed):
    """A net of areas whose corners and borders are bent; blocks of a few areas."""
    grid = bent_net(n_x, n_y, np.random.default_rng(seed))
    at_once = shapely.coverage_simplify(grid, 30.0)
    in_blocks = geo.simplify_coverage(grid, 30.0, points_at_once=200)
    assert [one.normalize().wkb for one in in_blocks] == [one.normalize().wkb for one in at_once]


def bent_net(n_x: int, n_y: int, random: np.random.Generator) -> np.ndarray:
    """Areas of a kilometre whose borders, of eleven points each, are bent and shared."""
    bend = random.normal(0, 40, (10 * n_x + 1, 10 * n_y + 1, 2))

    def ring(x: int, y: int) -> Polygon:
        steps = range(11)
        path = [(10 * x + i, 10 * y) for i in steps] + [(10 * x + 10, 10 * y + i) for i in steps]
        path += [(10 * x + 10 - i, 10 * y + 10) for i in steps] + [(10 * x, 10 * y + 10 - i) for i in steps]
        corners = dict.fromkeys(path)
        return Polygon([(100 * i + bend[i, j, 0] / 4, 100 * j + bend[i, j, 1] / 4) for i, j in corners])

    return np.array([ring(x, y) for x in range(n_x) for y in range(n_y)], dtype=object)


def test_coordinates_are_rounded_to_five_decimals():
    coordinates = shapely.get_coordinates(geo.simplify(neighbours(), 30)["geometry"].to_numpy())
    assert np.array_equal(coordinates, np.round(coordinates, 5))


def test_an_area_smaller_than_the_rounding_keeps_its_own_shape():
    tiny = pd.DataFrame({"code": ["WK970100"], "geometry": [box(5, 52, 5.000001, 52.000001)]}, dtype=object)
    assert geo.simplify(tiny, 30)["geometry"].iloc[0].area > 0


@pytest.mark.parametrize("clockwise", [False, True])
def test_rings_run_as_the_map_library_asks(clockwise):
    # RFC 7946 and deck.gl: counter-clockwise outside, clockwise holes; d3-geo the other way round.
    ring = Polygon([(5, 52), (5, 53), (6, 53), (6, 52)], [[(5.2, 52.2), (5.8, 52.2), (5.8, 52.8), (5.2, 52.8)]])
    shape = geo.simplify(pd.DataFrame({"code": ["WK970100"], "geometry": [ring]}, dtype=object), 10, clockwise)
    polygon = shape["geometry"].iloc[0]
    assert shapely.is_ccw(polygon.exterior) is np.bool_(not clockwise)
    assert shapely.is_ccw(polygon.interiors[0]) is np.bool_(clockwise)


def test_nothing_simplifies_to_nothing():
    assert geo.simplify(pd.DataFrame({"code": [], "geometry": []}, dtype=object), 30).empty
