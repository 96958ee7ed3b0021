"""What the catalogue knows: the fields of a source, an indicator, a pillar, with the rules on more than one field."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from wijkdata.errors import NotFoundError

# How the id of an own entry of a data directory begins: a later version of wijkdata never gets one so named, which would put
# other figures under it.
OWN = "eigen_"
# Publishers' names for shares by origin, over all editions (docs/formats.md): such a figure may be context and nothing else.
_ORIGIN = re.compile(
    r"herkomst|wester|migratie|alloch|marok|turki|surinam|antill|p_?west_?al|p_?n_?w_?al|p_?ant_?aru|p_?over_?nw", re.I
)


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


class Weight(StrEnum):
    """What a part of an area is measured in, when figures of one division are converted to another."""

    PERSONS = "persons"
    HOUSEHOLDS = "households"
    ADDRESSES = "addresses"
    AREA = "area"


# The indicator that says how large an area is, by each weight.
MEASURED_BY = {
    Weight.PERSONS: "inwoners",
    Weight.HOUSEHOLDS: "huishoudens",
    Weight.ADDRESSES: "woningen",
    Weight.AREA: "oppervlakte_land",
}
_PER = {
    "per_resident": Weight.PERSONS,
    "per_household": Weight.HOUSEHOLDS,
    "per_dwelling": Weight.ADDRESSES,
    "per_hectare": Weight.AREA,
}
# What a unit says about the weight of a count; the rest goes by persons.
_OF_UNIT = (
    (re.compile("huishouden"), Weight.HOUSEHOLDS),
    (re.compile("woning|vestiging"), Weight.ADDRESSES),
    (re.compile(r"^ha$|km²"), Weight.AREA),
)


class PublishedIn(Entry):
    """When figures of a year usually appear: the last usual month, and how many years after that year."""

    month: int = Field(ge=1, le=12)
    years_after: int = Field(ge=0, le=10)


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
    writes_no_zeros: bool = Field(
        default=False,
        description="true: files of counts that overlap, in which no row is a 0 where the area and the topic are counted at all",
    )
    tables: dict[str, str] = Field(
        default_factory=dict,
        description="year -> the publisher's number of that year's table, where each year has its own",
    )
    series_title: str | None = Field(default=None, description="what people call it in a sentence: 'de Leefbaarometer'")
    measured_every: int | None = Field(
        default=None, ge=1, description="years between two measurements, where that is fixed"
    )
    published_in: PublishedIn | None = Field(
        default=None, description="when a new year usually appears; None: not known"
    )
    added_to_every: int | None = Field(
        default=None,
        ge=1,
        description="months after which the publisher adds to the table of the newest year; None: not known",
    )
    known_until: int | None = Field(
        default=None,
        description="the newest year that there certainly is, where the numbers of the tables do not say it",
    )
    gemeente: str | None = Field(
        default=None, pattern=r"^GM\d{4}$", description="the only gemeente that it has figures of"
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
    over_areas: Literal["sum", "per_resident", "per_household", "per_dwelling", "per_hectare", "never"] = Field(
        default="never",
        description="how a figure of whole areas together is made: sum (a count), a mean by what it is a rate per, or not at all",
    )
    weight: Weight | None = Field(
        default=None, description="what a part of an area counts by, where neither over_areas nor the unit says so"
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
            (
                self.weight is not None and self.over_areas in _PER,
                f"veld weight: {self.over_areas} zegt al waarmee wordt gewogen; haal weight weg",
            ),
            (low >= high, "veld range: het laagste getal hoort voor het hoogste te staan; draai ze om"),
            (steps != sorted(set(steps)), "veld breaks: klassengrenzen horen op te lopen; zet ze van laag naar hoog"),
            (self.transform == "log1p" and low < 0, "veld transform: log1p kan alleen vanaf 0; geef een range vanaf 0"),
        ]

    @property
    def sign(self) -> int:
        """Return +1 when higher is better, -1 when higher is worse, 0 when neutral."""
        return {HigherIs.BETTER: 1, HigherIs.WORSE: -1, HigherIs.NEUTRAL: 0}[self.higher_is]

    @property
    def whole(self) -> bool:
        """Whether its figures are whole numbers (people, homes, kWh), so that a point in one can stand for thousands."""
        return self.over_areas == "sum" or (self.decimals == 0 and self.unit_kind in (UnitKind.PEOPLE, UnitKind.OTHER))

    @property
    def weighed_by(self) -> Weight:
        """What a part of an area counts by: said outright, or what a rate is per, or what the unit says; else persons."""
        own = self.weight or _PER.get(self.over_areas)
        return own or next((weight for unit, weight in _OF_UNIT if unit.search(self.unit)), Weight.PERSONS)

    @property
    def denominator(self) -> str | None:
        """The indicator by which a rate of whole areas together is weighted; None for a count and for what has no such
        figure."""
        return MEASURED_BY[self.weighed_by] if self.over_areas in _PER else None

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

    def only_in(self, indicator: str) -> str | None:
        """Return the gemeente that alone publishes an indicator; None where others do too, or nobody is known to."""
        places = {self.sources[column.source].gemeente for column in self.indicators[indicator].columns}
        return places.pop() if len(places) == 1 else None

    def base_years(self, names: Iterable[str]) -> tuple[int, ...]:
        """List the years in which the country is 100 for these indicators, each once."""
        years = {self.indicators[name].reference_year for name in names}
        return tuple(sorted(year for year in years if year is not None))


def find_indicator(catalogue: Catalogue, name: str) -> Indicator:
    """Return the catalogue entry; raise NotFoundError with the nearest ids when there is none."""
    if name in catalogue.indicators:
        return catalogue.indicators[name]
    import difflib  # only needed after a typing error

    nearest = difflib.get_close_matches(name, catalogue.indicators, n=3, cutoff=0.4) or sorted(catalogue.indicators)[:3]
    raise NotFoundError(f"Indicator ‘{name}’ bestaat niet; bedoelde u {', '.join(nearest)}?")
