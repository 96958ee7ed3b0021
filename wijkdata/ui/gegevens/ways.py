"""The part of Gegevens about two years that one chooses: what can be converted, and the way of one area."""

from html import escape

import streamlit as st

from wijkdata.questions.gegevens import ways
from wijkdata.questions.gegevens.answer import ConversionAnswer, LinksAnswer, WayAnswer
from wijkdata.ui import address, blocks, session
from wijkdata.views.gegevens import ways as drawing
from wijkdata.views.gegevens import words


def draw(linked: LinksAnswer) -> None:
    """Draw the choice of two years, the three lists, and the way of one area; not on a slide."""
    years = session.ask(ways.years, linked.municipality, linked.level)
    if address.presenting() or len(years) < 2:
        return
    blocks.subtitle("Van het ene jaar naar het andere", "omzetten")
    with blocks.choices("_omzetten"):
        names = [str(year) for year in years]
        year_from = address.choose("van", "Van", names, str(linked.since), width=110)
        later = [name for name in names if name != year_from]
        year_to = address.choose("naar", "Naar", later, later[-1], width=110)
    answer = session.ask(ways.conversion, linked.municipality, linked.level, int(year_from), int(year_to))
    st.html(f'<p class="wd-lead">{escape(words.conversion_lead(answer))}</p>')
    blocks.listing(drawing.lists(answer))
    name = ("omzetting", answer.municipality_name, f"{year_from}-{year_to}")
    blocks.table("", lambda: drawing.table(answer), name, "omzetting", "Elk gebied, met bewijs")
    _way(answer)


def _way(answer: ConversionAnswer) -> None:
    """Draw the way of one area of the later of the two years."""
    since, until = sorted((answer.year_from, answer.year_to))
    areas = session.ask(ways.areas, answer.municipality, answer.level, until)
    if not areas:
        return
    with blocks.choices("_weg"):
        label = f"De weg van een {answer.level.value} van {until}"
        code = address.choose("gebied_weg", label, list(areas), next(iter(areas)), areas.__getitem__, width=320)
    way = session.ask(ways.way, code, since, until)
    text = words.way_text(way)
    st.html(f'<p class="wd-lead">{escape(text)}</p>')
    when = f"{since}-{until}"
    blocks.table("", lambda: drawing.way_table(way), ("weg", way.name, when), "weg", "De weg, jaar voor jaar")
    if not way.unchanged and not way.union.empty:
        _series(answer, way)


def _series(answer: ConversionAnswer, way: WayAnswer) -> None:
    """Draw the series of a count over the union, which is whole where that of the area alone is not."""
    counts = session.ask(ways.counts, answer.municipality, answer.level)
    if not counts:
        return
    with blocks.choices("_samen"):
        label = "Een aantal, alleen en samen"
        count = address.choose("aantal", label, list(counts), next(iter(counts)), counts.__getitem__, width=320)
    counted = session.ask(ways.way, way.code, way.since, way.until, count)
    blocks.sheet(words.series_title(counted), words.way_text(counted), counted.fictional)
    blocks.source(words.series_source(counted))
    name = (f"{counted.counted.short} samen", way.name, f"{way.since}-{way.until}")
    blocks.table("", lambda: drawing.series_table(counted), name, "samen", f"{counted.counted.short}, alleen en samen")
