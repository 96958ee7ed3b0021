"""Activities out and in again: the template, what a file leaves alone, and an export that reads back without loss."""

import io
import tempfile
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.activity_examples import record, saved
from tests.bad_activities import GOOD, workbook
from wijkdata import catalogue, safe
from wijkdata.loading.activities import columns, export, reading, register, sheets
from wijkdata.loading.activities import template as activities_template
from wijkdata.record import checks
from wijkdata.record.base import Record, rows_of
from wijkdata.record.fields import ACTIVITY, CHILDREN, EVENT, FieldSpec, options, tables
from wijkdata.record.values import InvalidValueError, parse
from wijkdata.settings import EXAMPLE_DIR
from wijkdata.store.participation import registers

TODAY = date(2026, 11, 24)
LATER = TODAY + timedelta(days=3)
HEAD = "Nummer;Titel;Omschrijving;Soort activiteit;Initiatiefnemer;Participatietrede;Geplande start;Status;Bron van deze gegevens"
ROW = "A-1;Buurttuin;Bewoners tuinieren.;Zelfbeheer van een plek;Bewoner(s);Zelfbeheer;1-3-2024;Loopt;Verslag"


def read(data: Path, folder: Path, today: date = TODAY, **files: bytes | str) -> reading.Checked:
    """Files by name (a "_" before the suffix) held against the register."""
    paths = []
    for name, content in files.items():
        path = folder / ".".join(name.rsplit("_", 1))
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    return reading.read(paths, data, today)


def counts(checked: reading.Checked) -> tuple[int, int, int]:
    assert checked.problems == (), [problem.sentence() for problem in checked.problems]
    return len(checked.added), len(checked.changed), checked.unchanged


def with_rows() -> Record:
    """An activity with two counts and an organisation."""
    rows = {
        "count": [{"date": f"0{month}-01-2024", "method": "geteld", "visits": month, "active": 7} for month in (1, 2)],
        "organisation": [{"name": "Stichting Tuin", "type": "welzijn", "role": "partner"}],
    }
    return record("A-1", rows=rows, cost_granted="1000", audience="jeugd; ouderen")


# --- the template ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def template():
    return openpyxl.load_workbook(io.BytesIO(activities_template.template()))


def test_the_template_has_a_sheet_per_table_with_bold_frozen_headings(template):
    labels = [tables()[name].label for name in columns.SHEETS]
    assert template.sheetnames == ["Uitleg", *labels, "Lijsten"]
    assert template["Lijsten"].sheet_state == "hidden"
    for name in columns.SHEETS:
        page = template[columns.label(name)]
        assert page.freeze_panes == "B2" and page["A1"].value == "Nummer *" and page["A1"].font.bold
        typed = [field for field in tables()[name].fields if not field.automatic]
        assert [cell.value for cell in page[1]][1:] == [columns.heading(field) for field in typed]
        assert [page.cell(row, 1).value.startswith("VOORBEELD") for row in (2, 3)] == [True, True] and page.max_row == 3
        assert all(page.column_dimensions[cell.column_letter].width >= 13 for cell in page[1])


def test_every_column_of_the_template_has_help_and_every_list_its_words(template):
    for name in columns.SHEETS:
        page = template[columns.label(name)]
        checked = {
            str(one.sqref).split(":")[0].rstrip("0123456789"): one for one in page.data_validations.dataValidation
        }
        for cell in page[1]:
            one = checked[cell.column_letter]
            assert one.prompt and len(one.prompt) <= 255 and len(one.promptTitle) <= 32
            field = columns.by_heading(name)[columns.plain(cell.value)].field
            if columns.choices(field):
                sheet, _, cells = one.formula1.partition("!")
                assert sheet == "Lijsten" and one.type == "list"
                assert [row[0].value for row in template["Lijsten"][cells.replace("$", "")]] == columns.choices(field)
            assert (one.type == "date") == (field.kind == "date")
            assert one.type in {"whole": ["whole"], "money": ["decimal"], "decimal": ["decimal"]}.get(
                field.kind, [one.type]
            )


