"""What wijkdata proposes for a table that it has not seen, and why."""

from pathlib import Path

import pytest

from tests.municipal_tables import workbook
from tests.unit.sources.recipes.recipe_texts import context, file
from wijkdata.areas import Level
from wijkdata.catalogue import HigherIs
from wijkdata.errors import InputError
from wijkdata.sources.recipes import making
from wijkdata.sources.recipes.guess import Guess, guess
from wijkdata.sources.recipes.guess_figures import kind_of_unit
from wijkdata.sources.recipes.making import Decisions, NewIndicator, NewSource
from wijkdata.sources.recipes.recipe import By, RecipeError, When


def of(folder: Path, table: str, name: str = "tabel.csv") -> Guess:
    return guess(file(folder, table, name), context())


@pytest.mark.parametrize(
    ("table", "by", "level", "gemeente"),
    [
        ("code;groen\nBU97010100;1\nBU97010101;2\n", By.CODE, None, ""),
        ("buurtcode;groen\n97010100;1\n97010101;2\n", By.CODE, Level.BUURT, ""),
        ("wijkcode;groen\n970101;1\n970102;2\n", By.CODE, Level.WIJK, ""),
        ("Regio;groen\n2024WK970101;1\n2024WK970102;2\n", By.CODE, None, ""),
        ("gemeente;buurtcode;groen\nBreda;0601;1\nBreda;0602;2\n", By.LOCAL, Level.BUURT, "GM0758"),
        ("Buurt;groen\nZonnegaarde-Noord;1\nHeksenwiel;2\n", By.NAME, Level.BUURT, "GM9701"),
        ("Gebied;groen\nzonnegaarde noord;1\nWilgenmeent en omgeving;2\n", By.NAME, Level.BUURT, "GM9701"),
        ("Wijk;groen\nZonnegaarde;1\n", By.NAME, Level.WIJK, "GM9701"),
        ("Gebied;groen\nBreda;1\n", By.NAME, Level.GEMEENTE, "GM0758"),
    ],
)
def test_the_column_of_the_area(table, by, level, gemeente, tmp_path):
    area = of(tmp_path, table).area
    assert area is not None
    assert (area.by, area.level, area.gemeente) == (by, level, gemeente)


@pytest.mark.parametrize(
    ("header", "cells", "name", "where"),
    [
        ("code;jaar;groen", "2021;1", "t.csv", When.COLUMN),
        ("code;Perioden;groen", "2018MM10;1", "t.csv", When.COLUMN),
        ("code;Periode;groen", "november 2021;1", "t.csv", When.COLUMN),
        ("code;kwartaal;groen", "2022KW02;1", "t.csv", When.COLUMN),
        ("code;2021;2022*", "1;2", "t.csv", When.HEADERS),
        ("code;inkomen 2021;inkomen 2022", "1;2", "t.csv", When.HEADERS),
        ("code;groen;stilte", "1;2", "groen_2021.csv", When.FILE),
        ("code;groen;stilte", "1;2", "groen_20211201.csv", None),
        ("code;groen;stilte", "1;2", "groen.csv", None),
    ],
)
def test_where_the_period_stands(header, cells, name, where, tmp_path):
    when = of(tmp_path, f"{header}\nBU97010100;{cells}\nBU97010101;{cells}\n", name).period
    assert (None if when is None else when.where) == where


def test_the_header_of_a_workbook_for_people_stands_in_row_5(tmp_path):
    path = tmp_path / "groen.xlsx"
    path.write_bytes(workbook())
    found = guess(path, context())
    assert found.block.header_rows == (5,)
    assert [one.label for one in found.figures] == ["tevreden over het groen in de buurt"]


def test_an_indicator_is_what_it_is_called_after_and_never_what_it_is_like(tmp_path):
    found = of(tmp_path, "code;Aantal inwoners;Inwonertal;Vertrouwen in de buurd\nBU97010100;1;2;3\nBU97010101;4;5;6\n")
    exact = {one.label: one.indicator for one in found.figures}
    assert exact["Vertrouwen in de buurd"] is None


@pytest.mark.parametrize(
    ("header", "indicator"),
    [
        ("Koopwoningen (%)", "koop"),
        ("Koopwoningen", "koop"),
        ("Koopwoningen (aantal)", None),
        ("0 tot 15 jaar (aantal)", None),
        ("Mannen (%)", None),
        ("Mannen (aantal)", "mannen"),
        ("Gemiddelde woningwaarde (x 1 000 euro)", "woz"),
        ("Gemiddelde woningwaarde (euro)", None),
    ],
)
def test_a_figure_in_another_unit_is_at_most_a_suggestion(header, indicator, tmp_path):
    (figures,) = of(tmp_path, f"code;{header}\nBU97010100;1\nBU97010101;2\n").figures
    assert figures.indicator == indicator
    assert indicator is not None or figures.suggestions


