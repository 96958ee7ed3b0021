"""National programmes on the areas of now: the areas of each, and the programmes of one area."""

from dataclasses import replace

from wijkdata.areas import Level, is_fictional, level_of, wijk_of
from wijkdata.questions.shared import links
from wijkdata.questions.shared.answer import Membership
from wijkdata.questions.shared.memory import kept
from wijkdata.reference.programmes import DIVISION, Certainty, Programme, WijkMatch, programme, programmes
from wijkdata.reference.timeline import Held, Lane
from wijkdata.store.monitor.versions import Monitor

# The reach, in `beleidstijdlijn.csv`, of what held everywhere.
_EVERYWHERE = "heel Nederland"


@kept(8)
def placed(monitor: Monitor, id: str) -> Programme:
    """The programme on the areas of now: a wijk under another code has that one, a wijk that is no wijk any more has none."""
    then = programme(id)
    areas = [replace(area, matches=tuple(_placed(monitor, match) for match in area.matches)) for area in then.areas]
    return replace(then, areas=tuple(areas))


def of_area(monitor: Monitor, code: str) -> tuple[Membership, ...]:
    """List the programmes that an area was in, the newest first: a buurt with its wijk."""
    wijk = code if level_of(code) is Level.WIJK else str(wijk_of(code))
    memberships = []
    for one in programmes(is_fictional(code)).values():
        areas = [area for area in placed(monitor, one.id).areas if wijk in area.codes()]
        if not areas:
            continue
        certain = {match.certainty for area in areas for match in area.matches if match.code == wijk}
        memberships.append(
            Membership(
                programme=one.id,
                short=one.short,
                areas=tuple(area.name for area in areas),
                begin=one.begin_year,
                end=int(one.end[:4]) if one.end else None,
                whole=Certainty.WHOLE in certain,
                around=wijk != code,
            )
        )
    return tuple(sorted(memberships, key=lambda one: -one.begin))


def held(lane: Lane, members: tuple[Membership, ...]) -> Held:
    """Tell whether a lane of national policy held in an area that is in these programmes."""
    if lane.reach == _EVERYWHERE:
        return Held.YES
    if lane.id not in programmes(fictional=False):
        return Held.UNKNOWN
    own = next((one for one in members if one.programme == lane.id), None)
    if own is None:
        return Held.NO
    return Held.YES if own.whole else Held.PART


def _placed(monitor: Monitor, match: WijkMatch) -> WijkMatch:
    code = links.now(monitor, match.code, DIVISION, match.name) if match.code else None
    if code or not match.code:
        return replace(match, code=code or "")
    return replace(match, code="", lost=match.code)
