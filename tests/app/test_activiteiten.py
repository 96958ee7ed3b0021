"""Activiteiten as a page: the register by its address, one activity, and what is withdrawn and brought back."""

from pathlib import Path

import pytest

from tests.activity_examples import record, saved, some
from tests.app.running import page, words
from tests.profile_examples import example
from wijkdata.store.participation import registers

AIM = {"indicator": "lbm3_afw", "direction": "op", "judge_at": "2023-12-31"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Figures of three gemeenten, and activities in two of them."""
    folder = tmp_path_factory.mktemp("activiteiten")
    example(folder)
    saved(folder, *some(), record("doel", rows={"aim": [AIM]}, start_planned="2016-07-01"))
    return folder


def rows(app) -> list[str]:
    """What the list to open one with offers."""
    return [text.split(" (")[0] for text in app.selectbox(key="register_open").options]


@pytest.mark.parametrize(
    ("query", "title", "shown"),
    [
        ({}, "In Rotterdam lopen nu 5 activiteiten, 1 stopt binnenkort", 9),
        ({"soort": "cursus,jeugd"}, "lopen nu 2 activiteiten uit uw keuze", 2),
        ({"wijk": "WK059909"}, "In WK059909 lopen nu 2 activiteiten", 2),
        ({"status": "afgerond", "tot": "2017"}, "loopt nu geen activiteit uit uw keuze", 1),
        ({"pijler": "weerbaarheid", "trede": "2"}, "loopt nu 1 activiteit uit uw keuze", 1),
        ({"zoek": "hele stad"}, "loopt nu 1 activiteit uit uw keuze", 1),
    ],
)
def test_the_register_answers_by_its_address(data: Path, monkeypatch, query: dict, title: str, shown: int) -> None:
    app = page("activiteiten", data, monkeypatch, gemeente="GM0599", **query)
    assert not app.exception and not app.error and not app.warning
    assert title in app.title[0].value
    assert len(rows(app)) == shown
    charts = app.get("vega_lite_chart") + app.get("arrow_vega_lite_chart")
    assert len(charts) == 2 and all(chart.proto.alt for chart in charts)  # the wide one and that of a phone
    assert "wd-source" in words(app)


def test_a_choice_that_leaves_nothing_says_what_to_do(data: Path, monkeypatch) -> None:
    app = page("activiteiten", data, monkeypatch, gemeente="GM0599", soort="huisbezoek")
    assert "niets dat bij uw keuze past" in app.title[0].value
    assert "Maak een keuze leeg" in words(app)


@pytest.mark.parametrize(
    ("name", "value"), [("wijk", "WK999999"), ("pijler", "mars"), ("soort", "<b>"), ("van", "1812")]
)
def test_an_unknown_link_says_so_and_shows_the_register(data: Path, monkeypatch, name: str, value: str) -> None:
    app = page("activiteiten", data, monkeypatch, gemeente="GM0599", **{name: value})
    assert not app.exception and value.strip("<>") in app.warning[0].value
    assert len(rows(app)) == 9


def test_the_register_works_without_figures(tmp_path: Path, monkeypatch) -> None:
    saved(tmp_path, *some())
    app = page("activiteiten", tmp_path, monkeypatch)
    assert not app.exception and "In Rotterdam lopen nu 4 activiteiten" in app.title[0].value


@pytest.mark.parametrize("figures", [False, True])
def test_an_empty_register_says_how_to_begin(tmp_path: Path, monkeypatch, figures: bool) -> None:
    if figures:
        example(tmp_path)
    app = page("activiteiten", tmp_path, monkeypatch)
    assert not app.exception and "nog geen activiteiten" in app.title[0].value
    app.button(key="doe_nieuw").click().run()
    assert app.session_state["_address"].chosen["bewerk"] == "nieuw"


def test_the_table_holds_every_activity_with_its_downloads(data: Path, monkeypatch) -> None:
    app = page("activiteiten", data, monkeypatch, gemeente="GM0599")
    app.session_state["tabel_register"] = True
    app.run()
    assert len(app.dataframe[0].value) == 9 and len(app.get("download_button")) == 3 + 4  # picture and table


def test_a_row_opens_by_the_list_and_the_way_back_keeps_the_filter(data: Path, monkeypatch) -> None:
    app = page("activiteiten", data, monkeypatch, gemeente="GM0599", soort="cursus")
    app.selectbox(key="register_open").select_index(0).run()
    assert app.title[0].value == "stopt" and not app.exception
    app.button(key="doe_terug").click().run()
    assert rows(app) == ["stopt"]


def test_an_activity_shows_its_figures_and_warns(data: Path, monkeypatch) -> None:
    app = page("activiteiten", data, monkeypatch, activiteit="doel")
    text = words(app)
    assert not app.exception and not app.warning
    assert len(app.get("vega_lite_chart") + app.get("arrow_vega_lite_chart")) == 1
    for part in ("laten geen effect zien", "na de start vastgelegd", "Aangevraagd", "Er is niet geteld"):
        assert part in text, part


def test_an_activity_without_figures_says_why(tmp_path: Path, monkeypatch) -> None:
    saved(tmp_path, record("los"))
    text = words(page("activiteiten", tmp_path, monkeypatch, activiteit="los"))
    assert "Er zijn nog geen cijfers ingelezen" in text


def test_an_unknown_activity_opens_the_register_and_says_so(data: Path, monkeypatch) -> None:
    app = page("activiteiten", data, monkeypatch, gemeente="GM0599", activiteit="bestaat-niet")
    assert not app.exception and "bestaat-niet" in app.warning[0].value
    assert len(rows(app)) == 9


def test_withdrawn_and_brought_back(tmp_path: Path, monkeypatch) -> None:
    saved(tmp_path, record("een"), record("twee"))
    app = page("activiteiten", tmp_path, monkeypatch, activiteit="een")
    app.selectbox(key="rol_intrekken").set_value("wijkmanager")
    app.button(key="doe_intrekken").click().run()
    assert registers.get(tmp_path, "een").withdrawn
    assert "is ingetrokken" in app.warning[0].value
    app.button(key="doe_terug").click().run()
    assert rows(app) == ["twee"]
    app.selectbox(key="ingetrokken_open").select_index(0).run()
    assert app.title[0].value == "een"
    app.button(key="doe_intrekken").click().run()
    assert not registers.get(tmp_path, "een").withdrawn
    assert [role for _, role, _, _ in registers.history(tmp_path, "een")][1] == "wijkmanager"


def test_the_history_opens_field_by_field(tmp_path: Path, monkeypatch) -> None:
    from dataclasses import replace

    saved(tmp_path, record("een", cost_granted="1000"))
    saved(tmp_path, replace(record("een"), version=1), role="wijkmanager")
    app = page("activiteiten", tmp_path, monkeypatch, activiteit="een")
    app.session_state["geschiedenis"] = True
    app.run()
    text = words(app)
    assert "Wijkmanager" in text and "1.000" in text and "leeg" in text


@pytest.mark.parametrize("query", [{}, {"activiteit": "doel"}])
def test_presenting_draws_one_figure_without_choices(data: Path, monkeypatch, query: dict) -> None:
    app = page("activiteiten", data, monkeypatch, gemeente="GM0599", presenteren="1", **query)
    assert not app.exception
    assert len(app.get("vega_lite_chart") + app.get("arrow_vega_lite_chart")) == 1
    title = app.title[0].value.replace("\\", "")  # a colon is escaped, so that it makes no icon
    assert not app.selectbox and not app.expander and len(title) <= 45
