"""What was computed of a monitor file beforehand, in a file beside it with its name: `monitor-<stamp>.vooraf`.

Never a second truth: it may be thrown away at any moment, it says what it was made with, and whoever reads it computes
what is missing or was made otherwise. A zip of one text (JSON) and the tables (Arrow) of each result, so that nothing in
it can be executed.
"""

import io
import json
import zipfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd
import pyarrow
from pyarrow import feather

from wijkdata.store import disk

SUFFIX = ".vooraf"
_STAMP, _TEXT = "stempel", "waarde.json"
# What a file that was cut, changed or never ours gives.
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile, pyarrow.ArrowException)


def beside(monitor: Path) -> Path:
    """Return where the results of a monitor file are kept."""
    return monitor.with_suffix(SUFFIX)


def made_with(monitor: Path) -> str:
    """Return the stamp of what the results beside a monitor file were made with; "" when there are none."""
    try:
        with zipfile.ZipFile(beside(monitor)) as file:
            return file.read(_STAMP).decode()
    except _UNREADABLE:
        return ""


def read(monitor: Path, stamp: str, name: str, types: Collection[type]) -> tuple[bool, Any]:
    """Return (True, one result), or (False, None) when it is not there, unreadable, or made with something else."""
    try:
        with zipfile.ZipFile(beside(monitor)) as file:
            if file.read(_STAMP).decode() != stamp:
                return False, None
            text = json.loads(file.read(f"{name}/{_TEXT}"))
            return True, _Reader(lambda n: file.read(f"{name}/{n}.arrow"), types).value(text)
    except _UNREADABLE:
        return False, None


def write(monitor: Path, stamp: str, results: Mapping[str, object]) -> None:
    """Write the results beside a monitor file, whole or not at all. Raises OSError when the folder cannot be written."""
    temporary = monitor.with_name(f".nieuw-{uuid4().hex}{SUFFIX}")
    try:
        with zipfile.ZipFile(temporary, "w") as file:
            file.writestr(_STAMP, stamp)
            for name, result in results.items():
                writer = _Writer()
                file.writestr(f"{name}/{_TEXT}", json.dumps(writer.value(result), ensure_ascii=False))
                for number, table in enumerate(writer.tables):
                    file.writestr(f"{name}/{number}.arrow", table)
        disk.flush(temporary)
        temporary.replace(beside(monitor))
    finally:
        temporary.unlink(missing_ok=True)


class _Writer:
    """Puts a value in words for JSON, and its frames aside."""

    def __init__(self) -> None:
        self.tables: list[bytes] = []

    def value(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if isinstance(value, pd.DataFrame):
            return {"frame": self._table(value)}
        if isinstance(value, pd.Series):
            return {"series": self._table(value.to_frame("value")), "name": value.name}
        if isinstance(value, dict):
            return {"dict": [[self.value(key), self.value(part)] for key, part in value.items()]}
        if isinstance(value, tuple):
            return {"tuple": [self.value(part) for part in value]}
        if isinstance(value, frozenset):
            return {"set": [self.value(part) for part in sorted(value)]}
        if is_dataclass(value):
            return {type(value).__name__: {one.name: self.value(getattr(value, one.name)) for one in fields(value)}}
        raise TypeError(f"{type(value).__name__} cannot be kept beside a monitor file")

    def _table(self, frame: pd.DataFrame) -> list[Any]:
        """The number of the table, and its columns of Python objects, which Arrow gives back as texts."""
        stream = io.BytesIO()
        feather.write_feather(pyarrow.Table.from_pandas(frame), stream, compression="zstd")
        self.tables.append(stream.getvalue())
        return [len(self.tables) - 1, [name for name in frame.columns if frame[name].dtype == object]]


class _Reader:
    """Makes the value that `_Writer` put in words."""

    def __init__(self, table: Callable[[int], bytes], types: Collection[type]) -> None:
        self._table = table
        self._types = {one.__name__: one for one in types}

    def value(self, text: object) -> object:
        if not isinstance(text, dict):
            return text
        (kind, inside), *_ = text.items()
        if kind == "frame":
            return self._frame(inside)
        if kind == "series":
            return self._frame(inside)["value"].rename(text["name"])
        if kind == "dict":
            return {self.value(key): self.value(part) for key, part in inside}
        if kind == "tuple":
            return tuple(self.value(part) for part in inside)
        if kind == "set":
            return frozenset(self.value(part) for part in inside)
        return self._types[kind](**{name: self.value(part) for name, part in inside.items()})

    def _frame(self, entry: list[Any]) -> pd.DataFrame:
        number, objects = entry
        frame = feather.read_table(io.BytesIO(self._table(number)), memory_map=False).to_pandas()
        for name in objects:
            column = frame[name].astype(object)
            frame[name] = column.where(column.notna(), None)
        return frame
