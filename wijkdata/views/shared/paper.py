"""A figure as it leaves for a memo: one sheet with title, drawing, legend, source and "fictief", as SVG and PNG.

A sheet is drawn for paper: light, at one width, whatever the screen of the reader. Nothing is asked from outside.
"""

import json
import math
import re
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import typst
import vl_convert

from wijkdata import safe
from wijkdata.views.shared.labels import text_width
from wijkdata.views.shared.theme import FONT, LIGHT

# All but letters of Latin, Greek and Cyrillic, and the signs that our own texts have: the fonts of wijkdata may lack it.
UNSURE = re.compile(
    r"[^\n\x20-\x7e\xa0-\u024f\u0370-\u03ff\u0400-\u045f\u2010-\u2015\u2018-\u201e\u2022\u2026\u20ac\u2190-\u2193\u2212\u2264\u2265]"
)
# Pixels of the sheet; a PNG has twice as many.
WIDTH, MARGIN, SCALE = 1000.0, 36.0, 2.0
INNER = WIDTH - 2 * MARGIN
# Between two drawings side by side.
_GAP = 28.0
# Fonts that may be missing are wider than the one that widths are estimated in: a line is broken this much sooner.
_SAFE = 1.12
_IDS = re.compile(r'(\bid="|url\(#|href="#)')


@dataclass(frozen=True)
class Panel:
    """One drawing on a sheet: its Vega-Lite specification as JSON, and its name where there are several."""

    specification: str
    name: str = ""


@dataclass(frozen=True)
class Key:
    """One mark of a legend, by the name of its look (as in `screen.css`), and what it means."""

    look: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """What stands on one sheet. where: page and place. colophon_text: by what and when.

    width: in pixels; the narrower, the larger its text on paper. columns: so many drawings stand side by side.
    """

    where: str
    title: str
    lead: str
    keys: tuple[Key, ...]
    panels: tuple[Panel, ...]
    source: str
    fictional: bool
    colophon_text: str
    width: float = WIDTH
    columns: int = 1

    @property
    def without_words(self) -> "Sheet":
        """The sheet for between text that says the rest."""
        return replace(self, where="", title="", lead="", source="", colophon_text="")


@dataclass(frozen=True)
class _Type:
    size: float
    colour: str
    bold: bool = False

    @property
    def line(self) -> float:
        return self.size * 1.35


# The tokens of paper. The sheet says "fictief" itself, so a drawing on it need not.
THEME = LIGHT
_SMALL, _LEAD = _Type(14, LIGHT.ink2), _Type(17, LIGHT.ink)
_TITLE, _NAME = _Type(26, LIGHT.ink, True), _Type(16, LIGHT.ink, True)


class _Column:
    """Parts of a sheet from top to bottom; `y` is where the next one begins."""

    def __init__(self, width: float) -> None:
        self.parts: list[str] = []
        self.y = MARGIN
        self.right = width - MARGIN

    def text(self, text: str, kind: _Type, after: float) -> None:
        """Add a paragraph, broken into lines."""
        self.y += self._words(text, kind, MARGIN, self.right - MARGIN)
        self.y += after if text else 0

    def _words(self, text: str, kind: _Type, x: float, width: float) -> float:
        """Write lines from `y` down, and return how high they are together."""
        lines = broken(text, kind.size, kind.bold, width)
        for number, line in enumerate(lines, 1):
            self.parts.append(_line(line, x, self.y + number * kind.line - kind.size * 0.3, kind))
        return len(lines) * kind.line

    def drawings(self, panels: tuple[Panel, ...], columns: int) -> None:
        """Add drawings, each under its name, row after row."""
        width = (self.right - MARGIN - (columns - 1) * _GAP) / columns
        for first in range(0, len(panels), columns):
            row = panels[first : first + columns]
            heights = [
                self._drawing(panel, first + place, MARGIN + place * (width + _GAP), width)
                for place, panel in enumerate(row)
            ]
            self.y += max(heights) + 14

    def _drawing(self, panel: Panel, number: int, x: float, width: float) -> float:
        """Add one drawing from `y` down, and return how high it is with its name."""
        named = self._words(panel.name, _NAME, x, width) + (2 if panel.name else 0)
        svg, height = _drawn(panel.specification, number, width)
        self.parts.append(svg.replace("<svg", f'<svg x="{x:g}" y="{self.y + named:g}"', 1))
        return named + height

    def keys(self, keys: tuple[Key, ...]) -> None:
        """Add the legend, in as many rows as it takes."""
        x, row = MARGIN, _SMALL.size * 1.6
        self.y += row if keys else 0
        for key in keys:
            width = 34 + text_width(key.text, _SMALL.size) * _SAFE + 18
            if x > MARGIN and x + width > self.right:
                x, self.y = MARGIN, self.y + row
            self.parts += [_mark(key.look, x, self.y - 5), _line(key.text, x + 32, self.y, _SMALL)]
            x += width
        self.y += 14 if keys else 0


