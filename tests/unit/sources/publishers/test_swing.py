"""Exports of the site of a gemeente (Swing): names within the gemeente, `?` for unknown, what is not known is named."""

import math

import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.catalogue import Column
from wijkdata.errors import InputError
from wijkdata.loading.figures import importer
from wijkdata.sources import read, recognise
from wijkdata.sources.publishers import swing
from wijkdata.sources.reading.base import Context
from wijkdata.store.monitor import queries, versions

HEADER = "Mosaic;Tegel;Indicator;Eenheid;Periode;gebied / dimensie;Waarde;Bron;Omschrijving\n"
KNOWN = pd.DataFrame(
    [("GM0758", "Breda"), ("WK075801", "Centrum"), ("BU07580100", "Valkenberg"), ("WK075802", "Noord"), ("BU07580200", "Noord"),
     ("GM0599", "Rotterdam"), ("WK059901", "Centrum")], columns=["code", "name"],
)  # fmt: skip


def with_topics(*titles):
    """The catalogue with an own indicator for each of these columns of Swing."""
    shipped = catalogue.load()
    example = shipped.indicators["inwoners"]
    made = {
        f"eigen_{place}": example.model_copy(
            update={"id": f"eigen_{place}", "range": None, "columns": (Column(source="swing", column=title),)}
        )
        for place, title in enumerate(titles)
    }
    return type(shipped)(**{**vars(shipped), "indicators": {**shipped.indicators, **made}})


def row(area, value, period="2021", topic="Bomen", unit="aantal", source="Groenbeheer"):
    return f'"Groen";"Bomen";"{topic}";"{unit}";"{period}";"{area}";"{value}";"{source}";"Alle bomen.";\n'


def reading_of(folder, *rows, topics=("Bomen (aantal)",), known=KNOWN):
    path = folder / "export.csv"
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return read(path, Context(with_topics(*topics), known_areas=known))


def found(reading, indicator="eigen_0"):
    part = reading.observations[reading.observations["indicator"] == indicator]
    return {(one.code, one.period): one.reason if math.isnan(one.value) else one.value for one in part.itertuples()}


def test_areas_by_name_within_the_gemeente_of_the_file(tmp_path):
    reading = reading_of(tmp_path, row("Breda", 900), row("Centrum", 30), row("Valkenberg", "12,5"), row("Noord", 4), row("Jongeren", 5))  # fmt: skip

    assert found(reading) == {("GM0758", 2021): 900, ("WK075801", 2021): 30, ("BU07580100", 2021): 12.5}
    assert reading.rejected[["row", "value", "problem"]].values.tolist() == [
        [5, "Noord", "deze naam past bij 2 gebieden"],
        [6, "Jongeren", "deze naam is geen bekend gebied van de gemeente (of het is een groep mensen)"],
    ]
    assert (reading.rows_read, reading.rows_kept) == (5, 3)


def test_an_unknown_value_is_missing_and_a_period_that_is_not_there_is_no_figure(tmp_path):
    rows = (row("Breda", "?", "november 2021"), row("Breda", 3, "2e kwartaal 2022*"), row("Breda", 7, topic="Perken"))
    reading = reading_of(tmp_path, *rows, topics=("Bomen (aantal)", "Perken (aantal)"))

    assert found(reading) == {("GM0758", 202111): "not_covered", ("GM0758", 20222): 3}
    assert found(reading, "eigen_1") == {("GM0758", 2021): 7}
    assert reading.provisional == (20222,)


def test_what_the_catalogue_does_not_know_is_said(tmp_path):
    reading = reading_of(tmp_path, row("Nederland", 3), row("Breda", 7, topic="Perken", unit="m2"))

    assert found(reading) == {("NL00", 2021): 3}
    assert reading.notes == (
        "Bron volgens het bestand: Groenbeheer.",
        "Niet in de catalogus en niet gelezen: Perken (m2).",
    )


REFUSED = {
    "no known indicator": ([row("Breda", 1, topic="Vijvers")], ("geen indicator", "‘Vijvers (aantal)’ (bron: Groenbeheer)", "pagina Gegevens")),
    "no known area": ([row("Verweggistan", 1)], ("geen enkel gebied", "Verweggistan", "neem de gemeente zelf op")),
    "a dissolved gemeente": ([row("Aalburg", 1)], ("geen enkel gebied",)),
    "a week": ([row("Breda", 1, "week 3 2021")], ("rij 2", "Periode", "een week", "november 2021")),
    "no rows": ([], ("geen rijen",)),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "words"), REFUSED.values(), ids=REFUSED)
def test_refused_in_one_sentence(rows, words, tmp_path):
    with pytest.raises(InputError) as refused:
        reading_of(tmp_path, *rows)
    assert all(word in str(refused.value) for word in words), str(refused.value)


def test_one_area_twice_with_other_figures_is_in_the_account(tmp_path):
    reading = reading_of(tmp_path, row("Breda", 1), row("Breda", 2), row("Centrum", 3), row("Centrum", 3))

    assert found(reading) == {("WK075801", 2021): 3}
    assert reading.rejected["row"].tolist() == [2, 3, 5]


# --- the real exports of Breda ---------------------------------------------------------------------------------------

REAL = {
    "Households on social assistance - Breda.csv": ("Huishoudens met bijstandsuitkeringen totaal (aantal)", 13, {202111: 4380, 202112: 4370, 202211: 4240}),
    "Properties - Breda.csv": ("Woningen (aantal)", 5, {2019: 83793, 2020: "not_covered", 2023: 86727}),
    "House transactions - Breda.csv": ("Transacties totaal (aantal)", 5, {2018: 2659, 2020: 2646, 2022: 2266}),
}  # fmt: skip


@pytest.mark.parametrize(("name", "expected"), REAL.items(), ids=REAL)
def test_the_figures_of_breda_reach_the_store(name, expected, shared, tmp_path):
    column, n, figures = expected
    path = shared / "swing-mosaic-breda" / name
    with pytest.raises(InputError, match="geen indicator uit dit bestand"):
        read(path, Context(catalogue.load()))
    (topic,) = swing.topics(path)
    assert (topic.column, topic.unit) == (column, "aantal") and topic.source

    importer.import_files([path], tmp_path, with_topics(column))
    stored = queries.of_area(versions.require(tmp_path), "GM0758")
    values = {
        one.period: one.reason if math.isnan(one.value) else one.value
        for one in stored[stored["indicator"] == "eigen_0"].itertuples()
    }

    assert len(values) == n
    assert {period: values[period] for period in figures} == figures
    assert recognise(path).name.startswith("export van een site")
