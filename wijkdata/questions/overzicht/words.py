"""Every sentence of Overzicht outside its lists: titles, leads, text alternatives, descriptions, source lines."""

from dataclasses import dataclass

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.questions.overzicht.answer import FigureText, PathFigure, Tile
from wijkdata.questions.shared import provenance
from wijkdata.settings import MINIMUM_POPULATION, SMALL_CHANGE

ENOUGH = f"{dutch.number(MINIMUM_POPULATION)} of meer inwoners"
FEWER = f"minder dan {dutch.number(MINIMUM_POPULATION)} inwoners"
NAME = "Van kwetsbaar naar weerbaar"
# Characters that fit: a title on two lines, a title while presenting on one.
LONGEST, LONGEST_SHORT = 90, 45
# A score that lies further than this from 100 is below or above the average of the Netherlands (classes: 85-115).
AROUND = 15


@dataclass(frozen=True)
class Words:
    """What every sentence needs to know. coverage: `queries.coverage` of this level; where: the gemeente's name."""

    catalogue: Catalogue
    coverage: pd.DataFrame
    where: str
    level: Level
    fictional: bool

    def page_lead(self, figure: PathFigure | None) -> str:
        """Return over which years the title speaks, and what counts as a change."""
        if figure is None or figure.points["change_x"].isna().all():
            return ""
        return (
            f"Van {figure.years[0]} tot {figure.year}. "
            f"Een verschil onder {dutch.number(SMALL_CHANGE)} punten telt als gelijk."
        )

    def tile_source(self, tiles: tuple[Tile, ...], n: int, small: int) -> str:
        """Return the source line under the four tiles."""
        rows = self._rows({(name, year) for tile in tiles for name in tile.indicators for year in tile.measured})
        if rows.empty:
            return "Er zijn hier nog geen scores."
        base_years = self.catalogue.base_years(rows["indicator"])
        left_out = f"; {self._areas(small)} met {FEWER}: geen score" if small else ""
        return (
            f"Score: Nederland = 100 in het basisjaar van elk cijfer ({dutch.years(list(base_years))}), hoger is gunstiger. "
            f"Stip: gemeente (gemiddelde naar inwoners). Streepjes: {self.level.plural}. {self._publishers(rows)} "
            f"{dutch.n_of(n, self.level.value, self.level.plural)} met {ENOUGH}{left_out}."
        )

    def tile_short_source(self, n: int) -> str:
        """Return the one line while presenting."""
        return f"{self.where}, {self._areas(n)}. Nederland = 100, hoger is gunstiger."

    def tile_description(self, tiles: tuple[Tile, ...]) -> str:
        """Return the four tiles in words."""
        parts = [
            f"{tile.title}: geen score. {tile.missing}"
            if tile.number is None
            else f"{tile.title}: {dutch.number(tile.number)}. {tile.sentence} Dekking: {tile.coverage}."
            for tile in tiles
        ]
        how = f"gewogen naar inwoners over de {self.level.plural} met een score"
        return (
            f"Vier pijlers van {self.where}. Het getal is het gemiddelde, {how}. Het verloop vergelijkt alleen jaren met "
            f"dezelfde cijfers; een verschil onder {dutch.number(SMALL_CHANGE)} punten heet vrijwel gelijk. {' '.join(parts)}"
        )

    def figure_text(self, figure: PathFigure) -> FigureText:
        """Return every word round the figure."""
        title, short = figure_title(figure)
        return FigureText(
            title=title,
            short=short,
            lead=self._lead(figure),
            alt=f"Puntenwolk van {self.where}: {self._counted(figure)} {_moves_text(figure)}",
            description=self._description(figure),
            source=self._source(figure),
            short_source=self._short_source(figure),
        )

    def x_phrase(self, figure: PathFigure) -> str:
        """Return the fixed set, and the age of what is older: `woningvoorraad, overlast en bijstand (2020)`."""
        words = []
        for name, years in figure.x_measured:
            age = "" if years in ((), (figure.year,)) else f" ({dutch.years(list(years))})"
            words.append(self._names([name]) + age)
        return dutch.listing(words)

    def skipped_years(self, figure: PathFigure) -> list[int]:
        """Return the years between first and last path year in which the same source has figures, but not the whole
        set."""
        mine = self.coverage
        sources = set(mine.loc[mine["indicator"].isin(self.catalogue.figure.path_x), "source"])
        periods = {int(period) for period in mine.loc[mine["source"].isin(sources), "period"]}
        return [year for year in sorted(periods) if figure.years[0] < year < figure.year and year not in figure.years]

    def _lead(self, figure: PathFigure) -> str:
        text = f"Elke stip is een {self.level.value} in {figure.year}."
        if not figure.trails.empty:
            text += f" Het spoor begint dun in {figure.years[0]}."
        if figure.slope is not None:
            text += " De dunne lijn is wat bij deze kwetsbaarheid past."
        if figure.x_set == "path_x":
            absent = [name for name in self.catalogue.figure.x if name not in dict(figure.x_measured)]
            text += f" Let op: zonder {self._names(absent)}, want dat cijfer ontbreekt bij {figure.year}."
        return text

    def _description(self, figure: PathFigure) -> str:
        parts = [
            "Rechts is minder kwetsbaar, hoger is meer collectieve weerbaarheid.",
            f"{self._counted(figure)} {_moves_text(figure)}",
            f"Kwetsbaarheid is het gemiddelde van {self.x_phrase(figure)}.",
            f"Weerbaarheid is in deze figuur alleen {self._names(self.catalogue.figure.y)}, geheel een modelschatting; "
            "het getal in de tegel hierboven heeft de schaal van de hele pijler.",
            self._line(figure),
        ]
        if figure.x_set == "x" and not figure.trails.empty:
            same = self._names(self.catalogue.figure.path_x)
            parts.append(f"Het spoor toont de verandering op {same} alleen en is zo gelegd dat het in de stip eindigt.")
        return " ".join(part for part in parts if part)

    def _line(self, figure: PathFigure) -> str:
        """The answer: the distance from what fits a vulnerability."""
        if figure.correlation is None or figure.residual_sd is None:
            return ""
        judged = figure.points.dropna(subset=["standardised"])
        above, below = int((judged["standardised"] >= 1).sum()), int((judged["standardised"] <= -1).sum())
        country = "het fictieve voorbeeld" if self.fictional else "Nederland"
        return (
            f"Over {dutch.number(figure.n_reference)} {self.level.plural} in {country} hangen de twee samen "
            f"(r = {dutch.number(figure.correlation, 2)}); rond de lijn is de spreiding {dutch.number(figure.residual_sd, 1)} "
            f"punten. Verder dan dat boven de lijn liggen er {above} (weerbaarder dan verwacht bij deze kwetsbaarheid), "
            f"eronder {below}."
        )

    def _source(self, figure: PathFigure) -> str:
        small = int(figure.points["small"].sum())
        out = [f"{dutch.n_of(len(figure.points) - small, self.level.value, self.level.plural)} met {ENOUGH}"]
        if small:
            out.append(f"{small} kleinere: open stip, zonder spoor")
        if figure.without_x:
            out.append(f"{self._areas(figure.without_x)} zonder alle cijfers: weggelaten")
        out += [f"{year} heeft niet alle cijfers en is niet ingevuld" for year in self.skipped_years(figure)]
        base_year = f" in {figure.base_year}" if figure.base_year else " in het basisjaar van elk cijfer"
        return (
            f"{self._publishers(self._figure_rows(figure))} Score: Nederland = 100{base_year}. "
            f"Weerbaarheid: {self._names(self.catalogue.figure.y)}, geheel een modelschatting. {'; '.join(out)}."
        )

    def _short_source(self, figure: PathFigure) -> str:
        text = f"{self.where}, {self._areas(int((~figure.points['small']).sum()))}."
        if not figure.trails.empty:
            text += f" Het spoor loopt van {figure.years[0]} naar {figure.year}."
        rows = self._rows({(name, figure.year) for name in self.catalogue.figure.path_y})
        if self.fictional or rows.empty:
            return text
        return f"{text} {self.catalogue.sources[rows['source'].iloc[0]].short.split(' (')[0]}."

    def _counted(self, figure: PathFigure) -> str:
        small = int(figure.points["small"].sum())
        text = f"{self._areas(len(figure.points) - small)} met een score in {figure.year}"
        return text + (f", {dutch.count(small, 'open stip', 'open stippen')}." if small else ".")

    def _publishers(self, rows: pd.DataFrame) -> str:
        invented = "verzonnen cijfers in de vorm van " if self.fictional else ""
        return (
            f"Bron: {invented}{provenance.source_text(self.catalogue, rows.sort_values('period'))}; bewerking wijkdata."
        )

    def _figure_rows(self, figure: PathFigure) -> pd.DataFrame:
        """The coverage of everything in the figure: the paths in their years, the x-axis where it was measured."""
        paths = [*self.catalogue.figure.path_x, *self.catalogue.figure.path_y]
        wanted = {(name, year) for name in paths for year in figure.years}
        return self._rows(wanted | {(name, year) for name, years in figure.x_measured for year in years})

    def _rows(self, wanted: set[tuple[str, int]]) -> pd.DataFrame:
        pairs = zip(self.coverage["indicator"], self.coverage["period"], strict=True)
        return self.coverage[[pair in wanted for pair in pairs]]

    def _names(self, ids: list[str] | tuple[str, ...]) -> str:
        return dutch.listing([dutch.inside(self.catalogue.indicators[name].short) for name in ids])

    def _areas(self, n: int) -> str:
        return dutch.count(n, self.level.value, self.level.plural)


