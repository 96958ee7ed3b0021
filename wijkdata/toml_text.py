"""TOML that people write and give to each other: read with the line that is wrong, written so that reading gives the same."""

import json
import re
import tomllib
from typing import Any


class TomlError(ValueError):
    """Text that is no TOML in UTF-8. place: `, regel 3`, or nothing where no line can be named."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def read(data: bytes) -> dict[str, Any]:
    """Read TOML in UTF-8, with or without the mark that some editors put before it. Raises TomlError."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a ValueError and nothing more
        line = re.search(r"line (\d+)", str(error))
        raise TomlError(f", regel {line[1]}" if line else "") from error


def write(tables: dict[str, Any], notes: dict[str, str] | None = None) -> str:
    """Write tables as TOML, so that reading gives the same. notes: key of the upper level -> a comment above it."""
    notes = notes or {}
    simple = {key: value for key, value in tables.items() if not _is_table(value)}
    lines = [
        line for key, value in simple.items() for line in (*_comment(notes.get(key)), f"{_key(key)} = {_value(value)}")
    ]
    for key, value in tables.items():
        if not _is_table(value):
            continue
        lines += ["", *_comment(notes.get(key))]
        if isinstance(value, list):
            lines += [line for one in value for line in (f"[[{_key(key)}]]", *_fields(one), "")]
        else:
            lines += _table(value, _key(key))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _table(table: dict[str, Any], path: str) -> list[str]:
    deeper = {key: value for key, value in table.items() if isinstance(value, dict)}
    own = {key: value for key, value in table.items() if key not in deeper}
    lines = [f"[{path}]", *_fields(own)] if own or not deeper else []
    for key, value in deeper.items():
        lines += ["", *_table(value, f"{path}.{_key(key)}")]
    return lines


def _fields(table: dict[str, Any]) -> list[str]:
    return [f"{_key(key)} = {_value(value)}" for key, value in table.items()]


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _comment(note: str | None) -> list[str]:
    return [f"# {line}" for line in (note or "").splitlines()]


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


def _value(value: object) -> str:
    if isinstance(value, list):
        parts = [_value(one) for one in value]
        inside = ", ".join(parts)
        return f"[{inside}]" if len(inside) < 90 else "[\n  " + ",\n  ".join(parts) + ",\n]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }"
    # A basic string of TOML is one of JSON, but for the character that deletes.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
