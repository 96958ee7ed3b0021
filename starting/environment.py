"""The folder `.venv`: made once from requirements.txt, known by its stamp, never asked of the network again."""

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from starting.problems import AGAIN, ROOT, StartError, check_writable

VENV = ROOT / ".venv"
REQUIREMENTS, DEV_REQUIREMENTS = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
NEEDED_MB = 1_100  # measured: .venv takes 625 MB, 840 with the parts of the tests, and pip unpacks beside it


def prepare(tests: bool) -> None:
    """Make `.venv` when it is missing, half made or out of date. When it is right, the network is not used."""
    if not stamp_holds("run", REQUIREMENTS):
        check_writable(ROOT, "zet wijkdata in een map waarin u mag schrijven")
        check_can_install()
        print(
            ("De map .venv is niet af of past niet bij deze versie en wordt opnieuw gemaakt. " if VENV.exists() else "")
            + "De onderdelen van wijkdata worden opgehaald; dit duurt meestal 1 tot 3 minuten en is één keer nodig."
        )
        started = time.monotonic()
        make_venv()
        install(REQUIREMENTS)
        write_stamp("run", REQUIREMENTS)
        print(f"De onderdelen staan klaar na {time.monotonic() - started:.0f} seconden.")
    if tests and not stamp_holds("test", DEV_REQUIREMENTS):
        print("De onderdelen voor de tests worden opgehaald; dit duurt meestal minder dan een minuut.")
        install(DEV_REQUIREMENTS)
        write_stamp("test", DEV_REQUIREMENTS)


def venv_python() -> Path:
    """Return the Python inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_text(requirements: Path) -> str:
    """Write what a finished `.venv` was made of: the requirements and the version of Python."""
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    return "{} Python {}.{} {}\n".format(digest, *sys.version_info[:2], sys.platform)


def stamp_holds(name: str, requirements: Path) -> bool:
    """Tell whether `.venv` was finished (the stamp is written last) from these requirements, and has its Python."""
    stamp = VENV / f"wijkdata-{name}.stamp"
    return venv_python().exists() and stamp.is_file() and stamp.read_text("utf-8") == stamp_text(requirements)


def write_stamp(name: str, requirements: Path) -> None:
    """Mark `.venv` as finished."""
    (VENV / f"wijkdata-{name}.stamp").write_text(stamp_text(requirements), "utf-8")


def check_can_install() -> None:
    """Raise StartError for anything that would stop the making of `.venv` half-way."""
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise StartError(
            "Deze Python mist de onderdelen venv en ensurepip; installeer ze (Debian en Ubuntu: "
            "sudo apt install python3-venv; anders: Python van https://www.python.org/downloads/) en " + AGAIN + "."
        )
    free = shutil.disk_usage(ROOT).free // 1_000_000
    if free < NEEDED_MB:
        raise StartError(
            f"De schijf is te vol: wijkdata heeft {NEEDED_MB} MB nodig en er is {free} MB vrij in {ROOT}; "
            f"maak ruimte vrij en {AGAIN}."
        )


def make_venv() -> None:
    """Make a new, empty `.venv`. Raises StartError when that fails."""
    # Python from the old .venv itself cannot throw that .venv away: then its parent makes the new one.
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    python = getattr(sys, "_base_executable", sys.executable) if inside else sys.executable
    process = subprocess.run(
        [python, "-m", "venv", "--clear", VENV], capture_output=True, text=True, errors="replace", check=False
    )
    if process.returncode:
        reason = " ".join((process.stdout + process.stderr).split())[-300:]
        raise StartError(
            install_problem(reason)
            or f"De map .venv kon niet worden gemaakt ({reason}); sluit wijkdata "
            f"als het nog openstaat, verwijder de map {VENV} en {AGAIN}."
        )


def install(requirements: Path) -> None:
    """Install exactly what `requirements` names, hashes and all. Raises StartError with the remedy."""
    total = len(re.findall(r"(?m)^\S+==", requirements.read_text("utf-8")))
    command: list[str | Path] = [
        venv_python(),
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--disable-pip-version-check",
    ]
    command += ["--progress-bar", "off", "-r", requirements]
    lines, seen = [], 0
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        assert pip.stdout is not None  # a pipe was asked for
        for line in pip.stdout:
            lines.append(line)
            seen += line.startswith("Collecting ")
            if sys.stdout.isatty():
                print(f"\r  {min(seen, total)} van {total} onderdelen", end="")
    if sys.stdout.isatty():
        print()
    if pip.returncode:
        output = "".join(lines)
        with contextlib.suppress(OSError):  # the disk may be full
            (VENV / "pip.log").write_text(output, "utf-8")
        raise StartError(
            install_problem(output)
            or f"De onderdelen van wijkdata konden niet worden geplaatst; zie {VENV / 'pip.log'}, en {AGAIN}."
        )


# Output of pip or venv -> the sentence. In this order: a full disk also gives other errors, and without a
# network pip finally says that a version does not exist.
PROBLEMS = (
    (
        r"No space left|Errno 28|Errno 122|not enough space|WinError 112",
        f"De schijf is vol; maak {NEEDED_MB} MB vrij en {AGAIN}.",
    ),
    (
        r"DO NOT MATCH THE HASHES|Hashes are required",
        "Een onderdeel is niet wat wijkdata verwacht (de controlegetallen verschillen), dus er is niets geplaatst; "
        f"vraag uw beheerder of het netwerk bestanden vervangt, en {AGAIN}.",
    ),
    (
        r"NewConnectionError|Failed to establish|Temporary failure in name|getaddrinfo|ConnectTimeout|ReadTimeout"
        r"|ProxyError|SSLError|CERTIFICATE_VERIFY|ConnectionError|Connection (?:refused|reset|broken|aborted)"
        r"|Network is unreachable|NameResolutionError|timed out|from versions: none",
        "De onderdelen van wijkdata konden niet worden opgehaald omdat pypi.org niet bereikbaar is; maak verbinding met "
        f"internet (op een afgeschermd netwerk: vraag uw beheerder naar de proxy voor pip) en {AGAIN}.",
    ),
    (
        r"Permission denied|Errno 13|Read-only file system|WinError 5\b|WinError 32",
        f"In de map {ROOT} kan niet worden geschreven; sluit wijkdata als het nog openstaat of zet de map op een "
        f"plaats waar u mag schrijven, en {AGAIN}.",
    ),
    (
        r"No matching distribution|Could not find a version|is not a supported wheel",
        "Voor dit systeem bestaat een van de onderdelen niet; gebruik een 64-bits Python 3.11 tot en met 3.14 op "
        f"Windows, macOS 14 of nieuwer, of Linux, en {AGAIN}.",
    ),
)


def install_problem(output: str) -> str:
    """Find the sentence for the output of pip or venv; an empty text when it is none of the known problems."""
    return next((sentence for pattern, sentence in PROBLEMS if re.search(pattern, output)), "")