def svg(sheet: Sheet) -> str:
    """Draw a sheet as SVG. Text stays text, so that it can be edited."""
    column = _Column(sheet.width)
    column.text(sheet.where, _SMALL, 2)
    column.text(sheet.title, _TITLE, 4)
    column.text(sheet.lead, _LEAD, 6)
    column.keys(sheet.keys)
    column.y += 6
    column.drawings(sheet.panels, sheet.columns)
    column.text(sheet.source, _SMALL, 4)
    column.text(sheet.colophon_text, _SMALL, 0)
    height = math.ceil(column.y + MARGIN * 0.7)
    mark = _fictional(column.right) if sheet.fictional else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{sheet.width:g}" '
        f'height="{height}" viewBox="0 0 {sheet.width:g} {height}" font-family="{escape(FONT)}" role="img">'
        f'<title>{escape(sheet.title)}</title><rect width="100%" height="100%" fill="{LIGHT.paper}"/>'
        f"{''.join(column.parts)}{mark}</svg>"
    )


def png(sheet: Sheet) -> bytes:
    """Draw a sheet as PNG, with twice its pixels."""
    return as_png(svg(sheet))


def as_png(drawn: str, scale: float = SCALE) -> bytes:
    """Draw an SVG as PNG, in the fonts that come with wijkdata; a character they lack comes from those of this computer.

    By typst, which opens a font once: vl_convert opens it for every text, ten times the work.
    """
    width = ElementTree.fromstring(drawn).attrib["width"]
    page = f'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: {width}pt)'
    pictures = typst.compile(
        page.encode(),
        format="png",
        ppi=72 * scale,
        font_paths=fonts(of_computer=UNSURE.search(drawn) is not None),
        sys_inputs={"svg": drawn},
    )
    return pictures if isinstance(pictures, bytes) else pictures[0]


def trimmed(sheet: Sheet) -> str:
    """Draw only what a sheet shows, as SVG without its margins: for in a document that has margins itself."""
    drawn = svg(sheet.without_words)
    size = ElementTree.fromstring(drawn).attrib
    width, height = sheet.width - 2 * MARGIN, float(size["height"]) - MARGIN * 2
    box = f'width="{width:g}" height="{height:g}" viewBox="{MARGIN:g} {MARGIN:g} {width:g} {height:g}"'
    ground = f'<rect x="{MARGIN:g}" y="{MARGIN:g}" '
    return re.sub(r'width="[^"]+" height="[^"]+" viewBox="[^"]+"', box, drawn, count=1).replace("<rect ", ground, 1)


@cache
def font_folders() -> tuple[str, ...]:
    """Return the folders of the fonts that come with wijkdata (found, not imported: the packages read every file)."""
    specs = [find_spec(name) for name in ("font_source_sans_pro", "font_source_serif_pro")]
    return tuple(
        str(Path(folder) / "files") for spec in specs if spec for folder in spec.submodule_search_locations or ()
    )


