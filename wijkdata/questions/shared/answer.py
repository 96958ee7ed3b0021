"""The parts of answers that several screens share."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.change import Verdict
from wijkdata.areas import Level
from wijkdata.catalogue import UnitKind

COUNTRY = "NL"
# What may be said of a change, in a table or behind a name.
VERDICTS = {
    Verdict.UP: "gestegen",
    Verdict.DOWN: "gedaald",
    Verdict.SAME: "vrijwel gelijk",
    Verdict.ORDINARY: "niet duidelijk veranderd",
}
PILLAR = "pijler:"


@dataclass(frozen=True)
class WeakPillar:
    """One weak or falling pillar of one area. since_low: the first year of its run below the limit (0: not below it).

    change, since: from the first year with the same indicators (NaN and 0: no such year). running: activities of the area
    itself on this pillar now; wide: titles of those that name only the gemeente. short: a short name of the pillar.
    """

    pillar: str
    title: str
    score: float
    period: int
    low: bool
    falling: bool
    since_low: int
    change: float
    since: int
    running: int
    wide: tuple[str, ...]
    short: str = ""


@dataclass(frozen=True)
class AreaCoverage:
    """One area: its weak or falling pillars (lowest first) and how many activities of its own run there now.

    judged: whether any pillar has a score; reason: the key of why not (`dutch.reason_text`), "" when judged.
    """

    code: str
    name: str
    judged: bool
    reason: str
    weak: tuple[WeakPillar, ...]
    running: int

    @property
    def without(self) -> tuple[WeakPillar, ...]:
        """The weak or falling pillars for which nothing of the area itself runs now."""
        return tuple(one for one in self.weak if not one.running)


@dataclass(frozen=True)
class Growing:
    """One signal as other screens name it (Signalen has the whole). running: activities of the area itself that run there now."""

    code: str
    name: str
    indicator: str
    sentence: str
    running: int


@dataclass(frozen=True)
class Union:
    """An area of now with the others that together with it did not change from first to last (years of divisions)."""

    code: str
    name: str
    others: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Refusal:
    """Why no answer is given (key: one of voor_en_na.refusals.KEYS), in one sentence, and what would make one possible.

    together: where borders moved under a count, the areas of which the series is whole together.
    """

    key: str
    reason: str
    remedy: str
    together: tuple[Union, ...] = ()


def base_text(years: tuple[int, ...]) -> str:
    """Writes when the country is 100, for behind "in": `2014`, `het basisjaar van elk cijfer (2014 en 2016)`."""
    text = dutch.listing([str(year) for year in years])
    return text if len(years) == 1 else f"het basisjaar van elk cijfer ({text})"


@dataclass(frozen=True)
class Topic:
    """Describes what can be mapped: a pillar (`pijler:weerbaarheid`) or an indicator (its id).

    label, short: its name, and a shorter one. subject: for in a sentence ("de collectieve weerbaarheid"). group: the
    heading in the list of choices.
    sign: +1 higher is favourable, -1 unfavourable, 0 neutral. breaks: own class limits, low to high, if there are any.
    minimum_population: below it a figure gets no class.
    years: the years with a measurement in the chosen place. modelled: every figure is a model estimate.
    base_years: of a score, the years in which the country is 100 (each figure has its own).
    about: what it is about, by the list of the catalogue ("" for a pillar). words: others that people look for it with.
    """

    id: str
    label: str
    short: str
    subject: str
    group: str
    unit: str
    unit_kind: UnitKind
    decimals: int
    signed: bool
    sign: int
    breaks: tuple[float, ...]
    minimum_population: int
    years: tuple[int, ...]
    modelled: bool = False
    base_years: tuple[int, ...] = ()
    about: str = ""
    words: tuple[str, ...] = ()

    @property
    def pillar(self) -> bool:
        """Tells whether this is one of the four pillars (100 = Nederland in the reference year)."""
        return self.id.startswith(PILLAR)

    @property
    def base_text(self) -> str:
        """Returns when the country is 100, for behind "in"."""
        return base_text(self.base_years)

    @property
    def pillar_id(self) -> str:
        """Returns the id of the pillar in the catalogue; empty for an indicator."""
        return self.id.removeprefix(PILLAR) if self.pillar else ""


@dataclass(frozen=True)
class Shapes:
    """Holds light shapes of one place and level, ready to be drawn.

    codes: in the order of the index `i` that the features and lines carry. areas: GeoJSON text (properties i, c: code,
    n: name). lines: JSON text, rows {i, p: [lon, lat, lon, lat]}: hatching of area i; i = len(codes) is the outline.
    points: code -> (lon, lat) inside the area. bounds: code -> (west, south, east, north).
    name_areas, name_lines: content hashes, for file names.
    """

    codes: tuple[str, ...]
    areas: str
    lines: str
    points: dict[str, tuple[float, float]]
    bounds: dict[str, tuple[float, float, float, float]]
    name_areas: str
    name_lines: str


class Whole(StrEnum):
    """What all areas together are: the country, the gemeenten that were read in, or the invented ones."""

    NATIONAL = "nationaal"
    LOADED = "ingelezen"
    FICTIONAL = "fictief"


class Against(StrEnum):
    """What an area is held against. The value is the word in the address bar."""

    EVERYBODY = "nederland"
    URBANITY = "stedelijkheid"
    MUNICIPALITY = "gemeente"


@dataclass(frozen=True)
class SourceLine:
    """The line under a figure, in parts; `text` joins them, `short` is the first alone (for presenting).

    first: who published what of which years, a sentence without its full stop. edited: figures were computed from it here.
    more: the sentences after it (unit, n, what is left out and why). sources: the ids of all that it names, borders too.
    """

    first: str
    edited: bool = False
    more: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole line."""
        return " ".join([f"{self.published}.", *self.more])

    @property
    def published(self) -> str:
        """Who published what, and whether it was edited here: what a citation begins with."""
        return f"{self.first}{'; bewerking wijkdata' if self.edited else ''}"

    @property
    def short(self) -> str:
        """The first sentence."""
        return f"{self.first}."


