"""The answer of the page Overzicht: four tiles, the figure "van kwetsbaar naar weerbaar", attention, what is missing."""

from dataclasses import dataclass

import pandas as pd

from wijkdata.analysis.change import Verdict
from wijkdata.areas import Level
from wijkdata.questions.shared.answer import AreaCoverage
from wijkdata.questions.shared.places import Place

# So many of the areas that ask for attention are shown, and stand in ochre in the figure.
MOST_SHOWN = 5
# A rise of the score on vulnerability is good news; the sign of the number alone is a trap.
VULNERABILITY = {
    Verdict.UP: "minder kwetsbaar",
    Verdict.DOWN: "kwetsbaarder",
    Verdict.SAME: "even kwetsbaar",
    Verdict.ORDINARY: "niet duidelijk meer of minder kwetsbaar",
}


@dataclass(frozen=True)
class Tile:
    """One pillar of a gemeente in the last year in which something of it was measured.

    number: mean score of the areas, weighted by inhabitants (None: no score, `missing` says why and what would help).
    scores: the scores of the areas by code, lowest first; chosen: the area singled out (None: none, or without a score).
    then, change: the first year with the same coverage and the mean change since (None: there is no such year).
    verdict: what may be said of it. whole: the change of all areas together (NaN: not known).
    sentence, lowest, singled: what is said of the change, of the lowest area, and of the one singled out.
    indicators: the ids that count in `year`. measured: the years in which they were measured.
    """

    pillar: str
    title: str
    number: float | None
    year: int | None
    scores: pd.Series
    chosen: str | None
    then: int | None
    change: float | None
    verdict: Verdict
    whole: float
    sentence: str
    coverage: str
    missing: str
    indicators: tuple[str, ...]
    measured: tuple[int, ...]
    modelled_only: bool
    lowest: str = ""
    singled: str = ""

    @property
    def in_full(self) -> str:
        """What is said of the pillar: its change, the lowest area, and the one singled out unless that is the lowest."""
        is_lowest = self.chosen is not None and self.chosen == self.scores.index[0]
        return " ".join(filter(None, (self.sentence, self.lowest, "" if is_lowest and self.lowest else self.singled)))

    @property
    def for_a_room(self) -> str:
        """The same before residents: nobody's wijk is named as the lowest."""
        return " ".join(filter(None, (self.sentence, self.singled)))


@dataclass(frozen=True)
class Moves:
    """How many of n areas clearly became less or more vulnerable, and more (up) or less (down) resilient.

    together: less vulnerable and more resilient.
    """

    n: int
    less: int
    more: int
    up: int
    down: int
    together: int

    @classmethod
    def of(cls, x: pd.Series, y: pd.Series) -> "Moves":
        """Count them. x, y: the verdicts by code, of the areas that have both."""
        less, up = x == Verdict.UP, y == Verdict.UP
        counts = (less, x == Verdict.DOWN, up, y == Verdict.DOWN, less & up)
        return cls(len(x), *(int(mask.sum()) for mask in counts))


@dataclass(frozen=True)
class PathFigure:
    """The figure "van kwetsbaar naar weerbaar" of one gemeente.

    points: `code, name, population, x, y` (scores, higher is better; for a small area its open position), `expected`,
        `residual`, `standardised` (NaN for a small area), `small`, `change_x`, `change_y` (over the path, NaN without),
        `verdict_x`, `verdict_y` (what may be said of them, a `Verdict`), `state` ("chosen", "attention" or "").
    trails: `code, period, x, y`, only years in which the whole path set was measured. When the points are on the wider
        set, a trail is moved sideways so that it ends in its point; its length and direction are those of the path set.
    intercept, slope: the line that is drawn, of what fits a vulnerability (None: there is none). urbanity: the class it is
        of, that of most areas here (None: of everybody). An area is held against those that are as urban as itself.
    years: the years of the paths; year: that of the points. x_set: "x", or "path_x" when the wider set is not there.
    x_words, y_words: the indicators behind each axis, as on the figure; y_name: what the second is of, in a sentence.
    correlation, residual_sd, n_reference: of the line.
    country: what the same years did to all areas (None: no two years).
    without_x: areas with a path and no place on the x-axis. base_year: of all indicators of x, None when they differ.
    """

    points: pd.DataFrame
    trails: pd.DataFrame
    intercept: float | None
    slope: float | None
    urbanity: int | None
    correlation: float | None
    residual_sd: float | None
    n_reference: int
    year: int
    years: tuple[int, ...]
    x_set: str
    x_words: tuple[str, ...]
    y_words: tuple[str, ...]
    y_name: str
    country: Moves | None
    x_measured: tuple[tuple[str, tuple[int, ...]], ...]
    without_x: int
    base_year: int | None
    level: Level


@dataclass(frozen=True)
class Item:
    """One line of a list: bold name, sentence, small print."""

    bold: str
    text: str
    small: str


@dataclass(frozen=True)
class FigureText:
    """Every word round the figure."""

    title: str
    short: str
    lead: str
    alt: str
    description: str
    source: str
    short_source: str
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overview:
    """The whole page. figure is None when no path year exists; `no_figure` then says what would make it.

    tile_table, figure_table: the tables under the figures, with Dutch headings. when: the newest year, for file names.
    attention: the areas with a weak (under `limit`) or falling (by `small` or more) pillar, the lowest score first, as if
    nothing ran there; judged: how many areas have a score.
    """

    place: Place
    level: Level
    title: str
    lead: str
    tiles: tuple[Tile, ...]
    tile_source: str
    tile_source_ids: tuple[str, ...]
    tile_short: str
    tile_short_source: str
    tile_description: str
    tile_table: pd.DataFrame
    figure: PathFigure | None
    figure_text: FigureText | None
    figure_table: pd.DataFrame
    no_figure: str
    chosen: Item | None
    attention: tuple[AreaCoverage, ...]
    judged: int
    limit: float
    small: float
    absent: tuple[Item, ...]
    when: str


@dataclass(frozen=True)
class Soon:
    """An activity that starts or stops within the time named on the page. stops: it stops, else it starts."""

    id: str
    title: str
    stops: bool
    when: str
    where: str


@dataclass(frozen=True)
class Now:
    """What happens in a gemeente now. per_pillar: (title, how many), in catalogue order; no_pillar: of the running ones.

    problems, gaps: areas with a weak or falling pillar, and the names of those with nothing on some such pillar.
    ever: activities that were ever recorded here. limit: a score below it is weak.
    """

    name: str
    level: Level
    ever: int
    running: int
    wide: int
    no_pillar: int
    per_pillar: tuple[tuple[str, int], ...]
    soon: tuple[Soon, ...]
    problems: int
    gaps: tuple[str, ...]
    days: int
    limit: float
