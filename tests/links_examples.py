"""Made files of several divisions in one real store: squares on a grid, with figures, written as the importer writes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pandas as pd
import shapely

from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.loading.figures import links
from wijkdata.store.monitor import linked, queries, versions, writing
from wijkdata.store.monitor.versions import Monitor

CATALOGUE = catalogue.load()
# One cell of the grid, in degrees: about half a kilometre.
CELL, WEST, SOUTH = 0.008, 4.3, 52.05
# Boxes on the grid: west, south, east, north.
LEFT, RIGHT, BOTH, FAR = (0, 0, 2, 2), (2, 0, 4, 2), (0, 0, 4, 2), (6, 0, 8, 2)

Box = tuple[float, float, float, float]
# code, name, box (None: nobody drew it)
Area = tuple[str, str | None, Box | shapely.Geometry | None]
# code, indicator, period, value (None: hidden)
Figure = tuple[str, str, int, float | None]
Pair = tuple[str, int, str, int, float, float]


def wijk(number: int) -> str:
    """A wijk of Den Haag, where no gemeente came or went."""
    return f"WK0518{number:02d}"


@dataclass(frozen=True)
class File:
    """One file of a publisher: the areas of a division, and figures of them. whole: it lists every area of a gemeente."""

    year: int
    areas: Sequence[Area] = ()
    figures: Sequence[Figure] = ()
    table: str = "tabel"
    whole: bool = True
    said: bool = True
    changes: Sequence[Pair] = field(default=())
    water: Sequence[str] = ()
    provisional: Sequence[int] = ()

    def named(self, table: str) -> "File":
        """The same as another table."""
        return replace(self, table=table)


def shape(box: Box | shapely.Geometry) -> shapely.Geometry:
    """A box of cells (or a shape in cells) where it lies, in degrees."""
    cells = shapely.box(*box) if isinstance(box, tuple) else box
    return shapely.transform(cells, lambda points: points * CELL + (WEST, SOUTH))


def store_of(directory: Path, *files: File) -> Monitor:
    """Publish these files in one go, after what is there."""

    def change(connection):
        for one in files:
            write(connection, one)
        links.settle(connection, CATALOGUE)

    return versions.publish(directory, change)


def write(connection, one: File) -> int:
    """One file into a monitor that is being published."""
    observations = pd.DataFrame(one.figures, columns=["code", "indicator", "period", "value"]).astype({"value": float})
    observations["reason"] = ["suppressed" if pd.isna(value) else None for value in observations["value"]]
    areas = pd.DataFrame([area[:2] for area in one.areas], columns=["code", "name"], dtype=object)
    areas = areas.assign(change=pd.Series(pd.NA, index=areas.index, dtype="Int64"), water=areas["code"].isin(one.water))
    drawn = [(code, shape(box).wkb) for code, _, box in one.areas if box is not None]
    borders = pd.DataFrame(
        [(code, wkb, wkb, wkb) for code, wkb in drawn], columns=["code", "wkb", "wkb_map", "wkb_country"]
    )
    changes = pd.DataFrame(
        one.changes, columns=["code_from", "year_from", "code_to", "year_to", "share_from", "share_to"]
    )
    rejected = pd.DataFrame(columns=["row", "column", "value", "problem"])
    source = "wijzigingen" if one.changes else "kwb" if one.whole else "lbm3" if one.said else "eigen"
    run = writing.Run(
        *(datetime(2026, 1, 1), f"{one.table}.csv", f"{one.table}-{one.year}-{hash(str(one))}", "c", source),
        *(f"{one.table}-{one.year}", one.table, None, one.year, one.whole, one.said, 1, 1, ()),
        provisional=tuple(one.provisional),
    )
    return writing.write_reading(connection, run, writing.Rows(observations, areas, borders, rejected, changes))


def found(store: Monitor, level: Level = Level.WIJK) -> set[tuple[str, int, str, str]]:
    """(code then, year, code now, class) of every link to a place from another division."""
    rows = linked.links(store, level)
    return {(row.code_from, row.year_from, row.code_to, row.klass) for row in rows.itertuples()}


def shown(store: Monitor, indicator: str, period: int, level: Level = Level.WIJK) -> dict[str, float | str]:
    """What stands under each place: the figure, or the reason why there is none."""
    rows = queries.observations(store, [indicator], level, period=period)
    assert rows["code"].is_unique
    return {row.code: row.reason if pd.isna(row.value) else row.value for row in rows.itertuples()}


def codes(areas: Iterable[Area]) -> list[str]:
    """The codes of these areas."""
    return [area[0] for area in areas]


# A gemeente in two years. 1 was Hempens and is Heechterp; Hempens is 5 now. 3 was split, 8 only got another code, 10 was far
# away and is another area now; 2 and 4 stayed.
BEFORE = [
    (wijk(1), "Hempens", LEFT),
    (wijk(2), "Wijk 02 Oost", RIGHT),
    (wijk(3), "Groot", (0, 4, 4, 6)),
    (wijk(4), "Ver", FAR),
    (wijk(8), "Kern", (4, 4, 6, 6)),
    (wijk(10), "Weg", (20, 20, 22, 22)),
]
AFTER = [
    (wijk(1), "Heechterp", (6, 4, 8, 6)),
    (wijk(2), "Wijk 02 Oost", RIGHT),
    (wijk(4), "Ver", FAR),
    (wijk(5), "Hempens", LEFT),
    (wijk(6), "Groot-West", (0, 4, 3, 6)),
    (wijk(7), "Groot-Oost", (3, 4, 4, 6)),
    (wijk(9), "Kern", (4, 4, 6, 6)),
    (wijk(10), "Nieuw", (10, 0, 12, 2)),
]


def scores(areas: Iterable[Area], year: int, residents: int = 5_000) -> list[Figure]:
    """A score of every area (3.8 and up, in their order) and its inhabitants."""
    found: list[Figure] = []
    for place, code in enumerate(codes(areas)):
        found += [(code, "lbm3_score", year, 3.8 + place / 10), (code, "inwoners", year, residents)]
    return found


def town(directory: Path, *more: File) -> Monitor:
    """The gemeente of BEFORE and AFTER, with scores in both years."""
    then = File(2016, BEFORE, scores(BEFORE, 2016), "toen")
    now = File(2024, AFTER, scores(AFTER, 2024), "nu")
    return store_of(directory, then, now, *more)
