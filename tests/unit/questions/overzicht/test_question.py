"""Overzicht as numbers and sentences: each outcome its own true sentence, and the traps of the real files."""

from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from tests.overview_examples import course, monitor_of
from wijkdata.analysis.change import Verdict
from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.questions.overzicht.answer import Moves, Overview
from wijkdata.questions.overzicht.question import areas_with_figures, overview
from wijkdata.questions.overzicht.tiles import RESIDENTS_FIRST, Course, course_sentence, coverage_text, mean
from wijkdata.questions.overzicht.words import LONGEST, LONGEST_SHORT, Distances, distances
from wijkdata.questions.overzicht.words import course as course_title

# Ten wijken elsewhere, so that there is a line of what fits: cohesion follows vulnerability, with some scatter.
ELSEWHERE = [
    row
    for n in range(10)
    for row in course(
        f"WK0014{n:02d}", {2014: (n / 5 - 1, n / 5 - 1.2), 2022: (n / 5 - 1, n / 5 - 1 + 0.2 * (-1) ** n)}
    )
]


def ask(directory: Path, rows: list, code: str = "GM0599", chosen: str | None = None, level: str = "wijk") -> Overview:
    """The answer for one gemeente, beside ten wijken elsewhere."""
    return overview(monitor_of(directory, [*rows, *ELSEWHERE]), load(), code, level, chosen)


@pytest.mark.parametrize(
    ("n", "less", "more", "stronger", "title"),
    [
        (15, 12, 3, 1, "12 van de 15 wijken werden duidelijk minder kwetsbaar, 3 kwetsbaarder"),
        (37, 33, 0, 2, "33 van de 37 wijken werden duidelijk minder kwetsbaar; bij 2 daarvan groeide de samenhang"),
        (15, 12, 0, 0, "12 van de 15 wijken werden duidelijk minder kwetsbaar; bij geen daarvan groeide de samenhang"),
        (15, 15, 0, 4, "Alle 15 wijken werden duidelijk minder kwetsbaar; bij 4 daarvan groeide de samenhang"),
        (15, 3, 0, 3, "3 van de 15 wijken werden duidelijk minder kwetsbaar; overal daar groeide de samenhang"),
        (15, 1, 0, 1, "Eén van de 15 wijken werd duidelijk minder kwetsbaar; daar groeide de samenhang ook"),
        (15, 1, 0, 0, "Eén van de 15 wijken werd duidelijk minder kwetsbaar; daar groeide de samenhang niet mee"),
        (15, 1, 1, 0, "Eén van de 15 wijken werd duidelijk minder kwetsbaar, één kwetsbaarder"),
        (15, 0, 4, 0, "4 van de 15 wijken werden duidelijk kwetsbaarder, geen enkele minder kwetsbaar"),
        (15, 1, 4, 1, "4 van de 15 wijken werden duidelijk kwetsbaarder, één minder"),
        (4, 0, 4, 0, "Alle 4 wijken werden duidelijk kwetsbaarder, geen enkele minder kwetsbaar"),
        (15, 0, 0, 0, "Geen van de 15 wijken werd duidelijk kwetsbaarder of minder kwetsbaar"),
    ],
)
def test_the_title_says_what_happened(n: int, less: int, more: int, stronger: int, title: str) -> None:
    said = course_title(Moves(n, less, more, stronger, 0, stronger), Level.WIJK, "samenhang")
    assert said == title if len(title) <= LONGEST else said == title.replace(" daarvan", "")


