"""What a file that no reader recognises seems to be, and what to do with it: one sentence, from the content alone."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.errors import InputError
from wijkdata.sources.reading import blocks as block_finder
from wijkdata.sources.reading import files, names, tables
from wijkdata.sources.reading.blocks import Block
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reports import looking

_SAMPLE = 500
_SAY = "zeg op de pagina Gegevens één keer wat waar staat"
# Where the remedy says so, the command line has a command for it.
_COMMANDS = {
    "op de pagina Gegevens": files.RECIPE,
    "op de pagina Activiteiten": "python -m wijkdata activities import BESTAND",
}
# Headers that a table of persons has and a table of counts has not.
_PERSON = re.compile(
    r"(?:bsn|burgerservicenummer|geboorte(?:datum|dag)|date of birth|birth ?date|voornaam|achternaam|first name|last name|"
    r"surname|e-?mail(?:adres)?|telefoon(?:nummer)?|client ?(?:nummer|nr|id)|cliënt ?(?:nummer|nr|id)|pati[eë]nt ?(?:nummer|id)|"
    r"case id|voter id|persoon ?(?:id|nummer|nr)|respondent ?(?:id|nummer|nr)?|casus ?(?:id|nummer|nr))"
)
_DESCRIPTION = re.compile(
    r".*(?:definiti|omschrijving|description|toelichting|vraag|question|antwoord|answer|betekenis|eenheid|rekeneenheid).*"
)
_POSTCODE = re.compile(r"(?:pc ?[456]|postcode ?[456]?|pc6hnr|zip ?code)")
_PLACE = re.compile(
    r".*(?:buurt|wijk|gebied|gemeente|stadsdeel|regio|kern|neighbou?rhood|district|borough|area|region|zones?).*"
)
_STATLINE = ("wijken en buurten", "regio's")
_PB = re.compile(r"\ufeff?META\s*\r?\n")


def refusal(path: Path, kind: FileKind) -> InputError:
    """Say why no reader takes this file: it is damaged, or what it seems to be and what to do."""
    try:
        problem, remedy = _said(path, kind)
        command = next((command for page, command in _COMMANDS.items() if page in remedy), "")
        return refuse(path, problem, remedy, command=command)
    except InputError as error:
        return error


def _said(path: Path, kind: FileKind) -> tuple[str, str]:
    if kind is FileKind.JSON:
        files.json_value(path)
        what, remedy = (
            "JSON zonder cijfers per gebied",
            "haal de tabel op als CSV of Excel, en grenzen als GeoJSON of GeoPackage",
        )
        return _seems(what), remedy
    if kind is FileKind.SHAPE:
        return _seems("een deel van een shapefile"), "lees de hele zip in, of alle delen (.shp, .shx, .dbf, .prj) samen"
    if kind is FileKind.ZIP:
        return _zip(path)
    if kind is FileKind.TEXT and _PB.match(tables.peek(path).head):
        problem = "dit is een burgerbegroting (projecten en stemmen) en geen tabel met cijfers"
        return problem, "lees het in op de pagina Activiteiten"
    return _table(path, kind)


def _seems(what: str) -> str:
    return f"dit bestand herkent wijkdata niet, het lijkt {what}"


def _zip(path: Path) -> tuple[str, str]:
    inside = [name for name in files.members(path, "") if not name.startswith("__MACOSX")]
    shown = dutch.listing([f"‘{name}’" for name in inside[:3]]) + (" en meer" if len(inside) > 3 else "")
    what = f"een zip zonder cijfers of grenzen (erin: {shown})" if inside else "een lege zip"
    return _seems(what), "pak de zip uit en lees de tabel of de kaart in die u zoekt"


def _table(path: Path, kind: FileKind) -> tuple[str, str]:
    blocks = tables.blocks(path)
    if kind is FileKind.TEXT and len(blocks) < 2:
        tables.read_csv(path)  # damage is said first
    if not blocks:
        return _seems(
            "een bestand zonder tabel"
        ), "zet boven de cijfers één rij met kolomnamen, en onder de kop een rij per gebied"
    block = max(blocks, key=lambda one: one.frame.size)
    for judge in _JUDGES:
        if reason := judge(block):
            return reason
    raise AssertionError("the last judge always speaks")


# --- what a table is about; the first that speaks -------------------------------------------------------------------


def _persons(block: Block) -> tuple[str, str] | None:
    telling = [name for name in block.frame.columns if _PERSON.fullmatch(_plain(name))]
    if not telling:
        return None
    problem = f"dit zijn rijen per persoon (kolom {dutch.listing(telling[:2])}); gegevens van personen leest wijkdata nooit in"
    return problem, "tel de personen eerst per wijk of buurt en per jaar, en laat kleine aantallen weg"


def _reports(block: Block) -> tuple[str, str] | None:
    sample = block.frame.head(_SAMPLE).apply(tables.as_text)
    if not looking.day_column(sample)[0] or not all(looking.coordinates(sample, looking.numeric(sample))):
        return None
    what = "een tabel met een dag en een plek per rij, zoals losse meldingen"
    return _seems(
        what
    ), f"{_SAY}; dan telt wijkdata ze per gebied, maand en categorie en bewaart van een losse rij niets"


def _descriptions(block: Block) -> tuple[str, str] | None:
    explained = [name for name in block.frame.columns if _DESCRIPTION.fullmatch(_plain(name))]
    figures = [name for name in block.frame.columns[1:] if _share(block.frame[name], _number) > 0.5]
    if len(explained) < 1 or len(figures) * 3 > len(block.frame.columns) or _code_column(block):
        return None
    problem = f"dit zijn omschrijvingen zonder cijfers (kolom {dutch.listing(explained[:2])})"
    return problem, "lees de tabel in waar deze omschrijvingen bij horen"


def _translated(block: Block) -> tuple[str, str] | None:
    cells = [str(cell) for cell in block.frame.iloc[:, 0] if isinstance(cell, str)]
    odd = names.look_translated([*block.frame.columns, *cells])
    if not odd:
        return None
    shown = dutch.listing([f"‘{name}’" for name in odd[:3]])
    problem = f"de namen in dit bestand lijken vertaald door een browser ({shown})"
    return problem, "zet het vertalen van de pagina uit en haal het bestand opnieuw op, liefst met gebiedscodes"


def _empty(block: Block) -> tuple[str, str] | None:
    if len(block.frame):
        return None
    return "dit bestand heeft een kop en geen rijen", "haal het bestand opnieuw op, en kies ook gebieden en perioden"


def _without_figures(block: Block) -> tuple[str, str] | None:
    place = _code_column(block) or _place_column(block)
    others = [name for name in block.frame.columns if name != place]
    filled = [name for name in others if "(code)" not in _plain(name) and _share(block.frame[name], _number) > 0]
    if place is None or filled:
        return None
    problem = "in deze tabel staan gebieden en geen cijfers"
    return problem, "kies bij de uitgever ook de onderwerpen die u zoekt, en bewaar de tabel opnieuw"


def _coded(block: Block) -> tuple[str, str] | None:
    column = _code_column(block)
    if column is None:
        return None
    what = f"een tabel met gebieden (kolom {column}) en cijfers die wijkdata nog niet kent ({_columns(block, column)})"
    return _seems(what), _SAY


def _postcodes(block: Block) -> tuple[str, str] | None:
    column = next((name for name in block.frame.columns if _POSTCODE.fullmatch(_plain(name))), None)
    if column is None or _place_column(block) is not None:
        return None
    what = f"een tabel per postcode (kolom {column})"
    return _seems(what), "vraag de cijfers per buurt of per wijk; een postcode ligt vaak in meer buurten"


def _named(block: Block) -> tuple[str, str] | None:
    column = _place_column(block)
    if column is None:
        return None
    what = f"een tabel met namen van gebieden (kolom {column}) en zonder gebiedscodes"
    if _plain(column) in _STATLINE:
        remedy = "kies in StatLine bij de onderwerpen ook ‘Codering (code)’ of ‘Regiocode (code)’ en bewaar de tabel opnieuw, of"
        return _seems(what), f"{remedy} zeg op de pagina Gegevens van welke gemeente de namen zijn"
    return _seems(what), "zeg op de pagina Gegevens één keer van welke gemeente de namen zijn en wat waar staat"


def _other(block: Block) -> tuple[str, str]:
    what = f"een tabel zonder gebieden (kolommen: {_columns(block, '')})"
    remedy = (
        "wijkdata leest cijfers per gemeente, wijk of buurt; zijn het die, zet er een kolom met hun codes of namen bij"
    )
    return _seems(what), remedy


_JUDGES: Sequence[Callable[[Block], tuple[str, str] | None]] = (
    _persons, _reports, _descriptions, _empty, _translated, _without_figures, _coded, _postcodes, _named, _other,
)  # fmt: skip


def _plain(name: object) -> str:
    return " ".join(str(name).replace("_", " ").casefold().split())


def _columns(block: Block, place: str) -> str:
    shown = [str(name)[:40] for name in block.frame.columns if name != place]
    return dutch.listing(shown[:3]) + (" en meer" if len(shown) > 3 else "")


def _share(cells: pd.Series, test: Callable[[object], bool]) -> float:
    filled = [cell for cell in cells.head(_SAMPLE) if not pd.isna(cell) and str(cell).strip()]
    return sum(map(test, filled)) / len(filled) if filled else 0.0


def _number(cell: object) -> bool:
    written = block_finder.text(cell)
    return any(char.isdigit() for char in written) and (block_finder.is_figure(cell) or written.isdigit())


def _code_column(block: Block) -> str | None:
    coded = (
        name
        for name in block.frame.columns
        if _share(block.frame[name], _code) > 0.5
        or (_PLACE.fullmatch(_plain(name)) and _share(block.frame[name], _bare_code) > 0.5)
    )
    return next((str(name) for name in coded), None)


def _code(cell: object) -> bool:
    return areas.normalise(cell) is not None


def _bare_code(cell: object) -> bool:
    return re.fullmatch(r"\d{5,8}", str(cell).strip()) is not None


def _place_column(block: Block) -> str | None:
    placed = (
        name
        for name in block.frame.columns
        if _PLACE.fullmatch(_plain(name)) and _share(block.frame[name], _number) < 0.5
    )
    return next((str(name) for name in placed), None)
