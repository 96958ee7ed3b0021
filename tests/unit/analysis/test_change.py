"""When a difference between two years may be called a change."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import series, wijken

from wijkdata.analysis.change import changes, swing


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


def waves(n, error, lasting=1.0, seed=3):
    """Five measurements of n areas: a level that moves for good each time, and an error that is gone the next time."""
    chance = np.random.default_rng(seed)
    level = 100 + np.cumsum(chance.normal(0, lasting, (n, 5)), axis=1)
    seen = level + chance.normal(0, error, (n, 5))
    periods = [2014, 2016, 2018, 2020, 2022]
    return pd.DataFrame(
        [(code, year, seen[k, t], 0) for k, code in enumerate(wijken(n)) for t, year in enumerate(periods)],
        columns=["code", "period", "value", "made_of"],
    )


@pytest.mark.parametrize(("error", "lasting"), [(2.0, 0.0), (2.0, 3.0), (0.5, 0.5)])
def test_the_swing_is_what_comes_back_and_not_what_lasts(error, lasting):
    """The standard error of a change is sqrt(2) times the error. Of three times the largest counts: with 3,000 areas its
    covariance has a standard error of at most 0.25 at these variances, so 15% is wide."""
    values = waves(3_000, error, lasting)
    found = swing(values, pd.Series(20_000.0, index=wijken(3_000)))
    assert found.errors[-1] == pytest.approx(error * 2**0.5, rel=0.15)


def test_small_areas_swing_more_and_get_a_higher_threshold():
    codes = wijken(600)
    small, large = waves(600, 3.0), waves(600, 0.5)
    large["code"] = large["code"].map(dict(zip(codes, wijken(1200)[600:], strict=True)))
    residents = pd.Series([1_500.0] * 600 + [30_000.0] * 600, index=wijken(1200))
    found = swing(pd.concat([small, large]), residents)
    errors = found.of(residents)
    assert errors.iloc[0] > 3 * errors.iloc[-1]
    assert found.of(pd.Series({"unknown": np.nan}))["unknown"] == errors.iloc[0]
    start = pd.Series(100.0, index=residents.index)
    verdicts = changes(start, start + 4, standard_error=errors).table["verdict"]
    assert (verdicts.iloc[0], verdicts.iloc[-1]) == ("ordinary", "up")


def test_areas_of_unknown_size_make_no_class_look_steadier_and_get_the_largest_error():
    """Three times as many steady areas without residents beside the swinging small ones: as the smallest of them, the small
    ones would seem to swing half as much."""
    small = waves(500, 4.0)
    unknown = waves(1_500, 0.5).assign(code=lambda frame: "X" + frame["code"])
    residents = pd.Series(1_200.0, index=wijken(500))
    found = swing(pd.concat([small, unknown]), residents)
    assert found.errors[0] == pytest.approx(4 * 2**0.5, rel=0.15)
    assert found.of(pd.Series([1_200.0, np.nan], index=["a", "b"])).tolist() == [found.errors[0], max(found.errors)]


def test_what_was_measured_in_another_way_is_no_swing():
    values = waves(200, 2.0)
    values["made_of"] = values["period"] // 2018
    assert np.isnan(swing(values[values["period"] < 2022], pd.Series(dtype=float)).errors).all()


def test_with_few_areas_the_swing_is_not_known():
    assert np.isnan(swing(waves(49, 2.0), pd.Series(dtype=float)).errors).all()


@pytest.mark.parametrize(("change", "verdict"), [(1.4, "same"), (1.6, "up"), (-1.6, "down")])
def test_a_change_is_judged_as_it_is_written(change, verdict):
    assert one(change, others=np.zeros(60), decimals=0)[0]["verdict"] == verdict
