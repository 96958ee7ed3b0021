"""Shapes as GeoPackage stores them (OGC 12-128): a header and well-known binary, checked before GEOS sees it.

GEOS follows nested collections without a limit of its own, so bytes of a stranger are walked here first.
"""

import struct
from collections.abc import Sequence

import numpy as np
import shapely

# Bytes of the envelope in the header, by its kind.
_ENVELOPE = (0, 32, 48, 48, 64)
_HEADER = 8
_EXTENDED = 0x20
# A MultiPolygon in a GeometryCollection is two deep; nothing that is an area needs more.
_MAX_DEPTH = 3
_POINT, _LINE, _POLYGON, _COLLECTIONS = 1, 2, 3, range(4, 8)
# Two ways to write height (Z), measure (M) and a number of a coordinate system: ISO adds thousands, EWKB sets high bits.
_HAS_Z, _HAS_M, _HAS_SRID = 0x80000000, 0x40000000, 0x20000000
_CHUNK = 2_000


def shapes(blobs: Sequence[object]) -> np.ndarray:
    """Read all cells of a geometry column; None where the cell is empty or no shape."""
    read = np.empty(len(blobs), dtype=object)
    for start in range(0, len(blobs), _CHUNK):
        texts = np.array([body(blob) for blob in blobs[start : start + _CHUNK]], dtype=object)
        read[start : start + len(texts)] = shapely.from_wkb(texts, on_invalid="ignore")
    return read


def body(blob: object) -> bytes | None:
    """Take the well-known binary out of a cell; None when the header or what follows is not as the standard says."""
    if not isinstance(blob, bytes) or len(blob) < _HEADER or blob[:2] != b"GP":
        return None
    envelope = (blob[3] >> 1) & 7
    if blob[3] & _EXTENDED or envelope >= len(_ENVELOPE):
        return None
    data = blob[_HEADER + _ENVELOPE[envelope] :]
    try:
        end(data)
    except (struct.error, ValueError):
        return None
    return data


def end(data: bytes, at: int = 0, depth: int = 0) -> int:
    """Walk over one shape and return where it ends. Raises ValueError or struct.error when it is cut, of an unknown kind or
    nested too deep."""
    order = {0: ">", 1: "<"}.get(data[at] if at < len(data) else -1)
    if order is None:
        raise ValueError("no byte order")
    code = struct.unpack_from(order + "I", data, at + 1)[0]
    at += 5 + (4 if code & _HAS_SRID else 0)
    thousands, kind = divmod(code & 0xFFFF, 1000)
    numbers = 2 + bool(code & _HAS_Z or thousands in (1, 3)) + bool(code & _HAS_M or thousands in (2, 3))
    if thousands > 3:
        raise ValueError("no shape that is read here")
    if kind == _POINT:
        at += 8 * numbers
    elif kind == _LINE:
        at = _after_points(data, at, order, numbers)
    elif kind == _POLYGON:
        rings, at = struct.unpack_from(order + "I", data, at)[0], at + 4
        for _ in range(rings):
            at = _after_points(data, at, order, numbers)
    elif kind in _COLLECTIONS and depth < _MAX_DEPTH:
        parts, at = struct.unpack_from(order + "I", data, at)[0], at + 4
        for _ in range(parts):
            at = end(data, at, depth + 1)
    else:
        raise ValueError("no shape that is read here")
    if at > len(data):
        raise ValueError("cut")
    return at


def _after_points(data: bytes, at: int, order: str, numbers: int) -> int:
    """Step over a row of points: how many, and their numbers."""
    after = at + 4 + 8 * numbers * struct.unpack_from(order + "I", data, at)[0]
    if after > len(data):
        raise ValueError("cut")
    return int(after)