@dataclass(frozen=True)
class _Moves:
    """How many of n areas became less or more vulnerable, and more (up) or less (down) resilient.

    together: less vulnerable and more resilient.
    """

    n: int
    less: int
    more: int
    up: int
    down: int
    together: int


def _moves(figure: PathFigure) -> _Moves:
    moved = figure.points.dropna(subset=["change_x", "change_y"])
    less, up = moved["change_x"] >= SMALL_CHANGE, moved["change_y"] >= SMALL_CHANGE
    more, down = moved["change_x"] <= -SMALL_CHANGE, moved["change_y"] <= -SMALL_CHANGE
    counts = (int(mask.sum()) for mask in (less, more, up, down, less & up))
    return _Moves(len(moved), *counts)


def _moves_text(figure: PathFigure) -> str:
    """What the paths do, counted."""
    moves = _moves(figure)
    if not moves.n:
        return "Er is maar één meetjaar, dus er zijn geen sporen."
    return (
        f"Van {figure.years[0]} tot {figure.year} werden {moves.less} minder en {moves.more} meer "
        f"kwetsbaar; bij {moves.up} groeide de weerbaarheid en bij {moves.down} daalde zij."
    )


def page_title(figure: PathFigure | None, tiles: tuple[Tile, ...], where: str, level: Level) -> str:
    """Return the answer to "Hoe staat het ervoor?": the course of vulnerability, else the place on the pillars."""
    moves = _moves(figure) if figure else None
    if figure is None or moves is None or not moves.n:
        return _pillars_title(tiles, where)
    if moves.n == 1:
        only = figure.points.dropna(subset=["change_x", "change_y"]).iloc[0]
        return _only_area_title(str(only["name"]), float(only["change_x"]), float(only["change_y"]), level)
    return course(moves.n, moves.less, moves.more, moves.together, level)


