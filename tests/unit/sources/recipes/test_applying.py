"""A table read by a recipe: what is kept, what is rejected and why, and which table a recipe is not for."""

import math
from pathlib import Path

import pandas as pd
import pytest

from tests.unit.sources.recipes.recipe_texts import KNOWN, TABLE, TEXT, context, file, recipe
from wijkdata.errors import InputError, QuestionError
from wijkdata.sources.recipes import applying, shape


def read(folder: Path, table: str = TABLE, text: str = TEXT, name: str = "groen.csv", year: int | None = None):
    one = recipe(text)
    return applying.apply(one, file(folder, table, name), context(one), year=year)


def values(applied) -> dict[tuple[str, int], float]:
    rows = applied.reading.observations
    return {(row.code, row.period): row.value for row in rows.itertuples() if not math.isnan(row.value)}


def test_every_row_is_kept_or_rejected(tmp_path):
    reading = read(tmp_path, f"{TABLE}Nergens;4;2021\n").reading
    assert (reading.rows_read, reading.rows_kept) == (4, 3)
    assert reading.rejected.values.tolist() == [
        [5, "Buurt", "Nergens", "deze naam komt niet voor onder de bekende buurten van de gemeente"]
    ]
    assert reading.edition.source == "eigen_groenpeiling"
    assert reading.edition.table == "recept-groenpeiling-2021-GM9701"


def test_a_missing_figure_keeps_its_reason_and_is_never_0(tmp_path):
    rows = read(tmp_path).reading.observations.set_index("code")
    assert pd.isna(rows.loc["BU97010200", "value"]) and rows.loc["BU97010200", "reason"] == "suppressed"


def test_three_figures_are_traced_to_their_cells(tmp_path):
    first, second = read(tmp_path).traces
    assert (first.row, first.column, first.written, first.code, first.period, first.value) == (
        2, "Groen (%)", "61,5", "BU97010100", 2021, 61.5,
    )  # fmt: skip
    assert (second.row, second.written, second.value) == (3, "58", 58.0)


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("61,5", "auto", 61.5),
        ("61.5", "auto", 61.5),
        ("61,5 %", "auto", 61.5),
        ("61.5%", "point", 61.5),
        ("1.320,5", "comma", 1320.5),
        ("1,320.5", "point", 1320.5),
        ("1.320", "comma", 1320.0),
        ("1.320", "point", 1.32),
        ("€ 12", "auto", 12.0),
        ("1 320", "auto", 1320.0),
        ("0", "auto", 0.0),
        ("-3", "auto", -3.0),
    ],
)
def test_numbers_as_people_write_them(cell, decimal, value, tmp_path):
    text = TEXT.replace("[shape]", f'decimal = "{decimal}"\n[shape]').replace("range = [0.0, 100.0]", "")
    found = read(tmp_path, f"Buurt;Groen (%);Jaar\nHeksenwiel;{cell};2021\n", text)
    assert values(found) == {("BU97010200", 2021): value}
    assert decimal == "auto" or not any("punt" in note for note in found.reading.notes)


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "words"),
    [("aantal", 0, 1320.0, "teken voor duizendtallen"), ("km", 1, 1.32, "als decimaalteken")],
)
def test_in_a_count_a_point_stands_for_thousands_and_the_account_says_so(unit, decimals, value, words, tmp_path):
    text = TEXT.replace("range = [0.0, 100.0]", "").replace('unit = "%"', f'unit = "{unit}"')
    text = text.replace('"percent"', '"other"').replace("decimals = 1", f"decimals = {decimals}")
    found = read(tmp_path, "Buurt;Groen (%);Jaar\nHeksenwiel;1.320;2021\nZonnegaarde-Zuid;2.450;2021\n", text)
    assert values(found)["BU97010200", 2021] == value
    assert any(words in note for note in found.reading.notes)


