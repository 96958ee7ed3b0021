"""A long table (one row per area and measurement) to a `Panel`, or one sentence about why it cannot be one.

Nothing is filled in and nothing is averaged: an area that misses a figure is left out and counted.
"""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wijkdata.analysis.impact.cells import texts
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.tables import Table
from wijkdata.dutch import count, listing

_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


@dataclass(frozen=True)
class Columns:
    """Which columns of a table hold what, and who took part from when: `treated` (names) and `start`, or `cohort`.

    unit: the area. time: whole numbers. start: the first measurement that counts as after. cohort: the column with the start
    of each area; empty or 0 = never. size: inhabitants, or how many were asked. cluster: the gemeente or another group.
    """

    unit: str
    time: str
    outcome: str
    treated: tuple[str, ...] | None = None
    start: int | str | None = None
    cohort: str | None = None
    size: str | None = None
    cluster: str | None = None


@dataclass(frozen=True)
class PanelAccount:
    """What became of a table.

    rows, units: of the table. incomplete: areas left out because a figure is missing; incomplete_treated: those among them
    that started. empty_times: measurements left out because no area has a figure. already: areas that had started by the
    first measurement. later: areas of which the start lies after the last measurement; they count as never started.
    """

    file: str
    rows: int
    units: int
    incomplete: tuple[str, ...]
    incomplete_treated: tuple[str, ...]
    empty_times: tuple[int, ...]
    already: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True)
class _Long:
    """N rows with a figure or without: the unit (position in `units`), the time (in `times`), the outcome."""

    unit: np.ndarray
    time: np.ndarray
    outcome: np.ndarray
    units: tuple[str, ...]
    times: tuple[int, ...]


def panel_of(frame: pd.DataFrame, columns: Columns, file: str) -> tuple[Panel, PanelAccount]:
    """The panel in a long table, and the account of what was left out.

    Args:
        frame: one row per area and measurement, in the order of the file. file: its name for in a sentence.

    Raises:
        InputError: one problem, in Dutch.
    """
    table, cohort = Table(frame, file), columns.cohort
    roles = {"gebied": columns.unit, "tijd": columns.time, "cijfer": columns.outcome}
    _roles(table, roles | ({"start": cohort} if cohort else {}))
    long = _long(table, columns.unit, columns.time, columns.outcome)
    if (columns.treated is None) == (cohort is None):
        raise table.wrong(
            "het is niet duidelijk welke gebieden meededen",
            "noem de gebieden met hun start, of de kolom met de start van elk gebied, en niet allebei",
        )
    years = _of_cohort(table, long, cohort) if cohort else _of_list(table, long, columns)
    return _balanced(table, long, columns.outcome, years)


def sizes_of(frame: pd.DataFrame, columns: Columns, file: str, panel: Panel) -> np.ndarray | None:
    """(n,) the median size of each area before anybody starts, NaN where none is known; None without a column.

    Raises:
        InputError: a size that is no number, or is not above 0.
    """
    if columns.size is None:
        return None
    table = Table(frame, file)
    values, names = table.figures(columns.size), np.array(texts(table.column(columns.unit)), dtype=object)
    if (values <= 0).any():
        row = int((values <= 0).argmax())
        remedy = "vul het aantal inwoners of ondervraagden in, of laat de cel leeg"
        raise table.wrong("een omvang is meer dan 0", remedy, row, columns.size, table.value(columns.size, row))
    before = table.whole(columns.time, "vul een heel getal in, zoals een jaartal") < panel.times[min(panel.cohorts)]
    medians = pd.Series(values[before]).groupby(names[before]).median()
    return medians.reindex(list(panel.units)).to_numpy(dtype=float)


