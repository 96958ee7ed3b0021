"""The invented reports about public space of the example: per month, wijk and category, with what is planted in them.

What is planted is in `data/reference/voorbeeld_meldingen.toml`. As in `figures`: a draw depends on its own name only.
"""

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from wijkdata import settings
from wijkdata.loading.example.figures import growth, normal
from wijkdata.loading.example.places import Gemeente, Wijk

MONTHS = tuple(year * 100 + month for year in range(2017, 2025) for month in range(1, 13))
# Reports per 1,000 inhabitants in a month, all categories together.
PER_1000 = 15.0
# Counts vary a third more than by chance alone.
_DISPERSION = 1.3
# Of all reports such a share has no place: it counts in the gemeente alone.
_UNPLACED = 0.03
_SUMMER = (0.86, 0.84, 0.93, 0.99, 1.07, 1.14, 1.16, 1.12, 1.06, 1.00, 0.93, 0.90)
_WINTER = (1.32, 1.18, 1.02, 0.88, 0.76, 0.70, 0.72, 0.82, 0.98, 1.14, 1.24, 1.24)
# Category: its share of all reports, how much more of it a vulnerable wijk has, the season it follows.
_CATEGORIES: Mapping[str, tuple[float, float, tuple[float, ...]]] = {
    "meldingen_afval": (0.34, 0.10, _SUMMER),
    "meldingen_groen": (0.20, -0.10, _SUMMER),
    "meldingen_verharding": (0.20, 0.0, _WINTER),
    "meldingen_verlichting": (0.14, 0.0, _WINTER),
    "meldingen_jeugd": (0.12, 0.20, _SUMMER),
}
CATEGORIES = tuple(_CATEGORIES)


@cache
def truths() -> dict[str, Any]:
    """Read what is planted in the months, by id."""
    path = settings.REFERENCE_DIR / "voorbeeld_meldingen.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def reports(wijk: Wijk, category: str, month: int) -> int:
    """Count the reports of a category in a month (202303), with season, noise and what is planted."""
    share, vulnerable, season = _CATEGORIES[category]
    tendency = vulnerable * wijk.vulnerability + 0.12 * normal(wijk.code, category, "eigen")
    expected = wijk.inhabitants / 1000 * PER_1000 * level(wijk) * share * growth(tendency)
    expected *= season[month % 100 - 1] * _planted(wijk.code, category, month)
    return max(0, round(expected + math.sqrt(_DISPERSION * expected) * normal(wijk.code, category, month)))


def level(wijk: Wijk) -> float:
    """Compute how much is reported in a wijk, as a factor: more in the centre and where people are vulnerable."""
    return growth(
        0.15 * wijk.vulnerability + 0.5 * (wijk.urbanity - 0.45) + 0.25 * normal(wijk.code, "meldingen", "eigen")
    )


def all_reports(wijk: Wijk, year: int) -> int:
    """Count the reports of a whole year, all categories together."""
    months = [month for month in MONTHS if month // 100 == year]
    return sum(reports(wijk, category, month) for category in CATEGORIES for month in months)


def of_gemeente(gemeente: Gemeente, category: str, month: int) -> int:
    """Count the reports of a whole gemeente: those of its wijken and those without a place."""
    placed = sum(reports(wijk, category, month) for wijk in gemeente.wijken if wijk.lived_in)
    expected = placed * _UNPLACED
    return placed + max(0, round(expected + math.sqrt(expected) * normal(gemeente.code, category, month)))


def _planted(code: str, category: str, month: int) -> float:
    """Compute the factor of everything planted in this wijk and category: it grows every month from its first on."""
    factor = 1.0
    for truth in truths().values():
        if code in truth["wijken"] and category in truth["categorieen"]:
            factor *= _grown(truth, month)
    return factor


def _grown(truth: dict[str, Any], month: int) -> float:
    year, first = (int(part) for part in truth["begin_maand"].split("-"))
    passed = (month // 100 - year) * 12 + month % 100 - first + 1
    factor = 1.0
    for _ in range(max(0, passed)):
        factor = min(factor * (1.0 + truth["groei_per_maand"]), float(truth["hoogste_factor"]))
    return factor
