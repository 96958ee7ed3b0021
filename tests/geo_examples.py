"""Small made files in the formats of the publishers of boundaries; places are near Baarn unless said otherwise."""

import json
import zipfile
from io import BytesIO
from typing import Any

import openpyxl
import shapefile


def square(x: float = 5.28, y: float = 52.21, side: float = 0.01) -> dict[str, Any]:
    """Make a GeoJSON square with its lower left corner in (x, y)."""
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code: object = "WK030800", shape: Any = None, **columns: object) -> dict[str, Any]:
    """Make the feature of a wijk; `shape=False` leaves the geometry out."""
    geometry = square() if shape is None else shape or None
    return {"type": "Feature", "properties": {"wijkcode": code, "wijknaam": "Dorp", **columns}, "geometry": geometry}


def collection(*features: object, year: int | None = 2024, **members: object) -> str:
    """Write a FeatureCollection as text, with `metadata.year` unless `year` is None."""
    metadata = {} if year is None else {"metadata": {"year": year}}
    return json.dumps({"type": "FeatureCollection", **metadata, **members, "features": list(features)})


RD_PRJ = 'PROJCS["RD_New",GEOGCS["GCS_Amersfoort",DATUM["D_Amersfoort"]],UNIT["Meter",1.0]]'


def shape_parts(rows: list[tuple[str, ...]], columns: tuple[str, ...], prj: str = RD_PRJ) -> dict[str, bytes]:
    """Make a shapefile of one square of 1 km per row, side by side in Rijksdriehoek: suffix -> bytes."""
    parts = {suffix: BytesIO() for suffix in (".shp", ".shx", ".dbf")}
    with shapefile.Writer(
        shp=parts[".shp"], shx=parts[".shx"], dbf=parts[".dbf"], shapeType=shapefile.POLYGON
    ) as writer:
        for column in columns:
            writer.field(column, "C", 40)
        for number, row in enumerate(rows):
            x, y = 147_000 + 1_000 * number, 470_000
            writer.poly([[(x, y), (x, y + 1_000), (x + 1_000, y + 1_000), (x + 1_000, y), (x, y)]])
            writer.record(*row)
        writer.close()
        content = {suffix: part.getvalue() for suffix, part in parts.items()}
    return {**content, ".prj": prj.encode()}


def zipped(parts: dict[str, bytes], layer: str = "buurt2017") -> bytes:
    """Zip the parts of one layer."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for suffix, content in parts.items():
            archive.writestr(layer + suffix, content)
    return buffer.getvalue()


def layered(layers: dict[str, dict[str, bytes]]) -> bytes:
    """Zip several layers: name (perhaps in a folder) -> parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for layer, parts in layers.items():
            for suffix, content in parts.items():
                archive.writestr(layer + suffix, content)
    return buffer.getvalue()


GRONINGEN = shape_parts(
    [
        ("BU00140000", "Binnenstad", "GM0014", "Groningen", "4440"),
        ("BU00140001", "Zuid", "GM0014", "Groningen", "-99999999"),
    ],
    ("BU_CODE", "BU_NAAM", "GM_CODE", "GM_NAAM", "AANT_INW"),
)

ZWOLLE_HEADERS = [
    "",
    "inwoners op 1 januari [personen] (1)",
    "gemiddeld gestandaardiseerd inkomen per huishouden [euro]",
    "% huishoudens onder 105% van sociaal minimum [%]",
]
ZWOLLE_TAIL = [
    [],
    ["Speciale waarden", ". Verborgen waarde"],
    ["", "- Niet van toepassing"],
    ["Bron", "BRP"],
    ["Voetnoot"],
    ["(1)", "Cijfers van 2025 zijn voorlopig."],
    [],
    ["cijfersoverzwolle.nl"],
    [],
    ["Datum export", "woensdag 19 maart 2025"],
]


def zwolle(
    *rows: list[object], title: str = "Thema's - 2015 - Buurten", tail: list[list[object]] | None = None
) -> bytes:
    """Make the municipal export with these rows: name, inhabitants, income, share of minima."""
    lines = [[title], ZWOLLE_HEADERS, *rows, *(ZWOLLE_TAIL if tail is None else tail)]
    return workbook(lines)


def workbook(lines: list[list[object]]) -> bytes:
    """Make an xlsx with these rows on its one sheet."""
    book = openpyxl.Workbook()
    for number, line in enumerate(lines, start=1):
        for position, cell in enumerate(line, start=1):
            book.active.cell(row=number, column=position, value=cell)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def baarn(buurt: object = None, **changes: object) -> str:
    """Write the JSON of social key figures with one buurt; `changes` replace its parts."""
    series = {"huishoudens_laag_inkomen": {"2023": 4.3, "2022": None}, "aantal_inwoners": {"2023": 1810, "2022": 1790}}
    document = {
        "metadata": {"gegenereerd_op": "2026-04-01T07:15:10", "indicatoren": {"opleiding_laag": {"eenheid": "%"}}},
        "gemeente": {"naam": "Baarn", "code": "GM0308", "tijdreeksen": {"huishoudens_laag_inkomen": {"2023": 2.6}}},
        "buurten": {"BU03080000": {"naam": "Centrum", "tijdreeksen": series} if buurt is None else buurt},
    }
    return json.dumps({**document, **changes})
