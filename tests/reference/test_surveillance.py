"""The figures of R's `surveillance` 1.20.3, of Python's `esda` and `ruptures`, and published simulations, beside our own."""

import numpy as np
import pandas as pd
import pytest

from wijkdata.analysis.signals import ears, farrington
from wijkdata.analysis.signals.breaks import change_points
from wijkdata.analysis.signals.cusum import cusum, rossi, running_sum, standard
from wijkdata.analysis.signals.expected import expectation
from wijkdata.analysis.signals.moran import local_moran
from wijkdata.analysis.signals.rates import funnel_limits

# The flow of the Nile at Aswan, 1871-1970.
NILE = (
    "1120 1160 963 1210 1160 1160 813 1230 1370 1140 995 935 1110 994 1020 960 1180 799 958 1140 1100 1210 1150 1250 1260 1220 "
    "1030 1100 774 840 874 694 940 833 701 916 692 1020 1050 969 831 726 456 824 702 1120 1100 832 764 821 768 845 864 862 698 "
    "845 744 796 1040 759 781 865 845 944 984 897 822 1010 771 676 649 846 812 742 801 1040 860 874 848 890 744 749 838 1050 "
    "918 986 797 923 975 815 1020 906 901 1170 912 746 919 718 714 740"
)


@pytest.fixture(scope="module")
def folder(reference):
    return reference / "surveillance"


@pytest.fixture(scope="module")
def weeks(folder) -> np.ndarray:
    """Salmonella agona in 312 weeks, one series."""
    return pd.read_csv(folder / "salmonella_agona.csv")["observed"].to_numpy(dtype=float)[None, :]


def same(found, expected: pd.DataFrame, tolerance: float) -> None:
    """The limit and the alarms of the periods of a reference, which are numbered from 1."""
    at = expected["t"].to_numpy() - 1
    assert found.upper[0, at] == pytest.approx(expected["ub"].to_numpy(), abs=tolerance)
    assert found.alarm[0, at].tolist() == (expected["alarm"] == 1).tolist()


def test_farrington_of_weeks(weeks, folder):
    """b = 4, w = 3, alpha = .01. The references stop fitting at another tolerance: 1.4e-4 was measured before."""
    expected = pd.read_csv(folder / "farrington_orig.csv")
    same(farrington.farrington(weeks, 52, years_back=4, half_window=3, alpha=0.01), expected, 1.5e-4)
    assert expected.loc[expected["alarm"] == 1, "t"].tolist() == [284, 285]


def test_farrington_of_four_weeks(weeks, folder):
    """Sums of four weeks, 13 a year: b = 4, w = 1."""
    sums = weeks.reshape(1, -1, 4).sum(axis=2)
    expected = pd.read_csv(folder / "farrington_monthly13.csv")
    same(farrington.farrington(sums, 13, years_back=4, half_window=1, alpha=0.01), expected, 5e-4)


@pytest.mark.parametrize("other", [0.05, 0.001])
def test_another_chance_needs_no_other_fit(weeks, other):
    found, anew = (farrington.farrington(weeks, 52, 4, 3, alpha) for alpha in (0.01, other))
    assert farrington.alarms_at(found, weeks, 0.01, other).tolist() == anew.alarm.tolist()
    found, anew = (ears.ears(weeks, alpha=alpha) for alpha in (0.01, other))
    assert ears.alarms_at(found, weeks, 0.01, other).tolist() == anew.alarm.tolist()


@pytest.mark.parametrize(("name", "lag"), [("ears_C1", 0), ("ears_C2", 2)])
def test_ears(weeks, folder, name, lag):
    same(ears.ears(weeks, baseline=7, lag=lag, alpha=0.001), pd.read_csv(folder / f"{name}.csv"), 1e-12)


@pytest.mark.parametrize(("name", "transform"), [("cusum_standard", standard), ("cusum_rossi", rossi)])
def test_cusum(weeks, folder, name, transform):
    """k = 1.04, h = 2.26, the mean that of the weeks before the first judged."""
    expected = pd.read_csv(folder / f"{name}.csv")
    first = int(expected["t"].iloc[0]) - 1
    mean = weeks[0, :first].mean()
    assert mean == pytest.approx(2.792115, abs=5e-7)
    sums = running_sum(transform(weeks[0, first:], np.full(len(expected), mean)), allowance=1.04)
    assert sums == pytest.approx(expected["stat"].to_numpy(), abs=1e-13)
    assert (sums >= 2.26).tolist() == (expected["alarm"] == 1).tolist()


