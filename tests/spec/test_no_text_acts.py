"""Every text that a file, a person or an address can bring, on every screen: none of it is ever markup, picture or link.

The screens run without a browser; every text that Streamlit draws as Markdown is looked at, whichever part it is of.
"""

import csv
import io
import re
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from tests.activity_examples import TODAY, record
from tests.app.running import page
from tests.unit.core.test_own_entries import INDICATOR, SOURCE, own
from wijkdata import catalogue, safe
from wijkdata.errors import StoreError
from wijkdata.loading.activities import register
from wijkdata.loading.figures import importer
from wijkdata.record.base import Record
from wijkdata.record.fields import EVENT
from wijkdata.store.participation import registers
from wijkdata.ui import place
from wijkdata.views.shared import tables

EVIL = "![i](http://192.0.2.1/q.png)<img src=x>**vet7** :red[r] $x$ `c` www.x.nl"
# In a text where every mark is escaped none of these is left. `\\` before a mark is what the screens put there.
ESCAPED = re.compile(r"\\.")
ACTS = re.compile(r"!\[i\]|\]\(http|<img|\*\*vet7|:red\[|\$x|`c|www\.x", re.IGNORECASE)
# Where Streamlit draws Markdown: fields of elements and of boxes (its documentation of `label`, `help`, `body`, `options`).
DRAWN = {"body", "label", "help", "title", "caption", "captions", "delta", "text", "content"}
OPTIONS_DRAWN = {"radio", "button_group"}
NOT_DRAWN = {"html", "text", "code", "json"}


def everything_in(app):
    """(kind, field, text) of every text in every part of a page."""
    found = []
    for node in app._tree:
        proto = getattr(node, "proto", None)
        if proto is not None and hasattr(proto, "DESCRIPTOR"):
            found += [(node.type, *pair) for pair in texts(proto)]
    return found


def texts(proto, depth=0):
    for field, value in proto.ListFields():
        repeated = isinstance(value, (list, tuple)) or type(value).__name__.startswith("Repeated")
        for one in value if repeated else [value]:
            if isinstance(one, str):
                yield field.name, one
            elif hasattr(one, "ListFields") and depth < 6:
                yield from texts(one, depth + 1)


def acting(app):
    """What of the hostile text would act, with the part it stands in."""
    bad = []
    for kind, field, text in everything_in(app):
        drawn = field in DRAWN or (field == "options" and kind in OPTIONS_DRAWN)
        if kind == "html":
            if "<img" in text:
                bad.append((kind, field, text[:300]))
        elif drawn and kind not in NOT_DRAWN and ACTS.search(ESCAPED.sub("", text)):
            bad.append((kind, field, text[:300]))
    return bad


