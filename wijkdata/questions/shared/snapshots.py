"""The kept snapshots: what is in each, also when the current one cannot be opened."""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from wijkdata.errors import StoreError
from wijkdata.periods import Period
from wijkdata.questions.shared.answer import Snapshot
from wijkdata.store.monitor import queries, versions
from wijkdata.store.monitor.versions import Monitor

# The name of a file, and its hash: the next edition of a table often has the same name.
_File = tuple[str, str]


def snapshots(directory: Path) -> tuple[Snapshot, ...]:
    """Return every kept monitor file, newest first. One that cannot be opened (damaged, locked, of a newer version)
    says so in `problem`."""
    files = [Monitor(path) for path in reversed(versions.files(directory))]
    opened = [_open(one) for one in files]
    current = opened[0][1] if opened else ()
    return tuple(
        Snapshot(
            stamp=one.stamp,
            moment=_moment(one.stamp),
            size=one.path.stat().st_size if one.path.exists() else 0,
            current=place == 0,
            problem=problem,
            files=tuple(name for name, _ in content),
            missing=_not_in(current, content) if problem is None else (),
            more=_not_in(content, current) if problem is None else (),
            topics=topics,
            newest=newest,
        )
        for place, (one, (problem, content, topics, newest)) in enumerate(zip(files, opened, strict=True))
    )


def opens(one: Monitor) -> bool:
    """Tell whether a file can be opened at all; it can still be damaged further on."""
    try:
        one.cursor()
    except StoreError:
        return False
    return True


def size_of(directory: Path) -> int:
    """Return bytes that the data directory takes, everything in it counted."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) if directory.is_dir() else 0


def _not_in(files: tuple[_File, ...], others: tuple[_File, ...]) -> tuple[str, ...]:
    return tuple(sorted(name for name, _ in set(files) - set(others)))


def _open(one: Monitor) -> tuple[str | None, tuple[_File, ...], int, int | None]:
    try:
        return (None, *_content(one))
    except StoreError as error:
        return str(error), (), 0, None


@lru_cache(maxsize=16)
def _content(one: Monitor) -> tuple[tuple[_File, ...], int, int | None]:
    """Files, number of topics with a figure, newest year. A published file never changes, so this is kept."""
    filled = queries.filled(one)
    newest = max((Period.of(code).year for code in filled["period"].unique()), default=None)
    editions = queries.editions(one)
    return tuple(zip(editions["file"], editions["sha256"], strict=True)), int(filled["indicator"].nunique()), newest


def _moment(stamp: str) -> datetime:
    """The moment in a stamp (`20261124-112210-185720`, UTC)."""
    return datetime.strptime(stamp, "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
