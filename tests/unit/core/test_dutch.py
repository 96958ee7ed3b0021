"""Dutch numbers and words: what stands on the screen."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkdata import dutch

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "text"),
    [
        (1234.5, 1, False, "1.234,5"),
        (-3000.0, 1, False, "−3.000,0"),
        (0.0, 1, True, "0"),
        (-0.0, 0, False, "0"),
        (-0.04, 1, False, "0,0"),
        (0.04, 1, True, "0"),
        (7.0, 0, True, "+7"),
        (1_234_567.891, 2, False, "1.234.567,89"),
        (None, 0, False, "geen gegevens"),
        (math.nan, 2, True, "geen gegevens"),
    ],
)
def test_number(value, decimals, signed, text):
    assert dutch.number(value, decimals, signed) == text


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_number_reads_back_to_itself(value, decimals):
    text = dutch.number(value, decimals).replace(".", "").replace(",", ".").replace(dutch.MINUS, "-")
    assert float(text) == pytest.approx(round(value, decimals), abs=10**-decimals)


@pytest.mark.parametrize(
    ("years", "text"),
    [
        ([2014], "2014"),
        ([2022, 2014, 2018], "2014, 2018 en 2022"),
        ([2014, 2018, 2020, 2022, 2024], "2014, 2018, 2020, 2022 en 2024"),
        ([2020, 2021], "2020 en 2021"),
        ([2015, 2016, 2017], "2015 tot en met 2017"),
        ([2002, 2008, 2012, 2014, 2016, 2018, 2020, 2022], "8 jaren van 2002 tot en met 2022"),
        ([], ""),
    ],
)
def test_years_never_claim_a_year_that_is_not_there(years, text):
    assert dutch.years(years) == text


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (54.9, "zeer laag"),
        (55, "laag"),
        (85, "rond gemiddeld"),
        (114.9, "rond gemiddeld"),
        (115, "boven gemiddeld"),
        (145, "zeer hoog"),
    ],
)
def test_score_word(score, word):
    assert dutch.score_word(score) == word


@pytest.mark.parametrize(
    ("given_words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_listing(given_words, text):
    assert dutch.listing(given_words) == text


def test_counts_and_days():
    assert dutch.count(1, "wijk", "wijken") == "1 wijk"
    assert dutch.count(3284, "wijk", "wijken") == "3.284 wijken"
    assert dutch.n_of(37, "wijk", "wijken") == f"n{NBSP}={NBSP}37 wijken"
    assert dutch.day(date(2026, 11, 24)) == "24 november 2026"
    assert dutch.percent(12.5, 1) == "12,5%"
    assert dutch.percent(None) == "geen gegevens"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234,5", 1234.5), ("1234.5", 1234.5), ("1.234", 1234.0), ("−5", -5.0), ("€ 12,50", 12.5), ("10%", 10.0),
        ("5,-", 5.0), ("", None), ("veel", None), ("1,2,3", None), ("1e9", None), ("onbekend", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_dutch_people_and_programs_write_it(typed, value):
    assert dutch.parse_number(typed) == value


@pytest.mark.parametrize(("text", "capital"), [("wijken", "Wijken"), ("'s-Graveland", "'s-Graveland"), ("", "")])
def test_capital(text, capital):
    assert dutch.capital(text) == capital


@pytest.mark.parametrize(("title", "inside"), [("Sociale samenhang", "sociale samenhang"), ("WW", "WW"), ("", "")])
def test_a_title_inside_a_sentence(title, inside):
    assert dutch.inside(title) == inside
