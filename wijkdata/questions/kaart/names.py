"""Names the areas of the whole country for in a list."""

from collections import Counter

from wijkdata.areas import Level
from wijkdata.questions.shared import memory, places
from wijkdata.questions.shared.memory import kept
from wijkdata.store.monitor.versions import Monitor


@kept(memory.KEEP)
def country_names(monitor: Monitor, level: Level) -> dict[str, str]:
    """Maps the code of every real area to `Centrum (Groningen)`, by name; two that are still alike carry their code."""
    frame = places.all_areas(monitor, level)
    frame = frame[~frame["fictional"] & ~frame["water"]].sort_values("name")
    pairs = zip(frame.index, frame["name"], frame["municipality_name"], strict=True)
    names = {str(code): f"{name} ({home})" for code, name, home in pairs}
    often = Counter(names.values())
    return {code: name if often[name] == 1 else f"{name} {code}" for code, name in names.items()}
