"""Rank intervals: seeded, collapsed when nothing is uncertain, wider when more is."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import entry, inhabitants, moments, observations, wijken

from wijkdata.analysis.pillars import pillar_scores
from wijkdata.analysis.uncertainty import Draws, rank_uncertainty
from wijkdata.analysis.zscores import Reference
from wijkdata.areas import Level

ENTRIES = [
    entry("p1", theme="a"),
    entry("p2", theme="a"),
    entry("p3", theme="b", higher_is="worse"),
    entry("p4", theme="b", evidence="perceived"),
]
BY_ID = {item.id: item for item in ENTRIES}
CODES = wijken(40)
REFERENCE = moments({"p1": (0, 1), "p2": (0, 1), "p3": (0, 1), "p4": (0, 1), "pillar:fysiek": (0, 0.5)})
NOTHING = {"concentration": None, "leave_one_out": False, "normalisations": ("z",)}


def scores(entries=ENTRIES, missing=(), seed=3):
    """Forty areas with noisy figures round a common level, so that indicators agree but not wholly."""
    rng = np.random.default_rng(seed)
    level = rng.normal(size=len(CODES))
    rows = {}
    for item in entries:
        for code, value in zip(CODES, level + rng.normal(scale=0.7, size=len(CODES)), strict=True):
            rows[(code, item.id, 2020)] = np.nan if (code, item.id) in missing else item.sign * value
    return pillar_scores(observations(rows), entries, Reference(REFERENCE, Level.WIJK, inhabitants(CODES)), [2020])


def run(result, focus=CODES, **more):
    return rank_uncertainty(result, BY_ID, "fysiek", 2020, focus, Draws(**more))


def test_with_equal_weights_and_no_noise_the_interval_collapses_to_the_rank():
    table = run(scores(), n=50, **NOTHING).table
    for column in ("median_rank", "low", "high"):
        assert table[column].tolist() == table["rank"].tolist()
    assert table["rank"].sort_values().tolist() == list(range(1, 41))
    # The lowest tenth of 40 is four areas, and without noise that is all or nothing.
    assert table.loc[table["rank"] <= 4, "worst_decile"].tolist() == [1.0] * 4
    assert table.loc[table["rank"] > 4, "worst_decile"].tolist() == [0.0] * 36


@pytest.mark.parametrize(
    "one", [{"concentration": 10.0}, {"leave_one_out": True}, {"normalisations": ("z", "percentile", "min-max")}]
)
def test_each_source_of_uncertainty_alone_widens_intervals(one):
    table = run(scores(), n=200, **{**NOTHING, **one}).table
    assert (table["high"] > table["low"]).sum() > 10
    assert ((table["low"] <= table["median_rank"]) & (table["median_rank"] <= table["high"])).all()


def test_nearly_equal_weights_give_narrower_intervals():
    width = {}
    for concentration in (1.0, 1_000.0):
        table = run(scores(), n=300, **{**NOTHING, "concentration": concentration}).table
        width[concentration] = float((table["high"] - table["low"]).mean())
    assert width[1_000.0] < width[1.0] / 3


def test_same_seed_same_answer_other_seed_another():
    first, again, other = run(scores()), run(scores()), run(scores(), seed=7)
    pd.testing.assert_frame_equal(first.table, again.table)
    assert not first.table.equals(other.table)


def test_a_pillar_of_one_indicator_keeps_it():
    result = scores(ENTRIES[:1])
    table = run(result, n=100).table
    assert (table["n_draws"] == 100).all()
    assert table["low"].tolist() == table["high"].tolist() == table["rank"].tolist()


def ranks_of(values, **more):
    """Ranks of a few areas by `{indicator: [values]}`, all in one theme."""
    codes = CODES[: len(next(iter(values.values())))]
    items = [entry(name, theme="a", higher_is=BY_ID[name].higher_is) for name in values]
    rows = {(code, name, 2020): float(v) for name, row in values.items() for code, v in zip(codes, row, strict=True)}
    result = pillar_scores(observations(rows), items, Reference(REFERENCE, Level.WIJK, inhabitants(codes)), [2020])
    settings = {**NOTHING, **more}
    by_id = {item.id: item for item in items}
    return rank_uncertainty(result, by_id, "fysiek", 2020, codes, Draws(n=10, **settings)).table


def test_percentile_places_of_a_reversed_indicator_are_those_of_cdc():
    # p1: 0, 1/3, 2/3, 1. p3 reversed as 1 - percentrank: 1, 2/3, 2/3, 0. Sums: 1, 1, 4/3, 1.
    uncertain = ranks_of({"p1": [1, 2, 3, 4], "p3": [1, 2, 2, 4]}, normalisations=("percentile",))
    assert uncertain["median_rank"].tolist() == [1, 1, 4, 1]


def test_min_max_by_hand():
    # p1: 0, .1, 1; p3 reversed: 1, .2, 0. Sums 1, .3, 1.
    uncertain = ranks_of({"p1": [0, 10, 100], "p3": [0, 8, 10]}, normalisations=("min-max",))
    assert uncertain["median_rank"].tolist() == [2, 1, 2]


def test_equal_sums_in_another_order_are_equal():
    """.1 + .2 + .3 and .3 + .2 + .1 differ in the last bit of a double; that is no difference in rank."""
    uncertain = ranks_of({"p1": [0.1, 0.3, 0.9], "p2": [0.2, 0.2, 0.9], "p3": [-0.3, -0.1, -0.9]})
    assert uncertain["rank"].tolist() == uncertain["median_rank"].tolist() == [1, 1, 3]


def test_an_area_without_a_score_has_no_rank():
    missing = {(CODES[0], name) for name in ("p1", "p2", "p3", "p4")}
    row = run(scores(missing=missing), focus=[CODES[0], CODES[1]]).table.iloc[0]
    assert row[["rank", "median_rank", "low", "high"]].isna().all()
    assert np.isnan(row["worst_decile"])
    assert row["n_draws"] == 0


def test_an_area_that_lacks_an_indicator_is_ranked_on_what_it_has():
    uncertain = run(scores(missing={(CODES[0], "p2")}), focus=[CODES[0]])
    assert uncertain.n_areas == 40
    assert uncertain.table["n_draws"].iloc[0] == 1_000
    assert 1 <= uncertain.table["low"].iloc[0] <= uncertain.table["high"].iloc[0] <= 40


def test_the_rank_among_all_does_not_depend_on_who_is_asked_about():
    result = scores()
    everyone = run(result).table.set_index("code")
    few = run(result, focus=CODES[5:8]).table.set_index("code")
    pd.testing.assert_frame_equal(few, everyone.loc[CODES[5:8]])


def test_unknown_pillar_or_year_has_no_ranks():
    uncertain = rank_uncertainty(scores(), BY_ID, "fysiek", 1999, CODES[:2])
    assert uncertain.n_areas == 0
    assert uncertain.table["rank"].isna().all()


def test_the_worst_area_is_often_in_the_worst_decile_and_the_best_never():
    table = run(scores()).table.sort_values("rank")
    assert table["worst_decile"].iloc[0] > 0.9
    assert table["worst_decile"].iloc[-1] == 0
