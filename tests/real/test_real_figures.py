"""The publishers' real files: every invariant they promise, and a published figure per source followed into the Reading."""

import json

import numpy as np
import pandas as pd
import pytest

from wijkdata import areas, catalogue, sources
from wijkdata.sources.reading.base import Context, Reading

LBM3 = "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv"
LBM2 = "lbm2-2016-klassen/wijk.json"
LBM2_GEMEENTEN = "lbm2-2016-klassen/gemeente.json"
KWB = "kwb2020-84799NED-v3/cbs.v3.84799NED_TypedDataSet.parquet"
KWB_NAMES = "kwb2020-84799NED-v3/cbs.v3.84799NED_WijkenEnBuurten.parquet"
KWB_2017 = "kwb2017-83765NED-v4-codes/cbs.v4.83765NED_WijkenEnBuurtenCodes.parquet"
SES = "ses-woa-amsterdam-2019/SES_WOA_scores_per_wijk_en_buurt_25042023_160857.csv"
RIVM = "rivm-eenzaamheid-wijk-2016/WijkEenzaamheid2016.csv"
ALL = [LBM3, LBM2, LBM2_GEMEENTEN, KWB, KWB_NAMES, KWB_2017, SES, RIVM]
DIMENSIONS = ["lbm3_fys", "lbm3_onv", "lbm3_soc", "lbm3_vrz", "lbm3_won"]


@pytest.fixture(scope="module")
def read(shared):
    """Read a real file once."""
    done: dict[str, Reading] = {}

    def reading(name):
        if name not in done:
            path = shared / name
            done[name] = sources.read(path, Context(catalogue.load(), other_files=tuple(sorted(path.parent.iterdir()))))
        return done[name]

    return reading


def value(reading, code, indicator, period):
    rows = reading.observations
    row = rows[(rows["code"] == code) & (rows["indicator"] == indicator) & (rows["period"] == period)]
    assert len(row) == 1, f"{code} {indicator} {period}: {len(row)} rows"
    return row["value"].iloc[0]


def table(reading):
    """(code, period) x indicator."""
    return reading.observations.pivot(index=["code", "period"], columns="indicator", values="value")


# As printed in the files, to the last digit.
@pytest.mark.parametrize(
    ("file", "code", "indicator", "period", "published"),
    [
        (LBM3, "WK001400", "lbm3_score", 2002, 4.131519995884998),
        (LBM3, "WK036300", "lbm3_soc", 2022, -0.0834319931570616),
        (LBM3, "WK059923", "lbm3_score", 2022, 3.3274054556714683),
        (LBM2, "WK001400", "lbm2_klasse", 2016, 9),
        (KWB, "WK001400", "inwoners", 2020, 22865),
        (KWB, "WK001400", "afstand_supermarkt", 2020, 0.3),
        (KWB, "WK001400", "bijstand_1000", 2020, 870 / 22865 * 1000),
        (KWB, "NL00", "inwoners", 2020, 17407585),
        (KWB, "BU00140000", "inwoners", 2020, 4330),
        (SES, "WK036300", "ses_woa", 2019, -0.022),
        (SES, "WK036300", "opleiding_laag", 2019, 12.9),
        (SES, "GM0363", "ses_woa", 2019, -0.1),
        (RIVM, "WK051829", "eenzaam", 2016, 65),
        (RIVM, "WK051829", "ernstig_eenzaam", 2016, 25),
        (RIVM, "WK051829", "regie", 2016, 75),
        (RIVM, "WK051829", "gezondheid", 2016, 52),
    ],
)
def test_a_published_figure_arrives(read, file, code, indicator, period, published):
    assert value(read(file), code, indicator, period) == published


@pytest.mark.parametrize("file", ALL)
def test_every_row_is_kept_or_rejected(read, file):
    reading = read(file)

    assert reading.rows_kept + reading.rejected["row"].nunique() == reading.rows_read
    assert reading.observations["value"].isna().equals(reading.observations["reason"].notna())
    assert not reading.observations.duplicated(["code", "indicator", "period"]).any()
    assert np.isfinite(reading.observations["value"].dropna()).all()
    assert (reading.observations["value"].dropna() > -9000).all(), "no missing code became a figure"
    assert not any(areas.is_ghost(code) for code in reading.areas["code"])


@pytest.mark.parametrize(
    ("file", "rows", "kept", "regions"),
    [
        (LBM3, 26_366, 26_366, 3_310),
        (LBM2, 2_981, 2_981, 2_981),
        (LBM2_GEMEENTEN, 390, 390, 390),
        (KWB, 17_341, 17_341, 17_341),
        (KWB_NAMES, 17_341, 17_341, 17_341),
        (KWB_2017, 16_667, 16_667, 16_667),
        (SES, 579, 579, 579),
        (RIVM, 2_983, 2_981, 2_981),
    ],
)
def test_the_files_hold_what_the_publishers_counted(read, file, rows, kept, regions):
    reading = read(file)

    assert (reading.rows_read, reading.rows_kept, len(reading.areas)) == (rows, kept, regions)


