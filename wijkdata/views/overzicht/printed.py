"""The four tiles of Overzicht for paper: a row per pillar with its number, its strip and its sentence."""

import altair as alt

from wijkdata import dutch
from wijkdata.questions.overzicht.answer import Overview, Tile
from wijkdata.views.overzicht.tiles import STRIP
from wijkdata.views.shared.paper import broken
from wijkdata.views.shared.theme import Theme, finish

ROW, LEFT, RIGHT, WORDS = 112.0, 250.0, 560.0, 330.0


def tiles(answer: Overview, theme: Theme) -> alt.TopLevelMixin:
    """Draw the pillars under each other."""
    rows = [_row(tile, place) for place, tile in enumerate(answer.tiles)]
    x = alt.X("v:Q", scale=alt.Scale(domain=list(STRIP), range=[LEFT, RIGHT], clamp=True), axis=None)
    base = alt.Chart(alt.Data(values=rows))
    layers = [
        base.mark_text(align="left", fontSize=17, fontWeight=600, baseline="top").encode(**_at(0, "y"), text="name:N"),
        base.mark_text(align="left", fontSize=34, baseline="top").encode(**_at(0, "y_number"), text="number:N"),
        base.mark_text(align="left", baseline="top", color=theme.ink2).encode(**_at(78, "y_unit"), text="unit:N"),
        base.mark_text(align="left", fontSize=14, baseline="top", lineHeight=18).encode(
            **_at(RIGHT + 30, "y"), text="words:N"
        ),
        *_strips(answer, x, theme),
    ]
    return finish(alt.layer(*layers), theme, ROW * len(rows))


def _at(x: float, y: str) -> dict[str, object]:
    return {"x": alt.value(x), "y": alt.Y(f"{y}:Q", scale=None, axis=None)}


def _row(tile: Tile, place: int) -> dict[str, object]:
    top = place * ROW
    words = tile.missing if tile.number is None else f"{tile.in_full} {tile.coverage}"
    return {
        "y": top,
        "y_number": top + 26,
        "y_unit": top + 44,
        "name": tile.title,
        "number": "–" if tile.number is None else dutch.number(tile.number),
        "unit": "geen score" if tile.number is None else "NL = 100",
        "words": broken(words, 14, width=WORDS),
    }


def _strips(answer: Overview, x: alt.X, theme: Theme) -> list[alt.Chart]:
    """A tick per area, a circle for the gemeente, a dotted rule at 100: as the tiles on screen."""
    ticks = [
        {
            "v": float(score),
            "y": place * ROW + 40,
            "y2": place * ROW + 66,
            "c": theme.acc if code == tile.chosen else theme.mute,
        }
        for place, tile in enumerate(answer.tiles)
        for code, score in tile.scores.items()
    ]
    own = [
        {"v": tile.number, "y": place * ROW + 53} for place, tile in enumerate(answer.tiles) if tile.number is not None
    ]
    hundred = [
        {"v": 100, "y": place * ROW + 32, "y2": place * ROW + 74, "yn": place * ROW + 30}
        for place in range(len(answer.tiles))
    ]
    y, y2 = alt.Y("y:Q", scale=None, axis=None), alt.Y2("y2:Q")
    rule = alt.Chart(alt.Data(values=hundred))
    return [
        alt.Chart(alt.Data(values=ticks))
        .mark_rule(strokeWidth=1.5)
        .encode(x, y, y2, color=alt.Color("c:N", scale=None)),
        rule.mark_rule(strokeDash=[2, 3], color=theme.ink2).encode(x, y, y2),
        rule.mark_text(text="NL", baseline="bottom", color=theme.ink2).encode(x, alt.Y("yn:Q", scale=None, axis=None)),
        alt.Chart(alt.Data(values=own))
        .mark_circle(size=190, color=theme.acc, opacity=1, stroke=theme.paper, strokeWidth=2)
        .encode(x, y),
    ]
