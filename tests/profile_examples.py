"""Three gemeenten as small tables, read in as an own file: who they are, what is missing, who is too small."""

from pathlib import Path

from tests.overview_examples import Row, monitor_of
from wijkdata.store.monitor.versions import Monitor

# GM0599: 12 wijken, one of 600 inhabitants (11), one with inhabitants and no figure at all (12).
# GM0014: 12 wijken that differ from low to high. GM0363: 12 more. Values rise with the number of the wijk.
HOMES = ("GM0014", "GM0363", "GM0599")
SMALL, NOTHING, BEST, WORST = "WK059911", "WK059912", "WK059910", "WK059900"


def rows() -> list[Row]:
    """code, indicator, year, value."""
    found: list[Row] = []
    for home in HOMES:
        for number in range(12):
            code = f"WK{home[2:]}{number:02d}"
            found += [(code, "inwoners", 2020, 600 if code == SMALL else 3500 + 100 * number)]
            found += [(code, "stedelijkheid", 2020, 1), (code, "eenpersoons", 2020, 40 + number)]
            found += [(code, "dichtheid", 2020, 5000 + number), (code, "auto_hh", 2020, 0.5 + number / 20)]
            found += _figures(code, home, number)
    found.append((NOTHING, "inwoners", 2020, 3000))
    return found


def _figures(code: str, home: str, number: int) -> list[Row]:
    """Livability in three years, benefits (worse when higher), and a survey that only GM0599 has."""
    level = number / 100
    found: list[Row] = [(code, "lbm3_afw", year, level + step / 1000) for step, year in enumerate((2014, 2018, 2022))]
    found += [(code, name, 2022, level) for name in ("lbm3_won", "lbm3_fys", "lbm3_onv", "lbm3_soc")]
    found += [(code, name, 2018, level) for name in ("lbm3_won", "lbm3_fys", "lbm3_onv", "lbm3_soc")]
    found += [(code, "bijstand_1000", 2020, 60 - 5 * number), (code, "meldingen_1000", 2020, 100 + number)]
    if home == "GM0599":
        found.append((code, "vertrouwen", 2020, 50 + number))
    return found


def example(directory: Path) -> Monitor:
    """The monitor."""
    return monitor_of(directory, rows())
