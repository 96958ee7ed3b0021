"""A value as bytes: texts, numbers, frames and our own dataclasses, as JSON and Arrow. Nothing in it can be executed.

What comes back is equal to what went in, to the type of every column; of numbers of NumPy the number.
"""

import io
import json
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import numpy as np
import pandas as pd
import pyarrow
from pandas.api.types import is_numeric_dtype
from pyarrow import feather
from pydantic import BaseModel

# A part of JSON that is a list begins with what it is: one of these, or the number of its type.
_TUPLE, _DICT, _SET, _FRAME, _SERIES = "tuple", "dict", "set", "frame", "series"
_PLAIN = frozenset((str, int, float, bool, type(None)))
# What bytes that were cut, changed or never ours give.
UNREADABLE = (ValueError, KeyError, TypeError, IndexError, AttributeError, zlib.error, pyarrow.ArrowException)


def written(value: object) -> bytes:
    """Write a value. Raises TypeError for one that cannot be kept."""
    writer = _Writer()
    text = writer.part(value)
    head = {"types": list(writer.types.values()), "tables": [len(one) for one in writer.tables], "value": text}
    return zlib.compress(b"\n".join((json.dumps(head, ensure_ascii=False).encode(), b"".join(writer.tables))), 6)


def read(content: bytes, find: Callable[[str], type[Any]]) -> object:
    """Read a value. find: gives the type of a name such as `wijkdata.areas:Level`, or raises ValueError.

    Raises one of UNREADABLE for bytes that `written` did not make.
    """
    text, _, rest = zlib.decompress(content).partition(b"\n")
    head = json.loads(text)
    return _Reader([_Type(find(name), names) for name, names in head["types"]], head["tables"], rest).part(
        head["value"]
    )


def name_of(kind: type) -> str:
    """Name a type, for `find`."""
    return f"{kind.__module__}:{kind.__qualname__}"


class _Writer:
    """Puts a value in words for JSON, and its frames aside. types: of each the number, its name and its fields."""

    def __init__(self) -> None:
        self.tables: list[bytes] = []
        self.types: dict[type, tuple[str, list[str]]] = {}
        self._numbers: dict[type, int] = {}

    def part(self, value: object) -> object:
        if type(value) in _PLAIN:
            return value
        if isinstance(value, Enum):
            return [self._type(type(value)), value.value]
        if isinstance(value, np.generic):
            return self.part(value.item())
        if isinstance(value, tuple | dict | frozenset):
            return self._container(value)
        if isinstance(value, pd.DataFrame):
            return [_FRAME, *self._table(value)]
        if isinstance(value, pd.Series):
            return [_SERIES, value.name, *self._table(value.to_frame("value"))]
        if isinstance(value, BaseModel):
            return [self._type(type(value)), value.model_dump(mode="json")]
        if is_dataclass(value) and not isinstance(value, type):
            names = [one.name for one in fields(value)]
            return [self._type(type(value), names), *(self.part(getattr(value, name)) for name in names)]
        raise TypeError(f"{type(value).__name__} cannot be kept beside a monitor file")

    def _container(self, value: tuple[object, ...] | dict[object, object] | frozenset[Any]) -> list[object]:
        if isinstance(value, tuple):
            return [_TUPLE, *map(self.part, value)]
        if isinstance(value, dict):
            return [_DICT, *(self.part(one) for pair in value.items() for one in pair)]
        return [_SET, *map(self.part, sorted(value))]

    def _type(self, kind: type, names: list[str] | None = None) -> int:
        if kind not in self.types:
            self._numbers[kind] = len(self.types)
            self.types[kind] = name_of(kind), names or []
        return self._numbers[kind]

    def _table(self, frame: pd.DataFrame) -> list[Any]:
        """The number of the table, and its columns of Python objects, which Arrow gives back as texts."""
        stream = io.BytesIO()
        feather.write_feather(pyarrow.Table.from_pandas(frame), stream, compression="uncompressed")
        self.tables.append(stream.getvalue())
        objects = [name for name in frame.columns if not is_numeric_dtype(frame[name]) and frame[name].dtype == object]
        return [len(self.tables) - 1, objects]


class _Type:
    """A type that a value names. names: the fields it was written with, of a dataclass."""

    def __init__(self, kind: type[Any], names: list[str]) -> None:
        self._kind, self._names = kind, names
        self._plain = is_dataclass(kind)

    def made(self, parts: list[Any]) -> object:
        if self._plain:
            # Its fields were checked when it was made: a profile has thousands of them.
            made: object = object.__new__(self._kind)
            vars(made).update(zip(self._names, parts, strict=True))
            return made
        return self._kind.model_validate(parts[0]) if issubclass(self._kind, BaseModel) else self._kind(parts[0])

    @property
    def whole(self) -> bool:
        """Whether its parts are not ours to read: those of a model."""
        return not self._plain


class _Reader:
    """Makes the value that `_Writer` put in words."""

    def __init__(self, types: list[_Type], sizes: list[int], tables: bytes) -> None:
        self._types, self._tables = types, []
        for size in sizes:
            self._tables.append(tables[:size])
            tables = tables[size:]

    def part(self, text: object) -> Any:  # noqa: ANN401
        if not isinstance(text, list):
            return text
        kind, *parts = text
        if type(kind) is int:
            known = self._types[kind]
            return known.made(
                parts if known.whole else [one if type(one) is not list else self.part(one) for one in parts]
            )
        if kind == _FRAME:
            return self._frame(*parts)
        if kind == _SERIES:
            return self._frame(*parts[1:])["value"].rename(parts[0])
        inside = [self.part(one) for one in parts]
        if kind == _DICT:
            return dict(zip(inside[::2], inside[1::2], strict=True))
        return {_TUPLE: tuple, _SET: frozenset}[kind](inside)

    def _frame(self, number: int, objects: list[str]) -> pd.DataFrame:
        frame = feather.read_table(io.BytesIO(self._tables[number]), memory_map=False).to_pandas()
        for name in objects:
            column = frame[name].astype(object)
            frame[name] = column.where(column.notna(), None)
        return frame
