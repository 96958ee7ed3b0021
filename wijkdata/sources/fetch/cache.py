"""The folder `downloads` in the data directory: what came in whole, by content, and the pages of what is under way.

`inhoud/<digest>/` holds the files of one answer, which belong together; `lijst.json` says of which question. `delen/<question>-<route>/` holds the
pages of an answer that is not whole yet, so that a fetch that was stopped goes on there. Everything is written beside its
place and then renamed: what has its name is whole.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from wijkdata.errors import WijkdataError, cause

FOLDER = "downloads"
_LIST, _CONTENT, _PAGES = "lijst.json", "inhoud", "delen"


@dataclass(frozen=True)
class Entry:
    """The answer to one question. version: by which the service tells that it changed. files: name -> digest of its content.

    rows: how many; fetched: when (ISO). columns: of its table, to see what a publisher renamed. notes: Dutch sentences.
    """

    version: str
    files: dict[str, str]
    rows: int
    fetched: str = ""
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Name all its files together."""
        return hashlib.sha256(json.dumps(sorted(self.files.items())).encode()).hexdigest()[:24]


@dataclass(frozen=True)
class Answer:
    """What a service gave, before it is kept. files: name -> where it is now."""

    version: str
    files: dict[str, Path]
    rows: int
    columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default_factory=tuple)


class Cache:
    """What was fetched before, of one data directory."""

    def __init__(self, directory: Path) -> None:
        self.root = directory / FOLDER

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others from fetching into the same folder. Raises WijkdataError when somebody is, or when it cannot be made."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with FileLock(str(self.root / "ophalen.lock"), timeout=0):
                yield
        except Timeout as error:
            raise WijkdataError("Er worden al cijfers opgehaald; wacht tot dat klaar is, of stop het daar.") from error
        except OSError as error:
            raise WijkdataError(
                f"De map {self.root} kan niet worden gebruikt ({cause(error)}); maak ruimte of kies een andere gegevensmap."
            ) from error

    def entry(self, key: str) -> Entry | None:
        """Find the answer of before; None when there is none, or when a file of it is gone or damaged."""
        entry = self._list().get(key)
        whole = entry is not None and all(_digest(path) == entry.files[path.name] for path in self.paths(entry))
        return entry if whole else None

    def keys(self) -> set[str]:
        """The questions that were answered before, by whether their files are there: a page asks at every click."""
        return {key for key, entry in self._list().items() if all(path.exists() for path in self.paths(entry))}

    def paths(self, entry: Entry) -> list[Path]:
        """Where the files of an answer are."""
        return [self.root / _CONTENT / entry.digest / name for name in entry.files]

    def keep(self, key: str, answer: Answer) -> Entry:
        """Take in a whole answer and throw away its pages."""
        digests = {name: _digest(path) or "" for name, path in answer.files.items()}
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        entry = Entry(answer.version, digests, answer.rows, moment, answer.columns, answer.notes)
        for path in self.paths(entry):
            path.parent.mkdir(parents=True, exist_ok=True)
            answer.files[path.name].replace(path)
        entries = {**self._list(), key: entry}
        write(self.root / _LIST, json.dumps({name: vars(one) for name, one in entries.items()}, indent=1))
        for folder in (self.root / _PAGES).glob(f"{key}-*"):
            shutil.rmtree(folder, ignore_errors=True)
        return entry

    def pages(self, key: str, route: int) -> "Pages":
        """The pages of a question that are in already, by one of its routes."""
        return Pages(self.root / _PAGES / f"{key}-{route}")

    def tidy(self) -> None:
        """Throw away files that no question has as its answer any more."""
        used = {entry.digest for entry in self._list().values()}
        for folder in (self.root / _CONTENT).glob("*"):
            if folder.name not in used:
                shutil.rmtree(folder, ignore_errors=True)

    def _list(self) -> dict[str, Entry]:
        try:
            entries = json.loads((self.root / _LIST).read_text("utf-8"))
            return {
                key: Entry(**{**one, "columns": tuple(one["columns"]), "notes": tuple(one["notes"])})
                for key, one in entries.items()
            }
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}  # no list, or a damaged one: then everything is fetched anew


class Pages:
    """The pages of one question so far. `state`: what is needed to go on (JSON), {} at the beginning."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def state(self) -> dict[str, Any]:
        """What was kept with the last page."""
        try:
            state = json.loads((self.folder / "stand.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def add(self, name: str, text: str, state: dict[str, Any]) -> None:
        """Keep one more page, and what is needed to go on after it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write(self.folder / name, text)
        write(self.folder / "stand.json", json.dumps(state))

    def clear(self) -> None:
        """Begin again."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)


def write(path: Path, text: str) -> None:
    """Write a text under its name at once: whoever reads sees the old one or the new one."""
    beside = path.with_name(path.name + ".nieuw")
    beside.write_text(text, "utf-8")
    beside.replace(path)


def _digest(path: Path) -> str | None:
    try:
        status = path.stat()
        return _digest_of(path, status.st_size, status.st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=512)
def _digest_of(path: Path, size: int, changed: int) -> str:
    """Read a file once in a fetch: it is asked for before and after, and the maps of the country are large."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:24]
