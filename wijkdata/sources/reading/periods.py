"""Read years and months as publishers write them; the parts of a table id made of periods and gemeenten."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pandas as pd

from wijkdata import areas
from wijkdata.errors import Problem
from wijkdata.sources.reading.tables import too_many

_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"([0-9]{4})(?:-|MM)?(0[1-9]|1[0-2])(?:-01)?")


def whole_years(cells: pd.Series, path: Path, *, first: int = 1990, last: int = 2100) -> pd.Series:
    """Read a column of years as int64; messages use the name of the series. Raises InputError naming each wrong row."""
    texts = cells.astype(str).str.strip()
    good = texts.map({text: bool(_YEAR.fullmatch(text)) and first <= int(text) <= last for text in texts.unique()})
    if not good.all():
        name = str(cells.name)
        remedy = f"verwacht wordt een jaar van vier cijfers ({first} tot en met {last})"
        bad = texts[~good.astype(bool)]
        raise too_many(
            [Problem(path.name, "dit is geen jaar", remedy, int(row), name, bad[row]) for row in bad.index], path
        )
    return texts.astype("int64")


def period(text: str) -> int | None:
    """Read `2014` and `2014JJ00` as 2014; `2014-03`, `2014MM03`, `201403` and `2014-03-01` as 201403; else None.

    A star at the end (CBS: provisional) is ignored. A spreadsheet turns `2014-03` into the first of that month by itself.
    """
    bare = text.strip().rstrip("*").strip().upper().removesuffix("JJ00")
    if _YEAR.fullmatch(bare) and 1990 <= int(bare) <= 2100:
        return int(bare)
    month = _MONTH.fullmatch(bare)
    if month and 1990 <= int(month[1]) <= 2100:
        return int(month[1]) * 100 + int(month[2])
    return None


def span(periods: list[int]) -> str:
    """Write first and last period for a table id: "2014", "2014-2022", "201401-201412"."""
    return str(min(periods)) if min(periods) == max(periods) else f"{min(periods)}-{max(periods)}"


def scope(codes: pd.Series) -> str:
    """Write the gemeenten of normalised codes for a table id: "NL", "GM0363", "GM0014-GM0363", "12-gemeenten-1a2b3c".

    With it, the export of another gemeente is another table and does not replace an earlier export.
    """
    gemeenten = sorted({areas.municipality_of(code) or "NL" for code in codes.unique()})
    if "NL" in gemeenten:
        return "NL"
    return "-".join(gemeenten) if len(gemeenten) <= 3 else f"{len(gemeenten)}-gemeenten-{short_hash(gemeenten)}"


def short_hash(words: list[str]) -> str:
    """Make six characters that differ when the words differ; the same on every machine."""
    return hashlib.sha256("\n".join(words).encode("utf-8")).hexdigest()[:6]


def iso_day(text: str) -> str | None:
    """Take the day from a moment such as `2026-04-30T12:00:00`, as text; None when that day does not exist."""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None
