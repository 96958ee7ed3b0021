"""COINr (R) on the ASEM data: the parts of its chain that wijkdata has, against its own output.

Applicable: percentile places, z-scores, min-max, plain hierarchical means. Not applicable, and not in wijkdata:
denomination (the catalogue does that at import), winsorising (z is clipped instead), weights, geometric means.
"""

import numpy as np
import pandas as pd
import pytest

from wijkdata.analysis.pillars import pillar_scores, plain_mean
from wijkdata.analysis.position import percent_place
from wijkdata.analysis.uncertainty import rank_uncertainty
from wijkdata.analysis.zscores import Reference
from wijkdata.areas import Level
from wijkdata.catalogue import Indicator

# The CSVs hold 15 significant digits of numbers up to 100: the last digit is 1e-13, and sums of a few add up.
TOLERANCE = 1e-12


def table(folder, name):
    return pd.read_csv(folder / "coinr" / f"coinr_{name}.csv", encoding="utf-8", index_col="uCode")


@pytest.fixture(scope="module")
def meta(reference):
    frame = pd.read_csv(reference / "coinr" / "iMeta.csv", encoding="utf-8").set_index("iCode")
    return frame[frame["Type"] == "Indicator"]


@pytest.fixture(scope="module")
def treated(reference, meta):
    """The treated data with COINr's directions: high is good."""
    return table(reference, "Treated")[meta.index] * meta["Direction"]


def test_percentile_places_exactly_except_three_cells_of_one_column(reference, treated):
    """Those three are ties that the CSV made by rounding; the next test undoes that."""
    difference = (treated.apply(percent_place) - table(reference, "prank")).abs() > TOLERANCE
    assert difference.sum().loc[lambda n: n > 0].to_dict() == {"TolMin": 3}
    assert difference.index[difference["TolMin"]].tolist() == ["BGR", "CZE", "NOR"]


def test_the_three_cells_agree_too_with_the_unrounded_figures(reference, treated):
    """`iData.csv` keeps 17 digits: Greece 5.1000000000000005 beside 5.1, Japan 3.4000000000000004 beside 3.4."""
    raw = pd.read_csv(reference / "coinr" / "iData.csv", encoding="utf-8").set_index("uCode")["TolMin"]
    raw = raw.reindex(treated.index)
    untreated = (treated["TolMin"] + raw).abs() < 1e-9  # winsorised cells keep their treated value
    place = percent_place(treated["TolMin"].mask(untreated, -raw))
    pd.testing.assert_series_equal(place, table(reference, "prank")["TolMin"], atol=TOLERANCE, rtol=0)


class Pillar:
    """The treated data as wijkdata's own input: countries stand in for wijken, indicators keep their directions."""

    def __init__(self, treated, meta, population=5_000.0):
        self.codes = dict(zip(treated.index, (f"WK{i:06d}" for i in range(len(treated))), strict=True))
        self.indicators = {
            code: Indicator(
                id=code,
                title=f"Titel {code}",
                short=f"Kort {code}",
                description="Een indicator van ASEM.",
                unit="score",
                unit_kind="score",
                decimals=1,
                higher_is="better" if row["Direction"] > 0 else "worse",
                pillar="index",
                theme=row["Parent"],
                role="score",
                evidence="measured",
                reference_year=2018,
                series=f"reeks {code}",
            )
            for code, row in meta.iterrows()
        }
        x = treated * meta["Direction"]
        long = x.rename(index=self.codes).rename_axis("code").reset_index().melt("code", var_name="indicator")
        self.observations = long.assign(period=2018)
        # COINr's z uses the sample sd (ddof 1) of its own data: given here as the reference moments.
        rows = [(c, "wijk", 2018, x[c].mean(), x[c].std(), int(x[c].count())) for c in x]
        columns = ["indicator", "level", "base_year", "mean", "sd", "n"]
        self.moments = pd.DataFrame([*rows, ("pillar:index", "wijk", 2018, 0.0, 1.0, len(x))], columns=columns)
        self.population = pd.Series(population, index=list(self.codes.values()))
        self.scores = pillar_scores(
            self.observations, self.indicators.values(), Reference(self.moments, Level.WIJK, self.population), [2018]
        )


