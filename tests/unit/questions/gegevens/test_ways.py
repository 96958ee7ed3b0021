"""Two years that one chooses: which areas go over, and how one area came to be, on a real store of made divisions."""

from dataclasses import replace

import pytest

from tests.links_examples import BOTH, CATALOGUE, FAR, LEFT, RIGHT, File, store_of, town, wijk
from wijkdata.areas import Level
from wijkdata.errors import NotFoundError
from wijkdata.questions.gegevens import ways
from wijkdata.questions.gegevens.answer import Conversion
from wijkdata.views.gegevens import ways as drawing
from wijkdata.views.gegevens import words

HERE = ("GM0518", Level.WIJK)
CONVERTED, NOT, IRREVERSIBLE = Conversion.CONVERTED, Conversion.NOT, Conversion.IRREVERSIBLE


def people(year, **counts):
    return [(wijk(int(code[1:])), "inwoners", year, n) for code, n in counts.items()]


# 1 and 2 became 3 in 2021, and 3 was divided otherwise into 1 and 2 in 2022; 4 is far away and got the code 5.
YEARS = [
    File(2020, [(wijk(1), "West", LEFT), (wijk(2), "Oost", RIGHT), (wijk(4), "Ver", FAR)], people(2020, w1=600, w2=400, w4=50), "a"),
    File(2021, [(wijk(3), "Samen", BOTH), (wijk(4), "Ver", FAR)], people(2021, w3=1_010, w4=51), "b"),
    File(
        2022,
        [(wijk(1), "Noord", (0, 1, 4, 2)), (wijk(2), "Zuid", (0, 0, 4, 1)), (wijk(5), "Ver", FAR)],
        people(2022, w1=700, w2=320, w5=52),
        "c",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of(tmp_path_factory.mktemp("jaren"), *YEARS)


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    return town(tmp_path_factory.mktemp("stad"))


def lists(answer):
    """List -> the areas of the first year on it."""
    rows = answer.rows
    return {kind: set(rows.loc[rows["conversion"] == kind, "code_from"]) for kind in Conversion}


@pytest.mark.parametrize(
    ("year_from", "year_to", "expected"),
    [
        pytest.param(2020, 2021, {CONVERTED: {1, 2, 4}, NOT: set(), IRREVERSIBLE: set()}, id="merged"),
        pytest.param(2021, 2022, {CONVERTED: {4}, NOT: set(), IRREVERSIBLE: {3}}, id="split"),
        pytest.param(2020, 2022, {CONVERTED: {4}, NOT: set(), IRREVERSIBLE: {1, 2}}, id="across the year between"),
        pytest.param(2022, 2020, {CONVERTED: {5}, NOT: set(), IRREVERSIBLE: {1, 2}}, id="back in time"),
    ],
)
def test_every_area_of_the_first_year_is_on_one_of_three_lists(store, year_from, year_to, expected):
    answer = ways.conversion(store, CATALOGUE, *HERE, year_from, year_to)
    assert lists(answer) == {kind: {wijk(n) for n in numbers} for kind, numbers in expected.items()}
    assert answer.counts == {kind: len(numbers) for kind, numbers in expected.items()}


def test_an_area_whose_code_is_another_now_does_not_go_over_and_that_is_said(moved):
    answer = ways.conversion(moved, CATALOGUE, *HERE, 2016, 2024)
    assert lists(answer) == {CONVERTED: {wijk(1), wijk(2), wijk(4), wijk(8)}, NOT: {wijk(10)}, IRREVERSIBLE: {wijk(3)}}
    said = {name: (why, areas) for name, why, areas in drawing.lists(answer)}
    assert said["Niet om te zetten: 1 wijk."] == ("1 kregen een code die nu een ander gebied is.", "Weg")
    table = drawing.table(answer)
    assert set(table["Omzetting"]) == set(words.CONVERSIONS.values())
    assert table.loc[table["Code in 2016"] == wijk(3), "Deel van 2016 (%)"].tolist() == pytest.approx([75, 25])


def test_an_area_of_which_nothing_is_known_is_on_the_list(tmp_path):
    then, now = File(2016, [(wijk(1), "Wijk 01", None)], table="a"), File(2024, [(wijk(1), "Wijk 01", None)], table="b")
    store = store_of(tmp_path, then, now)
    answer = ways.conversion(store, CATALOGUE, *HERE, 2016, 2024)
    assert answer.counts == {CONVERTED: 0, NOT: 1, IRREVERSIBLE: 0}
    assert drawing.lists(answer)[0][1] == "Van 1 is niet bekend waar het gebleven is."
    way = ways.way(store, CATALOGUE, wijk(1), 2016, 2024)
    assert way.rows.empty and not way.unchanged
    assert words.way_text(way).startswith("Van Wijk 01 is niet bekend of het voor 2024 hetzelfde gebied was.")


def test_the_way_of_an_area_and_the_union_that_keeps_its_series(store):
    answer = ways.way(store, CATALOGUE, wijk(1), 2020, 2022)
    assert answer.rows[["year_from", "code_from", "code_to", "class"]].apply(tuple, axis=1).tolist() == [
        (2021, wijk(3), wijk(1), "D"),
        (2020, wijk(1), wijk(3), "C"),
        (2020, wijk(2), wijk(3), "C"),
    ]
    assert answer.rows["weight"].tolist() == pytest.approx([0.5, 0.5, 0.5])
    assert answer.together == ("Zuid",)
    assert answer.series["union"].tolist() == [1_000, 1_010, 1_020]
    assert answer.series["own"].isna().tolist() == [True, True, False]
    assert "Samen met Zuid is de reeks 2020-2022 wel vol" in words.way_text(answer)


def test_any_count_that_can_be_added_up_has_the_series_of_the_union(tmp_path):
    homes = [
        replace(file, figures=[(code, "woningen", year, n // 2) for code, _, year, n in file.figures]) for file in YEARS
    ]
    shares = replace(YEARS[0], figures=[(wijk(1), "eigenwoning", 2020, 40)], table="d")
    store = store_of(tmp_path, *homes, shares)
    assert ways.counts(store, CATALOGUE, *HERE) == {"woningen": "Woningen"}
    answer = ways.way(store, CATALOGUE, wijk(1), 2020, 2022, "woningen")
    assert answer.series["union"].tolist() == [500, 505, 510]
    assert list(drawing.series_table(answer)) == ["Jaar", "Woningen van Noord", "Woningen samen"]


@pytest.mark.parametrize(
    ("number", "count", "published", "editions"),
    [
        (1, "inwoners", "Kerncijfers wijken en buurten (CBS), 2020 tot en met 2022", "a, b en c"),
        (1, "woningen", "Kerncijfers wijken en buurten (CBS), 2020 (2020 voorlopig)", "d"),
        (5, "inwoners", "Kerncijfers wijken en buurten (CBS), 2020 tot en met 2022", "a, b en c"),
    ],
)
def test_the_series_says_whose_figures_it_is_of_in_which_edition_and_division(
    tmp_path, number, count, published, editions
):
    homes = replace(YEARS[0], figures=[(wijk(1), "woningen", 2020, 300)], table="d", provisional=[2020])
    store = store_of(tmp_path, *YEARS, homes)
    answer = ways.way(store, CATALOGUE, wijk(number), 2020, 2022, count)
    line = words.series_source(answer)
    assert line.published == f"Bron: {published}; bewerking wijkdata"
    assert line.more[0] == f"Uitgave: {editions}."
    years = published.split(", ", 1)[1].split(" (")[0]
    assert line.more[2] == f"Indeling: {years}, van elk cijfer die van zijn eigen jaar."


def test_a_series_without_figures_has_no_source(store):
    answer = ways.way(store, CATALOGUE, wijk(1), 2020, 2022, "woningen")
    assert words.series_source(answer).text == "Geen bron: er zijn geen cijfers."


def test_an_area_that_stayed_has_its_series_alone(store):
    answer = ways.way(store, CATALOGUE, wijk(5), 2020, 2022)
    assert answer.unchanged and answer.together == ()
    assert answer.series["own"].tolist() == answer.series["union"].tolist() == [50, 51, 52]
    assert words.way_text(answer) == "Ver is van 2020 tot 2022 hetzelfde gebied."


def test_where_part_of_a_union_is_not_accounted_for_there_is_none(moved):
    """Weg was far away under this code: of what is there now nothing is known in 2016."""
    answer = ways.way(moved, CATALOGUE, wijk(10), 2016, 2024)
    assert answer.union.empty and answer.series["union"].isna().all()
    assert "niet te zeggen" in words.way_text(answer)


def test_the_tables_are_in_dutch_with_what_the_shares_were_counted_in(store):
    answer = ways.way(store, CATALOGUE, wijk(1), 2020, 2022)
    table = drawing.way_table(answer)
    assert set(table["Geteld in"]) == {"oppervlakte"} and set(table["Bewijs"]) == {"grens van beide jaren"}
    assert table["Deel van toen in Noord (%)"].tolist() == pytest.approx([50, 50, 50])
    assert list(drawing.series_table(answer)) == ["Jaar", "Inwoners van Noord", "Inwoners samen"]


def test_years_and_areas_to_choose_from(store):
    assert ways.years(store, CATALOGUE, *HERE) == (2020, 2021, 2022)
    assert ways.areas(store, CATALOGUE, *HERE, 2022) == {wijk(1): "Noord", wijk(5): "Ver", wijk(2): "Zuid"}


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: ways.way(store, CATALOGUE, wijk(99), 2020, 2022),
        lambda store: ways.conversion(store, CATALOGUE, *HERE, 1999, 2022),
    ],
)
def test_what_is_not_there_is_one_sentence(store, ask):
    with pytest.raises(NotFoundError, match=r"niet bekend|geen indeling"):
        ask(store)
