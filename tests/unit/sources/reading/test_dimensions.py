"""Tables with more dimensions than area and period."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkdata import dutch
from wijkdata.errors import InputError
from wijkdata.sources.reading import dimensions

GOOD = st.one_of(
    st.integers(1990, 2100).map(lambda year: (str(year), year)),
    st.integers(1990, 2100).map(lambda year: (f"{year}JJ00", year)),
    st.tuples(st.integers(1990, 2100), st.integers(1, 12)).map(lambda p: (f"{p[0]}MM{p[1]:02d}", p[0] * 100 + p[1])),
    st.tuples(st.integers(1990, 2100), st.integers(1, 12)).map(
        lambda p: (f"{p[0]} {dutch.MONTHS[p[1] - 1]}", p[0] * 100 + p[1])
    ),
)


@given(st.lists(st.tuples(GOOD, st.booleans()), min_size=1, max_size=8))
def test_every_period_is_read_and_stars_are_remembered(cells):
    texts = pd.Series([text + ("*" if star else "") for (text, _), star in cells], name="Perioden")
    read = dimensions.periods(texts, Path("x.csv"))

    assert read.codes.tolist() == [code for (_, code), _ in cells]
    assert set(read.provisional) == {code for (_, code), star in cells if star}


@pytest.mark.parametrize(
    "text", ["", "20", "2023MM13", "2023KW01", "2018W101", "2023 marz", "januari", "1802", "2023 januari 1"]
)
def test_what_is_no_period_is_refused_with_its_row(text, tmp_path):
    with pytest.raises(InputError, match="rij 4, kolom Perioden: dit is geen periode"):
        dimensions.periods(pd.Series(["2020", text], index=[3, 4], name="Perioden"), tmp_path / "x.csv")
