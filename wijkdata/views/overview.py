"""The figure "van kwetsbaar naar weerbaar", and the four tiles as HTML."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.questions.types_overview import Overview, PathFigure, Tile
from wijkdata.views import labels
from wijkdata.views.theme import Theme, fictional_mark, finish

HEIGHT, PRESENTING_HEIGHT = 430, 385
# Plot widths in pixels that names are placed for: a desktop column, the room in front of an audience, a phone.
WIDE, PRESENTING_WIDE, NARROW = 600, 1000, 290
MOST_NAMES, MOST_NAMES_WHEN_MANY, MANY = 16, 14, 30
_SMALLEST_SPAN = 30.0
EXPECTED = "wat bij deze kwetsbaarheid past"
# The scores at the two ends of a strip: the same for every tile.
STRIP = (40, 180)


@dataclass(frozen=True)
class _Frame:
    """The plot: domains of the two scores, and its size in pixels (unscaled width, scaled height)."""

    x: tuple[float, float]
    y: tuple[float, float]
    height: float

    def at(self, x: float, y: float, width: float) -> tuple[float, float]:
        """Pixels of a pair of scores."""
        return (
            (x - self.x[0]) / (self.x[1] - self.x[0]) * width,
            (self.y[1] - y) / (self.y[1] - self.y[0]) * self.height,
        )


def paths(answer: Overview, theme: Theme) -> alt.LayerChart:
    """Points, trails, the line of what fits, names at the marks. Raises ValueError when the answer holds no figure."""
    figure = answer.figure
    if figure is None:
        raise ValueError("this answer holds no figure")
    presenting = theme.k > 1
    frame = _frame(figure, PRESENTING_HEIGHT if presenting else HEIGHT)
    x = alt.X("x:Q", title=None, scale=alt.Scale(domain=list(frame.x), nice=False, zero=False), axis=_axis())
    y = alt.Y("y:Q", title=None, scale=alt.Scale(domain=list(frame.y), nice=False, zero=False), axis=_axis())
    layers = [
        *_references(figure, theme, frame),
        *_expected(figure, theme, frame, x, y),
        *_trails(figure, theme, x, y),
        _points(figure, theme, x, y),
        *_names(figure, theme, frame, x, y, presenting),
        *_ends(figure, theme, frame),
        *fictional_mark(theme),
    ]
    chart = alt.layer(*layers).resolve_scale(color="independent", size="independent")
    return finish(chart, theme, frame.height)


def _axis() -> alt.Axis:
    return alt.Axis(tickCount=6, grid=False)


def _frame(figure: PathFigure, height: float) -> _Frame:
    """Domains that hold every point, every trail and 100."""

    def domain(column: str) -> tuple[float, float]:
        values = pd.concat([figure.points[column], figure.trails[column], pd.Series([100.0])])
        low, high = float(values.min()), float(values.max())
        room = max(_SMALLEST_SPAN - (high - low), 0) / 2 + 0.06 * max(high - low, _SMALLEST_SPAN)
        return round(low - room, 1), round(high + room, 1)

    return _Frame(domain("x"), domain("y"), height)


def _references(figure: PathFigure, theme: Theme, frame: _Frame) -> list[alt.Chart]:
    """Dotted rules at 100 on both axes, named once."""
    dots = {"strokeDash": [2, 3], "color": theme.ink2, "strokeWidth": 1}
    text = f"Nederland {figure.base_year} = 100" if figure.base_year else "Nederland = 100"
    rule = alt.Chart(alt.Data(values=[{}]))
    return [
        rule.mark_rule(**dots).encode(x=alt.datum(100)),
        rule.mark_rule(**dots).encode(y=alt.datum(100)),
        rule.mark_text(
            text=text, align="left", dx=5, dy=-7, baseline="bottom", color=theme.ink2, y=frame.height
        ).encode(x=alt.datum(100)),
    ]


def _line_ends(figure: PathFigure, frame: _Frame) -> list[tuple[float, float]]:
    """The two ends of the line of what fits, cut at the frame; empty when there is no line in it."""
    if not figure.slope or figure.intercept is None:
        return []
    cuts = [(limit - figure.intercept) / figure.slope for limit in frame.y]
    ends = [max(frame.x[0], min(cuts)), min(frame.x[1], max(cuts))]
    return [(end, figure.intercept + figure.slope * end) for end in ends] if ends[0] < ends[1] else []


def _expected(figure: PathFigure, theme: Theme, frame: _Frame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The thin line of what fits a vulnerability, with its name above it where no point is in the way."""
    ends = _line_ends(figure, frame)
    if not ends:
        return []
    rows = [{"x": round(across, 2), "y": round(up, 2)} for across, up in ends]
    line = alt.Chart(alt.Data(values=rows)).mark_line(color=theme.ink2, strokeWidth=theme.k, opacity=0.75)
    across, up = _name_of_line(figure, theme, frame)
    words = alt.Chart(alt.Data(values=[{"x": round(across, 2), "y": round(up, 2)}])).encode(x=x, y=y)
    place = {"align": "right", "dx": -10 * theme.k, "dy": -12 * theme.k, "text": EXPECTED, "fontStyle": "italic"}
    halo = words.mark_text(**place, color=theme.paper, stroke=theme.paper, strokeWidth=3.5 * theme.k)
    return [line.encode(x=x, y=y), halo, words.mark_text(**place, color=theme.ink2)]


