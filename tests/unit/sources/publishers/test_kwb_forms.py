"""Kerncijfers wijken en buurten in every form give the same figures; what a form does not say is asked or refused."""

import json
import math

import pandas as pd
import pytest

from tests import kwb_examples as made
from wijkdata import catalogue, sources
from wijkdata.catalogue import Column, Form
from wijkdata.errors import InputError, QuestionError
from wijkdata.sources.reading import cbs
from wijkdata.sources.reading.base import Context

METADATA = {"Identifier": "84799NED", "Period": "2020", "Modified": "2021-03-26T02:00:00", "RecordCount": "5"}
# What the catalogue may not have yet in every form: the topics of these tests.
COLUMNS = {
    "inwoners": ((Form.ODATA4, "T001036", None), (Form.XLS, "a_inw", None)),
    "65_plus": ((Form.ODATA4, "80200", "T001036"), (Form.XLS, "a_65_oo", "a_inw")),
    "bijstand_1000": ((Form.ODATA4, "D006842", "T001036"),),
    "afstand_supermarkt": ((Form.ODATA4, "D000025", None), (Form.XLS, "g_afs_gs", None)),
}
EXPECTED = {
    "inwoners": [17_000_000.0, 1000.0, 1000.0, 1000.0, 0.0],
    "65_plus": [20.0, 20.0, 20.0, 20.0, "few_residents"],
    "afstand_supermarkt": [0.9, 0.5, 0.5, 0.4, None],
}


def known_columns():
    """The catalogue, with the columns of these tests in every form."""
    known = catalogue.load()
    items = dict(known.indicators)
    for name, columns in COLUMNS.items():
        item = items[name]
        factor = {"65_plus": 100.0, "bijstand_1000": 1000.0}.get(name, 1.0)
        kept = [
            column
            for column in item.columns
            if (column.source, column.form) not in {("kwb", Form.ODATA4), ("kwb", Form.XLS)}
        ]
        more = [Column(source="kwb", form=form, column=text, per=per, factor=factor) for form, text, per in columns]
        items[name] = item.model_copy(update={"columns": (*kept, *more)})
    return known.model_copy(update={"indicators": items})


def read(content, folder, name, other_files=(), year=None):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    for other_name, data in dict(other_files).items():
        (folder / other_name).write_bytes(data if isinstance(data, bytes) else data.encode())
    others = tuple(sorted(file for file in folder.iterdir() if file != path))
    return sources.read(path, Context(known_columns(), other_files=others, year=year))


def found(reading, indicator):
    part = reading.observations[reading.observations["indicator"] == indicator]
    return {row.code: row.reason if math.isnan(row.value) else row.value for row in part.itertuples()}


def check(reading, year, why):
    """Every figure of the fictional gemeente, and why the distance of the empty buurt is missing."""
    for indicator, values in EXPECTED.items():
        expected = [why if value is None else value for value in values]
        assert found(reading, indicator) == dict(zip(made.CODES, expected, strict=True)), indicator
    assert set(reading.observations["period"]) == {year}
    assert reading.edition.division == year
    assert (reading.rows_read, reading.rows_kept) == (5, 5)


# --- StatLine -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [made.statline(), made.statline(quoted=False), "\ufeff" + made.statline().replace("\n", "\r\n")]
)
def test_statline_without_periods_takes_the_year_of_its_name(text, tmp_path):
    reading = read(text, tmp_path, "Kerncijfers_wijken_en_buurten_2020_11122025_141648.csv")

    check(reading, 2020, "suppressed")
    assert found(reading, "bijstand_1000")["GM9701"] == 20.0
    assert reading.areas["name"].tolist() == list(made.NAMES)
    assert reading.areas["change"].fillna(0).tolist() == [0, 1, 1, 1, 3]
    assert reading.edition.table == "84799NED"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ('"Kerncijfers wijken en buurten 2020"\n', ""),
        ('"Kerncijfers wijken en buurten 2020"\n""\n', '"Bron: CBS"\n'),
        ('"Kerncijfers wijken en buurten 2020";;;;;;;;\n', "Bron: CBS;;;;;;;;\n"),
        ("Kerncijfers wijken en buurten 2020\n\n", "\n© Centraal Bureau voor de Statistiek, Den Haag 11-12-2025\n"),
    ],
    ids=["title", "title-and-source", "by-excel", "copyright"],
)
def test_statline_with_lines_around_the_table(above, below, tmp_path):
    check(read(above + made.statline() + below, tmp_path, "tabel_11122025_141648.csv"), 2020, "suppressed")


def test_the_row_numbers_are_those_of_the_file(tmp_path):
    text = '"Kerncijfers wijken en buurten 2020"\n\n' + made.statline().replace("BU97010102", "XX97010102")

    assert read(text, tmp_path, "tabel.csv").rejected["row"].tolist() == [8]


