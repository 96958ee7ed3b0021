"""Voor en na: the expander under a figure, whose table writes figures as the rest of the page does; its files keep numbers."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from wijkdata.ui import blocks
from wijkdata.views.voor_en_na import html, words


def show(
    description: str,
    make: Callable[[], pd.DataFrame],
    name: tuple[str, str, str],
    key: str,
    places: int = 0,
    label: str = blocks.TABLE,
) -> None:
    """Show a table as `blocks.table` does, with the Dutch minus, so many decimals, and no zero below zero.

    A table without numbers wraps its cells, which may be sentences.
    """

    def draw(frame: pd.DataFrame) -> None:
        if frame.select_dtypes("number").empty:
            st.html(html.wrapped(frame))
            return
        styled = words.formatted(frame, places)
        blocks.grid(styled, " ".join(name))

    blocks.table(description, make, name, key, label, draw)
