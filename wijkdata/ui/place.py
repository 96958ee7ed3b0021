"""The choices that several pages share: gemeente, niveau, and one wijk or buurt. Names on screen, codes in the address."""

from collections import Counter
from collections.abc import Collection, Mapping

from wijkdata import dutch
from wijkdata.areas import Level, level_of, municipality_of, normalise
from wijkdata.questions.shared import links, memory, population, scores, snapshots
from wijkdata.questions.shared import places as shared_places
from wijkdata.questions.shared.memory import kept
from wijkdata.reference import gemeenten
from wijkdata.store.monitor.versions import Monitor, require
from wijkdata.ui import address, session

# The option for "no wijk chosen", where a choice is optional.
NO_AREA = ""


def lead() -> None:
    """Replace former codes in the address by the current ones. Call it before the page asks for its choices. Not with a file
    that does not open: the page Gegevens, where that is mended, must come up with any link."""
    monitor = session.current()
    if monitor is not None and snapshots.opens(monitor):
        address.lead(lambda text: _moved(monitor, text))


@kept(256)
def _moved(monitor: Monitor, text: str) -> tuple[str, str] | None:
    code = normalise(text)
    if code is None or code != text or level_of(code) is Level.LAND:
        return None
    target = links.moved(monitor, code)
    return None if target is None else (target.code, target.text)


def choose_municipality(width: int = 240) -> str:
    """Draw the choice of gemeente and return its code. A link that names only a wijk or buurt opens the gemeente it lies in;
    the name of a dissolved gemeente opens the one it is part of now, and says so."""
    monitor = require(session.data_dir())
    picked = choose_municipality_among(
        municipality_options(monitor), shared_places.default_municipality(monitor), width
    )
    gone = links.dissolved(monitor).get(picked)
    if gone is not None:
        address.lead_on("gemeente", gone.code, gone.text)
    return picked


def choose_municipality_among(names: Mapping[str, str], default: str, width: int = 240) -> str:
    """Choose a gemeente among these (code -> name). A link that names only a wijk or buurt opens the gemeente around it."""
    inside = address.asked("wijk") or address.asked("buurt")
    if inside and municipality_of(inside) in names:
        address.suggest("gemeente", str(municipality_of(inside)))
    return address.choose("gemeente", "Gemeente", list(names), default, names.__getitem__, width=width)


def choose_level(municipality: str) -> Level:
    """Draw the choice of wijken or buurten: only the levels at which this gemeente has scores (wijk when it has none)."""
    scored = list(scores.scored_levels(require(session.data_dir()), municipality))
    levels = scored or [Level.WIJK]
    kind = "segmented" if len(levels) > 1 else "select"
    alone = f"Alleen van {levels[0].plural} zijn hier scores." if len(scored) == 1 else None
    picked = address.choose(
        "niveau",
        "Niveau",
        [str(level) for level in levels],
        str(levels[0]),
        _level_word,
        kind=kind,
        width=130,
        help=alone,
    )
    return Level(picked)


def choose_area(
    municipality: str,
    level: Level,
    label: str = "",
    required: bool = False,
    width: int = 260,
    among: Collection[str] | None = None,
) -> str | None:
    """Draw the choice of one wijk or buurt of the gemeente; return its code, or None when nothing is chosen.

    The address holds it under the name of its level (`wijk=WK059908`, `buurt=BU05990801`). required: there is always one;
    the one with most inhabitants until somebody chooses. among: only these codes.
    """
    monitor = require(session.data_dir())
    names = area_names(monitor, municipality, level, None if among is None else frozenset(among))
    default = NO_AREA
    if required:
        inhabitants = population.population(monitor, level).reindex(list(names)).dropna()
        default = str(inhabitants.idxmax()) if len(inhabitants) else next(iter(names), NO_AREA)
    options = list(names) if required else [NO_AREA, *names]
    text = label or f"{dutch.capital(level)} uitlichten"
    none = f"Geen {level.value}"
    picked = address.choose(level.value, text, options, default, lambda code: names.get(code, none), width=width)
    return picked or None


@kept(memory.KEEP)
def municipality_names(monitor: Monitor) -> dict[str, str]:
    """Map each code to its name in the list, in the order of the list: `Rotterdam`, `Vlierstede (fictief)`."""
    return {
        place.code: f"{place.name} (fictief)" if place.fictional else place.name
        for place in shared_places.municipalities(monitor)
    }


def choose_before_figures(width: int = 320, name: str = "gemeente") -> str | None:
    """Draw the choice of any current gemeente, by the names people use, before a file was read in; the other pages open with
    it later. None until somebody chooses.

    name: the choice in the address, where the gemeente need not be one that the other pages know.
    """
    known = gemeenten.every()
    now = [one for one in known.values() if one.until is None]
    names = {one.code: f"{one.name} ({one.popular[0]})" if one.popular else one.name for one in now}
    gone = {one.code: gemeenten.heirs_of_now(one.code)[0] for one in known.values() if one.until is not None}
    listed = {**names, **{code: f"{known[code].name} ({gemeenten.where_now(code)})" for code in gone}}
    order = sorted(listed, key=lambda code: (code in gone, listed[code].lstrip("'").removeprefix("s-")))
    picked = address.choose(
        name,
        "Uw gemeente",
        [NO_AREA, *order],
        NO_AREA,
        lambda code: listed.get(code, "Typ een naam"),
        width=width,
    )
    if picked in gone:
        address.lead_on(name, gone[picked], gemeenten.merger_text(known[picked]))
    return picked or None


@kept(memory.KEEP)
def municipality_options(monitor: Monitor) -> dict[str, str]:
    """Add to `municipality_names` the names people use, and after them the dissolved gemeenten that lie in one of them."""
    names = municipality_names(monitor)
    known = gemeenten.every()
    used = {code: known[code].popular if code in known else () for code in names}
    listed = {code: f"{name} ({used[code][0]})" if used[code] else name for code, name in names.items()}
    gone = links.dissolved(monitor)
    return listed | {code: f"{known[code].name} ({gemeenten.where_now(code)})" for code in gone}


@kept(256)
def area_names(
    monitor: Monitor, municipality: str, level: Level, among: frozenset[str] | None = None
) -> dict[str, str]:
    """Map the codes of the wijken or buurten to their names, by name. Two with one name carry their code, to tell them apart.

    among: only these codes; a gemeente whose codes changed has the same names twice, once without figures.
    """
    places = shared_places.places_in(monitor, municipality, level)
    if among is not None:
        places = tuple(place for place in places if place.code in among)
    often = Counter(place.name for place in places)
    return {place.code: place.name if often[place.name] == 1 else f"{place.name} ({place.code})" for place in places}


def _level_word(level: str) -> str:
    return dutch.capital(Level(level).plural)
