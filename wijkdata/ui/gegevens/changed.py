"""The section of Gegevens about what changed in the figures: with what to compare, what changed, and one figure of it."""

import streamlit as st

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.questions.gegevens import changed, question
from wijkdata.questions.gegevens.answer import ChangedAnswer, StockAnswer
from wijkdata.ui import address, blocks, place, session
from wijkdata.views.gegevens import changed as drawing
from wijkdata.views.gegevens import edition_words, words

_NOTHING = ""


def show(stock: StockAnswer) -> None:
    """Draw the choices and, when something was chosen to compare with, what changed since."""
    monitor = session.current()
    known = session.ask(changed.earlier) if monitor is not None else ()
    if monitor is None or not known:
        st.html('<p class="wd-lead">Er is nog geen eerdere stand of uitgave om mee te vergelijken.</p>')
        return
    names = {one.key: edition_words.earlier_name(one) for one in known}
    with blocks.choices("_veranderd"):
        key = address.choose(
            "sinds_stand",
            "Vergelijk met",
            [_NOTHING, *names],
            _NOTHING,
            lambda one: names.get(one, "Kies een stand of uitgave"),
            width=420,
        )
        if not key:
            return
        municipalities = place.municipality_names(monitor)
        where = address.choose(
            "veranderd_in",
            "Waar",
            [_NOTHING, *municipalities],
            _NOTHING,
            lambda one: municipalities.get(one, "Alle gemeenten"),
            width=240,
        )
    asked = changed.Asked(key, where, stock.fictional)
    answer = session.ask(changed.answer, asked)
    if blocks.figure(
        edition_words.changed_title(answer), edition_words.changed_lead(answer), "Wat veranderde er?", answer.fictional
    ):
        _changed(answer, asked)


def _changed(answer: ChangedAnswer, asked: changed.Asked) -> None:
    if answer.rows.empty:
        return
    blocks.listing(edition_words.changed_sources(answer))
    blocks.source(edition_words.changed_source(answer))
    where = answer.municipality_name or "alle-gemeenten"
    name = ("veranderde-cijfers", where, f"sinds {dutch.day(answer.since.moment)}")
    blocks.table(edition_words.changed_title(answer), lambda: drawing.table(answer), name, "veranderd")
    _one_figure(answer, asked)


def _one_figure(answer: ChangedAnswer, asked: changed.Asked) -> None:
    """Draw the choice of one indicator and period that changed, and what became of it where."""
    rows = {f"{row.indicator}.{row.period}": row for row in answer.rows.itertuples()}
    most = max(rows, key=lambda key: (rows[key].revised, rows[key].new + rows[key].gone + rows[key].final))
    with blocks.choices("_veranderd_cijfer"):
        key = address.choose(
            "veranderd_cijfer",
            "Cijfer",
            list(rows),
            most,
            lambda one: edition_words.changed_row(rows[one]),
            width=420,
            always=True,
        )
        row = rows[key]
        levels = [str(level) for level in question.LEVELS if level in row.levels]
        level = address.choose(
            "niveau_veranderd", "Niveau", levels, levels[0], words.level_name, width=150, always=True
        )
    figures = session.ask(changed.figures, asked, row.indicator, int(row.period), Level(level))
    if not blocks.figure(
        edition_words.figures_title(figures), edition_words.figures_lead(figures), row.short, figures.fictional
    ):
        return
    if figures.features:
        st.html(drawing.legend(figures, blocks.theme(figures.fictional)))
        blocks.chart(drawing.chart, figures, edition_words.figures_text(figures), "veranderd_kaart", figures.fictional)
    blocks.source(edition_words.figures_source(figures))
    name = (f"veranderd-{row.short}", figures.municipality_name or "alle-gemeenten", figures.when)
    blocks.table(edition_words.figures_text(figures), lambda: drawing.areas_table(figures), name, "veranderd_gebieden")
