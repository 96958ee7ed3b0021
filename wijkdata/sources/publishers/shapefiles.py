"""The wijk- en buurtkaart as shapefile: a zip with its layers, or a bare .shp with its companions in the same folder."""

import datetime
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import shapefile
import shapely
import shapely.errors
import shapely.geometry

from wijkdata.dutch import count
from wijkdata.sources.reading import files, geojson, layers
from wijkdata.sources.reading.base import Context, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse

_SUFFIXES = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_HEADER_BYTES = 100
_SURFACES = (shapefile.POLYGON, shapefile.POLYGONZ, shapefile.POLYGONM)
_LFS = b"version https://git-lfs"
_AGAIN = "haal het bestand opnieuw op bij de uitgever"
# pyshp would write warnings about rings to standard error; `geo.clean` repairs them and says so in a note.
shapefile.VERBOSE = False
# What pyshp raises when the bytes do not agree with the header.
_DAMAGED = (
    shapefile.ShapefileException, shapefile.GeoJSON_Error, shapefile.RingSamplingError, shapefile.dbfFileException,
    struct.error, ValueError, EOFError, IndexError, KeyError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True)
class _Parts:
    """The companions of one layer by suffix (`.shp`, `.dbf`, ...), and the name of the layer."""

    layer: str
    content: Mapping[str, bytes]


def recognises(path: Path) -> bool:
    """Whether this is a zip that holds a .shp, or a .shp (or its index, for which `read` says what to do)."""
    kind = files.kind(path)
    if kind is FileKind.ZIP:
        return any(name.lower().endswith(".shp") for name in files.check_zip(files.content(path), path))
    return kind is FileKind.SHAPE


def read(path: Path, context: Context) -> Reading:
    """Read areas, boundaries and the figures of the catalogue (source `cbs_shape`), e.g. column `AANT_INW` as `aantinw`.

    Of a zip with several layers (gemeenten, wijken, buurten) all with areas of the newest year are read. The year is the one in
    the name of the layer (buurt2017.shp), else in the name of the file. Raises InputError without a readable .dbf: then the
    shapes have no codes and cannot be placed.
    """
    every = _from_zip(path) if files.kind(path) is FileKind.ZIP else [_from_folder(path, context)]
    surfaces = [parts for parts in every if len(every) == 1 or _has_surfaces(parts.content[".shp"])]
    return layers.read([_layer(path, parts) for parts in surfaces or every[:1]], context)


def _layer(path: Path, parts: _Parts) -> layers.Layer:
    rows, shapes = _records(path, parts)
    return layers.Layer(
        path=path,
        source="cbs_shape",
        rows=rows,
        shapes=shapes,
        crs=parts.content.get(".prj", b"").decode("utf-8", "replace") or None,
        published=_day_of_change(parts.content[".dbf"]),
        hints=(parts.layer, path.stem),
        name=parts.layer,
    )


READERS = (Reader("Wijk- en buurtkaart (shapefile)", recognises, read),)


def _from_zip(path: Path) -> list[_Parts]:
    """List the layers in a zip, wherever in its folders they are, those of the newest year first."""
    members = {PurePosixPath(name): content for name, content in files.members(path, *_SUFFIXES).items()}
    layers = sorted({name.with_suffix("") for name in members if name.suffix.lower() == ".shp" and name.name[:2] != "._"},
                   key=lambda layer: (_years(layer.name), layer.name), reverse=True)  # fmt: skip
    return [
        _Parts(
            layer.name, {name.suffix.lower(): data for name, data in members.items() if name.with_suffix("") == layer}
        )
        for layer in layers
    ]


def _years(name: str) -> list[str]:
    return re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", name)


def _from_folder(path: Path, context: Context) -> _Parts:
    """Read the .shp and the files of the same name that are in its folder or were given with it."""
    content = {".shp": files.content(path)}
    for file in [*context.other_files, *(path.with_suffix(suffix) for suffix in _SUFFIXES)]:
        suffix = file.suffix.lower()
        if file.stem == path.stem and suffix in _SUFFIXES and suffix not in content and file.is_file():
            content[suffix] = files.content(file)
    return _Parts(path.stem, content)


