"""Real and invented areas beside each other: loading the example changes nothing about the real areas, nor the reverse."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.errors import NotFoundError
from wijkdata.loading.example import dataset
from wijkdata.loading.figures import importer
from wijkdata.questions.gegevens import export as gegevens_export
from wijkdata.questions.gegevens import moments as gegevens_moments
from wijkdata.questions.kloof import question as kloof
from wijkdata.questions.overzicht import question as overzicht
from wijkdata.questions.shared import places, scores, topics
from wijkdata.questions.shared.answer import Against
from wijkdata.questions.wijkprofiel import lines as wijkprofiel_lines
from wijkdata.questions.wijkprofiel import look_alikes as wijkprofiel_look_alikes
from wijkdata.questions.wijkprofiel import spine as wijkprofiel_spine
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import versions

CATALOGUE = catalogue.load()
REAL, INVENTED = "WK059903", "WK970101"


def real_file(folder: Path) -> Path:
    """Two gemeenten of 30 wijken with what a score, a look-alike and a gap need; its last year is before the example's."""
    luck = np.random.default_rng(7)
    lines = ["gebied_code;indicator;periode;waarde"]
    for code in [f"WK{municipality}{n:02d}" for municipality in ("0599", "0363") for n in range(30)]:
        for year in (2014, 2018, 2020):
            dimensions = dict(zip(("fys", "onv", "soc", "vrz", "won"), luck.normal(0, 0.05, 5).round(4), strict=True))
            figures = {f"lbm3_{name}": value for name, value in dimensions.items()}
            figures |= {
                "lbm3_afw": round(sum(dimensions.values()), 4),
                "ernstig_eenzaam": round(luck.uniform(5, 20), 1),
            }
            lines += [f"{code};{name};{year};{value}" for name, value in figures.items()]
        context = {"inwoners": luck.integers(2_000, 20_000), "stedelijkheid": luck.integers(1, 3), "dichtheid": luck.integers(900, 9_000)}  # fmt: skip
        context |= {name: round(luck.uniform(10, 60), 1) for name in ("eenpersoons", "65_plus")} | {"auto_hh": 0.8}
        lines += [f"{code};{name};2020;{value}" for name, value in context.items()]
    path = folder / "echt.csv"
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def stores(tmp_path_factory) -> dict[str, versions.Monitor]:
    """The real file alone, the example alone, and both."""
    folder = tmp_path_factory.mktemp("werelden")
    real = [real_file(folder)]
    given = {"real": real, "invented": dataset.paths(), "both": [*real, *dataset.paths()]}
    for name, paths in given.items():
        importer.import_files(paths, folder / name, CATALOGUE)
    return {name: versions.current(folder / name) for name in given}


def flat(answer: object) -> object:
    """An answer as nested lists and texts, every number to its last digit."""
    if dataclasses.is_dataclass(answer):
        return {field.name: flat(getattr(answer, field.name)) for field in dataclasses.fields(answer)}
    if isinstance(answer, pd.DataFrame | pd.Series):
        return answer.to_csv()
    if isinstance(answer, dict):
        return {str(key): flat(value) for key, value in answer.items()}
    return [flat(part) for part in answer] if isinstance(answer, list | tuple | frozenset) else repr(answer)


QUESTIONS = {
    "spine": lambda store, code: wijkprofiel_spine.spine(store, CATALOGUE, code, Against.EVERYBODY),
    "pillar lines": lambda store, code: wijkprofiel_lines.pillar_lines(store, CATALOGUE, code),
    "one indicator": lambda store, code: wijkprofiel_lines.indicator_line(store, CATALOGUE, code, "lbm3_fys"),
    "look-alikes": lambda store, code: wijkprofiel_look_alikes.alikes(store, CATALOGUE, code),
    "overview": lambda store, code: overzicht.overview(store, CATALOGUE, "GM" + code[2:6], "wijk", None),
    "gap": lambda store, code: kloof.gap(store, CATALOGUE, kloof.Measured("lbm3_afw", Level.WIJK), "GM" + code[2:6]),
    "gap topics": lambda store, code: kloof.topics(store, CATALOGUE, Level.WIJK, code == INVENTED),
    "map topics": lambda store, code: topics.topics(store, CATALOGUE, "GM" + code[2:6], Level.WIJK),
    "years": lambda store, code: scores.score_years(store, Level.WIJK, code == INVENTED),
    "reference": lambda store, code: places.reference_codes(store, Level.WIJK, code == INVENTED).to_list(),
}


