"""Files that must be refused, in all formats: their content, and the words that the Dutch sentence must contain.

For every test that needs bad input: `tests/spec/test_bad_files.py` reads them through the readers, the tests of the
command line import them and check the exit code and the database. Everything in them is made up.
"""

import datetime
import io
import json
import re
import zipfile
from dataclasses import dataclass, field

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from tests.geo_examples import KAART, gpkg
from tests.kwb_examples import PATHS, as_csv, as_json, records_v3, records_v4, sheet_rows, statline, workbook
from tests.old_workbooks import ods, xls


@dataclass(frozen=True)
class BadFile:
    """One refused file. words: each must be in the message; problems: number of lines in it (one per problem);
    other_files: files in the same folder, name -> bytes."""

    id: str
    name: str
    content: bytes
    words: tuple[str, ...]
    problems: int = 1
    other_files: dict[str, bytes] = field(default_factory=dict)


# --- good files, to be spoiled --------------------------------------------------------------------------------------

OWN = "gebied_code;indicator;periode;waarde\nWK970101;vertrouwen;2014;61,5\nWK970102;vertrouwen;2014;58\n"
LBM3 = (
    "wk_code,wk_naam,jaar,lbm,afw,fys,onv,soc,vrz,won\n"
    "WK970101,Binnenstad,2012,4.20226486,0.1,NA,NA,NA,NA,NA\n"
    "WK970101,Binnenstad,2014,4.25226486,0.15,0.01,0.02,0.03,0.04,0.05\n"
    "WK970102,Nieuwbouw,2014,4.00226486,-0.1,-0.02,-0.02,-0.02,-0.02,-0.02\n"
)
LBM2 = {
    "WK970101": {"KL02": "6", "KL08": "7", "VKL0208": "5"},
    "WK970102": {"KL02": None, "KL08": "4", "VKL0208": None},
}
STATLINE = (
    '"Perioden";"Wijken en buurten";"Regiocode (gemeente, wijk, buurt) (code)";'
    '"Opleidingsniveau/Laag/Waarde (%)";"SES-WOA/Totaalscore/Gemiddelde score (Getal)"\n'
    '"2019";"Binnenstad";"WK970101  ";"    12.9";"  -0.022"\n'
    '"2019";"Nieuwbouw";"WK970102  ";"       .";"       ."\n'
)
RIVM = (
    "wijkcode,wijknaam,gemnr,gemnaam,Totale bevolking,% eenzaam*,% ernstig eenzaam*,"
    "% met voldoende regie over het eigen leven*,% met goede ervaren gezondheid*\n"
    "WK970101,Binnenstad,9701,Voorbeeld,12000,46,10,88,69\n"
    "WK970102,Nieuwbouw,9701,Voorbeeld,5,,,,\n"
)
KWB_COLUMNS = {
    "ID": [0, 1, 2],
    "WijkenEnBuurten": ["GM9701", "WK970101  ", "BU97010101"],
    "Gemeentenaam_1": ["Voorbeeld", "Voorbeeld", "Voorbeeld"],
    "SoortRegio_2": ["Gemeente", "Wijk", "Buurt"],
    "Codering_3": ["GM9701", "WK970101  ", "BU97010101"],
    "IndelingswijzigingWijkenEnBuurten_4": [".", "1", "3"],
    "AantalInwoners_5": [1000, 1000, 500],
    "PersonenPerSoortUitkeringBijstand_83": [20, 20, None],
}
KWB_METADATA = {"Identifier": "99999NED", "Period": "2020", "Modified": "2021-03-26T02:00:00", "RecordCount": "3"}
CHANGES = "code_from,year_from,code_to,year_to,share_from,share_to\nWK970101,2016,WK970102,2024,0.4,1\nWK970101,2016,WK970103,2024,0.6,1\n"
ADDRESSES = (
    "PC6,Huisnummer,Buurt2023,Wijk2023,Gemeente2023\n9999AB,1,97010100,970101,9701\n9999AB,2,97010200,970102,9701\n"
)
SQUARE = [[[5.0, 52.0], [5.1, 52.0], [5.1, 52.1], [5.0, 52.1], [5.0, 52.0]]]
GEOJSON = {
    "type": "FeatureCollection",
    "metadata": {"type": "wijken", "year": 2024, "generated": "2025-01-01T00:00:00"},
    "features": [
        {
            "type": "Feature",
            "properties": {"wijkcode": "WK970101", "wijknaam": "Binnenstad", "aantalInwoners": 1000},
            "geometry": {"type": "Polygon", "coordinates": SQUARE},
        }
    ],
}


def own(*rows: str, header: str = "gebied_code;indicator;periode;waarde") -> bytes:
    """Write an own CSV with these rows."""
    return "\n".join((header, *rows, "")).encode()


def xlsx(*rows: tuple[object, ...]) -> bytes:
    """Make a workbook of one sheet with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def zipped(**parts: bytes) -> bytes:
    """Make a zip; the keywords are the names of the parts, `__` for a dot."""
    return zip_of({name.replace("__", "."): data for name, data in parts.items()})


def zip_of(parts: dict[str, bytes]) -> bytes:
    """Make a zip with these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def parquet(columns: dict[str, list[object]]) -> bytes:
    """Make a Parquet file with these columns."""
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def kwb(**changed: list[object]) -> bytes:
    """Make the KWB table with some columns changed."""
    return parquet(KWB_COLUMNS | changed)


def kwb_metadata_file(**changed: object) -> dict[str, bytes]:
    """Make the metadata of the KWB table with some fields changed, as name -> bytes."""
    return {"99999NED_Metadata.json": json.dumps(KWB_METADATA | changed).encode()}


def geojson(**changed: object) -> bytes:
    """Write the GeoJSON with some members changed."""
    return json.dumps(GEOJSON | changed).encode()