@cache
def fonts(of_computer: bool) -> typst.Fonts:
    """Return the fonts that come with wijkdata, and those of this computer when asked."""
    return typst.Fonts(include_system_fonts=of_computer, font_paths=list(font_folders()))


@cache
def _know_fonts() -> None:
    for folder in font_folders():
        vl_convert.register_font_directory(folder)


def broken(text: str, size: float, bold: bool = False, width: float = INNER) -> list[str]:
    """Break a text into lines of at most `width` pixels."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) * _SAFE <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines if text else []


def _line(text: str, x: float, y: float, kind: _Type, anchor: str = "start") -> str:
    weight = ' font-weight="600"' if kind.bold else ""
    return (
        f'<text x="{x:g}" y="{y:.1f}" font-size="{kind.size:g}" fill="{kind.colour}" text-anchor="{anchor}"{weight}>'
        f"{escape(safe.for_workbook(text))}</text>"
    )


def _fictional(right: float) -> str:
    return _line("fictief", right, MARGIN + 16, _Type(18, LIGHT.bad, True), "end")


def _drawn(specification: str, number: int, most: float) -> tuple[str, float]:
    """Draw one specification at the width there is: (SVG, its height). Names inside it get its number."""
    wide = json.loads(specification)
    if wide.get("width") == "container":
        wide["width"] = most
    _know_fonts()
    drawn = vl_convert.vegalite_to_svg(wide, allowed_base_urls=[])
    size = ElementTree.fromstring(drawn).attrib
    width, height = float(size["width"]), float(size["height"])
    shown = min(most, width)
    body = _IDS.sub(rf"\g<1>f{number}-", drawn[drawn.index(">") + 1 :])
    box = f'<svg width="{shown:g}" height="{height * shown / width:.1f}" viewBox="0 0 {width:g} {height:g}">'
    return box + body, height * shown / width


def _mark(look: str, x: float, y: float) -> str:
    """Draw the mark of a legend around (x + 12, y), as the style sheet draws it on screen."""
    kinds = look.split()
    fills = {"worse": LIGHT.bad, "better": LIGHT.acc, "neutral": LIGHT.ink, "half": LIGHT.band2, "run": LIGHT.acc}
    colour = next((fills[kind] for kind in kinds if kind in fills), LIGHT.dot)
    middle = x + 12
    if "bar" in kinds or "span" in kinds:
        fill = LIGHT.band if kinds == ["bar"] else colour
        thick = 4 if "plan" in kinds else 10
        pale = ' opacity="0.35"' if "pale" in kinds else ""
        return f'<rect x="{x:g}" y="{y - thick / 2:g}" width="24" height="{thick}" fill="{fill}"{pale}/>'
    if "rule" in kinds or "tick" in kinds:
        dash = ' stroke-dasharray="2 2"' if "dots" in kinds else ""
        stroke = colour if "worse" in kinds else LIGHT.ink if "rule" in kinds else LIGHT.ink2
        return f'<path d="M{middle:g} {y - 8:g}v16" stroke="{stroke}" stroke-width="2"{dash}/>'
    if "none" in kinds:
        lines = "".join(f"M{x + at:g} {y + 6:g}l6 -12" for at in (0, 6, 12, 18))
        return f'<path d="{lines}" stroke="{LIGHT.hatch}"/>'
    if "diamond" in kinds:
        return f'<path d="M{middle:g} {y - 6:g}l6 6l-6 6l-6 -6z" fill="{colour}"/>'
    hollow = f'fill="none" stroke="{LIGHT.ink}" stroke-width="1.5"' if "few" in kinds else f'fill="{colour}"'
    if look.startswith("#"):
        return f'<rect x="{x:g}" y="{y - 6:g}" width="24" height="12" fill="{escape(look)}" stroke="{LIGHT.line}"/>'
    return f'<circle cx="{middle:g}" cy="{y:g}" r="5.5" {hollow}/>'
