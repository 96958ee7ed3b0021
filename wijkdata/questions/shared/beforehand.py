"""Makes what all gemeenten share once, when a monitor file was published, and puts it beside the file.

Without it the first person on a fresh server waits for it. Nothing depends on it: what is not there is computed when it
is asked for.
"""

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

from wijkdata.areas import Level, is_fictional
from wijkdata.errors import StoreError
from wijkdata.questions.shared import (
    boundaries,
    memory,
    names,
    places,
    population,
    provenance,
    scores,
    subjects,
    topics,
    watching,
)
from wijkdata.questions.shared.answer import COUNTRY
from wijkdata.store.monitor import values
from wijkdata.store.monitor.versions import Monitor

AXES = ("x", "y", "path_x", "path_y")
Part = tuple[Callable[..., Any], tuple[Any, ...]]


def make(monitor: Monitor) -> None:
    """Put beside a monitor file what is asked first, unless it is there. A folder that cannot be written gets nothing."""
    wanted = {memory.name_of(function, arguments): (function, arguments) for function, arguments in parts(monitor)}
    there = memory.there(monitor, wanted)
    memory.keep(
        monitor,
        {
            name: values.written(function(monitor, *arguments))
            for name, (function, arguments) in wanted.items()
            if name not in there
        },
    )


def make_aside(monitor: Monitor) -> threading.Thread:
    """Make it beside whoever is looking already: who asks for a part that is being made waits for that part only."""

    def work() -> None:
        with contextlib.suppress(StoreError):  # a damaged file: the page that asks says so
            make(monitor)

    thread = threading.Thread(target=work, name="wijkdata-vooraf", daemon=True)
    thread.start()
    return thread


def parts(monitor: Monitor) -> Iterator[Part]:
    """List what is made: functions under `memory.beforehand`, with their arguments after the monitor."""
    yield names.municipality_names, ()
    kinds = sorted({is_fictional(code) for code in names.municipality_names(monitor)})
    for fictional in kinds:
        yield provenance.coverage, (fictional,)
    yield provenance.coverage_with_reasons, ()
    yield topics.coverage, (COUNTRY,)
    yield watching.of_all, ()
    for level in (Level.GEMEENTE, Level.WIJK, Level.BUURT):
        yield population.population, (level,)
        yield places.all_areas, (level,)
    for level in (Level.WIJK, Level.BUURT):
        yield scores.scored_municipalities, (level,)
        for fictional in kinds:
            yield from _of_level(level, fictional)
    yield from _of_country(monitor)


def _of_country(monitor: Monitor) -> Iterator[Part]:
    """The map of the country, where there are borders of it."""
    for level in (Level.WIJK, Level.BUURT):
        if boundaries.newest(monitor, level, COUNTRY)[0] is not None:
            yield boundaries.drawn_shapes, (COUNTRY, level, boundaries.NEWEST)
            yield boundaries.border, (COUNTRY, level)


def _of_level(level: Level, fictional: bool) -> Iterator[Part]:
    yield scores.score_years, (level, fictional)
    yield scores.scores, (level, fictional)
    yield scores.measured_years, (level, fictional)
    yield scores.counted_indicators, (level, fictional)
    yield subjects.figures, (level, fictional)
    for axis in AXES:
        yield scores.figure_scores, (level, fictional, axis)
