"""The aim that was written down before the start, next to the result; never called reached or missed."""

from dataclasses import dataclass
from datetime import date

from wijkdata import dutch
from wijkdata.areas import Level, level_of
from wijkdata.catalogue import Catalogue, Indicator
from wijkdata.questions.voor_en_na import plan_words
from wijkdata.questions.voor_en_na.answer import AimResult, ImpactAnswer, Refused, decimals_of
from wijkdata.record import aims as record_aims
from wijkdata.record.base import Record, Row
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation import registers
from wijkdata.store.participation.registers import Register

CHOOSE = "Kies dit onderwerp om het ernaast te zien."


@dataclass(frozen=True)
class Result:
    """What came out on one topic; a pillar has no aims of its own.

    estimate: the difference with what would have happened, None when there is no answer. own_change: of the treated areas
    themselves, same unit. measurements: how many it is the mean of.
    """

    topic_id: str
    estimate: float | None
    own_change: float | None
    measurements: int = 0


def result(answer: ImpactAnswer) -> Result:
    """What came out, as far as an aim is set beside it; of a refusal only on which topic."""
    topic = answer.head.topic.id
    if isinstance(answer, Refused):
        return Result(topic, None, None)
    after = sum(one.after for one in answer.head.moments)
    return Result(topic, answer.finding.estimate, answer.finding.own.absolute, after)


def aims(
    register: Register, monitor: Monitor, catalogue: Catalogue, activity_id: str, result: Result
) -> tuple[AimResult, ...]:
    """Every aim of the activity, that on the topic of the result first; a moved aim follows the one it replaced.

    Raises:
        NotFoundError: no such activity.
    """
    record = registers.get(register.directory, activity_id)
    rows = [row for row in record.rows.get("aim", ()) if str(row["indicator"]) in catalogue.indicators]
    rows.sort(key=lambda row: (row["indicator"] != result.topic_id, str(row["indicator"]), record_aims.version(row)))
    current = {id(row) for row in record_aims.current(rows)}
    return tuple(
        _next_to_result(record, row, catalogue.indicators[str(row["indicator"])], id(row) in current, result)
        for row in rows
    )


def _next_to_result(record: Record, row: Row, item: Indicator, current: bool, result: Result) -> AimResult:
    late = record_aims.late(row, record.values)
    return AimResult(
        topic=item.short,
        aim=f"{record_aims.change_text(row)}.",
        written=_written(row, late, current),
        late=late,
        judged=record_aims.judged_text(row),
        result=_result(record, row, item, result) if item.id == result.topic_id else CHOOSE,
        planned=_planned(row, item, result),
    )


def _planned(row: Row, item: Indicator, result: Result) -> str:
    """What was computed of it before the start, and what was found; "" when nothing was."""
    kept = plan_words.kept_of(row)
    if kept is None:
        return ""
    about = result if item.id == result.topic_id else Result(item.id, None, None)
    return plan_words.held(kept, decimals_of(item.decimals), about.measurements, about.estimate)


def _day(row: Row, name: str) -> date | None:
    value = row.get(name)
    return value if isinstance(value, date) else None


def _size(row: Row) -> float | None:
    value = row.get("size")
    return None if value is None or isinstance(value, date) else float(value)


def _written(row: Row, late: bool, current: bool) -> str:
    recorded = _day(row, "recorded_at")
    when = f"Vastgelegd op {dutch.day(recorded)}" if recorded else "Vastgelegd op een onbekende dag"
    moment = ", na de start" if late else ", vóór de start" if recorded else ""
    version = record_aims.version(row)
    moved = "; later vervangen" if not current else f"; versie {version}" if version > 1 else ""
    return f"{when}{moment}{moved}."


def _result(record: Record, row: Row, item: Indicator, result: Result) -> str:
    """`Het doel was +0,5; de wijk zelf steeg 0,3; daarvan zou 0,2 er anders ook geweest zijn.`"""
    aim = f"Het doel was {_goal(row, record_aims.decimals(row))}"
    # A change has as many decimals as elsewhere on the page: rounded to the aim, a small difference would be none.
    decimals = max(record_aims.decimals(row), decimals_of(item.decimals))
    own_change = result.own_change
    if own_change is None:
        return f"{aim}; op dit onderwerp is er nog geen uitkomst om ernaast te zetten."
    own = f"{_who(record)} {_moved(own_change, decimals, _plural(record))}"
    if result.estimate is None:
        return f"{aim}; {own}. Wat er anders gebeurd zou zijn, is hier niet te zeggen."
    return f"{aim}; {own}; {_otherwise(own_change, result.estimate, decimals)}."


def _goal(row: Row, decimals: int) -> str:
    sign = record_aims.SIGNS.get(str(row["direction"]), 0)
    if sign == 0:
        return "gelijk blijven"
    size = _size(row)
    if size is None:
        return "omhoog, zonder grootte" if sign > 0 else "omlaag, zonder grootte"
    return dutch.number(sign * size, decimals, signed=True)


def _areas(record: Record) -> list[str]:
    return [str(row["area"]) for row in record.rows.get("area", ())]


def _plural(record: Record) -> bool:
    areas = _areas(record)
    return len(areas) != 1 or level_of(areas[0]) in (Level.GEMEENTE, Level.LAND)


def _who(record: Record) -> str:
    """A buurt can have been measured as the wijk around it, so it is not named."""
    if _plural(record):
        return "de gebieden zelf"
    return "de wijk zelf" if level_of(_areas(record)[0]) is Level.WIJK else "het gebied zelf"


def _moved(change: float, decimals: int, plural: bool) -> str:
    rounded = round(change, decimals)
    if rounded == 0:
        return "bleven vrijwel gelijk" if plural else "bleef vrijwel gelijk"
    verb = ("stegen" if rounded > 0 else "daalden") if plural else "steeg" if rounded > 0 else "daalde"
    return f"{verb} {dutch.number(abs(change), decimals)}"


def _otherwise(own: float, estimate: float, decimals: int) -> str:
    """What would have happened anyway. The difference is the one of the title; a note tells where rounding keeps it from adding up."""
    mine, without, left = (round(value, decimals) for value in (own, own - estimate, estimate))
    size = dutch.number(abs(without), decimals)
    rounded = "" if round(mine - without - left, decimals) == 0 else " (door afronden telt het niet precies op)"
    difference = f"{dutch.number(left, decimals, signed=True)}{rounded}"
    if without == 0:
        return f"anders zou er naar verwachting vrijwel niets veranderd zijn, dus het verschil is {difference}"
    if mine * without > 0 and abs(without) <= abs(mine):
        return f"daarvan zou {size} er anders ook geweest zijn, dus het verschil is {difference}"
    verb = "stijging" if without > 0 else "daling"
    return f"anders was naar verwachting een {verb} van {size} te zien geweest, dus het verschil is {difference}"
