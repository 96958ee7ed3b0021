"""CBS tables of OData v3 in any file, beside the Kerncijfers: SES-WOA (85163NED) and Nabijheid (one table a year).

In SES-WOA `GemiddeldeScore` and `Waarde` occur many times and are told apart by their number, which is the same in all its
tables. In Nabijheid `Binnen5Km` occurs many times too, and its numbers shift: it belongs to the distance just before it.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.catalogue import Form
from wijkdata.sources.publishers.kwb_tables import identify
from wijkdata.sources.reading import cbs, dimensions, odata
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.periods import scope, span
from wijkdata.sources.reading.statline_csv import PERIOD
from wijkdata.sources.reading.tidy import Layout, reading, tidy

SES, NEARNESS = "ses_woa", "nabijheid"
_SES_TABLE = "85163NED"
_SAME_IN_ALL = ("GemiddeldeScore", "Waarde", "GemiddeldePercentielgroep")
_DISTANCE = re.compile(r"(AfstandTot\w+?)_(\d+)$")
_WITHIN = re.compile(r"(Binnen\d+Km)_(\d+)$")
# How many kinds of school and hospital there are, in the order of the table; and their numbers, for a table with some of them.
_REPEATED = {"AfstandTotSchool": (60, 64, 68, 72), "AfstandTotZiekenhuis": (11, 15)}
_MOST_WITHIN = 3
_IN_KWB = {"AantalInwoners", "GemiddeldeHuishoudensgrootte", "Bevolkingsdichtheid"}


def recognises_ses(path: Path) -> bool:
    """Whether this has areas, periods and the scores of SES-WOA."""
    return dimensions.of_open_data(path, "GemiddeldeScore", PERIOD)


def read_ses(path: Path, context: Context) -> Reading:
    """Read SES-WOA, one year or more. The publisher does not say of which year its areas are."""
    table = _renamed(path, _ses_names)
    when = dimensions.periods(table.frame[PERIOD], path)
    years = sorted({int(code) for code in when.codes.unique()})
    name = f"{_SES_TABLE}-{span(years)}-{scope(_codes(table).dropna())}"
    edition = Edition(SES, name, dutch.years(years), None, years[-1], division_given=False)
    return _reading(path, context, table, edition, when)


def recognises_nearness(path: Path) -> bool:
    """Whether this has areas and distances, and is not the table of Kerncijfers (which has a few of them)."""
    published = odata.columns(path)
    distances = any(_DISTANCE.match(name) for name in published)
    return (
        distances
        and dimensions.of_open_data(path)
        and not _IN_KWB & {odata.NUMBERED.sub("", name) for name in published}
    )


def read_nearness(path: Path, context: Context) -> Reading:
    """Read Nabijheid of one year. Raises QuestionError when nothing says the year."""
    table = _renamed(path, _nearness_names)
    identity = identify(path, context, table)
    edition = identity.edition(NEARNESS, context, _codes(table).dropna())
    year = pd.Series(identity.year, index=table.frame.index, dtype="int64")
    return _reading(path, context, table, edition, dimensions.Periods(year, ()))


READERS = (
    Reader("CBS SES-WOA (OData v3)", recognises_ses, read_ses),
    Reader("CBS Nabijheid voorzieningen (OData v3)", recognises_nearness, read_nearness),
)


def _renamed(path: Path, names: Callable[[tuple[str, ...]], dict[str, str]]) -> odata.OpenTable:
    """Read the table, its columns called as the catalogue calls them."""
    table, published = odata.read(path), odata.columns(path)
    short, wanted = odata.short_names(published), names(published)
    return replace(table, frame=table.frame.rename(columns={short[name]: wanted[name] for name in published}))


def _reading(
    path: Path, context: Context, table: odata.OpenTable, edition: Edition, when: dimensions.Periods
) -> Reading:
    wide = table.frame.assign(code=table.frame[table.region], period=when.codes)
    layout = Layout(edition.source, edition=edition.division, code_column=table.region, form=Form.ODATA3)
    parsed = cbs.parsed(wide, context.catalogue, layout, None if table.untyped else {})
    tidied = tidy(wide, context.catalogue, layout, path, parsed=parsed)
    named = cbs.areas_of(tidied.kept, Form.ODATA3)
    named["name"] = _municipal_names(tidied.kept)
    return reading(
        path,
        edition,
        len(table.frame),
        tidied,
        named=named,
        notes=table.notes,
        provisional=when.provisional,
    )


def _codes(table: odata.OpenTable) -> pd.Series:
    return areas.normalise_all(table.frame[table.region])


def _municipal_names(kept: pd.DataFrame) -> pd.Series | None:
    return kept["Gemeentenaam"].where(kept["code"].str[:2].isin(["GM", "NL"])) if "Gemeentenaam" in kept else None


def _ses_names(published: tuple[str, ...]) -> dict[str, str]:
    short = odata.short_names(published)
    return {name: name if odata.NUMBERED.sub("", name) in _SAME_IN_ALL else short[name] for name in published}


def _nearness_names(published: tuple[str, ...]) -> dict[str, str]:
    """Name each distance, and each count after its distance: `AfstandTotCafeED:Binnen1Km`, `AfstandTotSchool:2`."""
    times = Counter(match[1] for name in published if (match := _DISTANCE.match(name)))
    names = odata.short_names(published)
    seen: Counter[str] = Counter()
    distance, at = "", -_MOST_WITHIN
    for name in published:
        if match := _DISTANCE.match(name):
            seen[match[1]] += 1
            distance, at = _distance(match[1], int(match[2]), times[match[1]], seen[match[1]]), int(match[2])
            names[name] = distance
        elif (match := _WITHIN.match(name)) and 0 < int(match[2]) - at <= _MOST_WITHIN:
            names[name] = f"{distance}:{match[1]}"
    return names


def _distance(bare: str, number: int, times: int, position: int) -> str:
    """Tell schools and hospitals apart by their place in the whole table, or by their number in a part of it."""
    numbers = _REPEATED.get(bare)
    if numbers is None:
        return bare
    if times == len(numbers):
        return f"{bare}:{position}"
    return f"{bare}:{numbers.index(number) + 1}" if number in numbers else f"{bare}_{number}"
