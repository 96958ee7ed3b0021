"""The lists of Overzicht: what asks for attention, what is known of the chosen area, what is missing."""

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.change import Verdict
from wijkdata.catalogue import Catalogue, Evidence, Role
from wijkdata.questions.overzicht.answer import VULNERABILITY, Item, PathFigure, Tile
from wijkdata.questions.overzicht.tiles import Material, measured_elsewhere
from wijkdata.questions.shared.answer import VERDICTS, AreaCoverage
from wijkdata.settings import MINIMUM_POPULATION

MOST = 5


def attention(covered: tuple[AreaCoverage, ...]) -> tuple[AreaCoverage, ...]:
    """Return the areas with a weak or falling pillar, the lowest score first: those that Dekking lists too."""
    return tuple(sorted((area for area in covered if area.weak), key=lambda area: min(one.score for one in area.weak)))


def absent(
    tiles: tuple[Tile, ...], figure: PathFigure | None, catalogue: Catalogue, material: Material
) -> tuple[Item, ...]:
    """Return what is missing: scores, whole sets, measured figures, more than one year, neutral figures."""
    items = _without_score(tiles)
    if figure is not None and figure.x_set == "path_x":
        lacking = [catalogue.indicators[name] for name in catalogue.figure.x if name not in catalogue.figure.path_x]
        items += [
            Item(
                "De figuur",
                f"mist {dutch.inside(item.short)} bij {figure.year}.",
                measured_elsewhere(material, [item.id]) or _sentence(item.fills),
            )
            for item in lacking
        ]
    items += [item for tile in tiles if tile.modelled_only for item in _measured_too(tile, catalogue, material)]
    items += [
        Item(f"{tile.title}:", f"alleen {tile.year}.", "Met andere jaren ontstaat een verloop.")
        for tile in tiles
        if tile.number is not None and tile.then is None and not tile.modelled_only
    ]
    items += [
        Item(f"{entry.title}:", "nog geen cijfers.", _sentence(entry.fills))
        for entry in catalogue.indicators.values()
        if entry.role is Role.SHOWN and entry.theme == "beroep" and entry.id not in material.measured
    ]
    return tuple(items[: MOST + 1])


def _without_score(tiles: tuple[Tile, ...]) -> list[Item]:
    """Pillars without a score; those with the same reason share a line."""
    reasons: dict[str, list[str]] = {}
    for tile in tiles:
        if tile.number is None:
            reasons.setdefault(tile.missing, []).append(tile.title)
    titles = {why: [names[0], *(dutch.inside(name) for name in names[1:])] for why, names in reasons.items()}
    return [Item(f"{dutch.listing(names)}:", "nog geen score.", why) for why, names in titles.items()]


def chosen_item(code: str | None, figure: PathFigure | None, material: Material) -> Item | None:
    """Return what the figure says about the chosen area, in words."""
    if code is None:
        return None
    name = str(material.names.get(code, code))
    if figure is None or code not in set(figure.points["code"]):
        return Item(name, f"staat niet in de figuur: voor deze {material.level.value} ontbreken cijfers.", "")
    point = figure.points.set_index("code").loc[code]
    if point["small"] and pd.isna(point["population"]):
        text = (
            "heeft een onbekend aantal inwoners en wordt daarom niet beoordeeld. De stip is open en heeft geen spoor."
        )
        return Item(name, text, "")
    if point["small"]:
        text = f"had bij dit cijfer minder dan {dutch.number(MINIMUM_POPULATION)} inwoners: te weinig voor een score. "
        return Item(name, f"{text}De stip is open en heeft geen spoor.", "")
    if pd.isna(point["standardised"]):
        return Item(name, "staat in de figuur; er is te weinig om mee te vergelijken.", str(figure.year))
    return Item(name, _distance(point, figure), _course(point, figure))


def _distance(point: pd.Series, figure: PathFigure) -> str:
    """How far it lies from what fits, and what that is."""
    gap, far = point["residual"], abs(point["standardised"]) >= 1
    what = f"{figure.y_name} dan bij deze kwetsbaarheid past"
    alike = " in even stedelijke gebieden" if figure.urbanity is not None else ""
    if not far:
        return f"heeft ongeveer de {figure.y_name} die bij deze kwetsbaarheid past{alike}."
    return f"heeft {'meer' if gap > 0 else 'minder'} {what}{alike} ({_points(gap)} verschil)."


def _course(point: pd.Series, figure: PathFigure) -> str:
    if pd.isna(point["change_x"]):
        return f"{figure.year}"
    moves = [
        (VULNERABILITY[Verdict(point["verdict_x"])], point["change_x"]),
        (f"{figure.y_name} {VERDICTS[Verdict(point['verdict_y'])]}", point["change_y"]),
    ]
    text = ", ".join(f"{words} ({dutch.number(change, 0, True)})" for words, change in moves)
    return f"{figure.years[0]} tot {figure.year}: {text}"


def _measured_too(tile: Tile, catalogue: Catalogue, material: Material) -> list[Item]:
    """A pillar that rests on model estimates alone: which file brings a figure that was really measured."""
    rests = "rust op één modelcijfer." if len(tile.indicators) == 1 else "rust alleen op modelschattingen."
    real = [entry for entry in catalogue.of_pillar(tile.pillar, Role.SCORE) if entry.evidence is not Evidence.MODELLED]
    if any(entry.id in material.measured for entry in real):
        return [Item(tile.title, rests, "Er zijn ook gemeten cijfers; zonder landelijk ijkpunt tellen die niet mee.")]
    return [Item(tile.title, rests, _sentence(real[0].fills))] if real else []


def _points(distance: float) -> str:
    """`1 punt`, `36 punten`: a distance without its sign."""
    return dutch.count(round(abs(distance)), "punt", "punten")


def _sentence(text: str) -> str:
    return f"{dutch.capital(text)}." if text else ""