def course(n: int, less: int, more: int, stronger: int, level: Level) -> str:
    """Return the title: of `n` areas `less` became less vulnerable (`stronger` of them more resilient too), `more`
    more."""
    if not less and not more:
        return f"In geen van de {n} {level.plural} verandert de kwetsbaarheid duidelijk"
    if more > less:
        rest = f"in {_how_many(less)} daalt zij" if less else "in geen enkele daalt zij"
        return f"{_in(more, n, level)} stijgt de kwetsbaarheid; {rest}"
    if stronger == less:
        together = "daar groeit de weerbaarheid mee" if less == 1 else "overal daar groeit de weerbaarheid mee"
    elif stronger:
        together = f"in {_how_many(stronger)} daarvan groeit de weerbaarheid mee"
    else:
        together = "de weerbaarheid groeit daar niet mee" if less == 1 else "nergens groeit de weerbaarheid mee"
    title = f"{_in(less, n, level)} daalt de kwetsbaarheid; {together}"
    return title if len(title) <= LONGEST else title.replace(" daarvan groeit", " groeit")


def figure_title(figure: PathFigure) -> tuple[str, str]:
    """Return title and short title: how many areas lie clearly off the line of what fits their vulnerability."""
    judged = figure.points.dropna(subset=["standardised"])
    n = len(judged)
    if n == 0:
        return f"{NAME}: geen vergelijking mogelijk", NAME
    stronger = judged[judged["standardised"] >= 1]
    weaker = judged[judged["standardised"] <= -1]
    if n == 1:
        return _only_judged_title(str(judged["name"].iloc[0]), len(stronger), len(weaker), figure.level)
    return distances(n, len(stronger), len(weaker), figure.level)


