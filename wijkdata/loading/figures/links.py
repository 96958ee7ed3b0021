"""Links between all divisions in the monitor that is being published, made anew at every import."""

import numpy as np
import pandas as pd
import shapely

from wijkdata.analysis.harmonise.classes import COLUMNS as LINK_COLUMNS
from wijkdata.analysis.harmonise.classes import (
    DECIDED,
    RECODED,
    SAME,
    SAME_DIVISION,
    TABLE,
    DivisionPair,
    Overlaps,
    classify,
)
from wijkdata.analysis.harmonise.divisions import COLUMNS, Division
from wijkdata.analysis.harmonise.links import link
from wijkdata.analysis.harmonise.municipal import link_municipalities
from wijkdata.analysis.harmonise.origin import find_division
from wijkdata.analysis.harmonise.places import choose_places
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import divisions as store
from wijkdata.store.monitor import writing
from wijkdata.store.monitor.reading import Cursor
from wijkdata.store.monitor.versions import Connection

_LEVELS = (Level.GEMEENTE, Level.WIJK, Level.BUURT)
# Metres per degree at 52.2 degrees north. Shares of one area in another need no better plane than this.
_METRES = np.array([68_300.0, 111_250.0])
# Part of the addresses from which it is all of them: addresses come and go.
_ALL_ADDRESSES = 0.99
_LINK_TYPES = {"code_from": object, "code_to": object, "klass": object, "evidence": object}


def settle(connection: Connection, catalogue: Catalogue) -> None:
    """Make the links of what was written, put every figure under its place, and check the whole. The last of a change."""
    known = {level: divisions(connection, level) for level in _LEVELS}
    if _place_files(connection, known):
        known = {level: divisions(connection, level) for level in _LEVELS}
    decided = store.known_links(connection)
    everywhere = frozenset(
        (place, one.year) for level in _LEVELS for one in known[level] for place in one.areas["municipality"].unique()
    )
    parts = [link_level(known[level], level, decided, everywhere) for level in _LEVELS] + [_country(connection)]
    places, links = (pd.concat(frames, ignore_index=True) for frames in zip(*parts, strict=True))
    store.write_links(connection, places, links)
    over_areas = {item.id: item.over_areas for item in catalogue.indicators.values() if item.over_areas != "never"}
    heirs = [(one, heir) for one in store.municipalities(connection) for heir in gemeenten.heirs_of_now(one)]
    store.settle(connection, over_areas, pd.DataFrame(heirs, columns=["municipality", "heir"], dtype="str"))
    writing.finish(connection)


def divisions(connection: Connection | Cursor, level: Level) -> list[Division]:
    """The divisions of a level that the monitor knows, oldest first; of one year the one with whole gemeenten last."""
    rows, shapes = store.areas(connection, level), store.borders(connection, level)
    people = _people(store.people(connection, level))
    frame = rows.merge(people, on=["code", "division", "whole"], how="left")
    # Plain objects: thousands of look-ups in text that stands in Arrow take seconds.
    frame = frame.astype({"code": object, "municipality": object, "name": object})
    frame["name"] = frame["name"].where(frame["name"].notna(), None)
    made = []
    for (year, whole), own in frame.groupby(["division", "whole"]):
        drawn = shapes[(shapes["division"] == year) & (shapes["whole"] == whole)]
        areas = own.set_index("code").assign(water=own["water"].fillna(False).to_numpy(dtype=bool))[COLUMNS]
        areas["change"] = areas["change"].astype(float)
        made.append(Division(int(year), areas, _in_metres(drawn), bool(whole)))
    return made


