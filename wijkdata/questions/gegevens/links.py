"""Gegevens: which areas of before are which of now, in one gemeente, with the evidence, as a table and as a map."""

import json
from dataclasses import dataclass
from typing import Any

import pandas as pd
import shapely

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue
from wijkdata.questions.gegevens.answer import EVIDENCE, RECODED, REDRAWN, SAME, UNKNOWN, LinksAnswer
from wijkdata.questions.shared import boundaries, places
from wijkdata.questions.shared import names as shared_names
from wijkdata.questions.shared.boundaries import NEWEST
from wijkdata.questions.shared.links import of_municipality
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import divisions, linked, queries
from wijkdata.store.monitor.versions import Monitor

COLUMNS = ["code_from", "year_from", "name_from", "code_to", "year_to", "name_to", "class", "share_from", "share_to"]
_KINDS = {"A": SAME, "B": RECODED, "C": REDRAWN, "D": REDRAWN, "X": REDRAWN, "?": UNKNOWN}


def table(monitor: Monitor, municipality: str | None = None, level: Level | None = None) -> pd.DataFrame:
    """Every link to an area of now: COLUMNS and evidence (with the year or the reason it rests on), as it is exported."""
    return as_exported(linked.links(monitor, level, municipality), reasons(monitor))


@dataclass(frozen=True)
class Known:
    """The gemeenten and the years of division of which anything was read in."""

    municipalities: frozenset[str]
    years: frozenset[int]


def known(monitor: Monitor) -> Known:
    """What can be asked about."""
    return Known(
        frozenset(divisions.municipalities(monitor.cursor())),
        frozenset(queries.editions(monitor)["division"].astype(int)),
    )


def reasons(monitor: Monitor) -> dict[tuple[str, int], str]:
    """(code, year) -> why a person decided about its link."""
    return {
        (row.code_from, int(row.year_from)): row.reason for row in divisions.decisions(monitor.cursor()).itertuples()
    }


def as_exported(rows: pd.DataFrame, given: dict[tuple[str, int], str]) -> pd.DataFrame:
    """Links under the headings of the export."""
    pairs = zip(rows["code_from"], rows["year_from"], strict=True)
    said = [given.get((code, int(year)), "") for code, year in pairs]
    told = [_evidence(*one) for one in zip(rows["evidence"], rows["via"], said, strict=True)]
    return rows.rename(columns={"klass": "class"})[COLUMNS].assign(evidence=told)


def _evidence(kind: str, via: float, reason: str) -> str:
    if kind == "besluit":
        return f"besluit: {reason}"
    return kind if pd.isna(via) else f"{kind} {int(via)}"


def years(monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level) -> tuple[int, ...]:
    """The earlier divisions from which there are links in a gemeente, oldest first."""
    rows = of_municipality(monitor, level, municipality)
    rows = rows[rows["year_from"] != rows["year_to"]]
    return tuple(sorted({int(year) for year in rows["year_from"]}))


def levels(monitor: Monitor, catalogue: Catalogue, municipality: str) -> tuple[Level, ...]:
    """Wijk and buurt, as far as there is more than one division of them in a gemeente."""
    return tuple(one for one in (Level.WIJK, Level.BUURT) if years(monitor, catalogue, municipality, one))