def test_no_title_is_too_long() -> None:
    sizes = (2, 9, 10, 99, 430)
    for n, level in product(sizes, (Level.WIJK, Level.BUURT)):
        for less, more in product({0, 1, n // 2, n}, repeat=2):
            for stronger in {0, 1, less // 2, less} if less + more <= n else ():
                if stronger <= less:
                    moves = Moves(n, less, more, stronger, 0, stronger)
                    assert len(course_title(moves, level, "samenhang")) <= LONGEST
                long, short = distances(Distances(n, less, more), level, "samenhang")
                assert len(long) <= LONGEST
                assert len(short) <= LONGEST_SHORT


@pytest.mark.parametrize(
    ("n", "stronger", "weaker", "title"),
    [
        (15, 0, 9, "9 van de 15 wijken hebben minder samenhang dan bij de kwetsbaarheid past"),
        (15, 1, 0, "1 van de 15 wijken heeft meer samenhang dan bij de kwetsbaarheid past"),
        (15, 15, 0, "Alle 15 wijken hebben meer samenhang dan bij de kwetsbaarheid past"),
        (15, 2, 3, "2 van de 15 wijken hebben meer samenhang dan bij de kwetsbaarheid past, 3 minder"),
        (15, 0, 0, "Alle 15 wijken hebben ongeveer de samenhang die bij de kwetsbaarheid past"),
    ],
)
def test_the_figure_answers_with_the_distance_from_the_line(n: int, stronger: int, weaker: int, title: str) -> None:
    assert distances(Distances(n, stronger, weaker), Level.WIJK, "samenhang")[0] == title


@pytest.mark.parametrize(
    ("course", "years", "sentence"),
    [
        (Course(2014, 12.4, Verdict.UP, 8.6), 3, "Gestegen sinds 2014 (+12; Nederland +9)."),
        (Course(2014, -7.0, Verdict.DOWN, float("nan")), 3, "Gedaald sinds 2014 (−7)."),
        (Course(2014, -1.2, Verdict.SAME, 2.0), 3, "Vrijwel gelijk aan 2014 (−1; Nederland +2)."),
        (Course(2014, 3.1, Verdict.ORDINARY, 0.2), 3, "Niet duidelijk veranderd sinds 2014 (+3; Nederland 0)."),
        (None, 1, "Eén meetjaar, dus nog geen verloop."),
        (None, 2, "Geen eerder jaar met dezelfde cijfers, dus nog geen verloop."),
    ],
)
def test_change_sentences(course: Course | None, years: int, sentence: str) -> None:
    assert course_sentence(course, years, "Nederland") == sentence


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((2022, 1, 1, True, (2022,)), "2022 · rust op één modelcijfer"),
        ((2022, 1, 1, False, (2022,)), "2022 · rust op één cijfer"),
        ((2020, 3, 4, False, (2019, 2020)), "2020 · 3 van 4 cijfers, gemeten in 2019 en 2020"),
        ((2022, 2, 2, True, (2022,)), "2022 · 2 van 2 cijfers, alleen modelschattingen"),
    ],
)
def test_coverage_is_said(arguments: tuple, words: str) -> None:
    assert coverage_text(*arguments) == words


@pytest.mark.parametrize(
    ("scores", "inhabitants", "expected"),
    [
        ({"a": 80.0, "b": 120.0}, {"a": 3000.0, "b": 1000.0}, 90.0),  # weighted
        ({"a": 80.0, "b": 120.0}, {"a": 3000.0}, 80.0),  # b's inhabitants unknown: left out, not 0
        ({"a": 80.0}, {"a": 3000.0, "b": 9000.0}, 80.0),  # an area without a score has no say
    ],
)
def test_the_mean_of_a_gemeente(scores: dict, inhabitants: dict, expected: float) -> None:
    assert mean(pd.Series(scores), pd.Series(inhabitants, dtype=float)) == pytest.approx(expected)


def test_a_year_without_the_whole_set_is_in_no_path(tmp_path: Path) -> None:
    rows = course("WK059901", {2014: (0, 0), 2018: (0.2, 0), 2022: (0.5, 0)})
    rows += course("WK059902", {2014: (0, 0), 2018: (-0.2, 0), 2022: (-0.5, 0)})
    rows += [(code, "lbm3_soc", 2016, 0.1) for code in ("WK059901", "WK059902")]  # cohesion alone
    answer = ask(tmp_path, rows)
    assert answer.figure is not None
    assert answer.figure.years == (2014, 2018, 2022)
    assert 2016 not in set(answer.figure.trails["period"])
    assert "2016 heeft niet alle cijfers en is niet ingevuld" in answer.figure_text.source


def test_a_small_wijk_is_open_without_a_trail_and_named_in_no_list(tmp_path: Path) -> None:
    rows = course("WK059901", {2014: (0, 0), 2022: (0.1, 0)}) + course("WK059902", {2014: (0, 0), 2022: (0.1, 0.1)})
    rows += course("WK059903", {2014: (2, 2), 2022: (-2.5, -2.9)}, inhabitants=900)
    answer = ask(tmp_path, rows)
    point = answer.figure.points.set_index("code").loc["WK059903"]
    assert point["small"]
    assert pd.isna(point["residual"])
    assert pd.isna(point["change_x"])
    assert "WK059903" not in set(answer.figure.trails["code"])
    assert "WK059903" not in {item.code for item in answer.attention}
    assert all("WK059903" not in tile.in_full for tile in answer.tiles)
    assert all("WK059903" not in tile.scores.index for tile in answer.tiles)
    assert "1 kleinere: open stip, zonder spoor" in answer.figure_text.source


def test_a_wijk_that_was_small_when_it_was_measured_is_small(tmp_path: Path) -> None:
    rows = course("WK059901", {2014: (0, 0), 2022: (0.1, 0)}) + course("WK059902", {2014: (0, 0), 2022: (0.1, 0.1)})
    grown = course("WK059903", {2014: (2, 2), 2022: (-2.5, -2.9)}, inhabitants=650, year=2020)
    rows += [*grown, ("WK059903", "inwoners", 2024, 2410)]
    points_ = ask(tmp_path, rows).figure.points.set_index("code")
    assert points_["small"].to_dict() == {"WK059901": False, "WK059902": False, "WK059903": True}


def test_a_missing_pillar_is_no_number(tmp_path: Path) -> None:
    answer = ask(tmp_path, course("WK059901", {2014: (0, 0), 2022: (0.5, 0)}))
    tile = {one.pillar: one for one in answer.tiles}["sociaal_economisch"]
    assert tile.number is None
    assert tile.scores.empty
    assert tile.missing == load().pillars["sociaal_economisch"].missing
    assert answer.tile_table["Sociaal-economisch perspectief (geen score)"].isna().all()
    assert any("Sociaal-economisch" in item.bold and item.small == tile.missing for item in answer.absent)


def test_without_bijstand_the_figure_falls_back_and_says_so(tmp_path: Path) -> None:
    answer = ask(tmp_path, course("WK059901", {2014: (0, 0), 2022: (0.5, 0)}))
    assert answer.figure.x_set == "path_x"
    assert "zonder bijstand per 1.000 inwoners, want dat cijfer ontbreekt bij 2022" in answer.figure_text.lead
    assert any("mist bijstand" in item.text for item in answer.absent)


def test_bijstand_of_two_years_before_counts_and_shows_its_age(tmp_path: Path) -> None:
    rows = course("WK059901", {2014: (0, 0), 2022: (0.5, 0)}) + course("WK059902", {2014: (0, 0), 2022: (-0.5, 0)})
    rows += [("WK059901", "bijstand_1000", 2020, 30.0), ("WK059902", "bijstand_1000", 2020, 60.0)]
    answer = ask(tmp_path, rows)
    assert answer.figure.x_set == "x"
    assert "bijstand per 1.000 inwoners (2020)" in answer.figure_text.description
    ends = answer.figure.trails[answer.figure.trails["period"] == 2022].set_index("code")
    places = answer.figure.points.set_index("code")
    for code in ("WK059901", "WK059902"):  # a trail ends in its point, and is as long as the change that is named
        trail = answer.figure.trails[answer.figure.trails["code"] == code].set_index("period")["x"]
        assert ends.at[code, "x"] == pytest.approx(places.at[code, "x"])
        assert trail[2022] - trail[2014] == pytest.approx(places.at[code, "change_x"])


def test_bijstand_of_three_years_before_does_not_count(tmp_path: Path) -> None:
    rows = [*course("WK059901", {2014: (0, 0), 2022: (0.5, 0)}), ("WK059901", "bijstand_1000", 2019, 30.0)]
    assert ask(tmp_path, rows).figure.x_set == "path_x"


def test_attention_is_what_is_weak_the_lowest_score_first(tmp_path: Path) -> None:
    calm = course("WK059901", {2014: (0, 0), 2022: (0.05, -0.05)}) + course("WK059902", {2014: (0, 0), 2022: (0, 0)})
    answer = ask(tmp_path / "calm", calm)
    assert (answer.attention, answer.judged) == ((), 2)
    weak = (
        course("WK059901", {2022: (0, -1.5)}) + course("WK059902", {2022: (-3, 0)}) + course("WK059903", {2022: (0, 0)})
    )
    answer = ask(tmp_path / "weak", weak)
    assert {area.code: [one.pillar for one in area.weak] for area in answer.attention} == {
        "WK059902": ["fysiek", "veiligheid"],
        "WK059901": ["weerbaarheid"],
    }
    assert answer.figure.points.set_index("code")["state"].to_dict() == {
        "WK059901": "attention",
        "WK059902": "attention",
        "WK059903": "",
    }


def test_the_line_is_made_of_real_wijken_only(tmp_path: Path) -> None:
    invented = [row for n in range(8) for row in course(f"WK9701{n:02d}", {2014: (n, -n), 2022: (n, -n)})]
    rows = course("WK059901", {2014: (0, 0), 2022: (0.5, 0)})
    with_invented = ask(tmp_path / "a", [*rows, *invented])
    without = ask(tmp_path / "b", rows)
    assert with_invented.figure.n_reference == without.figure.n_reference == 11
    assert with_invented.figure.slope == pytest.approx(without.figure.slope)
    example = ask(tmp_path / "a", [*rows, *invented], "GM9701")
    assert example.place.fictional
    assert example.figure.n_reference == 8
    assert "verzonnen cijfers" in example.tile_source


def test_one_wijk_one_sentence(tmp_path: Path) -> None:
    answer = ask(tmp_path, course("WK059901", {2014: (0, 0), 2022: (0.5, -0.5)}), chosen="WK059901")
    assert answer.title == "WK059901: niet duidelijk meer of minder kwetsbaar, samenhang niet duidelijk veranderd"
    assert "Laagste wijk" not in answer.tiles[0].in_full
    assert answer.chosen.text.startswith("heeft ")
    assert answer.figure.points["state"].tolist() == ["chosen"]


def test_one_year_has_no_course_and_no_trails(tmp_path: Path) -> None:
    answer = ask(tmp_path, course("WK059901", {2022: (0, 0)}) + course("WK059902", {2022: (0.4, 0)}))
    assert answer.figure.trails.empty
    assert answer.lead == ""
    assert answer.title == "Rotterdam scoort op alle 3 pijlers met cijfers 85 tot 115 (Nederland = 100)"
    assert answer.tiles[0].sentence.startswith("Eén meetjaar, dus nog geen verloop.")
    assert "Het spoor" not in answer.figure_text.lead


def test_scores_wait_for_the_inhabitants_and_are_then_what_they_stay(tmp_path: Path) -> None:
    rows = course("WK059901", {2022: (0, 0)}, inhabitants=None) + course("WK059902", {2022: (1, 0)}, inhabitants=None)
    before = ask(tmp_path / "voor", rows)
    assert [tile.number for tile in before.tiles] == [None] * 4
    assert before.tiles[0].missing == RESIDENTS_FIRST and "inwoners is nog niet ingelezen" in before.no_figure
    assert "1.000 of meer inwoners" not in before.tile_source
    assert before.title == "Over Rotterdam is nog te weinig bekend voor een score"
    after = ask(tmp_path / "na", course("WK059901", {2022: (0, 0)}) + course("WK059902", {2022: (1, 0)}))
    assert after.tiles[0].number is not None and "1.000 of meer inwoners" in after.tile_source


def test_no_national_reference_for_buurten_is_said_not_filled(tmp_path: Path) -> None:
    rows = [(f"BU059901{n:02d}", "bijstand_1000", 2020, 20.0 + n) for n in range(4)]
    rows += [(f"BU059901{n:02d}", name, 2020, 15.0) for n in range(4) for name in ("ao_1000", "ww_1000")]
    rows += [(f"BU059901{n:02d}", "inwoners", 2020, 2_000) for n in range(4)]
    answer = ask(tmp_path, rows, level="buurt")
    assert answer.figure is None
    assert "Voor buurten is er nog geen landelijk ijkpunt" in answer.no_figure
    assert [tile.number is None for tile in answer.tiles] == [True, False, True, True]


def test_the_areas_to_choose_from_are_those_on_the_page(tmp_path: Path) -> None:
    rows = [*course("WK059901", {2022: (0, 0)}), ("WK059909", "inwoners", 2022, 3000.0)]
    monitor = monitor_of(tmp_path, [*rows, *ELSEWHERE])
    assert areas_with_figures(monitor, load(), "GM0599", "wijk") == {"WK059901"}
