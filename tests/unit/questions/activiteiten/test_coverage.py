"""Coverage: what is a gap, what counts as an activity there, and that unknown and hidden never become a number."""

import math
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.activity_examples import TODAY, record, saved
from tests.overview_examples import course, monitor_of
from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.questions.activiteiten import coverage as activiteiten_coverage
from wijkdata.questions.activiteiten.answer import Coverage, Scope
from wijkdata.questions.activiteiten.coverage import coverage
from wijkdata.questions.overzicht import activities as overzicht_activities
from wijkdata.questions.shared import activities as shared_activities
from wijkdata.questions.shared import counts as activiteiten_counts
from wijkdata.questions.shared import weak_pillars
from wijkdata.questions.shared.answer import AreaCoverage
from wijkdata.questions.wijkprofiel import activities as wijkprofiel_activities
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

HOME = "GM0599"
# Resilience fell; nothing is wrong; everything is weak; too few residents for a score; weak, with a buurt in it.
FALLS, FINE, WEAK, SMALL, COVERED = (f"WK05990{n}" for n in range(1, 6))


@pytest.fixture(scope="module")
def monitor(tmp_path_factory: pytest.TempPathFactory) -> Monitor:
    rows = course(FALLS, {2014: (0, 0.5), 2018: (0, 0.4), 2022: (0, 0)}) + course(FINE, {2014: (0, 0), 2022: (0, 0.1)})
    rows += course(WEAK, {2014: (0, 0), 2018: (-3, -3), 2022: (-3, -3)})
    rows += course(SMALL, {2022: (-3, -3)}, inhabitants=400) + course(COVERED, {2022: (0, -3)})
    # Elsewhere nothing happens, so that what happens here is more than usual.
    for n in range(1, 90):
        rows += course(f"WK0014{n:02d}", {2014: (0, 0), 2018: (0, 0), 2022: (0, 0)})
    rows += [(HOME, "inwoners", 2022, 20000), (HOME, "65_plus", 2022, 20), ("WK001400", "inwoners", 2022, 5000)]
    return monitor_of(tmp_path_factory.mktemp("dekking"), rows)


def asked(monitor: Monitor, register: Register, **years: int) -> Coverage:
    return coverage(register, monitor, load(), Scope(HOME, Level.WIJK, **years), TODAY)


def area(answer: Coverage, code: str) -> AreaCoverage:
    return next(one for one in answer.areas if one.code == code)


def test_weak_and_falling_by_the_limits_of_overzicht(monitor: Monitor) -> None:
    rows = weak_pillars.judged(monitor, Level.WIJK, HOME).set_index(["code", "pillar"])
    falls = rows.loc[(FALLS, "weerbaarheid")]
    assert (falls["low"], falls["falling"], falls["since"]) == (False, True, 2014)
    weak = rows.loc[(WEAK, "weerbaarheid")]
    assert (weak["low"], weak["falling"], weak["since_low"], weak["period"]) == (True, True, 2018, 2022)
    assert not rows.loc[(FINE, "weerbaarheid"), ["low", "falling"]].any()
    alone = rows.loc[(COVERED, "weerbaarheid")]
    assert alone["low"] and not alone["falling"] and math.isnan(alone["change"]), "one year is no fall"
    assert SMALL not in rows.index.get_level_values(0)


@pytest.mark.parametrize(
    ("what", "activities", "gaps", "wide"),
    [
        ("nothing recorded", [], [WEAK, COVERED, FALLS], 0),
        ("the right pillar", [record("a", (COVERED,), "weerbaarheid")], [WEAK, FALLS], 0),
        ("in a buurt of it", [record("a", ("BU05990501",), "weerbaarheid")], [WEAK, FALLS], 0),
        ("another pillar", [record("a", (COVERED,), "fysiek")], [WEAK, COVERED, FALLS], 0),
        ("whole gemeente", [record("a", (HOME,), "weerbaarheid")], [WEAK, COVERED, FALLS], 1),
        ("an idea", [record("a", (COVERED,), "weerbaarheid", status="idee")], [WEAK, COVERED, FALLS], 0),
        (
            "over",
            [record("a", (COVERED,), "weerbaarheid", status="afgerond", end_actual="1-1-2021")],
            [WEAK, COVERED, FALLS],
            0,
        ),
        (
            "not yet",
            [record("a", (COVERED,), "weerbaarheid", status="gepland", start_planned="1-1-2027")],
            [WEAK, COVERED, FALLS],
            0,
        ),
        ("one of four weak pillars", [record("a", (WEAK,), "weerbaarheid")], [WEAK, COVERED, FALLS], 0),
    ],
)
def test_a_gap_is_a_weak_pillar_without_an_activity_of_the_area_itself_now(
    monitor: Monitor, tmp_path: Path, what: str, activities: list, gaps: list[str], wide: int
) -> None:
    answer = asked(monitor, saved(tmp_path, *activities))
    assert {one.code for one in answer.gaps} == set(gaps), what
    assert answer.wide == wide
    n = len(gaps)
    assert answer.grid[0] == n and answer.grid[1] == 3 - n and sum(answer.grid) == 4
    assert [one.code for one in answer.unjudged] == [SMALL]
    assert [one.reason for one in answer.unjudged] == ["few_residents"]
    titles = {title for one in area(answer, COVERED).weak for title in one.wide}
    assert titles == ({"a"} if wide else set()), "the whole gemeente is told apart"