def clusters_of(frame: pd.DataFrame, columns: Columns, file: str, panel: Panel) -> tuple[str, ...] | None:
    """n names of the cluster of each area; None without a column.

    Raises:
        InputError: an area without a cluster, or in two.
    """
    if columns.cluster is None:
        return None
    table = Table(frame, file)
    names, groups = texts(table.column(columns.unit)), texts(table.column(columns.cluster))
    first: dict[str, str] = {}
    for row, (name, group) in enumerate(zip(names, groups, strict=True)):
        if not group:
            raise table.wrong("de groep ontbreekt", "vul in bij welke groep dit gebied hoort", row, columns.cluster)
        if first.setdefault(name, group) != group:
            problem, remedy = f"gebied {name} hoort bij twee groepen", "geef een gebied in elke rij dezelfde groep"
            raise table.wrong(problem, remedy, row, columns.cluster, group)
    return tuple(first[unit] for unit in panel.units)


def _roles(table: Table, roles: dict[str, str]) -> None:
    """Raise unless there are rows, and every role has a column of its own."""
    if table.frame.empty:
        raise table.wrong("er staan geen rijen met cijfers in", "geef een bestand met een rij per gebied en per meting")
    for name in roles.values():
        table.column(name)
    for name in roles.values():
        double = [f"als {role}" for role, column in roles.items() if column == name]
        if len(double) > 1:
            problem = f"deze kolom is meer dan eens genoemd: {listing(double)}"
            raise table.wrong(problem, "noem voor elk een eigen kolom", column=name)


def _long(table: Table, unit: str, time: str, outcome: str) -> _Long:
    names = np.array(texts(table.column(unit)), dtype=object)
    moments = table.whole(time, "vul een heel getal in, zoals een jaartal")
    values = table.figures(outcome)
    for missing, column, what in ((names == "", unit, "het gebied"), (np.isnan(moments), time, "de tijd")):
        if missing.any():
            raise table.wrong(f"{what} ontbreekt", "vul deze cel in of haal de rij weg", int(missing.argmax()), column)
    places, units = pd.factorize(names, sort=True)
    positions, times = pd.factorize(moments.astype(np.int64), sort=True)
    keys = places.astype(np.int64) * len(times) + positions
    again = pd.Series(keys).duplicated().to_numpy()
    if again.any():
        row = int(again.argmax())
        raise table.wrong(
            "dit gebied heeft voor dezelfde tijd al een rij", "houd één rij per gebied en tijd over",
            row, unit, f"{names[row]}, {int(moments[row])}",
        )  # fmt: skip
    if len(units) < 2:
        raise table.wrong("er is maar één gebied", "voeg gebieden toe om mee te vergelijken", 0, unit, str(units[0]))
    if len(times) < 2:
        raise table.wrong("er is maar één meting", "voeg cijfers van andere jaren toe", 0, time, str(int(times[0])))
    return _Long(places, positions, values, tuple(map(str, units)), tuple(map(int, times)))


def _of_cohort(table: Table, long: _Long, cohort: str) -> np.ndarray:
    """(units,) the start of each, NaN for never, from its column."""
    starts = table.whole(cohort, "vul het jaar van de start in, of 0 als het gebied nooit meedeed")
    starts = np.where(starts == 0, np.nan, starts)
    first = np.full(len(long.units), -1)
    first[long.unit[::-1]] = np.arange(len(long.unit))[::-1]  # the last write is the first row
    years = starts[first]
    same = (starts == years[long.unit]) | (np.isnan(starts) & np.isnan(years[long.unit]))
    if not same.all():
        row = int((~same).argmax())
        name = long.units[long.unit[row]]
        raise table.wrong(
            f"gebied {name} heeft in rij {table.line(int(first[long.unit[row]]))} een andere start",
            "geef een gebied in elke rij dezelfde start", row, cohort, table.value(cohort, row),
        )  # fmt: skip
    return years


