"""The short title of the tiles: how many pillars lie off the average of the country."""

from dataclasses import replace

import pandas as pd
import pytest

from wijkdata.analysis.change import Verdict
from wijkdata.questions.overzicht.answer import Tile
from wijkdata.questions.overzicht.words import LONGEST_SHORT, tiles_short


def tile(number: float | None) -> Tile:
    """One pillar with this score."""
    return Tile(
        *(
            "fysiek",
            "Fysieke leefomgeving",
            number,
            2022,
            pd.Series(dtype=float),
            None,
            None,
            None,
            Verdict.MISSING,
            0.0,
        ),
        *("", "", "", (), (), False),
    )


@pytest.mark.parametrize(
    ("scores", "title"),
    [
        ((94, 93, 94, 92), "Alle 4 pijlers 85 tot 115"),
        ((117, 109, 106, 103), "1 van de 4 pijlers 115 of hoger"),
        ((84, 109, 70, 103), "2 van de 4 pijlers lager dan 85"),
        ((84, 109, 70, 115), "Van 4 pijlers 2 lager dan 85, 1 vanaf 115"),
        ((84, 83, None, 82), "Alle 3 pijlers met een score lager dan 85"),
        ((84.6, 114.4, None, None), "Alle 2 pijlers met een score 85 tot 115"),
        ((None, 102, None, None), "De enige pijler met score: 85 tot 115"),
        ((None, 84, None, None), "De enige pijler met score: lager dan 85"),
        ((None, 120, None, None), "De enige pijler met score: 115 of hoger"),
        ((None,) * 4, "Nog geen pijler met een score"),
    ],
)
def test_the_short_title_counts_the_pillars(scores: tuple[float | None, ...], title: str):
    assert tiles_short(tuple(map(tile, scores))) == title
    assert len(title) <= LONGEST_SHORT


def test_the_two_borders_are_those_of_the_classes_of_the_map():
    assert [tiles_short((tile(score),)).partition(": ")[2] for score in (84, 85, 114, 115)] == [
        "lager dan 85",
        "85 tot 115",
        "85 tot 115",
        "115 of hoger",
    ]


@pytest.mark.parametrize(
    ("chosen", "in_full", "for_a_room"),
    [
        pytest.param(None, "Gestegen. Laagste wijk: A (60).", "Gestegen.", id="nobody chose a wijk"),
        pytest.param(
            "WK1", "Gestegen. Laagste wijk: A (60).", "Gestegen. A: 60.", id="the lowest was chosen: said once"
        ),
        pytest.param(
            "WK2", "Gestegen. Laagste wijk: A (60). B: 60.", "Gestegen. B: 60.", id="as low, and not the one named"
        ),
    ],
)
def test_the_lowest_wijk_is_named_on_a_page_and_before_no_room(chosen: str | None, in_full: str, for_a_room: str):
    one = replace(
        tile(90),
        scores=pd.Series({"WK1": 60.0, "WK2": 60.0, "WK3": 90.0}),
        sentence="Gestegen.",
        lowest="Laagste wijk: A (60).",
        chosen=chosen,
        singled={"WK1": "A: 60.", "WK2": "B: 60."}.get(chosen or "", ""),
    )
    assert (one.in_full, one.for_a_room) == (in_full, for_a_room)
