"""Gegevens in words and tables: what there is, what is missing, the snapshots, the account of one file."""

from pathlib import Path

import pytest
from bad_files import LBM3, OWN, RIVM

from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.errors import NotFoundError
from wijkdata.loading.figures import uploads
from wijkdata.questions.gegevens import checklist, coverage, import_report, question
from wijkdata.questions.shared import snapshots
from wijkdata.store.monitor import versions
from wijkdata.store.monitor.versions import Monitor

HEAD = "gebied_code;indicator;periode;waarde;reden\n"
REAL = HEAD + "WK036300;vertrouwen;2014;61,5;\nWK036301;vertrouwen;2014;;suppressed\nWK036300;vertrouwen;2016;60;\n"


def stored(directory: Path, **files: str) -> Monitor:
    for name, text in files.items():
        uploads.import_uploads([(f"{name}.csv", text.encode())], directory, catalogue.load())
    return versions.require(directory)


def answer(directory: Path, **files: str) -> question.StockAnswer:
    return question.stock(stored(directory, **files), catalogue.load())


TOPICS = len(catalogue.load().indicators)


@pytest.mark.parametrize(
    ("files", "title", "fictional", "datasets"),
    [
        (
            {"real": REAL},
            f"Er zijn cijfers over 1 van de {TOPICS} onderwerpen; de nieuwste zijn uit 2016",
            False,
            ("echt",),
        ),
        (
            {"own": OWN},
            f"Er zijn alleen fictieve cijfers: over 1 van de {TOPICS} onderwerpen, tot en met 2014",
            True,
            ("fictief",),
        ),
        (
            {"real": REAL, "scores": LBM3},
            f"Er zijn cijfers over 1 van de {TOPICS} onderwerpen; de nieuwste zijn uit 2016",
            False,
            ("echt", "fictief"),
        ),
    ],
)
def test_the_title_counts_what_there_is_and_never_mixes(files, title, fictional, datasets, tmp_path):
    found = answer(tmp_path, **files)

    assert (found.title, found.fictional, found.datasets) == (title, fictional, datasets)
    assert len(found.title) <= 90
    assert found.example_present == ("fictief" in datasets)


def test_an_empty_monitor_says_what_to_do(tmp_path):
    made = versions.publish(tmp_path, lambda connection: None)

    found = question.stock(made, catalogue.load())

    assert found.title == "Er zijn nog geen gegevens; haal die van uw gemeente op of bekijk het voorbeeld"
    assert found.datasets == () and found.editions.empty and found.quality == ()


def test_missing_is_counted_with_its_reason_and_never_as_zero(tmp_path):
    found = answer(tmp_path, real=REAL)

    assert (
        "Ontbreekt.",
        "1 van de 3 cijfers (33,3%) ontbreken. Ze tellen nergens mee als 0.",
        "verborgen door de uitgever: 1.",
    ) in (found.quality)


def test_estimates_are_named(tmp_path):
    (bold, text, names) = answer(tmp_path, own=OWN, rivm=RIVM).quality[0]

    assert bold == "Geschat."
    assert "zijn een schatting met een model" in text
    assert "Ernstig eenzaam" in names and "Vertrouwen" not in names


def test_every_pillar_says_what_lacks_and_which_file_fills_it(tmp_path):
    gaps = {bold: (text, small) for bold, text, small in answer(tmp_path, real=REAL).gaps}

    known = catalogue.load()
    assert list(gaps)[: len(known.pillars)] == [f"{pillar.title}." for pillar in known.pillars.values()]
    text, small = gaps["Collectieve weerbaarheid."]
    assert "Vertrouwen in buurtgenoten" not in text and "Sociale samenhang (model)" in text
    assert "Lees de Leefbaarometer-scores" in small
    assert not any("Zwolle" in text + small for bold, (text, small) in gaps.items() if bold != "Alleen voor Zwolle.")
    assert "2 eigen onderwerpen" in gaps["Alleen voor Zwolle."][0]


def test_a_source_says_editions_rejected_rows_and_terms(tmp_path):
    (name, what, small), *_ = answer(tmp_path, real=REAL, again=REAL.replace("61,5", "62")).sources

    assert name == "Eigen bestand."
    assert "in gebruik, 1 naast een nieuwere" in what
    assert "Volgens de gemeente" in small


