"""Shapes as files: written once, whole, the old ones gone; a folder that cannot be written is no crash."""

import asyncio
import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.datastructures import Headers
from starlette.responses import Response

from tests.kaart_examples import cohesion, place_with, wijk
from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.questions.shared import boundaries
from wijkdata.ui import gate
from wijkdata.ui.kaart import boundary_files


@pytest.fixture(scope="module")
def shapes(tmp_path_factory):
    codes = [wijk(1), wijk(2)]
    monitor = place_with(tmp_path_factory.mktemp("geo"), cohesion(2022, dict.fromkeys(codes, 80)), codes)
    return boundaries.shapes(monitor, load(), "GM0518", Level.WIJK, 2024)


def test_two_files_under_the_hash_of_their_content(shapes, tmp_path, monkeypatch):
    monkeypatch.setattr(boundary_files, "GEO_DIR", tmp_path / "geo")
    areas, lines = boundary_files.addresses(shapes)
    assert areas == f"/app/static/geo/{shapes.name_areas}.json"
    assert lines == f"/app/static/geo/{shapes.name_lines}.json"
    assert (tmp_path / "geo" / f"{shapes.name_areas}.json").read_text(encoding="utf-8") == shapes.areas
    assert sorted(path.suffix for path in (tmp_path / "geo").iterdir()) == [".json", ".json"]


def test_what_is_there_is_not_written_again(shapes, tmp_path, monkeypatch):
    monkeypatch.setattr(boundary_files, "GEO_DIR", tmp_path)
    boundary_files.addresses(shapes)
    path = tmp_path / f"{shapes.name_areas}.json"
    path.write_text("kept", encoding="utf-8")
    boundary_files.addresses(shapes)
    assert path.read_text(encoding="utf-8") == "kept"


def test_the_files_used_longest_ago_go(shapes, tmp_path, monkeypatch):
    monkeypatch.setattr(boundary_files, "GEO_DIR", tmp_path)
    for n in range(boundary_files.KEEP):
        path = tmp_path / f"{n:04d}.json"
        path.write_text("{}", encoding="utf-8")
        os.utime(path, (1000 + n, 1000 + n))
    boundary_files.addresses(shapes)
    left = {path.name for path in tmp_path.iterdir()}
    assert len(left) == boundary_files.KEEP
    assert {"0000.json", "0001.json"}.isdisjoint(left)
    assert f"{shapes.name_lines}.json" in left


def test_a_folder_that_cannot_be_written_gives_no_address_but_the_data(shapes, tmp_path, monkeypatch):
    blocked = tmp_path / "geo"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setattr(boundary_files, "GEO_DIR", blocked)
    assert boundary_files.addresses(shapes) is None
    features, lines = boundary_files.inline(shapes)
    assert [feature["properties"]["c"] for feature in features] == list(shapes.codes)
    assert lines == json.loads(shapes.lines)


@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [
        ("/app/static/geo/0123456789abcdef0123.json", 200, "public, max-age=31536000, immutable"),
        ("/onder/app/static/geo/0123456789abcdef0123.json", 200, "public, max-age=31536000, immutable"),
        ("/app/static/geo/0123456789abcdef0123.json", 404, None),  # gone: another server may still make it
        ("/app/static/logo.svg", 200, None),
        ("/kaart", 200, None),
    ],
)
def test_a_browser_keeps_shapes_for_good_and_nothing_else(path, status, kept):
    told = []

    async def send(message):
        told.append(message)

    scope = {"type": "http", "method": "GET", "scheme": "http", "path": path, "headers": [(b"host", b"127.0.0.1:8501")]}
    # In a thread: where a browser is open, this one has a loop of its own running.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, gate.Gate(Response(status_code=status))(scope, None, send)).result()
    assert Headers(raw=told[0]["headers"]).get("cache-control") == kept
