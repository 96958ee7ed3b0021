"""What free text may not hold, and what looks like it but may."""

import time

import pytest

from wijkdata.record.checks import read_row
from wijkdata.record.fields import tables
from wijkdata.record.privacy import found_in, is_bsn

EMAIL, PHONE, BSN = "een e-mailadres", "een telefoonnummer", "een nummer dat een BSN kan zijn"
IBAN = "een rekeningnummer"


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
        # A dash of print, a wide space, a mark without width, more marks between the digits.
        ("bel 06–12345678", PHONE, "06–12345678"),
        ("bel 06—12345678", PHONE, "06—12345678"),
        ("bel 06‑1234‑5678", PHONE, "06‑1234‑5678"),
        ("bel 06−12345678", PHONE, "06−12345678"),
        ("bel 06 - 1234 - 5678", PHONE, "06 - 1234 - 5678"),
        ("bel 06 – 1234 – 5678", PHONE, "06 – 1234 – 5678"),
        ("bel 06\u00a01234\u202f5678", PHONE, "06\u00a01234\u202f5678"),
        ("bel 06\u200b12345678", PHONE, "06\u200b12345678"),
        ("bel 0612\u00ad345678", PHONE, "0612\u00ad345678"),
        ("bel 06.12.34.56.78", PHONE, "06.12.34.56.78"),
        ("bel 06/12345678", PHONE, "06/12345678"),
        ("bel 06_12345678", PHONE, "06_12345678"),
        ("bel (06) - 1234 5678", PHONE, "(06) - 1234 5678"),
        ("bel 0 6 1 2 3 4 5 6 7 8", PHONE, "0 6 1 2 3 4 5 6 7 8"),
        ("bel O6-12345678", PHONE, "O6-12345678"),
        ("bel ０６１２３４５６７８", PHONE, "０６１２３４５６７８"),
        ("bel +31–6–12345678", PHONE, "+31–6–12345678"),
        ("bel 038 – 421 23 45", PHONE, "038 – 421 23 45"),
        ("zaaknummer 0612345678", PHONE, "0612345678"),
        ("jan[at]x.nl", EMAIL, "jan[at]x.nl"),
        ("jan [at] x.nl", EMAIL, "jan [at] x.nl"),
        ("jan(at)x.nl", EMAIL, "jan(at)x.nl"),
        ("jan (at) x (dot) nl", EMAIL, "jan (at) x (dot) nl"),
        ("jan[AT]x[DOT]nl", EMAIL, "jan[AT]x[DOT]nl"),
        ("jan{at}x.nl", EMAIL, "jan{at}x.nl"),
        ("jan[@]x.nl", EMAIL, "jan[@]x.nl"),
        ("jan at x.nl", EMAIL, "jan at x.nl"),
        ("jan at x dot nl", EMAIL, "jan at x dot nl"),
        ("jan apenstaartje x punt nl", EMAIL, "jan apenstaartje x punt nl"),
        ("jan＠x.nl", EMAIL, "jan＠x.nl"),
        ("jan\u200b@x.nl", EMAIL, "jan\u200b@x.nl"),
        ("mailto:jan@x.nl?subject=a", EMAIL, "jan@x.nl"),
        ("https://x.nl/?van=jan@x.nl", EMAIL, "jan@x.nl"),
        ("111–222–333", BSN, "111–222–333"),
        ("111/222/333", BSN, "111/222/333"),
        ("111_222_333", BSN, "111_222_333"),
        ("111 - 222 - 333", BSN, "111 - 222 - 333"),
        ("11 12 22 333", BSN, "11 12 22 333"),
        ("1112-22333", BSN, "1112-22333"),
        ("1 1 1 2 2 2 3 3 3", BSN, "1 1 1 2 2 2 3 3 3"),
        ("111\u00a0222\u00a0333", BSN, "111\u00a0222\u00a0333"),
        ("111222\u200b333", BSN, "111222\u200b333"),
        ("BSN 123456789", BSN, "123456789"),
        ("burgerservicenummer: 123456789", BSN, "123456789"),
        ("NL91ABNA0417164300", IBAN, "NL91ABNA0417164300"),
        ("op NL91 ABNA 0417 1643 00 van Jan", IBAN, "NL91 ABNA 0417 1643 00"),
        ("op nl91abna0417164300.", IBAN, "nl91abna0417164300"),
        ("NL91-ABNA-0417-1643-00", IBAN, "NL91-ABNA-0417-1643-00"),
        ("NL91.ABNA.0417.1643.00", IBAN, "NL91.ABNA.0417.1643.00"),
        ("BE68 5390 0754 7034", IBAN, "BE68 5390 0754 7034"),
        ("DE89370400440532013000", IBAN, "DE89370400440532013000"),
        ("rekening:NL91ABNA0417164300", IBAN, "NL91ABNA0417164300"),
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
        "123456782 bezoekers",
        "111222333 inwoners",
        "111.222.333 euro",
        "€ 111222333",
        "€ 111.222.333",
        "EUR 111222333",
        "111222333 m2",
        "111222333 m² groen",
        "111 222 333 keer bekeken",
        "zaaknummer 111222333",
        "Zaaknummer: 111222333",
        "dossier 111222333",
        "KvK 10000008",
        "KvK-nummer 10000008",
        "kenmerk 111222333",
        "projectnr. 111222333",
        "RSIN 111222333",
        "zaaknummer 0384212345",
        "+123456789 bezoekers",
        "0123456789 euro",
        "open van 09.00 - 17.00 en 19.00 - 21.00 uur",
        "09.00-17.00 19.00-21.00",
        "08:00 12:00 13:00 17:00",
        "1-2-3-4-5-6-7-8",
        "stand 3-2, 1-1, 2-2 en 3-3",
        "Kom at the park",
        "Van 10 tot 20, 30 tot 40 en 50 tot 60 jaar",
        "10 20 30 40 50",
        "Volg @buurthuis en @wijkteam",
        "1.000.008 stappen",
        "NL91ABNA1417164301",  # fails the test of an IBAN
        "NL, BE en DE",
        "WK05990812 en GM0599",
        "8011AB 12, 8011AC 14",
    ],
)
def test_not_found(text):
    assert found_in(text) is None


@pytest.mark.parametrize(
    "piece", ["a", "1", "a.", "a@", "0 ", "1-", "06 ", " at ", "NL91", "[at]", "1.2", "\u200b", "+31"]
)
def test_a_long_text_costs_its_length(piece):
    """40,000 letters of anything, pasted in a field: four times the text is some four times the time."""

    def seconds(length):
        text = (piece * length)[:length]
        begin = time.process_time()
        found_in(text)
        return time.process_time() - begin

    assert seconds(40_000) < max(12 * seconds(10_000), 0.25)


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
