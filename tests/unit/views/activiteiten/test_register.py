"""The timeline, the course of a figure and the story of an activity: what is drawn, and what is never drawn."""

import math
from datetime import date

import pytest

from tests.activity_examples import TODAY, record, saved, some
from tests.profile_examples import example
from wijkdata import catalogue
from wijkdata.questions.activiteiten import courses
from wijkdata.questions.activiteiten import detail as activiteiten_detail
from wijkdata.questions.activiteiten import register as activiteiten_register
from wijkdata.questions.activiteiten.answer import Filters
from wijkdata.views.activiteiten import course as course_view
from wijkdata.views.activiteiten import detail as story
from wijkdata.views.activiteiten import register as timeline
from wijkdata.views.activiteiten.legend import legend
from wijkdata.views.shared.theme import DARK, LIGHT

CATALOGUE = catalogue.load()
DAY = 86_400_000


def register_answer(register, **chosen):
    return activiteiten_register.register_of(register, None, CATALOGUE, Filters("GM0599", **chosen), 1, TODAY)


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    return saved(tmp_path_factory.mktemp("register"), *some())


def drawn(register, view=timeline.wide, theme=LIGHT, **chosen):
    spec = view(register_answer(register, **chosen), theme).to_dict()
    return {row["id"]: row for row in spec["datasets"]["rows"]}, spec


def day(stamp):
    return date.fromordinal(date(1970, 1, 1).toordinal() + round(stamp / DAY))


@pytest.mark.parametrize("view", [timeline.wide, timeline.phone])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_activity_has_a_row_that_can_be_clicked(register, view, theme):
    rows, spec = drawn(register, view, theme)
    assert len(rows) == 8
    assert [param["name"] for layer in spec["layer"] for param in layer.get("params", [])] or spec.get("params")
    assert timeline.PICK in str(spec)


def test_what_runs_ends_today_and_fades(register):
    row = drawn(register)[0]["loopt"]
    assert (day(row["a"]), day(row["b"])) == (date(2020, 3, 1), TODAY)
    assert row["o"] == 1 and row["f"] == "run"


def test_what_never_ran_or_must_begin_has_only_its_plan(register):
    rows, _ = drawn(register)
    for name in ("komt", "idee"):
        assert "pa" in rows[name] and "a" not in rows[name] and "ua" not in rows[name]


def test_dates_known_by_year_leave_only_the_sure_part_whole(register):
    row = drawn(register)[0]["voorbij"]
    assert (day(row["ua"]), day(row["ub"])) == (date(2015, 1, 1), date(2016, 6, 30))
    assert day(row["a"]) == date(2015, 12, 31)


def test_a_finished_one_without_an_end_is_no_bar_until_today(register):
    row = drawn(register)[0]["open"]
    assert "a" not in row and day(row["ub"]) < date(2018, 6, 1)


def test_a_period_cuts_the_bars_off(register):
    rows, _ = drawn(register, first=2022, last=2024)
    low, high = date(2022, 1, 1), date(2024, 12, 31)
    for row in rows.values():
        for name in ("pa", "pb", "ua", "ub", "a", "b"):
            assert name not in row or low <= day(row[name]) <= high
    assert "o" not in rows["loopt"]  # the cut is no open end


def test_the_legend_names_only_what_is_drawn(register):
    def names(**chosen):
        return [text for _, text in legend(register_answer(register, **chosen))]

    assert "stopt binnenkort" in names() and "voorbij" in names()
    assert "stopt binnenkort" not in names(statuses=("gepland",))


def test_presenting_draws_what_fits(tmp_path):
    from dataclasses import replace

    register = saved(tmp_path, *(record(f"nummer {number}") for number in range(30)))
    spec = timeline.wide(register_answer(register), replace(LIGHT, k=1.55)).to_dict()
    assert len(spec["datasets"]["rows"]) == timeline.MOST_PRESENTED


def test_invented_activities_say_so_in_the_drawing(tmp_path):
    from dataclasses import replace

    register = saved(tmp_path, record("een", areas=("WK970101",)))
    answer = activiteiten_register.register_of(register, None, CATALOGUE, Filters("GM9701"), 1, TODAY)
    assert answer.fictional
    assert "fictief" in str(timeline.wide(answer, replace(LIGHT, fictional=True)).to_dict())


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    monitor = example(tmp_path_factory.mktemp("cijfers"))
    aim = {"indicator": "lbm3_afw", "direction": "op", "judge_at": "2023-12-31"}
    values = {"start_planned": "2016-07-01", "status": "afgerond", "end_actual": "2019-07-01"}
    register = saved(tmp_path_factory.mktemp("doel"), record("doel", rows={"aim": [aim]}, **values))
    return courses.courses(register, monitor, CATALOGUE, "doel", TODAY).lines[0]


def test_the_period_stands_behind_three_named_lines(course):
    spec = course_view.chart(course, LIGHT).to_dict()
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks[0] == "rect" and marks.count("line") == 3
    text = str(spec)
    assert "periode van de activiteit" in text and "gelijkend" in text and "WK059910" in text


def test_an_activity_that_never_ran_has_no_band(course):
    from dataclasses import replace

    spec = course_view.chart(replace(course, begin=math.nan), LIGHT).to_dict()
    assert "rect" not in [layer["mark"]["type"] for layer in spec["layer"]]


def test_the_table_and_the_words_hold_what_is_drawn(course):
    assert list(course_view.table(course)["Jaar"]) == ["2014", "2018", "2022"]
    assert "begon in 2016 en eindigde in 2019" in course_view.description(course)
    assert "Eenheid:" in course_view.source(course).text and "vergelijkbaar" in course_view.source(course).text.lower()


def told(tmp_path, **values):
    register = saved(tmp_path, record("een", **values))
    return activiteiten_detail.detail(register, None, CATALOGUE, "een")


def test_unknown_is_said_and_zero_is_zero(tmp_path):
    detail = told(tmp_path, cost_asked="0", cost_spent="12.500")
    costs = story.costs(detail)
    assert "Aangevraagd</th><td>0" in costs and "12.500" in costs
    assert "Toegekend</th><td><span" in costs and "onbekend" in costs


def test_counts_are_never_added_up_and_say_so():
    rows = [
        {"date": date(2021, 1, 1), "method": "geteld", "participants": 30, "visits": 0},
        {"date": date(2022, 1, 1), "method": "geschat", "participants": 20, "visits": None},
    ]
    html = story.counts(rows)
    assert "kan dubbel tellen" in html and "50" not in html
    assert ">0<" in html and "onbekend" in html and "Niet geteld, dus onbekend: nieuwe deelnemers" in html


@pytest.mark.parametrize(
    ("number", "shown"), [("<5", "minder dan 5"), ("verborgen", "verborgen"), (0, "<td>0<"), (7, "<td>7<")]
)
def test_a_hidden_group_is_never_a_number(number, shown):
    html = story.groups([{"date": date(2021, 1, 1), "trait": "leeftijd", "class": "leeftijd_65", "number": number}])
    assert shown in html


def test_text_of_people_is_text(tmp_path):
    detail = told(
        tmp_path, title="<script>alert(1)</script>", stop_reason="<b>klaar</b>", source_link='https://x.nl/?a="b'
    )
    for html in (story.when(detail), story.evidence(detail), story.facts(detail)):
        assert "<script" not in html and "<b>" not in html and 'a="b' not in html
