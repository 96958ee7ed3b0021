"""Shapes for the browser: light, complete, hatched everywhere, and the same text for the same borders."""

import json

import pytest
import shapely

from tests.kaart_examples import SIDE, cohesion, place_with, wijk
from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.questions.shared import boundaries
from wijkdata.questions.shared.answer import COUNTRY
from wijkdata.questions.shared.boundaries import NEWEST

CATALOGUE = load()
CODES = [wijk(n) for n in range(1, 5)]


@pytest.fixture(scope="module")
def monitor(tmp_path_factory):
    rows = cohesion(2022, dict.fromkeys([*CODES, wijk(1, "0014")], 80))
    return place_with(tmp_path_factory.mktemp("geo"), rows, [*CODES, wijk(1, "0014")])


@pytest.fixture(scope="module")
def shapes(monitor):
    return boundaries.shapes(monitor, CATALOGUE, "GM0518", Level.WIJK, NEWEST)


def test_features_hold_an_index_a_code_and_a_name_and_nothing_else(shapes):
    features = json.loads(shapes.areas)["features"]
    assert [feature["properties"] for feature in features] == [
        {"i": i, "c": code, "n": f"Plaats {code[-2:]}"} for i, code in enumerate(CODES)
    ]
    assert shapes.codes == tuple(CODES)


def test_the_map_of_the_newest_year_is_the_map_of_now(monitor, shapes):
    of_the_year = boundaries.shapes(monitor, CATALOGUE, "GM0518", Level.WIJK, 2024)
    assert (of_the_year.areas, of_the_year.lines) == (shapes.areas, shapes.lines)


def test_neighbours_share_their_border_and_cover_the_place(shapes):
    parts = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in json.loads(shapes.areas)["features"]]
    assert shapely.coverage_is_valid(parts)
    assert shapely.union_all(parts).area == pytest.approx(len(CODES) * SIDE**2, rel=1e-3)


def test_coordinates_have_at_most_five_decimals(shapes):
    for text in (shapes.areas, shapes.lines):
        numbers = [part for part in text.replace("[", ",").replace("]", ",").split(",") if part.count(".") == 1]
        assert max(len(part.split(".")[1]) for part in numbers if part.replace(".", "").lstrip("-").isdigit()) <= 5


def test_every_area_has_hatching_inside_it_and_the_whole_an_outline(shapes):
    rows = json.loads(shapes.lines)
    features = json.loads(shapes.areas)["features"]
    for i, feature in enumerate(features):
        area = shapely.from_geojson(json.dumps(feature["geometry"])).buffer(2e-5)
        pieces = [shapely.LineString([row["p"][:2], row["p"][2:]]) for row in rows if row["i"] == i]
        assert len(pieces) > 5
        assert all(area.covers(piece) for piece in pieces)
    outline = [shapely.LineString([row["p"][:2], row["p"][2:]]) for row in rows if row["i"] == len(CODES)]
    length = sum(piece.length for piece in outline)
    assert length == pytest.approx(2 * len(CODES) * SIDE + 2 * SIDE, rel=1e-3)  # no border between neighbours in it


def test_an_area_smaller_than_the_distance_between_lines_still_gets_one(tmp_path):
    monitor = place_with(tmp_path, cohesion(2022, {wijk(1): 80}), [wijk(n) for n in range(1, 200)][:99])
    rows = json.loads(boundaries.shapes(monitor, CATALOGUE, "GM0518", Level.WIJK, NEWEST).lines)
    assert {row["i"] for row in rows} == set(range(100))


def test_names_stand_inside_their_area(shapes):
    for code, (x, y) in shapes.points.items():
        west, south, east, north = shapes.bounds[code]
        assert west < x < east and south < y < north


def test_the_same_borders_are_the_same_file(monitor, shapes):
    again = boundaries.shapes(monitor, CATALOGUE, "GM0518", Level.WIJK, NEWEST)
    other = boundaries.shapes(monitor, CATALOGUE, "GM0014", Level.WIJK, NEWEST)
    assert (again.name_areas, again.name_lines) == (shapes.name_areas, shapes.name_lines)
    assert other.name_areas != shapes.name_areas


def test_the_outline_of_the_chosen_area_is_one_feature(monitor):
    features = json.loads(boundaries.outline(monitor, CATALOGUE, Level.WIJK, NEWEST, CODES[1]))["features"]
    assert [feature["properties"]["c"] for feature in features] == [CODES[1]]


def test_the_country_holds_every_gemeente(monitor):
    assert set(boundaries.shapes(monitor, CATALOGUE, COUNTRY, Level.WIJK, NEWEST).codes) == {*CODES, wijk(1, "0014")}


@pytest.mark.parametrize(("place", "division"), [("GM0518", 2024), ("GM0363", None)])
def test_a_place_without_borders_has_no_division(monitor, place, division):
    found, codes = boundaries.newest(monitor, Level.WIJK, place)
    assert found == division
    assert list(codes) == (CODES if division else [])


@pytest.mark.parametrize(
    "knot", [shapely.polygons([(0, 0), (1, 1), (1, 0), (0, 1)])], ids=["a border that crosses itself"]
)
def test_a_border_that_crosses_itself_is_hatched_and_united_all_the_same(knot):
    lines = shapely.multilinestrings([shapely.linestrings([(0, 0.2), (1, 0.9)])])
    with pytest.raises(shapely.errors.GEOSException):
        shapely.intersection(knot, lines)
    inside = boundaries._inside(knot, lines)
    assert 0 < inside.length < lines.length
    assert boundaries._together([knot, shapely.box(2, 0, 3, 1)]).area > 1
