"""Signalen: what grows before the figures rise, what that rests on, and how often it would have been wrong."""

from dataclasses import replace
from datetime import date

from wijkdata import dutch
from wijkdata.analysis.signals.backtest import SENSITIVITIES, BackTest, in_use
from wijkdata.analysis.signals.methods import Method, Offer, offers
from wijkdata.analysis.signals.watch import USUAL, Rule
from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared import boundaries, judgements, places, provenance, topics, watch_words, watching
from wijkdata.questions.shared.answer import Refusal, Shapes, SourceLine
from wijkdata.questions.shared.memory import beforehand, kept
from wijkdata.questions.shared.watching import Called, Seen
from wijkdata.questions.signalen import events, ran, risk, series, slow, surroundings, unseen, words
from wijkdata.questions.signalen.answer import (
    MOST_SHOWN,
    Common,
    Other,
    Price,
    Scope,
    Sign,
    SignalItem,
    SignalsAnswer,
)
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

LIMITS = SENSITIVITIES[Method.CUSUM]
_PER_YEAR = 12


def levels(monitor: Monitor, catalogue: Catalogue, municipality: str) -> tuple[Level, ...]:
    """Return the levels at which there are counts per month; wijk where there are none."""
    return watching.levels(monitor, municipality) or (Level.WIJK,)


def sensitive(monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level) -> bool:
    """Tell whether the sensitivity changes anything here: of the methods the running sum alone knows it."""
    seen = watching.seen(monitor, municipality, level, USUAL[Method.CUSUM])
    return any(Method.CUSUM in one.watched.methods for one in seen)


def answer(
    register: Register | None, monitor: Monitor, catalogue: Catalogue, scope: Scope, today: date
) -> SignalsAnswer:
    """Answer what grows in a gemeente. register: None where the activities cannot be read."""
    whole = figures(monitor, scope)
    judged = {} if register is None else judgements.judgements(register)
    listed, set_aside = judgements.apart(watching.called(monitor, scope.municipality, scope.level, scope.limit), judged)
    shown = listed[:MOST_SHOWN]
    names = {one.key: one for one in set_aside}
    return replace(
        whole,
        title=whole.title if whole.refusal else words.title(_n_areas(listed), len(whole.watched), scope.level),
        short=whole.short if whole.refusal else words.short(_n_areas(listed), scope.level),
        signals=tuple(_item(register, monitor, scope, one, judged) for one in shown),
        others=tuple(_other(monitor, one) for one in listed[MOST_SHOWN:]),
        judged=tuple((judged[key], one) for key, one in names.items()),
        commons=tuple(_happened(register, scope, one) for one in whole.commons),
        signs=_signs(whole, listed),
        beside=register is not None,
    )


def without_register(monitor: Monitor, catalogue: Catalogue, scope: Scope, today: date) -> SignalsAnswer:
    """Answer the same without the activities: the figures go on when those cannot be read."""
    return answer(None, monitor, catalogue, scope, today)