@pytest.mark.parametrize(
    ("other", "rejected"),
    [("0,58", ["61%"]), ("58", ["61%"]), ("0", []), (".", []), ("-99997", []), ("geheim 2)", ["geheim 2)"])],
)
def test_of_a_number_with_and_one_without_a_percent_sign_neither_is_guessed(other, rejected, tmp_path):
    found = read(tmp_path, f"Buurt;Groen (%);Jaar\nZonnegaarde-Noord;61%;2021\nZonnegaarde-Zuid;{other};2021\n")
    assert (("BU97010100", 2021) in values(found)) is ("61%" not in rejected)
    assert list(found.reading.rejected["value"]) == rejected
    assert all(("procentteken" in one) is ("61%" in rejected) for one in found.reading.rejected["problem"])


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("Heksenwiel;veel;2021", "Groen (%)", "geen getal"),
        ("Heksenwiel;101;2021", "Groen (%)", "hoort tussen 0 en 100 te liggen"),
        ("Heksenwiel;-1;2021", "Groen (%)", "hoort tussen 0 en 100 te liggen"),
        ("Heksenwiel;50;gisteren", "Jaar", "geen periode"),
        ("Heksenwiel;50;", "Jaar", "geen periode"),
        ("Heksenwiel;50;20211", "Jaar", "geen periode"),
        (";50;2021", "Buurt", "komt niet voor"),
        ("Nederwiel;50;2021", "Buurt", "komt niet voor"),
        ("BU97010200;50;2021", "Buurt", "komt niet voor"),
        ("Totaal;50;2021", "Buurt", "totaal van andere rijen"),
        ("Zonnegaarde-Noord;61;2021", "buurt", "staat er twee keer"),
        ("=SOM(A1:A2);50;2021", "Buurt", "komt niet voor"),
        ("Heksenwiel;1e999;2021", "Groen (%)", "geen getal"),
        ("Heksenwiel;nan%;2021", None, None),
    ],
)
def test_a_row_that_is_not_used_says_why(row, column, words, tmp_path):
    table = f"Buurt;Groen (%);Jaar\nZonnegaarde-Noord;61;2021\nZonnegaarde-Zuid;58;2021\n{row}\n"
    reading = read(tmp_path, table).reading
    assert reading.rows_read == 3
    if words is not None:
        assert reading.rows_kept == 2
        (bad,) = reading.rejected.to_dict("records")
        assert (bad["row"], bad["column"]) == (4, column)
        assert words in bad["problem"]


def test_an_area_with_two_different_figures_is_used_not_at_all(tmp_path):
    reading = read(tmp_path, f"{TABLE}Zonnegaarde Noord;12;2021\n").reading
    assert set(reading.observations["code"]) == {"BU97010101", "BU97010200"}
    assert list(reading.rejected["row"]) == [2, 5]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("Wijk;Groen (%);Jaar\nZonnegaarde;1;2021\n", "de kolom ‘buurt’ ontbreekt"),
        ("Buurt;Groen (%);Jaar;Extra\nHeksenwiel;1;2021;2\n", "er staan andere kolommen in"),
        ("Buurt;Groen (%)\nHeksenwiel;1\n", "de kolom ‘jaar’ ontbreekt"),
        (
            "Buurt;Groen (%);Jaar\nNergens;1;2021\nNiemand;2;2021\n",
            "geen enkel gebied in deze tabel is bekend in GM9701",
        ),
        ("Buurt;Groen (%);Jaar\nHeksenwiel;veel;2021\n", "geen enkele rij is te gebruiken"),
        ("Buurt;Groen (%);Jaar\nWitch wheel;1;2021\nBark mill;2;2021\n", "lijken vertaald"),
    ],
)
def test_a_table_that_a_recipe_is_not_for_is_one_sentence(table, words, tmp_path):
    with pytest.raises(InputError) as error:
        read(tmp_path, table)
    assert len(error.value.problems) == 1
    assert words in str(error.value)


def test_an_indicator_that_is_not_here_is_one_sentence(tmp_path):
    text = TEXT.replace('indicator = "eigen_groen"', 'indicator = "eigen_anders"')
    with pytest.raises(InputError, match="eigen_anders"):
        read(tmp_path, text=text)


def test_columns_may_stand_in_another_order_and_under_titles(tmp_path):
    table = "Groenpeiling;;\n;;\nJaar;Buurt;GROEN  (%)\n2021;Heksenwiel;12\n\nBron: gemeente;;\n"
    assert values(read(tmp_path, table)) == {("BU97010200", 2021): 12.0}


