"""start.py as its user meets it: a real process, an empty environment, and one Dutch sentence when something is wrong."""

import ast
import errno
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from starting import checks, environment, problems, server
from starting.problems import StartError
from tests.browser.harness import free_port

ROOT = Path(__file__).resolve().parents[3]
FAKE_APP = "import streamlit as st\nst.title('proef')\n"
# Stands for the command line of wijkdata: writes the file that start.py looks for, and says that it was asked.
FAKE_COMMAND = """import pathlib, sys
directory = pathlib.Path(sys.argv[sys.argv.index("--data-dir") + 1])
(directory / "monitor-1.duckdb").touch()
print("voorbeeld gemaakt")
"""


@pytest.fixture
def project(tmp_path):
    """A copy of what start.py needs, around an app of two lines."""
    folder = tmp_path / "een map met spaties"
    (folder / "wijkdata").mkdir(parents=True)
    for name in (
        "start.py",
        "requirements.txt",
        "requirements-dev.txt",
        "wijkdata/__init__.py",
        "wijkdata/settings.py",
    ):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "starting", folder / "starting", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "wijkdata/__main__.py").write_text(FAKE_COMMAND, "utf-8")
    (folder / "app.py").write_text(FAKE_APP, "utf-8")
    return folder


@pytest.fixture
def ready(project):
    """The copy with a finished `.venv`: the packages of the Python that runs the tests, and the stamps."""
    venv = project / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    site = next(venv.glob("lib/python*/site-packages"), venv / "Lib/site-packages")
    (site / "borrowed.pth").write_text("\n".join(path for path in sys.path if "site-packages" in path), "utf-8")
    for name, file in (("run", "requirements.txt"), ("test", "requirements-dev.txt")):
        (venv / f"wijkdata-{name}.stamp").write_text(environment.stamp_text(project / file), "utf-8")
    return project


def start(folder, *arguments, **variables):
    """`python start.py ...` in an environment with nothing but a PATH; no network: any proxy asked is a closed port."""
    empty = {"PATH": os.defpath, "https_proxy": "http://127.0.0.1:9", "PIP_RETRIES": "0", "PIP_NO_CACHE_DIR": "1"}
    if os.name == "nt":
        empty["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return subprocess.run(
        [sys.executable, "start.py", *arguments],
        cwd=folder,
        env=empty | variables,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def assert_one_sentence(done, *words):
    """Exit 2, one line on standard error that ends as a sentence and holds these words, no traceback."""
    assert done.returncode == 2, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    assert lines[0].endswith((".", "--help", "start.py"))
    for word in words:
        assert word in lines[0]


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13), (3, 15, 0), (4, 0, 0)])
def test_a_wrong_python_is_told_which_ones_are_right(version):
    code = f"import sys; sys.version_info = {version}; exec(compile(open('start.py').read(), 'start.py', 'exec'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert_one_sentence(done, "3.11 tot en met 3.14", f"dit is Python {version[0]}.{version[1]}", "python.org")


def test_start_is_written_so_that_python_2_7_can_read_it():
    """Seen with 2.7, 3.6, 3.7, 3.9 and 3.10: what those cannot parse or read must not come in."""
    source = (ROOT / "start.py").read_bytes()
    assert source.isascii()
    newer = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.arg, ast.AsyncFunctionDef, ast.Match, ast.Nonlocal)
    assert [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, newer)] == []


def test_a_port_that_is_taken_is_one_sentence(ready):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = start(ready, "--port", port, "--no-browser")
    assert_one_sentence(done, f"Poort {port} is al in gebruik", "--port")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "80"], ["Poort 80 kan niet", "1024 tot en met 65535"]),
        (["--port", "abc"], ["--port abc", "--help"]),
        (["--port"], ["--help"]),
        (["--poort", "8600"], ["--poort 8600", "--help"]),
        (["starten"], ["starten", "--help"]),
        (["--no-brow"], ["--no-brow", "--help"]),
    ],
)
def test_a_slip_on_the_command_line_is_one_sentence(ready, arguments, words):
    assert_one_sentence(start(ready, *arguments), *words)


