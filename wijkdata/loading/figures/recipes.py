"""The recipes of a data directory: kept as `eigen/recepten/<name>.toml`, with the own entries that they use in `eigen/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import shapely
from filelock import FileLock, Timeout

from wijkdata import areas, catalogue, sources, toml_text
from wijkdata.areas import Level
from wijkdata.catalogue import OWN_DIRECTORY, Catalogue, Indicator, Source
from wijkdata.errors import InputError, NotFoundError, Problem, WijkdataError, cause
from wijkdata.reference import gemeenten
from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.files import RECIPE
from wijkdata.sources.recipes import applying, drafting, guess, guess_area, making, places, reports, shape
from wijkdata.sources.recipes import recipe as files
from wijkdata.sources.recipes.applying import Applied
from wijkdata.sources.recipes.guess import Figures, Guess, first_rows
from wijkdata.sources.recipes.making import DIRECTIONS, Decisions, NewIndicator, NewSource, proposal
from wijkdata.sources.recipes.places import translated_sentence
from wijkdata.sources.recipes.recipe import (
    AnyRecipe,
    Area,
    By,
    Decimal,
    Period,
    Recipe,
    RecipeError,
    ReportsRecipe,
    When,
    parse,
    text_of,
)
from wijkdata.sources.recipes.recipe import read as read_recipe
from wijkdata.sources.recipes.reports import ReportsGuess
from wijkdata.sources.recipes.reports import draft as draft_reports
from wijkdata.sources.recipes.reports import make as make_reports
from wijkdata.store import disk
from wijkdata.store.monitor import borders as stored_borders
from wijkdata.store.monitor import queries, versions

# What the form and the command line use of a recipe: they know only this module of the readers of recipes.
__all__ = [
    "DIRECTIONS", "AnyRecipe", "Applied", "Area", "By", "Decimal", "Decisions", "Figures", "Guess", "NewIndicator", "NewSource", "Period",
    "Recipe", "ReportsGuess", "ReportsRecipe", "When", "draft_reports", "first_rows", "make_reports", "parse", "proposal",
    "read_recipe", "text_of", "translated_sentence",
]  # fmt: skip

FOLDER = "recepten"
INDICATORS = "indicatoren.toml"
_LOCK_SECONDS = 20
_COMMENT = "# Eigen bronnen en cijfers van deze gegevensmap, in de vorm van data/catalogue.\n"


@dataclass(frozen=True)
class Kept:
    """The recipes that can be read, by id; and per file that cannot, why."""

    recipes: dict[str, AnyRecipe]
    problems: tuple[str, ...]


def folder(directory: Path) -> Path:
    """Return where the recipes of a data directory stand."""
    return directory / OWN_DIRECTORY / FOLDER


def kept(directory: Path) -> Kept:
    """Read the recipes of a data directory; one that is wrong costs only itself."""
    recipes, problems = dict[str, AnyRecipe](), list[str]()
    for path in sorted(folder(directory).glob("*.toml")):
        try:
            recipes[path.stem] = read_recipe(path)
        except RecipeError as error:
            problems.append(str(error))
    return Kept(recipes, tuple(problems))


def readers(directory: Path) -> tuple[Reader, ...]:
    """Make the readers of the recipes of a data directory: each recognises the shape of its table."""
    return tuple(reader(recipe) for recipe in kept(directory).recipes.values())


def reader(recipe: AnyRecipe) -> Reader:
    """Make the reader of a recipe."""
    return reports.reader(recipe) if isinstance(recipe, ReportsRecipe) else applying.reader(recipe)


def find(directory: Path, name: str) -> AnyRecipe:
    """Return a recipe by its id or its name. Raises NotFoundError with the names there are."""
    known = kept(directory).recipes
    recipe = known.get(name) or next((one for one in known.values() if one.name == name), None)
    if recipe is None:
        there = ", ".join(known) or "nog geen"
        raise NotFoundError(f"Het recept ‘{name}’ bestaat niet; er zijn: {there}.")
    return recipe


def keep(directory: Path, recipe: AnyRecipe) -> Path:
    """Keep a recipe, and the own source and indicators that come with it. One of that name is replaced.

    Raises RecipeError (CatalogueError) when an own entry is wrong, or is here already and says something else; then nothing
    is written. WijkdataError when the directory cannot be written.
    """
    place = folder(directory)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with FileLock(str(directory / OWN_DIRECTORY / ".lock"), timeout=_LOCK_SECONDS):
            if isinstance(recipe, Recipe):
                new_sources, new_indicators = _new_entries(directory, recipe)
                _check(directory, recipe, new_sources, new_indicators)
                _append(directory / OWN_DIRECTORY / catalogue.SOURCES, new_sources)
                _append(directory / OWN_DIRECTORY / INDICATORS, new_indicators)
            path = place / f"{recipe.id}.toml"
            disk.write_whole(path, text_of(recipe).encode())
    except Timeout as error:
        raise WijkdataError("Iemand anders bewaart op dit moment een recept; probeer het zo nog eens.") from error
    except OSError as error:
        raise WijkdataError(f"{place} kan niet worden geschreven ({cause(error)}); kies een andere map.") from error
    return path


def keep_indicators(directory: Path, tables: Mapping[str, dict[str, Any]]) -> None:
    """Keep own indicators that came with a file; those that are here already stay as they are.

    Raises CatalogueError when one is wrong; WijkdataError when the directory cannot be written.
    """
    place = directory / OWN_DIRECTORY
    try:
        place.mkdir(parents=True, exist_ok=True)
        with FileLock(str(place / ".lock"), timeout=_LOCK_SECONDS):
            known = catalogue.of(directory)
            new = {key: table for key, table in tables.items() if key not in known.indicators}
            catalogue.add_own(known, INDICATORS, new)
            _append(place / INDICATORS, new)
    except Timeout as error:
        raise WijkdataError("Iemand anders bewaart op dit moment een recept; probeer het zo nog eens.") from error
    except OSError as error:
        raise WijkdataError(f"{place} kan niet worden geschreven ({cause(error)}); kies een andere map.") from error


def take(directory: Path, given: str) -> AnyRecipe:
    """Find a recipe for reading: the name of a kept one, or a file, which is kept then: its figures need their names."""
    path = Path(given)
    if path.suffix.lower() != ".toml" and not path.exists():
        return find(directory, given)
    recipe = read_recipe(path)
    keep(directory, recipe)
    return recipe


def propose(path: Path, directory: Path, *, gemeente: str = "", table: int | None = None) -> Guess:
    """Make a proposal for a table, with the areas that this data directory knows. table: counted from 1.

    Raises InputError; NotFoundError for a gemeente that does not exist.
    """
    code = _gemeente(gemeente)
    return guess.guess(path, context(directory), table=None if table is None else table - 1, gemeente=code)


def propose_reports(path: Path, directory: Path, *, gemeente: str = "") -> ReportsGuess | None:
    """Make a proposal for a table of single reports or counts of them; None when it does not seem to be one."""
    return reports.guess(path, context(directory), _gemeente(gemeente))


def preview_reports(recipe: ReportsRecipe, path: Path, directory: Path) -> Reading:
    """Count a table of reports by a recipe without keeping anything. Raises InputError."""
    return reports.apply(recipe, path, replace(context(directory), borders=borders(directory)))


def borders(directory: Path) -> pd.DataFrame:
    """Fetch the borders of the places in the store: code, division, geometry."""
    monitor, parts = versions.current(directory), list[pd.DataFrame]()
    for level in (Level.GEMEENTE, Level.WIJK, Level.BUURT):
        if monitor is not None:
            stored = stored_borders.place_boundaries(monitor, level, close=True)
            parts.append(stored.assign(geometry=shapely.from_wkb(stored["wkb"].map(bytes).to_numpy(dtype=object))))
    columns = ["code", "division", "geometry"]
    return pd.concat(
        [part[columns] for part in parts if len(part)] or [pd.DataFrame(columns=columns)], ignore_index=True
    )


def _gemeente(typed: str) -> str:
    """Find the code of a gemeente; "" when none was typed. Raises NotFoundError."""
    if not typed:
        return ""
    called_so, fictional = gemeenten.find(typed), areas.normalise(typed)
    if not called_so and not (fictional and areas.is_fictional(fictional)):
        raise NotFoundError(f"De gemeente ‘{typed}’ bestaat niet; schrijf haar naam of code, zoals GM0363.")
    return called_so[0].code if called_so else str(fictional)


def context(directory: Path) -> Context:
    """What a recipe may use besides the file: the catalogue of the data directory, and the areas in its store."""
    monitor = versions.current(directory)
    known = {} if monitor is None else {"known_areas": queries.areas(monitor)[["code", "name"]]}
    return Context(catalogue.of(directory), **known)


def draft(proposal: Guess, path: Path, directory: Path) -> tuple[str, tuple[str, ...]]:
    """Write a proposal as a recipe with comments, and list what a person must still decide.

    What is open stands in it as an empty text, which is refused until somebody fills it in.
    """
    return drafting.draft(proposal, path, catalogue.of(directory))


def is_unknown_table(path: Path, directory: Path, refused: Sequence[Problem] = ()) -> bool:
    """Tell whether a file is a table of which a recipe can say what stands where: something can be proposed about it, and no
    reader knows it, or the reader that knows its shape knows none of its figures (`refused`: why it was not read)."""
    if not any(problem.command == RECIPE for problem in refused):
        try:
            sources.recognise(path, readers(directory))
            return False
        except InputError:
            pass
    if propose_reports(path, directory) is not None:
        return True
    try:
        propose(path, directory)
        return True
    except InputError:
        return False


def make(proposal: Guess, decisions: Decisions, directory: Path) -> Recipe:
    """Make a recipe of a proposal and what a person decided; raises RecipeError with what is missing."""
    return making.make(proposal, decisions, catalogue.of(directory))


def preview(recipe: Recipe, path: Path, directory: Path) -> Applied:
    """Read a table by a recipe without keeping anything. Raises InputError, RecipeError, CatalogueError."""
    asked = context(directory)
    known = _check(directory, recipe, *_new_entries(directory, recipe))
    return applying.apply(recipe, path, replace(asked, catalogue=known), year=recipe.period.year)


def area(column: str, by: By, level: Level | None, gemeente: str) -> Area | None:
    """Make the part of a recipe about the area; None when the choices do not fit yet."""
    try:
        return Area(column=column, by=by, level=level, gemeente=gemeente if by is not By.CODE else "")
    except ValueError:
        return None


def names_left(
    proposal: Guess, asked: Area, directory: Path
) -> tuple[dict[str, tuple[tuple[str, str], ...]], tuple[str, ...]]:
    """Find the names without an area, each with suggestions, and those that look translated."""
    if asked == proposal.area:
        return proposal.suggestions, proposal.translated
    columns = {header: name for name, header in reversed(shape.headers(proposal.block.frame).plain.items())}
    known = places.within(context(directory).known_areas, asked.gemeente)
    placed = places.place(asked, proposal.block.frame, columns, known)
    level = asked.level or Level.BUURT
    like = {
        name: () if name in placed.translated else places.suggestions(name, level, asked.gemeente, known)
        for name in guess_area.open_names(proposal.block, placed)
    }
    return like, placed.translated


def header_labels(proposal: Guess) -> dict[str, str]:
    """Give of every header how it stands in the table."""
    return {header: name for name, header in reversed(shape.headers(proposal.block.frame).plain.items())}


def gemeenten_known(directory: Path) -> dict[str, str]:
    """Map code to name of the gemeenten that can be chosen: those in the store first, then all that exist."""
    known = context(directory).known_areas
    there = {
        str(code): str(name) for code, name in zip(known["code"], known["name"], strict=True) if str(code)[:2] == "GM"
    }
    # Of a gemeente of which only wijken or buurten were read in there is a code and no name.
    bare = {f"GM{str(code)[2:6]}" for code in known["code"] if str(code)[:2] in ("WK", "BU")}
    every = {code: one.name for code, one in gemeenten.every().items() if one.until is None}
    first = {code: there.get(code) or every.get(code, code) for code in sorted({*there, *bare})}
    first = {code: code if name == "None" else name for code, name in first.items()}
    return dict(sorted(first.items(), key=lambda one: one[1])) | {c: n for c, n in every.items() if c not in first}


def areas_of(directory: Path, level: Level, gemeente: str) -> dict[str, str]:
    """Map code to name of the areas of a level in a gemeente, by name."""
    return places.local_areas(places.within(context(directory).known_areas, gemeente), level, gemeente)


def throw_away(directory: Path, name: str) -> None:
    """Throw a recipe away. What was read in with it stays, and so do its own indicators: figures need their names."""
    path = folder(directory) / f"{name}.toml"
    if path.parent != folder(directory) or not path.is_file():
        raise NotFoundError(f"Het recept ‘{name}’ bestaat niet; ververs de pagina.")
    try:
        path.unlink()
    except OSError as error:
        raise WijkdataError(f"{path} kan niet worden weggegooid ({cause(error)}).") from error


def _new_entries(directory: Path, recipe: Recipe) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    known = catalogue.of(directory)
    return _new(recipe.sources, known.sources, Source), _new(recipe.indicators, known.indicators, Indicator)


def _new(
    given: Mapping[str, dict[str, Any]],
    known: Mapping[str, Source] | Mapping[str, Indicator],
    kind: type[Source] | type[Indicator],
) -> dict[str, dict[str, Any]]:
    """Leave out the entries that are here already and the same; refuse one that says something else."""
    new = {}
    for name, table in given.items():
        if name not in known:
            new[name] = table
        elif _plain(known[name]) != _plain(_entry(name, table, kind)):
            what = "de bron" if kind is Source else "het cijfer"
            raise RecipeError(
                f"Recept: {what} ‘{name}’ is hier al bekend met een andere beschrijving; geef het in het recept een andere "
                "naam."
            )
    return new


def _entry(name: str, table: dict[str, Any], kind: type[Source] | type[Indicator]) -> Source | Indicator:
    file = catalogue.SOURCES if kind is Source else INDICATORS
    return catalogue.entry_of(file, name, kind, table)


def _plain(item: Source | Indicator) -> dict[str, Any]:
    return files.entry(item)


def _check(
    directory: Path, recipe: Recipe, new_sources: dict[str, dict[str, Any]], indicators: dict[str, dict[str, Any]]
) -> Catalogue:
    """Give the catalogue with the new entries; raises an error when it does not take them, or the recipe names others."""
    known: Catalogue = catalogue.add_own(catalogue.of(directory), catalogue.SOURCES, new_sources)
    known = catalogue.add_own(known, INDICATORS, indicators)
    missing = [one.indicator for one in recipe.columns if one.indicator not in known.indicators]
    missing += [] if recipe.source in known.sources else [recipe.source]
    if missing:
        raise RecipeError(
            f"Recept ‘{recipe.name}’: ‘{missing[0]}’ staat niet in de catalogus en niet in het recept; voeg het toe."
        )
    return known


def _append(path: Path, entries: dict[str, dict[str, Any]]) -> None:
    """Add entries at the end of a file of own entries; what stands there stays as it is, comments too."""
    if not entries:
        return
    before = path.read_bytes() if path.exists() else _COMMENT.encode()
    data = before.rstrip() + f"\n\n{toml_text.write(entries)}".encode()
    try:
        toml_text.read(data)
    except toml_text.TomlError as error:
        problem = f"{path.name}{error.place}: dit bestand is geen geldige TOML in UTF-8; herstel het of zet het opzij."
        raise RecipeError(problem) from error
    disk.write_whole(path, data)
