"""A file of single reports becomes counts, and nothing of a report is left."""

import json
import pickle
from datetime import date

import pandas as pd
import pytest
import shapely

from wijkdata import catalogue, sources
from wijkdata.errors import InputError
from wijkdata.sources.reading.base import Context
from wijkdata.sources.reports import categories, columns, reading, table

TODAY = date(2024, 7, 1)
HEAD = "identificatie;kanaal;hoofdcategorie;subcategorie;omschrijving ;status;datum  melding;longitude;latidude"
FIRST, SECOND, OUTSIDE = ("5.11", "52.09"), ("5.13", "52.09"), ("5.30", "52.09")
BORDERS = pd.DataFrame(
    {
        "code": ["BU03440101", "BU03440102", "WK034401", "GM0344", "BU03070101", "WK030701"],
        "division": 2024,
        "geometry": [
            shapely.box(5.10, 52.08, 5.12, 52.10),
            shapely.box(5.12, 52.08, 5.14, 52.10),
            shapely.box(5.10, 52.08, 5.16, 52.10),
            shapely.box(5.05, 52.05, 5.20, 52.15),
            shapely.box(5.40, 52.08, 5.42, 52.10),
            shapely.box(5.40, 52.08, 5.42, 52.10),
        ],
    }
)
SECRET = "Geheim van mevrouw Jansen"


def row(day="2024-02-10T10:00:00", place=FIRST, category="Afval", number="", channel="app"):
    return f"{number};{channel};{category};sub;{SECRET};open;{day};{place[0]};{place[1]}"


def spread(**fields):
    return [row(day=f"2024-02-{day:02d}", **fields) for day in range(1, 30)]


def read(tmp_path, *rows, head=HEAD, name="meldingen.csv", borders=BORDERS, known=None):
    path = tmp_path / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return of(path, borders, known)


def of(path, borders=BORDERS, known=None):
    context = Context(known or catalogue.load(), borders=borders)
    assert sources.recognise(path).name.startswith("losse meldingen")
    return reading.read(path, context, columns.find(table.headers(path)), today=TODAY)


def found(one):
    return {(row.code, row.indicator, row.period): row.value for row in one.observations.itertuples(index=False)}


def said(one):
    return " ".join(one.notes)


# --- what is counted ---------------------------------------------------------------------------------------------------


def test_reports_are_counted_per_buurt_wijk_and_gemeente(tmp_path):
    one = read(tmp_path, *spread(), row(place=SECOND), row(place=SECOND, category="groen "), row(place=("", "")))
    assert found(one) == {
        ("BU03440101", "meldingen_afval", 202402): 29,
        ("BU03440102", "meldingen_afval", 202402): 1,
        ("BU03440102", "meldingen_groen", 202402): 1,
        ("WK034401", "meldingen_afval", 202402): 30,
        ("WK034401", "meldingen_groen", 202402): 1,
        ("GM0344", "meldingen_afval", 202402): 31,
        ("GM0344", "meldingen_groen", 202402): 1,
    }
    assert (one.rows_read, one.rows_kept) == (32, 32)
    assert (one.edition.table, one.edition.division, one.edition.division_given) == (
        "meldingen-202402-GM0344",
        2024,
        True,
    )
    assert "1 melding niet te lokaliseren" in said(one)


def test_a_month_without_a_report_has_no_row(tmp_path):
    one = read(tmp_path, *spread(), row(day="2024-04-29"), *[row(day=f"2024-04-{n:02d}") for n in range(1, 30)])
    assert {period for _, _, period in found(one)} == {202402, 202404}
    assert (one.observations["value"] > 0).all()


def test_an_id_counts_once_and_no_id_is_no_double(tmp_path):
    one = read(
        tmp_path, *spread(), row(number="Z1"), row(number="Z1", category="Groen"), row(number="Z2"), row(), row()
    )
    assert found(one)["GM0344", "meldingen_afval", 202402] == 29 + 4
    assert ("GM0344", "meldingen_groen", 202402) not in found(one)
    assert "1 rij heeft een nummer dat er al stond" in said(one)