@pytest.mark.parametrize(
    ("file", "source", "table_id", "label", "published", "division"),
    [
        (LBM3, "lbm3", "leefbaarometer-3-wijken", "meting 2022", None, 2022),
        (LBM2, "lbm2", "leefbaarometer-2-wijken", "klassen 2002-2016", None, 2016),
        (LBM2_GEMEENTEN, "lbm2", "leefbaarometer-2-gemeenten", "klassen 2002-2016", None, 2016),
        (KWB, "kwb", "84799NED", "2020, stand 26 maart 2021", "2021-03-26", 2020),
        (KWB_2017, "kwb", "83765NED-gebieden", "2017, stand 6 november 2020", "2020-11-06", 2017),
        (SES, "ses_woa", "85163NED-2019-GM0363", "2019", None, 2019),
        (RIVM, "rivm", "rivm-gezondheidsmonitor-2016-wijken", "Gezondheidsmonitor 2016", None, 2016),
    ],
)
def test_the_edition_says_which_publication_it_is(read, file, source, table_id, label, published, division):
    edition = read(file).edition

    assert (edition.source, edition.table, edition.label, edition.published, edition.division) == (
        source,
        table_id,
        label,
        published,
        division,
    )


# --- Leefbaarometer 3.0 ---------------------------------------------------------------------------------------------


def test_the_distance_is_to_one_fixed_reference_in_every_year(read):
    scores = table(read(LBM3))

    assert (scores["lbm3_score"] - scores["lbm3_afw"]).round(8).unique().tolist() == [4.10226485]


def test_the_five_dimensions_add_up(read):
    scores = table(read(LBM3)).dropna()

    assert len(scores) == 3_292 + 3_301 + 3_301 + 3_308
    assert (scores[DIMENSIONS].sum(axis=1) - scores["lbm3_afw"]).abs().max() < 1e-14


def test_dimensions_are_there_in_four_years_and_2016_is_a_gap(read):
    rows = read(LBM3).observations
    years = rows.groupby("indicator")["period"].unique().map(sorted)

    assert years["lbm3_score"] == [2002, 2008, 2012, 2014, 2016, 2018, 2020, 2022]
    assert all(years[name] == [2014, 2018, 2020, 2022] for name in DIMENSIONS)
    assert not (rows["value"] == 0).any()
    assert rows["reason"].isna().all()


def test_the_mean_over_wijken_rises_in_every_year(read):
    means = table(read(LBM3))["lbm3_score"].groupby("period").mean()

    assert means.round(4).tolist() == [4.0957, 4.1008, 4.1149, 4.1268, 4.1422, 4.1459, 4.1511, 4.1532]


def test_the_range_and_the_wijken_with_fewer_years(read):
    scores = table(read(LBM3))["lbm3_score"]

    assert scores.idxmin() == ("WK059923", 2022)
    assert (round(scores.min(), 2), round(scores.max(), 2)) == (3.33, 4.77)
    assert (scores.groupby("code").count() < 8).sum() == 26
    assert "Niet alle 8 jaren: 26 wijken." in read(LBM3).notes


def test_uninhabited_wijken_are_absent(read):
    assert read(LBM3).areas["code"].str.startswith("WK0599").sum() < 91


def test_the_quoted_style_of_2024_reads_the_same(read, shared, tmp_path):
    """Release 2024 quotes text and prints 15 significant digits."""
    frame = pd.read_csv(shared / LBM3, dtype=str, keep_default_na=False)
    for name in frame.columns[3:]:
        frame[name] = frame[name].map(lambda text: text if text == "NA" else f"{float(text):.15g}")
    frame["wk_code"], frame["wk_naam"] = (
        '"' + frame[name].str.replace('"', '""') + '"' for name in ["wk_code", "wk_naam"]
    )
    lines = [",".join(f'"{name}"' for name in frame.columns), *map(",".join, frame.itertuples(index=False))]
    path = tmp_path / "x.csv"
    path.write_text("\n".join(lines), encoding="utf-8")

    again = sources.read(path, Context(catalogue.load()))
    plain = read(LBM3)
    assert again.observations[["code", "indicator", "period"]].equals(
        plain.observations[["code", "indicator", "period"]]
    )
    assert (again.observations["value"] - plain.observations["value"]).abs().max() < 1e-14
    assert again.areas.equals(plain.areas)


def test_versions_2_and_3_agree_in_rank_only(read):
    new, old = (read(name).observations for name in (LBM3, LBM2))
    both = pd.merge(
        new[(new["indicator"] == "lbm3_score") & (new["period"] == 2016)], old[old["period"] == 2016], on="code"
    )

    assert len(both) == 2_498
    both = both.dropna(subset=["value_x", "value_y"])
    assert round(both["value_x"].rank().corr(both["value_y"].rank()), 2) == 0.73


