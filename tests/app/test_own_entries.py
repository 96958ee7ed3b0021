"""Every page on figures whose own entry cannot be read any more: one sentence on Gegevens, the rest works."""

import shutil
from pathlib import Path

import pytest

from tests.app.running import page, words
from tests.municipal_tables import workbook
from tests.unit.loading.figures.test_recipes import WIDE
from tests.unit.sources.recipes.recipe_texts import recipe
from wijkdata import catalogue
from wijkdata.loading.figures import importer, recipes


@pytest.fixture(scope="module")
def own(example_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a table of the gemeente's own."""
    data = shutil.copytree(example_data, tmp_path_factory.mktemp("own") / "data")
    recipes.keep(data, recipe(WIDE))
    path = data.parent / "groen.xlsx"
    path.write_bytes(workbook())
    importer.import_files([path], data, catalogue.of(data))
    return data


PAGES = [
    ("overzicht", {"gemeente": "GM9701"}),
    ("kaart", {"gemeente": "GM9701", "niveau": "buurt", "onderwerp": "eigen_groen"}),
    ("wijkprofiel", {"wijk": "WK970101", "buurt": "BU97010100"}),
    ("kloof", {"niveau": "buurt", "onderwerp": "eigen_groen"}),
    ("voor-en-na", {"gemeente": "GM9701"}),
    ("gegevens", {}),
    ("uitleg", {"onderwerp": "eigen_groen"}),
]


@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize(("name", "address"), PAGES)
def test_every_page_opens(name, address, broken, own, tmp_path, monkeypatch):
    data = own
    if broken:
        data = shutil.copytree(own, tmp_path / "data")
        for file in ("bronnen", "indicatoren"):
            (data / "eigen" / f"{file}.toml").write_text("[eigen_groen", encoding="utf-8")
    app = page(name, data, monkeypatch, **address)
    assert not app.exception and not app.error
    if name == "gegevens":
        assert ("geen geldige TOML" in words(app).replace("\\", "")) is broken
    if name == "kaart" and not broken:
        assert "Tevreden over groen" in words(app).replace("\\", "")