def test_the_lowest_score_stands_first(monitor: Monitor, tmp_path: Path) -> None:
    gaps = asked(monitor, saved(tmp_path)).gaps
    lowest = [min(one.score for one in area.without) for area in gaps]
    assert lowest == sorted(lowest) and gaps[-1].code == FALLS


def test_what_reaches_an_area_is_what_belongs_to_it(monitor: Monitor, tmp_path: Path) -> None:
    named = [(FALLS,), ("BU05990501",), (HOME,), (WEAK, COVERED), ("WK001400",), (HOME, FINE)]
    register = saved(tmp_path, *(record(f"n{place}", areas) for place, areas in enumerate(named)))
    answer = asked(monitor, register)
    for one in answer.areas:
        here = shared_activities.in_area(register, one.code)["areas"]
        own = [set(areas) - {HOME} for areas in here if shared_activities.belongs(tuple(set(areas) - {HOME}), one.code)]
        assert one.running == len(own), one.code


def count(day: str, method: str = "geteld", **numbers: float) -> dict[str, object]:
    return {"date": day, "method": method, **numbers}


def test_a_gathering_counts_once_and_an_unknown_number_is_no_zero(tmp_path: Path) -> None:
    counts = [
        count("1-5-2024", "geschat", participants=80, active=9),
        count("1-5-2024", participants=50),
        count("1-6-2024", participants=30, active=4),
        count("1-6-2025", volunteer_hours=5),
    ]
    register = saved(tmp_path, record("a", rows={"count": counts}))
    found = activiteiten_counts.per_year(register).loc["a"]
    assert found.loc[2024, "participants"] == 80, "counted goes before estimated: 50 + 30"
    assert found.loc[2024, "active"] == 9, (
        "the estimate stands in where nobody counted, and the highest of the year counts"
    )
    assert math.isnan(found.loc[2025, "participants"]) and found.loc[2025, "volunteer_hours"] == 5


def test_rates_per_inhabitant_with_their_unknowns(monitor: Monitor, tmp_path: Path) -> None:
    rows = {"count": [count("1-5-2024", participants=50, active=4000), count("1-5-2025", participants=0)]}
    register = saved(tmp_path, record("a", rows=rows), record("b"), record("c", start_planned="1-1-2026"))
    participants, hours, active = asked(monitor, register, first=2023, last=2026).rates
    points = participants.points.set_index("year")
    assert points["value"].round(3).to_dict() == pytest.approx(
        {2023: math.nan, 2024: 2.5, 2025: 0, 2026: math.nan}, nan_ok=True
    )
    assert points["unknown"].to_dict() == {2023: 2, 2024: 1, 2025: 1, 2026: 3}
    assert hours.last is None and participants.note == "kan dubbel tellen"
    assert active.points.set_index("year").at[2024, "value"] == 20 and active.line == 20
    assert participants.last["year"] == 2025, "the newest year that is over"


def test_shares_count_what_is_known(monitor: Monitor, tmp_path: Path) -> None:
    aim = {"indicator": "lbm3_soc", "direction": "op", "judge_at": "1-1-2027"}
    told = [{"kind": "ontmoeting", "description": "Men kent elkaar.", "told_back": answer} for answer in ("nee", "ja")]
    register = saved(
        tmp_path,
        record("ja", rows={"outcome": told, "aim": [aim]}),
        record("nee", rows={"outcome": told[:1]}, initiator="gemeente"),
        record("leeg", rows={"outcome": [{**told[0], "told_back": ""}]}),
        today=date(2020, 2, 1),
    )
    late = record("laat", rows={"aim": [aim]})
    register = saved(register.directory, late, today=date(2021, 1, 1))
    residents, frozen, back = asked(monitor, register).shares
    assert (residents.yes, residents.known, residents.unknown) == (3, 4, 0)
    assert (frozen.yes, frozen.known) == (1, 4), "an aim of after the start is not from before it"
    assert (back.yes, back.known, back.unknown) == (1, 2, 2), "not filled in is not no"


def ages(*numbers: object) -> list[dict[str, object]]:
    names = ("leeftijd_0_17", "leeftijd_18_34", "leeftijd_35_64", "leeftijd_65")
    known = zip(names, numbers, strict=False)
    return [{"date": "1-5-2024", "trait": "leeftijd", "class": name, "number": n} for name, n in known]


