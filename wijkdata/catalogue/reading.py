"""The files of the catalogue, `data/catalogue/*.toml`, to the catalogue; what is wrong with one is a Dutch sentence.

`bronnen.toml` holds the sources, `pijlers.toml` the pillars, the figure "van kwetsbaar naar weerbaar" and the subjects;
every other file holds indicators, one table each, and perhaps a table [standaard] with the fields that most of them share.
Nothing about an indicator is written anywhere else.

A data directory can have entries of its own, in `eigen/*.toml` and of the same shape: `of(directory)` is the catalogue of
that directory, the shipped entries and its own.
"""

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from wijkdata import toml_text
from wijkdata.catalogue.entries import OWN, Catalogue, Column, Entry, Figure, Indicator, Pillar, Role, Source
from wijkdata.errors import CatalogueError, cause
from wijkdata.settings import CATALOGUE_DIR
from wijkdata.validation_words import field_and_problem

# Where a data directory keeps its own entries.
OWN_DIRECTORY = "eigen"
SOURCES, _PILLARS = "bronnen.toml", "pijlers.toml"
# The table of a file of indicators with the fields that its entries leave out.
_DEFAULTS = "standaard"
T = TypeVar("T", bound=Entry)


@cache
def load(directory: Path = CATALOGUE_DIR) -> Catalogue:
    """Read and check the catalogue. Raises CatalogueError naming file, entry, field and what is allowed."""
    files = {path.name: _read(path) for path in sorted(directory.glob("*.toml"))}
    for needed in (SOURCES, _PILLARS):
        if needed not in files:
            raise CatalogueError(
                f"De catalogus in {directory} is niet compleet: {needed} ontbreekt; zet het bestand terug."
            )
    sources = _entries(SOURCES, files.pop(SOURCES), Source)
    pillar_file = files.pop(_PILLARS)
    figure = _checked(_PILLARS, "figuur", Figure, pillar_file.pop("figuur", {}))
    subjects = _subjects(pillar_file.pop("onderwerpen", {}))
    pillars = _entries(_PILLARS, pillar_file, Pillar)
    indicators: dict[str, Indicator] = {}
    for name, tables in files.items():
        for key, item in _entries(name, _with_defaults(name, tables), Indicator).items():
            if key in indicators:
                raise CatalogueError(
                    f"{name}, {key}: deze indicator staat al in de catalogus; geef één van beide een ander id."
                )
            _check_joined(name, item, sources, pillars, subjects)
            indicators[key] = item
    for field, ids in figure:
        _check_known(_PILLARS, "figuur", field, ids, indicators)
    return Catalogue(sources=sources, pillars=pillars, indicators=indicators, figure=figure, subjects=subjects)


def of(directory: Path) -> Catalogue:
    """Give the catalogue of a data directory: what comes with the program, and its own entries in `eigen/*.toml`.

    An own entry that is wrong is left out, and all others work; `own_problems` says what is wrong with it.
    """
    return _with_own(directory, own_stamp(directory))[0]


def own_problems(directory: Path) -> tuple[str, ...]:
    """List what is wrong with the own entries of a data directory, a Dutch sentence each; () when all is well."""
    return _with_own(directory, own_stamp(directory))[1]


def own_stamp(directory: Path) -> tuple[tuple[str, int, int], ...]:
    """Name the files with own entries, each with its size and moment of change: the same as long as nobody changed one."""
    try:
        files = [(path, path.stat()) for path in sorted((directory / OWN_DIRECTORY).glob("*.toml"))]
    except OSError:  # a file that was thrown away in between; the next look sees it
        files = []
    return tuple((path.name, status.st_size, status.st_mtime_ns) for path, status in files)


@lru_cache(maxsize=8)
def _with_own(directory: Path, stamp: tuple[tuple[str, int, int], ...]) -> tuple[Catalogue, tuple[str, ...]]:
    """Read the own entries one by one, sources first: a wrong one costs itself and what leans on it."""
    catalogue, problems = load(), []
    for name in sorted((name for name, _, _ in stamp), key=lambda name: (name != SOURCES, name)):
        try:
            tables = _read(directory / OWN_DIRECTORY / name)
        except CatalogueError as error:
            problems.append(str(error))
            continue
        for key, table in tables.items():
            try:
                catalogue = add_own(catalogue, name, {key: table})
            except CatalogueError as error:
                problems += str(error).splitlines()
    return catalogue, tuple(problems)


def entry_of(file: str, key: str, kind: type[T], table: object) -> T:
    """Read one entry. file: as it is called in messages. Raises CatalogueError."""
    return _checked(file, key, kind, table)


