"""The answer of Voor en na put together: the head, how sure it is, and every section under it; or a refusal."""

import math
from dataclasses import dataclass, replace

import numpy as np

from wijkdata import dutch
from wijkdata.analysis.impact.balance import Balance
from wijkdata.analysis.impact.effect import Effect
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared.answer import Refusal
from wijkdata.questions.voor_en_na import second_opinions, sections, words
from wijkdata.questions.voor_en_na.answer import Change, ImpactAnswer, Moment
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.cautions import cautions
from wijkdata.questions.voor_en_na.doubt import doubt
from wijkdata.questions.voor_en_na.pool import Nearby
from wijkdata.store.monitor.versions import Monitor

BAND = (0.05, 0.95)


@dataclass(frozen=True)
class Comparison:
    """What was compared and what came of it.

    put_out: (code, reason) left out by hand. other: areas where something else ran, code -> reason.
    """

    case: Case
    near: Nearby
    found: Effect
    made: Balance
    put_out: tuple[tuple[str, str], ...]
    other: dict[str, str]


def refusal(monitor: Monitor, catalogue: Catalogue, case: Case, refused: Refusal, seed: int) -> ImpactAnswer:
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
        short="Nog geen eerlijk antwoord",
        answer=refused.reason,
        refused=refused,
        start_year=case.intervention.begin.year,
        first_after=case.first_after,
        moments=moments,
        evidence=sections.evidence(refused=True),
        description=f"Gemiddelde van {n}, zonder vergelijking. {lines}."
        if lines
        else "Er zijn geen cijfers om te tonen.",
        source=sections.source(monitor, catalogue, case, None),
        fictional=case.intervention.fictional,
        seed=seed,
    )


def answer(monitor: Monitor, catalogue: Catalogue, compared: Comparison) -> ImpactAnswer:
    """What was found, in figures and in words."""
    case, found = compared.case, compared.found
    topic, intervention = case.topic, case.intervention
    verdict, doubted = words.verdict(found), doubt(found, compared.made)
    own, comparison, difference = _changes(found, words.has_ratio(topic))
    said = ImpactAnswer(
        intervention=intervention,
        topic=topic,
        level=case.level,
        title=words.title(verdict, topic, intervention, found.estimate, doubted),
        short=words.short(verdict, topic, found.estimate, doubted),
        answer=words.answer(verdict, found, topic, intervention, doubted),
        start_year=intervention.begin.year,
        first_after=case.first_after,
        moments=_moments(found, case.first_after),
        evidence=sections.evidence(refused=False),
        description=sections.description(found, topic, intervention),
        source=sections.source(monitor, catalogue, case, found),
        fictional=intervention.fictional,
        seed=found.seed,
        verdict=verdict,
        own=own,
        comparison=comparison,
        difference=difference,
    )
    return _with_sections(monitor, catalogue, _with_inference(said, found), compared)


def _with_sections(monitor: Monitor, catalogue: Catalogue, said: ImpactAnswer, compared: Comparison) -> ImpactAnswer:
    """What stands under the answer."""
    case, near, found, made = compared.case, compared.near, compared.found, compared.made
    table = sections.balance_table(made, case.topic, catalogue)
    unlike = sections.unlike_words(made, catalogue)
    return replace(
        said,
        sure=words.sure(found, case.topic, case.intervention, made.n_unlike, len(made.table)),
        pool=sections.pool_of(monitor, case.level, near, found, table, compared.put_out),
        seconds=second_opinions.seconds(case, near, found),
        naive=words.naive(case, found),
        rebound=second_opinions.rebound(case, frozenset(compared.other)),
        cautions=cautions(case, unlike, near.classes if near.found.urbanity_used else 0, near.ring.unknown),
    )


def _with_inference(answer: ImpactAnswer, found: Effect) -> ImpactAnswer:
    said = found.inference
    return replace(
        answer,
        estimate=found.estimate,
        standard_error=said.standard_error,
        interval=said.interval,
        margin=said.margin,
        p_value=said.p_value,
        placebos=said.placebos,
        smaller=said.smaller,
        smallest_detectable=said.smallest_detectable,
        pre_statistic=found.rough_before,
        pre_p=found.rough_p,
    )


def _moments(found: Effect, first_after: int) -> tuple[Moment, ...]:
    """One row per measurement, with the middle 90 % of what the placebos did, allowance included."""
    if len(found.placebo_differences):
        low, high = found.allowance * np.quantile(found.placebo_differences, BAND, axis=0)
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
