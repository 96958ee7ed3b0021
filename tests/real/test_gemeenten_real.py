"""The list of gemeenten against the publishers' files: the same codes in every year, under a name that the list knows."""

import json

import pandas as pd
import pyarrow.parquet
import pytest

from wijkdata.areas import is_ghost
from wijkdata.reference.gemeenten import every, exists, find

KWB_2017 = "kwb2017-83765NED-v4-codes/cbs.v4.83765NED_WijkenEnBuurtenCodes.parquet"
KWB_2020 = "kwb2020-84799NED-v3/cbs.v3.84799NED_WijkenEnBuurten.parquet"
KWB_2024 = "kwb2024-statline-nationaal/Kerncijfers_wijken_en_buurten_2024_geslachten.csv"
WIJKEN_2016 = "wijken-2016/wijk_2016_6.geojson"
WIJKEN_2024 = "pdok-wijken-2024/wijken_2024.geojson"
LBM2 = "lbm2-2016-klassen/gemeente.json"


def of_parquet(path, code: str) -> dict[str, str]:
    table = pyarrow.parquet.read_table(path, columns=[code, "Title"]).to_pandas()
    return dict(zip(table[code].str.strip(), table["Title"].str.strip(), strict=True))


def of_statline(path) -> dict[str, str]:
    table = pd.read_csv(path, sep=";", dtype=str, encoding="utf-8-sig", usecols=[1, 3])
    return dict(zip(table.iloc[:, 1].str.strip(), table.iloc[:, 0].str.strip(), strict=True))


def of_borders(path, code: str, name: str) -> dict[str, str]:
    wijken = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {wijk["properties"][code]: wijk["properties"][name] for wijk in wijken}


READERS = {
    (2016, WIJKEN_2016): lambda path: of_borders(path, "GMC", "GMN"),
    (2017, KWB_2017): lambda path: of_parquet(path, "Identifier"),
    (2020, KWB_2020): lambda path: of_parquet(path, "Key"),
    (2024, KWB_2024): of_statline,
    (2024, WIJKEN_2024): lambda path: of_borders(path, "gemeentecode", "gemeentenaam"),
}


@pytest.mark.parametrize(("year", "name"), READERS)
def test_the_codes_and_names_of_a_year(shared, year, name):
    published = READERS[year, name](shared / name)
    published = {code: title for code, title in published.items() if code.startswith("GM") and not is_ghost(code)}
    assert {code for code in every() if exists(code, year)} == set(published)
    unknown = {code: title for code, title in published.items() if every()[code] not in find(title)}
    assert unknown == {}


def test_the_codes_of_the_older_leefbaarometer(shared):
    published = json.loads((shared / LBM2).read_text(encoding="utf-8"))
    assert {code for code in every() if exists(code, 2016)} == set(published)
