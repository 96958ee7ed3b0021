"""Figures measured on the real Leefbaarometer 3.0 file, read here with pandas alone, to the printed digits."""

import pandas as pd
import pytest

from wijkdata.analysis.spread import groups, rebound, spread
from wijkdata.areas import G4, municipality_of

HALF = 5.001e-5  # printed to four decimals


@pytest.fixture(scope="module")
def scores(shared):
    file = shared / "lbm3-wijken-2002-2022" / "Leefbaarometer-scores wijken 2002-2022.csv"
    frame = pd.read_csv(file, encoding="utf-8", usecols=["wk_code", "jaar", "afw"])
    return frame.rename(columns={"wk_code": "code", "jaar": "period", "afw": "value"})


@pytest.fixture(scope="module")
def big_four(scores):
    return scores[[municipality_of(code) in G4 for code in scores["code"]]]


def by_year(result, column="spread"):
    return result.table.set_index("year")[column].to_dict()


@pytest.mark.parametrize(("year", "printed"), [(2002, 0.3176), (2012, 0.2998), (2018, 0.2860), (2022, 0.2612)])
def test_national_spread_falls(scores, year, printed):
    assert by_year(spread(scores))[year] == pytest.approx(printed, abs=HALF)


@pytest.mark.parametrize(("year", "printed"), [(2012, 0.5817), (2018, 0.6255), (2022, 0.6051)])
def test_the_spread_inside_the_four_big_cities_grows_and_stays(big_four, year, printed):
    assert by_year(spread(big_four))[year] == pytest.approx(printed, abs=HALF)


def test_standard_deviations(scores):
    printed = [0.1331, 0.1277, 0.1236, 0.1226, 0.1218, 0.1186, 0.1132, 0.1123]
    assert spread(scores).table["sd"].tolist() == pytest.approx(printed, abs=HALF)


def test_the_printed_spreads_are_of_all_areas_of_a_year_complete_ones_differ(scores, big_four):
    """Which areas count matters: two wijken of 173 move the spread of the four cities by .017 in 2012."""
    every, whole = spread(scores), spread(scores, complete=True)
    assert (every.incomplete, whole.table["n"].unique().tolist()) == (26, [3284])
    assert by_year(whole)[2012] == pytest.approx(0.2987, abs=HALF)
    assert by_year(spread(big_four, complete=True)) == pytest.approx(
        {
            2002: 0.5864,
            2008: 0.6080,
            2012: 0.5651,
            2014: 0.5860,
            2016: 0.6085,
            2018: 0.6229,
            2020: 0.6021,
            2022: 0.6065,
        },
        abs=HALF,
    )


@pytest.mark.parametrize(
    ("start", "end", "selected_on", "printed"),
    [
        (2008, 2012, None, 0.0553),
        (2014, 2016, None, 0.0249),
        (2016, 2018, None, 0.0230),
        (2018, 2020, None, 0.0347),
        (2020, 2022, None, 0.0197),
        (2014, 2016, 2012, -0.0001),  # chosen on an earlier wave: the bounce is gone
        (2018, 2020, 2016, 0.0348),  # and here it stays: real catching up
    ],
)
def test_the_worst_forty_bounce(scores, start, end, selected_on, printed):
    result = rebound(scores, start, end, 40, selected_on)
    assert result.extra == pytest.approx(printed, abs=HALF)
    assert result.n_all == 3284


@pytest.mark.parametrize(
    ("before", "start", "end", "printed"),
    [(2012, 2014, 2016, 0.0489), (2014, 2016, 2018, 0.0507), (2016, 2018, 2020, 0.0256), (2018, 2020, 2022, 0.0112)],
)
def test_the_forty_biggest_fallers_bounce_back(scores, before, start, end, printed):
    """The fall as the value to be lowest on: the same function with the change of the wave before as selection."""
    wide = scores.pivot(index="code", columns="period", values="value").dropna()
    fall = (wide[start] - wide[before]).rename("value").reset_index().assign(period=0)
    both = pd.concat([scores[scores["code"].isin(wide.index)], fall])
    assert rebound(both, start, end, 40, selected_on=0).extra == pytest.approx(printed, abs=HALF)


def changes_by_decile(scores, reference_year, selected_on, year):
    table = groups(scores, reference_year, n_groups=10, selected_on=selected_on).table
    return table[table["year"] == year].set_index("group")["mean_change"]


def test_change_by_decile_2016_2018_chosen_on_2014(scores):
    printed = [0.0122, 0.0055, 0.0064, 0.0041, 0.0033, 0.0022, 0.0023, 0.0032, 0.0033, -0.0052]
    assert changes_by_decile(scores, 2016, 2014, 2018).tolist() == pytest.approx(printed, abs=HALF)


def test_change_by_decile_2020_2022_chosen_on_2018(scores):
    result = changes_by_decile(scores, 2020, 2018, 2022)
    assert result[[1, 10]].tolist() == pytest.approx([0.0069, -0.0044], abs=HALF)
