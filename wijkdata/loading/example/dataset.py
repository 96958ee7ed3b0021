"""The example: a fictional gemeente and five fictional neighbours, as files in the publishers' own formats.

The files are in `data/example`, made by `write`, and are read by the same readers as real files. They are seeded and use
plain arithmetic, so that every platform makes the same bytes. No real gemeente ever had the codes GM9701 to GM9706. What is
planted in the figures for the tests to find is described in `data/reference/voorbeeld_waarheden.toml` and, of the months, in
`voorbeeld_meldingen.toml`.
"""

from collections.abc import Callable
from pathlib import Path

from wijkdata import settings
from wijkdata.catalogue import Catalogue
from wijkdata.loading.example import activities, figures, files, geography, geojson, own, places, sessions
from wijkdata.loading.figures import importer
from wijkdata.loading.figures.accounts import FileAccount
from wijkdata.loading.figures.progress import Say, Step, silent

DIVISION = 2024
MONTHLY = "meldingen-per-maand-fictief.csv"


def paths() -> list[Path]:
    """List the committed files in the order in which they must be read: boundaries first, so that areas have names."""
    return [settings.EXAMPLE_DIR / name for name in _files()]


def load(directory: Path, catalogue: Catalogue, progress: Say = silent) -> list[FileAccount]:
    """Import the example: the figures as one new monitor file, the activities and sessions into the register
    (once)."""
    accounts = importer.import_files(paths(), directory, catalogue, progress)
    progress(Step("Activiteiten lezen."))
    activities.load(directory)
    sessions.load(directory)
    return accounts


def write(directory: Path) -> list[Path]:
    """Write the files to `directory` (created when absent); return their paths in reading order, then the activities."""
    folder = directory / activities.FOLDER.name
    folder.mkdir(parents=True, exist_ok=True)
    gemeenten = places.gemeenten()
    material = _Material(gemeenten)
    written = []
    for name, text in _files().items():
        path = directory / name
        path.write_bytes(text(material).encode("utf-8"))
        written.append(path)
    for name, table in activities.files().items():
        (folder / name).write_bytes(table.encode("utf-8"))
        written.append(folder / name)
    return written


class _Material:
    """What the files are made of: the places, the map and the counts."""

    def __init__(self, gemeenten: tuple[places.Gemeente, ...]) -> None:
        self.gemeenten = gemeenten
        self.focus = gemeenten[0]
        self.drawn = geography.draw(gemeenten)
        self.counted = files.counts(gemeenten, self.drawn)


def _files() -> dict[str, Callable[[_Material], str]]:
    """Make file name -> function that makes its text, in reading order."""
    return {
        f"gemeenten-{DIVISION}-fictief.geojson": lambda m: geojson.gemeenten(m.gemeenten, m.drawn, DIVISION),
        f"wijken-{DIVISION}-fictief.geojson": lambda m: geojson.wijken(m.gemeenten, m.drawn, m.counted, DIVISION),
        f"buurten-{DIVISION}-fictief.geojson": lambda m: geojson.buurten(m.focus, m.drawn, m.counted, DIVISION),
        "leefbaarometer-wijken-fictief.csv": lambda m: files.lbm_wijken(m.gemeenten),
        "leefbaarometer-gemeenten-fictief.csv": lambda m: files.lbm_gemeenten(m.gemeenten, m.counted),
        "leefbaarometer-buurten-fictief.csv": lambda m: files.lbm_buurten(m.focus),
        **{f"kerncijfers-{year}-fictief.csv": _kwb(year) for year in figures.YEARS},
        "gezondheid-2016-fictief.csv": lambda m: files.rivm(m.gemeenten, m.counted),
        "bewonersenquete-fictief.csv": lambda m: own.surveys(m.gemeenten, m.counted),
        "registraties-fictief.csv": lambda m: own.registers(m.gemeenten, m.counted),
        MONTHLY: lambda m: own.monthly_reports(m.gemeenten),
    }


def _kwb(year: int) -> Callable[[_Material], str]:
    return lambda material: files.kwb(material.gemeenten, material.counted, year)
