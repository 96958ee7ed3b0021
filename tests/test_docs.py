"""The papers are true: every command stands in the README, every file it names exists, every page is in the changelog."""

import re

import pytest

from wijkdata import __main__ as command_line
from wijkdata.settings import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PAPERS = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")


@pytest.mark.parametrize("command", sorted(set(command_line.cli.commands) - {"momenten"}))
def test_every_command_is_in_the_readme(command):
    assert re.search(rf"(python -m wijkdata |terug met: ){command}\b", README)


def test_every_file_that_is_named_exists():
    text = "\n".join((ROOT / paper).read_text(encoding="utf-8") for paper in PAPERS)
    named = re.findall(
        r"`((?:data|docs|tests|benchmarks|wijkdata|pages|starting)/[\w/.-]*\w/?)`|\]\(([\w/.-]+)\)", text
    )
    paths = {part for pair in named for part in pair if part} - {"data/local", "data/local/"}
    assert len(paths) > 10, "the pattern still finds names"
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_every_folder_of_the_package_has_its_row():
    folders = sorted(path.name for path in (ROOT / "wijkdata").iterdir() if (path / "__init__.py").exists())
    assert [name for name in folders if f"{name}/" not in ARCHITECTURE] == []


def test_no_paper_names_a_path_of_one_machine():
    for paper in PAPERS:
        assert not re.search(r"/(?:work|tmp|home|root)/", (ROOT / paper).read_text(encoding="utf-8"))
