"""Tables as gemeenten and researchers really have them, read by the recipe that is proposed, with five decisions at most."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.catalogue import HigherIs
from wijkdata.errors import InputError
from wijkdata.sources.reading.base import Context
from wijkdata.sources.recipes import applying, making
from wijkdata.sources.recipes.applying import Applied
from wijkdata.sources.recipes.guess import Guess, guess
from wijkdata.sources.recipes.making import Decisions, NewIndicator, NewSource
from wijkdata.sources.recipes.recipe import Period, When

BREDA = "breda-buurten-lokale-codes"
KWB = "kwb2024-statline-nationaal/Kerncijfers_wijken_en_buurten_2024_geslachten.csv"


@pytest.fixture(scope="module")
def known(shared: Path) -> pd.DataFrame:
    """Codes and names of every area of 2024."""
    frame = pd.read_csv(shared / KWB, sep=";", encoding="utf-8-sig", dtype=str)
    code = next(name for name in frame.columns if "Codering" in name)
    return pd.DataFrame({"code": frame[code].str.strip(), "name": frame[frame.columns[0]].str.strip()})


def read(path: Path, known: pd.DataFrame, year: int | None = None) -> tuple[Guess, Applied]:
    """Read a table as proposed; the decisions are publisher, direction and unit for all, and the year where none is given."""
    context = Context(catalogue.load(), known_areas=known)
    found = guess(path, context)
    period = found.period or Period(where=When.YEAR, year=year)
    columns = {
        header: one if isinstance(one, str) else replace(one, unit=one.unit or "aantal", higher_is=HigherIs.NEUTRAL)
        for header, one in making.proposed_columns(found.figures).items()
    }
    assert all(isinstance(one, str | NewIndicator) for one in columns.values())
    decisions = Decisions("Proef", NewSource("Gemeente", "Proef"), found.area, period, columns)
    recipe = making.make(found, decisions, context.catalogue)
    with_source = catalogue.add_own(context.catalogue, "bronnen.toml", recipe.sources)
    everything = catalogue.add_own(with_source, "indicatoren.toml", recipe.indicators)
    return found, applying.apply(recipe, path, replace(context, catalogue=everything), year=year)


def value(applied: Applied, code: str, column: str, period: int) -> float:
    rows = applied.reading.observations
    chosen = rows[(rows["code"] == code) & rows["indicator"].str.contains(column) & (rows["period"] == period)]
    return float(chosen["value"].iloc[0])


def test_house_prices_of_breda_by_name_with_years_in_the_headers(shared, known):
    found, applied = read(shared / BREDA / "Housing Prices 2015-2022.csv", known)
    assert (applied.reading.rows_read, applied.reading.rows_kept) == (57, 54)
    assert applied.placed.left == ("Centrum", "Niew Wolfslaar", "Prisenbeek")
    assert found.suggestions["Niew Wolfslaar"] == (("BU07580701", "Nieuw Wolfslaar"),)
    assert value(applied, "BU07580001", "housing", 2015) == 187_000
    assert value(applied, "BU07580001", "housing", 2019) == 225_000
    assert value(applied, "BU07581009", "housing", 2022) == 765_000


def test_population_of_breda_with_two_levels_in_one_column(shared, known):
    _, applied = read(shared / BREDA / "population.csv", known, 2022)
    assert applied.reading.rows_kept == 67
    assert value(applied, "WK075800", "inhabitants", 2022) == 15_265
    assert value(applied, "BU07580500", "addresses", 2022) == 1_118
    assert value(applied, "BU07581009", "houses", 2022) == 53


def test_proximity_of_breda_is_a_long_table_with_three_columns_of_words(shared, known):
    found, applied = read(shared / BREDA / "proximity.csv", known, 2022)
    assert found.long is not None and len(found.long.indicator) == 3
    assert value(applied, "BU07580700", "daycare_centres_within_1_km", 2022) == 1.7
    assert applied.reading.rows_read == applied.reading.rows_kept + applied.reading.rejected["row"].nunique()


def test_a_table_that_a_browser_translated_is_refused_and_no_name_is_guessed(shared, known):
    with pytest.raises(InputError, match="lijken vertaald") as error:
        read(shared / BREDA / "nuisance.csv", known, 2022)
    assert "haal de tabel opnieuw op zonder vertaling" in str(error.value)
    found = guess(shared / BREDA / "nuisance.csv", Context(catalogue.load(), known_areas=known))
    assert "Witch wheel" in found.translated
    assert set(found.suggestions.values()) == {()}


def test_demographics_of_zwolle(shared, known):
    found, applied = read(shared / "zwolle-buurten" / "demographics-buurt-2015.csv", known)
    assert applied.placed.left == ("De Tippe", "Onbekend")
    assert {one.indicator for one in found.figures if one.indicator} >= {"inwoners", "minima_105"}
    assert value(applied, "BU01931000", "woningen", 2015) == 1_253
    assert value(applied, "BU01935210", "minima_105", 2015) == 8


def test_the_panel_of_wijken_says_which_years_are_empty(shared, known):
    _, applied = read(shared / "wijkpanel-2009-2022" / "df_numeric_ver_6.csv", known)
    reading = applied.reading
    assert (reading.rows_read, reading.rows_kept, reading.observations["code"].nunique()) == (2674, 2674, 191)
    assert any("income_mean is voor 2009 en 2010 leeg" in note for note in reading.notes)
    assert any("zvwkostentotaal_mean is voor 2021 en 2022 leeg" in note for note in reading.notes)
    assert value(applied, "WK178304", "age_mean", 2009) == 38.6253443657389


def test_tiles_of_an_incijfers_site(shared, known):
    folder = shared / "swing-mosaic-breda"
    _, months = read(folder / "Households on social assistance - Breda.csv", known)
    assert len(months.reading.observations) == 13
    assert value(months, "GM0758", "bijstand", 202111) == 4_380
    assert value(months, "GM0758", "bijstand", 202211) == 4_240
    found, homes = read(folder / "Properties - Breda.csv", known)
    assert pd.isna(value(homes, "GM0758", "woningen", 2020))
    assert value(homes, "GM0758", "woningen", 2021) == 85_230
    assert found.figures[0].unit == "aantal"
