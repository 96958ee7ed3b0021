"""The health monitor of 18 years or older, in each form in which it is handed out."""

import json

import pandas as pd
import pytest
from bad_files import HEALTH, HEALTH_STATLINE, parquet, xlsx

from wijkdata import catalogue, sources
from wijkdata.sources.reading.base import Context

HEADER, *ROWS = [[cell.strip('"') for cell in line.split(";")] for line in HEALTH.splitlines()]


def read(content, folder, name="gezondheid.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return sources.read(path, Context(catalogue.load()))


def found(reading, indicator):
    rows = reading.observations[reading.observations["indicator"] == indicator]
    return {
        (row.code, row.period): row.reason if pd.isna(row.value) else row.value for row in rows.itertuples(index=False)
    }


def as_json():
    rows = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    return json.dumps({"odata.metadata": "https://x.nl/ODataApi/OData/50090NED/$metadata", "value": rows})


def as_parquet():
    return parquet({name: [row[place] or None for row in ROWS] for place, name in enumerate(HEADER)})


def as_xlsx():
    return xlsx(tuple(HEADER), *(tuple([float(row[0]), 20300.0, *row[2:]]) for row in ROWS))


@pytest.mark.parametrize(
    ("name", "content"),
    [("g.csv", HEALTH), ("g.json", as_json()), ("g.parquet", as_parquet()), ("g.xlsx", as_xlsx())],
)
def test_every_form_of_odata_reads_the_same(name, content, tmp_path):
    reading = read(content, tmp_path, name)

    assert found(reading, "eenzaam_18") == {
        ("NL00", 2012): 39.6,
        ("WK970101", 2012): 35.5,
        ("WK970102", 2012): "suppressed",
    }
    assert set(found(reading, "vrijwilligers_18").values()) == {"not_asked"}
    assert (reading.edition.source, reading.edition.table) == ("rivm_monitor", "50090NED-2012")
    assert (reading.edition.division, reading.edition.division_given) == (2020, True)
    assert (reading.rows_read, reading.rows_kept) == (3, 3)


def test_a_topic_that_was_asked_and_is_empty_for_one_area_is_not_covered(tmp_path):
    reading = read(HEALTH.replace('"    39.6";""\n', '"    39.6";"28.9"\n'), tmp_path)

    assert found(reading, "vrijwilligers_18") == {
        ("NL00", 2012): 28.9,
        ("WK970101", 2012): "not_covered",
        ("WK970102", 2012): "not_covered",
    }


def test_what_was_asked_is_told_apart_per_wave(tmp_path):
    later = '3;20300;"MW00000";"WK970101  ";"2016JJ00";"Voorbeeld";"20.0";"41.0";"25.5"\n'
    reading = read(HEALTH + later, tmp_path)

    assert found(reading, "vrijwilligers_18")["WK970101", 2016] == 25.5
    assert found(reading, "vrijwilligers_18")["WK970101", 2012] == "not_asked"
    assert reading.edition.table == "50090NED-2012-2016"
    assert "Niet gevraagd in 2012: 1 onderwerp." in reading.notes


def test_model_estimates_are_said_to_be(tmp_path):
    assert "Alle cijfers zijn schattingen met een model." in read(HEALTH, tmp_path).notes


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('9;80200;"MW00000";"WK970101  ";"2012JJ00";"V";"1";"2";""\n', "andere leeftijd"),
        ('9;20300;"MOG0095";"WK970101  ";"2012JJ00";"V";"1";"2";""\n', "grens van de marge"),
        ('9;20300;"MW00000";"PV20      ";"2012JJ00";"V";"1";"2";""\n', "geen gebiedscode"),
        ('9;20300;"MW00000";"WK970101  ";"2012JJ00";"V";"1";"140";""\n', "tussen 0 en 100"),
        ('9;20300;"MW00000";"WK970103  ";"2012JJ00";"V";"veel";"2";""\n', "geen getal"),
    ],
)
def test_a_row_that_is_not_read_says_why(row, problem, tmp_path):
    reading = read(HEALTH + row, tmp_path)

    assert 5 in reading.rejected["row"].tolist()
    assert problem in " ".join(reading.rejected["problem"]) or "meer dan eens" in " ".join(reading.rejected["problem"])
    assert reading.rows_kept + reading.rejected["row"].nunique() == reading.rows_read


def test_statline_has_other_words_for_the_same_topics(tmp_path):
    reading = read(HEALTH_STATLINE, tmp_path)

    assert found(reading, "eenzaam_18") == {("WK970101", 2020): 47.0, ("WK970102", 2020): 41.0}
    assert found(reading, "ervaren_gezondheid_18") == {("WK970101", 2020): 78.4, ("WK970102", 2020): 80.1}
    assert found(reading, "mantelzorger_18") == {("WK970101", 2020): "suppressed", ("WK970102", 2020): 12.0}
    assert reading.areas.set_index("code")["name"].to_dict() == {"WK970101": "Binnenstad", "WK970102": "Nieuwbouw"}


@pytest.mark.parametrize(
    ("heading", "indicator"),
    [
        ("Rokers (%)", "roker_18"),
        ("Roker (%)", "roker_18"),
        ("Mantelzorg geven/Mantelzorger (%)", "mantelzorger_18"),
        ("Eén of meer langdurige aandoeningen (%)", "aandoening_18"),
        ("Bewegen en sport/Wekelijkse sporters (%)", "sporters_18"),
        ("Alcoholgebruik/Voldoet aan richtlijn alcoholgebruik (%)", "alcoholrichtlijn_18"),
        ("Gewicht/Ernstig overgewicht (obesitas) (%)", "obesitas_18"),
        ("Matig/veel regie over eigen leven (%)", "regie_18"),
        ("(Heel) veel stress in afgelopen 4 weken (%)", "stress_18"),
    ],
)
def test_headings_of_statline(heading, indicator, tmp_path):
    text = HEALTH_STATLINE.replace("Eenzaamheid/Eenzaam (%)", heading).replace('Mantelzorger (%)"\n', 'Anders (%)"\n')

    assert found(read(text, tmp_path), indicator)["WK970101", 2020] == 47.0


def test_the_later_table_is_known_by_its_topics_and_its_division_is_not_given(tmp_path):
    later = HEALTH.replace("2012JJ00", "2022JJ00").replace("Roker_11", "PsychischeKlachten_20")
    reading = read(later, tmp_path)

    assert (reading.edition.table, reading.edition.division_given) == ("50120NED-2022", False)
    assert found(reading, "psychische_klachten_18")["NL00", 2022] == 24.1


def test_provisional_periods_are_kept(tmp_path):
    assert read(HEALTH_STATLINE.replace('"2020"', '"2020*"'), tmp_path).provisional == (2020,)


def test_18_and_19_years_or_older_never_share_a_line(tmp_path):
    known = catalogue.load().indicators
    pairs = [("eenzaam", "eenzaam_18"), ("ernstig_eenzaam", "ernstig_eenzaam_18"), ("regie", "regie_18")]
    assert all(known[old].series != known[new].series for old, new in pairs)