def test_the_older_name_of_the_border_change_and_a_cell_that_cannot_exist(tmp_path):
    text = made.statline(hidden="        ").replace("gemeente, wijk, buurt (code)", "wijken en buurten (code)")
    reading = read(text, tmp_path, "kwb_2020.csv")

    check(reading, 2020, "not_applicable")
    assert reading.areas["change"].fillna(0).tolist() == [0, 1, 1, 1, 3]


def test_headers_are_known_by_the_end_of_their_path(tmp_path):
    bare = (
        made.statline()
        .replace("Regioaanduiding/Codering", "Regio/Codering")
        .replace('"Bevolking/', '"Thema/Bevolking/')
    )

    assert found(read(bare, tmp_path, "kwb_2020.csv"), "inwoners")["WK970101"] == 1000.0


def test_two_headers_with_one_end_are_not_guessed_between(tmp_path):
    twice = made.statline().replace(
        "Bevolking/Leeftijdsgroepen/65 jaar",
        'A/Bevolking/Aantal inwoners (aantal)";"B/Bevolking/Aantal inwoners (aantal)',
        1,
    )
    rows = [line for line in twice.split("\n") if line]
    text = "\n".join(
        [
            rows[0].replace("Bevolking/Aantal inwoners (aantal)", "C/Bevolking/Aantal inwoners (aantal)", 1),
            *(f'{row};"1"' for row in rows[1:]),
        ]
    )

    assert "inwoners" not in set(read(text, tmp_path, "kwb_2020.csv").observations["indicator"])


def test_a_percentage_is_never_read_as_a_count(tmp_path):
    """In one edition 65+ is a count, in another a percentage under the same words: the unit is part of the name."""
    text = made.statline().replace("65 jaar of ouder (aantal)", "65 jaar of ouder (%)")

    assert "65_plus" not in set(read(text, tmp_path, "kwb_2020.csv").observations["indicator"])


def test_a_year_that_nothing_says_is_asked_and_the_answer_is_used(tmp_path):
    with pytest.raises(QuestionError) as asked:
        read(made.statline(), tmp_path, "tabel_11122025_141648.csv")
    assert asked.value.asked == "year"

    check(read(made.statline(), tmp_path, "tabel_11122025_141648.csv", year=2020), 2020, "suppressed")


def test_the_year_of_the_file_goes_before_an_answer(tmp_path):
    assert read(made.statline(), tmp_path, "kwb_2020.csv", year=2013).edition.division == 2020


WITHOUT_CODES = tuple(name for name in made.PATHS if "(code)" not in name)


@pytest.mark.parametrize(
    ("other", "content"),
    [
        ("Kerncijfers_2020_codes.csv", made.statline()),
        ("84799NED_WijkenEnBuurten.json", made.as_json(made.area_list())),
    ],
    ids=["another-export", "list-of-areas"],
)
def test_names_without_codes_take_them_from_the_same_rows_of_the_same_year(other, content, tmp_path):
    reading = read(made.statline(columns=WITHOUT_CODES), tmp_path, "Kerncijfers_2020.csv", {other: content})

    check(reading, 2020, "suppressed")
    assert any(other in note and "rij voor rij" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("other", "content"),
    [
        ("Kerncijfers_2019_codes.csv", made.statline()),
        ("Kerncijfers_2020_codes.csv", made.statline().replace('"Haven"', '"Kade"')),
        ("Kerncijfers_2020_codes.csv", "\n".join(made.statline().split("\n")[:-2]) + "\n"),
        ("kapot_2020.csv", made.statline()[:-20]),
    ],
    ids=["another-year", "another-name", "a-row-less", "damaged"],
)
def test_names_are_never_matched_with_rows_that_differ(other, content, tmp_path):
    with pytest.raises(InputError, match="kies in StatLine bij de onderwerpen ook ‘Codering"):
        read(made.statline(columns=WITHOUT_CODES), tmp_path, "Kerncijfers_2020.csv", {other: content})


def test_the_export_with_areas_from_left_to_right(tmp_path):
    cells = [line.split('";"') for line in made.statline().strip().split("\n")]
    columns = [[cell.strip(' "') for cell in column] for column in zip(*cells, strict=True)]
    lines = ['"Kerncijfers wijken en buurten 2020"', '""', '"";"";"Wijken en buurten"']
    lines.append(";".join(['"Onderwerp"', '""', *(f'"{name}"' for name in columns[0][1:])]))
    for header, *figures in columns[1:]:
        path, _, unit = header.rpartition(" (")
        texts = [text.replace(".", ",") if text != "." else text for text in figures]
        lines.append(";".join(f'"{cell}"' for cell in (path.replace("/", "|"), unit.rstrip(")"), *texts)))
    reading = read("\n".join([*lines, '"Bron: CBS"', ""]), tmp_path, "gedraaid.csv")

    check(reading, 2020, "suppressed")
    assert reading.areas["name"].tolist() == list(made.NAMES)


