"""The form for a table that nobody knows, on the page Gegevens."""

import shutil
from pathlib import Path

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