def test_the_examples_are_never_read_in_and_would_be_good(template, tmp_path):
    assert counts(read(tmp_path / "leeg", tmp_path, sjabloon_xlsx=activities_template.template())) == (0, 0, 0)

    for page in template.worksheets[1:-1]:
        for cells in page.iter_rows(min_row=2):
            for cell in cells:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("VOORBEELD-", "A-")
    changed = io.BytesIO()
    template.save(changed)
    assert counts(read(tmp_path / "leeg", tmp_path, ingevuld_xlsx=changed.getvalue())) == (4, 0, 0)


@pytest.mark.parametrize("table", columns.SHEETS)
def test_no_two_columns_sound_the_same(table):
    fields = [column for column in columns.columns(table)]
    assert len({columns.plain(column.heading) for column in fields}) == len(fields)
    for column in fields:
        assert columns.by_heading(table)[columns.plain(column.heading)] == column


# --- matched by number ----------------------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing_and_a_changed_row_is_a_change_with_history(tmp_path):
    data, book = tmp_path / "data", workbook(GOOD)
    first = read(data, tmp_path, een_xlsx=book)
    assert counts(first) == (3, 0, 0)
    first.save(data, TODAY)
    assert counts(read(data, tmp_path, een_xlsx=book)) == (0, 0, 3)
    assert counts(read(data, tmp_path, today=LATER, een_xlsx=book)) == (0, 0, 3), "an aim keeps the day it was recorded"

    sheets = {name: [dict(row) for row in rows] for name, rows in GOOD.items()}
    sheets["Activiteiten"][0]["Titel"] = "Grote buurttuin"
    second = read(data, tmp_path, twee_xlsx=workbook(sheets))
    assert counts(second) == (0, 1, 2)
    second.save(data, TODAY)
    told = [(role, action, state.values["title"]) for _, role, action, state in registers.history(data, "A-1")]
    assert told == [("invoer", "added", "Buurttuin"), ("invoer", "changed", "Grote buurttuin")]


def test_what_a_file_does_not_hold_stays_as_it_is(tmp_path):
    data = tmp_path / "data"
    saved(data, with_rows(), record("A-2"))
    before = registers.get(data, "A-1")

    checked = read(data, tmp_path, activiteiten_csv=f"{HEAD}\n{ROW}\n")

    assert counts(checked) == (0, 1, 0)
    checked.save(data, TODAY)
    after = registers.get(data, "A-1")
    assert after.values["title"] == "Buurttuin"
    assert after.values["cost_granted"] == before.values["cost_granted"], "a column that is absent"
    assert after.rows == before.rows, "tables without a sheet"
    assert registers.get(data, "A-2").version == 1, "an activity that is not in the file"


def test_a_sheet_that_is_there_is_the_whole_of_its_table(tmp_path):
    data = tmp_path / "data"
    saved(data, with_rows())
    one_count = "Nummer;Datum;Hoe geteld;Bezoeken\nA-1;01-01-2024;Geteld;9\n"

    checked = read(data, tmp_path, tellingen_csv=one_count)

    assert counts(checked) == (0, 1, 0)
    assert checked.lost == (("count", 1),) and "blad Tellingen" in checked.notes()[0]
    rows = rows_of(checked.changed[0], "count")
    assert [(row["visits"], row["active"]) for row in rows] == [(9, 7)], "a column that is absent keeps its value"
    assert len(checked.changed[0].rows["organisation"]) == 1


def test_an_empty_sheet_empties_its_table_only_for_the_activities_on_the_sheet_of_activities(tmp_path):
    data = tmp_path / "data"
    saved(data, with_rows())
    files = {"activiteiten_csv": f"{HEAD}\n{ROW}\n", "organisaties_csv": "Nummer;Organisatie;Soort organisatie;Rol\n"}

    assert read(data, tmp_path, **files).changed[0].rows["organisation"] == ()
    files["activiteiten_csv"] = f"{HEAD}\n"
    assert counts(read(data, tmp_path, **files)) == (0, 0, 0)


# --- aims -----------------------------------------------------------------------------------------------------------

AIMS = "Nummer;Indicator;Richting;Verwachte grootte;Beoordelen op;Versie;Vastgelegd op\n"


