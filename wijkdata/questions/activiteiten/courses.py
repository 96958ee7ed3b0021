"""The own indicators of an activity over the years, compared with the gemeente and with look-alike wijken.

What is shown is the course of a figure before, during and after; it is not an estimate of an effect.
"""

import math
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from wijkdata import dutch, periods
from wijkdata.analysis.peers import FEATURES, URBANITY, look_alikes
from wijkdata.areas import Level, is_fictional, level_of, municipality_of, wijk_of
from wijkdata.catalogue import Catalogue, Evidence, Indicator
from wijkdata.questions.activiteiten.answer import Course, Courses
from wijkdata.questions.shared import activities, population, provenance, subjects
from wijkdata.questions.shared import places as shared_places
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.shared.places import area_name
from wijkdata.record import aims
from wijkdata.record.base import Record, Row
from wijkdata.settings import MINIMUM_POPULATION
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation import registers
from wijkdata.store.participation.registers import Register

# Without aims, the first figures of its first pillar that were measured there.
MOST_WITHOUT_AIM, MOST = 2, 4
# A middle of fewer than three areas says more about those areas than about their kind.
FEWEST = 3
_MOST_AREAS = 8


@dataclass(frozen=True)
class _Areas:
    """The areas whose figures are shown, at one level. substituted: the activity is of buurten, these are their wijken."""

    codes: tuple[str, ...]
    level: Level
    substituted: bool


@dataclass(frozen=True)
class _Request:
    """One indicator of one activity, and the aim it belongs to (None: chosen by its pillar)."""

    monitor: Monitor
    catalogue: Catalogue
    record: Record
    item: Indicator
    aim: Row | None
    today: date


def courses(
    register: Register, monitor: Monitor | None, catalogue: Catalogue, activity_id: str, today: date
) -> Courses:
    """Answer a line chart per aim; without aims, for the first indicators of its first pillar."""
    record = registers.get(register.directory, activity_id)
    wanted, chosen_by = _wanted(record, catalogue)
    if monitor is None or not wanted:
        why = (
            "Er zijn nog geen cijfers ingelezen."
            if monitor is None
            else "Deze activiteit heeft geen doel en geen pijler."
        )
        return Courses("Nog geen cijfers bij deze activiteit", (), chosen_by, why)
    has_aim = bool(record.rows.get("aim"))
    lines: list[Course] = []
    for item, aim in wanted:
        course = _course(_Request(monitor, catalogue, record, item, aim, today))
        lines += [course] if course else []
        if len(lines) == (MOST if has_aim else MOST_WITHOUT_AIM):
            break
    if not lines:
        names = dutch.listing([item.short for item, _ in wanted[:3]])
        return Courses("Nog geen cijfers bij deze activiteit", (), chosen_by, f"Hier is niets gemeten van: {names}.")
    return Courses(_title(lines), tuple(lines), chosen_by, "")


def _wanted(record: Record, catalogue: Catalogue) -> tuple[list[tuple[Indicator, Row | None]], str]:
    rows = [row for row in aims.current(record.rows.get("aim", ())) if str(row["indicator"]) in catalogue.indicators]
    if rows:
        return [
            (catalogue.indicators[str(row["indicator"])], row) for row in rows
        ], "De cijfers waarvoor een doel is vastgelegd."
    pillars = sorted(record.rows.get("pillar", ()), key=lambda row: row["rank"] or 9)
    if not pillars:
        return [], ""
    pillar = str(pillars[0]["pillar"])
    chosen_by = (
        f"Er is geen doel vastgelegd; dit zijn de eerste cijfers van de pijler {catalogue.pillars[pillar].title}."
    )
    return [(item, None) for item in catalogue.of_pillar(pillar)], chosen_by


def _places(record: Record) -> list[_Areas]:
    """List where to look, best first: the wijken (of its buurten too), the buurten, the gemeente."""
    codes = [str(row["area"]) for row in record.rows.get("area", ())]
    wijken = tuple(dict.fromkeys(str(wijk_of(code)) for code in codes if level_of(code) in (Level.WIJK, Level.BUURT)))
    buurten = tuple(code for code in codes if level_of(code) is Level.BUURT)
    whole = tuple(code for code in codes if level_of(code) is Level.GEMEENTE)
    places = [_Areas(buurten, Level.BUURT, False)] if buurten and len(buurten) == len(codes) else []
    places += [_Areas(wijken[:_MOST_AREAS], Level.WIJK, bool(buurten))] if wijken else []
    return places + ([_Areas(whole, Level.GEMEENTE, False)] if whole else [])


