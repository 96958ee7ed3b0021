"""Before it starts, on the example: what can be seen, what it takes, why nothing can be said, and what was kept."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from wijkdata import catalogue
from wijkdata.errors import NotFoundError, WijkdataError
from wijkdata.loading.activities import register
from wijkdata.questions.voor_en_na import aims as voor_en_na_aims
from wijkdata.questions.voor_en_na import plan_words, planning
from wijkdata.questions.voor_en_na.answer import ACTIVITY, Aimed, Visible, Wanted
from wijkdata.record.aims import Plan as Kept
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers

CATALOGUE, TODAY, BEGUN = catalogue.load(), date(2026, 11, 29), date(2027, 10, 1)
PLANNED, TOPIC, ROLE = Wanted(ACTIVITY, "VB-42"), "vertrouwen", "beleidsadviseur"


@pytest.fixture(scope="module")
def directory(example_data, tmp_path_factory):
    return shutil.copytree(example_data, tmp_path_factory.mktemp("vooraf") / "data")


def ask(directory, wanted=PLANNED, topic=TOPIC, today=TODAY):
    return planning.plan(registers.current(directory), versions.require(directory), CATALOGUE, wanted, topic, today)


@pytest.fixture(scope="module")
def plan(directory):
    return ask(directory)


def test_it_says_what_can_be_seen_after_each_measurement_with_the_planned_and_with_more_areas(plan):
    assert [(one.areas, one.measurements) for one in plan.visible] == [(n, k) for n in (1, 2, 5, 10) for k in (1, 2, 4)]
    sizes = {(one.areas, one.measurements): one.size for one in plan.visible}
    assert sizes[10, 2] < sizes[5, 2] < sizes[1, 2]
    assert (plan.refusal, plan.why_not_kept, plan.aim.size) == (None, "", 2)
    assert len(plan.compared) == plan.source.compared >= 19
    assert "WK970101" not in {area.code for area in plan.compared}, "the planned area itself"


def test_the_figures_of_its_pillars_and_aims_are_listed_and_that_of_the_aim_first(plan):
    first = plan.to_measure[0]
    assert (first.label, first.aimed, first.years[-1]) == ("Vertrouwen in buurtgenoten", True, 2024)
    assert {row.pillar for row in plan.to_measure} == {"Collectieve weerbaarheid", "Sociaal-economisch perspectief"}


@pytest.mark.parametrize(
    ("wanted", "topic", "key"),
    [(PLANNED, "lbm2_klasse", "no_figures"), (Wanted(ACTIVITY, "VB-41"), "lbm3_fys", "contains_itself")],
)
def test_why_nothing_can_be_said(wanted, topic, key, directory):
    plan = ask(directory, wanted, topic)
    assert (plan.refusal.key, plan.visible) == (key, ())
    assert plan.title.endswith("is vooraf niet te berekenen")


@pytest.mark.parametrize("id", ["VB-01", "VB-15", "VB-18", "VB-99"])
def test_what_began_was_called_off_or_is_an_idea_has_no_plan(id, directory):
    with pytest.raises(NotFoundError):
        ask(directory, Wanted(ACTIVITY, id))


@pytest.mark.parametrize(
    ("topic", "today", "why"), [("lbm3_score", TODAY, plan_words.NO_AIM), (TOPIC, BEGUN, plan_words.BEGUN)]
)
def test_why_it_cannot_be_kept(topic, today, why, directory):
    assert ask(directory, topic=topic, today=today).why_not_kept == why


def seen(*sizes):
    """Of one planned area and of five, after one, two and four measurements; the third of these years is 2032."""
    numbers = [(areas, after) for areas in (1, 5) for after in (1, 2, 4)]
    years = {1: 2029, 2: 2030, 4: 2032}
    return tuple(Visible(*pair, size, years[pair[1]]) for pair, size in zip(numbers, sizes, strict=True))


@pytest.mark.parametrize(
    ("sizes", "goal", "title", "lead"),
    [
        ((3, 2, 1, 2, 1, 0.5), None, "is na twee metingen een verschil van 2,0 procentpunt te zien", "die van 2030"),
        ((3, 2, 1, 2, 1, 0.5), 2.5, "is het doel van 2,5 procentpunt na twee metingen te zien", "die van 2030"),
        ((3, 2, 1, 2, 1, 0.5), 1.5, "is het doel van 1,5 procentpunt na vier metingen te zien", "die van 2032"),
        ((3, 2, 1, 2, 1, 0.5), 0.75, "0,8 procentpunt, het doel, na vier metingen niet te zien", "5 wijken en vier metingen nodig"),
        ((3, 2, 1, 2, 1, 0.5), 0.25, "het doel, na vier metingen niet te zien", "Ook met 5 wijken en vier metingen"),
        ((3, 2, None, 2, 1, None), 1.5, "na twee metingen niet te zien", "5 wijken en twee metingen nodig, met de meting van 2030"),
        ((3, None, None, 2, None, None), 4, "na één meting te zien", "De eerste meting na de start is die van 2029"),
        ((None,) * 6, 4, "is geen enkel verschil zonder twijfel te zien", ""),
    ],
)  # fmt: skip
def test_title_and_lead(sizes, goal, title, lead, plan):
    aim = None if goal is None else Aimed(goal, "Omhoog", None)
    made = replace(plan, visible=seen(*sizes), aim=aim)
    assert title in plan_words.title(made) and len(plan_words.title(made)) <= 90
    assert lead in plan_words.lead(made)
    assert len(plan_words.short(made)) <= 45


def test_it_is_kept_frozen_and_held_against_what_came(directory, tmp_path):
    here = shutil.copytree(directory, tmp_path / "data")
    register.keep_plan(here, "VB-42", Kept(TOPIC, {1: 5.0, 2: 4.0, 4: None}, 49), ROLE, TODAY)
    assert ask(here).aim.kept.seen == ((1, 5.0), (2, 4.0))
    with pytest.raises(WijkdataError, match="is begonnen"):
        register.keep_plan(here, "VB-42", Kept(TOPIC, {1: 0.1}, 49), ROLE, BEGUN)

    def line(result):
        (aim,) = voor_en_na_aims.aims(
            registers.current(here), versions.require(here), CATALOGUE, "VB-42", voor_en_na_aims.Result(*result)
        )
        return aim.planned

    kept = "Vooraf berekend op 29 november 2026: te zien vanaf"
    assert line((TOPIC, None, None)) == f"{kept} 5,0 na één meting en 4,0 na twee metingen."
    assert line((TOPIC, 1.3, 2.0, 1)) == f"{kept} 5,0 na één meting; gevonden +1,3."
    assert line((TOPIC, -6.0, 2.0, 3)) == f"{kept} 4,0 na twee metingen; gevonden −6,0."
    assert line(("lbm3_score", 1.25, 2.0, 3)) == f"{kept} 5,0 na één meting en 4,0 na twee metingen."
