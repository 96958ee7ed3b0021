"""What a link to Voor en na means: what it looks at and where, what it asks for in vain, and what is too much."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.activity_examples import record, saved
from tests.app.running import page, words
from wijkdata import catalogue
from wijkdata.loading.example import activities
from wijkdata.questions.voor_en_na import choices as voor_en_na_choices
from wijkdata.questions.voor_en_na.answer import ACTIVITY, Wanted
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers

WIJKEN = [f"WK9701{number:02}" for number in range(1, 15)]
ELSEWHERE = [*(f"WK9702{number:02}" for number in range(1, 10)), "WK970301", "WK970302", "WK970303"]
PAGES = ("overzicht", "kaart", "wijkprofiel", "kloof", "voor-en-na")
BY_HAND = {"gemeente": "GM9701", "wat": "wijken", "begin": "2019"}


@pytest.fixture(scope="module")
def made(example_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, and one activity in its second gemeente."""
    folder = shutil.copytree(example_data, tmp_path_factory.mktemp("adres") / "data")
    saved(
        folder, record("elders", areas=("WK970204",), title="Tuin <b>van</b> Holmer & co", start_planned="2019-03-01")
    )
    return folder


@pytest.fixture
def ask(made: Path, monkeypatch):
    """`ask(gemeente="GM9701")`: the page with this address."""
    return lambda **query: page("voor-en-na", made, monkeypatch, **query)


def shown(app: AppTest) -> dict[str, str]:
    """Label -> what is chosen."""
    many = {one.label.split(" (")[0]: ",".join(one.value) for one in app.multiselect}
    return {one.label: one.value for one in app.selectbox} | many


def said(app: AppTest) -> list[str]:
    """What the notices say cannot be chosen: `‘VB-99’ bij activiteit`."""
    texts = [one.value.replace("\\_", "_") for one in app.warning]
    assert all("Deze link wijst naar iets dat hier niet kan." in text for text in texts)
    return [text.split(" waarde")[1].removeprefix("n").strip().split(" ka")[0].split(" kunnen")[0] for text in texts]


def test_an_activity_of_another_gemeente_is_not_swapped_for_a_programme(
    made: Path, tmp_path: Path, monkeypatch
) -> None:
    folder = tmp_path / "voorbeeld"
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("participatie*", "reservekopie"))
    activities.load(folder)
    app = page("voor-en-na", folder, monkeypatch, activiteit="VB-01", gemeente="GM9702")
    assert app.title[0].value == "In Holmerwaard (fictief) is nog geen activiteit begonnen die is vastgelegd"
    assert said(app) == ["‘VB-01’ bij activiteit"] and "Programma" not in shown(app)


@pytest.mark.parametrize(
    ("query", "expected", "misses"),
    [
        # What the link names decides what is looked at ...
        ({"activiteit": "VB-03"}, {"Gemeente": "GM9701", "Activiteit": "VB-03"}, []),
        ({"programma": "vb_slechtste"}, {"Programma": "vb_slechtste"}, []),
        ({"programma": "vb_slechtste", "gemeente": "GM9701"}, {"Programma": "vb_slechtste"}, []),
        ({"wijken": "WK970104", "begin": "2019"}, {"Wijken": "WK970104", "Begonnen in": "2019"}, []),
        # ... and where, unless it says so itself.
        ({"activiteit": "elders"}, {"Gemeente": "GM9702", "Activiteit": "elders"}, []),
        ({"wijken": "WK970204"}, {"Gemeente": "GM9702", "Wijken": "WK970204"}, []),
        ({"wijken": "WK970204", "wat": "wijken"}, {"Gemeente": "GM9702", "Wijken": "WK970204"}, []),
        ({"wijk": "WK970204"}, {"Gemeente": "GM9702", "Activiteit": "elders"}, []),
        ({"activiteit": "VB-01", "wijk": "WK970204"}, {"Gemeente": "GM9701", "Activiteit": "VB-01"}, []),
        ({"activiteit": "elders", "gemeente": "GM0000"}, {"Activiteit": "elders"}, ["‘GM0000’ bij gemeente"]),
        # What does not fit is said.
        ({"activiteit": "VB-01", "gemeente": "GM9702"}, {"Activiteit": "elders"}, ["‘VB-01’ bij activiteit"]),
        ({"wijken": "WK970204", "gemeente": "GM9701"}, {"Wijken": ""}, ["‘WK970204’ bij wijken"]),
        ({"programma": "nplv"}, {"Programma": "vb_buurtkracht"}, ["‘nplv’ bij programma"]),
        ({"activiteit": "VB-03", "programma": "nplv"}, {"Activiteit": "VB-03"}, ["‘nplv’ bij programma"]),
        ({"wat": "programma", "activiteit": "VB-03"}, {"Programma": "vb_buurtkracht"}, ["‘VB-03’ bij activiteit"]),
        ({"activiteit": "VB-03", "begin": "2019"}, {"Activiteit": "VB-03"}, ["‘2019’ bij begin"]),
        ({"wat": "alles", "activiteit": "VB-03"}, {"Activiteit": "VB-03"}, ["‘alles’ bij wat"]),
        ({"programma": "vb_slechtste", "gekozen": "x.2016"}, {"Programma": "vb_slechtste"}, ["‘x.2016’ bij gekozen"]),
        ({"activiteit": "VB-15"}, {"Gemeente": "GM9701"}, ["‘VB-15’ bij activiteit"]),
    ],
)
def test_a_link_shows_what_it_names_or_says_what_it_cannot(ask, query: dict, expected: dict, misses: list) -> None:
    app = ask(**query)
    assert not app.exception and not app.error
    assert {label: shown(app).get(label) for label in expected} == expected
    assert said(app) == misses


