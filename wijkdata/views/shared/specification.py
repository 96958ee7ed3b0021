"""A drawing as the text that the browser gets."""

import json
import threading
from collections.abc import Callable
from typing import TypeVar

import altair as alt
from altair.utils import schemapi

from wijkdata.views.shared.theme import Theme

A = TypeVar("A")
# The switch below is one for the whole process.
_ONE_AT_A_TIME = threading.Lock()


def specification(view: Callable[[A, Theme], alt.TopLevelMixin], answer: A, theme: Theme) -> str:
    """Return the Vega-Lite specification of `view(answer, theme)` as JSON.

    Not checked against the schema, which is two thirds of the work: the tests do that for every drawing.
    """
    with _ONE_AT_A_TIME, schemapi.debug_mode(False):
        return json.dumps(view(answer, theme).to_dict(validate=False))
