"""Recipes of a data directory: kept, found by shape, given to a colleague, thrown away; a wrong one costs only itself."""

import shutil
from pathlib import Path

import pytest

from tests.municipal_tables import CODES, value, workbook
from tests.unit.sources.recipes.recipe_texts import TEXT, recipe
from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.errors import InputError, NotFoundError, WijkdataError
from wijkdata.loading.figures import importer, recipes
from wijkdata.store.monitor import queries, versions

WIDE = (
    TEXT.replace('["buurt", "groen (%)", "jaar"]', '["buurt", "{jaar}"]')
    .replace('where = "column"\ncolumn = "jaar"', 'where = "headers"')
    .replace('header = "groen (%)"', 'header = "{jaar}"')
)


@pytest.fixture
def data(example_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(example_data, tmp_path / "data")


def book(folder: Path, name: str = "groen.xlsx", *args) -> Path:
    path = folder / name
    path.write_bytes(workbook(*args))
    return path


def test_a_kept_recipe_reads_the_next_file_of_its_shape(data, tmp_path):
    path = book(tmp_path)
    with pytest.raises(InputError, match="herkent wijkdata niet"):
        importer.import_files([path], data, catalogue.of(data))
    recipes.keep(data, recipe(WIDE))
    (account,) = importer.import_files([path], data, catalogue.of(data))
    assert (account.rows_read, account.rows_kept, account.observations) == (9, 7, 21)
    later = book(tmp_path, "later.xlsx", (2024,), ())
    importer.import_files([later], data, catalogue.of(data))
    rows = queries.observations(versions.require(data), ["eigen_groen"], Level.BUURT)
    stored = {(row.code, row.period): row.value for row in rows.itertuples()}
    assert {when for _, when in stored} == {2019, 2021, 2023, 2024}
    assert stored[CODES["Zonnegaarde Noord"], 2024] == value("Zonnegaarde Noord", 2024)


def test_own_entries_live_in_the_data_directory(data):
    recipes.keep(data, recipe(WIDE))
    assert catalogue.of(data).indicators["eigen_groen"].title == "Tevreden over groen"
    assert "eigen_groen" not in catalogue.load().indicators
    recipes.keep(data, recipe(WIDE))
    assert catalogue.own_problems(data) == ()
    assert (data / "eigen" / "indicatoren.toml").read_text(encoding="utf-8").count("[eigen_groen]") == 1


def test_an_own_figure_with_another_meaning_is_refused_and_nothing_is_written(data):
    recipes.keep(data, recipe(WIDE))
    before = {path: path.read_bytes() for path in (data / "eigen").rglob("*.toml")}
    with pytest.raises(WijkdataError, match="andere beschrijving"):
        recipes.keep(data, recipe(WIDE.replace('higher_is = "better"', 'higher_is = "worse"')))
    with pytest.raises(WijkdataError, match="veld unit"):
        recipes.keep(data, recipe(WIDE.replace("eigen_groen", "eigen_blauw").replace('unit = "%"\n', "")))
    with pytest.raises(WijkdataError, match="telt niet mee"):
        scored = 'role = "score"\npillar = "fysiek"\ntheme = "omgeving"\nreference_year = 2014'
        recipes.keep(data, recipe(WIDE.replace("eigen_groen", "eigen_blauw").replace('role = "context"', scored)))
    with pytest.raises(WijkdataError, match="staat niet in de catalogus"):
        recipes.keep(data, recipe(WIDE.replace('indicator = "eigen_groen"', 'indicator = "eigen_weg"')))
    assert {path: path.read_bytes() for path in (data / "eigen").rglob("*.toml")} == before


@pytest.mark.parametrize("broken", [b"\xe9\xe9n = 1", b"[eigen_x"])
def test_beside_a_file_of_own_entries_that_is_broken_nothing_is_written_and_it_is_said(broken, data):
    place = data / "eigen" / "indicatoren.toml"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(broken)
    with pytest.raises(WijkdataError, match="geen geldige TOML"):
        recipes.keep(data, recipe(WIDE))
    assert place.read_bytes() == broken
    assert not recipes.kept(data).recipes


def test_own_entries_are_added_behind_what_an_editor_saved_with_a_byte_order_mark(data):
    place = data / "eigen" / "indicatoren.toml"
    place.parent.mkdir(exist_ok=True)
    place.write_text("\ufeff# van ons\n", encoding="utf-8")
    recipes.keep(data, recipe(WIDE))
    assert "eigen_groen" in catalogue.of(data).indicators


def test_a_recipe_goes_to_a_colleague_as_one_file(data, tmp_path):
    recipes.keep(data, recipe(WIDE))
    exported = tmp_path / "voor-collega.toml"
    exported.write_text(recipes.text_of(recipes.find(data, "groenpeiling")), encoding="utf-8")
    other = tmp_path / "ander"
    other.mkdir()
    assert recipes.take(other, str(exported)) == recipe(WIDE)
    assert "eigen_groen" in catalogue.of(other).indicators


def test_thrown_away_it_reads_nothing_any_more_and_its_figures_keep_their_names(data):
    recipes.keep(data, recipe(WIDE))
    recipes.throw_away(data, "groenpeiling")
    assert recipes.kept(data).recipes == {}
    assert "eigen_groen" in catalogue.of(data).indicators


@pytest.mark.parametrize("name", ["bestaat_niet", "../bronnen", "", "../../monitor"])
def test_what_is_no_recipe_cannot_be_thrown_away(name, data):
    recipes.keep(data, recipe(WIDE))
    with pytest.raises(NotFoundError):
        recipes.throw_away(data, name)
    assert (data / "eigen" / "bronnen.toml").exists()


def test_a_wrong_recipe_costs_only_itself(data, tmp_path):
    recipes.keep(data, recipe(WIDE))
    (recipes.folder(data) / "kapot.toml").write_text("version = 1\nname = [", encoding="utf-8")
    kept = recipes.kept(data)
    assert list(kept.recipes) == ["groenpeiling"]
    assert len(kept.problems) == 1 and kept.problems[0].startswith("kapot.toml")
    assert importer.import_files([book(tmp_path)], data, catalogue.of(data))[0].observations == 21


def test_a_recipe_given_for_another_table_is_one_sentence(data, tmp_path):
    path = tmp_path / "anders.csv"
    path.write_text("Wijk;x\nZonnegaarde;1\n", encoding="utf-8")
    one = recipe(WIDE)
    recipes.keep(data, one)
    with pytest.raises(InputError, match="is voor een andere tabel"):
        importer.import_files([path], data, catalogue.of(data), recipe=one)
