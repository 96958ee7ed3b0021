"""The recipe and its file: what it takes, what it refuses in one sentence, and that writing and reading give the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.sources.recipes.recipe_texts import TEXT, recipe
from wijkdata.sources.recipes import recipe as recipes
from wijkdata.sources.recipes.recipe import RecipeError, parse, text_of

WRONG = [
    ("version = 1", "", "het veld version ontbreekt"),
    ("version = 1", "version = 2", "andere versie"),
    ("version = 1", 'version = "1"', "andere versie"),
    ('name = "Groenpeiling"', "", "veld name: dit ontbreekt"),
    ('name = "Groenpeiling"', 'name = ""', "veld name"),
    ('name = "Groenpeiling"', "name = 12", "veld name"),
    ('name = "Groenpeiling"', f'name = "{"a" * 400}"', f"‘{'a' * 60}…’ kan hier niet; schrijf hoogstens 80 tekens"),
    ('name = "Groenpeiling"', 'name = "a\\u0007b"', "veld name: schrijf de naam op één regel"),
    ('source = "eigen_groenpeiling"', 'source = "kwb"', "een eigen bron begint met eigen_"),
    ('source = "eigen_groenpeiling"', 'source = "../kwb"', "veld source"),
    ("[shape]", "[vorm]", "veld shape: dit ontbreekt"),
    ('headers = ["buurt", "groen (%)", "jaar"]', "headers = []", "veld shape, headers"),
    ('headers = ["buurt", "groen (%)", "jaar"]', "headers = [1, 2]", "veld shape, headers"),
    ('headers = ["buurt", "groen (%)", "jaar"]', 'headers = "buurt"', "veld shape, headers"),
    (
        'headers = ["buurt", "groen (%)", "jaar"]',
        'headers = ["buurt", "jaar"]',
        "‘groen (%)’ staat niet tussen de koppen",
    ),
    ('column = "buurt"', 'column = "wijk"', "‘wijk’ staat niet tussen de koppen"),
    ('by = "name"', 'by = "naam"', "kies uit code, local, name"),
    ('level = "buurt"', 'level = "straat"', "veld area, level"),
    ('level = "buurt"\n', "", "bij namen hoort een niveau"),
    ('gemeente = "GM9701"', "", "namen en lokale codes horen binnen een gemeente"),
    ('gemeente = "GM9701"', 'gemeente = "Breda"', "is geen gemeentecode"),
    ('by = "name"\nlevel = "buurt"', 'by = "local"\nlevel = "gemeente"', "lokale codes zijn van wijken of buurten"),
    ("[period]", '[area.names]\nX = "BU1"\n[period]', "hoort bij een gebiedscode"),
    ("[period]", '[area.names]\nX = ""\n[period]', "hoort bij een gebiedscode"),
    ("[period]", "[area.names]\nX = 3\n[period]", "veld area, names"),
    ('where = "column"', 'where = "ergens"', "veld period, where"),
    ('where = "column"\ncolumn = "jaar"', 'where = "column"', "noem de kolom"),
    ('where = "column"\ncolumn = "jaar"', 'where = "year"', "vul het jaar van de cijfers in"),
    ('where = "column"\ncolumn = "jaar"', 'where = "year"\nyear = 20222', "veld period, year"),
    ('where = "column"\ncolumn = "jaar"', 'where = "year"\nyear = "2022"\nmaand = 3', "veld period"),
    ("[[columns]]", "[columns]", "veld columns"),
    ('indicator = "eigen_groen"\n', "", "veld columns, nummer 1, indicator"),
    ('indicator = "eigen_groen"\n', 'indicator = "eigen_groen"\nfactor = -1\n', "factor"),
    ('indicator = "eigen_groen"\n', 'indicator = "eigen_groen"\nfactor = inf\n', "factor"),
    ('indicator = "eigen_groen"\n', 'indicator = "eigen_groen"\nfactor = nan\n', "factor"),
    ('indicator = "eigen_groen"\n', "indicator = \"__import__('os')\"\n", "kleine letters, cijfers en _"),
    ('indicator = "eigen_groen"\n', 'indicator = "eigen_groen"\nformule = "waarde * 2"\n', "formule"),
    (
        "[[columns]]",
        '[[columns]]\nheader = "groen (%)"\nindicator = "inwoners"\n[[columns]]',
        "een kolom staat er twee keer",
    ),
    ("[shape]", '[missing]\n"?" = "weg"\n[shape]', "‘weg’ is geen reden"),
    ("[shape]", 'decimal = "punt"\n[shape]', "veld decimal"),
    ("[shape]", "published = 1802\n[shape]", "veld published"),
    ("[shape]", 'code = "import os"\n[shape]', "veld code: dit veld bestaat niet"),
    ("[shape]", '[long]\nindicator = ["soort"]\nvalue = "waarde"\n[shape]', "staat niet tussen de koppen"),
    ("[shape]", "[shape", "geen geldige TOML"),
    ("[shape]", "[[[[", "geen geldige TOML"),
]


@pytest.mark.parametrize(("part", "instead", "words"), WRONG)
def test_what_is_wrong_is_one_sentence(part: str, instead: str, words: str):
    assert part in TEXT
    with pytest.raises(RecipeError) as error:
        recipe(TEXT.replace(part, instead, 1))
    assert words in str(error.value)
    assert str(error.value).startswith("groen.toml") and str(error.value).endswith(".")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"\x00" * 100,
        b"<html>",
        b"PK\x03\x04",
        b"x = " + b"[" * 3000,
        b"version = 1",
        b"a" * 1_000_001,
    ],
)
def test_a_file_that_is_no_recipe_is_a_sentence(data: bytes):
    with pytest.raises(RecipeError):
        parse(data, "iets.toml")


def test_a_recipe_that_is_written_reads_as_the_same():
    assert parse(text_of(recipe()).encode(), "x.toml") == recipe()


def test_line_ends_of_windows_and_a_byte_order_mark_are_no_matter():
    assert parse(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(), "x.toml") == recipe()


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40).filter(str.strip)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_recipe_or_a_sentence(data: bytes):
    try:
        parse(data, "x.toml")
    except RecipeError as error:
        assert str(error).endswith(".")


@given(st.integers(0, len(TEXT)), st.integers(0, 30), st.text("[]{}=\"'#\n.,0aé\x00-", max_size=6))
def test_a_recipe_that_is_spoiled_anywhere_is_a_recipe_or_a_sentence(at: int, length: int, instead: str):
    try:
        recipe(TEXT[:at] + instead + TEXT[at + length :])
    except RecipeError as error:
        assert "\n" not in str(error)


@given(st.dictionaries(TEXTS, st.sampled_from(["BU97010100", "-"]), max_size=5))
def test_confirmed_names_are_kept_letter_for_letter(names):
    one = recipe()
    named = one.model_copy(update={"area": one.area.model_copy(update={"names": names})})
    assert parse(text_of(named).encode(), "x.toml").area.names == names


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Groen & zó", "groen_zo"),
        ("../../etc/passwd", "etc_passwd"),
        ("???", "tabel"),
        ("CON", "con"),
        ("a" * 90, "a" * 40),
    ],
)
def test_a_name_becomes_a_safe_word(title: str, word: str):
    assert recipes.slug(title) == word


@pytest.mark.parametrize("hostile", ["a\\nb", "\\u202e", "\\u0000", "\\u2028"])
@pytest.mark.parametrize(
    "field", ['gemeente = "GM9701"', 'level = "buurt"', 'source = "eigen_groenpeiling"', 'column = "jaar"']
)
def test_what_a_recipe_says_is_quoted_on_one_printable_line(field, hostile):
    name = field.split(" = ")[0]

    with pytest.raises(RecipeError) as refused:
        recipe(TEXT.replace(field, f'{name} = "{hostile}"', 1))
    assert str(refused.value).isprintable()
