"""The command line against a hostile or tired user: odd files, odd places, --json on every error, and a quick start."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.spec.test_command_line import OWN, contents, run
from wijkdata.settings import ROOT

POSIX = pytest.mark.skipif(os.name != "posix", reason="named pipes and resource limits are POSIX only")


def process(*arguments: object, **more) -> subprocess.CompletedProcess:
    """The command line as a process of its own."""
    command = [sys.executable, "-m", "wijkdata", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=60, **more)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(lambda path: path.mkdir(), "is een map en geen bestand", id="folder"),
        pytest.param(lambda path: path.symlink_to(path.name), "is niet te openen", id="link to itself", marks=POSIX),
        pytest.param(lambda path: os.mkfifo(path), "is geen gewoon bestand", id="pipe nobody writes to", marks=POSIX),
        pytest.param(
            lambda path: path.symlink_to("/dev/zero"), "geen gewoon bestand", id="endless device", marks=POSIX
        ),
        pytest.param(lambda path: None, "dit bestand bestaat niet", id="nothing"),
        pytest.param(lambda path: path.open("wb").truncate(260_000_000), "groter dan 250 MB", id="260 MB"),
    ],
)
def test_what_is_no_file_is_refused_before_it_is_opened(make, words, filled, tmp_path, capsys):
    path, before = tmp_path / "iets.csv", contents(filled)
    make(path)

    status, out, errors = run(capsys, "--data-dir", filled, "import", path, "--json")

    assert status == 2
    assert words in json.loads(out)["files"][0]["message"]
    assert errors.startswith("iets.csv: ") and errors.count("\n") == 1
    assert contents(filled) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import"], "ontbreekt iets: BESTAND"),
        (["import", "weg.csv"], "dit bestand bestaat niet"),
        (["status", "iets"], "dit hoort er niet bij: iets"),
        (["status", "--hard"], "--hard bestaat niet"),
        (["zing"], "zing bestaat niet"),
        (["export", "vertrouwn"], "‘vertrouwn’ bestaat niet"),
        (["export", "vertrouwen", "--level", "stad"], "kies uit land"),
        (["gap", "vertrouwen", "--reference-year", "lang geleden"], "kan niet bij --reference-year"),
        (["gap", "vertrouwen", "--scope", "GM0599' OR 1=1 --"], "‘GM0599' OR 1=1 --’ kan hier niet"),
        (["profile", "WK970101; DROP TABLE area"], "staat niet in de ingelezen gegevens"),
        (["rollback"], "geen eerdere stand"),
        (["momenten"], "geen landelijke cijfers"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_every_error_with_json_is_one_json_document_and_one_sentence(arguments, words, filled, capsys):
    status, out, errors = run(capsys, "--data-dir", filled, *arguments, "--json")

    answer = json.loads(out)
    assert (status, answer["ok"]) == (2, False)
    assert words in answer.get("message", json.dumps(answer.get("files"), ensure_ascii=False))
    assert words in errors and errors.count("\n") == 1
    assert "Invalid" not in errors and "Error" not in errors


def test_the_same_content_counts_once_in_a_path_with_spaces_and_accents(tmp_path, capsys):
    folder = tmp_path / "cijfers é ü 'ß'"
    folder.mkdir()
    first, twin = folder / "eigen.csv", folder / "kopie van eigen.csv"
    for path in (first, twin):
        path.write_text(OWN, encoding="utf-8")

    status, out, _ = run(capsys, "--data-dir", folder / "de data", "import", first, twin, first, "--json")

    accounts = json.loads(out)["files"]
    assert status == 0
    assert [account["run_id"] for account in accounts] == [1, 1], "a path given twice is one file"
    assert accounts[1]["message"] == "Dit bestand is gelijk aan eigen.csv; het telt één keer."


@pytest.mark.parametrize("place", ["", "geen-map/uit.csv"], ids=["a folder", "in a folder that is not there"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_answer_that_cannot_be_written_is_said(place, kind, filled, tmp_path, capsys):
    target = tmp_path / place
    status, _, errors = run(capsys, "--data-dir", filled, "export", "vertrouwen", "--format", kind, "-o", target)
    assert (status, errors.count("\n")) == (2, 1)
    assert "kan niet worden geschreven" in errors and "kies een andere plaats" in errors


def test_json_keeps_every_digit(tmp_path, capsys):
    """17 digits that no shorter number reads back to; a small one that has more than 15 decimals."""
    texts = ["57.083339999999996", "0.020305001234567891", "61.5"]
    file = tmp_path / "eigen.csv"
    rows = [f"WK97010{n};vertrouwen;2019;{text}" for n, text in enumerate(texts, start=1)]
    file.write_text("\n".join(["gebied_code;indicator;periode;waarde", *rows, "WK970109;vertrouwen;2019;", ""]))
    assert run(capsys, "--data-dir", tmp_path / "d", "import", file)[0] == 0

    _, out, _ = run(capsys, "--data-dir", tmp_path / "d", "export", "vertrouwen", "--json")

    assert [row["waarde"] for row in json.loads(out)["rows"]] == [*map(float, texts), None]


@POSIX
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path):
    rows = "".join(f"WK{g:04d}{w:02d};vertrouwen;2019;61,5\n" for g in range(1, 600) for w in range(10))
    (tmp_path / "veel.csv").write_text("gebied_code;indicator;periode;waarde\n" + rows)
    assert process("--data-dir", tmp_path / "d", "import", tmp_path / "veel.csv").returncode == 0
    command = f"'{sys.executable}' -m wijkdata --data-dir '{tmp_path}/d' export vertrouwen | head -1"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout.startswith("gebied_code,"), done.stderr) == (True, "")


@POSIX
@pytest.mark.parametrize("size", [10_000, 600_000, 3_000_000])
def test_a_full_disk_is_a_sentence_and_leaves_the_old_stand(size, tmp_path):
    """A limit on the size of a file fails a write as a full disk does, wherever the importer is at that moment."""
    small, large, data = tmp_path / "klein.csv", tmp_path / "groot.csv", tmp_path / "d"
    small.write_text(OWN, encoding="utf-8")
    rows = "".join(
        f"WK{g:04d}{w:02d};vertrouwen;{year};{(g * w * year) % 100}.{g * w}\n"
        for g in range(1, 900) for w in range(20) for year in range(2015, 2024)
    )  # fmt: skip
    large.write_text("gebied_code;indicator;periode;waarde\n" + rows)
    assert process("--data-dir", data, "import", small).returncode == 0
    before = contents(data)
    script = (
        f"import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size})); import sys; from wijkdata.__main__ import main; "
        f"sys.exit(main(['--data-dir', {str(data)!r}, 'import', {str(large)!r}]))"
    )

    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert done.returncode == 2, done.stderr
    assert "konden niet worden opgeslagen" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert contents(data) == before


def test_help_loads_none_of_the_heavy_libraries():
    """Help must be there at once; what a command needs is loaded inside it."""
    script = (
        "import sys; from wijkdata.__main__ import main; main(['--help']); main(['import', '--help']); main(['zing']); "
        "print(sorted({'pandas', 'numpy', 'duckdb', 'streamlit', 'shapely', 'openpyxl', 'altair'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", [["status"], ["export", "vertrouwen"], ["editions"]], ids=" ".join)
def test_a_question_loads_no_screen_and_no_geometry(command, filled):
    script = (
        f"import sys; from wijkdata.__main__ import main; main(['--data-dir', {str(filled)!r}, *{command!r}]); "
        "print(sorted({'streamlit', 'shapely', 'pyproj', 'altair', 'pydeck'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


def test_paths_of_folders_are_made(tmp_path, capsys):
    (tmp_path / "eigen.csv").write_text(OWN, encoding="utf-8")
    occupied: Path = tmp_path / "bezet"
    occupied.write_text("geen map", encoding="utf-8")
    assert run(capsys, "--data-dir", tmp_path / "a" / "b" / "c", "import", tmp_path / "eigen.csv")[0] == 0
    status, _, errors = run(capsys, "--data-dir", occupied, "import", tmp_path / "eigen.csv")
    assert (status, "er staat al een bestand met die naam" in errors) == (2, True)
