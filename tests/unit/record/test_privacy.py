"""What free text may not hold, and what looks like it but may."""

import pytest

from wijkdata.record.checks import read_row
from wijkdata.record.fields import tables
from wijkdata.record.privacy import found_in, is_bsn

EMAIL, PHONE, BSN = "een e-mailadres", "een telefoonnummer", "een nummer dat een BSN kan zijn"


@pytest.mark.parametrize(
    ("text", "what", "piece"),
    [
        ("Mail naar jan.de.vries@voorbeeld.nl", EMAIL, "jan.de.vries@voorbeeld.nl"),
        ("info @ voorbeeld.nl", EMAIL, "info @ voorbeeld.nl"),
        ("a+b@sub.voorbeeld.co.uk", EMAIL, "a+b@sub.voorbeeld.co.uk"),
        ("bel 0612345678", PHONE, "0612345678"),
        ("bel 06-12345678.", PHONE, "06-12345678"),
        ("bel 06 12 34 56 78", PHONE, "06 12 34 56 78"),
        ("+31 6 12345678", PHONE, "+31 6 12345678"),
        ("+31 (0)6 12345678", PHONE, "+31 (0)6 12345678"),
        ("0031612345678", PHONE, "0031612345678"),
        ("038-4212345", PHONE, "038-4212345"),
        ("(038) 421 23 45", PHONE, "(038) 421 23 45"),
        ("bel 0612345678, of kom langs", PHONE, "0612345678"),
        ("tel.0612345678", PHONE, "0612345678"),
        ("Vraag het aan Jan,0612345678", PHONE, "0612345678"),
        ("06-12345678 (14 mei 2023)", PHONE, "06-12345678"),
        ("06-12345678 14 mei", PHONE, "06-12345678"),
        ("06-12345678 / 06-87654321", PHONE, "06-12345678"),
        ("op 12-05-2023 06-12345678", PHONE, "06-12345678"),
        ("+32 475 12 34 56", PHONE, "+32 475 12 34 56"),
        ("nummer 111222333 van", BSN, "111222333"),
        ("111222333, zei hij", BSN, "111222333"),
        ("nr.111222333", BSN, "111222333"),
        ("111-222-333", BSN, "111-222-333"),
        ("111.222.333", BSN, "111.222.333"),
        ("1112 22 333", BSN, "1112 22 333"),
        ("BSN:123456782", BSN, "123456782"),
        ("10000008", BSN, "10000008"),
    ],
)
def test_found(text, what, piece):
    assert found_in(text) == (what, piece)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Feest op 12-05-2023 met 250 bezoekers",
        "Van 2019 tot 2024 in WK05990812 en BU05990812",
        "Het kostte 1.234.567 euro",
        "Het kostte 12.345,67 euro en 1250000 euro",
        "Wijk WK111222, buurt BU11122233",
        "https://www.voorbeeld.nl/besluit/111222333",
        "Zaaknummer 123456789",  # nine digits that fail the eleven-test
        "Groep @ plein",
        "Bel 112 of 14 038",
        "0900-8844",
        "Bus 4 rijdt 24/7 van 08:00 tot 22:00",
        "3,14159265358979",
        "000000000",
        "Postcode 8011 AB",
        "in 2018, 2019, 2020 en 2021",
        "jaren 2018-2019",
        "2018/2019/2020",
        "01-02-2019/31-12-2019",
        "van 01-02-2019 03-04-2019",
        "20240131 en 20231231",
        "111222333,50 euro",
        "0.50 tot 0.75",
    ],
)
def test_not_found(text):
    assert found_in(text) is None


def test_no_range_of_years_and_no_date_is_taken_for_a_number_of_a_person():
    """A range of years is eight digits, and one in eleven passes the eleven-test."""
    years = range(1945, 2051)
    for text in (f"{a}{between}{b}" for a in years for b in (a + 1, a + 4, a + 10) for between in ("-", " ", "/", "–")):
        assert found_in(f"In {text} gebeurde dit.") is None, text


@pytest.mark.parametrize(
    ("digits", "valid"),
    [
        ("111222333", True),
        ("123456782", True),
        ("10000008", True),
        ("010000008", True),
        ("123456789", False),
        ("111222334", False),
        ("000000000", False),
        ("1112223330", False),
        ("1112223", False),
        ("11122233a", False),
        ("١١١٢٢٢٣٣٣", True),
    ],
)
def test_the_eleven_test(digits, valid):
    assert is_bsn(digits) is valid


@pytest.mark.parametrize(
    ("table", "field"),
    [(name, spec.name) for name, table in tables().items() for spec in table.fields if spec.kind in ("text", "long")],
)
def test_every_free_text_is_looked_through(table, field):
    row, wrong = read_row(tables()[table], {field: "Bel 0612345678"}, 2)
    (problem,) = [one for one in wrong if one.field == field]
    assert row[field] is None
    assert problem.place == 2 and "telefoonnummer" in problem.problem and "0612345678" in problem.problem


def test_a_number_of_an_activity_may_be_no_telephone_number():
    _, wrong = read_row(tables()["relation"], {"kind": "vervolg_op", "other": "0612345678"})
    assert wrong == []
