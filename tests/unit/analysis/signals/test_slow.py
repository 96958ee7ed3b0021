"""Slow drift over pillars, services that withdraw, clusters of areas, breaks in yearly lines, and limits of chance."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkdata.analysis.signals.breaks import change_points
from wijkdata.analysis.signals.drift import drifts, services, standings, withdrawals
from wijkdata.analysis.signals.moran import MoranKind, enough_permutations, local_moran, local_morans
from wijkdata.analysis.signals.rates import funnel_limits, overdispersion, poisson_quantile

YEARS = (2014, 2016, 2018, 2020, 2022)
PILLARS = {"a1": "a", "a2": "a", "b1": "b", "b2": "b", "c1": "c", "c2": "c"}
DIRECTION = {"a1": 1, "a2": -1, "b1": 1, "b2": -1, "c1": 1, "c2": 1}


def figures(planted: dict[str, float], of=tuple(PILLARS), single: float = 0.0, seed: int = 2) -> pd.DataFrame:
    """200 areas: random steps of .3 on top of a common step of -.1; planted: an extra step of an area, worse below 0.

    single: one large step of area 9 in the last period of every indicator.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for area in (f"W{number:03d}" for number in range(200)):
        for indicator in PILLARS:
            value, sign = rng.normal(), DIRECTION[indicator]
            for year in YEARS:
                rows.append((area, indicator, year, value, sign))
                step = rng.normal(-0.1, 0.3) + (planted.get(area, 0.0) if indicator in of else 0.0)
                value += sign * (step + (single if area == "W009" and year == 2020 and indicator == "a1" else 0.0))
    return pd.DataFrame(rows, columns=["area", "indicator", "period", "value", "direction"])


def test_several_small_moves_the_same_way_are_a_drift():
    (found,) = drifts(standings(figures({"W007": -0.3}), PILLARS))
    assert (found.area, found.since) == ("W007", 2014)
    assert found.q <= 0.05
    assert len({part.pillar for part in found.parts}) >= 2
    assert [part.z for part in found.parts] == sorted(part.z for part in found.parts)
    for part in found.parts:
        sign = DIRECTION[part.indicator]
        assert sign * part.change < sign * part.usual
        assert 0 < part.worse <= part.moves == 4


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (figures({}), "nothing planted"),
        (figures({"W007": +0.3}), "better is no drift"),
        (figures({}, single=-9.0), "one large leap of one indicator"),
        (figures({f"W{number:03d}": -0.3 for number in range(200)}), "everywhere"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_drift(made, why):
    assert drifts(standings(made, PILLARS)) == (), why


def test_who_asks_about_few_areas_pays_for_few():
    """The other areas say what is usual, and are not tested."""
    made = figures({"W007": -0.2})
    q = [drifts(standings(made, PILLARS), of)[0].q for of in (["W007"], ["W007", "W008"])]
    assert q[0] < q[1]
    assert {one.area for one in drifts(standings(made, PILLARS), ["W008"])} == set()


def test_one_pillar_alone_is_seldom_a_drift():
    """The other pillars of the area are among the worst twentieth by chance in one draw of twenty."""
    draws = [drifts(standings(figures({"W007": -0.6}, of=("a1", "a2"), seed=seed), PILLARS)) for seed in range(20)]
    assert sum("W007" in {one.area for one in found} for found in draws) <= 4


def test_with_few_areas_or_measurements_there_is_no_drift_to_see():
    made = figures({"W007": -0.3})
    assert drifts(standings(made[made["area"] < "W010"], PILLARS)) == ()
    assert drifts(standings(made[made["period"] >= 2018], PILLARS)) == ()


def distances(planted: float) -> pd.DataFrame:
    """Distances in km to two services of 60 areas, which hardly move; in W007 the GP goes `planted` km further away in 2020."""
    rng = np.random.default_rng(4)
    rows = []
    for number in range(60):
        for service in ("huisarts", "bibliotheek"):
            near = rng.uniform(0.3, 3.0)
            for year in YEARS:
                away = planted if number == 7 and service == "huisarts" and year >= 2020 else 0.0
                rows.append((f"W{number:03d}", service, year, near * rng.uniform(0.97, 1.03) + away, -1))
    return pd.DataFrame(rows, columns=["area", "indicator", "period", "value", "direction"])


def test_a_service_that_withdraws_is_found():
    (found,) = withdrawals(services(distances(1.5)))
    assert (found.area, found.indicator, found.since, found.until) == ("W007", "huisarts", 2018, 2022)
    assert found.change == pytest.approx(1.5, abs=0.1)
    assert abs(found.usual) < 0.05


def test_where_nothing_withdraws_nothing_is_found():
    assert withdrawals(services(distances(0.0))) == ()
    assert withdrawals(services(distances(-0.2))) == ()


# --- clusters -------------------------------------------------------------------------------------------------------


def grid(side: int, high: int, seed: int = 2) -> tuple[pd.Series, dict[str, frozenset[str]]]:
    """A square of areas with a corner of `high` x `high` that is much higher, and one area without neighbours."""
    rng = np.random.default_rng(seed)
    values = {"eiland": 3.0}
    neighbours: dict[str, frozenset[str]] = {"eiland": frozenset()}
    for x in range(side):
        for y in range(side):
            values[f"{x},{y}"] = rng.normal() + (5.0 if x < high and y < high else 0.0)
            around = ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1))
            neighbours[f"{x},{y}"] = frozenset(f"{a},{b}" for a, b in around if 0 <= a < side and 0 <= b < side)
    return pd.Series(values), neighbours