@pytest.mark.parametrize(("world", "code"), [("real", REAL), ("invented", INVENTED)])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_other_world_changes_no_answer(question, world, code, stores):
    ask = QUESTIONS[question]
    assert flat(ask(stores["both"], code)) == flat(ask(stores[world], code))


def test_the_answers_compared_above_are_not_empty(stores):
    assert len(wijkprofiel_spine.spine(stores["both"], CATALOGUE, REAL, Against.EVERYBODY).rows) > 5
    assert wijkprofiel_look_alikes.alikes(stores["both"], CATALOGUE, REAL).areas
    assert scores.score_years(stores["both"], Level.WIJK, False) == (2014, 2018, 2020)
    assert max(scores.score_years(stores["both"], Level.WIJK, True)) > 2020


def test_every_exported_figure_names_its_own_edition(stores):
    """Both worlds have lbm3_afw in 2018 and 2020, from different files: the source is of the row, not of the year."""
    frame = gegevens_export.export(stores["both"], CATALOGUE, "lbm3_afw", Level.WIJK)
    invented = frame["gebied_code"].str[2:4] == "97"
    sources = {world: set(rows["bron"].str.partition(",")[0]) for world, rows in frame.groupby(invented)}
    assert sources == {False: {"Eigen bestand"}, True: {"Leefbaarometer 3.0 (BZK)"}}


def test_the_editions_to_choose_from_are_of_one_world(stores):
    for fictional, sources in ((False, {"eigen"}), (True, {"lbm3"})):
        found = kloof.editions_of(stores["both"], CATALOGUE, "lbm3_afw", Level.WIJK, fictional)
        assert set(found["source"]) == sources


def test_the_national_moments_rest_on_real_areas(stores):
    """The example alone gives no national reference at all; beside real areas it does not change theirs."""
    with pytest.raises(NotFoundError, match="geen landelijke cijfers"):
        gegevens_moments.national_moments(stores["invented"], CATALOGUE)
    mixed, real = (gegevens_moments.national_moments(stores[name], CATALOGUE) for name in ("both", "real"))
    pd.testing.assert_frame_equal(mixed, real)


@pytest.mark.parametrize(
    ("n", "name", "start"),
    [
        (169, "Ingelezen gemeenten", "In de ingelezen gemeenten wordt de kloof kleiner"),
        (170, "Nederland", "In heel Nederland wordt de kloof kleiner"),
    ],
)
def test_some_gemeenten_are_not_the_country(n, name, start, tmp_path):
    there = sorted(code for code in gemeenten.every() if gemeenten.exists(code, 2018))[:n]
    rows = [
        f"WK{code[2:]}01;lbm3_afw;{year};{(g - 50) / size:.4f}"
        for g, code in enumerate(there, start=1) for year, size in ((2014, 60), (2018, 100))
    ]  # fmt: skip
    file = tmp_path / "e.csv"
    file.write_text("\n".join(["gebied_code;indicator;periode;waarde", *rows, ""]), encoding="utf-8")
    importer.import_files([file], tmp_path / "d", CATALOGUE)
    answer = kloof.gap(versions.current(tmp_path / "d"), CATALOGUE, kloof.Measured("lbm3_afw", Level.WIJK), "NL")
    assert (answer.country.name, answer.title) == (name, start)


def test_the_big_four_are_a_choice_only_when_all_four_are_there(stores):
    assert "G4" not in kloof.scopes(stores["real"], CATALOGUE, Level.WIJK, "GM0599")
