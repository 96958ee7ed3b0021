"""The catalogue: everything known about an indicator, its source and its pillar, read from `data/catalogue/*.toml`.

`bronnen.toml` holds the sources, `pijlers.toml` the pillars, the figure "van kwetsbaar naar weerbaar" and the subjects;
every other file holds indicators, one table each, and perhaps a table [standaard] with the fields that most of them share.
Nothing about an indicator is written anywhere else.

A data directory can have entries of its own, in `eigen/*.toml` and of the same shape: `of(directory)` is the catalogue of
that directory, the shipped entries and its own.
"""

import re
import tomllib
from collections.abc import Collection, Iterable
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from wijkdata.errors import CatalogueError, NotFoundError, cause
from wijkdata.settings import CATALOGUE_DIR
from wijkdata.validation_words import half_sentence

# Where a data directory keeps its own entries, and how the name of each begins: a later version of wijkdata never gets one so
# named, which would put other figures under it.
OWN_DIRECTORY, OWN = "eigen", "eigen_"
_SOURCES, _PILLARS = "bronnen.toml", "pijlers.toml"
# Publishers' names for shares by origin, over all editions (docs/formats.md): such a figure may be context and nothing else.
_ORIGIN = re.compile(
    r"herkomst|wester|migratie|alloch|marok|turki|surinam|antill|p_?west_?al|p_?n_?w_?al|p_?ant_?aru|p_?over_?nw", re.I
)

# The table of a file of indicators with the fields that its entries leave out.
DEFAULTS = "standaard"


class HigherIs(StrEnum):
    """Whether a higher value is good news. Shares by origin are always neutral."""

    BETTER = "better"
    WORSE = "worse"
    NEUTRAL = "neutral"


class Role(StrEnum):
    """What an indicator does: it counts in the pillar score, is shown next to it, is a headline, or is context."""

    SCORE = "score"
    SHOWN = "shown"
    HEADLINE = "headline"
    CONTEXT = "context"


class Evidence(StrEnum):
    """How the figure came about. Every screen keeps these apart."""

    MEASURED = "measured"
    PERCEIVED = "perceived"
    MODELLED = "modelled"


class Entry(BaseModel):
    """Shared settings: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


T = TypeVar("T", bound=Entry)


class UnitKind(StrEnum):
    """What a figure is counted in, where a sentence or a method depends on it. euro: in thousands."""

    PERCENT = "percent"
    CLASS = "class"
    SCORE = "score"
    PER = "per"
    PER_THOUSAND = "per_thousand"
    PEOPLE = "people"
    EURO = "euro"
    OTHER = "other"


class Source(Entry):
    """A publisher's table or series of tables."""

    id: str
    publisher: str = Field(min_length=2)
    title: str = Field(min_length=2)
    short: str = Field(min_length=2, description="as written in a source line: 'Leefbaarometer 3.0 (BZK)'")
    licence: str = Field(min_length=2)
    url: str
    where: str = Field(default="", description="which file to fetch at the publisher and how to keep it, in Dutch")
    method: str = Field(min_length=2, description="what the publisher did, in Dutch")
    evidence: Evidence
    lists_division: bool = Field(
        default=False, description="true: its list of areas is the division of its year, those without residents too"
    )
    tables: dict[str, str] = Field(
        default_factory=dict,
        description="year -> the publisher's number of that year's table, where each year has its own",
    )
    series_title: str | None = Field(default=None, description="what people call it in a sentence: 'de Leefbaarometer'")
    measured_every: int | None = Field(
        default=None, ge=1, description="years between two measurements, where that is fixed"
    )
    checklist: Literal["figures", "borders"] | None = Field(
        default=None, description="what any gemeente gets from it, when it stands on the checklist of the page Gegevens"
    )
    steps: tuple[str, ...] = Field(default=(), description="what to click at the publisher, a sentence each, in Dutch")


class Form(StrEnum):
    """The form in which a publisher hands a table out: its columns have other names in each."""

    FILE = "file"
    ODATA3 = "odata3"
    ODATA4 = "odata4"
    STATLINE = "statline"
    XLS = "xls"


