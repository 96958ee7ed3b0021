"""Answers and drawings that stand beside the monitor file: read from there, and in the process that makes first views put there.

An answer has the name of its question and arguments; a drawing that of the answer it is drawn from. What has no name (an
answer that depends on the register too, a drawing of something a page put together) is made when it is asked for.
"""

import hashlib
import weakref
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from wijkdata.questions.shared import memory
from wijkdata.store.monitor.versions import Monitor
from wijkdata.views.shared.theme import Theme

A = TypeVar("A")
# id of an answer -> (the answer, its monitor file, its name), for as long as anybody holds the answer.
_named: dict[int, tuple[weakref.ref[Any], Path, str]] = {}


def beside(monitor: Monitor, question: str, arguments: tuple[Hashable, ...]) -> tuple[bool, Any]:
    """Return (True, the answer beside the monitor file), or (False, None)."""
    name = _name(question, arguments)
    present, found = memory.read(monitor, name)
    return present, _known(monitor, name, found) if present else None


def answer(monitor: Monitor, question: str, arguments: tuple[Hashable, ...], make: Callable[[], A]) -> A:
    """Make an answer that is not beside the monitor file."""
    name = _name(question, arguments)
    return _known(monitor, name, memory.collected(name, make()))


def _name(question: str, arguments: tuple[Hashable, ...]) -> str:
    return f"{question}{arguments!r}"


def _known(monitor: Monitor, name: str, answer: A) -> A:
    """Remember of which question an answer is, for what is drawn from it."""
    if is_dataclass(answer):
        key = id(answer)
        _named[key] = weakref.ref(answer, lambda _: _named.pop(key, None)), monitor.path, name
    return answer


def drawing(view: str, answers: tuple[object, ...], theme: Theme, make: Callable[[], str]) -> str:
    """Return a drawing of answers, or of an answer and parts of it, as text: the one beside the monitor file, else `make()`."""
    first = _named.get(id(answers[0]))
    parts = [_place(answers[0], one) for one in answers[1:]]
    if first is None or None in parts:
        return make()
    _, path, name = first
    name = f"{view}({', '.join([name, *map(str, parts)])}, {_digest(theme)})"
    present, found = memory.read(Monitor(path), name)
    return str(found) if present else memory.collected(name, make())


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