def started(data: Path) -> None:
    saved(
        data,
        record(
            "A-1", rows={"aim": [{"indicator": "vertrouwen", "direction": "op", "size": 1, "judge_at": "31-12-2027"}]}
        ),
    )


@pytest.mark.parametrize(
    ("rows", "versions"),
    [
        ("A-1;vertrouwen;Omhoog;1;31-12-2027;1;24-11-2026", [(1, 1.0)]),
        ("A-1;vertrouwen;Omhoog;1;31-12-2027;;", [(1, 1.0)]),
        ("A-1;vertrouwen;Omhoog;2;31-12-2027;;", [(1, 1.0), (2, 2.0)]),
        ("A-1;vertrouwen;Omhoog;2;31-12-2027;1;", [(1, 1.0), (2, 2.0)]),
        ("A-1;vertrouwen;Omhoog;1;31-12-2027;1;\nA-1;vertrouwen;Omhoog;3;31-12-2027;;", [(1, 1.0), (2, 3.0)]),
        ("", [(1, 1.0)]),
    ],
)
def test_after_the_start_an_aim_is_followed_by_a_newer_version_and_never_replaced(rows, versions, tmp_path):
    data = tmp_path / "data"
    started(data)
    checked = read(data, tmp_path, doelen_csv=f"{AIMS}{rows}\n")
    assert checked.problems == ()
    checked.save(data, TODAY)

    stored = rows_of(registers.get(data, "A-1"), "aim")
    assert [(row["version"], row["size"]) for row in stored] == versions
    assert counts(read(data, tmp_path, today=LATER, doelen_csv=f"{AIMS}{rows}\n"))[:2] == (0, 0)


# --- how files differ -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ","])
def test_csv_as_a_dutch_office_writes_it(encoding, separator, tmp_path):
    row = ROW.replace("Buurttuin", "Café ‘de Tuin’") + ";1.234,50"
    lines = [f"{HEAD};Besteed".split(";"), row.split(";")]
    text = "\r\n".join(separator.join(f'"{cell}"' if separator in cell else cell for cell in line) for line in lines)
    areas = f"Nummer{separator}Gebied{separator}Indelingsjaar\r\nA-1{separator}WK036300{separator}2024\r\n"

    checked = read(tmp_path / "data", tmp_path, a_csv=text.encode(encoding), g_csv=areas.encode(encoding))

    assert counts(checked) == (1, 0, 0)
    values = checked.added[0].values
    assert (values["title"], str(values["cost_spent"])) == ("Café ‘de Tuin’", "1234.50")
    assert values["start_planned"] == date(2024, 3, 1)


@pytest.mark.parametrize("heading", ["title", "TITEL", "Titel *", "  t i t é l ", "Títel"])
def test_a_heading_is_the_label_or_the_name_of_the_field(heading, tmp_path):
    saved(tmp_path / "data", record("A-1"))
    checked = read(tmp_path / "data", tmp_path, a_csv=f"{HEAD}\n{ROW}\n".replace("Titel", heading))
    assert counts(checked) == (0, 1, 0) and checked.changed[0].values["title"] == "Buurttuin"


@pytest.mark.parametrize("table", columns.SHEETS)
def test_a_csv_is_recognised_by_its_headings_whatever_its_name(table, tmp_path):
    named = {columns.plain(columns.label(table)): columns.columns(table)}
    for headings in named.values():
        text = ";".join(column.heading for column in headings) + "\n"
        (tmp_path / "x.csv").write_text(text, encoding="utf-8")
        found, problems = sheets.read([tmp_path / "x.csv"])
        assert problems == [] and [sheet.table for sheet in found] == [table]


def test_numbers_stay_text_and_a_number_that_excel_made_a_number_is_found(tmp_path):
    data = tmp_path / "data"
    saved(data, record("12"))
    sheets = {"Tijdlijn": [{"Nummer": 12, "Datum": date(2024, 3, 1), "Soort": "Start", "Wat": 2024}]}

    checked = read(data, tmp_path, t_xlsx=workbook(sheets))

    assert counts(checked) == (0, 1, 0)
    assert checked.changed[0].id == "12" and rows_of(checked.changed[0], "timeline")[0]["text"] == "2024"