@pytest.mark.parametrize(
    ("power", "limits"),
    [(1, (1.3073128, 8.6926872)), (1 / 2, (1.9891097, 9.3744842)), (2 / 3, (1.8084477, 9.1154825))],
)
def test_the_limits_of_farrington(power, limits):
    """A test of the package: prediction 5, se .2, phi 1, alpha .05 on either side."""
    assert farrington.threshold(5, 0.2, 1, 0.1, power) == pytest.approx(limits, abs=5e-8)


def test_the_nile_bends_in_1899():
    """`ruptures` with cost l2 and penalty 3 var ln n."""
    assert change_points(np.array(NILE.split(), dtype=float)) == (28,)


@pytest.mark.parametrize(
    ("expected", "level", "limit"),
    [(10, 0.001, 0.1221), (10, 0.025, 0.3775), (10, 0.975, 1.6160), (10, 0.999, 2.0662), (5, 0.999, 2.5543)],
)
def test_exact_funnel_limits(expected, level, limit):
    found = funnel_limits(pd.Series([float(expected)], index=["WK001400"]), [level])
    assert found.loc["WK001400", level] == pytest.approx(limit, abs=5e-5)


def test_local_moran_is_esdas():
    """`Moran_Local.Is` of a row of five areas: (n - 1) z (W z) / z'z, W row-standardised, by hand."""
    values = pd.Series([1.0, 2.0, 4.0, 8.0, 10.0], index=list("abcde"))
    row = {"a": {"b"}, "b": {"a", "c"}, "c": {"b", "d"}, "d": {"c", "e"}, "e": {"d"}}
    z = values.to_numpy() - 5
    weights = np.array(
        [[0, 1, 0, 0, 0], [0.5, 0, 0.5, 0, 0], [0, 0.5, 0, 0.5, 0], [0, 0, 0.5, 0, 0.5], [0, 0, 0, 1, 0]]
    )
    found = local_moran(values, {code: frozenset(around) for code, around in row.items()})
    assert found["i"].to_numpy() == pytest.approx(4 * z * (weights @ z) / (z @ z), abs=1e-12)


# Mean per month, dispersion; the share of 200 series with an alarm within 12 months of a rise to +50 %, and false alarms per
# area-year without one: of CUSUM with h 4, and of Farrington with .01 to either side.
CELLS = {
    (2, 1.5): ((0.20, 0.07), (0.55, 0.59)),
    (5, 1.0): ((0.43, 0.04), (0.47, 0.18)),
    (5, 1.5): ((0.40, 0.05), (0.68, 0.41)),
    (15, 1.0): ((0.84, 0.07), (0.85, 0.23)),
    (15, 1.5): ((0.77, 0.06), (0.80, 0.36)),
}
THEIRS, SERIES, MONTHS, FIRST, RISE = 200, 600, 96, 60, 72
PEAKS = np.arange(SERIES) % 4  # a group each: a season is shared


def drawn(mean: float, phi: float, rng: np.random.Generator, rises: bool) -> np.ndarray:
    """Series with a season of 20 % and, where asked, a rise of 50 % spread over a year from month 73 on.

    When the season peaks is not published, and matters up to .09 of the share found: a quarter of the series each in four months.
    """
    month = np.arange(MONTHS)
    course = 1 + 0.2 * np.sin(2 * np.pi * (month / 12 + PEAKS[:, None] / 4))
    if rises:
        course = course * (1 + 0.5 * np.clip((month - RISE + 1) / 12, 0, 1))
    means = mean * course
    return rng.poisson(means) * 1.0 if phi == 1 else rng.negative_binomial(means / (phi - 1), 1 / phi) * 1.0


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_the_published_simulation(cell):
    """Both figures are drawn, theirs of 200 series and ours of 600: three standard errors of their difference, since there are
    ten of each kind. Alarms come in runs (one outbreak can be called twice), so their number has twice the variance of Poisson."""
    rng = np.random.default_rng(20)
    still, rising = (drawn(*cell, rng, rises) for rises in (False, True))
    for method, (found, false) in zip(("cusum", "farrington"), CELLS[cell], strict=True):
        alarms = [
            (
                cusum(y, expectation(y, 12, PEAKS)) if method == "cusum" else farrington.farrington(y, 12, 4, 1, 0.02)
            ).alarm
            for y in (still, rising)
        ]
        share = alarms[1][:, RISE : RISE + 12].any(axis=1).mean()
        rate = alarms[0][:, FIRST:].sum() / (SERIES * 3)
        drawn_twice = 1 / THEIRS + 1 / SERIES
        assert share == pytest.approx(found, abs=3 * np.sqrt(found * (1 - found) * drawn_twice)), (method, "found")
        assert rate == pytest.approx(false, abs=3 * np.sqrt(2 * false / 3 * drawn_twice)), (method, "false")
