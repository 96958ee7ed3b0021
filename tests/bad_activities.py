"""Workbooks and rows of activities that must be refused: what is wrong, where it must be said, and in which words.

A good workbook is spoiled in one place at a time; `GOOD` itself must pass. Everything in it is made up.
"""

import copy
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import openpyxl

Sheets = dict[str, list[dict[str, Any]]]

GOOD: Sheets = {
    "Activiteiten": [
        {"Nummer": "A-1", "Titel": "Buurttuin", "Omschrijving": "Bewoners tuinieren samen.",
         "Soort activiteit": "Zelfbeheer van een plek", "Initiatiefnemer": "Bewoner(s)",
         "Participatietrede": "Zelfbeheer", "Geplande start": date(2024, 3, 1), "Status": "Loopt",
         "Bron van deze gegevens": "Verslag", "Gepland einde": "31-12-2030", "Werkelijke start": None,
         "Werkelijk einde": None, "Aantal keren": 12, "Voortgang": 40, "Reden van stoppen": None,
         "Doelgroep": "Jeugd; Ouderen", "Aangevraagd": 1200.5, "Toegekend": "1.000,25", "Prijspeil": 2024,
         "Uren van beroepskrachten meegeteld": "nee", "Verwijzing": "https://voorbeeld.example/tuin",
         "Bewijsniveau": "1 Telling of verslag"},
        {"Nummer": "A-2", "Titel": "Schouw", "Omschrijving": "Samen door de wijk.", "Soort activiteit": "schouw",
         "Initiatiefnemer": "gemeente", "Participatietrede": 2, "Geplande start": "2023-09-12", "Status": "afgerond",
         "Bron van deze gegevens": "verslag", "Werkelijk einde": "12-09-2023"},
    ],
    "Gebieden": [
        {"Nummer": "A-1", "Gebied": "WK970101", "Indelingsjaar": 2024, "Aandeel": 60},
        {"Nummer": "A-2", "Gebied": "GM9701", "Indelingsjaar": "2024", "Aandeel": None},
    ],
    "Pijlers": [{"Nummer": "A-1", "Volgorde": 1, "Pijler": "Collectieve weerbaarheid"}],
    "Doelen": [
        {"Nummer": "A-1", "Indicator": "vertrouwen", "Richting": "Omhoog", "Verwachte grootte": "2,5",
         "Beoordelen op": "31-12-2027", "Versie": None, "Vastgelegd op": None},
    ],
    "Tellingen": [
        {"Nummer": "A-1", "Datum": date(2024, 6, 1), "Hoe geteld": "Geteld", "Bezoeken": 120, "Vrijwilligersuren": 12.5},
        {"Nummer": "A-1", "Datum": date(2024, 7, 1), "Hoe geteld": "Geschat", "Bezoeken": None, "Vrijwilligersuren": None},
    ],
    "Groepen": [
        {"Nummer": "A-1", "Datum": "01-06-2024", "Kenmerk": "Leeftijd", "Groep": "65 jaar en ouder", "Aantal": "<5"},
    ],
    "Organisaties": [
        {"Nummer": "A-1", "Organisatie": "Stichting Tuin", "Soort organisatie": "Welzijnsorganisatie", "Rol": "Partner"},
    ],
    "Uitkomsten": [
        {"Nummer": "A-1", "Soort uitkomst": "Ontmoeting", "Uitkomst": "Buren kennen elkaar.", "Sinds": "01-07-2024",
         "Blijvend": "ja"},
    ],
    "Tijdlijn": [{"Nummer": "A-1", "Datum": "01-03-2024", "Soort": "Start", "Wat": "Eerste werkdag"}],
    "Verbanden": [{"Nummer": "A-1", "Verband": "Vervolg op", "Andere activiteit": "A-2"}],
    "Omstandigheden": [
        {"Nummer": "O-1", "Gebied": "WK970102", "Van": "01-02-2023", "Tot en met": None, "Soort": "Sloop", "Wat": "Sloop"},
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Bad:
    """One spoiled workbook. place: (sheet, row, column) of the one problem, as JSON has it; words: in what it says."""

    id: str
    spoil: Callable[[Sheets], object]
    place: tuple[str, int | None, str | None]
    words: tuple[str, ...]


def cell(sheet: str, row: int, column: str, value: object, *words: str, at: str = "") -> Bad:
    """One cell with something else in it. row: 0 is the first under the headings. at: the column that is named."""

    def spoil(sheets: Sheets) -> None:
        sheets[sheet][row][column] = value

    name = f"{sheet} {column} = {str(value)[:30]!r}"
    return Bad(name, spoil, (sheet, row + 2, at or column), words)


def extra(sheet: str, row: dict[str, Any], column: str, *words: str) -> Bad:
    """One row too many."""

    def spoil(sheets: Sheets) -> None:
        sheets[sheet].append(row)

    return Bad(f"{sheet} + {list(row.values())}", spoil, (sheet, len(GOOD[sheet]) + 2, column), words)


def whole(id: str, spoil: Callable[[Sheets], object], place: tuple[str, int | None, str | None], *words: str) -> Bad:
    """Something else than one cell."""
    return Bad(id, spoil, place, words)


def renamed(sheet: str, old: str, new: str) -> Callable[[Sheets], None]:
    def spoil(sheets: Sheets) -> None:
        sheets[sheet] = [{new if name == old else name: value for name, value in row.items()} for row in sheets[sheet]]

    return spoil


def without(sheet: str, column: str) -> Callable[[Sheets], None]:
    def spoil(sheets: Sheets) -> None:
        for row in sheets[sheet]:
            del row[column]

    return spoil


ACT, LIST = "Activiteiten", "dit woord staat niet in de lijst"
CELLS = [
    cell(ACT, 0, "Titel", None, "verplicht", "vul het in"),
    cell(ACT, 0, "Titel", "   ", "verplicht"),
    cell(ACT, 0, "Titel", "onbekend", "verplicht"),
    cell(ACT, 0, "Titel", "x" * 141, "141 tekens", "hoogstens 140"),
    cell(ACT, 0, "Titel", "Bel 06-12345678 voor de tuin", "een telefoonnummer", "06-12345678"),
    cell(ACT, 0, "Omschrijving", "Mail jan@voorbeeld.nl", "een e-mailadres", "jan@voorbeeld.nl"),
    cell(ACT, 0, "Omschrijving", "Van 111222333 gehoord", "BSN"),
    cell(ACT, 0, "Omschrijving", "x" * 2001, "2001 tekens"),
    cell(ACT, 0, "Omschrijving", None, "verplicht"),
    cell(ACT, 0, "Soort activiteit", "Barbecue", LIST, "Buurtpreventie"),
    cell(ACT, 0, "Soort activiteit", None, "verplicht"),
    cell(ACT, 0, "Initiatiefnemer", "Jan", LIST),
    cell(ACT, 0, "Participatietrede", 7, LIST, "Zelfbeheer"),
    cell(ACT, 0, "Participatietrede", 1.5, LIST),
    cell(ACT, 0, "Status", "bezig", LIST, "Loopt"),
    cell(ACT, 0, "Bron van deze gegevens", "roddel", LIST),
    cell(ACT, 0, "Geplande start", None, "verplicht"),
    cell(ACT, 0, "Geplande start", "31-02-2024", "dit is geen datum", "dag-maand-jaar"),
    cell(ACT, 0, "Geplande start", "gisteren", "dit is geen datum"),
    cell(ACT, 0, "Geplande start", 45292, "dit is geen datum"),
    cell(ACT, 0, "Geplande start", "01-03-24", "dit is geen datum"),
    cell(ACT, 0, "Geplande start", "01-01-1850", "het jaar 1850 kan niet"),
    cell(ACT, 0, "Gepland einde", "01-01-2020", "dit ligt voor de start"),
    cell(ACT, 0, "Werkelijke start", "01-01-2090", "deze datum is nog niet geweest"),
    cell(ACT, 0, "Werkelijk einde", "01-05-2024", "de status is Loopt"),
    cell(ACT, 1, "Status", "gestopt", "hoort een reden", at="Reden van stoppen"),
    cell(ACT, 0, "Aantal keren", 0, "te laag"),
    cell(ACT, 0, "Aantal keren", 2.5, "geen heel getal"),
    cell(ACT, 0, "Aantal keren", "veel", "geen getal"),
    cell(ACT, 0, "Aantal keren", True, "geen getal"),
    cell(ACT, 0, "Voortgang", 101, "te hoog"),
    cell(ACT, 0, "Doelgroep", "Jeugd; Vissen", LIST),
    cell(ACT, 0, "Aangevraagd", -1, "te laag"),
    cell(ACT, 0, "Aangevraagd", "1,234", "meer dan twee decimalen"),
    cell(ACT, 0, "Toegekend", "1.00.0", "geen getal"),
    cell(ACT, 0, "Toegekend", 1e12, "dit getal kan niet"),
    cell(ACT, 0, "Prijspeil", 24, "dit jaar kan niet"),
    cell(ACT, 0, "Uren van beroepskrachten meegeteld", "misschien", "geen antwoord"),
    cell(ACT, 0, "Verwijzing", "javascript:alert(1)", "geen adres van een pagina"),
    cell(ACT, 0, "Verwijzing", "www.voorbeeld.nl", "geen adres van een pagina"),
    cell(ACT, 0, "Bewijsniveau", 9, LIST),
    cell(ACT, 0, "Nummer", None, "elke rij heeft een nummer nodig"),
    cell(ACT, 0, "Nummer", "A" * 41, "dit nummer kan niet"),
    cell("Gebieden", 0, "Gebied", "Centrum", "geen code van een gemeente, wijk of buurt"),
    cell("Gebieden", 0, "Gebied", "WK970109", "dit gebied is niet bekend", "WK9701"),
    cell("Gebieden", 0, "Gebied", None, "verplicht"),
    cell("Gebieden", 0, "Indelingsjaar", None, "verplicht"),
    cell("Gebieden", 0, "Aandeel", 160, "te hoog"),
    cell("Gebieden", 0, "Nummer", None, "elke rij heeft een nummer nodig"),
    cell("Pijlers", 0, "Pijler", "Gezelligheid", "deze pijler bestaat niet"),
    cell("Pijlers", 0, "Volgorde", 5, "te hoog"),
    cell("Doelen", 0, "Indicator", "geluk", "deze indicator bestaat niet"),
    cell("Doelen", 0, "Richting", "vooruit", LIST, "Omhoog"),
    cell("Doelen", 0, "Verwachte grootte", "-2", "te laag"),
    cell("Doelen", 0, "Beoordelen op", None, "verplicht"),
    cell("Doelen", 0, "Vastgelegd op", "01-01-2090", "deze datum is nog niet geweest"),
    cell("Tellingen", 0, "Bezoeken", -3, "te laag"),
    cell("Tellingen", 0, "Bezoeken", "ongeveer 100", "geen getal"),
    cell("Tellingen", 0, "Datum", None, "verplicht"),
    cell("Tellingen", 1, "Hoe geteld", "gegokt", LIST),
    cell("Tellingen", 0, "Nummer", "A-9", "dit nummer is geen activiteit", "Activiteiten"),
    cell("Groepen", 0, "Groep", "Vrouw", "hoort bij een ander kenmerk"),
    cell("Groepen", 0, "Aantal", "weinig", "geen getal"),
    cell("Groepen", 0, "Aantal", None, "verplicht"),
    cell("Organisaties", 0, "Organisatie", "J. Jansen, 06 1234 5678", "een telefoonnummer"),
    cell("Uitkomsten", 0, "Blijvend", "vast wel", "geen antwoord"),
    cell("Uitkomsten", 0, "Uitkomst", "x" * 601, "601 tekens"),
    cell("Tijdlijn", 0, "Wat", None, "verplicht"),
    cell("Verbanden", 0, "Andere activiteit", "A-3", "deze activiteit bestaat niet", "A-"),
    cell("Verbanden", 0, "Andere activiteit", "A-1", "dit is de activiteit zelf"),
    cell("Omstandigheden", 0, "Gebied", "WK970199", "dit gebied is niet bekend"),
    cell("Omstandigheden", 0, "Tot en met", "01-01-2022", "dit ligt voor de start"),
    cell("Omstandigheden", 0, "Nummer", None, "elke rij heeft een nummer nodig"),
]  # fmt: skip
ROWS = [
    extra(ACT, {**GOOD[ACT][0]}, "Nummer", "dit nummer staat er twee keer"),
    extra(ACT, {**GOOD[ACT][0], "Nummer": " A-1 "}, "Nummer", "twee keer"),
    extra("Gebieden", {**GOOD["Gebieden"][0]}, "Gebied", "dit staat er twee keer (gebied)"),
    extra("Tellingen", {**GOOD["Tellingen"][0]}, "Datum", "twee keer (telling)"),
    extra("Doelen", {**GOOD["Doelen"][0], "Versie": None}, "Indicator", "twee keer (doel)"),
    extra("Omstandigheden", {**GOOD["Omstandigheden"][0]}, "Nummer", "twee keer"),
    extra(ACT, {**GOOD[ACT][0], "Nummer": "I-1"}, "Nummer", "is ingetrokken", "haal hem eerst terug"),
    extra("Tellingen", {**GOOD["Tellingen"][0], "Nummer": "I-1"}, "Nummer", "is ingetrokken"),
    extra(ACT, {**GOOD[ACT][0], "Nummer": "S-1", "Ingetrokken": "ja"}, "Ingetrokken", "intrekken kan niet met een bestand"),
    extra("Doelen", {"Nummer": "S-1", "Indicator": "vertrouwen", "Richting": "Omhoog", "Verwachte grootte": 99,
                     "Beoordelen op": "31-12-2027", "Versie": 1}, "Versie", "een oudere versie van een doel verandert niet"),
    extra("Doelen", {"Nummer": "S-1", "Indicator": "vertrouwen", "Richting": "Omhoog", "Verwachte grootte": 2,
                     "Beoordelen op": "31-12-2027", "Versie": 2, "Vastgelegd op": "01-01-2015"},
          "Vastgelegd op", "de dag waarop een doel is vastgelegd verandert niet"),
]  # fmt: skip
SHAPES = [
    whole("unknown column", lambda s: s[ACT][0].update(Wijkagent="ja"), (ACT, 1, "Wijkagent"),
          "deze kolom is niet bekend", "Omschrijving"),
    whole("unknown column in a table", lambda s: s["Tellingen"][0].update(Kosten=3), ("Tellingen", 1, "Kosten"),
          "deze kolom is niet bekend", "Bezoeken"),
    whole("column twice", lambda s: s[ACT][0].update({"titel *": "x"}), (ACT, 1, "titel *"), "twee keer"),
    whole("required column gone", without(ACT, "Status"), (ACT, 1, "Status"), "ontbreekt en is verplicht"),
    whole("number gone", without("Gebieden", "Nummer"), ("Gebieden", 1, "Nummer"), "ontbreekt en is verplicht"),
    whole("cells under no heading", renamed("Tijdlijn", "Wat", ""), ("Tijdlijn", 1, None), "staat geen naam"),
    whole("unknown sheet", lambda s: s.update(Blad1=[{"x": 1}]), ("Blad1", None, None),
          "dit werkblad is niet bekend", "Tellingen"),
    whole("areas gone", lambda s: s.update(Gebieden=[]), (ACT, 2, "Nummer"), "er is geen gebied", "op het blad Gebieden"),
]  # fmt: skip
BAD = [*CELLS, *ROWS]


def workbook(sheets: Sheets) -> bytes:
    """An xlsx; a column of any row is a column of the sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in (sheets or {"Activiteiten": []}).items():
        page = book.create_sheet(name)
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        page.append(headings)
        for row in rows:
            page.append([row.get(heading) for heading in headings])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def spoiled(bad: Bad) -> bytes:
    sheets = copy.deepcopy(GOOD)
    bad.spoil(sheets)
    return workbook(sheets)


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _with_error_cell() -> bytes:
    sheets = copy.deepcopy(GOOD)
    book = openpyxl.load_workbook(io.BytesIO(workbook(sheets)))
    found = book[ACT].cell(2, list(GOOD[ACT][0]).index("Aangevraagd") + 1)
    found.value, found.data_type = "#DIV/0!", "e"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


HEAD = ";".join(["Nummer", "Gebied", "Indelingsjaar"])
# name of the file, content, words in the sentence
FILES = [
    ("leeg.xlsx", b"", ("leeg",)),
    ("pagina.xlsx", b"<!doctype html><html><body>Log in</body></html>", ("webpagina (HTML)",)),
    ("stuk.xlsx", workbook(GOOD)[:4000], ("beschadigd of afgekapt",)),
    ("wachtwoord.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), ("wachtwoord",)),
    ("oud.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 600, (".xls",)),
    ("verslag.pdf", b"%PDF-1.7\n%abc", ("PDF",)),
    ("bom.xlsx", _zip({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000}), ("te groot",)),
    ("buiten.zip", _zip({"../gebieden.csv": HEAD.encode()}), ("buiten zijn eigen map",)),
    ("plaatjes.zip", _zip({"foto.jpg": b"x"}), ("zit geen CSV",)),
    ("gegevens.json", json.dumps([{"a": 1}]).encode(), ("geen werkmap en geen CSV",)),
    ("binair.csv", bytes(range(1, 200)), ("geen leesbare tekst",)),
    ("geen-tabel.csv", b"zomaar wat woorden\n", ("geen scheidingsteken",)),
    ("onbekend.csv", b"a;b;c\n1;2;3\n", ("niet te zien welke tabel", "Tellingen")),
    ("breed.csv", f"{HEAD}\nA-1;WK970101;2024;9\n".encode(), ("4 velden en de kop 3",)),
    ("quote.csv", f'{HEAD}\n"A-1;WK970101;2024\n'.encode(), ("aanhalingsteken wordt niet gesloten",)),
    ("ander-boek.xlsx", workbook({"Uitleg": [{"x": 1}]}), ("geen werkblad met activiteiten",)),
    ("fout-in-formule.xlsx", _with_error_cell(), ("rij 2, kolom Aangevraagd", "een fout uit Excel", "#DIV/0!")),
    ("fout-in-formule.csv", f"{HEAD}\nA-1;#N/B;2024\n".encode(), ("een fout uit Excel",)),
    ("onbekend-nummer.csv", f"{HEAD}\nZ-1;WK970101;2024\n".encode("utf-16"), ("dit nummer is geen activiteit",)),
]  # fmt: skip
