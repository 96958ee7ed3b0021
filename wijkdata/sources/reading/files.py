"""Bytes, text or the parts of a zip from a path: what a file is by its content, and whether it is safe to open."""

import codecs
import json
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from wijkdata import dutch, limits
from wijkdata.errors import InputError, Problem, cause
from wijkdata.limits import MEGABYTE

HEAD_BYTES = 65_536
# What Python's zipfile raises where a zip is damaged: whatever it stumbles over, a place before the beginning or a name cut off.
DAMAGED_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    LookupError,
    OverflowError,
    ValueError,
)


class FileKind(StrEnum):
    """What a file is by its first bytes; its name plays no part."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    ZIP = "zip"
    PARQUET = "parquet"
    SHAPE = "shape"
    SQLITE = "sqlite"

    @property
    def is_workbook(self) -> bool:
        """Whether this is a workbook with sheets, of whichever program."""
        return self in (FileKind.XLSX, FileKind.XLS, FileKind.ODS)


@dataclass(frozen=True)
class Text:
    """Decoded text without its byte order mark. notes: Dutch sentences about the decoding."""

    text: str
    notes: tuple[str, ...] = ()


# What the command line does about a table that nobody knows; on the page Gegevens the form of a recipe opens.
RECIPE = "python -m wijkdata recipe make BESTAND"


def refuse(
    path: Path,
    problem: str,
    remedy: str,
    *,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
    command: str = "",
) -> InputError:
    """Make the InputError for one problem in one file; the caller raises it."""
    return InputError([Problem(path.name, problem, remedy, row, column, value, command)])


def too_large(path: Path) -> InputError:
    """Refuse a table that would fill the memory."""
    return refuse(path, "deze tabel is te groot om in te lezen", "lees een kleiner deel in, bijvoorbeeld één jaar")


def kind(path: Path) -> FileKind:
    """Tell what the file is by its first bytes. Raises InputError for what is never a table: empty, HTML, PDF, password."""
    return _kind(path, *stamp(path))


def content(path: Path) -> bytes:
    """Read all bytes, at most limits.FILE. Raises InputError when the file is absent, a folder, too large or unreadable."""
    stamp(path)
    return _bytes(path)


def text(path: Path) -> Text:
    """Read the file as text: UTF-8 or UTF-16 with or without mark, else Windows-1252 with a note."""
    return decode(content(path), path)


def head(path: Path, characters: int) -> str:
    """Read the first characters, without the rest of a large file; what is no text is said when all of it is read."""
    stamp(path)
    data = _bytes(path, 4 * characters)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "ignore")[:characters]
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data)[:characters]
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")[:characters]


def decode(data: bytes, path: Path) -> Text:
    """Decode bytes. Raises InputError when they are not text in UTF-8, UTF-16 or Windows-1252."""
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return Text(data.decode("utf-16"))
        return Text(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # Excel in the Netherlands still saves CSV in Windows-1252. Control characters mean that the data is binary.
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or _BINARY.search(data) or error.reason == "unexpected end of data":
            raise refuse(path, *_NO_TEXT) from error
        try:
            return Text(
                data.decode("cp1252"), ("De tekens zijn gelezen als Windows-1252; controleer namen met accenten.",)
            )
        except UnicodeDecodeError as second:
            raise refuse(path, *_NO_TEXT) from second


def json_value(path: Path, *, unique: bool = False) -> Any:  # noqa: ANN401 (JSON is any shape; the reader checks it)
    """Parse the file as JSON. With `unique`, refuse a key given twice in one object. Raises InputError when damaged."""
    source = text(path).text
    hook: Callable[[list[tuple[str, Any]]], dict[str, Any]] | None = None
    if unique:

        def hook(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            return _unique_keys(pairs, path)

    try:
        return _whole_letters(json.loads(source, object_pairs_hook=hook), source, path)
    except json.JSONDecodeError as error:
        if not source[error.pos :].strip() or error.msg.startswith("Unterminated"):
            raise refuse(
                path,
                "de JSON houdt halverwege op, het bestand is afgekapt",
                "haal het bestand opnieuw op",
                row=error.lineno,
            ) from error
        raise refuse(
            path, "dit is geen geldige JSON", "haal het bestand opnieuw op bij de uitgever", row=error.lineno
        ) from error
    except (RecursionError, ValueError) as error:  # nested too deeply; a number of thousands of digits
        raise refuse(
            path, "deze JSON is zo diep genest of zo groot dat het geen tabel is", "haal het bestand opnieuw op"
        ) from error


# The half of a letter that JSON can write by its number, and no other text can hold.
_HALF_LETTER = re.compile(r"\\u[dD][89a-fA-F]")


def _whole_letters(value: Any, source: str, path: Path) -> Any:  # noqa: ANN401 (as `json_value`)
    """Return what was read; refuse half a letter, which would be an error only when it is used."""
    if _HALF_LETTER.search(source):
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            problem = "in deze JSON staat de helft van een teken (een losse surrogaat)"
            raise refuse(path, problem, "haal het bestand opnieuw op bij de uitgever") from error
    return value


def members(path: Path, *suffixes: str) -> dict[str, bytes]:
    """Unpack the parts of a zip whose name ends in one of `suffixes` (lower case), in the order of the zip.

    Raises InputError for a damaged zip, a password, a path that leaves the folder, or a size no table has.
    """
    parts = {}
    with _opened_zip(content(path), path) as archive:
        for info in archive.infolist():
            if not info.is_dir() and info.filename.lower().endswith(suffixes):
                parts[info.filename] = _part(archive, info, path)
    return parts


def check_zip(data: bytes, path: Path) -> list[str]:
    """Check that all parts of a zip are safe to unpack; return their names. Raises InputError as `members` does."""
    with _opened_zip(data, path) as archive:
        return archive.namelist()


def unpack(path: Path, folder: Path, inside: Callable[[str], Path]) -> list[Path]:
    """Unpack every part of a zip under `folder`, at the place that `inside` makes of its name; return them in its order.

    A place that is taken gets a number. Raises InputError as `members` does, also when there is no room.
    """
    unpacked: dict[Path, None] = {}
    with _opened_zip(content(path), path) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            target = _unused(folder / inside(info.filename), unpacked)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as file:
                    _copy_part(archive, info, path, file)
            except OSError as error:
                raise refuse(path, f"uitpakken lukt niet ({cause(error)})", "maak ruimte op deze computer") from error
            unpacked[target] = None
    return list(unpacked)


def stamp(path: Path) -> tuple[int, int]:
    """Return (size, moment of change in ns), the key with which a cached answer never outlives the content.

    Raises InputError for what must never be opened: absent, a folder, a pipe (reading would wait for ever), too large.
    """
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise refuse(path, "dit bestand bestaat niet", "controleer de naam en de map") from error
    except (OSError, ValueError) as error:
        raise refuse(path, "dit bestand is niet te openen", "controleer de naam, de map en uw rechten") from error
    if not path.is_file() and not path.is_dir():
        raise refuse(path, "dit is geen gewoon bestand", "sla de inhoud eerst als bestand op")
    if not path.is_file():
        raise refuse(path, "dit is een map en geen bestand", "kies de bestanden in de map")
    if status.st_size > limits.FILE:
        raise refuse(
            path,
            f"dit bestand is groter dan {limits.FILE // MEGABYTE} MB",
            "lees een kleiner deel in, bijvoorbeeld één jaar",
        )
    return status.st_size, status.st_mtime_ns


# --- what a file is -------------------------------------------------------------------------------------------------

_NO_TEXT = (
    "dit is geen leesbare tekst (binair of beschadigd)",
    "haal het bestand opnieuw op, of sla het in Excel op als ‘CSV UTF-8’",
)
# Control characters other than tab, line ends and form feed.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_AS_MAP = "bewaar de kaartlaag als GeoJSON of GeoPackage (in QGIS: Exporteren, Objecten opslaan als)"
_NEVER_A_TABLE = (
    (re.compile(rb"version https://git-lfs"), "dit is een verwijzing van Git LFS en niet het bestand zelf",
     "haal het echte bestand op met ‘git lfs pull’ of bij de uitgever"),
    (re.compile(rb"%PDF-"), "dit is een PDF", "haal de tabel op als CSV of Excel (.xlsx)"),
    (re.compile(rb"\s*(<!doctype\s+html|<html|<head|<body)", re.I), "dit is een webpagina (HTML) en geen tabel",
     "de uitgever gaf een pagina terug in plaats van het bestand; haal het opnieuw op"),
    (re.compile(rb"\s*<[\s\S]{0,4000}?<(\w+:)?kml[\s>]|\s*<(\w+:)?kml[\s>]", re.I), "dit is een kaart als KML", _AS_MAP),
    (re.compile(rb"\s*<[\s\S]{0,8000}?opengis\.net/gml", re.I), "dit is een kaart als GML", _AS_MAP),
    (re.compile(rb"\s*<"), "dit is XML en geen tabel", "haal de tabel op als CSV, Excel (.xlsx), JSON of Parquet"),
    (re.compile(rb"\s*0\s*\r?\n\s*SECTION\s|AutoCAD Binary DXF|AC10\d\d\x00"), "dit is een tekening (DXF of DWG) zonder gebiedscodes",
     _AS_MAP),
    (re.compile(rb"fgb\x03fgb"), "dit is een kaart als FlatGeobuf", _AS_MAP),
    (re.compile(rb"Version\s+\d+\s*\r?\n\s*Charset", re.I), "dit is een kaart als MapInfo (MIF)", _AS_MAP),
    (re.compile(rb"\x1f\x8b"), "dit is een gzip-bestand", "pak het bestand eerst uit"),
)  # fmt: skip
# The names in the directory of an OLE file that holds an encrypted xlsx (MS-OFFCRYPTO 2.3), in UTF-16.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")
# The names of the stream with the sheets (MS-XLS 2.1.2; `Book` in Excel 5.0 and 95), in UTF-16 with its end.
_OLE_WORKBOOKS = tuple(f"{name}\0".encode("utf-16-le") for name in ("Workbook", "Book"))
PASSWORD = ("deze werkmap is beveiligd met een wachtwoord", "sla haar op zonder wachtwoord")
_OTHER_OFFICE = {
    "xl/workbook.bin": ("dit is een binaire Excel-werkmap (.xlsb)", "sla haar in Excel op als .xlsx"),
    "word/document.xml": ("dit is een Word-document en geen tabel", "zet de tabel in Excel en sla die op als .xlsx"),
    "ppt/presentation.xml": ("dit is een presentatie en geen tabel", "zet de tabel in Excel en sla die op als .xlsx"),
}
_SHAPEFILE = b"\x00\x00\x27\x0a"
_SQLITE = b"SQLite format 3\x00"


def _bytes(path: Path, size: int = -1) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise refuse(
            path, "dit bestand is niet te lezen", "sluit het in andere programma's en controleer uw rechten"
        ) from error


@lru_cache(maxsize=256)
def _kind(path: Path, size: int, changed: int) -> FileKind:
    head = _bytes(path, HEAD_BYTES)
    start = head.removeprefix(b"\xef\xbb\xbf")
    if not start.strip():
        raise refuse(path, "dit bestand is leeg", "haal het bestand opnieuw op")
    for pattern, problem, remedy in _NEVER_A_TABLE:
        if pattern.match(start):
            raise refuse(path, problem, remedy)
    if start.startswith(_OLE):
        return _ole_kind(path)
    if start.startswith(b"PK\x03\x04") or start.startswith(b"PK\x05\x06"):
        return _zip_kind(path)
    if start.startswith(b"PAR1"):
        return FileKind.PARQUET
    if start.startswith(_SHAPEFILE):
        return FileKind.SHAPE
    if start.startswith(_SQLITE):
        return FileKind.SQLITE
    utf16 = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not utf16 and _BINARY.search(head):
        raise refuse(path, *_NO_TEXT)
    first = (
        head.decode("utf-16", errors="ignore").lstrip() if utf16 else start.lstrip().decode("cp1252", errors="replace")
    )
    return FileKind.JSON if first[:1] in ("{", "[") else FileKind.TEXT


def _ole_kind(path: Path) -> FileKind:
    data = _bytes(path)
    if _ENCRYPTED_XLSX in data:
        raise refuse(path, *PASSWORD)
    if not any(name in data for name in _OLE_WORKBOOKS):
        raise refuse(
            path,
            "dit is een oud Office-bestand zonder werkmap (geen .xls), of het is beschadigd",
            "sla de tabel in Excel op als .xlsx",
        )
    return FileKind.XLS


def _zip_kind(path: Path) -> FileKind:
    data = _bytes(path)
    names = set(check_zip(data, path))
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    for part, (problem, remedy) in _OTHER_OFFICE.items():
        if part in names:
            raise refuse(path, problem, remedy)
    if "mimetype" not in names or "content.xml" not in names:
        return FileKind.ZIP
    if b"spreadsheet" not in members(path, "mimetype")["mimetype"]:
        raise refuse(path, "dit is een OpenDocument-bestand dat geen rekenblad is", "sla de tabel op als .ods of .xlsx")
    if any(b"encryption-data" in part for part in members(path, "meta-inf/manifest.xml").values()):
        raise refuse(path, *PASSWORD)
    return FileKind.ODS


# --- zip and JSON ---------------------------------------------------------------------------------------------------


def _opened_zip(data: bytes, path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except DAMAGED_ZIP as error:
        raise refuse(
            path, "dit zip- of Excel-bestand is beschadigd of afgekapt", "haal het bestand opnieuw op"
        ) from error
    parts = archive.infolist()
    for info in parts:
        _check_part(info, path)
    unpacked = sum(info.file_size for info in parts)
    suspicious = unpacked > limits.RATIO_FROM and unpacked > limits.RATIO * max(len(data), 1)
    if unpacked > limits.UNPACKED or suspicious or len(parts) > limits.PARTS:
        raise refuse(
            path,
            f"dit zip- of Excel-bestand wordt uitgepakt te groot ({unpacked // MEGABYTE} MB, {dutch.count(len(parts), 'onderdeel', 'onderdelen')})",
            "dit is geen gewone tabel; haal het bestand opnieuw op bij de uitgever",
        )
    return archive


def _check_part(info: zipfile.ZipInfo, path: Path) -> None:
    name = info.filename.replace("\\", "/")
    if not name:
        raise refuse(path, "een onderdeel van dit zip-bestand heeft geen naam", "haal het bestand opnieuw op")
    if name.startswith("/") or ".." in PurePosixPath(name).parts or re.match(r"[A-Za-z]:", name):
        raise refuse(
            path,
            "dit zip-bestand wil buiten zijn eigen map schrijven",
            "vertrouw dit bestand niet en haal het opnieuw op bij de uitgever",
            value=info.filename,
        )
    if info.flag_bits & 0x1:
        raise refuse(path, "dit zip-bestand is beveiligd met een wachtwoord", "pak het zelf uit en lees de inhoud in")


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bytes:
    part = BytesIO()
    _copy_part(archive, info, path, part)
    return part.getvalue()


def _copy_part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, target: IO[bytes]) -> None:
    try:
        with archive.open(info) as part:
            while piece := part.read(MEGABYTE):
                target.write(piece)
    except OSError as error:
        if error.errno is not None:  # of the place it is written to, not of the zip
            raise
        raise _damaged_part(path, info) from error
    except DAMAGED_ZIP as error:
        raise _damaged_part(path, info) from error


def _damaged_part(path: Path, info: zipfile.ZipInfo) -> InputError:
    return refuse(
        path, "een onderdeel van dit zip-bestand is beschadigd", "haal het bestand opnieuw op", value=info.filename
    )


def _unused(target: Path, taken: Collection[Path]) -> Path:
    """Add a number before the suffix when the place is taken (on Windows, a and A are the same)."""
    names = {str(path).lower() for path in taken}
    n, free = 2, target
    while str(free).lower() in names:
        n, free = n + 1, target.with_name(f"{target.stem} ({n}){target.suffix}")
    return free


def _unique_keys(pairs: list[tuple[str, Any]], path: Path) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) < len(pairs):
        twice = next(key for key, n in Counter(key for key, _ in pairs).items() if n > 1)
        raise refuse(path, "deze sleutel staat twee keer in de JSON", "laat er één staan", value=twice)
    return unique
