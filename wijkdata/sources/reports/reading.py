"""A file of single reports to a Reading: counts with own categories, and an account of what could not be counted."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from wijkdata import periods
from wijkdata.areas import Level, level_of
from wijkdata.catalogue import Catalogue
from wijkdata.sources.reading import tidy
from wijkdata.sources.reading.base import OBSERVATION_COLUMNS, Context, Edition, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.periods import scope, span
from wijkdata.sources.reports import categories, counting, table, words
from wijkdata.sources.reports.columns import ReportColumns
from wijkdata.sources.reports.counting import Counted
from wijkdata.sources.reports.locating import newest
from wijkdata.sources.reports.placing import Resolve, by_code

NO_DAY = "dit is geen dag"
AMBIGUOUS = "deze dag kan op twee manieren worden gelezen: dag eerst of maand eerst"
FUTURE = "deze dag ligt in de toekomst"
NO_COUNT = "dit is geen aantal meldingen (verwacht: een geheel getal van 0 of meer)"
OTHER_WIDTH = "deze rij heeft een ander aantal velden dan de kop"


@dataclass(frozen=True)
class Kind:
    """What a file is read as. table: the name of the table, without its months and gemeenten. resolve: texts of areas to codes."""

    table: str = "meldingen"
    label: str = "meldingen"
    resolve: Resolve = by_code


def read(
    path: Path, context: Context, columns: ReportColumns, kind: Kind | None = None, today: date | None = None
) -> Reading:
    """Count the reports of a file. Raises InputError: damaged, no report with a day, none with an area that is known."""
    kind, rows = kind or Kind(), table.Rows()
    borders = newest(context.borders)
    counted = counting.count(table.pieces(path, columns, rows), columns, borders, today or date.today(), kind.resolve)
    _refuse_without(path, counted, columns, borders)
    named = categories.name(_reports_of(counted), context.catalogue)
    observations = _observations(counted, named, context.catalogue)
    tidied = tidy.Tidied(observations, observations[["code"]].drop_duplicates(), _rejected(counted, columns, rows))
    reading = tidy.reading(
        path,
        _edition(kind, counted, observations),
        counted.rows + len(rows.wrong),
        tidied,
        notes=words.notes(counted, named, context.catalogue),
        provisional=() if counted.not_counted.last is None else (_period(counted.not_counted.last),),
    )
    return replace(reading, own_indicators=named.new)


def _edition(kind: Kind, counted: Counted, observations: pd.DataFrame) -> Edition:
    """Name the table by its months and gemeenten. Areas found by borders are those of that division."""
    months = sorted({int(code) for code in observations["period"].unique()})
    year = periods.Period.of(months[-1]).year
    return Edition(
        categories.SOURCE,
        f"{kind.table}-{span(months)}-{scope(observations['code'])}",
        f"{kind.label} {periods.when_text(months)}",
        None,
        counted.division or year,
        division_given=counted.division is not None,
    )


def _refuse_without(path: Path, counted: Counted, columns: ReportColumns, borders: pd.DataFrame) -> None:
    """Refuse a file of which nothing can be counted; what stands in its cells is not told."""
    unread, either = len(counted.not_counted.undated), len(counted.not_counted.ambiguous)
    if either and unread + either == counted.rows:
        problem = "de dagen in deze kolom kunnen op twee manieren worden gelezen: dag eerst of maand eerst"
        raise refuse(path, problem, "schrijf een dag als 2024-03-15", column=columns.date)
    if unread == counted.rows:
        problem = (
            "geen enkele rij heeft een dag die te lezen is" if counted.rows else "dit bestand heeft geen meldingen"
        )
        remedy = "schrijf een dag als 2024-03-15 of 15-3-2024, of kies een andere kolom"
        raise refuse(path, problem, remedy, column=columns.date)
    if counted.placed:
        return
    if not columns.area and borders.empty:
        problem = "er zijn nog geen grenzen waarin deze meldingen een wijk krijgen"
        raise refuse(path, problem, "lees eerst de wijk- en buurtkaart in, of kies beide bestanden samen")
    problem = "geen enkele melding ligt in een gebied dat hier bekend is"
    remedy = "lees de wijk- en buurtkaart van deze gemeente in, en controleer de coördinaten of de gebiedscodes"
    raise refuse(path, problem, remedy)


def _reports_of(counted: Counted) -> dict[str, int]:
    """Count the reports of each category, as written."""
    n = counted.totals.groupby("word")["n"].sum() if len(counted.totals) else pd.Series(dtype=int)
    return {counted.words[int(word)]: int(reports) for word, reports in n.items()}


def _observations(counted: Counted, named: categories.Named, catalogue: Catalogue) -> pd.DataFrame:
    """Write the counts as figures: nothing where there is no report. About people there are none per buurt."""
    cells = pd.concat([counted.cells, counted.totals], ignore_index=True)
    indicator = np.array([named.indicators.get(word, categories.REST) for word in counted.words], dtype=object)
    months = cells["month"].to_numpy()
    frame = pd.DataFrame(
        {
            "code": cells["area"].to_numpy(dtype=object),
            "indicator": indicator[cells["word"].to_numpy(dtype=int)],
            "period": months // 12 * 100 + months % 12 + 1,
            "value": cells["n"].astype(float),
        }
    )
    frame = frame.groupby(["code", "indicator", "period"], as_index=False)["value"].sum()
    people = {one for one in frame["indicator"].unique() if categories.about_people(one, catalogue, named.new)}
    hidden = frame["indicator"].isin(people) & (frame["code"].map(level_of) == Level.BUURT)
    frame = frame[~hidden].reset_index(drop=True).assign(reason=None)
    return frame[OBSERVATION_COLUMNS].astype({"code": object, "indicator": object, "period": "int64", "reason": object})


def _period(month: int) -> int:
    return month // 12 * 100 + month % 12 + 1


def _rejected(counted: Counted, columns: ReportColumns, rows: table.Rows) -> pd.DataFrame:
    """List the rows that were not counted by their number alone: what stands in them is of a person."""
    every = np.arange(2, 2 + counted.rows + len(rows.wrong))
    good = np.setdiff1d(every, rows.wrong)
    wrong: list[tuple[int, str | None, str | None, str]] = [(number, None, None, OTHER_WIDTH) for number in rows.wrong]
    for positions, column, problem in (
        (counted.not_counted.undated, columns.date, NO_DAY),
        (counted.not_counted.ambiguous, columns.date, AMBIGUOUS),
        (counted.not_counted.future, columns.date, FUTURE),
        (counted.not_counted.odd, columns.count, NO_COUNT),
    ):
        wrong += [(int(number), column, None, problem) for number in good[positions]]
    return tidy.rejected_frame(sorted(wrong, key=lambda one: one[0]))
