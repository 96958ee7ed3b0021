"""Keeps shapes as static files under the hash of their content: a browser fetches them once, however often the colours
change.
"""

import contextlib
import json
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st

from wijkdata.questions.shared.answer import Shapes
from wijkdata.settings import STATIC_DIR

GEO_DIR = STATIC_DIR / "geo"
# Files kept; each place and level has two. The ones used last stay.
KEEP = 60


def addresses(shapes: Shapes) -> tuple[str, str] | None:
    """Returns where the browser finds the areas and the lines; None when the folder cannot be written."""
    try:
        for name, text in ((shapes.name_areas, shapes.areas), (shapes.name_lines, shapes.lines)):
            _keep(GEO_DIR / f"{name}.json", text)
    except OSError:
        return None
    base = st.get_option("server.baseUrlPath").strip("/")
    start = f"/{base}/app/static/geo/" if base else "/app/static/geo/"
    return f"{start}{shapes.name_areas}.json", f"{start}{shapes.name_lines}.json"


def inline(shapes: Shapes) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Returns the areas and the lines themselves, to send with the map."""
    return json.loads(shapes.areas)["features"], json.loads(shapes.lines)


def _keep(path: Path, text: str) -> None:
    """Writes a file that is not there yet, whole or not at all; marks one that is as used."""
    if path.exists():
        with contextlib.suppress(OSError):  # another user's file: it is there, which is enough
            os.utime(path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{uuid4().hex}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _prune(path.parent)


def _prune(folder: Path) -> None:
    files = [(path.stat().st_mtime, path) for path in folder.glob("*.json")]
    for _, path in sorted(files, reverse=True)[KEEP:]:
        with contextlib.suppress(OSError):  # in use on Windows: it goes next time
            path.unlink()
