"""Slow figures: several that each get a little worse, and services that withdraw."""

from collections.abc import Collection

import pandas as pd

from wijkdata import periods
from wijkdata.analysis.signals import drift
from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue, Indicator
from wijkdata.questions.shared import memory, places, population, subjects
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.signalen.answer import SlowDrift, SlowPart, Withdrew
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

SERVICES = "voorzieningen"


def enough(monitor: Monitor, level: Level, fictional: bool) -> bool:
    """Tell whether there are enough areas with figures to know what is usual."""
    return _figures(monitor, level, fictional)["area"].nunique() >= drift.LEAST_AREAS


@kept(64)
def drifts(monitor: Monitor, municipality: str, level: Level) -> tuple[SlowDrift, ...]:
    """List the areas of a gemeente that slowly get worse, the strongest first."""
    names, known = _names(monitor, municipality, level), _standings(monitor, level, is_fictional(municipality))
    return tuple(_drift(one, monitor.catalogue, names) for one in drift.drifts(known, of=names))


@kept(64)
def withdrawals(monitor: Monitor, municipality: str, level: Level) -> tuple[Withdrew, ...]:
    """List the services that withdrew from an area of a gemeente, the strongest first."""
    names, known = _names(monitor, municipality, level), _services(monitor, level, is_fictional(municipality))
    return tuple(_withdrew(one, monitor.catalogue, names) for one in drift.withdrawals(known, of=names))


@kept(memory.KEEP)
def _standings(monitor: Monitor, level: Level, fictional: bool) -> drift.Standings:
    pillars = {item.id: item.pillar for item in monitor.catalogue.indicators.values() if item.pillar}
    figures = _figures(monitor, level, fictional)
    return drift.standings(figures[figures["indicator"].isin(pillars)], pillars)


@kept(memory.KEEP)
def _services(monitor: Monitor, level: Level, fictional: bool) -> tuple[drift.Service, ...]:
    figures, known = _figures(monitor, level, fictional), monitor.catalogue.indicators.values()
    return drift.services(figures[figures["indicator"].isin([item.id for item in known if _is_service(item)])])


def looked_at(monitor: Monitor, municipality: str, level: Level) -> tuple[tuple[str, ...], int]:
    """List the indicators that are looked at in a gemeente, and count its areas that have any of them."""
    figures = _figures(monitor, level, is_fictional(municipality))
    own = figures[figures["area"].isin(list(_names(monitor, municipality, level)))]
    return tuple(sorted(own["indicator"].unique())), int(own["area"].nunique())


def _is_service(item: Indicator) -> bool:
    return SERVICES in (item.theme, item.subject) and item.sign != 0


def _names(monitor: Monitor, municipality: str, level: Level) -> dict[str, str]:
    return {place.code: place.name for place in places.places_in(monitor, municipality, level)}


@kept(memory.KEEP)
def _figures(monitor: Monitor, level: Level, fictional: bool) -> pd.DataFrame:
    """The yearly figures with a good and a bad side, of areas with enough residents, of now's way of measuring: area, indicator,
    period, value, direction."""
    catalogue = monitor.catalogue
    known = {item.id: item for item in catalogue.indicators.values() if item.sign != 0}
    rows = subjects.figures(monitor, level, fictional)
    more = [item.id for item in known.values() if not item.pillar and _is_service(item)]
    rows = pd.concat([rows, _of_services(monitor, more, level, fictional)], ignore_index=True)
    rows = rows[rows["indicator"].isin(known)]
    codes = pd.Index(rows["code"].unique())
    rows = rows[rows["code"].isin(codes[population.enough_residents(monitor, level, codes)])]
    rows = rows[_measured_alike(rows, known)]
    direction = rows["indicator"].map({name: item.sign for name, item in known.items()})
    return rows.rename(columns={"code": "area"}).assign(direction=direction)


def _of_services(monitor: Monitor, ids: Collection[str], level: Level, fictional: bool) -> pd.DataFrame:
    rows = queries.observations(monitor, sorted(ids), level).dropna(subset="value")
    inside = places.reference_codes(monitor, level, fictional).get_indexer(rows["code"]) >= 0
    rows = rows[inside & periods.are_years(rows["period"])]
    return rows[["indicator", "period", "code", "value"]]


def _measured_alike(rows: pd.DataFrame, known: dict[str, Indicator]) -> pd.Series:
    """Tell which figures were measured as the newest of their indicator: across a break there is no move."""
    last = rows.groupby("indicator")["period"].max()
    pairs = rows[["indicator", "period"]].drop_duplicates()
    alike = {
        (name, period): known[name].stretch(int(period)) == known[name].stretch(int(last[name]))
        for name, period in pairs.itertuples(index=False)
    }
    keys = zip(rows["indicator"], rows["period"], strict=True)
    return pd.Series([alike[key] for key in keys], index=rows.index, dtype=bool)


def _drift(one: drift.Drift, catalogue: Catalogue, names: dict[str, str]) -> SlowDrift:
    parts = []
    for part in one.parts:
        item, pillar = catalogue.indicators[part.indicator], catalogue.pillars[part.pillar]
        parts.append(
            SlowPart(
                name=item.short,
                pillar=pillar.title,
                change=part.change,
                usual=part.usual,
                worse=part.worse,
                moves=part.moves,
                decimals=item.decimals,
                unit=item.unit,
            )
        )
    until = max(part.until for part in one.parts)
    return SlowDrift(one.area, names[one.area], one.since, until, tuple(parts), one.q)


def _withdrew(one: drift.Withdrawal, catalogue: Catalogue, names: dict[str, str]) -> Withdrew:
    item = catalogue.indicators[one.indicator]
    return Withdrew(
        code=one.area,
        name=names[one.area],
        service=item.short,
        since=one.since,
        until=one.until,
        change=one.change,
        usual=one.usual,
        decimals=item.decimals,
        unit=item.unit,
        distance=item.sign < 0,
    )
