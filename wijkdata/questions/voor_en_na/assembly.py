"""The answer of Voor en na put together: head, finding and sections; or head and refusal."""

import math

import numpy as np

from wijkdata.analysis.impact.bands import placebo_band
from wijkdata.analysis.impact.effect import Effect
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared.answer import Refusal
from wijkdata.questions.voor_en_na import second_opinions, sections, words
from wijkdata.questions.voor_en_na.answer import (
    Answered,
    CoursePoint,
    Finding,
    Head,
    MeanChange,
    Moment,
    Refused,
    Sections,
)
from wijkdata.questions.voor_en_na.calculation import Calculation
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.cautions import cautions
from wijkdata.questions.voor_en_na.doubt import doubts
from wijkdata.store.monitor.versions import Monitor

BAND = (0.05, 0.95)


def refusal(monitor: Monitor, catalogue: Catalogue, case: Case, why: Refusal, seed: int) -> Refused:
    """A refusal: the bare line of the treated, without a comparison."""
    values = case.figures.values.reindex([area.code for area in case.intervention.areas])
    moments = tuple(
        Moment(year, float(values[year].mean()), *(math.nan,) * 4, after=year >= case.first_after)
        for year in case.figures.years
    )
    n = int(values.notna().any(axis=1).sum()) if len(values.columns) else 0
    head = Head(
        intervention=case.intervention,
        topic=case.topic,
        first_after=case.first_after,
        moments=moments,
        title=words.refused_title(case.topic),
        description=words.refused_description(case.topic, case.level, n, moments),
        source=sections.source(monitor, catalogue, case, None),
        evidence=sections.evidence(refused=True),
        seed=seed,
    )
    return Refused(head, why)


def answer(monitor: Monitor, catalogue: Catalogue, calculation: Calculation) -> Answered:
    """The answer, in figures and in words."""
    case, effect = calculation.case, calculation.effect
    topic, intervention = case.topic, case.intervention
    finding = _finding(calculation)
    head = Head(
        intervention=intervention,
        topic=topic,
        first_after=case.first_after,
        moments=_moments(effect, case.first_after),
        title=words.title(finding, topic, intervention),
        description=words.description(effect, topic, intervention),
        source=sections.source(monitor, catalogue, case, effect),
        evidence=sections.evidence(refused=False),
        seed=effect.seed,
    )
    return Answered(head, finding, _sections(monitor, catalogue, calculation))


def _finding(calculation: Calculation) -> Finding:
    case, effect, judgement = calculation.case, calculation.effect, calculation.judgement
    against = doubts(judgement, calculation.balance)
    own, otherwise, difference = _changes(effect, words.has_ratio(case.item))
    return Finding(
        verdict=words.verdict(judgement),
        doubts=against,
        text=words.answer(judgement, against, case),
        own=own,
        otherwise=otherwise,
        difference=difference,
        estimate=effect.estimate,
        inference=effect.inference,
        rough_before=effect.rough_before,
        rough_p=effect.rough_p,
        robust=judgement.robust,
        nothing=judgement.nothing,
        yardstick=judgement.yardstick,
        exaggeration=judgement.exaggeration,
    )


def _sections(monitor: Monitor, catalogue: Catalogue, calculation: Calculation) -> Sections:
    case, donors, effect, balance = (
        calculation.case,
        calculation.donors,
        calculation.effect,
        calculation.balance,
    )
    unlike = sections.unlike_features(balance, catalogue)
    classes = donors.classes if donors.candidates.urbanity_used else 0
    return Sections(
        certainty=words.certainty(calculation),
        pool=sections.pool_of(monitor, calculation, sections.balance_table(balance, case.topic, catalogue)),
        seconds=second_opinions.seconds(case, donors, effect),
        naive=words.naive(case, effect),
        rebound=second_opinions.rebound(case, calculation.also_treated),
        cautions=cautions(case, unlike, classes, donors.ring.unknown),
        course=_course(effect, case.first_after),
    )


def _moments(effect: Effect, first_after: int) -> tuple[Moment, ...]:
    """One row per measurement, with the middle 90 % of what the placebos did, allowance included."""
    if len(effect.placebo_differences):
        low, high = effect.allowance * np.quantile(effect.placebo_differences, BAND, axis=0)
    else:
        low = high = np.full(len(effect.times), math.nan)
    return tuple(
        Moment(
            int(year),
            float(effect.treated[t]),
            float(effect.comparison[t]),
            float(effect.difference[t]),
            float(low[t]),
            float(high[t]),
            after=year >= first_after,
        )
        for t, year in enumerate(effect.times)
    )


def _course(effect: Effect, first_after: int) -> tuple[CoursePoint, ...]:
    """The difference per measurement, with a band for all at once."""
    band = placebo_band(effect.difference, effect.allowance * effect.placebo_differences)
    if band.critical is None:
        return ()
    rows = zip(effect.times, effect.difference, band.low, band.high, strict=True)
    return tuple(
        CoursePoint(int(year), float(difference), float(low), float(high), after=year >= first_after)
        for year, difference, low, high in rows
    )


def _changes(effect: Effect, ratio: bool) -> tuple[MeanChange, MeanChange, MeanChange]:
    """The change of the treated, of what would have happened, and the difference: the third is the first minus the second."""
    start = effect.starts[0]
    before = float(effect.treated[:start].mean())
    after, otherwise_after = float(effect.treated[start:].mean()), float(effect.comparison[start:].mean())

    def change(end: float) -> MeanChange:
        relative = 100 * (end - before) / before if ratio and before > 0 else math.nan
        return MeanChange(before, end, end - before, relative)

    own, otherwise = change(after), change(otherwise_after)
    return own, otherwise, MeanChange(otherwise_after, after, effect.estimate, own.relative - otherwise.relative)
