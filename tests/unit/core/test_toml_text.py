"""TOML that people write: what is written reads as the same, and whatever is no TOML is one kind of error with its line."""

import tomllib

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from wijkdata import toml_text

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40).filter(str.strip)
VALUES = st.one_of(TEXTS, st.integers(-(2**60), 2**60), st.booleans(), st.floats(allow_nan=False, allow_infinity=False))


@given(st.dictionaries(TEXTS, st.one_of(VALUES, st.lists(TEXTS), st.dictionaries(TEXTS, VALUES)), max_size=6))
@settings(suppress_health_check=[HealthCheck.too_slow])  # the first text makes a table of all characters
@example({"a\x7f": '\x7f"\\\n\t', "é": ["'", '"']})
def test_every_table_that_is_written_reads_as_the_same(tables):
    assert tomllib.loads(toml_text.write(tables)) == tables


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a = 1\nb = ]\n", ", regel 2"),
        (b"a = 1\nb = ", ""),
        (b"a = \xff", ""),
        (b"a = " + b"9" * 5000, ""),
        (b"a = " + b"[" * 5000, ""),
    ],
)
def test_what_is_no_toml_says_its_line_where_it_has_one(data, place):
    with pytest.raises(toml_text.TomlError) as error:
        toml_text.read(data)
    assert error.value.place == place


def test_line_ends_of_windows_and_a_byte_order_mark_are_no_matter():
    assert toml_text.read(b"\xef\xbb\xbfa = 1\r\n[b]\r\n") == {"a": 1, "b": {}}
