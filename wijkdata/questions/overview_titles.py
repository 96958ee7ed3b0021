"""The titles of Overzicht: for each outcome its own true sentence. A title is at most 90 characters, a short one 45."""

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.questions.types_overview import PathFigure, Tile
from wijkdata.settings import SMALL_CHANGE

LONGEST, LONGEST_SHORT = 90, 45
# A score that lies further than this from 100 is below or above the average of the Netherlands (methods: 85-115).
AROUND = 15
NAME = "Van kwetsbaar naar weerbaar"


def page_title(figure: PathFigure | None, tiles: tuple[Tile, ...], where: str, level: Level) -> str:
    """The answer to "Hoe staat het ervoor?": the course of vulnerability, else the place on the pillars."""
    moved = figure.points.dropna(subset=["change_x", "change_y"]) if figure else None
    if moved is None or moved.empty:
        return _standing(tiles, where)
    if len(moved) == 1:
        one = moved.iloc[0]
        return _one_area(str(one["name"]), float(one["change_x"]), float(one["change_y"]), level)
    less = moved["change_x"] >= SMALL_CHANGE
    more = moved["change_x"] <= -SMALL_CHANGE
    stronger = less & (moved["change_y"] >= SMALL_CHANGE)
    return course(len(moved), int(less.sum()), int(more.sum()), int(stronger.sum()), level)


def course(n: int, less: int, more: int, stronger: int, level: Level) -> str:
    """Of `n` areas `less` became less vulnerable (`stronger` of them more resilient too) and `more` more vulnerable."""
    if not less and not more:
        return f"In geen van de {n} {level.plural} verandert de kwetsbaarheid duidelijk"
    if more > less:
        other = f"in {_how_many(less)} daalt zij" if less else "in geen enkele daalt zij"
        return f"{_in(more, n, level)} stijgt de kwetsbaarheid; {other}"
    if stronger == less:
        together = "daar groeit de weerbaarheid mee" if less == 1 else "overal daar groeit de weerbaarheid mee"
    elif stronger:
        together = f"in {_how_many(stronger)} daarvan groeit de weerbaarheid mee"
    else:
        together = "de weerbaarheid groeit daar niet mee" if less == 1 else "nergens groeit de weerbaarheid mee"
    title = f"{_in(less, n, level)} daalt de kwetsbaarheid; {together}"
    return title if len(title) <= LONGEST else title.replace(" daarvan groeit", " groeit")


def figure_title(figure: PathFigure) -> tuple[str, str]:
    """Title and short title: how many areas lie clearly off the line of what fits their vulnerability."""
    judged = figure.points.dropna(subset=["standardised"])
    n = len(judged)
    if n == 0:
        return f"{NAME}: geen vergelijking mogelijk", NAME
    stronger = judged[judged["standardised"] >= 1]
    weaker = judged[judged["standardised"] <= -1]
    if n == 1:
        return _one_judged(str(judged["name"].iloc[0]), len(stronger), len(weaker), figure.level)
    return distances(n, len(stronger), len(weaker), figure.level)


def distances(n: int, stronger: int, weaker: int, level: Level) -> tuple[str, str]:
    """Title and short title for `n` areas of which some are more, some less resilient than expected."""
    if not stronger and not weaker:
        each = f"elke {level.value} is ongeveer zo weerbaar als verwacht"
        return f"{NAME}: {each}", each.capitalize() if len(
            each
        ) <= LONGEST_SHORT else "Ongeveer zo weerbaar als verwacht"
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


def _one_judged(name: str, stronger: int, weaker: int, level: Level) -> tuple[str, str]:
    word = "weerbaarder dan" if stronger else "minder weerbaar dan" if weaker else "ongeveer zo weerbaar als"
    long, short = f"{NAME}: {name} is {word} verwacht", f"{name}: {word} verwacht"
    only = f"de enige {level.value} is {word} verwacht"
    return (
        long if len(long) <= LONGEST else f"{NAME}: {only}",
        short if len(short) <= LONGEST_SHORT else f"{word} verwacht".capitalize(),
    )


def _one_area(name: str, change_x: float, change_y: float, level: Level) -> str:
    """Three directions of vulnerability by three of resilience."""
    vulnerable = _direction(
        change_x, "daalt de kwetsbaarheid", "stijgt de kwetsbaarheid", "blijft de kwetsbaarheid gelijk"
    )
    if abs(change_x) < SMALL_CHANGE and abs(change_y) < SMALL_CHANGE:
        rest = "blijven kwetsbaarheid en weerbaarheid vrijwel gelijk"
    else:
        resilient = _direction(
            change_y, "groeit de weerbaarheid", "daalt de weerbaarheid", "blijft de weerbaarheid gelijk"
        )
        rest = f"{vulnerable} en {resilient}"
    title = f"In {name} {rest}"
    return title if len(title) <= LONGEST else f"In de enige {level.value} met cijfers {rest}"


def _direction(change: float, up: str, down: str, same: str) -> str:
    return up if change >= SMALL_CHANGE else down if change <= -SMALL_CHANGE else same


def _standing(tiles: tuple[Tile, ...], where: str) -> str:
    """Without paths: how the pillars with a score lie against the Netherlands."""
    scored = [tile for tile in tiles if tile.number is not None]
    if not scored:
        return f"Over {where} is nog te weinig bekend voor een score"
    if len(scored) == 1:
        tile = scored[0]
        return f"{where} heeft één pijler met cijfers en scoort daar {dutch.number(tile.number)} (Nederland: 100)"
    low = sum(tile.number < 100 - AROUND for tile in scored)
    high = sum(tile.number >= 100 + AROUND for tile in scored)
    k = len(scored)
    if low and high:
        return f"{where} scoort op {low} van de {k} pijlers lager dan Nederland en op {high} hoger"
    if low or high:
        return f"{where} scoort op {low or high} van de {k} pijlers {'lager' if low else 'hoger'} dan Nederland"
    return f"{where} scoort op alle {k} pijlers met cijfers rond het gemiddelde van Nederland"


def _in(k: int, n: int, level: Level) -> str:
    return f"In alle {n} {level.plural}" if k == n else f"In {_how_many(k)} van de {n} {level.plural}"


def _how_many(n: int) -> str:
    return "één" if n == 1 else str(n)
