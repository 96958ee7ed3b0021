"""Files that attack whoever reads them, made anew from a seed: every kind has its size, place and words drawn by chance.

KINDS: name of the kind -> what makes one: (chance) -> (file name, bytes).
"""

import io
import json
import struct
import zipfile
from collections.abc import Callable
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq

from tests.bad_files import GOOD_FILES, OWN, SQUARE, zip_of
from tests.geo_examples import GRONINGEN, KAART, gpkg
from tests.old_workbooks import ods, xls

Made = tuple[str, bytes]
HEAD = "gebied_code;indicator;periode;waarde\n"
ROW = "WK970101;vertrouwen;2014;61,5\n"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def sheet_book(sheet: str, shared: str = "", before: str = "") -> bytes:
    """Make a workbook of this text of its one sheet."""
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{_REL}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))
        )
    )
    return zip_of(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
            "xl/workbook.xml": f'{before}<workbook {_MAIN} xmlns:r="{_REL}"><sheets><sheet name="a" sheetId="1" r:id="r0"/></sheets></workbook>'.encode(),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'.encode(),
            "xl/sharedStrings.xml": f"<sst {_MAIN}>{shared}</sst>".encode(),
            "xl/worksheets/sheet1.xml": f"{before}<worksheet {_MAIN}>{sheet}</worksheet>".encode(),
        }
    )


def _letters(position: int) -> str:
    letters = ""
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def far_cell(chance: Random) -> Made:
    """One cell at a far corner, alone or beside a table."""
    row, column = chance.choice((1, 9, 1_048_576, chance.randint(1, 1_048_576))), chance.choice((1, 702, 16_384))
    near = '<row r="1"><c r="A1" t="inlineStr"><is><t>gebied_code</t></is></c></row>' if chance.random() < 0.5 else ""
    far = f'<row r="{row}"><c r="{_letters(column)}{row}" t="inlineStr"><is><t> </t></is></c></row>'
    return "ver.xlsx", sheet_book(f"<sheetData>{near}{far}</sheetData>")


def comments(chance: Random) -> Made:
    """Cells that begin and never end, in a comment."""
    piece = chance.choice(('<c r="A1">', '<c r="A1" t="e">', "<f>", '<row r="1">', "<c ", '<c r="A1"><f>1</f>'))
    inside = piece * chance.choice((2_000, 20_000, 60_000))
    return "opmerking.xlsx", sheet_book(
        f"<!--{inside}--><sheetData>{inside if chance.random() < 0.3 else ''}</sheetData>"
    )


def shared_strings(chance: Random) -> Made:
    """A long text that many cells point at."""
    size, times = chance.choice((1_000, 100_000, 1_000_000)), chance.choice((20, 500, 2_000))
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, times + 1))
    return "teksten.xlsx", sheet_book(f"<sheetData>{rows}</sheetData>", f"<si><t>{'x' * size}</t></si>")


def entities(chance: Random) -> Made:
    """Names that stand for ten of another name, and so on."""
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, chance.choice((4, 9))))
    before = f'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "lol">{names}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    inside = chance.choice(("&a3;", "&a8;", "&x;"))
    cell = f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{inside}</t></is></c></row></sheetData>'
    return "namen.xlsx", sheet_book(cell, before=before)


def repeated_ods(chance: Random) -> Made:
    """An .ods that repeats a cell or row a million times."""
    content = zipfile.ZipFile(io.BytesIO(ods({"a": [["gebied_code", "waarde"], ["WK970101", 1]]})))
    parts = {name: content.read(name) for name in content.namelist()}
    times = str(chance.choice((1_000, 16_384, 1_048_576, 99_999_999_999))).encode()
    what = chance.choice((b"table-cell ", b"table-row"))
    kind = b"columns" if what == b"table-cell " else b"rows"
    repeat = b"<table:" + what.strip() + b" table:number-" + kind + b'-repeated="' + times + b'" '
    parts["content.xml"] = parts["content.xml"].replace(b"<table:" + what.strip(), repeat, chance.randint(1, 3))
    return "herhaald.ods", zip_of(parts)


