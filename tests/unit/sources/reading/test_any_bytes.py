"""Whatever bytes a file holds: a Reading or a WijkdataError, never another exception, and every row is accounted for."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bad_files import GOOD_FILES
from wijkdata import catalogue, sources
from wijkdata.errors import WijkdataError
from wijkdata.sources.reading.base import AREA_COLUMNS, OBSERVATION_COLUMNS, REJECTED_COLUMNS, Context

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
STARTS = st.sampled_from(
    [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"PAR1", b"PK\x03\x04", b"{", b"[", b"gebied_code;indicator;periode;waarde\n"]
)


def try_to_read(content, folder, name="bestand", other_files=()):
    path = folder / name
    path.write_bytes(content)
    try:
        reading = sources.read(path, Context(catalogue.load(), other_files=tuple(other_files)))
    except WijkdataError as error:
        assert str(error).strip()
        return None
    check_account(reading)
    return reading


def check_account(reading):
    assert list(reading.observations.columns) == OBSERVATION_COLUMNS
    assert list(reading.areas.columns) == AREA_COLUMNS
    assert list(reading.rejected.columns) == REJECTED_COLUMNS
    assert reading.rows_kept + reading.rejected["row"].nunique() == reading.rows_read
    missing = reading.observations["value"].isna()
    assert (missing == reading.observations["reason"].notna()).all()
    assert not reading.observations.duplicated(["code", "indicator", "period"]).any()
    assert not reading.areas["code"].duplicated().any()


@QUICK
@given(STARTS, st.binary(max_size=300))
def test_any_bytes(tmp_path, start, rest):
    try_to_read(start + rest, tmp_path)


@QUICK
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=300))
def test_any_text(tmp_path, text):
    try_to_read(text.encode(), tmp_path)


@pytest.mark.parametrize("good", GOOD_FILES, ids=lambda good: good.id)
def test_a_good_file_has_a_whole_account(good, tmp_path):
    other_files = []
    for name, data in good.other_files.items():
        (tmp_path / name).write_bytes(data)
        other_files.append(tmp_path / name)

    assert try_to_read(good.content, tmp_path, good.name, other_files) is not None


@QUICK
@given(st.sampled_from(GOOD_FILES), st.data())
def test_a_good_file_with_some_bytes_changed(tmp_path, good, data):
    other_files = []
    for name, content in good.other_files.items():
        (tmp_path / name).write_bytes(content)
        other_files.append(tmp_path / name)
    spoiled = bytearray(good.content)
    for _ in range(data.draw(st.integers(1, 4))):
        spoiled[data.draw(st.integers(0, len(spoiled) - 1))] = data.draw(st.integers(0, 255))

    try_to_read(bytes(spoiled), tmp_path, good.name, other_files)


@QUICK
@given(st.lists(st.lists(st.text(alphabet="0123456789.,-=+ NAx", max_size=8), min_size=4, max_size=4), max_size=6))
def test_any_cells_under_the_own_header(tmp_path, lines):
    text = "\n".join(["gebied_code;indicator;periode;waarde", *(";".join(line) for line in lines)])

    assert try_to_read(text.encode(), tmp_path) is None, "no such cells hold an area code, so nothing may be read"


@QUICK
@given(
    st.lists(
        st.sampled_from(["NA", ".", "", "-", "x", "-99995", "-99997", "-99999999", "5", "0", "61,5", "61.5"]),
        min_size=1,
        max_size=8,
    )
)
def test_missing_marks_never_become_numbers(tmp_path, cells):
    lines = [f"WK9701{place:02d};vertrouwen;2014;{cell}" for place, cell in enumerate(cells)]
    reading = try_to_read("\n".join(["gebied_code;indicator;periode;waarde", *lines]).encode(), tmp_path)
    if reading is not None:
        numbers = [cell for cell in cells if cell in ("5", "0", "61,5", "61.5")]
        assert reading.observations["value"].notna().sum() == len(numbers)
        assert set(reading.observations["value"].dropna()) <= {5.0, 0.0, 61.5}