def test_coverage_is_per_level_and_world(tmp_path):
    store = stored(tmp_path, real=REAL, scores=LBM3)

    real = coverage.coverage_of(store, catalogue.load(), Level.WIJK, fictional=False)
    invented = coverage.coverage_of(store, catalogue.load(), Level.WIJK, fictional=True)

    cells = [(row.indicator, row.year, row.n, row.missing, row.why) for row in real.cells.itertuples()]
    assert cells == [("vertrouwen", 2014, 1, 1, "verborgen door de uitgever: 1"), ("vertrouwen", 2016, 1, 0, "")]
    assert real.title == "Van 1 onderwerp zijn er cijfers per wijk, steeds over meer jaren"
    assert set(invented.cells["indicator"]) >= {"lbm3_score", "lbm3_soc"} and "vertrouwen" not in set(
        invented.cells["indicator"]
    )
    # 2012 has the total only: a dimension without a figure has no cell there.
    assert 2012 not in set(invented.cells.loc[invented.cells["indicator"] == "lbm3_soc", "year"])
    assert (
        coverage.coverage_of(store, catalogue.load(), Level.BUURT, fictional=False).title
        == "Er zijn nog geen cijfers per buurt"
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (REAL, "Van 1 onderwerp zijn er cijfers per wijk, steeds over meer jaren"),
        (
            HEAD + "WK036300;vertrouwen;2014;60;\n",
            "Van 1 onderwerp zijn er cijfers per wijk, maar van één jaar: nog geen verloop",
        ),
        (
            REAL + "WK036300;vrijwilligers;2014;30;\n",
            "Van 2 onderwerpen zijn er cijfers per wijk; 1 daarvan heeft één meetjaar",
        ),
    ],
)
def test_the_title_of_the_coverage_follows_from_the_years(text, title, tmp_path):
    found = coverage.coverage_of(stored(tmp_path, real=text), catalogue.load(), Level.WIJK, fictional=False)

    assert found.title == title
    assert len(found.short) <= 45


def test_months_count_in_their_year_and_are_not_added_up(tmp_path):
    months = HEAD + "".join(f"WK036300;vertrouwen;2014-{month:02};60;\n" for month in range(1, 13))

    found = coverage.coverage_of(stored(tmp_path, real=months), catalogue.load(), Level.WIJK, fictional=False)

    assert [(row.year, row.n) for row in found.cells.itertuples()] == [(2014, 1)]


def test_the_account_of_a_file_names_rows_areas_and_reasons(tmp_path):
    twice = RIVM + "WK970102,Nieuwbouw,9701,Voorbeeld,5,,,,\n"
    store = stored(tmp_path, rivm=twice)

    found = import_report.report(store, catalogue.load(), 1)

    assert found.sentences[0] == "3 rijen gelezen, 2 overgenomen, 1 afgewezen."
    assert "2 gebieden hebben cijfers en nog geen grens op de kaart." in found.sentences
    assert found.reasons == (("deze rij staat er twee keer; de eerste is bewaard", 1),)
    assert list(found.rejected.columns) == ["Rij", "Kolom", "Waarde", "Waarom niet"]
    assert found.without_boundary.to_dict("list") == {
        "Code": ["WK970101", "WK970102"],
        "Naam": ["Binnenstad", "Nieuwbouw"],
    }
    with pytest.raises(NotFoundError):
        import_report.report(store, catalogue.load(), 99)


def test_the_stands_say_what_is_in_them_and_what_would_go(tmp_path):
    stored(tmp_path, real=REAL)
    stored(tmp_path, scores=LBM3)

    now, before = snapshots.snapshots(tmp_path)

    assert (now.current, now.problem, now.newest, now.missing) == (True, None, 2016, ())
    assert (before.current, before.topics, before.newest) == (False, 1, 2016)
    assert (before.files, before.missing) == (("real.csv",), ("scores.csv",))
    assert now.moment > before.moment and now.size > 0


def test_the_next_edition_under_the_same_name_is_another_file(tmp_path):
    stored(tmp_path, real=REAL)
    stored(tmp_path, real=REAL.replace("61,5", "62"))

    now, before = snapshots.snapshots(tmp_path)
    assert (before.missing, before.more, now.missing, now.more) == (("real.csv",), (), (), ())
    versions.rollback(tmp_path, before.stamp)
    assert snapshots.snapshots(tmp_path)[1].more == ("real.csv",)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_bytes(b"geen database"), "is beschadigd"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "is beschadigd"),
        (lambda path: path.write_bytes(b""), "is beschadigd"),
    ],
)
def test_a_damaged_newest_stand_leaves_the_older_ones_to_go_back_to(spoil, words, tmp_path):
    older = stored(tmp_path, real=REAL)
    newest = tmp_path / "monitor-29991231-000000-000000.duckdb"
    newest.write_bytes(older.path.read_bytes())
    spoil(newest)

    now, before = snapshots.snapshots(tmp_path)

    assert words in now.problem and now.files == ()
    assert before.problem is None and before.topics == 1
    versions.rollback(tmp_path, before.stamp)
    assert snapshots.snapshots(tmp_path)[0].problem is None


def test_no_stand_at_all(tmp_path):
    assert snapshots.snapshots(tmp_path / "nergens") == ()
    assert snapshots.size_of(tmp_path / "nergens") == 0


@pytest.mark.parametrize(
    ("municipality", "name", "label"),
    [
        ("GM0373", "Bergen (NH.)", "Bergen (NH.) (Noord-Holland)"),
        ("GM0599", "Rotterdam", "Rotterdam (Zuid-Holland)"),
        ("GM1999", "GM1999", "GM1999"),
    ],
)
def test_the_list_of_a_gemeente_has_its_name_whole_and_its_province_apart(municipality, name, label):
    listed = checklist.before_figures(catalogue.load(), municipality)
    assert (listed.name, listed.label) == (name, label)