def _course(request: _Request) -> Course | None:
    """Return the course at the first level with figures; a gemeente without a figure of its own: the mean of its wijken."""
    places = _places(request.record)
    for place in places:
        rows = _observations(request.monitor, request.item.id, place.level)
        if rows["code"].isin(place.codes).any():
            return _course_at(request, place, rows)
    home = next((place.codes[0] for place in places if place.level is Level.GEMEENTE), None)
    rows = _observations(request.monitor, request.item.id, Level.WIJK)
    codes = tuple(code for code in rows["code"].unique() if municipality_of(code) == home)
    return _course_at(request, _Areas(codes, Level.WIJK, False), rows) if codes else None


@kept(64)
def _observations(monitor: Monitor, indicator: str, level: Level) -> pd.DataFrame:
    rows = queries.observations(monitor, [indicator], level).dropna(subset="value")
    return rows[periods.are_years(rows["period"])]


def _course_at(request: _Request, place: _Areas, rows: pd.DataFrame) -> Course:
    """Put the course together for areas of one level. rows: the observations of everybody at that level."""
    monitor, item = request.monitor, request.item
    table = rows.pivot_table(index="period", columns="code", values="value", aggfunc="last")
    own, own_note = _own(monitor, table, place)
    middle, n_middle = _municipality(monitor, table, place)
    alike, n_alike, alike_note = _alikes(monitor, table, place, own)
    points = pd.DataFrame({"own": own, "municipality": middle, "alikes": alike}).dropna(subset="own")
    points = points.assign(n_municipality=n_middle.reindex(points.index), n_alikes=n_alike).reset_index(names="period")
    begin, end, until = _period(request.record, request.today)
    one = len(place.codes) == 1
    rested_on = _coverage(request, place, points["period"])
    course = Course(
        indicator=item.id,
        title=item.title,
        unit=item.unit,
        decimals=item.decimals,
        signed=item.signed,
        estimate=item.evidence is Evidence.MODELLED,
        aim=_aim(request.aim),
        points=points,
        own_name=area_name(monitor, place.codes[0]) if one else f"{len(place.codes)} {place.level.plural}",
        municipality_name=area_name(monitor, _home(place)) if n_middle.max() >= FEWEST else "",
        own_note=own_note,
        alikes_note=alike_note,
        begin=begin,
        end=end,
        until=until,
        sentence="",
        source=provenance.source_text(request.catalogue, rested_on),
        fictional=is_fictional(place.codes[0]),
        source_ids=provenance.source_ids(rested_on),
    )
    return replace(course, sentence=_sentence(course))


def _home(place: _Areas) -> str:
    return str(municipality_of(place.codes[0]))


def _coverage(request: _Request, place: _Areas, years: pd.Series) -> pd.DataFrame:
    """Pick the coverage of the figures of these years."""
    coverage = provenance.coverage(request.monitor, is_fictional(place.codes[0]))
    of_item = (coverage["indicator"] == request.item.id) & (coverage["level"] == place.level)
    return coverage[of_item & coverage["period"].isin(years)]


def _own(monitor: Monitor, table: pd.DataFrame, place: _Areas) -> tuple[pd.Series, str]:
    """Return the figure of the wijk, or the mean of several by inhabitants, in the years in which all of them have one."""
    codes = [code for code in place.codes if code in table.columns]
    notes = []
    if place.substituted:
        notes.append("Van de buurten zijn geen cijfers, dus dit zijn hun wijken.")
    if len(codes) < len(place.codes):
        notes.append(
            f"Van {len(place.codes) - len(codes)} van de {len(place.codes)} {place.level.plural} is dit niet gemeten."
        )
    if len(codes) == 1:
        return table[codes[0]].dropna(), " ".join(notes)
    inside = table[codes].dropna(how="any")
    inside = inside if len(inside) else table[codes].dropna(how="all")
    weights = population.population(monitor, place.level).reindex(codes)
    if weights.notna().all():
        mean = inside.mul(weights).sum(axis=1, skipna=True) / inside.notna().mul(weights).sum(axis=1)
        notes.append(f"Gemiddelde van {len(codes)} {place.level.plural}, gewogen naar inwoners.")
    else:
        mean = inside.mean(axis=1)
        notes.append(
            f"Gemiddelde van {len(codes)} {place.level.plural}, ongewogen: van een deel is het aantal inwoners onbekend."
        )
    return mean, " ".join(notes)