def test_high_among_high_is_a_cluster():
    values, neighbours = grid(14, 5)
    found = local_moran(values, neighbours)
    corner, inside = ({f"{x},{y}" for x in range(edge) for y in range(edge)} for edge in (5, 4))
    clusters = set(found.index[found["surroundings"] == MoranKind.CLUSTER])
    assert len(clusters & inside) >= 12
    assert clusters <= corner
    assert local_moran(values, neighbours).equals(found)


def test_the_more_figures_are_looked_at_the_less_is_called():
    (values, neighbours), noise = grid(14, 5), grid(14, 0)[0]
    alone = local_moran(values, neighbours)
    among = local_morans({"a": values, "b": noise, "c": noise[::-1]}, neighbours)["a"]
    assert among["p"].equals(alone["p"])
    assert (among["q"] <= 0.05).sum() < (alone["q"] <= 0.05).sum()
    assert (2 / (enough_permutations(80) + 1)) * 80 <= 0.05


def test_without_a_pattern_few_areas_are_called():
    values, neighbours = grid(14, 0)
    called = local_moran(values, neighbours)["surroundings"].isin([one for one in MoranKind if one != "ordinary"])
    assert called.sum() <= 2


def test_an_area_without_neighbours_or_value_has_no_answer():
    values, neighbours = grid(6, 2)
    values["0,0"] = np.nan
    assert local_moran(values, neighbours).loc[["eiland", "0,0"]].isna().all().all()


def plainly(values: dict[str, float], neighbours: dict[str, frozenset[str]]) -> dict[str, tuple[float, float]]:
    """The same by its definition: `I` by plain loops, and p over every set of as many other areas there is."""
    mean = sum(values.values()) / len(values)
    z = {code: value - mean for code, value in values.items()}
    squares = sum(one * one for one in z.values())
    found = {}
    for code in values:
        around = [z[one] for one in neighbours[code]]
        lag = sum(around) / len(around)
        others = [z[one] for one in values if one != code]
        means = [sum(some) / len(some) for some in combinations(others, len(around))]
        larger = sum(one >= lag - 1e-12 for one in means) / len(means)
        smaller = sum(one <= lag + 1e-12 for one in means) / len(means)
        found[code] = ((len(values) - 1) * z[code] * lag / squares, min(larger, smaller))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_local_moran_is_what_its_definition_gives(seed):
    """Drawn sets stand for all sets: 9,999 of them come within four standard errors. q by the definition of Benjamini-Hochberg."""
    values, neighbours = grid(4, 2, seed)
    values, neighbours = values.drop("eiland"), {code: around for code, around in neighbours.items() if around}
    found, told = local_moran(values, neighbours, permutations=9_999), plainly(values.to_dict(), neighbours)
    p = sorted(min(2 * one, 1.0) for one in found["p"])
    for code, (i, chance) in told.items():
        assert found.at[code, "i"] == pytest.approx(i)
        assert found.at[code, "around"] == pytest.approx(np.mean([values[one] for one in neighbours[code]]))
        assert found.at[code, "p"] == pytest.approx(chance, abs=4 * (chance * (1 - chance) / 9_999) ** 0.5 + 2e-4)
        own = min(2 * found.at[code, "p"], 1.0)
        q = min(one * len(p) / (rank + 1) for rank, one in enumerate(p) if one >= own - 1e-12)
        assert found.at[code, "q"] == pytest.approx(min(q, 1.0))
        assert (found.at[code, "surroundings"] == MoranKind.ORDINARY) is (min(q, 1.0) > 0.05)