def _name_of_line(figure: PathFigure, theme: Theme, frame: _Frame) -> tuple[float, float]:
    """The spot on the line where its name touches the fewest points: as far to the right as may be."""
    (x0, y0), (x1, y1) = _line_ends(figure, frame)
    width = PRESENTING_WIDE if theme.k > 1 else WIDE
    points = [frame.at(x, y, width) for x, y in zip(figure.points["x"], figure.points["y"], strict=True)]
    spots = [(x0 + (x1 - x0) * part, y0 + (y1 - y0) * part) for part in (0.98, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4)]

    def touched(spot: tuple[float, float]) -> int:
        left, top, right, bottom = _box_of_name(frame.at(*spot, width), theme)
        outside = 99 * (left < 0 or top < 0)
        return outside + sum(left - 8 < px < right + 8 and top - 8 < py < bottom + 8 for px, py in points)

    return min(spots, key=touched)


def _box_of_name(spot: tuple[float, float], theme: Theme) -> labels.Box:
    """The room that the name of the line takes when its spot lies at these pixels."""
    right = spot[0] - 10 * theme.k
    left = right - labels.text_width(EXPECTED, 13 * theme.k)
    return left, spot[1] - 21 * theme.k, right, spot[1] - 3 * theme.k


def _trails(figure: PathFigure, theme: Theme, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Each area's path, thin in the first year and thick in the last. Only measured years: a gap is a straight piece."""
    if figure.trails.empty:
        return []
    state = figure.points.set_index("code")["state"]
    layers = []
    order = {year: place for place, year in enumerate(figure.years)}
    last = max(len(figure.years) - 1, 1)
    for name, colour, opacity in (("", theme.mute, 0.65), ("attention", theme.bad, 0.8), ("chosen", theme.acc, 0.8)):
        rows = figure.trails[figure.trails["code"].map(state) == name]
        if rows.empty:
            continue
        data = [
            {
                "code": row.code,
                "t": row.period,
                "x": round(row.x, 1),
                "y": round(row.y, 1),
                "w": order[row.period] / last,
            }
            for row in rows.itertuples(index=False)
        ]
        size = alt.Size("w:Q", scale=alt.Scale(domain=[0, 1], range=[0.6 * theme.k, 3.2 * theme.k]), legend=None)
        layers.append(
            alt.Chart(alt.Data(values=data))
            .mark_trail(color=colour, opacity=opacity)
            .encode(x=x, y=y, size=size, order="t:Q", detail="code:N")
        )
    return layers


def _points(figure: PathFigure, theme: Theme, x: alt.X, y: alt.Y) -> alt.Chart:
    """Circles; open for an area with few residents. Grey, ochre for attention, petrol and larger for the chosen one."""
    colours = {"": theme.dot, "attention": theme.bad, "chosen": theme.acc}
    usual = (105 if len(figure.points) <= 60 else 70) * theme.k
    rows = [
        {
            "x": round(row.x, 1),
            "y": round(row.y, 1),
            "fill": theme.paper if row.small else colours[row.state],
            "line": colours[row.state] if row.small else theme.paper,
            "size": 190 * theme.k if row.state == "chosen" else usual,
            "z": ("", "attention", "chosen").index(row.state),
            **_tooltip(row),
        }
        for row in figure.points.sort_values(
            "state", key=lambda s: s.map({"": 0, "attention": 1, "chosen": 2})
        ).itertuples()
    ]
    shown = ["naam", "kwetsbaarheid", "weerbaarheid", "verwacht"]
    titles = [
        "Naam",
        "Kwetsbaarheidsscore (hoger is minder kwetsbaar)",
        "Weerbaarheid",
        "Verwacht bij deze kwetsbaarheid",
    ]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_point(filled=True, opacity=1, strokeWidth=1.4 * theme.k)
        .encode(
            x=x,
            y=y,
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("line:N", scale=None),
            size=alt.Size("size:Q", scale=None),
            tooltip=[alt.Tooltip(f"{name}:N", title=title) for name, title in zip(shown, titles, strict=True)],
        )
    )


