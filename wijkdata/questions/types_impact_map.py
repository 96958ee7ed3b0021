"""The map of Voor en na: where it happened and where the areas lie that it was compared with."""

from dataclasses import dataclass

Line = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Spots:
    """Outlines as lines of (lon, lat), and code -> (lon, lat) of a point inside the area.

    division: year of the boundaries. without: codes that have none.
    """

    outline: tuple[Line, ...]
    points: dict[str, tuple[float, float]]
    division: int
    without: tuple[str, ...]
