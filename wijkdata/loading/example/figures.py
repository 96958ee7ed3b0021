"""The invented figures of the example: every figure follows one lasting vulnerability per wijk, plus the planted truths.

The truths are in `data/reference/voorbeeld_waarheden.toml`; without them every figure is level + slope + noise. A draw
depends on its own name only, so that a new figure changes no other. Only + - * / and square roots are used (no logarithm, no
power, no `sum` of floats), because those give the same last digit on every platform and Python.
"""

import math
import random
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

from wijkdata import settings
from wijkdata.loading.example.places import Wijk

YEARS = tuple(range(2015, 2025))
WAVES = (2014, 2016, 2018, 2020, 2022, 2024)
WAVES_WITH_DIMENSIONS = (2014, 2018, 2020, 2022, 2024)
MICRO = 1_000_000
# With about one seed in three the wijken of the second truth are the lowest of 2018; this is one of those seeds.
SEED = "wijkdata voorbeeld 160"

# Leefbaarometer dimension: level in 2014, sd between wijken, share of vulnerability in it, change per year, noise per
# wave. Levels and sds are near those of the real wijken, as are the correlations of about .7 that follow; the noise is about
# half the real one, so that what is planted can be found in one gemeente.
_DIMENSIONS = {
    "fys": (0.002, 0.028, 0.25, 0.0005, 0.004),
    "onv": (0.030, 0.062, 0.86, 0.0010, 0.009),
    "soc": (0.038, 0.050, 0.86, 0.0004, 0.004),
    "vrz": (-0.050, 0.095, 0.00, 0.0010, 0.005),
    "won": (0.022, 0.040, 0.80, 0.0014, 0.005),
}
# Survey figure: level in 2015, sd between wijken, the dimension it follows, the share of that, change a year, noise.
_SURVEYS = {
    "ervaren_samenhang": (6.10, 0.62, "soc", 0.90, 0.012, 0.09),
    "vertrouwen": (63.0, 9.0, "soc", 0.80, 0.25, 1.2),
    "vrijwilligers": (36.0, 6.0, "soc", 0.60, 0.10, 1.2),
    "ervaren_veiligheid": (80.0, 8.0, "onv", 0.85, 0.30, 1.3),
}
SURVEYS = tuple(_SURVEYS)


def normal(*name: object) -> float:
    """Draw from mean 0 and sd 1, fixed by the name: a sum of twelve uniforms, so that no platform's logarithm matters."""
    rng = random.Random("|".join([SEED, *(str(part) for part in name)]))
    return math.fsum(rng.random() for _ in range(12)) - 6.0


def growth(x: float) -> float:
    """Approximate e to the power x (1 % off at 1.8) by multiplication only."""
    factor = 1.0 + x / 256.0
    for _ in range(8):
        factor *= factor
    return factor


@cache
def truths() -> dict[str, Any]:
    """Read the planted truths, by id, as written in `voorbeeld_waarheden.toml`."""
    path = settings.REFERENCE_DIR / "voorbeeld_waarheden.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def planted(code: str, indicator: str, year: int) -> float:
    """Compute what the truths add to this figure of this wijk in this year, on the scale of the indicator."""
    effects = []
    for truth in truths().values():
        size = truth.get("effect", truth.get("dip", {})).get(indicator, 0.0)
        if size and code in [*truth["wijken"], *truth.get("vergelijking", [])]:
            effects.append(size * _phase(truth["fasen"], year))
    return math.fsum(effects)


def _phase(phases: dict[str, float], year: int) -> float:
    begun = [int(moment) for moment in phases if int(moment) <= year]
    return float(phases[str(max(begun))]) if begun else 0.0


def _trait(wijk: Wijk, dimension: str) -> float:
    """Compute the lasting score of a wijk on a dimension, in sds; high is good."""
    deviation = normal(wijk.code, dimension, "eigen")
    if dimension == "vrz":
        return 0.85 * (wijk.urbanity - 0.45) / 0.26 + 0.5 * deviation
    share = _DIMENSIONS[dimension][2]
    return -share * wijk.vulnerability + math.sqrt(1.0 - share * share) * deviation


def dimensions(wijk: Wijk, wave: int) -> dict[str, int]:
    """Compute the five Leefbaarometer dimensions of a wijk in a wave, in millionths."""
    scores = {}
    for name, (level, sd, _, trend, noise) in _DIMENSIONS.items():
        parts = [
            level + sd * _trait(wijk, name) + trend * (wave - 2014),
            0.010 * sd * normal(wijk.code, name, "helling") * (wave - 2019),
            noise * normal(wijk.code, name, wave),
            planted(wijk.code, "lbm3_" + name, wave),
        ]
        scores[name] = round(math.fsum(parts) * MICRO)
    return scores


def buurt_dimensions(wijk: Wijk, wave: int) -> dict[str, dict[str, int]]:
    """Compute the dimensions of the buurten of a wijk: those of the wijk plus lasting differences that cancel in the wijk."""
    base = dimensions(wijk, wave)
    scores: dict[str, dict[str, int]] = {buurt.code: {} for buurt in wijk.buurten}
    for name, (_, sd, *_) in _DIMENSIONS.items():
        deviations = {code: normal(code, name, "eigen") for code in scores}
        mean = math.fsum(deviations.values()) / len(deviations)
        for code in scores:
            scores[code][name] = base[name] + round(0.45 * sd * (deviations[code] - mean) * MICRO)
    return scores


def survey(wijk: Wijk, indicator: str, year: int) -> float:
    """Compute a survey figure of a wijk in a year, 2 decimals; no share is above 97 %."""
    level, sd, dimension, share, trend, noise = _SURVEYS[indicator]
    deviation = share * _trait(wijk, dimension) + math.sqrt(1.0 - share * share) * normal(wijk.code, indicator, "eigen")
    parts = [
        level + sd * deviation + trend * (year - 2015),
        0.010 * sd * normal(wijk.code, indicator, "helling") * (year - 2019),
        noise * normal(wijk.code, indicator, year),
        planted(wijk.code, indicator, year),
    ]
    return round(min(97.0, math.fsum(parts)), 2)


def crimes(wijk: Wijk, year: int) -> float:
    """Compute registered crimes per 1,000 inhabitants, 1 decimal: more in the centre, slowly falling."""
    tendency = (
        0.45 * wijk.vulnerability + 0.9 * (wijk.urbanity - 0.45) + 0.15 * normal(wijk.code, "misdrijven", "eigen")
    )
    noise = 1.0 + 0.07 * normal(wijk.code, "misdrijven", year)
    return round(36.0 * growth(tendency) * (1.0 - 0.015 * (year - 2015)) * noise, 1)


def appeals(wijk: Wijk, year: int) -> float:
    """Compute appeals to gemeente and police per 1,000 inhabitants, 1 decimal."""
    tendency = 0.35 * wijk.vulnerability + 0.25 * normal(wijk.code, "beroep", "eigen")
    return round(95.0 * growth(tendency) * (1.0 + 0.05 * normal(wijk.code, "beroep", year)), 1)


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float:
    """Compute the mean of (value, weight) pairs."""
    listed = list(pairs)
    return math.fsum(value * weight for value, weight in listed) / math.fsum(weight for _, weight in listed)
