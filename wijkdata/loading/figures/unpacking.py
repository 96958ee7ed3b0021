"""A zip is a folder: which files a call is about, once every zip that no reader takes whole is unpacked."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from wijkdata import dutch, limits, sources
from wijkdata.errors import InputError, Problem
from wijkdata.loading.figures import apart
from wijkdata.loading.figures.names import safe_name
from wijkdata.sources.reading import files
from wijkdata.sources.reading.files import FileKind

# What people keep beside their tables; a suffix that a table or map can have is not among them.
_ASIDE = {
    "een document": (".pdf", ".doc", ".docx", ".odt", ".rtf", ".md", ".ppt", ".pptx"),
    "een webpagina": (".html", ".htm", ".mht", ".url"),
    "een plaatje": (".png", ".jpg", ".jpeg", ".gif", ".svg", ".tif", ".tiff"),
    "een beschrijving": (".xml", ".qgz", ".qml", ".sld", ".lyr", ".lyrx", ".xsd"),
    "een bestand van het besturingssysteem": (".ini", ".db", ".ds_store", ".lnk"),
}
_KIND_OF = {suffix: kind for kind, suffixes in _ASIDE.items() for suffix in suffixes}
# Names of a licence or an explanation as text.
_EXPLAINS = ("licentie", "license", "licence", "leesmij", "lees_mij", "readme", "toelichting", "disclaimer", "_bron")
_TEXT = (".txt", ".csv", ".json", "")
# What holds figures or areas of its own beside a shapefile.
_TABLES = {".csv", ".xlsx", ".xls", ".ods", ".json", ".geojson", ".parquet", ".gpkg", ".zip"}
# Parts of an office document: such a zip is one file.
_OFFICE = {"[Content_Types].xml", "mimetype"}


@dataclass(frozen=True)
class Item:
    """One file to read. path: where it is now. name: what people see, for a part of a zip `wijken.zip: wijken.csv`.

    aside: why it holds no figures by its kind, or "". problems: why it cannot be opened.
    """

    path: Path
    name: str
    aside: str = ""
    problems: tuple[Problem, ...] = ()


@contextmanager
def opened(paths: Iterable[Path]) -> Iterator[list[Item]]:
    """List the files of a call; what was unpacked is deleted afterwards. A zip that is unsafe to open is one item with problems.

    What is never data is left aside only when there is anything else: a report given by itself is refused by its reading.
    """
    with tempfile.TemporaryDirectory(prefix="wijkdata-", ignore_cleanup_errors=True) as folder:
        items = [
            item for n, path in enumerate(paths) for item in _Unpacker(Path(folder) / str(n)).items(path, path.name)
        ]
        if all(item.aside for item in items):
            items = [replace(item, aside="") for item in items]
        yield items


def is_aside(name: str) -> str:
    """Say what kind of file this is when its name says that it holds no figures ("een document"), else ""."""
    path = PurePosixPath(name.lower())
    if path.name.startswith((".", "~$", "__macosx")) or "__macosx" in path.parts:
        return "een bestand van het besturingssysteem"
    if path.suffix in _TEXT and path.stem.startswith(_EXPLAINS):
        return "een toelichting"
    return _KIND_OF.get(path.suffix, "")


def is_loose_text(path: Path) -> bool:
    """Whether this is a text that no reader recognises: an explanation, beside tables."""
    if path.suffix.lower() != ".txt":
        return False
    return not _recognised(path)


class _Unpacker:
    """Unpacks one given file, and the zips in it, under a folder. Zips in a zip share the room of one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._zips = 0
        self._bytes = 0

    def items(self, path: Path, name: str, depth: int = 0) -> list[Item]:
        """List what a file holds: itself, or the parts of a zip."""
        if not _is_folder(path):
            return [Item(path, name, _aside(name))]
        try:
            parts, folder = self._unpack(path, depth)
        except InputError as error:
            return [Item(path, name, problems=tuple(replace(problem, file=name) for problem in error.problems))]
        items = [
            item
            for part in parts
            for item in self.items(part, f"{name}: {part.relative_to(folder).as_posix()}", depth + 1)
        ]
        return [_empty(path, name, parts)] if all(item.aside for item in items) else items

    def _unpack(self, path: Path, depth: int) -> tuple[list[Path], Path]:
        if depth > 1:
            raise files.refuse(path, "dit is een zip in een zip in een zip", "pak de binnenste zip zelf uit")
        if self._bytes > limits.UNPACKED:
            raise files.refuse(path, "samen worden deze zip-bestanden uitgepakt te groot", "lees ze een voor een in")
        folder = self._folder / str(self._zips)
        self._zips += 1
        parts = files.unpack(path, folder, _inside)
        self._bytes += sum(part.stat().st_size for part in parts)
        return parts, folder


def _empty(path: Path, name: str, parts: list[Path]) -> Item:
    what = f"alleen {dutch.listing([part.name for part in parts[:4]])}" if parts else "het is leeg"
    problem = f"in dit zip-bestand zit geen tabel en geen kaart: {what}"
    return Item(path, name, problems=(Problem(name, problem, "kies de download met de tabel of de kaart zelf"),))


def _is_folder(path: Path) -> bool:
    """Whether this is a zip to unpack: no document, and no reader takes it whole."""
    try:
        if files.kind(path) is not FileKind.ZIP:
            return False
        names = files.check_zip(files.content(path), path)
    except InputError:
        return False  # its reading says what is wrong
    if _OFFICE & set(names):
        return False
    return not _recognised(path) or _maps_and_tables(names)


def _recognised(path: Path) -> bool:
    try:
        return apart.call(path, sources.is_recognised, path)
    except InputError:
        return True  # it is too much; its own reading says so


def _maps_and_tables(names: list[str]) -> bool:
    """Whether a zip has tables beside its layers of a map: the reader of shapefiles would pass them over."""
    suffixes = {PurePosixPath(name.lower()).suffix for name in names if not is_aside(name)}
    return ".shp" in suffixes and bool(suffixes & _TABLES)


def _aside(name: str) -> str:
    kind = is_aside(name.rpartition(": ")[2])
    return f"Opzij gelaten: dit is {kind}, zonder cijfers om in te lezen." if kind else ""


def _inside(name: str) -> Path:
    """Make a safe place of the name of a part; the folders stay, so that the parts of a shapefile stay together."""
    return Path(*(safe_name(piece) for piece in PurePosixPath(name.replace("\\", "/")).parts))
