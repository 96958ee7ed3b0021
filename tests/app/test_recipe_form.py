"""The form for a table that nobody knows, on the page Gegevens."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.app.running import page
from tests.app.running import words as marked_words
from tests.bad_files import xlsx
from tests.municipal_tables import CODES, value, workbook
from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.loading.figures import recipes
from wijkdata.store.monitor import queries, versions

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIGURE = "eigen_tevreden_over_het_groen_in_de_buurt"


@pytest.fixture
def data(example_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(example_data, tmp_path / "data")


def words(app) -> str:
    """The text of the page without the marks that keep it from being Markdown."""
    return marked_words(app).replace("\\", "")


def upload(app, name: str, content: bytes):
    app.file_uploader[0].set_value([(name, content, XLSX)]).run()
    return button(app, "doe_lees_in").click().run()


def button(app, key: str):
    return next(one for one in app.button if one.key == key)


def box(app, key: str):
    return next(one for one in [*app.selectbox, *app.text_input, *app.number_input, *app.checkbox] if one.key == key)


def stored(data: Path) -> dict[tuple[str, int], float]:
    rows = queries.observations(versions.require(data), [FIGURE], Level.BUURT)
    return {(row.code, row.period): row.value for row in rows.itertuples()}


def test_an_unknown_table_opens_a_form_and_reads_in_with_five_decisions(data: Path, monkeypatch: pytest.MonkeyPatch):
    app = upload(page("gegevens", data, monkeypatch), "groen.xlsx", workbook())
    assert not app.exception
    assert "Kolom ‘Buurt’: 7 van 9 namen zijn bekend als buurten van GM9701." in words(app)
    assert "Deze tabel kent wijkdata nog niet; er is niets veranderd." in words(app)
    assert button(app, "doe_recept").disabled

    box(app, "recept_eenheid_0").set_value("%").run()
    box(app, "recept_richting").set_value("better").run()
    box(app, "recept_uitgever").set_value("Gemeente Vlierstede").run()
    box(app, "recept_bron").set_value("Groenpeiling").run()
    box(app, "recept_naam_Drinkwall").set_value("BU97011400").run()

    assert not app.exception
    assert "9 rijen, waarvan 8 gebruikt: 24 cijfers van 8 gebieden." in words(app)
    button(app, "doe_recept").click().run()
    assert "1 bestand is ingelezen." in words(app)
    assert stored(data)[CODES["Marktzijde"], 2021] == value("Marktzijde", 2021)
    assert stored(data)["BU97011400", 2019] == 40
    assert catalogue.of(data).indicators[FIGURE].higher_is == "better"
    assert list(recipes.kept(data).recipes) == ["groenpeiling"]

    app = upload(page("gegevens", data, monkeypatch), "volgend jaar.xlsx", workbook((2024,), ()))
    assert "1 bestand is ingelezen." in words(app)
    assert stored(data)[CODES["Sluishove"], 2024] == value("Sluishove", 2024)


@pytest.mark.parametrize(
    ("key", "text", "part"),
    [
        ("recept_eenheid_0", "", "heeft nog geen eenheid"),
        ("recept_richting", None, "is niet gezegd of hoger beter is"),
        ("recept_uitgever", "", "De bron ontbreekt"),
        ("recept_titel_0", "", "heeft nog geen titel"),
        ("recept_bron", "", "nog geen naam"),
        ("recept_cijfer_0", "", "Er is nog geen cijfer gekozen"),
        ("recept_gebied", "{jaar}", "geen enkel gebied"),
        ("recept_wanneer", "jaar", "van welk jaar"),
        ("recept_wanneer", "titel", "staat niet van welk jaar"),
        ("recept_soort", "code", "geen enkele rij heeft een gebiedscode"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(key, text, part, data: Path, monkeypatch: pytest.MonkeyPatch):
    app = upload(page("gegevens", data, monkeypatch), "groen.xlsx", workbook())
    for one, said in (("recept_eenheid_0", "%"), ("recept_richting", "better"), ("recept_uitgever", "Vlierstede")):
        box(app, one).set_value(said)
    app.run()
    assert not button(app, "doe_recept").disabled
    box(app, key).set_value(text).run()
    assert not app.exception
    assert part in words(app)
    assert button(app, "doe_recept").disabled
    assert not (data / "eigen").exists()


def test_of_several_tables_the_form_is_about_the_chosen_one(
    data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    app = page("gegevens", data, monkeypatch)
    words_only = xlsx(("veld", "omschrijving", "antwoord"), ("a", "wat het is", "ja"), ("b", "en dit", "nee"))
    tables = [("uitleg.xlsx", words_only), ("groen.xlsx", workbook()), ("later.xlsx", workbook((2019,), ()))]
    app.file_uploader[0].set_value([(name, content, XLSX) for name, content in tables]).run()
    app = button(app, "doe_lees_in").click().run()

    assert not app.exception
    assert box(app, "bestand_van_recept").options == ["groen.xlsx", "later.xlsx"]  # of the first nothing can be made
    assert "groen.xlsx: hieronder staat wat deze tabel lijkt te zijn" in words(app)
    box(app, "recept_bron").set_value("Groenpeiling").run()
    box(app, "bestand_van_recept").set_value(1).run()
    assert "later.xlsx: hieronder staat wat deze tabel lijkt te zijn" in words(app)
    assert box(app, "recept_bron").value == "later"
    assert "python" not in words(app)


def test_an_export_of_a_known_shape_with_unknown_figures_opens_the_form(data: Path, monkeypatch: pytest.MonkeyPatch):
    rows = [f"{name};Groen in de buurt;m2;2022;{n};Gemeente" for n, name in enumerate(list(CODES)[:6], 20)]
    content = "\n".join(["gebied;indicator;eenheid;periode;waarde;bron", *rows]).encode()
    app = upload(page("gegevens", data, monkeypatch), "tegels.csv", content)

    assert not app.exception
    assert "tegels.csv: hieronder staat wat deze tabel lijkt te zijn" in words(app)
    box(app, "recept_richting").set_value("better").run()
    box(app, "recept_uitgever").set_value("Gemeente Vlierstede").run()
    button(app, "doe_recept").click().run()
    assert "1 bestand is ingelezen." in words(app)


def wide(figures: int) -> bytes:
    """A table of one year with many columns of figures that the catalogue does not have."""
    heads = [f"Tegelwerk soort {chr(65 + n)}" for n in range(figures)]
    rows = [[name, 2022, *(10 * n + 7 * k % 9 + 31 for n in range(figures))] for k, name in enumerate(list(CODES)[:8])]
    return xlsx(("Buurt", "Jaar", *heads), *rows)


def lines(app) -> dict[str, str]:
    """Every column of figures with what its line says it becomes."""
    labels = [one.label for one in app.expander if "Tegelwerk" in one.label]
    return {head.strip("*"): said for head, _, said in (label.replace("\\", "").partition(" · ") for label in labels)}


def test_many_figures_are_a_line_each_and_only_the_open_one_has_its_choices(
    data: Path, monkeypatch: pytest.MonkeyPatch
):
    app = upload(page("gegevens", data, monkeypatch), "tegels.xlsx", wide(9))
    assert not app.exception
    assert set(lines(app).values()) == {"niet inlezen"} and len(lines(app)) == 9
    assert "0 van de 9 cijfers worden ingelezen" in words(app)
    assert not [one for one in app.selectbox if one.key.startswith("recept_cijfer_")]

    button(app, "recept_alles").click().run()
    assert lines(app)["Tegelwerk soort C"] == "nieuw: nog te zeggen: eenheid en of hoger beter is"
    box(app, "recept_richting").set_value("better").run()
    box(app, "recept_eenheid").set_value("m2").run()
    assert lines(app)["Tegelwerk soort C"] == "nieuw: m2; hoger is beter"

    app.session_state["recept_open_2"] = True
    app.run()
    assert [one.key for one in app.selectbox if one.key.startswith("recept_cijfer_")] == ["recept_cijfer_2"]
    box(app, "recept_titel_2").set_value("Grote tegels").run()
    box(app, "recept_eenheid_2").set_value("aantal").run()
    box(app, "recept_richting_2").set_value("worse").run()
    app.session_state["recept_open_2"], app.session_state["recept_open_3"] = False, True
    app.run()
    box(app, "recept_cijfer_3").set_value("").run()
    app.session_state["recept_open_3"] = False
    app.run()
    assert lines(app)["Tegelwerk soort C"] == "nieuw: Grote tegels; aantal; hoger is slechter"  # closed, and still so
    assert lines(app)["Tegelwerk soort D"] == "niet inlezen"
    assert "8 van de 9 cijfers worden ingelezen" in words(app)

    box(app, "recept_uitgever").set_value("Gemeente Vlierstede").run()
    button(app, "doe_recept").click().run()
    assert "1 bestand is ingelezen." in words(app)
    kept = catalogue.of(data).indicators
    assert (kept["eigen_grote_tegels"].unit, kept["eigen_grote_tegels"].higher_is) == ("aantal", "worse")
    assert kept["eigen_tegelwerk_soort_b"].unit == "m2" and "eigen_tegelwerk_soort_d" not in kept


def test_the_choices_of_one_table_are_not_those_of_the_next(data: Path, monkeypatch: pytest.MonkeyPatch):
    app = page("gegevens", data, monkeypatch)
    app.file_uploader[0].set_value([("een.xlsx", wide(9), XLSX), ("twee.xlsx", wide(8), XLSX)]).run()
    app = button(app, "doe_lees_in").click().run()
    button(app, "recept_alles").click().run()
    box(app, "bestand_van_recept").set_value(1).run()

    assert not app.exception
    assert len(lines(app)) == 8 and set(lines(app).values()) == {"niet inlezen"}


def test_an_unknown_table_in_the_folder_opens_the_form_too(data: Path, monkeypatch: pytest.MonkeyPatch):
    (data / "inlezen").mkdir()
    (data / "inlezen" / "groen.xlsx").write_bytes(workbook())
    app = button(page("gegevens", data, monkeypatch), "doe_map").click().run()
    assert "groen.xlsx: hieronder staat wat deze tabel lijkt te zijn" in words(app)

    box(app, "recept_eenheid_0").set_value("%").run()
    box(app, "recept_richting").set_value("better").run()
    box(app, "recept_uitgever").set_value("Gemeente Vlierstede").run()
    button(app, "doe_recept").click().run()
    assert "1 bestand is ingelezen." in words(app)
    assert stored(data)[CODES["Marktzijde"], 2021] == value("Marktzijde", 2021)


# --- reports -----------------------------------------------------------------------------------------------------------

SECRET = "Mevrouw Jansen van nummer 12"


def reports() -> bytes:
    """Reports of a quarter in one wijk, by name, with a text that must be seen nowhere."""
    rows = [f"{n};{day:%d-%m-%Y} 10:00;Losse tegel;{SECRET};Zonnegaarde" for n, day in enumerate(DAYS)]
    return "\n".join(["meldingnummer;ontvangen;soort melding;toelichting;wijknaam", *rows, ""]).encode()


DAYS = pd.date_range("2024-01-01", "2024-03-31")


def test_a_table_of_reports_is_counted_and_no_cell_of_it_is_shown(data: Path, monkeypatch: pytest.MonkeyPatch):
    app = page("gegevens", data, monkeypatch)
    app.file_uploader[0].set_value([("meldingen.csv", reports(), "text/csv")]).run()
    button(app, "doe_lees_in").click().run()
    assert not app.exception
    assert "Dit lijken meldingen." in words(app) and "Kolom ‘ontvangen’ bevat dagen." in words(app)
    assert box(app, "recept_gemeente").value == "GM9701"
    box(app, "recept_meld_date").set_value("").run()
    assert button(app, "doe_recept").disabled
    box(app, "recept_meld_date").set_value("ontvangen").run()
    assert "91 rijen, waarvan 91 gebruikt: 6 aantallen van 2 gebieden." in words(app)
    assert "van een losse melding is niets bewaard" in words(app)
    assert "Jansen" not in words(app) and not any("Jansen" in str(frame.value) for frame in app.dataframe)
    button(app, "doe_recept").click().run()
    rows = queries.observations(versions.require(data), ["eigen_meldingen_losse_tegel"], Level.WIJK)
    assert rows.set_index("period")["value"].to_dict() == {202401: 31, 202402: 29, 202403: 31}


def test_who_says_that_these_are_no_reports_gets_the_ordinary_form(data: Path, monkeypatch: pytest.MonkeyPatch):
    app = page("gegevens", data, monkeypatch)
    app.file_uploader[0].set_value([("meldingen.csv", reports(), "text/csv")]).run()
    button(app, "doe_lees_in").click().run()
    button(app, "recept_anders").click().run()
    assert not app.exception
    assert "Dit lijken meldingen." not in words(app)
