"""Tables with more dimensions than area and period."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkdata import catalogue, dutch, sources
from wijkdata.errors import InputError
from wijkdata.sources.reading import dimensions
from wijkdata.sources.reading.base import Context

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


@pytest.mark.parametrize("text", ["", "20", "2023MM13", "2018W101", "2023 marz", "januari", "1802", "2023 januari 1"])
def test_what_is_no_period_is_refused_with_its_row(text, tmp_path):
    with pytest.raises(InputError, match="rij 4, kolom Perioden: dit is geen periode"):
        dimensions.periods(pd.Series(["2020", text], index=[3, 4], name="Perioden"), tmp_path / "x.csv")


def _statline_by_sex(tmp_path: Path, *sexes: str) -> Path:
    rows = (f'"{sex}";"Zaanstad";"GM0479";"{100 + n}"\n' for n, sex in enumerate(sexes))
    header = '"Geslacht";"Wijken en buurten";"Codering (code)";"Bevolking/Aantal inwoners (aantal)"\n'
    path = tmp_path / "kerncijfers_2020.csv"
    path.write_text(header + "".join(rows), encoding="utf-8")
    return path


def test_a_table_about_a_part_of_the_people_is_no_figure_of_the_area(tmp_path):
    path = _statline_by_sex(tmp_path, "Mannen")

    with pytest.raises(InputError, match=r"kolom Geslacht: deze tabel gaat over een deel .*‘Mannen’.*het totaal"):
        sources.read(path, Context(catalogue.load()))


def test_of_a_table_with_parts_the_total_is_read_and_the_parts_are_rejected(tmp_path):
    path = _statline_by_sex(tmp_path, "Mannen", "Totaal mannen en vrouwen", "Vrouwen")

    reading = sources.read(path, Context(catalogue.load()))

    assert reading.observations[["code", "indicator", "value"]].to_numpy().tolist() == [["GM0479", "inwoners", 101.0]]
    assert reading.rejected[["row", "column", "value"]].to_numpy().tolist() == [
        [2, "Geslacht", "Mannen"],
        [4, "Geslacht", "Vrouwen"],
    ]
    assert (reading.rows_read, reading.rows_kept) == (3, 1)