def _of_list(table: Table, long: _Long, columns: Columns) -> np.ndarray:
    """(units,) the start of each, NaN for never, from a list of names."""
    typed = "" if columns.start is None else str(columns.start).strip()
    if not _WHOLE.fullmatch(typed):  # typed by a person: `2015,0` and `2.015` are slips
        remedy = "geef de start als jaartal van een meting, zoals 2018"
        raise table.wrong("de start is geen heel getal", remedy, value=typed or None)
    given = int(typed)
    if not long.times[0] < given <= long.times[-1]:
        raise table.wrong(
            "de start valt buiten de metingen",
            f"kies een start na {long.times[0]} en niet later dan {long.times[-1]}", value=str(given),
        )  # fmt: skip
    places = {name: place for place, name in enumerate(long.units)}
    years = np.full(len(long.units), np.nan)
    for name in (name.strip() for name in columns.treated or ()):
        if name not in places:
            raise table.wrong(
                "dit gebied staat niet in het bestand", "neem de naam over zoals die in de kolom staat",
                column=columns.unit, value=name,
            )  # fmt: skip
        years[places[name]] = given
    return years


def _balanced(table: Table, long: _Long, outcome: str, years: np.ndarray) -> tuple[Panel, PanelAccount]:
    wide = np.full((len(long.units), len(long.times)), np.nan)
    wide[long.unit, long.time] = long.outcome
    measured = ~np.isnan(wide).all(axis=0)
    times = np.array(long.times)[measured]
    if len(times) < 2:
        raise table.wrong(
            "er is maar één meting" if len(times) else "er staat geen enkel cijfer in",
            "voeg cijfers van andere jaren toe", column=outcome,
        )  # fmt: skip
    wide = wide[:, measured]
    complete = ~np.isnan(wide).any(axis=1)
    # The first measurement from the start on; NaN sorts behind every year, and so becomes "never".
    start = np.searchsorted(times, years)
    _enough(table, start < len(times), complete, years, times)
    if np.ptp(wide[complete]) == 0:
        raise table.wrong(
            "alle cijfers zijn gelijk, dus er is geen verandering te zien", "kies een andere kolom",
            column=outcome, value=f"{wide[complete][0, 0]:g}",
        )  # fmt: skip
    names = np.array(long.units, dtype=object)
    panel = Panel(wide[complete], tuple(names[complete]), tuple(times.tolist()), start[complete])
    account = PanelAccount(
        file=table.file,
        rows=len(table.frame),
        units=len(names),
        incomplete=tuple(names[~complete]),
        incomplete_treated=tuple(names[~complete & (start < len(times))]),
        empty_times=tuple(np.array(long.times)[~measured].tolist()),
        already=tuple(names[complete & (start == 0)]),
        later=tuple(names[complete & (years > times[-1])]),
    )
    return panel, account


def _enough(table: Table, starts: np.ndarray, complete: np.ndarray, years: np.ndarray, times: np.ndarray) -> None:
    """Raise unless somebody starts and somebody never does, also among the complete areas."""
    if np.isnan(years).all():
        raise table.wrong("geen enkel gebied deed mee", "geef aan welke gebieden meededen en vanaf wanneer")
    if not starts.any() or not (years[starts] > times[0]).any():
        raise table.wrong(
            "geen enkele start valt binnen de metingen",
            f"kies een start na {times[0]} en niet later dan {times[-1]}",
        )
    if starts.all():
        raise table.wrong("alle gebieden deden mee", "voeg gebieden toe die nooit meededen")
    gone = f"; bij {count(int((~complete).sum()), 'gebied', 'gebieden')} ontbreekt een cijfer"
    if complete.sum() < 2:
        raise table.wrong("er blijven te weinig gebieden over" + gone, "vul die aan")
    inside = starts & (np.nan_to_num(years, nan=-np.inf) > times[0])
    if not (inside & complete).any():
        raise table.wrong("er blijft geen gebied over dat meedeed" + gone, "vul die aan")
    if not (~starts & complete).any():
        raise table.wrong("er blijft geen gebied over om mee te vergelijken" + gone, "vul die aan")
