"""What else ran in the same areas and years as an intervention: nobody has to look for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, level_of, wijk_of
from wijkdata.catalogue import Catalogue, Indicator, Role
from wijkdata.questions.shared import activities, places, times
from wijkdata.questions.shared.answer import PILLAR
from wijkdata.questions.shared.programmes import placed
from wijkdata.questions.voor_en_na.answer import ACTIVITY, PROGRAMME, Concurrent, ConcurrentKind, Head, Wanted
from wijkdata.questions.voor_en_na.sections import CHANGES
from wijkdata.record.fields import EVENT, tables
from wijkdata.record.fields import word as word_of
from wijkdata.reference.programmes import programmes
from wijkdata.reference.timeline import timeline
from wijkdata.store.monitor import linked, queries
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

# How far from the treated areas: in one of them, in the whole gemeente, everywhere.
_OWN, _WIDE, _NATIONAL = range(3)
_COUNTRY = "NL00"
_EVERYWHERE = "heel Nederland"
_MOST_NAMED = 3
# On the timeline for context.
_NO_POLICY = frozenset({"crisis"})


Window = tuple[int, int]


@dataclass(frozen=True)
class Around:
    """Around what something else is sought: the treated areas, the topic, and the first and last year."""

    areas: tuple[str, ...]
    topic_id: str
    window: Window


def around(head: Head) -> Around:
    """What else is sought around an answer: in its areas, over the years of its figure."""
    years = [one.year for one in head.moments] or [head.start_year]
    areas = tuple(area.code for area in head.intervention.areas)
    return Around(areas, head.topic.id, (min(years), max(*years, head.start_year)))


@dataclass(frozen=True)
class _Ranked:
    """An entry with its place in the order: nearest first, then oldest first."""

    rank: int
    begin: pd.Timestamp
    entry: Concurrent


def concurrent(
    register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted, around: Around
) -> tuple[Concurrent, ...]:
    """Everything else in the treated areas from the first up to and including the last year.

    Other activities, circumstances, programmes, national policy, breaks in the figures and changes of code or border; what
    happened in the areas themselves before what was wider, oldest first.

    Args:
        wanted: the intervention, which is left out itself. What ended before its start is there too: it moved the figures
            before it.
    """
    areas, window = around.areas, around.window
    if not areas:
        return ()
    entries = [
        *_activities(register, monitor, wanted.id if wanted.kind == ACTIVITY else "", areas, window),
        *_events(register, monitor, areas, window),
        *_programmes(monitor, wanted.id if wanted.kind == PROGRAMME else "", areas, window),
        *_policy(window),
        *_measuring(monitor, catalogue, around),
        *_borders(monitor, areas, window),
    ]
    ordered = sorted(entries, key=lambda one: (one.rank, one.begin, one.entry.title))
    return tuple(one.entry for one in ordered)


def _activities(
    register: Register, monitor: Monitor, own: str, areas: tuple[str, ...], window: Window
) -> Iterator[_Ranked]:
    """Activities that had begun; one that is only planned did not run."""
    frame = activities.activities(register)
    frame = frame[activities.running_in(frame, *window) & (frame["status"] != "gepland") & (frame.index != own)]
    for row in frame.itertuples():
        here = [code for code in areas if activities.belongs(row.areas, code)]
        if not here:
            continue
        narrow = tuple(code for code in row.areas if level_of(code) in (Level.WIJK, Level.BUURT))
        local = [code for code in narrow if any(activities.belongs((code,), area) for area in areas)]
        begin, end = times.as_date(row.begin), times.as_date(row.end)
        open_end = "einde onbekend" if row.status in activities.OVER else "loopt nog"
        yield _Ranked(
            _OWN if local else _WIDE,
            pd.Timestamp(row.begin),
            Concurrent(
                ConcurrentKind.ACTIVITY,
                str(row.title),
                times.span_text(begin, end, row.precision, open_end),
                _where(monitor, local or [code for code in row.areas if code not in narrow]),
                str(row.Index),
            ),
        )


def _events(register: Register, monitor: Monitor, areas: tuple[str, ...], window: Window) -> Iterator[_Ranked]:
    """Circumstances of the areas, of the gemeente around them and of the country; one without an end still runs."""
    parts = [activities.events_in(register, code) for code in areas]
    frame = pd.concat(parts).drop_duplicates("id")
    start, end = pd.to_datetime(frame["start"]), pd.to_datetime(frame["end"])
    first, last = pd.Timestamp(window[0], 1, 1), pd.Timestamp(window[1], 12, 31)
    frame = frame[(start <= last) & (end.isna() | (end >= first))]
    spec = tables()[EVENT].field("kind")
    for row in frame.itertuples(index=False):
        kind_text = word_of(spec, row.kind)
        text = str(row.text).rstrip(".")
        yield _Ranked(
            _rank(row.area),
            pd.Timestamp(row.start),
            Concurrent(
                ConcurrentKind.CIRCUMSTANCE,
                text if text.lower().startswith(kind_text.lower()) else f"{kind_text}: {text}",
                times.span_text(times.as_date(row.start), times.as_date(row.end), times.DAY, "loopt nog"),
                _where(monitor, [row.area]),
                str(row.id),
            ),
        )


def _rank(area: str) -> int:
    level = level_of(area)
    return _NATIONAL if level is Level.LAND else _WIDE if level is Level.GEMEENTE else _OWN


def _programmes(monitor: Monitor, own: str, areas: tuple[str, ...], window: Window) -> Iterator[_Ranked]:
    """National programmes that (a part of) a treated area was in."""
    # Those of the example repeat activities of its register.
    for one in programmes(False).values():
        covered = set(placed(monitor, one.id).codes())
        inside = [code for code in areas if code in covered or wijk_of(code) in covered]
        end_year = int(one.end[:4]) if one.end else None
        ran = one.begin_year <= window[1] and (end_year is None or end_year >= window[0])
        if one.id == own or not inside or not ran:
            continue
        when = f"{one.begin_year} tot en met {end_year}" if end_year else f"vanaf {one.begin_year}"
        entry = Concurrent(ConcurrentKind.PROGRAMME, one.title, when, _where(monitor, inside), one.id)
        yield _Ranked(_OWN, pd.Timestamp(one.begin_year, 1, 1), entry)


def _policy(window: Window) -> Iterator[_Ranked]:
    """National policy of the timeline, with where it ran. `_programmes` has those with a list of areas."""
    listed = set(programmes(False))
    for lane in timeline():
        if lane.id not in listed and lane.start <= window[1] and lane.end >= window[0]:
            when = f"{lane.start}" if lane.start == lane.end else f"{lane.start} tot en met {lane.end}"
            kind = ConcurrentKind.CIRCUMSTANCE if lane.id in _NO_POLICY else ConcurrentKind.POLICY
            entry = Concurrent(kind, lane.name, when, lane.reach, "")
            yield _Ranked(_NATIONAL, pd.Timestamp(lane.start, 1, 1), entry)


def _measuring(monitor: Monitor, catalogue: Catalogue, around: Around) -> Iterator[_Ranked]:
    """Other ways of measuring and other editions of the figures, within the window."""
    items, window = _ingredients(catalogue, around.topic_id), around.window
    for item in items:
        for broken in item.series_breaks:
            if window[0] < broken.year <= window[1]:
                title = f"Andere manier van meten: {broken.why}"
                where = "alle gebieden" if len(items) == 1 else f"alle gebieden, {item.short}"
                yield _Ranked(
                    _NATIONAL,
                    pd.Timestamp(broken.year, 1, 1),
                    Concurrent(ConcurrentKind.MEASURING, title, str(broken.year), where, ""),
                )
    if len(items) == 1:
        yield from _editions(monitor, items[0].id, around.areas, window)


def _ingredients(catalogue: Catalogue, topic_id: str) -> list[Indicator]:
    """The indicator, or the indicators that count in a pillar score."""
    if topic_id.startswith(PILLAR):
        pillar = catalogue.of_pillar(topic_id.removeprefix(PILLAR))
        return [item for item in pillar if item.role is Role.SCORE]
    return [catalogue.indicators[topic_id]] if topic_id in catalogue.indicators else []


def _editions(monitor: Monitor, indicator: str, areas: tuple[str, ...], window: Window) -> Iterator[_Ranked]:
    """One line when the figures of these areas come from more than one edition; editions of one year each are usual."""
    rows = queries.of_areas(monitor, list(areas)).dropna(subset="value")
    rows = rows[(rows["indicator"] == indicator) & rows["period"].between(*window)]
    labels = rows.groupby("label", sort=False)["period"].min().sort_values()
    if len(labels) < 2:
        return
    several = " van verschillende uitgevers" if rows["source"].nunique() > 1 else ""
    named = [f"{label} (vanaf {int(year)})" for label, year in labels.items()]
    more = f" en {len(named) - _MOST_NAMED} meer" if len(named) > _MOST_NAMED else ""
    listed = ", ".join(named[:_MOST_NAMED]) + more if more else dutch.listing(named)
    title = f"De cijfers komen uit {len(named)} uitgaven{several}: {listed}"
    years = [int(year) for year in rows["period"].unique()]
    yield _Ranked(
        _NATIONAL,
        pd.Timestamp(min(years), 1, 1),
        Concurrent(ConcurrentKind.MEASURING, title, dutch.years(years), "alle gebieden", ""),
    )


def _borders(monitor: Monitor, areas: tuple[str, ...], window: Window) -> Iterator[_Ranked]:
    """A treated area that was recoded or redrawn.

    A division says what changed since the one before it, so that of the first year is outside the window.
    """
    changes = linked.area_changes(monitor, list(areas))
    within = (changes["division"] > window[0]) & (changes["division"] <= window[1])
    for row in changes[within & changes["change"].isin(CHANGES)].itertuples(index=False):
        change, year = CHANGES[int(row.change)], int(row.division)
        entry = Concurrent(
            ConcurrentKind.BORDER,
            dutch.capital(change),
            str(year),
            places.area_name(monitor, row.code),
            "",
        )
        yield _Ranked(_OWN, pd.Timestamp(year, 1, 1), entry)


def _where(monitor: Monitor, codes: Iterable[str]) -> str:
    """`Zonnegaarde en Kanaalhove`, `heel Vlierstede`, `heel Nederland`; a buurt with the wijk it lies in."""
    named = []
    for code in dict.fromkeys(codes):
        name = _EVERYWHERE if code == _COUNTRY else places.area_name(monitor, code)
        wijk = wijk_of(code) if level_of(code) is Level.BUURT else None
        if level_of(code) is Level.GEMEENTE:
            name = f"heel {name}"
        named.append(f"{name} (deel van {places.area_name(monitor, wijk)})" if wijk else name)
    left = len(named) - _MOST_NAMED
    return ", ".join(named[:_MOST_NAMED]) + f" en {left} meer" if left > 0 else dutch.listing(named)