def _tooltip(row: Any) -> dict[str, str]:  # noqa: ANN401 - a row of itertuples
    """What the table also says."""
    few = "te weinig inwoners voor een score"
    return {
        "naam": str(row.name),
        "kwetsbaarheid": few if row.small else dutch.number(row.x),
        "weerbaarheid": few if row.small else dutch.number(row.y),
        "verwacht": dutch.NO_DATA if pd.isna(row.expected) else dutch.number(row.expected),
    }


def _names(
    figure: PathFigure, theme: Theme, frame: _Frame, x: alt.X, y: alt.Y, presenting: bool
) -> list[alt.LayerChart | alt.Chart]:
    """Names at the marks: many on a wide screen; only the chosen and the ones that ask for attention on a narrow one."""
    many = len(figure.points) > MANY
    limit = MOST_NAMES_WHEN_MANY if many else MOST_NAMES
    ordered = _by_importance(figure)
    wide = _place(figure, theme, frame, ordered, PRESENTING_WIDE if presenting else WIDE, limit)
    marked = [code for code in ordered if figure.points.set_index("code").at[code, "state"]]
    narrow = _place(figure, theme, frame, marked, NARROW, limit)
    return [
        *_text(figure, theme, wide, x, y, "width < 480 ? 0 : 1"),
        *_text(figure, theme, narrow, x, y, "width < 480 ? 1 : 0"),
    ]


def _by_importance(figure: PathFigure) -> list[str]:
    """The chosen, then attention, then the extremes, then by inhabitants; areas with few residents last."""
    points = figure.points.set_index("code")
    large = points[~points["small"]]
    order = [*points.index[points["state"] == "chosen"], *points.index[points["state"] == "attention"]]
    for column in ("x", "y", "residual"):
        known = large[column].dropna()
        order += [known.idxmin(), known.idxmax()] if len(known) else []
    order += list(points.sort_values(["small", "population"], ascending=[True, False], na_position="last").index)
    return list(dict.fromkeys(str(code) for code in order))


def _place(
    figure: PathFigure, theme: Theme, frame: _Frame, codes: list[str], width: float, limit: int
) -> list[labels.Placed]:
    """Where the names come at this plot width."""
    points = figure.points.set_index("code")
    radius = 5.5 * theme.k**0.5
    places = {code: frame.at(row["x"], row["y"], width) for code, row in points.iterrows()}
    obstacles = [(px, py, radius) for px, py in places.values()]
    for _, path in figure.trails.groupby("code"):
        pixels = [frame.at(x, y, width) for x, y in zip(path["x"], path["y"], strict=True)]
        obstacles += labels.along(pixels)
    wanted = [
        labels.Label(
            code,
            str(points.at[code, "name"]),
            *places[code],
            radius * (1.3 if points.at[code, "state"] == "chosen" else 1),
            bold=bool(points.at[code, "state"]),
            must=bool(points.at[code, "state"]),
        )
        for code in codes
    ]
    line = _line_ends(figure, frame)
    taken = [_box_of_name(frame.at(*_name_of_line(figure, theme, frame), width), theme)] if line else []
    return labels.place(wanted, obstacles, 13 * theme.k, width, frame.height, limit, taken)


def _text(
    figure: PathFigure, theme: Theme, placed: list[labels.Placed], x: alt.X, y: alt.Y, opacity: str
) -> list[alt.Chart]:
    """Each name twice: in paper with a thick stroke as a halo, and on top the name itself."""
    points = figure.points.set_index("code")
    colours = {"": theme.ink2, "attention": theme.bad, "chosen": theme.acc}
    layers = []
    for align in ("left", "right", "center"):
        rows = [
            {
                "x": round(points.at[one.key, "x"], 1),
                "y": round(points.at[one.key, "y"], 1),
                "text": one.text,
                "dx": one.dx,
                "dy": one.dy,
                "color": colours[points.at[one.key, "state"]],
                "weight": 600 if points.at[one.key, "state"] else 400,
            }
            for one in placed
            if one.align == align
        ]
        if rows:
            layers += _halo_and_text(rows, theme, x, y, align, opacity)
    return layers


