"""Classes of a map: every area in one class or counted as missing, equal values together."""

import math

import pytest
from analysis_examples import series
from hypothesis import given
from hypothesis import strategies as st

from wijkdata.analysis.classes import classify, quantile_classes
from wijkdata.dutch import SCORE_BREAKS, SCORE_WORDS, score_word
from wijkdata.errors import WijkdataError


@pytest.mark.parametrize(
    ("values", "breaks", "counts", "missing"),
    [
        ([1, 2, 3, 4], [3], (2, 2), 0),  # a value on a border is in the class above
        ([1, 2, None], [1.5], (1, 1), 1),
        ([5, 6], [1, 2], (0, 0, 2), 0),  # own breaks keep their empty classes
        ([5, 6], [], (2,), 0),
        ([None], [1], (0, 0), 1),
        ([0], [0], (0, 1), 0),
    ],
)
def test_counts_per_class_and_missing_apart(values, breaks, counts, missing):
    classes = classify(series(*values), breaks)
    assert (classes.counts, classes.missing) == (counts, missing)
    assert sum(classes.counts) + classes.missing == len(values)


@pytest.mark.parametrize("breaks", [[2, 1], [1, 1], [1, math.nan], [1, math.inf]])
def test_breaks_must_rise(breaks):
    with pytest.raises(WijkdataError, match="lopen niet op"):
        classify(series(1, 2), breaks)


@pytest.mark.parametrize("score", [54.9, 55, 69.9, 70, 85, 100, 114.9, 115, 130, 144.9, 145, 200, -10])
def test_the_seven_score_classes_are_those_of_the_words(score):
    classes = classify(series(score), SCORE_BREAKS)
    assert len(classes.counts) == 7
    assert SCORE_WORDS[classes.of.iloc[0]] == score_word(score)


@pytest.mark.parametrize(
    ("values", "n", "counts"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, (2, 2, 2, 2, 2)),
        ([1, 1, 1, 1, 1, 1, 1, 9], 4, (8,)),  # three quarters are equal: they stay together
        ([1, 1, 1, 1, 9, 9, 9, 9], 2, (4, 4)),
        ([1, 1, 5, 5, 9, 9], 3, (2, 2, 2)),
        ([4, 4, 4], 5, (3,)),
        ([1, 2], 5, (1, 1)),
        ([None, None], 5, (0,)),
        ([3], 3, (1,)),
    ],
)
def test_quantile_classes_never_part_equal_values_and_are_never_empty(values, n, counts):
    assert quantile_classes(series(*values), n).counts == counts


def test_fewer_than_one_class_is_refused():
    with pytest.raises(WijkdataError, match="minstens één"):
        quantile_classes(series(1), 0)


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 6), st.floats(-1e9, 1e9)), min_size=1, max_size=40), st.integers(1, 9)
)
def test_whatever_the_values_the_legend_adds_up(values, n):
    x = series(*values)
    classes = quantile_classes(x, n)
    known = int(x.notna().sum())
    assert sum(classes.counts) == known
    assert classes.missing == len(values) - known
    assert len(classes.counts) <= n
    assert known == 0 or min(classes.counts) > 0
    assert classes.of[x.isna()].isna().all()
    assert (x.groupby(x).apply(lambda same: classes.of[same.index].nunique()) == 1).all()
    assert all(type(limit) is float for limit in classes.breaks)
    assert all(type(count) is int for count in classes.counts)
