"""Answers of the page Uitleg."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Explanation:
    """One method: `id` (anchor and address), title, and the text in Markdown."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class IndicatorCard:
    """Everything known about one indicator. rows: (what, in words). columns: where each source keeps it, Dutch headings."""

    title: str
    rows: tuple[tuple[str, str], ...]
    columns: pd.DataFrame
