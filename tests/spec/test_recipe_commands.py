"""The commands for recipes: a proposal with what must still be decided, taking in, exporting, throwing away."""

import json
import shutil
from pathlib import Path

import pytest

from tests.municipal_tables import workbook
from wijkdata.__main__ import main


@pytest.fixture
def data(example_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(example_data, tmp_path / "data")


def run(data: Path, *arguments: str | Path) -> int:
    return main(["--data-dir", str(data), *map(str, arguments)])


def test_from_a_table_to_figures_on_the_command_line(data, tmp_path, capsys):
    table, recipe = tmp_path / "groen.xlsx", tmp_path / "groen.toml"
    table.write_bytes(workbook())
    assert run(data, "recipe", "make", table, "-o", recipe) == 0
    said = capsys.readouterr().err
    assert "Nog te beslissen: van elk nieuw cijfer of hoger beter is" in said
    assert "Kolom ‘Buurt’: 7 van 9 namen zijn bekend" in said
    assert "Drinkwall: misschien BU97011400 (Drinkwal)" in recipe.read_text(encoding="utf-8")

    assert run(data, "import", table, "--recipe", recipe) == 2, "what is open is refused"
    text = recipe.read_text(encoding="utf-8")
    for empty, said in (
        ('Drinkwall = ""', 'Drinkwall = "BU97011400"'),
        ('publisher = ""', 'publisher = "Gemeente Vlierstede"'),
        ('unit = ""', 'unit = "%"'),
        ('higher_is = ""', 'higher_is = "better"'),
    ):
        assert empty in text
        text = text.replace(empty, said)
    recipe.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert run(data, "import", table, "--recipe", recipe, "--json") == 0
    (account,) = json.loads(capsys.readouterr().out)["files"]
    assert (account["rows_read"], account["rows_kept"], account["observations"]) == (9, 8, 24)

    later = tmp_path / "later.xlsx"
    later.write_bytes(workbook((2024,), ()))
    assert run(data, "import", later) == 0
    assert run(data, "recipe", "list") == 0
    assert "groen: 1 cijfer" in capsys.readouterr().out
    assert run(data, "recipe", "show", "groen", "-o", tmp_path / "kopie.toml") == 0
    assert run(data, "recipe", "remove", "groen") == 0
    assert run(data, "recipe", "add", tmp_path / "kopie.toml") == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("recipe", "make", "bestaat-niet.csv"), "bestaat-niet.csv"),
        (("recipe", "make", "tabel.csv", "--gemeente", "Nergenshuizen"), "De gemeente ‘Nergenshuizen’ bestaat niet"),
        (("recipe", "show", "weg"), "Het recept ‘weg’ bestaat niet"),
        (("recipe", "remove", "weg"), "Het recept ‘weg’ bestaat niet"),
        (("recipe", "add", "tabel.csv"), "tabel.csv"),
        (("import", "tabel.csv", "--recipe", "weg"), "Het recept ‘weg’ bestaat niet"),
        (("import", "tabel.csv", "--recipe", "weg.toml"), "weg.toml"),
    ],
)
def test_a_wrong_command_is_a_sentence(arguments, words, data, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tabel.csv").write_text("buurt;groen\nBU97010100;1\n", encoding="utf-8")
    assert run(data, *arguments) == 2
    assert words in capsys.readouterr().err
