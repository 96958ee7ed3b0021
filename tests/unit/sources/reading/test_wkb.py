"""Shapes in the cells of a GeoPackage: what GEOS may see, and that nothing else reaches it."""

import struct

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.geo_examples import box, gp
from wijkdata.sources.reading import wkb

HEAD = b"GP\x00\x01" + bytes(4)
POINT = st.builds(shapely.Point, st.floats(-9e5, 9e5), st.floats(-9e5, 9e5))
POLYGON = st.builds(box, st.integers(0, 50), st.floats(0, 2e5), st.floats(3e5, 6e5), st.floats(1, 9e3))
MULTI = st.lists(POLYGON, max_size=4).map(shapely.MultiPolygon)
SHAPES = st.one_of(
    POINT, POLYGON, MULTI, st.lists(st.one_of(POINT, POLYGON, MULTI), max_size=3).map(shapely.GeometryCollection)
)
WRITTEN = st.builds(
    lambda shape, envelope, big, flavor, deep: gp(
        shapely.force_3d(shape) if deep else shape, envelope=envelope, big=big, flavor=flavor
    ),
    SHAPES, st.integers(0, 4), st.booleans(), st.sampled_from(["iso", "extended"]), st.booleans(),
)  # fmt: skip


def collections(depth: int) -> bytes:
    return HEAD + b"\x01\x07\x00\x00\x00\x01\x00\x00\x00" * depth + shapely.to_wkb(box())


@given(SHAPES, st.integers(0, 4), st.booleans())
def test_what_was_written_is_read(shape, envelope, big):
    (found,) = wkb.shapes([gp(shape, envelope=envelope, big=big)])
    assert found.equals_exact(shape) or (found.is_empty and shape.is_empty)


@given(WRITTEN)
def test_the_walk_ends_where_the_shape_ends(blob):
    body = wkb.body(blob)
    assert wkb.end(body) == len(body)


@given(WRITTEN, st.integers(1, 40))
def test_a_cut_shape_is_none(blob, lost):
    assert wkb.body(blob[:-lost]) is None


@settings(max_examples=300)
@given(WRITTEN, st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=6))
def test_a_damaged_shape_is_a_shape_or_none(blob, hits):
    changed = bytearray(blob)
    for place, byte in hits:
        changed[place % len(changed)] = byte
    (found,) = wkb.shapes([bytes(changed)])
    assert found is None or isinstance(found, shapely.Geometry)


@settings(max_examples=300)
@given(
    st.sampled_from([b"", b"GP", HEAD, HEAD + b"\x01\x03\x00\x00\x00", HEAD + b"\x01\x06\x00\x00\x00"]),
    st.binary(max_size=120),
)
def test_any_bytes_are_a_shape_or_none(start, rest):
    (found,) = wkb.shapes([start + rest])
    assert found is None or isinstance(found, shapely.Geometry)


@pytest.mark.parametrize("cell", [None, "POLYGON", 7, 1.5, b"", b"GP", b"XX" + bytes(60)])
def test_a_cell_that_is_no_shape_is_none(cell):
    assert wkb.shapes([cell, gp(box())]).tolist() == [None, box()]


@pytest.mark.parametrize(("depth", "read"), [(1, True), (3, True), (4, False), (100_000, False)])
def test_collections_are_followed_to_a_limit(depth, read):
    assert (wkb.body(collections(depth)) is not None) is read


@pytest.mark.parametrize("kind", [0, 8, 10, 12, 15, 17, 2003 + 5000])
def test_curves_and_unknown_kinds_are_none(kind):
    assert wkb.body(HEAD + b"\x01" + struct.pack("<I", kind) + shapely.to_wkb(box())[5:]) is None


def test_many_cells_are_read_in_parts():
    assert sum(shape is not None for shape in wkb.shapes([gp(box(n)) for n in range(4_500)])) == 4_500
