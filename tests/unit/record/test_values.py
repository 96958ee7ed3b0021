"""What people type in a field, and what becomes of it: the value, or a refusal that says what is wrong."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from wijkdata.record.fields import ACTIVITY, CHILDREN, EVENT, SESSION, SESSION_CHILDREN, tables, words
from wijkdata.record.values import MASKED, SMALL, InvalidValueError, export, is_hidden, parse, show

FIELDS = {
    "text": ("activity", "title"),
    "long": ("activity", "description"),
    "code": ("activity", "kind"),
    "step": ("activity", "step"),
    "codes": ("activity", "audience"),
    "date": ("activity", "start_planned"),
    "year": ("activity", "price_year"),
    "whole": ("count", "visits"),
    "times": ("activity", "times"),
    "rank": ("pillar", "rank"),
    "decimal": ("aim", "size"),
    "money": ("activity", "cost_asked"),
    "percent": ("activity", "progress"),
    "answer": ("activity", "hours_included"),
    "link": ("activity", "source_link"),
    "area": ("area", "area"),
    "pillar": ("pillar", "pillar"),
    "indicator": ("aim", "indicator"),
    "activity": ("relation", "other"),
    "hidden_count": ("group", "number"),
}


def field(kind):
    table, name = FIELDS[kind]
    return tables()[table].field(name)


NEW_YEAR = date(2025, 12, 31)
TAKEN = [
    ("text", "  Buurt \t feest\n", "Buurt feest"),
    ("text", "=1+1", "=1+1"),
    ("text", "<b>x</b>", "<b>x</b>"),
    ("text", "a\x00b", "a b"),
    ("text", "é" * 140, "é" * 140),
    ("text", "Onbekend", None),
    ("text", " - ", None),
    ("long", "Een\r\nTwee ", "Een\nTwee"),
    ("code", "Opschoonactie", "opschoonactie"),
    ("code", " opschoonACTIE ", "opschoonactie"),
    ("step", "Niet van toepassing", "0"),
    ("step", 3, "3"),
    ("step", 3.0, "3"),
    ("step", "Meebeslissen", "5"),
    ("codes", "Ouderen; jeugd", "jeugd;ouderen"),
    ("codes", "jeugd;Jeugd;", "jeugd"),
    ("date", "31-12-2025", NEW_YEAR),
    ("date", "31/12/2025", NEW_YEAR),
    ("date", "31.12.2025", NEW_YEAR),
    ("date", "31 12 2025", NEW_YEAR),
    ("date", "2025-12-31", NEW_YEAR),
    ("date", "2025-12-31 00:00:00", NEW_YEAR),
    ("date", "2025-12-31T00:00:00.000", NEW_YEAR),
    ("date", "1-2-2025", date(2025, 2, 1)),
    ("date", datetime(2025, 12, 31, 9, 30), NEW_YEAR),
    ("date", NEW_YEAR, NEW_YEAR),
    ("date", "29-2-2024", date(2024, 2, 29)),
    ("year", "2024", 2024),
    ("year", 2024.0, 2024),
    ("whole", "1.234", 1234),
    ("whole", "1 234", 1234),
    ("whole", "1\u00a0234", 1234),
    ("whole", "12,0", 12),
    ("whole", 12.0, 12),
    ("whole", "0", 0),
    ("whole", "", None),
    ("whole", None, None),
    ("whole", float("nan"), None),
    ("whole", "n.v.t.", None),
    ("whole", "?", None),
    ("decimal", "0,25", 0.25),
    ("decimal", "0.25", 0.25),
    ("decimal", "1.234,5", 1234.5),
    ("decimal", "1234.5", 1234.5),
    ("decimal", 0.25, 0.25),
    ("money", "€ 1.234,50", Decimal("1234.50")),
    ("money", "1234,-", Decimal("1234.00")),
    ("money", "1234.5", Decimal("1234.50")),
    ("money", 0, Decimal("0.00")),
    ("money", 99.95, Decimal("99.95")),
    ("percent", "80 %", 80),
    ("percent", 100, 100),
    ("answer", "Ja", "ja"),
    ("answer", False, "nee"),
    ("answer", "onbekend", None),
    ("link", "https://voorbeeld.nl/a?b=c", "https://voorbeeld.nl/a?b=c"),
    ("area", "wk059908", "WK059908"),
    ("area", "GM0599", "GM0599"),
    ("pillar", "weerbaarheid", "weerbaarheid"),
    ("indicator", "Ervaren sociale samenhang", "ervaren_samenhang"),
    ("indicator", "lbm3_soc", "lbm3_soc"),
    ("activity", 12.0, "12"),
    ("activity", "VB-01", "VB-01"),
    ("hidden_count", "4", SMALL),
    ("hidden_count", 1, SMALL),
    ("hidden_count", "< 5", SMALL),
    ("hidden_count", "Verborgen", MASKED),
    ("hidden_count", "5", 5),
    ("hidden_count", 0, 0),
]


@pytest.mark.parametrize(("kind", "typed", "expected"), TAKEN)
def test_taken(kind, typed, expected):
    value = parse(field(kind), typed)
    assert value == expected
    assert type(value) is type(expected)


REFUSED = [
    ("text", "x" * 141, "141 tekens"),
    ("long", "x" * 2001, "2001 tekens"),
    ("code", "Feestje", "staat niet in de lijst"),
    ("codes", "Jeugd; mensen", "staat niet in de lijst"),
    ("date", "31-2-2025", "geen datum"),
    ("date", "2025", "geen datum"),
    ("date", "12-31-2025", "geen datum"),
    ("date", "31-12-25", "geen datum"),
    ("date", "morgen", "geen datum"),
    ("date", "31-12-1825", "het jaar 1825 kan niet"),
    ("date", "31-12-2250", "het jaar 2250 kan niet"),
    ("date", 45000, "geen datum"),
    ("year", "24", "dit jaar kan niet"),
    ("year", "2024,5", "geen heel getal"),
    ("whole", "-1", "te laag"),
    ("whole", "12,5", "geen heel getal"),
    ("whole", "twaalf", "geen getal"),
    ("whole", "1,234.5", "geen getal"),
    ("whole", "1.23.4", "geen getal"),
    ("whole", "1e9", "geen getal"),
    ("whole", "1000000000", "dit getal kan niet"),
    ("whole", True, "geen getal"),
    ("whole", "inf", "geen getal"),
    ("whole", float("inf"), "dit getal kan niet"),
    ("times", "0", "te laag"),
    ("rank", "5", "te hoog"),
    ("decimal", "-0,1", "te laag"),
    ("money", "1,005", "meer dan twee decimalen"),
    ("money", "-5", "te laag"),
    ("percent", "101", "te hoog"),
    ("percent", "-1", "te laag"),
    ("answer", "misschien", "geen antwoord"),
    ("answer", 2, "geen antwoord"),
    ("link", "voorbeeld.nl", "geen adres van een pagina"),
    ("link", "javascript:alert(1)", "geen adres van een pagina"),
    ("link", "https://a b", "geen adres van een pagina"),
    ("area", "Centrum", "geen code"),
    ("area", "WK05990", "geen code"),
    ("pillar", "geluk", "deze pijler bestaat niet"),
    ("indicator", "geluk", "deze indicator bestaat niet"),
    ("activity", "x" * 41, "dit nummer kan niet"),
    ("hidden_count", "-1", "te laag"),
    ("hidden_count", "<6", "geen getal"),
]


@pytest.mark.parametrize(("kind", "typed", "problem"), REFUSED)
def test_refused(kind, typed, problem):
    with pytest.raises(InvalidValueError) as caught:
        parse(field(kind), typed)
    assert problem in caught.value.problem
    assert caught.value.remedy and not caught.value.remedy.endswith(".")


@pytest.mark.parametrize(("kind", "typed", "value"), [case for case in TAKEN if case[2] is not None])
def test_what_leaves_in_a_cell_comes_back_the_same(kind, typed, value):
    assert parse(field(kind), export(field(kind), value)) == value


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("money", Decimal("1234.50"), "1.234,50\u00a0euro"),
        ("money", Decimal("0.00"), "0\u00a0euro"),
        ("whole", 0, "0"),
        ("whole", None, ""),
        ("year", 2024, "2024"),
        ("codes", "jeugd;ouderen", "Jeugd, Ouderen"),
        ("hidden_count", SMALL, "<5"),
        ("percent", 80, "80\u00a0%"),
    ],
)
def test_on_screen(kind, value, shown):
    assert show(field(kind), value) == shown


@pytest.mark.parametrize(("number", "hidden"), [(SMALL, True), (MASKED, True), (0, False), (5, False), (None, False)])
def test_hidden(number, hidden):
    assert is_hidden(number) is hidden


def test_every_kind_of_field_is_in_these_tables():
    kinds = {spec.kind for table in tables().values() for spec in table.fields}
    assert kinds == {field(kind).kind for kind in FIELDS}


def test_the_list_of_fields_is_whole():
    assert list(tables()) == [ACTIVITY, *CHILDREN, EVENT, SESSION, *SESSION_CHILDREN]
    used = {spec.words for table in tables().values() for spec in table.fields if spec.words}
    assert used == set(words())
    for table in tables().values():
        assert set(table.key) <= {spec.name for spec in table.fields}
        assert len({spec.label for spec in table.fields}) == len(table.fields), "two columns with one heading"
        for spec in table.fields:
            assert not spec.default or parse(spec, spec.default) == spec.default


def test_no_word_means_two_codes():
    for name, entries in words().items():
        typed = [word.lower() for word in entries.values()] + [code.lower() for code in entries]
        owners = {}
        for code, word in entries.items():
            for text in {code.lower(), word.lower(), word.split(":")[0].lower()}:
                assert owners.setdefault(text, code) == code, (name, text)
        assert len(typed) >= 2 * len(entries)


def test_eight_fields_come_first_and_are_required():
    asked = [spec.label for spec in tables()[ACTIVITY].fields if spec.required and not spec.heading]
    assert len(asked) == 8
