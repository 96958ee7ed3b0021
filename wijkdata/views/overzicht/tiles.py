"""The four tiles of Overzicht as HTML: every text escaped, every strip with its text alternative."""

from collections.abc import Sequence
from html import escape

from wijkdata import dutch
from wijkdata.questions.overzicht.answer import Overview, Tile
from wijkdata.views.shared import marks
from wijkdata.views.shared.theme import Theme

# The scores at the two ends of a strip: the same for every tile.
STRIP = (40, 180)


def tiles(answer: Overview, theme: Theme) -> str:
    """Return the four tiles as HTML: every text escaped, every strip with its text alternative."""
    presenting = theme.k > 1
    kind, mark = " wd-tiles-two" if presenting else "", marks.fictional_mark(theme.fictional)
    rows = "".join(_tile(one, answer, mark, presenting) for one in answer.tiles)
    return f'<div class="wd-tiles{kind}" role="list">{rows}</div>'


def skeletons(titles: Sequence[str]) -> str:
    """Return the tiles of a page without figures: hatched, and with words."""
    parts = [
        f'<div class="wd-tile wd-tile-empty" role="listitem"><p class="wd-name">{escape(title)}</p>'
        f'<div class="wd-strip wd-hatch"></div><p class="wd-small">{dutch.NO_DATA}</p></div>'
        for title in titles
    ]
    return f'<div class="wd-tiles" role="list">{"".join(parts)}</div>'


def _tile(tile: Tile, answer: Overview, mark: str, presenting: bool) -> str:
    name = f'<p class="wd-name">{escape(tile.title)}</p>'
    if tile.number is None:
        strip = '<div class="wd-strip wd-hatch" role="img" aria-label="geen score"></div>'
        inner = f'<p class="wd-unit-line">geen score{mark}</p>{strip}<p class="wd-lead">{escape(tile.missing)}</p>'
    else:
        number = (
            f'<span class="wd-number">{dutch.number(tile.number)}</span><span class="wd-unit">NL = 100</span>{mark}'
        )
        inner = (
            f'<p class="wd-unit-line">{number}</p>{_strip(tile, answer)}<p class="wd-lead">{escape(tile.for_a_room if presenting else tile.in_full)}</p>'
            f'<p class="wd-small">{escape(tile.coverage)}</p>'
        )
    return f'<div class="wd-tile" role="listitem">{name}{inner}</div>'


def _strip(tile: Tile, answer: Overview) -> str:
    """A tick per area, a circle for the gemeente, a dotted rule at 100; one fixed domain, so that tiles compare."""
    ticks = "".join(
        f'<i class="wd-tick{" wd-tick-chosen" if code == tile.chosen else ""}" style="left:{_percent(score)}%"></i>'
        for code, score in tile.scores.items()
    )
    words = (
        f"{answer.place.name} {dutch.number(tile.number)}; {len(tile.scores)} {answer.level.plural} "
        f"van {dutch.number(tile.scores.min())} tot {dutch.number(tile.scores.max())}; Nederland 100"
    )
    return (
        f'<div class="wd-strip" role="img" aria-label="{escape(words, quote=True)}">{ticks}'
        f'<i class="wd-hundred" style="left:{_percent(100)}%"></i><span class="wd-nl" style="left:{_percent(100)}%">NL</span>'
        f'<i class="wd-dot" style="left:{_percent(tile.number or 0)}%"></i></div>'
    )


def _percent(score: float) -> float:
    """Where a score lies on the strip, 0-100, held inside it."""
    low, high = STRIP
    return round(100 * (min(max(score, low), high) - low) / (high - low), 1)
