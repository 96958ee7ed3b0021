"""The list "Wat vraagt aandacht" of Overzicht: the weak and falling wijken, as HTML, each a link to its profile."""

from collections.abc import Mapping
from html import escape

from wijkdata import dutch
from wijkdata.questions.overzicht.answer import MOST_SHOWN, Overview
from wijkdata.questions.shared.answer import AreaCoverage, WeakPillar

TITLE = "Wat vraagt aandacht"


def title(answer: Overview) -> str:
    """Count the areas with a weak or falling pillar, of those with a score."""
    level, n = answer.level, len(answer.attention)
    if not answer.judged:
        return f"{TITLE}: nog niet te zeggen"
    of = (
        f"geen enkele {level.value}" if not n else f"{n} van de {dutch.count(answer.judged, level.value, level.plural)}"
    )
    return f"{TITLE}: {of}"


def listed(answer: Overview, running: Mapping[str, AreaCoverage], addresses: Mapping[str, str]) -> str:
    """Return the areas with the lowest score first. running: what runs there, by code (empty: that cannot be read)."""
    rows = [_row(area, running.get(area.code), answer.limit, addresses) for area in answer.attention[:MOST_SHOWN]]
    return f'<div class="wd-list" role="list">{"".join(rows)}</div>'


def note(answer: Overview) -> str:
    """Say what is called weak, and how many more there are."""
    more = len(answer.attention) - MOST_SHOWN
    unknown = [dutch.inside(tile.title) for tile in answer.tiles if tile.number is None]
    unseen = f" Zonder score, dus niet bekeken: {dutch.listing(unknown)}." if unknown and answer.judged else ""
    rest = f" De {MOST_SHOWN} met de laagste score; de andere {more} staan bij Dekking." if more > 0 else ""
    return (
        f"Zwak: een score onder {dutch.number(answer.limit)} (Nederland = 100). Gedaald: {dutch.number(answer.small)} punten of "
        f"meer, en meer dan zo'n {answer.level.value} vanzelf heen en weer gaat.{rest}{unseen}"
    )


def _row(area: AreaCoverage, running: AreaCoverage | None, limit: float, addresses: Mapping[str, str]) -> str:
    text = dutch.listing([_score(one) for one in area.weak])
    small = " ".join(part for part in (_since(area, limit), "" if running is None else _running(running)) if part)
    name = f'<a class="wd-link" href="{escape(addresses[area.code])}" target="_self">{escape(area.name)}</a>'
    return f'<div role="listitem"><b>{name}:</b> {escape(text)}.<small>{escape(small)}</small></div>'


def _score(one: WeakPillar) -> str:
    """Write `veiligheid 66`, `veiligheid 97 (−6 sinds 2014)`."""
    fell = f" ({dutch.number(one.change, 0, True)} sinds {one.since})" if one.falling else ""
    return f"{dutch.inside(one.short)} {dutch.number(one.score)}{fell}"


def _since(area: AreaCoverage, limit: float) -> str:
    """Since when the weak ones lie under the limit: one year for those that share it."""
    years: dict[int, list[str]] = {}
    for one in area.weak:
        if one.low:
            years.setdefault(one.since_low, []).append(dutch.inside(one.short))
    if not years:
        return ""
    named = [
        f"{year}" if len(years) == 1 else f"{year} ({dutch.listing(names)})" for year, names in sorted(years.items())
    ]
    return f"Onder {dutch.number(limit)} sinds {dutch.listing(named)}."


def _running(area: AreaCoverage) -> str:
    """What runs here for these pillars, and for which nothing is recorded."""
    with_something = [f"{one.running} voor {dutch.inside(one.short)}" for one in area.weak if one.running]
    without = [dutch.inside(one.short) for one in area.without]
    if not with_something:
        return "Niets vastgelegd dat hiervoor nu loopt."
    rest = f"; niets vastgelegd voor {dutch.listing(without)}" if without else ""
    return f"Hier loopt nu: {dutch.listing(with_something)}{rest}."
