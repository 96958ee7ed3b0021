"""Reading a GeoPackage with every buurt, wijk and gemeente of the country in: time and peak memory of the whole process.

python benchmarks/bench_geopackage.py [--runs 1] [--buurten 14574] [--vertices 300]

The file is made from the real wijken of 2024: each is cut into as many parts as make 14,574 buurten, and every border gets more
points, as the exact map of the publisher has. The columns are those of the national map: 7 of text and 200 of figures.
"""

import argparse
import random
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import psutil
import pyproj
import shapely

from benchmarks.measure import REAL, ROOT, Row, report
from wijkdata.sources.reading import geojson

WIJKEN = REAL / "pdok-wijken-2024/wijken_2024.geojson"
FIGURES = ["aantal_inwoners", "bevolkingsdichtheid_inwoners_per_km2", "percentage_personen_65_jaar_en_ouder"]
FIGURES += [f"overig_cijfer_{number}" for number in range(197)]
TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, last_change TEXT, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
INSERT INTO gpkg_spatial_ref_sys VALUES (28992, 'EPSG', 28992, '');
"""


def cut(shape: shapely.Geometry, parts: int) -> list[shapely.Geometry]:
    """Cut a shape into about this many parts by halving the largest, across its longer side."""
    pieces = [shape]
    while len(pieces) < parts:
        largest = pieces.pop(int(np.argmax([piece.area for piece in pieces])))
        west, south, east, north = largest.bounds
        middle_x, middle_y = (west + east) / 2, (south + north) / 2
        wide = east - west > north - south
        first = shapely.box(west, south, middle_x if wide else east, north if wide else middle_y)
        second = shapely.box(middle_x if wide else west, south if wide else middle_y, east, north)
        halves = [largest.intersection(half) for half in (first, second)]
        pieces += [half for half in halves if half.area > 0]
        if min(half.area for half in halves) == 0:
            break
    return pieces


def denser(shape: shapely.Geometry, vertices: int) -> shapely.Geometry:
    """Give a border about this many points."""
    return shapely.segmentize(shape, max(shape.length / vertices, 0.5))


def cell(shape: shapely.Geometry) -> bytes:
    """Write a shape as a cell of a GeoPackage with an envelope."""
    return b"GP\x00\x03" + struct.pack("<i4d", 28992, *shape.bounds) + shapely.to_wkb(shape, byte_order=1)


def country(buurten: int, vertices: int) -> dict[str, list[tuple[str, str, str, shapely.Geometry]]]:
    """Make the three layers: code, name, name of the gemeente, shape in Rijksdriehoek."""
    collection = geojson.read(WIJKEN)
    to = pyproj.Transformer.from_crs(4326, 28992, always_xy=True)
    shapes = shapely.make_valid(shapely.transform(collection.shapes, to.transform, interleaved=False))
    layers: dict[str, list[tuple[str, str, str, shapely.Geometry]]] = {"buurten": [], "wijken": [], "gemeenten": []}
    owners: dict[tuple[str, str], list[shapely.Geometry]] = {}
    for number, (row, shape) in enumerate(zip(collection.properties, shapes, strict=True)):
        code, owner = row["wijkcode"], row["gemeentenaam"]
        layers["wijken"].append((code, row["wijknaam"], owner, denser(shape, vertices * 2)))
        owners.setdefault((row["gemeentecode"], owner), []).append(shape)
        wanted = (number + 1) * buurten // len(shapes) - len(layers["buurten"])
        for part, piece in enumerate(cut(shape, max(wanted, 1))):
            layers["buurten"].append((f"BU{code[2:]}{part:02d}", f"Buurt {part}", owner, denser(piece, vertices)))
    for (code, name), parts in owners.items():
        layers["gemeenten"].append((code, name, name, denser(shapely.union_all(parts), vertices * 5)))
    return layers


def make(path: Path, buurten: int, vertices: int) -> tuple[int, int]:
    """Write the GeoPackage; return how many buurten and how many points it has."""
    layers, dice = country(buurten, vertices), random.Random(7)
    database = sqlite3.connect(path)
    database.executescript(TABLES)
    for name, rows in layers.items():
        single = name.removesuffix("en")
        figures = ", ".join(f"{figure} REAL" for figure in FIGURES)
        columns = (
            f"(fid INTEGER PRIMARY KEY, geom MULTIPOLYGON, {single}code TEXT, {single}naam TEXT, gemeente_naam TEXT"
        )
        table = f"CREATE TABLE {name} {columns}, water TEXT, jrstatcode TEXT, {figures})"
        database.execute(table)
        marks = ", ".join("?" for _ in range(6 + len(FIGURES)))
        filling = f"INSERT INTO {name} VALUES (NULL, {marks})"
        database.executemany(filling, _rows(rows, dice))
        database.execute("INSERT INTO gpkg_contents VALUES (?, 'features', '2024-10-01T00:00:00Z', 28992)", (name,))
        database.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', 28992)", (name,))
    database.commit()
    database.close()
    points = sum(int(shapely.get_num_coordinates(shape)) for rows in layers.values() for *_, shape in rows)
    return len(layers["buurten"]), points


def _rows(rows: list[tuple[str, str, str, shapely.Geometry]], dice: random.Random) -> Iterator[tuple[Any, ...]]:
    for code, name, owner, shape in rows:
        figures = [dice.choice((-99997.0, -99995.0, float(dice.randrange(90)))) for _ in FIGURES]
        yield (cell(shape), code, name, owner, "NEE", f"2024{code}", *figures)


def measured(*arguments: str) -> tuple[float, float]:
    """Return the seconds and the peak memory (MB) of one `python ...` as a process of its own; raise when it fails."""
    start, peak = time.perf_counter(), 0
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                peak = max(peak, watched.memory_info().rss)
            except psutil.Error:
                break
            time.sleep(0.02)
        output = process.communicate()[0]
        if process.returncode:
            raise RuntimeError(output.decode())
    return time.perf_counter() - start, peak / 2**20


def main() -> None:
    """Measure reading and importing, against nothing but taking the shapes out of the database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--buurten", type=int, default=14_574)
    parser.add_argument("--vertices", type=int, default=300)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wijkenbuurten_2024_v1.gpkg"
        buurten, points = make(path, given.buurten, given.vertices)
        print(f"{buurten} buurten, {points:,} points, {path.stat().st_size / 1e6:.0f} MB")
        bare = ("import sqlite3, shapely; d = sqlite3.connect(%r); "
                "[shapely.from_wkb([r[0][40:] for r in d.execute('SELECT geom FROM ' + t)]) for t in ('buurten', 'wijken', 'gemeenten')]")  # fmt: skip
        only = ("from pathlib import Path; from wijkdata import catalogue, sources; from wijkdata.sources.reading.base import Context; "
                "sources.read(Path(%r), Context(catalogue.load()))")  # fmt: skip
        baseline = [measured("-c", bare % str(path)) for _ in range(given.runs)]
        reading = [measured("-c", only % str(path)) for _ in range(given.runs)]
        importing = []
        for number in range(given.runs):
            importing.append(measured("-m", "wijkdata", "--data-dir", f"{folder}/data{number}", "import", str(path)))
    seconds, memory = (statistics.median(column) for column in zip(*baseline, strict=True))
    rows = []
    for job, found in (("reading", reading), ("import", importing)):
        rows.append(
            Row(
                f"{job} of the national GeoPackage",
                statistics.median(one[0] for one in found),
                "s",
                60,
                "its shapes alone",
                seconds,
            )
        )
        rows.append(Row(f"peak memory of {job}", max(one[1] for one in found), "MB", 1024, "its shapes alone", memory))
    report("GeoPackage of the country (whole process, start of Python included)", rows)


if __name__ == "__main__":
    main()
