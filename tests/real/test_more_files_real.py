"""Reading in one more real file never takes away a comparison of a pillar between years."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.loading.figures import importer
from wijkdata.questions.shared import scores
from wijkdata.store.monitor import versions

FIRST = ("pdok-wijken-2024/wijken_2024.geojson", "lbm3-wijken-2002-2022/Leefbaarometer-scores wijken 2002-2022.csv")


@pytest.fixture(scope="module")
def first(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    importer.import_files([shared / name for name in FIRST], folder, catalogue.load())
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "rivm-eenzaamheid-wijk-2016/WijkEenzaamheid2016.csv",
        "rivm-50090NED-2012-2016-2020/2016_18+.xlsx",
        "rivm-50090NED-2012-2016-2020/RIVM_gezondheid2020_18+.xlsx",
        "kwb2020-84799NED-v3/cbs.v3.84799NED_TypedDataSet.parquet",
    ],
)
def test_one_more_file_ends_no_comparison(name, first, shared, tmp_path):
    """Of a wijk that still has a score: without figures in the new file too little of what is expected counts there."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    importer.import_files([shared / name], tmp_path, catalogue.load())
    before, after = _scored(first), _scored(tmp_path)
    both = before.join(after, rsuffix="_after")
    newest = both[~both.index.droplevel("period").duplicated(keep="last")]
    scored = newest.index.droplevel("period")[newest["made_of_after"].notna()]
    both = both[both.index.droplevel("period").isin(scored)]
    assert len(both) > 5000
    n = both.groupby(["pillar", "code"]).nunique(dropna=False)
    assert (n["made_of"] == 1).all()
    assert n[n["made_of_after"] > 1].index.tolist() == []


def _scored(folder: Path) -> pd.DataFrame:
    """The scores of years in which something was measured, by pillar, code and period; also where a file shows that few people
    lived there then."""
    table = scores.score_table(versions.require(folder), Level.WIJK, fictional=False)
    table = table[table["fresh"] & table["position"].notna()]
    return table.set_index(["pillar", "code", "period"])[["made_of"]].sort_index()
