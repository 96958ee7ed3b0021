"""What is there: figures of one indicator as published, what is loaded, which editions."""

from dataclasses import dataclass

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Indicator
from wijkdata.errors import NotFoundError
from wijkdata.store import queries
from wijkdata.store.monitor import Monitor


@dataclass(frozen=True)
class Status:
    """What a monitor file holds. coverage: as queries.coverage; editions: as queries.editions."""

    stamp: str
    areas: dict[str, int]
    municipalities: int
    coverage: pd.DataFrame
    editions: pd.DataFrame


def find_indicator(catalogue: Catalogue, name: str) -> Indicator:
    """The catalogue entry; raises NotFoundError naming the nearest ids."""
    if name in catalogue.indicators:
        return catalogue.indicators[name]
    import difflib  # only when somebody made a slip

    near = difflib.get_close_matches(name, catalogue.indicators, n=3, cutoff=0.4) or sorted(catalogue.indicators)[:3]
    raise NotFoundError(f"Indicator ‘{name}’ bestaat niet; bedoelde u {', '.join(near)}?")


def export(monitor: Monitor, catalogue: Catalogue, indicator: str, level: Level | None = None) -> pd.DataFrame:
    """One indicator as published, every area and period.

    Columns: gebied_code, gebied_naam, periode, waarde (float64, NaN when missing), reden_ontbreekt, bron.
    """
    entry = find_indicator(catalogue, indicator)
    coverage = queries.coverage(monitor)
    coverage = coverage[coverage["indicator"] == entry.id]
    frames = [
        _with_names(monitor, catalogue, entry.id, one)
        for one in Level
        if (level is None or level is one) and (coverage["level"] == one).any()
    ]
    if not frames:
        where = f" op het niveau {level}" if level else ""
        raise NotFoundError(
            f"Van {entry.id} zijn{where} geen cijfers ingelezen; {entry.fills or 'lees eerst een bestand in'}."
        )
    return pd.concat(frames, ignore_index=True)


def _with_names(monitor: Monitor, catalogue: Catalogue, indicator: str, level: Level) -> pd.DataFrame:
    rows = queries.published(monitor, indicator, level)
    names = queries.areas(monitor, level).set_index("code")["name"]
    sources = rows["source"].map({name: entry.short for name, entry in catalogue.sources.items()})
    return pd.DataFrame(
        {
            "gebied_code": rows["code"],
            "gebied_naam": rows["code"].map(names),
            "periode": rows["period"],
            "waarde": rows["value"],
            "reden_ontbreekt": rows["reason"].map({**dutch.REASONS, **dutch.REASONS_OF_LINKS}),
            "bron": sources + ", " + rows["label"],
        }
    )


def status(monitor: Monitor) -> Status:
    """What is loaded, for the command line and the page Gegevens."""
    areas = queries.areas(monitor)
    return Status(
        stamp=monitor.stamp,
        areas={level.value: int((areas["level"] == level).sum()) for level in Level},
        municipalities=int(areas.loc[areas["level"].isin(["wijk", "buurt"]), "municipality"].nunique()),
        coverage=queries.coverage(monitor),
        editions=queries.editions(monitor),
    )