@kept(64)
@beforehand
def figures(monitor: Monitor, scope: Scope) -> SignalsAnswer:
    """Answer everything that rests on figures alone: common moves, slow drifts, risks, quiet areas, the price."""
    municipality, level = scope.municipality, scope.level
    seen = watching.seen(monitor, municipality, level, scope.limit)
    called = watching.called(monitor, municipality, level, scope.limit)
    drifts, withdrawals = slow.drifts(monitor, municipality, level), slow.withdrawals(monitor, municipality, level)
    fictional = is_fictional(municipality)
    quiet, unwatched = unseen.areas(monitor, municipality, level, seen, called)
    refusal, offered = _refusal(monitor, scope, seen), _offers(seen)
    until = max((one.table.month(last) for one in seen if (last := unseen.last_judged(one)) is not None), default=0)
    provisional = [one.table.month(at) for one in seen if (at := one.table.counts.provisional_from) is not None]
    watched = unseen.watched(seen)
    return SignalsAnswer(
        municipality=municipality,
        name=places.municipality_name(monitor, municipality),
        level=level,
        fictional=fictional,
        limit=scope.limit,
        title=refusal.reason if refusal else "",
        short=words.REFUSED if refusal else "",
        lead=refusal.remedy if refusal else words.lead(until, min(provisional, default=0)),
        refusal=refusal,
        signals=(),
        others=(),
        judged=(),
        commons=tuple(_commons(monitor, seen)),
        drifts=drifts,
        withdrawals=withdrawals,
        slow=slow.enough(monitor, level, fictional),
        at_risk=risk.at_risk(monitor, municipality, level, (seen, called), (drifts, withdrawals)),
        surroundings=surroundings.surroundings(monitor, municipality, level),
        quiet=quiet,
        unwatched=unwatched,
        price=None if refusal else _price(seen, scope),
        notes=tuple(_notes(seen)),
        source=_source(monitor, seen, level, fictional),
        slow_source=_slow_source(monitor, municipality, level),
        months=_months(seen),
        until=until,
        provisional=min(provisional, default=0),
        offers=offered,
        shapes=_shapes(monitor, municipality, level),
        signs={},
        watched=watched,
        method=words.offered(offered),
    )


def _n_areas(called: tuple[Called, ...]) -> int:
    """Count the areas with a signal that is more than chance is likely to make."""
    return len({one.code for one in called if not one.weak})


def _item(register: Register | None, monitor: Monitor, scope: Scope, called: Called, judged: dict) -> SignalItem:
    there = () if register is None else ran.ran(register, called)
    trust = any(activity.before and not activity.wide for activity in there)
    alone = _alone(monitor, replace(scope, events=None), called.key)
    return replace(alone, ran=there, trust=trust, judgement=judged.get(called.key))


def _other(monitor: Monitor, called: Called) -> Other:
    """Describe a signal that stands in the table alone."""
    signal = called.signal
    return Other(
        code=called.code,
        name=called.name,
        category=watching.named_of(monitor.catalogue.indicators[called.indicator], called.name).reports,
        method=signal.method,
        since=called.since,
        last=called.last,
        observed=signal.observed,
        expected=signal.expected,
        strength=signal.strength,
        q=signal.q,
        sentence=called.sentence,
    )


@kept(256)
def _alone(monitor: Monitor, scope: Scope, key: str) -> SignalItem:
    """Describe a signal from the figures alone."""
    seen = watching.seen(monitor, scope.municipality, scope.level, scope.limit)
    every = watching.called(monitor, scope.municipality, scope.level, scope.limit)
    called = next(one for one in every if one.key == key)
    one, item = seen[called.at], monitor.catalogue.indicators[called.indicator]
    reports = watching.named_of(item, called.name).reports
    return SignalItem(
        key=key,
        code=called.code,
        name=called.name,
        indicator=called.indicator,
        category=reports,
        unit=item.unit,
        pillar=item.pillar or "",
        source=one.table.source,
        method=called.signal.method,
        since=called.since,
        last=called.last,
        observed=called.signal.observed,
        expected=called.signal.expected,
        strength=called.signal.strength,
        q=called.signal.q,
        sentence=called.sentence,
        neutral=words.neutral(called, reports),
        line=series.line(one, called),
        yearly=series.yearly(one, called.signal.series),
        categories=series.categories(monitor, seen, called),
        neighbours=series.around(monitor, one, called, scope.level),
        inside=series.inside(monitor, called, scope.level, one.table.source),
        ran=(),
        trust=False,
    )


def _signs(whole: SignalsAnswer, called: tuple[Called, ...]) -> dict[str, Sign]:
    """Return the sign of every area on the map: the first that holds."""
    signs = dict.fromkeys((one.code for one in whole.unwatched), Sign.UNWATCHED)
    signs |= dict.fromkeys(whole.watched, Sign.QUIET)
    signs |= {one.code: Sign.RISK for one in whole.at_risk}
    return signs | {one.code: Sign.SIGNAL for one in called if not one.weak}


