"""Social key figures of one gemeente and its buurten over the years, as JSON (metadata, gemeente, buurten, tijdreeksen)."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from wijkdata.dutch import day, listing, years
from wijkdata.sources.reading import files, tidy
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.periods import iso_day

SOURCE = "baarn_sociaal"
_SHAPE = "verwacht wordt een bestand met metadata, gemeente en buurten, elk gebied met tijdreeksen per jaar"
_YEAR = re.compile(r"(?:19|20)\d{2}")


def recognises(path: Path) -> bool:
    """Whether this is JSON that contains `tijdreeksen` and `buurten`."""
    if files.kind(path) is not FileKind.JSON:
        return False
    content = files.content(path)
    return b'"tijdreeksen"' in content and b'"buurten"' in content


def read(path: Path, context: Context) -> Reading:
    """Read the figures of the catalogue (source `baarn_sociaal`). A row is one area in one year, in the order of the file.

    An empty cell is "not published yet" in a year in which no buurt has the figure, else hidden by the publisher.
    """
    document = files.json_value(path)
    metadata = _part(path, document, "metadata")
    buurten = _part(path, document, "buurten")
    gemeente = _part(path, document, "gemeente")
    listed = [(str(gemeente.get("code", "")), gemeente), *((str(code), area) for code, area in buurten.items())]
    wide = pd.DataFrame([row for code, area in listed for row in _rows(path, code, area)])
    if wide.empty:
        raise refuse(path, "er staan geen cijfers in dit bestand", "haal het bestand opnieuw op")
    wide.index = pd.RangeIndex(1, len(wide) + 1, name="row")
    last = int(wide["period"].max())
    tidied = tidy.tidy(wide, context.catalogue, tidy.Layout(SOURCE, edition=last), path, reasons=_reasons(wide))
    published = iso_day(str(metadata.get("gegenereerd_op", "")))
    label = years(wide["period"].tolist()) + (f", opgehaald {day(date.fromisoformat(published))}" if published else "")
    return tidy.reading(
        path,
        Edition(SOURCE, f"sociale-kerncijfers-{gemeente.get('code', '')}", label, published, last, False),
        len(wide),
        tidied,
        named=tidied.kept[["code", "name"]],
        notes=tuple(_wrong_units(metadata, wide)),
    )


READERS = (Reader("Sociale kerncijfers per buurt (JSON)", recognises, read),)


def _part(path: Path, document: object, name: str) -> dict[str, Any]:
    part = document.get(name) if isinstance(document, dict) else None
    if not isinstance(part, dict) or not part:
        raise refuse(path, f"het deel ‘{name}’ ontbreekt of is leeg", _SHAPE)
    return part


def _rows(path: Path, code: str, area: object) -> Iterator[dict[str, Any]]:
    """Yield one dict per year of one area: code, name, period and a cell per series that has the year."""
    if not isinstance(area, dict) or not isinstance(series := area.get("tijdreeksen"), dict):
        raise refuse(path, "dit gebied heeft geen tijdreeksen", _SHAPE, value=code)
    by_year: dict[str, dict[str, Any]] = {}
    for column, cells in series.items():
        if not isinstance(cells, dict):
            raise refuse(path, "deze reeks is geen lijst van jaren met een waarde", _SHAPE, column=column, value=code)
        for year, cell in cells.items():
            if not _YEAR.fullmatch(year):
                raise refuse(path, "dit is geen jaar", "schrijf jaren als 2024", column=column, value=year)
            by_year.setdefault(year, {})[column] = cell
    for year in sorted(by_year):
        yield {**by_year[year], "code": code, "name": area.get("naam"), "period": int(year)}


def _reasons(wide: pd.DataFrame) -> dict[str, pd.Series]:
    """Find why cells are empty, per column, index as `wide`."""
    buurten = wide["code"].str.startswith("BU")
    reasons = {}
    for column in wide.columns.difference(["code", "name", "period"]):
        filled = set(wide.loc[buurten & wide[column].notna(), "period"])
        hidden = buurten & wide["period"].isin(filled)
        reasons[column] = hidden.map({True: "suppressed", False: "not_published"}).astype(object)
    return reasons


def _wrong_units(metadata: dict[str, Any], wide: pd.DataFrame) -> Iterator[str]:
    """Report the columns that the file calls a percentage and that hold numbers above 100."""
    declared = metadata.get("indicatoren")
    wrong = [
        column
        for column, about in (declared.items() if isinstance(declared, dict) else ())
        if isinstance(about, dict) and about.get("eenheid") == "%" and column in wide
        and (pd.to_numeric(wide[column], errors="coerce") > 100).any()
    ]  # fmt: skip
    if wrong:
        yield f"Volgens het bestand zijn dit percentages, maar er staan aantallen in: {listing(wrong)}. Ze zijn niet gebruikt."
