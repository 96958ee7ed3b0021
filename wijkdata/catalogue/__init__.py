"""The catalogue: everything known about an indicator, its source and its pillar; nothing of it is written anywhere else."""

from wijkdata.catalogue.entries import (
    OWN,
    Catalogue,
    Column,
    Evidence,
    Figure,
    Form,
    HigherIs,
    Indicator,
    Likeness,
    Pillar,
    Role,
    SeriesBreak,
    Source,
    UnitKind,
    find_indicator,
)
from wijkdata.catalogue.reading import OWN_DIRECTORY, SOURCES, add_own, entry_of, load, of, own_problems, own_stamp

__all__ = [
    "OWN", "OWN_DIRECTORY", "SOURCES", "Catalogue", "Column", "Evidence", "Figure", "Form", "HigherIs", "Indicator", "Likeness", "Pillar",
    "Role", "SeriesBreak", "Source", "UnitKind", "add_own", "entry_of", "find_indicator", "load", "of", "own_problems", "own_stamp",
]  # fmt: skip
