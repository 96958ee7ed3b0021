"""`profile GEBIED`: the same answer as the page, as Dutch text and as JSON, and one sentence for an unknown area."""

import json
from pathlib import Path

import pytest

from tests.profile_examples import BEST, NOTHING, SMALL, example
from wijkdata import __main__ as command_line


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("profiel")
    example(folder)
    return folder


def run(capsys, data: Path, *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = command_line.main(["--data-dir", str(data), "profile", *arguments])
    streams = capsys.readouterr()
    return status, streams.out, streams.err


def test_the_text_names_every_pillar_and_figure(capsys, data):
    status, out, err = run(capsys, data, BEST)
    assert (status, err) == (0, "")
    for part in (
        "WK059910",
        "Fysieke leefomgeving: score",
        "Collectieve weerbaarheid: score",
        "Bijstand per 1.000 inwoners",
        "10,0  2020",
        "geen gegevens: nog niet ingelezen",
        "Bronnen: ",
    ):
        assert part in out


@pytest.mark.parametrize(
    ("area", "value", "verdict"),
    [(BEST, 0.1, "gunstiger"), (SMALL, 0.11, "geen oordeel: te weinig inwoners"), (NOTHING, None, "geen gegevens")],
)
def test_the_json_holds_values_and_null_for_what_is_missing(capsys, data, area, value, verdict):
    status, out, _ = run(capsys, data, area, "--json")
    answer = json.loads(out)
    figure = next(one for one in answer["pillars"][0]["indicators"] if one["id"] == "lbm3_won")
    assert status == 0 and [pillar["id"] for pillar in answer["pillars"]] == [
        "fysiek",
        "sociaal_economisch",
        "veiligheid",
        "weerbaarheid",
    ]
    assert (figure["value"], figure["verdict"]) == (value, verdict)


@pytest.mark.parametrize("area", ["WK059977", "GM0599", "Feijenoord", ""])
def test_an_unknown_area_is_one_sentence(capsys, data, area):
    status, out, err = run(capsys, data, area)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1 and "Traceback" not in err
