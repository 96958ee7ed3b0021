"""Area codes are text: padding, lost zeros, letters and years of division, and what is no code at all."""

import pandas as pd
import pytest

from wijkdata import areas
from wijkdata.areas import Level


@pytest.mark.parametrize(
    ("raw", "level", "code"),
    [
        ("WK168000  ", None, "WK168000"),
        ("bu0363aa01", None, "BU0363AA01"),
        ("2024BU03080000", None, "BU03080000"),
        ("NL01      ", None, "NL00"),
        ("03080000", Level.BUURT, "BU03080000"),
        ("6290100", Level.BUURT, "BU06290100"),
        (3, Level.GEMEENTE, "GM0003"),
        ("001417", Level.WIJK, "WK001417"),
        ("NL00", None, "NL00"),
        ("03080000", None, None),
        ("WK16800", None, None),
        ("Centrum", Level.WIJK, None),
        ("", None, None),
        (None, None, None),
        ("0", Level.GEMEENTE, None),
    ],
)
def test_normalise(raw, level, code):
    assert areas.normalise(raw, level) == code


def test_a_column_keeps_its_index_and_says_none_for_what_is_no_code():
    column = pd.Series(["WK001400 ", "onbekend", None], index=[5, 7, 9])
    assert areas.normalise_all(column).to_dict() == {5: "WK001400", 7: None, 9: None}


@pytest.mark.parametrize(
    ("code", "level", "municipality", "wijk"),
    [
        ("NL00", Level.LAND, None, None),
        ("GM0363", Level.GEMEENTE, "GM0363", None),
        ("WK036300", Level.WIJK, "GM0363", "WK036300"),
        ("BU0363AA01", Level.BUURT, "GM0363", "WK0363AA"),
    ],
)
def test_what_a_code_says_of_itself(code, level, municipality, wijk):
    assert (areas.level_of(code), areas.municipality_of(code), areas.wijk_of(code)) == (level, municipality, wijk)


@pytest.mark.parametrize(
    ("code", "fictional", "ghost"),
    [("WK970101", True, False), ("WK036300", False, False), ("WK099899", False, True), ("GM9999", False, True)],
)
def test_fictional_and_ghost(code, fictional, ghost):
    assert (areas.is_fictional(code), areas.is_ghost(code)) == (fictional, ghost)


def test_no_real_municipality_has_a_fictional_code(shared):
    import pyarrow.parquet as pq

    folder = shared / "kwb2020-84799NED-v3"
    codes = pq.read_table(folder / "cbs.v3.84799NED_WijkenEnBuurten.parquet", columns=["Key"])["Key"].to_pylist()
    assert len(codes) > 17_000
    assert not any(areas.is_fictional(code.strip()) for code in codes)
