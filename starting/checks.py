"""The tests: ruff, mypy, pytest, and the browser that they drive."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from starting.environment import prepare, venv_python
from starting.problems import AGAIN, ROOT, StartError

QUICK = "--snel"
BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge",
)  # fmt: skip
BROWSER_PLACES = (
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
    "{ProgramFiles}/Microsoft/Edge/Application/msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)


# Side by side, one file of tests at a time: what a file makes once is made once. More than four browsers gain nothing. In
# the order of their names: the browser's files take longest and begin early, the many small ones fill the end.
SIDE_BY_SIDE = ("-n", "logical", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder")


def test(arguments: list[str]) -> int:
    """Run ruff, mypy and pytest with these arguments; the exit code is that of the first one that fails.

    `--snel` leaves out the tests that drive a browser, and needs none.
    """
    prepare(tests=True)
    environment = {**os.environ, "PYTHONUTF8": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process compiles every test and all of the app anew
    if QUICK in arguments:
        arguments = ["-m", "not browser", *(argument for argument in arguments if argument != QUICK)]
    else:
        environment["WIJKDATA_CHROMIUM"] = find_chromium() or install_chromium()
    commands = [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]]
    for command in [*commands, ["pytest", *SIDE_BY_SIDE, *arguments]]:
        print("$ " + " ".join(command))
        if code := subprocess.call([venv_python(), "-m", *command], cwd=ROOT, env=environment):
            return code
    return 0


def find_chromium() -> str | None:
    """Find a browser of the Chromium family: the one in WIJKDATA_CHROMIUM, else the first there is; None when there is none.

    Raises StartError when WIJKDATA_CHROMIUM names something that does not exist.
    """
    if chosen := os.environ.get("WIJKDATA_CHROMIUM"):
        if program := shutil.which(chosen):
            return program
        raise StartError(f"WIJKDATA_CHROMIUM noemt {chosen}, maar dat is geen programma; verbeter of verwijder het.")
    places = (re.sub(r"\{(.+?)\}", lambda name: os.environ.get(name[1], "-"), place) for place in BROWSER_PLACES)
    return next(filter(None, map(shutil.which, (*BROWSERS, *places))), None)


def install_chromium() -> str:
    """Install Chromium on Debian as root. Raises StartError elsewhere."""
    if Path("/etc/debian_version").exists() and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Chromium wordt geïnstalleerd voor de tests in de browser; dit duurt ongeveer een minuut.")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.call(["apt-get", "--quiet", *command], env=environment)
        if program := find_chromium():
            return program
    raise StartError(
        "De tests gebruiken Chromium, Chrome of Edge en geen daarvan is gevonden; installeer er een (Debian: "
        f"sudo apt install chromium) of noem het programma in WIJKDATA_CHROMIUM, en {AGAIN}."
    )