def feature(**properties: object) -> dict[str, object]:
    """Make one feature with these properties."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": SQUARE}}


def encrypted_zip() -> bytes:
    """Make a zip whose only part needs a password, by its flags."""
    data = bytearray(zip_of({"cijfers.csv": b"a;b\n1;2\n"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    return bytes(data)


def corrupt_member(data: bytes) -> bytes:
    """Overwrite the first bytes of the first part of a zip; its directory stays intact."""
    start = 30 + int.from_bytes(data[26:28], "little") + int.from_bytes(data[28:30], "little")
    return data[:start] + b"\xff" * 12 + data[start + 12 :]


def without_names(data: bytes) -> bytes:
    """Cut off the names in the list of parts of a zip."""
    for start in (found.start() for found in re.finditer(b"PK\x01\x02", data)):
        data = data[: start + 46] + b"\x00" + data[start + 47 :]
    return data


def before_the_beginning(data: bytes) -> bytes:
    """Let a zip say that its list of parts lies far behind its end, which puts the parts before the beginning."""
    end = data.rindex(b"PK\x05\x06") + 16
    where = int.from_bytes(data[end : end + 4], "little") + 2**28
    return data[:end] + where.to_bytes(4, "little") + data[end + 4 :]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
PASSWORD_XLSX = (
    OLE + "EncryptionInfo".encode("utf-16-le") + b"\x00" * 100 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 400
)
LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
HTML = b"<!DOCTYPE html>\n<html><head><title>Niet gevonden</title></head><body>404</body></html>\n"
HEAD = ("gebied_code", "indicator", "periode", "waarde")
XLSX = xlsx(HEAD, ("WK970101", "vertrouwen", 2014, 61.5))
KWB = kwb()
LBM2_TEXT = json.dumps(LBM2)

# --- whatever the format --------------------------------------------------------------------------------------------

ANY_FORMAT = [
    BadFile("empty", "leeg.csv", b"", ("leeg",)),
    BadFile("only-blanks", "leeg.csv", b"  \r\n\r\n\t\n", ("leeg",)),
    BadFile("only-a-mark", "leeg.csv", b"\xef\xbb\xbf", ("leeg",)),
    BadFile("binary", "foto.csv", bytes(range(256)) * 20, ("geen leesbare tekst", "binair")),
    BadFile("picture", "kaart.png", b"\x89PNG\r\n\x1a\n" + bytes(400), ("geen leesbare tekst",)),
    BadFile("nul-in-text", "cijfers.csv", OWN.replace("58", "5\x008").encode(), ("geen leesbare tekst",)),
    BadFile("html", "scores.csv", HTML, ("webpagina", "HTML")),
    BadFile("html-after-blanks", "scores.csv", b"\r\n  <html><body>Onderhoud</body></html>", ("webpagina",)),
    BadFile("html-utf8-mark", "scores.csv", b"\xef\xbb\xbf" + HTML, ("webpagina",)),
    BadFile("xml", "wfs.xml", b'<?xml version="1.0"?><wfs:FeatureCollection/>', ("XML", "CSV")),
    BadFile("pdf", "rapport.pdf", b"%PDF-1.7\n1 0 obj", ("PDF", "CSV")),
    BadFile("lfs-pointer", "scores.csv", LFS, ("Git LFS", "git lfs pull")),
    BadFile("lfs-pointer-parquet", "kwb.parquet", LFS, ("Git LFS",)),
    BadFile("gzip", "scores.csv.gz", b"\x1f\x8b\x08\x00" + bytes(40), ("gzip", "pak het bestand")),
    BadFile("old-xls", "cijfers.xls", OLE, (".xls", ".xlsx")),
    BadFile("password-xlsx", "cijfers.xlsx", PASSWORD_XLSX, ("wachtwoord",)),
    BadFile("password-zip", "cijfers.zip", encrypted_zip(), ("wachtwoord", "pak het zelf uit")),
    BadFile("zip-bomb", "cijfers.zip", zip_of({"nul.csv": bytes(60_000_000)}), ("uitgepakt te groot", "60 MB")),
    BadFile("zip-bomb-many", "cijfers.zip", zip_of({f"{n}.csv": b"x" for n in range(2_100)}), ("2.100 onderdelen",)),
    BadFile("xlsx-bomb", "cijfers.xlsx", zip_of({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": bytes(60_000_000)}), ("uitgepakt te groot",)),
    BadFile("zip-path-up", "cijfers.zip", zip_of({"../../weg.csv": b"a;b"}), ("buiten zijn eigen map", "../../weg.csv")),
    BadFile("zip-path-absolute", "cijfers.zip", zip_of({"/etc/weg.csv": b"a;b"}), ("buiten zijn eigen map",)),
    BadFile("zip-path-windows", "cijfers.zip", zip_of({"C:/weg.csv": b"a;b"}), ("buiten zijn eigen map",)),
    BadFile("zip-path-backslash", "cijfers.zip", zip_of({"..\\weg.csv": b"a;b"}), ("buiten zijn eigen map",)),
    BadFile("zip-cut", "cijfers.zip", zipped(a__csv=OWN.encode() * 50)[:120], ("beschadigd of afgekapt",)),
    BadFile("zip-without-names", "cijfers.zip", without_names(zipped(a__csv=OWN.encode())), ("geen naam",)),
    BadFile("ods-without-names", "cijfers.ods", without_names(zipped(mimetype=b"x", content__xml=b"<a/>")), ("geen naam",)),
    BadFile("zip-before-the-beginning", "cijfers.zip", before_the_beginning(zipped(a__csv=OWN.encode())), ("beschadigd",)),
    BadFile("xlsx-before-the-beginning", "cijfers.xlsx", before_the_beginning(XLSX), ("beschadigd",)),
    BadFile("zip-without-a-map", "cijfers.zip", zipped(lees__txt=b"hallo"), ("herkent", "lees.txt", "pak de zip uit")),
    BadFile("text-is-prose", "brief.txt", b"Geachte heer\nHierbij de cijfers\n", ("geen scheidingsteken", "rij 1")),
    BadFile("many-columns", "breed.csv", "\n".join(";".join(f"{cell}{n}" for n in range(100_000)) for cell in ("k", "")).encode(), ("100.000 kolommen",)),
    BadFile("unknown-columns", "adressen.csv", b"straat;huisnummer\nDorpsstraat;1\n", ("zonder gebieden", "straat en huisnummer")),
    BadFile("unknown-json", "iets.json", b'{"titel": "iets", "aantal": 3}', ("JSON zonder cijfers",)),
    BadFile("unknown-parquet", "iets.parquet", parquet({"a": [1], "b": [2]}), ("zonder gebieden", "a en b")),
    BadFile("unknown-xlsx", "iets.xlsx", xlsx(("straat", "nummer"), ("Dorpsstraat", 1)), ("zonder gebieden", "straat en nummer")),
    BadFile("empty-xlsx", "leeg.xlsx", xlsx(), ("zonder tabel", "kolomnamen")),
    BadFile("json-cut", "iets.json", b'{"a": {"b": [1, 2, 3', ("halverwege", "afgekapt")),
    BadFile("json-cut-in-text", "iets.json", b'{"a": "halve zi', ("halverwege", "afgekapt")),
    BadFile("json-broken", "iets.json", b'{"a": 1,, "b": 2}\n', ("geen geldige JSON", "rij 1")),
    BadFile("json-deep", "iets.json", b"[" * 100_000, ("genest",)),
    BadFile("json-long-number", "iets.json", b'{"a": ' + b"9" * 6_000 + b"}", ("zo groot",)),
    BadFile("parquet-cut", "kwb.parquet", KWB[:-40], ("Parquet", "afgekapt")),
    BadFile("parquet-head-only", "kwb.parquet", b"PAR1", ("Parquet", "afgekapt")),
    BadFile("parquet-junk", "kwb.parquet", b"PAR1" + bytes(range(256)) + b"PAR1", ("Parquet", "beschadigd")),
    BadFile("xlsx-cut", "cijfers.xlsx", XLSX[: len(XLSX) // 2], ("beschadigd of afgekapt",)),
    BadFile("xlsx-junk-inside", "cijfers.xlsx", zip_of({"xl/workbook.xml": b"<rommel"}), ("werkmap is beschadigd",)),
]  # fmt: skip

# --- the municipality's own format ----------------------------------------------------------------------------------

ONE = "WK970101;vertrouwen;2014;61,5"
OWN_FORMAT = [
    BadFile("own-no-rows", "eigen.csv", own(), ("geen rijen",)),
    BadFile("own-no-value-column", "eigen.csv", b"gebied_code;indicator;periode\nWK970101;vertrouwen;2014\n", ("kolom waarde ontbreekt",)),
    BadFile("own-no-code-column", "eigen.csv", b"gebied;indicator;periode;waarde\nWK970101;vertrouwen;2014;1\n", ("gebied_code ontbreekt",)),
    BadFile("own-double-header", "eigen.csv", own(header="gebied_code;indicator;periode;waarde;waarde"), ("kolom waarde", "twee keer")),
    BadFile("own-double-header-case", "eigen.csv", own("a;b;c;d;e", header="gebied_code;indicator;periode;waarde;Waarde"), ("twee keer",)),
    BadFile("own-nameless-column", "eigen.csv", own("WK970101;vertrouwen;;2014;1", header="gebied_code;indicator;;periode;waarde"), ("kolom 3 heeft geen naam",)),
    BadFile("own-wrong-separator", "eigen.csv", OWN.replace(";", ":").encode(), ("geen scheidingsteken", "puntkomma")),
    BadFile("own-bar-separator", "eigen.csv", OWN.replace(";", "|").encode(), ("geen scheidingsteken",)),
    BadFile("own-header-and-rows-differ", "eigen.csv", own("WK970101,vertrouwen,2014,61.5", "WK970102,vertrouwen,2014,58.1"), ("rij 2", "1 veld en de kop 4"), 2),
    BadFile("own-decimal-comma-between-commas", "eigen.csv", b"gebied_code,indicator,periode,waarde\nWK970101,vertrouwen,2014,61,5\n", ("rij 2", "5 velden", "decimale komma")),
    BadFile("own-cut-row", "eigen.csv", own(ONE) + b"WK970102;vertr", ("rij 3", "afgekapt")),
    BadFile("own-cut-quote", "eigen.csv", own(ONE) + b'"WK970102;vertrouwen', ("aanhalingsteken", "afgekapt")),
    BadFile("own-letters-in-year", "eigen.csv", own("WK970101;vertrouwen;2o14;61"), ("rij 2", "kolom periode", "2o14")),
    BadFile("own-month-13", "eigen.csv", own("WK970101;vertrouwen;2014-13;61"), ("geen periode", "2014-13")),
    BadFile("own-year-long-ago", "eigen.csv", own("WK970101;vertrouwen;0014;61"), ("geen periode",)),
    BadFile("own-no-period", "eigen.csv", own("WK970101;vertrouwen;;61"), ("rij 2", "ontbreekt de periode")),
    BadFile("own-unknown-indicator", "eigen.csv", own("WK970101;vertrouwn;2014;61"), ("niet in de catalogus", "bedoelt u vertrouwen")),
    BadFile("own-unknown-indicator-far", "eigen.csv", own("WK970101;zzz_qqq;2014;61"), ("niet in de catalogus", "data/catalogue")),
    BadFile("own-no-indicator", "eigen.csv", own("WK970101;;2014;61"), ("kolom indicator", "niet in de catalogus")),
    BadFile("own-unknown-area", "eigen.csv", own("WIJK 1;vertrouwen;2014;61"), ("geen gebiedscode", "WIJK 1")),
    BadFile("own-bare-code", "eigen.csv", own("970101;vertrouwen;2014;61"), ("geen gebiedscode", "WK000000")),
    BadFile("own-short-code", "eigen.csv", own("WK9701;vertrouwen;2014;61"), ("geen gebiedscode",)),
    BadFile("own-gemeente-that-never-was", "eigen.csv", own("WK450001;vertrouwen;2014;61"), ("gemeente 4500 bestaat niet",)),
    BadFile("own-ghost", "eigen.csv", own("WK099899;vertrouwen;2014;61"), ("boekhoudregio",)),
    BadFile("own-no-code", "eigen.csv", own(";vertrouwen;2014;61"), ("geen gebiedscode",)),
    BadFile("own-text-for-number", "eigen.csv", own("WK970101;vertrouwen;2014;veel"), ("geen getal", "veel")),
    BadFile("own-formula", "eigen.csv", own("WK970101;vertrouwen;2014;=1+1"), ("geen getal", "=1+1")),
    BadFile("own-formula-plus", "eigen.csv", own("WK970101;vertrouwen;2014;+A1"), ("geen getal", "+A1")),
    BadFile("own-formula-at", "eigen.csv", own("WK970101;vertrouwen;2014;@SUM(A1)"), ("geen getal", "@SUM(A1)")),
    BadFile("own-formula-command", "eigen.csv", own("WK970101;vertrouwen;2014;=cmd|' /C calc'!A0"), ("geen getal",)),
    BadFile("own-formula-as-code", "eigen.csv", own("=WK970101;vertrouwen;2014;61"), ("geen gebiedscode",)),
    BadFile("own-infinite", "eigen.csv", own("WK970101;vertrouwen;2014;inf"), ("geen getal", "inf")),
    BadFile("own-underscores", "eigen.csv", own("WK970101;vertrouwen;2014;6_1"), ("geen getal",)),
    BadFile("own-percent-sign", "eigen.csv", own("WK970101;vertrouwen;2014;61%", "WK970102;vertrouwen;2014;58"), ("geen getal", "61%")),
    BadFile("own-two-commas", "eigen.csv", own("WK970101;vertrouwen;2014;6,1,5"), ("geen getal",)),
    BadFile("own-comma-and-point-mixed", "eigen.csv", own("WK970101;vertrouwen;2014;61,5", "WK970102;vertrouwen;2014;58,1", "WK970103;vertrouwen;2014;60.25"), ("rij 4", "geen getal", "60.25")),
    BadFile("own-outside-range", "eigen.csv", own("WK970101;vertrouwen;2014;161"), ("hoort tussen 0 en 100", "161")),
    BadFile("own-below-range", "eigen.csv", own("WK970101;vertrouwen;2014;-5"), ("hoort tussen 0 en 100",)),
    BadFile("own-double-row", "eigen.csv", own(ONE, ONE), ("rij 3", "gelijk aan die van rij 2")),
    BadFile("own-double-key", "eigen.csv", own(ONE, "wk970101 ;vertrouwen;2014JJ00;12"), ("rij 3", "rij 2")),
    BadFile("own-unknown-reason", "eigen.csv", own("WK970101;vertrouwen;2014;;zomaar", header="gebied_code;indicator;periode;waarde;reden"), ("reden", "suppressed")),
    BadFile("own-value-and-reason", "eigen.csv", own("WK970101;vertrouwen;2014;61;suppressed", header="gebied_code;indicator;periode;waarde;reden"), ("waarde én een reden",)),
    BadFile("own-two-divisions", "eigen.csv", own("WK970101;vertrouwen;2014;61;2014", "WK970102;vertrouwen;2014;61;2015", header="gebied_code;indicator;periode;waarde;indelingsjaar"), ("2 indelingsjaren",)),
    BadFile("own-division-no-year", "eigen.csv", own("WK970101;vertrouwen;2014;61;oud", header="gebied_code;indicator;periode;waarde;indelingsjaar"), ("geen jaar", "oud")),
    BadFile("own-three-problems", "eigen.csv", own("x;vertrouwen;2014;61", "WK970101;y;2014;61", "WK970101;vertrouwen;z;61"), ("rij 2", "rij 3", "rij 4"), 3),
    BadFile("own-thirty-problems", "eigen.csv", own(*[f"x{n};vertrouwen;2014;61" for n in range(30)]), ("en nog 10 rijen",), 21),
    BadFile("own-utf16-wrong", "eigen.csv", OWN.replace("2014", "tweeduizend").encode("utf-16"), ("geen periode", "tweeduizend"), 2),
    BadFile("own-utf8-mark-wrong", "eigen.csv", b"\xef\xbb\xbf" + own("WK970101;vertrouwen;x;1"), ("geen periode",)),
    BadFile("own-xlsx-formula", "eigen.xlsx", xlsx(HEAD, ("WK970101", "vertrouwen", 2014, "=SUM(1,2)")), ("geen getal", "=SUM(1,2)")),
    BadFile("own-xlsx-date-as-value", "eigen.xlsx", xlsx(HEAD, ("WK970101", "vertrouwen", 2014, datetime.date(2014, 3, 1))), ("geen getal", "2014-03-01")),
    BadFile("own-xlsx-true-as-value", "eigen.xlsx", xlsx(HEAD, ("WK970101", "vertrouwen", 2014, True)), ("geen getal",)),
    BadFile("own-xlsx-double", "eigen.xlsx", xlsx(HEAD, ("WK970101", "vertrouwen", 2014, 1), ("WK970101", "vertrouwen", "2014", 2)), ("rij 3", "rij 2")),
    BadFile("own-xlsx-number-as-code", "eigen.xlsx", xlsx(HEAD, (970101, "vertrouwen", 2014, 61)), ("geen gebiedscode", "970101")),
    BadFile("own-xlsx-fraction-year", "eigen.xlsx", xlsx(HEAD, ("WK970101", "vertrouwen", 2014.5, 61)), ("geen periode", "2014.5")),
    BadFile("own-week", "eigen.csv", own("WK970101;vertrouwen;2014W12;61"), ("periode", "2014W12")),
    BadFile("own-two-years", "eigen.csv", own("WK970101;vertrouwen;2014/2015;61"), ("periode", "2014/2015")),
    BadFile("own-xls-text-for-number", "eigen.xls", xls({"A": [HEAD, ("WK970101", "vertrouwen", 2014, "veel")]}), ("rij 2", "geen getal", "veel")),
    BadFile("own-ods-no-code", "eigen.ods", ods({"A": [HEAD, ("Noord", "vertrouwen", 2014, 61)]}), ("rij 2", "geen gebiedscode", "Noord")),
    BadFile("own-below-a-title", "eigen.csv", b"Titel\n\n" + own("Noord;vertrouwen;2014;61"), ("rij 4", "geen gebiedscode")),
    BadFile("own-ten-thousand-columns", "eigen.csv", own(header=";".join(["gebied_code", "indicator", "periode", "waarde", *map(str, range(10_000))])), ("10.004 kolommen",)),
    BadFile("own-xlsx-no-rows", "eigen.xlsx", xlsx(HEAD), ("geen rijen",)),
]  # fmt: skip

# --- publishers' formats --------------------------------------------------------------------------------------------

PUBLISHERS = [
    BadFile("lbm3-no-rows", "scores.csv", LBM3.splitlines()[0].encode(), ("geen rijen",)),
    BadFile("lbm3-sum-broken", "scores.csv", LBM3.replace("0.05\n", "0.06\n").encode(), ("rij 3", "samen afw")),
    BadFile("lbm3-gap-filled-with-zero", "scores.csv", LBM3.replace("NA,NA,NA,NA,NA", "0,0,0,0,0").encode(), ("rij 2", "samen afw")),
    BadFile("lbm3-dimension-missing", "scores.csv", LBM3.replace("0.04,0.05", "NA,0.05").encode(), ("rij 3", "zijn er hier 4 gevuld")),
    BadFile("lbm3-other-reference", "scores.csv", LBM3.replace("4.25226486", "4.25326486").encode(), ("rij 3", "lbm min afw")),
    BadFile("lbm3-lost-point", "scores.csv", LBM3.replace("4.20226486", "420226486").encode(), ("rij 2", "lbm min afw")),
    BadFile("lbm3-letters-in-year", "scores.csv", LBM3.replace("2012", "2O12").encode(), ("kolom jaar", "2O12")),
    BadFile("lbm3-no-year", "scores.csv", LBM3.replace(",2012,", ",,").encode(), ("kolom jaar", "geen jaar")),
    BadFile("lbm3-cut", "scores.csv", LBM3.encode()[:-40], ("afgekapt", "rij 4")),
    BadFile("lbm3-cut-in-a-number", "scores.csv", LBM3.encode()[:-3], ("rij 4", "samen afw")),
    BadFile("lbm3-quoted-cut", "scores.csv", b'"wk_code","wk_naam",jaar,lbm,afw,fys,onv,soc,vrz,won\n"WK970101","Binn', ("aanhalingsteken",)),
    BadFile("lbm3-semicolon-rows", "scores.csv", LBM3.replace(",", ";").replace("wk_code;wk_naam;jaar;lbm;afw;fys;onv;soc;vrz;won", "wk_code,wk_naam,jaar,lbm,afw,fys,onv,soc,vrz,won").encode(), ("1 veld en de kop 10",), 3),
    BadFile("lbm3-per-postcode", "scores.csv", LBM3.replace("wk_code", "pc4").encode(), ("wk_code, bu_code of gm_code",)),
    BadFile("lbm3-column-twice", "scores.csv", LBM3.replace("won\n", "fys\n").encode(), ("kolom fys", "twee keer")),
    BadFile("lbm2-cut", "wijk.json", LBM2_TEXT[:60].encode(), ("halverwege", "afgekapt")),
    BadFile("lbm2-class-10", "wijk.json", LBM2_TEXT.replace('"7"', '"10"').encode(), ("WK970101", "1 tot 9", "KL08")),
    BadFile("lbm2-class-word", "wijk.json", LBM2_TEXT.replace('"7"', '"goed"').encode(), ("1 tot 9", "goed")),
    BadFile("lbm2-no-classes", "wijk.json", json.dumps(LBM2 | {"WK970103": {"VKL0208": "4"}}).encode(), ("WK970103", "geen klassen", "rij 3")),
    BadFile("lbm2-a-list", "wijk.json", json.dumps(LBM2 | {"WK970103": ["6"]}).encode(), ("geen klassen",)),
    BadFile("lbm2-key-twice", "wijk.json", (b'{"WK970101": {"KL02": "6"}, "WK970101": {"KL02": "7"}}'), ("twee keer", "WK970101")),
    BadFile("statline-no-rows", "export.csv", STATLINE.splitlines()[0].encode(), ("geen rijen",)),
    BadFile("statline-period", "export.csv", STATLINE.replace('"2019";"N', '"2O19";"N').encode(), ("rij 3", "Perioden", "2O19")),
    BadFile("statline-unknown-topics", "export.csv", b'"Perioden";"Regio\'s (code)";"Konijnen (aantal)"\n"2019";"WK970101";"3"\n', ("StatLine", "catalogus")),
    BadFile("statline-cut", "export.csv", STATLINE.encode()[:-30], ("afgekapt",)),
    BadFile("statline-comma-rows", "export.csv", STATLINE.replace('"2019";', '"2019",').encode(), ("rij 2",)),
    BadFile("rivm-no-rows", "eenzaam.csv", RIVM.splitlines()[0].encode(), ("geen rijen",)),
    BadFile("rivm-other-gemeente", "eenzaam.csv", RIVM.replace("Nieuwbouw,9701", "Nieuwbouw,9702").encode(), ("rij 3", "gemeentenummer", "9702")),
    BadFile("rivm-cut", "eenzaam.csv", RIVM.encode()[:-12], ("afgekapt",)),
    BadFile("kwb-without-metadata", "99999NED_TypedDataSet.parquet", KWB, ("Metadata.json", "van welk jaar")),
    BadFile("kwb-fewer-rows", "99999NED_TypedDataSet.parquet", KWB, ("3 rijen", "17.341"), other_files=kwb_metadata_file(RecordCount="17341")),
    BadFile("kwb-metadata-no-year", "99999NED_TypedDataSet.parquet", KWB, ("Metadata.json",), other_files=kwb_metadata_file(Period="onbekend")),
    BadFile("kwb-metadata-cut", "99999NED_TypedDataSet.parquet", KWB, ("Metadata.json",), other_files={"99999NED_Metadata.json": b'{"Identifier": "99999'}),
    BadFile("kwb-two-metadata", "x_TypedDataSet.parquet", KWB, ("meer Metadata.json",), other_files=kwb_metadata_file() | {"88888NED_Metadata.json": json.dumps(KWB_METADATA | {"Identifier": "88888NED"}).encode()}),
    BadFile("kwb-text-no-utf8", "99999NED_TypedDataSet.parquet", KWB.replace(b"Voorbeeld", b"Voorbe\xffld"), ("Parquet", "beschadigd"), other_files=kwb_metadata_file()),
    BadFile("kwb-no-known-topic", "99999NED_TypedDataSet.parquet", parquet({name: KWB_COLUMNS[name] for name in list(KWB_COLUMNS)[:6]}), ("catalogus",), other_files=kwb_metadata_file()),
    BadFile("kwb-metadata-alone", "99999NED_Metadata.json", json.dumps(KWB_METADATA).encode(), ("beschrijft een tabel", "TypedDataSet")),
    BadFile("kwb-areas-without-metadata", "gebieden.parquet", parquet({"Key": ["WK970101"], "Title": ["Binnenstad"], "DetailRegionCode": ["WK970101"]}), ("Metadata.json",)),
    BadFile("kwb-areas-without-key", "gebieden.parquet", parquet({"Naam": ["x"], "Title": ["Binnenstad"], "DetailRegionCode": ["WK970101"]}), ("Key",), other_files=kwb_metadata_file()),
    BadFile("geojson-half-a-letter", "wijken_2024.geojson", geojson().replace(b"WK970101", b"\\ud800"), ("de helft van een teken",)),
    BadFile("geojson-cut", "wijken_2024.geojson", geojson()[:-30], ("halverwege", "afgekapt")),
    BadFile("geojson-no-features", "wijken_2024.geojson", geojson(features=[]), ("geen gebieden",)),
    BadFile("changes-no-rows", "wijzigingen.csv", CHANGES.splitlines()[0].encode(), ("geen rijen",)),
    BadFile("changes-no-code", "wijzigingen.csv", CHANGES.replace("WK970103", "Nieuwbouw").encode(), ("rij 3", "code_to", "geen gebiedscode", "Nieuwbouw")),
    BadFile("changes-bare-code", "wijzigingen.csv", CHANGES.replace("WK970102", "970102").encode(), ("rij 2", "code_to", "geen gebiedscode")),
    BadFile("changes-no-code-to", "wijzigingen.csv", CHANGES.replace("WK970102", "").encode(), ("rij 2", "code_to", "geen gebiedscode")),
    BadFile("changes-letters-in-year", "wijzigingen.csv", CHANGES.replace("2024,0.6", "2O24,0.6").encode(), ("rij 3", "year_to", "2O24")),
    BadFile("changes-share-below-zero", "wijzigingen.csv", CHANGES.replace("0.4", "-0.4").encode(), ("rij 2", "share_from", "tussen 0 en 1", "-0.4")),
    BadFile("changes-share-to-percent", "wijzigingen.csv", CHANGES.replace("0.6,1", "0.6,100").encode(), ("rij 3", "share_to", "tussen 0 en 1", "100")),
    BadFile("changes-share-word", "wijzigingen.csv", CHANGES.replace("0.4", "deels").encode(), ("rij 2", "share_from", "tussen 0 en 1", "deels")),
    BadFile("changes-one-share", "wijzigingen.csv", CHANGES.replace("0.6,1", "0.6,").encode(), ("rij 3", "share_to", "tussen 0 en 1")),
    BadFile("changes-more-than-all", "wijzigingen.csv", CHANGES.replace("0.6", "0.7").encode(), ("WK970101", "samen meer dan 1", "share_from")),
    BadFile("changes-cut", "wijzigingen.csv", CHANGES.encode()[:-6], ("rij 3", "afgekapt")),
    BadFile("addresses-alone", "pc6hnr2023.csv", ADDRESSES.encode(), ("adressen van 2023", "lees twee jaren samen in")),
    BadFile("addresses-same-year", "pc6hnr2023.csv", ADDRESSES.encode(), ("adressen van 2023", "geen tabel van een ander jaar"), other_files={"kopie.csv": ADDRESSES.encode()}),
    BadFile("addresses-cut", "pc6hnr2023.csv", ADDRESSES.encode() + b"9999AC,1,9701", ("beschadigd of bewerkt", "CBS"), other_files={"pc6hnr2022.csv": ADDRESSES.replace("2023", "2022").encode()}),
    BadFile("addresses-number-word", "pc6hnr2023.csv", ADDRESSES.replace(",2,", ",twee,").encode(), ("beschadigd of bewerkt", "CBS"), other_files={"pc6hnr2022.csv": ADDRESSES.replace("2023", "2022").encode()}),
    BadFile("geojson-no-codes", "wijken_2024.geojson", geojson(features=[feature(naam="Binnenstad")]), ("gebiedscodes",)),
]  # fmt: skip

# --- tables of topics of the health monitor, the police, SES-WOA and Nabijheid; the map of the Leefbaarometer.
HEALTH = (
    '"ID";"Leeftijd";"Marges";"WijkenEnBuurten";"Perioden";"Gemeentenaam_1";"Roker_11";"Eenzaam_28";"Vrijwilligerswerk_33"\n'
    '0;20300;"MW00000";"NL01      ";"2012JJ00";"Nederland";"    24.1";"    39.6";""\n'
    '1;20300;"MW00000";"WK970101  ";"2012JJ00";"Voorbeeld";"    20.0";"    35.5";""\n'
    '2;20300;"MW00000";"WK970102  ";"2012JJ00";"Voorbeeld";"       .";"       .";""\n'
)
HEALTH_STATLINE = (
    '"Leeftijd";"Marges";"Perioden";"Wijken en buurten";"Regioaanduiding/Codering (code)";'
    '"Ervaren gezondheid (goed/zeer goed) (%)";"Eenzaamheid/Eenzaam (%)";"Mantelzorger (%)"\n'
    '"18 jaar of ouder";"Waarde";"2020";"Binnenstad";"WK970101  ";"    78.4";"    47.0";"       ."\n'
    '"18 jaar of ouder";"Waarde";"2020";"Nieuwbouw";"WK970102  ";"    80.1";"    41.0";"    12.0"\n'
)
REPORTS = (
    "identificatie;kanaal;hoofdcategorie;datum melding;buurtcode;longitude;latidude\n"
    "A1;app;Afval;2024-03-02T10:00:00;BU97010101;;\nA2;app;Groen;2024-03-30;BU97010101;;\n"
)
CRIME = {
    "odata.metadata": "https://dataderden.cbs.nl/ODataApi/OData/47022NED/$metadata#Cbs.OData.WebAPI.TypedDataSet",
    "value": [
        {
            "ID": 0,
            "SoortMisdrijf": "0.0.0 ",
            "Perioden": "2023MM01",
            "WijkenEnBuurten": "WK970101  ",
            "GeregistreerdeMisdrijven_1": 12,
        },
        {
            "ID": 1,
            "SoortMisdrijf": "1.1.1 ",
            "Perioden": "2023MM01",
            "WijkenEnBuurten": "WK970101  ",
            "GeregistreerdeMisdrijven_1": 0,
        },
        {
            "ID": 2,
            "SoortMisdrijf": "0.0.0 ",
            "Perioden": "2023JJ00",
            "WijkenEnBuurten": "WK970101  ",
            "GeregistreerdeMisdrijven_1": 130,
        },
        {
            "ID": 4,
            "SoortMisdrijf": "0.0.0 ",
            "Perioden": "2023MM01",
            "WijkenEnBuurten": "WK970102  ",
            "GeregistreerdeMisdrijven_1": None,
        },
    ],
}
CRIME_STATLINE = (
    '"Soort misdrijf";"Perioden";"Wijken en buurten";"Regioaanduiding/Codering (code)";"Geregistreerde misdrijven (aantal)"\n'
    '"Totaal misdrijven";"2024 januari*";"Binnenstad";"WK970101  ";"      14"\n'
    '"1.1.1 Diefstal/inbraak woning";"2024 januari*";"Binnenstad";"WK970101  ";"       ."\n'
    '"Totaal misdrijven";"2023 december";"Binnenstad";"WK970101  ";"      11"\n'
)
SES_ODATA = (
    '"ID";"WijkenEnBuurten";"Perioden";"ParticuliereHuishoudens_2";"Waarde_16";"Waarde_19";"GemiddeldeScore_29";"GemiddeldeScore_31"\n'
    '0;"WK970101  ";"2019JJ00";2900;12.9;28.9;-0.022;0.012\n'
    '1;"WK970101  ";"2020JJ00";2950;12.7;28.8;-0.019;\n'
)
NEARNESS = (
    '"ID";"WijkenEnBuurten";"AfstandTotHuisartsenpraktijk_5";"Binnen1Km_6";"Binnen3Km_7";"AfstandTotGroteSupermarkt_24";"AfstandTotSchool_64";"Binnen3Km_65"\n'
    '0;"WK970101  ";1.0;1.5;8.3;0.9;2.5;3.8\n'
)
NEARNESS_NAME = "85231NED_TypedDataSet.csv"


def health(text: str = HEALTH, **changed: str) -> bytes:
    """Write the health monitor with some pieces of its text replaced."""
    for old, new in changed.items():
        text = text.replace(old, new)
    return text.encode()


def crime(**changed: object) -> bytes:
    """Write the months of the police with its first row changed."""
    first, *others = CRIME["value"]
    return json.dumps(CRIME | {"value": [{**first, **changed}, *others]}).encode()


def liveability(*features: dict[str, object]) -> bytes:
    """Write a map of the Leefbaarometer with these features, or one wijk."""
    usual = feature(id="WK970101", name="Binnenstad", year="2024", kscore=7, kwon=5, afw=0.1, won=0.02)
    return json.dumps({"type": "FeatureCollection", "features": list(features) or [usual]}).encode()


TOPIC_TABLES = [
    BadFile("health-no-rows", "g.csv", HEALTH.splitlines()[0].encode(), ("geen rijen",)),
    BadFile("health-cut", "g.csv", HEALTH.encode()[:-8], ("afgekapt",)),
    BadFile("health-cut-row", "g.csv", HEALTH.encode() + b"3;20300;MW00000;WK970103", ("rij 5", "afgekapt")),
    BadFile("health-other-age", "g.csv", health(HEALTH.replace("20300", "80200")), ("18 jaar of ouder", "Waarde")),
    BadFile("health-bounds-alone", "g.csv", health(HEALTH.replace("MW00000", "MOG0095")), ("18 jaar of ouder", "Marges")),
    BadFile("health-no-periods", "g.csv", health(HEALTH.replace('"Perioden"', '"Tijd"')), ("ontbreekt de kolom Perioden",)),
    BadFile("health-period-word", "g.csv", HEALTH.replace('NL01      ";"2012JJ00', 'NL01      ";"vorig jaar').encode(), ("rij 2", "Perioden", "vorig jaar", "2019JJ00")),
    BadFile("health-week", "g.csv", HEALTH.replace("2012JJ00", "2012W102").encode(), ("rij 2", "2012W102", "geen periode"), 3),
    BadFile("health-no-topic", "g.csv", HEALTH.replace("Roker", "Konijnen").replace("Eenzaam", "Hazen").replace("Vrijwilligerswerk", "Vossen").encode(), ("catalogus",)),
    BadFile("health-column-twice", "g.csv", HEALTH.replace("Eenzaam_28", "Roker_11").encode(), ("Roker_11", "twee keer")),
    BadFile("health-comma-rows", "g.csv", HEALTH.replace('0;20300;"MW00000"', '0,20300,"MW00000"').encode(), ("rij 2",)),
    BadFile("health-sheet-without-rows", "g.xlsx", xlsx(("Leeftijd", "Marges", "WijkenEnBuurten", "Perioden", "Roker_11")), ("geen rijen",)),
    BadFile("health-json-cut", "g.json", b'{"value": [{"Leeftijd": "20300", "Marges": "MW00000", "WijkenEnBuurten": "WK970101", "Roker_11": 2', ("afgekapt",)),
    BadFile("health-json-no-list", "g.json", b'{"value": {"Leeftijd": "20300", "Marges": "MW00000", "WijkenEnBuurten": "WK970101", "Roker_11": 2}}', ("herkent wijkdata niet",)),
    BadFile("health-one-page", "g.json", b'{"value": [{"Leeftijd": "20300", "Marges": "MW00000", "WijkenEnBuurten": "WK970101", "Perioden": "2020JJ00", "Roker_11": 2}], "odata.nextLink": "https://x.nl"}', ("bladzijde",)),
    BadFile("health-json-row", "g.json", b'{"value": [{"Leeftijd": "20300", "Marges": "MW00000", "WijkenEnBuurten": "WK970101", "Perioden": "2020JJ00", "Roker_11": 2}, 7]}', ("rij 2", "meer dan één soort")),
    BadFile("health-statline-names-alone", "g.csv", HEALTH_STATLINE.replace("Regioaanduiding/Codering (code)", "Gemeente").encode(), ("alleen met hun naam", "Codering (code)")),
    BadFile("health-statline-no-codes", "g.csv", HEALTH_STATLINE.replace("WK97010", "Wijk ").encode(), ("alleen met hun naam", "Codering (code)")),
    BadFile("health-statline-no-rows", "g.csv", HEALTH_STATLINE.splitlines()[0].encode(), ("geen rijen",)),
    BadFile("health-statline-no-value", "g.csv", HEALTH_STATLINE.replace('"Waarde"', '"Bovengrens 95%-interval"').encode(), ("Marges", "Waarde")),
    BadFile("health-statline-period", "g.csv", HEALTH_STATLINE.replace('"2020"', '"20"').encode(), ("geen periode",), 2),
    BadFile("reports-no-rows", "m.csv", REPORTS.splitlines()[0].encode(), ("geen meldingen",)),
    BadFile("reports-no-days", "m.csv", REPORTS.replace("2024-", "week ").encode(), ("geen enkele rij heeft een dag", "kolom datum melding")),
    BadFile("reports-no-place", "m.csv", REPORTS.replace("BU97010101", "Straat 1").encode(), ("geen enkele melding ligt in een gebied", "wijk- en buurtkaart")),
    BadFile("reports-quote-open", "m.csv", REPORTS.replace("Afval", '"Afval').encode(), ("aanhalingsteken", "afgekapt")),
    BadFile("crime-no-rows", "m.json", json.dumps(CRIME | {"value": []}).encode(), ("herkent wijkdata niet",)),
    BadFile("crime-cut", "m.json", json.dumps(CRIME).encode()[:-40], ("afgekapt",)),
    BadFile("crime-period", "m.json", crime(Perioden="2023MM13"), ("rij 1", "2023MM13", "geen periode")),
    BadFile("crime-week", "m.json", crime(Perioden="2018W101"), ("rij 1", "2018W101", "2019MM03")),
    BadFile("crime-other-kinds", "m.csv", CRIME_STATLINE.replace("Totaal misdrijven", "Vermogensmisdrijven").replace("1.1.1", "").encode(), ("soort misdrijf", "Totaal misdrijven")),
    BadFile("crime-names-alone", "m.csv", CRIME_STATLINE.replace("WK970101  ", "Binnenstad").encode(), ("alleen met hun naam", "Codering (code)")),
    BadFile("crime-translated", "m.csv", CRIME_STATLINE.replace('"Regioaanduiding/Codering (code)"', '"Area"').replace("Binnenstad", "Cup Zeedijk").encode(), ("alleen met hun naam",)),
    BadFile("crime-no-periods", "m.csv", CRIME_STATLINE.replace('"Perioden"', '"Tijd"').encode(), ("ontbreekt de kolom Perioden",)),
    BadFile("crime-month-word", "m.csv", CRIME_STATLINE.replace("2023 december", "2023 decembre").encode(), ("rij 4", "2023 decembre")),
    BadFile("crime-statline-no-rows", "m.csv", CRIME_STATLINE.splitlines()[0].encode(), ("geen rijen",)),
    BadFile("crime-statline-cut", "m.csv", CRIME_STATLINE.encode()[:-12], ("afgekapt",)),
    BadFile("ses-period", "s.csv", SES_ODATA.replace("2020JJ00", "2O20JJ00").encode(), ("rij 3", "2O20JJ00")),
    BadFile("ses-no-codes", "s.csv", SES_ODATA.replace("WK970101  ", "Binnenstad").encode(), ("geen gebiedscodes",)),
    BadFile("ses-no-rows", "s.csv", SES_ODATA.splitlines()[0].encode(), ("geen rijen",)),
    BadFile("nearness-no-year", "afstanden.csv", NEARNESS.encode(), ("van welk jaar",)),
    BadFile("nearness-no-rows", NEARNESS_NAME, NEARNESS.splitlines()[0].encode(), ("geen rijen",)),
    BadFile("nearness-no-codes", NEARNESS_NAME, NEARNESS.replace("WK970101  ", "Binnenstad").encode(), ("geen gebiedscodes",)),
    BadFile("nearness-schools-alone", NEARNESS_NAME, b"ID;WijkenEnBuurten;AfstandTotSchool_99\n0;WK970101;1.0\n", ("catalogus",)),
    BadFile("map-per-postcode", "lbm.geojson", liveability(feature(id="1011", name="1011", year="2024", kscore=7)), ("postcode of per raster", "wijkscore")),
    BadFile("map-of-a-grid", "lbm.geojson", json.dumps({"type": "FeatureCollection", "features": [{**feature(kscore=7), "id": "clippedgridscore24.1"}]}).encode(), ("postcode of per raster",)),
    BadFile("map-two-levels", "lbm.geojson", liveability(feature(id="WK970101", kscore=7, year="2024"), feature(id="BU97010101", kscore=7, year="2024")), ("verschillende niveaus", "wijkscore")),
    BadFile("map-two-years", "lbm.geojson", liveability(feature(id="WK970101", kscore=7, year="2022"), feature(id="WK970102", kscore=7, year="2024")), ("verschillende jaren", "2022, 2024")),
    BadFile("map-no-year", "lbm.geojson", liveability(feature(id="WK970101", kscore=7)), ("van welk jaar",)),
    BadFile("map-class-10", "lbm.geojson", liveability(feature(id="WK970101", kscore=10, year="2024")), ("geen enkel gebied", "tussen 1 en 9")),
    BadFile("map-cut", "lbm.geojson", liveability()[:-4], ("halverwege", "afgekapt")),
]  # fmt: skip

V3, V4 = records_v3(), records_v4()
_V3_LIST = json.dumps(V3)
_CODELESS = tuple(name for name in PATHS if "(code)" not in name)
_SHEET_ROWS = sheet_rows()
STATLINE_KWB = statline()


def v4(place: int, **changed: object) -> bytes:
    """Make the observations as JSON with one of them changed."""
    return as_json([record | changed if number == place else record for number, record in enumerate(V4)])


# Kerncijfers wijken en buurten, in every form.
KERNCIJFERS = [
    BadFile("kwb-json-cut", "kwb_2020.json", as_json(V3)[:-60], ("halverwege", "afgekapt")),
    BadFile("kwb-json-cut-between-rows", "kwb_2020.json", _V3_LIST[: _V3_LIST.rfind("{") - 2].encode(), ("halverwege", "afgekapt")),
    BadFile("kwb-json-malformed", "kwb_2020.json", as_json(V3).replace(b'"Wijk"', b'Wijk'), ("geen geldige JSON",)),
    BadFile("kwb-json-a-page", "kwb_2020.json", json.dumps({"value": V3, "odata.nextLink": "https://opendata.cbs.nl/x?$skip=10000"}).encode(), ("één bladzijde", "5 rijen", "volgende bladzijden")),
    BadFile("kwb-json-a-page-before", "kwb_2020.json", json.dumps({"@odata.nextLink": "https://datasets.cbs.nl/x", "value": V4}).encode(), ("één bladzijde",)),
    BadFile("kwb-json-row-with-other-fields", "kwb_2020.json", as_json([*V3[:3], {"ID": 3}, V3[4]]), ("rij 4", "andere velden")),
    BadFile("kwb-json-row-of-another-kind", "kwb_2020.json", as_json([*V3[:3], 7]), ("rij 4", "meer dan één soort")),
    BadFile("kwb-json-nested", "kwb_2020.json", as_json([V3[0], V3[1] | {"AantalInwoners_5": {"waarde": 3}}]), ("rij 2", "AantalInwoners_5", "meer dan één waarde")),
    BadFile("kwb-no-year", "TypedDataSet.json", as_json(V3), ("van welk jaar", "Metadata.json", "bij het inlezen")),
    BadFile("kwb-two-years-in-name", "kwb 2013-2024.json", as_json(V3), ("van welk jaar",)),
    BadFile("kwb-only-names", "kwb_2020.json", as_json([{name: "Markt" if name in ("WijkenEnBuurten", "Codering_3") else value for name, value in record.items()} for record in V3]), ("geen gebiedscodes", "Codering")),
    BadFile("kwb-exactly-a-page", "kwb_2020.csv", as_csv(V3 * 2_000), ("precies 10.000 rijen", "volgende bladzijden")),
    BadFile("kwb-more-rows-than-metadata", "84799NED_TypedDataSet.json", as_json(V3), ("5 rijen", "horen het er 3", "afgekapt of hoort bij"), other_files={"84799NED_Metadata.json": json.dumps(KWB_METADATA | {"Identifier": "84799NED"}).encode()}),
    BadFile("kwb-csv-cut", "kwb_2020.csv", as_csv(V3)[:-30], ("afgekapt", "rij 6")),
    BadFile("v4-no-number", "Observations_2020.json", v4(2, Value="veel"), ("rij 3", "Value", "geen getal", "veel")),
    BadFile("v4-two-values", "Observations_2020.json", v4(3, WijkenEnBuurten="GM9701", Value=7), ("rij 4", "meer dan eens", "gevonden: ‘7’")),
    BadFile("v4-only-names", "Observations_2020.json", as_json([record | {"WijkenEnBuurten": "Markt"} for record in V4]), ("geen gebiedscodes",)),
    BadFile("v4-csv-cut", "Observations_2020.csv", as_csv(V4)[:-30], ("afgekapt",)),
    BadFile("v4-csv-no-number", "Observations_2020.csv", as_csv(V4).replace(b'"17000000"', b'"1.7 mln"'), ("rij 2", "geen getal", "1.7 mln")),
    BadFile("v4-no-rows", "Observations_2020.csv", as_csv(V4).splitlines()[0], ("geen rijen",)),
    BadFile("v4-measures-alone", "MeasureCodes.csv", as_csv([{"Identifier": "T001036", "Title": "Aantal inwoners", "MeasureGroupId": "M000352", "Unit": "aantal"}]), ("beschrijft een tabel", "Observations")),
    BadFile("statline-no-year", "tabel_11122025_141648.csv", STATLINE_KWB.encode(), ("van welk jaar", "tabel_11122025_141648_2024.csv")),
    BadFile("statline-no-codes", "kwb_2020.csv", statline(columns=_CODELESS).encode(), ("geen codes", "Codering (code)", "StatLine")),
    BadFile("statline-english", "kwb_2020.csv", STATLINE_KWB.replace("Wijken en buurten", "Districts and neighbourhoods", 1).encode(), ("Engelse tabel", "Nederlands")),
    BadFile("statline-path-no-rows", "kwb_2020.csv", STATLINE_KWB.splitlines()[0].encode(), ("geen rijen",)),
    BadFile("statline-topics-of-another-table", "konijnen_2020.csv", statline(columns=PATHS[:5]).encode(), ("geen enkele kolom in de catalogus",)),
    BadFile("statline-cut-under-a-title", "kwb.csv", b'"Kerncijfers 2020"\n' + STATLINE_KWB.encode()[:-25], ("rij 7", "afgekapt")),
    BadFile("statline-header-twice", "kwb_2020.csv", STATLINE_KWB.replace(PATHS[6], PATHS[5], 1).encode(), ("twee keer", PATHS[5])),
    BadFile("statline-header-twice-but-for-spaces", "kwb_2020.csv", STATLINE_KWB.replace(PATHS[6], PATHS[5].replace(" (", "  ("), 1).encode(), ("twee keer", PATHS[5])),
    BadFile("kwb-sheet-no-year", "kerncijfers.xlsx", workbook(_SHEET_ROWS), ("van welk jaar", "kerncijfers_2024.xlsx")),
    BadFile("kwb-sheet-no-rows", "kwb-2020.xlsx", workbook(_SHEET_ROWS[:1]), ("geen rijen",)),
    BadFile("kwb-sheet-bare-codes-no-level", "kwb-2020.xlsx", workbook(sheet_rows(("gwb_code_8", "regio", "a_inw"))), ("gwb_code_8", "zonder GM, WK of BU", "recs")),
    BadFile("kwb-sheet-header-twice", "kwb-2020.csv", b"gwb_code_10;regio;a_inw;A_INW\nGM9701;Voorbeeld;1;2\n", ("twee keer", "a_inw")),
    BadFile("kwb-sheet-no-known-topic", "kwb-2020.csv", b"gwb_code_10;regio;konijnen\nGM9701;Voorbeeld;1\n", ("geen enkele kolom in de catalogus",)),
]  # fmt: skip

BAD_FILES: list[BadFile] = ANY_FORMAT + OWN_FORMAT + PUBLISHERS + KERNCIJFERS + TOPIC_TABLES

# The good files the bad ones were made from: each must be read, or the table proves nothing.
GOOD_FILES: list[BadFile] = [
    BadFile("own", "eigen.csv", OWN.encode(), ()),
    BadFile("own-xlsx", "eigen.xlsx", XLSX, ()),
    BadFile(
        "own-xls",
        "eigen.xls",
        xls({"Uitleg": [["Cijfers van ons"]], "Blad1": [HEAD, ("WK970101", "vertrouwen", 2014, 61.5)]}),
        (),
    ),
    BadFile("own-ods", "eigen.ods", ods({"Blad1": [HEAD, ("WK970101", "vertrouwen", 2014, 61.5)]}), ()),
    BadFile(
        "own-percent",
        "eigen.csv",
        own("WK970101;vertrouwen;2014;61,5 %", "WK970102;vertrouwen;2e kwartaal 2014;58%"),
        (),
    ),
    BadFile("own-title-and-source", "eigen.csv", b"Ons panel\n\n" + OWN.encode() + b"Bron: panel\n", ()),
    BadFile("lbm3", "scores.csv", LBM3.encode(), ()),
    BadFile("lbm2", "wijk.json", LBM2_TEXT.encode(), ()),
    BadFile("statline", "export.csv", STATLINE.encode(), ()),
    BadFile("rivm", "eenzaam.csv", RIVM.encode(), ()),
    BadFile("kwb", "99999NED_TypedDataSet.parquet", KWB, (), other_files=kwb_metadata_file()),
    BadFile("geojson", "wijken_2024.geojson", geojson(), ()),
    BadFile("geopackage", "wijkenbuurten_2024_v1.gpkg", gpkg(KAART), ()),
    BadFile("health", "g.csv", HEALTH.encode(), ()),
    BadFile("health-statline", "g.csv", HEALTH_STATLINE.encode(), ()),
    BadFile("crime", "m.json", json.dumps(CRIME).encode(), ()),
    BadFile("reports", "m.csv", REPORTS.encode(), ()),
    BadFile("crime-statline", "m.csv", CRIME_STATLINE.encode(), ()),
    BadFile("ses-odata", "s.csv", SES_ODATA.encode(), ()),
    BadFile("nearness", NEARNESS_NAME, NEARNESS.encode(), ()),
    BadFile("map", "lbm.geojson", liveability(), ()),
    BadFile("kwb-statline", "kwb_2020.csv", STATLINE_KWB.encode(), ()),
    BadFile("kwb-odata3-json", "84799NED.json", as_json(V3), ()),
    BadFile("kwb-odata3-csv", "84799NED.csv", as_csv(V3), ()),
]