@pytest.mark.parametrize(
    ("groups", "counted", "hidden", "partial", "ratio"),
    [
        (ages(10, 20, 50, 40), 1, 0, 0, 0.5),  # 80 of 16.000 others, 40 of 4.000 older: 5 against 10 per 1.000
        (ages(3, 20, 50, 40), 0, 1, 0, math.nan),  # below 5: the whole counting is left out
        (ages(10, 20, 50), 0, 0, 1, math.nan),  # a group is missing: unknown, not nobody
        (ages(10, 20, 50, 0), 1, 0, 0, 0.0),
        ([], 0, 0, 0, math.nan),
    ],
)
def test_reach_per_group_only_over_what_is_known(
    monitor: Monitor, tmp_path: Path, groups: list, counted: int, hidden: int, partial: int, ratio: float
) -> None:
    found = asked(monitor, saved(tmp_path, record("a", rows={"group": groups}))).groups
    assert (found.counted, found.hidden, found.partial) == (counted, hidden, partial)
    assert found.ratio == pytest.approx(ratio, nan_ok=True)


def test_a_trait_without_inhabitants_in_the_figures_is_named(monitor: Monitor, tmp_path: Path) -> None:
    group = {"date": "1-5-2024", "trait": "geslacht", "class": "geslacht_vrouw", "number": 20}
    assert asked(monitor, saved(tmp_path, record("a", rows={"group": [group]}))).groups.not_in_figures == ("geslacht",)


def test_cost_per_participant_only_where_both_are_known(monitor: Monitor, tmp_path: Path) -> None:
    people = {"count": [count("1-5-2024", participants=50)]}
    register = saved(
        tmp_path,
        record("beide", rows=people, cost_spent="1.000"),
        record("gratis", rows=people, cost_spent="0"),
        record("geen bedrag", rows=people),
        record("niet geteld", cost_spent="900"),
        record("niemand", rows={"count": [count("1-5-2024", participants=0)]}, cost_spent="100"),
    )
    found = asked(monitor, register).costs
    assert (found.per_participant, found.known, found.without_cost, found.without_participants) == (10, 2, 1, 2)


def test_nothing_recorded_is_an_answer_too(monitor: Monitor, tmp_path: Path) -> None:
    answer = asked(monitor, saved(tmp_path))
    assert (answer.n_ever, answer.n, answer.running) == (0, 0, 0)
    assert answer.steps["n"].sum() == 0 and answer.steps["share"].isna().all()
    assert math.isnan(answer.costs.per_participant)
    without_figures = coverage(saved(tmp_path), None, load(), Scope(HOME, Level.WIJK), TODAY)
    assert without_figures.areas == () and without_figures.rates == ()


def test_the_years_one_can_choose_begin_with_the_first_activity(monitor: Monitor, tmp_path: Path) -> None:
    register = saved(tmp_path, record("oud", start_planned="1-1-2009"))
    years = activiteiten_coverage.years(register, monitor, load(), HOME)
    assert years[0] == 2009 and years[-1] == date.today().year
    assert activiteiten_coverage.years(register, monitor, load(), "GM0014")[0] == date.today().year - 4


def test_overzicht_is_told_what_runs_and_what_starts_or_stops_soon(monitor: Monitor, tmp_path: Path) -> None:
    register = saved(
        tmp_path,
        record("loopt", (COVERED,), "weerbaarheid"),
        record("stopt", (FINE,), end_planned="31-12-2026"),
        record("stopt later", (FINE,), end_planned="1-6-2027"),
        record("start", (FALLS,), status="gepland", start_planned="1-1-2027"),
        record("start later", (FALLS,), status="gepland", start_planned="1-6-2027"),
        record("afgelast", (FALLS,), status="afgelast", stop_reason="geen animo", start_planned="1-1-2027"),
        record("overal", (HOME,)),
    )
    now = overzicht_activities.now(register, monitor, load(), HOME, "wijk", TODAY)
    assert now is not None
    assert (now.running, now.wide, now.problems, len(now.gaps)) == (4, 1, 3, 2)
    assert [(one.title, one.stops) for one in now.soon] == [("stopt", True), ("start", False)]
    assert dict(now.per_pillar)["Collectieve weerbaarheid"] == 1
    assert overzicht_activities.now(register, monitor, load(), "GM0014", "wijk", TODAY) is None


def test_a_profile_is_told_what_was_done_here_and_what_everywhere(monitor: Monitor, tmp_path: Path) -> None:
    register = saved(
        tmp_path, record("hier", (WEAK,)), record("overal", (HOME,)), record("idee", (WEAK,), status="idee")
    )
    spans = wijkprofiel_activities.around(register, monitor, load(), WEAK, TODAY).spans
    assert [(one.title, one.wide, one.running) for one in spans] == [("hier", False, True), ("overal", True, True)]
    assert spans[0].begin == pytest.approx(2020.164, abs=0.003) and math.isnan(spans[0].end)
    line = wijkprofiel_activities.line(register, monitor, load(), WEAK, "lbm3_soc", TODAY)
    assert line.local == spans and isinstance(line.points, pd.DataFrame)