def test_what_is_looked_at_stands_in_the_address_after_the_first_choice(ask) -> None:
    """A default that is left out would mean something else once another activity has been recorded."""
    app = ask(gemeente="GM9701")
    (topic,) = [one for one in app.selectbox if one.label == "Onderwerp"]
    topic.set_value("vertrouwen").run()
    assert app.query_params["wat"] == "activiteit" and app.query_params["activiteit"] == shown(app)["Activiteit"]


def test_another_kind_chosen_on_the_screen_is_no_wrong_link(ask) -> None:
    app = ask(activiteit="VB-01", onderwerp="vertrouwen", gekozen="vertrouwen.2016")
    assert not app.warning
    app.segmented_control(key="w_wat").set_value("programma").run()
    assert "Programma" in shown(app) and not app.warning
    assert "activiteit" not in app.query_params and "gekozen" not in app.query_params


@pytest.mark.parametrize(
    ("asked", "kept", "misses"),
    [
        (WIJKEN, WIJKEN[:12], ["‘WK970113’ en ‘WK970114’ bij wijken"]),
        ([WIJKEN[0]] * 12 + [WIJKEN[1]], WIJKEN[:2], []),
        (["WK979999"] * 3 + [WIJKEN[1]], WIJKEN[1:2], ["‘WK979999’ bij wijken"]),
    ],
)
def test_wijken_beyond_the_limit_are_said_and_doubles_take_no_room(ask, asked: list, kept: list, misses: list) -> None:
    app = ask(**BY_HAND, wijken=",".join(asked))
    assert shown(app)["Wijken"].split(",") == kept and said(app) == misses


def test_more_left_out_than_can_be_is_said(ask) -> None:
    app = ask(activiteit="VB-01", zonder=";".join(f"{code}~sloop" for code in [ELSEWHERE[0], *ELSEWHERE]))
    assert words(app).count("is weggelaten: ") == 10
    assert said(app) == [f"‘{ELSEWHERE[10]}’ en ‘{ELSEWHERE[11]}’ bij zonder"]


def test_a_reason_that_is_cut_shows_it(ask) -> None:
    app = ask(activiteit="VB-01", zonder=f"{ELSEWHERE[0]}~{'lang ' * 30}")
    assert "lang lang…" in words(app)


def test_many_misses_are_counted_and_a_long_one_is_cut_in_sight(ask) -> None:
    app = ask(**BY_HAND, wijken=",".join([f"x{number}" for number in range(20)]))
    assert "‘x11’ en nog 8 bij wijken kunnen hier" in app.warning[0].value
    assert f"‘{'y' * 80}…’ bij activiteit" in ask(activiteit="y" * 200).warning[0].value


@pytest.mark.parametrize(
    ("query", "miss"),
    [
        ({"activiteit": "VB-99"}, "‘VB-99’ bij activiteit"),
        ({"activiteit": "VB-01", "onderwerp": "<b>geluk"}, "‘&lt;b&gt;geluk’ bij onderwerp"),
        ({"activiteit": "VB-01", "onderwerp": "drugshandel"}, "‘Drugshandel (aantal)’ bij onderwerp"),
        ({"activiteit": "VB-01", "meting": "1815", "gekozen": "x"}, "‘1815’ bij meting; ‘x’ bij gekozen"),
        ({"wijken": "a,b,c,d,e"}, "‘a’, ‘b’, ‘c’ en nog 2 bij wijken"),
    ],
)
def test_before_a_room_a_slide_says_that_it_shows_something_else(ask, query: dict, miss: str) -> None:
    app = ask(**query, presenteren="1")
    assert len(app.title) == 1 and not app.warning
    assert f"Niet alles uit de link kan hier worden gekozen: {miss}." in words(app)


