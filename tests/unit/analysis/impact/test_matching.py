"""Who may be compared and who is nearest: small tables worked out by hand, and what must always hold."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import wijken
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkdata.analysis.impact.balance import balance
from wijkdata.analysis.impact.candidates import LeftOut, candidates
from wijkdata.analysis.impact.matching import matched_did, nearest, slope
from wijkdata.analysis.impact.panel import Panel
from wijkdata.errors import NotFoundError, WijkdataError

NOTHING = pd.DataFrame()
NAN = float("nan")

# --- who may be compared --------------------------------------------------------------------------------------------

CONTEXT = pd.DataFrame(
    [
        ("WK001401", 2, 5000),  # treated
        ("WK001402", 2, 5000),
        ("WK001403", 1, 5000),
        ("WK001404", 3, 1000),
        ("WK001405", 4, 5000),
        ("WK001406", NAN, 5000),
        ("WK001407", 2, 999),
        ("WK001408", 2, NAN),
        ("WK001409", 2, 5000),
        ("WK001410", 5, 5000),
        ("WK970001", 2, 5000),
        ("WK099901", 2, 5000),
    ],
    columns=["code", "stedelijkheid", "inwoners"],
).set_index("code")
COMPLETE = frozenset(CONTEXT.index) - {"WK001409"}


def left_out(treated=("WK001401",), excluded=None, context=CONTEXT, complete=COMPLETE):
    return candidates(context, treated, excluded or {}, complete)


def test_every_area_is_kept_or_has_its_reason():
    found = left_out(excluded={"WK001402": LeftOut.ADJACENT})
    assert found.kept == ("WK001403", "WK001404")
    assert found.left_out == {
        "WK001402": "adjacent",
        "WK001405": "urbanity",
        "WK001406": "urbanity_unknown",
        "WK001407": "small",
        "WK001408": "population_unknown",
        "WK001409": "incomplete",
        "WK001410": "urbanity",
    }
    assert next(iter(found.counts.items())) == ("urbanity", 2)
    assert sum(found.counts.values()) == 7
    assert found.urbanity_used and found.population_used


def test_the_reason_given_comes_before_the_one_found():
    assert left_out(excluded={"WK001409": LeftOut.EVER_TREATED}).left_out["WK001409"] == "ever_treated"


def test_one_class_of_any_treated_area_is_enough():
    assert left_out(treated=("WK001401", "WK001405")).kept == ("WK001402", "WK001403", "WK001404", "WK001410")


@pytest.mark.parametrize(
    ("classes", "far"), [(0, {"WK001403", "WK001404", "WK001405", "WK001410"}), (2, {"WK001410"}), (3, set())]
)
def test_how_many_classes_may_lie_between(classes, far):
    found = candidates(CONTEXT, ("WK001401",), {}, COMPLETE, classes=classes)
    assert {code for code, reason in found.left_out.items() if reason == "urbanity"} == far


def test_a_rule_of_which_nothing_is_known_is_not_used_and_that_is_said():
    found = left_out(context=pd.DataFrame(index=CONTEXT.index))
    assert (found.urbanity_used, found.population_used) == (False, False)
    assert set(found.left_out) == {"WK001409"}


def test_a_treated_area_without_a_class_leaves_the_class_out_of_it():
    assert not left_out(treated=("WK001406",)).urbanity_used


def test_an_area_of_the_panel_without_context_is_looked_at_too():
    assert left_out(complete=COMPLETE | {"WK001499"}).left_out["WK001499"] == "urbanity_unknown"


def test_worlds_are_never_mixed():
    assert left_out(treated=("WK970001",)).kept == ()
    with pytest.raises(WijkdataError, match="Verzonnen en echte"):
        left_out(treated=("WK970001", "WK001401"))
    with pytest.raises(NotFoundError, match="geen gebieden gekozen"):
        left_out(treated=())


# --- who is nearest -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("times", "values", "given"),
    [
        ((2014, 2016, 2018), [1, 2, 3], 0.5),  # per year, not per measurement
        ((2002, 2008, 2012), [0, 6, 10], 1.0),  # unevenly spaced, and still a straight line
        ((2014, 2016), [5, 5], 0.0),
        ((2014,), [5], NAN),
    ],
)
def test_the_slope_is_in_years(times, values, given):
    assert slope(np.array([values], dtype=float), times)[0] == pytest.approx(given, nan_ok=True)


# Level 0 and flat, but hit by bad luck in 2018, the year of selection.
TIMES = (2012, 2014, 2016, 2018)
PRE = np.array(
    [
        [0, 0, 0, -4],  # treated
        [0.1, 0.1, 0.1, 0.1],  # what it was like before its bad year
        [-4, -4, -4, -4],  # what it was like in its bad year
        [2, 2, 2, 2],
        [-1, 0, 1, 2],  # same level, other direction
    ],
    dtype=float,
)
UNITS = tuple(wijken(5))
ONE = np.array([True, False, False, False, False])


def order(**more):
    return nearest(PRE, TIMES, UNITS, ONE, **{"structure": NOTHING, **more}).table["code"].tolist()


def test_never_matched_on_the_measurement_of_the_selection():
    assert order(k=1) == ["WK001401"]
    # The same areas with any other value in the last measurement: nothing changes.
    other = PRE.copy()
    other[:, -1] = [9, -9, 3, 0, 1]
    found = nearest(other, TIMES, UNITS, ONE, NOTHING)
    pd.testing.assert_frame_equal(found.table, nearest(PRE, TIMES, UNITS, ONE, NOTHING).table)
    assert found.times_used == (2012, 2014, 2016)
    assert [nearest(PRE, TIMES, UNITS, ONE, NOTHING, selected=year).times_used for year in TIMES[:2]] == [
        TIMES[1:],
        (TIMES[0], *TIMES[2:]),
    ]


def test_the_distance_by_hand():
    table = nearest(PRE, TIMES, UNITS, ONE, NOTHING).table.set_index("code")
    level_sd, slope_sd = np.std([0.1, -4, 2, 0], ddof=1), np.std([0, 0, 0, 0.5], ddof=1)
    given = {"WK001401": (0.1, 0), "WK001402": (4, 0), "WK001403": (2, 0), "WK001404": (0, 0.5)}
    for code, (level, direction) in given.items():
        expected = np.sqrt(((level / level_sd) ** 2 + (direction / slope_sd) ** 2) / 2)
        assert table.loc[code, "distance"] == pytest.approx(expected)


def test_a_missing_feature_is_left_out_of_that_distance_only():
    structure = pd.DataFrame({"corporatie": [50, NAN, 50, 10, 20]}, index=UNITS)
    found = nearest(PRE, TIMES, UNITS, ONE, structure)
    features = found.table.set_index("code")["n_features"]
    assert features.to_dict() == {"WK001401": 2, "WK001402": 3, "WK001403": 3, "WK001404": 3}
    assert found.features == ("niveau", "helling", "corporatie")
    without = nearest(PRE, TIMES, UNITS, ONE, NOTHING).table.set_index("code")["distance"]
    assert found.table.set_index("code").loc["WK001401", "distance"] == without["WK001401"]


@pytest.mark.parametrize(
    ("inhabitants", "first"),
    [
        ([1_000, 2_000, 500, 10_000], ["WK001401", "WK001402", "WK001403"]),  # twice and half are equally far: by code
        ([1_000, 3_000, 500, 100], ["WK001402", "WK001401", "WK001403"]),  # half is nearer than three times
    ],
)
def test_sizes_are_compared_by_factors(inhabitants, first):
    structure = pd.DataFrame({"inwoners": inhabitants}, index=UNITS[:4])
    flat = np.ones((4, 2))
    assert nearest(flat, (2014, 2016), UNITS[:4], ONE[:4], structure).table["code"].tolist() == first


def test_a_size_of_0_has_no_logarithm_and_is_not_compared():
    structure = pd.DataFrame({"inwoners": [1_000, 0, 500, 2_000, 1_500]}, index=UNITS)
    features = nearest(PRE, TIMES, UNITS, ONE, structure).table.set_index("code")["n_features"]
    assert features.to_dict() == {"WK001401": 2, "WK001402": 3, "WK001403": 3, "WK001404": 3}


def test_what_does_not_vary_in_the_pool_is_no_feature():
    flat = np.full((4, 3), 0.1)
    structure = pd.DataFrame({"a": [9, 1, 1, 1], "b": [1, 5, 2, 3]}, index=UNITS[:4])
    found = nearest(flat, (2012, 2014, 2016), UNITS[:4], ONE[:4], structure)
    assert found.features == ("b",)
    assert found.table["code"].tolist() == ["WK001402", "WK001403", "WK001401"]


@pytest.mark.parametrize(
    ("pre", "times", "treated", "problem"),
    [
        (PRE[:, :1], TIMES[:1], ONE, "geen meting van vóór de keuze"),
        (PRE, TIMES, ~np.ones(5, dtype=bool), "minstens twee gebieden zonder"),
        (PRE, TIMES, np.ones(5, dtype=bool), "minstens twee gebieden zonder"),
        (np.ones((5, 4)), TIMES, ONE, "WK001400 is geen enkel kenmerk"),
    ],
)
def test_no_nearest_is_said(pre, times, treated, problem):
    with pytest.raises(NotFoundError, match=problem):
        nearest(pre, times, UNITS, treated, NOTHING)


def test_every_treated_area_and_each_of_its_matches_counts_equally_with_replacement():
    pre = np.array([[0, 0, 0], [0.2, 0.2, 0.2], [0.1, 0.1, 0.1], [5, 5, 5], [0.4, 0.4, 0.4]], dtype=float)
    treated = np.array([True, True, False, False, False])
    found = nearest(pre, TIMES[:3], UNITS, treated, NOTHING, k=2)
    assert found.table[["treated", "code"]].values.tolist() == [
        ["WK001400", "WK001402"],
        ["WK001400", "WK001404"],
        ["WK001401", "WK001402"],
        ["WK001401", "WK001404"],
    ]
    assert found.weights(UNITS).tolist() == [0, 0, 0.5, 0, 0.5]
    assert len(nearest(pre, TIMES[:3], UNITS, treated, NOTHING, k=50).table) == 6  # a pool of 3, for each of 2


# --- DiD against the nearest ----------------------------------------------------------------------------------------


def test_the_base_is_the_mean_of_every_measurement_before_also_the_bad_year():
    after = np.array([[1, 1], [0.1, 0.3], [0, 0], [0, 0], [0, 0]], dtype=float)
    panel = Panel(np.hstack([PRE, after]), UNITS, (*TIMES, 2020, 2022), np.array([4, 6, 6, 6, 6]))
    found = matched_did(panel, NOTHING, k=1)
    # gap before: -.1, -.1, -.1, -4.1 (mean -1.1); after: .9 and .7
    assert found.estimate == pytest.approx((0.9 + 0.7) / 2 + 1.1)
    assert found.difference.tolist() == pytest.approx([1.0, 1.0, 1.0, -3.0, 2.0, 1.8])
    assert found.comparison.tolist() == pytest.approx([0.1, 0.1, 0.1, 0.1, 0.1, 0.3])
    assert found.treated.tolist() == [0, 0, 0, -4, 1, 1]
    assert found.weights.tolist() == [0, 1, 0, 0, 0]
    assert list(found.nearest) == [4]


def test_a_cohort_weighs_as_its_areas_times_its_measurements_and_is_never_a_control():
    rng = np.random.Generator(np.random.PCG64(5))
    outcome = rng.random((12, 6)) * 1e-6 + rng.random((12, 1))
    start = np.array([3, 4, *[6] * 10])
    outcome[0, 3:] += 1.0  # 3 cells
    outcome[1, 4:] += 2.0  # 2 cells
    found = matched_did(Panel(outcome, tuple(wijken(12)), (2012, 2014, 2016, 2018, 2020, 2022), start), NOTHING)
    assert found.estimate == pytest.approx((3 * 1 + 2 * 2) / 5, abs=1e-5)
    assert set(found.nearest) == {3, 4}
    assert found.weights[:2].tolist() == [0, 0] and found.weights.sum() == pytest.approx(1)


def test_nobody_treated_is_said():
    with pytest.raises(NotFoundError, match="geen gebieden met een aanpak"):
        matched_did(Panel(PRE, UNITS, TIMES, np.full(5, 4)), NOTHING)


# --- what must always hold -------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(5, 30), k=st.integers(1, 6), n_treated=st.integers(1, 3))
def test_properties_of_matching(seed, n, k, n_treated):
    """The order of the rows and the unit of the outcome change nothing; no treated area is compared with."""
    rng = np.random.Generator(np.random.PCG64(seed))
    pre, structure = rng.random((n, 4)), rng.random((n, 2))
    structure[rng.random((n, 2)) < 0.3] = NAN
    treated, units = np.arange(n) < n_treated, np.array(wijken(n))
    frame = pd.DataFrame(structure, index=units, columns=["corporatie", "inkomen"])
    found = nearest(pre, TIMES, units, treated, frame, k)
    assert not set(found.table["code"]) & set(units[treated])
    assert found.weights(units).sum() == pytest.approx(1)
    assert (found.table.groupby("treated")["distance"].diff().dropna() >= 0).all()
    mixed = rng.random(n).argsort()
    again = nearest(7 + 100 * pre[mixed], TIMES, units[mixed], treated[mixed], frame, k)
    assert sorted(map(tuple, again.table[["treated", "code"]].values)) == sorted(
        map(tuple, found.table[["treated", "code"]].values)
    )
    own = balance(pre, TIMES, units, treated, found.weights(units), frame).table
    scaled = balance(7 + 100 * pre, TIMES, units, treated, found.weights(units), frame).table
    assert own["smd"].tolist() == pytest.approx(scaled["smd"].tolist(), nan_ok=True)
