"""The areas of a programme as they are called now."""

from dataclasses import replace

from wijkdata.questions.shared import links
from wijkdata.questions.shared.memory import kept
from wijkdata.reference.programmes import DIVISION, Programme, WijkMatch, programme
from wijkdata.store.monitor.versions import Monitor


@kept(8)
def placed(monitor: Monitor, id: str) -> Programme:
    """The programme on the areas of now: a wijk under another code has that one, a wijk that is no wijk any more has none."""
    then = programme(id)
    areas = [replace(area, matches=tuple(_placed(monitor, match) for match in area.matches)) for area in then.areas]
    return replace(then, areas=tuple(areas))


def _placed(monitor: Monitor, match: WijkMatch) -> WijkMatch:
    code = links.now(monitor, match.code, DIVISION, match.name) if match.code else None
    if code or not match.code:
        return replace(match, code=code or "")
    return replace(match, code="", lost=match.code)
