"""Every figure of one area, inside the pillars and outside them: the newest, beside its gemeente and the country."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from wijkdata import periods
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Indicator
from wijkdata.dutch import REASONS_OF_LINKS, reason_text
from wijkdata.periods import Period
from wijkdata.questions.shared import links, provenance, searching, topics
from wijkdata.questions.shared.answer import Subject
from wijkdata.questions.shared.subjects import subject
from wijkdata.questions.wijkprofiel.answer import AllFigures, Figure, Found
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

COUNTRY_CODE = "NL00"
NOT_THERE, NOT_READ = "staat niet in de ingelezen bestanden", "nog niet ingelezen"
OTHER_SUBJECT = "Overig"


class _Row(NamedTuple):
    """One figure of one place, in one period. There are some thousands of an area, so they are no frame each."""

    period: int
    value: float
    reason: str
    source: str
    division: int
    provisional: bool

    @property
    def known(self) -> bool:
        return not math.isnan(self.value)


# (place, indicator) -> its figures, in the order of their periods.
_Rows = dict[tuple[str, str], list[_Row]]


def figures(monitor: Monitor, catalogue: Catalogue, code: str) -> AllFigures:
    """Return every figure of an area, by subject. Raises NotFoundError for an unknown code."""
    who = subject(monitor, code)
    # An invented gemeente lies in no country.
    around = [who.municipality] if who.fictional else [who.municipality, COUNTRY_CODE]
    rows = queries.of_areas(monitor, [code, *around])
    by_place: _Rows = defaultdict(list)
    for place, indicator, *row in rows[["code", "indicator", *_Row._fields]].itertuples(index=False):
        by_place[place, indicator].append(_Row(*row))
    coverage = provenance.coverage(monitor, who.fictional)
    loaded = {str(level): set(part["indicator"]) for level, part in coverage.groupby("level")}
    items = catalogue.indicators
    every = [_figure(monitor, catalogue, item, who, by_place, loaded) for item in items.values()]
    # What has no figure comes last in its subject.
    every.sort(key=lambda one: (topics.by_subject(catalogue, items[one.indicator]), one.missing))
    shown = rows[rows["code"].eq(code) & rows["value"].notna()]
    newest = shown.sort_values("period").groupby("indicator").tail(1)
    return AllFigures(
        subject=who,
        figures=tuple(one for one in every if one.reason != NOT_READ),
        absent=tuple(
            replace(one, reason="; ".join(filter(None, (NOT_READ, catalogue.indicators[one.indicator].fills))))
            for one in every
            if one.reason == NOT_READ and catalogue.only_in(one.indicator) in (None, who.municipality)
        ),
        source=provenance.source_text(catalogue, newest),
        source_ids=provenance.source_ids(newest),
        origin=links.origin_text(monitor, code, shown["division"]),
    )


def search(answer: AllFigures, typed: str) -> Found:
    """Return the figures found by what somebody typed; what is not read in comes after what is."""
    every = answer.figures if not typed.strip() else (*answer.figures, *answer.absent)
    with_a_figure_first = sorted(every, key=lambda one: one.missing)
    best, nearly = searching.find(typed, with_a_figure_first if typed.strip() else every, _texts)
    return Found(tuple(best), nearly)


def _texts(figure: Figure) -> searching.Texts:
    names = f"{figure.short} {figure.title}"
    return searching.Texts(names, (*figure.words, figure.subject, figure.pillar), figure.description)


def _figure(
    monitor: Monitor,
    catalogue: Catalogue,
    item: Indicator,
    who: Subject,
    by_place: _Rows,
    loaded: dict[str, set[str]],
) -> Figure:
    empty = _empty(catalogue, item)
    own = by_place.get((who.code, item.id), [])
    around = {name: by_place.get((place, item.id), []) for name, place in _places(who).items()}
    if any(row.known for row in own):
        return _with_around(item, _with_own(catalogue, empty, own), around)
    if own:
        return _with_around(item, replace(empty, reason=_why(monitor, who.code, own[-1])), around)
    if item.id in loaded.get(who.level, ()):
        return _with_around(item, replace(empty, reason=NOT_THERE), around)
    levels = [level for level in Level if item.id in loaded.get(level, ())]
    if not levels:
        return replace(empty, reason=NOT_READ)
    return _with_around(item, replace(empty, reason=f"alleen ingelezen per {' en '.join(reversed(levels))}"), around)


def _places(who: Subject) -> dict[str, str]:
    return {"municipality": who.municipality} | ({} if who.fictional else {"country": COUNTRY_CODE})


def _with_own(catalogue: Catalogue, figure: Figure, own: Sequence[_Row]) -> Figure:
    """The figure of the newest period, and why there is none of a newer one. A year goes before a month."""
    known = {row.period: row for row in own if row.known}
    last = max(_kind(known))
    later = [row for row in own if row.period > last and periods.is_year(row.period) == periods.is_year(last)]
    return replace(
        figure,
        value=float(known[last].value),
        period=last,
        provisional=bool(known[last].provisional),
        source=catalogue.sources[known[last].source].short,
        later=f"{periods.when_text([later[-1].period])}: {reason_text(later[-1].reason)}" if later else "",
    )


def _kind(codes: Iterable[int]) -> list[int]:
    """The years among these periods; the months when there is no year."""
    every = list(codes)
    return [period for period in every if periods.is_year(period)] or every


def _with_around(item: Indicator, figure: Figure, around: dict[str, list[_Row]]) -> Figure:
    """The figure with what was published of the gemeente and of the country: of its period, else of the last before it.

    Where the area has none: of the newest period of the gemeente, else of the country. What was measured in another way (before
    a break in the series) is not set beside it.
    """
    known = {name: {row.period: row.value for row in rows if row.known} for name, rows in around.items()}
    period = figure.period or next((max(_kind(rows)) for rows in known.values() if rows), 0)
    periods_of = {name: _last(item, rows, period) for name, rows in known.items()}
    values = {name: float(rows[periods_of[name]]) for name, rows in known.items() if periods_of[name]}
    return replace(
        figure,
        period=period,
        municipality=values.get("municipality", math.nan),
        country=values.get("country", math.nan),
        municipality_period=periods_of.get("municipality", 0),
        country_period=periods_of.get("country", 0),
    )


def _last(item: Indicator, known: Iterable[int], period: int) -> int:
    """The last of these periods that is not after `period`, of its kind and measured like it; 0 when there is none."""
    before = [code for code in known if code <= period and periods.is_year(code) == periods.is_year(period)]
    alike = item.stretch(Period.of(period).year)
    return max((code for code in before if item.stretch(Period.of(code).year) == alike), default=0)


def _why(monitor: Monitor, code: str, row: _Row) -> str:
    if row.reason in REASONS_OF_LINKS:
        return links.why_missing(monitor, code, row.reason, int(row.division))
    return reason_text(row.reason)


def _empty(catalogue: Catalogue, item: Indicator) -> Figure:
    """A figure with what the catalogue says."""
    return Figure(
        indicator=item.id,
        title=item.title,
        short=item.short,
        description=item.description,
        words=item.search_words,
        subject=catalogue.subjects.get(item.subject or "", OTHER_SUBJECT),
        pillar=catalogue.pillars[item.pillar].title if item.pillar else "",
        unit=item.unit,
        unit_kind=item.unit_kind,
        decimals=item.decimals,
        signed=item.signed,
        evidence=item.evidence,
    )