@pytest.fixture(scope="module")
def asem(treated, meta):
    return Pillar(treated, meta)


def test_z_scores(reference, asem):
    """COINr's z has mean 10 and sd 2."""
    wide = asem.scores.details.pivot(index="code", columns="indicator", values="z_unclipped")
    ours = wide.loc[list(asem.codes.values())].to_numpy() * 2 + 10
    theirs = table(reference, "z")[wide.columns].to_numpy()
    np.testing.assert_allclose(ours, theirs, atol=TOLERANCE, rtol=0)
    assert np.isnan(ours).sum() == 65  # missing stays missing


def test_pillar_is_the_plain_mean_of_plain_theme_means(reference, asem, meta):
    """The reference has no z-scored index: the means are taken of COINr's own z, clipped, theme by theme."""
    z = ((table(reference, "z")[meta.index] - 10) / 2).clip(-3, 3)
    themes = pd.DataFrame({name: z[list(group.index)].mean(axis=1) for name, group in meta.groupby("Parent")})
    counted = z.notna().sum(axis=1) * 3 >= 49 * 2
    expected = themes.mean(axis=1).where(counted & themes.notna().all(axis=1))
    ours = asem.scores.table.set_index("code")["raw"].loc[list(asem.codes.values())]
    np.testing.assert_allclose(ours.to_numpy(), expected.to_numpy(), atol=TOLERANCE, rtol=0)
    assert expected.notna().sum() == 51


def test_min_max_and_hierarchical_means_give_the_published_theme_scores(reference, treated, meta):
    """Min-max as in a draw of the uncertainty, plain means as in a pillar: COINr's 8 sub-indices and its index."""
    low, high = treated.min(), treated.max()
    normalised = (treated - low) / (high - low) * 100
    np.testing.assert_allclose(normalised, table(reference, "Normalised")[meta.index], atol=TOLERANCE, rtol=0)
    published = table(reference, "Aggregated")
    themes = {}
    for name, group in meta.groupby("Parent"):
        values = normalised[list(group.index)].to_numpy().T
        themes[name] = plain_mean(values, ~np.isnan(values))
        np.testing.assert_allclose(themes[name], published[name], atol=TOLERANCE, rtol=0)
    halves = (
        ["Physical", "ConEcFin", "Political", "Instit", "P2P"],
        ["Environ", "Social", "SusEcFin"],
    )
    index = np.mean([np.mean([themes[name] for name in half], axis=0) for half in halves], axis=0)
    np.testing.assert_allclose(index, published["Index"], atol=TOLERANCE, rtol=0)
    top = pd.Series(index, index=published.index).nlargest(5).to_dict()
    printed = {"CHE": 68.6214, "NLD": 65.1651, "DNK": 65.0410, "NOR": 64.6072, "BEL": 64.1121}
    assert list(top) == list(printed)
    assert top == pytest.approx(printed, abs=1e-4)  # printed to four decimals, the last of Belgium cut off


def test_rank_intervals_have_the_size_of_coinrs(asem):
    """COINr's own uncertainty run (other draws, other index): median rank shift 2, widest 90% interval 13 of 51.

    Only the size can be compared: its draws are random, it varies weights by 25% and drops nothing. So the bounds are
    wide: a median shift of at most 3 ranks and a widest interval between 5 and 30 of 51.
    """
    ranks = rank_uncertainty(asem.scores, asem.indicators, "index", 2018, list(asem.codes.values())).table
    assert (ranks["median_rank"] - ranks["rank"]).abs().median() <= 3
    assert 5 <= (ranks["high"] - ranks["low"]).max() <= 30
