"""What was done and what happened in one area, drawn next to its figures."""

from dataclasses import replace
from datetime import date

import pandas as pd

from wijkdata import periods
from wijkdata.areas import municipality_of, wijk_of
from wijkdata.catalogue import Catalogue
from wijkdata.catalogue import load as load_catalogue
from wijkdata.frames import FrameRow
from wijkdata.questions.shared import activities, subjects, times
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.wijkprofiel import lines
from wijkdata.questions.wijkprofiel.answer import Around, IndicatorLine, LocalSpan
from wijkdata.record.fields import ACTIVITY, EVENT, tables
from wijkdata.record.fields import word as word_of
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register


def around(register: Register, monitor: Monitor, catalogue: Catalogue, code: str, today: date) -> Around:
    """List every activity and circumstance of one area, those of the area itself before the wider ones, oldest first."""
    return Around(subjects.subject(monitor, code), _spans(register, code, today))


def line(
    register: Register, monitor: Monitor, catalogue: Catalogue, code: str, indicator: str, today: date
) -> IndicatorLine:
    """Add what was done and what happened here to `lines.indicator_line`. A save does not compute the line again."""
    return replace(_line(monitor, code, indicator), local=_spans(register, code, today))


@kept(64)
def _line(monitor: Monitor, code: str, indicator: str) -> IndicatorLine:
    return lines.indicator_line(monitor, monitor.catalogue, code, indicator)


@kept(128)
def _spans(register: Register, code: str, today: date) -> tuple[LocalSpan, ...]:
    if activities.nothing(register):
        return ()
    frame = activities.in_area(register, code)
    frame = frame[frame["ran"] & frame["begin"].notna()]
    running = activities.running_on(frame, today)
    titles = {name: pillar.short for name, pillar in load_catalogue().pillars.items()}
    spans = [_activity(row, bool(running[row.Index]), titles) for row in frame.itertuples()]
    spans += [_event(row, code, today) for row in activities.events_in(register, code).itertuples()]
    return tuple(sorted(spans, key=lambda one: (one.wide, one.event, one.begin)))


def _activity(row: FrameRow, running: bool, titles: dict[str, str]) -> LocalSpan:
    begin, end = pd.Timestamp(row.begin).date(), times.as_date(row.end)
    planned = times.as_date(row.end_planned)
    open_end = "loopt nog" if running else "" if row.status == "gepland" else "einde onbekend"
    return LocalSpan(
        id=str(row.Index),
        title=str(row.title),
        kind=word_of(tables()[ACTIVITY].field("kind"), row.kind),
        begin=periods.decimal_year(begin),
        # A finished one without an end is drawn where it began: how long it took is not known.
        end=periods.decimal_year(end) if end else float("nan") if running else periods.decimal_year(begin),
        when=times.span_text(begin, end if end else planned if not running else None, row.precision, open_end),
        status=word_of(tables()[ACTIVITY].field("status"), row.status),
        pillars=", ".join(titles.get(name, name) for name in row.pillars),
        wide=bool(row.whole_municipality),
        event=False,
        running=running,
    )


def _event(row: FrameRow, code: str, today: date) -> LocalSpan:
    begin, end = pd.Timestamp(row.start).date(), times.as_date(row.end)
    return LocalSpan(
        id=str(row.id),
        title=str(row.text),
        kind=word_of(tables()[EVENT].field("kind"), row.kind),
        begin=periods.decimal_year(begin),
        end=periods.decimal_year(end) if end else float("nan"),
        when=times.span_text(begin, end, times.DAY, "loopt nog"),
        status="",
        pillars="",
        wide=code not in (row.area, wijk_of(row.area), municipality_of(row.area)),
        event=True,
        running=begin <= today and (end is None or end >= today),
    )
