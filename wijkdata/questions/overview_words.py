"""The words round the two figures of Overzicht: lead, text alternative, description, source line."""

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.questions import base
from wijkdata.questions.overview_lists import lower
from wijkdata.questions.overview_titles import figure_title
from wijkdata.questions.types_overview import FigureText, PathFigure, Tile
from wijkdata.settings import MINIMUM_POPULATION, SMALL_CHANGE

ENOUGH = f"{dutch.number(MINIMUM_POPULATION)} of meer inwoners"
FEWER = f"minder dan {dutch.number(MINIMUM_POPULATION)} inwoners"


def figure_text(
    figure: PathFigure, catalogue: Catalogue, coverage: pd.DataFrame, where: str, fictional: bool
) -> FigureText:
    """Everything that is said about the figure. coverage: `queries.coverage` of its level."""
    title, short = figure_title(figure)
    return FigureText(
        title=title,
        short=short,
        lead=_lead(figure, catalogue),
        alt=f"Puntenwolk van {where}: {_counts(figure)} {_direction(figure)}",
        description=_description(figure, catalogue, fictional),
        source=_source(figure, catalogue, coverage),
        short_source=_short_source(figure, catalogue, coverage, where),
    )


def tile_source(
    tiles: tuple[Tile, ...], catalogue: Catalogue, coverage: pd.DataFrame, n: int, small: int, level: Level, known: bool
) -> str:
    """The source line under the four tiles. known: whether inhabitants are known, so that the mean is weighted."""
    used = {(name, year) for tile in tiles for name in tile.indicators for year in tile.measured}
    rows = coverage[[pair in used for pair in zip(coverage["indicator"], coverage["period"], strict=True)]]
    if rows.empty:
        return "Er zijn hier nog geen scores."
    bases = sorted({catalogue.indicators[name].reference_year for name, _ in used} - {None})
    circle = "gemiddelde naar inwoners" if known else "gewoon gemiddelde: de inwonertallen zijn onbekend"
    left_out = f"; {dutch.count(small, level.value, level.plural)} met {FEWER}: geen score" if small else ""
    return (
        f"Score: Nederland = 100 in het basisjaar van elk cijfer ({dutch.years(bases)}), hoger is gunstiger. "
        f"Stip: gemeente ({circle}). Streepjes: {level.plural}. "
        f"Bron: {base.source_text(catalogue, rows)}; bewerking wijkdata. "
        f"{dutch.n_of(n, level.value, level.plural)} met {ENOUGH}{left_out}."
    )


def tile_description(tiles: tuple[Tile, ...], where: str, level: Level, known: bool) -> str:
    """The four tiles in words."""
    parts = []
    for tile in tiles:
        if tile.number is None:
            parts.append(f"{tile.title}: geen score. {tile.missing}")
        else:
            parts.append(f"{tile.title}: {dutch.number(tile.number)}. {tile.sentence} Dekking: {tile.coverage}.")
    how = f"gewogen naar inwoners over de {level.plural} met een score" if known else "niet gewogen"
    return (
        f"Vier pijlers van {where}. Het getal is het gemiddelde, {how}. Een verschil onder {dutch.number(SMALL_CHANGE)} "
        "punten heet vrijwel gelijk; het verloop vergelijkt alleen jaren met dezelfde cijfers. " + " ".join(parts)
    )


def x_phrase(figure: PathFigure, catalogue: Catalogue) -> str:
    """`woningvoorraad, fysieke omgeving, overlast (2022) en bijstand (2020)`: the fixed set, and its age."""
    names = dict(figure.x_measured)
    words = []
    for name, years in names.items():
        age = "" if years in ((), (figure.year,)) else f" ({dutch.years(list(years))})"
        words.append(lower(catalogue.indicators[name].short) + age)
    return dutch.listing(words)


def y_phrase(catalogue: Catalogue) -> str:
    """`sociale samenhang`: what stands for resilience in the figure."""
    return dutch.listing([lower(catalogue.indicators[name].short) for name in catalogue.figure.y])


def _lead(figure: PathFigure, catalogue: Catalogue) -> str:
    text = f"Elke stip is een {figure.level.value} in {figure.year}."
    if len(figure.years) > 1 and not figure.trails.empty:
        text += f" Het spoor begint dun in {figure.years[0]}."
    if figure.slope is not None:
        text += " De dunne lijn is wat bij deze kwetsbaarheid past."
    if figure.x_set == "path_x":
        absent = [
            lower(catalogue.indicators[name].short)
            for name in catalogue.figure.x
            if name not in dict(figure.x_measured)
        ]
        text += f" Zonder {dutch.listing(absent)}: dat cijfer is er niet bij {figure.year}."
    return text


def _counts(figure: PathFigure) -> str:
    small = int(figure.points["small"].sum())
    n = len(figure.points) - small
    text = f"{dutch.count(n, figure.level.value, figure.level.plural)} met een score in {figure.year}"
    return text + (f", {small} open {'stip' if small == 1 else 'stippen'}." if small else ".")


