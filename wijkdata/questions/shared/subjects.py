"""The area of a profile, and the groups of areas it is compared with."""

import difflib
import math

import pandas as pd

from wijkdata import dutch, periods
from wijkdata.analysis.comparison import MINIMUM_GROUP
from wijkdata.areas import Level, level_of, normalise
from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import links, memory, places, population
from wijkdata.questions.shared.answer import Against, Subject, Whole
from wijkdata.questions.shared.memory import beforehand, kept
from wijkdata.settings import MINIMUM_POPULATION, NATIONAL_MUNICIPALITIES
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor


def find_area(monitor: Monitor, text: str) -> str:
    """Return the code of a wijk or buurt that is in the store; raises NotFoundError naming the nearest codes."""
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
    nearest = difflib.get_close_matches(wanted, inside, n=3, cutoff=0)
    nearest = nearest or difflib.get_close_matches(wanted, list(known), n=3, cutoff=0.5)
    kind = "is geen wijk of buurt" if level in (Level.GEMEENTE, Level.LAND) else "staat niet in de ingelezen gegevens"
    remedy = f"bedoelde u {', '.join(nearest)}?" if nearest else "schrijf een code zoals WK036300 of BU03630000."
    raise NotFoundError(f"Gebied ‘{text}’ {kind}; {remedy}")


def subject(monitor: Monitor, code: str) -> Subject:
    """Return the area of a profile and the names of what it is compared with."""
    place = places.place(monitor, code)
    inhabitants = float(population.population(monitor, place.level).get(code, math.nan))
    return Subject(
        code=code,
        name=place.name,
        level=place.level,
        municipality=place.municipality,
        municipality_name=place.municipality_name,
        fictional=place.fictional,
        population=inhabitants,
        few=inhabitants < MINIMUM_POPULATION,
        whole=whole(monitor, place.level, place.fictional),
        sizes_known=bool(population.population(monitor, place.level).reindex(_codes(monitor, place)).notna().any()),
    )


def _codes(monitor: Monitor, place: places.Place) -> pd.Index:
    return places.reference_codes(monitor, place.level, place.fictional)


def whole(monitor: Monitor, level: Level, fictional: bool) -> Whole:
    """Return what all areas together are: the country only when the store holds most of it."""
    if fictional:
        return Whole.FICTIONAL
    codes = places.reference_codes(monitor, level, fictional)
    if places.all_areas(monitor, level).loc[codes, "municipality"].nunique() >= NATIONAL_MUNICIPALITIES:
        return Whole.NATIONAL
    return Whole.LOADED


def groups(monitor: Monitor, catalogue: Catalogue, code: str) -> dict[str, str]:
    """Return the groups this area can be compared with: Against -> Dutch label. Groups under 8 areas are left out."""
    who = subject(monitor, code)
    labels = {
        Against.EVERYBODY: dutch.capital(who.everybody),
        Against.URBANITY: f"Even stedelijke {who.level.plural}",
        Against.MUNICIPALITY: who.municipality_label,
    }
    big = {
        name: len(group_codes(monitor, who, name)) >= MINIMUM_GROUP for name in (Against.URBANITY, Against.MUNICIPALITY)
    }
    return {str(name): label for name, label in labels.items() if big.get(name, True)}


def group_codes(monitor: Monitor, who: Subject, compare: Against) -> pd.Index:
    """Return the areas of a group with enough residents, as far as is known; real and fictional never mixed."""
    return codes_of_group(monitor, who.level, who.fictional, compare, key_of_group(monitor, who, compare))


def key_of_group(monitor: Monitor, who: Subject, compare: Against) -> str | float | None:
    """Return what the areas of a group have in common: the gemeente, the class of urbanity, or nothing."""
    if compare is Against.URBANITY:
        return float(newest(monitor, "stedelijkheid", who.level).get(who.code, math.nan))
    return who.municipality if compare is Against.MUNICIPALITY else None


@kept(256)
def codes_of_group(
    monitor: Monitor, level: Level, fictional: bool, compare: Against, key: str | float | None
) -> pd.Index:
    """Return `group_codes` by what the group has in common, kept per group."""
    codes = places.reference_codes(monitor, level, fictional)
    codes = codes[population.enough_residents(monitor, level, codes)]
    if compare is Against.MUNICIPALITY:
        return codes[(homes(monitor, level).reindex(codes) == key).to_numpy()]
    if compare is Against.URBANITY:
        return codes[(newest(monitor, "stedelijkheid", level).reindex(codes) == key).to_numpy()]
    return codes


@kept(memory.KEEP)
def values(monitor: Monitor, level: Level, fictional: bool) -> dict[tuple[str, int], pd.Series]:
    """Return every yearly figure of the pillars: (indicator, year) -> values by code, without the missing."""
    return {
        (str(indicator), int(period)): part.set_index("code")["value"]
        for (indicator, period), part in figures(monitor, level, fictional).groupby(["indicator", "period"])
    }


@beforehand
def figures(monitor: Monitor, level: Level, fictional: bool) -> pd.DataFrame:
    """Return what `values` is made of, as rows: indicator, period, code, value."""
    ids = [item.id for item in monitor.catalogue.indicators.values() if item.pillar]
    rows = queries.observations(monitor, ids, level).dropna(subset="value")
    known = places.reference_codes(monitor, level, fictional).get_indexer(rows["code"]) >= 0
    rows = rows[periods.are_years(rows["period"]) & known]
    return rows[["indicator", "period", "code", "value"]].reset_index(drop=True)


@kept(64)
def newest(monitor: Monitor, indicator: str, level: Level) -> pd.Series:
    """Return the newest yearly value per code of one indicator."""
    rows = queries.observations(monitor, [indicator], level).dropna(subset="value")
    return rows[periods.are_years(rows["period"])].sort_values("period").groupby("code")["value"].last()


def homes(monitor: Monitor, level: Level) -> pd.Series:
    """Return the gemeente of every area, by code."""
    return places.all_areas(monitor, level)["municipality"]
