"""Signed z-scores: which measurement is taken, in which direction, on which scale."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import entry, inhabitants, moments, observations, wijken

from wijkdata.analysis.zscores import Reference, codes_of, moment, transform, z_scores
from wijkdata.areas import Level
from wijkdata.errors import WijkdataError

WK = "WK001400"


def against(frame, codes=(WK,), number=5_000, minimum_population=0, **more):
    """Every area counts, unless told otherwise."""
    return Reference(frame, Level.WIJK, inhabitants(codes, number), minimum_population, **more)


def one_z(rows, item, year=2020, population=5_000, mean=10, sd=2, **more):
    """z and the year used, of one area and one indicator."""
    scores = z_scores(
        observations(rows),
        [item],
        against(moments({item.id: (mean, sd)}), number=population, **more),
        [year],
        pd.Index([WK]),
    )
    return float(scores.z[0, 0, 0]), int(scores.used_period[0, 0, 0])


@pytest.mark.parametrize(
    ("higher_is", "value", "expected"),
    [("better", 14, 2.0), ("worse", 14, -2.0), ("better", 10, 0.0), ("worse", 9, 0.5)],
)
def test_the_sign_makes_higher_mean_better(higher_is, value, expected):
    z, _ = one_z({(WK, "i", 2020): value}, entry("i", higher_is=higher_is))
    assert z == expected


def test_neutral_indicator_keeps_the_direction_of_its_values():
    z, _ = one_z({(WK, "i", 2020): 14}, entry("i", higher_is="neutral", role="context"))
    assert z == 2.0


@pytest.mark.parametrize(
    ("measured", "year", "used"),
    [
        ({2020: 10}, 2020, 2020),
        ({2018: 10, 2022: 12}, 2020, 2018),  # equally near: the earlier, a score does not look ahead
        ({2019: 10, 2021: 12, 2020: 14}, 2020, 2020),
        ({2018: 10, 2021: 12}, 2020, 2021),
        ({2017: 10}, 2020, 0),  # three years is too old
        ({2023: 10}, 2020, 0),
        ({2020: np.nan, 2019: 12}, 2020, 2019),  # a missing value is no measurement
        ({202003: 10}, 2020, 0),  # a month is no year
    ],
)
def test_nearest_measurement_within_two_years(measured, year, used):
    z, year_used = one_z({(WK, "i", period): value for period, value in measured.items()}, entry("i"), year)
    assert year_used == used
    assert np.isnan(z) == (used == 0)


def test_maximum_age_zero_takes_the_year_itself_only():
    assert one_z({(WK, "i", 2019): 10}, entry("i"), maximum_age=0)[1] == 0
    assert one_z({(WK, "i", 2020): 10}, entry("i"), maximum_age=0)[1] == 2020


def test_log1p_is_taken_before_the_moments():
    z, _ = one_z({(WK, "i", 2020): np.e - 1}, entry("i", transform="log1p"), mean=0, sd=1)
    assert z == pytest.approx(1.0, abs=1e-15)  # one rounding of log1p


def test_transform_of_what_has_no_logarithm_is_missing_not_zero():
    assert np.isnan(transform(np.array([-1.0, -5.0, np.nan]), "log1p")).all()
    assert transform(np.array([0.0]), "log1p")[0] == 0.0


@pytest.mark.parametrize(
    ("population", "there"),
    [(5_000, True), (1_500, False), (2_000, True), (500, True), (np.nan, True)],
    ids=["large", "under the indicator's minimum", "at it", "no score at all: drawn apart", "unknown"],
)
def test_minimum_population_of_the_indicator(population, there):
    item = entry("i", minimum_population=2_000)
    z, _ = one_z({(WK, "i", 2020): 12}, item, population=population, minimum_population=1_000)
    assert np.isnan(z) != there


def test_clipped_at_three_and_unclipped_kept():
    scores = z_scores(
        observations({("WK001400", "i", 2020): 1000, ("WK001401", "i", 2020): -1000, ("WK001402", "i", 2020): 12}),
        [entry("i")],
        against(moments({"i": (10, 2)}), wijken(3)),
        [2020],
        pd.Index(wijken(3)),
    )
    assert scores.clipped[0, 0].tolist() == [3.0, -3.0, 1.0]
    frame = scores.frame()
    assert frame["z_unclipped"].tolist() == [495.0, -505.0, 1.0]
    assert frame["z"].tolist() == [3.0, -3.0, 1.0]
    assert frame["used_period"].tolist() == [2020] * 3


@pytest.mark.parametrize(
    "frame",
    [moments({}), moments({"other": (0, 1)}), moments({"i": (10, 0)}), moments({"i": (10, 2)}, base_year=2014)],
    ids=["empty", "other indicator", "no spread", "other base year"],
)
def test_an_indicator_without_reference_is_named_and_not_scored(frame):
    scores = z_scores(observations({(WK, "i", 2020): 12}), [entry("i")], against(frame), [2020], pd.Index([WK]))
    assert scores.without_reference == ("i",)
    assert scores.z.shape == (0, 1, 1)


def test_moments_of_another_level_do_not_count():
    assert moment(moments({"i": (10, 2)}, Level.BUURT), "i", Level.WIJK) is None
    assert moment(moments({"i": (10, 2)}), "i", Level.WIJK, 2020) == (10.0, 2.0)


def test_two_rows_of_moments_for_one_question_are_refused():
    double = pd.concat([moments({"i": (10, 2)})] * 2)
    with pytest.raises(WijkdataError, match="laat één regel staan"):
        moment(double, "i", Level.WIJK, 2020)


def test_double_observation_is_refused():
    frame = pd.concat([observations({(WK, "i", 2020): 12})] * 2)
    with pytest.raises(WijkdataError, match="1 waarnemingen komen dubbel voor"):
        z_scores(frame, [entry("i")], against(moments({"i": (10, 2)})), [2020], pd.Index([WK]))


def test_codes_of_one_level_only():
    frame = pd.DataFrame({"code": ["WK001401", "GM0014", "BU0363AA01", "WK001400", "WK001401", "NL00"]})
    assert codes_of(frame, Level.WIJK).tolist() == ["WK001400", "WK001401"]
    assert codes_of(frame, Level.BUURT).tolist() == ["BU0363AA01"]


def test_no_observations_is_no_score_and_no_error():
    scores = z_scores(observations({}), [entry("i")], against(moments({"i": (10, 2)})), [2020], pd.Index([WK]))
    assert np.isnan(scores.z).all()
    assert scores.frame().empty
