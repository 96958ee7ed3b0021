"""A drawing as the text that the browser gets."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

import altair as alt
from altair.utils import schemapi

from wijkdata.views.shared.theme import Theme

A = TypeVar("A")
# The switches below are one for the whole process.
_ONE_AT_A_TIME = threading.Lock()
# What a copy of a drawing shares with it: rows, which nobody changes.
_SHARED = frozenset(("data", "values", "datasets"))
_deep_copy, _FromDict = schemapi._deep_copy, schemapi._FromDict


def specification(view: Callable[[A, Theme], alt.TopLevelMixin], answer: A, theme: Theme) -> str:
    """Return the Vega-Lite specification of `view(answer, theme)` as JSON.

    Not checked against the schema, which is two thirds of the work: the tests do that for every drawing.
    """
    with _ONE_AT_A_TIME, schemapi.debug_mode(False), _quickly():
        return json.dumps(view(answer, theme).to_dict(validate=False))


@contextmanager
def _quickly() -> Iterator[None]:
    """Let Altair copy a drawing faster, and look up once which class is which part of the schema.

    It copies the whole drawing at every step of making it, and looks the classes up for every channel: two thirds of its
    time. A test holds every drawing of the example against what Altair makes by itself.
    """
    try:
        _set(_copy, lambda classes: _classes())
        yield
    finally:
        _set(_deep_copy, _FromDict)


def _set(deep_copy: Callable[..., object], from_dict: Callable[..., object]) -> None:
    vars(schemapi).update(_deep_copy=deep_copy, _FromDict=from_dict)


def _copy(part: object, by_ref: set[str]) -> object:
    """Copy a drawing as Altair does, but for its rows, and without a call for each field that it does not have."""
    if isinstance(part, schemapi.SchemaBase):
        copy = object.__new__(type(part))
        object.__setattr__(copy, "_args", tuple(_copy(one, by_ref) for one in part._args))
        object.__setattr__(copy, "_kwds", _copy_fields(part._kwds, by_ref))
        return copy
    if isinstance(part, list):
        return [_copy(one, by_ref) for one in part]
    return _copy_fields(part, by_ref) if isinstance(part, dict) else part


def _copy_fields(fields: dict[str, Any], by_ref: set[str]) -> dict[str, Any]:
    return {
        name: _copy(value, by_ref)
        if isinstance(value, schemapi.SchemaBase | list | dict) and name not in _SHARED and name not in by_ref
        else value
        for name, value in fields.items()
    }


@cache
def _classes() -> object:
    return _FromDict(alt.VegaLiteSchema._default_wrapper_classes())
