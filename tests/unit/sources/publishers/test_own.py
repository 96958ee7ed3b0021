"""The municipality's own plain format: what may be written in it, and what is kept of it."""

import datetime
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bad_files import own, xlsx
from wijkdata import catalogue, sources
from wijkdata.sources.reading.base import Context

HEAD = ("gebied_code", "indicator", "periode", "waarde")


def read(content, folder, name="eigen.csv"):
    path = folder / name
    path.write_bytes(content)
    return sources.read(path, Context(catalogue.load()))


def rows(reading):
    columns = ["code", "indicator", "period", "value", "reason"]
    return [
        tuple(row)
        for row in reading.observations[columns]
        .astype(object)
        .where(reading.observations.notna(), None)
        .itertuples(index=False)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("WK970101;vertrouwen;2014;61,5", ("WK970101", "vertrouwen", 2014, 61.5, None)),
        ("WK970101;vertrouwen;2014;61.5", ("WK970101", "vertrouwen", 2014, 61.5, None)),
        ("  wk970101 ; vertrouwen;2014JJ00; 61,5 ", ("WK970101", "vertrouwen", 2014, 61.5, None)),
        ("WK970101;meldingen_1000;2014-03;7", ("WK970101", "meldingen_1000", 201403, 7.0, None)),
        ("WK970101;meldingen_1000;2014MM03;7", ("WK970101", "meldingen_1000", 201403, 7.0, None)),
        ("WK970101;meldingen_1000;201403;7", ("WK970101", "meldingen_1000", 201403, 7.0, None)),
        ("BU0363AA01;vertrouwen;2023;0", ("BU0363AA01", "vertrouwen", 2023, 0.0, None)),
        ("GM0363;vertrouwen;2023;50", ("GM0363", "vertrouwen", 2023, 50.0, None)),
        ("NL00;vertrouwen;2023;60", ("NL00", "vertrouwen", 2023, 60.0, None)),
        ("WK970101;vertrouwen;2014;.", ("WK970101", "vertrouwen", 2014, None, "suppressed")),
        ("WK970101;vertrouwen;2014;", ("WK970101", "vertrouwen", 2014, None, "not_covered")),
        ("WK970101;vertrouwen;2014;-99997", ("WK970101", "vertrouwen", 2014, None, "suppressed")),
    ],
)
def test_a_row_is_read_as_meant(line, expected, tmp_path):
    reading = read(own(line), tmp_path)

    assert rows(reading) == [expected]
    assert (reading.rows_read, reading.rows_kept, len(reading.rejected)) == (1, 1, 0)


@pytest.mark.parametrize(
    ("reason", "kept"),
    [("few_residents", "few_residents"), ("te weinig inwoners", "few_residents"), ("", "not_covered")],
)
def test_a_missing_value_may_give_its_reason(reason, kept, tmp_path):
    header = "gebied_code;indicator;periode;waarde;reden"
    assert rows(read(own(f"WK970101;vertrouwen;2014;;{reason}", header=header), tmp_path))[0][4] == kept


@pytest.mark.parametrize(
    ("period", "kept"),
    [(2014, 2014), (2014.0, 2014), ("2014", 2014), ("2014-03", 201403), (datetime.date(2014, 3, 1), 201403)],
)
def test_a_sheet_may_hold_periods_as_numbers_text_or_dates(period, kept, tmp_path):
    reading = read(xlsx(HEAD, ("WK970101", "vertrouwen", period, 0.1)), tmp_path, "eigen.xlsx")

    assert rows(reading) == [("WK970101", "vertrouwen", kept, 0.1, None)]


def test_columns_may_stand_in_another_order_and_others_are_named(tmp_path):
    reading = read(
        own("5;2014;WK970101;x;vertrouwen;Centrum", header="Waarde;Periode;Gebied_code;kleur;Indicator;gebied_naam"),
        tmp_path,
    )

    assert rows(reading) == [("WK970101", "vertrouwen", 2014, 5.0, None)]
    assert reading.areas["name"].tolist() == ["Centrum"]
    assert reading.notes == ("Niet gebruikt: kleur.",)


def test_names_that_look_like_formulas_stay_text(tmp_path):
    header = "gebied_code;indicator;periode;waarde;gebied_naam"
    assert read(own("WK970101;vertrouwen;2014;5;=1+1", header=header), tmp_path).areas["name"].tolist() == ["=1+1"]


@pytest.mark.parametrize(
    ("lines", "table", "label", "division"),
    [
        (["WK970101;vertrouwen;2014;5"], "eigen-vertrouwen-2014-GM9701", "eigen bestand 2014", 2014),
        (
            ["WK970101;vertrouwen;2014;5", "WK970101;vrijwilligers;2016;5"],
            "eigen-vertrouwen-vrijwilligers-2014-2016-GM9701",
            "eigen bestand 2014 en 2016",
            2016,
        ),
        (["WK970101;meldingen_1000;2014-03;5"], "eigen-meldingen_1000-201403-GM9701", "eigen bestand 2014", 2014),
        (["NL00;vertrouwen;2014;5"], "eigen-vertrouwen-2014-NL", "eigen bestand 2014", 2014),
    ],
)
def test_the_edition_is_made_of_what_is_in_it(lines, table, label, division, tmp_path):
    edition = read(own(*lines), tmp_path).edition

    assert (edition.table, edition.label, edition.division, edition.published) == (table, label, division, None)


def test_a_division_may_be_given(tmp_path):
    header = "gebied_code;indicator;periode;waarde;indelingsjaar"
    assert read(own("WK970101;vertrouwen;2014;5;2022", header=header), tmp_path).edition.division == 2022


def test_the_table_id_stays_short_and_the_same(tmp_path):
    many = [
        "vertrouwen",
        "vrijwilligers",
        "ervaren_samenhang",
        "ervaren_veiligheid",
        "misdrijven_1000",
        "meldingen_1000",
    ]
    lines = [f"WK970101;{name};2014;5" for name in many]
    first, second = read(own(*lines), tmp_path).edition.table, read(own(*reversed(lines)), tmp_path).edition.table

    assert first == second
    assert first.startswith("eigen-6-indicatoren-")
    assert len(first) < 60


CODES = st.sampled_from(["WK970101", "WK970102", "BU97010101", "GM9701", "NL00"])
PERIODS = st.one_of(st.integers(2000, 2030), st.integers(2000, 2030).map(lambda year: year * 100 + 7))
VALUES = st.one_of(st.none(), st.floats(0, 10, allow_nan=False))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.dictionaries(st.tuples(CODES, PERIODS), VALUES, min_size=1, max_size=12), st.sampled_from(",;\t"), st.booleans()
)
def test_a_valid_own_file_comes_back_to_the_last_digit(tmp_path, figures, separator, as_sheet):
    if as_sheet:  # the library that writes the sheet here keeps 15 digits
        figures = {key: None if value is None else float(f"{value:.15g}") for key, value in figures.items()}
    lines = [
        (code, "ervaren_samenhang", period, "" if value is None else value) for (code, period), value in figures.items()
    ]
    if as_sheet:
        reading = read(xlsx(HEAD, *lines), tmp_path, "eigen.xlsx")
    else:
        text = "\n".join(separator.join(map(str, line)) for line in [HEAD, *lines])
        reading = read(text.encode(), tmp_path)

    back = {
        (row.code, row.period): None if math.isnan(row.value) else row.value
        for row in reading.observations.itertuples()
    }
    assert back == figures
    assert reading.observations["reason"].notna().tolist() == [value is None for value in figures.values()]
