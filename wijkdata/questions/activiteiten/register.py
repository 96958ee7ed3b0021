"""The register: which activities there are in a gemeente or wijk, which run now, and which stop soon."""

from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional, level_of, municipality_of, wijk_of
from wijkdata.catalogue import Catalogue
from wijkdata.frames import FrameRow
from wijkdata.questions.activiteiten import words
from wijkdata.questions.activiteiten.answer import Bar, Filters, Group, Municipality, Options, RegisterAnswer
from wijkdata.questions.shared import activities, places, times
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.shared.names import of_list
from wijkdata.record.fields import ACTIVITY, tables
from wijkdata.settings import SOON_DAYS
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation import registers
from wijkdata.store.participation.registers import Register
from wijkdata.store.participation.statements import GONE

_COLUMNS = ["title", "kind", "initiator", "step", "status", "precision", "start_planned", "end_planned", "start_actual",
    "end_actual", "begin", "end", "ran", "areas", "municipalities", "pillars"]  # fmt: skip
PER_PAGE = 40
_CODES = {"kind": "Soort", "step": "Participatietrede", "status": "Status", "initiator": "Initiatiefnemer"}


def municipalities(register: Register, monitor: Monitor | None, catalogue: Catalogue) -> dict[str, Municipality]:
    """List the gemeenten with figures or with activities, by code; one without figures is called as in the list of all."""
    known = {place.code: place.name for place in places.municipalities(monitor)} if monitor else {}
    frame = activities.activities(register)
    named = sorted({code for codes in frame["municipalities"] for code in codes if code not in known})
    names = known | {code: of_list(code) for code in named}
    return {code: Municipality(name, is_fictional(code)) for code, name in names.items()}


def first_municipality(register: Register, monitor: Monitor | None, catalogue: Catalogue) -> str:
    """Return where a first visit lands: as on every page, or without figures the gemeente with most activities; "" for none."""
    if monitor and places.municipalities(monitor):
        return places.default_municipality(monitor)
    counts = activities.activities(register)["municipalities"].explode().dropna().value_counts()
    return str(counts.index[0]) if len(counts) else ""


@kept(64)
def _here(register: Register, code: str, today: date) -> pd.DataFrame:
    """List the activities of an area in the order of the screen, with the text people search in: a filter only leaves out."""
    frame = activities.in_area(register, code)
    text = frame["title"].fillna("") + " " + frame["description"].fillna("")
    frame = frame[_COLUMNS].assign(search=text.str.lower())
    # Plain objects: taking rows of many columns of Arrow text costs more than the question.
    texts = [name for name in frame if not pd.api.types.is_datetime64_any_dtype(frame[name])]
    return _ordered(frame.astype(dict.fromkeys(texts, object)), today)


def options(register: Register, monitor: Monitor | None, catalogue: Catalogue, municipality: str) -> Options:
    """List the wijken (all with figures, and any that an activity names) and the years of one gemeente."""
    frame = activities.in_area(register, municipality)
    known = {place.code: place.name for place in places.places_in(monitor, municipality, Level.WIJK)} if monitor else {}
    named = {wijk_of(code) for codes in frame["areas"] for code in codes if municipality_of(code) == municipality}
    extra = {code: code for code in sorted(code for code in named if code and code not in known)}
    begins, ends = frame["begin"].dropna().dt.year, frame["end"].dropna().dt.year
    years = range(int(begins.min()), int(max(begins.max(), ends.max() if len(ends) else 0)) + 1) if len(begins) else ()
    return Options(known | extra, tuple(years), len(frame))


