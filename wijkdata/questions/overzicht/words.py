"""Every sentence of Overzicht outside its lists: titles, leads, text alternatives, descriptions, source lines."""

from dataclasses import dataclass

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.change import Verdict
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.questions.overzicht.answer import VULNERABILITY, FigureText, Moves, PathFigure, Tile
from wijkdata.questions.shared import provenance
from wijkdata.questions.shared.answer import VERDICTS
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
        """Return over which years the title speaks, what the country did, and what counts as a change."""
        if figure is None or figure.points["change_x"].isna().all():
            return ""
        return (
            f"Van {figure.years[0]} tot {figure.year}. {_resilience(figure)}{self._country(figure)}Duidelijk: {dutch.number(SMALL_CHANGE)} punten of "
            f"meer, en meer dan zo'n {self.level.value} vanzelf heen en weer gaat."
        )

    def _country(self, figure: PathFigure) -> str:
        """What all areas did in the same years, per hundred."""
        if figure.country is None or not figure.country.n:
            return ""
        where = "alle fictieve gemeenten" if self.fictional else "heel Nederland"
        less, more, together = (
            dutch.number(100 * k / figure.country.n)
            for k in (figure.country.less, figure.country.more, figure.country.together)
        )
        return (
            f"In {where} werden van elke 100 {self.level.plural} er {less} minder kwetsbaar en {more} kwetsbaarder; bij {together} "
            f"groeide ook de {figure.y_name}. "
        )

    def tile_source_ids(self, tiles: tuple[Tile, ...]) -> tuple[str, ...]:
        """Return the ids of what the source line under the four tiles names."""
        return provenance.source_ids(self._tile_rows(tiles))

    def _tile_rows(self, tiles: tuple[Tile, ...]) -> pd.DataFrame:
        return self._rows({(name, year) for tile in tiles for name in tile.indicators for year in tile.measured})

    def tile_source(self, tiles: tuple[Tile, ...], n: int, small: int) -> str:
        """Return the source line under the four tiles."""
        rows = self._tile_rows(tiles)
        if rows.empty:
            return "Er zijn hier nog geen scores."
        base_years = self.catalogue.base_years(rows["indicator"])
        left_out = f"; {self._areas(small)} met {FEWER}: geen score" if small else ""
        return (
            f"Score: Nederland = 100 in het basisjaar van elk cijfer ({dutch.years(list(base_years))}), hoger is gunstiger. "
            f"Stip: gemeente (gemiddelde naar inwoners). Streepjes: {self.level.plural}. {self._publishers(rows)} "
            f"{dutch.n_of(n, self.level.value, self.level.plural)} met {ENOUGH}{left_out}."
        )

    def tile_short_source(self, tiles: tuple[Tile, ...], n: int) -> str:
        """Return the one line while presenting."""
        text = f"{self.where}, {self._areas(n)}; hoger is gunstiger."
        parts = [
            f"{self.catalogue.sources[str(source)].short.split(' (')[0]} {dutch.years(sorted(set(part['period'])))}"
            for source, part in self._tile_rows(tiles).sort_values("period").groupby("source", sort=False)
        ]
        return f"{text} Bron: {'; '.join(parts)}." if parts and not self.fictional else text

    def tile_description(self, tiles: tuple[Tile, ...]) -> str:
        """Return the four tiles in words."""
        parts = [
            f"{tile.title}: geen score. {tile.missing}"
            if tile.number is None
            else f"{tile.title}: {dutch.number(tile.number)}. {tile.in_full} Dekking: {tile.coverage}."
            for tile in tiles
        ]
        how = f"gewogen naar inwoners over de {self.level.plural} met een score"
        return (
            f"Vier pijlers van {self.where}. Het getal is het gemiddelde, {how}. Het verloop vergelijkt wat in beide "
            f"jaren is gemeten; een verschil onder {dutch.number(SMALL_CHANGE)} punten heet vrijwel gelijk. {' '.join(parts)}"
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
            source_ids=provenance.source_ids(self._figure_rows(figure)),
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
            text += f" {self._fits(figure)}"
        if figure.x_set == "path_x":
            absent = [name for name in self.catalogue.figure.x if name not in dict(figure.x_measured)]
            text += f" Let op: zonder {self._names(absent)}, want dat cijfer ontbreekt bij {figure.year}."
        return text

    def _fits(self, figure: PathFigure) -> str:
        """What the thin line is, what every area is held against, and from where on it counts."""
        far = dutch.number(figure.residual_sd, 1)
        if figure.urbanity is None:
            return f"De dunne lijn is wat bij deze kwetsbaarheid past; verder dan {far} punten eraf telt."
        return (
            f"De dunne lijn is wat bij deze kwetsbaarheid past in {dutch.URBANITY[figure.urbanity]} gebied, zoals het meeste hier. "
            f"Elke {self.level.value} is met even stedelijke vergeleken; verder dan {far} punten ervan telt."
        )

    def _description(self, figure: PathFigure) -> str:
        parts = [
            f"Rechts is minder kwetsbaar, hoger is meer {figure.y_name}.",
            f"{self._counted(figure)} {_moves_text(figure)}",
            f"Kwetsbaarheid is het gemiddelde van {self.x_phrase(figure)}.",
            f"Van de collectieve weerbaarheid staat hier alleen {self._names(self.catalogue.figure.y)}, geheel een modelschatting; "
            "de tegel hierboven is op de schaal van de hele pijler, dus een ander getal, ook waar dit het enige cijfer is.",
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
        alike = "" if figure.urbanity is None else " in even stedelijke gebieden"
        return (
            f"Over {dutch.number(figure.n_reference)} {self.level.plural} in {country} hangen de twee samen "
            f"(r = {dutch.number(figure.correlation, 2)}); rond wat past{alike} is de spreiding {dutch.number(figure.residual_sd, 1)} "
            f"punten. Verder dan dat erboven liggen er {above}, eronder {below}."
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
            f"{dutch.capital(figure.y_name)}: {self._names(self.catalogue.figure.y)}, geheel een modelschatting. {'; '.join(out)}."
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


def _moves(figure: PathFigure) -> Moves:
    moved = figure.points.dropna(subset=["change_x", "change_y"])
    return Moves.of(moved["verdict_x"], moved["verdict_y"])


def _resilience(figure: PathFigure) -> str:
    """What became of resilience in all areas, those that grew and those that fell: the title names neither, or one of them."""
    moves = _moves(figure)
    if moves.n < 2 or not (moves.up or moves.down):
        return ""
    return f"De {figure.y_name} groeide duidelijk bij {moves.up or 'geen'} en daalde bij {moves.down or 'geen'}. "


def _moves_text(figure: PathFigure) -> str:
    """What the paths do, counted."""
    moves = _moves(figure)
    if not moves.n:
        return "Er is maar één meetjaar, dus er zijn geen sporen."
    return (
        f"Van {figure.years[0]} tot {figure.year} werden {moves.less} duidelijk minder en {moves.more} duidelijk meer "
        f"kwetsbaar; bij {moves.up} groeide de {figure.y_name} duidelijk en bij {moves.down} daalde die."
    )


def page_title(figure: PathFigure | None, tiles: tuple[Tile, ...], where: str, level: Level) -> str:
    """Return the answer to "Hoe staat het ervoor?": the course of vulnerability, else the place on the pillars."""
    moves = _moves(figure) if figure else None
    if figure is None or moves is None or not moves.n:
        return _pillars_title(tiles, where)
    if moves.n == 1:
        return _only_area_title(figure, level)
    return course(moves, level, figure.y_name)


def course(moves: Moves, level: Level, y_name: str) -> str:
    """Return the title: how many areas clearly became less and more vulnerable; where none became more, whether the others
    became more resilient too.
    """
    n, less, more, together = moves.n, moves.less, moves.more, moves.together
    if not less and not more:
        return f"Geen van de {n} {level.plural} werd duidelijk kwetsbaarder of minder kwetsbaar"
    if more > less:
        rest = f"{_how_many(less)} minder" if less else "geen enkele minder kwetsbaar"
        return f"{_who(more, n, level)} duidelijk kwetsbaarder, {rest}"
    if more:
        return f"{_who(less, n, level)} duidelijk minder kwetsbaar, {_how_many(more)} kwetsbaarder"
    if not together:
        too = f"daar groeide de {y_name} niet mee" if less == 1 else f"bij geen daarvan groeide de {y_name}"
    elif together == less:
        too = f"daar groeide de {y_name} ook" if less == 1 else f"overal daar groeide de {y_name}"
    else:
        too = f"bij {together} daarvan groeide de {y_name}"
    title = f"{_who(less, n, level)} duidelijk minder kwetsbaar; {too}"
    return title if len(title) <= LONGEST else title.replace(" daarvan", "")


def figure_title(figure: PathFigure) -> tuple[str, str]:
    """Return title and short title: how many areas lie clearly off what fits their vulnerability."""
    judged = figure.points.dropna(subset=["standardised"])
    n = len(judged)
    if n == 0:
        return f"{NAME}: geen vergelijking mogelijk", NAME
    more = int((judged["standardised"] >= 1).sum())
    less = int((judged["standardised"] <= -1).sum())
    if n == 1:
        return _only_judged_title(str(judged["name"].iloc[0]), more, less, figure)
    return distances(Distances(n, more, less), figure.level, figure.y_name)


@dataclass(frozen=True)
class Distances:
    """How many of n areas have clearly more and clearly less than fits their vulnerability."""

    n: int
    more: int
    less: int


def distances(counts: Distances, level: Level, y_name: str) -> tuple[str, str]:
    """Return title and short title for areas of which some lie above, some below what fits."""
    n, fits = counts.n, "bij de kwetsbaarheid past"
    if not counts.more and not counts.less:
        return f"Alle {n} {level.plural} hebben ongeveer de {y_name} die {fits}", f"Ongeveer de {y_name} die past"
    if counts.more and counts.less:
        verb = "heeft" if counts.more == 1 else "hebben"
        long = f"{counts.more} van de {n} {level.plural} {verb} meer {y_name} dan {fits}, {counts.less} minder"
        return long, f"{counts.more} meer {y_name} dan past, {counts.less} minder"
    k, word = (counts.more, "meer") if counts.more else (counts.less, "minder")
    who = (
        f"Alle {n} {level.plural} hebben"
        if k == n
        else f"{k} van de {n} {level.plural} {'heeft' if k == 1 else 'hebben'}"
    )
    whom = f"Alle {n}" if k == n else f"{k} van de {n}"
    return f"{who} {word} {y_name} dan {fits}", f"{whom}: {word} {y_name} dan past"


def _only_judged_title(name: str, more: int, less: int, figure: PathFigure) -> tuple[str, str]:
    y_name = figure.y_name
    what = f"meer {y_name} dan" if more else f"minder {y_name} dan" if less else f"ongeveer de {y_name} die"
    long, short = f"{name} heeft {what} bij deze kwetsbaarheid past", f"{name}: {what} past"
    return (
        long if len(long) <= LONGEST else f"De enige {figure.level.value} heeft {what} bij deze kwetsbaarheid past",
        short if len(short) <= LONGEST_SHORT else dutch.capital(f"{what} past"),
    )


def _only_area_title(figure: PathFigure, level: Level) -> str:
    """The verdict on vulnerability and that on resilience."""
    only = figure.points.dropna(subset=["change_x", "change_y"]).iloc[0]
    text = f"{VULNERABILITY[Verdict(only['verdict_x'])]}, {figure.y_name} {VERDICTS[Verdict(only['verdict_y'])]}"
    title = f"{only['name']}: {text}"
    return title if len(title) <= LONGEST else f"De enige {level.value} met cijfers: {text}"


def _pillars_title(tiles: tuple[Tile, ...], where: str) -> str:
    """Without paths: how the pillars with a score lie against the Netherlands."""
    scores = [tile.number for tile in tiles if tile.number is not None]
    if not scores:
        return f"Over {where} is nog te weinig bekend voor een score"
    if len(scores) == 1:
        return f"{where} heeft één pijler met cijfers en scoort daar {dutch.number(scores[0])} (Nederland: 100)"
    written = [dutch.as_written(score) for score in scores]
    below, above = 100 - AROUND, 100 + AROUND
    low, high, k = sum(score < below for score in written), sum(score >= above for score in written), len(scores)
    if low and high:
        return f"{where} scoort op {low} van de {k} pijlers lager dan {below} en op {high} {above} of hoger (Nederland = 100)"
    if low or high:
        side = f"lager dan {below}" if low else f"{above} of hoger"
        return f"{where} scoort op {low or high} van de {k} pijlers {side} (Nederland = 100)"
    return f"{where} scoort op alle {k} pijlers met cijfers {below} tot {above} (Nederland = 100)"


def tiles_short(tiles: tuple[Tile, ...]) -> str:
    """Return the title of the tiles while presenting: how many pillars lie off the average of the country, by which border."""
    written = [dutch.as_written(tile.number) for tile in tiles if tile.number is not None]
    below, above = 100 - AROUND, 100 + AROUND
    low, high = sum(score < below for score in written), sum(score >= above for score in written)
    n = len(written)
    every = f"Alle {n} pijlers{'' if n == len(tiles) else ' met een score'}"
    side = f"lager dan {below}" if low else f"{above} of hoger" if high else f"{below} tot {above}"
    if n == 0:
        return "Nog geen pijler met een score"
    if n == 1:
        return f"De enige pijler met score: {side}"
    if low and high:
        return f"Van {n} pijlers {low} lager dan {below}, {high} vanaf {above}"
    part = low or high or n
    return f"{every if part == n else f'{part} van de {n} pijlers'} {side}"


def _who(k: int, n: int, level: Level) -> str:
    if k == n:
        return f"Alle {n} {level.plural} werden"
    return f"{'Eén' if k == 1 else k} van de {n} {level.plural} {'werd' if k == 1 else 'werden'}"


def _how_many(n: int) -> str:
    return "één" if n == 1 else str(n)
