"""Invented monthly counts with a planted truth."""

import numpy as np

from wijkdata.analysis.signals.counts import Counts

MONTHS = 96


def counts(course: np.ndarray, phi: float = 1.5, seed: int = 1, first_year: int = 2016) -> Counts:
    """Draw counts with this mean (areas x months) and dispersion."""
    rng = np.random.default_rng(seed)
    values = rng.negative_binomial(course / (phi - 1), 1 / phi).astype(float)
    areas = tuple(f"W{number:03d}" for number in range(len(course)))
    years = first_year + np.arange(course.shape[1]) // 12
    return Counts(values, areas, ("",) * len(areas), years, 12)


def usual(areas: int = 40, mean: float = 10.0, months: int = MONTHS) -> np.ndarray:
    """The same in every area, with a season of 20 %."""
    return np.tile(mean * (1 + 0.2 * np.sin(2 * np.pi * np.arange(months) / 12)), (areas, 1))


def from_month(first: int, times: float, last: int = MONTHS, months: int = MONTHS) -> np.ndarray:
    """A factor per month: `times` from month `first` until before `last`, else 1."""
    month = np.arange(months)
    return np.where((month >= first) & (month < last), times, 1.0)


def slowly(first: int, times: float, over: int, months: int = MONTHS) -> np.ndarray:
    """A factor that grows from 1 to `times`, over so many months."""
    return 1 + (times - 1) * np.clip((np.arange(months) - first + 1) / over, 0, 1)
