"""Every series has an outcome: a method, or why it cannot be watched; the strongest signals, and what they cost."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signals_worlds import MONTHS, counts, from_month, slowly, usual
from wijkdata.analysis.signals.backtest import BackTest, Event, added_up, back_test, in_use
from wijkdata.analysis.signals.counts import gather
from wijkdata.analysis.signals.methods import Method, WhyNot, best, offers
from wijkdata.analysis.signals.watch import Reason, Rule, rise, signals, watch


def alone(values: np.ndarray, **fields):
    """One series W000 among 39 ordinary ones."""
    made = counts(usual())
    made.values[0] = values
    return replace(made, **fields)


ORDINARY = counts(usual(), seed=9).values[0]
UNKNOWN = np.nan


def begins(at: int) -> np.ndarray:
    return np.where(np.arange(MONTHS) >= at, ORDINARY, UNKNOWN)


@pytest.mark.parametrize(
    ("made", "method", "reason"),
    [
        pytest.param(alone(ORDINARY), Method.CUSUM, None, id="ordinary"),
        pytest.param(alone(np.zeros(MONTHS)), Method.CUSUM, Reason.FEW, id="zeros"),
        pytest.param(alone(np.minimum(ORDINARY, 1)), Method.CUSUM, Reason.FEW, id="few"),
        pytest.param(alone(np.where(np.arange(MONTHS) % 7 == 3, UNKNOWN, ORDINARY)), Method.CUSUM, None, id="some gaps"),
        pytest.param(
            alone(np.where(np.arange(MONTHS) % 5, UNKNOWN, ORDINARY)), None, Reason.GAPS, id="hardly anything but gaps"
        ),
        pytest.param(alone(begins(84), began={"W000": 84}), Method.EARS, Reason.NEW_AREA, id="a new area"),
        pytest.param(alone(begins(94), began={"W000": 94}), None, Reason.NEW_AREA, id="two months only, new area"),
        pytest.param(alone(begins(94)), None, Reason.TOO_SHORT, id="two months only"),
        pytest.param(alone(begins(40), began={"W000": 40}), Method.CUSUM, None, id="an area that was new"),
        pytest.param(
            alone(begins(84), new_categories={"": 84}), Method.EARS, Reason.NEW_CATEGORY, id="a new category"
        ),
        pytest.param(alone(ORDINARY, changed={"W000": 90}), None, Reason.CHANGED_AREA, id="a changed area"),
        pytest.param(alone(ORDINARY, ended={"W000": 90}), None, Reason.ENDED_AREA, id="an area that is no more"),
        pytest.param(alone(ORDINARY, provisional_from=20), Method.EARS, Reason.PROVISIONAL, id="still revised"),
    ],
)  # fmt: skip
def test_every_series_has_an_outcome(made, method, reason):
    watched = watch(made)
    assert (watched.methods[0], watched.reasons[0]) == (method, reason)


@pytest.mark.parametrize(
    ("known", "cusum", "farrington", "ears", "first"),
    [
        (2, WhyNot.TOO_SHORT, WhyNot.TOO_SHORT, WhyNot.TOO_SHORT, None),
        (9, WhyNot.TOO_SHORT, WhyNot.TOO_SHORT, WhyNot.TOO_SHORT, None),
        (10, WhyNot.TOO_SHORT, WhyNot.TOO_SHORT, None, Method.EARS),
        (24, WhyNot.TOO_SHORT, WhyNot.TOO_SHORT, None, Method.EARS),
        (25, None, WhyNot.TOO_SHORT, WhyNot.NO_SEASON, Method.CUSUM),
        (38, None, None, WhyNot.NO_SEASON, Method.CUSUM),
    ],
)
def test_the_length_of_a_history_decides_what_is_offered(known, cusum, farrington, ears, first):
    assert [offer.why_not for offer in offers(known, 12)] == [cusum, farrington, ears]
    assert best(known, 12) is first


def test_months_that_are_still_revised_raise_no_alarm():
    made = alone(ORDINARY * from_month(90, 5.0))
    assert [one.area for one in signals(watch(made))] == ["W000"]
    quiet = watch(replace(made, provisional_from=90))
    assert not quiet.detected.alarm[:, 90:].any()
    assert not [one for one in signals(quiet) if one.area == "W000"]


def test_the_strongest_signal_says_since_when_and_how_much():
    course = usual(areas=200)
    course[5] *= from_month(84, 2.0)
    first, *others = signals(watch(counts(course)))
    assert (first.area, first.last) == ("W005", MONTHS - 1)
    assert 83 <= first.since <= 85
    assert first.observed == pytest.approx(2 * first.expected, rel=0.25)
    assert first.q < 0.01
    assert all(other.q > 0.05 for other in others)


def test_there_are_at_most_ten():
    listed = signals(watch(counts(usual(areas=60) * np.where(np.arange(60) < 15, 1, 1)[:, None] * np.vstack(
        [from_month(88, 3.0)] * 15 + [np.ones(MONTHS)] * 45))))  # fmt: skip
    assert len(listed) == 10
    assert [one.p for one in listed] == sorted(one.p for one in listed)


def test_a_rise_of_before_is_no_signal_now():
    course = usual()
    course[5] *= from_month(40, 2.5, 52)
    watched = watch(counts(course))
    assert watched.detected.alarm[5, 40:52].any()
    assert not [one for one in signals(watched) if one.area == "W005"]


def test_the_chance_of_a_strength_is_about_what_is_said():
    """Siegmund's tail, for a sum of standard normals that has run for three years: within a fifth."""
    z = np.random.default_rng(3).normal(size=(40_000, 36))
    _, strength = rise(z, 36)
    for height in (2.0, 3.0, 4.0):
        assert (strength >= height).mean() == pytest.approx(np.exp(-(height + 0.583)), rel=0.2)


