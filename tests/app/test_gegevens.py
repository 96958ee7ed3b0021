"""The page Gegevens with real stores: empty, filled, broken; reading in, refused, and going back."""

import html
from pathlib import Path

import pytest
from bad_files import LBM3, OWN

from tests.app.running import page, words
from wijkdata import catalogue
from wijkdata.loading.figures import uploads
from wijkdata.store.monitor import queries, versions

REAL = "gebied_code;indicator;periode;waarde\nWK036300;vertrouwen;2014;61,5\nWK036301;vertrouwen;2016;58\n"


def stored(directory: Path, *texts: str) -> Path:
    for n, text in enumerate(texts):
        uploads.import_uploads([(f"bestand-{n}.csv", text.encode())], directory, catalogue.load())
    return directory


def buttons(app) -> list[str]:
    return [button.label for button in app.button]


def press(app, label: str):
    return next(button for button in app.button if button.label == label).click().run()


def upload(app, *files: tuple[str, str]):
    app.file_uploader[0].set_value([(name, text.encode(), "text/csv") for name, text in files]).run()
    return press(app, "Lees in")


def test_an_empty_store_says_what_to_do(tmp_path, monkeypatch):
    app = page("gegevens", tmp_path, monkeypatch)

    assert not app.exception
    assert app.title[0].value == "Er zijn nog geen gegevens; lees een bestand in of bekijk het voorbeeld"
    assert buttons(app) == ["Lees in", "Maak deze map", "Bekijk het voorbeeld"]
    assert app.button[0].disabled
    assert "Hier komt:" in words(app) and "Adres van de uitgever, nagaan" in words(app)


@pytest.mark.parametrize(
    ("linked", "shown"),
    [
        ("GM0518", "Voor 's-Gravenhage (Zuid-Holland) is er nog niets."),
        ("GM0010", "Voor Eemsdelta (Groningen) is er nog niets."),  # Delfzijl, dissolved in 2021
    ],
)
def test_an_empty_store_knows_every_gemeente(tmp_path, monkeypatch, linked, shown):
    app = page("gegevens", tmp_path, monkeypatch, gemeente=linked)

    assert not app.exception
    assert shown in html.unescape(words(app))


def test_an_empty_store_lists_gemeenten_by_the_names_people_use(tmp_path, monkeypatch):
    app = page("gegevens", tmp_path, monkeypatch)

    names = next(box.options for box in app.selectbox if box.label == "Uw gemeente")
    assert "'s-Gravenhage (Den Haag)" in names and "Delfzijl (nu Eemsdelta)" in names
    assert "is er nog niets" not in words(app)


def test_a_file_in_gives_its_account_and_a_new_title(tmp_path, monkeypatch):
    app = upload(page("gegevens", tmp_path, monkeypatch), ("eigen.csv", REAL))

    assert not app.exception
    assert app.success[0].value.startswith("**1 bestand is ingelezen.**")
    text = words(app)
    assert "2 rijen gelezen, 2 overgenomen, 0 afgewezen." in text
    assert "2 gebieden hebben cijfers en nog geen grens op de kaart." in text
    assert app.title[0].value.startswith("Er zijn cijfers over 1 van de ")
    assert app.button[0].disabled, "the uploader is empty again"


def test_the_same_file_again_changes_nothing(tmp_path, monkeypatch):
    stored(tmp_path, REAL)
    before = versions.files(tmp_path)

    app = upload(page("gegevens", tmp_path, monkeypatch), ("weer.csv", REAL))

    assert app.info[0].value.startswith("**Er is niets veranderd.**")
    assert versions.files(tmp_path) == before


def test_a_wrong_file_is_refused_with_every_problem_and_nothing_written(tmp_path, monkeypatch):
    stored(tmp_path, REAL)
    before = [(path, path.read_bytes()) for path in versions.files(tmp_path)]

    wrong = REAL.replace("61,5", "veel").replace("2016;58", "toen;58")
    app = upload(page("gegevens", tmp_path, monkeypatch), ("goed.csv", LBM3), ("<b>fout*.csv", wrong))

    assert app.warning[0].value.startswith("**1 van de 2 bestanden is goed; er is nog niets veranderd.**")
    text = words(app)
    assert "b-fout-.csv</td><td>kan niet</td><td>Rij 2, kolom waarde" in text and "dit is geen periode" in text
    assert [(path, path.read_bytes()) for path in versions.files(tmp_path)] == before


def test_going_back_asks_first(tmp_path, monkeypatch):
    # The answer to the question is a rerun of the dialog alone, which AppTest does not do: see the browser test.
    app = page("gegevens", stored(tmp_path, REAL, LBM3), monkeypatch)
    assert "Zonder: bestand-1.csv." in words(app)

    press(app, "Ga terug naar deze stand")

    assert {"Ja, ga terug", "Nee, blijf hier"} <= set(buttons(app))
    assert list(queries.editions(versions.require(tmp_path))["file"]) == ["bestand-1.csv", "bestand-0.csv"]


@pytest.mark.parametrize("older", [True, False])
def test_a_damaged_newest_file_leaves_the_page_open(older, tmp_path, monkeypatch):
    if older:
        stored(tmp_path, REAL)
    tmp_path.mkdir(exist_ok=True)
    (tmp_path / "monitor-29991231-000000-000000.duckdb").write_bytes(b"geen database")

    app = page("gegevens", tmp_path, monkeypatch)

    assert not app.exception
    assert app.title[0].value == "De nieuwste gegevens zijn niet te openen"
    assert "is beschadigd" in app.error[0].value
    assert buttons(app) == (["Ga terug naar deze stand"] if older else ["Zet dit bestand opzij"])
    if not older:
        press(app, "Zet dit bestand opzij")
        assert app.title[0].value.startswith("Er zijn nog geen gegevens")


def test_the_example_says_it_is_invented_and_can_go_when_there_is_more(tmp_path, monkeypatch):
    app = page("gegevens", stored(tmp_path, OWN), monkeypatch)
    assert "wd-fictief" in app.get("html")[0].proto.body, "the head carries the mark"
    assert "Weghalen kan zodra er echte cijfers zijn ingelezen." in words(app)

    app = page("gegevens", stored(tmp_path, REAL), monkeypatch)
    press(app, "Haal het voorbeeld weg")

    assert list(queries.editions(versions.require(tmp_path))["file"]) == ["bestand-0.csv"]
    assert "Haal het voorbeeld weg" not in buttons(app)


def test_the_address_chooses_world_level_and_file(tmp_path, monkeypatch):
    stored(tmp_path, REAL, LBM3)

    app = page("gegevens", tmp_path, monkeypatch, cijfers="fictief", bestand="1")

    assert app.selectbox(key="w_cijfers").value == "fictief"
    assert app.selectbox(key="w_bestand").value == "1"
    assert "2 rijen gelezen" in words(app)


def test_an_address_that_asks_for_something_unknown_says_so(tmp_path, monkeypatch):
    app = page("gegevens", stored(tmp_path, REAL), monkeypatch, niveau="straat", bestand="77")

    assert not app.exception
    assert len(app.warning) == 2 and "straat" in words(app) and "77" in words(app)


def test_presenting_shows_the_figure_alone(tmp_path, monkeypatch):
    app = page("gegevens", stored(tmp_path, REAL), monkeypatch, presenteren="1")

    assert [title.value for title in app.title] == ["Aantal onderwerpen met cijfers per wijk"]
    assert not app.file_uploader and not app.header
    assert {button.key for button in app.button} == {"doe_stoppen", "doe_vorige", "doe_volgende"}
