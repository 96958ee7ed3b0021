"""Dekking as a view, and the activities on Overzicht and Wijkprofiel: with, without, and when their file cannot be read."""

import shutil
from pathlib import Path

import pytest

from tests.activity_examples import record, saved
from tests.app.running import page, words
from tests.overview_examples import course, monitor_of
from wijkdata.store.participation.door import NAME


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One gemeente of three wijken: one weak, one that fell, one with nothing wrong."""
    directory = tmp_path_factory.mktemp("cijfers")
    rows = course("WK059901", {2014: (-3, -3), 2022: (-3, -3)}) + course("WK059902", {2014: (0, 1), 2022: (0, 0)})
    monitor_of(directory, rows + course("WK059903", {2014: (0, 0), 2022: (0, 0)}))
    return directory


@pytest.fixture()
def data(figures: Path, tmp_path: Path) -> Path:
    """The figures and three activities: in the wijk that fell, in the weak one on one pillar, everywhere."""
    shutil.copytree(figures, tmp_path, dirs_exist_ok=True)
    counts = {"count": [{"date": "1-5-2025", "method": "geteld", "participants": 30}]}
    saved(
        tmp_path,
        record("Bewonersraad", ("WK059902",), "weerbaarheid", rows=counts),
        record("Schouw", ("WK059901",), "fysiek"),
        record("Taalles", ("GM0599",), "weerbaarheid"),
    )
    return tmp_path


def charts(app: object) -> int:
    return len(app.get("vega_lite_chart") + app.get("arrow_vega_lite_chart"))


def test_coverage_answers(data: Path, monkeypatch) -> None:
    app = page("activiteiten", data, monkeypatch, beeld="dekking")
    assert not app.exception and not app.error
    assert (
        app.title[0].value == "In de enige wijk met een zwakke of dalende pijler loopt daarvoor niets dat is vastgelegd"
    )
    text = words(app).replace("\\", "")
    for part in (
        "WK059901:",
        "Voor de hele gemeente: Taalles",
        "kan dubbel tellen",
        "Hoger is niet beter",
        "Lees dit zo",
    ):
        assert part.lower() in text.lower(), part
    assert charts(app) == 2 and all(one.proto.alt for one in app.get("vega_lite_chart"))


def test_every_table_of_coverage_opens(data: Path, monkeypatch) -> None:
    app = page("activiteiten", data, monkeypatch, beeld="dekking")
    for name in ("dekking", "treden", "bereik", "groepen"):
        app.session_state[f"tabel_{name}"] = True
    app.run()
    assert not app.exception
    assert len(app.dataframe) == 4
    assert len(app.get("download_button")) == 4 * 4 + 2 * 3  # four per table, three per picture


def test_the_years_are_in_the_address(data: Path, monkeypatch) -> None:
    app = page("activiteiten", data, monkeypatch, beeld="dekking", van="2020", tot="2021")
    assert not app.exception
    assert "liepen in 2020 tot en met 2021" in words(app)
    app.selectbox(key="w_van").select("2021").run()
    assert app.query_params["van"] == "2021"


@pytest.mark.parametrize(
    "query",
    [{"van": "1066"}, {"tot": "morgen"}, {"van": "2026", "tot": "2020"}, {"niveau": "straat"}, {"gemeente": "GM0000"}],
)
def test_an_unknown_choice_is_said(data: Path, monkeypatch, query: dict) -> None:
    app = page("activiteiten", data, monkeypatch, beeld="dekking", **query)
    assert not app.exception and len(app.warning) == 1
    assert app.title[0].value.startswith("In de enige wijk")


def test_presenting_shows_one_figure(data: Path, monkeypatch) -> None:
    app = page("activiteiten", data, monkeypatch, beeld="dekking", presenteren="1")
    assert not app.exception
    assert (
        [one.value for one in app.title] == ["Nergens bij elke zwakke pijler een activiteit"]
        and not app.selectbox
        and not app.expander
    )


def test_without_activities_coverage_says_what_to_do(figures: Path, monkeypatch) -> None:
    app = page("activiteiten", figures, monkeypatch, beeld="dekking")
    assert not app.exception
    assert app.title[0].value == "Van 1 wijk met een zwakke of dalende pijler is nog niets vastgelegd"
    assert {"Leg een activiteit vast", "Lees een werkmap in"} <= {one.label for one in app.button}
    assert charts(app) == 0


def test_without_figures_coverage_says_what_to_do(tmp_path: Path, monkeypatch) -> None:
    app = page("activiteiten", tmp_path, monkeypatch, beeld="dekking")
    assert not app.exception
    assert "zijn cijfers van uw gemeente nodig" in app.title[0].value


def test_overzicht_says_what_happens(data: Path, monkeypatch) -> None:
    app = page("overzicht", data, monkeypatch)
    assert not app.exception
    text = words(app).replace("\\", "")
    assert "Wat gebeurt er? Nu lopen 3 activiteiten" in text and "Zwak of dalend, en niets voor die pijler" in text
    assert {"Naar Activiteiten", "Bekijk de dekking"} <= {one.label for one in app.button}


def test_overzicht_without_activities_has_one_quiet_line(figures: Path, monkeypatch) -> None:
    text = words(page("overzicht", figures, monkeypatch))
    assert "nog geen activiteit vastgelegd" in text and "Loopt nu, per pijler" not in text


def test_a_profile_shows_what_was_done(data: Path, monkeypatch) -> None:
    app = page("wijkprofiel", data, monkeypatch, gemeente="GM0599", wijk="WK059902", onderwerp="lbm3_soc")
    assert not app.exception
    text = words(app).replace("\\", "")
    assert "In WK059902 is 1 activiteit vastgelegd; nu loopt er 1" in text
    assert "hele gemeente" in text and "Donkere banen: activiteiten hier" in text
    assert '<table class="wd-rows">' in text, "on the page itself, so that it prints"


@pytest.mark.parametrize(("name", "part"), [("overzicht", "Wat vraagt aandacht"), ("wijkprofiel", "Vergelijk")])
def test_a_damaged_participation_file_leaves_the_figures(data: Path, monkeypatch, name: str, part: str) -> None:
    (data / NAME).write_bytes(b"geen database" * 1000)
    app = page(name, data, monkeypatch)
    assert not app.exception and not app.error
    text = words(app) + " ".join(one.label for one in app.selectbox)
    assert "De activiteiten zijn nu niet te lezen." in text and NAME in text and part in text
    assert charts(app) >= 1


def test_a_refusal_is_forgotten_when_the_file_changes(data: Path, monkeypatch) -> None:
    kept = (data / NAME).read_bytes()
    (data / NAME).write_bytes(b"geen database" * 1000)
    app = page("overzicht", data, monkeypatch)
    assert "niet te lezen" in words(app)
    (data / NAME).write_bytes(kept)
    assert "niet te lezen" not in words(app.run())
