"""Wijkprofiel as a page: the answer, every choice and combination, and what it says of small and empty areas."""

import re
from pathlib import Path

import pytest

from tests.app.running import page, words
from tests.profile_examples import BEST, NOTHING, SMALL, WORST, example
from wijkdata.ui import style
from wijkdata.views.shared.theme import LIGHT


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three gemeenten of twelve wijken."""
    folder = tmp_path_factory.mktemp("wijkprofiel")
    example(folder)
    return folder


@pytest.mark.parametrize(
    ("query", "title", "words_in"),
    [
        (
            {"wijk": BEST},
            "scoort",
            ["gunstiger dan in de middelste helft", "Wijkprofiel", "rust alleen op modelcijfers"],
        ),
        ({"wijk": WORST}, "scoort", ["ongunstiger dan in de middelste helft", "meetjaar, dus nog geen verloop"]),
        ({"wijk": BEST, "vergelijk": "gemeente"}, "dan Rotterdam", ["middelste wijk, Rotterdam"]),
        ({"wijk": BEST, "vergelijk": "stedelijkheid"}, "even stedelijke wijken", ["even stedelijk"]),
        ({"wijk": SMALL}, "600 inwoners te klein", ["te weinig inwoners voor een oordeel", "zonder oordeel"]),
        ({"wijk": NOTHING}, "geen enkel cijfer bekend", ["Geen score", "Geen cijfers om te tonen"]),
        ({"wijk": BEST, "onderwerp": "bijstand_1000"}, "scoort", ["Bijstand per 1.000 inwoners", "één meetjaar"]),
    ],
)
def test_the_page_answers(data: Path, monkeypatch, query: dict, title: str, words_in: list[str]) -> None:
    app = page("wijkprofiel", data, monkeypatch, gemeente="GM0599", **query)
    assert not app.exception and not app.error
    assert title in app.title[0].value.replace("\\", "")
    text = words(app).replace("\\", "")
    assert [part for part in words_in if part.lower() not in text.lower()] == []


def test_a_link_with_only_a_wijk_opens_its_gemeente(data: Path, monkeypatch) -> None:
    app = page("wijkprofiel", data, monkeypatch, wijk="WK036303")
    assert app.session_state["_address"].chosen["gemeente"] == "GM0363"
    assert "WK036303" in words(app)


@pytest.mark.parametrize(
    ("name", "value"),
    [("wijk", "WK999999"), ("wijk", "<b>"), ("vergelijk", "mars"), ("onderwerp", "geluk"), ("gemeente", "GM0001")],
)
def test_an_unknown_link_says_so_and_shows_the_nearest_view(data: Path, monkeypatch, name: str, value: str) -> None:
    app = page("wijkprofiel", data, monkeypatch, **{"gemeente": "GM0599", "wijk": BEST, name: value})
    assert not app.exception
    assert value.strip("<>") in app.warning[0].value
    assert len(app.header) == 5


def test_every_figure_has_its_alternative_its_source_and_its_table(data: Path, monkeypatch) -> None:
    app = page("wijkprofiel", data, monkeypatch, gemeente="GM0599", wijk=BEST)
    charts = app.get("vega_lite_chart") + app.get("arrow_vega_lite_chart")
    assert len(charts) == 2 + 4 + 1  # the spine twice (wide and phone), four pillars, the line
    assert all(chart.proto.alt for chart in charts)
    assert len(app.expander) == 4 + 1 + 1  # four figures, the policy, and all figures
    assert not app.get("download_button"), "what is closed is not sent: neither a table nor the report"
    for table in ("spine", "pijlers", "lijn", "beleid", "lijkt", "alle_cijfers"):
        app.session_state[f"tabel_{table}"] = True
    app.run()
    assert len(app.dataframe) == 6
    assert len(app.get("download_button")) == 6 * 4 + 3 * 3  # six tables, three of them with a picture
    assert words(app).count("wd-source") >= 4


def test_five_look_alikes_link_to_their_own_profile(data: Path, monkeypatch) -> None:
    text = words(page("wijkprofiel", data, monkeypatch, gemeente="GM0599", wijk=BEST))
    links = re.findall(r'href="\?gemeente=GM(\d{4})&amp;wijk=WK(\d{4})\d{2}"', text)
    assert len(links) == 5
    assert all(gemeente == inside != "0599" for gemeente, inside in links)


def test_presenting_draws_one_figure_without_choices(data: Path, monkeypatch) -> None:
    app = page("wijkprofiel", data, monkeypatch, gemeente="GM0599", wijk=BEST, presenteren="1")
    assert not app.exception
    assert len(app.get("vega_lite_chart")) == 2, "one wide, one for phones; the style sheet shows one"
    assert len(app.selectbox) == 0 and len(app.expander) == 0


@pytest.mark.parametrize(
    ("typed", "words_in"),
    [
        ("alleenstaand", ["cijfers gevonden", "Eenpersoonshuishoudens"]),
        ("bijstant", ["dit lijkt erop", "Bijstand per 1.000 inwoners"]),
        ("armoede", ["Rond sociaal minimum", "nog niet ingelezen; lees"]),
        ("olifant", ["Geen cijfer gevonden met ‘olifant’"]),
    ],
)
def test_all_figures_are_found_by_typing(data: Path, monkeypatch, typed: str, words_in: list[str]) -> None:
    app = page("wijkprofiel", data, monkeypatch, gemeente="GM0599", wijk=BEST)
    app.text_input(key="zoek_cijfers").set_value(typed).run()
    assert not app.exception
    text = words(app)
    assert [part for part in words_in if part not in text] == []


def test_presenting_leaves_all_figures_out(data: Path, monkeypatch) -> None:
    app = page("wijkprofiel", data, monkeypatch, gemeente="GM0599", wijk=BEST, presenteren="1")
    assert len(app.text_input) == 0 and '<details class="wd-group"' not in words(app)


def test_nothing_read_in_says_what_to_do(tmp_path: Path, monkeypatch) -> None:
    app = page("wijkprofiel", tmp_path, monkeypatch)
    assert not app.exception
    assert "nog geen gegevens" in app.title[0].value
    assert app.button[0].label


def test_the_paper_says_which_area_and_which_day(data: Path, monkeypatch) -> None:
    text = words(page("wijkprofiel", data, monkeypatch, gemeente="GM0599", wijk=BEST))
    line = text[text.index("wd-paper") :]
    assert BEST in line[:300] and "afgedrukt op" in line[:300]
    assert "size: A4" in style.sheet(LIGHT, presenting=False)


def test_where_an_area_was_another_the_profile_leads_to_how_it_came_to_be(real_data: Path, monkeypatch) -> None:
    redrawn, same = (page("wijkprofiel", real_data, monkeypatch, wijk=wijk) for wijk in ("WK028905", "WK059910"))
    assert 'href="gegevens?' in words(redrawn) and "gebied_weg=WK028905#omzetten" in words(redrawn)
    assert "gebied_weg" not in words(same)
