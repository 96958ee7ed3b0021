"""Fetching from the command line: what it says and how it ends, and a kill in the middle, against services on this computer."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import fetch_world
from tests.fetch_services import Services, figures
from wijkdata.settings import ROOT


@pytest.fixture(scope="module")
def services() -> Iterator[Services]:
    """Services that take a moment for every answer, of which one table of health is not there."""
    with Services(fetch_world.world(months=1), page=20, latency=0.01) as running:
        yield running


def command(directory: Path, services: Services, *arguments: str) -> list[str]:
    listed = services.catalogue(directory.with_suffix(".toml"))
    fetch = ["fetch", "--gemeente", "GM9701", "--years", "2019-2020", "--services", str(listed)]
    return [sys.executable, "-m", "wijkdata", "--data-dir", str(directory), *fetch, *arguments]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_plan_asks_nobody(services: Services, tmp_path: Path):
    asked = len(services.requests)
    answer = run(*command(tmp_path / "d", services, "--dry-run", "--json"))
    told = json.loads(answer.stdout)
    assert answer.returncode == 0 and told["hosts"] == [services.host] and len(services.requests) == asked
    assert [one["title"] for one in told["things"]][:2] == [
        "Grenzen van wijken en buurten 2019",
        "Grenzen van wijken en buurten 2020",
    ]


def test_what_fails_is_said_and_the_rest_is_in(services: Services, tmp_path: Path):
    answer = run(*command(tmp_path / "d", services, "--source", "gezondheidsmonitor", "--json"))
    told = json.loads(answer.stdout)
    assert answer.returncode == 2 and told["ok"] is False
    assert [one["state"] for one in told["things"]] == ["new", "failed"]
    assert "kent deze tabel niet" in answer.stderr and "Traceback" not in answer.stderr
    assert "50090NED" in run(sys.executable, "-m", "wijkdata", "--data-dir", str(tmp_path / "d"), "editions").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--years", "twee"], "schrijf bijvoorbeeld 2018-2024"),
        (["--gemeente", "Nergenshuizen"], "is niet gevonden"),
        (["--source", "weerbericht"], "u kunt kiezen uit grenzen"),
        (["--services", "nergens.toml"], "kan niet worden gelezen"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(services: Services, tmp_path: Path, arguments: list[str], words: str):
    answer = run(*command(tmp_path / "d", services), *arguments)
    assert answer.returncode == 2 and words in answer.stderr and answer.stderr.count("\n") == 1


def test_killed_and_begun_again_gives_the_same_to_the_last_digit(services: Services, tmp_path: Path):
    chosen = ["--source", "kerncijfers", "--source", "misdrijven", "--source", "grenzen", "--source", "leefbaarometer"]
    straight, killed = tmp_path / "recht", tmp_path / "gestoord"
    assert run(*command(straight, services, *chosen)).returncode == 0
    draw = random.Random(7)
    for _ in range(3):
        process = subprocess.Popen(
            command(killed, services, *chosen), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(draw.uniform(1.0, 6.0))
        process.kill()
        process.wait()
    assert run(*command(killed, services, *chosen)).returncode == 0
    assert figures(killed) == figures(straight) and figures(straight).count("\n") > 500


def test_a_folder_for_elsewhere_is_read_in_there(services: Services, tmp_path: Path):
    folder, elsewhere = tmp_path / "stick", tmp_path / "elders"
    chosen = ["--source", "kerncijfers", "--source", "leefbaarometer"]
    answer = run(*command(tmp_path / "d", services, *chosen, "--offline-folder", str(folder)))
    assert answer.returncode == 0 and "lees die map op de andere computer in" in answer.stdout
    assert not list((tmp_path / "d").glob("monitor-*.duckdb"))
    assert run(sys.executable, "-m", "wijkdata", "--data-dir", str(elsewhere), "import", str(folder)).returncode == 0
    assert figures(elsewhere).count("\n") > 300
