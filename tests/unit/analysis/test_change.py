"""When a difference between two years may be called a change."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import series, wijken

from wijkdata.analysis.change import changes


def one(change, others=None, **more):
    """The verdict on one area that changed so much, among others that changed as given."""
    others = np.linspace(-3, 3, 60) if others is None else others
    codes = wijken(len(others) + 1)
    start = pd.Series(100.0, index=codes)
    end = start + np.array([change, *others])
    result = changes(start, end, reference=pd.Index(codes[1:]), **more)
    return result.table.iloc[0], result


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (0, "same"),
        (1.9, "same"),
        (-1.9, "same"),
        (2.0, "ordinary"),  # the threshold itself is no longer "vrijwel gelijk"
        (2.8, "ordinary"),  # 95 of 100 areas change less than 2.85
        (4.0, "up"),
        (-4.0, "down"),
        (np.nan, "missing"),
    ],
)
def test_a_change_must_pass_the_threshold_and_what_areas_do_anyway(change, verdict):
    assert one(change)[0]["verdict"] == verdict


@pytest.mark.parametrize(("error", "verdict"), [(1.9, "up"), (2.0, "ordinary"), (5.0, "ordinary"), (np.nan, "up")])
def test_a_change_must_pass_twice_its_own_margin_where_that_is_known(error, verdict):
    row, _ = one(4.0, standard_error=series(error))
    assert row["verdict"] == verdict


def test_with_few_areas_nothing_is_called_a_change():
    row, result = one(50, others=np.zeros(19))
    assert row["verdict"] == "ordinary"
    assert np.isnan([result.limit, result.low, result.high]).all()
    assert result.n == 19


def test_when_everyone_rises_one_that_stays_is_apart():
    row, result = one(0, others=np.linspace(9, 11, 60))
    assert (row["verdict"], bool(row["outside"])) == ("same", True)
    assert result.median == pytest.approx(10)
    row, _ = one(10, others=np.linspace(9, 11, 60))
    assert (row["verdict"], bool(row["outside"])) == ("ordinary", False)


def test_an_area_missing_in_one_year_is_missing_not_zero():
    codes = wijken(3)
    result = changes(series(100, None, 100), series(None, 100, 100))
    assert result.table["verdict"].tolist() == ["missing", "missing", "same"]
    assert result.table["change"].isna().tolist() == [True, True, False]
    assert result.table["code"].tolist() == codes
    assert result.n == 1


def test_the_threshold_is_in_the_unit_of_the_values():
    assert one(4.0, small=5)[0]["verdict"] == "same"


def test_scalars_are_plain_python():
    _, result = one(1.0)
    assert {type(getattr(result, name)) for name in ("small", "limit", "low", "high", "median")} == {float}
    assert type(result.n) is int


def test_nothing_to_compare():
    result = changes(series(), series())
    assert result.table.empty
    assert np.isnan(result.median)
