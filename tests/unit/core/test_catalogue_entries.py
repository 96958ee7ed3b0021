"""Adding an indicator is one entry; a wrong entry is told in Dutch: file, entry, field, what is allowed."""

import shutil
from pathlib import Path

import pytest

from wijkdata import catalogue
from wijkdata.catalogue import HigherIs, Role
from wijkdata.errors import CatalogueError
from wijkdata.settings import CATALOGUE_DIR

NEW = """
[woningwaarde]
title = "Gemiddelde woningwaarde"
short = "Woningwaarde"
description = "De gemiddelde WOZ-waarde van woningen."
unit = "× 1.000 euro"
unit_kind = "euro"
decimals = 0
higher_is = "better"
pillar = "fysiek"
theme = "woningen"
role = "score"
evidence = "measured"
reference_year = 2020
range = [0.0, 10000.0]
series = "woningwaarde"
columns = [{ source = "kwb", column = "GemiddeldeWoningwaarde" }]
"""


def _with_file(tmp_path: Path, text: str, name: str = "nieuw.toml") -> Path:
    """A copy of the shipped catalogue with one file added or replaced."""
    folder = tmp_path / "catalogue"
    shutil.copytree(CATALOGUE_DIR, folder)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_one_entry_adds_an_indicator_to_its_pillar_and_its_source(tmp_path):
    loaded = catalogue.load(_with_file(tmp_path, NEW))
    assert set(loaded.indicators) - set(catalogue.load().indicators) == {"woningwaarde"}
    added = loaded.indicators["woningwaarde"]
    assert added in loaded.of_pillar("fysiek", Role.SCORE)
    assert (added, added.columns[0]) in loaded.of_source("kwb")
    assert added.sign == 1


def test_an_entry_may_name_the_column_of_another_year(tmp_path):
    text = NEW.replace('Woningwaarde" }', 'Woningwaarde", editions = { 2025 = "g_wozbag" } }')
    assert catalogue.load(_with_file(tmp_path, text)).indicators["woningwaarde"].columns[0].editions == {
        "2025": "g_wozbag"
    }


def test_a_column_may_mean_this_in_some_editions_only(tmp_path):
    text = NEW.replace('Woningwaarde" }', 'Woningwaarde", since = 2017, until = 2019 }')
    column = catalogue.load(_with_file(tmp_path, text)).indicators["woningwaarde"].columns[0]
    assert [year for year in range(2013, 2025) if column.is_of(year)] == [2017, 2018, 2019]
    assert column.is_of("2018") and column.is_of(None)


def test_what_a_file_says_once_holds_for_its_entries_that_say_nothing_else(tmp_path):
    shared = '[standaard]\ndecimals = 2\nsearch_words = ["huis"]\n'
    item = catalogue.load(_with_file(tmp_path, shared + NEW)).indicators["woningwaarde"]
    assert (item.decimals, item.search_words) == (0, ("huis",))
    assert "standaard" not in catalogue.load().indicators


@pytest.mark.parametrize(
    ("indicator", "weight"),
    [
        pytest.param("inwoners", "persons", id="a count of people"),
        pytest.param("bijstand_1000", "persons", id="a rate per resident"),
        pytest.param("huishoudens", "households", id="a count of households"),
        pytest.param("laag_inkomen", "households", id="a share of households"),
        pytest.param("nieuwe_woningen", "addresses", id="a count of homes"),
        pytest.param("koop", "addresses", id="a share of homes"),
        pytest.param("bedrijven", "addresses", id="a count of firms"),
        pytest.param("oppervlakte_water", "area", id="hectares"),
        pytest.param("dichtheid", "area", id="per square kilometre"),
        pytest.param("lbm3_score", "persons", id="a score"),
    ],
)
def test_each_figure_knows_what_a_part_of_an_area_counts_by(indicator, weight):
    assert catalogue.load().indicators[indicator].weighed_by == weight


def test_a_weight_is_said_once(tmp_path):
    item = catalogue.load(_with_file(tmp_path, NEW + 'weight = "area"\n')).indicators["woningwaarde"]
    assert item.weighed_by == "area"
    with pytest.raises(CatalogueError, match="per_household zegt al waarmee wordt gewogen"):
        catalogue.load(_with_file(tmp_path / "twee", NEW + 'weight = "area"\nover_areas = "per_household"\n'))