def test_names_that_look_translated_get_no_suggestions(tmp_path):
    table = "Neighbourhoods;groen\nVlierstede;9\nZonnegaarde-Noord;1\nZonnegaarde-Zuid;2\nWitch wheel;3\nWilgenment;4\n"
    found = of(tmp_path, table)
    assert found.translated == ("Witch wheel", "Wilgenment")
    assert set(found.suggestions.values()) == {()}


def test_a_name_that_is_alike_is_a_suggestion(tmp_path):
    found = of(tmp_path, "Buurt;groen\nZonnegaarde-Noord;1\nZonnegaarde-Zuid;2\nHeksenweil;3\n")
    assert found.suggestions == {"Heksenweil": (("BU97010200", "Heksenwiel"),)}


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "leeg"),
        ("alleen tekst", "geen"),
        ("a;b\n", "geen"),
        (
            "vraag;antwoord\nHoe oud bent u in jaren?;Dat wil ik niet zeggen\nWaar woont u op dit moment?;In een buurt\n",
            "omschrijvingen",
        ),
        ("Buurt;Naam\nHeksenwiel;Jan\nZonnegaarde-Noord;Piet\n", "geen kolom met cijfers"),
        ("code;id\nBU97010100;1\nBU97010101;2\n", "geen kolom met cijfers"),
        ('a;b\n"1;2\n', "aanhalingsteken"),
    ],
)
def test_a_file_without_a_table_of_figures_is_one_sentence(table, words, tmp_path):
    with pytest.raises(InputError) as error:
        of(tmp_path, table)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("table", "part"),
    [
        ("straat;groen\nDorpsstraat;1\nKerkstraat;2\n", "welke kolom het gebied is"),
        ("Buurt;groen\nOnbekend een;1\nOnbekend twee;2\n", "lees eerst een bestand met codes en namen in"),
        ("code;groen\nBU97010100;1\nBU97010101;2\n", "van welk jaar"),
    ],
)
def test_what_nobody_can_see_is_asked(table, part, tmp_path):
    assert any(part in question for question in of(tmp_path, table).open)


def decided(found: Guess, **changes: object) -> Decisions:
    new = NewIndicator("Groen", "%", HigherIs.BETTER)
    usual = {
        "name": "Groen",
        "source": NewSource("Gemeente", "Groen"),
        "area": found.area,
        "period": found.period,
        "columns": {one.header: new for one in found.figures},
    }
    return Decisions(**(usual | changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": " "}, "nog geen naam"),
        ({"source": NewSource("", "Groen")}, "De bron ontbreekt"),
        ({"source": NewSource("Gemeente", " ")}, "De bron ontbreekt"),
        ({"area": None}, "waar het gebied staat"),
        ({"period": None}, "van welk jaar"),
        ({"columns": {}}, "nog geen cijfer gekozen"),
        ({"columns": {"groen": NewIndicator("Groen", "", HigherIs.BETTER)}}, "nog geen eenheid"),
        ({"columns": {"groen": NewIndicator("Groen", " ", HigherIs.BETTER)}}, "nog geen eenheid"),
        ({"columns": {"groen": NewIndicator("Groen", "%", None)}}, "of hoger beter is"),
        ({"columns": {"groen": NewIndicator("", "%", HigherIs.BETTER)}}, "nog geen titel"),
        ({"columns": {"groen": NewIndicator("Groen", "%", HigherIs.BETTER, pillar="fysiek")}}, "pijler en thema samen"),
        ({"columns": {"groen": "inwoners", "blauw": "inwoners"}}, "Twee kolommen zijn hetzelfde cijfer"),
        ({"missing": {"?": "weg"}}, "geen reden"),
    ],
)
def test_a_recipe_is_refused_without_what_the_catalogue_needs(changes, words, tmp_path):
    found = of(tmp_path, "Buurt;jaar;groen\nZonnegaarde-Noord;2021;1\nHeksenwiel;2021;2\n")
    with pytest.raises(RecipeError) as error:
        making.make(found, decided(found, **changes), context().catalogue)
    assert words in str(error.value)


def test_a_share_by_origin_is_background_only(tmp_path):
    from wijkdata import catalogue
    from wijkdata.errors import CatalogueError

    found = of(tmp_path, "Buurt;jaar;groen\nZonnegaarde-Noord;2021;1\nHeksenwiel;2021;2\n")
    columns = {"groen": NewIndicator("Herkomst buiten Europa", "%", HigherIs.WORSE)}
    made = making.make(found, decided(found, columns=columns), context().catalogue)
    with pytest.raises(CatalogueError, match="herkomst is alleen achtergrond"):
        catalogue.add_own(context().catalogue, "indicatoren.toml", made.indicators)


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("%", "percent"),
        ("score", "score"),
        ("per 1.000 inwoners", "per_thousand"),
        ("per 100", "per"),
        ("inwoners", "people"),
        ("euro", "other"),
    ],
)
def test_what_a_unit_counts(unit, kind):
    assert kind_of_unit(unit) == kind