def test_before_a_room_a_good_link_says_nothing(ask) -> None:
    app = ask(activiteit="VB-01", presenteren="1")
    assert len(app.title) == 1 and "Niet alles uit de link" not in words(app)


def test_before_a_room_nothing_chosen_is_no_white_screen(ask) -> None:
    app = ask(wat="wijken", presenteren="1")
    assert [one.value for one in app.title] == ["Kies een of meer wijken en het jaar waarin er iets begon"]
    assert "Daarna staat hier wat er in die wijken veranderde" in words(app)


@pytest.mark.parametrize("name", PAGES)
def test_before_a_room_an_empty_store_is_no_white_screen(name: str, tmp_path: Path, monkeypatch) -> None:
    app = page(name, tmp_path, monkeypatch, presenteren="1")
    assert len(app.title) == 1 and "nog geen gegevens" in app.title[0].value
    assert "Lees " in words(app)


def test_the_name_of_an_activity_is_a_link_to_its_page_and_no_markup(ask) -> None:
    app = ask(activiteit="elders")
    link = '<a class="wd-link" href="activiteiten?gemeente=GM9702&amp;activiteit=elders" target="_self">'
    assert f"{link}Tuin &lt;b&gt;van&lt;/b&gt; Holmer &amp; co</a>, vanaf 1 maart 2019" in words(app)
    for other in ({"programma": "vb_buurtkracht"}, {"wijken": "WK970104"}):
        eyebrow = next(text for text in words(ask(**other)).splitlines() if "wd-eyebrow" in text)
        assert "<a" not in eyebrow


def test_the_page_of_an_activity_offers_itself_to_the_menu_once_it_has_begun(made: Path, monkeypatch) -> None:
    for id, offered in {
        "VB-01": {"voor-en-na": {"gemeente": "GM9701", "wat": "activiteit", "activiteit": "VB-01"}},
        "VB-15": {},
    }.items():
        app = page("activiteiten", made, monkeypatch, activiteit=id)
        assert app.session_state["_address"].run.offered == offered


@pytest.fixture(scope="module")
def topics(made: Path):
    """`topics("VB-07")`: the topics of an activity in their order."""
    asked = registers.current(made), versions.require(made), catalogue.load()
    return lambda id: [topic.id for topic in voor_en_na_choices.topics(*asked, Wanted(ACTIVITY, id))]


@pytest.mark.parametrize(
    ("id", "first"),
    [
        ("VB-01", "ervaren_samenhang"),  # its aim
        ("VB-10", "lbm3_won"),  # its aim, though there is no answer on it
        ("VB-07", "lbm3_score"),  # no aim, and its pillar holds figures that never change
        ("VB-13", "ervaren_samenhang"),  # begun when the headlines had two measurements
        ("VB-09", "ervaren_veiligheid"),  # in one buurt, where the headlines have too few others beside them
    ],
)
def test_the_first_topic_is_an_aim_or_else_one_that_can_have_an_answer(topics, id: str, first: str) -> None:
    assert topics(id)[0] == first


def test_a_figure_that_never_changes_in_the_place_comes_after_those_that_do(topics) -> None:
    found = topics("VB-07")
    last = max(found.index(name) for name in ("ervaren_samenhang", "bijstand_1000", "lbm3_score"))
    assert found.index("afstand_supermarkt") > last


def test_an_activity_without_an_aim_opens_on_an_answer(ask) -> None:
    app = ask(activiteit="VB-07")
    assert "nog geen eerlijk antwoord" not in app.title[0].value


def test_the_first_measurement_follows_the_year_in_whatever_order_is_clicked(ask):
    wijken = WIJKEN[:3]
    linked = shown(ask(gemeente="GM9701", wat="wijken", wijken=",".join(wijken), begin="2015"))
    app = ask(gemeente="GM9701", wat="wijken")
    app.multiselect(key="w_wijken").set_value(wijken).run()
    assert shown(app)["Eerste meting na de start"] != linked["Eerste meting na de start"]
    app.selectbox(key="w_begin").set_value("2015").run()
    assert shown(app) == linked
