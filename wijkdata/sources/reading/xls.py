"""Look into an .xls before a reader of sheets gets it: is it locked, and how far do its cells reach.

An .xls is an OLE file (MS-CFB): sectors in chains, and a directory that says where the stream `Workbook` begins. That
stream is a row of records (MS-XLS): a kind, a length, and what it holds.
"""

import struct
from collections.abc import Iterator

_END = 0xFFFFFFFA  # from here on a sector number has another meaning
_ENTRY, _PASSWORD = 128, 0x002F
# The records that begin with a row and a column: a cell, or a run of cells.
_CELLS = frozenset((0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x0207))
MOST_COLUMNS = 256


class DamagedError(ValueError):
    """This is no .xls that can be followed to its end."""


def locked(data: bytes) -> bool:
    """Whether a password is needed. Raises DamagedError."""
    return any(kind == _PASSWORD for kind, _ in _records(_workbook(data)))


def widest(data: bytes) -> int:
    """Return the position of the last column that a cell stands in; an .xls has 256 at most. Raises DamagedError."""
    columns = (struct.unpack_from("<H", part, 2)[0] for kind, part in _records(_workbook(data)) if kind in _CELLS)
    return max(columns, default=0)


def _workbook(data: bytes) -> bytes:
    try:
        return _stream(data)
    except (struct.error, IndexError) as error:
        raise DamagedError from error


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(stream) - 4
    while at <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0 and length == 0:  # what is left of the last sector
            at += 4
            continue
        part = stream[at + 4 : at + 4 + length]
        if len(part) < length or (kind in _CELLS and length < 4):
            raise DamagedError
        yield kind, part
        at += 4 + length


def _stream(data: bytes) -> bytes:
    """Return the stream `Workbook` (or `Book`), from the small sectors when it is a small one."""
    size = 1 << struct.unpack_from("<H", data, 30)[0] % 16
    fat_sectors, directory, _, smallest, small_fat, _, table, _ = struct.unpack_from("<8I", data, 44)
    places = list(struct.unpack_from("<109I", data, 76))
    turns = 0
    while table < _END and turns <= len(data) // size:
        turns += 1
        part = struct.unpack_from(f"<{size // 4}I", data, (table + 1) * size)
        places += part[:-1]
        table = part[-1]
    fat: list[int] = []
    for place in places[:fat_sectors]:
        fat += struct.unpack_from(f"<{size // 4}I", data, (place + 1) * size)
    body = data[size:]
    entries = _chain(body, fat, directory, size)
    starts = {}
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", entries, at + 64)
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        starts[name] = struct.unpack_from("<II", entries, at + 116)
    workbook = starts.get("Workbook") or starts.get("Book")
    root = starts.get("Root Entry")
    if workbook is None or root is None:
        raise DamagedError
    first, length = workbook
    if length >= smallest:
        return _whole(_chain(body, fat, first, size), length)
    pointers = _chain(body, fat, small_fat, size)
    small = list(struct.unpack(f"<{len(pointers) // 4}I", pointers))
    return _whole(_chain(_chain(body, fat, root[0], size), small, first, 64), length)


def _whole(stream: bytes, length: int) -> bytes:
    if len(stream) < length:
        raise DamagedError
    return stream[:length]


def _chain(body: bytes, fat: list[int], sector: int, size: int) -> bytes:
    parts: list[bytes] = []
    while sector < _END:
        if len(parts) > len(fat):
            raise DamagedError
        parts.append(body[sector * size : (sector + 1) * size])
        sector = fat[sector]
    return b"".join(parts)