FIELDS = (
    "title, short, description, unit, unit_kind, decimals, signed, higher_is, pillar, theme, subject, search_words, role, evidence, transform, "
    "reference_year, minimum_population, breaks, range, series, series_breaks, course_of, over_areas, weight, mean_over, "
    "from_buildings, shown_first, ends, likeness, we_did, fills, columns"
)
SOURCES = ", ".join(catalogue.load().sources)
# What is changed in the good entry, and the sentence that must come back (after "nieuw.toml, woningwaarde, ").
WRONG = [
    ('title = "Gemiddelde woningwaarde"\n', "", "veld title: dit ontbreekt; vul het in."),
    (
        'series = "woningwaarde"',
        'series = "woningwaarde"\nserie = "woz"',
        f"veld serie: dit veld bestaat niet; kies uit {FIELDS}.",
    ),
    ('"better"', '"goed"', "veld higher_is: ‘goed’ kan hier niet; kies uit better, worse, neutral."),
    ('"score"', '"kaart"', "veld role: ‘kaart’ kan hier niet; kies uit score, shown, headline, context."),
    ('"measured"', '"geteld"', "veld evidence: ‘geteld’ kan hier niet; kies uit measured, perceived, modelled."),
    ("decimals = 0", "decimals = 9", "veld decimals: ‘9’ kan hier niet; kies een getal tot en met 4."),
    ("decimals = 0", 'decimals = "veel"', "veld decimals: ‘veel’ kan hier niet; schrijf een geheel getal."),
    ("decimals = 0", "decimals = 0\nsigned = 7", "veld signed: ‘7’ kan hier niet; schrijf true of false."),
    (
        'short = "Woningwaarde"',
        'short = "Gemiddelde waarde van alle woningen"',
        "veld short: ‘Gemiddelde waarde van alle woningen’ kan hier niet; schrijf hoogstens 32 tekens.",
    ),
    ('short = "Woningwaarde"', 'short = ""', "veld short: ‘’ kan hier niet; schrijf minstens 2 tekens."),
    ('unit = "× 1.000 euro"', "unit = 1000", "veld unit: ‘1000’ kan hier niet; schrijf tekst tussen aanhalingstekens."),
    (
        'pillar = "fysiek"',
        'pillar = "wonen"',
        "veld pillar: ‘wonen’ bestaat niet; kies uit fysiek, sociaal_economisch, veiligheid, weerbaarheid.",
    ),
    (
        'theme = "woningen"',
        'theme = "huizen"',
        "veld theme: ‘huizen’ bestaat niet; kies uit woningen, omgeving, voorzieningen.",
    ),
    (
        'role = "score"',
        'role = "score"\nsubject = "huizen"',
        f"veld subject: ‘huizen’ bestaat niet; kies uit {', '.join(catalogue.load().subjects)}.",
    ),
    (
        'theme = "woningen"\n',
        "",
        "veld pillar: role score en shown horen in een pijler; vul pillar en theme in.",
    ),
    (
        'role = "score"',
        'role = "context"',
        "veld pillar: role context en headline horen in geen pijler; haal het weg.",
    ),
    (
        '"better"',
        '"neutral"',
        "veld higher_is: neutral kan niet in een score; kies better of worse, of role shown.",
    ),
    ("reference_year = 2020\n", "", "veld reference_year: een score heeft een basisjaar; vul een jaar in."),
    ("[0.0, 10000.0]", "[0.0]", "veld range, nummer 2: dit ontbreekt; vul het in."),
    ("[0.0, 10000.0]", '[0.0, "hoog"]', "veld range, nummer 2: ‘hoog’ kan hier niet; schrijf een getal."),
    (
        "[0.0, 10000.0]",
        "[10000.0, 0.0]",
        "veld range: het laagste getal hoort voor het hoogste te staan; draai ze om.",
    ),
    (
        "decimals = 0",
        "decimals = 0\nbreaks = [3.0, 1.0]",
        "veld breaks: klassengrenzen horen op te lopen; zet ze van laag naar hoog.",
    ),
    (
        "decimals = 0",
        'decimals = 0\ntransform = "log"',
        "veld transform: ‘log’ kan hier niet; kies uit none, log1p.",
    ),
    (
        "range = [0.0, 10000.0]",
        'range = [-1.0, 1.0]\ntransform = "log1p"',
        "veld transform: log1p kan alleen vanaf 0; geef een range vanaf 0.",
    ),
    (
        'source = "kwb"',
        'source = "cbs"',
        f"veld columns, source: ‘cbs’ bestaat niet; kies uit {SOURCES}.",
    ),
    (
        'column = "GemiddeldeWoningwaarde"',
        'kolom = "GemiddeldeWoningwaarde", column = "x"',
        "veld columns, nummer 1, kolom: dit veld bestaat niet; kies uit source, form, column, per, factor, editions, since, until.",
    ),
    (
        '[{ source = "kwb", column = "GemiddeldeWoningwaarde" }]',
        '"kwb"',
        "veld columns: ‘kwb’ kan hier niet; schrijf een lijst tussen rechte haken.",
    ),
    (
        'series = "woningwaarde"',
        'series = "woningwaarde"\nid = "woz"',
        "veld id: het id staat al in de kop [woningwaarde]; haal dit veld weg.",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "sentence"), WRONG, ids=[row[2].split(":")[0] + f" {n}" for n, row in enumerate(WRONG)]
)
def test_a_wrong_entry_is_told_in_one_dutch_sentence(tmp_path, old, new, sentence):
    assert NEW.count(old) == 1
    with pytest.raises(CatalogueError) as raised:
        catalogue.load(_with_file(tmp_path, NEW.replace(old, new)))
    assert str(raised.value) == f"nieuw.toml, woningwaarde, {sentence}"