def test_an_area_code_in_the_file_goes_before_coordinates(tmp_path):
    head = "datum melding;hoofdcategorie;buurtcode;x;y"
    rows = [f"{day}-02-2024;Afval;BU03440102;{FIRST[0]};{FIRST[1]}" for day in range(1, 30)]
    one = read(tmp_path, *rows, f"5-2-2024;Afval;;{FIRST[0]};{FIRST[1]}", "5-2-2024;Afval;geen;;", head=head)
    assert found(one)["BU03440102", "meldingen_afval", 202402] == 29
    assert found(one)["BU03440101", "meldingen_afval", 202402] == 1
    assert found(one)["GM0344", "meldingen_afval", 202402] == 31
    assert (
        found(read(tmp_path, *rows, head=head, borders=BORDERS.iloc[:0]))["WK034401", "meldingen_afval", 202402] == 29
    )


def test_areas_that_are_not_known_are_counted_and_named_where_enough_reports_share_them(tmp_path):
    head = "datum melding;hoofdcategorie;buurtcode"
    rows = [f"{day}-02-2024;Afval;BU03440102" for day in range(1, 30)]
    rows += [f"{day}-02-2024;Afval;Rivierenbuurt" for day in range(1, 13)]
    rows += [f"5-2-2024;Afval;{text}" for text in ("=HYPERLINK(1)", "06-12345678", SECRET, SECRET, "", "")]
    one = read(tmp_path, *rows, head=head)
    assert "Bij 16 meldingen staat een gebied dat hier niet bekend is: ‘Rivierenbuurt’ (12) en 3 andere." in said(one)
    assert "welke gebiedscode erbij hoort" in said(one) and "Jansen" not in said(one)
    assert found(one)["GM0344", "meldingen_afval", 202402] == 29 + 18
    assert found(one)["WK034401", "meldingen_afval", 202402] == 29
    few = read(tmp_path, *rows[:29], f"5-2-2024;Afval;{SECRET}", head=head)
    assert "Bij 1 melding staat een gebied dat hier niet bekend is: 1 aanduiding." in said(few)


def test_a_file_of_half_a_month_is_provisional(tmp_path):
    one = read(tmp_path, *[row(day=f"2024-02-{day:02d}") for day in range(16, 30) for _ in range(2)])
    assert "heeft februari 2024 niet helemaal" in said(one) and one.provisional == (202402,)


@pytest.mark.parametrize("shape", ["list", "wrapped", "geojson"])
def test_json_gives_what_csv_gives(tmp_path, shape):
    names = [name.strip() for name in HEAD.split(";")]
    records = [dict(zip(names, one.split(";"), strict=True)) for one in spread()]
    if shape == "geojson":
        for one in records:
            del one["longitude"], one["latidude"]
        point = {"type": "Point", "coordinates": [float(FIRST[0]), float(FIRST[1])]}
        records = [{"type": "Feature", "properties": one, "geometry": point} for one in records]
    value = {
        "list": records,
        "wrapped": {"meldingen": records},
        "geojson": {"type": "FeatureCollection", "features": records},
    }
    path = tmp_path / "meldingen.json"
    path.write_text(json.dumps(value[shape]), encoding="utf-8")
    assert found(of(path)) == found(read(tmp_path, *spread()))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_letters_of_any_program(tmp_path, encoding):
    path = tmp_path / "meldingen.csv"
    path.write_bytes("\n".join([HEAD, *spread(category="Cafés en coördinatie"), ""]).encode(encoding))
    assert [entry["title"] for entry in of(path).own_indicators.values()] == ["Meldingen: Cafés en coördinatie"]


def test_about_people_nothing_is_counted_per_buurt(tmp_path):
    one = read(tmp_path, *spread(category="Jeugdoverlast"), *spread(category="Overlast personen en dieren"))
    assert {code for code, _, _ in found(one)} == {"WK034401", "GM0344"}
    assert "over personen" in said(one)


# --- months that are not whole -----------------------------------------------------------------------------------------