def add_own(catalogue: Catalogue, name: str, tables: dict[str, Any]) -> Catalogue:
    """Add the own sources (`bronnen.toml`) or own indicators (any other file) of one file. Raises CatalogueError."""
    sources, indicators = dict(catalogue.sources), dict(catalogue.indicators)
    for key, table in tables.items():
        if not re.fullmatch(rf"{OWN}[a-z0-9_]{{1,60}}", key):
            remedy = f"begin met {OWN} en gebruik kleine letters, cijfers en _"
            raise CatalogueError(f"{name}, {key[:60]}: zo heet een eigen bron of indicator niet; {remedy}.")
        if name == SOURCES:
            sources[key] = _new(name, key, _checked(name, key, Source, table), sources)
        else:
            item = _new(name, key, _checked(name, key, Indicator, table), indicators)
            _check_joined(name, item, sources, catalogue.pillars, catalogue.subjects)
            if item.role not in (Role.SHOWN, Role.CONTEXT):
                remedy = "kies shown (met een pijler) of context"
                raise CatalogueError(
                    f"{name}, {key}, veld role: een eigen cijfer telt niet mee in een score; {remedy}."
                )
            indicators[key] = item
    return Catalogue(
        sources=sources,
        pillars=catalogue.pillars,
        indicators=indicators,
        figure=catalogue.figure,
        subjects=catalogue.subjects,
    )


def _new(file: str, key: str, entry: T, known: Collection[str]) -> T:
    if key in known:
        raise CatalogueError(f"{file}, {key}: dit staat er al; geef één van beide een ander id.")
    return entry


def _with_defaults(file: str, tables: dict[str, Any]) -> dict[str, Any]:
    """Fill what an entry leaves out from the table [standaard] of its file."""
    defaults = tables.get(_DEFAULTS, {})
    if not isinstance(defaults, dict):
        raise CatalogueError(
            f"{file}, {_DEFAULTS}: dit hoort een tabel te zijn; schrijf [{_DEFAULTS}] met de velden eronder."
        )
    return {
        key: {**defaults, **table} if isinstance(table, dict) else table
        for key, table in tables.items()
        if key != _DEFAULTS
    }


def _subjects(table: object) -> dict[str, str]:
    """Check the list of subjects: id -> Dutch name."""
    if not isinstance(table, dict) or not all(isinstance(name, str) and len(name) > 1 for name in table.values()):
        raise CatalogueError('pijlers.toml, onderwerpen: dit hoort een tabel te zijn; schrijf per regel id = "Naam".')
    return table


def _check_joined(
    file: str, item: Indicator, sources: dict[str, Source], pillars: dict[str, Pillar], subjects: dict[str, str]
) -> None:
    """Check that what an indicator names exists: its pillar, the theme in that pillar, its subject, its sources."""
    if item.subject is not None:
        _check_known(file, item.id, "subject", [item.subject], subjects)
    if item.pillar is not None:
        _check_known(file, item.id, "pillar", [item.pillar], pillars)
        _check_known(file, item.id, "theme", [item.theme or ""], pillars[item.pillar].themes)
    _check_known(file, item.id, "columns, source", [column.source for column in item.columns], sources)


def _check_known(file: str, key: str, field: str, given: Iterable[str], allowed: Collection[str]) -> None:
    for name in given:
        if name not in allowed:
            raise CatalogueError(f"{file}, {key}, veld {field}: ‘{name}’ bestaat niet; kies uit {', '.join(allowed)}.")


def _read(path: Path) -> dict[str, Any]:
    try:
        return toml_text.read(path.read_bytes())
    except OSError as error:
        raise CatalogueError(f"{path.name}: dit bestand is niet te openen ({cause(error)}); herstel het.") from error
    except toml_text.TomlError as error:
        problem = f"{path.name}{error.place}: dit is geen geldige TOML in UTF-8; herstel het bestand."
        raise CatalogueError(problem) from error


def _entries(file: str, tables: dict[str, Any], kind: type[T]) -> dict[str, T]:
    return {key: _checked(file, key, kind, table) for key, table in tables.items()}


def _checked(file: str, key: str, kind: type[T], table: object) -> T:
    if not isinstance(table, dict):
        raise CatalogueError(f"{file}, {key}: dit hoort een tabel te zijn; schrijf [{key}] met de velden eronder.")
    if "id" in table:
        raise CatalogueError(f"{file}, {key}, veld id: het id staat al in de kop [{key}]; haal dit veld weg.")
    if "id" in kind.model_fields:
        table = {"id": key, **table}
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        lines = [f"{file}, {key}, {_place_and_problem(dict(problem), kind)}." for problem in error.errors()]
        raise CatalogueError("\n".join(lines)) from error


def _place_and_problem(problem: dict[str, Any], kind: type[Entry]) -> str:
    """Write one validation problem in Dutch: the field, what is wrong, what is allowed."""
    of_column = problem["loc"][:1] == ("columns",) and len(problem["loc"]) > 2
    fields = (Column if of_column else kind).model_fields
    return field_and_problem(problem, [name for name in fields if name != "id"])