def odd_xls(chance: Random) -> Made:
    """An .xls with bytes of its own making in the sectors or the records."""
    data = bytearray(xls({"a": [["gebied_code", "waarde"], ["WK970101", 1.0]]}))
    for _ in range(chance.randint(1, 12)):
        at = chance.choice((chance.randrange(44, 512), chance.randrange(512, len(data) - 4)))
        data[at : at + 4] = struct.pack("<I", chance.choice((0, 1, 2, 0xFFFF, 0xFFFFFFFE, chance.getrandbits(32))))
    return "oud.xls", bytes(data)


def bomb(chance: Random) -> Made:
    """A zip that is much larger inside, or has many parts, or zips in zips."""
    kind = chance.randrange(4)
    if kind == 0:
        return "bom.zip", zip_of({"nul.csv": bytes(chance.choice((19_000_000, 60_000_000, 300_000_000)))})
    if kind == 1:
        return "bom.zip", zip_of({f"{n}.csv": b"x" for n in range(chance.choice((500, 2_001, 9_000)))})
    inner = zip_of({"a.csv": (HEAD + ROW).encode(), "b.csv": bytes(3_000_000)})
    for depth in range(chance.randint(1, 5)):
        inner = zip_of({f"{depth}-{n}.zip": inner for n in range(chance.randint(1, 8))})
    return "bom.zip", inner


def odd_names(chance: Random) -> Made:
    """A zip whose parts want to stand elsewhere, or have names that no disk takes."""
    names = ("../weg.csv", "/etc/weg.csv", "C:/weg.csv", "..\\weg.csv", "a/../../b.csv", "x" * 300 + ".csv", "CON.csv", "a\x00b.csv",
             "a\nb.csv", "‮vsc.a.csv", "é" * 200 + ".csv", "a/" * 120 + "b.csv", " .csv", ".", "a:b.csv", "map/", "b.csv")  # fmt: skip
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in chance.sample(names, chance.randint(1, 4)):
            info = zipfile.ZipInfo(name)
            info.external_attr = chance.choice((0, 0o120777 << 16, 0o100644 << 16))  # a link is a part as well
            archive.writestr(info, chance.choice(((HEAD + ROW).encode(), b"../../etc/passwd", b"")))
    return "namen.zip", target.getvalue()