def test_a_file_that_begins_and_ends_in_the_middle_says_so(tmp_path):
    days = pd.date_range("2024-01-15", "2024-04-10")
    one = read(tmp_path, *[row(day=f"{day:%Y-%m-%d}") for day in days])
    assert {period for _, _, period in found(one)} == {202402, 202403, 202404}
    assert one.provisional == (202404,)
    assert "begint midden in januari 2024; die maand is weggelaten" in said(one)
    assert "heeft april 2024 niet helemaal; die maand is voorlopig" in said(one)


def test_a_few_days_without_a_report_do_not_make_a_month_incomplete(tmp_path):
    one = read(tmp_path, *[row(day=f"{day:%Y-%m-%d}") for day in pd.date_range("2024-01-03", "2024-04-28")])
    assert one.provisional == () and 202401 in {period for _, _, period in found(one)}


# --- the gemeente ------------------------------------------------------------------------------------------------------


def test_a_stray_report_in_another_gemeente_counts_in_the_total_alone(tmp_path):
    one = read(tmp_path, *spread() * 3, row(place=("5.41", "52.09")))
    assert {code for code, _, _ in found(one)} == {"BU03440101", "WK034401", "GM0344"}
    assert found(one)["GM0344", "meldingen_afval", 202402] == 3 * 29 + 1
    assert "1 melding in een andere gemeente" in said(one)


def test_of_two_gemeenten_in_one_file_each_has_its_own_and_what_has_no_place_counts_in_neither(tmp_path):
    one = read(tmp_path, *spread(), *spread(place=("5.41", "52.09")), row(place=OUTSIDE))
    assert found(one)["GM0344", "meldingen_afval", 202402] == found(one)["GM0307", "meldingen_afval", 202402] == 29
    assert "tellen zij nergens mee" in said(one)


# --- channels ----------------------------------------------------------------------------------------------------------


def test_a_new_channel_is_named_with_its_first_month(tmp_path):
    every = pd.date_range("2023-01-01", "2024-06-30")
    rows = [row(day=f"{day:%Y-%m-%d}", channel="telefoon") for day in every]
    rows += [row(day=f"{day:%Y-%m-%d}", channel="app") for day in every if day >= pd.Timestamp(2024, 1, 1)]
    assert "kanaal ‘app’ begint in januari 2024 en geeft sindsdien 50% van de meldingen" in said(read(tmp_path, *rows))
    assert "kanaal" not in said(read(tmp_path, *rows[: len(every)]))


# --- categories of a stranger ------------------------------------------------------------------------------------------


def test_the_same_category_in_a_later_file_is_the_same_indicator(tmp_path):
    first = read(tmp_path, *spread(category="Bomen"))
    (name,) = first.own_indicators
    known = catalogue.reading.add_own(catalogue.load(), "indicatoren.toml", dict(first.own_indicators))
    later = read(tmp_path, *spread(category=" bomen"), known=known)
    assert not later.own_indicators
    assert {indicator for _, indicator, _ in found(later)} == {name} == {"eigen_meldingen_bomen"}


@pytest.mark.parametrize(
    "category",
    ["<script>alert(1)</script>", "=HYPERLINK(1)", "'; DROP TABLE x; --", "**vet** [a](b)", "\u202egnitfel", "日本語",
     "a" * 5_000, "[sectie]", 'aanhaling"steken'],
)  # fmt: skip
def test_a_category_is_text_in_an_entry_that_the_catalogue_takes(tmp_path, category):
    cell = '"' + category.replace('"', '""') + '"'
    one = read(tmp_path, *spread(category=cell))
    ((name, entry),) = one.own_indicators.items()
    made = catalogue.reading.add_own(catalogue.load(), "indicatoren.toml", {name: entry}).indicators[name]
    assert made.title.isprintable() and len(made.title) < 90 and made.title[11] not in "=+-@"
    assert found(one)["WK034401", name, 202402] == 29


@pytest.mark.parametrize("category", ["bel 06-12345678", "jan@example.nl", "bsn 111222333"])
def test_what_points_at_a_person_never_becomes_a_category(tmp_path, category):
    one = read(tmp_path, *spread(category=category))
    assert not one.own_indicators
    assert {indicator for _, indicator, _ in found(one)} == {"meldingen_overig"}


