"""Voor en na as a page: the answer, the refusal, what can be chosen, what is left out by hand, and wrong links."""

import shutil
from pathlib import Path

import pytest

from tests.activity_examples import record, saved
from tests.app.running import page, words

WORKED = {"gemeente": "GM9701", "activiteit": "VB-01"}
BY_HAND = {"gemeente": "GM9701", "wat": "wijken", "onderwerp": "ervaren_samenhang", "begin": "2019"}


@pytest.fixture(scope="module")
def made(example_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example: figures and activities."""
    return shutil.copytree(example_data, tmp_path_factory.mktemp("voor_en_na") / "data")


@pytest.fixture
def ask(made: Path, monkeypatch):
    """`ask(gemeente="GM9701")`: the page with this address."""
    return lambda **query: page("voor-en-na", made, monkeypatch, **query)


def choices(app) -> dict[str, str]:
    return {one.label: one.value for one in app.selectbox}


def test_the_order_of_the_screen(ask) -> None:
    app = ask(**WORKED)
    assert not app.exception and not app.error and not app.warning
    assert "hoger uit dan te verwachten was" in app.title[0].value
    assert [one.value for one in app.header] == [
        "De wijken en wat er anders gebeurd zou zijn",
        "Het verschil tussen die twee",
        "Wat zien we",
        "Wat dit niet laat zien",
        "Wat liep er nog meer?",
        "Wat was vooraf het doel?",
    ]
    text = words(app)
    for part in ("De wijken zelf", "Vergelijkbare wijken", "Verschil", "procentpunt", "marge van", "fictief"):
        assert part in text
    assert "bewezen" not in text.lower()


def test_who_wants_to_check_it_sees_what_it_rests_on(ask) -> None:
    app = ask(**WORKED, narekenen="ja")
    assert not app.exception and not app.error and not app.warning
    assert [one.value for one in app.header][6:] == [
        "Hoe zeker is dit?",
        "Met welke wijken is vergeleken?",
        "Leken die wijken er vooraf op?",
        "Zo zou een gewone voor en na het zeggen",
        "Veren wijken die er slecht voor staan vanzelf terug?",
        "Wat zeggen andere rekenmanieren?",
        "Hoe stevig is dit als bewijs?",
    ]
    assert "bewezen" not in words(app).lower()


def test_the_difference_per_measurement_unfolds_with_an_answer_as_its_title(ask) -> None:
    app = ask(**WORKED, narekenen="ja")
    app.session_state["impact_verloop_open"] = True
    app.session_state["tabel_verloop"] = True
    app.run()
    assert not app.exception
    assert app.header[7].value == "Vóór de start nergens anders dan nul, erna bij alle 6 metingen"
    (shown,) = [one.value for one in app.dataframe if "Marge, onderkant" in one.value.columns]
    assert len(shown) == 10 and (shown["Marge, onderkant"] > 0).sum() == 6


def test_a_refusal_says_why_and_what_would_help_and_still_shows_what_else_ran(ask) -> None:
    app = ask(gemeente="GM9701", activiteit="VB-07", onderwerp="afstand_supermarkt")
    text = words(app)
    assert "nog geen eerlijk antwoord" in app.title[0].value
    assert "Waarom er geen antwoord is" in text and "Wat een antwoord mogelijk zou maken" in text
    assert [one.value for one in app.header] == [
        "De wijk, zonder vergelijking",
        "Wat zien we",
        "Wat liep er nog meer?",
        "Wat was vooraf het doel?",
    ]


def test_a_start_after_the_last_figure_is_refused_without_a_choice_of_measurement(made, tmp_path, monkeypatch) -> None:
    data = shutil.copytree(made, tmp_path / "data")
    late = record("laat", ("WK970104",), start_planned="2025-03-01", start_actual="2025-03-01", status="loopt")
    saved(data, late)
    app = page("voor-en-na", data, monkeypatch, gemeente="GM9701", activiteit="laat", onderwerp="lbm3_score")
    assert "Waarom er geen antwoord is" in words(app) and "Eerste meting na de start" not in choices(app)


def test_the_measurements_offered_lie_after_the_start(ask) -> None:
    app = ask(**WORKED)
    (box,) = [one for one in app.selectbox if one.label == "Eerste meting na de start"]
    assert box.options[0] == "2019" and box.value == "2019"
    later = ask(**WORKED, meting="2021")
    assert choices(later)["Eerste meting na de start"] == "2021"
    assert "vanaf 2021 tellen" in words(later)


def test_who_knows_the_year_of_selection_says_so_and_another_topic_begins_without(ask) -> None:
    app = ask(**WORKED, gekozen="ervaren_samenhang.2016")
    (box,) = [one for one in app.selectbox if one.label == "Gekozen om dit cijfer?"]
    assert (box.options[0], box.options[-1]) == ("niet of onbekend", "ja, om dat van 2018")
    assert box.value == "ervaren_samenhang.2016" and "zijn gekozen om hun cijfer van 2016" in words(app)
    (topic,) = [one for one in app.selectbox if one.label == "Onderwerp"]
    topic.set_value("lbm3_score").run()
    assert "gekozen" not in app.query_params and "gekozen om hun cijfer" not in words(app) and not app.warning


def test_a_programme_knows_itself_on_what_it_chose(ask) -> None:
    app = ask(gemeente="GM9701", wat="programma", programma="vb_slechtste", gekozen="ervaren_samenhang.2016")
    assert "Gekozen om dit cijfer?" not in choices(app) and "cijfer van 2016" not in words(app)


def test_by_hand_asks_for_wijken_first(ask) -> None:
    app = ask(**BY_HAND)
    assert "Kies een of meer wijken" in app.title[0].value and "Hier komt" in words(app)
    app = ask(**BY_HAND, wijken="WK970104,WK970106")
    assert not app.exception and "zeker geen groot verschil" in app.title[0].value
    assert "De wijken zelf" in words(app) and "doel" not in " ".join(one.value for one in app.header)


def test_a_programme_shows_what_is_known_of_it(ask) -> None:
    app = ask(gemeente="GM9701", wat="programma", programma="vb_buurtkracht", onderwerp="ervaren_samenhang")
    assert not app.exception and "de 3 wijken" in app.title[0].value.lower()
    assert "Wat was vooraf het doel?" not in [one.value for one in app.header]


def test_what_was_left_out_stands_there_with_its_reason_as_text(ask) -> None:
    app = ask(**WORKED, zonder="WK970608~<b>sloop</b> *hier*;WK970203~liep ook een aanpak")
    text = words(app)
    assert "**Kompaswijk** is weggelaten: " in text and "\\<b\\>sloop" in text and "\\*hier\\*" in text
    assert text.count("is weggelaten: ") == 2
    app.button(key="doe_terug_WK970608").click().run()
    assert app.query_params["zonder"] == "WK970203~liep ook een aanpak"
    assert words(app).count("is weggelaten: ") == 1


def test_another_activity_begins_with_nothing_left_out(ask) -> None:
    app = ask(**WORKED, zonder="WK970608~sloop")
    (box,) = [one for one in app.selectbox if one.label == "Activiteit"]
    box.set_value("VB-03").run()
    assert "zonder" not in app.query_params and "is weggelaten" not in words(app)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("activiteit", "VB-999", "VB-999"),
        ("onderwerp", "geluk", "geluk"),
        ("meting", "1815", "1815"),
        ("gekozen", "1815", "1815"),
        ("wat", "alles", "alles"),
        ("zonder", "WK999999~x", "WK999999"),
        ("zonder", "WK970101~<script>;;~", "script"),
        ("programma", "geheim", ""),
    ],
)
def test_an_unknown_link_says_so_and_shows_the_nearest_view(ask, name: str, value: str, said: str) -> None:
    app = ask(**{**WORKED, name: value})
    assert not app.exception and not app.error and app.title
    if said and said != "script":
        assert said in app.warning[0].value


def test_a_treated_wijk_cannot_be_left_out(ask) -> None:
    app = ask(**BY_HAND, wijken="WK970104", zonder="WK970104~toch weg")
    assert "WK970104" in app.warning[0].value and "is weggelaten" not in words(app)


def test_nothing_read_in_and_nothing_recorded(made: Path, tmp_path: Path, monkeypatch) -> None:
    empty = page("voor-en-na", tmp_path / "leeg", monkeypatch)
    assert "nog geen gegevens" in empty.title[0].value and "Hier komt" in words(empty)
    figures = tmp_path / "cijfers"
    shutil.copytree(made, figures, ignore=shutil.ignore_patterns("participatie*", "reservekopie"))
    app = page("voor-en-na", figures, monkeypatch, gemeente="GM9701", wat="activiteit")
    assert not app.exception and "nog geen activiteit begonnen" in app.title[0].value
    assert "Programma" in words(app)


def test_another_link_in_the_same_session_is_followed(ask) -> None:
    app = ask(**BY_HAND, wijken="WK970104")
    app.query_params["wijken"] = "WK970106"
    app.run()
    assert app.multiselect[0].value == ["WK970106"]
    assert app.query_params["wijken"] == "WK970106"


def test_how_many_choices_were_looked_at_stands_under_the_answer_and_goes_along(ask) -> None:
    app = ask(**WORKED)
    for looked, topic in (
        (1, "ervaren_samenhang"),
        (1, "ervaren_samenhang"),
        (2, "lbm3_score"),
        (2, "ervaren_samenhang"),
    ):
        app.query_params["onderwerp"] = topic
        app.run()
        assert not app.exception and ("Een van de 2 keuzes" in words(app)) is (looked == 2), topic
    assert "niet 5%, maar kan oplopen tot 10%" in words(app) and "het wordt niet bewaard" in words(app)
    app.session_state["tabel_voor_na"] = True
    app.run()
    for_memo = [one.value for one in app.code if "Een van de 2 keuzes" in one.value]
    assert len(for_memo) == 1 and "bewaard" not in for_memo[0]
    app.query_params["narekenen"] = "ja"
    app.session_state["impact_onderwerpen"] = True
    app.run()
    counted = len(app.session_state["_bekeken"]["activiteit", "VB-01"])
    assert counted > 2 and f"Een van de {counted} keuzes" in words(app)
    app.query_params["activiteit"] = "VB-05"
    app.session_state["impact_onderwerpen"] = False
    app.run()
    assert app.title[0].value and "Een van de" not in words(app)
