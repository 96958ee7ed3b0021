"""A session as it is stored now: what was planned, what the room answered, and what became of earlier sessions about the area.

Read anew at every run: a room answers ten times a second, and another window may have opened a question.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from wijkdata.areas import is_fictional, municipality_of
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import places
from wijkdata.questions.werksessie import phone
from wijkdata.questions.werksessie.answer import (
    FEWEST,
    Agreement,
    Asked,
    Before,
    Listed,
    Note,
    Outcome,
    Point,
    Session,
    SessionFigure,
)
from wijkdata.record.base import Record, Row
from wijkdata.record.fields import ACTIVITY, SESSION
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation import registers, room
from wijkdata.store.participation.room import Round

Rounds = Mapping[tuple[str, str], Round]


def listing(directory: Path) -> tuple[Listed, ...]:
    """List every session that was not withdrawn, the newest first."""
    sessions = [
        Listed(
            id=key,
            title=str(record.values["title"]),
            area=str(record.values["area"]),
            date=_date(record),
            state=str(record.values["state"]),
            n_figures=len(record.rows.get("figure", ())),
            n_agreements=len(record.rows.get("agreement", ())),
        )
        for key, record in registers.records(directory, SESSION).items()
        if not record.withdrawn
    ]
    return tuple(sorted(sessions, key=lambda one: (one.date, one.title, one.id), reverse=True))


def session(directory: Path, monitor: Monitor | None, key: str) -> Session:
    """Return a session with everything in it. Raises NotFoundError when there is none of that id."""
    records = registers.records(directory, SESSION)
    record = records.get(key)
    if record is None or record.withdrawn:
        raise NotFoundError("Deze werksessie is er niet (meer); kies een andere in de lijst.")
    rounds = room.rounds(directory, key)
    area = str(record.values["area"])
    name, municipality_name = _names(monitor, area)
    dots = Asked("", room.DOTS, phone.DOTS_TEXT, phone.points(record), most=room.MOST_DOTS)
    given = outcome(dots, rounds)
    statuses = _statuses(directory)
    return Session(
        id=key,
        title=str(record.values["title"]),
        area=area,
        name=name,
        municipality=municipality_of(area) or area,
        municipality_name=municipality_name,
        fictional=is_fictional(area),
        date=_date(record),
        state=str(record.values["state"]),
        residents=record.values.get("residents") != "nee",
        code=str(record.values.get("code") or ""),
        figures=tuple(_figure(record, row, rounds) for row in _in_order(record)),
        points=points(record, given),
        dots=given,
        agreements=_agreements(record, statuses),
        before=_before(directory, records, record, statuses),
    )


def outcome(asked: Asked, rounds: Rounds) -> Outcome:
    """Return what the room answered to a question; counts of 0 for an option that nobody chose."""
    now = rounds.get((asked.figure, asked.kind))
    if now is None:
        return Outcome(asked, dict.fromkeys(asked.options, 0), 0, 0)
    numbers = now.numbers
    order = list(asked.options) or sorted((one for one in numbers if _is_number(one)), key=float)
    counts = {answer: numbers.get(answer, 0) for answer in order}
    return Outcome(
        asked=asked,
        counts=counts,
        n=sum(counts.values()),
        devices=now.devices,
        open=now.open,
        shown=now.shown,
        hands={answer: now.hands.get(answer, 0) for answer in order},
    )


def points(record: Record, given: Outcome) -> tuple[Point, ...]:
    """Return the challenges and chances, in the order in which they were named; dots only where enough were given to show."""
    shown = given.n >= FEWEST and not given.open
    return tuple(
        Point(
            key=str(row["key"]),
            chance=row["kind"] == "kans",
            text=str(row["text"]),
            state=str(row["state"]),
            dots=given.counts.get(str(row["key"]), 0) if shown else None,
        )
        for row in record.rows.get("point", ())
    )


def _figure(record: Record, row: Row, rounds: Rounds) -> SessionFigure:
    key = str(row["key"])
    guess = phone.guess(row)
    recognised = Asked(key, room.RECOGNISE, phone.RECOGNISE_TEXT, phone.RECOGNISED)
    notes = [one for one in record.rows.get("note", ()) if one["figure"] == key]
    return SessionFigure(
        key=key,
        position=_position(row),
        kind=str(row["kind"]),
        subject=str(row.get("subject") or ""),
        title=str(row["title"]),
        link=str(row.get("link") or ""),
        guess=outcome(guess, rounds) if guess else None,
        recognised=outcome(recognised, rounds),
        notes=tuple(Note(str(one["text"]), str(one.get("recognised") or "")) for one in notes),
    )


def _agreements(record: Record, statuses: Mapping[str, str]) -> tuple[Agreement, ...]:
    return tuple(
        Agreement(
            key=str(row["key"]),
            what=str(row["what"]),
            who=str(row["who"]),
            due=due if isinstance(due := row.get("due"), date) else None,
            state=str(row["state"]),
            activity=str(row.get("activity") or ""),
            status=statuses.get(str(row.get("activity")), ""),
            indicator=str(row.get("indicator") or ""),
        )
        for row in record.rows.get("agreement", ())
    )


def _before(
    directory: Path, records: Mapping[str, Record], now: Record, statuses: Mapping[str, str]
) -> tuple[Before, ...]:
    """Earlier sessions about the same area, the latest first."""
    earlier = [
        one
        for one in records.values()
        if not one.withdrawn and one.values["area"] == now.values["area"] and _date(one) < _date(now)
    ]
    before = []
    for one in sorted(earlier, key=_date, reverse=True):
        dots = Asked("", room.DOTS, phone.DOTS_TEXT, phone.points(one), most=room.MOST_DOTS)
        of_then = points(one, outcome(dots, room.rounds(directory, one.id)))
        chances = tuple(point for point in of_then if point.chance)
        before.append(Before(one.id, str(one.values["title"]), _date(one), chances, _agreements(one, statuses)))
    return tuple(before)


def _statuses(directory: Path) -> dict[str, str]:
    """Map each activity to how it stands; what was withdrawn has no status."""
    frame = registers.current(directory).frame(ACTIVITY)
    return dict(zip(frame["id"], frame["status"], strict=True))


def _names(monitor: Monitor | None, area: str) -> tuple[str, str]:
    """The name of the area and of its gemeente; the codes where no figures are read in that know it."""
    if monitor is None:
        return area, municipality_of(area) or area
    try:
        place = places.place(monitor, area)
    except NotFoundError:
        return area, municipality_of(area) or area
    return place.name, place.municipality_name


def _in_order(record: Record) -> list[Row]:
    return sorted(record.rows.get("figure", ()), key=lambda row: (_position(row), str(row["key"])))


def _position(row: Row) -> int:
    position = row.get("position")
    return position if isinstance(position, int) else 0


def _date(record: Record) -> date:
    value = record.values["date"]
    return value if isinstance(value, date) else date.min


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)
    except ValueError:
        return False