def _records(path: Path, parts: _Parts) -> tuple[list[dict[str, Any]], np.ndarray]:
    _check_shp(path, parts.content[".shp"])
    shapes = _shapes(path, parts)
    table = parts.content.get(".dbf")
    name, unplaced = (
        f"{parts.layer}.dbf",
        f"de {count(len(shapes), 'vorm is', 'vormen zijn')} zonder namen of codes niet te plaatsen",
    )
    if table is None:
        raise refuse(
            path, f"{name} ontbreekt, en {unplaced}", f"leg {name} naast het .shp-bestand of in hetzelfde zip-bestand"
        )
    if table.startswith(_LFS):
        raise refuse(path, f"{name} is een verwijzing van Git LFS en niet het bestand zelf, en {unplaced}",
                     "haal het echte bestand op met ‘git lfs pull’ of bij de uitgever")  # fmt: skip
    rows = _rows(path, name, table, parts.content.get(".cpg"))
    if len(rows) != len(shapes):
        raise refuse(path, f"{name} hoort niet bij deze vormen: {count(len(rows), 'rij', 'rijen')} tegen "
                           f"{count(len(shapes), 'vorm', 'vormen')}", _AGAIN)  # fmt: skip
    return rows, shapes


def _check_shp(path: Path, content: bytes) -> None:
    """Check the header: the length in words of two bytes, and the kind of shapes. In an index the first record starts with its
    offset (50 words), in a .shp with its number."""
    if len(content) < _HEADER_BYTES:
        raise refuse(path, "het .shp-bestand is afgekapt", _AGAIN)
    if content[_HEADER_BYTES : _HEADER_BYTES + 4] == struct.pack(">i", _HEADER_BYTES // 2):
        raise refuse(path, "dit is de index (.shx) van een shapefile", "kies het .shp-bestand met dezelfde naam")
    declared, kind = struct.unpack(">i", content[24:28])[0] * 2, struct.unpack("<i", content[32:36])[0]
    if declared > len(content):
        raise refuse(path, "het .shp-bestand is afgekapt: het einde ontbreekt", _AGAIN)
    if declared < len(content):
        raise refuse(path, "het .shp-bestand is beschadigd: de lengte klopt niet", _AGAIN)
    if kind not in _SURFACES:
        raise refuse(path, "dit shapefile bevat geen vlakken", "kies de kaartlaag met gebieden")


def _has_surfaces(content: bytes) -> bool:
    """Whether a layer may hold areas: not so for points and lines."""
    return len(content) < _HEADER_BYTES or struct.unpack("<i", content[32:36])[0] in _SURFACES


def _shapes(path: Path, parts: _Parts) -> np.ndarray:
    """Read the shapes from the .shp alone, so that a missing or cut index does no harm."""
    try:
        with shapefile.Reader(shp=BytesIO(parts.content[".shp"])) as reader:
            shapes = [_shape(shape) for shape in reader.iterShapes()]
    except (*_DAMAGED, MemoryError) as error:
        raise refuse(path, "het .shp-bestand is beschadigd", _AGAIN) from error
    if not shapes:
        raise refuse(path, "het .shp-bestand bevat geen vormen", _AGAIN)
    filled = np.empty(len(shapes), dtype=object)
    filled[:] = shapes
    return filled


def _shape(shape: shapefile.Shape) -> shapely.Geometry | None:
    """Convert a shape; None for a null shape or rings that are no rings, which `geo.clean` then reports for the row."""
    try:
        return shapely.geometry.shape(shape.__geo_interface__)
    except (*_DAMAGED, shapely.errors.ShapelyError, AttributeError, KeyError):
        return None


def _rows(path: Path, name: str, table: bytes, cpg: bytes | None) -> list[dict[str, Any]]:
    """Read the records, with names as `geojson.plain` makes them."""
    encoding = _encoding(table, (cpg or b"").decode("ascii", "ignore").strip())
    if encoding is None:
        raise refuse(path, f"de tekst in {name} is niet te lezen", "sla de kaartlaag opnieuw op in UTF-8")
    try:
        with shapefile.Reader(dbf=BytesIO(table), encoding=encoding) as reader:
            records = [row.as_dict() for row in reader.iterRecords()]
    except (*_DAMAGED, TypeError) as error:
        raise refuse(path, f"{name} is beschadigd", _AGAIN) from error
    return [{geojson.plain(key): value for key, value in record.items()} for record in records]


def _encoding(table: bytes, declared: str) -> str | None:
    """Choose the encoding of the .cpg, else UTF-8, else Windows-1252: the first that fits all records."""
    records = table[int.from_bytes(table[8:10], "little") :]
    for encoding in (declared, "utf-8", "cp1252"):
        try:
            records.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return encoding
    return None


def _day_of_change(table: bytes) -> str | None:
    """Read the day of the last change, in bytes 1-3 of a dBASE header (year since 1900, month, day)."""
    try:
        return datetime.date(1900 + table[1], table[2], table[3]).isoformat()
    except (ValueError, IndexError):
        return None
