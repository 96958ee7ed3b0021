"""Makes first views before anybody asks: shows the pages to nobody, in a process of its own, and puts what they need beside
the monitor file.

    python -m wijkdata.ui.first_views DIR            until all is made (`python -m wijkdata first-views`)
    python -m wijkdata.ui.first_views DIR --beside   for a server: gemeenten on standard input go first and get every wijk;
                                                     the process ends with whoever started it

The pages themselves say what they need, so that nothing has to be kept in step with them.
"""

import os
import sys
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from wijkdata import settings
from wijkdata.areas import Level
from wijkdata.questions.shared import beforehand, memory, names, places, population
from wijkdata.store.monitor import prepared, values, versions
from wijkdata.store.monitor.versions import Monitor
from wijkdata.ui import shell

# What is looked at first of a gemeente, and of a wijk in it.
PAGES = ("Overzicht", "Kaart", "Wijkprofiel", "Kloof", "Signalen")
PAGES_OF_AREA = ("Overzicht", "Kaart", "Wijkprofiel")
# Of the second the answers are there already: only its drawings are made.
COLOURS = ("light", "dark")
# Of the whole country they take some 60 MB, every wijk of a gemeente 2 to 5.
MOST_BYTES = 400_000_000
_SCRIPT = """
import runpy

from wijkdata.ui import shell

shell.show({title!r}, lambda: runpy.run_path({file!r}))
"""
# It looks through every package that is installed for parts of Streamlit, each time a page is shown.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


class Wishes:
    """Gemeenten that somebody looks at, the last first. The process ends when nobody can say so any more."""

    def __init__(self) -> None:
        self._codes: deque[str] = deque()

    def listen(self) -> None:
        """Read them from standard input, a line each, in a thread of its own."""
        threading.Thread(target=self._read, daemon=True).start()

    def take(self) -> str | None:
        """Return the next one, None when there is none."""
        return self._codes.pop() if self._codes else None

    def _read(self) -> None:
        for line in sys.stdin:
            self._codes.append(line.strip())
        os._exit(0)


@dataclass(frozen=True)
class Part:
    """What is shown and kept in one go: the page and its address of each view. name: what says that it was done."""

    name: str
    views: tuple[tuple[str, dict[str, str]], ...]


def make_all(directory: Path, wishes: Wishes) -> Iterator[tuple[int, int]]:
    """Make the first views of every gemeente of the newest monitor file: yields (how many parts are there, of how many).

    Ends early when there is a newer file, no more room (`MOST_BYTES`), or a folder that cannot be written.
    """
    monitor = versions.current(directory)
    if monitor is None:
        return
    beforehand.make(monitor)
    waiting = deque(_begins(monitor))
    every = len(waiting)
    while versions.current(directory) == monitor and _size(monitor) < MOST_BYTES:
        if (wished := wishes.take()) is not None:
            areas = _areas(monitor, wished)
            waiting.extendleft(reversed(areas))
            every += len(areas)
        if not waiting:
            return
        part = waiting.popleft()
        kept = _is_there(monitor, part) or _make(monitor, part)
        yield every - len(waiting), every
        if not kept:
            return


def _begins(monitor: Monitor) -> list[Part]:
    """What a gemeente begins with; those with the most inhabitants first, since most people look at those."""
    inhabitants = population.population(monitor, Level.GEMEENTE)
    codes = sorted(names.municipality_names(monitor), key=lambda code: -inhabitants.get(code, 0))
    return [Part(f"begin van {code}", tuple((page, {"gemeente": code}) for page in PAGES)) for code in codes]


def _areas(monitor: Monitor, municipality: str) -> list[Part]:
    """Every wijk of a gemeente."""
    wijken = [place.code for place in places.places_in(monitor, municipality, Level.WIJK)]
    return [
        Part(f"wijk {code}", tuple((page, {"gemeente": municipality, "wijk": code}) for page in PAGES_OF_AREA))
        for code in wijken
    ]


def _make(monitor: Monitor, part: Part) -> bool:
    """Show the views of a part to nobody; tell whether what they needed is kept."""
    with memory.collecting() as collected:
        for page, query in part.views:
            for colours in COLOURS:
                _show(page, query, colours)
    memory.keep(monitor, {**collected, part.name: values.written(True)})
    return _is_there(monitor, part)


def _is_there(monitor: Monitor, part: Part) -> bool:
    return bool(memory.there(monitor, [part.name]))


def _show(title: str, query: dict[str, str], colours: str) -> None:
    """Show a page to nobody. What is wrong with it is for whoever opens it."""
    file = next(entry.file for entry in shell.PAGES if entry.title == title)
    app = AppTest.from_string(_SCRIPT.format(title=title, file=os.fspath(settings.ROOT / file)), default_timeout=120)
    app.session_state["_shell"] = True
    app.context["theme"] = colours
    for key, value in query.items():
        app.query_params[key] = value
    app.run()


def _size(monitor: Monitor) -> int:
    path = prepared.beside(monitor.path)
    return path.stat().st_size if path.exists() else 0


def main() -> None:
    """Make what is not there yet, and say how far it is."""
    directory, wishes = Path(sys.argv[1]).resolve(), Wishes()
    os.environ["WIJKDATA_DATA"] = os.fspath(directory)
    if "--beside" in sys.argv:
        wishes.listen()
        if hasattr(os, "nice"):
            os.nice(15)
    for number, every in make_all(directory, wishes):
        print(f"{number} van {every}", flush=True)


if __name__ == "__main__":
    main()
