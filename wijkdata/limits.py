"""What a file, a table, a field and a copy may be at most, and what reading one may take.

Every limit stands here and nowhere else: what refuses asks for it when it refuses, and Gegevens lists them (`listed`).
A limit is far above what publishers and people make; one who meets it has a file that is no table, or must split it.
"""

from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1_000_000

# --- a file ---------------------------------------------------------------------------------------------------------

# The largest publisher's table is 17 MB (Leefbaarometer, all buurten); the national map of buurten is 120 MB.
FILE = 250 * MEGABYTE
# What is uploaded stays in the memory of the server. The same as in .streamlit/config.toml, which a test compares.
UPLOAD = 20 * MEGABYTE
# Of all uploads together: several people may be busy at once.
UPLOADS = 200 * MEGABYTE
# A zip may say that it holds terabytes. Ordinary xlsx and csv pack 5 to 20 times, empty sheets up to 100.
UNPACKED = 600 * MEGABYTE
RATIO = 150
# A small file may pack better than that: nothing is filled by it.
RATIO_FROM = 20 * MEGABYTE
# A download of a publisher has at most some hundreds.
PARTS = 2_000
# The description beside a table of the CBS is a page of text.
DESCRIPTION = 2 * MEGABYTE
# A recipe is a page of text too, and as wide as the widest table.
RECIPE = 1 * MEGABYTE
RECIPE_ENTRIES = 5_000

# --- a table --------------------------------------------------------------------------------------------------------

# The largest publisher's table has 2 million cells; a cell takes about 100 bytes of memory while it is being read. Of a
# sheet the whole rectangle counts, up to its farthest cell.
CELLS = 20_000_000
# An .ods writes rows that are the same once, with how often: a few bytes may stand for a million filled rows.
REPEATED = 50_000
# A transposed table of the whole country has 18,000 columns; a table with an area per row never has this many.
COLUMNS = 5_000
# A wider header cell than this is prose or junk, not a name.
HEADER = 2_000
# A description in a cell is a page at most; from here on a quote was never closed.
CELL = 131_072
# A line is a row; a whole file without line ends fills the memory with cells.
LINE = 5_000_000
# Rises that people know of: each is held against every series of its area, by every sensitivity.
RISES = 5_000

# --- a map ----------------------------------------------------------------------------------------------------------

# There are about 15,000 buurten; a table of all addresses or buildings has millions of rows.
MAP_ROWS = 100_000
# The largest shape of a gemeente, with all its water, is about 3 MB.
SHAPE = 50 * MEGABYTE
MAP_SECONDS = 120

# --- what reading may take ------------------------------------------------------------------------------------------

# At least, and per megabyte of the file: the largest national files stay well under it. Seconds are of the processor.
MEMORY, MEMORY_PER_MEGABYTE = 900 * MEGABYTE, 4 * MEGABYTE
SECONDS, SECONDS_PER_MEGABYTE = 15.0, 1.5
# Reading that waits takes no time of the processor; after so many times its seconds it is ended all the same.
WAITING = 20

# --- fetching -------------------------------------------------------------------------------------------------------

# A page of 10,000 rows of the widest table is 40 MB, the largest whole file (addresses of a year) 120 MB.
FETCHED_PAGE, FETCHED_FILE = 200 * MEGABYTE, 500 * MEGABYTE
# Seconds: until a service answers the door, without a sign of life, and for one page in all.
FETCH_CONNECT, FETCH_SILENCE, FETCH_SECONDS = 15.0, 60.0, 600.0
# How often one request is tried, and how often it may be sent on.
FETCH_TRIES, FETCH_REDIRECTS = 5, 3

# --- the register ---------------------------------------------------------------------------------------------------

# What a browser takes at most of a paste: more than any field may hold, so that a text that is too long is said, not cut.
TYPED = 4_000
# Amounts and numbers of people from here on are a mistake of typing.
NUMBER = 1_000_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2100
# A register of a large gemeente is some megabytes. A copy is checked in memory, row by row.
COPY = 1_000 * MEGABYTE
COPY_SECONDS = 300
# A history of twenty years of a large city is 20 MB: more is no register.
CHANGES, LETTERS = 500_000, 500_000_000

# --- the werkbank ---------------------------------------------------------------------------------------------------

# A view is a line of text with a note of a page at most; nobody looks through more than some dozens.
WORKBENCH = 1 * MEGABYTE
WORKBENCH_VIEWS, WORKBENCH_NOTE = 100, 2_000


class Unit(StrEnum):
    """What a limit counts."""

    BYTES = "bytes"
    SECONDS = "seconds"
    TIMES = "times"
    YEAR = "year"
    PIECES = "pieces"


@dataclass(frozen=True)
class Limit:
    """One limit. name: of the constant. about: what it limits, in Dutch. of: the part of this file, in Dutch."""

    name: str
    of: str
    about: str
    unit: Unit

    @property
    def most(self) -> float:
        """The limit itself, as it is now."""
        return float(globals()[self.name])


