"""A drawing as the text that the browser gets."""

import json
import threading
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

import altair as alt
from altair.utils import schemapi

from wijkdata.views.shared.theme import Theme

A = TypeVar("A")
# The switches below are one for the whole process.
_ONE_AT_A_TIME = threading.Lock()
# What Altair changes of a copy lies in the drawings inside it and in what can be chosen there: the rest is shared with it.
_CHANGED = frozenset(("layer", "hconcat", "vconcat", "concat", "spec", "params", "views"))
# What is the same in JSON. Altair asks of every number and text whether it can turn itself into one.
_PLAIN = frozenset((str, int, float, bool, type(None)))
_altair = {name: getattr(schemapi, name) for name in ("_deep_copy", "_todict", "_FromDict")}


def specification(view: Callable[[A, Theme], alt.TopLevelMixin], answer: A, theme: Theme) -> str:
    """Return the Vega-Lite specification of `view(answer, theme)` as JSON.

    Not checked against the schema, which is two thirds of the work: the tests do that for every drawing.
    """
    with _ONE_AT_A_TIME, schemapi.debug_mode(False), _quickly():
        return json.dumps(view(answer, theme).to_dict(validate=False))


@contextmanager
def _quickly() -> Iterator[None]:
    """Let Altair copy and write a drawing faster, and look up once which class is which part of the schema.

    It copies the whole drawing at every step of making it, and looks the classes up for every channel: two thirds of its
    time. A test holds every drawing of the example against what Altair makes by itself.
    """
    try:
        vars(schemapi).update(_deep_copy=_copy, _todict=_written, _FromDict=lambda classes: _classes())
        yield
    finally:
        vars(schemapi).update(_altair)


def _copy(part: object, by_ref: Set[str]) -> object:
    """Copy a drawing as far as Altair changes it afterwards."""
    if isinstance(part, schemapi.SchemaBase):
        copy = object.__new__(type(part))
        fields = {
            name: _copy(value, by_ref) if name in _CHANGED and name not in by_ref else value
            for name, value in part._kwds.items()
        }
        vars(copy).update(_args=part._args, _kwds=fields)
        return copy
    return [_copy(one, by_ref) for one in part] if isinstance(part, list) else part


def _written(part: object, context: dict[str, Any] | None, np_opt: object, pd_opt: object) -> object:
    return part if type(part) in _PLAIN else _altair["_todict"](part, context, np_opt, pd_opt)


@cache
def _classes() -> object:
    return _altair["_FromDict"](alt.VegaLiteSchema._default_wrapper_classes())
