"""The command line as a script uses it: exit status, what goes to which stream, JSON, and a database that stays as it was."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.bad_files import BAD_FILES, BadFile
from tests.bad_files_geo import BAD_GEO_FILES
from wijkdata import __main__ as command_line
from wijkdata.settings import ROOT

OWN = "gebied_code;indicator;periode;waarde\nWK970101;vertrouwen;2019;61,50\nWK970102;vertrouwen;2019;58,125\nWK970101;vertrouwen;2021;63\n"
# A table of addresses without one of another year is kept in a data directory until that comes.
KEPT_FOR_LATER = ("addresses-alone", "addresses-same-year")
ALL_BAD = [
    (bad.id, bad.name, bad.content, bad.other_files, bad.problems) for bad in BAD_FILES if bad.id not in KEPT_FOR_LATER
] + [(f"geo: {name}", file, content, {}, None) for name, file, content, _ in BAD_GEO_FILES]


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error of one command in this process."""
    capsys.readouterr()
    status = command_line.main([str(argument) for argument in arguments])
    streams = capsys.readouterr()
    return status, streams.out, streams.err


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a directory, but the lock."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.suffix != ".lock"}


@pytest.mark.parametrize("bad_id", KEPT_FOR_LATER)
def test_addresses_of_one_year_are_kept_for_the_next(bad_id, filled, tmp_path, capsys):
    bad = next(bad for bad in BAD_FILES if bad.id == bad_id)
    file = tmp_path / bad.name
    file.write_bytes(bad.content)
    status, out, _ = run(capsys, "--data-dir", filled, "import", file)
    assert status == 0 and "er is nog geen ander jaar om ze naast te leggen" in out


@pytest.mark.parametrize(
    ("bad_id", "name", "content", "other_files", "problems"), ALL_BAD, ids=[row[0] for row in ALL_BAD]
)
def test_bad_input_is_exit_2_a_sentence_and_an_unchanged_database(
    bad_id, name, content, other_files, problems, filled, tmp_path, capsys
):
    for other_name, text in other_files.items():
        (tmp_path / other_name).write_bytes(text)
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = contents(filled)

    status, _, errors = run(capsys, "--data-dir", filled, "import", file)

    assert status == 2
    sentences = [line for line in errors.splitlines() if ";" in line or not line.endswith(" lezen.")]
    assert len(sentences) == (problems or len(sentences)) > 0
    assert all(sentence.startswith(name) and sentence.endswith(".") for sentence in sentences)
    assert "Traceback" not in errors
    assert contents(filled) == before


def test_one_bad_file_keeps_the_good_one_out_and_the_json_says_why(filled, tmp_path, capsys):
    good, bad = tmp_path / "goed.csv", tmp_path / "fout.csv"
    good.write_text(OWN.replace("2019", "2017"), encoding="utf-8")
    bad.write_text(OWN.replace("58,125", "veel"), encoding="utf-8")
    before = contents(filled)

    status, out, errors = run(capsys, "--data-dir", filled, "import", good, bad, "--json")

    answer = json.loads(out)
    assert status == 2
    assert answer["ok"] is False
    assert {file["file"]: file["message"] for file in answer["files"]}["goed.csv"].startswith(
        "Niet ingelezen: een ander"
    )
    assert "fout.csv, rij 3" in {file["file"]: file["message"] for file in answer["files"]}["fout.csv"]
    assert "fout.csv, rij 3" in errors
    assert contents(filled) == before


def test_import_answers_with_the_account_and_the_second_time_nothing_changes(tmp_path, capsys):
    file, data = tmp_path / "eigen.csv", tmp_path / "data"
    file.write_text(OWN, encoding="utf-8")

    status, out, _ = run(capsys, "--data-dir", data, "import", file, "--json")

    (account,) = json.loads(out)["files"]
    expected = {"file": "eigen.csv", "source": "eigen", "rows_read": 3, "observations": 3, "rejected": 0, "areas": 2}
    assert status == 0
    assert {key: account[key] for key in expected} == expected
    assert account["message"] == "Ingelezen."
    before = contents(data)
    status, out, _ = run(capsys, "--data-dir", data, "import", file, "--json")
    assert json.loads(out)["files"][0]["message"] == "Dit bestand was al ingelezen; er is niets veranderd."
    assert status == 0
    assert contents(data) == before


