"""Kerncijfers wijken en buurten of a fictional gemeente in every form in which the CBS hands them out: the same figures.

GM9701 (1,000 residents) has one wijk with two buurten, of which one is empty. 65+: 200, 200, 200 and 0. Bijstand: 20, 20, 20
and hidden. Made up, but for the names of the columns and the codes of the measures.
"""

import io
import json
from collections.abc import Callable

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

CODES = ("NL00", "GM9701", "WK970101", "BU97010101", "BU97010102")
NAMES = ("Nederland", "Voorbeeld", "Wijk 01 Binnenstad", "Markt", "Haven")
PEOPLE = (17_000_000, 1000, 1000, 1000, 0)
OLD = (3_400_000, 200, 200, 200, 0)
BENEFIT = (400_000, 20, 20, 20, None)
SUPERMARKET = (0.9, 0.5, 0.5, 0.4, None)
CHANGE = (".", "1", "1", "1", "3")
LEVELS = ("Land", "Gemeente", "Wijk", "Buurt", "Buurt")

PATHS = (
    "Wijken en buurten",
    "Regioaanduiding/Gemeentenaam (naam)",
    "Regioaanduiding/Soort regio (omschrijving)",
    "Regioaanduiding/Codering (code)",
    "Regioaanduiding/Indelingswijziging gemeente, wijk, buurt (code)",
    "Bevolking/Aantal inwoners (aantal)",
    "Bevolking/Leeftijdsgroepen/65 jaar of ouder (aantal)",
    "Sociale zekerheid/Personen per soort uitkering; Bijstand (aantal)",
    "Nabijheid voorzieningen/Afstand tot grote supermarkt (km)",
)
V3 = (
    "ID",
    "WijkenEnBuurten",
    "Gemeentenaam_1",
    "SoortRegio_2",
    "Codering_3",
    "IndelingswijzigingWijkenEnBuurten_4",
    "AantalInwoners_5",
    "k_65JaarOfOuder_12",
    "PersonenPerSoortUitkeringBijstand_83",
    "AfstandTotGroteSupermarkt_106",
)
# The codes of these topics in the table of 2017.
MEASURES = ("T001036", "80200", "D006842", "D000025")


def statline(*, quoted: bool = True, columns: tuple[str, ...] = PATHS, hidden: str = "       .") -> str:
    """Write the CSV of StatLine, with padded text; `columns` may leave some out."""
    cells = dict(zip(PATHS, _statline_cells(hidden), strict=True))
    rows = list(zip(*(cells[name] for name in columns), strict=True))

    def line(values: tuple[str, ...]) -> str:
        return ";".join(f'"{value}"' if quoted or ";" in value else value for value in values)

    return "\n".join([line(columns), *map(line, rows), ""])


def _statline_cells(hidden: str) -> list[list[str]]:
    padded = [[f"{name:<40}" for name in ("Nederland", *("Voorbeeld",) * 4)], [f"{level:<10}" for level in LEVELS]]
    figures = [[hidden if v is None else f"{v:>8}" for v in values] for values in (PEOPLE, OLD, BENEFIT, SUPERMARKET)]
    return [list(NAMES), *padded, [f"{code:<10}" for code in CODES], list(CHANGE), *figures]


def records_v3() -> list[dict[str, object]]:
    """Make the records of the TypedDataSet, with a NULL where there is no figure."""
    columns = (range(5), [f"{code:<10}" for code in CODES], ("Nederland", *("Voorbeeld",) * 4), LEVELS, CODES, CHANGE)
    return [
        dict(zip(V3, values, strict=True)) for values in zip(*columns, PEOPLE, OLD, BENEFIT, SUPERMARKET, strict=True)
    ]


def records_v4() -> list[dict[str, object]]:
    """Make the observations: an empty buurt has its hidden figures with a word, its distance is simply absent."""
    made = []
    for measure, values in zip(MEASURES, (PEOPLE, OLD, BENEFIT, SUPERMARKET), strict=True):
        for code, value in zip(CODES, values, strict=True):
            if measure == "D000025" and value is None:
                continue
            word = "None" if value is not None else "Confidential"
            made.append({"Measure": measure, "ValueAttribute": word, "Value": value, "WijkenEnBuurten": f"{code:<10}"})
    return [{"Id": number, **record} for number, record in enumerate(made)]


def area_list(key: str = "Key") -> list[dict[str, object]]:
    """Make the list of areas that comes with a table (v3: Key, v4: Identifier)."""
    return [
        {key: f"{code:<10}", "Title": name, "Description": "", "DetailRegionCode": code}
        for code, name in zip(CODES, NAMES, strict=True)
    ]


def as_json(records: list[dict[str, object]], **about: object) -> bytes:
    """Write records as a service does, with what it says about the table."""
    return json.dumps({**about, "value": records}).encode()


def as_csv(records: list[dict[str, object]], separator: str = ";") -> bytes:
    """Write records as CSV, empty where there is no figure."""
    rows = [list(records[0]), *(record.values() for record in records)]
    return "\n".join(separator.join("" if cell is None else f'"{cell}"' for cell in row) for row in rows).encode()


def as_parquet(records: list[dict[str, object]]) -> bytes:
    """Write records as Parquet."""
    target = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), target)
    return target.getvalue()


WRITERS: dict[str, Callable[[list[dict[str, object]]], bytes]] = {
    "json": as_json,
    "csv": as_csv,
    "parquet": as_parquet,
}
SHEET = ("gwb_code_10", "gwb_code_8", "regio", "gm_naam", "recs", "ind_wbz", "a_inw", "a_65_oo", "g_afs_gs")


def sheet_rows(columns: tuple[str, ...] = SHEET) -> list[tuple[object, ...]]:
    """Make the rows of the workbook: hidden as `.`, one number as text with a comma."""
    near: tuple[object, ...] = (0.9, "0,5", 0.5, 0.4, ".")
    bare = tuple(code[2:].lstrip("0") for code in CODES)
    cells: dict[str, tuple[object, ...]] = dict(
        zip(
            SHEET,
            (CODES, bare, NAMES, ("Nederland", *("Voorbeeld",) * 4), LEVELS, CHANGE, PEOPLE, OLD, near),
            strict=True,
        )
    )
    return [columns, *zip(*(cells[name] for name in columns), strict=True)]


def workbook(rows: list[tuple[object, ...]], title: str = "Blad1") -> bytes:
    """Make a workbook of one sheet with these rows."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
