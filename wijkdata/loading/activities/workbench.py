"""The werkbank of this computer: the views that were put on it, in `werkbank.json` of the data directory.

Every change is made in what is kept at that moment, so two windows do not overwrite each other; the file is written whole or not
at all.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from wijkdata import dutch, limits
from wijkdata.errors import StoreError, WijkdataError, cause
from wijkdata.record import workbench
from wijkdata.record.workbench import View
from wijkdata.store import disk

FILE = "werkbank.json"
_LOCK_SECONDS = 10.0


def kept(directory: Path) -> tuple[View, ...]:
    """List the views on the werkbank, the first one first. Raises WijkdataError when its file is damaged."""
    path = directory / FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise StoreError(
            f"De werkbank ({path}) kan niet worden gelezen ({cause(error)}); probeer het opnieuw."
        ) from error
    return workbench.read(data, str(path))


def put(directory: Path, *views: View) -> tuple[View, ...]:
    """Put views on the werkbank. One with the same address takes the place of the one before, and its note unless it has its own."""

    def edit(before: tuple[View, ...]) -> tuple[View, ...]:
        on_it = {one.link: one for one in before}
        for view in views:
            there = on_it.get(view.link)
            on_it[view.link] = replace(view, note=view.note or (there.note if there else ""))
        return tuple(on_it.values())

    return _change(directory, edit)


def note(directory: Path, link: str, text: str) -> tuple[View, ...]:
    """Change the note beside a view."""
    return _change(
        directory, lambda before: tuple(replace(one, note=text) if one.link == link else one for one in before)
    )


def take_off(directory: Path, *links: str) -> tuple[View, ...]:
    """Take views from the werkbank."""
    return _change(directory, lambda before: tuple(one for one in before if one.link not in links))


def _change(directory: Path, edit: Callable[[tuple[View, ...]], tuple[View, ...]]) -> tuple[View, ...]:
    path = directory / FILE
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with FileLock(str(directory / "werkbank.lock"), timeout=_LOCK_SECONDS):
            after = edit(kept(directory))
            data = workbench.written(after)
            _fits(after, data)
            disk.write_whole(path, data)
    except Timeout as error:
        raise WijkdataError("Iemand anders verandert de werkbank op dit moment; probeer het zo nog eens.") from error
    except OSError as error:
        raise StoreError(
            f"De werkbank kon niet worden bewaard ({cause(error)}); maak de map {directory} beschrijfbaar."
        ) from error
    return after


def _fits(views: tuple[View, ...], data: bytes) -> None:
    """Refuse what could not be read again: every field, how many, how large."""
    for one in views:
        workbench.check(one)
    if len(views) > limits.WORKBENCH_VIEWS or len(data) > limits.WORKBENCH:
        raise WijkdataError(
            f"Op een werkbank liggen hoogstens {limits.WORKBENCH_VIEWS} beelden van samen {dutch.size(limits.WORKBENCH)}; "
            "haal de werkbank op als bestand en haal er beelden af."
        )
