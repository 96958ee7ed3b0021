"""Reports to counts: what is kept of each is a few numbers, and only until they are added up."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from wijkdata import areas
from wijkdata.areas import Level
from wijkdata.sources.reports import dates, locating
from wijkdata.sources.reports.columns import ReportColumns

_LONGEST = 200
# With more different words than this the rest of them is one: a column of free text is no column of categories.
_WORDS = 5_000
# Of a gemeente with less than this share of the reports, they were made elsewhere and only lie there.
_SHARE = 0.02
# A month is not whole when so many reports would have come before the first day, or after the last.
_MISSED = 5.0
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Counted:
    """The counts. cells: area (code), word (number), month (year * 12 + month - 1), n. words: the categories as written.

    totals: gemeente, word, month, n: with what has no place. channels: word, month, n. placed: reports with an area. nowhere:
    without. elsewhere: in a gemeente that is not of this file. doubles: rows of a report that was there already. undated,
    future, odd (no whole number of reports): positions of rows. first, last: months that are not whole. division: of the borders. turned: see `Places`.
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
    doubles: int
    undated: np.ndarray
    future: np.ndarray
    odd: np.ndarray
    first: int | None
    last: int | None
    division: int | None
    turned: int


@dataclass
class _Words:
    """Texts as numbers, over all pieces; "" is 0."""

    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})
    parts: list[np.ndarray] = field(default_factory=list)
    most: int | None = None

    def add(self, column: pa.Array) -> None:
        encoded = pc.dictionary_encode(column)
        known = np.array([self._number(text) for text in encoded.dictionary.to_pylist()], dtype="int32")
        self.parts.append(known[encoded.indices.to_numpy()] if len(known) else np.zeros(len(column), dtype="int32"))

    def _number(self, text: str) -> int:
        if self.most is not None and len(self.numbers) >= self.most:
            return self.numbers.get(text, 0)
        return self.numbers.setdefault(text, len(self.numbers))

    @property
    def all(self) -> np.ndarray:
        return np.concatenate(self.parts) if self.parts else np.zeros(0, dtype="int32")

    @property
    def texts(self) -> list[str]:
        return list(self.numbers)


class _Gathered:
    """The columns of all pieces, as numbers."""

    def __init__(self, columns: ReportColumns) -> None:
        self.columns = columns
        self.days, self.areas = _Words(), _Words()
        self.categories, self.channels = _Words(most=_WORDS), _Words(most=_WORDS)
        self.x: list[np.ndarray] = []
        self.y: list[np.ndarray] = []
        self.keys: list[np.ndarray] = []
        self.counts: list[np.ndarray] = []
        self.rows = 0

    def add(self, piece: Mapping[str, pa.Array]) -> None:
        columns = self.columns
        self.rows += len(piece[columns.date])
        self.days.add(_day_texts(piece[columns.date]))
        for words, name in ((self.categories, columns.category), (self.channels, columns.channel)):
            if name:
                words.add(pc.utf8_trim_whitespace(pc.utf8_slice_codeunits(piece[name], 0, _LONGEST)))
        if columns.area:
            self.areas.add(pc.utf8_trim_whitespace(pc.utf8_slice_codeunits(piece[columns.area], 0, _LONGEST)))
        if columns.x and columns.y:
            self.x.append(_numbers(piece[columns.x]))
            self.y.append(_numbers(piece[columns.y]))
        if columns.id:
            self.keys.append(_keys(piece[columns.id]))
        if columns.count:
            self.counts.append(_numbers(piece[columns.count]))

    def words(self, words: _Words) -> np.ndarray:
        return words.all if words.parts else np.zeros(self.rows, dtype="int32")


# Writes texts of a column of areas as codes; None for what is none.
Resolve = Callable[[list[str]], list[str | None]]


def by_code(texts: list[str]) -> list[str | None]:
    """Read texts as codes of the CBS."""
    return [areas.normalise(text) for text in texts]


