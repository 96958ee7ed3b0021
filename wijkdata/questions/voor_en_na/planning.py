"""Before it starts: which difference will be seen, after how many measurements, in how many areas."""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from wijkdata.analysis.impact.candidates import LeftOut
from wijkdata.analysis.impact.judgement import reach
from wijkdata.analysis.impact.planning import Past, possible, smallest_seen
from wijkdata.areas import municipality_of
from wijkdata.catalogue import Catalogue, Indicator, Role
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import activities, places, topics
from wijkdata.questions.shared.answer import Refusal
from wijkdata.questions.voor_en_na import plan_words, pool, question, refusals, sections, subjects
from wijkdata.questions.voor_en_na.answer import (
    Aimed,
    ComparedArea,
    LeftOutCount,
    Plan,
    Request,
    ToMeasure,
    Visible,
    Wanted,
)
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.known import known
from wijkdata.questions.voor_en_na.measurements import LEFT_OUT_TEXTS
from wijkdata.questions.voor_en_na.pool import DonorPool
from wijkdata.record import aims
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation import registers
from wijkdata.store.participation.registers import Register

MEASUREMENTS = tuple(aims.SEEN)
# Other numbers of areas than the planned, to see what more of them would bring.
NUMBERS = (1, 2, 5, 10)


def plan(
    register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted, topic_id: str, today: date
) -> Plan:
    """What will be seen of a planned activity on a topic, or why that cannot be said. Raises NotFoundError."""
    case = _case(register, monitor, wanted, topic_id)
    also_treated = pool.elsewhere(
        register, monitor, case.intervention, topic_id, case.figures.years or (case.first_after,)
    )
    refusal = refusals.before_planning(case)
    donors = pool.pool(monitor, case, also_treated) if refusal is None else None
    if donors is not None:
        refusal = _no_comparison(register, case, donors)
    aim, source = aim_of(register, wanted.id, topic_id), sections.source(monitor, catalogue, case, None)
    answer = Plan(
        intervention=case.intervention,
        topic=case.topic,
        title="",
        text="",
        description="",
        aim=aim,
        measured=tuple(case.before),
        visible=() if refusal is not None else _visible(register, monitor, case, also_treated),
        compared=() if donors is None else _compared(monitor, case, donors),
        left_out=() if donors is None else _left_out(donors),
        to_measure=_to_measure(register, monitor, catalogue, case),
        source=source if donors is None else replace(source, compared=len(donors.codes)),
        refusal=refusal,
        why_not_kept=_why_not_kept(register, wanted.id, aim, today),
    )
    title, text, description = plan_words.title(answer), plan_words.lead(answer), plan_words.description(answer)
    return replace(answer, title=title, text=text, description=description)


def _case(register: Register, monitor: Monitor, wanted: Wanted, topic_id: str) -> Case:
    intervention = subjects.intervention(register, monitor, wanted, topic_id)
    if not intervention.planned:
        raise NotFoundError(
            f"De activiteit ‘{intervention.title}’ is begonnen; wat er veranderde, staat op Voor en na."
        )
    first = subjects.first_year(intervention.begin)
    return question.case_of(register, monitor, Request(replace(wanted, chosen_on=None), topic_id, first))


def _no_comparison(register: Register, case: Case, donors: DonorPool) -> Refusal | None:
    """Too few to compare with, nothing that ever changes, or nobody like these areas."""
    few = refusals.small_pool(len(donors.codes), len(case.figures.used), case.level, 0)
    if few is not None:
        return few
    panel = pool.panel(case.figures, donors.codes, case.before[-1])
    if np.ptp(panel.outcome, axis=1).max() == 0:
        return refusals.constant(case.topic, case.level)
    beyond = reach(panel, known(register, case, donors, panel))[1]
    return refusals.nobody_alike(case.level) if beyond else None


def _visible(register: Register, monitor: Monitor, case: Case, also_treated: Mapping[str, str]) -> tuple[Visible, ...]:
    planned, sizes = len(case.figures.used), []
    for after, year in zip(MEASUREMENTS, _years(case), strict=True):
        past = None
        if possible(len(case.before), after):
            past = _past(register, monitor, replace(case, first_after=case.before[-after]), also_treated)
        sizes += [
            Visible(areas, after, None if past is None else smallest_seen(past, areas, after), year)
            for areas in dict.fromkeys((planned, *NUMBERS))
        ]
    return tuple(sorted(sizes, key=lambda one: (one.areas != planned, one.areas, one.measurements)))