def _halo_and_text(
    rows: list[dict[str, Any]], theme: Theme, x: alt.X, y: alt.Y, align: str, opacity: str
) -> list[alt.Chart]:
    own = {"dx": {"expr": "datum.dx"}, "dy": {"expr": "datum.dy"}, "fontWeight": {"expr": "datum.weight"}}
    common = {"align": align, "baseline": "middle", "opacity": alt.expr(opacity), **own}
    base = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y, text="text:N")
    return [
        base.mark_text(**common, color=theme.paper, stroke=theme.paper, strokeWidth=3.5 * theme.k),
        base.mark_text(**common).encode(color=alt.Color("color:N", scale=None)),
    ]


def _ends(figure: PathFigure, theme: Theme, frame: _Frame) -> list[alt.Chart]:
    """Words at the ends of the axes instead of axis titles, and the fixed set that each axis is made of."""
    base = alt.Chart(alt.Data(values=[{}]))
    bold = {"fontWeight": 600, "color": theme.ink}
    below, line = frame.height + 42 * theme.k, 18 * theme.k
    x_set, y_set = (
        ", ".join(_lower(word) for word in figure.x_words),
        ", ".join(_lower(word) for word in figure.y_words),
    )
    up = "↑ meer collectieve weerbaarheid"
    more = "" if theme.k > 1 else f": {y_set}"
    sets = [f"Kwetsbaarheid: {x_set}.", f"Weerbaarheid: {y_set}."]
    ends = [
        base.mark_text(text="← meer kwetsbaar", align="left", x=0, y=below, **bold),
        base.mark_text(text="minder kwetsbaar →", align="right", x="width", y=below, **bold),
        base.mark_text(text=_by_width([up], [up + more]), align="left", x=0, y=-14 * theme.k, **bold),
    ]
    words = _by_width([part for text in sets for part in wrap(text, 46)], wrap(sets[0], 95))
    if theme.k > 1:  # the room reads one line under the figure, and the table has the rest
        words = _by_width(sets[:1], [f"Kwetsbaarheid: {x_set}. Weerbaarheid: {y_set}."])
    small = {"color": theme.ink2, "lineHeight": line, "fontSize": 13 * min(theme.k, 1.2)}
    return [*ends, base.mark_text(text=words, align="left", x=0, y=below + 1.3 * line, **small)]


def _by_width(narrow: list[str], wide: list[str]) -> alt.ExprRef:
    """Lines of text for a phone, and for anything wider. A list in JSON is a list in a Vega expression."""
    return alt.expr(f"width < 480 ? {json.dumps(narrow)} : {json.dumps(wide)}")


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def tiles(answer: Overview, theme: Theme) -> str:
    """The four tiles as HTML: every text escaped, every strip with its text alternative."""
    kind = " wd-tiles-two" if theme.k > 1 else ""
    mark = '<span class="wd-fictief">fictief</span>' if theme.fictional else ""
    return f'<div class="wd-tiles{kind}" role="list">{"".join(_tile(one, answer, mark) for one in answer.tiles)}</div>'


def skeletons(titles: Sequence[str]) -> str:
    """The tiles of a page without figures: hatched, and with words."""
    parts = [
        f'<div class="wd-tile wd-tile-empty" role="listitem"><p class="wd-name">{escape(title)}</p>'
        f'<div class="wd-strip wd-hatch"></div><p class="wd-small">{dutch.NO_DATA}</p></div>'
        for title in titles
    ]
    return f'<div class="wd-tiles" role="list">{"".join(parts)}</div>'


def _tile(tile: Tile, answer: Overview, mark: str) -> str:
    name = f'<p class="wd-name">{escape(tile.title)}</p>'
    if tile.number is None:
        strip = '<div class="wd-strip wd-hatch" role="img" aria-label="geen score"></div>'
        inner = f'<p class="wd-unit-line">geen score{mark}</p>{strip}<p class="wd-lead">{escape(tile.missing)}</p>'
    else:
        number = (
            f'<span class="wd-number">{dutch.number(tile.number)}</span><span class="wd-unit">NL = 100</span>{mark}'
        )
        inner = (
            f'<p class="wd-unit-line">{number}</p>{_strip(tile, answer)}<p class="wd-lead">{escape(tile.sentence)}</p>'
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
