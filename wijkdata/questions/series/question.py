"""What grows in any table of counts per area and period: `signals --series`."""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.signals.backtest import PUBLICATION_LAG, Event, back_test, in_use
from wijkdata.analysis.signals.cusum import scores
from wijkdata.analysis.signals.methods import Method, needs
from wijkdata.analysis.signals.watch import FEW, RISE_YEARS, Reason, Rule, Watched, rise, signals, watch
from wijkdata.errors import InputError, Problem
from wijkdata.questions.series import words
from wijkdata.questions.series.answer import SeriesAnswer, SeriesMove, SeriesRefused, SeriesRow, SeriesSignal
from wijkdata.questions.series.reading import ALL, Columns, Read, events_of, place_of, read
from wijkdata.questions.shared import watch_words
from wijkdata.questions.shared.calendar import Frequency

# So many are listed as the strongest.
MOST = 10


@dataclass(frozen=True)
class SeriesSettings:
    """How a table is watched. first, last: the periods that are listed, as typed; nothing after `last` is known.

    provisional_since: the publisher still revises from here on. lag: months after a year until its yearly figure appears.
    listed: give a row for every period.
    """

    frequency: Frequency = Frequency.MONTH
    rule: Rule = field(default_factory=Rule)
    first: str | None = None
    last: str | None = None
    provisional_since: str | None = None
    lag: int = PUBLICATION_LAG
    listed: bool = True


def answer(
    frame: pd.DataFrame,
    file: str,
    columns: Columns,
    settings: SeriesSettings,
    events: tuple[pd.DataFrame, str] | None = None,
) -> SeriesAnswer:
    """Answer what grows, or why it cannot be seen.

    Args: frame: one row per report, or per area and period. file: its name in a sentence. events: a table of known rises and its name.

    Raises:
        InputError: the table holds no series.
    """
    table = read(frame, file, columns, settings.frequency, settings.last)
    first = 0 if settings.first is None else place_of(settings.first, table.calendar, "--range")
    if first >= table.calendar.n:
        remedy = f"kies een periode tot en met {table.calendar.label(table.calendar.n - 1)}"
        raise InputError([Problem("--range", "er is geen periode om te beoordelen", remedy, value=settings.first)])
    if settings.provisional_since is not None:
        since = max(place_of(settings.provisional_since, table.calendar, "--provisional-since"), 0)
        table = replace(table, counts=replace(table.counts, provisional_from=since))
    known, outside = (None, 0) if events is None else events_of(*events, table)
    return of_table(table, settings, first, known, outside)


def of_table(
    table: Read, settings: SeriesSettings, first: int, known: tuple[Event, ...] | None = None, outside: int = 0
) -> SeriesAnswer:
    """Answer the same of a table that was read. first: place of the first period that is listed. outside: events left out."""
    watched = watch(table.counts, settings.rule)
    tests = back_test(watched, known, settings.lag)
    called = tuple(_called(watched, table))
    return SeriesAnswer(
        rows=tuple(_rows(watched, table, first)) if settings.listed else (),
        strongest=called[:MOST],
        weaker=called[MOST:],
        tests=tests,
        used=in_use(tests, settings.rule),
        by_events=known is not None,
        refused=tuple(_refused(watched, table, settings.rule)),
        moves=tuple(_moves(watched, table)),
        notes=tuple(words.notes(table, outside)),
    )


def _category(text: str) -> str | None:
    return None if text == ALL else text


def _rows(watched: Watched, table: Read, first: int) -> list[SeriesRow]:
    """List every period that was judged, and those that are still revised, from `first` on."""
    detected, counts = watched.detected, table.counts
    listed = ~np.isnan(detected.statistic)
    if counts.provisional_from is not None:
        listed[:, counts.provisional_from :] = ~np.isnan(counts.values[:, counts.provisional_from :])
    listed[:, : max(first, 0)] = False
    z = scores(counts.final, watched.expected, FEW)
    return [
        SeriesRow(
            area=counts.areas[series],
            category=_category(counts.categories[series]),
            period=table.calendar.label(at),
            observed=_known(counts.values[series, at]),
            expected=_known(detected.expected[series, at]),
            upper=_known(detected.upper[series, at]),
            statistic=_known(detected.statistic[series, at]),
            alarm=bool(detected.alarm[series, at]),
            sentence=_sentence(watched, table, z, series, at),
        )
        for series, at in zip(*(places.tolist() for places in np.nonzero(listed)), strict=True)
    ]


def _sentence(watched: Watched, table: Read, z: np.ndarray, series: int, at: int) -> str:
    """Say of one period what came and whether that is a signal."""
    counts, detected, text = table.counts, watched.detected, table.calendar.text
    named = table.named(counts.areas[series], counts.categories[series])
    observed, expected = float(counts.values[series, at]), _known(detected.expected[series, at])
    if counts.provisional_from is not None and at >= counts.provisional_from:
        return watch_words.provisional(named, text(at), observed)
    if not detected.alarm[series, at]:
        return watch_words.quiet(named, text(at), observed, expected, watched.reasons[series])
    since = at
    if watched.methods[series] is Method.CUSUM:
        start, _ = rise(z[series : series + 1, : at + 1], RISE_YEARS * counts.per_year)
        since = int(start[0])
    judged = np.flatnonzero(~np.isnan(detected.statistic[series, since : at + 1])) + since
    came, usual = (float(part[series, judged].sum()) for part in (counts.values, detected.expected))
    return watch_words.grows(named, text(since), text(at), came, usual)


def _called(watched: Watched, table: Read) -> list[SeriesSignal]:
    """List everything that is called now, the strongest first."""
    text = table.calendar.text
    return [
        SeriesSignal(
            area=one.area,
            category=_category(one.category),
            method=one.method,
            since=table.calendar.label(one.since),
            observed=one.observed,
            expected=one.expected,
            q=one.q,
            sentence=watch_words.grows(
                table.named(one.area, one.category),
                text(one.since),
                text(one.last if one.method is Method.CUSUM else one.alarm),
                one.observed,
                one.expected,
            ),
        )
        for one in signals(watched, most=len(watched.counts.areas))
    ]


def _refused(watched: Watched, table: Read, rule: Rule) -> list[SeriesRefused]:
    """List the series that are not watched at all, each with the first reason that holds."""
    counts = table.counts
    least = needs(rule.method or Method.EARS, counts.per_year)
    refused = []
    for series, (area, category) in enumerate(zip(counts.areas, counts.categories, strict=True)):
        if watched.methods[series] is None:
            key = watched.reasons[series] or Reason.TOO_SHORT
            sentence = watch_words.refused(table.named(area, category), key, int(watched.known[series]), least)
            refused.append(SeriesRefused(area, _category(category), key, sentence))
    return refused


def _moves(watched: Watched, table: Read) -> list[SeriesMove]:
    group_of = dict(zip(table.counts.grouped.tolist(), table.counts.categories, strict=True))
    moves = []
    for one in watched.moves:
        category, label = _category(group_of[one.group]), table.calendar.label(one.at)
        shown = table.counted.get(group_of[one.group], "") or category
        sentence = watch_words.moved(None if shown is None else dutch.capital(shown), table.calendar.text(one.at), one)
        moves.append(SeriesMove(category, label, one.move, one.ratio, sentence))
    return moves


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
