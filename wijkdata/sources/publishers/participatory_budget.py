"""Participatory budgets (`.pb`): what residents proposed, what it would cost and how many voted for it.

Three parts, META, PROJECTS and VOTES. A row of VOTES is one voter: reading stops there, so no voter is ever read in.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from wijkdata import dutch
from wijkdata.errors import InputError, Problem
from wijkdata.reference import gemeenten
from wijkdata.sources.reading import files, tables
from wijkdata.sources.reading.files import FileKind, refuse

_META, _PROJECTS, _VOTES = "META", "PROJECTS", "VOTES"
_START = re.compile(r"\ufeff?META\s*[\r\n]")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_WHOLE = re.compile(r"\d{1,9}")
_COST = re.compile(r"\d{1,9}(?:\.\d{1,2})?")
_MOST_LINES, _LONGEST = 20_000, 200_000
_AGAIN = "haal het bestand opnieuw op bij de uitgever"


@dataclass(frozen=True)
class Project:
    """A proposal. row: where it stands in the file. votes: None when the file does not give them."""

    row: int
    id: str
    name: str
    cost: float
    votes: int | None
    description: str = ""
    category: str = ""
    neighbourhood: str = ""


@dataclass(frozen=True)
class Budget:
    """One vote on proposals. day: when the vote ended, the first of January where the file gives a year (whole_year)."""

    title: str
    gemeente: str
    instance: str
    day: date
    whole_year: bool
    budget: float | None
    voters: int | None
    projects: tuple[Project, ...]


def recognises(path: Path) -> bool:
    """Whether this is text that begins with META on a line of its own."""
    return files.kind(path) is FileKind.TEXT and bool(_START.match(tables.peek(path).head))


def read(path: Path) -> Budget:
    """Read the description and the proposals, up to the voters.

    Raises InputError: damaged, another country or currency, an unknown gemeente, proposals that do not add up.
    """
    try:
        with path.open("rb") as file:
            parts = _parts(file, path)
    except (UnicodeDecodeError, csv.Error) as error:
        raise refuse(path, "dit bestand met een burgerbegroting is beschadigd", _AGAIN) from error
    meta = {cells[0]: cells[1] for _, cells in parts.get(_META, [])[1:] if len(cells) > 1}
    projects = _projects(parts.get(_PROJECTS, []), path)
    if meta.get("num_projects", str(len(projects))) != str(len(projects)):
        problem = f"er staan {dutch.count(len(projects), 'project', 'projecten')} in en volgens META zijn het er {meta['num_projects']}"
        raise refuse(path, problem, _AGAIN)
    day, whole_year = _day(meta, path)
    return Budget(
        title=meta.get("description", "") or "burgerbegroting",
        gemeente=_gemeente(meta, path),
        instance=meta.get("instance", "") or str(day.year),
        day=day,
        whole_year=whole_year,
        budget=float(meta["budget"]) if _COST.fullmatch(meta.get("budget", "")) else None,
        voters=int(meta["num_votes"]) if _WHOLE.fullmatch(meta.get("num_votes", "")) else None,
        projects=tuple(projects),
    )


def _parts(file: BinaryIO, path: Path) -> dict[str, list[tuple[int, list[str]]]]:
    """Split the lines before the voters into parts: name -> (row, cells), the header first."""
    parts: dict[str, list[tuple[int, list[str]]]] = {}
    part = ""
    reader = csv.reader(_before_voters(file, path), delimiter=";")
    for cells in reader:
        trimmed = [cell.strip() for cell in cells]
        if len(trimmed) == 1 and trimmed[0] in (_META, _PROJECTS):
            part = trimmed[0]
            parts[part] = []
        elif part and any(trimmed):
            parts[part].append((reader.line_num, trimmed))
    return parts


def _before_voters(file: BinaryIO, path: Path) -> Iterator[str]:
    for number in range(1, _MOST_LINES + 1):
        line = file.readline(_LONGEST)
        if not line or line.strip() == _VOTES.encode():
            return
        if len(line) == _LONGEST:
            raise refuse(path, "deze regel is te lang voor een burgerbegroting", _AGAIN, row=number)
        yield line.decode("utf-8-sig" if number == 1 else "utf-8")
    raise refuse(path, f"voor de stemmen staan meer dan {dutch.number(_MOST_LINES)} regels", _AGAIN)


def _projects(rows: list[tuple[int, list[str]]], path: Path) -> list[Project]:
    if len(rows) < 2:
        raise refuse(path, "in deze burgerbegroting staan geen projecten", _AGAIN)
    header = rows[0][1]
    missing = [name for name in ("project_id", "cost", "name") if name not in header]
    if missing:
        raise refuse(path, f"bij de projecten ontbreekt de kolom {dutch.listing(missing)}", _AGAIN, row=rows[0][0])
    problems: list[Problem] = []
    projects: dict[str, Project] = {}
    for row, cells in rows[1:]:
        one = dict(zip(header, cells, strict=False))
        wrong = _wrong(one, len(cells) == len(header), projects)
        if wrong:
            column, problem = wrong
            problems.append(Problem(path.name, problem, _AGAIN, row, column, one.get(column or "")))
            continue
        votes = int(one["votes"]) if one.get("votes") else None
        places = one.get("neighborhood", "") or one.get("neighbourhood", "")
        projects[one["project_id"]] = Project(
            row, one["project_id"], one["name"], float(one["cost"]), votes, one.get("description", ""),
            one.get("category", ""), "" if places in ("Other", "other") else places,
        )  # fmt: skip
    if problems:
        raise tables.too_many(problems, path)
    return list(projects.values())


def _wrong(one: dict[str, str], whole: bool, known: dict[str, Project]) -> tuple[str | None, str] | None:
    """Find what is wrong with a project: (column, half-sentence)."""
    if not whole:
        return None, "deze rij is niet zo breed als de kop van de projecten"
    if not one["project_id"] or one["project_id"] in known:
        return "project_id", "dit nummer ontbreekt of staat er twee keer"
    if not one["name"]:
        return "name", "dit project heeft geen naam"
    if not _COST.fullmatch(one["cost"]):
        return "cost", "dit is geen bedrag"
    if one.get("votes") and not _WHOLE.fullmatch(one["votes"]):
        return "votes", "dit is geen aantal stemmen"
    return None


def _gemeente(meta: dict[str, str], path: Path) -> str:
    if meta.get("country", "Netherlands") not in ("Netherlands", "Nederland") or meta.get("currency", "EUR") != "EUR":
        raise refuse(
            path, "deze burgerbegroting is niet van een Nederlandse gemeente in euro's", "kies er een uit Nederland"
        )
    known = [one for one in gemeenten.find(meta.get("unit", "")) if one.until is None]
    if len(known) != 1:
        remedy = "zet bij ‘unit’ in META de naam of de code van de gemeente"
        raise refuse(path, "de gemeente van deze burgerbegroting is niet bekend", remedy, value=meta.get("unit", ""))
    return known[0].code


def _day(meta: dict[str, str], path: Path) -> tuple[date, bool]:
    """Return when the vote ended, and whether only the year is given."""
    for text in (meta.get("date_end", ""), meta.get("date_begin", ""), meta.get("instance", "")):
        if written := _DAY.fullmatch(text):
            try:
                return date(int(written[3]), int(written[2]), int(written[1])), False
            except ValueError:
                break
        if _YEAR.fullmatch(text):
            return date(int(text), 1, 1), True
    raise InputError([
        Problem(path.name, "in deze burgerbegroting staat niet wanneer er is gestemd", "zet bij ‘date_end’ in META de dag of het jaar")
    ])  # fmt: skip
