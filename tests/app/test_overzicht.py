"""Overzicht as a page: choices and address, the empty state with the example, links that do not exist."""

from pathlib import Path

import numpy as np
import pytest

from tests.app.running import page, words
from tests.overview_examples import course, monitor_of
from wijkdata.questions.overzicht.question import overview
from wijkdata.store.monitor import versions


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two gemeenten; GM0599 has most wijken. In one wijk vulnerability falls and resilience grows."""
    directory = tmp_path_factory.mktemp("overzicht")
    rows = course("WK059901", {2014: (0, 0), 2022: (0.6, 0.5)}) + course("WK059902", {2014: (0, 0), 2022: (0, 0)})
    rows += course("WK059903", {2014: (-1, -1), 2022: (-1, -1.4)}) + course("WK001400", {2014: (1, 1), 2022: (0.2, 1)})
    monitor_of(directory, rows)
    return directory


def test_the_title_is_the_answer(data: Path, monkeypatch) -> None:
    app = page("overzicht", data, monkeypatch)
    assert not app.exception
    assert app.title[0].value == "Geen van de 3 wijken werd duidelijk kwetsbaarder of minder kwetsbaar"
    text = words(app)
    for part in (
        "Fysieke leefomgeving",
        "NL = 100",
        "Wat vraagt aandacht",
        "Wat nog ontbreekt",
        "rust op één modelcijfer",
    ):
        assert part in text


def test_a_link_to_a_wijk_opens_its_gemeente(data: Path, monkeypatch) -> None:
    app = page("overzicht", data, monkeypatch, wijk="WK001400")
    said = app.title[0].value.replace("\\", "")
    assert said == "WK001400: niet duidelijk meer of minder kwetsbaar, samenhang vrijwel gelijk"
    assert app.selectbox(key="w_wijk").value == "WK001400"
    assert "Gekozen wijk" in [one.value for one in app.header]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"gemeente": "GM1234"}, "GM1234"),
        ({"wijk": "WK059999"}, "WK059999"),
        ({"niveau": "straat"}, "straat"),
        ({"gemeente": "<script>"}, "script"),
    ],
)
def test_an_unknown_link_is_said_and_shows_the_nearest_view(data: Path, monkeypatch, query: dict, said: str) -> None:
    app = page("overzicht", data, monkeypatch, **query)
    assert not app.exception
    assert said in app.warning[0].value
    assert "Geen van de 3" in app.title[0].value


def test_choosing_a_wijk_stands_in_the_address(data: Path, monkeypatch) -> None:
    app = page("overzicht", data, monkeypatch)
    app.selectbox(key="w_wijk").select("WK059903").run()
    assert not app.exception
    assert app.query_params["wijk"] == "WK059903"


def test_another_gemeente_lets_go_of_the_wijk(data: Path, monkeypatch) -> None:
    app = page("overzicht", data, monkeypatch, gemeente="GM0599", wijk="WK059903")
    app.selectbox(key="w_gemeente").select("GM0014").run()
    assert not app.exception
    assert app.selectbox(key="w_wijk").value == ""
    assert not app.warning


def test_presenting_shows_one_figure_and_no_choices(data: Path, monkeypatch) -> None:
    app = page("overzicht", data, monkeypatch, presenteren="1")
    assert not app.exception
    assert [one.value for one in app.title] == ["Alle 3 pijlers met een score 85 tot 115"]
    assert not app.selectbox
    assert "Wat vraagt aandacht" not in words(app)


def test_the_empty_state_says_what_to_do(tmp_path: Path, monkeypatch) -> None:
    app = page("overzicht", tmp_path, monkeypatch)
    assert not app.exception
    assert app.title[0].value == "Er zijn nog geen gegevens van uw gemeente"
    assert [one.label for one in app.button] == ["Naar Gegevens", "Bekijk het voorbeeld"]
    assert words(app).count('<div class="wd-strip wd-hatch"></div>') == 4
    assert "Hier komt: van kwetsbaar naar weerbaar" in words(app)


def test_the_example_is_one_click_away_and_marked(tmp_path: Path, monkeypatch) -> None:
    app = page("overzicht", tmp_path, monkeypatch)
    app.button(key="voorbeeld").click().run()
    assert not app.exception
    assert "wijken werden duidelijk minder kwetsbaar" in app.title[0].value
    assert words(app).count(">fictief<") == 5  # the head and each of the four tiles


def test_what_became_of_samenhang_stands_under_the_title_both_ways(example_data: Path, monkeypatch) -> None:
    app = page("overzicht", example_data, monkeypatch, gemeente="GM9701")
    table = overview(monitor := versions.require(example_data), monitor.catalogue, "GM9701", "wijk", None).figure_table
    verdicts = table["Oordeel samenhang"].value_counts()
    grew, fell = (verdicts.get(word, 0) or "geen" for word in ("gestegen", "gedaald"))
    assert f"De samenhang groeide duidelijk bij {grew} en daalde bij {fell}." in words(app)
    changes = table.filter(like="Verandering").dropna()
    assert (changes == changes.round()).all(axis=None) and not (np.signbit(changes) & (changes == 0)).any(axis=None)