def _municipality(monitor: Monitor, table: pd.DataFrame, place: _Areas) -> tuple[pd.Series, pd.Series]:
    """Return the middle area of the gemeente (few residents left out), and of how many; nothing under three."""
    known = population.population(monitor, place.level)
    home, reference = _home(place), shared_places.reference_codes(monitor, place.level, is_fictional(place.codes[0]))
    codes = [
        code
        for code in table.columns
        if municipality_of(code) == home and code in reference and not known.get(code, math.inf) < MINIMUM_POPULATION
    ]
    inside = table[codes]
    n = inside.notna().sum(axis=1)
    return inside.median(axis=1).where(n >= FEWEST), n


def _alikes(monitor: Monitor, table: pd.DataFrame, place: _Areas, own: pd.Series) -> tuple[pd.Series, int, str]:
    """Return the middle of the look-alikes measured in every year shown: another set each year would make a jump."""
    none = pd.Series(np.nan, index=own.index)
    if place.level is Level.GEMEENTE or len(place.codes) > _MOST_AREAS:
        return none, 0, "Voor een hele gemeente zijn er geen vergelijkbare wijken."
    alike = {code for own_code in place.codes for code in look_alike_codes(monitor, own_code, place.level)}
    measured = table.reindex(index=own.index, columns=sorted(alike)).dropna(axis=1, how="any")
    if measured.shape[1] < FEWEST:
        why = f"{len(alike)} gevonden, {measured.shape[1]} met dit cijfer in elk jaar"
        return none, 0, f"Te weinig vergelijkbare {place.level.plural} om te tekenen ({why})."
    names = dutch.listing(
        [f"{area_name(monitor, code)} ({area_name(monitor, str(municipality_of(code)))})" for code in measured.columns]
    )
    return measured.median(axis=1), measured.shape[1], f"Vergelijkbaar: de middelste van {names}."


@kept(512)
def look_alike_codes(monitor: Monitor, code: str, level: Level) -> tuple[str, ...]:
    """Return the five areas elsewhere most like this one in circumstances (never in outcomes); none when unknown."""
    context = pd.DataFrame({name: subjects.newest(monitor, name, level) for name in (URBANITY, *FEATURES)})
    return tuple(look_alikes(context, code).table["code"]) if code in context.index else ()


def _period(record: Record, today: date) -> tuple[float, float, float]:
    """Begin, end (NaN: open) and where the band stops, as decimal years; by the one rule of `shared.activities`."""
    values = record.values
    begin = values.get("start_actual") or values.get("start_planned")
    end = values.get("end_actual")
    if end is None and values.get("status") != "loopt":
        end = values.get("end_planned")
    if not isinstance(begin, date) or values.get("status") in activities.NEVER_RAN:
        return math.nan, math.nan, math.nan
    start = periods.decimal_year(begin)
    stop = periods.decimal_year(end) if isinstance(end, date) else math.nan
    return start, stop, max(start, periods.decimal_year(today)) if math.isnan(stop) else max(start, stop)


def _aim(row: Row | None) -> str:
    """Write `Doel: omhoog met 3 (score), te beoordelen op 31 december 2026.`; "" for a figure chosen by its pillar."""
    if row is None:
        return ""
    aim = aims.text(row)
    return f"Doel: {aim[:1].lower()}{aim[1:]}."


def _sentence(course: Course) -> str:
    """Compare the last figure before the start with the newest, for the wijk and for the others, without a verdict."""
    points = course.points.set_index("period")
    if math.isnan(course.begin):
        return "Deze activiteit heeft niet gelopen, dus er is geen voor en na."
    # A figure of a year counts as the middle of that year.
    before = [year for year in points.index if year + 0.5 < course.begin]
    after = [year for year in points.index if year + 0.5 >= course.begin]
    if not before or not after:
        missing = "vóór de start" if not before else "na de start"
        return f"Er is geen cijfer van {missing}, dus voor en na zijn niet naast elkaar te zetten."
    first, last = before[-1], after[-1]

    def moved(column: str) -> str:
        change = points.at[last, column] - points.at[first, column]
        return "" if pd.isna(change) else dutch.number(float(change), course.decimals, signed=True)

    references = [
        ("municipality", f"middelste in {course.municipality_name}"),
        ("alikes", "middelste van gelijkende wijken"),
    ]
    others = [f"{name} {moved(column)}" for column, name in references if moved(column)]
    tail = f"; {'; '.join(others)}" if others else "; er is niets om het mee te vergelijken"
    return f"Van {first} naar {last}: {course.own_name} {moved('own')}{tail}."


def _title(lines: list[Course]) -> str:
    names = dutch.listing([f"{line.title[:1].lower()}{line.title[1:]}" for line in lines[:2]])
    title = f"Zo verliep {names}" if len(lines) <= 2 else f"Zo verliepen de {len(lines)} cijfers bij deze activiteit"
    return title if len(title) <= 90 else "Zo verliepen de cijfers bij deze activiteit"
