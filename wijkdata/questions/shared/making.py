"""Names everything that an answer is made with besides the figures: this code, the reference data, the catalogue."""

import hashlib
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from wijkdata import catalogue
from wijkdata.settings import REFERENCE_DIR
from wijkdata.store.monitor.versions import Monitor

_CODE = Path(__file__).resolve().parents[2]
# What has no part in an answer to a question about figures, nor in how it is drawn.
_ELSEWHERE = ("ui", "commands", "loading", "sources")
_LIBRARIES = ("altair", "duckdb", "numpy", "pandas", "pyarrow")


def stamp(monitor: Monitor) -> str:
    """Return a text that changes when the same question of the same monitor file could get another answer."""
    directory = monitor.path.parent
    return _stamp(directory, catalogue.own_stamp(directory))


@lru_cache(maxsize=8)
def _stamp(directory: Path, own: tuple[tuple[str, int, int], ...]) -> str:
    entries = catalogue.of(directory).model_dump_json()
    return hashlib.sha256(f"{_of_code()} {entries}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _of_code() -> str:
    digest = hashlib.sha256(" ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES).encode())
    code = (path for path in _CODE.rglob("*.py") if path.relative_to(_CODE).parts[0] not in _ELSEWHERE)
    for path in sorted((*code, *REFERENCE_DIR.rglob("*.*"))):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