def test_two_files_that_belong_together_and_a_relation_between_them(tmp_path):
    other = ROW.replace("A-1", "A-2")
    areas = "Nummer;Gebied;Indelingsjaar\nA-1;WK036300;2024\nA-2;WK036300;2024\n"
    relation = "Nummer;Verband;Andere activiteit\nA-1;Vervolg op;A-2\n"
    files = {"een_csv": f"{HEAD}\n{ROW}\n", "twee_csv": f"{HEAD}\n{other}\n", "g_csv": areas, "v_csv": relation}

    assert counts(read(tmp_path / "data", tmp_path, **files)) == (2, 0, 0)


# --- out and in again -----------------------------------------------------------------------------------------------


def loaded(data: Path, folder: Path, content: bytes, suffix: str) -> dict[tuple[str, str], Record]:
    """What an empty register holds after reading a file in."""
    checked = read(data, folder, **{f"uit_{suffix}": content})
    assert checked.problems == (), [problem.sentence() for problem in checked.problems]
    return {(one.table, one.id): one for one in checked.added}


def both_ways(records: list[Record], folder: Path) -> None:
    for suffix, content in (("xlsx", export.workbook(records)), ("zip", export.csv_zip(records))):
        found = loaded(folder / "leeg", folder, content, suffix)
        assert found.keys() == {(one.table, one.id) for one in records}
        for one in records:
            assert found[one.table, one.id].same_content(one), suffix
            assert found[one.table, one.id].values.get("entered_by") == one.values.get("entered_by")


def test_hidden_groups_versions_of_aims_and_what_was_withdrawn_come_back(tmp_path):
    data = tmp_path / "data"
    rows = {
        "aim": [
            {
                "indicator": "vertrouwen",
                "direction": "op",
                "size": n,
                "judge_at": "31-12-2027",
                "version": n,
                "recorded_at": f"01-0{3 * n}-2020",
            }
            for n in (1, 2)
        ],
        "count": [{"date": "01-06-2024", "method": "geteld", "participants": 30}],
        "group": [
            {"date": "01-06-2024", "trait": "geslacht", "class": f"geslacht_{name}", "number": number}
            for name, number in (("vrouw", 3), ("man", 20), ("anders", 7))
        ],
    }
    saved(data, record("A-1", rows=rows), record("A-2", title="=1+1", description="+31 is geen nummer\n@tuin\n'=x"))
    registers.set_withdrawn(data, "A-2", 1, "beleidsadviseur", True)
    stored = export.of(data)
    assert {row["number"] for row in stored[0].rows["group"]} >= {"<5", "verborgen"}

    both_ways(stored, tmp_path)

    whole = export.workbook(stored)
    page = openpyxl.load_workbook(io.BytesIO(whole))["Activiteiten"]
    assert {cell.data_type for cells in page.iter_rows(min_row=2) for cell in cells} <= {"s", "d", "n"}
    assert counts(read(data, tmp_path, register_xlsx=whole)) == (0, 0, 2)
    text = b"".join(export.csv_files(stored).values()).decode("utf-8-sig", "replace")
    assert "'=1+1" in text and ";=1+1" not in text
    assert "Na de start vastgelegd" in text and ";ja\r\n" in text


def test_the_example_reads_in_and_comes_back(tmp_path):
    files = sorted((EXAMPLE_DIR / "activiteiten").glob("*.csv"))
    checked = reading.read(files, tmp_path / "leeg", TODAY)
    assert counts(checked)[1:] == (0, 0) and len(checked.added) > 40
    both_ways([register.prepare(None, one, TODAY) for one in checked.added], tmp_path)


PRINTED = st.characters(codec="utf-8", exclude_categories=("Cs", "Cn", "Co"))
DATES = st.dates(date(1950, 1, 1), date(2026, 1, 1))


