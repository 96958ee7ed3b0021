"""The lists of Overzicht: what asks for attention (only past a threshold, never a small area) and what is missing."""

import pandas as pd

from wijkdata import dutch
from wijkdata.catalogue import Catalogue, Evidence, Role
from wijkdata.questions.overzicht.answer import Item, PathFigure, Tile
from wijkdata.questions.overzicht.tiles import Material, points
from wijkdata.questions.shared.scores import LOW_PILLAR, LOW_RESILIENCE
from wijkdata.settings import SMALL_CHANGE

MOST = 5
RESILIENCE = "weerbaarheid"


def attention(figure: PathFigure | None, tiles: tuple[Tile, ...], material: Material) -> tuple[Item, ...]:
    """Return at most five areas, each with everything that is known about it."""
    items: list[Item] = []
    if figure is not None:
        judged = figure.points[~figure.points["small"]].set_index("code")
        items += _moved(judged, figure) + _below_line(judged, figure)
    items += _lowest(tiles, material)
    by_area: dict[str, list[Item]] = {}
    for item in items:
        by_area.setdefault(item.code, []).append(item)
    return tuple(_joined(items) for items in by_area.values())[:MOST]


def _joined(items: list[Item]) -> Item:
    """One line per area: its facts (sentences without a full stop) after each other, its years once."""
    return Item(
        bold=items[0].bold,
        text=dutch.listing([item.text for item in items]) + ".",
        small=dutch.listing(list(dict.fromkeys(item.small for item in items))),
        code=items[0].code,
        on_figure=any(item.on_figure for item in items),
    )


def absent(
    tiles: tuple[Tile, ...], figure: PathFigure | None, catalogue: Catalogue, material: Material
) -> tuple[Item, ...]:
    """Return what is missing: scores, whole sets, measured figures, more than one year, neutral figures."""
    items = _without_score(tiles)
    if figure is not None and figure.x_set == "path_x":
        lacking = [catalogue.indicators[name] for name in catalogue.figure.x if name not in catalogue.figure.path_x]
        items += [
            Item("De figuur", f"mist {dutch.inside(item.short)} bij {figure.year}.", _sentence(item.fills))
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
        return Item(name, f"staat niet in de figuur: voor deze {material.level.value} ontbreken cijfers.", "", code)
    point = figure.points.set_index("code").loc[code]
    if point["small"] and pd.isna(point["population"]):
        text = (
            "heeft een onbekend aantal inwoners en wordt daarom niet beoordeeld. De stip is open en heeft geen spoor."
        )
        return Item(name, text, "", code)
    if point["small"]:
        n = dutch.count(int(point["population"]), "inwoner", "inwoners")
        return Item(name, f"heeft {n}: te weinig voor een score. De stip is open en heeft geen spoor.", "", code)
    if pd.isna(point["standardised"]):
        return Item(name, "staat in de figuur; er is te weinig om mee te vergelijken.", str(figure.year), code)
    distance, gap = point["standardised"], point["residual"]
    word = (
        "weerbaarder dan" if distance >= 1 else "minder weerbaar dan" if distance <= -1 else "ongeveer zo weerbaar als"
    )
    side = "boven" if gap >= 0 else "onder"
    text = f"is {word} verwacht bij deze kwetsbaarheid ({_points(gap)} {side} de lijn)."
    return Item(name, text, _course(point, figure), code)


def _course(point: pd.Series, figure: PathFigure) -> str:
    if pd.isna(point["change_x"]):
        return f"{figure.year}"
    return (
        f"{figure.years[0]} tot {figure.year}: kwetsbaarheidsscore {points(point['change_x'])} (hoger is minder kwetsbaar), "
        f"weerbaarheid {points(point['change_y'])}"
    )


def _moved(judged: pd.DataFrame, figure: PathFigure) -> list[Item]:
    """Less vulnerable while resilience fell; and the area that became more vulnerable most."""
    span, items = f"{figure.years[0]} tot {figure.year}", []
    moved = judged.dropna(subset=["change_x", "change_y"])
    apart = moved[(moved["change_x"] >= SMALL_CHANGE) & (moved["change_y"] <= -SMALL_CHANGE)]
    if not apart.empty:
        one = apart.loc[apart["change_y"].idxmin()]
        most = " het meest" if len(moved) > 1 and one["change_y"] == moved["change_y"].min() else ""
        text = f"werd minder kwetsbaar ({points(one['change_x'])}), maar de weerbaarheid daalde{most} ({points(one['change_y'])})"
        items.append(Item(str(one["name"]), text, span, str(one.name), True))
    back = moved[moved["change_x"] <= -SMALL_CHANGE]
    if not back.empty:
        one = back.loc[back["change_x"].idxmin()]
        strongest = "ging als sterkste achteruit" if len(back) > 1 else "ging achteruit"
        text = f"{strongest} op kwetsbaarheid ({points(one['change_x'])})"
        items.append(Item(str(one["name"]), text, span, str(one.name), True))
    return items


def _below_line(judged: pd.DataFrame, figure: PathFigure) -> list[Item]:
    """The area farthest below the line of what fits its vulnerability."""
    below = judged[judged["standardised"] <= -1]
    if below.empty:
        return []
    one = below.loc[below["standardised"].idxmin()]
    far = "het verst" if len(below) > 1 else "duidelijk"
    text = f"ligt {far} onder wat bij deze kwetsbaarheid past ({_points(one['residual'])})"
    return [Item(str(one["name"]), text, str(figure.year), str(one.name), True)]


def _lowest(tiles: tuple[Tile, ...], material: Material) -> list[Item]:
    """The lowest area of a pillar, resilience first, where that score is low."""
    items = []
    for tile in sorted(tiles, key=lambda one: one.pillar != RESILIENCE):
        limit = LOW_RESILIENCE if tile.pillar == RESILIENCE else LOW_PILLAR
        if len(tile.scores) < 2 or tile.scores.iloc[0] >= limit:
            continue
        code, score = str(tile.scores.index[0]), dutch.number(tile.scores.iloc[0])
        what = (
            "de laagste weerbaarheid"
            if tile.pillar == RESILIENCE
            else f"de laagste score op {dutch.inside(tile.title)}"
        )
        enough = f" van de {material.level.plural} met genoeg inwoners" if tile.pillar == RESILIENCE else ""
        items.append(Item(str(material.names[code]), f"heeft {what} ({score}){enough}", str(tile.year), code))
    return items


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