WIDE = (
    TEXT.replace('["buurt", "groen (%)", "jaar"]', '["buurt", "groen {jaar}"]')
    .replace('where = "column"\ncolumn = "jaar"', 'where = "headers"')
    .replace('header = "groen (%)"', 'header = "groen {jaar}"')
)


def test_a_year_in_the_headers_is_of_the_shape_and_another_year_is_not(tmp_path):
    found = read(tmp_path, "Buurt;Groen 2021;Groen 2022*\nHeksenwiel;1;2\n", WIDE)
    assert values(found) == {("BU97010200", 2021): 1.0, ("BU97010200", 2022): 2.0}
    again = file(tmp_path, "Buurt;Groen 2023\nHeksenwiel;3\n", "later.csv")
    assert len(shape.matching(again, recipe(WIDE).shape)) == 1


ONE_YEAR = TEXT.replace('["buurt", "groen (%)", "jaar"]', '["buurt", "groen (%)"]')
DATED = "Buurt;Groen (%)\nHeksenwiel;1\n"


def test_a_year_in_the_name_of_the_file_goes_before_what_was_said(tmp_path):
    text = ONE_YEAR.replace('where = "column"\ncolumn = "jaar"', 'where = "file"')
    assert values(read(tmp_path, DATED, text, "groen_2023.csv", year=2020)) == {("BU97010200", 2023): 1.0}
    assert values(read(tmp_path, DATED, text, year=2020)) == {("BU97010200", 2020): 1.0}
    with pytest.raises(QuestionError):
        read(tmp_path, DATED, text)


def test_a_fixed_year_is_of_one_file_of_the_next_it_is_asked(tmp_path):
    text = ONE_YEAR.replace('where = "column"\ncolumn = "jaar"', 'where = "year"\nyear = 2022')
    assert values(read(tmp_path, DATED, text, year=2022)) == {("BU97010200", 2022): 1.0}
    reader = applying.reader(recipe(text))
    path = file(tmp_path, DATED)
    assert reader.recognises(path)
    with pytest.raises(QuestionError):
        reader.read(path, context(recipe(text)))


def test_local_codes_lie_within_the_gemeente(tmp_path):
    text = TEXT.replace('by = "name"', 'by = "local"')
    table = "Buurt;Groen (%);Jaar\n0101;1;2021\n200;2;2021\n98765;3;2021\n"
    assert values(read(tmp_path, table, text)) == {("BU97010101", 2021): 1.0, ("BU97010200", 2021): 2.0}


@pytest.mark.parametrize("code", ["BU97010200", " bu97010200 ", "2024BU97010200", "97010200"])
def test_codes_in_any_shape(code, tmp_path):
    text = TEXT.replace('by = "name"', 'by = "code"').replace('gemeente = "GM9701"\n', "")
    assert values(read(tmp_path, f"Buurt;Groen (%);Jaar\n{code};1;2021\n", text)) == {("BU97010200", 2021): 1.0}


def test_a_confirmed_name_is_remembered_and_a_name_can_be_left_out(tmp_path):
    text = TEXT.replace("[period]", '[area.names]\n"Witch wheel" = "BU97010200"\nNiemand = "-"\n[period]')
    found = read(tmp_path, "Buurt;Groen (%);Jaar\nWitch wheel;1;2021\nNiemand;2;2021\n", text)
    assert values(found) == {("BU97010200", 2021): 1.0}
    assert list(found.reading.rejected["problem"]) == ["deze naam is in het recept overgeslagen"]


def test_the_row_of_the_gemeente_itself_is_the_gemeente(tmp_path):
    assert ("GM9701", 2021) in values(read(tmp_path, f"{TABLE}Vlierstede;50;2021\n"))


