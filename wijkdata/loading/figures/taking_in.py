"""One file to its reading, small enough to hand over: what is done in the process apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path

import pandas as pd

from wijkdata import dutch, sources
from wijkdata.errors import InputError, WijkdataError, cause
from wijkdata.loading.figures import apart, recipes
from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.recipes import applying
from wijkdata.sources.recipes.recipe import AnyRecipe, Recipe

# From this many figures on a file is kept on disk between reading and writing.
LARGE = 200_000
# The folder of a data directory where a reader keeps what a later file needs of an earlier one.
KEPT = "adressen"
_WORKBOOKS = (".xlsx", ".xls", ".ods")


class Turn(IntEnum):
    """When a file of a call is read."""

    FIRST = 0
    BY_NAME = 1
    BY_BORDERS = 2


@dataclass(frozen=True)
class HowToRead:
    """What a file may be read with. directory: whose recipes count. chosen: the recipe that a person gave for all files."""

    directory: Path
    chosen: AnyRecipe | None = None


def take_in(how: HowToRead, path: Path, context: Context, target: Path) -> Reading:
    """Read a file by the recipe that was given, else by whatever recognises it.

    The figures of a large file go to `target` and not into the reading: twelve national years do not fit in memory.
    """
    reading = _read(how, path, context)
    _check_kept(reading, path)
    reading = replace(reading, observations=_compact(reading.observations))
    if len(reading.observations) < LARGE:
        return reading
    try:
        reading.observations.to_parquet(target, index=False)
    except OSError as error:
        raise WijkdataError(
            f"{path.name} kan niet tijdelijk worden bewaard ({cause(error)}); maak ruimte op deze computer."
        ) from error
    return replace(reading, observations=reading.observations.iloc[:0].copy())


def companions(paths: Sequence[Path]) -> set[Path]:
    """Find the files that only accompany another one of `paths`, as `sources.companions` does."""
    looked_into = [path for path in paths if path.suffix.lower() in (".json", ".parquet")]
    if not looked_into:
        return sources.companions(list(paths))
    try:
        return apart.call(looked_into[0], sources.companions, list(paths), paths=paths)
    except InputError:  # one of them is too much; its own reading says which
        return sources.companions([path for path in paths if path not in looked_into])


def turn(path: Path, how: HowToRead) -> Turn:
    """Tell when a file is read: one that may hold names without codes after those with codes, one of points after all borders."""
    if path.suffix.lower() in _WORKBOOKS:
        return Turn.BY_NAME
    try:
        return apart.call(path, turn_of, path, how)
    except InputError:
        return Turn.FIRST  # its own reading says what is wrong


def turn_of(path: Path, how: HowToRead) -> Turn:
    """Tell it by the reader. Raises InputError when nothing recognises the file."""
    own = recipes.readers(how.directory)
    reader = _reader(how, path, own)
    if reader.by_borders:
        return Turn.BY_BORDERS
    return Turn.BY_NAME if reader in own else Turn.FIRST


def _read(how: HowToRead, path: Path, context: Context) -> Reading:
    if isinstance(how.chosen, Recipe):
        return applying.apply(how.chosen, path, context, year=how.chosen.period.year).reading
    own = recipes.readers(how.directory)
    reader, borders = _reader(how, path, own), context.borders
    if reader.by_borders:
        stored = recipes.borders(how.directory)
        borders = pd.concat([stored, borders], ignore_index=True) if len(borders) else stored
    return reader.read(path, replace(context, own_readers=own, kept=how.directory / KEPT, borders=borders))


def _reader(how: HowToRead, path: Path, own: tuple[Reader, ...]) -> Reader:
    """Find the reader of a file: the recipe that was given, else whatever recognises it."""
    return sources.recognise(path, own) if how.chosen is None else recipes.reader(how.chosen)


def _check_kept(reading: Reading, path: Path) -> None:
    """Raise InputError when nothing of a file can be used: "read in" would be untrue."""
    if reading.rows_kept or reading.rejected.empty:
        return
    first = reading.rejected.iloc[0]
    rows = (
        "de enige rij is niet" if reading.rows_read == 1 else f"geen van de {dutch.number(reading.rows_read)} rijen is"
    )
    value = None if pd.isna(first["value"]) else str(first["value"])
    column = None if pd.isna(first["column"]) else str(first["column"])
    raise refuse(
        path,
        f"{rows} over te nemen; hier: {first['problem']}",
        "controleer of dit het goede bestand is, of haal het opnieuw op",
        row=int(first["row"]),
        column=column,
        value=value,
    )


def _compact(observations: pd.DataFrame) -> pd.DataFrame:
    """Keep each text once: a national table of a hundred topics has two million rows, and there may be twelve of them."""
    kept = {"period": observations["period"].astype("int32")}
    for name in ("code", "indicator", "reason"):
        if not isinstance(observations[name].dtype, pd.CategoricalDtype):
            places, texts = pd.factorize(observations[name].to_numpy(dtype=object))
            categories = pd.Index(texts, dtype=object)
            kept[name] = pd.Series(pd.Categorical.from_codes(places, categories=categories), index=observations.index)
    return observations.assign(**kept)
