"""No drawing of Activiteiten reads Dutch: an answer whose sentences mean nothing is drawn with the same layout."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.activity_examples import TODAY, record, saved, some
from tests.profile_examples import example
from tests.tokens import layout, tokenised
from tests.unit.views.activiteiten.test_coverage import NAN, answer, place, rate, weak
from wijkdata import catalogue
from wijkdata.questions.activiteiten import courses, detail, register
from wijkdata.questions.activiteiten.answer import Course, Coverage, Detail, Filters, Rate, RegisterAnswer
from wijkdata.views.activiteiten import course as course_view
from wijkdata.views.activiteiten import coverage as coverage_view
from wijkdata.views.activiteiten import detail as detail_view
from wijkdata.views.activiteiten import register as timeline
from wijkdata.views.activiteiten import words
from wijkdata.views.activiteiten.legend import legend
from wijkdata.views.shared.theme import LIGHT

CATALOGUE = catalogue.load()
LIVELY = {
    "start_planned": "01-03-2020",
    "start_actual": "15-03-2020",
    "end_actual": "01-03-2022",
    "status": "gestopt",
    "stop_reason": "Het geld was op.\nEn de tuin ook.",
    "cost_spent": "12.500",
}
ROWS = {
    "aim": [
        {
            "indicator": "lbm3_afw",
            "direction": "op",
            "size": "2",
            "judge_at": "2023-12-31",
            "recorded_at": "2020-01-01",
        },
        {"indicator": "lbm3_soc", "direction": "gelijk", "judge_at": "2023-12-31", "recorded_at": "2021-01-01"},
    ],
    "count": [{"date": "2021-01-01", "method": "geteld", "participants": 30}],
    "group": [
        {"date": "2021-01-01", "trait": "leeftijd", "class": "leeftijd_65", "number": "3"},
        {"date": "2021-01-01", "trait": "leeftijd", "class": "leeftijd_18_34", "number": "20"},
    ],
    "relation": [{"kind": "vervolg_op", "other": "weg"}],
    "outcome": [{"kind": "ontmoeting", "description": "Buren kennen elkaar.", "since": "2021-01-01"}],
}


@pytest.fixture(scope="module")
def register_answer(tmp_path_factory: pytest.TempPathFactory) -> RegisterAnswer:
    stored = saved(tmp_path_factory.mktemp("register"), *some())
    return register.register_of(stored, None, CATALOGUE, Filters("GM0599"), 1, TODAY)


@pytest.fixture(scope="module", params=["lively", "bare"])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Detail:
    directory = tmp_path_factory.mktemp("verhaal")
    one = record("een", rows=ROWS, **LIVELY) if request.param == "lively" else record("een")
    saved(directory, one)
    stored = saved(directory, replace(one, version=1, values={**one.values, "title": "een andere naam"}))
    return detail.detail(stored, None, CATALOGUE, "een")


@pytest.fixture(scope="module", params=["over", "running", "called off"])
def course(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Course:
    monitor = example(tmp_path_factory.mktemp("cijfers"))
    values = {
        "over": {"status": "afgerond", "end_actual": "2019-07-01"},
        "running": {"status": "loopt"},
        "called off": {"status": "afgelast", "stop_reason": "Geen belangstelling."},
    }[request.param]
    one = record("doel", rows={"aim": ROWS["aim"][:1]}, start_planned="2016-07-01", **values)
    stored = saved(tmp_path_factory.mktemp("doel"), one)
    return courses.courses(stored, monitor, CATALOGUE, "doel", TODAY).lines[0]


@pytest.mark.parametrize("view", [timeline.wide, timeline.phone])
def test_the_timeline(register_answer: RegisterAnswer, view: Callable[..., Any]) -> None:
    def drawn(one: RegisterAnswer) -> Any:
        return layout(view(one, LIGHT).to_dict())

    assert drawn(tokenised(register_answer)) == drawn(register_answer)
    assert len(drawn(register_answer)["datasets"]["heads"]) == 4


def test_the_legend(register_answer: RegisterAnswer) -> None:
    assert layout(legend(tokenised(register_answer))) == layout(legend(register_answer))
    assert [mark for mark, _ in legend(tokenised(register_answer))] == [mark for mark, _ in legend(register_answer)]


@pytest.mark.parametrize(
    "draw",
    [
        detail_view.facts,
        detail_view.when,
        detail_view.costs,
        detail_view.evidence,
        detail_view.links,
        lambda one: detail_view.aims(one.aims),
        lambda one: detail_view.history(one.history),
        lambda one: detail_view.counts(one.record.rows.get("count", ())),
        lambda one: detail_view.groups(one.record.rows.get("group", ())),
        lambda one: detail_view.rows_of("outcome", one.record.rows.get("outcome", ())),
    ],
)
def test_the_story_of_an_activity(story: Detail, draw: Callable[[Detail], str]) -> None:
    assert layout(draw(tokenised(story))) == layout(draw(story))


def test_a_hidden_group_and_an_unknown_amount_are_in_the_story(story: Detail) -> None:
    """The story above has what could be read from a word: otherwise the test shows nothing."""
    if story.history[0].changes and story.record.rows.get("group"):
        assert "verborgen" in detail_view.groups(story.record.rows["group"])
    assert "wd-unknown" in detail_view.costs(story)


def test_the_course_of_a_figure(course: Course) -> None:
    for draw in (lambda one: course_view.chart(one, LIGHT).to_dict(), course_view.table):
        assert layout(draw(tokenised(course))) == layout(draw(course))


ANSWERS = [
    answer(),
    answer(place("een wijk", weak()), place("twee", weak(running=1)), place("drie", running=2), place("vier")),
    answer(
        place("een wijk", weak(wide=("De buurtbus rijdt",)), weak(96.0, falling=True, change=-6.0, since=2014)),
        place("zonder cijfers", judged=False),
        wide=1,
        no_pillar=2,
    ),
]


@pytest.mark.parametrize("one", ANSWERS)
@pytest.mark.parametrize(
    "draw",
    [
        coverage_view.grid,
        lambda one: coverage_view.steps(one, LIGHT).to_dict(),
        coverage_view.areas_table,
        coverage_view.steps_table,
        coverage_view.reach_table,
        coverage_view.detail_table,
        lambda one: [words.gap_text(area, one.limit) for area in one.gaps],
        lambda one: [words.share_text(share) for share in one.shares],
        lambda one: [words.group_text(one), words.cost_text(one), words.grid_source(one).text],
    ],
)
def test_coverage(one: Coverage, draw: Callable[[Coverage], Any]) -> None:
    assert layout(draw(tokenised(one))) == layout(draw(one))


@pytest.mark.parametrize("one", [rate(2.0, NAN, 3.0), rate(1.0, 2.0, line=20)])
def test_a_rate_per_year(one: Rate) -> None:
    def drawn(some: Rate) -> Any:
        return layout(coverage_view.rate(some, LIGHT).to_dict())

    assert drawn(tokenised(one)) == drawn(one)


def test_the_table_of_the_register_has_the_words_of_its_groups(register_answer: RegisterAnswer) -> None:
    table = register.table(register_answer, {}, CATALOGUE)
    assert set(table["Stand"]) == {"Loopt nu", "Komt nog", "Voorbij", "Idee of afgelast"}
    assert register_answer.today == TODAY and isinstance(register_answer.low, date)
