"""Links between all divisions in the monitor that is being published, made again at every import."""

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise.assembling import assembled
from wijkdata.analysis.harmonise.classes import COLUMNS as LINK_COLUMNS
from wijkdata.analysis.harmonise.classes import DECIDED, RECODED, SAME, SAME_DIVISION, TABLE
from wijkdata.analysis.harmonise.divisions import Division
from wijkdata.analysis.harmonise.evidence import Evidence, link_to
from wijkdata.analysis.harmonise.origin import find_division
from wijkdata.analysis.harmonise.places import choose_places
from wijkdata.analysis.harmonise.tables import classify_tables
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import divisions as store
from wijkdata.store.monitor import writing
from wijkdata.store.monitor.reading import Cursor
from wijkdata.store.monitor.versions import Connection

_LEVELS = (Level.GEMEENTE, Level.WIJK, Level.BUURT)
_LINK_TYPES = {"code_from": object, "code_to": object, "klass": object, "evidence": object}


def settle(connection: Connection, catalogue: Catalogue) -> None:
    """Make the links, assign every figure to its place, and check the result. The last step of every change."""
    store.write_links(connection, *_places_and_links(connection))
    over_areas = {item.id: item.denominator for item in catalogue.indicators.values() if item.over_areas != "never"}
    heirs = [(code, heir) for code in store.municipalities(connection) for heir in gemeenten.heirs_of_now(code)]
    silent = [source.id for source in catalogue.sources.values() if source.writes_no_zeros]
    store.settle(connection, over_areas, pd.DataFrame(heirs, columns=["municipality", "heir"], dtype="str"), silent)
    writing.finish(connection)


def _places_and_links(connection: Connection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make both of all levels. The borders of all divisions are let go of afterwards: they are the largest thing there is."""
    known = {level: divisions(connection, level) for level in _LEVELS}
    if _place_files(connection, known):
        known = {level: divisions(connection, level) for level in _LEVELS}
    decided = store.known_links(connection)
    municipalities = frozenset(
        (code, division.year)
        for level in _LEVELS
        for division in known[level]
        for code in division.areas["municipality"].unique()
    )
    steps = _steps(decided)
    parts = [_link_level(Evidence(level, known[level], decided), municipalities, steps) for level in _LEVELS]
    parts.append(_country(connection))
    places, links = (pd.concat(frames, ignore_index=True) for frames in zip(*parts, strict=True))
    return places, links


def divisions(connection: Connection | Cursor, level: Level) -> list[Division]:
    """Read the divisions of a level, oldest first; of one year the one with whole gemeenten last."""
    areas = store.areas(connection, level)
    if areas.empty:
        return []
    return assembled(areas, store.people(connection, level), store.borders(connection, level))


Step = tuple[str, int, str]


def _link_level(
    evidence: Evidence, municipalities: frozenset[tuple[str, int]], steps: dict[tuple[str, int], Step]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Choose the places of a level and link every division to them.

    Returns places (code, division, whole) and links (code_from, division, whole, code_to, to_division and the rest of
    LINK_COLUMNS). municipalities: every (gemeente, year) of which a division of any level has areas. steps: as `_steps`
    makes them.
    """
    known = evidence.divisions
    chosen = choose_places(known, gemeenten.heirs, municipalities)
    places = pd.DataFrame(
        {
            "code": chosen.index.to_numpy(dtype=object),
            "division": [known[i].year for i in chosen],
            "whole": [known[i].whole for i in chosen],
        }
    )
    frames: list[pd.DataFrame] = []
    for target in sorted(chosen.unique()):
        later: dict[tuple[str, int], str] = {}
        for division in reversed(known):
            direct = link_to(division, known[target], chosen.index[chosen == target], evidence)
            links = _through_tables(direct, division, known[target].year, later, steps)
            one_to_one = links[links["klass"].isin([SAME, RECODED])]
            later |= {(row.code_from, division.year): row.code_to for row in one_to_one.itertuples()}
            frames.append(links)
    empty = pd.DataFrame(columns=[*LINK_COLUMNS, "division", "whole", "to_division"]).astype(_LINK_TYPES)
    return places, pd.concat(frames, ignore_index=True) if frames else empty


def _through_tables(
    links: pd.DataFrame,
    before: Division,
    year_to: int,
    later: dict[tuple[str, int], str],
    steps: dict[tuple[str, int], Step],
) -> pd.DataFrame:
    """Add the links that only tables and persons give, by way of a division in between.

    later: (code, year) -> place, of the divisions that are linked already. steps: as `_steps` makes them.
    """
    if not steps:
        return links
    sure = links[links["klass"].isin([SAME, RECODED])]
    # What the tables say of all years together goes before what each of them says of one.
    linked_codes = {*sure["code_from"], *links.loc[links["evidence"] == TABLE, "code_from"]}
    left = before.areas.index[~before.areas.index.isin(list(linked_codes))]
    taken = set(sure["code_to"])
    rows = []
    for code in left:
        place, via, evidence = _follow(code, before.year, steps, later)
        if place is not None and place not in taken:
            klass = SAME if code == place else RECODED
            rows.append((code, place, klass, np.nan, np.nan, evidence, float(via)))
    added = pd.DataFrame(rows, columns=LINK_COLUMNS)
    added = added[~added["code_to"].duplicated(keep=False)]
    if added.empty:
        return links
    added = added.assign(division=before.year, whole=before.whole, to_division=year_to)
    return pd.concat([links[~links["code_from"].isin(added["code_from"])], added], ignore_index=True)


def _steps(decided: pd.DataFrame) -> dict[tuple[str, int], Step]:
    """Map (code, year) -> (code, year, evidence) that it is one to one with, by a person or else by a table."""
    if decided.empty:
        return {}
    persons = decided[decided["decided"]].assign(evidence=DECIDED)
    rows = pd.concat([classify_tables(decided[~decided["decided"]]), persons], ignore_index=True)
    rows = rows[rows["klass"].isin([SAME, RECODED])]
    return {(r.code_from, int(r.year_from)): (r.code_to, int(r.year_to), r.evidence) for r in rows.itertuples()}


def _follow(
    code: str, year: int, steps: dict[tuple[str, int], Step], later: dict[tuple[str, int], str]
) -> tuple[str | None, int, str]:
    """Find the place at the end of these steps, the year of the first, and its evidence; None when they end elsewhere."""
    via, evidence = 0, ""
    for _ in range(len(steps)):
        if (code, year) not in steps:
            break
        code, year, kind = steps[code, year]
        via, evidence = via or year, evidence or kind
        if (code, year) in later:
            return later[code, year], via, evidence
    return None, via, evidence


def _country(connection: Connection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Link the country of every division to the country."""
    rows = store.areas_of_country(connection)
    newest = rows.sort_values(["whole", "division"]).drop_duplicates("code", keep="last")
    links = rows.rename(columns={"code": "code_from"}).assign(
        code_to=rows["code"], klass=SAME, share_from=1.0, share_to=1.0, evidence=SAME_DIVISION, via=np.nan
    )
    links["to_division"] = links["code_to"].map(newest.set_index("code")["division"])
    return newest[["code", "division", "whole"]], links


def _place_files(connection: Connection, known: dict[Level, list[Division]]) -> bool:
    """Give the runs without a division the one that fits their codes and names; return whether any changed."""
    moved = False
    for run_id, last_year in store.runs_without_division(connection):
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