def test_a_provisional_year_is_kept_as_such(tmp_path):
    header, *rows = made.statline().strip().split("\n")
    text = "\n".join([f'"Perioden";{header}', *(f'"2020*";{row}' for row in rows)])

    assert read(text, tmp_path, "tabel.csv").provisional == (2020,)


# --- open data ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(made.WRITERS))
@pytest.mark.parametrize("version", [3, 4])
def test_open_data_with_what_comes_with_it(kind, version, tmp_path):
    write = made.WRITERS[kind]
    records, name = (made.records_v3(), "TypedDataSet") if version == 3 else (made.records_v4(), "Observations")
    areas = write(made.area_list("Key" if version == 3 else "Identifier"))
    beside = {"84799NED_Metadata.json": json.dumps(METADATA).encode(), f"84799NED_Gebieden.{kind}": areas}
    if version == 4:
        beside["84799NED_Metadata.json"] = json.dumps(
            {"Identifier": "84799NED", "TemporalCoverage": "2020", "Modified": "2021-03-26", "ObservationCount": 19}
        ).encode()
    reading = read(write(records), tmp_path, f"84799NED_{name}.{kind}", beside)

    check(reading, 2020, "few_residents")
    assert reading.areas["name"].tolist() == list(made.NAMES)
    assert (reading.edition.table, reading.edition.published) == ("84799NED", "2021-03-26")
    hidden = "suppressed" if version == 4 else "few_residents"
    assert found(reading, "bijstand_1000")["BU97010102"] == hidden


@pytest.mark.parametrize("kind", list(made.WRITERS))
@pytest.mark.parametrize("records", [made.records_v3(), made.records_v4()], ids=["v3", "v4"])
@pytest.mark.parametrize(
    ("name", "year"), [("84799NED", 2020), ("kerncijfers 2020", 2020), ("85984NED_Observations", 2024)]
)
def test_open_data_with_nothing_beside_it(name, year, records, kind, tmp_path):
    reading = read(made.WRITERS[kind](records), tmp_path, f"{name}.{kind}")

    check(reading, year, "few_residents")
    assert any("Geen namen" in note for note in reading.notes)


@pytest.mark.parametrize(
    "about",
    [
        {"odata.metadata": "http://opendata.cbs.nl/ODataApi/odata/84799NED/$metadata#Cbs.OData.WebAPI.TypedDataSet"},
        {"@odata.context": "https://datasets.cbs.nl/odata/v1/CBS/84799NED/$metadata#TypedDataSet", "count": 5},
    ],
)
def test_the_answer_of_a_service_says_its_table(about, tmp_path):
    assert read(made.as_json(made.records_v3(), **about), tmp_path, "antwoord.json").edition.table == "84799NED"


def test_a_bare_list_of_records_is_a_table_too(tmp_path):
    check(read(json.dumps(made.records_v3(), indent=2), tmp_path, "kwb_2020.json"), 2020, "few_residents")


def test_a_copy_with_names_for_codes_keeps_the_codes_of_its_topic(tmp_path):
    """A client that replaces the keys of dimensions by their titles leaves the codes in Codering."""
    records = [{**record, "WijkenEnBuurten": name} for record, name in zip(made.records_v3(), made.NAMES, strict=True)]
    reading = read(made.as_json(records), tmp_path, "kwb_2020.json")

    check(reading, 2020, "few_residents")
    assert reading.areas["name"].tolist() == list(made.NAMES)


def test_an_untyped_dataset_says_by_its_cells_why_a_figure_is_missing(tmp_path):
    marked = [
        {
            **record,
            "AfstandTotGroteSupermarkt_106": "       ."
            if record["AfstandTotGroteSupermarkt_106"] is None
            else f"{record['AfstandTotGroteSupermarkt_106']:>8}",
        }
        for record in made.records_v3()
    ]
    reading = read(made.as_csv(marked), tmp_path, "84799NED_UntypedDataSet_11122025_141648.csv")

    check(reading, 2020, "suppressed")
    assert found(reading, "bijstand_1000")["BU97010102"] == "not_applicable"


def test_the_metadata_of_another_table_in_the_folder_is_not_used(tmp_path):
    other = {"83765NED_Metadata.json": json.dumps(METADATA | {"Identifier": "83765NED", "Period": "2017"}).encode()}

    assert (
        read(made.as_parquet(made.records_v3()), tmp_path, "84799NED_TypedDataSet.parquet", other).edition.division
        == 2020
    )


