"""Which column of a table of reports is what, by the names of the standard Meldingen openbare ruimte (MOR-ODS)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# As `plain` writes them; `latidude` is how the standard has it.
_NAMES = {
    "date": ("datummelding", "meldingsdatum", "meldingdatum", "datummeldingen"),
    "category": ("hoofdcategorie",),
    "x": ("longitude", "lon", "lng", "lengtegraad", "xcoordinaat", "xcoord", "x", "rdx", "xrd"),
    "y": ("latidude", "latitude", "lat", "breedtegraad", "ycoordinaat", "ycoord", "y", "rdy", "yrd"),
    "area": (
        "buurtcode", "bucode", "cbsbuurtcode", "buurtcodecbs", "gwbcode", "gebiedcode", "gebiedscode", "wijkcode", "wkcode",
        "cbswijkcode", "wijkcodecbs",
    ),
    "id": ("identificatie", "zaakid", "zaaknummer", "meldingid", "meldingnummer", "meldingsnummer", "id"),
    "channel": ("kanaal", "meldkanaal", "bron", "ingekomenvia"),
}  # fmt: skip


@dataclass(frozen=True)
class ReportColumns:
    """The columns of a table of reports, as they are called in it; "" where there is none. x, y: coordinates, in either order.
    count: how many reports a row stands for."""

    date: str
    category: str = ""
    x: str = ""
    y: str = ""
    area: str = ""
    id: str = ""
    channel: str = ""
    count: str = ""

    @property
    def used(self) -> tuple[str, ...]:
        """List the columns that are read; no other column of the file is looked into."""
        every = (self.date, self.category, self.x, self.y, self.area, self.id, self.channel, self.count)
        return tuple(dict.fromkeys(name for name in every if name))

    @property
    def placed(self) -> bool:
        """Whether a report says where it is."""
        return bool(self.area or (self.x and self.y))


def plain(header: str) -> str:
    """Write a header without what differs from file to file: case, accents, spaces and signs."""
    text = unicodedata.normalize("NFKD", header.casefold())
    return "".join(letter for letter in text if letter.isalnum())


def find(headers: Iterable[str]) -> ReportColumns | None:
    """Find the columns of the standard; None when there is no day of the report, category or place."""
    known: dict[str, str] = {}
    for header in headers:
        known.setdefault(plain(header), header)
    header_of = {part: next((known[name] for name in names if name in known), "") for part, names in _NAMES.items()}
    if not header_of["date"] or not header_of["category"]:
        return None
    columns = ReportColumns(**header_of)
    return columns if columns.placed else None
