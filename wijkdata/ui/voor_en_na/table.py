"""Voor en na: the expander under a figure, whose table says figures as the rest of the page does; its files keep numbers."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from wijkdata.questions.voor_en_na.answer import ImpactAnswer
from wijkdata.ui import blocks
from wijkdata.views.voor_en_na import html, words


def show(
    description: str,
    make: Callable[[], pd.DataFrame],
    name: tuple[str, str, str],
    key: str,
    answer: ImpactAnswer,
    places: int | None = None,
    label: str = "Beschrijving en tabel",
) -> None:
    """As `blocks.table`, with the minus and the decimals of the topic (or `places`), and no zero below zero.

    A table without numbers wraps its cells, which may be sentences.
    """

    def draw(frame: pd.DataFrame) -> None:
        if frame.select_dtypes("number").empty:
            st.html(html.wrapped(frame))
            return
        shown = words.as_said(frame, words.decimals(answer.topic) if places is None else places)
        st.dataframe(shown, hide_index=True, width="stretch", alt=f"Tabel: {' '.join(name)}")

    blocks.table(description, make, name, key, label, draw)
