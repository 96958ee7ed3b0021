"""Pillar scores: what counts, what is enough, and what a score then is."""

import numpy as np
import pandas as pd
import pytest
from analysis_examples import entry, inhabitants, moments, observations, wijken
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkdata.analysis.pillars import pillar_scores, set_score
from wijkdata.analysis.zscores import Reference
from wijkdata.areas import Level

CODES = wijken(4)
A, B, C, D = CODES
# Mean 0 and sd 1 make z equal to the value; the pillar's own sd .5 makes one z of the mean 30 points.
UNIT = {"p1": (0, 1), "p2": (0, 1), "p3": (0, 1), "pillar:fysiek": (0, 0.5), "set:s": (0, 0.5)}


def score(rows, entries, years=(2020,), population=None, reference=None, codes=None, **more):
    frame = observations(rows)
    people = inhabitants(frame["code"].unique()) if population is None else population
    against = Reference(moments(reference or UNIT), Level.WIJK, people, **more)
    return pillar_scores(frame, entries, against, years, codes)


def against(rows=UNIT, codes=CODES, **more):
    return Reference(moments(rows), Level.WIJK, inhabitants(codes), **more)


def everywhere(values, period=2020, codes=CODES):
    """The same indicator values in all areas."""
    return {(code, name, period): value for code in codes for name, value in values.items()}


def row(result, code=A, period=2020):
    table = result.table
    return table[(table["code"] == code) & (table["period"] == period)].iloc[0]


# p1 and p2 share theme a, p3 stands alone in theme b.
THREE = [entry("p1", theme="a"), entry("p2", theme="a"), entry("p3", theme="b")]


@pytest.mark.parametrize(
    ("values", "raw", "points"),
    [
        ({"p1": 1, "p2": 3, "p3": 0}, (2 + 0) / 2, 130),  # theme a = 2, theme b = 0: themes count alike
        ({"p1": 0, "p2": 0, "p3": 0}, 0, 100),
        ({"p1": 99, "p2": 99, "p3": 99}, 3, 190),  # each z clipped at 3
        ({"p1": -99, "p2": -99, "p3": 0}, -1.5, 55),
    ],
)
def test_mean_of_themes_on_the_hundred_scale(values, raw, points):
    own_row = row(score(everywhere(values), THREE))
    assert (own_row["raw"], own_row["score"]) == (raw, points)
    assert (own_row["n_indicators"], own_row["n_expected"], own_row["reason"]) == (3, 3, None)


@pytest.mark.parametrize(
    ("missing", "n", "raw", "reason"),
    [
        ([], 3, 2.0, None),
        (["p1"], 2, (3 + 2) / 2, None),  # two of three, both themes there
        (["p3"], 2, None, "insufficient"),  # two of three, but theme b is empty
        (["p1", "p2"], 1, None, "insufficient"),
        (["p1", "p2", "p3"], 0, None, "insufficient"),
    ],
)
def test_two_thirds_of_the_expected_and_one_per_theme(missing, n, raw, reason):
    rows = everywhere({"p1": 1, "p2": 3, "p3": 2})
    for name in missing:
        rows[(A, name, 2020)] = np.nan
    own_row = row(score(rows, THREE))
    assert (own_row["n_indicators"], own_row["n_expected"], own_row["reason"]) == (n, 3, reason)
    if raw is None:
        assert np.isnan([own_row["raw"], own_row["score"], own_row["objective"]]).all()
    else:
        assert own_row["raw"] == raw


def test_a_gemeente_survey_is_expected_there_and_blocks_nobody_elsewhere():
    own, other = wijken(3, "0014"), wijken(9, "0363")
    rows = everywhere({"p1": 1}, codes=own + other) | everywhere({"p3": 2}, codes=own[:2])
    result = score(rows, [entry("p1", theme="a"), entry("p3", theme="b")])
    assert row(result, own[0])[["n_indicators", "n_expected"]].tolist() == [2, 2]
    assert row(result, own[2])[["n_indicators", "n_expected", "reason"]].tolist() == [1, 2, "insufficient"]
    assert row(result, other[0])[["n_indicators", "n_expected", "reason"]].tolist() == [1, 1, None]
    expected = result.expected.groupby("municipality")["indicator"].agg(list)
    assert expected.to_dict() == {"GM0014": ["p1", "p3"], "GM0363": ["p1"]}


def test_what_the_country_has_is_expected_of_a_gemeente_that_lacks_it():
    own, other = wijken(2, "0014"), wijken(9, "0363")
    rows = everywhere({"p1": 1}, codes=own + other) | everywhere({"p3": 2}, codes=other)
    own_row = row(score(rows, [entry("p1", theme="a"), entry("p3", theme="b")]), own[0])
    assert own_row[["n_indicators", "n_expected", "reason"]].tolist() == [1, 2, "insufficient"]


