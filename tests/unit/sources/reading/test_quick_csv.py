"""The quick reading of a regular CSV gives what the ordinary reader gives, or nothing."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkdata.errors import InputError
from wijkdata.sources.reading import csv_rows, quick_csv, tables
from wijkdata.sources.reading.numbers import numbers

TEXTS = st.text(alphabet='ab1.,;" \n\té', max_size=6)


@pytest.fixture(autouse=True)
def _no_minimum(monkeypatch):
    """As if every text were long."""
    monkeypatch.setattr(quick_csv, "FROM_CHARACTERS", 0)


def both(text, path):
    """The same text the quick way and the ordinary way; None where it is refused or left."""
    try:
        ordinary = tables._grid(csv_rows.rows(text, path), path)
    except InputError:
        ordinary = None
    return quick_csv.frame(text, ";"), ordinary


@pytest.mark.parametrize(
    "text",
    [
        "a;b\n1;2\n3;4\n",
        "a;b\n1;2\n3;4",
        '"a";"b"\n"1";"2"\n"x;y";" z "\n',
        "a;b\r\n1;2\r\n;4\r\n",
        "a;b\n1;2\n.;été\n",
    ],
)
def test_regular_text_is_read(text, tmp_path):
    quick, ordinary = both(text, tmp_path / "a.csv")

    pd.testing.assert_frame_equal(quick, ordinary)


@pytest.mark.parametrize(
    "text",
    [
        "a;b\n1\n",
        "a;b\n1;2;3\n",
        "a;b\n\n1;2\n",
        'a;b\n"1;2\n',
        'a;b\n"1""2";2\n',
        'a;b\nx"1";2\n',
        'a;b\n"1" ;2\n',
        "a;a\n1;2\n",
        "a;\n1;2\n",
        "a;b\n",
    ],
)
def test_what_asks_for_care_is_left(text):
    assert quick_csv.frame(text, ";") is None


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=3), min_size=1, max_size=5), st.booleans())
def test_never_another_table_than_the_ordinary_reader_gives(tmp_path_factory, rows, quoted):
    path = tmp_path_factory.getbasetemp() / "a.csv"
    text = "naam;waarde\n" + "\n".join(";".join(f'"{c}"' if quoted else c for c in row) for row in rows)
    quick, ordinary = both(text, path)

    if quick is not None:
        assert ordinary is not None
        pd.testing.assert_frame_equal(quick, ordinary)


@given(st.lists(st.sampled_from(["1", "2.5", " 3", ".", "", "x", "abc", "-99997", "1.320"]), min_size=1, max_size=6))
def test_a_long_column_is_read_as_a_short_one(cells):
    short = numbers(pd.Series(cells, dtype=object))
    long = numbers(pd.Series(cells * 800, dtype=object))

    assert long.values.head(len(cells)).equals(short.values)
    assert long.reasons.tolist()[: len(cells)] == short.reasons.tolist()
    assert long.unreadable.tolist()[-len(cells) :] == short.unreadable.tolist()
    assert long.ambiguous == short.ambiguous