def count(
    pieces: Iterable[Mapping[str, pa.Array]],
    columns: ReportColumns,
    borders: pd.DataFrame,
    today: date,
    resolve: Resolve = by_code,
) -> Counted:
    """Count reports per area, month and category. borders: code, division, geometry, one per area."""
    gathered = _Gathered(columns)
    for piece in pieces:
        gathered.add(piece)
    pa.default_memory_pool().release_unused()
    texts = dates.moments(gathered.days.texts)
    day = texts.days[gathered.words(gathered.days)]
    counts = np.concatenate(gathered.counts) if gathered.counts else None
    undated, future = day == dates.NO_DAY, day > today.toordinal() - _EPOCH
    odd = np.zeros(len(day), dtype=bool) if counts is None else ~((counts >= 0) & (counts % 1 == 0))
    good = ~undated & ~future & ~odd
    single = _once(gathered, good)
    of_day = {int(one): date.fromordinal(int(one) + _EPOCH) for one in np.unique(day[single])}
    month = _months(day, of_day)
    first, last = (None, None) if texts.months else _part_months(day[single], of_day)
    used = single & (month != (-1 if first is None else first))
    codes, at, division, turned = _places(gathered, borders, used, resolve)
    home, at = _home(codes, at, used)
    n = None if counts is None else counts[used]
    frame = _tally(n, at=at[used], word=gathered.words(gathered.categories)[used], month=month[used])
    cells = frame[frame["at"] >= 0]
    cells = cells.assign(area=np.array([*codes, ""], dtype=object)[cells["at"].to_numpy()])
    found = _Found.of(codes, frame)
    return Counted(
        cells=_by_level(cells[["area", "word", "month", "n"]]),
        totals=_totals(cells, frame, home),
        words=gathered.categories.texts,
        channels=_tally(n, word=gathered.words(gathered.channels)[used], month=month[used]),
        channel_words=gathered.channels.texts,
        rows=gathered.rows,
        placed=found.placed,
        nowhere=found.nowhere,
        elsewhere=found.elsewhere,
        uncounted=0 if len(home) == 1 else found.without_gemeente,
        doubles=int(good.sum() - single.sum()),
        undated=np.flatnonzero(undated),
        future=np.flatnonzero(future & ~undated),
        odd=np.flatnonzero(odd & ~undated & ~future),
        first=first,
        last=last,
        division=division,
        turned=turned,
    )


# --- a piece as numbers ------------------------------------------------------------------------------------------------


def _day_texts(column: pa.Array) -> pa.Array:
    """Take the day out of each moment: its first ten letters where all of them are a day, else what stands before a time."""
    column = pc.utf8_trim_whitespace(column)
    start = pc.utf8_slice_codeunits(column, 0, 10)
    if pc.all(pc.match_substring_regex(start, r"^(\d{4}-\d{2}-\d{2}|\d{2}[-/.]\d{2}[-/.]\d{4})$")).as_py():
        return start
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(pc.utf8_slice_codeunits(column, 0, 40), dates.TIME, ""))


def day_texts(texts: list[str]) -> list[str]:
    """Take the day out of each moment."""
    found: list[str] = _day_texts(pa.array(texts, pa.string())).to_pylist()
    return found


def _numbers(column: pa.Array) -> np.ndarray:
    """Read a column of coordinates; NaN for what is none."""
    try:
        found = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowException:
        texts = pd.Series(pc.replace_substring(pc.utf8_trim_whitespace(column), ",", ".").to_pylist(), dtype=object)
        found = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=float)
    return np.where(np.isfinite(found), found, np.nan)


def _keys(column: pa.Array) -> np.ndarray:
    """Make a number of each id, to tell doubles; 0 where there is none. Letters times random weights (multilinear hash)."""
    column = pc.cast(pc.utf8_trim_whitespace(column), pa.large_binary())
    _, offsets, data = column.buffers()
    ends = np.frombuffer(offsets, dtype="int64")[column.offset : column.offset + len(column) + 1]
    lengths = np.diff(ends)
    letters = np.frombuffer(data, dtype="uint8")[ends[0] : ends[-1]] if data is not None else np.zeros(0, dtype="uint8")
    place = np.arange(len(letters)) - np.repeat(ends[:-1] - ends[0], lengths)
    weights = np.random.default_rng(20_240_101).integers(1, 2**63, 4_096, dtype="uint64")
    products = (letters.astype("uint64") + np.uint64(1)) * weights[place % len(weights)]
    found = np.zeros(len(column), dtype="uint64")
    filled = lengths > 0
    if filled.any():
        found[filled] = np.add.reduceat(products, (ends[:-1] - ends[0])[filled]) | np.uint64(1)
    return found


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
        found, n = np.unique(key, return_counts=True)
    else:
        found, member = np.unique(key, return_inverse=True)
        n = np.bincount(member, weights, minlength=len(found)).astype("int64")
    parts = {"n": n}
    for name in reversed(columns):
        found, parts[name] = np.divmod(found, spans[name])
        parts[name] += lows[name]
    return pd.DataFrame(parts)[[*columns, "n"]]


