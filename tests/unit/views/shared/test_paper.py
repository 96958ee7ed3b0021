"""A figure that leaves: everything it says stands on the sheet, as text in the SVG and as pixels in the PNG; Word has all three."""

import io
import json
import re
import struct
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from docx import Document

from wijkdata.views.shared import memo, paper
from wijkdata.views.shared.paper import Key, Panel, Sheet
from wijkdata.views.shared.tables import FICTIONAL
from wijkdata.views.shared.theme import LIGHT, config

LINE = json.dumps(
    {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "config": config(LIGHT),
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "height": 100,
        "data": {"values": [{"x": 1, "y": 1234.5}, {"x": 2, "y": 2000}]},
        "mark": {"type": "line", "clip": True},
        "encoding": {
            "x": {"field": "x", "type": "quantitative"},
            "y": {"field": "y", "type": "quantitative", "axis": {"format": ",.1f"}},
        },
    }
)
SHEET = Sheet(
    where="Kaart · gemeente <Vlierstede>",
    title="Drie van de zeven wijken staan onder Nederland & dat is een lange titel die over twee regels van het blad loopt",
    lead="Score in 2022.",
    keys=(Key("#7A3604", "onder 55 (3)"), Key("none", "geen gegevens (1)"), Key("tick worse", "stopt binnenkort")),
    panels=(Panel(LINE, "Nederland"), Panel(LINE, "Vlierstede")),
    source="Bron: Peiling (gemeente), 2022. n = 7 wijken.",
    fictional=True,
    colophon_text="Gemaakt met wijkdata op 29 november 2026.",
)


def texts(svg: str) -> str:
    """Every text of a drawing, lines joined."""
    return " ".join(
        "".join(one.itertext()) for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    )


def size(png: bytes) -> tuple[int, int]:
    """Width and height as the file says them."""
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize(
    "words",
    [
        SHEET.where,
        SHEET.title,
        SHEET.lead,
        SHEET.source,
        SHEET.colophon_text,
        "fictief",
        "Nederland",
        "onder 55 (3)",
        "2.000,0",
    ],
)
def test_all_that_a_figure_says_stands_on_its_sheet(words):
    assert words in texts(paper.svg(SHEET))


def test_real_figures_are_not_called_fictional():
    assert "fictief" not in texts(paper.svg(replace(SHEET, fictional=False)))


def test_two_drawings_on_one_sheet_share_no_name():
    drawn = paper.svg(SHEET)
    ids = re.findall(r'\bid="([^"]+)"', drawn)
    assert ids and len(ids) == len(set(ids))
    assert {name for name in re.findall(r"url\(#([^)]+)\)", drawn)} <= set(ids)


def test_a_sheet_asks_nothing_from_outside():
    asks = json.loads(LINE) | {"data": {"url": "http://127.0.0.1:9/figures.json"}}
    with pytest.raises(ValueError, match=r"(?i)not allowed|denied|access"):
        paper.svg(replace(SHEET, panels=(Panel(json.dumps(asks)),)))


def test_a_png_is_twice_the_size_of_the_sheet():
    svg = ElementTree.fromstring(paper.svg(SHEET))
    assert size(paper.png(SHEET)) == tuple(2 * int(svg.attrib[side]) for side in ("width", "height"))


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 0), ("kort", 1), ("woord " * 60, 4), ("x" * 400, 1)],
)
def test_a_text_is_broken_between_words(text, lines):
    found = paper.broken(text.strip(), 17)
    assert " ".join(found) == text.strip() and len(found) == lines


def test_word_has_the_sentence_the_figure_and_the_source():
    document = Document(io.BytesIO(memo.word(SHEET)))
    first, *_, last = [one.text for one in document.paragraphs]
    assert first == f"{SHEET.title}. {SHEET.lead}"
    assert last == f"{FICTIONAL} {SHEET.where}. {SHEET.source} {SHEET.colophon_text}"
    assert len(document.inline_shapes) == 1
    assert SHEET.title in document.inline_shapes[0]._inline.docPr.get("descr")