def test_help_is_dutch_and_needs_nothing(project):
    done = start(project, "--help")
    assert done.returncode == 0
    assert "--data-dir MAP" in done.stdout
    assert not (project / ".venv").exists()


def test_a_data_directory_that_cannot_be_made(ready):
    (ready / "bestand").write_text("geen map", "utf-8")
    done = start(ready, "--data-dir", ready / "bestand" / "gegevens", "--no-browser")
    assert_one_sentence(done, str(ready / "bestand"), "kan niet worden geschreven", "--data-dir")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder in which even root cannot write")
def test_a_folder_in_which_nobody_may_write():
    with pytest.raises(StartError, match=r"In de map /proc/self kan niet worden geschreven .*; zet hem elders\."):
        problems.check_writable(Path("/proc/self"), "zet hem elders")


def test_a_full_disk_while_trying_a_folder(tmp_path, monkeypatch):
    def full(dir):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(problems.tempfile, "TemporaryFile", full)
    with pytest.raises(StartError, match=r"De schijf van de map .* is vol; maak ruimte vrij"):
        problems.check_writable(tmp_path, "")


def test_a_disk_that_is_too_full_to_begin(monkeypatch):
    monkeypatch.setattr(environment, "NEEDED_MB", 10**12)
    with pytest.raises(StartError, match=r"De schijf is te vol: wijkdata heeft \d+ MB nodig en er is \d+ MB vrij"):
        environment.check_can_install()


def test_a_python_without_venv(monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(StartError, match=r"mist de onderdelen venv en ensurepip.*sudo apt install python3-venv"):
        environment.check_can_install()


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "De schijf is vol"),
        ("ERROR: Could not install packages: [WinError 112] There is not enough space on the disk", "De schijf is vol"),
        (
            "Retrying after connection broken by 'NewConnectionError'\nERROR: No matching distribution",
            "niet bereikbaar",
        ),
        ("Temporary failure in name resolution\nERROR: Could not find a version", "niet bereikbaar"),
        ("SSLError(SSLCertVerificationError(CERTIFICATE_VERIFY_FAILED", "niet bereikbaar"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "controlegetallen"),
        ("PermissionError: [WinError 5] Access is denied: 'x.pyd'", "kan niet worden geschreven"),
        ("ERROR: No matching distribution found for pyarrow==26.0.1", "Voor dit systeem"),
        ("ERROR: something nobody has seen", ""),
    ],
)
def test_what_pip_says_becomes_a_sentence(output, sentence):
    problem = environment.install_problem(output)
    assert problem.startswith(sentence) if not sentence else sentence in problem


def test_no_network_on_a_first_start_is_one_sentence_and_is_tried_again(project):
    for _ in range(2):  # the second time the half-made .venv of the first is thrown away
        done = start(project, "--no-browser", PIP_INDEX_URL="https://pypi.invalid/simple", PIP_CONFIG_FILE=os.devnull)
        assert_one_sentence(done, "pypi.org niet bereikbaar", "maak verbinding met internet")
    assert "De map .venv is niet af" in done.stdout
    assert not list((project / ".venv").glob("*.stamp"))


@pytest.mark.parametrize(
    ("damage", "holds"),
    [
        (lambda venv: None, True),
        (lambda venv: (venv / "wijkdata-run.stamp").unlink(), False),
        (lambda venv: (venv / "wijkdata-run.stamp").write_text("", "utf-8"), False),
        (lambda venv: shutil.rmtree(environment.VENV / ("Scripts" if os.name == "nt" else "bin")), False),
        (lambda venv: shutil.rmtree(venv), False),
        (lambda venv: (venv.parent / "requirements.txt").write_text("streamlit==9\n", "utf-8"), False),
        (lambda venv: (venv / "wijkdata-run.stamp").write_text("x Python 3.4 linux", "utf-8"), False),
    ],
    ids=["whole", "no stamp", "stamp cut off", "no python", "no .venv", "other requirements", "other Python"],
)
def test_half_made_or_outdated_is_seen(ready, monkeypatch, damage, holds):
    monkeypatch.setattr(environment, "VENV", ready / ".venv")
    damage(ready / ".venv")
    assert environment.stamp_holds("run", ready / "requirements.txt") is holds


