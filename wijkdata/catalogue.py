"""The catalogue: everything known about an indicator, its source and its pillar, read from `data/catalogue/*.toml`.

`bronnen.toml` holds the sources, `pijlers.toml` the pillars and the figure "van kwetsbaar naar weerbaar"; every other
file holds indicators, one table each. Nothing about an indicator is written anywhere else.
"""

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from wijkdata.errors import CatalogueError
from wijkdata.settings import CATALOGUE_DIR


class HigherIs(StrEnum):
    """Whether a higher value is good news. Shares by origin are always neutral."""

    BETTER = "better"
    WORSE = "worse"
    NEUTRAL = "neutral"


class Role(StrEnum):
    """What an indicator does: counts in the pillar score, is shown beside it, is a headline, or is context."""

    SCORE = "score"
    SHOWN = "shown"
    HEADLINE = "headline"
    CONTEXT = "context"


class Evidence(StrEnum):
    """How the figure came about. Kept apart on every screen."""

    MEASURED = "measured"
    PERCEIVED = "perceived"
    MODELLED = "modelled"


class Entry(BaseModel):
    """Shared settings: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


T = TypeVar("T", bound=Entry)


class Source(Entry):
    """A publisher's table or series of tables."""

    id: str
    publisher: str = Field(min_length=2)
    title: str = Field(min_length=2)
    short: str = Field(min_length=2, description="as it stands in a source line: 'Leefbaarometer 3.0 (BZK)'")
    licence: str = Field(min_length=2)
    url: str
    method: str = Field(min_length=2, description="what the publisher did, in Dutch")
    evidence: Evidence
    whole_history: bool = Field(
        description="true: one edition holds all years and replaces the edition before; false: one edition per table"
    )


class Column(Entry):
    """Where one source keeps an indicator. Names are the publisher's, without the suffix that changes every edition.

    With `per` the value is `column / per * factor`; without it `column * factor`.
    """

    source: str
    column: str
    per: str | None = None
    factor: float = 1.0
    editions: dict[str, str] = Field(default_factory=dict, description="edition year -> column name where it differs")


