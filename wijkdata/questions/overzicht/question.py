"""Overzicht: the pillars, the figure "van kwetsbaar naar weerbaar" and the lists of one gemeente."""

from dataclasses import replace

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.questions.overzicht import lists
from wijkdata.questions.overzicht import tiles as overzicht_tiles
from wijkdata.questions.overzicht import words as overzicht_words
from wijkdata.questions.overzicht.answer import MOST_SHOWN, VULNERABILITY, Overview, PathFigure, Tile
from wijkdata.questions.overzicht.figure import path_figure
from wijkdata.questions.overzicht.tiles import Material
from wijkdata.questions.shared import activity_coverage, places, provenance, scores
from wijkdata.questions.shared.answer import VERDICTS, AreaCoverage
from wijkdata.questions.shared.memory import kept
from wijkdata.settings import MINIMUM_POPULATION, SMALL_CHANGE
from wijkdata.store.monitor.versions import Monitor

FEW = f"minder dan {dutch.number(MINIMUM_POPULATION)} inwoners toen dit is gemeten: geen score"


def overview(monitor: Monitor, catalogue: Catalogue, municipality: str, level: str, chosen: str | None) -> Overview:
    """Return the whole page of one gemeente at one level, with one area singled out or none.

    Raises NotFoundError when the gemeente is not in the store.
    """
    whole, material = _whole(monitor, municipality, Level(level))
    return replace(
        whole,
        tiles=tuple(overzicht_tiles.single_out(tile, chosen, material) for tile in whole.tiles),
        figure=_coloured(whole.figure, whole.attention, chosen),
        chosen=lists.chosen_item(chosen, whole.figure, material),
    )


@kept(64)
def _whole(monitor: Monitor, municipality: str, level: Level) -> tuple[Overview, Material]:
    """Everything that does not depend on the chosen area: choosing another one costs nothing."""
    catalogue = monitor.catalogue
    place = _municipality(monitor, municipality)
    material = overzicht_tiles.gather(monitor, catalogue, municipality, level)
    ids = scores.scores(monitor, level, place.fictional).catalogue
    tiles = tuple(
        overzicht_tiles.tile(material, pillar, ids.get(name, ())) for name, pillar in catalogue.pillars.items()
    )
    figure = path_figure(monitor, catalogue, municipality, level)
    coverage = provenance.coverage(monitor, place.fictional)
    words = overzicht_words.Words(catalogue, coverage[coverage["level"] == level], place.name, level, place.fictional)
    n, small = _counts(material)
    answer = Overview(
        place=place,
        level=level,
        title=overzicht_words.page_title(figure, tiles, place.name, level),
        lead=words.page_lead(figure),
        tiles=tiles,
        tile_source=words.tile_source(tiles, n, small),
        tile_source_ids=words.tile_source_ids(tiles),
        tile_short=overzicht_words.tiles_short(tiles),
        tile_short_source=words.tile_short_source(tiles, n),
        tile_description=words.tile_description(tiles),
        tile_table=_tile_table(tiles, material, place.name),
        figure=figure,
        figure_text=words.figure_text(figure) if figure else None,
        figure_table=_figure_table(figure) if figure else pd.DataFrame(),
        no_figure="" if figure else _no_figure(catalogue, material),
        chosen=None,
        attention=lists.attention(activity_coverage.of_figures(monitor, municipality, level)),
        judged=n,
        limit=scores.LOW_RESILIENCE,
        small=SMALL_CHANGE,
        absent=lists.absent(tiles, figure, catalogue, material),
        when=str(max((tile.year for tile in tiles if tile.year), default="")),
    )
    return answer, material


def areas_with_figures(monitor: Monitor, catalogue: Catalogue, municipality: str, level: str) -> frozenset[str]:
    """Return the codes of the areas that the page shows: with a score, or as an open mark."""
    table = _whole(monitor, municipality, Level(level))[1].table
    return frozenset(str(code) for code in table.loc[table["position"].notna(), "code"].unique())


def _municipality(monitor: Monitor, code: str) -> places.Place:
    for place in places.municipalities(monitor):
        if place.code == code:
            return place
    return places.place(monitor, code)


def _coloured(figure: PathFigure | None, attention: tuple[AreaCoverage, ...], chosen: str | None) -> PathFigure | None:
    """The state of each point: the chosen one before attention."""
    if figure is None:
        return None
    ochre = {area.code for area in attention[:MOST_SHOWN]}
    states = ["chosen" if code == chosen else "attention" if code in ochre else "" for code in figure.points["code"]]
    return replace(figure, points=figure.points.assign(state=states))