class Column(Entry):
    """Where one source keeps an indicator. Names are the publisher's, without the suffix that changes every edition.

    With `per` the value is `column / per * factor`; without it `column * factor`. odata3: without the number at the end,
    except where a name stands in the table twice. odata4: the code of the measure. statline: the end of the path in the
    header, unit included, as far as it is needed to know it, one space where the publisher has more.
    """

    source: str
    form: Form = Form.FILE
    column: str
    per: str | None = None
    factor: float = 1.0
    editions: dict[str, str] = Field(default_factory=dict, description="edition year -> column name where it differs")
    since: int | None = Field(default=None, description="first edition in which the column means this")
    until: int | None = Field(default=None, description="last edition in which the column means this")

    def is_of(self, edition: int | str | None) -> bool:
        """Whether the column means this in the edition of a year; where the year is not known, it does."""
        if edition is None:
            return True
        return (self.since or 0) <= int(edition) <= (self.until or int(edition))


class SeriesBreak(Entry):
    """From `year` on the figure is measured in another way: before and after are not compared. why: Dutch, no full stop."""

    year: int
    why: str = Field(min_length=5)


class Likeness(Entry):
    """How being about equal on a feature of look-alikes is said, and being more or less than the chosen area."""

    equal: str
    more: str
    less: str


