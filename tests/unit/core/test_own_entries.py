"""Own sources and indicators of a data directory: beside the shipped ones, never in a score, a wrong one costs only itself."""

import shutil
from pathlib import Path

import pytest

from wijkdata import catalogue
from wijkdata.errors import CatalogueError
from wijkdata.store.monitor import versions

SOURCE = """
[eigen_buurtpeiling]
publisher = "Gemeente Zonnegaarde"
title = "Buurtpeiling"
short = "Buurtpeiling (Zonnegaarde)"
licence = "Volgens de gemeente"
url = ""
method = "Enquête onder bewoners."
evidence = "perceived"
"""
INDICATOR = """
[eigen_groen]
title = "Tevreden over groen"
short = "Tevreden over groen"
description = "Aandeel bewoners dat tevreden is over het groen."
unit = "%"
unit_kind = "percent"
decimals = 1
higher_is = "better"
role = "context"
evidence = "perceived"
series = "eigen_buurtpeiling"
"""


def own(folder: Path, **files: str) -> Path:
    """A data directory with these files among its own entries."""
    (folder / "eigen").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "eigen" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_own_entries_the_catalogue_is_the_shipped_one(tmp_path: Path):
    assert catalogue.of(tmp_path) == catalogue.load()
    assert catalogue.own_problems(tmp_path) == ()


def test_own_entries_stand_beside_the_shipped_ones(tmp_path: Path):
    known = catalogue.of(own(tmp_path, bronnen=SOURCE, indicatoren=INDICATOR))
    assert known.indicators["eigen_groen"].title == "Tevreden over groen"
    assert known.sources["eigen_buurtpeiling"].publisher == "Gemeente Zonnegaarde"
    assert set(known.indicators) - set(catalogue.load().indicators) == {"eigen_groen"}
    assert "eigen_groen" not in catalogue.load().indicators


def test_an_own_entry_that_changes_is_seen_at_once(tmp_path: Path):
    own(tmp_path, bronnen=SOURCE, indicatoren=INDICATOR)
    assert catalogue.of(tmp_path).indicators["eigen_groen"].decimals == 1
    own(tmp_path, indicatoren=INDICATOR.replace("decimals = 1", "decimals = 12 "))
    assert "eigen_groen" not in catalogue.of(tmp_path).indicators
    own(tmp_path, indicatoren=INDICATOR.replace("decimals = 1", "decimals = 0"))
    assert catalogue.of(tmp_path).indicators["eigen_groen"].decimals == 0


def test_the_monitor_knows_the_catalogue_of_its_directory(tmp_path: Path):
    own(tmp_path, bronnen=SOURCE, indicatoren=INDICATOR)
    assert versions.Monitor(tmp_path / "monitor-1.duckdb").catalogue is catalogue.of(tmp_path)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (
            ('role = "context"', 'role = "score"\npillar = "fysiek"\ntheme = "omgeving"\nreference_year = 2014'),
            "telt niet mee in een score",
        ),
        (('role = "context"', 'role = "headline"'), "telt niet mee in een score"),
        (('role = "context"', 'role = "shown"\npillar = "nergens"\ntheme = "x"'), "pillar: ‘nergens’ bestaat niet"),
        (("[eigen_groen]", "[inwoners]"), "begin met eigen_"),
        (("[eigen_groen]", '["eigen_Groen gras"]'), "begin met eigen_"),
        (('unit = "%"\n', ""), "veld unit"),
        (('higher_is = "better"', 'higher_is = "omhoog"'), "veld higher_is"),
        (("title", "titel"), "titel"),
        (("[eigen_groen]", "[eigen_groen"), "geen geldige TOML"),
        (("[eigen_groen]", "eigen_x = 3\n[eigen_groen]\nid = 'a'"), "hoort een tabel"),
        (("eigen_groen", "eigen_herkomst_wit"), "herkomst is alleen achtergrond"),
    ],
)
def test_a_wrong_own_entry_is_a_sentence_and_everything_else_works(change: tuple[str, str], part: str, tmp_path: Path):
    other = INDICATOR.replace("eigen_groen", "eigen_stilte")
    own(tmp_path, bronnen=SOURCE, indicatoren=INDICATOR.replace(*change), meer=other)
    known = catalogue.of(tmp_path)
    assert set(known.indicators) - set(catalogue.load().indicators) == {"eigen_stilte"}
    problems = catalogue.own_problems(tmp_path)
    assert any(part in problem for problem in problems), problems
    assert all(problem.startswith("indicatoren.toml") and problem.endswith(".") for problem in problems)


def test_a_file_that_an_editor_saved_with_a_byte_order_mark_is_read(tmp_path: Path):
    own(tmp_path, bronnen=f"\ufeff{SOURCE}")
    assert catalogue.own_problems(tmp_path) == ()
    assert "eigen_buurtpeiling" in catalogue.of(tmp_path).sources


def test_bytes_that_are_no_text_and_a_folder_of_that_name_are_sentences(tmp_path: Path):
    own(tmp_path, bronnen=SOURCE)
    (tmp_path / "eigen" / "a.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "eigen" / "b.toml").mkdir()
    (tmp_path / "eigen" / "c.toml").write_text(f"a = {'9' * 5000}", encoding="utf-8")
    assert len(catalogue.own_problems(tmp_path)) == 3
    assert "eigen_buurtpeiling" in catalogue.of(tmp_path).sources


def test_what_is_in_the_store_has_a_name_also_when_its_entry_cannot_be_read(tmp_path: Path):
    known = catalogue.of(tmp_path)
    assert known.indicators["eigen_weg"].title == "eigen cijfer weg"
    assert known.sources["eigen_weg"].short == "eigen bron weg"
    assert "eigen_weg" not in known.indicators
    with pytest.raises(KeyError):
        known.indicators["bestaat_niet"]


def test_entries_are_checked_before_they_are_kept(tmp_path: Path):
    own(tmp_path, bronnen=SOURCE, indicatoren=INDICATOR)
    with pytest.raises(CatalogueError, match="staat er al"):
        catalogue.add_own(catalogue.of(tmp_path), "indicatoren.toml", {"eigen_groen": {**_TABLE}})
    assert (
        "eigen_nieuw"
        in catalogue.add_own(catalogue.of(tmp_path), "indicatoren.toml", {"eigen_nieuw": _TABLE}).indicators
    )


_TABLE = {
    "title": "Een titel",
    "short": "Een titel",
    "description": "Een omschrijving.",
    "unit": "%",
    "unit_kind": "percent",
    "decimals": 0,
    "higher_is": "worse",
    "role": "context",
    "evidence": "measured",
    "series": "eigen_buurtpeiling",
}


def test_a_copy_of_the_directory_is_a_full_copy(tmp_path: Path):
    (tmp_path / "een").mkdir()
    own(tmp_path / "een", bronnen=SOURCE, indicatoren=INDICATOR)
    shutil.copytree(tmp_path / "een", tmp_path / "twee")
    assert catalogue.of(tmp_path / "twee") == catalogue.of(tmp_path / "een")
