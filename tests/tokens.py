"""Answers without their words, to see that nobody reads Dutch to find out what an answer means.

assert layout(draw(tokenised(answer))) == layout(draw(answer))
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pandas as pd

_LETTER = re.compile(r"[^\W\d_]")
_TEXT = re.compile(r"(?<=>)[^<]+(?=<)|^[^<]+|(?<=>)[^<]+$")
_SAID = re.compile(r'(?<==")[^"]*(?=")')


def tokenised(value: Any) -> Any:
    """The same value with every letter of every sentence an x: as long, as many words, and without a meaning.

    A sentence is a text with a space; ids, codes and keys have none. Enums and frames' column names stay.
    """
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return _LETTER.sub("x", value) if " " in value.strip() else value
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: tokenised(getattr(value, f.name)) for f in fields(value) if f.init})
    if isinstance(value, pd.DataFrame):
        return value.apply(
            lambda column: column.map(tokenised) if column.dtype == object or "str" in str(column.dtype) else column
        )
    if isinstance(value, pd.Series):
        return value.map(tokenised) if value.dtype == object or "str" in str(value.dtype) else value
    if isinstance(value, Mapping):
        return type(value)((key, tokenised(one)) for key, one in value.items())
    if isinstance(value, tuple | list):
        made = [tokenised(one) for one in value]
        return type(value)(*made) if hasattr(value, "_fields") else type(value)(made)
    return value


def layout(drawn: Any) -> Any:
    """What was drawn without its texts: of HTML the tags, of a specification its shape and its numbers."""
    if isinstance(drawn, str):
        return _SAID.sub("", _TEXT.sub("", drawn)) if "<" in drawn else "text" if drawn else ""
    if isinstance(drawn, Mapping):
        return {key: layout(one) for key, one in drawn.items()}
    if isinstance(drawn, tuple | list):
        return [layout(one) for one in drawn]
    if isinstance(drawn, pd.DataFrame):
        return {"columns": len(drawn.columns), "rows": len(drawn)}
    return drawn