# --- all rows ----------------------------------------------------------------------------------------------------------


def _once(gathered: _Gathered, good: np.ndarray) -> np.ndarray:
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
    first = number[0] if (begin.day - 1) * rate >= _MISSED and number[0] != number[1] else None
    last = number[1] if (after.toordinal() - end.toordinal() - 1) * rate >= _MISSED else None
    return first, last


_ELSEWHERE = -2


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
        elsewhere, nowhere = int(n.get(_ELSEWHERE, 0)), int(n.get(locating.NOWHERE, 0))
        return cls(int(known.sum()) - of_gemeente, nowhere + of_gemeente, elsewhere, nowhere + elsewhere)


def _places(
    gathered: _Gathered, borders: pd.DataFrame, used: np.ndarray, resolve: Resolve
) -> tuple[list[str], np.ndarray, int | None, int]:
    """Return the codes of areas, of each row a position in them, the division of the codes, and how many points were turned."""
    at = np.full(gathered.rows, locating.NOWHERE)
    codes: list[str] = []
    if gathered.areas.parts:
        texts = resolve(gathered.areas.texts)
        codes = sorted({text for text in texts if text and text != "NL00"})
        place = {code: number for number, code in enumerate(codes)}
        at = np.array([place.get(text or "", locating.NOWHERE) for text in texts])[gathered.areas.all]
    left = np.flatnonzero(used & (at == locating.NOWHERE))
    if not gathered.x or borders.empty or not len(left):
        return codes, at, None, 0
    found = locating.locate(np.concatenate(gathered.x)[left], np.concatenate(gathered.y)[left], borders)
    at[left] = np.where(found.at == locating.NOWHERE, locating.NOWHERE, found.at + len(codes))
    seen = np.unique(found.at[found.at >= 0])
    division = int(borders["division"].to_numpy()[seen].max()) if len(seen) else None
    return [*codes, *found.codes], at, division, found.turned


def _home(codes: list[str], at: np.ndarray, used: np.ndarray) -> tuple[list[str], np.ndarray]:
    """Tell of which gemeenten the file is; what lies in another one is marked as such."""
    if not codes:
        return [], at
    gemeente = [areas.municipality_of(code) or "" for code in codes]
    here = at[used & (at >= 0)]
    shares = (
        pd.Series(np.array(gemeente, dtype=object)[here]).value_counts(normalize=True) if len(here) else pd.Series()
    )
    home = sorted(str(code) for code in shares.index[shares >= _SHARE])
    outside = np.array([one not in home for one in gemeente], dtype=bool)
    marked = at.copy()
    marked[(at >= 0) & outside[np.clip(at, 0, None)]] = _ELSEWHERE
    return home, marked


def _by_level(cells: pd.DataFrame) -> pd.DataFrame:
    """Count for buurten and for the wijken that they lie in; what is known of the gemeente alone is in the total."""
    levels = cells["area"].map(areas.level_of)
    buurten, wijken = cells[levels == Level.BUURT], cells[levels == Level.WIJK]
    up = buurten.assign(area=buurten["area"].map(areas.wijk_of))
    whole = pd.concat([wijken, up]).groupby(["area", "word", "month"], as_index=False, sort=False)["n"].sum()
    return pd.concat([buurten, whole], ignore_index=True)


def _totals(cells: pd.DataFrame, frame: pd.DataFrame, home: list[str]) -> pd.DataFrame:
    """Count per gemeente; what has no place is of the one gemeente of the file, and of none where there are more."""
    key = ["area", "word", "month"]
    if len(home) == 1:
        every = frame.groupby(["word", "month"], as_index=False, sort=False)["n"].sum()
        return every.assign(area=home[0])[[*key, "n"]]
    return (
        cells.assign(area=cells["area"].map(areas.municipality_of)).groupby(key, as_index=False, sort=False)["n"].sum()
    )
