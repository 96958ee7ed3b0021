"""Which areas of an earlier division are which of now, with the evidence, in one gemeente or for the export."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from wijkdata.analysis.harmonise import classes
from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue
from wijkdata.frames import FrameRow
from wijkdata.questions.gegevens import drawn_areas
from wijkdata.questions.gegevens.answer import Conversion, Kind, LinksAnswer
from wijkdata.questions.shared import boundaries, places, provenance
from wijkdata.questions.shared import names as shared_names
from wijkdata.questions.shared.links import of_municipality
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import divisions, linked, queries
from wijkdata.store.monitor.versions import Monitor

COLUMNS = ["code_from", "year_from", "name_from", "code_to", "year_to", "name_to", "class", "share_from", "share_to"]
# What becomes of a figure, by the class of a link.
CONVERSIONS = {
    **dict.fromkeys((classes.SAME, classes.RECODED, classes.UNION), Conversion.CONVERTED),
    classes.PART: Conversion.IRREVERSIBLE,
    **dict.fromkeys((classes.OTHER, classes.UNKNOWN), Conversion.NOT),
}
_KINDS = {
    "A": Kind.SAME,
    "B": Kind.RECODED,
    "C": Kind.REDRAWN,
    "D": Kind.REDRAWN,
    "X": Kind.REDRAWN,
    "?": Kind.UNKNOWN,
}


def table(monitor: Monitor, municipality: str | None = None, level: Level | None = None) -> pd.DataFrame:
    """Return every link to an area of now: COLUMNS and evidence (with the year or the reason it rests on), as it is
    exported."""
    return as_exported(linked.links(monitor, level, municipality), reasons(monitor))


@dataclass(frozen=True)
class Known:
    """The gemeenten and the years of division of which anything was read in."""

    municipalities: frozenset[str]
    years: frozenset[int]


def known(monitor: Monitor) -> Known:
    """Return what can be asked about."""
    return Known(
        frozenset(divisions.municipalities(monitor.cursor())),
        frozenset(queries.editions(monitor)["division"].astype(int)),
    )


def reasons(monitor: Monitor) -> dict[tuple[str, int], str]:
    """Return (code, year) -> why a person decided about its link."""
    return {
        (row.code_from, int(row.year_from)): row.reason for row in divisions.decisions(monitor.cursor()).itertuples()
    }


def as_exported(rows: pd.DataFrame, given: dict[tuple[str, int], str]) -> pd.DataFrame:
    """Return links under the headings of the export: COLUMNS, evidence with what it rests on in one text, and
    conversion."""
    links = _links(rows, given)
    evidence = [_evidence_text(row) for row in links.itertuples()]
    return links[COLUMNS].assign(evidence=evidence, conversion=links["class"].map(CONVERSIONS).astype(object))


def _links(rows: pd.DataFrame, given: dict[tuple[str, int], str]) -> pd.DataFrame:
    """Links with COLUMNS, evidence (its kind), via (the year it rests on) and reason (of a decision)."""
    pairs = zip(rows["code_from"], rows["year_from"], strict=True)
    reason = [given.get((code, int(year)), "") for code, year in pairs]
    return rows.rename(columns={"klass": "class"})[[*COLUMNS, "evidence", "via"]].assign(reason=reason)


def _evidence_text(row: FrameRow) -> str:
    if row.evidence == classes.DECIDED:
        return f"{classes.DECIDED}: {row.reason}"
    return row.evidence if pd.isna(row.via) else f"{row.evidence} {int(row.via)}"


def years(monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level) -> tuple[int, ...]:
    """Return the earlier divisions from which there are links in a gemeente, oldest first."""
    rows = of_municipality(monitor, level, municipality)
    rows = rows[rows["year_from"] != rows["year_to"]]
    return tuple(sorted({int(year) for year in rows["year_from"]}))


def levels(monitor: Monitor, catalogue: Catalogue, municipality: str) -> tuple[Level, ...]:
    """Return wijk and buurt, as far as there is more than one division of them in a gemeente."""
    return tuple(one for one in (Level.WIJK, Level.BUURT) if years(monitor, catalogue, municipality, one))


def answer(monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level, since: int) -> LinksAnswer:
    """Return what became of the areas of one gemeente since an earlier division."""
    here = places.all_areas(monitor, level)
    here = here[(here["municipality"] == municipality) & ~here["water"]]
    rows = of_municipality(monitor, level, municipality)
    rows = rows[(rows["year_from"] == since) & (rows["year_from"] != rows["year_to"])]
    rows = rows.sort_values("klass", kind="stable").drop_duplicates(["code_from", "code_to"])
    best = rows.drop_duplicates("code_to").set_index("code_to")["klass"].map(_KINDS)
    kinds = {str(code): Kind(best.get(code, Kind.UNKNOWN)) for code in here.index}
    decided = divisions.decisions(monitor.cursor())
    features = _features(monitor, municipality, level, kinds)
    drawn, invented = boundaries.drawn_by(monitor, level, municipality), is_fictional(municipality)
    inside = decided["code_from"].str[2:6].isin([code[2:6] for code in gemeenten.forebears(municipality)])
    return LinksAnswer(
        municipality=municipality,
        municipality_name=shared_names.municipality_names(monitor).get(municipality, municipality),
        level=level,
        since=since,
        until=int(here["division"].max()) if len(here) else since,
        fictional=invented,
        links=_links(rows, reasons(monitor)),
        kinds=kinds,
        counts={kind: list(kinds.values()).count(kind) for kind in Kind},
        features=features,
        outline=boundaries.border(monitor, municipality, level) if features else (),
        decisions=decided[inside] if len(decided) else decided,
        borders=provenance.borders_text(catalogue, drawn, invented),
        source_ids=provenance.border_ids(drawn, invented),
    )


def _features(monitor: Monitor, municipality: str, level: Level, kinds: dict[str, Kind]) -> tuple[dict[str, Any], ...]:
    return tuple(
        {**one, "properties": {**one["properties"], "kind": kinds[one["properties"]["code"]].value}}
        for one in drawn_areas.features(monitor, municipality, level, kinds)
    )