@pytest.mark.parametrize(
    ("method", "months", "leap"), [(Method.EARS, 20, 15), (Method.FARRINGTON, MONTHS, 80), (Method.CUSUM, MONTHS, 80)]
)
def test_no_method_calls_what_moves_everywhere(method, months, leap):
    course = usual(mean=20, months=months) * from_month(leap, 2.0, months, months)
    watched = watch(counts(course), Rule(method))
    assert watched.moves[-1].at <= leap
    assert watched.detected.alarm[:, leap].sum() <= 2


@pytest.mark.parametrize("method", Method)
def test_what_moves_in_one_area_is_called(method):
    course = usual(mean=20)
    course[0] *= from_month(80, 3.0)
    watched = watch(counts(course), Rule(method))
    assert watched.detected.alarm[0, 80:83].any()


# --- the back-test --------------------------------------------------------------------------------------------------


def test_a_slow_rise_is_called_a_year_before_its_yearly_figure():
    """Two years of slow growth, to twice as much; the yearly figure of the second appears half a year after it."""
    course = usual(areas=60, mean=15)
    course[:6] *= slowly(60, 2.0, over=24)
    watched = watch(counts(course))
    test = in_use(back_test(watched, [Event(f"W{n:03d}", 60, MONTHS - 1) for n in range(6)], lag_months=18), Rule())
    assert (test.rises, test.found) == (6, 1.0)
    assert test.median_lead_months >= 12
    assert test.false_alarms_per_area_year <= 0.1


def test_a_rule_that_is_more_sensitive_costs_more_and_finds_more():
    course = usual(areas=100)
    course[:20] *= slowly(60, 1.8, over=12)
    tests = back_test(watch(counts(course)))
    assert [test.limit for test in tests] == [3, 4, 5, 6]
    false, found = ([getattr(test, name) for test in tests] for name in ("false_alarms", "found"))
    assert false == sorted(false, reverse=True)
    assert false[0] > false[-1]
    assert found == sorted(found, reverse=True)
    assert found[1] > 0.8


def test_the_back_test_is_what_would_have_been_seen():
    """Going through the series once is watching it every month anew."""
    course = usual()
    course[2] *= slowly(50, 2.0, over=12)
    made = counts(course)
    whole = watch(made).detected.alarm
    for until in (40, 55, 62, 80):
        early = watch(replace(made, values=made.values[:, :until], years=made.years[:until]))
        assert early.detected.alarm.tolist() == whole[:, :until].tolist()


@pytest.mark.parametrize(
    ("event", "lag", "found", "lead"),
    [
        # a rise from month 60 on, called after a few months; its year ends with month 71
        (Event("W000", 60, 80), 0, 1.0, range(6, 12)),
        (Event("W000", 60, 80), 6, 1.0, range(12, 18)),
        (Event("W000", 30, 40), 6, 0.0, None),
        (Event("W001", 60, 80), 6, 0.0, None),
    ],
)
def test_known_events(event, lag, found, lead):
    course = usual(mean=20)
    course[0] *= from_month(60, 2.0)
    test = in_use(back_test(watch(counts(course)), [event], lag), Rule())
    assert test.found == found
    assert (test.median_lead_months is None) if lead is None else (int(test.median_lead_months) in lead)


def test_a_rise_over_several_categories_is_one_rise():
    course = usual(areas=2, mean=20)
    course[1] *= from_month(60, 2.0)
    made = replace(counts(course), areas=("W000", "W000"), categories=("a", "b"))
    test = in_use(back_test(watch(made), [Event("W000", 60, 80)]), Rule())
    assert (test.rises, test.found) == (1, 1.0), "found in one of the two is found"


FOUND, MISSED = 14.0, None