_FILE, _TABLE, _MAP, _TAKES = "Bestand", "Tabel", "Kaart", "Lezen"
_FETCH, _REGISTER, _WORKBENCH = "Ophalen", "Activiteiten", "Werkbank"
_ALL = (
    (_FILE, "FILE", "Grootte van een bestand (map voor grote bestanden, opdrachtregel)", Unit.BYTES),
    (_FILE, "UPLOAD", "Grootte van een bestand dat u in de browser kiest", Unit.BYTES),
    (_FILE, "UPLOADS", "Alle bestanden samen die u in de browser kiest", Unit.BYTES),
    (_FILE, "UNPACKED", "Een zip, werkmap of Parquet, uitgepakt", Unit.BYTES),
    (_FILE, "RATIO", "Hoeveel keer groter een zip of werkmap wordt bij het uitpakken", Unit.TIMES),
    (_FILE, "RATIO_FROM", "Uitgepakte grootte tot waar dat niet telt", Unit.BYTES),
    (_FILE, "PARTS", "Onderdelen van een zip", Unit.PIECES),
    (_FILE, "DESCRIPTION", "Beschrijving bij een tabel van het CBS", Unit.BYTES),
    (_FILE, "RECIPE", "Recept", Unit.BYTES),
    (_FILE, "RECIPE_ENTRIES", "Kolommen of namen in een recept", Unit.PIECES),
    (_TABLE, "CELLS", "Cellen (rijen maal kolommen)", Unit.PIECES),
    (_TABLE, "REPEATED", "Herhalingen van gevulde rijen (ods)", Unit.PIECES),
    (_TABLE, "COLUMNS", "Kolommen", Unit.PIECES),
    (_TABLE, "HEADER", "Tekens in een kolomnaam", Unit.PIECES),
    (_TABLE, "CELL", "Tekens in een cel van een CSV", Unit.PIECES),
    (_TABLE, "LINE", "Tekens op een regel van een CSV", Unit.PIECES),
    (_TABLE, "RISES", "Rijen in een tabel met bekende stijgingen", Unit.PIECES),
    (_MAP, "MAP_ROWS", "Gebieden in een kaartlaag (GeoPackage)", Unit.PIECES),
    (_MAP, "SHAPE", "Eén vorm of cel (GeoPackage)", Unit.BYTES),
    (_MAP, "MAP_SECONDS", "Tijd om een GeoPackage te lezen", Unit.SECONDS),
    (_TAKES, "MEMORY", "Geheugen bij het lezen", Unit.BYTES),
    (_TAKES, "MEMORY_PER_MEGABYTE", "Daarbij, per MB van het bestand", Unit.BYTES),
    (_TAKES, "SECONDS", "Rekentijd bij het lezen", Unit.SECONDS),
    (_TAKES, "SECONDS_PER_MEGABYTE", "Daarbij, per MB van het bestand", Unit.SECONDS),
    (_TAKES, "WAITING", "Hoeveel keer de rekentijd het lezen in alles mag duren", Unit.TIMES),
    (_FETCH, "FETCHED_PAGE", "Eén bladzijde van een dienst", Unit.BYTES),
    (_FETCH, "FETCHED_FILE", "Eén bestand van een dienst", Unit.BYTES),
    (_FETCH, "FETCH_CONNECT", "Tijd tot een dienst opent", Unit.SECONDS),
    (_FETCH, "FETCH_SILENCE", "Tijd dat een dienst zwijgt", Unit.SECONDS),
    (_FETCH, "FETCH_SECONDS", "Tijd voor één bladzijde", Unit.SECONDS),
    (_FETCH, "FETCH_TRIES", "Pogingen per verzoek", Unit.PIECES),
    (_FETCH, "FETCH_REDIRECTS", "Doorverwijzingen per verzoek", Unit.PIECES),
    (_REGISTER, "TYPED", "Tekens in een veld van het formulier", Unit.PIECES),
    (_REGISTER, "NUMBER", "Getallen en bedragen blijven onder", Unit.PIECES),
    (_REGISTER, "FIRST_YEAR", "Eerste jaar van een datum", Unit.YEAR),
    (_REGISTER, "LAST_YEAR", "Laatste jaar van een datum", Unit.YEAR),
    (_REGISTER, "COPY", "Reservekopie die u terugzet", Unit.BYTES),
    (_REGISTER, "COPY_SECONDS", "Tijd om een reservekopie na te kijken", Unit.SECONDS),
    (_REGISTER, "CHANGES", "Wijzigingen in een reservekopie", Unit.PIECES),
    (_REGISTER, "LETTERS", "Tekens in de geschiedenis van een reservekopie", Unit.PIECES),
    (_WORKBENCH, "WORKBENCH", "Bestand van een werkbank", Unit.BYTES),
    (_WORKBENCH, "WORKBENCH_VIEWS", "Beelden op een werkbank", Unit.PIECES),
    (_WORKBENCH, "WORKBENCH_NOTE", "Tekens in een notitie bij een beeld", Unit.PIECES),
)


def listed() -> list[Limit]:
    """List every limit, by what it is of."""
    return [Limit(name, of, about, unit) for of, name, about, unit in _ALL]
