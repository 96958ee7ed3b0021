"""The strips of years: what is drawn, what is said, what the table holds."""

from dataclasses import replace

import pandas as pd
import pytest

from wijkdata.areas import Level
from wijkdata.questions.gegevens.answer import CoverageAnswer
from wijkdata.views.gegevens import coverage, words
from wijkdata.views.shared.theme import DARK, LIGHT, Theme

COLUMNS = [
    "indicator",
    "short",
    "pillar",
    "subject",
    "year",
    "n",
    "missing",
    "why",
    "label",
    "source",
    "division",
    "provisional",
    "share",
]
CELLS = [
    ("won", "Woningvoorraad", "Fysiek", "Wonen", 2014, 3000, 0, "", "meting 2022", "lbm3", 2023, False, 1.0),
    (
        "won",
        "Woningvoorraad",
        "Fysiek",
        "Wonen",
        2018,
        1500,
        5,
        "verborgen door de uitgever: 5",
        "meting 2022",
        "lbm3",
        2023,
        False,
        0.5,
    ),
    ("inw", "Inwoners", "", "Bevolking", 2018, 99, 1, "te weinig inwoners: 1", "2018", "kwb", 2018, True, 0.033),
]


def answer(fictional: bool = False, cells: list = CELLS) -> CoverageAnswer:
    frame = pd.DataFrame(cells, columns=COLUMNS)
    return CoverageAnswer(
        "Van 2 onderwerpen zijn er cijfers per wijk",
        "Wat is er?",
        Level.WIJK,
        fictional,
        frame,
        3000,
        ("Regie",),
        "Bron: x.",
    )


def spec(theme: Theme, view=coverage.strips, **changes) -> dict:
    return view(answer(**changes), theme).to_dict()


def rows(drawn: dict) -> list[dict]:
    """The boxes: Vega-Lite's data, kept with the whole drawing or with its first layer."""
    return drawn.get("data", drawn["layer"][0].get("data"))["values"]


def order(drawn: dict) -> list[str]:
    return drawn["layer"][0]["encoding"]["y"]["scale"]["domain"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_more_areas_are_darker_and_the_number_is_dutch(theme):
    drawn = rows(spec(theme))

    assert [(row["year"], row["n"], row["fill"]) for row in drawn] == [
        ("2014", "3.000", theme.mute),
        ("2018", "1.500", theme.band2),
    ]


def test_rows_stand_under_their_pillar_and_a_year_without_figures_has_no_box():
    drawn = spec(LIGHT)

    assert order(drawn) == ["Fysiek", "Woningvoorraad"]
    assert drawn["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["2014", "2018"]


def test_what_is_missing_is_in_the_tooltip_with_its_reason():
    assert [row["missing"] for row in rows(spec(LIGHT))] == [
        "0",
        "5 (verborgen door de uitgever: 5)",
    ]


@pytest.mark.parametrize("fictional", [False, True])
def test_invented_figures_carry_the_mark(fictional):
    assert ("fictief" in str(spec(replace(LIGHT, fictional=fictional), fictional=fictional))) == fictional


def test_what_belongs_to_no_pillar_is_counted_by_subject():
    more = [*CELLS, ("hh", "Huishoudens", "", "Bevolking", 2018, 99, 1, "", "2018", "kwb", 2018, True, 0.033)]
    drawn = spec(LIGHT, view=coverage.others, cells=more)

    assert [(row["row"], row["year"], row["n"]) for row in rows(drawn)] == [("Bevolking", "2018", "2")]
    assert words.others_text(answer(cells=more)) == "Buiten de pijlers: Bevolking 2."
    assert coverage.has_others(answer()) and not coverage.has_others(answer(cells=CELLS[:2]))


def test_on_the_wall_a_row_is_a_pillar():
    drawn = spec(LIGHT, view=coverage.pillars)

    assert [(row["row"], row["year"], row["n"]) for row in rows(drawn)] == [
        ("Fysiek", "2014", "1"),
        ("Fysiek", "2018", "1"),
    ]


def test_the_table_says_what_is_missing_as_a_share():
    table = coverage.table(answer())

    assert table["Wijken met cijfer"].tolist() == [3000, 1500, 99]
    assert table["Deel zonder cijfer (%)"].tolist() == [0.0, 0.3, 1.0]
    assert table["Voorlopig"].tolist() == ["nee", "nee", "ja"]
    assert table["Jaar"].tolist() == ["2014", "2018", "2018"]  # text: a year has no thousands point


def test_the_description_names_the_longest_series_and_what_lacks():
    text = words.coverage_text(answer())

    assert text.endswith("De meeste jaren heeft Woningvoorraad: 2. In de pijlers zonder cijfers per wijk: Regie.")


def test_nothing_at_all_can_be_drawn():
    for view in (coverage.strips, coverage.pillars):
        assert spec(LIGHT, view=view, cells=[])["layer"]
    assert coverage.table(answer(cells=[])).empty
    assert words.coverage_text(answer(cells=[]))
