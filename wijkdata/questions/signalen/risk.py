"""Areas of which no pillar is weak, and of which more than one thing points the wrong way."""

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.signals.rates import funnel_limits, overdispersion
from wijkdata.analysis.smallnumbers import empirical_bayes
from wijkdata.areas import Level
from wijkdata.questions.shared import places, population, watching, weak_pillars
from wijkdata.questions.shared.scores import LOW_RESILIENCE
from wijkdata.questions.shared.watching import Called, Seen
from wijkdata.questions.signalen import words
from wijkdata.questions.signalen.answer import AtRisk, Factor, RiskFactor, SlowDrift, Withdrew
from wijkdata.store.monitor.versions import Monitor

# So close above the limit of weak that one bad measurement brings it under; and how sure it is that a rate is high.
NEAR, SURE = 5.0, 0.999
LEAST_FACTORS = 2
_YEAR, _PER = 12, 1000
_NO_FEWER = 10.0  # counts expected in a year: below it a funnel says nothing


def at_risk(
    monitor: Monitor,
    municipality: str,
    level: Level,
    monthly: tuple[tuple[Seen, ...], tuple[Called, ...]],
    slow: tuple[tuple[SlowDrift, ...], tuple[Withdrew, ...]],
) -> tuple[AtRisk, ...]:
    """List the areas at risk: two factors of different kinds, or a drift over several pillars; most factors first.

    Args: monthly: what was watched and what is called. slow: drifts and services that withdrew.
    """
    seen, called = monthly
    judged = weak_pillars.judged(monitor, level, municipality)
    risks: dict[str, list[RiskFactor]] = {}
    for code, factor in [*_of_slow(*slow), *_of_signals(monitor, called), *_above(monitor, level, seen)]:
        risks.setdefault(code, []).append(factor)
    pillars = monitor.catalogue.pillars
    listed = []
    for place in places.places_in(monitor, municipality, level):
        rows = judged[judged["code"] == place.code]
        if rows.empty or rows["low"].any():
            continue
        factors = [*risks.get(place.code, []), *_of_scores(rows, {name: one.subject for name, one in pillars.items()})]
        kinds = {one.kind for one in factors}
        if len(kinds) >= LEAST_FACTORS or Factor.DRIFT in kinds:
            lowest = rows.loc[rows["score"].idxmin()]
            pillar = pillars[str(lowest["pillar"])].subject
            listed.append(AtRisk(place.code, place.name, float(lowest["score"]), pillar, tuple(factors)))
    return tuple(sorted(listed, key=lambda one: (-len(one.factors), one.score, one.name)))


def _of_slow(drifts: tuple[SlowDrift, ...], withdrawals: tuple[Withdrew, ...]) -> list[tuple[str, RiskFactor]]:
    factors = [(one.code, RiskFactor(Factor.DRIFT, words.drift_factor(one))) for one in drifts]
    return factors + [(one.code, RiskFactor(Factor.WITHDRAWAL, words.withdrawal_factor(one))) for one in withdrawals]


def _of_signals(monitor: Monitor, called: tuple[Called, ...]) -> list[tuple[str, RiskFactor]]:
    indicators = monitor.catalogue.indicators
    return [
        (
            one.code,
            RiskFactor(
                Factor.SIGNAL, words.signal_factor(one, watching.named_of(indicators[one.indicator], one.name).reports)
            ),
        )
        for one in called
        if not one.weak
    ]


def _of_scores(rows: pd.DataFrame, subjects: dict[str, str]) -> list[RiskFactor]:
    factors = []
    for row in rows.itertuples():
        subject = subjects[row.pillar]
        if row.falling:
            factors.append(RiskFactor(Factor.FALLING, words.falling_factor(subject, row.change, row.since)))
        if dutch.as_written(row.score) < LOW_RESILIENCE + NEAR:
            factors.append(RiskFactor(Factor.NEAR, words.near_factor(subject, row.score, LOW_RESILIENCE)))
    return factors


def _above(monitor: Monitor, level: Level, seen: tuple[Seen, ...]) -> list[tuple[str, RiskFactor]]:
    """Areas with more of something in the last twelve final months, per resident, than chance explains in this gemeente."""
    residents = population.population(monitor, level)
    factors = []
    for one in seen:
        counts = one.table.counts
        last = counts.provisional_from if counts.provisional_from is not None else counts.values.shape[1]
        if last < _YEAR:
            continue
        sums = pd.DataFrame({"code": counts.areas, "indicator": counts.categories})
        sums["observed"] = counts.final[:, last - _YEAR : last].sum(axis=1)  # NaN where a month is unknown
        for indicator, rows in sums.groupby("indicator"):
            named = watching.named_of(monitor.catalogue.indicators[str(indicator)], "").reports
            factors += _high(rows.set_index("code")["observed"], residents, named)
    return factors


def _high(observed: pd.Series, residents: pd.Series, reports: str) -> list[tuple[str, RiskFactor]]:
    n = residents.reindex(observed.index)
    rates = empirical_bayes(observed, n)
    expected = n * rates["group_rate"]
    phi = overdispersion(observed, expected)
    if pd.isna(phi):
        return []
    limit = funnel_limits(expected, (SURE,), phi)[SURE]
    high = (observed / expected > limit) & (expected >= _NO_FEWER)
    return [
        (
            str(code),
            RiskFactor(
                Factor.ABOVE,
                words.above_factor(reports, _PER * rates.at[code, "shrunk"], _PER * rates.at[code, "group_rate"]),
            ),
        )
        for code in observed.index[high]
    ]
