"""Read years and months as publishers write them; the parts of a table id made of periods and gemeenten."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pandas as pd

from wijkdata import areas
from wijkdata.errors import Problem, QuestionError
from wijkdata.sources.reading.tables import too_many

_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"([0-9]{4})(?:-|MM)?(0[1-9]|1[0-2])(?:-01)?")

# The moment of saving or of the last change in a name or title: `_11122025_141648`, `20251211`, `2025-12-11`, `11-12-2025`.
_MOMENT = re.compile(
    r"(?<!\d)(?:\d{8}(?:[_ -]\d{4,6})?|\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{4}|\d{1,2} [a-z]{3,9} \d{4})(?!\d)", re.I
)
_YEAR_IN_TEXT = re.compile(r"(?<!\d)(?:199\d|20[0-4]\d)(?!\d)")


def year_in(text: str) -> int | None:
    """Find the one year in a name or a title; the day on which the file was saved is none. None: no year, or several."""
    years = set(_YEAR_IN_TEXT.findall(_MOMENT.sub(" ", text)))
    return int(years.pop()) if len(years) == 1 else None


def ask_year(path: Path, table: str) -> QuestionError:
    """Make the question for a table that does not say of which year it is; the caller raises it. table: `deze tabel`."""
    return QuestionError(
        [
            Problem(
                path.name,
                f"in {table} staat niet van welk jaar de cijfers zijn",
                f"zeg bij het inlezen van welk jaar zij zijn, of zet het in de naam van het bestand, bijvoorbeeld "
                f"{path.stem[:40]}_2024{path.suffix}",
            )
        ],
        asked="year",
    )


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
