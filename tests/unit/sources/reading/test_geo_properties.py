"""Whatever happens to a file on its way: one of our own errors, or a reading whose account adds up."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.geo_examples import GRONINGEN, baarn, collection, feature, square, zipped, zwolle
from wijkdata import catalogue, sources
from wijkdata.errors import InputError
from wijkdata.sources.reading import names
from wijkdata.sources.reading.base import Context

KNOWN = pd.DataFrame({"code": ["GM0193", "BU01930000"], "name": ["Zwolle", "Centrum"]})
MAP = collection(feature(aantal_inwoners=5), feature("WK030801", square(5.3), aantal_inwoners=6))
ORIGINALS = {
    "wijken_2024.geojson": MAP.encode(),
    "export.xlsx": zwolle(["Centrum", 1, 2, 3]),
    "sociaal.json": baarn().encode(),
}
DAMAGE = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12)


def damaged(content: bytes, hits: list[tuple[float, int]], length: float) -> bytes:
    """The content with single bytes replaced and its end cut off."""
    changed = bytearray(content)
    for place, byte in hits:
        changed[int(place * len(changed))] = byte
    return bytes(changed[: max(1, round(length * len(changed)))])


def check(path, content):
    path.write_bytes(content)
    try:
        reading = sources.read(path, Context(catalogue.load(), known_areas=KNOWN))
    except InputError as error:
        assert str(error).startswith(path.name)
        return
    assert reading.rows_kept + reading.rejected["row"].nunique() == reading.rows_read
    assert (reading.observations["value"].isna() == reading.observations["reason"].notna()).all()
    assert not reading.boundaries["code"].duplicated().any()


@pytest.mark.parametrize("name", ORIGINALS)
@given(hits=DAMAGE, length=st.one_of(st.just(1.0), st.floats(0, 1)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_a_sentence_or_adds_up(tmp_path, name, hits, length):
    check(tmp_path / name, damaged(ORIGINALS[name], hits, length))


@pytest.mark.parametrize("part", [".shp", ".dbf", ".prj"])
@example(hits=[(0.29296875, 0)], length=1.0)  # in the .shp: a shape of the kind NULL
@given(hits=DAMAGE, length=st.one_of(st.just(1.0), st.floats(0, 1)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_part_of_a_shapefile_is_a_sentence_or_adds_up(tmp_path, part, hits, length):
    parts = {**GRONINGEN, part: damaged(GRONINGEN[part], hits, length)}
    check(tmp_path / "buurt2017.zip", zipped(parts))


@given(st.text(max_size=40))
@example("\N{MATHEMATICAL SANS-SERIF ITALIC CAPITAL A}")
def test_the_loose_form_of_a_name_is_its_own_loose_form(name):
    assert names.loose(names.loose(name)) == names.loose(name)


@given(st.text(alphabet="abcdeéïüABC'’- .&", max_size=30))
def test_case_does_not_matter_in_a_loose_name(name):
    assert names.loose(name.upper()) == names.loose(name.lower())