def test_a_start_in_a_finished_environment_is_offline_and_quick(ready):
    port = free_port()
    log = (ready / "log").open("w+", encoding="utf-8")
    empty = {"PATH": os.defpath, "https_proxy": "http://127.0.0.1:9", "PYTHONIOENCODING": "utf-8"}
    begun = time.monotonic()
    started = subprocess.Popen(
        [sys.executable, "start.py", "--port", str(port), "--no-browser", "--data-dir", "gegevens"],
        cwd=ready, env=empty, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        lines = await_line(log.name, "staat klaar")
        seconds = time.monotonic() - begun
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}", timeout=10).status == 200
        assert port_answers(port)
        started.send_signal(signal.SIGINT)
        assert started.wait(20) == 0
    finally:
        started.kill()
        log.close()
    assert f"http://127.0.0.1:{port}" in lines
    assert "voorbeeld gemaakt" in lines
    assert (ready / "gegevens/monitor-1.duckdb").exists()
    assert "opgehaald" not in lines
    assert not port_answers(port), "the server lives on after Ctrl+C"
    assert seconds < 20, "a ready environment must not install anything"


def await_line(path, words):
    for _ in range(400):
        text = Path(path).read_text("utf-8")
        if words in text:
            return text
        time.sleep(0.1)
    pytest.fail(f"'{words}' was never said: {text}")


def port_answers(port):
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def test_the_next_free_port_is_taken_and_said(capsys, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(server, "PORT", taken.getsockname()[1])
        chosen = server.choose_port(None)
    assert chosen > taken_port(capsys.readouterr().out) and not port_answers(chosen)


def taken_port(text):
    return int(re.match(r"Poort (\d+) is al in gebruik .*; wijkdata neemt poort \d+\.", text)[1])


def test_a_server_that_does_not_come_up_is_one_sentence(ready):
    next((ready / ".venv").rglob("borrowed.pth")).unlink()  # as when somebody emptied .venv: no Streamlit there
    done = start(ready, "--no-browser", "--port", str(free_port()))
    assert done.returncode == 2
    assert "kwam niet op gang" in done.stderr.splitlines()[-1] and "verwijder de map .venv" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_browser_of_the_tests(tmp_path, monkeypatch):
    program = tmp_path / "eigen-chromium"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("WIJKDATA_CHROMIUM", str(program))
    assert checks.find_chromium() == str(program)
    monkeypatch.setenv("WIJKDATA_CHROMIUM", str(tmp_path / "bestaat-niet"))
    with pytest.raises(StartError, match=r"WIJKDATA_CHROMIUM noemt .*bestaat-niet, maar dat is geen programma"):
        checks.find_chromium()


def test_without_a_browser_the_sentence_says_what_to_install(monkeypatch):
    monkeypatch.delenv("WIJKDATA_CHROMIUM", raising=False)
    monkeypatch.setattr(checks.shutil, "which", lambda name: None)
    monkeypatch.setattr(checks.os, "geteuid", lambda: 1000, raising=False)
    assert checks.find_chromium() is None
    with pytest.raises(StartError, match=r"geen daarvan is gevonden; installeer er een .*sudo apt install chromium"):
        checks.install_chromium()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_the_requirements_are_pinned_with_hashes_and_name_no_index(file):
    text = (ROOT / file).read_text("utf-8")
    entries = re.split(r"(?m)^(?=[a-z])", re.sub(r"(?m)^\s*#.*\n", "", text).strip())
    pinned = [entry for entry in entries if re.match(r"[a-z0-9.-]+==\S+", entry) and "--hash=sha256:" in entry]
    assert pinned == [entry for entry in entries if entry.strip()]
    assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links", text)
