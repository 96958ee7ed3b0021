"""The shape of a table: its headers without what changes from file to file, and the tables of a file that have it."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from wijkdata.dutch import MONTHS
from wijkdata.errors import InputError
from wijkdata.sources.reading import files, tables
from wijkdata.sources.reading.blocks import Block
from wijkdata.sources.reading.periods import period
from wijkdata.sources.recipes.recipe import Shape

# Stands in a header for a year or a month: next year's file has the same shape.
WHEN = "{jaar}"
_FOOTNOTE = re.compile(r"(?:\s*(?:\(\d{1,2}\)|\*{1,2}|[¹²³]))+$")
_YEAR = re.compile(r"(?<![\d/-])(?:199\d|20[0-4]\d)\*{0,2}(?![\d/-])")
_MONTH = re.compile(rf"\b({'|'.join(MONTHS)})\s+((?:199|20[0-4])\d)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Headers:
    """The columns of a table. plain: name in the frame -> header as a recipe has it. periods: name -> the year or month in it."""

    plain: dict[str, str]
    periods: dict[str, int]

    def names(self, header: str) -> list[str]:
        """List the columns of the frame under one header: more than one where the period stands in the header."""
        return [name for name, one in self.plain.items() if one == header]


def split(header: str) -> tuple[str, int | None]:
    """Split a header into what stays from file to file and the year or month in it: `Inwoners 2021 (1)` is inwoners {jaar}."""
    text = " ".join(unicodedata.normalize("NFKC", header).split())
    text = _FOOTNOTE.sub("", text) if not period(text) else text
    whole = period(text)
    if whole is not None:
        return WHEN, whole
    months = list(_MONTH.finditer(text))
    if len(months) == 1:
        month = MONTHS.index(months[0][1].lower()) + 1
        return _without(text, months[0]), int(months[0][2]) * 100 + month
    years = list(_YEAR.finditer(text))
    if len(years) == 1:
        return _without(text, years[0]), int(years[0][0].rstrip("*"))
    return text.casefold(), None


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]}{WHEN}{text[match.end() :]}".casefold()


def headers(frame: pd.DataFrame) -> Headers:
    """Name the columns of a frame as a recipe does; the second of two that are called the same ends in `#2`."""
    parts = {str(name): split(str(name)) for name in frame.columns}
    seen: Counter[tuple[str, int | None]] = Counter()
    plain: dict[str, str] = {}
    for name, part in parts.items():
        seen[part] += 1
        plain[name] = part[0] if seen[part] == 1 else f"{part[0]} #{seen[part]}"
    return Headers(plain, {name: when for name, (_, when) in parts.items() if when is not None})


def shape_of(block: Block, several: bool = False) -> Shape:
    """Describe the table. several: another table of the file has the same headers, so the sheet counts too."""
    texts = tuple(sorted(set(headers(block.frame).plain.values())))
    rows = min(max(len(block.header_rows), 1), 3)
    return Shape(headers=texts, header_rows=rows, sheet=split(block.sheet)[0][:200] if several else "")


def blocks(path: Path) -> list[Block]:
    """List the tables of a file that have rows, in the order in which they stand; [] for a file without tables."""
    size, changed = files.stamp(path)
    return list(_blocks(path, size, changed))


@lru_cache(maxsize=4)
def _blocks(path: Path, size: int, changed: int) -> tuple[Block, ...]:
    return tuple(block for block in tables.blocks(path) if len(block.frame) and len(block.frame.columns) > 1)


def matching(path: Path, shape: Shape) -> list[Block]:
    """List the tables of a file with this shape; [] also when the file cannot be read as tables."""
    wanted = set(shape.headers)
    try:
        alike = [block for block in blocks(path) if set(headers(block.frame).plain.values()) == wanted]
    except InputError:
        return []
    named = [block for block in alike if shape.sheet and split(block.sheet)[0] == shape.sheet]
    return named or ([] if shape.sheet and len(alike) > 1 else alike)
