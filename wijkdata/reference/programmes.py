"""Programmes as sets of wijken, and what published research found about them.

The facts are in `data/reference`: `programmas.toml`, `programmagebieden.csv` (one row per wijk code, matched by hand, with the
grounds of each match) and `evaluaties.csv`. Real and fictional programmes are never mixed: every question about several programmes says which it wants.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from wijkdata.errors import NotFoundError, WijkdataError
from wijkdata.frames import FrameRow
from wijkdata.settings import REFERENCE_DIR

# The codes of programmagebieden.csv are those of the Leefbaarometer, release 2022.
DIVISION = 2022


class Certainty(StrEnum):
    """How well a wijk matches the area of the programme."""

    WHOLE = "geheel"
    PART = "deel"
    NOT_FOUND = "niet_gevonden"


@dataclass(frozen=True)
class WijkMatch:
    """One wijk that is (a part of) an area, or, without a code, what could not be found and why (`note`).

    lost: the code of a wijk that is no wijk any more (code is "" then).
    """

    code: str
    name: str
    certainty: Certainty
    note: str
    lost: str = ""


@dataclass(frozen=True)
class ProgrammeArea:
    """An area as the programme calls it."""

    name: str
    municipality: str
    matches: tuple[WijkMatch, ...]

    def codes(self) -> tuple[str, ...]:
        """The wijk codes."""
        return tuple(match.code for match in self.matches if match.code)


@dataclass(frozen=True)
class Programme:
    """A programme. Dates are a year or a day, as the source gives them; "" is unknown or still running.

    chosen_year: the year of the figures on which the areas were chosen, None = not found. chosen_topics: the topics of the
    catalogue that those figures are, () = not known.
    """

    id: str
    title: str
    short: str
    fictional: bool
    begin: str
    end: str
    chosen_year: int | None
    chosen_topics: tuple[str, ...]
    explanation: str
    source: str
    areas: tuple[ProgrammeArea, ...]

    @property
    def begin_year(self) -> int:
        """The year in which it began."""
        return int(self.begin[:4])

    def codes(self) -> tuple[str, ...]:
        """The wijk codes of all areas, each once, in order."""
        return tuple(sorted({code for area in self.areas for code in area.codes()}))


@dataclass(frozen=True)
class Evaluation:
    """What was published about a programme, in own words, and why a calculation here can find something else."""

    year: int | None
    author: str
    title: str
    method: str
    outcome: str
    why_different: str


def programmes(fictional: bool) -> dict[str, Programme]:
    """The programmes by id: the real ones, or those of the fictional example. Never both."""
    return {id: programme for id, programme in _all().items() if programme.fictional is fictional}


def programme(id: str) -> Programme:
    """The programme with this id. Raises NotFoundError when there is none."""
    if id not in _all():
        raise NotFoundError(f"Het programma ‘{id}’ bestaat niet; u kunt kiezen uit {', '.join(_all())}.")
    return _all()[id]


def evaluations(id: str) -> tuple[Evaluation, ...]:
    """What was published about this programme, oldest first. Raises NotFoundError for an unknown programme."""
    known = programme(id)
    return tuple(
        Evaluation(int(r.jaar) if r.jaar else None, r.auteur, r.titel, r.methode, r.uitkomst, r.waarom_anders)
        for r in _rows("evaluaties.csv").itertuples(index=False)
        if r.programma == known.id
    )


@lru_cache(maxsize=1)
def _all() -> dict[str, Programme]:
    try:
        entries = tomllib.loads(_file("programmas.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise WijkdataError("programmas.toml in data/reference is beschadigd; zet het bestand terug.") from error
    areas: dict[str, dict[tuple[str, str], list[FrameRow]]] = {id: {} for id in entries}
    for row in _rows("programmagebieden.csv").itertuples(index=False):
        areas[row.programma].setdefault((row.gemeentecode, row.gebied), []).append(row)
    return {id: _programme(id, entry, list(areas[id].values())) for id, entry in entries.items()}


def _programme(id: str, entry: dict[str, Any], areas: list[list[FrameRow]]) -> Programme:
    return Programme(
        id=id,
        title=entry["titel"],
        short=entry["kort"],
        fictional=entry["fictief"],
        begin=entry["begin"],
        end=entry["eind"],
        chosen_year=entry["gekozen_jaar"] or None,
        chosen_topics=tuple(entry.get("gekozen_onderwerpen", ())),
        explanation=entry["uitleg"],
        source=entry["bron"],
        areas=tuple(_area(rows) for rows in areas),
    )


def _area(rows: list[FrameRow]) -> ProgrammeArea:
    matches = tuple(WijkMatch(r.wijkcode, r.wijknaam, Certainty(r.zekerheid), r.toelichting) for r in rows)
    return ProgrammeArea(rows[0].gebied, rows[0].gemeente, matches)


@lru_cache(maxsize=2)
def _rows(name: str) -> pd.DataFrame:
    """All cells as text; an empty cell is "". Comment lines are above the heading only, so a cell may begin with a #."""
    path = _file(name)
    lines = path.read_text(encoding="utf-8").splitlines()
    above = next((i for i, line in enumerate(lines) if not line.startswith("#")), 0)
    return pd.read_csv(path, skiprows=above, dtype=str, keep_default_na=False, encoding="utf-8")


def _file(name: str) -> Path:
    path = REFERENCE_DIR / name
    if not path.exists():
        raise WijkdataError(f"{name} ontbreekt in data/reference; zet het bestand terug.")
    return path