def _counts(material: Material) -> tuple[int, int]:
    """Areas with a score on some pillar, and areas with figures but too few residents for one."""
    scored = set(material.table.loc[material.table["score"].notna(), "code"])
    drawn = set(material.table.loc[material.table["position"].notna(), "code"])
    return len(scored), len(drawn - scored)


def _tile_table(tiles: tuple[Tile, ...], material: Material, where: str) -> pd.DataFrame:
    """One table for all four tiles: the gemeente first, then its areas; an empty cell says why in the last column."""
    table = material.table
    codes = sorted(table.loc[table["position"].notna(), "code"].unique(), key=lambda code: material.names[code])
    column = dutch.capital(material.level)
    frame = pd.DataFrame(
        {column: material.names.reindex(codes), "Code": codes, "Inwoners": material.population.reindex(codes)}
    )
    few = pd.Series(False, index=codes)
    top: dict[str, object] = {column: f"{where}, gemiddelde", "Code": material.municipality, "Inwoners": float("nan")}
    for tile in tiles:
        heading = f"{tile.title} ({tile.year})" if tile.year else f"{tile.title} (geen score)"
        rows = table[(table["pillar"] == tile.pillar) & (table["period"] == (tile.year or -1))].set_index("code")
        frame[heading] = rows["score"].reindex(codes).round(1)
        top[heading] = float("nan") if tile.number is None else round(tile.number, 1)
        few |= rows["reason"].reindex(codes).eq("few_residents").fillna(False).astype(bool)
    frame["Opmerking"] = [FEW if few[code] else "" for code in codes]
    top["Opmerking"] = "; ".join(f"{tile.title}: {tile.coverage or tile.missing}" for tile in tiles)
    return pd.concat([pd.DataFrame([top]), frame.reset_index(drop=True)], ignore_index=True)


def _figure_table(figure: PathFigure) -> pd.DataFrame:
    """The points as a table, lowest distance first."""
    points = figure.points.sort_values("residual", na_position="last")
    span = f"{figure.years[0]}-{figure.year}"
    scored, y_name = ~points["small"], dutch.capital(figure.y_name)
    table = pd.DataFrame(
        {
            dutch.capital(figure.level): points["name"],
            "Code": points["code"],
            "Inwoners": points["population"],
            f"Kwetsbaarheid {figure.year} (hoger is minder kwetsbaar)": points["x"].where(scored).round(1),
            f"{y_name} {figure.year}": points["y"].where(scored).round(1),
            f"{y_name} die past": points["expected"].round(1),
            "Verschil met wat past": points["residual"].round(1),
            "Ten opzichte van wat past": points["standardised"].map(_side_of_line),
        }
    )
    if len(figure.years) > 1:
        # In whole points, as they are judged: 1,9 beside "gestegen" reads as an error where 2 is what counts. + 0.0: no "−0".
        table[f"Verandering kwetsbaarheid {span}"] = points["change_x"].round() + 0.0
        table["Oordeel kwetsbaarheid"] = points["verdict_x"].map(VULNERABILITY)
        table[f"Verandering {figure.y_name} {span}"] = points["change_y"].round() + 0.0
        table[f"Oordeel {figure.y_name}"] = points["verdict_y"].map(VERDICTS)
    table["Opmerking"] = ["" if ok else FEW for ok in scored]
    return table.reset_index(drop=True)


def _side_of_line(standardised: float) -> str:
    """What the title counts: further off than the usual spread."""
    if pd.isna(standardised):
        return ""
    return "meer" if standardised >= 1 else "minder" if standardised <= -1 else "ongeveer gelijk"


def _no_figure(catalogue: Catalogue, material: Material) -> str:
    """Why the figure is not there, and what would make it."""
    if material.table["position"].notna().any() and material.population.isna().all():
        return f"Hier komt: van kwetsbaar naar weerbaar. {overzicht_tiles.RESIDENTS_FIRST}"
    needed = {*catalogue.figure.path_x, *catalogue.figure.path_y}
    if needed & material.without_reference:
        return f"Hier komt: van kwetsbaar naar weerbaar. Voor {material.level.plural} is er nog geen landelijk ijkpunt."
    entry = catalogue.indicators[catalogue.figure.path_y[0]]
    return f"Hier komt: van kwetsbaar naar weerbaar. Daarvoor is nodig: {entry.fills or 'de Leefbaarometer'}."
