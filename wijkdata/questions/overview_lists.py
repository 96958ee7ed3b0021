"""The lists of Overzicht: what asks for attention (only past a threshold, never a small area) and what is missing."""

import pandas as pd

from wijkdata import dutch
from wijkdata.catalogue import Catalogue, Evidence, Role
from wijkdata.questions.overview_tiles import Material, points
from wijkdata.questions.types_overview import Item, PathFigure, Tile
from wijkdata.settings import SMALL_CHANGE

MOST = 5
# Below these scores a lowest area is worth a line: "onder gemiddeld" for resilience, "laag" for a pillar (methods 2.2).
LOW_RESILIENCE, LOW_PILLAR = 85, 70


def attention(figure: PathFigure | None, tiles: tuple[Tile, ...], material: Material) -> tuple[Item, ...]:
    """At most five lines. An area stands in the list once, with its strongest sentence first in this order."""
    found: list[Item] = []
    if figure is not None:
        judged = figure.points[~figure.points["small"]].set_index("code")
        found += _moved(judged, figure) + _standing(judged, figure)
    found += _lowest_pillar(tiles, material)
    once: dict[str, Item] = {}
    for item in found:
        once.setdefault(item.code, item)
    return tuple(once.values())[:MOST]


def absent(
    tiles: tuple[Tile, ...], figure: PathFigure | None, catalogue: Catalogue, material: Material
) -> tuple[Item, ...]:
    """Pillars without a score, sets that are not whole, pillars that rest on models, one year only, and neutral figures."""
    items = [Item(f"{tile.title}:", "nog geen score.", tile.missing) for tile in tiles if tile.number is None]
    if figure is not None and figure.x_set == "path_x":
        wanted = [catalogue.indicators[name] for name in catalogue.figure.x if name not in catalogue.figure.path_x]
        items += [
            Item("De figuur", f"mist {lower(item.short)} bij {figure.year}.", _sentence(item.fills)) for item in wanted
        ]
    items += [item for tile in tiles if tile.modelled_only for item in _measured_too(tile, catalogue)]
    items += [
        Item(f"{tile.title}:", f"alleen {tile.year}.", "Met andere jaren ontstaat een verloop.")
        for tile in tiles
        if tile.number is not None and tile.then is None and not tile.modelled_only
    ]
    items += [
        Item(f"{entry.short}:", "nog geen cijfers.", _sentence(entry.fills))
        for entry in catalogue.indicators.values()
        if entry.role is Role.SHOWN and entry.theme == "beroep" and entry.id not in material.measured
    ]
    return tuple(items[: MOST + 1])


def chosen_item(code: str | None, figure: PathFigure | None, material: Material) -> Item | None:
    """What the figure says about the chosen area, in words."""
    if code is None:
        return None
    name = str(material.names.get(code, code))
    if figure is None or code not in set(figure.points["code"]):
        return Item(name, f"staat niet in de figuur: voor deze {material.level.value} ontbreken cijfers.", "", code)
    point = figure.points.set_index("code").loc[code]
    if point["small"]:
        n = dutch.count(int(point["population"]), "inwoner", "inwoners")
        return Item(name, f"heeft {n}: te weinig voor een score. De stip is open en heeft geen spoor.", "", code)
    if pd.isna(point["standardised"]):
        return Item(name, f"heeft weerbaarheid {dutch.number(point['y'])}.", str(figure.year), code)
    distance = point["standardised"]
    word = (
        "weerbaarder dan" if distance >= 1 else "minder weerbaar dan" if distance <= -1 else "ongeveer zo weerbaar als"
    )
    text = (
        f"is {word} verwacht bij deze kwetsbaarheid: weerbaarheid {dutch.number(point['y'])}, "
        f"verwacht {dutch.number(point['expected'])}."
    )
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
        text = f"werd minder kwetsbaar ({points(one['change_x'])}), maar de weerbaarheid daalde{most} ({points(one['change_y'])})."
        items.append(Item(str(one["name"]), text, span, str(one.name), True))
    back = moved[moved["change_x"] <= -SMALL_CHANGE]
    if not back.empty:
        one = back.loc[back["change_x"].idxmin()]
        strongest = "ging als sterkste achteruit" if len(back) > 1 else "ging achteruit"
        text = f"{strongest} op kwetsbaarheid ({points(one['change_x'])})."
        items.append(Item(str(one["name"]), text, span, str(one.name), True))
    return items


def _standing(judged: pd.DataFrame, figure: PathFigure) -> list[Item]:
    """The area farthest below the line, and the one with the lowest resilience."""
    items, year = [], str(figure.year)
    below = judged[judged["standardised"] <= -1]
    if not below.empty:
        one = below.loc[below["standardised"].idxmin()]
        far = "ligt het verst" if len(below) > 1 else "ligt duidelijk"
        text = (
            f"{far} onder de weerbaarheid die bij deze kwetsbaarheid past "
            f"({dutch.number(one['y'])}; verwacht {dutch.number(one['expected'])})."
        )
        items.append(Item(str(one["name"]), text, year, str(one.name), True))
    low = judged[judged["y"] < LOW_RESILIENCE]
    if len(judged) > 1 and not low.empty:
        one = low.loc[low["y"].idxmin()]
        text = f"heeft de laagste weerbaarheid ({dutch.number(one['y'])}) van de {figure.level.plural} met genoeg inwoners."
        items.append(Item(str(one["name"]), text, year, str(one.name)))
    return items


def _lowest_pillar(tiles: tuple[Tile, ...], material: Material) -> list[Item]:
    """The lowest area of each other pillar, lowest score first."""
    items = []
    for tile in sorted((t for t in tiles if len(t.marks) > 1 and t.pillar != "weerbaarheid"), key=lambda t: t.marks[0]):
        if tile.marks[0] >= LOW_PILLAR:
            continue
        rows = material.table
        rows = rows[(rows["pillar"] == tile.pillar) & (rows["period"] == tile.year)].dropna(subset="score")
        code = str(rows.set_index("code")["score"].idxmin())
        text = f"heeft de laagste score op {lower(tile.title)} ({dutch.number(tile.marks[0])})."
        items.append(Item(str(material.names[code]), text, str(tile.year), code))
    return items


def _measured_too(tile: Tile, catalogue: Catalogue) -> list[Item]:
    """A pillar that rests on model estimates alone: which file brings a figure that was really measured."""
    rests = "rust op één modelcijfer." if len(tile.indicators) == 1 else "rust alleen op modelschattingen."
    real = [entry for entry in catalogue.of_pillar(tile.pillar, Role.SCORE) if entry.evidence is not Evidence.MODELLED]
    return [Item(tile.title, rests, _sentence(real[0].fills))] if real else []


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "." if text else ""


def lower(text: str) -> str:
    """A title inside a sentence; an abbreviation (`AO`, `WW`) stays as it is."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
