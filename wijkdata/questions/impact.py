"""What changed, and what would have changed anyway: the answer of Voor en na."""

import math
from dataclasses import replace

import numpy as np

from wijkdata import dutch
from wijkdata.analysis.impact.balance import Balance, balance
from wijkdata.analysis.impact.effect import PLACEBOS, Effect, effect
from wijkdata.areas import municipality_of
from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions import impact_data, impact_extra, impact_opinions, impact_pool, impact_refusals, impact_subjects
from wijkdata.questions import impact_words as words
from wijkdata.questions.impact_case import Case
from wijkdata.questions.impact_cautions import cautions
from wijkdata.questions.impact_pool import Nearby
from wijkdata.questions.types_impact import (
    HIGHER,
    NO_DIFFERENCE,
    Change,
    ImpactAnswer,
    Intervention,
    Moment,
    Refusal,
    Wanted,
)
from wijkdata.store.monitor import Monitor
from wijkdata.store.participation import Register

BAND = (0.05, 0.95)


def impact(
    register: Register,
    monitor: Monitor,
    catalogue: Catalogue,
    wanted: Wanted,
    topic_id: str,
    first_after: int,
    put_out: tuple[tuple[str, str], ...] = (),
    method: str = "sdid",
    placebos: int = PLACEBOS,
    seed: int = 1,
) -> ImpactAnswer:
    """The answer, or why there is none.

    first_after: the first measurement that counts as after. put_out: (code, reason) left out of the comparison by hand.
    method: "sdid", "sc", "difp" or "did". Raises NotFoundError for an intervention or topic that does not exist.
    """
    case = _case(register, monitor, wanted, topic_id, first_after)
    refused = impact_refusals.before_comparing(case)
    if refused is not None:
        return _without(monitor, catalogue, case, refused, seed)
    own = frozenset(area.code for area in case.intervention.areas)
    put_out = tuple((code, reason) for code, reason in dict(put_out).items() if code not in own)
    other = impact_pool.elsewhere(register, monitor, case.level, topic_id, own, case.figures.years)
    near = impact_pool.pool(monitor, case, other, tuple(code for code, _ in put_out))
    refused = impact_refusals.small_pool(len(near.codes), len(case.figures.used), case.level, len(put_out))
    if refused is not None:
        return _without(monitor, catalogue, case, refused, seed)
    panel = impact_pool.panel(case.figures, near.codes, first_after)
    if np.ptp(panel.outcome, axis=1).max() == 0:
        return _without(monitor, catalogue, case, impact_refusals.constant(case.topic, case.level), seed)
    found = effect(panel, method, placebos, seed, selected=True)
    made = balance(
        panel.outcome[:, : len(case.before)],
        case.before,
        panel.units,
        ~panel.never,
        _all_weights(panel.never, found),
        near.structure,
    )
    return _answer(monitor, catalogue, case, near, found, made, put_out, other)


def _case(register: Register, monitor: Monitor, wanted: Wanted, topic_id: str, first_after: int) -> Case:
    intervention = impact_subjects.intervention(register, monitor, wanted, topic_id)
    if not intervention.areas:
        raise NotFoundError(
            f"Van ‘{intervention.title}’ staat geen enkele wijk in de ingelezen gegevens; lees cijfers in van de gemeenten "
            "waar het liep."
        )
    if first_after < intervention.begin.year:
        raise NotFoundError(
            f"De eerste meting na de start kan niet van {first_after} zijn: het begon {intervention.begin_said}. Kies een "
            "latere meting."
        )
    level, codes = intervention.level, tuple(area.code for area in intervention.areas)
    topic = impact_data.topic_of(monitor, topic_id, level, place_of(intervention))
    # What was measured after the start but before what is asked as "after" would carry the effect into the line before it.
    neither = range(impact_subjects.first_year(intervention.begin), first_after)
    figures = impact_data.measurements(
        monitor, topic_id, level, intervention.fictional, codes, intervention.begin.year + 1, neither
    )
    marked = tuple(
        replace(area, used=area.code in figures.used, why_not=figures.why_not.get(area.code, ""))
        for area in intervention.areas
    )
    case = Case(
        replace(intervention, areas=marked),
        topic,
        level,
        figures,
        first_after,
        impact_extra.builds(register, intervention),
        impact_extra.changed_areas(monitor, topic, intervention, figures.years),
    )
    if wanted.chosen_on is not None and case.selected is not None and case.selected not in case.before:
        known = f"; kies uit {dutch.years(case.before)}" if case.before else ""
        raise NotFoundError(f"Van {case.selected} is er vóór de start geen meting van {topic.subject}{known}.")
    return case


def place_of(intervention: Intervention) -> str:
    """Where a topic is looked up: the gemeente when there is one, else the country (or the example's first gemeente)."""
    homes = {area.municipality for area in intervention.areas}
    if len(homes) == 1 or intervention.fictional:
        return municipality_of(intervention.areas[0].code) or "NL"
    return "NL"


def _all_weights(never: np.ndarray, found: Effect) -> np.ndarray:
    weights = np.zeros(len(never))
    weights[never] = found.weights
    return weights