@dataclass(frozen=True)
class Subject:
    """The area of a profile. `few`: under the minimum number of inhabitants, so nothing is judged.

    population: NaN when unknown. whole: what all areas together are. sizes_known: whether anybody's number of inhabitants
    was read in.
    """

    code: str
    name: str
    level: Level
    municipality: str
    municipality_name: str
    fictional: bool
    population: float
    few: bool
    whole: Whole
    sizes_known: bool = True

    @property
    def namesake(self) -> bool:
        """Whether the area and its gemeente have one name, as the wijk Kampen in Kampen."""
        return self.name == self.municipality_name

    @property
    def municipality_label(self) -> str:
        """The name of the gemeente where it stands beside that of the area: told apart when it is the same."""
        return f"Gemeente {self.municipality_name}" if self.namesake else self.municipality_name

    @property
    def municipality_in_words(self) -> str:
        """The same, inside a sentence."""
        return f"de gemeente {self.municipality_name}" if self.namesake else self.municipality_name

    @property
    def everybody(self) -> str:
        """The name of the whole in a sentence."""
        return {
            Whole.NATIONAL: "Nederland",
            Whole.LOADED: "alle ingelezen gemeenten",
            Whole.FICTIONAL: "alle fictieve gemeenten",
        }[self.whole]

    @property
    def short(self) -> str:
        """The name of the whole in a few letters."""
        return "NL" if self.whole is Whole.NATIONAL else "alle"


@dataclass(frozen=True)
class Membership:
    """A national programme that an area was in. areas: as the programme calls them. end: None = still running.

    whole: the area lies in it as a whole, else a part of it. around: it is a buurt, and its wijk is meant.
    """

    programme: str
    short: str
    areas: tuple[str, ...]
    begin: int
    end: int | None
    whole: bool
    around: bool

    @property
    def text(self) -> str:
        """Writes `NPLV (Overvecht) sinds 2022`, `een deel: Krachtwijken (Bergpolder en Noord), 2007 tot en met 2012`."""
        when = f" sinds {self.begin}" if self.end is None or self.end > date.today().year else ""
        when = when or f", {self.begin} tot en met {self.end}"
        which = f"{'' if self.whole else 'een deel: '}{self.short} ({dutch.listing(list(self.areas))}){when}"
        return f"de wijk eromheen, {which}" if self.around else which


@dataclass(frozen=True)
class Snapshot:
    """One kept monitor file. stamp: its name. `moment` in UTC; `size` in bytes.

    problem: None, or the Dutch sentence why it cannot be opened (then the counts are 0).
    missing: files of the current snapshot that are not in this one; more: files of this one that are not in the current one
    (two files of one name are two). topics: indicators with a figure. newest: last year.
    """

    stamp: str
    moment: datetime
    size: int
    current: bool
    problem: str | None
    files: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    topics: int = 0
    newest: int | None = None


@dataclass(frozen=True)
class Everything:
    """The figures, each with its source and terms; what each indicator is; the files they come from. Dutch headings.

    figures: a missing one has no value and a reason. fictional: the gemeente was invented.
    """

    municipality: str
    name: str
    fictional: bool
    figures: pd.DataFrame
    indicators: pd.DataFrame
    editions: pd.DataFrame

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The three tables by the name of their file."""
        return {"cijfers": self.figures, "onderwerpen": self.indicators, "uitgaven": self.editions}