@pytest.mark.parametrize(
    ("file", "share"),
    [(RIVM, 75.7), (KWB_2017, 79.5), (KWB, 91.5)],
    ids=["2016", "2017", "2020"],
)
def test_the_release_of_2022_is_on_a_later_division_than_these(read, file, share):
    """The join matrix: the closer to 2022, the more codes are found."""
    codes = read(LBM3).areas["code"]

    assert codes.isin(read(file).areas["code"]).mean() * 100 == pytest.approx(share, abs=0.05)


# --- the others -----------------------------------------------------------------------------------------------------


def test_leefbaarometer_2_keeps_every_class(read, shared):
    published = json.loads((shared / LBM2).read_text(encoding="utf-8"))
    filled = sum(entry[key] is not None for entry in published.values() for key in entry if key.startswith("KL"))

    rows = read(LBM2).observations
    assert rows["value"].notna().sum() == filled == 14_066
    assert rows["value"].dropna().isin(range(1, 10)).all()
    assert rows["period"].unique().tolist() == [2002, 2008, 2012, 2014, 2016]


def test_leefbaarometer_2_and_rivm_are_on_the_same_wijken(read):
    assert set(read(LBM2).areas["code"]) <= set(read(RIVM).areas["code"])


def test_rivm_rejects_the_wijk_that_is_there_three_times(read):
    rejected = read(RIVM).rejected

    assert rejected["value"].tolist() == ["WK191104", "WK191104"]
    assert rejected["row"].tolist() == [2826, 2827]
    assert value(read(RIVM), "WK191104", "inwoners", 2016) == 8_460


def test_rivm_empties_are_wijken_where_nobody_lives(read):
    rows = read(RIVM).observations
    empty = rows[(rows["indicator"] == "eenzaam") & rows["value"].isna()]

    assert len(empty) == 33
    assert set(empty["reason"]) == {"few_residents"}
    people = table(read(RIVM))["inwoners"].droplevel("period")
    assert people[empty["code"]].max() <= 15


def test_lonely_wijken_score_lower(read):
    """Two publishers, one year: r = -0.54 with loneliness, 0.54 with control over one's own life.

    2,498 wijken; a join on the raw file gives 2,500, for it holds WK191104 three times.
    """
    score = table(read(LBM3)).xs(2016, level="period")["lbm3_score"]
    health = table(read(RIVM)).xs(2016, level="period")
    joined = health.join(score, how="inner")

    assert len(joined) == 2_498
    assert round(joined["eenzaam"].corr(joined["lbm3_score"]), 2) == -0.54
    assert round(joined["regie"].corr(joined["lbm3_score"]), 2) == 0.54


def test_kwb_zero_is_real_and_a_null_is_not_zero(read):
    people = table(read(KWB))["inwoners"].droplevel("period")
    rows = read(KWB).observations

    assert (people[people.index.str.startswith("BU")] == 0).sum() == 465
    density = rows[rows["indicator"] == "dichtheid"]
    assert density["value"].isna().sum() == 690
    assert set(density.loc[density["value"].isna(), "reason"]) == {"suppressed", "few_residents"}


def test_kwb_counts_of_buurten_are_multiples_of_five(read):
    people = table(read(KWB))["inwoners"].droplevel("period")

    assert (people[people.index.str.startswith("BU")] % 5 == 0).all()
    assert any("vijftallen" in note for note in read(KWB).notes)


def test_kwb_benefits_cover_nearly_all_wijken(read):
    rows = read(KWB).observations
    wijken = rows[rows["code"].str.startswith("WK")]
    share = wijken["value"].notna().groupby(wijken["indicator"]).mean() * 100

    assert share[["bijstand_1000", "ao_1000", "ww_1000"]].round(1).tolist() == [97.6, 97.6, 97.6]
    assert share[["afstand_supermarkt", "afstand_kinderopvang"]].round(1).tolist() == [99.2, 99.2]


def test_kwb_says_which_areas_changed(read):
    regions = read(KWB).areas
    below = regions[regions["code"].str[:2].isin(["WK", "BU"])]

    assert below["change"].value_counts().to_dict() == {1: 16_060, 2: 136, 3: 789}
    assert regions.loc[~regions.index.isin(below.index), "change"].isna().all()


def test_kwb_names_are_trimmed_and_no_key(read):
    regions = read(KWB).areas

    assert regions["name"].notna().all()
    assert (regions["name"] == regions["name"].str.strip()).all()
    assert (regions["name"] == "Centrum").sum() == 66


def test_statline_padding_is_gone_and_hidden_is_hidden(read):
    reading = read(SES)
    rows = reading.observations

    assert reading.areas["code"].str.fullmatch(r"GM\d{4}|WK\d{6}|BU\d{8}").all()
    wijken = rows[(rows["indicator"] == "ses_woa") & rows["code"].str.startswith("WK")]
    assert (len(wijken), wijken["value"].notna().sum()) == (99, 98)
    assert set(rows["reason"].dropna()) == {"suppressed"}
