"""A long table to a panel: what comes out, what is left out and counted, and one sentence for what cannot be a panel."""

import time

import numpy as np
import pandas as pd
import pytest

from wijkdata.analysis.impact.frames import Columns, panel_of
from wijkdata.errors import InputError

# Three areas, three measurements.
UNITS = ["A", "A", "A", "B", "B", "B", "C", "C", "C"]
YEARS = [2018, 2020, 2024] * 3
FIGURES = [1.5, 2, 3, 4, 5, 6, 7, 8, 10]


def table(**columns):
    return pd.DataFrame({"wijk": UNITS, "jaar": YEARS, "score": FIGURES, **columns})


def read(frame, treated=("A",), start=2022, cohort=None, unit="wijk", when="jaar", outcome="score"):
    if cohort is not None:
        treated, start = None, None
    return panel_of(
        frame, Columns(unit, when, outcome, None if treated is None else tuple(treated), start, cohort), "p.csv"
    )


def sentence(*arguments, **more):
    with pytest.raises(InputError) as caught:
        read(*arguments, **more)
    (problem,) = caught.value.problems
    assert "\n" not in str(caught.value)
    return problem.sentence()


def test_a_table_becomes_a_panel():
    """The start is the first measurement from 2022 on: that of 2024, the third."""
    found, account = read(table())
    assert (found.units, found.times, found.start.tolist()) == (("A", "B", "C"), (2018, 2020, 2024), [2, 3, 3])
    assert found.outcome.tolist() == [[1.5, 2, 3], [4, 5, 6], [7, 8, 10]]
    assert (account.rows, account.units, account.incomplete, account.already, account.later) == (9, 3, (), (), ())


def test_the_order_of_rows_does_not_matter_and_the_table_stays_as_it_was():
    frame = table()
    mixed = frame.sample(frac=1, random_state=1)
    before = mixed.copy(deep=True)
    assert np.array_equal(read(mixed)[0].outcome, read(frame)[0].outcome)
    pd.testing.assert_frame_equal(mixed, before)


@pytest.mark.parametrize(
    "cells",
    [
        ["1.5", "2", "3", "4", "5", "6", "7", "8", "10"],
        ["1,5", "2", "3", "4", "5", "6", "7", "8", "10"],
        ["1,5", "2,0", "3", "4", "5", "6", "7", " 8 ", "1,0e1"],
        ["1.50", "2.", "3", "+4", "5", "6", "7", "8", "1e1"],
        [1.5, 2, "3", 4, 5, 6, 7, "8", 10],
    ],
)
def test_figures_may_be_text_with_a_point_or_a_comma(cells):
    assert read(table(score=cells))[0].outcome.tolist() == [[1.5, 2, 3], [4, 5, 6], [7, 8, 10]]


def test_points_for_thousands_go_with_a_decimal_comma():
    found, _ = read(table(score=["1.200,5", "1.100", "3", "4", "5", "6", "7", "8", "−10"]))
    assert found.outcome[0].tolist() == [1200.5, 1100, 3]
    assert found.outcome[2, 2] == -10


def test_whole_floats_and_text_are_the_same_names_and_years():
    frame = table(wijk=[float("8001") if unit == "A" else 8002.0 if unit == "B" else 8003.0 for unit in UNITS])
    found, _ = read(frame.assign(jaar=[f"{year}.0" for year in YEARS]), treated=["8001"], start="2022")
    assert (found.units, found.times) == (("8001", "8002", "8003"), (2018, 2020, 2024))


@pytest.mark.parametrize(
    "cohort",
    [
        [2020] * 3 + [0] * 3 + [0] * 3,
        [2019.0] * 3 + [np.nan] * 6,
        ["2020"] * 3 + [""] * 3 + ["0"] * 3,
        [2020] * 3 + [None] * 6,
    ],
)
def test_zero_or_empty_is_never_treated(cohort):
    assert read(table(begin=cohort), cohort="begin")[0].start.tolist() == [1, 3, 3]


def test_starts_outside_the_measurements_are_counted():
    """B had begun before the first figure; C begins after the last: until then it is untreated."""
    four = pd.concat([table(), pd.DataFrame({"wijk": "D", "jaar": YEARS[:3], "score": [1, 1, 2]})], ignore_index=True)
    four["begin"] = [2020] * 3 + [2010] * 3 + [2030] * 3 + [0] * 3
    found, account = read(four, cohort="begin")
    assert found.start.tolist() == [1, 0, 3, 3]
    assert (account.already, account.later) == (("B",), ("C",))