def odd_zip(chance: Random) -> Made:
    """A zip whose directory lies about its parts."""
    data = bytearray(zip_of({"a.csv": (HEAD + ROW).encode(), "b.csv": (HEAD + ROW).encode()}))
    for _ in range(chance.randint(1, 4)):
        at = data.find(chance.choice((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"))) + chance.randrange(4, 40)
        data[at : at + 2] = struct.pack("<H", chance.choice((0, 1, 8, 12, 14, 99, 0xFFFF)))
    return "liegt.zip", bytes(data)


def parquet(chance: Random) -> Made:
    """A Parquet with columns of any kind, a dictionary of long texts, or a great many rows that pack into nothing."""
    n = chance.choice((0, 3, 1_000, 200_000))
    size = chance.choice((10, 1_000, 100_000 if n <= 1_000 else 1_000))
    kinds = {
        "tekst": pa.DictionaryArray.from_arrays(pa.array([0] * n, pa.int32()), pa.array(["x" * size])),
        "dag": pa.array([chance.choice((0, -99_999, 2_000_000))] * n, pa.date32()),
        "tijd": pa.array([10**6] * n, pa.time64("us")),
        "duur": pa.array([10**12] * n, pa.duration("ns")),
        "geld": pa.array([None] * n, pa.decimal128(38, 5)),
        "moment": pa.array([chance.choice((0, 2**62, -(2**62)))] * n, pa.timestamp("us")),
        "niets": pa.nulls(n),
        "lijst": pa.array([[1]] * n),
        "bytes": pa.array([b"\xff\xfe"] * n),
        "getal": pa.array([float("nan")] * n),
        "gebied_code": pa.array(["WK970101"] * n),
        "waarde": pa.array([2**63] * n, pa.uint64()),
    }
    chosen = chance.sample(sorted(kinds), chance.randint(1, 6))
    target = io.BytesIO()
    pq.write_table(pa.table({name: kinds[name] for name in chosen}), target)
    return "99999NED_TypedDataSet.parquet", target.getvalue()


def _geojson(shape: object, code: object = "WK970101", **others: object) -> bytes:
    feature = {
        "type": "Feature",
        "properties": {"wijkcode": code, "wijknaam": "Binnenstad"} | others,
        "geometry": shape,
    }
    body = {"type": "FeatureCollection", "metadata": {"type": "wijken", "year": 2024}, "features": [feature]}
    return json.dumps(body).encode()


_DEEP = "diep"  # stands for a point inside as many lists as there are levels


def odd_shapes(chance: Random) -> Made:
    """A map with shapes that are none: no numbers, no end, crossing themselves, nested without an end."""
    points = [[5 + chance.random(), 52 + chance.random()] for _ in range(chance.choice((5, 300, 3_000)))]
    levels = chance.choice((6, 300, 3_000))
    bad = chance.choice((float("nan"), float("inf"), 1e308, -1e308, "x", None, [], {}, True, 10**400))
    shapes = (
        {"type": "Polygon", "coordinates": [[*points, points[0]]]},  # crosses itself everywhere
        {"type": "Polygon", "coordinates": [[*SQUARE[0][:2], [bad, 52.0], SQUARE[0][0]]]},
        {"type": "Polygon", "coordinates": chance.choice(([], [[]], [[[]]], None, "x", {}))},
        {"type": "MultiPolygon", "coordinates": [_DEEP]},
        {"type": chance.choice(("Point", "Cirkel", None, 7)), "coordinates": [5.0, 52.0]},
        {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": []}] * 9},
        chance.choice((None, [], "POLYGON", 3)),
    )
    code = chance.choice(("WK970101", "WK9701O1", None, 7, "\ud800", ["x"], "x" * 5_000, float("nan")))
    text = _geojson(chance.choice(shapes), code, aantalInwoners=bad if chance.random() < 0.3 else 5)
    # As text: Python writes no lists as deep as a stranger's file can have.
    nested = b"[" * levels + b"[5.0, 52.0]" + b"]" * levels
    return "wijken_2024.geojson", text.replace(json.dumps(_DEEP).encode(), nested)


def odd_json(chance: Random) -> Made:
    """JSON that is nested, long or strange."""
    n = chance.choice((100, 50_000, 2_000_000))
    texts = ("[" * n, '{"a":' * n, "[" + "9" * n + "]", '[{"a":1,"a":2}]', "[NaN, Infinity]", '["\\ud800"]', "[" + "1," * n,
             '{"features":[' + "{}," * n + "{}]}", '{"value":[' + '{"a":1},' * n + '{"a":1}]}')  # fmt: skip
    return "wijk.json", chance.choice(texts).encode()


def odd_shapefile(chance: Random) -> Made:
    """A shapefile in a zip with a strange code page, header or number."""
    parts = {f"buurt2017{suffix}": part for suffix, part in GRONINGEN.items()}
    if chance.random() < 0.5:
        parts["buurt2017.cpg"] = chance.choice(
            (b"", b"KLINGON-8", b"\xff\xfe", b"UTF-7", b"x" * 9_000, b"idna", b"rot13")
        )
    name = chance.choice([name for name in parts if name.endswith((".shp", ".dbf", ".shx", ".prj"))])
    part = bytearray(parts[name])
    for _ in range(chance.randint(0, 6)):
        at = chance.randrange(len(part))
        part[at : at + 8] = chance.choice((struct.pack("<d", float("nan")), bytes(8), b"\xff" * 8, chance.randbytes(8)))
    parts[name] = bytes(part)
    return "buurt2017.zip", zip_of(parts)


def odd_geopackage(chance: Random) -> Made:
    """A GeoPackage with a view, trigger or number of its own, or bytes that were changed."""
    endless = "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x AS geom, x AS buurtcode FROM t"
    scripts = (
        f"DROP TABLE IF EXISTS buurten; CREATE VIEW buurten AS {endless};",
        f"CREATE VIEW alles AS {endless}; UPDATE gpkg_contents SET table_name = 'alles' WHERE rowid = 1; "
        "UPDATE gpkg_geometry_columns SET table_name = 'alles' WHERE rowid = 1;",
        "UPDATE gpkg_geometry_columns SET column_name = 'x';",
        "UPDATE gpkg_spatial_ref_sys SET definition = 'GEOGCS[' , organization_coordsys_id = -1, organization = 'X';",
        "UPDATE gpkg_contents SET last_change = x'00ff';",
    )
    data = bytearray(gpkg(KAART, script=chance.choice(scripts) if chance.random() < 0.6 else ""))
    for _ in range(chance.choice((0, 0, 3, 40))):
        data[chance.randrange(100, len(data))] = chance.randrange(256)
    return "wijkenbuurten_2024_v1.gpkg", bytes(data)


def wide_csv(chance: Random) -> Made:
    """A CSV without an end: in columns, lines, one line, or one cell."""
    n = chance.choice((1_000, 100_000, 1_000_000))
    cells = min(n, 100_000)
    texts = (
        ";".join(f"k{i}" for i in range(cells)) + "\n" + ";".join("1" for _ in range(cells)) + "\n",
        HEAD + "\n" * n,
        HEAD + ";;;\n" * n,
        HEAD + "x" * n,
        HEAD + '"' + "x" * n,
        "a" * n + ";b\n1;2\n",
        HEAD + "XX970101;vertrouwen;2014;1\n" * min(n, 200_000),
        HEAD + "".join(f"WK9701{i % 90 + 10};vertrouwen;{1990 + i % 40};{i}\n" for i in range(min(n, 20_000))),
        ";" * n + "\n" + ROW,
        HEAD + ROW.replace("\n", "\r") * min(n, 50_000),
    )
    return "cijfers.csv", chance.choice(texts).encode()


def odd_text(chance: Random) -> Made:
    """A small CSV in another coat, with cells that are not what they should be."""
    cells = ("=cmd|' /C calc'!A0", "WK9701O1", "2100", "9" * 400, "1e999", "-0", "NaN", "١٢", "61,5%", "<script>", "\x1b[31m", "﻿", "é" * 99,
             "1.234.567,8", "2014-13", "0000", "WK970101 ", "#DIV/0!", "12:30", "\u2028", "None", "٫", "½", "1/2", "true")  # fmt: skip
    lines = [HEAD, ROW]
    for _ in range(chance.randint(1, 30)):
        row = ROW.strip().split(";")
        row[chance.randrange(4)] = chance.choice(cells)
        lines.append(chance.choice((";", ";", ";", ",", "\t")).join(row) + chance.choice(("\n", "\r\n", "\r")))
    coat = chance.choice(
        ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252", "utf-7", "utf-32", "cp037", "shift_jis")
    )
    return "eigen.csv", "".join(lines).encode(coat, "replace")


def cut(chance: Random) -> Made:
    """A good file of any publisher, cut somewhere."""
    good = chance.choice(GOOD_FILES)
    return good.name, good.content[: chance.randrange(len(good.content))]


def noise(chance: Random) -> Made:
    """Any bytes after a beginning that a reader knows."""
    start = chance.choice(
        (
            b"",
            b"PK\x03\x04",
            b"PAR1",
            b"SQLite format 3\x00",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"{",
            b"\x00\x00\x27\x0a",
            b"\xff\xfe",
        )
    )
    return chance.choice(("iets.csv", "iets.xlsx", "iets.parquet", "iets")), start + chance.randbytes(
        chance.choice((9, 600, 90_000))
    )


def twins(chance: Random) -> Made:
    """A good table of which something stands twice."""
    head, *rows = OWN.splitlines()
    again = (f"{head};{head}", head, *rows * chance.randint(2, 90))
    return "eigen.csv", ("\n".join(again if chance.random() < 0.5 else (head, head, *rows)) + "\n").encode()


KINDS: dict[str, Callable[[Random], Made]] = {
    one.__name__: one
    for one in (far_cell, comments, shared_strings, entities, repeated_ods, odd_xls, bomb, odd_names, odd_zip, parquet, odd_shapes,
                odd_json, odd_shapefile, odd_geopackage, wide_csv, odd_text, cut, noise, twins)
}  # fmt: skip
