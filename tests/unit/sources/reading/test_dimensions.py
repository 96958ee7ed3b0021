"""Tables with more dimensions than area and period; tables of OData v3 in any file."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkdata import dutch
from wijkdata.errors import InputError
from wijkdata.sources.reading import dimensions, odata3

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


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (("Roker_11", "Eenzaam_28"), ["Roker", "Eenzaam"]),
        (("Binnen1Km_6", "Binnen1Km_25", "ID"), ["Binnen1Km_6", "Binnen1Km_25", "ID"]),
        (("HeelVeelStressInAfgelopen4Weken_26",), ["HeelVeelStressInAfgelopen4Weken"]),
        ((), []),
    ],
)
def test_short_names(published, expected):
    assert list(odata3.short_names(published).values()) == expected


@given(st.lists(st.from_regex(r"[A-Z][a-z]{0,3}(_[0-9]{1,3})?", fullmatch=True), unique=True, max_size=8))
def test_short_names_never_make_two_columns_one(published):
    names = odata3.short_names(tuple(published))
    assert len(set(names.values())) == len(published)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            ["Wijken en buurten", "Regioaanduiding/Codering (code)"],
            ["Regioaanduiding/Codering (code)", "Wijken en buurten"],
        ),
        (["Regio's (code)", "X"], ["Regio's (code)"]),
        (["Area"], []),
    ],
)
def test_columns_of_areas_with_codes_first(columns, expected):
    assert dimensions.area_columns(columns) == expected
