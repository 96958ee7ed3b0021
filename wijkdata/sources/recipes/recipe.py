"""A recipe: what stands where in a table, as a person said it once; kept as a small TOML file.

A recipe is text and nothing in it is ever executed: it may come from a colleague. Reading one checks every field; what is
wrong is one Dutch sentence with the field, what is allowed and how to mend it.
"""

import json
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from wijkdata import areas, limits, toml_text
from wijkdata.areas import Level
from wijkdata.catalogue import OWN, Indicator, Source
from wijkdata.dutch import REASONS
from wijkdata.errors import WijkdataError
from wijkdata.validation_words import field_and_problem

VERSION = 1
LEAVE_OUT = "-"

Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Header = Annotated[str, StringConstraints(max_length=2_000)]
Name = Annotated[str, StringConstraints(min_length=2, max_length=80)]
Id = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9][a-z0-9_]*$")]


class RecipeError(WijkdataError):
    """A recipe that cannot be used: malformed, or of another table. One Dutch sentence."""


class Part(BaseModel):
    """Shared settings: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class By(StrEnum):
    """What the column of areas holds: CBS codes, local codes within a gemeente, or names within a gemeente."""

    CODE = "code"
    LOCAL = "local"
    NAME = "name"


class When(StrEnum):
    """Where the period stands: in a column, in the headers of the columns, in title or file name, or one fixed year."""

    COLUMN = "column"
    HEADERS = "headers"
    FILE = "file"
    YEAR = "year"


class Decimal(StrEnum):
    """Which sign begins the decimals; auto decides per column by the cells that can be read in one way only."""

    AUTO = "auto"
    COMMA = "comma"
    POINT = "point"


class Shape(Part):
    """The table that a recipe is for. headers: every header as `shape.plain` writes it, in any order. header_rows: how many
    rows the header takes; those above are filled to the right. sheet: its name, where several have these headers."""

    headers: tuple[Header, ...] = Field(min_length=1, max_length=limits.RECIPE_ENTRIES)
    header_rows: int = Field(default=1, ge=1, le=3)
    sheet: str = Field(default="", max_length=200)


class Area(Part):
    """Where the area stands. level: what the column holds; needed unless the codes say it. names: a name or local code as
    written -> the code that a person confirmed, or "-" to leave it out. level_column, levels: a column that says of each row
    which level it is, and what its words mean."""

    column: Header
    by: By = By.CODE
    level: Level | None = None
    gemeente: str = Field(default="", max_length=10)
    names: dict[Text, str] = Field(default_factory=dict, max_length=limits.RECIPE_ENTRIES)
    level_column: Header = ""
    levels: dict[Text, Level] = Field(default_factory=dict, max_length=20)

    @model_validator(mode="after")
    def _consistent(self) -> "Area":
        for name, code in self.names.items():
            if code != LEAVE_OUT and areas.normalise(code) != code:
                raise ValueError(f"veld area, names: ‘{name}’ hoort bij een gebiedscode zoals BU03630000, of bij ‘-’")
        if self.by is not By.CODE and not self.gemeente:
            raise ValueError("veld area, gemeente: namen en lokale codes horen binnen een gemeente; vul GM0000 in")
        if self.gemeente and not re.fullmatch(r"GM\d{4}", self.gemeente):
            raise ValueError(
                f"veld area, gemeente: ‘{self.gemeente}’ is geen gemeentecode; schrijf GM met vier cijfers"
            )
        if self.by is By.LOCAL and self.level not in (Level.WIJK, Level.BUURT):
            raise ValueError("veld area, level: lokale codes zijn van wijken of buurten; kies wijk of buurt")
        if self.by is By.NAME and self.level is None and not self.levels:
            raise ValueError("veld area, level: bij namen hoort een niveau; kies gemeente, wijk of buurt")
        return self


class Period(Part):
    """When the figures are of. year: the one year of the table, where nothing in it says so."""

    where: When
    column: Header = ""
    year: int | None = Field(default=None, ge=1990, le=2100)

    @model_validator(mode="after")
    def _consistent(self) -> "Period":
        if self.where is When.YEAR and self.year is None:
            raise ValueError("veld period, year: vul het jaar van de cijfers in")
        return self


class Column(Part):
    """One column of figures, or in a long table one text of the indicator column: which indicator, and the factor to its unit."""

    header: Header
    indicator: Id
    factor: float = Field(default=1.0, gt=0, le=1e9, allow_inf_nan=False)


class Long(Part):
    """A long table: the columns whose texts together say which indicator a row is of, and the column of values."""

    indicator: tuple[Header, ...] = Field(max_length=10)
    value: Header


class ReportsRecipe(Part):
    """A table with a row per report (`rows = "reports"`) or per count (`"counts"`), counted on reading. x, y: coordinates; area:
    where codes or names stand. number: of the report, so that none counts twice. count: how many reports a row stands for. Without
    a category all of it is one."""

    version: Literal[1]
    name: Name
    rows: Literal["reports", "counts"]
    source: Id = "mor"
    shape: Shape
    date: Header
    category: Header = ""
    area: Area | None = None
    x: Header = ""
    y: Header = ""
    number: Header = ""
    channel: Header = ""
    count: Header = ""

    @model_validator(mode="after")
    def _consistent(self) -> "ReportsRecipe":
        used = [self.date, self.category, self.x, self.y, self.number, self.channel, self.count]
        used += [self.area.column] if self.area else []
        absent = next((header for header in used if header and header not in self.shape.headers), None)
        rules = (
            (bool(re.search(r"[\x00-\x1f\x7f]", self.name)), "veld name: schrijf de naam op één regel, zonder tabs"),
            (absent is not None, f"veld shape, headers: de kolom ‘{absent}’ staat niet tussen de koppen van de tabel"),
            (not self.date, "veld date: noem de kolom met de dag of de maand"),
            (not self.area and not (self.x and self.y), "veld area: noem de kolom met het gebied, of die met x en y"),
            (
                (self.rows == "counts") != bool(self.count),
                "veld count: noem bij rows counts de kolom met het aantal, en anders geen",
            ),
            (self.source != "mor", "veld source: meldingen horen bij de bron mor"),
        )
        for broken, problem in rules:
            if broken:
                raise ValueError(problem)
        return self

    @property
    def id(self) -> str:
        """The name as a word for file names and tables."""
        return slug(self.name)


class Recipe(Part):
    """Everything about one shape of table. sources, indicators: the own entries that it uses, so that a colleague who gets
    the recipe has them too."""

    version: Literal[1]
    name: Name
    source: Id
    published: int | None = Field(default=None, ge=1990, le=2100)
    shape: Shape
    area: Area
    period: Period
    long: Long | None = None
    columns: tuple[Column, ...] = Field(min_length=1, max_length=limits.RECIPE_ENTRIES)
    decimal: Decimal = Decimal.AUTO
    missing: dict[Text, str] = Field(default_factory=dict, max_length=50)
    sources: dict[str, dict[str, Any]] = Field(default_factory=dict, max_length=1)
    indicators: dict[str, dict[str, Any]] = Field(default_factory=dict, max_length=limits.RECIPE_ENTRIES)

    @model_validator(mode="after")
    def _consistent(self) -> "Recipe":
        for broken, problem in self._rules():
            if broken:
                raise ValueError(problem)
        return self

    def _rules(self) -> list[tuple[bool, str]]:
        known = set(self.shape.headers)
        needed = [self.area.column, *filter(None, (self.area.level_column, self.period.column))]
        needed += [*self.long.indicator, self.long.value] if self.long else [one.header for one in self.columns]
        absent = next((header for header in needed if header not in known), None)
        undated = self.period.where is When.COLUMN and not self.period.column
        twice = len({one.header for one in self.columns}) < len(self.columns)
        reason = next((one for one in self.missing.values() if one not in REASONS), None)
        return [
            (bool(re.search(r"[\x00-\x1f\x7f]", self.name)), "veld name: schrijf de naam op één regel, zonder tabs"),
            (undated, "veld period, column: noem de kolom waarin de periode staat"),
            (absent is not None, f"veld shape, headers: de kolom ‘{absent}’ staat niet tussen de koppen van de tabel"),
            (twice, "veld columns: een kolom staat er twee keer; laat er één staan"),
            (reason is not None, f"veld missing: ‘{reason}’ is geen reden; kies uit {', '.join(REASONS)}"),
            (not self.source.startswith("eigen"), f"veld source: een eigen bron begint met {OWN}"),
        ]

    @property
    def id(self) -> str:
        """The name as a word for file names and tables: `huizenprijzen_breda`."""
        return slug(self.name)


def slug(text: str, most: int = 40) -> str:
    """Make a word of small letters, digits and _ from a title; never empty."""
    import unicodedata

    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:most].strip("_") or "tabel"


# What stands in a recipe file.
AnyRecipe = Recipe | ReportsRecipe
R = TypeVar("R", Recipe, ReportsRecipe)


def read(path: Path) -> AnyRecipe:
    """Read a recipe file. Raises RecipeError."""
    try:
        data = path.open("rb").read(limits.RECIPE + 1)
    except OSError as error:
        raise RecipeError(f"{path.name}: dit recept is niet te openen; controleer de naam en de map.") from error
    return parse(data, path.name)


def parse(data: bytes, file: str) -> AnyRecipe:
    """Read the content of a recipe file. Raises RecipeError: one sentence, the first thing that is wrong."""
    if len(data) > limits.RECIPE:
        raise RecipeError(f"{file}: dit bestand is te groot voor een recept; kies het bestand van het recept zelf.")
    try:
        tables = toml_text.read(data)
    except toml_text.TomlError as error:
        raise RecipeError(
            f"{file}{error.place}: dit is geen recept (geen geldige TOML in UTF-8); kies een ander bestand."
        ) from error
    if "version" not in tables:
        raise RecipeError(
            f"{file}: dit is geen recept van wijkdata (het veld version ontbreekt); kies een ander bestand."
        )
    if tables["version"] != VERSION:
        raise RecipeError(
            f"{file}: dit recept is van een andere versie van wijkdata; maak het opnieuw met deze versie."
        )
    return checked(tables, file, ReportsRecipe) if "rows" in tables else checked(tables, file, Recipe)


def checked(tables: dict[str, Any], file: str, kind: type[R]) -> R:
    """Check the fields of a recipe. Raises RecipeError: one sentence, the first thing that is wrong."""
    try:
        return kind.model_validate(tables)
    except ValidationError as error:
        sentence = _sentence(dict(error.errors()[0]), kind)
        plain = "".join(char if char.isprintable() else "·" for char in sentence)  # it quotes what stands in the file
        raise RecipeError(f"{file}: {plain}.") from error


def _sentence(problem: dict[str, Any], recipe: type[Part]) -> str:
    place = problem["loc"]
    parts: dict[str, type[Part]] = {"shape": Shape, "area": Area, "period": Period, "columns": Column, "long": Long}
    kind = parts.get(str(place[0]), recipe) if len(place) > 1 else recipe
    return field_and_problem(problem, list(kind.model_fields))


# --- writing --------------------------------------------------------------------------------------------------------


def text_of(recipe: AnyRecipe, notes: dict[str, str] | None = None) -> str:
    """Write a recipe as TOML. notes: part of the recipe -> a Dutch comment above it."""
    tables = json.loads(recipe.model_dump_json(exclude_defaults=True, exclude_none=True))
    return toml_text.write({"version": VERSION, **tables}, notes)


def entry(item: Source | Indicator) -> dict[str, Any]:
    """Give an entry of the catalogue as the table that it is written as, without its id."""
    return json.loads(item.model_dump_json(exclude_defaults=True, exclude_none=True, exclude={"id"}))
