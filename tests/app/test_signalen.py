"""Signalen as a page: the answer, one signal with what is behind it, judging, and what it says when there is nothing to watch."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.app.running import page, words
from tests.signal_stores import drawn, usual, wijken, write
from wijkdata import catalogue
from wijkdata.loading.example import dataset
from wijkdata.loading.figures import importer
from wijkdata.record.base import Record
from wijkdata.record.fields import JUDGEMENT
from wijkdata.store.participation import registers

FOCUS, APP_ARRIVES = "GM9701", "GM9703"
JUDGED = "WK970108-meldingen_jeugd"


@pytest.fixture
def own(example_data: Path, tmp_path: Path) -> Path:
    """A copy of the example, to record in."""
    return Path(shutil.copytree(example_data, tmp_path / "data"))


@pytest.mark.parametrize(
    ("query", "words_in"),
    [
        ({"gemeente": FOCUS}, ["In 2 van de 19 wijken groeit iets", "In Havenmeesterij groeien meldingen over jeugd", "Lage Vlier"]),
        ({"gemeente": FOCUS}, ["zou in de afgelopen 6 jaar 10 keer vals alarm hebben gegeven", "Nu gekozen", "CUSUM"]),
        ({"gemeente": FOCUS, "signaal": "WK970107:meldingen_groen"}, ["Molenbiezen aan het woord", "Vóór deze stijging liep hier"]),
        ({"gemeente": FOCUS, "gevoeligheid": "6"}, ["Zeer rustig", "1 keer vals alarm"]),
        ({"gemeente": APP_ARRIVES}, ["een sprong in het melden: in april 2022", "Dit zegt niets over één gebied"]),
        ({"gemeente": APP_ARRIVES}, ["Geen duidelijk signaal in de 10 wijken", "Zwak: van zulke signalen is 98% toeval"]),
    ],
)  # fmt: skip
def test_the_page_answers(example_data: Path, monkeypatch, query: dict, words_in: list[str]) -> None:
    app = page("signalen", example_data, monkeypatch, **query)
    assert not app.exception
    assert [part for part in words_in if part not in words(app)] == []


def test_without_months_it_says_what_to_read_in(real_data: Path, monkeypatch) -> None:
    app = page("signalen", real_data, monkeypatch, gemeente="GM0344")
    assert not app.exception
    assert "Van Utrecht zijn er nog geen aantallen per maand" in words(app)
    assert "Lees op Gegevens een tabel in" in words(app)
    assert [button.label for button in app.button if button.label == "Naar Gegevens"]
    assert "Gevoeligheid" not in [box.label for box in app.selectbox], "there is nothing to choose it for"


@pytest.mark.parametrize(
    ("n_months", "offered", "said"),
    [
        (5, False, "5 maanden zijn bekend"),
        (14, False, "Er is geen gevoeligheid te kiezen: daarvoor moeten van een reeks 25 maanden bekend zijn, en hier zijn het er hooguit 14."),
        (48, True, "Wat deze gevoeligheid kost"),
    ],
)  # fmt: skip
def test_a_sensitivity_is_offered_where_it_changes_something(tmp_path, monkeypatch, n_months, offered, said) -> None:
    places = [path for path in dataset.paths() if path.name.startswith("wijken-2024")]
    counts = write(tmp_path / "maanden.csv", drawn(usual(wijken(), ["vernieling"], months=n_months)))
    importer.import_files([*places, counts], tmp_path / "data", catalogue.load())
    app = page("signalen", tmp_path / "data", monkeypatch, gemeente=FOCUS)
    assert not app.exception
    assert ("Gevoeligheid" in [box.label for box in app.selectbox]) is offered
    assert said in words(app)
    assert ("geen gevoeligheid te kiezen" in words(app)) is (n_months == 14)


def test_an_empty_store_leads_to_gegevens(tmp_path: Path, monkeypatch) -> None:
    app = page("signalen", tmp_path, monkeypatch)
    assert not app.exception
    assert "Er zijn nog geen gegevens om te volgen" in words(app)


def test_a_judged_signal_is_kept_with_its_role_and_goes_until_it_is_shown_again(own: Path, monkeypatch) -> None:
    app = page("signalen", own, monkeypatch, gemeente=FOCUS)
    app.text_area[0].set_value("De jongeren zijn verhuisd naar de kade.").run()
    app.button("doe_al_bekend").click().run()
    assert not app.exception
    record = registers.get(own, JUDGED, JUDGEMENT)
    assert (record.values["verdict"], record.values["entered_by"]) == ("al_bekend", "beleidsadviseur")
    assert record.values["note"] == "De jongeren zijn verhuisd naar de kade."
    assert "In 1 van de 19 wijken groeit iets" in words(app)
    assert "Al bekend" in words(app)
    app.selectbox("signaal_weer").set_value(JUDGED).run()
    app.button("doe_toon_weer").click().run()
    assert registers.get(own, JUDGED, JUDGEMENT).withdrawn
    assert "In 2 van de 19 wijken groeit iets" in words(app)


def test_a_note_with_a_way_to_reach_somebody_is_not_kept(own: Path, monkeypatch) -> None:
    app = page("signalen", own, monkeypatch, gemeente=FOCUS)
    app.text_area[0].set_value("Bel 06-12345678").run()
    app.button("doe_herkend").click().run()
    assert "Niet bewaard" in words(app)
    assert JUDGED not in registers.records(own, JUDGEMENT)


def test_a_room_sees_places_by_name_and_no_ranking(example_data: Path, monkeypatch) -> None:
    app = page("signalen", example_data, monkeypatch, gemeente=FOCUS, presenteren="1")
    text = words(app)
    assert "te verwachten waren" in text
    assert [part for part in ("sterkste", "groeien", "Nog niet zwak", "Sterkte") if part in text] == []


def test_a_signal_leads_to_an_activity_with_its_aim_filled_in(own: Path, monkeypatch) -> None:
    query = {"gemeente": FOCUS, "bewerk": "nieuw", "waar": "WK970108", "doel": "meldingen_jeugd"}
    app = page("activiteiten", own, monkeypatch, **query)
    assert not app.exception
    work = app.session_state["_werk"]
    assert [row["area"] for row in work.draft.rows["area"]] == ["WK970108"]
    assert [row["indicator"] for row in work.draft.rows["aim"]] == ["meldingen_jeugd"]


def other_judges(data: Path, monkeypatch) -> None:
    """Somebody else, with a page of their own."""
    other = page("signalen", data, monkeypatch, gemeente=FOCUS)
    other.text_area[0].set_value("Kennen we.").run()
    other.button("doe_al_bekend").click().run()


@pytest.mark.parametrize("button", ["doe_herkend", None], ids=["presses a button", "was still typing"])
def test_two_people_judge_one_signal_and_nothing_is_lost(own: Path, monkeypatch, button) -> None:
    mine = page("signalen", own, monkeypatch, gemeente=FOCUS)
    other_judges(own, monkeypatch)
    mine.text_area[0].set_value("Zag ik zelf.")
    (mine.button(button).click() if button else mine).run()
    assert registers.get(own, JUDGED, JUDGEMENT).values["verdict"] == "al_bekend"
    text = words(mine)
    assert "Iemand anders heeft dit signaal intussen beoordeeld" in text
    assert "al bekend, door beleidsadviseur" in text and "Kennen we" in text and "Zag ik zelf" in text
    mine.button("doe_toch_herkend").click().run()
    record = registers.get(own, JUDGED, JUDGEMENT)
    assert (record.version, record.values["verdict"], record.values["note"]) == (2, "herkend", "Zag ik zelf.")
    assert [state.values["note"] for *_, state in registers.history(own, JUDGED, JUDGEMENT)] == [
        "Kennen we.",
        "Zag ik zelf.",
    ]
    assert "intussen beoordeeld" not in words(mine) and "Bewaard" in words(mine)


def test_a_third_judgement_in_between_is_shown_anew_and_may_be_left(own: Path, monkeypatch) -> None:
    mine = page("signalen", own, monkeypatch, gemeente=FOCUS)
    values = {
        "area": "WK970108",
        "indicator": "meldingen_jeugd",
        "verdict": "al_bekend",
        "since": 202203,
        "until": 202412,
    }
    their = Record(JUDGED, {**values, "strength": 99.0, "judged_on": date(2025, 1, 3)}, table=JUDGEMENT)
    (theirs,) = registers.save(own, [their], "wijkmanager")
    mine.button("doe_herkend").click().run()
    registers.save(own, [replace(theirs, values={**theirs.values, "note": "Toch nagevraagd."})], "wijkmanager")
    mine.button("doe_toch_herkend").click().run()
    assert "Toch nagevraagd" in words(mine) and registers.get(own, JUDGED, JUDGEMENT).version == 2
    mine.button("doe_laat_staan").click().run()
    assert "intussen beoordeeld" not in words(mine) and registers.get(own, JUDGED, JUDGEMENT).version == 2


def test_a_note_stays_while_another_signal_is_looked_at(own: Path, monkeypatch) -> None:
    app = page("signalen", own, monkeypatch, gemeente=FOCUS)
    app.text_area[0].set_value("Nog niet af.").run()
    app.selectbox("w_signaal").set_value("WK970107:meldingen_groen").run()
    assert app.text_area[0].value == ""
    app.selectbox("w_signaal").set_value("WK970108:meldingen_jeugd").run()
    assert app.text_area[0].value == "Nog niet af."
