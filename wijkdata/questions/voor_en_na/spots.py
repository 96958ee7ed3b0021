"""Where the treated areas lie and those they were compared with: the outline of the country or the gemeenten, and points."""

from wijkdata.areas import Level, is_fictional, municipality_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared import boundaries, provenance
from wijkdata.questions.shared.answer import COUNTRY
from wijkdata.questions.voor_en_na.answer import Line, Spots
from wijkdata.store.monitor.versions import Monitor


def spots(monitor: Monitor, catalogue: Catalogue, level: Level, codes: tuple[str, ...]) -> Spots | None:
    """The country for real areas, the gemeenten themselves for those of the example. None without boundaries."""
    fictional = any(is_fictional(code) for code in codes)
    places = sorted({municipality_of(code) or "" for code in codes}) if fictional else [COUNTRY]
    lines: list[Line] = []
    points: dict[str, tuple[float, float]] = {}
    drawn: list[tuple[str, int]] = []
    for place in places:
        division, _ = boundaries.newest(monitor, level, place)
        if division is None:
            continue
        lines += boundaries.border(monitor, place, level)
        points |= boundaries.points(monitor, place, level, codes)
        drawn += boundaries.drawn_by(monitor, level, place)
    if not points:
        return None
    borders = provenance.borders_text(catalogue, drawn, fictional)
    without = tuple(code for code in codes if code not in points)
    return Spots(tuple(lines), points, borders, without, provenance.border_ids(drawn, fictional))
