"""Small made files in the formats of the publishers of boundaries; places are near Baarn unless said otherwise."""

import json
import sqlite3
import struct
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import openpyxl
import shapefile
import shapely


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

# --- GeoPackage -----------------------------------------------------------------------------------------------------

GPKG_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER,
  definition TEXT, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT, last_change DATETIME,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
"""


def gp(
    shape: shapely.Geometry | None, srs: int = 28992, envelope: int = 1, big: bool = False, flavor: str = "iso"
) -> bytes | None:
    """Write a shape as a cell of a GeoPackage; envelope: 0 none, 1 to 4 with two to four dimensions."""
    if shape is None:
        return None
    sizes = (0, 4, 6, 6, 8)
    flags = (envelope << 1) | (0 if big else 1)
    head = (
        b"GP\x00"
        + bytes([flags])
        + struct.pack(">i" if big else "<i", srs)
        + struct.pack(f"<{sizes[envelope]}d", *[0.0] * sizes[envelope])
    )
    return head + shapely.to_wkb(shape, byte_order=0 if big else 1, flavor=flavor)


def box(number: int = 0, x: float = 147_000, y: float = 470_000, side: float = 1_000) -> shapely.Geometry:
    """Make a square in Rijksdriehoek, `number` places to the east."""
    return shapely.box(x + number * side, y, x + (number + 1) * side, y + side)


def gpkg_layer(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    shapes: Sequence[object] | None = None,
    *,
    srs: int = 28992,
    kind: str = "MULTIPOLYGON",
) -> dict[str, Any]:
    """Describe a layer: its columns with their types ("buurtcode TEXT"), rows, and shapes (cells as bytes, or squares)."""
    cells = [gp(box(number), srs) for number in range(len(rows))] if shapes is None else list(shapes)
    return {"columns": list(columns), "rows": list(rows), "shapes": cells, "srs": srs, "kind": kind}


def gpkg(
    layers: Mapping[str, dict[str, Any]], *, script: str = "", epsg: Mapping[int, str] | None = None, wal: bool = False
) -> bytes:
    """Make a GeoPackage of these layers; `script` is carried out last. epsg: other definitions than EPSG by srs_id."""
    database = sqlite3.connect(":memory:")
    database.executescript(GPKG_TABLES)
    for number in sorted({layer["srs"] for layer in layers.values()}):
        owner = "NONE" if epsg and number in epsg else "EPSG"
        definition = (epsg or {}).get(number, "")
        database.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, '')", ("", number, owner, number, definition)
        )
    for name, layer in layers.items():
        columns = ", ".join(f'"{column.split()[0]}" {" ".join(column.split()[1:])}' for column in layer["columns"])
        database.execute(f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, geom {layer["kind"]}, {columns})')
        marks = ", ".join("?" for _ in layer["columns"])
        cells = [(shape, *row) for shape, row in zip(layer["shapes"], layer["rows"], strict=True)]
        database.executemany(f'INSERT INTO "{name}" VALUES (NULL, ?, {marks})', cells)
        database.execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?, '', '2024-10-01T08:00:00.000Z', 0, 0, 0, 0, ?)",
                         (name, name, layer["srs"]))  # fmt: skip
        database.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (name, layer["kind"], layer["srs"])
        )
    database.executescript(script)
    database.commit()
    content = database.serialize()
    database.close()
    return content[:18] + b"\x02\x02" + content[20:] if wal else content


BUURTEN = gpkg_layer(
    [
        "buurtcode TEXT",
        "buurtnaam TEXT",
        "wijkcode TEXT",
        "gemeentecode TEXT",
        "gemeentenaam TEXT",
        "water TEXT",
        "aantal_inwoners REAL",
    ],
    [
        ["BU03080000", "Centrum", "WK030800", "GM0308", "Baarn", "NEE", 1825],
        ["BU03080001", "Zandvoort", "WK030800", "GM0308", "Baarn", "NEE", -99997],
    ],
)
WIJKEN = gpkg_layer(
    ["wijkcode TEXT", "wijknaam TEXT", "gemeentecode TEXT", "gemeentenaam TEXT", "water TEXT", "aantal_inwoners REAL"],
    [["WK030800", "Wijk 00", "GM0308", "Baarn", "NEE", 24_890]],
)
GEMEENTEN = gpkg_layer(
    ["gemeentecode TEXT", "gemeentenaam TEXT", "water TEXT", "aantal_inwoners REAL"],
    [["GM0308", "Baarn", "NEE", 24_890], ["GM0308", "Baarn", "JA", -99995]],
)
KAART = {"buurten": BUURTEN, "wijken": WIJKEN, "gemeenten": GEMEENTEN}

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
