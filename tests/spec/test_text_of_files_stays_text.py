"""What a file says is text: never HTML, Markdown, a formula, a folder or a broken workbook; and it has a bound."""

import io
import json

import openpyxl
import pandas as pd
import pytest

from tests.app.running import page
from tests.bad_files import GEOJSON, SQUARE
from wijkdata import catalogue, limits
from wijkdata.areas import Level
from wijkdata.errors import InputError
from wijkdata.loading.figures import importer, uploads
from wijkdata.sources.reading import csv_rows, tables
from wijkdata.store.monitor import queries, versions
from wijkdata.views.shared import tables as shared_tables

CATALOGUE = catalogue.load()
EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>[x](javascript:alert(3))**vet**"
HEAD = "gebied_code;indicator;periode;waarde;gebied_naam"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """60 wijken and a gemeente with such names, in a file with such a name."""
    folder = tmp_path_factory.mktemp("vijandig")
    file = folder / "=cmd{b}(x)'--.csv"
    rows = [
        f"WK0599{n:02d};{indicator};{year};{value};{EVIL}"
        for n in range(60) for year in (2014, 2018, 2022)
        for indicator, value in (("lbm3_afw", round(n * (year - 2010) / 1000, 3)), ("vertrouwen", 20 + n), ("inwoners", 3000))
    ]  # fmt: skip
    file.write_text("\n".join([HEAD, *rows, f"GM0599;inwoners;2022;5;{EVIL}", ""]), encoding="utf-8")
    importer.import_files([file], folder / "d", CATALOGUE)
    return folder / "d"


@pytest.mark.parametrize("name", ["overzicht", "kaart", "wijkprofiel", "kloof", "gegevens", "uitleg"])
def test_no_name_becomes_markup(name, hostile, monkeypatch):
    app = page(name, hostile, monkeypatch, gemeente="GM0599", wijk="WK059907", naast="GM0599")
    assert not app.exception
    raw_html = [part.proto.body for part in app.get("html")]
    markdown = [part.value for kind in (app.title, app.header, app.markdown, app.info, app.warning) for part in kind]
    # HTML has its entities, Markdown a backslash before every mark that could mean something.
    assert [body for body in raw_html if "<img" in body or "<script" in body] == []
    assert [body for body in markdown if "<img" in body.replace("\\<", "")] == []
    assert [body for body in markdown if "[x](" in body.replace("\\[", "").replace("\\]", "")] == []


@pytest.mark.parametrize(
    "value",
    [
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "WK059907' OR 1=1 --",
        "**vet**[x](javascript:a)",
        "%00",
        "é" * 5000,
    ],
)
@pytest.mark.parametrize("name", ["overzicht", "kaart", "wijkprofiel", "kloof"])
def test_an_address_with_rubbish_shows_the_nearest_choice(name, value, hostile, monkeypatch):
    app = page(name, hostile, monkeypatch, gemeente=value, wijk=value, onderwerp=value, jaar=value, naast=value)
    assert not app.exception and not app.error
    assert app.title[0].value
    assert all("<script" not in part.proto.body for part in app.get("html"))


CONTROL = "ge\x01ni\x0bep"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Binnen  stad ", "Binnen stad"),
        ("twee\nregels", "twee regels"),
        (CONTROL, "ge ni ep"),
        ("\u202efgedcba", "fgedcba"),  # turns the text round on screen
        ("Zand\u00adweg", "Zandweg"),
        ("\x00\x01", None),
        ("'s-Gravenhage é ü ß", "'s-Gravenhage é ü ß"),
    ],
)
def test_a_name_is_one_printable_line(given, kept, tmp_path):
    properties = {"wijkcode": "WK970101", "wijknaam": given, "aantalInwoners": 1000}
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
    file = tmp_path / "grens.geojson"
    file.write_text(json.dumps(GEOJSON | {"features": [feature]}), encoding="utf-8")
    importer.import_files([file], tmp_path / "d", CATALOGUE)
    names = queries.areas(versions.current(tmp_path / "d"), Level.WIJK).set_index("code")["name"]
    assert names["WK970101"] == (kept or "WK970101"), "without a name an area is called by its code"


TEXTS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', CONTROL, "gewoon", "x" * 40_000, EVIL]


def test_a_workbook_opens_and_holds_no_formula():
    frame = pd.DataFrame({"naam": TEXTS, "waarde": [float(n) / 3 for n in range(len(TEXTS) - 1)] + [float("nan")]})
    sheet = openpyxl.load_workbook(io.BytesIO(shared_tables.xlsx_bytes(frame, "x" * 60))).active
    rows = list(sheet.iter_rows(min_row=2))
    assert {row[0].data_type for row in rows} == {"s"}
    assert [row[1].value for row in rows] == [*frame["waarde"][:-1], None], "a missing value is an empty cell"
    assert [row[0].value for row in rows][:4] == TEXTS[:4]


@pytest.mark.parametrize("for_excel", [False, True])
def test_no_cell_of_a_csv_starts_a_formula(for_excel):
    content = shared_tables.csv_bytes(pd.DataFrame({"naam": TEXTS, "waarde": -0.1}), for_excel=for_excel)
    back = pd.read_csv(io.BytesIO(content), sep=";" if for_excel else ",", decimal="," if for_excel else ".")
    assert len(back) == len(TEXTS)
    assert not back["naam"].str.startswith(("=", "+", "-", "@", "\t", "\r")).any()
    assert (back["waarde"] == -0.1).all(), "a number stays a number"


@pytest.mark.parametrize(
    "name",
    ["../../x.csv", "C:\\Windows\\x.csv", "/etc/passwd", "..", "CON.csv", "a\x00b.csv", "é" * 300 + ".csv", "<b>.csv"],
)
def test_an_uploaded_name_stays_in_its_folder(name, tmp_path):
    safe = uploads.safe_name(name)
    assert (tmp_path / safe).resolve().parent == tmp_path.resolve()
    (tmp_path / safe).write_bytes(b"x")  # every system takes it


def test_a_table_that_would_fill_the_memory_is_refused_while_it_is_read(tmp_path, monkeypatch):
    """Not after: the rows behind the bound are never made."""
    monkeypatch.setattr(limits, "CELLS", 40)
    lines = csv_rows.csv.reader
    made = []

    def counted(*arguments, **named):
        inner = lines(*arguments, **named)

        class Counting:
            line_num = property(lambda self: inner.line_num)

            def __iter__(self):
                for row in inner:
                    made.append(row)
                    yield row

        return Counting()

    monkeypatch.setattr(csv_rows.csv, "reader", counted)
    file = tmp_path / "groot.csv"
    file.write_text("a;b\n" + "1;2\n" * 1000, encoding="utf-8")
    with pytest.raises(InputError, match="te groot om in te lezen"):
        tables.read_csv(file)
    assert len(made) == 21
