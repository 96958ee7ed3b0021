"""Answers kept per monitor file: computed once however many people ask at once, forgotten when a newer file appears."""

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import is_dataclass
from enum import Enum
from functools import lru_cache, wraps
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

from pydantic import BaseModel

from wijkdata.questions.shared import making
from wijkdata.store.monitor import prepared, values
from wijkdata.store.monitor.versions import Monitor

P = ParamSpec("P")
R = TypeVar("R")
# Results that most questions keep: levels, real and fictional, and a few more.
KEEP = 12
_collecting: list[dict[str, bytes]] = []


def kept(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate a function of (monitor, plain values): the last `maxsize` results of the newest monitor are kept.

    Twenty people who open the app at the same moment wait for one computation instead of doing it twenty times. A
    monitor file never changes, so a result stays right for as long as it is kept; results are shared, nobody may change
    them.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        memory = Memory(maxsize)

        @wraps(function)
        def remembering(*arguments: P.args, **named: P.kwargs) -> R:
            key = (*arguments, *sorted(named.items()))
            return memory.get(arguments[0], key, lambda: function(*arguments, **named))

        return remembering

    return decorate


def beforehand(function: Callable[P, R]) -> Callable[P, R]:
    """Decorate a function of (monitor, plain values), under `kept`: what stands beside the monitor file is read from there.

    For what takes long: `beforehand.py` makes what all gemeenten share, the process of first views the rest. What is not
    there is computed.
    """

    @wraps(function)
    def reading(*arguments: P.args, **named: P.kwargs) -> R:
        monitor, *rest = arguments
        if named or not isinstance(monitor, Monitor):
            return function(*arguments, **named)
        name = name_of(function, tuple(rest))
        present, result = read(monitor, name)
        return result if present else collected(name, function(*arguments, **named))

    return reading


@contextlib.contextmanager
def collecting() -> Iterator[dict[str, bytes]]:
    """Collect everything with a name that is made meanwhile, by its name: for the process that makes first views."""
    made: dict[str, bytes] = {}
    _collecting.append(made)
    try:
        yield made
    finally:
        _collecting.remove(made)


def collected(name: str, made: R) -> R:
    """Hand what was made to whoever collects, and return it."""
    for one in _collecting:
        with contextlib.suppress(TypeError):  # of a kind that cannot be kept
            one[name] = values.written(made)
    return made


def read(monitor: Monitor, name: str) -> tuple[bool, Any]:
    """Return (True, the result of that name that stands beside the monitor file), or (False, None)."""
    return prepared.read(monitor.path, making.stamp(monitor), name, _kind)


def there(monitor: Monitor, names: Collection[str]) -> frozenset[str]:
    """Return which of these results stand beside the monitor file."""
    return prepared.there(monitor.path, making.stamp(monitor), names)


def keep(monitor: Monitor, results: Mapping[str, bytes]) -> None:
    """Put results (as of `values.written`) beside a monitor file. A folder that cannot be written gets nothing."""
    if results:
        with contextlib.suppress(OSError):
            prepared.write(monitor.path, making.stamp(monitor), results)


@lru_cache(maxsize=256)
def _kind(name: str) -> type[Any]:
    """Find a type of ours by the name that a result gives. Raises ValueError for whatever else is named."""
    module, _, inside = name.partition(":")
    if not module.startswith("wijkdata."):
        raise ValueError(f"{name} is not a type of this program")
    kind: Any = getattr(import_module(module), inside, None)
    if not (isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, Enum | BaseModel))):
        raise ValueError(f"{name} is not a type that a result can hold")
    found: type[Any] = kind
    return found


def name_of(function: Callable[..., object], arguments: tuple[object, ...]) -> str:
    """Name a result beside a monitor file, after the function and its arguments."""
    return f"{function.__module__}.{function.__qualname__}({', '.join(map(str, arguments))})"


class Memory:
    """The results for one monitor at a time, and a lock per result that is being made."""

    def __init__(self, maxsize: int) -> None:
        self._maxsize = maxsize
        self._guard = threading.Lock()
        self._owner: Hashable = None
        self._results: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, threading.RLock] = {}

    def get(self, owner: Hashable, key: Hashable, make: Callable[[], R]) -> R:
        with self._guard:
            if owner != self._owner:
                self._owner, self._results, self._making = owner, OrderedDict(), {}
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
            lock = self._making.setdefault(key, threading.RLock())
        with lock:
            with self._guard:
                if key in self._results:
                    return self._results[key]
            try:
                result = make()
                with self._guard:
                    self._keep(owner, key, result)
                return result
            finally:
                with self._guard:
                    self._making.pop(key, None)

    def _keep(self, owner: Hashable, key: Hashable, result: object) -> None:
        if owner != self._owner:  # a newer monitor appeared in the meantime
            return
        self._results[key] = result
        while len(self._results) > self._maxsize:
            self._results.popitem(last=False)