def test_where_all_is_the_same_there_is_nothing_to_say():
    _, neighbours = grid(4, 0)
    assert local_moran(pd.Series(1.0, index=list(neighbours)), neighbours).isna().all().all()


# --- breaks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "breaks"),
    [
        ([1, 1, 1, 1, 9, 9, 9, 9], (4,)),
        ([1] * 10 + [9] * 10 + [1] * 10, (10, 20)),
        ([1, 1, 1, 9, 9, 9, 1, 1, 1], ()),  # too few measurements to believe two breaks
        ([5, 5, 5, 5, 5, 5], ()),
        ([1, 9, 1, 9, 1, 9, 1, 9], ()),
        ([1, 1, 9, 9, 9], ()),
        ([1, 2], ()),
        ([], ()),
    ],
)
def test_breaks_by_hand(line, breaks):
    assert change_points(np.array(line, dtype=float)) == breaks


@given(st.lists(st.floats(-1e6, 1e6), max_size=40))
def test_stretches_between_breaks_are_never_short(line):
    edges = (0, *change_points(np.array(line)), len(line))
    assert len(edges) == 2 or min(np.diff(edges)) >= 3


# --- limits of chance -----------------------------------------------------------------------------------------------


@given(st.floats(1e-3, 1e5), st.floats(1e-4, 1 - 1e-4))
def test_the_quantile_is_the_smallest_count_with_that_chance(mean, p):
    from scipy.special import pdtr

    count = float(poisson_quantile(np.array(p), np.array(mean)))
    assert pdtr(count, mean) >= p
    assert count == 0 or pdtr(count - 1, mean) < p


def test_limits_lie_in_order_round_one_and_narrow_as_more_is_expected():
    limits = funnel_limits(pd.Series([0.2, 5.0, 50.0, 5_000.0]))
    assert (np.diff(limits.to_numpy(), axis=1) >= 0).all()
    assert (limits[0.001] < 1).all()
    assert (limits[0.999] > 1).all()
    assert limits[0.999].is_monotonic_decreasing


@pytest.mark.parametrize(("dispersion", "factor"), [(4.0, 2.0), (1.0, 1.0), (0.25, 1.0)])
def test_limits_are_widened_by_the_root_of_the_overdispersion_and_never_narrowed(dispersion, factor):
    plain, wide = (funnel_limits(pd.Series([1_000.0]), dispersion=one) for one in (1.0, dispersion))
    assert (wide - 1).to_numpy() == pytest.approx((plain - 1).to_numpy() * factor)


def test_no_expectation_no_limits():
    assert funnel_limits(pd.Series([np.nan, 0.0])).isna().all().all()


def test_overdispersion_by_hand():
    """z of 80, 90, 100, 110, 120 with 100 expected: -2 -1 0 1 2, mean square 2. The one area that stands out counts no more."""
    hundred = pd.Series([100.0] * 5)
    assert overdispersion(pd.Series([80.0, 90, 100, 110, 120]), hundred, winsorise=0) == pytest.approx(2)
    odd = pd.Series([100.0] * 20 + [300.0])
    assert overdispersion(odd, pd.Series([100.0] * 21)) == 0
    assert np.isnan(overdispersion(pd.Series([np.nan, 5]), pd.Series([10.0, np.nan])))