def distances(n: int, stronger: int, weaker: int, level: Level) -> tuple[str, str]:
    """Return title and short title for `n` areas of which some are more, some less resilient than expected."""
    if not stronger and not weaker:
        each = f"elke {level.value} is ongeveer zo weerbaar als verwacht"
        fits = len(each) <= LONGEST_SHORT
        return f"{NAME}: {each}", dutch.capital(each) if fits else "Ongeveer zo weerbaar als verwacht"
    if stronger and weaker:
        verb = "is" if stronger == 1 else "zijn"
        long = f"{NAME}: {stronger} van de {n} {level.plural} {verb} weerbaarder dan verwacht, {weaker} minder"
        long = long if len(long) <= LONGEST else long.replace(f" {verb} ", " ", 1)
        areas = level.value if stronger == 1 else level.plural
        short = f"{stronger} {areas} weerbaarder dan verwacht, {weaker} minder"
        return long, short if len(short) <= LONGEST_SHORT else f"{stronger} weerbaarder dan verwacht, {weaker} minder"
    k, word = (stronger, "weerbaarder") if stronger else (weaker, "minder weerbaar")
    who = f"alle {n} {level.plural} zijn" if k == n else f"{k} van de {n} {level.plural} {'is' if k == 1 else 'zijn'}"
    short = f"Alle {n} {word} dan verwacht" if k == n else f"{k} van de {n} {word} dan verwacht"
    return f"{NAME}: {who} {word} dan verwacht", short


def _only_judged_title(name: str, stronger: int, weaker: int, level: Level) -> tuple[str, str]:
    word = "weerbaarder dan" if stronger else "minder weerbaar dan" if weaker else "ongeveer zo weerbaar als"
    long, short = f"{NAME}: {name} is {word} verwacht", f"{name}: {word} verwacht"
    only = f"de enige {level.value} is {word} verwacht"
    return (
        long if len(long) <= LONGEST else f"{NAME}: {only}",
        short if len(short) <= LONGEST_SHORT else dutch.capital(f"{word} verwacht"),
    )


def _only_area_title(name: str, change_x: float, change_y: float, level: Level) -> str:
    """Three directions of vulnerability by three of resilience."""
    x, y = _direction(change_x), _direction(change_y)
    vulnerability = {1: "daalt de kwetsbaarheid", -1: "stijgt de kwetsbaarheid", 0: "blijft de kwetsbaarheid gelijk"}
    resilience = {1: "groeit de weerbaarheid", -1: "daalt de weerbaarheid", 0: "blijft de weerbaarheid gelijk"}
    courses = f"{vulnerability[x]} en {resilience[y]}"
    if x == y == 0:
        courses = "blijven kwetsbaarheid en weerbaarheid vrijwel gelijk"
    title = f"In {name} {courses}"
    return title if len(title) <= LONGEST else f"In de enige {level.value} met cijfers {courses}"


def _direction(change: float) -> int:
    """+1 for a rise of a score that counts as a change, -1 for a fall, 0 for neither."""
    return 1 if change >= SMALL_CHANGE else -1 if change <= -SMALL_CHANGE else 0


def _pillars_title(tiles: tuple[Tile, ...], where: str) -> str:
    """Without paths: how the pillars with a score lie against the Netherlands."""
    scores = [tile.number for tile in tiles if tile.number is not None]
    if not scores:
        return f"Over {where} is nog te weinig bekend voor een score"
    if len(scores) == 1:
        return f"{where} heeft één pijler met cijfers en scoort daar {dutch.number(scores[0])} (Nederland: 100)"
    low = sum(score < 100 - AROUND for score in scores)
    high = sum(score >= 100 + AROUND for score in scores)
    k = len(scores)
    if low and high:
        return f"{where} scoort op {low} van de {k} pijlers lager dan Nederland en op {high} hoger"
    if low or high:
        return f"{where} scoort op {low or high} van de {k} pijlers {'lager' if low else 'hoger'} dan Nederland"
    return f"{where} scoort op alle {k} pijlers met cijfers rond het gemiddelde van Nederland"


def _in(k: int, n: int, level: Level) -> str:
    return f"In alle {n} {level.plural}" if k == n else f"In {_how_many(k)} van de {n} {level.plural}"


def _how_many(n: int) -> str:
    return "één" if n == 1 else str(n)