def _without(monitor: Monitor, catalogue: Catalogue, case: Case, refused: Refusal, seed: int) -> ImpactAnswer:
    """A refusal: the bare line of the treated, without a comparison."""
    known = case.figures.values.reindex([area.code for area in case.intervention.areas])
    moments = tuple(
        Moment(year, float(known[year].mean()), *(math.nan,) * 4, after=year >= case.first_after)
        for year in case.figures.years
    )
    n = dutch.count(
        int(known.notna().any(axis=1).sum()) if len(known.columns) else 0, case.level.value, case.level.plural
    )
    lines = ", ".join(f"{one.year}: {words.scale(case.topic).said(one.treated)}" for one in moments)
    return ImpactAnswer(
        intervention=case.intervention,
        topic=case.topic,
        level=case.level,
        title=words.refused_title(case.topic),
        short="Nog geen eerlijk antwoord mogelijk",
        answer=refused.reason,
        refused=refused,
        start_year=case.intervention.begin.year,
        first_after=case.first_after,
        moments=moments,
        evidence=impact_extra.evidence(refused=True),
        description=f"Gemiddelde van {n}, zonder vergelijking. {lines}."
        if lines
        else "Er zijn geen cijfers om te tonen.",
        source=impact_extra.source(
            monitor, catalogue, case.topic, case.level, case.intervention, case.figures.years, 0
        ),
        fictional=case.intervention.fictional,
        seed=seed,
    )


def _answer(
    monitor: Monitor,
    catalogue: Catalogue,
    case: Case,
    near: Nearby,
    found: Effect,
    made: Balance,
    put_out: tuple[tuple[str, str], ...],
    other: dict[str, str],
) -> ImpactAnswer:
    topic, intervention = case.topic, case.intervention
    verdict = words.verdict(found)
    own, comparison, difference = _changes(found, words.has_ratio(topic))
    years = (case.before[-1], case.figures.years[-1])
    naive = float(found.treated[-1] - found.treated[case.figures.years.index(years[0])])
    answer = ImpactAnswer(
        intervention=intervention,
        topic=topic,
        level=case.level,
        title=words.title(verdict, topic, intervention, found.estimate),
        short=words.short(verdict, topic, found.estimate),
        answer=words.answer(verdict, found, topic, intervention),
        start_year=intervention.begin.year,
        first_after=case.first_after,
        moments=_moments(found, case.first_after),
        evidence=impact_extra.evidence(refused=False),
        description=impact_extra.description(found, topic, intervention),
        source=impact_extra.source(
            monitor, catalogue, topic, case.level, intervention, case.figures.years, len(near.codes)
        ),
        fictional=intervention.fictional,
        seed=found.seed,
        verdict=verdict,
        favourable=None if verdict == NO_DIFFERENCE or topic.sign == 0 else (verdict == HIGHER) == (topic.sign > 0),
        own=own,
        comparison=comparison,
        difference=difference,
        sure=words.sure(found, topic, intervention, made.n_unlike, len(made.table)),
        pool=impact_extra.pool_of(
            monitor, case.level, near, found, impact_extra.balance_table(made, topic, catalogue), put_out
        ),
        seconds=impact_opinions.seconds(case, near, found),
        naive=words.naive(topic, intervention, years, naive, found.estimate),
        rebound=impact_opinions.rebound(case, frozenset(other)),
        cautions=cautions(
            case,
            impact_extra.unlike_words(made, catalogue),
            near.classes if near.found.urbanity_used else 0,
            near.ring.unknown,
        ),
    )
    return _with_inference(answer, found)


def _with_inference(answer: ImpactAnswer, found: Effect) -> ImpactAnswer:
    said = found.inference
    return replace(
        answer,
        estimate=found.estimate,
        standard_error=said.standard_error,
        interval=said.interval,
        p_value=said.p_value,
        placebos=said.placebos,
        smaller=said.smaller,
        smallest_detectable=said.smallest_detectable,
        pre_statistic=found.rough_before,
        pre_p=found.rough_p,
    )


def _moments(found: Effect, first_after: int) -> tuple[Moment, ...]:
    """One row per measurement, with the middle 90 % of what the placebos did."""
    if len(found.placebo_differences):
        low, high = np.quantile(found.placebo_differences, BAND, axis=0)
    else:
        low = high = np.full(len(found.times), math.nan)
    return tuple(
        Moment(
            int(year),
            float(found.treated[t]),
            float(found.comparison[t]),
            float(found.difference[t]),
            float(low[t]),
            float(high[t]),
            after=year >= first_after,
        )
        for t, year in enumerate(found.times)
    )


def _changes(found: Effect, ratio: bool) -> tuple[Change, Change, Change]:
    """The change of the treated, of what would have happened, and the difference: the third is the first minus the second."""
    start = found.starts[0]
    before = float(found.treated[:start].mean())
    after, otherwise = float(found.treated[start:].mean()), float(found.comparison[start:].mean())

    def change(end: float) -> Change:
        relative = 100 * (end - before) / before if ratio and before > 0 else math.nan
        return Change(before, end, end - before, relative)

    own, comparison = change(after), change(otherwise)
    return own, comparison, Change(otherwise, after, found.estimate, own.relative - comparison.relative)
