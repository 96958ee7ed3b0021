"""Regression to the mean made visible: small tables by hand, agreement with `spread.rebound`, and made chance."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import wijken

from wijkdata.analysis import spread
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.rebound import worst_elsewhere
from wijkdata.errors import NotFoundError

TIMES = (2014, 2016, 2018)
# Two were unlucky in 2014 only (1 and 2); one is treated; everybody gains 1 in 2016.
VALUES = np.array([[0, 9, 9], [1, 5, 6], [2, 7, 8], [5, 6, 7], [6, 7, 8], [8, 9, 10]], dtype=float)
PANEL = Panel(VALUES, tuple(wijken(6)), TIMES, np.array([1, 3, 3, 3, 3, 3]))


def test_the_worst_without_programme_by_hand():
    found = worst_elsewhere(PANEL, 0, k=2)
    assert found.codes == ("WK001401", "WK001402")
    table = found.table
    assert table["time"].tolist() == [2016, 2018]
    assert table["change"].tolist() == [4.5, 5.5]
    assert table["change_all"].tolist() == pytest.approx([12 / 5, 17 / 5])  # the treated area is in neither
    assert table["extra"].tolist() == pytest.approx([2.1, 2.1])
    assert (found.n, found.selected_on) == (2, 2014)


def test_with_lower_is_better_the_highest_are_the_worst():
    mirror = Panel(-VALUES, PANEL.units, TIMES, PANEL.start)
    found, usual = worst_elsewhere(mirror, 0, 2, higher_is_better=False), worst_elsewhere(PANEL, 0, 2)
    assert found.codes == usual.codes
    assert found.table["extra"].tolist() == pytest.approx((-usual.table["extra"]).tolist())
    assert worst_elsewhere(PANEL, 0, 1, higher_is_better=False).codes == ("WK001405",)


def test_equal_values_go_by_code_and_not_by_row():
    values = np.array([[1, 2], [1, 3], [1, 4], [5, 5]], dtype=float)
    panel = Panel(values, ("WK3", "WK1", "WK2", "WK4"), (2014, 2016), np.full(4, 2))
    assert worst_elsewhere(panel, 0, 2).codes == ("WK1", "WK2")


@pytest.mark.parametrize(
    ("selection", "k", "problem"),
    [
        (2, 2, "geen meting om het vervolg"),
        (3, 2, "geen meting om het vervolg"),
        (-1, 2, "geen meting om het vervolg"),
        (0, 5, "5 gebieden zonder aanpak; dat is te weinig om de 5 slechtste"),
        (0, 0, "te weinig"),
    ],
)
def test_no_figure_is_said(selection, k, problem):
    with pytest.raises(NotFoundError, match=problem):
        worst_elsewhere(PANEL, selection, k)


def made(seed, n=400):
    """Areas that differ (sd 1) and do not move; every measurement adds chance (sd .5). Nobody is treated."""
    rng = np.random.Generator(np.random.PCG64(seed))
    chance = (rng.random((n, 3, 12)).sum(axis=2) - 6) * 0.5
    level = rng.random((n, 12)).sum(axis=1) - 6
    return Panel(level[:, None] + chance, tuple(f"WK{i:06d}" for i in range(n)), TIMES, np.full(n, 3))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_mean_is_the_one_of_spread(seed):
    panel = made(seed, 40)
    values = pd.DataFrame(panel.outcome, index=list(panel.units), columns=TIMES).rename_axis("code").reset_index()
    values = values.melt("code", var_name="period")
    found = worst_elsewhere(panel, 0, 7).table
    for end, extra in zip(found["time"], found["extra"], strict=True):
        assert extra == pytest.approx(spread.rebound(values, 2014, int(end), 7).extra)


def test_chance_alone_makes_the_worst_look_better_at_once_and_no_more_after():
    """The worst 20 of 400 stand about 2.06 sd low, a fifth of the variance is chance: 2.06 x 1.118 x .2 = .46 back."""
    extra = np.mean([worst_elsewhere(made(seed), 0, 20).table["extra"] for seed in range(40)], axis=0)
    # se of the mean of 40 sets of 20 areas with sd .5 x sqrt(1 + 1) at most: .025; four of those.
    assert extra == pytest.approx([0.46, 0.46], abs=0.1)
