"""Monitor files with counts per month: the fictional example, and months in the own format, of which every wijk's course is given."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

FIRST_YEAR, MONTHS = 2017, 96
FOCUS = "GM9701"
Course = Mapping[tuple[str, str], np.ndarray]


def wijken(n: int = 21, municipality: str = "9701") -> list[str]:
    """The codes of the wijken of a gemeente of the example."""
    return [f"WK{municipality}{number:02d}" for number in range(n)]


def usual(
    areas: list[str], indicators: list[str], mean: float = 15.0, months: int = MONTHS
) -> dict[tuple[str, str], np.ndarray]:
    """What is expected of each area and indicator per month: a level of its own, and a season."""
    season = 1 + 0.2 * np.sin(2 * np.pi * np.arange(months) / 12)
    return {
        (area, one): mean * (0.7 + 0.6 * (n % 5) / 4) * season for n, area in enumerate(areas) for one in indicators
    }


def drawn(course: Course, seed: int = 1, phi: float = 1.3) -> dict[tuple[str, str], np.ndarray]:
    """Draw counts with more spread than chance alone gives."""
    rng = np.random.default_rng(seed)
    return {key: rng.negative_binomial(mean / (phi - 1), 1 / phi).astype(float) for key, mean in course.items()}


def months(n: int = MONTHS) -> list[str]:
    """How months are written in an own file."""
    return [f"{FIRST_YEAR + at // 12}-{at % 12 + 1:02d}" for at in range(n)]


def write(path: Path, counts: Course) -> Path:
    """Write an own file; NaN is a cell that is not there."""
    lines = ["gebied_code,indicator,periode,waarde"]
    for (area, indicator), series in counts.items():
        lines += [
            f"{area},{indicator},{when},{int(count)}"
            for when, count in zip(months(len(series)), series, strict=True)
            if not np.isnan(count)
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
