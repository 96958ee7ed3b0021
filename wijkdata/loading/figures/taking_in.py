"""One file to its reading, small enough to hand over: what is done in the process apart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from wijkdata import dutch, sources
from wijkdata.errors import InputError, WijkdataError, cause
from wijkdata.loading.figures import apart, recipes
from wijkdata.sources.reading.base import Context, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.recipes import applying
from wijkdata.sources.recipes.recipe import Recipe

# From this many figures on a file is kept on disk between reading and writing.
LARGE = 200_000
# The folder of a data directory where a reader keeps what a later file needs of an earlier one.
KEPT = "adressen"
_WORKBOOKS = (".xlsx", ".xls", ".ods")


@dataclass(frozen=True)
class HowToRead:
    """What a file may be read with. directory: whose recipes count. chosen: the recipe that a person gave for all files."""

    directory: Path
    chosen: Recipe | None = None


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


def comes_last(path: Path, how: HowToRead, own: bool) -> bool:
    """Tell whether a file may hold names without codes, and so comes after those with codes."""
    if path.suffix.lower() in _WORKBOOKS:
        return True
    try:
        return own and apart.call(path, is_for_a_recipe, path, how.directory)
    except InputError:
        return False  # its own reading says what is wrong


def has_recipes(how: HowToRead) -> bool:
    """Tell whether this data directory has recipes of its own."""
    return bool(recipes.readers(how.directory))


def is_for_a_recipe(path: Path, directory: Path) -> bool:
    """Tell whether it is a recipe that recognises a file. Raises InputError when nothing does."""
    own = recipes.readers(directory)
    return sources.recognise(path, own) in own


def _read(how: HowToRead, path: Path, context: Context) -> Reading:
    if how.chosen is not None:
        return applying.apply(how.chosen, path, context, year=how.chosen.period.year).reading
    context = replace(context, own_readers=recipes.readers(how.directory), kept=how.directory / KEPT)
    return sources.read(path, context)


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
