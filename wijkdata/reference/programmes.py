"""Programmes as sets of wijken, and what published research found about them.

The facts stand in `data/reference`: `programmas.toml`, `programmagebieden.csv` (one row per wijk code, matched by hand) and
`evaluaties.csv`. Real and fictional programmes are never mixed: every question about several programmes says which it wants.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from wijkdata.errors import NotFoundError, WijkdataError
from wijkdata.settings import REFERENCE_DIR

# The codes of programmagebieden.csv are those of the Leefbaarometer, release 2022.
DIVISION = 2022


class Certainty(StrEnum):
    """How well a wijk stands for the area of the programme."""

    WHOLE = "geheel"
    PART = "deel"
    NOT_FOUND = "niet_gevonden"


@dataclass(frozen=True)
class Match:
    """One wijk that stands for (a part of) an area, or, without a code, what could not be found and why.

    direction: how the two lie when the certainty is "deel" ("gebied in wijk" or "overlap"), else "".
    basis: "naam" (the names agree), "bron" (a source that was read names it) or "oordeel" (own knowledge).
    lost: the code of a wijk that is no wijk any more (code is "" then).
    """

    code: str
    name: str
    certainty: Certainty
    direction: str
    basis: str
    note: str
    source: str
    lost: str = ""


@dataclass(frozen=True)
class ProgrammeArea:
    """An area as the programme calls it. `start` and `end`: when it stood on the list, "" = still or unknown."""

    name: str
    municipality: str
    municipality_code: str
    start: str
    end: str
    matches: tuple[Match, ...]

    def codes(self, *certainties: Certainty) -> tuple[str, ...]:
        """The wijk codes with one of these certainties; all codes when none is named."""
        return tuple(m.code for m in self.matches if m.code and (not certainties or m.certainty in certainties))

    @property
    def whole(self) -> bool:
        """Whether the area is nothing but whole wijken."""
        return all(match.certainty is Certainty.WHOLE for match in self.matches)


@dataclass(frozen=True)
class Programme:
    """A programme. Dates are a year or a day, as the source gives them; "" is unknown or still running.

    chosen_on: on what the areas were chosen. chosen_year: the year of those figures, None = not found.
    chosen_topics: the topics of the catalogue that those figures are, () = not known.
    """

    id: str
    title: str
    short: str
    fictional: bool
    announced: str
    begin: str
    end: str
    chosen_on: str
    chosen_year: int | None
    chosen_topics: tuple[str, ...]
    explanation: str
    source: str
    areas: tuple[ProgrammeArea, ...]

    @property
    def begin_year(self) -> int:
        """The year in which it began."""
        return int(self.begin[:4])

    def codes(self, *certainties: Certainty) -> tuple[str, ...]:
        """The wijk codes of all areas, each once, in order; with a certainty named, the codes that have it somewhere."""
        return tuple(sorted({code for area in self.areas for code in area.codes(*certainties)}))

    def areas_of(self, code: str) -> tuple[ProgrammeArea, ...]:
        """The areas that this wijk stands for; several when two areas of the programme lie in one wijk."""
        return tuple(area for area in self.areas if code in area.codes())

    def count(self) -> dict[Certainty, int]:
        """The number of matches per certainty."""
        found = [match.certainty for area in self.areas for match in area.matches]
        return {certainty: found.count(certainty) for certainty in Certainty}


@dataclass(frozen=True)
class Evaluation:
    """What was published about a programme, in own words, and why a calculation here can find something else."""

    programme: str
    year: int | None
    author: str
    title: str
    method: str
    outcome: str
    why_different: str
    source: str


def programmes(fictional: bool) -> dict[str, Programme]:
    """The programmes by id: the real ones, or those of the made example. Never both."""
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
        Evaluation(
            r.programma,
            int(r.jaar) if r.jaar else None,
            r.auteur,
            r.titel,
            r.methode,
            r.uitkomst,
            r.waarom_anders,
            r.bron,
        )
        for r in _rows("evaluaties.csv").itertuples(index=False)
        if r.programma == known.id
    )


@lru_cache(maxsize=1)
def _all() -> dict[str, Programme]:
    try:
        entries = tomllib.loads(_file("programmas.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise WijkdataError("programmas.toml in data/reference is beschadigd; zet het bestand terug.") from error
    areas: dict[str, dict[tuple[str, str], list[Any]]] = {id: {} for id in entries}
    for row in _rows("programmagebieden.csv").itertuples(index=False):
        areas[row.programma].setdefault((row.gemeentecode, row.gebied), []).append(row)
    return {id: _programme(id, entry, list(areas[id].values())) for id, entry in entries.items()}


def _programme(id: str, entry: dict[str, Any], areas: list[list[Any]]) -> Programme:
    return Programme(
        id=id,
        title=entry["titel"],
        short=entry["kort"],
        fictional=entry["fictief"],
        announced=entry["aangekondigd"],
        begin=entry["begin"],
        end=entry["eind"],
        chosen_on=entry["gekozen_op"],
        chosen_year=entry["gekozen_jaar"] or None,
        chosen_topics=tuple(entry.get("gekozen_onderwerpen", ())),
        explanation=entry["uitleg"],
        source=entry["bron"],
        areas=tuple(_area(rows) for rows in areas),
    )


def _area(rows: list[Any]) -> ProgrammeArea:
    first = rows[0]
    matches = tuple(
        Match(r.wijkcode, r.wijknaam, Certainty(r.zekerheid), r.richting, r.grondslag, r.toelichting, r.bron)
        for r in rows
    )
    return ProgrammeArea(first.gebied, first.gemeente, first.gemeentecode, first.van, first.tot, matches)


@lru_cache(maxsize=2)
def _rows(name: str) -> pd.DataFrame:
    """All cells as text; an empty cell is "". The comment lines stand above the heading only, so a # may stand in a cell."""
    path = _file(name)
    lines = path.read_text(encoding="utf-8").splitlines()
    above = next((i for i, line in enumerate(lines) if not line.startswith("#")), 0)
    return pd.read_csv(path, skiprows=above, dtype=str, keep_default_na=False, encoding="utf-8")


def _file(name: str) -> Path:
    path = REFERENCE_DIR / name
    if not path.exists():
        raise WijkdataError(f"{name} ontbreekt in data/reference; zet het bestand terug.")
    return path
