"""A gemeente as a small table: the figures of a few wijken, written as an own file and read in as any file is."""

from collections.abc import Iterable
from pathlib import Path

from wijkdata.catalogue import load
from wijkdata.loading.figures import importer
from wijkdata.store.monitor.versions import Monitor, current

# National reference (data/reference/momenten.csv): mean and sd of 2014, so that z can be written in the tables below.
MEAN = {"lbm3_won": -0.008751, "lbm3_fys": 0.00204, "lbm3_onv": -0.00963, "lbm3_soc": 0.001802}
SD = {"lbm3_won": 0.045329, "lbm3_fys": 0.030249, "lbm3_onv": 0.078297, "lbm3_soc": 0.04782}
DIMENSIONS = ("lbm3_won", "lbm3_fys", "lbm3_onv")

Row = tuple[str, str, int, float]


def course(
    code: str, z: dict[int, tuple[float, float]], inhabitants: float | None = 5000, year: int = 2022
) -> list[Row]:
    """One wijk: year -> (z of the three vulnerability dimensions, z of social cohesion); positive is better."""
    rows = [] if inhabitants is None else [(code, "inwoners", year, inhabitants)]
    for period, (x, y) in z.items():
        rows += [(code, name, period, MEAN[name] + x * SD[name]) for name in DIMENSIONS]
        rows.append((code, "lbm3_soc", period, MEAN["lbm3_soc"] + y * SD["lbm3_soc"]))
    return rows


def monitor_of(directory: Path, rows: Iterable[Row]) -> Monitor:
    """A monitor file that holds these figures."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "cijfers.csv"
    lines = ["gebied_code;indicator;periode;waarde", *(f"{a};{b};{c};{d}" for a, b, c, d in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    importer.import_files([path], directory, load())
    monitor = current(directory)
    assert monitor is not None
    return monitor
