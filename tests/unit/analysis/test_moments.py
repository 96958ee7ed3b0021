"""Reference moments: who is in the reference, with what weight, and on what scale."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import entry, inhabitants, observations, series, wijken

from wijkdata.analysis.moments import National, composite_moments, reference_moments, reference_set, weighted_moments
from wijkdata.areas import Level

CODES = wijken(4)
BASE = entry("p1", reference_year=2020)


def moments_of(values, people, items=(BASE,), period=2020):
    rows = {(code, "p1", period): value for code, value in values.items()}
    return reference_moments(National(observations(rows), people, Level.WIJK), items)


@pytest.mark.parametrize(
    ("values", "weights", "mean", "sd"),
    [
        ([1, 3], [1, 1], 2, 1),  # ddof 0: the whole country, not a sample
        ([1, 3], [3, 1], 1.5, np.sqrt(0.75)),
        ([5, 5, 5], [1, 2, 3], 5, 0),
    ],
)
def test_weighted_mean_and_sd(values, weights, mean, sd):
    assert weighted_moments(np.array(values, float), np.array(weights, float)) == pytest.approx((mean, sd), abs=1e-15)


def test_moments_are_weighted_by_inhabitants_of_large_enough_areas():
    people = series(3_000, 1_000, 999, None)
    moments = moments_of(dict(zip(CODES, (1, 3, 1_000, 1_000), strict=True)), people)
    assert moments.to_dict("records") == [
        {"indicator": "p1", "level": "wijk", "base_year": 2020, "mean": 1.5, "sd": pytest.approx(0.75**0.5), "n": 2}
    ]


def test_a_missing_value_has_no_weight():
    moments = moments_of(dict(zip(CODES, (1, 3, np.nan, 5), strict=True)), inhabitants(CODES))
    assert moments[["mean", "n"]].iloc[0].tolist() == [3.0, 3]


def test_log1p_comes_before_the_mean():
    item = entry("p1", transform="log1p")
    moments = moments_of(dict.fromkeys(CODES[:2], np.e - 1) | {CODES[2]: 0, CODES[3]: 0}, inhabitants(CODES), [item])
    assert moments[["mean", "sd"]].iloc[0].tolist() == pytest.approx([0.5, 0.5], abs=1e-15)


@pytest.mark.parametrize(
    ("values", "item", "period"),
    [
        ({CODES[0]: 1}, BASE, 2020),
        (dict.fromkeys(CODES, 1), entry("p1", role="shown", reference_year=None), 2020),
        (dict.fromkeys(CODES, 1), BASE, 2019),
        ({}, BASE, 2020),
    ],
    ids=["fewer than half the areas", "no reference year", "another year", "no figures"],
)
def test_no_reference_is_no_row(values, item, period):
    assert moments_of(values, inhabitants(CODES), [item], period).empty


@pytest.mark.parametrize(("fictional", "codes"), [(False, ["WK001400"]), (True, ["WK971200"])])
def test_real_and_fictional_areas_are_never_one_reference(fictional, codes):
    people = pd.Series(
        {"WK001400": 5e3, "WK971200": 5e3, "WK099800": 5e3, "GM0014": 5e3, "BU00140000": 5e3, "WK001401": np.nan}
    )
    assert reference_set(people, Level.WIJK, 1_000, fictional).index.tolist() == codes


def test_pillar_and_set_get_their_own_spread_in_the_year_with_most_indicators():
    items = [entry("p1", reference_year=2014), entry("p2", reference_year=2020), entry("p3", reference_year=2020)]
    values = (-1.0, 0.0, 0.0, 1.0)
    rows = {(code, "p1", 2014): v for code, v in zip(CODES, values, strict=True)}
    rows |= {(code, name, 2020): v for name in ("p2", "p3") for code, v in zip(CODES, values, strict=True)}
    national = National(observations(rows), inhabitants(CODES), Level.WIJK)
    base = reference_moments(national, items)
    moments = composite_moments(national, items, base, {"x": items[1:]}).set_index("indicator")
    assert moments["base_year"].to_dict() == {"pillar:fysiek": 2020, "set:x": 2020}
    # Two indicators with the same z: their mean has the spread of one, which is 1 by construction.
    assert moments["sd"].tolist() == pytest.approx([1, 1], abs=1e-12)
    assert moments["mean"].tolist() == pytest.approx([0, 0], abs=1e-12)
    assert moments["n"].tolist() == [4, 4]


@pytest.mark.parametrize(
    ("measured", "base_year"),
    [
        ({"p1": 2012, "p2": 2014}, 2014),  # both years see both: the project's reference year
        ({"p1": 2016, "p2": 2018, "p3": 2018}, 2018),  # all within two years of either; 2018 is nearer to most
        ({"p1": 2016, "p2": 2018}, 2016),  # equal in everything: the earliest
        ({"p1": 2014, "p2": 2020, "p3": 2020}, 2020),
    ],
)
def test_base_year_of_a_pillar(measured, base_year):
    items = [entry(name, reference_year=year) for name, year in measured.items()]
    rows = {(code, name, year): i for name, year in measured.items() for i, code in enumerate(CODES)}
    national = National(observations(rows), inhabitants(CODES), Level.WIJK)
    base = reference_moments(national, items)
    assert composite_moments(national, items, base, {})["base_year"].tolist() == [base_year]


def test_an_indicator_without_moments_does_not_choose_the_base_year():
    items = [entry("p1", reference_year=2014), entry("p2", reference_year=2015)]
    rows = {(code, "p1", year): i for year in (2014, 2015) for i, code in enumerate(CODES)}
    national = National(observations(rows), inhabitants(CODES), Level.WIJK)
    base = reference_moments(national, items)
    moments = composite_moments(national, items, base, {})
    assert moments["base_year"].tolist() == [2014]


def test_a_pillar_nobody_can_be_scored_on_has_no_row():
    national = National(observations({}), inhabitants(CODES), Level.WIJK)
    base = reference_moments(national, [BASE])
    assert composite_moments(national, [BASE], base, {"x": [BASE]}).empty