def link_level(
    known: list[Division],
    level: Level,
    decided: pd.DataFrame | None = None,
    everywhere: frozenset[tuple[str, int]] = frozenset(),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(places: code, division, whole; links: code_from, division, whole, code_to, to_division and the rest of links.COLUMNS).

    decided: as store.divisions.known_links. everywhere: the (gemeente, year) that all levels together know.
    """
    chosen = choose_places(known, gemeenten.heirs, everywhere)
    places = pd.DataFrame(
        {
            "code": chosen.index.to_numpy(dtype=object),
            "division": [known[i].year for i in chosen],
            "whole": [known[i].whole for i in chosen],
        }
    )
    overlaps = Overlaps()
    frames: list[pd.DataFrame] = []
    for target in sorted(chosen.unique()):
        later: dict[tuple[str, int], str] = {}
        for one in reversed(known):
            direct = link_to(one, known[target], chosen.index[chosen == target], known, level, overlaps, decided)
            found = _through_tables(direct, one, known[target].year, later, decided)
            later |= {
                (row.code_from, one.year): row.code_to
                for row in found[found["klass"].isin([SAME, RECODED])].itertuples()
            }
            frames.append(found)
    empty = pd.DataFrame(columns=[*LINK_COLUMNS, "division", "whole", "to_division"]).astype(_LINK_TYPES)
    return places, pd.concat(frames, ignore_index=True) if frames else empty


def link_to(
    before: Division,
    after: Division,
    places: pd.Index,
    known: list[Division],
    level: Level,
    overlaps: Overlaps,
    decided: pd.DataFrame | None,
) -> pd.DataFrame:
    """The links from one division to those places that are shown in another."""
    if before is after:
        links = _identity(places)
    elif level is Level.GEMEENTE:
        links = link_municipalities(before, after)
    else:
        said = _said(decided, before, after, places)
        first, last = sorted((before.year, after.year))
        grown = [code for code in after.areas["municipality"].unique() if gemeenten.grew(code, first, last)]
        pair = DivisionPair(before, after, known, overlaps, lambda code: gemeenten.heirs(code, after.year), grown)
        links = link(pair, said)
    # What leads to no place of this division leads to one of another, or nowhere.
    links = links[links["code_to"].isin(places)]
    return links.assign(division=before.year, whole=before.whole, to_division=after.year)


def _through_tables(
    links: pd.DataFrame, before: Division, year_to: int, later: dict[tuple[str, int], str], decided: pd.DataFrame | None
) -> pd.DataFrame:
    """The links, with those that only a table or a person makes, by way of a division in between.

    later: (code, year) -> place, of the divisions that were linked already.
    """
    if decided is None or decided.empty:
        return links
    steps = _steps(decided)
    sure = links[links["klass"].isin([SAME, RECODED])]
    left = before.areas.index[~before.areas.index.isin(sure["code_from"])]
    taken = set(sure["code_to"])
    rows = []
    for code in left:
        place, via, evidence = _follow(code, before.year, steps, later)
        if place is not None and place not in taken:
            klass = SAME if code == place else RECODED
            rows.append((code, place, klass, np.nan, np.nan, evidence, float(via)))
    found = pd.DataFrame(rows, columns=LINK_COLUMNS)
    found = found[~found["code_to"].duplicated(keep=False)]
    if found.empty:
        return links
    found = found.assign(division=before.year, whole=before.whole, to_division=year_to)
    return pd.concat([links[~links["code_from"].isin(found["code_from"])], found], ignore_index=True)


Step = tuple[str, int, str]


def _steps(decided: pd.DataFrame) -> dict[tuple[str, int], Step]:
    """(code, year) -> (code, year, evidence) that it is one to one with, by a table or by a person, who goes first."""
    persons = decided[decided["decided"]].assign(evidence=DECIDED)
    rows = pd.concat([classify_table(decided[~decided["decided"]]), persons], ignore_index=True)
    rows = rows[rows["klass"].isin([SAME, RECODED])]
    return {(r.code_from, int(r.year_from)): (r.code_to, int(r.year_to), r.evidence) for r in rows.itertuples()}


def _follow(
    code: str, year: int, steps: dict[tuple[str, int], Step], later: dict[tuple[str, int], str]
) -> tuple[str | None, int, str]:
    """The place at the end of these steps, the year of the first, and its evidence; None when they lead nowhere."""
    via, evidence = 0, ""
    for _ in range(len(steps)):
        if (code, year) not in steps:
            break
        code, year, kind = steps[code, year]
        via, evidence = via or year, evidence or kind
        if (code, year) in later:
            return later[code, year], via, evidence
    return None, via, evidence


def _identity(codes: pd.Index) -> pd.DataFrame:
    rows = {"code_from": codes, "code_to": codes, "klass": SAME, "share_from": 1.0, "share_to": 1.0}
    return pd.DataFrame({**rows, "evidence": SAME_DIVISION, "via": np.nan})


def _said(decided: pd.DataFrame | None, before: Division, after: Division, places: pd.Index) -> pd.DataFrame | None:
    """What a person or a table of changes says about these two divisions, as links.COLUMNS; a person's word goes first."""
    if decided is None or decided.empty:
        return None
    rows = decided[(decided["year_from"] == before.year) & decided["code_from"].isin(before.areas.index)]
    rows = rows[(rows["year_to"] == after.year) & (rows["code_to"].isin(places) | rows["code_to"].isna())]
    persons, tables = rows[rows["decided"]], rows[~rows["decided"]]
    tables = tables[~tables["code_from"].isin(persons["code_from"])]
    persons = persons.assign(evidence=DECIDED, via=np.nan)
    return pd.concat([persons, classify_table(tables)], ignore_index=True)[LINK_COLUMNS]


def classify_table(tables: pd.DataFrame) -> pd.DataFrame:
    """The classes of pairs counted in addresses: one to one from 99 % both ways, a union of wholes, else a part."""
    same = (tables["share_from"] >= _ALL_ADDRESSES) & (tables["share_to"] >= _ALL_ADDRESSES)
    return tables.assign(evidence=TABLE, via=np.nan, klass=classify(tables, same, _ALL_ADDRESSES))


def _country(connection: Connection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The country is the country in every division."""
    rows = store.areas_of_country(connection)
    newest = rows.sort_values(["whole", "division"]).drop_duplicates("code", keep="last")
    links = rows.rename(columns={"code": "code_from"}).assign(
        code_to=rows["code"], klass=SAME, share_from=1.0, share_to=1.0, evidence=SAME_DIVISION, via=np.nan
    )
    links["to_division"] = links["code_to"].map(newest.set_index("code")["division"])
    return newest[["code", "division", "whole"]], links


def _place_files(connection: Connection, known: dict[Level, list[Division]]) -> bool:
    """Give the files that do not say their division the one that fits; whether any changed."""
    moved = False
    for run_id, last_year in store.unsaid(connection):
        rows = store.names_of_run(connection, run_id)
        rows = rows[rows["level"] != Level.LAND]
        if rows.empty:
            continue
        level = Level(rows["level"].mode().iloc[0])
        named = rows[rows["level"] == level].drop_duplicates("code").set_index("code")["name"]
        year = find_division(named, last_year, known[level])
        if year is not None:
            store.set_division(connection, run_id, year)
            moved = True
    return moved


def _people(rows: pd.DataFrame) -> pd.DataFrame:
    """code, division, whole, inhabitants, land (hectares) of the year nearest to the division."""
    if rows.empty:
        return pd.DataFrame(columns=["code", "division", "whole", "inhabitants", "land"]).astype(
            {"code": object, "division": "int32", "whole": bool, "inhabitants": float, "land": float}
        )
    keys = ["code", "division", "whole"]
    wide = rows.pivot_table(index=[*keys, "period"], columns="indicator", values="value").reset_index()
    wide = wide.reindex(columns=[*keys, "period", "inwoners", "dichtheid"])
    near = (wide["period"] - wide["division"]).abs()
    first = wide.assign(near=near).sort_values("near", kind="stable").drop_duplicates(keys)
    land = first["inwoners"] / first["dichtheid"].where(first["dichtheid"] > 0) * 100
    return first.assign(inhabitants=first["inwoners"], land=land)[[*keys, "inhabitants", "land"]]


def _in_metres(drawn: pd.DataFrame) -> pd.Series:
    """code -> geometry in metres, ready to be cut."""
    shapes = shapely.from_wkb([bytes(wkb) for wkb in drawn["wkb"]])
    flat = shapely.transform(np.asarray(shapes, dtype=object), lambda points: points * _METRES)
    return pd.Series(shapely.make_valid(flat), index=drawn["code"].to_numpy(dtype=object), dtype=object)
