"""Which sources and years the figures of an answer come from."""

from collections.abc import Iterable

import pandas as pd

from wijkdata import dutch, periods
from wijkdata.catalogue import Catalogue
from wijkdata.periods import Period
from wijkdata.questions.shared.memory import KEEP, beforehand, kept
from wijkdata.store.monitor import coverage as stored_coverage
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor


@kept(KEEP)
@beforehand
def coverage(monitor: Monitor, fictional: bool) -> pd.DataFrame:
    """Keep `queries.coverage`, of real or of fictional areas: a question needs it several times for its source lines."""
    return queries.coverage(monitor, fictional)


@kept(2)
@beforehand
def coverage_with_reasons(monitor: Monitor) -> pd.DataFrame:
    """Keep `store.monitor.coverage.coverage_with_reasons`, with `year` (a month counts in its year)."""
    frame = stored_coverage.coverage_with_reasons(monitor)
    return frame.assign(year=[Period.of(code).year for code in frame["period"]])


def source_text(catalogue: Catalogue, coverage: pd.DataFrame) -> str:
    """Write the sources and years of these coverage rows: `Leefbaarometer 3.0 (BZK), 2014, 2018 en 2022; CBS ..., 2020`.

    Years that the publisher will revise are named: `CBS ..., 2023 en 2024 (2024 voorlopig)`.
    """
    parts = []
    for source, rows in coverage.groupby("source", sort=False):
        doubt = provisional_text(rows.loc[rows["provisional"], "period"])
        parts.append(f"{catalogue.sources[source].short}, {periods.when_text(rows['period'])}{doubt}")
    return "; ".join(parts)


def source_ids(coverage: pd.DataFrame) -> tuple[str, ...]:
    """Return the ids of what `source_text` names of these rows."""
    return tuple(dict.fromkeys(coverage["source"]))


def provisional_text(revised: Iterable[int]) -> str:
    """Write which periods the publisher will revise, behind those that there are: ` (2024 voorlopig)`; "" for none."""
    codes = list(revised)
    return f" ({periods.when_text(codes)} voorlopig)" if codes else ""


def borders_text(catalogue: Catalogue, drawn_by: Iterable[tuple[str, int]], fictional: bool = False) -> str:
    """Write who drew the boundaries, on which terms, of which division: `Wijk- en buurtkaart (CBS), CC BY 4.0, indeling 2024`.

    drawn_by: as `boundaries.drawn_by`. Boundaries that were made up have a year alone.
    """
    years: dict[str, set[int]] = {}
    for source, year in drawn_by:
        years.setdefault(source, set()).add(year)
    if fictional:
        return f"verzonnen, indeling {dutch.years(sorted(set().union(*years.values())))}" if years else ""
    entries = [(catalogue.sources[source], dutch.years(sorted(of))) for source, of in years.items()]
    return "; ".join(f"{entry.short}, {dutch.inside(entry.licence)}, indeling {of}" for entry, of in entries)


def border_ids(drawn_by: Iterable[tuple[str, int]], fictional: bool = False) -> tuple[str, ...]:
    """Return the ids of what `borders_text` names."""
    return () if fictional else tuple(dict.fromkeys(source for source, _ in drawn_by))