def test_an_indicator_of_fewer_than_half_the_areas_does_not_count_for_the_few():
    rows = everywhere({"p1": 1}) | {(A, "p2", 2020): 3}
    own_row = row(score(rows, THREE))
    assert (own_row["raw"], own_row["n_indicators"], own_row["n_expected"]) == (1, 1, 1)


def test_fictional_areas_are_not_held_to_what_real_areas_have():
    real, made = wijken(6, "0014"), wijken(2, "9712")
    rows = everywhere({"p1": 1, "p3": 1}, codes=real) | everywhere({"p1": 1}, codes=made)
    result = score(rows, [entry("p1", theme="a"), entry("p3", theme="b")])
    assert row(result, made[0])[["n_indicators", "n_expected", "reason"]].tolist() == [1, 1, None]


@pytest.mark.parametrize(
    ("perceived", "raw", "halves"),
    [({"p3": 3}, (1 + 3) / 2, (1, 3)), ({}, 1, (1, np.nan))],
    ids=["both halves", "objective only"],
)
def test_objective_and_perceived_count_half_each_only_when_both_exist(perceived, raw, halves):
    entries = [
        entry("p1", theme="a"),
        entry("p2", theme="b", evidence="modelled"),
        entry("p3", theme="a", evidence="perceived"),
    ]
    own_row = row(score(everywhere({"p1": 0, "p2": 2, **perceived}), entries))
    assert own_row["raw"] == raw
    np.testing.assert_array_equal([own_row["objective"], own_row["perceived"]], halves)


@pytest.mark.parametrize(("kinds", "only"), [(["modelled", "modelled"], True), (["modelled", "measured"], False)])
def test_modelled_only_when_every_counted_indicator_is_a_model(kinds, only):
    entries = [entry("p1", theme="a", evidence=kinds[0]), entry("p2", theme="a", evidence=kinds[1])]
    assert bool(row(score(everywhere({"p1": 1, "p2": 1}), entries))["modelled_only"]) is only


def test_neutral_and_shown_never_enter():
    entries = [
        entry("p1", theme="a"),
        entry("p2", theme="a", role="shown", higher_is="neutral"),
        entry("p3", theme="b", role="shown"),
    ]
    result = score(everywhere({"p1": 1, "p2": -3, "p3": -3}), entries)
    assert row(result)[["raw", "n_indicators", "n_expected"]].tolist() == [1, 1, 1]
    assert result.catalogue == {"fysiek": ("p1",)}
    assert set(result.details["indicator"]) == {"p1"}


@pytest.mark.parametrize(
    ("population", "reason", "points", "position"),
    [(999, "few_residents", np.nan, 130), (1_000, None, 130, 130), (np.nan, None, 130, 130)],
    ids=["under the minimum", "at the minimum", "unknown"],
)
def test_few_residents_keep_their_raw_value_and_get_no_score(population, reason, points, position):
    people = inhabitants(CODES)
    people[A] = population
    own_row = row(score(everywhere({"p1": 1}), [entry("p1")], population=people))
    assert own_row["reason"] == reason
    np.testing.assert_array_equal([own_row["score"], own_row["raw"], own_row["position"]], [points, 1, position])


def test_small_areas_do_not_decide_what_is_expected():
    people = inhabitants(CODES)
    people[[B, C, D]] = 10
    rows = everywhere({"p1": 1}) | {(A, "p3", 2020): 1}
    own_row = row(score(rows, [entry("p1", theme="a"), entry("p3", theme="b")], population=people))
    assert own_row[["n_indicators", "n_expected"]].tolist() == [2, 2]


def test_figures_of_small_areas_alone_make_nothing_expected():
    people = inhabitants(CODES)
    people[[C, D]] = 10
    rows = everywhere({"p1": 1}) | everywhere({"p3": 1}, codes=[C, D])
    own_row = row(score(rows, [entry("p1", theme="a"), entry("p3", theme="b")], population=people))
    assert own_row[["n_indicators", "n_expected", "reason"]].tolist() == [1, 1, None]


def test_age_is_that_of_the_oldest_measurement_used():
    rows = everywhere({"p1": 1}, 2020) | everywhere({"p2": 1}, 2018) | everywhere({"p3": 1}, 2016)
    result = score(rows, THREE, years=(2016, 2018, 2020, 2024))
    ages = {year: row(result, period=year)["oldest_age"] for year in (2016, 2018, 2020, 2024)}
    assert (ages[2016], ages[2018], ages[2020]) == (2, 2, 2)
    assert np.isnan(ages[2024])
    used = result.details.query("code == @A and period == 2018").set_index("indicator")["used_period"]
    assert used.to_dict() == {"p1": 2020, "p2": 2018, "p3": 2016}


