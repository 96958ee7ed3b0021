"""The commands about activities as a script uses them: files, JSON, exit status, and what is put back."""

import json
from pathlib import Path

import pytest

from tests.activity_examples import record, saved
from tests.bad_activities import GOOD, workbook
from wijkdata import __main__ as command_line
from wijkdata.loading.example import dataset
from wijkdata.settings import EXAMPLE_DIR
from wijkdata.store.participation import registers


def run(capsys, data: Path, *arguments: object) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    capsys.readouterr()
    status = command_line.main(["--data-dir", str(data), *map(str, arguments)])
    streams = capsys.readouterr()
    return status, streams.out, streams.err


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "activiteiten.xlsx"
    path.write_bytes(workbook(GOOD))
    return path


@pytest.fixture
def data(tmp_path) -> Path:
    return tmp_path / "data"


def answer(added: int, changed: int, unchanged: int) -> dict[str, object]:
    return {"ok": True, "added": added, "changed": changed, "unchanged": unchanged, "problems": []}


def test_template_then_import_of_it_brings_nothing(data, tmp_path, capsys):
    path = tmp_path / "sjabloon.xlsx"
    assert run(capsys, data, "activities", "template", "-o", path)[0] == 0
    status, out, errors = run(capsys, data, "activities", "import", path, "--json")
    assert (status, json.loads(out), errors) == (0, answer(0, 0, 0), "")


def test_a_dry_run_writes_nothing_and_an_import_is_idempotent(book, data, capsys):
    assert json.loads(run(capsys, data, "activities", "import", book, "--dry-run", "--json")[1]) == answer(3, 0, 0)
    assert registers.records(data) == {}
    assert json.loads(run(capsys, data, "activities", "import", book, "--json")[1]) == answer(3, 0, 0)
    assert json.loads(run(capsys, data, "activities", "import", book, "--json")[1]) == answer(0, 0, 3)
    assert [role for _, role, *_ in registers.history(data, "A-1")] == ["invoer"]

    status, out, errors = run(capsys, data, "activities", "import", book)
    assert (status, out) == (0, "Ingelezen: 0 nieuw, 0 veranderd, 3 ongewijzigd.\n")
    assert errors == "De bestanden worden geopend.\n"


def test_without_json_a_sentence_per_problem_on_standard_error(data, tmp_path, capsys):
    sheets = {name: [dict(row) for row in rows] for name, rows in GOOD.items()}
    sheets["Activiteiten"][0]["Status"], sheets["Tellingen"][0]["Bezoeken"] = "bezig", "veel"
    path = tmp_path / "fout.xlsx"
    path.write_bytes(workbook(sheets))

    status, out, errors = run(capsys, data, "activities", "import", path)

    lines = errors.splitlines()[1:]
    assert (status, out, len(lines)) == (2, "", 2)
    assert lines[0].startswith(
        "Activiteiten, rij 2, kolom Status: dit woord staat niet in de lijst (gevonden: ‘bezig’)"
    )
    assert lines[1].startswith("Tellingen, rij 2, kolom Bezoeken: dit is geen getal (gevonden: ‘veel’)")
    assert registers.records(data) == {}


@pytest.mark.parametrize("name", ["uit.xlsx", "uit.zip", "uit.csv"])
def test_an_export_reads_back_into_an_empty_register(name, book, data, tmp_path, capsys):
    run(capsys, data, "activities", "import", book)
    folder = tmp_path / "uit"
    folder.mkdir()
    assert run(capsys, data, "activities", "export", "-o", folder / name)[0] == 0

    other = tmp_path / "ander"
    assert json.loads(run(capsys, other, "activities", "import", *folder.iterdir(), "--json")[1]) == answer(3, 0, 0)
    ours, theirs = registers.records(data), registers.records(other)
    assert ours.keys() == theirs.keys() and all(theirs[key].same_content(ours[key]) for key in ours)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("activities", "template", "-o", "uit.csv"), "eindigt"),
        (("activities", "export", "-o", "uit.pdf"), "eindigt op .xlsx, .zip of .csv"),
        (("activities", "export", "-o", "/bestaat/niet/uit.xlsx"), "kan niet worden geschreven"),
        (("activities", "import", "weg.xlsx"), "bestaat niet"),
        (("activities", "import"), "Er ontbreekt iets"),
        (("activities", "list", "--wijk", "Centrum"), "geen code van een gebied"),
        (("activities", "coverage"), "staan nog geen gegevens"),
        (("activities", "weg"), "bestaat niet"),
        (("backup", "-o", "kopie.duckdb"), "nog geen activiteiten vastgelegd"),
        (("restore", "weg.duckdb"), "kies een reservekopie"),
    ],
)
def test_what_cannot_be_done_is_one_dutch_sentence_and_exit_2(arguments, words, data, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, _, errors = run(capsys, data, *arguments)
    assert status == 2 and words in errors and "Traceback" not in errors


def test_a_list_in_words_and_as_json(data, capsys):
    saved(data, record("A-1", areas=("WK059910",), title="Tuin"), record("A-2", areas=("WK036300",), title="Schouw"))

    assert "WK059910" in run(capsys, data, "activities", "list")[1]
    found = json.loads(run(capsys, data, "activities", "list", "--wijk", "WK059910", "--json")[1])["activities"]
    assert [(one["id"], one["title"], one["begin"], one["end"], one["areas"]) for one in found] == [
        ("A-1", "Tuin", "2020-03-01", None, ["WK059910"])
    ]
    assert (
        run(capsys, data, "activities", "list", "--wijk", "WK000101")[1] == "Er zijn geen activiteiten in WK000101.\n"
    )


def test_backup_and_restore_say_what_they_did_and_where_the_old_state_is(book, data, tmp_path, capsys):
    run(capsys, data, "activities", "import", book)
    status, out, _ = run(capsys, data, "backup", "-o", tmp_path / "kopie.duckdb")
    assert (status, "2 activiteiten, 1 omstandigheid en 3 wijzigingen" in out) == (0, True)
    saved(data, record("A-9"))

    status, out, _ = run(capsys, data, "restore", tmp_path / "kopie.duckdb")

    assert status == 0 and set(registers.records(data)) == {"A-1", "A-2"}
    kept = Path(out.splitlines()[1].removeprefix("Wat er stond is bewaard in ").removesuffix("."))
    assert run(capsys, data, "restore", kept)[0] == 0
    assert set(registers.records(data)) == {"A-1", "A-2", "A-9"}


def test_coverage_of_the_example(example_data, capsys):
    status, out, _ = run(capsys, example_data, "activities", "coverage", "--json")
    found = json.loads(out)["municipalities"]
    assert status == 0 and [one["municipality"] for one in found] == ["GM9701"] and found[0]["fictional"]
    assert found[0]["activities"] > 30 and len(found[0]["gaps"]) == found[0]["grid"]["gaps"]
    assert "(fictief)" in run(capsys, example_data, "activities", "coverage")[1]


def test_the_files_of_the_example_are_already_in_the_register(example_data, capsys):
    files = sorted((EXAMPLE_DIR / "activiteiten").glob("*.csv"))
    assert len(files) == 11 and dataset.paths()
    found = json.loads(run(capsys, example_data, "activities", "import", *files, "--dry-run", "--json")[1])
    assert found["ok"] and (found["added"], found["changed"]) == (0, 0) and found["unchanged"] > 40
