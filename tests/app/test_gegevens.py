"""The page Gegevens with real stores: empty, filled, broken; reading in, refused, and going back."""

import html
from pathlib import Path

import pytest
from bad_files import LBM3, OWN

from tests.app.running import page, words
from tests.links_examples import BOTH, LEFT, RIGHT, File, store_of, town, wijk
from wijkdata import catalogue
from wijkdata.loading.figures import uploads
from wijkdata.loading.figures.progress import Step
from wijkdata.store.monitor import queries, versions
from wijkdata.ui import leaving
from wijkdata.ui.gegevens import working

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
    assert app.title[0].value == "Er zijn nog geen gegevens; haal die van uw gemeente op of bekijk het voorbeeld"
    assert buttons(app) == ["Lees in", "Maak deze map", "Bekijk het voorbeeld"]
    assert app.button[0].disabled
    assert "Hier komt:" in words(app) and "Adres van de uitgever: " in words(app)


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


def test_the_gemeente_chosen_before_the_first_file_is_still_chosen_after_it(tmp_path, monkeypatch):
    app = page("gegevens", tmp_path, monkeypatch)
    next(box for box in app.selectbox if box.label == "Uw gemeente").set_value("GM0363").run()
    app = upload(app, ("scores.csv", REAL))

    assert app.success[0].value.startswith("**1 bestand is ingelezen.**")
    assert next(box.value for box in app.selectbox if box.label == "Uw gemeente") == "GM0363"
    assert "Voor Amsterdam (Noord-Holland)" in words(app)


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


def test_seven_of_eight_are_good_and_one_click_reads_them_in(tmp_path, monkeypatch):
    good = [(f"goed-{year}.csv", REAL.replace("2014", str(year))) for year in range(2000, 2007)]
    app = upload(page("gegevens", tmp_path, monkeypatch), *good, ("fout.csv", REAL.replace("61,5", "veel")))
    assert app.warning[0].value.startswith("**7 van de 8 bestanden zijn goed; er is nog niets veranderd.**")
    assert versions.current(tmp_path) is None

    press(app, "Lees de 7 goede in")

    assert not app.exception
    assert app.success[0].value.startswith("**7 bestanden zijn ingelezen.**")
    assert "1 bestand is niet ingelezen" in app.success[0].value
    assert "fout.csv</td><td>kan niet</td><td>Rij 2, kolom waarde: dit is geen getal" in words(app)
    assert len(queries.editions(versions.require(tmp_path))) == 7
    assert "Lees de 7 goede in" not in buttons(app)


def test_a_table_without_its_year_asks_one_question(tmp_path, monkeypatch):
    table = (
        '"Wijken en buurten";"Regioaanduiding/Codering (code)";"Opleidingsniveau/Laag/Waarde (%)"\n'
        '"Binnenstad";"WK036300  ";"    12.9"\n'
    )
    app = upload(page("gegevens", tmp_path, monkeypatch), ("ses.csv", table))
    assert app.warning[0].value == "**Eén vraag.** Het jaar staat niet in het bestand."
    assert next(button for button in app.button if button.key == "doe_lees_goede_in").disabled

    box = next(box for box in app.selectbox if box.label == "Van welk jaar zijn de cijfers in ses.csv?")
    box.set_value(2022).run()
    app.button(key="doe_lees_goede_in").click().run()

    assert app.success[0].value.startswith("**1 bestand is ingelezen.**")
    assert list(queries.editions(versions.require(tmp_path))["label"]) == ["2022"]


def test_the_folder_of_large_files_is_one_click(tmp_path, monkeypatch):
    app = press(page("gegevens", tmp_path, monkeypatch), "Maak deze map")
    folder = tmp_path / "inlezen"
    assert str(folder) in words(app) and "De map is nog leeg." in words(app)
    for year in (2019, 2020):
        (folder / f"eigen-{year}.csv").write_text(REAL.replace("2014", str(year)), encoding="utf-8")

    app.run()
    press(app, "Lees de map in (2 nieuwe bestanden)")

    assert app.success[0].value.startswith("**2 bestanden zijn ingelezen.**")
    assert "eigen-2019.csv</td><td>0 kB</td><td>al ingelezen" in words(app)
    assert len(list(folder.iterdir())) == 2


def test_the_list_of_a_gemeente_is_ticked_off(tmp_path, monkeypatch):
    scores = LBM3.replace("WK9701", "WK0855")
    app = page("gegevens", stored(tmp_path, scores), monkeypatch, voor="GM0855")

    text = words(app)
    assert "Voor Tilburg (Noord-Brabant) is er 1 van de" in text
    assert "Leefbaarometer 3.0 (BZK)</b> <em>is er</em>" in text
    assert "Kerncijfers wijken en buurten (CBS)</b> <em>nog niet</em>" in text
    assert "2024<small>85984NED" in text


def test_an_import_that_ended_leaves_no_button_to_stop_it(tmp_path, monkeypatch):
    app = upload(page("gegevens", tmp_path, monkeypatch), ("eigen.csv", REAL))

    assert "Stop" not in buttons(app)