def test_without_the_pillars_own_spread_there_is_a_raw_mean_and_no_score():
    reference = {name: pair for name, pair in UNIT.items() if name != "pillar:fysiek"}
    own_row = row(score(everywhere({"p1": 1}), [entry("p1")], reference=reference))
    assert (own_row["raw"], own_row["reason"]) == (1, "insufficient")
    assert np.isnan(own_row["score"])


def test_an_area_without_any_figure_is_a_row_with_a_reason():
    result = score(everywhere({"p1": 1}), [entry("p1")], codes=pd.Index([*CODES, "WK001499"]))
    assert row(result, "WK001499")[["n_indicators", "reason"]].tolist() == [0, "insufficient"]


def test_a_better_reference_lowers_every_score_alike():
    rows = {(code, "p1", 2020): value for code, value in zip(CODES, (-1, 0, 0.5, 2), strict=True)}
    low = score(rows, [entry("p1")]).table["score"]
    high = score(rows, [entry("p1")], reference=UNIT | {"p1": (0.5, 1)}).table["score"]
    np.testing.assert_allclose(low - high, 15, atol=1e-12)  # .5 z of a pillar with sd .5; sums of doubles near 100


def test_frames_that_go_in_come_out_unchanged():
    frame, reference, people = observations(everywhere({"p1": 1})), moments(UNIT), inhabitants(CODES)
    before = frame.copy(), reference.copy(), people.copy()
    pillar_scores(frame, [entry("p1")], Reference(reference, Level.WIJK, people), [2020])
    pd.testing.assert_frame_equal(frame, before[0])
    pd.testing.assert_frame_equal(reference, before[1])
    pd.testing.assert_series_equal(people, before[2])


def test_an_empty_catalogue_and_an_empty_frame_are_no_error():
    assert score(everywhere({"p1": 1}), []).table.empty
    result = pillar_scores(observations({}), THREE, against(codes=()), [2020])
    assert result.table.empty


values = st.one_of(st.none(), st.floats(-1e6, 1e6))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(values, values, values), min_size=1, max_size=12))
def test_whatever_the_figures_scores_are_within_three_and_missing_is_never_zero(table):
    rows = {}
    for i, cells in enumerate(table):
        for name, value in zip(("p1", "p2", "p3"), cells, strict=True):
            rows[(f"WK0014{i:02d}", name, 2020)] = np.nan if value is None else value
    result = score(rows, THREE).table
    scored = result[result["score"].notna()]
    assert (scored["raw"].abs() <= 3).all()
    assert (3 * scored["n_indicators"] >= 2 * scored["n_expected"]).all()
    assert (result["n_indicators"] <= result["n_expected"]).all()
    assert (result["score"].isna() == result["reason"].notna()).all()
    assert result.loc[result["n_indicators"] == 0, "score"].isna().all()


@pytest.mark.parametrize(
    ("missing", "raw", "reason"), [(None, 2.0, None), ("p1", None, "insufficient"), ("p3", None, "insufficient")]
)
def test_a_set_scores_only_where_all_of_it_exists(missing, raw, reason):
    rows = everywhere({"p1": 1, "p2": 2, "p3": 3})
    if missing:
        rows[(A, missing, 2020)] = np.nan
    result = set_score(observations(rows), THREE, against(), [2020], "s")
    own_row = row(result)
    assert own_row["reason"] == reason
    assert own_row["n_expected"] == 3
    assert row(result, B)["score"] == 160  # the others keep theirs: 100 + 15 * 2 / .5
    if raw is None:
        assert np.isnan(own_row["raw"])
        assert own_row["n_indicators"] == 2
    else:
        assert own_row["raw"] == raw


def test_paths_take_only_years_in_which_the_whole_set_was_measured():
    rows = everywhere({"p1": 1, "p2": 1}, 2014) | everywhere({"p1": 1}, 2016) | everywhere({"p1": 1, "p2": 1}, 2018)
    entries = THREE[:2]
    years = (2014, 2016, 2018)
    result = set_score(observations(rows), entries, against(maximum_age=0), years, "s")
    assert result.table.groupby("period")["score"].count().to_dict() == {2014: 4, 2016: 0, 2018: 4}


def test_a_set_with_an_indicator_that_has_no_reference_scores_nobody():
    reference = {name: pair for name, pair in UNIT.items() if name != "p3"}
    rows = everywhere({"p1": 1, "p2": 1, "p3": 1})
    result = set_score(observations(rows), THREE, against(reference), [2020], "s")
    assert result.table["score"].isna().all()
    assert result.without_reference == ("p3",)
