"""Spread and groups on small tables worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import wijken

from wijkdata.analysis.spread import groups, margin, rebound, spread
from wijkdata.errors import NotFoundError


def panel(**years):
    """`y2014=[...]` per area; None is missing."""
    rows = [
        (code, int(year[1:]), np.nan if value is None else float(value))
        for year, values in years.items()
        for code, value in zip(wijken(len(values)), values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["code", "period", "value"])


def test_spread_interpolates_linearly():
    table = spread(panel(y2014=[0, 10, 20, 30, 40])).table.iloc[0]
    assert table[["year", "n", "p10", "p50", "p90", "spread"]].tolist() == pytest.approx([2014, 5, 4, 20, 36, 32])


@pytest.mark.parametrize(
    ("complete", "n", "spreads"), [(False, [3, 2], [0.8 * 100, 0.8 * 10]), (True, [2, 2], [0.8 * 10, 0.8 * 10])]
)
def test_an_area_that_disappears_moves_the_spread_unless_only_complete_areas_count(complete, n, spreads):
    result = spread(panel(y2014=[0, 10, 100], y2016=[0, 10, None]), complete=complete)
    assert result.incomplete == 1
    assert result.table["n"].tolist() == n
    if complete:
        assert result.table["spread"].tolist() == pytest.approx(spreads)
    else:
        assert result.table["spread"].iloc[0] == pytest.approx(82 - 2)  # quantiles of 0, 10, 100


def test_a_year_without_measurements_is_absent_not_interpolated():
    assert spread(panel(y2014=[1, 2], y2016=[None, None], y2018=[1, 3])).table["year"].tolist() == [2014, 2018]


def test_years_asked_for_and_not_there_are_an_error_that_says_what_is_there():
    with pytest.raises(NotFoundError, match="Voor 2016 zijn er geen waarden; er zijn waarden voor 2014, 2018"):
        spread(panel(y2014=[1, 2], y2018=[1, 3]), years=[2014, 2016])


def test_one_area_has_no_sd_and_no_area_has_no_row():
    assert np.isnan(spread(panel(y2014=[1])).table["sd"].iloc[0])
    assert spread(panel()).table.empty


# Ten areas; the two lowest of 2016 were unlucky in 2016 only (they stood at 5 and 6 before and after).
PATH = panel(
    y2014=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    y2016=[1, 2, 3, 4, 0, 0.5, 7, 8, 9, 10],
    y2018=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
)


def change_of_lowest(result, year):
    return result.table.query("group == 1 and year == @year")["mean_change"].iloc[0]


def test_groups_made_in_the_reference_year_show_the_bounce_of_bad_luck():
    result = groups(PATH, reference_year=2016)
    assert result.members.query("group == 1")["code"].tolist() == ["WK001404", "WK001405"]
    assert change_of_lowest(result, 2018) == pytest.approx(5.25)


def test_groups_made_on_an_earlier_year_do_not():
    result = groups(PATH, reference_year=2016, selected_on=2014)
    assert result.members.query("group == 1")["code"].tolist() == ["WK001400", "WK001401"]
    assert change_of_lowest(result, 2018) == 0
    assert (result.reference_year, result.selected_on) == (2016, 2014)


def test_every_cell_has_its_n_and_the_reference_year_changes_nothing():
    table = groups(PATH, reference_year=2016).table
    assert table["n"].tolist() == [2] * 15
    assert (table.query("year == 2016")["mean_change"] == 0).all()
    assert table.query("year == 2018")["mean_change_all"].tolist() == pytest.approx([1.05] * 5)


@pytest.mark.parametrize(
    ("values", "members"),
    [
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ([1, 1, 1, 1, 5], [1, 1, 1, 1, 5]),  # equal values are one group
        ([3, 3, 3], [1, 1, 1]),
        ([1, 2], [1, 5]),
    ],
)
def test_equal_values_are_never_parted(values, members):
    result = groups(panel(y2014=values, y2016=values), 2014)
    assert result.members["group"].tolist() == members


def test_incomplete_areas_are_left_out_and_counted():
    result = groups(panel(y2014=[1, 2, 3], y2016=[1, None, 3]), 2014, n_groups=2)
    assert result.incomplete == 1
    assert "WK001401" not in set(result.members["code"])


def test_only_the_years_asked_for_are_shown():
    result = groups(PATH, 2016, selected_on=2014, years=[2018])
    assert result.table["year"].unique().tolist() == [2018]


@pytest.mark.parametrize(("reference", "selected"), [(2015, None), (2016, 2015)])
def test_unknown_reference_or_selection_year(reference, selected):
    with pytest.raises(NotFoundError, match="Voor 2015"):
        groups(PATH, reference, selected_on=selected)


@pytest.mark.parametrize(("selected_on", "extra"), [(None, 5.25 - 1.05), (2014, 0 - 1.05)])
def test_rebound_of_the_lowest(selected_on, extra):
    result = rebound(PATH, 2016, 2018, n=2, selected_on=selected_on)
    assert result.extra == pytest.approx(extra)
    assert (result.n, result.n_all) == (2, 10)
    assert {type(result.extra), type(result.mean_change), type(result.mean_change_all)} == {float}


def test_frames_that_go_in_come_out_unchanged():
    before = PATH.copy()
    spread(PATH)
    groups(PATH, 2014)
    rebound(PATH, 2014, 2018, 2)
    pd.testing.assert_frame_equal(PATH, before)


def spread_out(n, first, last, missing=()):
    """n areas evenly from -half to half of a size that goes from `first` to `last`."""
    place = np.linspace(-0.5, 0.5, n)
    rows = [
        (code, year, size * place[k])
        for year, size in ((2014, first), (2018, last))
        for k, code in enumerate(wijken(n))
    ]
    return pd.DataFrame([row for row in rows if row[:2] not in missing], columns=["code", "period", "value"])


def test_the_spread_with_a_margin_is_that_of_numpy_also_where_figures_are_missing():
    values = spread_out(40, 1.0, 0.5, missing={("WK001403", 2018), ("WK001430", 2018)})
    found, table = margin(values, [2014, 2018]), spread(values).table
    assert found.change == pytest.approx(table["spread"].iloc[1] - table["spread"].iloc[0], abs=1e-12)
    assert (found.years["low"].to_numpy() < table["spread"]).all() and (
        table["spread"] < found.years["high"].to_numpy()
    ).all()
    assert found.change_low < found.change < found.change_high < 0


def test_the_margin_holds_the_spread_of_all_in_about_95_of_100_samples():
    """Sixty areas out of a normal distribution, 200 times: the binomial sd is 1.5 points, and a percentile bootstrap of
    quantiles is known to be a few points off at this size."""
    chance, true = np.random.default_rng(5), 2 * 1.2815516
    inside = 0
    for _ in range(200):
        values = pd.DataFrame({"code": wijken(60), "period": 2014, "value": chance.normal(size=60)})
        year = margin(values, [2014]).years.iloc[0]
        inside += year["low"] <= true <= year["high"]
    assert 0.88 <= inside / 200 <= 0.99


def test_leaving_out_one_area_shows_what_rests_on_it():
    same = spread_out(12, 1.0, 1.0)
    one = same.assign(value=same["value"].mask((same["code"] == "WK001411") & (same["period"] == 2018), 5.0))
    one.loc[(one["code"] == "WK001410") & (one["period"] == 2018), "value"] = 3.0
    found = margin(one, [2014, 2018])
    assert found.change > 0.2 and found.alone < 0.5 * found.change
    assert margin(spread_out(12, 1.0, 2.0), [2014, 2018]).alone == pytest.approx(1.0)
    assert np.isnan(margin(spread_out(501, 1.0, 2.0), [2014, 2018]).alone)
