"""Reports of every wijk while imports land: each is of the edition that the batch began with, the next batch of the newest."""

import shutil
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook

from wijkdata.settings import ROOT

# In a process of its own, as a batch is used: it starts others. One import lands before these open anything, one after their first
# report. Then a later batch.
BATCH = """
import sys
from pathlib import Path
from wijkdata import catalogue
from wijkdata.commands import report
from wijkdata.loading.figures import importer

data, batch, later, *files = map(Path, sys.argv[1:])
of = lambda folder: report._Options(None, None, None, None, "Zilverdijk", "xlsx", folder, None)
land = lambda file: importer.import_files([file], data, catalogue.of(data))
asked = report._asked(data)
land(files[0])
reports = report._all(asked, of(batch), None, True)
next(reports)
land(files[1])
list(reports)
list(report._all(report._asked(data), of(later), None, True))
"""
WIJKEN = [f"WK9703{n:02d}" for n in range(10)]


def own_file(path: Path, year: int) -> Path:
    """Trust in every wijk, in a year that the example does not have: the newest year is what a report shows."""
    rows = "".join(f"{code};vertrouwen;{year};60\n" for code in WIJKEN)
    path.write_text(f"gebied_code;indicator;periode;waarde\n{rows}", encoding="utf-8")
    return path


def shown(path: Path) -> tuple[str, bool]:
    """Of which year a report shows trust, and whether its source line names that year as the last of the own files."""
    book = load_workbook(path)
    heads, *rows = book["Profiel (fictief)"].iter_rows(values_only=True)
    (year,) = {str(row[heads.index("Jaar")]) for row in rows if "Vertrouwen in buurtgenoten" in row}
    lines = [str(row[2]) for row in book["Bronnen"].iter_rows(values_only=True) if row[0] == "Profiel (fictief)"]
    return year, any(f"{year}." in line.partition("Eigen bestand, ")[2][:30] for line in lines)


def test_a_batch_is_of_the_edition_it_began_with_whatever_is_imported_meanwhile(example_data, tmp_path):
    data = shutil.copytree(example_data, tmp_path / "data")
    files = [own_file(tmp_path / f"eigen-{year}.csv", year) for year in (2025, 2026)]
    folders = {"2024": tmp_path / "batch", "2026": tmp_path / "later"}
    started = [sys.executable, "-c", BATCH, data, *folders.values(), *files]
    ended = subprocess.run(started, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ended.returncode == 0, ended.stderr
    for year, folder in folders.items():
        reports = sorted(folder.iterdir())
        assert len(reports) == len(WIJKEN)
        assert {shown(path) for path in reports} == {(year, True)}
