"""How old the figures are, per source, and when the publisher usually has newer ones. Where that is not known, it says nothing."""

from datetime import date

import pandas as pd

from wijkdata.catalogue import Catalogue, Source
from wijkdata.periods import Period
from wijkdata.questions.gegevens.answer import SourceAge
from wijkdata.store.monitor import coverage
from wijkdata.store.monitor.versions import Monitor


def ages(monitor: Monitor, catalogue: Catalogue, today: date) -> tuple[SourceAge, ...]:
    """Return every source of real figures or boundaries, those that are older than usual first."""
    runs = coverage.runs(monitor)
    used = runs[~runs["superseded"] & ~runs["fictional"]]
    used = used.assign(year=[_year(row.last_period, row.division) for row in used.itertuples()])
    each = [_age(catalogue.sources[source], rows, today) for source, rows in used.groupby("source", sort=False)]
    return tuple(sorted(each, key=lambda age: not age.older))


def _year(last_period: float, division: int) -> int:
    """The newest year of a file: of its figures, else of its division."""
    return division if pd.isna(last_period) else Period.of(int(last_period)).year


def _age(source: Source, runs: pd.DataFrame, today: date) -> SourceAge:
    newest = int(runs["year"].max())
    last = runs[runs["year"] == newest].sort_values("run_id").iloc[-1]
    published, read = last["published"], last["imported_at"].date()
    every = source.measured_every or 1
    due, expected = _expected(source, newest, every, today)
    known = {source.known_until or 0: "", **{int(year): number for year, number in source.tables.items()}}
    newer = {year: number for year, number in known.items() if year > newest}
    added = source.added_to_every if _is_newest_table(source, newest) else None
    since = read if pd.isna(published) else date.fromisoformat(str(published)[:10])
    return SourceAge(
        source=source.id,
        short=source.short,
        newest=newest,
        published="" if pd.isna(published) else str(published)[:10],
        read=read,
        due=due,
        expected=expected,
        next_year=max(newest, source.known_until or 0) + every if source.measured_every else None,
        table=max(newer.items(), default=None),
        stale=added if added and _months(since, today) > added else None,
    )


def _expected(
    source: Source, newest: int, every: int, today: date
) -> tuple[int | None, tuple[int, tuple[int, int]] | None]:
    """The newest year that has usually appeared by now and is not in, and the next year with its month."""
    if source.published_in is None:
        return None, None
    after, month = source.published_in.years_after, source.published_in.month
    due, coming = None, newest + every
    while (coming + after, month) < (today.year, today.month):
        due, coming = coming, coming + every
    return due, (coming, (coming + after, month))


def _is_newest_table(source: Source, newest: int) -> bool:
    """Whether the newest year that is in is that of the newest table: the publisher adds to no older one."""
    return not source.tables or newest >= max(int(year) for year in source.tables)


def _months(since: date, today: date) -> int:
    return (today.year - since.year) * 12 + today.month - since.month
