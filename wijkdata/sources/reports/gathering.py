"""The columns of a table of reports as numbers, piece by piece: what a report says is let go of at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from wijkdata.sources.reports import dates
from wijkdata.sources.reports.columns import ReportColumns

_LONGEST = 200
# With more different words than this the rest of them is one: a column of free text is no column of categories.
_WORDS = 5_000


@dataclass
class Words:
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


class Gathered:
    """The columns of all pieces, as numbers."""

    def __init__(self, columns: ReportColumns) -> None:
        self.columns = columns
        self.days, self.areas = Words(), Words()
        self.categories, self.channels = Words(most=_WORDS), Words(most=_WORDS)
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

    def words(self, words: Words) -> np.ndarray:
        return words.all if words.parts else np.zeros(self.rows, dtype="int32")


def gather(pieces: Iterable[Mapping[str, pa.Array]], columns: ReportColumns) -> Gathered:
    """Take every piece in."""
    gathered = Gathered(columns)
    for piece in pieces:
        gathered.add(piece)
    pa.default_memory_pool().release_unused()
    return gathered


def _day_texts(column: pa.Array) -> pa.Array:
    """Take the day out of each moment: its first ten letters where all of them are a day, else what stands before a time."""
    column = pc.utf8_trim_whitespace(column)
    start = pc.utf8_slice_codeunits(column, 0, 10)
    if pc.all(pc.match_substring_regex(start, r"^(\d{4}-\d{2}-\d{2}|\d{2}[-/.]\d{2}[-/.]\d{4})$")).as_py():
        return start
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(pc.utf8_slice_codeunits(column, 0, 40), dates.TIME, ""))


def day_texts(texts: list[str]) -> list[str]:
    """Take the day out of each moment."""
    days: list[str] = _day_texts(pa.array(texts, pa.string())).to_pylist()
    return days


def _numbers(column: pa.Array) -> np.ndarray:
    """Read a column of coordinates; NaN for what is none."""
    try:
        numbers = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowException:
        texts = pd.Series(pc.replace_substring(pc.utf8_trim_whitespace(column), ",", ".").to_pylist(), dtype=object)
        numbers = pd.to_numeric(texts, errors="coerce").to_numpy(dtype=float)
    return np.where(np.isfinite(numbers), numbers, np.nan)


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
    keys = np.zeros(len(column), dtype="uint64")
    filled = lengths > 0
    if filled.any():
        keys[filled] = np.add.reduceat(products, (ends[:-1] - ends[0])[filled]) | np.uint64(1)
    return keys
