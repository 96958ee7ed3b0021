"""Read years, quarters and months as publishers write them; the parts of a table id made of periods and gemeenten."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pandas as pd

from wijkdata import areas
from wijkdata.dutch import MONTHS
from wijkdata.errors import Problem, QuestionError
from wijkdata.periods import Period
from wijkdata.sources.reading.tables import too_many

_YEAR = re.compile(r"[0-9]{4}")
_FIRST, _LAST = 1990, 2100
# The names of months, in Dutch and as far as they differ in English, by all their beginnings of three letters or more.
_NAMES = {
    name[:length]: number
    for number, names in enumerate(
        [*zip(MONTHS, ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                       "november", "december"), strict=True)], start=1)
    for name in (*names, *(("mrt",) if number == 3 else ()))
    for length in range(3, len(name) + 1)
}  # fmt: skip
_MONTH_NAME = r"(?P<name>[a-z]{3,9})\.?"
_Y, _M, _Q = r"(?P<year>\d{4})", r"(?P<month>0?[1-9]|1[0-2])", r"(?P<quarter>[1-4])"
_QUARTER_WORD = r"(?:kwartaal|kwart\.?|kw|quarter|q|k)"
# Each way of writing, as a whole; the groups say what is in it.
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_Y}(?:jj00)?",
        rf"{_Y}(?:[-/]?mm?|[-/])?(?P<month>0[1-9]|1[0-2])(?:-01)?",
        rf"{_Y}m{{1,2}}(?P<month>[1-9])",
        rf"{_M}[-/]{_Y}",
        rf"{_MONTH_NAME}[ -]?{_Y}",
        rf"{_Y}[ -]?{_MONTH_NAME}",
        rf"{_Y}[ -]?{_QUARTER_WORD} ?0?{_Q}",
        rf"{_QUARTER_WORD} ?{_Q}[ ,/-]?(?:van )?{_Y}",
        rf"{_Q}e? ?{_QUARTER_WORD}[ ,/-]?(?:van )?{_Y}",
        rf"{_Y}[ ,-] ?{_Q}e {_QUARTER_WORD}",
        rf"(?P<day>0?[1-9]|[12]\d|3[01])[-/. ]{_M}[-/. ]{_Y}",
        rf"(?P<day>0?[1-9]|[12]\d|3[01])[ -]{_MONTH_NAME}[ -]{_Y}",
        rf"{_Y}-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])",
    )
)
_MIDNIGHT = re.compile(r"(?<=\d)[t ]00:00(?::00(?:\.0+)?)?z?$")
_WEEK = re.compile(r"\d{4}[- ]?w\d{2,3}|\d{4}-?w\d{1,2}|(?:week|wk) ?\d{1,2}.*|\d{4}[ -](?:week|wk) ?\d{1,2}")
_TWO_YEARS = re.compile(r"\d{4} ?/ ?'?(?:\d{2}|\d{4})|\d{4} ?(?:-|t/m|tot en met|tot) ?\d{4}")

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
    """Read a period as the integer of the store (2014, 20142, 201403), or None.

    `2014`, `2014JJ00` and 1 January 2014 are a year; `2e kwartaal 2014`, `2014KW02` and `2014-Q2` a quarter; `maart 2014`,
    `2014MM03`, `03-2014`, `201403`, `2014-03` and any other day a month. A star at the end (CBS: provisional) is ignored.
    A spreadsheet turns `2014-03` into the first of that month by itself, so `2014-01-01` is January.
    """
    bare = _MIDNIGHT.sub("", " ".join(text.split()).rstrip("* ").casefold())
    for form in _FORMS:
        if (match := form.fullmatch(bare)) and (code := _code(match.groupdict())) is not None:
            return code
    return None


def is_provisional(text: str) -> bool:
    """Tell whether the publisher marks a period as one that will be revised: `2024*`, `2024**`."""
    return text.rstrip().endswith("*")


def why_no_period(text: str) -> str:
    """Say in a Dutch half-sentence why this cell is no period."""
    bare = " ".join(text.split()).rstrip("* ").casefold()
    if not bare:
        return "hier ontbreekt de periode"
    if _WEEK.fullmatch(bare):
        return "dit is een week; wijkdata bewaart jaren, kwartalen en maanden"
    if _TWO_YEARS.fullmatch(bare):
        return "dit is een tijdvak van meer jaren; wijkdata bewaart een jaar, kwartaal of maand"
    return "dit is geen periode"


def _code(parts: dict[str, str | None]) -> int | None:
    """Make the integer of the store from the parts of a period; None when there is no such day, month or year."""
    year = int(parts["year"] or 0)
    if not _FIRST <= year <= _LAST:
        return None
    if parts.get("quarter"):
        return Period(year, quarter=int(parts["quarter"] or 0)).code
    month = _NAMES.get(parts["name"] or "") if parts.get("name") else int(parts.get("month") or 0)
    if month is None or not parts.get("day"):
        return Period(year, month).code if month is not None else None
    try:
        day = date(year, month, int(parts["day"] or 0))
    except ValueError:
        return None
    return year if (day.month, day.day) == (1, 1) else Period(year, month).code


def span(periods: list[int]) -> str:
    """Write first and last period for a table id: "2014", "2014-2022", "20141-20144", "201401-201412"."""
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
