"""The paths of the project, and the few numbers that hold everywhere."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE_DIR = ROOT / "data" / "catalogue"
REFERENCE_DIR = ROOT / "data" / "reference"
ACTIVITY_DIR = ROOT / "data" / "activiteiten"
EXAMPLE_DIR = ROOT / "data" / "example"
STATIC_DIR = ROOT / "static"

# Below this number of inhabitants a score is noise, not information: a rate over few residents swings with every event.
MINIMUM_POPULATION = 1_000
# A pillar score may use a measurement this many years away, and says so.
MAXIMUM_AGE = 2
# Pillar scores are relative to the Netherlands in this year.
REFERENCE_YEAR = 2014
# With half of the about 340 gemeenten or more, the areas with figures may be called "Nederland".
NATIONAL_MUNICIPALITIES = 170
# What starts or stops within this many days is called "binnenkort": time to ask whether it goes on, and with what money.
SOON_DAYS = 90
# A change smaller than this on the 100-scale is called "vrijwel gelijk".
SMALL_CHANGE = 2.0


def data_dir(chosen: str | os.PathLike[str] | None = None) -> Path:
    """Find the data directory: the one chosen, else `WIJKDATA_DATA`, else `data/local` in the project."""
    return Path(chosen or os.environ.get("WIJKDATA_DATA") or ROOT / "data" / "local").expanduser().resolve()


def first_views() -> bool:
    """Tell whether a server makes first views beforehand: yes, unless `WIJKDATA_FIRST_VIEWS` is 0."""
    return os.environ.get("WIJKDATA_FIRST_VIEWS") != "0"


def report_template(directory: Path) -> bytes | None:
    """Read the gemeente's own Word template for reports in a data directory: `eigen/rapport.docx`; None without one."""
    path = directory / "eigen" / "rapport.docx"
    return path.read_bytes() if path.is_file() else None
