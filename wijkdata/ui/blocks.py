"""The parts every page is built of: head, choices, figure, source line, table, messages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Literal, TypeVar

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from wijkdata import dutch
from wijkdata.errors import WijkdataError
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.safe import markdown as plain
from wijkdata.ui import address, drawn, leaving, session
from wijkdata.views.shared import marks, paper, tables
from wijkdata.views.shared.theme import DARK, LIGHT, PRESENTING, Theme, with_contrast

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler  # brings a template engine: loaded when the first table is drawn

A = TypeVar("A")
# Characters of a title beside which the corner of a slide is free; a longer one (a question to the room) names its area itself.
_SHORT = 45
# Characters of a name that fit that corner, without four of them for "fictief"; a longer one stands with the source or the marks.
_CORNER = 28
# What the expander under a figure is called.
TABLE, TABLE_AND_PICTURE = "Beschrijving en tabel", "Beschrijving, tabel en beeld"
# So many values that cannot be used are named (while presenting there is one line); a longer value is cut and ends in "…".
_NAMED, _NAMED_ON_SLIDE, _LONG = 12, 3, 80


def theme(fictional: bool = False) -> Theme:
    """Return the tokens of the mode that the reader has chosen, larger while presenting, and then in high contrast if asked."""
    base = DARK if st.context.theme.type == "dark" else LIGHT
    if not address.presenting():
        return replace(base, fictional=fictional)
    base = with_contrast(base) if address.value(address.CONTRAST) == "1" else base
    return replace(base, k=PRESENTING, fictional=fictional)


def head(
    page: str, where: str, title: str, lead: str = "", fictional: bool = False, link: tuple[str, str] | None = None
) -> None:
    """Draw the eyebrow, the answer as title, and optionally one sentence. While presenting this is drawn only when the
    page turns out to have no figure (a figure has its own title).

    link: (how `where` begins, the address that those words are a link to).
    """
    now = drawn.current()
    now.fictional, now.page, now.where, now.title = fictional, page, where, title
    if address.presenting():
        now.slide = title, lead
        return
    mark = marks.fictional_mark(fictional)
    where_html = escape(where)
    if link is not None:
        where_html = f'<a class="wd-link" href="{escape(link[1])}" target="_self">{escape(link[0])}</a>'
        where_html += escape(where.removeprefix(link[0]))
    with st.container(gap=None):
        st.html(f'<p class="wd-eyebrow"><b>{escape(page)}</b> · {where_html}{mark}</p>')
        st.title(plain(title), anchor=False)
    if lead:
        st.markdown(plain(lead))
    now.under_title = st.container()


def under_title() -> DeltaGenerator | None:
    """Return the place for a notice under the title of the page; None when no title was drawn."""
    return drawn.current().under_title


def choices(of: str = "") -> DeltaGenerator:
    """Open the row of choices: `with blocks.choices(): address.choose(...)`. Not printed. of: the part, for a second row."""
    return st.container(horizontal=True, vertical_alignment="top", key=f"keuzes{of}")


def subtitle(text: str, anchor: str | Literal[False] = False) -> None:
    """Draw the title of a figure or a list: the level right under the page's title, in the size of a chart title.

    anchor: what a link to this part ends in (`#begrippen`); False for none.
    """
    sheet(text, fictional=drawn.current().fictional)
    st.header(plain(text), anchor=anchor)


def figure(title: str, lead: str = "", short: str = "", fictional: bool = False) -> bool:
    """Start a figure: its title is the answer. Return whether to draw it.

    While presenting, one figure is drawn at a time, under `short` (at most 45 characters). Without a title (the tiles,
    whose title is that of the page) only `short` is ever shown.
    """
    now = drawn.current()
    now.figures += 1
    if not address.presenting():
        if title:
            subtitle(title)
        sheet(title or now.title, lead, fictional)
        if lead:
            st.html(f'<p class="wd-lead">{escape(lead)}</p>')
        return True
    if now.figures != now.step + 1:
        return False
    _slide_title(short or title, fictional)
    return True


def sheet(title: str, lead: str = "", fictional: bool = False) -> None:
    """Begin the sheet with which the next drawings leave the page; a figure and a subtitle do so themselves."""
    drawn.current().figure = drawn.Figure(title, lead, fictional)


def chart(
    view: Callable[[A, Theme], object],
    answer: A,
    alt: str,
    key: str,
    fictional: bool = False,
    printed: str | None = "",
) -> None:
    """Draw a Vega-Lite chart with its text alternative.

    printed: its name on the sheet with which the figure leaves, needed where there are several; None: it is not on it.
    """
    spec = session.draw(view, answer, theme(fictional))
    st.vega_lite_chart(spec, theme=None, width="stretch", key=key, alt=alt)
    if printed is not None:
        on_paper(view, answer, printed)


def on_paper(view: Callable[[A, Theme], object], answer: A, name: str = "") -> None:
    """Put a drawing on the sheet with which the figure leaves: for what the screen draws in another way."""
    drawn.current().figure.drawings.append((view, answer, name))


def legend_on_paper(keys: tuple[paper.Key, ...], lead: str = "") -> None:
    """Put a legend on the sheet with which the figure leaves, and what the screen says beside it."""
    figure = drawn.current().figure
    figure.keys += keys
    figure.lead = figure.lead or lead


def legend(parts: list[tuple[str, str]]) -> None:
    """Draw a legend: (class of the mark, words)."""
    marked = "".join(f'<span><i class="{look}"></i>{escape(text)}</span>' for look, text in parts)
    st.html(f'<p class="wd-legend">{marked}</p>')
    legend_on_paper(tuple(paper.Key(look, text) for look, text in parts))


def source(line: SourceLine | str, short: str = "", of: tuple[str, ...] = ()) -> None:
    """Draw the source line of a figure: publisher, years, unit, n, what is left out and why. One line while presenting:
    `short`, else that of the line. of: the ids of the sources that a line of text names; a SourceLine has its own."""
    text = line.text if isinstance(line, SourceLine) else line
    figure = drawn.current().figure
    figure.sources.append(text)
    figure.cited += [line.published] if isinstance(line, SourceLine) else []
    figure.source_ids += line.sources if isinstance(line, SourceLine) else of
    if address.presenting():
        text = short or (line.short if isinstance(line, SourceLine) else line)
    st.html(f'<p class="wd-source">{escape(text)}</p>')


def grid(frame: "pd.DataFrame | Styler", what: str, height: int | Literal["auto"] = "auto", rows: bool = False) -> None:
    """Draw a table to scroll in. A missing value is a dash. rows: with the names of the rows."""
    st.dataframe(
        frame, width="stretch", height=height, hide_index=not rows, placeholder=dutch.MISSING, alt=f"Tabel: {what}"
    )


def table(
    description: str,
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    name: tuple[str, str, str],
    key: str,
    label: str = TABLE,
    show: Callable[[pd.DataFrame], None] | None = None,
) -> None:
    """Draw an expander: the chart in words ("" where the page has just said it), the table, and its downloads.

    name: what, where, when, for the file name, which says "fictief" when the page does. frame: the table, or a function
    that makes it. It is sent when somebody opens the expander: formatting every closed table was half the work of a page.
    show: draws the table; default as numbers with two decimals.
    """
    if address.presenting():
        return
    name, belongs_to, pictured = _marked(name), drawn.current().figure, label == TABLE
    if belongs_to.drawings and pictured:
        label = TABLE_AND_PICTURE
    with st.expander(label, key=f"tabel_{key}", on_change="rerun") as expander:
        if description:
            st.markdown(plain(description))
        if not expander.open:
            return
        frame = frame() if callable(frame) else frame
        if show is not None:
            show(frame)
        else:
            grid(_dutch(frame), " ".join(name))
        leaving.downloads(frame, name, key, leaving.Taken(belongs_to, pictured))


def listing(items: list[tuple[str, str, str]]) -> None:
    """Draw a ruled list of (bold, sentence, small print); nothing of no items."""
    if not items:
        return
    rows = "".join(
        f'<div role="listitem"><b>{escape(bold)}</b> {escape(text)}<small>{escape(small)}</small></div>'
        for bold, text, small in items
    )
    st.html(f'<div class="wd-list" role="list">{rows}</div>')


def read_this(text: str) -> None:
    """Draw the box "Lees dit zo" that belongs to a figure."""
    if address.presenting():
        return
    st.html(f'<div class="wd-read"><b>Lees dit zo</b>{escape(text)}</div>')


def skeleton(text: str) -> None:
    """Draw a box that says what this place will show once there are figures."""
    st.html(f'<div class="wd-skeleton">{escape(text)}</div>')


def empty(page: str, title: str, text: str) -> DeltaGenerator:
    """Draw the empty state: the sentence and what to do. Return the row of the button, for a page that has a second one."""
    head(page, "nog geen gegevens", title, text)
    row = st.container(horizontal=True)
    if row.button("Naar Gegevens", type="primary", key="doe_gegevens"):
        st.switch_page("pages/gegevens.py")
    return row


def of_row(label: str, of: str) -> str:
    """Return the label of a button that stands in every row, with what tells the rows apart for whoever does not see them: the text
    of the style that screen.css keeps out of sight in a row. The key of the row begins with `rij_`."""
    return f"{label} :small[({plain(of)})]"


@contextmanager
def problems(lead: str = "") -> Iterator[None]:
    """Say an error of ours as a sentence where it arises; what comes after goes on. lead: Markdown before it."""
    try:
        yield
    except WijkdataError as error:
        st.error(f"{lead}{plain(str(error))}", icon=":material/error:")


def say_misses() -> None:
    """End a page: say under its title which values of the address cannot be chosen, while presenting in one small line.

    While presenting, a page without a figure shows its head here.
    """
    now, misses = drawn.current(), address.misses()
    if now.slide is not None and not now.figures:
        _slide_title(now.slide[0], now.fictional)
        st.markdown(plain(now.slide[1]))
    place, now.under_title, now.slide = now.under_title, None, None
    if place is None:
        return
    if led := address.led():
        _say_led(place, led)
    if not misses:
        return
    if address.presenting():
        listed = "; ".join(f"{_values(values, _NAMED_ON_SLIDE)} bij {name}" for name, values in misses.items())
        line = f"Niet alles uit de link kan hier worden gekozen: {listed}. U ziet wat wel kan."
        place.html(f'<div class="wd-small">{escape(line)}</div>')
        return
    for name, values in misses.items():
        many = len(values) > 1
        place.warning(
            f"**Deze link wijst naar iets dat hier niet kan.** De {'waarden' if many else 'waarde'} {plain(_values(values))} "
            f"bij {name} {'kunnen' if many else 'kan'} hier niet worden gekozen. Hieronder ziet u wat wel kan.",
            icon=":material/link_off:",
        )


def _say_led(place: DeltaGenerator, led: list[str]) -> None:
    """Say which former names and codes the link used."""
    text = " ".join([*led[:_NAMED], *([f"En nog {len(led) - _NAMED}."] if len(led) > _NAMED else [])])
    if address.presenting():
        place.html(f'<div class="wd-small">{escape(text)}</div>')
        return
    place.info(plain(text), icon=":material/signpost:")


def _values(values: list[str], most: int = _NAMED) -> str:
    """List values: `‘a’`, `‘a’ en ‘b’`, `‘a’, ‘b’ en nog 3`. What is in the catalogue goes by its name."""
    known = session.catalogue().indicators
    names = [known[one].short if one in known else one for one in values[:most]]
    named = [f"‘{one if len(one) <= _LONG else one[:_LONG] + '…'}’" for one in names]
    rest = len(values) - len(named)
    return dutch.listing([*named, f"nog {rest}"] if rest else named)


def _slide_title(title: str, fictional: bool) -> None:
    """Draw the title of a slide, of which area it is in the corner, and a place under it for the values of the link that cannot be used."""
    st.title(plain(title), anchor=False)
    of = drawn.current().place
    of = of if len(title) <= _SHORT and len(of) <= _CORNER - 4 * fictional else ""
    if of or fictional:
        mark = marks.fictional_mark(fictional)
        st.html(f'<p class="wd-hoek"><span class="wd-hoek-plek">{escape(of)}</span>{mark}</p>')
    if address.misses() or address.led():  # an empty place would take room that the figure needs
        drawn.current().under_title = st.container()


def _marked(name: tuple[str, str, str]) -> tuple[str, str, str]:
    """Mark the name of a file with invented figures as "fictief": a file is passed on without its page."""
    what, where, when = name
    if drawn.current().fictional:
        where = f"{where}-fictief" if where else "fictief"
    return what, where, when


def _dutch(frame: pd.DataFrame) -> "Styler":
    """Format numbers as on the screen (1.234,5); a year is no quantity; a missing value is an empty cell, never 0."""
    numeric = list(frame.select_dtypes("number").columns)
    years = [
        name for name in numeric if pd.api.types.is_integer_dtype(frame[name]) and frame[name].between(1900, 2100).all()
    ]
    style = frame.style
    for name in numeric:
        places = tables.decimals(frame[name])
        style = style.format(decimal=",", thousands=".", na_rep="", precision=places, subset=[name])
    return style.format("{:d}", subset=years) if years else style