def test_a_word_of_few_reports_is_no_category(tmp_path):
    one = read(tmp_path, *spread(), *[row(category="mijn buurman de Vries")] * (categories.LEAST - 1))
    assert not one.own_indicators and "Vries" not in said(one)
    assert found(one)["WK034401", "meldingen_overig", 202402] == categories.LEAST - 1


def test_categories_are_bounded_over_all_files(tmp_path):
    rows = [row(category=f"Soort {number:03d}") for number in range(60) for _ in range(categories.LEAST + number)]
    one = read(tmp_path, *spread(), *rows)
    assert len(one.own_indicators) == categories.MOST
    assert "eigen_meldingen_soort_059" in one.own_indicators and "eigen_meldingen_soort_000" not in one.own_indicators
    known = catalogue.reading.add_own(catalogue.load(), "indicatoren.toml", dict(one.own_indicators))
    later = read(tmp_path, *spread(category="Nog een"), known=known)
    assert not later.own_indicators and {indicator for _, indicator, _ in found(later)} == {"meldingen_overig"}


def test_a_million_categories_cost_seconds_and_no_names(tmp_path):
    rows = [f";app;{number};;;open;2024-02-{number % 29 + 1:02d};5.11;52.09" for number in range(1_000_000)]
    one = read(tmp_path, *rows)
    assert not one.own_indicators
    assert found(one)["GM0344", "meldingen_overig", 202402] == 1_000_000
    assert len(one.notes) < 8


# --- nothing of a report -----------------------------------------------------------------------------------------------


def test_nothing_of_a_report_is_in_the_reading(tmp_path):
    rows = [
        *spread(number="ZAAK-77"),
        row(day=SECRET),
        row(day="2031-01-01"),
        f"te;kort;{SECRET}",
        row(place=(SECRET, "x")),
    ]
    one = read(tmp_path, *rows)
    kept = pickle.dumps(one)
    for text in (SECRET, "ZAAK-77", "2031-01-01", "Jansen", FIRST[0]):
        assert text.encode() not in kept, text
    assert one.rejected["value"].isna().all()
    assert one.rejected[["row", "column"]].fillna("").to_records(index=False).tolist() == [
        (31, "datum  melding"), (32, "datum  melding"), (33, ""),
    ]  # fmt: skip
    assert (one.rows_read, one.rows_kept) == (33, 30)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "geen meldingen"),
        ([row(day=SECRET)] * 5, "geen enkele rij heeft een dag"),
        (
            [row(day="03/04/2024"), row(day="05/06/2024"), row(day=SECRET)],
            "dag eerst of maand eerst; schrijf een dag als",
        ),
        ([row(day="2031-01-01")] * 5, "geen enkele melding ligt in een gebied"),
        ([row(place=(SECRET, SECRET))] * 5, "geen enkele melding ligt in een gebied"),
        ([*spread(), '"' + row(category=SECRET), *spread()], "aanhalingsteken wordt niet gesloten"),
        ([*spread(), row(category='"' + SECRET), *spread()], "aanhalingsteken wordt niet gesloten"),
    ],
)
def test_a_refusal_quotes_nothing_of_a_report(tmp_path, rows, words):
    with pytest.raises(InputError, match=words) as refused:
        read(tmp_path, *rows)
    assert "Jansen" not in str(refused.value) and "5.11" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_quote_within_a_cell_and_lines_within_quotes_lose_nothing(tmp_path):
    rows = [row(category='Paal 5" breed') for _ in range(3)] + [row(category='"Twee\nregels"') for _ in range(3)]
    assert read(tmp_path, *spread(), *rows[:3]).rows_read == read(tmp_path, *spread(), *rows[3:]).rows_read == 32


def test_without_borders_it_says_what_to_read_first(tmp_path):
    with pytest.raises(InputError, match="wijk- en buurtkaart"):
        read(tmp_path, *spread(), borders=BORDERS.iloc[:0])


def test_a_table_of_another_kind_is_not_taken_for_reports(tmp_path):
    for head in ("hoofdcategorie;aantal", "datum melding;hoofdcategorie", "gebied_code;indicator;periode;waarde"):
        path = tmp_path / "tabel.csv"
        path.write_text(head + "\n1;2;3;4\n", encoding="utf-8")
        assert columns.find(head.split(";")) is None