def test_keeping_going_reads_the_good_ones_and_still_says_no(tmp_path, capsys):
    for year in range(2010, 2017):
        (tmp_path / f"goed-{year}.csv").write_text(OWN.replace("2019", str(year)), encoding="utf-8")
    (tmp_path / "fout.csv").write_text(OWN.replace("58,125", "veel"), encoding="utf-8")
    files, data = sorted(tmp_path.glob("*.csv")), tmp_path / "data"

    status, _, errors = run(capsys, "--data-dir", data, "import", *files)
    assert (status, data.exists()) == (2, False)
    assert errors.splitlines()[-1] == "Er zijn 7 bestanden goed; lees die in met --keep-going."
    assert "3 van 8, nog 1 kB: goed-2011.csv lezen." in errors

    status, out, errors = run(capsys, "--data-dir", data, "import", *files, "--keep-going", "--json")
    answer = json.loads(out)
    assert (status, answer["ok"]) == (2, False)
    assert {file["file"]: file["state"] for file in answer["files"]} == {
        path.name: "refused" if path.name == "fout.csv" else "read" for path in files
    }
    assert errors.startswith("fout.csv, rij 3, kolom waarde")
    status, out, _ = run(capsys, "--data-dir", data, "editions", "--json")
    assert len(json.loads(out)["editions"]) == 7


def test_a_file_of_which_no_row_can_be_used_is_refused(tmp_path, capsys):
    file = tmp_path / "lbm.csv"
    file.write_text(
        "wk_code,wk_naam,jaar,lbm,afw\nXX001400,Centrum,2022,4.13,0.03\nXX001401,Zuid,2022,4.13,0.03\n", "utf-8"
    )
    status, _, errors = run(capsys, "--data-dir", tmp_path / "data", "import", file)
    assert (status, (tmp_path / "data").exists()) == (2, False)
    assert "lbm.csv, rij 2, kolom wk_code: geen van de 2 rijen is over te nemen" in errors and "XX001400" in errors


@pytest.mark.parametrize("command", ["status", "editions"])
def test_everything_that_is_in_the_store_can_be_written_as_json(command, real_data, capsys):
    """Of real files: also what has no date, no last period or no name."""
    status, out, _ = run(capsys, "--data-dir", real_data, command, "--json")
    rows = json.loads(out)["editions"]
    assert status == 0 and {None, 2022} <= {row["last_period"] for row in rows}


def test_the_folder_of_large_files_is_read_in_and_left_as_it_is(tmp_path, capsys):
    folder = tmp_path / "data" / "inlezen"
    status, _, errors = run(capsys, "--data-dir", tmp_path / "data", "import", "--inbox")
    assert (status, "inlezen staat niets" in errors) == (2, True)
    (folder / "2019").mkdir(parents=True)
    (folder / "2019" / "eigen.csv").write_text(OWN, encoding="utf-8")

    status, out, _ = run(capsys, "--data-dir", tmp_path / "data", "import", "--inbox")

    assert status == 0
    assert out.splitlines()[0] == "eigen.csv: Ingelezen."
    assert "  3 rijen gelezen, 3 overgenomen, 0 afgewezen." in out
    assert (folder / "2019" / "eigen.csv").read_text(encoding="utf-8") == OWN


def test_a_table_without_its_year_asks_and_is_answered(tmp_path, capsys):
    table = (
        '"Wijken en buurten";"Regioaanduiding/Codering (code)";"Opleidingsniveau/Laag/Waarde (%)"\n'
        '"Binnenstad";"WK970101  ";"    12.9"\n'
    )
    (tmp_path / "ses.csv").write_text(table, encoding="utf-8")

    status, _, errors = run(capsys, "--data-dir", tmp_path / "data", "import", tmp_path / "ses.csv")
    assert status == 2
    assert "staat niet van welk jaar de cijfers zijn" in errors and "--year" in errors

    status, out, _ = run(
        capsys, "--data-dir", tmp_path / "data", "import", tmp_path / "ses.csv", "--year", "2022", "--json"
    )
    assert (status, json.loads(out)["files"][0]["label"]) == (0, "2022")
    status, _, errors = run(capsys, "--data-dir", tmp_path / "data", "import", tmp_path / "ses.csv", "--year", "22")
    assert (status, errors.count("\n")) == (2, 1)


def test_export_gives_the_figures_as_published(filled, capsysbinary):
    assert command_line.main(["--data-dir", str(filled), "export", "vertrouwen", "--format", "csv"]) == 0

    rows = list(csv.DictReader(io.StringIO(capsysbinary.readouterr().out.decode("utf-8"))))

    assert list(rows[0]) == ["gebied_code", "gebied_naam", "periode", "waarde", "reden_ontbreekt", "bron"]
    assert [(row["gebied_code"], row["periode"], row["waarde"]) for row in rows] == [
        ("WK970101", "2019", "61.5"),
        ("WK970101", "2021", "63.0"),
        ("WK970102", "2019", "58.125"),
    ]


