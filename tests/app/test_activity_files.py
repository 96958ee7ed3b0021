"""The view "Excel in en uit" with real files: check first, then confirm; nothing written before that."""

from datetime import date

import pytest

from tests.activity_examples import record, saved
from tests.app.running import page, words
from wijkdata.loading.activities import export, template
from wijkdata.store.participation import registers

GOOD = (
    "Nummer;Titel;Omschrijving;Soort activiteit;Initiatiefnemer;Participatietrede;Geplande start;Status;Bron van deze gegevens\n"
    "A-1;Buurttuin;Bewoners tuinieren samen.;Zelfbeheer van een plek;Bewoner(s);Zelfbeheer;1-3-2024;Loopt;Verslag\n"
)
AREAS = "Nummer;Gebied;Indelingsjaar\nA-1;WK036300;2024\n"


def opened(data, monkeypatch):
    return page("activiteiten", data, monkeypatch, beeld="uitwisselen")


def press(app, label: str):
    return next(button for button in app.button if button.label == label).click().run()


def check(app, *files: tuple[str, str | bytes]):
    given = [(name, text.encode() if isinstance(text, str) else text, "text/csv") for name, text in files]
    app.file_uploader[0].set_value(given).run()
    return press(app, "Kijk na")


def labels(app) -> list[str]:
    return [button.label for button in app.button]


def test_an_empty_register_begins_with_the_template(tmp_path, monkeypatch):
    app = opened(tmp_path, monkeypatch)

    assert not app.exception
    assert app.title[0].value == "Er zijn nog geen activiteiten; begin met het sjabloon"
    assert [one.proto.label for one in app.get("download_button")] == ["Download sjabloon"]
    assert next(button for button in app.button if button.label == "Kijk na").disabled


def test_a_mended_file_that_is_chosen_again_takes_the_place_of_the_first(tmp_path, monkeypatch):
    wrong = GOOD.replace("Loopt", "Misschien")
    app = check(opened(tmp_path, monkeypatch), ("a.csv", wrong), ("a.csv", GOOD), ("gebieden.csv", AREAS))

    assert not app.exception
    assert "‘a.csv’ is vaker gekozen" in app.info[0].value
    assert app.success[0].value.startswith("**Het bestand klopt.** 1 nieuw")


def test_a_clean_file_is_written_only_after_confirming(tmp_path, monkeypatch):
    app = check(opened(tmp_path, monkeypatch), ("activiteiten.csv", GOOD), ("gebieden.csv", AREAS))

    assert not app.exception
    assert (
        app.success[0].value
        == "**Het bestand klopt.** 1 nieuw, 0 veranderd, 0 ongewijzigd. Er is nog niets geschreven."
    )
    assert registers.records(tmp_path) == {}

    press(app, "Lees 1 in")

    assert not app.exception
    assert app.success[0].value.startswith("**Ingelezen.** 1 nieuw, 0 veranderd, 0 ongewijzigd.")
    assert registers.get(tmp_path, "A-1").values["title"] == "Buurttuin"
    assert registers.history(tmp_path, "A-1")[0][1] == "invoer"
    assert app.title[0].value.startswith("1 activiteit in het register")


def test_problems_are_a_table_and_there_is_nothing_to_confirm(tmp_path, monkeypatch):
    bad = GOOD.replace("1-3-2024", "gisteren").replace("Verslag", "Roddel")
    app = check(opened(tmp_path, monkeypatch), ("activiteiten.csv", bad), ("gebieden.csv", AREAS))

    assert not app.exception
    assert app.error[0].value.startswith("**2 punten kloppen niet; er is niets geschreven.**")
    table = app.dataframe[0].value
    assert list(table.columns) == ["Blad", "Rij", "Kolom", "Waarde", "Wat klopt niet", "Wat te doen"]
    assert table.iloc[0].tolist()[:4] == ["activiteiten.csv", 2, "Geplande start", "gisteren"]
    assert not [label for label in labels(app) if label.startswith("Lees ")]
    assert registers.records(tmp_path) == {}


def test_not_reading_in_leaves_everything(tmp_path, monkeypatch):
    app = check(opened(tmp_path, monkeypatch), ("activiteiten.csv", GOOD), ("gebieden.csv", AREAS))

    press(app, "Niet inlezen")

    assert not app.exception
    assert registers.records(tmp_path) == {}
    assert labels(app) == ["Kijk na"]


@pytest.mark.parametrize(
    ("name", "made", "sentence"),
    [
        ("sjabloon.xlsx", lambda data: template.template(), "Er staan geen rijen in."),
        (
            "register.xlsx",
            lambda data: export.workbook(export.of(data)),
            "Alles in dit bestand staat al zo",
        ),
    ],
)
def test_a_file_without_news_says_so(name, made, sentence, tmp_path, monkeypatch):
    saved(tmp_path, record("A-1", areas=("WK036300",)))

    app = check(opened(tmp_path, monkeypatch), (name, made(tmp_path)))

    assert not app.exception
    assert sentence in app.info[0].value
    assert labels(app) == ["Kijk na"]


def test_a_change_by_somebody_else_after_the_check_is_never_overwritten(tmp_path, monkeypatch):
    saved(tmp_path, record("A-1", areas=("WK036300",)))
    app = check(opened(tmp_path, monkeypatch), ("activiteiten.csv", GOOD))
    assert app.success[0].value.startswith("**Het bestand klopt.** 0 nieuw, 1 veranderd")
    other = registers.get(tmp_path, "A-1")
    registers.save(
        tmp_path, [type(other)(**{**vars(other), "values": {**other.values, "title": "Van een ander"}})], "wijkmanager"
    )

    press(app, "Lees 1 in")

    assert not app.exception
    assert "Er is niets veranderd." in app.error[0].value and "opnieuw na" in app.error[0].value
    assert registers.get(tmp_path, "A-1").values["title"] == "Van een ander"


def test_rows_that_would_go_are_said_before(tmp_path, monkeypatch):
    counted = {"count": [{"date": date(2024, 1, day), "method": "geteld", "visits": day} for day in (1, 2)]}
    saved(tmp_path, record("A-1", areas=("WK036300",), rows=counted))
    one = "Nummer;Datum;Hoe geteld;Bezoeken\nA-1;1-1-2024;Geteld;1\n"

    app = check(opened(tmp_path, monkeypatch), ("tellingen.csv", one))

    assert "Bij 1 activiteit staan er minder rijen op het blad Tellingen" in words(app)
