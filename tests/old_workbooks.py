"""Workbooks that openpyxl does not write: .xls (BIFF8 in OLE) and .ods, each as small as Excel still opens."""

import io
import struct
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

Cell = str | float | int | bool | None
Sheets = dict[str, Sequence[Sequence[Cell]]]
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(sheets: Sheets, *, password: bool = False) -> bytes:
    """Make an .xls; a cell that starts with # is an error of Excel (#DIV/0!)."""
    parts = [_biff_sheet(rows) for rows in sheets.values()]
    bof = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    lock = _record(0x002F, b"\x01" + bytes(53)) if password else b""
    names = [name.encode("utf-16-le") for name in sheets]
    heads = [struct.pack("<BBBB", 0, 0, len(name) // 2, 1) + name for name in names]
    offset = len(bof) + len(lock) + sum(8 + len(head) for head in heads) + 4
    bounds = b""
    for head, part in zip(heads, parts, strict=True):
        bounds += _record(0x0085, struct.pack("<I", offset) + head)
        offset += len(part)
    return ole("Workbook", bof + lock + bounds + _record(0x000A, b"") + b"".join(parts))


def ole(name: str, stream: bytes) -> bytes:
    """Make an OLE file with one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\x00")
    sectors = len(stream) // 512
    fat_sectors = -(-(sectors + 1) // 127)
    first = fat_sectors + 1
    chain = [_FAT] * fat_sectors + [_END] + [*range(first + 1, first + sectors), _END]
    fat = struct.pack(f"<{fat_sectors * 128}I", *chain, *[_FREE] * (fat_sectors * 128 - len(chain)))
    places = [*range(fat_sectors), *[_FREE] * (109 - fat_sectors)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<6xIIIIIIIII", 0, fat_sectors, fat_sectors, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *places)
    root = _entry("Root Entry", 5, 1, _END, 0)
    directory = root + _entry(name, 2, _FREE, first, len(stream)) + bytes(256)
    return header + fat + directory + stream


def ods(sheets: Sheets, *, password: bool = False) -> bytes:
    """Make an .ods."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join("<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    lock = '<manifest:encryption-data manifest:checksum="x"/>' if password else ""
    entry = f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{lock}</manifest:file-entry>'
    return _zip({
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}">{entry}</manifest:manifest>'.encode(),
    })  # fmt: skip


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _biff_sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str) and cell.startswith("#"):
                body += _record(0x0205, at + b"\x07\x01")
            elif isinstance(cell, str):
                body += _record(0x0204, at + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
            elif isinstance(cell, bool):
                body += _record(0x0205, at + bytes([cell, 0]))
            elif cell is not None:
                body += _record(0x0203, at + struct.pack("<d", cell))
    return body + _record(0x000A, b"")


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    entry = text.ljust(64, b"\x00") + struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, _FREE, child)
    return entry + bytes(36) + struct.pack("<IQ", first, size)


def _ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    if isinstance(cell, bool):
        return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(cell).lower()}"/>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


def _zip(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()
