"""A difference looked at in other ways, on panels in which it is known what comes out."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from tests import impact_worlds as worlds
from wijkdata.analysis.impact.conformal import conformal
from wijkdata.analysis.impact.effect import effect
from wijkdata.analysis.impact.judgement import Basis, Doubt, Draw, Feature, Known, Nothing, Scale, judge, rescaled
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.robust import Beside, Looks, bars, exaggeration, goes_on, looks

BEFORE, TIMES = 6, 10


def panel(treated=4, donors=60, added=0.0, seed=2, noise=0.2):
    rng = np.random.Generator(np.random.PCG64(seed))
    n = treated + donors
    outcome = rng.normal(size=(n, 1)) + np.sin(np.arange(TIMES)) + noise * rng.normal(size=(n, TIMES))
    outcome[:treated, BEFORE:] += added
    start = np.where(np.arange(n) < treated, BEFORE, TIMES)
    return Panel(outcome, tuple(f"W{row:02d}" for row in range(n)), tuple(range(2010, 2010 + TIMES)), start)


def changed(of, rows, columns, by):
    outcome = of.outcome.copy()
    outcome[rows, columns] += by
    return replace(of, outcome=outcome)


def test_without_each_area_and_each_measurement_is_what_those_give_by_themselves():
    made = panel(added=1.0)
    found = effect(made, "did", 0)
    own = looks(found, Beside(made.outcome[made.never], made.outcome[made.never]), fake=False)
    for row in range(4):
        kept = np.arange(64) != row
        assert own.areas[0, row] == pytest.approx(effect(made.rows(kept), "did", 0).estimate, abs=1e-12)
    for wave in range(TIMES):
        kept = np.arange(TIMES) != wave
        start = np.where(made.never, TIMES - 1, BEFORE - (wave < BEFORE))
        without = Panel(made.outcome[:, kept], made.units, tuple(np.array(made.times)[kept]), start)
        assert own.waves[0, wave] == pytest.approx(effect(without, "did", 0).estimate, abs=1e-12)


def test_an_effect_moves_every_look_by_as_much_and_the_course_before_not():
    one, other = panel(), panel(added=2.0)
    seen = [
        looks(effect(of, placebos=0), Beside(of.outcome[of.never], of.outcome[of.never]), fake=False)
        for of in (one, other)
    ]
    for name in ("estimate", "level", "waves", "areas"):
        assert getattr(seen[1], name) - getattr(seen[0], name) == pytest.approx(2.0, abs=1e-9)
    assert seen[1].trend == pytest.approx(seen[0].trend, abs=1e-9)


@pytest.mark.parametrize(("lasting", "share"), [(True, 1.0), (False, 0.0)])
def test_which_share_of_a_slope_goes_on(lasting, share):
    rng = np.random.Generator(np.random.PCG64(4))
    slopes = rng.normal(size=(500, 1)) * np.minimum(np.arange(TIMES), TIMES if lasting else BEFORE - 1)
    if not lasting:
        slopes[:, BEFORE:] = slopes[:, :BEFORE].mean(axis=1, keepdims=True)
    outcome = slopes + 0.1 * rng.normal(size=(500, TIMES))
    weights = np.full(BEFORE, 1 / BEFORE)
    kept, usual = goes_on(Beside(outcome, outcome), BEFORE, weights, (BEFORE + TIMES - 1) / 2 - (BEFORE - 1) / 2)
    assert kept == pytest.approx(share, abs=0.05) and abs(usual) < 0.1


JUDGED = {
    "a plain effect": (panel(added=1.0), Known(), ()),
    "one measurement": (changed(panel(), slice(0, 4), 7, 4.0), Known(), (Doubt.WAVE,)),
    "one area": (changed(panel(), 0, slice(BEFORE, None), 4.0), Known(), (Doubt.AREA,)),
    "a trend": (changed(panel(), slice(0, 4), slice(None), np.arange(TIMES) * 0.2), Known(), (Doubt.APART,)),
    "out of reach": (changed(panel(added=1.0), slice(0, 4), slice(None), 20.0), Known(), (Doubt.BEYOND,)),
    "one measurement after": (
        replace(panel(), start=np.where(np.arange(64) < 4, TIMES - 1, TIMES)), Known(), (Doubt.WAVE,),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", JUDGED)
def test_what_speaks_against_a_difference(name):
    made, known, expected = JUDGED[name]
    if name == "one measurement after":
        made = changed(made, slice(0, 4), TIMES - 1, 1.0)
    said = judge(made, known)
    assert said.differs and said.doubts[: len(expected)] == expected and bool(said.doubts) is bool(expected)


def test_areas_chosen_at_a_fall_that_lasts_or_does_not():
    fallen = changed(panel(), slice(0, 4), BEFORE - 1, -2.0)
    lasting = changed(fallen, slice(0, 4), slice(BEFORE, None), -2.0)
    for made in (fallen, lasting):
        said = judge(made, Known(selected=BEFORE - 1))
        robust = said.robust
        assert not (said.differs and not said.doubts)
        assert robust.with_selection is not None and robust.without_selection is not None
    # Without that measurement the fall that lasts looks like an effect, and it is one that both readings see.
    assert said.robust.without_selection == pytest.approx(-2, abs=0.3) and said.doubts[0] is Doubt.APART


def test_a_year_of_selection_that_cannot_be_missed_is_a_doubt():
    made = panel(added=1.0)
    start = np.where(made.never, made.n_times - 3, 3)
    short = Panel(made.outcome[:, 3:], made.units, made.times[3:], start)
    assert judge(short, Known(selected=2)).doubts[0] is Doubt.SELECTED


@pytest.mark.parametrize(("own", "outside", "doubted"), [(5.0, False, False), (11.0, True, False), (13.0, True, True)])
def test_how_far_outside_the_others_makes_a_doubt(own, outside, doubted):
    made = panel(added=1.0)
    density = Feature("dichtheid", np.where(made.never, np.linspace(0, 10, 64), own), room=2.0)
    said = judge(made, Known(features=(density,)))
    assert said.outside == (("dichtheid",) if outside else ())
    assert (Doubt.BEYOND in said.doubts) is doubted and (said.effect.inference.smallest_detectable is None) is doubted


@pytest.mark.parametrize(
    ("noise", "yardstick", "nothing"),
    [(0.2, 0.5, Nothing.SMALL), (0.2, 0.02, Nothing.UNSEEN), (2.0, 0.5, Nothing.UNSEEN)],
)
def test_no_difference_is_two_things(noise, yardstick, nothing):
    said = judge(panel(noise=noise), Known(yardstick=yardstick))
    assert not said.differs and said.nothing is nothing and said.yardstick == yardstick


def test_a_verdict_near_the_edge_takes_as_many_sets_as_make_it_stand():
    sets = [judge(panel(added=size)).effect.inference.placebos for size in (0.0, 0.12, 2.0)]
    assert sets[0] == sets[2] == 199 and sets[1] == 1999


def test_a_verdict_that_the_draw_may_turn_says_so():
    said = judge(panel(added=0.12), draw=Draw(placebos=199))
    assert said.on_edge and (not said.differs or Doubt.DRAW in said.doubts)
    assert not judge(panel(added=2.0), draw=Draw(placebos=199)).on_edge


@pytest.mark.parametrize(
    ("scale", "figures", "ends"),
    [
        (
            Scale.SHARE,
            [[0, 50, 90]],
            [np.log(5 / 95), 0, np.log(9)],
        ),  # 10 from the top is the smallest step, 5 half of it
        (Scale.SHARE, [[0.1, 0.5, 0.9]], [np.log(1 / 9), 0, np.log(9)]),
        (Scale.SHARE, [[0.5, 50, 101]], None),
        (Scale.COUNT, [[0, 1, 7]], [np.log(0.5), np.log(1.5), np.log(7.5)]),
        (Scale.COUNT, [[-1, 1, 7]], None),
        (Scale.LEVEL, [[1, 2, 3]], None),
    ],
)
def test_the_other_scale(scale, figures, ends):
    made = rescaled(np.array(figures, dtype=float), scale)
    assert made is None if ends is None else made[0] == pytest.approx(ends)


def test_conformal_p_values_are_even_where_nothing_happened_and_small_where_something_did():
    values = [conformal(panel(treated=1, donors=30, seed=seed))[0] for seed in range(60)]
    assert 0.3 < np.mean(values) < 0.7 and np.mean(np.array(values) <= 0.1) < 0.25


@pytest.mark.parametrize(("first", "ways"), [(0, 210), (2, 70 / 2)])  # 4 of 10 measurements, or 4 of 8 and their mirror
def test_the_smallest_p_value_that_so_few_measurements_allow(first, ways):
    made = panel(treated=1, donors=30, added=3.0)
    start = np.where(made.never, TIMES - first, BEFORE - first)
    p, possible = conformal(Panel(made.outcome[:, first:], made.units, made.times[first:], start))
    assert p == possible == pytest.approx(1 / ways)


def test_conformal_p_values_of_several_starts_rest_on_a_draw_with_a_seed():
    made = worlds.moved(worlds.staggered(worlds.generator(1)), 3.0).panel
    assert conformal(made, 1) == conformal(made, 1) and conformal(made, 1)[0] < 0.02


# Gelman and Carlin (2014): a difference of .1 with a standard error of 3.28 comes out 77 times too large, one of 2 with 8.1
# nine and a half times; with a power of 80 % (2.8 standard errors) hardly.
@pytest.mark.parametrize(
    ("size", "error", "times", "within"), [(0.1, 3.28, 77, 1), (2, 8.1, 9.5, 0.3), (2.8, 1.0, 1.13, 0.01)]
)
def test_how_much_too_large_a_difference_comes_out_that_is_called(size, error, times, within):
    normal = error * np.array([NormalDist().inv_cdf(p) for p in (np.arange(19_999) + 0.5) / 19_999])
    nothing = np.empty((len(normal), 0))
    placebos = Looks(normal, 0 * normal, normal, nothing, nothing)
    assert exaggeration(placebos, bars(placebos), size) == pytest.approx(times, abs=within)


@pytest.mark.parametrize(
    ("added", "aim", "basis", "much"),
    [(0.2, 0.12, Basis.AIM, True), (0.2, None, Basis.SPREAD, False), (2.0, None, Basis.MARGIN, False)],
)
def test_exaggeration_is_that_of_the_smallest_difference_worth_speaking_of_that_fits(added, aim, basis, much):
    said = judge(panel(added=added), Known(yardstick=aim))
    found = said.exaggeration
    assert said.differs and found.basis is basis and (found.times > 1.3) is much
    near = said.effect.inference.margin[0]
    assert found.size == pytest.approx(near if basis is Basis.MARGIN else said.yardstick)


def test_nothing_is_exaggerated_where_no_difference_is_called():
    assert judge(panel()).exaggeration is None
