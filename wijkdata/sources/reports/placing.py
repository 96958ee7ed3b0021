"""The area of each report: by the column that names it, else by its coordinates; and of which gemeenten a file is."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from wijkdata import areas
from wijkdata.sources.reports import locating
from wijkdata.sources.reports.gathering import Gathered

# Of a gemeente with less than this share of the reports, they were made elsewhere and only lie there.
_SHARE = 0.02
ELSEWHERE = -2

# Writes texts of a column of areas as codes; None for what is none.
Resolve = Callable[[list[str]], list[str | None]]


def by_code(texts: list[str]) -> list[str | None]:
    """Read texts as codes of the CBS."""
    return [areas.normalise(text) for text in texts]


@dataclass(frozen=True)
class Placed:
    """Reports as areas. at: per row a position in codes, NOWHERE or ELSEWHERE. home: the gemeenten of the file. unread: per row the
    number of a text that names no known area, 0 for none. division: of the borders that were used. turned: see `locating.Places`."""

    codes: list[str]
    at: np.ndarray
    unread: np.ndarray
    division: int | None = None
    turned: int = 0
    home: tuple[str, ...] = ()


def place(gathered: Gathered, borders: pd.DataFrame, used: np.ndarray, resolve: Resolve) -> Placed:
    """Find the area of each row, and mark what lies in a gemeente that is not of this file."""
    return _from_home(_by_borders(_by_text(gathered, resolve), gathered, borders, used), used)


def _by_text(gathered: Gathered, resolve: Resolve) -> Placed:
    """Read the column that names the area."""
    at, unread = np.full(gathered.rows, locating.NOWHERE), np.zeros(gathered.rows, dtype="int32")
    if not gathered.areas.parts:
        return Placed([], at, unread)
    texts, written = resolve(gathered.areas.texts), gathered.areas.all
    codes = sorted({text for text in texts if text and text != "NL00"})
    number = {code: position for position, code in enumerate(codes)}
    at = np.array([number.get(text or "", locating.NOWHERE) for text in texts])[written]
    return Placed(codes, at, np.where(at == locating.NOWHERE, written, 0))


def _by_borders(placed: Placed, gathered: Gathered, borders: pd.DataFrame, used: np.ndarray) -> Placed:
    """Place by coordinates what the text did not place."""
    left = np.flatnonzero(used & (placed.at == locating.NOWHERE))
    if not gathered.x or borders.empty or not len(left):
        return placed
    places = locating.locate(np.concatenate(gathered.x)[left], np.concatenate(gathered.y)[left], borders)
    at = placed.at.copy()
    at[left] = np.where(places.at == locating.NOWHERE, locating.NOWHERE, places.at + len(placed.codes))
    seen = np.unique(places.at[places.at >= 0])
    division = int(borders["division"].to_numpy()[seen].max()) if len(seen) else None
    unread = np.where(at == locating.NOWHERE, placed.unread, 0)
    return Placed([*placed.codes, *places.codes], at, unread, division, places.turned)


def _from_home(placed: Placed, used: np.ndarray) -> Placed:
    """Tell of which gemeenten the file is; what lies in another one is marked as such."""
    if not placed.codes:
        return placed
    gemeente = [areas.municipality_of(code) or "" for code in placed.codes]
    here = placed.at[used & (placed.at >= 0)]
    shares = (
        pd.Series(np.array(gemeente, dtype=object)[here]).value_counts(normalize=True) if len(here) else pd.Series()
    )
    home = sorted(str(code) for code in shares.index[shares >= _SHARE])
    outside = np.array([one not in home for one in gemeente], dtype=bool)
    marked = placed.at.copy()
    marked[(placed.at >= 0) & outside[np.clip(placed.at, 0, None)]] = ELSEWHERE
    return replace(placed, at=marked, home=tuple(home))