def test_areas_with_a_gap_are_left_out_and_named():
    """D misses a figure, E a whole row: nothing is filled in."""
    gaps = pd.DataFrame({"wijk": list("DDDEE"), "jaar": [2018, 2020, 2024, 2018, 2024], "score": [1, None, 2, 5, 6]})
    found, account = read(pd.concat([table(), gaps], ignore_index=True), treated=["A", "D"])
    assert found.units == ("A", "B", "C")
    assert (account.units, account.incomplete, account.incomplete_treated) == (5, ("D", "E"), ("D",))


def test_a_year_without_any_figure_is_no_measurement():
    empty = pd.DataFrame({"wijk": list("ABC"), "jaar": 2022, "score": np.nan})
    found, account = read(pd.concat([table(), empty], ignore_index=True))
    assert (found.times, account.empty_times, account.incomplete) == ((2018, 2020, 2024), (2022,), ())


BAD = {
    "unknown column": (table(), {"outcome": "cijfer"}, "p.csv, kolom cijfer: deze kolom bestaat niet; kies uit wijk, jaar en score."),
    "column twice": (table().set_axis(["wijk", "jaar", "jaar"], axis=1), {"outcome": "wijk"}, "kolom jaar: deze kolom komt meer dan eens voor"),
    "empty file": (table().iloc[:0], {}, "er staan geen rijen met cijfers in"),
    "no columns": (pd.DataFrame(), {}, "er staan geen rijen met cijfers in"),
    "one unit": (table().iloc[:3], {}, "rij 2, kolom wijk: er is maar één gebied (gevonden: ‘A’); voeg gebieden toe"),
    "one period": (table().iloc[::3], {"start": 2018}, "rij 2, kolom jaar: er is maar één meting (gevonden: ‘2018’); voeg cijfers van andere jaren toe"),
    "one period with figures": (table(score=[1, None, None, 4, None, None, 7, None, None]), {}, "kolom score: er is maar één meting; voeg"),
    "no figure at all": (table(score=[None] * 9), {}, "kolom score: er staat geen enkel cijfer in"),
    "duplicate": (table(jaar=[2018, 2020, 2020, *YEARS[3:]]), {"start": 2020}, "rij 4, kolom wijk: dit gebied heeft voor dezelfde tijd al een rij (gevonden: ‘A, 2020’)"),
    "duplicate with an empty figure": (table(jaar=[2018, 2020, 2020, *YEARS[3:]], score=[1, 2, None, *FIGURES[3:]]), {"start": 2020}, "rij 4, kolom wijk"),
    "all treated": (table(), {"treated": ["A", "B", "C"]}, "alle gebieden deden mee; voeg gebieden toe die nooit meededen"),
    "all treated, cohort": (table(c=[2020] * 6 + [2024] * 3), {"cohort": "c"}, "alle gebieden deden mee"),
    "none treated": (table(), {"treated": []}, "geen enkel gebied deed mee; geef aan welke"),
    "none treated, cohort": (table(c=[0] * 9), {"cohort": "c"}, "geen enkel gebied deed mee"),
    "constant": (table(score=[3.5] * 9), {}, "kolom score: alle cijfers zijn gelijk, dus er is geen verandering te zien (gevonden: ‘3.5’)"),
    "text": (table(score=["1", "goed", *map(str, FIGURES[2:])]), {}, "rij 3, kolom score: dit is geen getal (gevonden: ‘goed’); vul een getal in"),
    "both signs": (table(score=["1.5", "2,5", *map(str, FIGURES[2:])]), {}, "dit is geen getal (gevonden: ‘2,5’)"),
    "points and commas": (table(score=["49,118", "50.123", "51,2", *["52,75"] * 6]), {}, "p.csv, rij 3, kolom score: in deze kolom staan punten en komma's door elkaar (gevonden: ‘50.123’); gebruik één decimaalteken."),
    "one comma among points": (table(score=["49.118"] * 8 + ["50,123"]), {}, "rij 10, kolom score: in deze kolom staan punten en komma's door elkaar (gevonden: ‘50,123’)"),
    "true and false": (table(score=[True, False] * 4 + [True]), {}, "rij 2, kolom score: dit is geen getal (gevonden: ‘True’)"),
    "infinite": (table(score=[1, np.inf, *FIGURES[2:]]), {}, "rij 3, kolom score: dit getal is oneindig (gevonden: ‘inf’)"),
    "infinite text": (table(score=["1", "-inf", *map(str, FIGURES[2:])]), {}, "rij 3, kolom score: dit getal is oneindig"),
    "a figure too large": (table(score=["1", "1e999", *map(str, FIGURES[2:])]), {}, "rij 3, kolom score: dit getal is oneindig"),
    "time in halves": (table(jaar=[2018, 2020.5, *YEARS[2:]]), {}, "rij 3, kolom jaar: dit is geen heel getal (gevonden: ‘2020.5’)"),
    "time in words": (table(jaar=["2018", "2020-2021", *map(str, YEARS[2:])]), {}, "rij 3, kolom jaar: dit is geen heel getal (gevonden: ‘2020-2021’)"),
    "time absurd": (table(jaar=[10**15, *YEARS[1:]]), {}, "rij 2, kolom jaar: dit is geen heel getal"),
    "no time": (table(jaar=[None, *YEARS[1:]]), {}, "rij 2, kolom jaar: de tijd ontbreekt"),
    "no unit": (table(wijk=["A", " ", *UNITS[2:]]), {}, "rij 3, kolom wijk: het gebied ontbreekt"),
    "cohort varies": (table(c=[2020, 2020, 2024] + [0] * 6), {"cohort": "c"}, "rij 4, kolom c: gebied A heeft in rij 2 een andere start (gevonden: ‘2024’)"),
    "cohort sometimes empty": (table(c=[0] * 3 + [2020, None, 2020] + [0] * 3), {"cohort": "c"}, "rij 6, kolom c: gebied B heeft in rij 5 een andere start"),
    "cohort in words": (table(c=["ja"] * 3 + ["nee"] * 6), {"cohort": "c"}, "rij 2, kolom c: dit is geen heel getal (gevonden: ‘ja’); vul het jaar van de start in"),
    "start too early": (table(), {"start": 2018}, "de start valt buiten de metingen (gevonden: ‘2018’); kies een start na 2018 en niet later dan 2024"),
    "start too late": (table(), {"start": 2025}, "de start valt buiten de metingen (gevonden: ‘2025’)"),
    "start in words": (table(), {"start": "najaar"}, "de start is geen heel getal (gevonden: ‘najaar’)"),
    "no start": (table(), {"start": None}, "de start is geen heel getal"),
    "start with a comma": (table(), {"start": "2022,0"}, "de start is geen heel getal (gevonden: ‘2022,0’); geef de start als jaartal van een meting, zoals 2018."),
    "start with a point": (table(), {"start": "2.022"}, "de start is geen heel getal (gevonden: ‘2.022’)"),
    "outcome is time": (table(), {"outcome": "jaar"}, "p.csv, kolom jaar: deze kolom is meer dan eens genoemd: als tijd en als cijfer; noem voor elk een eigen kolom."),
    "unit is time": (table(), {"unit": "jaar"}, "kolom jaar: deze kolom is meer dan eens genoemd: als gebied en als tijd"),
    "cohort is time": (table(), {"cohort": "jaar"}, "kolom jaar: deze kolom is meer dan eens genoemd: als tijd en als start"),
    "infinite start": (table(), {"start": "inf"}, "de start is geen heel getal (gevonden: ‘inf’)"),
    "starts all outside": (table(c=[2010] * 3 + [2030] * 3 + [0] * 3), {"cohort": "c"}, "geen enkele start valt binnen de metingen"),
    "unknown unit": (table(), {"treated": ["A", "Z"]}, "kolom wijk: dit gebied staat niet in het bestand (gevonden: ‘Z’)"),
    "no treatment named": (table(), {"treated": None}, "het is niet duidelijk welke gebieden meededen"),
    "nothing complete": (table(score=[None, 2, 3, 4, None, 6, 7, 8, None]), {}, "er blijven te weinig gebieden over; bij 3 gebieden ontbreekt een cijfer; vul die aan."),
    "treated incomplete": (table(score=[None, *FIGURES[1:]]), {}, "er blijft geen gebied over dat meedeed; bij 1 gebied ontbreekt een cijfer"),
    "controls incomplete": (table(score=[*FIGURES[:8], None]), {"treated": ["A", "B"]}, "er blijft geen gebied over om mee te vergelijken"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_panel_is_one_sentence(name):
    frame, choices, says = BAD[name]
    assert says in sentence(frame, **choices)


def test_ten_thousand_areas_are_quick():
    """The aim is well under a second; twice that, because machines that test are busy."""
    n, years = 10_000, np.arange(2001, 2021)
    figures = np.random.Generator(np.random.PCG64(1)).random(n * 20)
    frame = pd.DataFrame(
        {"wijk": np.repeat([f"WK{i:06d}" for i in range(n)], 20), "jaar": np.tile(years, n), "score": figures}
    )
    begun = time.perf_counter()
    found, _ = read(frame, treated=["WK000000"], start=2010)
    assert time.perf_counter() - begun < 2
    assert found.outcome.shape == (n, 20)
