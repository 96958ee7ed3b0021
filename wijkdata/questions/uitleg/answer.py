"""The answer of the page Uitleg about one indicator."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class IndicatorCard:
    """Everything known about one indicator. rows: (what, in words). columns: where each source keeps it, Dutch headings."""

    title: str
    rows: tuple[tuple[str, str], ...]
    columns: pd.DataFrame