def _past(register: Register, monitor: Monitor, case: Case, also_treated: Mapping[str, str]) -> Past:
    """The figures as if it had begun before the last measurements, with the areas that would then have been compared with."""
    donors = pool.pool(monitor, case, also_treated)
    panel = pool.panel(case.figures, donors.codes, case.first_after)
    everyone = donors.candidates.kept
    return Past(
        panel.outcome,
        ~panel.never,
        case.figures.values.loc[list(everyone)].to_numpy(dtype=float),
        known(register, case, donors, panel).size,
        tuple(municipality_of(code) or "" for code in panel.units),
        tuple(municipality_of(code) or "" for code in everyone),
    )


def _years(case: Case) -> list[int | None]:
    """Of the last of so many measurements after the start, where it is fixed how often is measured."""
    every = _every(case.catalogue, refusals.made_of(case))
    first = _next(case.figures.years, every, case.first_after)
    if every is None or first is None:
        return [None] * len(MEASUREMENTS)
    return [first + every * (after - 1) for after in MEASUREMENTS]


def _every(catalogue: Catalogue, items: list[Indicator]) -> int | None:
    """Years between two measurements; None where that is not fixed for each figure it is made of."""
    per_item = [
        {every for column in item.columns if (every := catalogue.sources[column.source].measured_every) is not None}
        for item in items
    ]
    years = set[int]().union(*per_item)
    return years.pop() if len(years) == 1 and all(per_item) else None


def _next(years: tuple[int, ...], every: int | None, first: int) -> int | None:
    """The first measurement from the year `first` on."""
    if every is None or not years:
        return None
    return next(year for year in range(years[-1] + every, first + years[-1] + every + 1, every) if year >= first)


def aim_of(register: Register, activity_id: str, topic_id: str) -> Aimed | None:
    """The newest aim of an activity on a topic, with what was computed of it beforehand."""
    record = registers.get(register.directory, activity_id)
    rows = [row for row in aims.current(record.rows.get("aim", ())) if row["indicator"] == topic_id]
    if not rows:
        return None
    size = rows[0].get("size")
    moved = aims.SIGNS.get(str(rows[0]["direction"]), 0) != 0 and size is not None
    return Aimed(float(str(size)) if moved else None, aims.text(rows[0]), plan_words.kept_of(rows[0]))


def _why_not_kept(register: Register, activity_id: str, aim: Aimed | None, today: date) -> str:
    if aim is None:
        return plan_words.NO_AIM
    record = registers.get(register.directory, activity_id)
    return plan_words.BEGUN if aims.started(record.values, today) else ""


def _compared(monitor: Monitor, case: Case, donors: DonorPool) -> tuple[ComparedArea, ...]:
    """The areas that would be compared with, nearest first; their weights follow from the comparison itself."""
    names = places.all_areas(monitor, case.level)
    return tuple(
        ComparedArea(
            code, names.at[code, "name"], str(names.at[code, "municipality_name"]), math.nan, donors.distance[code], ""
        )
        for code in donors.codes
    )


def _left_out(donors: DonorPool) -> tuple[LeftOutCount, ...]:
    return tuple(
        LeftOutCount(reason, LEFT_OUT_TEXTS[LeftOut(reason)], n) for reason, n in donors.candidates.counts.items()
    )


def _to_measure(register: Register, monitor: Monitor, catalogue: Catalogue, case: Case) -> tuple[ToMeasure, ...]:
    """The figures of the pillars of the activity and of its aims, those with an aim first, then those measured most often."""
    id, first = case.intervention.id, case.first_after
    pillars = activities.activities(register).at[id, "pillars"]
    aimed = {str(row["indicator"]) for row in registers.get(register.directory, id).rows.get("aim", ())}
    here = topics.topics(monitor, catalogue, subjects.place_of(case.intervention), case.level)
    rows = []
    for item in here:
        indicator = catalogue.indicators.get(item.id)
        if indicator is None or (
            item.id not in aimed and not (indicator.pillar in pillars and indicator.role is Role.SCORE)
        ):
            continue
        every = _every(catalogue, [indicator])
        title = catalogue.pillars[indicator.pillar].title if indicator.pillar else ""
        rows.append(ToMeasure(item.label, title, item.years, every, _next(item.years, every, first), item.id in aimed))
    empty = [ToMeasure("", title, (), None, None, False) for title in _without(catalogue, pillars, rows)]
    return (*sorted(rows, key=lambda row: (not row.aimed, -len(row.years), row.label)), *empty)


def _without(catalogue: Catalogue, pillars: tuple[str, ...], rows: list[ToMeasure]) -> list[str]:
    """The pillars of the activity of which nothing was measured here."""
    measured = {row.pillar for row in rows}
    return [title for pillar in pillars if (title := catalogue.pillars[pillar].title) not in measured]