def _direction(figure: PathFigure) -> str:
    """What the paths do, counted."""
    moved = figure.points.dropna(subset=["change_x", "change_y"])
    if moved.empty:
        return "Er is maar één meetjaar, dus er zijn geen sporen."

    def count(column: str, sign: int) -> int:
        return int((sign * moved[column] >= SMALL_CHANGE).sum())

    return (
        f"Van {figure.years[0]} tot {figure.year} werden {count('change_x', 1)} minder en {count('change_x', -1)} meer "
        f"kwetsbaar; bij {count('change_y', 1)} groeide de weerbaarheid en bij {count('change_y', -1)} daalde zij."
    )


def _description(figure: PathFigure, catalogue: Catalogue, fictional: bool) -> str:
    country = "het fictieve voorbeeld" if fictional else "Nederland"
    parts = [
        f"Rechts is minder kwetsbaar, hoger is meer collectieve weerbaarheid. {_counts(figure)} {_direction(figure)}",
        f"Kwetsbaarheid is het gemiddelde van {x_phrase(figure, catalogue)}.",
        f"Weerbaarheid is hier alleen {y_phrase(catalogue)}: geheel een modelschatting.",
    ]
    if figure.correlation is not None and figure.residual_sd is not None:
        judged = figure.points.dropna(subset=["standardised"])
        above, below = int((judged["standardised"] >= 1).sum()), int((judged["standardised"] <= -1).sum())
        parts.append(
            f"Over {dutch.number(figure.n_reference)} {figure.level.plural} in {country} hangen de twee samen "
            f"(r = {dutch.number(figure.correlation, 2)}); de afstand tot de lijn heeft een spreiding van "
            f"{dutch.number(figure.residual_sd, 1)} punten. Verder dan dat boven de lijn liggen er {above} "
            f"(weerbaarder dan verwacht bij deze kwetsbaarheid) en eronder {below}."
        )
    if figure.x_set == "x" and not figure.trails.empty:
        same = dutch.listing([lower(catalogue.indicators[name].short) for name in catalogue.figure.path_x])
        parts.append(f"Het spoor toont de verandering op {same} alleen en is zo gelegd dat het in de stip eindigt.")
    return " ".join(parts)


def _source(figure: PathFigure, catalogue: Catalogue, coverage: pd.DataFrame) -> str:
    small = int(figure.points["small"].sum())
    n = len(figure.points) - small
    level = figure.level
    out = [f"{dutch.n_of(n, level.value, level.plural)} met {ENOUGH}"]
    if small:
        out.append(f"{small} kleinere: open stip, zonder spoor")
    if figure.without_x:
        out.append(f"{dutch.count(figure.without_x, level.value, level.plural)} zonder alle cijfers: weggelaten")
    out += [
        f"{year} heeft niet alle cijfers en is niet ingevuld" for year in skipped_years(figure, catalogue, coverage)
    ]
    year = f" in {figure.base_year}" if figure.base_year else " in het basisjaar van elk cijfer"
    return (
        f"Bron: {_publishers(figure, catalogue, coverage)}; bewerking wijkdata. Score: Nederland = 100{year}. "
        f"Weerbaarheid: {y_phrase(catalogue)}, geheel een modelschatting. {'; '.join(out)}."
    )


def _short_source(figure: PathFigure, catalogue: Catalogue, coverage: pd.DataFrame, where: str) -> str:
    """The one line while presenting."""
    n = int((~figure.points["small"]).sum())
    text = f"{where}, {dutch.count(n, figure.level.value, figure.level.plural)}."
    if not figure.trails.empty:
        text += f" Het spoor loopt van {figure.years[0]} naar {figure.year}."
    sources = _used(figure, catalogue, coverage)["source"].unique()
    return f"{text} {dutch.listing([catalogue.sources[name].short for name in sources])}."


def skipped_years(figure: PathFigure, catalogue: Catalogue, coverage: pd.DataFrame) -> list[int]:
    """Years between the first and the last path year in which the same source has figures, but not the whole set."""
    sources = set(coverage.loc[coverage["indicator"].isin(catalogue.figure.path_x), "source"])
    periods = {int(period) for period in coverage.loc[coverage["source"].isin(sources), "period"]}
    return [year for year in sorted(periods) if figure.years[0] < year < figure.year and year not in figure.years]


def _used(figure: PathFigure, catalogue: Catalogue, coverage: pd.DataFrame) -> pd.DataFrame:
    """The coverage rows of everything in the figure: the paths in their years, the x-axis where it was measured."""
    paths = [*catalogue.figure.path_x, *catalogue.figure.path_y]
    wanted = {(name, year) for name in paths for year in figure.years}
    wanted |= {(name, year) for name, years in figure.x_measured for year in years}
    return coverage[[pair in wanted for pair in zip(coverage["indicator"], coverage["period"], strict=True)]]


def _publishers(figure: PathFigure, catalogue: Catalogue, coverage: pd.DataFrame) -> str:
    return base.source_text(catalogue, _used(figure, catalogue, coverage).sort_values("period"))