def test_a_selection_says_so_and_does_not_replace_the_whole_table(tmp_path):
    part = made.as_json(made.records_v3()[1:])
    beside = {"84799NED_Metadata.json": json.dumps(METADATA).encode()}
    reading = read(part, tmp_path, "84799NED_TypedDataSet.json", beside)

    assert reading.edition.table == "84799NED-GM9701"
    assert any("deel van de tabel" in note for note in reading.notes)


def test_words_of_v4_that_nobody_knows_are_named(tmp_path):
    odd = [
        {**record, "ValueAttribute": "Zeldzaam" if record["Value"] is None else "None"} for record in made.records_v4()
    ]

    assert any("zeldzaam" in note for note in read(made.as_json(odd), tmp_path, "kwb_2020.json").notes)


def test_observations_with_a_decimal_comma(tmp_path):
    commas = (
        made.as_csv(made.records_v4())
        .replace(b'"0.5"', b'"0,5"')
        .replace(b'"0.9"', b'"0,9"')
        .replace(b'"0.4"', b'"0,4"')
    )

    check(read(commas, tmp_path, "Observations_2020.csv"), 2020, "few_residents")


@pytest.mark.parametrize(("kwh", "gas"), [(48, 56), (50, 58), (47, 55), (9, 10)])
def test_two_topics_of_one_name_are_told_apart_by_their_order(kwh, gas):
    """The numbers differ from year to year; electricity comes before gas in every one."""
    item = catalogue.load().indicators["inwoners"]
    known = {
        name: item.model_copy(update={"id": name, "columns": (Column(source="kwb", form=Form.ODATA3, column=column),)})
        for name, column in {"stroom": "Appartement_48", "gas": "Appartement_56"}.items()
    }
    frame = pd.DataFrame({f"Appartement_{gas}": [1], f"Appartement_{kwh}": [2], "AantalInwoners": [3]})
    renamed = cbs.by_order(frame, catalogue.load().model_copy(update={"indicators": known}), "kwb", 2020)

    assert renamed[["Appartement_48", "Appartement_56"]].iloc[0].tolist() == [2, 1]


def test_a_third_topic_of_that_name_is_not_guessed():
    item = catalogue.load().indicators["inwoners"]
    column = Column(source="kwb", form=Form.ODATA3, column="Appartement_48")
    known = catalogue.load().model_copy(
        update={"indicators": {"stroom": item.model_copy(update={"columns": (column,)})}}
    )
    frame = pd.DataFrame({"Appartement_48": [1], "Appartement_56": [2]})

    assert "Appartement_48" not in cbs.by_order(frame, known, "kwb", 2020)


# --- the workbook ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title", "columns"),
    [
        ("kwb-2020.xlsx", "Blad1", made.SHEET),
        ("kerncijfers.xlsx", "KWB2020", made.SHEET),
        ("kwb-2020.xlsx", "Blad1", tuple(column for column in made.SHEET if column != "gwb_code_10")),
    ],
    ids=["year-in-name", "year-in-sheet", "bare-codes"],
)
def test_the_workbook(name, title, columns, tmp_path):
    reading = read(made.workbook(made.sheet_rows(columns), title), tmp_path, name)

    check(reading, 2020, "suppressed")
    assert reading.areas["name"].tolist() == list(made.NAMES)
    assert reading.areas["change"].fillna(0).tolist() == [0, 1, 1, 1, 3]


def test_the_workbook_saved_as_csv_with_capitals(tmp_path):
    rows = [tuple(0.5 if cell == "0,5" else cell for cell in row) for row in made.sheet_rows()]
    text = "\n".join(
        ";".join(str(cell) for cell in row) for row in [tuple(name.upper() for name in rows[0]), *rows[1:]]
    )

    check(read(text, tmp_path, "kwb-2020.csv"), 2020, "suppressed")


def test_the_workbook_without_a_year_asks(tmp_path):
    book = made.workbook(made.sheet_rows())
    with pytest.raises(QuestionError):
        read(book, tmp_path, "kerncijfers.xlsx")

    check(read(book, tmp_path, "kerncijfers.xlsx", year=2020), 2020, "suppressed")


def test_every_form_of_one_year_is_an_edition_of_the_same_table(tmp_path):
    readings = [
        read(made.statline(), tmp_path, "Kerncijfers_2020.csv"),
        read(made.as_json(made.records_v4()), tmp_path, "Observations_2020.json"),
        read(made.as_parquet(made.records_v3()), tmp_path, "84799NED.parquet"),
        read(made.workbook(made.sheet_rows()), tmp_path, "kwb-2020.xlsx"),
    ]

    assert {reading.edition.table for reading in readings} == {"84799NED"}