def seen(app) -> bool:
    """Whether the hostile text came to the page at all: a test in which it does not sees nothing."""
    return any("192.0.2.1" in text for _, _, text in everything_in(app))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Names of areas, of a file, of activities and everything under them, of an own indicator and its source."""
    folder = tmp_path_factory.mktemp("vijandig")
    data = folder / "d"
    data.mkdir()
    own(data, bronnen=evil(SOURCE), indicatoren=evil(INDICATOR))
    file = folder / "![i](http:--192.0.2.1-q.png)**v**.csv"
    rows = [
        f'WK0599{n:02d};{indicator};{year};{value};"{EVIL}"'
        for n in range(12) for year in (2014, 2018, 2022)
        for indicator, value in (("lbm3_afw", round(n * (year - 2010) / 1000, 3)), ("eigen_groen", 20 + n), ("inwoners", 3000))
    ]  # fmt: skip
    head = "gebied_code;indicator;periode;waarde;gebied_naam"
    file.write_text("\n".join([head, *rows, f'GM0599;inwoners;2022;5;"{EVIL}"', ""]), encoding="utf-8")
    importer.import_files([file], data, catalogue.of(data))
    saved = register.save(data, evil_activity("VB-01"), EVIL[:60], TODAY)
    register.save(data, evil_activity("VB-02", status="gestopt", stop_reason=EVIL, end_actual="01-02-2021"), "x", TODAY)
    register.save(data, replace(saved, values={**saved.values, "title": EVIL + " 2"}), EVIL[:60], TODAY)
    gone = register.save(data, evil_activity("VB-03"), "x", TODAY)
    registers.set_withdrawn(data, gone.id, gone.version, "x", withdrawn=True)
    circumstance = {"area": "WK059901", "start": "2021-02-01", "kind": "sloop", "text": EVIL}
    registers.save(data, [Record("o1", {**circumstance, "start": TODAY}, {}, EVENT)], "x")
    return data


def evil(entry: str) -> str:
    """An own entry whose words are all hostile; what a program reads stays."""
    words = ("publisher", "title", "short", "licence", "method", "description")
    return re.sub(
        rf'(?m)^({"|".join(words)}) = ".*"$',
        lambda match: f"{match[1]} = '{EVIL[:32] if match[1] == 'short' else EVIL}'",
        entry,
    )


def evil_activity(number, **values):
    rows = {
        "organisation": [{"name": EVIL, "type": "welzijn", "role": "uitvoerder"}],
        "outcome": [{"kind": "binding", "description": EVIL, "lasting": "ja"}],
        "timeline": [{"date": "1-3-2020", "kind": "mijlpaal", "text": EVIL}],
        "relation": [{"kind": "vervolg_op", "other": "![i](http://192.0.2.1/q.png)**v**"}],
        "count": [{"date": "1-3-2021", "method": "geteld", "participants": 60}],
        "group": [{"date": "1-3-2021", "trait": "geslacht", "class": "geslacht_vrouw", "number": 60}],
    }
    told = {"title": EVIL, "description": EVIL, "source_link": "https://x.nl/![i](http://192.0.2.1/q.png)"} | values
    return record(number, ("WK059901",), rows=rows, **told)


ADDRESSES = {
    "overzicht": ["gemeente", "wijk"],
    "kaart": [
        "gemeente",
        "wijk",
        "onderwerp",
        "jaar",
        "grenzen",
        "klassen",
        "weergave",
        "vergelijk",
        "gebied",
        "indeling",
    ],
    "wijkprofiel": ["gemeente", "wijk", "groepen"],
    "kloof": ["gemeente", "naast", "groepen", "onderwerp"],
    "voor-en-na": ["gemeente", "wat", "wijken", "begin", "activiteit", "programma", "onderwerp", "zonder", "meting"],
    "activiteiten": [
        "gemeente",
        "wijk",
        "activiteit",
        "zoek",
        "soort",
        "status",
        "van",
        "tot",
        "pijler",
        "beeld",
        "blad",
    ],
    "gegevens": ["niveau", "editie", "niveau_koppeling", "onderwerp"],
    "uitleg": ["onderwerp"],
}


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("overzicht", {}),
        ("kaart", {"onderwerp": "lbm3_afw"}),
        ("kaart", {"onderwerp": "eigen_groen", "wijk": "WK059907"}),
        ("wijkprofiel", {}),
        ("kloof", {"naast": "GM0599", "onderwerp": "eigen_groen"}),
        ("voor-en-na", {"activiteit": "VB-01"}),
        ("voor-en-na", {"wat": "wijken", "wijken": "WK059907", "begin": "2018"}),
        ("activiteiten", {}),
        ("activiteiten", {"activiteit": "VB-01"}),
        ("activiteiten", {"activiteit": "VB-02"}),
        ("activiteiten", {"beeld": "dekking"}),
        ("activiteiten", {"zoek": EVIL}),
        ("gegevens", {}),
        ("uitleg", {"onderwerp": "eigen_groen"}),
    ],
)
def test_no_name_acts(name, query, hostile, monkeypatch):
    app = page(name, hostile, monkeypatch, **{"gemeente": "GM0599", "wijk": "WK059901", **query})
    assert not app.exception
    assert acting(app) == []
    assert seen(app)


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_address_acts(name, hostile, monkeypatch):
    for values in (
        dict.fromkeys(ADDRESSES[name], EVIL),
        {"klassen": "eigen", "grenzen": EVIL, "wat": "wijken", "wijken": EVIL},
    ):
        app = page(name, hostile, monkeypatch, **values)
        assert not app.exception
        assert acting(app) == []
        assert seen(app)


@pytest.mark.parametrize(
    ("text", "acts"),
    [(EVIL, True), ("**vet7**", True), (r"\*\*vet7\*\*", False), (r"!\[i\]\(http", False), (r"a \[b\] c", False)],
)
def test_the_look_at_a_text_sees(text, acts):
    assert bool(ACTS.search(ESCAPED.sub("", text))) is acts


def test_an_error_that_names_a_text_is_text(hostile, monkeypatch):
    def fail(*arguments, **options):
        raise StoreError(f"‘{EVIL}’ kan hier niet.")

    monkeypatch.setattr(place, "lead", fail)
    app = page("overzicht", hostile, monkeypatch)
    assert len(app.error) == 1
    assert acting(app) == [] and seen(app)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1+1", "\u00a0=1", "＝1+1", "\ufeff=1", "'=1", "\n=1", "\r=1"]
)
def test_no_heading_and_no_cell_is_a_formula(text):
    """A heading can be the name of an area."""
    frame = pd.DataFrame({text: [text], "waarde": [1.5]})
    for content, sep in ((tables.csv_bytes(frame), ","), (tables.csv_bytes(frame, for_excel=True), ";")):
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=sep))
        for cell in (lines[0][0], lines[1][0]):
            assert safe.from_csv(cell) == text.replace("\r", "\n") != cell
    sheet = openpyxl.load_workbook(io.BytesIO(tables.xlsx_bytes(frame, "blad"))).active
    assert {cell.data_type for row in sheet["A1:A2"] for cell in row} == {"s"}