def typed(field: FieldSpec) -> st.SearchStrategy[object]:
    """Whatever somebody may type in a field."""
    text = st.text(PRINTED, min_size=1, max_size=min(field.most or 40, 60))
    kinds = {
        "code": lambda: st.sampled_from(list(options(field))),
        "codes": lambda: st.lists(st.sampled_from(list(options(field))), min_size=1, unique=True).map(";".join),
        "date": lambda: DATES,
        "year": lambda: st.integers(1900, 2100),
        "whole": lambda: st.integers(field.least or 0, field.most or 10_000_000),
        "percent": lambda: st.integers(0, 100),
        "decimal": lambda: st.floats(0, 1e8, allow_nan=False),
        "money": lambda: st.decimals(0, 10_000_000, places=2),
        "answer": lambda: st.sampled_from(["ja", "nee"]),
        "link": lambda: st.just("https://voorbeeld.example/=1+1"),
        "area": lambda: st.sampled_from(["WK970101", "BU97010101", "GM9701", "BU0363AA01"]),
        "pillar": lambda: st.sampled_from(list(catalogue.load().pillars)),
        "indicator": lambda: st.sampled_from(list(catalogue.load().indicators)),
        "activity": lambda: st.sampled_from(["A-1", "12", "0012"]),
        "hidden_count": lambda: st.one_of(st.integers(0, 500), st.just("<5"), st.just("verborgen")),
    }
    formulas = st.sampled_from(["=SOM(A1)", "-1+1", "@x", "'=x", "''+1", "_x0041_", "#N/B!", 'a;b,"c"', "x\ny"])
    made = kinds.get(field.kind, lambda: st.one_of(text, formulas))()
    return (made if field.required else st.one_of(st.none(), made)).filter(lambda value: acceptable(field, value))


def acceptable(field: FieldSpec, value: object) -> bool:
    """Whether the field takes this value, so that a record is made of what can be stored."""
    return (
        value is None
        or not checks.read_row(tables()["activity"].model_copy(update={"fields": (field,)}), {field.name: value})[1]
    )


def rows(table: str) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({field.name: typed(field) for field in tables()[table].fields})


@st.composite
def records(draw) -> Record:
    values = draw(rows(ACTIVITY))
    start = values["start_planned"]
    values |= {
        "status": "afgerond",
        "start_actual": start,
        "end_planned": None,
        "end_actual": draw(st.sampled_from([None, date(2026, 6, 1)])),
    }
    children = {}
    for child in CHILDREN:
        spec, least = tables()[child], int(child == "area")
        unique = (lambda row, spec=spec: tuple(str(row[name]) for name in spec.key)) if spec.key else None
        children[child] = draw(st.lists(rows(child), min_size=least, max_size=2, unique_by=unique))
    for place, row in enumerate(children["aim"], start=1):
        row |= {"version": place, "recorded_at": row["recorded_at"] or date(2020, 1, place)}
    for row in children["group"]:
        row["trait"] = (
            row["class"].rpartition("_")[0]
            if row["class"] in options(tables()["group"].field("class"))
            else row["trait"]
        )
        row["trait"] = next(
            trait for trait in options(tables()["group"].field("trait")) if row["class"].startswith(f"{trait}_")
        )
    children["relation"] = []
    found, wrong = checks.read(ACTIVITY, "x", values, children, TODAY)
    assert all("twee keer" in one.problem for one in wrong), wrong
    if wrong:
        found = Record("x", found.values, {"area": found.rows["area"][:1]})
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=st.lists(records(), min_size=1, max_size=3), withdrawn=st.booleans())
def test_whatever_can_be_stored_comes_back_the_same(made, withdrawn):
    numbered = [
        register.prepare(None, Record(f"A-{n}", one.values, one.rows, withdrawn=withdrawn and n == 0), TODAY)
        for n, one in enumerate(made)
    ]
    with tempfile.TemporaryDirectory() as folder:
        both_ways(numbered, Path(folder))


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.sampled_from("'=+-@\t\r a1"), max_size=6))
def test_a_shielded_text_is_no_formula_and_comes_back(text):
    assert safe.from_csv(safe.for_csv(text)) == text
    assert safe.for_csv(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_refused_words_are_those_of_the_field():
    with pytest.raises(InvalidValueError):
        parse(columns.WITHDRAWN, "misschien")
    assert columns.number_field(EVENT).name == "id" and columns.number_field("area").name == "activity_id"