def test_everything_of_a_gemeente_leaves_with_what_is_known_of_it(filled, tmp_path, capsys):
    status, out, _ = run(
        capsys, "--data-dir", filled, "export", "--all", "--gemeente", "GM9701", "-o", tmp_path / "alles.zip"
    )

    with zipfile.ZipFile(tmp_path / "alles.zip") as packed:
        tables = {
            name: list(csv.DictReader(io.StringIO(packed.read(f"{name}.csv").decode("utf-8"))))
            for name in ("cijfers", "onderwerpen", "uitgaven")
        }
        about = packed.read("leesmij.txt").decode("utf-8")
    assert (status, out.split()[0]) == (0, str(len(tables["cijfers"])))
    trust = [row for row in tables["cijfers"] if row["indicator"] == "vertrouwen"]
    assert [(row["gebied_code"], row["periode"], row["waarde"], row["bron"]) for row in trust] == [
        ("WK970101", "2019", "61.5", "Eigen bestand"),
        ("WK970102", "2019", "58.125", "Eigen bestand"),
        ("WK970101", "2021", "63.0", "Eigen bestand"),
    ]
    assert {row["indicator"] for row in tables["cijfers"]} == {row["indicator"] for row in tables["onderwerpen"]}
    assert {row["uitgave"] for row in tables["cijfers"]} == {row["uitgave"] for row in tables["uitgaven"]}
    assert all(row["voorwaarden"] and row["indeling"] for row in tables["cijfers"])
    assert "fictieve cijfers" in about


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "vertrouwn"], ["‘vertrouwn’ bestaat niet", "vertrouwen"]),
        (["export", "vertrouwen", "--level", "stad"], ["kies uit land, gemeente, wijk, buurt"]),
        (["export", "vertrouwen", "--level", "buurt"], ["zijn op het niveau buurt geen cijfers"]),
        (["export"], ["ontbreekt", "INDICATOR", "--help"]),
        (["export", "--gemeente", "GM9701"], ["--all"]),
        (["export", "--all", "--gemeente", "GM9701"], ["--all", "-o BESTAND"]),
        (["export", "--all", "--gemeente", "Nergens", "-o", "x.zip"], ["‘Nergens’ is geen gemeente"]),
        (["export", "--all", "--gemeente", "GM9701", "-o", "x.xlsx"], ["x.xlsx", ".zip", ".csv"]),
        (["export", "--all", "--gemeente", "Baarn", "-o", "x.zip"], ["Van Baarn zijn geen cijfers ingelezen"]),
        (["rollback", "--edition", "9"], ["uitgave 9"]),
        (["rollback", "gisteren", "--edition", "9"], ["niet allebei"]),
        (["gap", "vertrouwen", "--scope", "GM0000"], ["‘GM0000’ kan hier niet"]),
        (
            ["gap", "vertrouwen", "--scope", "GM9701", "--reference-year", "1990"],
            ["1990 kan geen beginjaar zijn", "2019"],
        ),
        (["profile", "WK999999"], ["WK999999"]),
        (["rollback", "gisteren"], ["geen eerdere stand ‘gisteren’"]),
        (["import", "bestaat-niet.csv"], ["bestaat-niet.csv", "dit bestand bestaat niet"]),
        (["zing"], ["zing", "--help"]),
        (["status", "--hard"], ["--hard bestaat niet"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_slip_is_one_dutch_sentence(arguments, words, filled, capsys):
    status, _, errors = run(capsys, "--data-dir", filled, *arguments)

    assert status == 2
    assert len([line for line in errors.splitlines() if not line.endswith("lezen.")]) == 1
    assert all(word in errors for word in words), errors


def every_command():
    for name, command in sorted(command_line.cli.commands.items()):
        inside = getattr(command, "commands", None)
        yield from ([(name, one) for one in sorted(inside)] if inside else [(name,)])


@pytest.mark.parametrize("command", list(every_command()), ids=" ".join)
def test_every_command_has_help_in_dutch_and_json(command, capsys):
    status, out, _ = run(capsys, *command, "--help")

    assert status == 0
    assert out.startswith("Gebruik: wijkdata")
    assert "Opties:" in out
    assert "Toon deze uitleg." in out
    assert "--json" in out
    assert "Usage" not in out and "Show this message" not in out


def test_as_a_process_of_its_own(filled):
    done = subprocess.run(
        [sys.executable, "-m", "wijkdata", "--data-dir", str(filled), "status", "--json"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["areas"]["wijk"] == 2


def test_an_empty_directory_says_what_to_do(tmp_path, capsys):
    status, _, errors = run(capsys, "--data-dir", tmp_path / "leeg", "status")
    assert (status, "lees een bestand in" in errors) == (2, True)


def test_the_table_of_bad_files_is_the_one_of_the_readers():
    assert len(ALL_BAD) >= 80
    assert all(isinstance(bad, BadFile) for bad in BAD_FILES)