def test_how_far_an_import_is_in_words():
    assert working.how_far(Step("x", 3, 8, 4_000_000, 16_000_000), 5.0) == (
        "Bestand 3 van 8; 4,0 MB van 16,0 MB gelezen; 5 s bezig; lezen duurt nog ongeveer 15 s, daarna opslaan."
    )


def test_going_back_asks_first(tmp_path, monkeypatch):
    # The answer to the question is a rerun of the dialog alone, which AppTest does not do: see the browser test.
    app = page("gegevens", stored(tmp_path, REAL, LBM3), monkeypatch)
    assert "Zonder: bestand-1.csv." in words(app)

    press(app, "Ga terug naar deze stand")

    assert {"Ja, ga terug", "Nee, blijf hier"} <= set(buttons(app))
    assert list(queries.editions(versions.require(tmp_path))["file"]) == ["bestand-1.csv", "bestand-0.csv"]


@pytest.mark.parametrize("link", [{}, {"gemeente": "GM0363"}], ids=["bare", "with a code"])
@pytest.mark.parametrize("older", [True, False])
def test_a_damaged_newest_file_leaves_the_page_open(older, link, tmp_path, monkeypatch):
    if older:
        stored(tmp_path, REAL)
    tmp_path.mkdir(exist_ok=True)
    (tmp_path / "monitor-29991231-000000-000000.duckdb").write_bytes(b"geen database")

    app = page("gegevens", tmp_path, monkeypatch, **link)

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


def test_taking_the_example_out_is_offered_right_after_the_first_real_figures(tmp_path, monkeypatch):
    app = upload(page("gegevens", stored(tmp_path, OWN), monkeypatch), ("echt.csv", REAL))

    press(app, "Haal nu het voorbeeld weg")

    assert list(queries.editions(versions.require(tmp_path))["file"]) == ["echt.csv"]


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

    assert [title.value for title in app.title] == ["1 onderwerp met cijfers per wijk"]
    assert not app.file_uploader and not app.header
    assert {button.key for button in app.button} == {"doe_stoppen"}  # one figure has no others to step to


def test_what_changed_since_the_snapshot_before(tmp_path, monkeypatch):
    stored(tmp_path, REAL, REAL.replace("61,5", "62"))
    before = versions.Monitor(versions.files(tmp_path)[0]).stamp

    app = page("gegevens", tmp_path, monkeypatch, sinds_stand=before)

    assert not app.exception
    said = html.unescape(words(app))
    assert "0 cijfers nieuw, 1 herzien, 0 vervallen" in said
    assert "Vertrouwen in buurtgenoten, 2014, wijken" in said and "1 hoger" in said
    press(app, "Gebruik de vorige uitgave")
    assert {"Ja, gebruik de vorige", "Nee, laat het zo"} <= set(buttons(app))


def test_of_two_years_it_says_what_goes_over_and_how_an_area_came_to_be(tmp_path, monkeypatch):
    town(tmp_path)
    app = page("gegevens", tmp_path, monkeypatch, gemeente="GM0518", gebied_weg=wijk(6))

    shown = words(app)
    assert not app.exception
    assert "Omgezet: 4 wijken." in shown and "Onomkeerbaar: 1 wijk." in shown and "Niet om te zetten: 1 wijk." in shown
    assert "Samen met Groot-Oost is de reeks 2016-2024 wel vol" in shown
    turned = page("gegevens", tmp_path, monkeypatch, gemeente="GM0518", van="2024", naar="2016")
    assert "De wijken van 's-Gravenhage in 2024" in html.unescape(words(turned))


def test_the_count_of_areas_together_leaves_with_its_source(tmp_path, monkeypatch):
    """One wijk was two: the table of alone and together says whose figures it holds, on the page and in its files."""
    then = File(2020, [(wijk(1), "West", LEFT), (wijk(2), "Oost", RIGHT)], [(wijk(1), "inwoners", 2020, 600)], "a")
    now = File(2021, [(wijk(3), "Samen", BOTH)], [(wijk(3), "inwoners", 2021, 1_010)], "b")
    store_of(tmp_path, then, now)
    left = {}
    monkeypatch.setattr(
        leaving, "downloads", lambda frame, name, key, taken: left.update({key: leaving._about(taken.figure, name)})
    )
    app = page("gegevens", tmp_path, monkeypatch, gemeente="GM0518", niveau_koppeling="wijk")
    app.session_state["tabel_samen"] = True
    app.run()
    assert not app.exception
    source = (
        "Bron: Kerncijfers wijken en buurten (CBS), 2020 en 2021; bewerking wijkdata. Uitgave: a en b. "
        "Eenheid: inwoners. Indeling: 2020 en 2021, van elk cijfer die van zijn eigen jaar."
    )
    assert source in words(app)
    about = left["samen"]
    assert (about.title, about.source) == ("Inwoners van Samen, alleen en samen", source)
    assert about.licence == "Kerncijfers wijken en buurten (CBS): CC BY 4.0 volgens de uitgever"
