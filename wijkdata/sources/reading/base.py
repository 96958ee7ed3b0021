"""What every reader returns, and what it may use besides the file itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from wijkdata.catalogue import Catalogue

OBSERVATION_COLUMNS = ["code", "indicator", "period", "value", "reason"]
AREA_COLUMNS = ["code", "name", "change", "water"]
CHANGE_COLUMNS = ["code_from", "year_from", "code_to", "year_to", "share_from", "share_to"]
REJECTED_COLUMNS = ["row", "column", "value", "problem"]


@dataclass(frozen=True)
class Edition:
    """Which publication of which table a file holds. Two files with one (source, table) are two editions of it."""

    source: str  # id in bronnen.toml
    table: str  # the publisher's id of the table: "84799NED", "leefbaarometer-3-wijken"
    label: str  # Dutch, for the screen: "meting 2022", "2020, stand 26 maart 2021"
    published: str | None  # ISO date of the publisher's last change, or None when the file does not say
    division: int  # indelingsjaar of the area codes
    division_given: bool = (
        True  # false: neither file nor publisher says so; derived from codes and names when links are made
    )


@dataclass(frozen=True)
class Reading:
    """One file as it was read. Nothing in it was corrected silently: every row is kept or listed in `rejected`.

    observations: code (normalised), indicator (catalogue id), period (2014 a year, 201403 a month), value (float64,
        NaN when missing), reason (None, or a key of dutch.REASONS when the value is missing); one row per key. Codes and
        indicators may be categories.
    areas: code, name (trimmed, or None), change (1 unchanged, 2 recoded, 3 border changed, None unknown), water (bool).
    boundaries: code, geometry (shapely, WGS84 lon/lat); empty when the file has none.
    changes: CHANGE_COLUMNS, which area of one division became which of another, with shares from 0 to 1; empty when the file
        has none.
    rejected: row (as counted by a reader of the file, first line = 1), column, value, problem (Dutch half-sentence).
    rows_read: data rows in the file; rows_kept plus the number of distinct rejected rows is rows_read.
    notes: Dutch sentences for the report of an import: what is empty, rounded, estimated, left over.
    provisional: the periods of which the publisher says that they will be revised (CBS: `2024*`).
    own_indicators: entries of the catalogue that the figures need and that are not in it: kept in the data directory.
    """

    file: str
    edition: Edition
    rows_read: int
    rows_kept: int
    observations: pd.DataFrame
    areas: pd.DataFrame
    boundaries: pd.DataFrame
    rejected: pd.DataFrame
    notes: tuple[str, ...] = ()
    changes: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=CHANGE_COLUMNS))
    provisional: tuple[int, ...] = ()
    own_indicators: Mapping[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """What a reader may use besides the file itself.

    other_files: files given at the same time or in the same folder (metadata, names, .dbf).
    known_areas: code, name of the areas already in the store, for files that give names without codes.
    year: what the user answered when a reader raised `QuestionError` with asked "year"; a year that the file itself gives
        goes before it.
    own_readers: those of the recipes of the data directory; they look at a file after the publishers' readers.
    kept: a folder where a reader may keep what a later file needs of this one; None: nothing can be kept.
    borders: code, division, geometry (WGS84) of the areas that are known, for a reader that goes by borders; empty for others.
    """

    catalogue: Catalogue
    other_files: tuple[Path, ...] = ()
    known_areas: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["code", "name"]))
    year: int | None = None
    own_readers: tuple["Reader", ...] = ()
    kept: Path | None = None
    borders: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["code", "division", "geometry"]))


@dataclass(frozen=True)
class Reader:
    """One publisher's format: how to recognise a file of it, and how to read one."""

    name: str  # Dutch, for messages: "Leefbaarometer 3.0 (CSV)"
    recognises: Callable[[Path], bool]
    read: Callable[[Path, Context], Reading]
    companion: bool = False  # true: describes another file and holds no figures; reading it alone is refused
    by_borders: bool = False  # true: it finds areas by coordinates, so borders come before it
