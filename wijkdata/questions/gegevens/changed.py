"""What changed in the figures since an earlier snapshot, or since an earlier edition of a table."""

from dataclasses import dataclass
from datetime import UTC

import pandas as pd

from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue
from wijkdata.frames import FrameRow
from wijkdata.periods import Period
from wijkdata.questions.gegevens import drawn_areas
from wijkdata.questions.gegevens.answer import Became, ChangedAnswer, ChangedFigures, Earlier, Replaced
from wijkdata.questions.shared import boundaries, places, provenance, snapshots
from wijkdata.store.monitor import changed, versions
from wijkdata.store.monitor.versions import Monitor

_EDITION = "uitgave-"
_MAPPED = (Level.WIJK, Level.BUURT)


@dataclass(frozen=True)
class Asked:
    """What is compared: with what (`Earlier.key`), and of which areas: one gemeente, or "" for all real or fictional ones."""

    key: str
    municipality: str
    fictional: bool

    @property
    def scope(self) -> changed.Scope:
        """The same, as the store is asked."""
        if not self.municipality:
            return changed.Scope(None, self.fictional)
        return changed.Scope(self.municipality, is_fictional(self.municipality))


def earlier(monitor: Monitor, catalogue: Catalogue) -> tuple[Earlier, ...]:
    """List what the figures of now can be compared with: snapshots that open, then editions, newest first."""
    kept = snapshots.snapshots(monitor.path.parent)
    older = [Earlier(one.stamp, one.moment) for one in kept if one.problem is None and one.stamp < monitor.stamp]
    return (*older, *(_edition(row, catalogue) for row in changed.replaced_editions(monitor).itertuples()))


def replaced(monitor: Monitor, catalogue: Catalogue) -> tuple[Replaced, ...]:
    """List the tables of which one can go back to the edition before."""
    return tuple(
        Replaced(
            row.run_id, catalogue.sources[row.source].short, row.label, row.file, row.label_before, row.file_before
        )
        for row in changed.withdrawable(monitor).itertuples()
    )


def answer(monitor: Monitor, catalogue: Catalogue, asked: Asked) -> ChangedAnswer:
    """Count what changed."""
    rows = changed.counted(monitor, _since(monitor, asked.key), asked.scope)
    items = [catalogue.indicators[name] for name in rows["indicator"]]
    return ChangedAnswer(
        since=_found(monitor, catalogue, asked.key),
        municipality_name=_name(monitor, asked.municipality),
        fictional=asked.scope.fictional,
        rows=rows.assign(
            source_name=[catalogue.sources[source].short for source in rows["source"]],
            short=[item.short for item in items],
            unit=[item.unit for item in items],
            decimals=[item.decimals for item in items],
            when=[Period.of(code).text for code in rows["period"]],
            levels=[tuple(Level(level) for level in some) for some in rows["levels"]],
        ),
    )


def figures(
    monitor: Monitor, catalogue: Catalogue, asked: Asked, indicator: str, period: int, level: Level
) -> ChangedFigures:
    """List the areas with their figures then and now; of one gemeente with a map."""
    entry, municipality = catalogue.indicators[indicator], asked.municipality
    rows = changed.listed(monitor, _since(monitor, asked.key), asked.scope, indicator, period)
    rows = rows[rows["level"] == level].set_index("code")
    published_by = sorted(rows["source"].unique())
    features = drawn_areas.features(monitor, municipality, level) if municipality and level in _MAPPED else ()
    drawn_by = boundaries.drawn_by(monitor, level, municipality) if features else ()
    return ChangedFigures(
        since=_found(monitor, catalogue, asked.key),
        name=entry.title,
        unit=entry.unit,
        decimals=entry.decimals,
        when=Period.of(period).text,
        level=level,
        municipality_name=_name(monitor, municipality),
        fictional=asked.scope.fictional,
        publishers=tuple(catalogue.sources[source].short for source in published_by),
        areas=_areas(monitor, rows, level),
        features=features,
        outline=boundaries.border(monitor, municipality, level) if features else (),
        borders=provenance.borders_text(catalogue, drawn_by, asked.scope.fictional),
        source_ids=(*published_by, *provenance.border_ids(drawn_by, asked.scope.fictional)),
    )


def _areas(monitor: Monitor, rows: pd.DataFrame, level: Level) -> pd.DataFrame:
    """Name the areas and say what became of each figure, the largest difference first."""
    difference = rows["now"] - rows["before"]
    became = pd.Series(Became.SAME, index=rows.index, dtype=object)
    became = became.mask(rows["revised"] & (difference > 0), Became.HIGHER)
    became = became.mask(rows["revised"] & (difference < 0), Became.LOWER)
    became = became.mask(rows["before"].isna(), Became.NEW).mask(rows["now"].isna(), Became.GONE)
    known = places.all_areas(monitor, level)[["name", "municipality_name"]].reindex(rows.index)
    areas = rows[["before", "now", "final"]].assign(
        name=known["name"].fillna(pd.Series(rows.index, index=rows.index)),
        municipality_name=known["municipality_name"].fillna(""),
        difference=difference,
        became=became,
    )
    return areas.sort_values("difference", key=lambda column: -column.abs(), kind="stable")


def _since(monitor: Monitor, key: str) -> Monitor | int:
    """Return the earlier file, or the run of the earlier edition, that a key is about."""
    if key.startswith(_EDITION):
        return int(key.removeprefix(_EDITION))
    return Monitor(versions.earlier(monitor.path.parent, key))


def _found(monitor: Monitor, catalogue: Catalogue, key: str) -> Earlier:
    return next(one for one in earlier(monitor, catalogue) if one.key == key)


def _edition(row: FrameRow, catalogue: Catalogue) -> Earlier:
    moment = row.imported_at.to_pydatetime().replace(tzinfo=UTC)
    return Earlier(f"{_EDITION}{row.run_id}", moment, catalogue.sources[row.source].short, row.label, row.file)


def _name(monitor: Monitor, municipality: str) -> str:
    return places.municipality_name(monitor, municipality) if municipality else ""
