"""The file of a werkbank: what was collected comes back whole, and whatever else a file holds is one Dutch sentence."""

import json

import pytest

from wijkdata import limits
from wijkdata.errors import InputError
from wijkdata.record import workbench
from wijkdata.record.workbench import View

VIEW = View(
    "wijkprofiel?gemeente=GM0193&wijk=WK019311",
    "Zwolle-Zuid: <b>lager</b> **dan** =1+1",
    "Zwolle-Zuid, Zwolle",
    "=HYPERLINK(0)\n<script>x</script> ![i](http://192.0.2.1)",
    "20261130-034908-362322",
)
ONE = {"adres": VIEW.link, "titel": VIEW.title, "gebied": VIEW.where, "notitie": VIEW.note, "stand": VIEW.stand}
GOOD = {"soort": workbench.KIND, "versie": 1, "beelden": [ONE]}


def of(**changes):
    """A file of one view, with these fields otherwise."""
    return json.dumps(GOOD | {"beelden": [ONE | changes]}).encode()


def test_a_werkbank_comes_back_whole_with_its_text_as_text():
    views = (VIEW, View("kaart", "Kaart"), View("overzicht?gemeente=GM9701", "Overzicht"))
    assert workbench.read(workbench.written(views), "w.json") == views
    assert workbench.read(workbench.written(()), "w.json") == ()
    assert (VIEW.page, VIEW.choices["wijk"]) == ("wijkprofiel", "WK019311")


@pytest.mark.parametrize(
    ("link", "good"),
    [
        ("kaart", True),
        ("voor-en-na?activiteit=VB-01", True),
        ("signalen?zoek=a%26b+%3Cx%3E", True),
        ("kaart?wijk=", True),
        ("", False),
        ("/kaart", False),
        ("//ander.example/kaart", False),
        ("https://ander.example", False),
        ("javascript:alert(1)", False),
        ("kaart/../geheim", False),
        ("kaart#x", False),
        ("kaart?x", False),
        ("kaart?wijk=1&wijk=2", False),
        ("kaart?Wijk=1", False),
        ("kaart?wijk=%0d%0aSet-Cookie", False),
        ("kaart?" + "&".join(f"a{'b' * n}=1" for n in range(61)), False),
        ("kaart\\x", False),
    ],
)
def test_an_address_is_that_of_a_page_of_wijkdata_and_of_nothing_else(link, good):
    assert workbench.is_address(link) is good


HOSTILE = [
    pytest.param(b"", "geen bestand van een werkbank", id="empty"),
    pytest.param(b"PK\x03\x04\xff", "geen bestand van een werkbank", id="no JSON"),
    pytest.param(b"[" * 100_000, "geen bestand van een werkbank", id="nested deeply"),
    pytest.param(b"1" * 10_000, "geen bestand van een werkbank", id="a number without an end"),
    pytest.param(b" " * (limits.WORKBENCH + 1), "te groot voor een werkbank", id="huge"),
    pytest.param(b"[]", "geen werkbank van wijkdata", id="a list"),
    pytest.param(b'{"type": "FeatureCollection"}', "geen werkbank van wijkdata", id="another kind"),
    pytest.param(json.dumps(GOOD | {"versie": 2}).encode(), "leest versie 1 van een werkbank (gevonden: ‘2’)", id="newer"),
    pytest.param(json.dumps(GOOD | {"versie": True}).encode(), "leest versie 1", id="no version"),
    pytest.param(json.dumps(GOOD | {"script": "x"}).encode(), "dit veld kent een werkbank niet (gevonden: ‘script’)", id="field"),
    pytest.param(json.dumps(GOOD | {"beelden": {}}).encode(), "‘beelden’ is geen lijst", id="no list"),
    pytest.param(json.dumps(GOOD | {"beelden": [ONE, 3]}).encode(), "w.json, beeld 2: dit is geen beeld", id="no view"),
    pytest.param(json.dumps(GOOD | {"beelden": [ONE, ONE]}).encode(), "hetzelfde adres", id="twice"),
    pytest.param(json.dumps(GOOD | {"beelden": [ONE] * 101}).encode(), "101 beelden; op een werkbank liggen er hoogstens 100", id="many"),
    pytest.param(of(kleur="rood"), "beeld 1: dit veld kent een werkbank niet (gevonden: ‘kleur’)", id="field of a view"),
    pytest.param(of(adres="https://ander.example/kaart"), "beeld 1, adres: dit is geen adres van een pagina", id="elsewhere"),
    pytest.param(of(adres="javascript:alert(1)"), "beeld 1, adres: dit is geen adres van een pagina", id="script"),
    pytest.param(of(titel=" "), "beeld 1, titel: een beeld heeft een titel", id="no title"),
    pytest.param(of(titel=["a"]), "beeld 1, titel: hier hoort tekst", id="no text"),
    pytest.param(of(titel="a\x00b"), "beeld 1, titel: hier hoort tekst", id="control character"),
    pytest.param(of(notitie="\ud800"), "beeld 1, notitie: hier hoort tekst", id="half a character"),
    pytest.param(of(notitie="x" * 2_001), "hier passen 2.000 tekens, en dit zijn er 2.001", id="a long note"),
    pytest.param(of(stand="../../etc"), "beeld 1, stand: dit is geen stand", id="no stand"),
    pytest.param(of(notitie="bel 06-12345678"), "en dit is een telefoonnummer", id="a person"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "said"), HOSTILE)
def test_a_file_that_is_no_werkbank_is_one_sentence(data, said):
    with pytest.raises(InputError) as refused:
        workbench.read(data, "w.json")
    sentence = str(refused.value)
    assert said in sentence and len(sentence.splitlines()) == 1
    assert sentence.startswith("w.json") and ";" in sentence and sentence.endswith(".")
