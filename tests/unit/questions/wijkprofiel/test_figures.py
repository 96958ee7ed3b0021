"""Alle cijfers: every figure of an area beside its gemeente and the country, why one is missing, and what a search finds."""

import math

import pytest

from tests.overview_examples import monitor_of
from tests.profile_examples import BEST, NOTHING, rows
from wijkdata import catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions.wijkprofiel import figures as all_figures
from wijkdata.questions.wijkprofiel.answer import AllFigures, Figure
from wijkdata.store.monitor import queries

CATALOGUE = catalogue.load()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The three gemeenten, with figures of one gemeente and of the country: of another year, of the same, and only theirs."""
    around = [("GM0599", "inwoners", 2020, 650_000), ("NL00", "inwoners", 2020, 17_400_000)]
    around += [
        ("GM0599", "inwoners", 2024, 670_000),
        ("GM0599", "eenpersoons", 2018, 47),
        ("NL00", "eenpersoons", 2021, 39),
    ]
    around += [("GM0599", "eenzaam", 2020, 53), ("NL00", "eenzaam", 2020, 47), ("NL00", "eenzaam", 2016, 43)]
    # The value of homes rests on other homes since 2020.
    around += [(BEST, "woz", 2020, 300), ("GM0599", "woz", 2019, 250), ("NL00", "woz", 2020, 270)]
    return monitor_of(tmp_path_factory.mktemp("cijfers"), [*rows(), *around])


@pytest.fixture(scope="module")
def answer(store) -> AllFigures:
    return all_figures.figures(store, CATALOGUE, BEST)


def one(answer: AllFigures, indicator: str) -> Figure:
    return next(one for one in (*answer.figures, *answer.absent) if one.indicator == indicator)


def test_every_indicator_is_there_once_by_subject(answer):
    every = [one.indicator for one in (*answer.figures, *answer.absent)]
    of_others = [
        name for name in CATALOGUE.indicators if CATALOGUE.only_in(name) not in (None, answer.subject.municipality)
    ]
    assert sorted([*every, *of_others]) == sorted(CATALOGUE.indicators)
    assert "inkomen_zwolle" in of_others
    order = [*CATALOGUE.subjects.values(), all_figures.OTHER_SUBJECT]
    places = [order.index(one.subject) for one in answer.figures]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("indicator", "value", "period", "municipality", "country"),
    [
        ("inwoners", 4500, 2020, (650_000, 2020), (17_400_000, 2020)),  # not the gemeente of 2024: that is later
        ("eenpersoons", 50, 2020, (47, 2018), (math.nan, 0)),  # the last of before; the country has only a later one
        ("lbm3_afw", 0.102, 2022, (math.nan, 0), (math.nan, 0)),
        ("eenzaam", math.nan, 2020, (53, 2020), (47, 2020)),
        ("woz", 300, 2020, (math.nan, 0), (270, 2020)),  # the gemeente's was measured in another way
    ],
)
def test_a_figure_stands_beside_the_gemeente_and_the_country(answer, indicator, value, period, municipality, country):
    found = one(answer, indicator)
    assert (found.value, found.period) == (pytest.approx(value, nan_ok=True), period)
    assert (found.municipality, found.municipality_period) == pytest.approx(municipality, nan_ok=True)
    assert (found.country, found.country_period) == pytest.approx(country, nan_ok=True)


@pytest.mark.parametrize(
    ("code", "indicator", "reason"),
    [
        (BEST, "eenzaam", "alleen ingelezen per gemeente en land"),
        (NOTHING, "bijstand_1000", "staat niet in de ingelezen bestanden"),
        (BEST, "ses_woa", "nog niet ingelezen; lees"),
        (BEST, "inwoners", ""),
    ],
)
def test_a_missing_figure_says_why(store, code, indicator, reason):
    found = one(all_figures.figures(store, CATALOGUE, code), indicator)
    assert found.reason.startswith(reason) and bool(found.reason) == bool(reason)
    assert found.missing == bool(reason)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bijstand", "bijstand_1000"),
        ("alleenstaand", "eenpersoons"),
        ("alenstaand", "eenpersoons"),
        ("INWONERS", "inwoners"),
    ],
)
def test_a_search_finds_by_the_words_of_people(answer, typed, first):
    found = all_figures.search(answer, typed)
    assert found.figures[0].indicator == first


def test_a_search_finds_what_is_not_read_in_too(answer):
    found = all_figures.search(answer, "armoede")
    assert "sociaal_minimum" in [one.indicator for one in found.figures]
    assert one(answer, "sociaal_minimum") not in answer.figures
    assert all_figures.search(answer, " ").figures == answer.figures


def test_a_newer_period_without_a_figure_is_said_and_a_year_goes_before_a_month():
    row = all_figures._Row
    years = [
        row(2022, 1.0, "", "kwb", 2022, False),
        row(2023, 2.0, "", "kwb", 2023, True),
        row(2024, math.nan, "suppressed", "kwb", 2024, False),
    ]
    october = row(202410, 9.0, "", "kwb", 2024, True)
    empty = all_figures._empty(CATALOGUE, CATALOGUE.indicators["inwoners"])
    found = all_figures._with_own(CATALOGUE, empty, [*years, october])
    assert (found.value, found.period, found.provisional) == (2.0, 2023, True)
    assert found.later == "2024: verborgen door de uitgever"
    month = all_figures._with_own(CATALOGUE, empty, [october])
    assert (month.period, month.later) == (202410, "")


def test_one_question_to_the_store_answers_for_all(store, monkeypatch):
    asked = []
    real = queries.of_areas
    monkeypatch.setattr(queries, "of_areas", lambda monitor, codes: asked.append(codes) or real(monitor, codes))
    all_figures.figures(store, CATALOGUE, BEST)
    assert asked == [[BEST, "GM0599", "NL00"]]


def test_an_unknown_code_is_refused(store):
    with pytest.raises(NotFoundError):
        all_figures.figures(store, CATALOGUE, "WK999999")
