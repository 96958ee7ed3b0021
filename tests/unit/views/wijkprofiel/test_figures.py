"""The list of all figures as it is drawn: closed when long, open when found, nothing of it markup, everything in the table."""

import math
import re
from dataclasses import replace

import pytest

from wijkdata.areas import Level
from wijkdata.catalogue import Evidence, UnitKind
from wijkdata.questions.shared.answer import Subject, Whole
from wijkdata.questions.wijkprofiel.answer import AllFigures, Figure, Found
from wijkdata.views.wijkprofiel import figures as drawn

WHO = Subject("WK059908", "Charlois", Level.WIJK, "GM0599", "Rotterdam", False, 60_000, False, Whole.NATIONAL)
SHARE = Figure(
    indicator="minimum",
    title="Rond sociaal minimum",
    short="Sociaal minimum",
    description="Wat het is.",
    words=("armoede",),
    subject="Inkomen",
    pillar="",
    unit="%",
    unit_kind=UnitKind.PERCENT,
    decimals=1,
    signed=False,
    evidence=Evidence.MEASURED,
    value=12.34,
    period=2024,
    municipality=9.1,
    municipality_period=2024,
    country=7.0,
    country_period=2022,
    source="Kerncijfers (CBS)",
)
COUNT = replace(
    SHARE,
    indicator="auto",
    title="Auto's",
    subject="Verkeer",
    unit="auto's",
    unit_kind=UnitKind.OTHER,
    value=1234,
    decimals=0,
)
GONE = replace(
    SHARE, indicator="weg", value=math.nan, period=0, reason="verborgen door de uitgever", municipality=math.nan
)
ANSWER = AllFigures(WHO, (SHARE, GONE, COUNT), (), "Kerncijfers (CBS), 2024")


def cells(html: str) -> str:
    return re.sub(r"<[^>]+>", "|", html)


def test_a_row_says_number_period_and_the_others_with_their_own_period():
    text = cells(drawn.listed(ANSWER, Found((SHARE,)), True))
    assert "12,3%" in text and "9,1%" in text and "7,0%" in text
    assert "|2024|" in text and "|2022|" in text and "Kerncijfers (CBS)" in text


def test_another_unit_stands_under_the_number():
    assert "|1.234||auto&#x27;s|" in cells(drawn.listed(ANSWER, Found((COUNT,)), True))


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (Evidence.MODELLED, "schatting met een model"),
        (Evidence.PERCEIVED, "wat bewoners ervaren"),
        (Evidence.MEASURED, ""),
    ],
)
def test_how_a_figure_came_about_stands_with_it(evidence, words):
    html = drawn.listed(ANSWER, Found((replace(SHARE, evidence=evidence),)), True)
    assert words in html and ("schatting" in html) == (evidence is Evidence.MODELLED)


def test_a_missing_figure_is_no_number_and_says_why():
    text = cells(drawn.listed(ANSWER, Found((GONE,)), True))
    assert "geen gegevens" in text and "verborgen door de uitgever" in text and "nan" not in text.lower()


@pytest.mark.parametrize(("n", "searched", "open_now"), [(3, False, True), (60, False, False), (60, True, True)])
def test_a_long_list_is_closed_until_somebody_looks_for_something(n, searched, open_now):
    found = Found(tuple(replace(SHARE, indicator=str(number)) for number in range(n)))
    assert ('<details class="wd-group" open>' in drawn.listed(ANSWER, found, searched)) is open_now


def test_a_group_counts_what_is_known():
    assert "<span>1 van 2</span>" in drawn.listed(ANSWER, Found((SHARE, GONE)), True)


def test_nothing_of_a_name_is_markup():
    nasty = "<img src=x onerror=alert(1)>"
    figure = replace(
        SHARE, title=nasty, short=nasty, subject=nasty, unit=nasty, source=nasty, description='"><b>', reason=nasty
    )
    answer = replace(ANSWER, subject=replace(WHO, name=nasty, municipality_name=nasty))
    html = drawn.listed(answer, Found((figure,)), True)
    assert "<img" not in html and '<b>"' not in html


@pytest.mark.parametrize(
    ("found", "typed", "words"),
    [
        (Found((SHARE,)), "", ""),
        (Found((SHARE,)), "armoede", "1 cijfer gevonden."),
        (Found((SHARE,), nearly=True), "armode", "Geen cijfer met ‘armode’; dit lijkt erop."),
        (Found(()), "olifant", "Geen cijfer gevonden met ‘olifant’."),
    ],
)
def test_a_search_says_what_it_found(found, typed, words):
    said = drawn.said(found, typed)
    assert said.startswith(words) and bool(said) == bool(words)


def test_the_table_has_every_figure_and_the_period_of_each_number():
    absent = replace(GONE, reason="nog niet ingelezen")
    table = drawn.table(replace(ANSWER, absent=(absent,)))
    assert len(table) == 4
    first = table.iloc[0]
    assert (first["Charlois"], first["Periode"], first["Rotterdam (gemeente)"]) == (12.34, "2024", 9.1)
    assert (first["Nederland (land)"], first["Periode (Nederland)"]) == (7.0, "2022")
    assert math.isnan(table.iloc[1]["Charlois"]) and table.iloc[3]["Opmerking"] == "nog niet ingelezen"


def test_an_invented_area_lies_in_no_country():
    answer = replace(ANSWER, subject=replace(WHO, fictional=True))
    assert "Nederland" not in drawn.listed(answer, Found(ANSWER.figures), True)
    assert not [name for name in drawn.table(answer).columns if "Nederland" in name]


@pytest.mark.parametrize(
    ("period", "provisional", "text"),
    [
        (2024, False, "2024"),
        (2024, True, "2024 (voorlopig)"),
        (202410, True, "oktober 2024 (voorlopig)"),
        (0, False, ""),
    ],
)
def test_a_period_is_a_year_or_a_month(period, provisional, text):
    assert drawn.when(replace(SHARE, period=period, provisional=provisional)) == text