@pytest.mark.parametrize(
    "column",
    [
        "NietWestersTotaal",
        "WestersTotaal",
        "Marokko",
        "Turkije",
        "Suriname",
        "NederlandseAntillenEnAruba",
        "percentage_met_herkomstland_buiten_europa",
        "percentage_niet_westerse_migratieachtergrond",
        "% niet-westers allochtonen",
        "pwestal",
        "P_N_W_AL",
    ],
)
def test_a_share_by_origin_is_context_or_refused(tmp_path, column):
    text = NEW.replace("GemiddeldeWoningwaarde", column)
    with pytest.raises(CatalogueError, match="herkomst is alleen achtergrond; kies role context en higher_is neutral"):
        catalogue.load(_with_file(tmp_path / "scored", text))
    allowed = text.replace('"better"', '"neutral"').replace('role = "score"', 'role = "context"')
    allowed = allowed.replace('pillar = "fysiek"\ntheme = "woningen"\n', "")
    item = catalogue.load(_with_file(tmp_path / "context", allowed)).indicators["woningwaarde"]
    assert item.higher_is is HigherIs.NEUTRAL and item.role is Role.CONTEXT


def test_every_problem_of_an_entry_is_told_at_once(tmp_path):
    text = NEW.replace("decimals = 0", "decimals = 9").replace('"better"', '"goed"')
    with pytest.raises(CatalogueError) as raised:
        catalogue.load(_with_file(tmp_path, text))
    assert str(raised.value).splitlines() == [
        "nieuw.toml, woningwaarde, veld decimals: ‘9’ kan hier niet; kies een getal tot en met 4.",
        "nieuw.toml, woningwaarde, veld higher_is: ‘goed’ kan hier niet; kies uit better, worse, neutral.",
    ]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "nieuw.toml",
            "standaard = 3",
            "nieuw.toml, standaard: dit hoort een tabel te zijn; schrijf [standaard] met de velden eronder.",
        ),
        ("nieuw.toml", "x = 3", "nieuw.toml, x: dit hoort een tabel te zijn; schrijf [x] met de velden eronder."),
        (
            "nieuw.toml",
            NEW.replace("[woningwaarde]", "[inwoners]"),
            "nieuw.toml, inwoners: deze indicator staat al in de catalogus; geef één van beide een ander id.",
        ),
        ("bronnen.toml", '[kwb]\npublisher = "CBS"\n', "bronnen.toml, kwb, veld title: dit ontbreekt; vul het in."),
        ("pijlers.toml", "", "pijlers.toml, figuur, veld x: dit ontbreekt; vul het in."),
        (
            "pijlers.toml",
            (CATALOGUE_DIR / "pijlers.toml").read_text(encoding="utf-8").replace('"Bevolking"', "1"),
            'pijlers.toml, onderwerpen: dit hoort een tabel te zijn; schrijf per regel id = "Naam".',
        ),
    ],
)
def test_a_wrong_file_names_file_and_entry(tmp_path, name, text, sentence):
    with pytest.raises(CatalogueError) as raised:
        catalogue.load(_with_file(tmp_path, text, name))
    assert str(raised.value).splitlines()[0] == sentence


def test_the_figure_may_only_name_known_indicators(tmp_path):
    pillars = (CATALOGUE_DIR / "pijlers.toml").read_text(encoding="utf-8")
    text = pillars.replace('path_y = ["lbm3_soc"]', 'path_y = ["lbm3_cohesie"]')
    with pytest.raises(
        CatalogueError, match=r"^pijlers.toml, figuur, veld path_y: ‘lbm3_cohesie’ bestaat niet; kies uit "
    ):
        catalogue.load(_with_file(tmp_path, text, "pijlers.toml"))


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"[goed]\nfout\nx = 1\n", "nieuw.toml, regel 2"),
        ('[goed]\ntitle = "caf\u00e9"\n'.encode("latin-1"), "nieuw.toml"),
        (b"[goed]\ntitle = ", "nieuw.toml"),
    ],
)
def test_broken_toml_names_the_file_and_where_it_can_the_line(tmp_path, content, place):
    folder = _with_file(tmp_path, "")
    (folder / "nieuw.toml").write_bytes(content)
    with pytest.raises(CatalogueError) as raised:
        catalogue.load(folder)
    assert str(raised.value) == f"{place}: dit is geen geldige TOML in UTF-8; herstel het bestand."


@pytest.mark.parametrize("missing", ["bronnen.toml", "pijlers.toml"])
def test_a_catalogue_without_its_two_fixed_files_says_which(tmp_path, missing):
    folder = _with_file(tmp_path, NEW)
    (folder / missing).unlink()
    with pytest.raises(CatalogueError, match=f"is niet compleet: {missing} ontbreekt; zet het bestand terug"):
        catalogue.load(folder)