@pytest.mark.parametrize(
    ("first", "second", "rises", "leads"),
    [
        ([(0, FOUND)], [(0, 9.0)], 1, [FOUND]),  # one rise that both tables show: when the first of them called
        ([(0, MISSED)], [(0, FOUND)], 1, [FOUND]),
        ([(0, MISSED)], [(0, MISSED)], 1, []),
        ([(0, FOUND)], [(1, 9.0)], 2, [FOUND, 9.0]),  # two that are given
        ([(0, FOUND), (1, MISSED)], [(1, 9.0)], 2, [FOUND, 9.0]),
        ([(None, FOUND)], [(None, FOUND)], 2, [FOUND, FOUND]),  # yearly figures tell a rise of each table
        ([], [], 0, []),
    ],
)
def test_a_known_rise_counts_once_however_many_tables_could_show_it(first, second, rises, leads):
    tests = [BackTest(4.0, 1, 10.0, 5.0, 0.1, 0, None, None, each=tuple(each)) for each in (first, second)]
    both = added_up(tests)
    assert (both.rises, sorted(both.leads, reverse=True)) == (rises, leads)
    assert both.found == (len(leads) / rises if rises else None)
    assert (both.false_alarms, both.area_years) == (2, 20.0)


def test_without_a_rise_nothing_can_be_found():
    test = in_use(back_test(watch(counts(usual(areas=6)))), Rule())
    assert (test.rises, test.found, test.median_lead_months) == (0, None, None)
    assert test.area_years == 6 * 6


def test_a_history_that_is_too_short_has_no_price():
    test = in_use(back_test(watch(counts(usual(months=8)))), Rule())
    assert (test.area_years, test.false_alarms_per_area_year) == (0, None)


# --- which cells are 0 ----------------------------------------------------------------------------------------------


def rows(cells: dict[tuple[str, str, int], float]) -> pd.DataFrame:
    return pd.DataFrame([(*key, value) for key, value in cells.items()], columns=["area", "category", "at", "count"])


def full(area: str, category: str, first: int, until: int, count: float = 5.0) -> dict[tuple[str, str, int], float]:
    return {(area, category, at): count for at in range(first, until)}


YEARS = np.repeat([2022, 2023], 12)


@pytest.mark.parametrize(
    ("cells", "at", "value"),
    [
        pytest.param(full("A", "x", 0, 24) | {("B", "x", 3): 2.0}, ("B", "x", 9), 0.0, id="no row is no report"),
        pytest.param(full("A", "x", 0, 24) | {("B", "x", 3): 0.0}, ("B", "x", 9), UNKNOWN, id="a table that writes zeros"),
        pytest.param(full("A", "x", 0, 24) | {("A", "x", 3): UNKNOWN}, ("A", "x", 3), UNKNOWN, id="an empty cell"),
        pytest.param(full("A", "x", 0, 24) | full("B", "x", 12, 24), ("B", "x", 2), UNKNOWN, id="a new area"),
        pytest.param(full("A", "x", 0, 24) | full("B", "x", 0, 12), ("B", "x", 20), UNKNOWN, id="an area that is no more"),
        pytest.param(full("A", "x", 0, 24) | full("A", "y", 12, 24), ("A", "y", 2), UNKNOWN, id="a new category"),
        pytest.param(full("A", "x", 0, 24) | full("B", "x", 1, 24, 1.0), ("B", "x", 0), 0.0, id="a short silence"),
        pytest.param(
            full("A", "x", 0, 8, 20.0) | full("A", "x", 9, 24, 20.0), ("A", "x", 8), UNKNOWN, id="a month without a file"
        ),
    ],
)  # fmt: skip
def test_a_cell_without_a_row(cells, at, value):
    made = gather(rows(cells), YEARS, 12)
    series = list(zip(made.areas, made.categories, strict=True)).index(at[:2])
    np.testing.assert_equal(made.values[series, at[2]], value)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 45), st.floats(0, 0.6))
def test_whatever_the_counts_are_every_series_has_an_outcome(seed, months, missing):
    rng = np.random.default_rng(seed)
    values = rng.poisson(rng.choice([0, 0.3, 5, 200], size=(7, 1)), size=(7, months)).astype(float)
    values[rng.random(values.shape) < missing] = np.nan
    made = replace(counts(usual(7, months=months)), values=values)
    for method in (None, *Method):
        watched = watch(made, Rule(method))
        judged = ~np.isnan(watched.detected.statistic)
        assert [one is not None for one in watched.methods] == judged.any(axis=1).tolist()
        assert all(why is not None for one, why in zip(watched.methods, watched.reasons, strict=True) if one is None)
        assert not (watched.detected.alarm & (~judged | np.isnan(values))).any()
        assert np.isfinite(watched.detected.statistic[judged]).all()
        assert ((watched.p >= 0) & (watched.p <= 1) | np.isnan(watched.p)).all()
        for one in signals(watched):
            assert max(one.since, one.alarm) <= one.last
        back_test(watched)
