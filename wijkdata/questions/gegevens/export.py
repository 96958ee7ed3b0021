"""What is there: figures of one indicator as published, what is loaded, which editions."""

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, find_indicator
from wijkdata.errors import NotFoundError
from wijkdata.questions.gegevens.answer import Status
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor


def export(monitor: Monitor, catalogue: Catalogue, indicator: str, level: Level | None = None) -> pd.DataFrame:
    """Return one indicator as published, every area and period.

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
    """Return what is loaded, for the command line and the page Gegevens."""
    areas = queries.areas(monitor)
    return Status(
        stamp=monitor.stamp,
        areas={level.value: int((areas["level"] == level).sum()) for level in Level},
        municipalities=int(areas.loc[areas["level"].isin(["wijk", "buurt"]), "municipality"].nunique()),
        coverage=queries.coverage(monitor),
        editions=queries.editions(monitor),
    )