class Indicator(Entry):
    """One figure, with everything known about it. Texts are Dutch (B1)."""

    id: str
    title: str = Field(min_length=2)
    short: str = Field(min_length=2, max_length=32)
    description: str = Field(min_length=10)
    unit: str = Field(description="as written behind or under a number: '%', 'per 1.000 inwoners', 'score', 'km'")
    unit_kind: UnitKind
    decimals: int = Field(ge=0, le=4)
    signed: bool = False
    higher_is: HigherIs
    pillar: str | None = None
    theme: str | None = None
    subject: str | None = Field(default=None, description="what it is about, one of Catalogue.subjects; pillar or not")
    search_words: tuple[str, ...] = Field(
        default=(), description="words of people that find it and stand in none of its texts: 'armoede', 'gas'"
    )
    role: Role
    evidence: Evidence
    transform: Literal["none", "log1p"] = "none"
    reference_year: int | None = Field(default=None, description="base year of the reference moments; a score needs it")
    minimum_population: int = Field(default=0, ge=0)
    breaks: tuple[float, ...] | None = None
    range: tuple[float, float] | None = Field(default=None, description="values outside it are refused at import")
    series: str = Field(min_length=2, description="indicators of different series never share a line chart")
    series_breaks: tuple[SeriesBreak, ...] = ()
    course_of: str | None = Field(
        default=None, description="the indicator that it is but for a fixed amount, so that both move exactly alike"
    )
    over_areas: Literal["sum", "per_resident", "never"] = Field(
        default="never",
        description="how a figure of whole areas together is made: sum (a count), per_resident (a rate), or not at all",
    )
    mean_over: int = Field(
        default=1, ge=1, le=10, description="years that one figure is the mean of (a three-year mean: 3)"
    )
    from_buildings: bool = Field(
        default=False, description="true: computed from homes and surroundings too, so building changes it by itself"
    )
    shown_first: bool = Field(default=False, description="true: shown where a topic can be chosen and nobody did yet")
    ends: tuple[str, str] | None = Field(
        default=None,
        description="what the areas with the lowest and the highest figures are called, where not by direction",
    )
    likeness: Likeness | None = Field(
        default=None, description="how it is said where areas are compared; a feature needs it"
    )
    we_did: str = ""
    fills: str = Field(default="", description="Dutch half-sentence without a full stop: 'lees ... in'")
    columns: tuple[Column, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Indicator":
        for broken, problem in self._rules():
            if broken:
                raise ValueError(problem)
        return self

    def _rules(self) -> list[tuple[bool, str]]:
        """List the rules on more than one field: whether each is broken, and the Dutch sentence for it."""
        scored, neutral = self.role is Role.SCORE, self.higher_is is HigherIs.NEUTRAL
        of_pillar = self.role in (Role.SCORE, Role.SHOWN)
        names = [self.id, *(name for column in self.columns for name in (column.column, *column.editions.values()))]
        origin = any(_ORIGIN.search(name) for name in names)
        judged = not neutral or self.role is not Role.CONTEXT
        steps, (low, high) = list(self.breaks or ()), self.range or (-1.0, 1.0)
        no_pillar, no_place = not (self.pillar or self.theme), not (self.pillar and self.theme)
        return [
            (of_pillar and no_place, "veld pillar: role score en shown horen in een pijler; vul pillar en theme in"),
            (
                not of_pillar and not no_pillar,
                "veld pillar: role context en headline horen in geen pijler; haal het weg",
            ),
            (origin and judged, "veld role: herkomst is alleen achtergrond; kies role context en higher_is neutral"),
            (scored and neutral, "veld higher_is: neutral kan niet in een score; kies better of worse, of role shown"),
            (scored and not self.reference_year, "veld reference_year: een score heeft een basisjaar; vul een jaar in"),
            (low >= high, "veld range: het laagste getal hoort voor het hoogste te staan; draai ze om"),
            (steps != sorted(set(steps)), "veld breaks: klassengrenzen horen op te lopen; zet ze van laag naar hoog"),
            (self.transform == "log1p" and low < 0, "veld transform: log1p kan alleen vanaf 0; geef een range vanaf 0"),
        ]

    @property
    def sign(self) -> int:
        """Return +1 when higher is better, -1 when higher is worse, 0 when neutral."""
        return {HigherIs.BETTER: 1, HigherIs.WORSE: -1, HigherIs.NEUTRAL: 0}[self.higher_is]

    def stretch(self, year: int) -> int:
        """Count the breaks of the series up to a year: two years with the same number were measured alike."""
        return sum(one.year <= year for one in self.series_breaks)


class Pillar(Entry):
    """One of the four pillars."""

    id: str
    title: str
    short: str = Field(max_length=24)
    article: Literal["de", "het"] = "de"
    description: str
    missing: str = Field(description="what to read in when the pillar is empty, in Dutch")
    themes: dict[str, str] = Field(description="theme id -> Dutch name, in order")
    words: dict[str, str] = Field(
        default_factory=dict, description="theme id -> the word in 'scoort hoger op ...', where that is not the name"
    )

    @property
    def subject(self) -> str:
        """Write the pillar as part of a sentence: `de collectieve weerbaarheid`."""
        return f"{self.article} {self.title[0].lower()}{self.title[1:]}"

    def word(self, theme: str) -> str:
        """Write the theme as it follows 'scoort hoger op': higher is always good news."""
        return self.words.get(theme, self.themes[theme].lower())


class Figure(Entry):
    """The fixed sets behind "van kwetsbaar naar weerbaar"; the ids are named on the figure."""

    x: tuple[str, ...]
    y: tuple[str, ...]
    path_x: tuple[str, ...]
    path_y: tuple[str, ...]


class _OwnSources(dict[str, Source]):
    """Sources by id. An own one that cannot be read is still called something: its figures are in the store."""

    def __missing__(self, key: str) -> Source:
        if not key.startswith(OWN):
            raise KeyError(key)
        title, unknown = f"eigen bron {key.removeprefix(OWN)}", "niet te lezen"
        return Source(
            id=key,
            publisher=unknown,
            title=title,
            short=title,
            licence=unknown,
            url="",
            method=unknown,
            evidence=Evidence.MEASURED,
        )


class _OwnIndicators(dict[str, Indicator]):
    """Indicators by id. An own one that cannot be read is still called something: its figures are in the store."""

    def __missing__(self, key: str) -> Indicator:
        if not key.startswith(OWN):
            raise KeyError(key)
        title = f"eigen cijfer {key.removeprefix(OWN)}"
        return Indicator(
            id=key,
            title=title,
            short=title[:32],
            description="De beschrijving van dit eigen cijfer is niet te lezen.",
            unit="",
            unit_kind=UnitKind.OTHER,
            decimals=1,
            higher_is=HigherIs.NEUTRAL,
            role=Role.CONTEXT,
            evidence=Evidence.MEASURED,
            series=key,
        )


class Catalogue(Entry):
    """Everything in `data/catalogue`, in the order of the files; `of` adds the own entries of a data directory."""

    sources: Annotated[dict[str, Source], AfterValidator(_OwnSources)]
    pillars: dict[str, Pillar]
    indicators: Annotated[dict[str, Indicator], AfterValidator(_OwnIndicators)]
    figure: Figure
    subjects: dict[str, str] = Field(default_factory=dict, description="subject id -> Dutch name, in order")

    def of_source(self, source: str, form: Form = Form.FILE) -> list[tuple[Indicator, Column]]:
        """List the indicators that a source can fill in one of its forms, each with its column."""
        return [
            (item, column)
            for item in self.indicators.values()
            for column in item.columns
            if column.source == source and column.form is form
        ]

    def of_pillar(self, pillar: str, role: Role | None = None) -> list[Indicator]:
        """List the indicators of a pillar in catalogue order, of one role or of all."""
        return [
            item for item in self.indicators.values() if item.pillar == pillar and (role is None or item.role is role)
        ]


@cache
def load(directory: Path = CATALOGUE_DIR) -> Catalogue:
    """Read and check the catalogue. Raises CatalogueError naming file, entry, field and what is allowed."""
    files = {path.name: _read(path) for path in sorted(directory.glob("*.toml"))}
    for needed in (_SOURCES, _PILLARS):
        if needed not in files:
            raise CatalogueError(
                f"De catalogus in {directory} is niet compleet: {needed} ontbreekt; zet het bestand terug."
            )
    sources = _entries(_SOURCES, files.pop(_SOURCES), Source)
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
        found = [(path, path.stat()) for path in sorted((directory / OWN_DIRECTORY).glob("*.toml"))]
    except OSError:  # a file that was thrown away in between; the next look sees it
        found = []
    return tuple((path.name, status.st_size, status.st_mtime_ns) for path, status in found)


@lru_cache(maxsize=8)
def _with_own(directory: Path, stamp: tuple[tuple[str, int, int], ...]) -> tuple[Catalogue, tuple[str, ...]]:
    """Read the own entries one by one, sources first: a wrong one costs itself and what leans on it."""
    catalogue, problems = load(), []
    for name in sorted((name for name, _, _ in stamp), key=lambda name: (name != _SOURCES, name)):
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
        if name == _SOURCES:
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
    defaults = tables.get(DEFAULTS, {})
    if not isinstance(defaults, dict):
        raise CatalogueError(
            f"{file}, {DEFAULTS}: dit hoort een tabel te zijn; schrijf [{DEFAULTS}] met de velden eronder."
        )
    return {
        key: {**defaults, **table} if isinstance(table, dict) else table
        for key, table in tables.items()
        if key != DEFAULTS
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
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CatalogueError(f"{path.name}: dit bestand is niet te openen ({cause(error)}); herstel het.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = f", regel {line[1]}" if line else ""
        raise CatalogueError(f"{path.name}{place}: dit is geen geldige TOML in UTF-8; herstel het bestand.") from error


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
    place = problem["loc"]
    if not place:  # a rule of our own, which names its fields
        return str(problem["ctx"]["error"])
    if place[0] == "columns" and len(place) > 2:
        kind = Column
    field = ", ".join(f"nummer {part + 1}" if isinstance(part, int) else str(part) for part in place)
    return f"veld {field}: {half_sentence(problem, [name for name in kind.model_fields if name != 'id'])}"


def find_indicator(catalogue: Catalogue, name: str) -> Indicator:
    """Return the catalogue entry; raise NotFoundError with the nearest ids when there is none."""
    if name in catalogue.indicators:
        return catalogue.indicators[name]
    import difflib  # only needed after a typing error

    nearest = difflib.get_close_matches(name, catalogue.indicators, n=3, cutoff=0.4) or sorted(catalogue.indicators)[:3]
    raise NotFoundError(f"Indicator ‘{name}’ bestaat niet; bedoelde u {', '.join(nearest)}?")
