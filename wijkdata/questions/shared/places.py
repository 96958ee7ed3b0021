"""The areas of a monitor file: gemeenten, wijken and buurten, with their names. Kept per file (which never changes)."""

from dataclasses import dataclass

import pandas as pd

from wijkdata.areas import Level, is_fictional, is_ghost, level_of, municipality_of
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import names
from wijkdata.questions.shared.memory import KEEP, beforehand, kept
from wijkdata.questions.shared.population import population
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor


@dataclass(frozen=True)
class Place:
    """An area as people know it. `fictional`: invented, for the example."""

    code: str
    name: str
    level: Level
    municipality: str
    municipality_name: str
    fictional: bool


@kept(KEEP)
def municipalities(monitor: Monitor) -> tuple[Place, ...]:
    """List the gemeenten one can choose, real ones first, each group by name."""
    places = [
        Place(code, name, Level.GEMEENTE, code, name, is_fictional(code))
        for code, name in names.municipality_names(monitor).items()
        if not is_ghost(code)
    ]
    return tuple(sorted(places, key=lambda place: (place.fictional, place.name)))


@kept(KEEP)
def default_municipality(monitor: Monitor) -> str:
    """Choose the gemeente of a first visit: the one with most wijken and buurten, a real one if there is any."""
    frame = queries.municipalities(monitor)
    if frame.empty:
        raise NotFoundError("Er zijn nog geen wijken of buurten ingelezen; lees op de pagina Gegevens een bestand in.")
    frame["fictional"] = frame["code"].map(is_fictional)
    frame["size"] = frame["wijken"] + frame["buurten"]
    return str(frame.sort_values(["fictional", "size"], ascending=[True, False])["code"].iloc[0])


@kept(KEEP)
@beforehand
def all_areas(monitor: Monitor, level: Level) -> pd.DataFrame:
    """List every area of a level. Index code: name, municipality, municipality_name, division, change, water, population,
    fictional.

    population: the newest number of inhabitants (NaN when unknown). Ghost regions are left out.
    """
    frame = queries.areas(monitor, level)
    frame = frame[~frame["code"].map(is_ghost).astype(bool)].set_index("code")
    frame["name"] = frame["name"].map(names.without_number)
    return frame.assign(
        municipality_name=frame["municipality"].map(names.municipality_names(monitor)),
        population=population(monitor, level).reindex(frame.index),
        fictional=[is_fictional(code) for code in frame.index],
    )


def place(monitor: Monitor, code: str) -> Place:
    """Look up one area; raise NotFoundError when the code is not in the store."""
    frame = all_areas(monitor, level_of(code))
    if code not in frame.index:
        raise NotFoundError(f"De code {code} staat niet in de ingelezen gegevens; kies een ander gebied.")
    row = frame.loc[code]
    municipality = municipality_of(code) or code
    name = row["municipality_name"]
    return Place(
        code, row["name"], level_of(code), municipality, municipality if pd.isna(name) else name, bool(row["fictional"])
    )


def places_in(monitor: Monitor, municipality: str, level: Level) -> tuple[Place, ...]:
    """List the wijken or buurten of a gemeente, by name. Water without a figure is left out."""
    frame = all_areas(monitor, level)
    inside = frame[(frame["municipality"] == municipality) & ~frame["water"]].sort_values("name")
    return tuple(
        Place(code, name, level, municipality, str(municipality_name), bool(fictional))
        for code, name, municipality_name, fictional in inside[["name", "municipality_name", "fictional"]].itertuples(
            name=None
        )
    )


def reference_codes(monitor: Monitor, level: Level, fictional: bool) -> pd.Index:
    """Pick the areas that are "Nederland" in a comparison: the real ones, or for the example its own. Never mixed."""
    frame = all_areas(monitor, level)
    return frame.index[frame["fictional"] == fictional]


def municipality_name(monitor: Monitor, code: str) -> str:
    """Look up the name of a gemeente, also of one of which only the wijken were read in. Raises NotFoundError."""
    known = {place.code: place.name for place in municipalities(monitor)}
    return known.get(code) or place(monitor, code).name


def area_name(monitor: Monitor | None, code: str) -> str:
    """Look up the name of an area; its code when no figures of it were read in."""
    if monitor is None:
        return names.of_list(code)
    areas = all_areas(monitor, level_of(code))
    return str(areas.at[code, "name"]) if code in areas.index else names.of_list(code)
