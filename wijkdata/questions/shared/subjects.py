"""The area of a profile, and the groups of areas it is held against."""

import difflib
import math

import pandas as pd

from wijkdata import periods
from wijkdata.analysis.comparison import MINIMUM_GROUP
from wijkdata.areas import Level, level_of, normalise
from wijkdata.catalogue import Catalogue
from wijkdata.catalogue import load as load_catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import links, memory, places, population
from wijkdata.questions.shared.answer import Subject
from wijkdata.questions.shared.memory import kept
from wijkdata.settings import MINIMUM_POPULATION, NATIONAL_MUNICIPALITIES
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

EVERYBODY, URBANITY, MUNICIPALITY = "nederland", "stedelijkheid", "gemeente"


def find_area(monitor: Monitor, text: str) -> str:
    """The code of a wijk or buurt that is in the store; raises NotFoundError naming the nearest codes."""
    code = normalise(text)
    level = level_of(code) if code else None
    if code and level in (Level.WIJK, Level.BUURT):
        known = places.all_areas(monitor, level).index
        if code in known:
            return code
        if (led := links.moved(monitor, code)) is not None:
            return led.code
    else:
        known = places.all_areas(monitor, Level.WIJK).index
    wanted = text.strip().upper()
    inside = [one for one in known if one[2:6] == wanted[2:6]]
    near = difflib.get_close_matches(wanted, inside, n=3, cutoff=0)
    near = near or difflib.get_close_matches(wanted, list(known), n=3, cutoff=0.5)
    kind = "is geen wijk of buurt" if level in (Level.GEMEENTE, Level.LAND) else "staat niet in de ingelezen gegevens"
    remedy = f"bedoelde u {', '.join(near)}?" if near else "schrijf een code zoals WK036300 of BU03630000."
    raise NotFoundError(f"Gebied ‘{text}’ {kind}; {remedy}")


def subject(monitor: Monitor, code: str) -> Subject:
    """The area of a profile and the names of what it is compared with."""
    place = places.place(monitor, code)
    inhabitants = float(population.population(monitor, place.level).get(code, math.nan))
    everybody, short = whole(monitor, place.level, place.fictional)
    return Subject(
        code=code,
        name=place.name,
        level=place.level,
        municipality=place.municipality,
        municipality_name=place.municipality_name,
        fictional=place.fictional,
        population=inhabitants,
        few=inhabitants < MINIMUM_POPULATION,
        everybody=everybody,
        short=short,
        sizes_known=bool(population.population(monitor, place.level).reindex(_codes(monitor, place)).notna().any()),
    )


def _codes(monitor: Monitor, place: places.Place) -> pd.Index:
    return places.reference_codes(monitor, place.level, place.fictional)


def whole(monitor: Monitor, level: Level, fictional: bool) -> tuple[str, str]:
    """What all areas together are called: "Nederland" only when the store holds most of it."""
    if fictional:
        return "alle fictieve gemeenten", "alle"
    codes = places.reference_codes(monitor, level, fictional)
    if places.all_areas(monitor, level).loc[codes, "municipality"].nunique() >= NATIONAL_MUNICIPALITIES:
        return "Nederland", "NL"
    return "alle ingelezen gemeenten", "alle"


def groups(monitor: Monitor, catalogue: Catalogue, code: str) -> dict[str, str]:
    """The groups this area can be compared with: id -> Dutch label. Groups under 8 areas are left out."""
    who = subject(monitor, code)
    everybody = who.everybody[0].upper() + who.everybody[1:]
    labels = {
        EVERYBODY: everybody,
        URBANITY: f"Even stedelijke {who.level.plural}",
        MUNICIPALITY: who.municipality_name,
    }
    big = {name: len(group_codes(monitor, who, name)) >= MINIMUM_GROUP for name in (URBANITY, MUNICIPALITY)}
    return {name: label for name, label in labels.items() if big.get(name, True)}


def group_codes(monitor: Monitor, who: Subject, compare: str) -> pd.Index:
    """The areas of a group with enough residents, as far as is known; real and fictional never mixed."""
    return codes_of_group(monitor, who.level, who.fictional, compare, key_of_group(monitor, who, compare))


def key_of_group(monitor: Monitor, who: Subject, compare: str) -> str | float | None:
    """What the areas of a group have in common: the gemeente, the class of urbanity, or nothing."""
    if compare == URBANITY:
        return float(newest(monitor, "stedelijkheid", who.level).get(who.code, math.nan))
    return who.municipality if compare == MUNICIPALITY else None


@kept(256)
def codes_of_group(monitor: Monitor, level: Level, fictional: bool, compare: str, key: str | float | None) -> pd.Index:
    """`group_codes` by what the group has in common, kept per group."""
    codes = places.reference_codes(monitor, level, fictional)
    codes = codes[population.enough_residents(monitor, level, codes)]
    if compare == MUNICIPALITY:
        return codes[(homes(monitor, level).reindex(codes) == key).to_numpy()]
    if compare == URBANITY:
        return codes[(newest(monitor, "stedelijkheid", level).reindex(codes) == key).to_numpy()]
    return codes


@kept(memory.KEEP)
def values(monitor: Monitor, level: Level, fictional: bool) -> dict[tuple[str, int], pd.Series]:
    """Every yearly figure of the pillars: (indicator, year) -> values by code, without the missing."""
    ids = [item.id for item in load_catalogue().indicators.values() if item.pillar]
    rows = queries.observations(monitor, ids, level).dropna(subset="value")
    rows = rows[
        periods.are_years(rows["period"]) & rows["code"].isin(places.reference_codes(monitor, level, fictional))
    ]
    return {
        (str(indicator), int(period)): part.set_index("code")["value"]
        for (indicator, period), part in rows.groupby(["indicator", "period"])
    }


@kept(64)
def newest(monitor: Monitor, indicator: str, level: Level) -> pd.Series:
    """The newest yearly value per code of one indicator."""
    rows = queries.observations(monitor, [indicator], level).dropna(subset="value")
    return rows[periods.are_years(rows["period"])].sort_values("period").groupby("code")["value"].last()


def homes(monitor: Monitor, level: Level) -> pd.Series:
    """The gemeente of every area, by code."""
    return places.all_areas(monitor, level)["municipality"]