class Indicator(Entry):
    """One figure, with everything known about it. Texts are Dutch (B1)."""

    id: str
    title: str = Field(min_length=2)
    short: str = Field(min_length=2, max_length=32)
    description: str = Field(min_length=10)
    unit: str = Field(description="as it stands behind or under a number: '%', 'per 1.000 inwoners', 'score', 'km'")
    decimals: int = Field(ge=0, le=4)
    signed: bool = False
    higher_is: HigherIs
    pillar: str | None = None
    theme: str | None = None
    role: Role
    evidence: Evidence
    transform: str = Field(default="none", pattern="^(none|log1p)$")
    reference_year: int | None = Field(default=None, description="base year of the reference moments; a score needs it")
    minimum_population: int = Field(default=0, ge=0)
    breaks: tuple[float, ...] | None = None
    range: tuple[float, float] | None = Field(default=None, description="values outside it are refused at import")
    series: str = Field(min_length=2, description="indicators of different series never share a line chart")
    we_did: str = ""
    fills: str = Field(default="", description="which file would fill this indicator, in Dutch")
    columns: tuple[Column, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Indicator":
        if self.role in (Role.SCORE, Role.SHOWN) and not (self.pillar and self.theme):
            raise ValueError("een indicator met role score of shown heeft een pillar en een theme")
        if self.role in (Role.CONTEXT, Role.HEADLINE) and self.pillar:
            raise ValueError("context en headline horen bij geen pillar")
        if self.role is Role.SCORE and self.higher_is is HigherIs.NEUTRAL:
            raise ValueError("een neutrale indicator telt nooit mee in een score")
        return self

    @property
    def sign(self) -> int:
        """+1 when higher is better, -1 when higher is worse, 0 when neutral."""
        return {HigherIs.BETTER: 1, HigherIs.WORSE: -1, HigherIs.NEUTRAL: 0}[self.higher_is]


class Pillar(Entry):
    """One of the four pillars."""

    id: str
    title: str
    short: str = Field(max_length=24)
    description: str
    missing: str = Field(description="what to read in when the pillar is empty, in Dutch")
    themes: dict[str, str] = Field(description="theme id -> Dutch name, in order")


class Figure(Entry):
    """The fixed sets behind "van kwetsbaar naar weerbaar"; the ids are named on the figure."""

    x: tuple[str, ...]
    y: tuple[str, ...]
    path_x: tuple[str, ...]
    path_y: tuple[str, ...]


class Catalogue(Entry):
    """Everything in `data/catalogue`, in the order of the files."""

    sources: dict[str, Source]
    pillars: dict[str, Pillar]
    indicators: dict[str, Indicator]
    figure: Figure

    @model_validator(mode="after")
    def _joined(self) -> "Catalogue":
        for item in self.indicators.values():
            self._check_indicator(item)
        unknown = set(self.figure.x + self.figure.y + self.figure.path_x + self.figure.path_y) - set(self.indicators)
        if unknown:
            raise CatalogueError(f"pijlers.toml, figuur: onbekende indicator {', '.join(sorted(unknown))}.")
        return self

    def _check_indicator(self, item: Indicator) -> None:
        if item.pillar is not None and item.pillar not in self.pillars:
            raise CatalogueError(
                f"Indicator {item.id}, veld pillar: ‘{item.pillar}’ bestaat niet; kies uit {', '.join(self.pillars)}."
            )
        if item.pillar and item.theme not in self.pillars[item.pillar].themes:
            allowed = ", ".join(self.pillars[item.pillar].themes)
            raise CatalogueError(f"Indicator {item.id}, veld theme: ‘{item.theme}’ bestaat niet; kies uit {allowed}.")
        for column in item.columns:
            if column.source not in self.sources:
                raise CatalogueError(
                    f"Indicator {item.id}, veld columns.source: ‘{column.source}’ bestaat niet; "
                    f"kies uit {', '.join(self.sources)}."
                )

    def of_source(self, source: str) -> list[tuple[Indicator, Column]]:
        """The indicators a source can fill, each with its column."""
        return [
            (item, column) for item in self.indicators.values() for column in item.columns if column.source == source
        ]

    def of_pillar(self, pillar: str, role: Role | None = None) -> list[Indicator]:
        """The indicators of a pillar in catalogue order, of one role or of all."""
        return [
            item
            for item in self.indicators.values()
            if item.pillar == pillar and (role is None or item.role is role)
        ]


@cache
def load(directory: Path = CATALOGUE_DIR) -> Catalogue:
    """Read and check the catalogue. Raises CatalogueError naming file, entry, field and what is allowed."""
    files = {path.name: _read(path) for path in sorted(directory.glob("*.toml"))}
    if "bronnen.toml" not in files or "pijlers.toml" not in files:
        raise CatalogueError(f"De catalogus in {directory} is niet compleet: bronnen.toml en pijlers.toml horen erbij.")
    sources = _entries("bronnen.toml", files.pop("bronnen.toml"), Source)
    pillar_file = files.pop("pijlers.toml")
    figure = _checked("pijlers.toml", "figuur", Figure, pillar_file.pop("figuur", {}))
    pillars = _entries("pijlers.toml", pillar_file, Pillar)
    indicators: dict[str, Indicator] = {}
    for name, tables in files.items():
        for key, item in _entries(name, tables, Indicator).items():
            if key in indicators:
                raise CatalogueError(f"{name}, {key}: deze indicator staat twee keer in de catalogus; geef één een ander id.")
            indicators[key] = item
    return Catalogue(sources=sources, pillars=pillars, indicators=indicators, figure=figure)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name} is geen geldig TOML-bestand: {error}. Herstel die regel.") from error


def _entries(file: str, tables: dict[str, Any], kind: type[T]) -> dict[str, T]:
    entries = {}
    for key, table in tables.items():
        if not isinstance(table, dict):
            raise CatalogueError(f"{file}, {key}: dit hoort een tabel te zijn ([{key}] met velden eronder).")
        entries[key] = _checked(file, key, kind, {"id": key, **table})
    return entries


def _checked(file: str, key: str, kind: type[T], table: dict[str, Any]) -> T:
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "samenhang"
        raise CatalogueError(f"{file}, {key}, veld {field}: {_dutch(first, kind)}") from error


def _dutch(problem: dict[str, Any], kind: type[Entry]) -> str:
    """The first validation problem as a Dutch half-sentence with the allowed values."""
    given = f"‘{problem['input']}’" if not isinstance(problem["input"], dict) else "dit"
    context = problem.get("ctx", {})
    match problem["type"]:
        case "missing":
            return "ontbreekt; vul dit veld in."
        case "extra_forbidden":
            return f"bestaat niet; toegestaan zijn {', '.join(kind.model_fields)}."
        case "enum":
            return f"{given} kan niet; kies uit {context['expected'].replace(' or ', ', ')}."
        case "value_error":
            return f"{context['error']}."
        case _:
            return f"{given} voldoet niet ({problem['type']} {context or ''}); pas de waarde aan."