def answer(monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level, since: int) -> LinksAnswer:
    """What became of the areas of one gemeente since an earlier division."""
    here = places.all_areas(monitor, level)
    here = here[(here["municipality"] == municipality) & ~here["water"]]
    rows = of_municipality(monitor, level, municipality)
    rows = rows[(rows["year_from"] == since) & (rows["year_from"] != rows["year_to"])]
    rows = rows.sort_values("klass", kind="stable").drop_duplicates(["code_from", "code_to"])
    best = rows.drop_duplicates("code_to").set_index("code_to")["klass"].map(_KINDS)
    kinds = {code: str(best.get(code, UNKNOWN)) for code in here.index}
    decided = divisions.decisions(monitor.cursor())
    features = _features(monitor, municipality, level, kinds)
    inside = decided["code_from"].str[2:6].isin([code[2:6] for code in gemeenten.forebears(municipality)])
    return LinksAnswer(
        municipality=municipality,
        municipality_name=shared_names.municipality_names(monitor).get(municipality, municipality),
        level=level,
        since=since,
        until=int(here["division"].max()) if len(here) else since,
        fictional=is_fictional(municipality),
        links=as_exported(rows, reasons(monitor)),
        kinds=kinds,
        counts={kind: list(kinds.values()).count(kind) for kind in (SAME, RECODED, REDRAWN, UNKNOWN)},
        features=features,
        outline=boundaries.border(monitor, municipality, level) if features else (),
        decisions=decided[inside] if len(decided) else decided,
        borders=tuple(catalogue.sources[one].short for one in boundaries.sources_of(monitor, level, municipality)),
    )


def _features(monitor: Monitor, municipality: str, level: Level, kinds: dict[str, str]) -> tuple[dict[str, Any], ...]:
    frame = boundaries.areas_of(monitor, municipality, level, NEWEST)
    names = places.all_areas(monitor, level)["name"]
    # d3 draws the other side of the world for a ring that runs the other way.
    turned = [shapely.reverse(shapely.orient_polygons(shape)) for shape in frame["geometry"]]
    return tuple(
        {
            "type": "Feature",
            "properties": {"code": code, "name": str(names[code]), "kind": kinds[code]},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for code, shape in zip(frame["code"], turned, strict=True)
        if code in kinds
    )


def title(found: LinksAnswer) -> str:
    """What became of the areas, counted."""
    one, more, n = found.level.value, found.level.plural, found.counts
    kept = n[SAME] + n[RECODED]
    if kept == found.n:
        if found.n == 1:
            return f"{found.municipality_name}: de enige {one} is hetzelfde gebied als in {found.since}"
        return f"{found.municipality_name}: alle {found.n} {more} zijn dezelfde gebieden als in {found.since}"
    if not kept:
        return f"{found.municipality_name}: van geen enkele {one} is bekend dat zij hetzelfde gebied is als in {found.since}"
    return f"{found.municipality_name}: {kept} van de {found.n} {more} zijn hetzelfde gebied als in {found.since}"


def lead(found: LinksAnswer) -> str:
    """The rest of the count, and what it means."""
    n, words = found.counts, found.level
    parts = []
    if n[RECODED]:
        parts.append(f"{dutch.number(n[RECODED])} daarvan {_got(n[RECODED])} een andere code")
    if n[REDRAWN]:
        parts.append(f"{dutch.count(n[REDRAWN], words.value, words.plural)} {_got(n[REDRAWN])} andere grenzen")
    if n[UNKNOWN]:
        parts.append(f"van {dutch.count(n[UNKNOWN], words.value, words.plural)} is het niet bekend")
    more = "; ".join(parts)
    return (
        f"{dutch.capital(more)}{'. ' if more else ''}Een cijfer uit {found.since} staat alleen bij een {words.value} van nu "
        "als het hetzelfde gebied is. Een code of een naam alleen is geen bewijs: codes worden opnieuw gebruikt."
    )


def _got(n: int) -> str:
    return "kreeg" if n == 1 else "kregen"


def source(found: LinksAnswer) -> str:
    """What it rests on, n."""
    kinds = dict.fromkeys(str(text).split(" ")[0].rstrip(":") for text in found.links["evidence"])
    told = dutch.listing([EVIDENCE.get(kind, kind) for kind in kinds if kind != "geen"]) or "geen"
    drawn = f" Grenzen: {dutch.listing(list(found.borders))}, indeling {found.until}." if found.borders else ""
    return f"Bewijs: {told}; bewerking wijkdata.{drawn} {dutch.n_of(found.n, found.level.value, found.level.plural)}."