def _happened(register: Register | None, scope: Scope, common: Common) -> Common:
    return (
        common if register is None else replace(common, known=ran.happened(register, scope.municipality, common.month))
    )


def _commons(monitor: Monitor, seen: tuple[Seen, ...]) -> list[Common]:
    commons = []
    for one in seen:
        counts = one.table.counts
        category_of = dict(zip(counts.grouped.tolist(), counts.categories, strict=True))
        for move in one.watched.moves:
            reports = watching.named_of(monitor.catalogue.indicators[category_of[move.group]], "").reports
            sentence = watch_words.moved(dutch.capital(reports), one.table.calendar.text(move.at), move)
            commons.append(Common(reports, one.table.month(move.at), move, sentence))
    return sorted(commons, key=lambda common: (-common.month, common.category))


def _price(seen: tuple[Seen, ...], scope: Scope) -> Price:
    known = scope.events
    given = None if known is None else {one.table.source: events.placed(one, known) for one in seen}
    tests = watching.tested(seen, given)
    used = in_use(tests, Rule(limit=scope.limit))
    series_watched = sum(method is not None for one in seen for method in one.watched.methods)
    beyond = 0 if known is None else events.outside(seen, known)
    return Price(tests, used, known is not None, series_watched, _per_year(used), beyond)


def _per_year(test: BackTest) -> float | None:
    return test.false_alarms / test.years if test.years else None


def _offers(seen: tuple[Seen, ...]) -> tuple[Offer, ...]:
    """Return which method the longest series is offered."""
    known = max((int(one.watched.known.max()) for one in seen), default=0)
    return offers(known, _PER_YEAR)


def _refusal(monitor: Monitor, scope: Scope, seen: tuple[Seen, ...]) -> Refusal | None:
    """Say why nothing can be watched by the month."""
    if not seen:
        reason, remedy = words.no_months(places.municipality_name(monitor, scope.municipality))
        return Refusal("no_months", reason, remedy)
    if unseen.watched(seen):
        return None
    longest = max(one.table.calendar.n for one in seen)
    why = unseen.usual_reason(seen)
    if why is not None and why in words.NOTHING_WATCHED:
        return Refusal(why.value, *words.nothing_watched(why, longest))
    return Refusal("too_short", *words.too_short(longest, _offers(seen)))


def _notes(seen: tuple[Seen, ...]) -> list[str]:
    return [watch_words.gaps(one.table.calendar, one.table.counts.gaps) for one in seen if one.table.counts.gaps]


def _months(seen: tuple[Seen, ...]) -> tuple[int, int]:
    firsts, lasts = (
        [one.table.month(at(one)) for one in seen] for at in (lambda _: 0, lambda one: one.table.calendar.n - 1)
    )
    return min(firsts, default=0), max(lasts, default=0)


def _source(monitor: Monitor, seen: tuple[Seen, ...], level: Level, fictional: bool) -> SourceLine:
    named = {one.table.source: monitor.catalogue.sources[one.table.source].short for one in seen}
    (first, last), n = _months(seen), len(unseen.watched(seen))
    return words.source(named, (first, last), n, level, fictional)


def _slow_source(monitor: Monitor, municipality: str, level: Level) -> SourceLine:
    used, n = slow.looked_at(monitor, municipality, level)
    rows = topics.coverage(monitor, municipality)
    rows = rows[(rows["level"] == level) & rows["indicator"].isin(used)]
    text, ids = provenance.source_text(monitor.catalogue, rows), provenance.source_ids(rows)
    return words.slow_source(text, ids, n, level, is_fictional(municipality))


def _shapes(monitor: Monitor, municipality: str, level: Level) -> Shapes | None:
    division, _ = boundaries.newest(monitor, level, municipality)
    return None if division is None else boundaries.drawn_shapes(monitor, municipality, level, boundaries.NEWEST)
