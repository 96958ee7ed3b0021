"""Whether a table that nobody knows holds reports: a column of days, and places as coordinates."""

import itertools

import numpy as np
import pandas as pd

from wijkdata.sources.reports import dates, gathering, locating
from wijkdata.sources.reports.columns import plain

# Of what a column holds so much is what it seems to be.
SHARE = 0.8


def day_column(sample: pd.DataFrame) -> tuple[str, bool]:
    """Find the column of days, else of months: the one whose name says that it is of the report goes first."""
    columns: dict[bool, list[str]] = {False: [], True: []}
    for name in map(str, sample):
        texts = [text for text in sample[name].unique() if text]
        column = gathering.day_texts(texts)
        moments = dates.moments(column)
        if texts and (moments.days != dates.NO_DAY).mean() >= SHARE:
            columns[moments.months].append(name)
    for months, names in columns.items():
        if names:
            return next((name for name in names if "meld" in plain(name)), names[0]), months
    return "", False


def numbers(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells.astype(str).str.replace(",", ".", regex=False), errors="coerce")


def coordinates(sample: pd.DataFrame, numeric: set[str]) -> tuple[str, str]:
    """Find two columns beside each other that are places in the Netherlands, in degrees or metres."""
    names = [str(name) for name in sample if str(name) in numeric]
    for first, second in itertools.pairwise(names):
        x, y = (numbers(sample[name]).to_numpy(dtype=float) for name in (first, second))
        if np.isfinite(locating.degrees(x, y)[0]).mean() >= SHARE:
            return first, second
    return "", ""


def numeric(sample: pd.DataFrame) -> set[str]:
    """List the columns of numbers."""
    return {str(name) for name in sample if numbers(sample[name]).notna().mean() >= SHARE}
