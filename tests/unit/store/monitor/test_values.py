"""A value as bytes: what comes back is what went in, and nothing that is not ours is made."""

import contextlib
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from wijkdata import areas
from wijkdata.analysis.change import Verdict
from wijkdata.questions.shared import memory
from wijkdata.store.monitor import values


@dataclass(frozen=True)
class Point:
    """A part with parts."""

    name: str
    places: tuple[object, ...]
    by_level: dict[areas.Level, float]


def find(name):
    return {values.name_of(one): one for one in (Point, areas.Level, Verdict)}[name]


def back(value):
    return values.read(values.written(value), find)


plain = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats(allow_nan=False)
    | some.text(alphabet=some.characters(exclude_categories=["Cs"]))
)
anything = some.recursive(
    plain | some.sampled_from(list(areas.Level)),
    lambda inside: (
        some.lists(inside).map(tuple)
        | some.dictionaries(some.text("abc"), inside)
        | some.builds(Point, some.text("abc\n[]"), some.lists(inside).map(tuple), some.just({areas.Level.WIJK: 1.5}))
    ),
)


@given(anything)
def test_what_went_in_comes_back(value):
    again = back(value)
    assert again == value and type(again) is type(value)


@pytest.mark.parametrize(
    "columns",
    [
        {"score": [1.5, np.nan], "year": [2014, 2020], "name": ["a", None], "low": [True, False]},
        {"name": pd.Series(["a", None], dtype=object)},
        {"score": pd.Series([], dtype=float)},
        {"when": pd.to_datetime(["2020-01-31", None])},
    ],
)
def test_a_table_comes_back_to_the_type_of_every_column(columns):
    # Made here: how texts are kept in memory is set by the first page that is opened in this process.
    frame = pd.DataFrame(columns)
    for one in (frame, frame.set_index(pd.Index([f"WK0{n}" for n in range(len(frame))], dtype="str"))):
        pd.testing.assert_frame_equal(back(one), one)


def test_a_number_that_is_missing_is_missing():
    assert np.isnan(back((float("nan"),))[0])


@pytest.mark.parametrize("value", [object(), len, date(2020, 1, 1), {1, 2}, [1], b"x"])
def test_what_cannot_be_kept_is_refused(value):
    with pytest.raises(TypeError, match="cannot be kept"):
        values.written((value,))


@pytest.mark.parametrize("name", ["os:system", "wijkdata.settings:data_dir", "wijkdata.areas:nothing", "wijkdata:", ""])
def test_a_name_that_is_no_type_of_ours_makes_nothing(name):
    with pytest.raises(ValueError):
        memory._kind(name)


@given(some.binary(), some.integers(0, 200))
def test_other_bytes_are_unreadable(junk, at):
    good = values.written(Point("a", (1, 2), {areas.Level.WIJK: 2.0}))
    spoilt = good[:at] + junk + good[at + len(junk) :]
    with contextlib.suppress(values.UNREADABLE):
        assert values.read(spoilt, find) == Point("a", (1, 2), {areas.Level.WIJK: 2.0})
