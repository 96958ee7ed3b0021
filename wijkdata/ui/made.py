"""Answers and drawings that stand beside the monitor file: read from there, and in the process that makes first views put there.

An answer has the name of its question and arguments; a drawing that of the answer it is drawn from. What has no name (an
answer that depends on the register too, a drawing of something a page put together) is made when it is asked for.
"""

import hashlib
import weakref
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from wijkdata.questions.shared import memory
from wijkdata.store.monitor import values
from wijkdata.store.monitor.versions import Monitor
from wijkdata.views.shared.theme import Theme

A = TypeVar("A")
# id of an answer -> (the answer, its monitor file, its name), for as long as anybody holds the answer.
_named: dict[int, tuple[weakref.ref[Any], Path, str]] = {}
_collecting: list[dict[str, bytes]] = []


def answer(monitor: Monitor, question: str, arguments: tuple[Hashable, ...], make: Callable[[], A]) -> A:
    """Return an answer: the one beside the monitor file, else `make()`."""
    name = f"{question}{arguments!r}"
    made: A = _read_or_made(monitor, name, make)
    if is_dataclass(made):
        key = id(made)
        _named[key] = weakref.ref(made, lambda _: _named.pop(key, None)), monitor.path, name
    return made


def drawing(view: str, answers: tuple[object, ...], theme: Theme, make: Callable[[], str]) -> str:
    """Return a drawing of answers, or of an answer and parts of it, as text: the one beside the monitor file, else `make()`."""
    first = _named.get(id(answers[0]))
    parts = [_place(answers[0], one) for one in answers[1:]]
    if first is None or None in parts:
        return make()
    _, path, name = first
    return _read_or_made(Monitor(path), f"{view}({', '.join([name, *map(str, parts)])}, {_digest(theme)})", make)


@contextmanager
def collecting() -> Iterator[dict[str, bytes]]:
    """Collect everything with a name that is made meanwhile, by its name: for the process that makes first views."""
    made: dict[str, bytes] = {}
    _collecting.append(made)
    try:
        yield made
    finally:
        _collecting.remove(made)


def _read_or_made(monitor: Monitor, name: str, make: Callable[[], A]) -> A:
    present, found = memory.read(monitor, name)
    if present:
        result: A = found
        return result
    result = make()
    for one in _collecting:
        try:
            one[name] = values.written(result)
        except TypeError:  # of a kind that cannot be kept
            break
    return result


def _place(whole: object, part: object) -> str | None:
    """Where in an answer a part of it stands: `lines[2]`; None for what is no part of it."""
    for field in fields(whole) if is_dataclass(whole) else ():
        value = getattr(whole, field.name)
        if value is part:
            return field.name
        if isinstance(value, tuple):
            for number, one in enumerate(value):
                if one is part:
                    return f"{field.name}[{number}]"
    return None


@cache
def _digest(theme: Theme) -> str:
    return hashlib.sha256(repr(theme).encode()).hexdigest()[:16]