def register_of(
    register: Register,
    monitor: Monitor | None,
    catalogue: Catalogue,
    filters: Filters,
    page: int,
    today: date,
) -> RegisterAnswer:
    """Answer one page of the register: what runs now first, then what comes, what is over, what never ran."""
    municipality = filters.municipality
    here = _here(register, municipality, today)
    frame = _filtered(register, here, filters, today)
    names = _names(register, monitor, municipality)
    name = names.get(filters.wijk or municipality, filters.wijk or municipality)
    pages = max(1, -(-len(frame) // PER_PAGE))
    page = min(max(page, 1), pages)
    on_page = frame.iloc[(page - 1) * PER_PAGE : page * PER_PAGE]
    bars = tuple(_bar(row, names, today) for row in on_page.itertuples())
    low, high = _limits(bars, filters, today)
    title, short = words.title(frame, filters, name)
    return RegisterAnswer(
        place=filters.wijk or municipality,
        name=name if not filters.wijk else f"{name}, {names.get(municipality, municipality)}",
        fictional=is_fictional(municipality),
        title=title,
        short=short,
        lead=words.lead(frame),
        bars=bars,
        n=len(frame),
        total=len(here),
        page=page,
        pages=pages,
        low=low,
        high=high,
        today=today,
        rows=frame,
        description=words.description(frame, bars, page, pages, name),
        source=words.source(frame, here, today),
    )


def table(answer: RegisterAnswer, names: dict[str, str], catalogue: Catalogue) -> pd.DataFrame:
    """List every activity that passes the filters, with Dutch headings; an unknown value stays empty."""
    frame, spec = answer.rows, tables()[ACTIVITY]
    columns: dict[str, Iterable[object]] = {
        "Stand": [Group(one).label for one in frame["group"]],
        "Titel": frame["title"],
    }
    columns["Waar"] = [_where(areas, names) for areas in frame["areas"]]
    columns |= {label: [words.word(field, code) for code in frame[field]] for field, label in _CODES.items()}
    columns["Pijlers"] = [", ".join(catalogue.pillars[p].title for p in codes) for codes in frame["pillars"]]
    for field in ("start_planned", "start_actual", "end_planned", "end_actual"):
        days = [times.as_date(value) for value in frame[field]]
        columns[spec.field(field).label] = [day.strftime("%d-%m-%Y") if day else "" for day in days]
    columns["Datums precies tot op"] = [words.word("precision", code) for code in frame["precision"]]
    columns["Nummer"] = frame.index
    return pd.DataFrame({label: list(values) for label, values in columns.items()})


def table_of(
    register: Register,
    monitor: Monitor | None,
    catalogue: Catalogue,
    filters: Filters,
    today: date,
) -> pd.DataFrame:
    """Make the `table` of the same question: only when somebody opens it."""
    answer = register_of(register, monitor, catalogue, filters, 1, today)
    return table(answer, _names(register, monitor, filters.municipality), catalogue)


def withdrawn(
    register: Register, monitor: Monitor | None, catalogue: Catalogue, municipality: str
) -> tuple[tuple[str, str], ...]:
    """List (id, title) of what was withdrawn in this gemeente, by title."""
    gone = register.frame(GONE)
    records = registers.records(register.directory, ids=list(gone["id"])) if len(gone) else {}
    return tuple(
        (str(row.id), str(row.title))
        for row in gone.itertuples()
        if any(municipality_of(str(area["area"])) == municipality for area in records[row.id].rows.get("area", ()))
    )


def _filtered(register: Register, frame: pd.DataFrame, filters: Filters, today: date) -> pd.DataFrame:
    keep = pd.Series(True, index=frame.index)
    if filters.wijk:
        keep &= frame.index.isin(_here(register, filters.wijk, today).index)
    if filters.pillar:
        keep &= pd.Series([filters.pillar in codes for codes in frame["pillars"]], index=frame.index, dtype=bool)
    for column, chosen in (("kind", filters.kinds), ("step", filters.steps), ("status", filters.statuses)):
        if chosen:
            keep &= frame[column].isin(chosen)
    if filters.last:
        keep &= frame["begin"] <= pd.Timestamp(filters.last, 12, 31)
    if filters.first:
        keep &= frame["end"].isna() | (frame["end"] >= pd.Timestamp(filters.first, 1, 1))
    if filters.text:
        keep &= frame["search"].str.contains(filters.text.lower(), regex=False)
    return frame[keep.astype(bool)]


def _ordered(frame: pd.DataFrame, today: date) -> pd.DataFrame:
    """Add `group` and `soon`, and sort: running first and in it what stops first; then coming; the rest newest first."""
    moment = pd.Timestamp(today)
    ran = frame["ran"].astype(bool)
    running = activities.running_on(frame, today).astype(bool)
    coming = ran & ~running & (frame["begin"] > moment)
    group = (
        pd.Series(str(Group.OVER), index=frame.index)
        .mask(running, str(Group.RUNNING))
        .mask(coming, str(Group.COMING))
        .mask(~ran, str(Group.NEVER))
    )
    planned = pd.to_datetime(frame["end_planned"])
    soon = running & (planned >= moment) & (planned <= moment + pd.Timedelta(days=SOON_DAYS))
    # What stops first comes first; then, in each group, the newest: an old open end is no news.
    key = planned.where(soon, pd.Timestamp("2262-01-01"))
    newest = -frame["begin"].astype("int64").where(frame["begin"].notna(), 0)
    newest = newest.where(group != Group.COMING, -newest)
    place = group.map({str(one): rank for rank, one in enumerate(Group)})
    return (
        frame.assign(group=group, soon=soon, _place=place, _key=key, _newest=newest)
        .sort_values(["_place", "_key", "_newest", "title"], kind="stable")
        .drop(columns=["_place", "_key", "_newest"])
    )


@kept(64)
def _names(register: Register, monitor: Monitor | None, municipality: str) -> dict[str, str]:
    """Name every area that an activity of this gemeente can name, by code; an unknown code is its own name."""
    named = {code for codes in set(activities.in_area(register, municipality)["areas"]) for code in codes} | {
        municipality
    }
    names = {code: of_list(code) for code in named}
    if monitor is None:
        return names
    for level in (Level.GEMEENTE, Level.WIJK, Level.BUURT):
        areas = places.all_areas(monitor, level)
        inside = areas[areas["municipality"] == municipality]
        names |= {str(code): str(name) for code, name in inside["name"].items()}
        names |= {code: str(areas.at[code, "name"]) for code in named if code in areas.index}
    return names


def _where(areas: tuple[str, ...], names: dict[str, str]) -> str:
    whole = [code for code in areas if level_of(code) is Level.GEMEENTE]
    return dutch.listing(
        [f"heel {names.get(code, code)}" for code in whole]
        + [names.get(code, code) for code in areas if code not in whole]
    )


def _bar(row: FrameRow, names: dict[str, str], today: date) -> Bar:
    begin, end = times.as_date(row.begin), times.as_date(row.end)
    precision = row.precision or times.DAY
    planned_end = times.as_date(row.end_planned)
    running, over = row.group == Group.RUNNING, row.group == Group.OVER
    until = today if running else end if over else None
    first, begun = times.bounds(begin, precision) if begin else (None, None)
    stopped = times.bounds(end, precision)[0] if end and over else None
    last_day = end if over else planned_end if end is None else end
    return Bar(
        id=str(row.Index),
        title=str(row.title),
        where=_where(row.areas, names),
        group=Group(row.group),
        state=words.state(row, planned_end, today),
        soon=bool(row.soon),
        open=running,
        planned_begin=times.as_date(row.start_planned),
        planned_end=planned_end,
        begin=begin if running or over else None,
        begin_first=first,
        begin_last=begun,
        end_first=stopped,
        drawn_until=until,
        when=times.span_text(begin, last_day, precision, "loopt nog" if running else "einde onbekend"),
        kind=words.word("kind", row.kind),
    )


def _limits(bars: tuple[Bar, ...], filters: Filters, today: date) -> tuple[date, date]:
    """Return the days at the two ends of the drawing: the period chosen, else everything on this page."""
    days = [
        day for bar in bars for day in (bar.planned_begin, bar.begin_first, bar.planned_end, bar.drawn_until) if day
    ]
    low = date(filters.first, 1, 1) if filters.first else min([*days, today])
    high = date(filters.last, 12, 31) if filters.last else max([*days, today])
    low, high = min(low, high - timedelta(days=200)), max(high, low + timedelta(days=200))
    # What is planned for the very last day must be seen as well.
    return low, high if filters.last else high + (high - low) / 40
