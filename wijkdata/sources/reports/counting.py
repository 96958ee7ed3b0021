"""Reports to counts: what is kept of each is a few numbers, and only until they are added up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa

from wijkdata import areas
from wijkdata.areas import Level
from wijkdata.sources.reports import dates, gathering, locating, placing
from wijkdata.sources.reports.columns import ReportColumns
from wijkdata.sources.reports.gathering import Gathered
from wijkdata.sources.reports.placing import Placed, Resolve, by_code

# A month is not whole when so many reports would have come before the first day, or after the last.
_MISSED = 5.0
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class NotCounted:
    """What does not count because of its day or its number. doubles: rows of a report that was there already. undated, ambiguous,
    future, odd (no whole number of reports): positions of rows. first, last: months that are not whole."""

    doubles: int
    undated: np.ndarray
    ambiguous: np.ndarray
    future: np.ndarray
    odd: np.ndarray
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Counted:
    """The counts. cells: area (code), word (number), month (year * 12 + month - 1), n. words: the categories as written.

    totals: gemeente, word, month, n: with what has no place. channels: word, month, n. placed: reports with an area. nowhere:
    without. elsewhere: in a gemeente that is not of this file. unread: texts that name no known area -> reports. division: of the borders. turned: see `Places`.
    """

    cells: pd.DataFrame
    totals: pd.DataFrame
    words: list[str]
    channels: pd.DataFrame
    channel_words: list[str]
    rows: int
    placed: int
    nowhere: int
    elsewhere: int
    uncounted: int
    unread: Mapping[str, int]
    not_counted: NotCounted
    division: int | None
    turned: int


@dataclass(frozen=True)
class _Dated:
    """The rows by their day. month: year * 12 + month - 1, -1 where there is none. used: those that count. n: of each row, None where a
    row is one report."""

    month: np.ndarray
    used: np.ndarray
    n: np.ndarray | None
    not_counted: NotCounted


def count(
    pieces: Iterable[Mapping[str, pa.Array]],
    columns: ReportColumns,
    borders: pd.DataFrame,
    today: date,
    resolve: Resolve = by_code,
) -> Counted:
    """Count reports per area, month and category. borders: code, division, geometry, one per area."""
    gathered = gathering.gather(pieces, columns)
    dated = _date(gathered, today)
    return _added_up(gathered, dated, placing.place(gathered, borders, dated.used, resolve))


def _date(gathered: Gathered, today: date) -> _Dated:
    """Tell of each row its month, and whether it counts: it has a day, of the past, of a month that is whole, and was not there before."""
    texts = dates.moments(gathered.days.texts)
    day = texts.days[gathered.words(gathered.days)]
    counts = np.concatenate(gathered.counts) if gathered.counts else None
    undated, ambiguous = day == dates.NO_DAY, day == dates.AMBIGUOUS
    future = day > today.toordinal() - _EPOCH
    odd = np.zeros(len(day), dtype=bool) if counts is None else ~((counts >= 0) & (counts % 1 == 0))
    good = (day >= 0) & ~future & ~odd
    single = _once(gathered, good)
    of_day = {int(one): date.fromordinal(int(one) + _EPOCH) for one in np.unique(day[single])}
    month = _months(day, of_day)
    first, last = (None, None) if texts.months else _part_months(day[single], of_day)
    used = single & (month != (-1 if first is None else first))
    not_counted = NotCounted(
        doubles=int(good.sum() - single.sum()),
        undated=np.flatnonzero(undated),
        ambiguous=np.flatnonzero(ambiguous),
        future=np.flatnonzero(future),
        odd=np.flatnonzero(odd & (day >= 0) & ~future),
        first=first,
        last=last,
    )
    return _Dated(month, used, None if counts is None else counts[used], not_counted)


def _added_up(gathered: Gathered, dated: _Dated, placed: Placed) -> Counted:
    """Add the rows that count up."""
    used, n, month = dated.used, dated.n, dated.month[dated.used]
    frame = _tally(n, at=placed.at[used], word=gathered.words(gathered.categories)[used], month=month)
    cells = frame[frame["at"] >= 0]
    cells = cells.assign(area=np.array([*placed.codes, ""], dtype=object)[cells["at"].to_numpy()])
    places = _Found.of(placed.codes, frame)
    unread = _tally(n, text=placed.unread[used])
    return Counted(
        cells=_by_level(cells[["area", "word", "month", "n"]]),
        totals=_totals(cells, frame, placed.home),
        words=gathered.categories.texts,
        channels=_tally(n, word=gathered.words(gathered.channels)[used], month=month),
        channel_words=gathered.channels.texts,
        rows=gathered.rows,
        placed=places.placed,
        nowhere=places.nowhere,
        elsewhere=places.elsewhere,
        uncounted=0 if len(placed.home) == 1 else places.without_gemeente,
        unread={gathered.areas.texts[at]: n for at, n in unread.itertuples(index=False) if at},
        not_counted=dated.not_counted,
        division=placed.division,
        turned=placed.turned,
    )


def _tally(weights: np.ndarray | None, **columns: np.ndarray) -> pd.DataFrame:
    """Count the rows that are alike, or add their weights up: a column per name, and n."""
    lows = {name: int(column.min()) if len(column) else 0 for name, column in columns.items()}
    spans = {name: int(column.max()) - lows[name] + 1 if len(column) else 1 for name, column in columns.items()}
    key = np.zeros(len(next(iter(columns.values()))), dtype="int64")
    for name, column in columns.items():
        key *= spans[name]
        key += column
        key -= lows[name]
    if weights is None:
        keys, n = np.unique(key, return_counts=True)
    else:
        keys, member = np.unique(key, return_inverse=True)
        n = np.bincount(member, weights, minlength=len(keys)).astype("int64")
    parts = {"n": n}
    for name in reversed(columns):
        keys, parts[name] = np.divmod(keys, spans[name])
        parts[name] += lows[name]
    return pd.DataFrame(parts)[[*columns, "n"]]


def _once(gathered: Gathered, good: np.ndarray) -> np.ndarray:
    """Keep of every id its first row."""
    if not gathered.keys:
        return good
    keys = np.concatenate(gathered.keys)
    _, first = np.unique(keys[good], return_index=True)
    kept = np.zeros(int(good.sum()), dtype=bool)
    kept[first] = True
    kept |= keys[good] == 0
    single = good.copy()
    single[good] = kept
    return single


def _months(day: np.ndarray, of_day: Mapping[int, date]) -> np.ndarray:
    """Return the month of each row, counted on from year 0; -1 where there is none."""
    if not of_day:
        return np.full(len(day), -1)
    first, last = min(of_day), max(of_day)
    table = np.full(last - first + 1, -1)
    for number, one in of_day.items():
        table[number - first] = one.year * 12 + one.month - 1
    inside = (day >= first) & (day <= last)
    return np.where(inside, table[np.clip(day - first, 0, last - first)], -1)


def _part_months(day: np.ndarray, of_day: Mapping[int, date]) -> tuple[int | None, int | None]:
    """Tell whether the first and the last month are not whole, by the days without a report at their edge."""
    if not len(day):
        return None, None
    begin, end = of_day[int(day.min())], of_day[int(day.max())]
    rate = len(day) / (end.toordinal() - begin.toordinal() + 1)
    after = (end.replace(day=28) + pd.Timedelta(days=4)).replace(day=1)
    number = [one.year * 12 + one.month - 1 for one in (begin, end)]
    late, early = (begin.day - 1) * rate >= _MISSED, (after.toordinal() - end.toordinal() - 1) * rate >= _MISSED
    alone = number[0] == number[1]
    first = number[0] if late and not alone else None
    last = number[1] if early or (late and alone) else None
    return first, last


@dataclass(frozen=True)
class _Found:
    """How many reports were placed in a wijk or buurt, in none (of the gemeente alone, too), in another gemeente; and of how many
    not even the gemeente is known."""

    placed: int
    nowhere: int
    elsewhere: int
    without_gemeente: int

    @classmethod
    def of(cls, codes: list[str], frame: pd.DataFrame) -> "_Found":
        n = frame.groupby("at")["n"].sum()
        known = n[n.index >= 0]
        of_gemeente = int(known[[codes[at].startswith("GM") for at in known.index]].sum())
        elsewhere, nowhere = int(n.get(placing.ELSEWHERE, 0)), int(n.get(locating.NOWHERE, 0))
        return cls(int(known.sum()) - of_gemeente, nowhere + of_gemeente, elsewhere, nowhere + elsewhere)


def _by_level(cells: pd.DataFrame) -> pd.DataFrame:
    """Count for buurten and for the wijken that they lie in; what is known of the gemeente alone is in the total."""
    levels = cells["area"].map(areas.level_of)
    buurten, wijken = cells[levels == Level.BUURT], cells[levels == Level.WIJK]
    up = buurten.assign(area=buurten["area"].map(areas.wijk_of))
    whole = pd.concat([wijken, up]).groupby(["area", "word", "month"], as_index=False, sort=False)["n"].sum()
    return pd.concat([buurten, whole], ignore_index=True)


def _totals(cells: pd.DataFrame, frame: pd.DataFrame, home: tuple[str, ...]) -> pd.DataFrame:
    """Count per gemeente; what has no place is of the one gemeente of the file, and of none where there are more."""
    key = ["area", "word", "month"]
    if len(home) == 1:
        every = frame.groupby(["word", "month"], as_index=False, sort=False)["n"].sum()
        return every.assign(area=home[0])[[*key, "n"]]
    return (
        cells.assign(area=cells["area"].map(areas.municipality_of)).groupby(key, as_index=False, sort=False)["n"].sum()
    )
