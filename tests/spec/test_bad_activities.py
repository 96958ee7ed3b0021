"""Bad workbooks and rows of activities: each its own sentence at its own place, and nothing written."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.activity_examples import record
from tests.bad_activities import BAD, CELLS, FILES, GOOD, SHAPES, Bad, spoiled, workbook
from wijkdata import __main__ as command_line
from wijkdata import catalogue
from wijkdata.loading.activities import reading, register
from wijkdata.loading.figures import uploads
from wijkdata.store.participation import registers

TODAY = date(2026, 11, 24)
FIGURES = b"gebied_code;indicator;periode;waarde\nWK970101;vertrouwen;2014;61,5\nWK970102;vertrouwen;2014;58\n"
AIM = {"indicator": "vertrouwen", "direction": "op", "judge_at": "31-12-2027"}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Figures of two wijken; S-1 with two versions of an aim, and I-1, which was withdrawn."""
    directory = tmp_path_factory.mktemp("activiteiten")
    uploads.import_uploads([("cijfers.csv", FIGURES)], directory, catalogue.load())
    versions = [
        {**AIM, "size": 1, "version": 1, "recorded_at": "01-01-2020"},
        {**AIM, "size": 2, "version": 2, "recorded_at": "01-01-2021"},
    ]
    started = record("S-1", areas=("WK970101",), rows={"aim": versions})
    register.save_all(directory, [started, record("I-1", areas=("WK970101",))], "beleidsadviseur", TODAY)
    registers.set_withdrawn(directory, "I-1", 1, "beleidsadviseur", True)
    return directory


def problems_of(content: bytes, data, folder, name: str = "activiteiten.xlsx"):
    path = folder / name
    path.write_bytes(content)
    return reading.read([path], data, TODAY).problems


@pytest.mark.parametrize("bad", [*BAD, *SHAPES], ids=lambda bad: bad.id)
def test_said_at_its_place_in_one_sentence(bad: Bad, data, tmp_path):
    problems = problems_of(spoiled(bad), data, tmp_path)

    at_the_place = [one for one in problems if (one.file, one.row, one.column) == bad.place]
    assert len(at_the_place) == 1, [one.sentence() for one in problems]
    sentence = at_the_place[0].sentence()
    for word in bad.words:
        assert word in sentence
    assert sentence.endswith(".") and "; " in sentence and sentence.isprintable()


@pytest.mark.parametrize("bad", [one for one in CELLS if one.place[2] != "Nummer"], ids=lambda bad: bad.id)
def test_one_wrong_cell_is_one_problem(bad: Bad, data, tmp_path):
    assert len(problems_of(spoiled(bad), data, tmp_path)) == 1


@pytest.mark.parametrize(("name", "content", "words"), FILES, ids=[name for name, *_ in FILES])
def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(name, content, words, data, tmp_path):
    problems = problems_of(content, data, tmp_path, name)

    assert len(problems) == 1
    for word in words:
        assert word in problems[0].sentence()


def test_the_workbook_that_is_spoiled_is_good(data, tmp_path):
    path = tmp_path / "goed.xlsx"
    path.write_bytes(workbook(GOOD))
    checked = reading.read([path], data, TODAY)
    assert checked.problems == ()
    assert (len(checked.added), len(checked.changed), checked.unchanged) == (3, 0, 0)


def test_the_table_is_as_large_as_promised():
    names = [bad.id for bad in [*BAD, *SHAPES]] + [name for name, *_ in FILES]
    assert len(names) == len(set(names)) >= 100


def test_every_problem_is_found_at_once_in_the_order_of_the_file(data, tmp_path):
    sheets = {name: [dict(row) for row in rows] for name, rows in GOOD.items()}
    sheets["Activiteiten"][1]["Status"] = "bezig"
    sheets["Activiteiten"][0]["Titel"] = None
    sheets["Omstandigheden"][0]["Soort"] = "Feest"

    found = problems_of(workbook(sheets), data, tmp_path)

    assert [(one.file, one.row, one.column) for one in found] == [
        ("Activiteiten", 2, "Titel"),
        ("Activiteiten", 3, "Status"),
        ("Omstandigheden", 2, "Soort"),
    ]


@pytest.mark.parametrize("bad", [CELLS[0], *SHAPES[:1]], ids=lambda bad: bad.id)
def test_the_command_line_is_exit_2_json_and_an_unchanged_register(bad: Bad, data, tmp_path, capsys):
    path = tmp_path / "activiteiten.xlsx"
    path.write_bytes(spoiled(bad))
    before = registers.records(data)

    status = command_line.main(["--data-dir", str(data), "activities", "import", str(path), "--json"])

    answer = json.loads(capsys.readouterr().out)
    assert status == 2
    assert list(answer) == ["ok", "added", "changed", "unchanged", "problems"]
    assert (answer["ok"], answer["added"], answer["changed"]) == (False, 0, 0)
    assert list(answer["problems"][0]) == ["sheet", "row", "column", "value", "problem", "remedy"]
    assert (answer["problems"][0]["sheet"], answer["problems"][0]["row"], answer["problems"][0]["column"]) == bad.place
    assert registers.records(data) == before


def test_saving_what_has_problems_is_refused(data, tmp_path):
    path = tmp_path / "activiteiten.xlsx"
    path.write_bytes(spoiled(CELLS[0]))
    checked = reading.read([path], data, TODAY)

    with pytest.raises(reading.InputError):
        replace(checked, added=checked.added).save(data, TODAY)
    assert set(registers.records(data)) == {"S-1", "I-1"}