def test_a_kind_of_area_that_the_recipe_does_not_know_is_no_area_of_that_name(tmp_path):
    levels = 'level_column = "soort"\n[area.levels]\nbuurt = "buurt"\nwijk = "wijk"\n[period]'
    text = TEXT.replace('"jaar"]', '"jaar", "soort"]').replace("[period]", levels, 1)
    table = "Buurt;Groen (%);Jaar;Soort\nZonnegaarde;58;2021;Wijk\nHeksenwiel;7;2021;postcodegebied\n"
    found = read(tmp_path, table, text)
    assert values(found) == {("WK970101", 2021): 58.0}
    assert list(found.reading.rejected["problem"]) == ["van deze soort gebied zegt het recept niet wat het is"]


def test_two_ways_of_writing_one_name_are_one_area(tmp_path):
    table = "Buurt;Groen (%);Jaar\nHeksenwiel;1;2021\nheksen-wiel;2;2022\n"
    found = read(tmp_path, table)
    assert values(found) == {("BU97010200", 2021): 1.0, ("BU97010200", 2022): 2.0}
    assert found.placed.left == ()


LONG = (
    TEXT.replace('["buurt", "groen (%)", "jaar"]', '["buurt", "jaar", "soort", "waarde"]')
    .replace("[[columns]]", '[long]\nindicator = ["soort"]\nvalue = "waarde"\n[[columns]]')
    .replace('header = "groen (%)"', 'header = "Groen"')
)


def test_a_long_table_takes_the_figures_that_were_chosen(tmp_path):
    table = "Buurt;Jaar;Soort;Waarde\nHeksenwiel;2021;Groen;1\nHeksenwiel;2021;Stilte;9\nHeksenwiel;2022;Groen;?\n"
    text = LONG.replace("[shape]", '[missing]\n"?" = "not_covered"\n[shape]')
    found = read(tmp_path, table, text)
    assert values(found) == {("BU97010200", 2021): 1.0}
    assert len(found.reading.observations) == 2
    assert list(found.reading.rejected["problem"]) == ["dit cijfer is in het recept overgeslagen"]


def test_of_a_long_table_one_figure_may_have_percent_signs_and_another_none(tmp_path):
    table = "Buurt;Jaar;Soort;Waarde\nHeksenwiel;2021;Groen;61%\nHeksenwiel;2021;Stilte;9\n"
    assert values(read(tmp_path, table, LONG)) == {("BU97010200", 2021): 61.0}


WITH_HOMES = LONG.replace("[[columns]]", '[[columns]]\nheader = "Woningen"\nindicator = "woningen"\n[[columns]]', 1)


@pytest.mark.parametrize(
    ("share", "homes", "expected"),
    [
        ("61.5", "1.320", (61.5, 1320.0)),
        ("61,5", "1.320", (61.5, 1320.0)),
        ("61", "1.320", (61.0, 1320.0)),
        ("61.500", "1320.000", (61.5, 1320.0)),
    ],
)
def test_in_a_long_table_a_point_is_read_for_each_figure_by_itself(share, homes, expected, tmp_path):
    table = f"Buurt;Jaar;Soort;Waarde\nHeksenwiel;2021;Groen;{share}\nHeksenwiel;2021;Woningen;{homes}\n"
    reading = read(tmp_path, table, WITH_HOMES).reading
    found = reading.observations.set_index("indicator")["value"]
    assert (found["eigen_groen"], found["woningen"]) == expected
    said = [note for note in reading.notes if "punt" in note]
    assert all("Waarde (" in note for note in said)
    assert not any("decimaalteken" in note for note in said if "." not in share)


def test_a_factor_makes_no_long_fractions_and_without_one_every_digit_stays(tmp_path):
    text = TEXT.replace('indicator = "eigen_groen"', 'indicator = "eigen_groen"\nfactor = 0.1')
    assert values(read(tmp_path, "Buurt;Groen (%);Jaar\nHeksenwiel;3;2021\n", text)) == {("BU97010200", 2021): 0.3}
    exact = "38.6253443657389"
    assert values(read(tmp_path, f"Buurt;Groen (%);Jaar\nHeksenwiel;{exact};2021\n")) == {
        ("BU97010200", 2021): float(exact)
    }


def test_a_provisional_year_is_marked(tmp_path):
    assert read(tmp_path, "Buurt;Groen (%);Jaar\nHeksenwiel;3;2024*\n").reading.provisional == (2024,)


def test_every_known_area_has_one_name():
    assert KNOWN["code"].is_unique
