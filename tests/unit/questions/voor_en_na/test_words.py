"""Sentences of an answer that agree with its parts."""

from dataclasses import replace

import pandas as pd
import pytest
from impact_answers import INTERVENTION, TOPIC

from wijkdata.areas import Level
from wijkdata.questions.voor_en_na import words
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.measurements import Measurements

FIGURES = Measurements(pd.DataFrame(), (), {}, (), (), frozenset())


@pytest.mark.parametrize(
    ("sign", "last", "returned", "start", "end"),
    [
        (1, 0.4, True, "De 9 laagste wijken van 2018 waar geen aanpak was, kwamen tot 2022 vanzelf 0,40 punt terug",
         "gaat daarna vaak vanzelf vooruit."),
        (-1, -0.4, True, "De 9 hoogste wijken van 2018 waar geen aanpak was, kwamen tot 2022 vanzelf 0,40 punt terug",
         "gaat daarna vaak vanzelf vooruit."),
        (1, -0.4, False, "De 9 laagste wijken van 2018 zonder aanpak liepen tot 2022 −0,40 punt anders",
         "hier is geen terugkeer naar het gewone te zien."),
    ],
)  # fmt: skip
def test_what_the_worst_areas_did_elsewhere(sign, last, returned, start, end):
    case = Case(INTERVENTION, replace(TOPIC, sign=sign), Level.WIJK, FIGURES, FIGURES, 2019)
    text = words.rebound(2018, 9, (2022, last), case, returned)
    assert text.startswith(start) and text.endswith(end)


@pytest.mark.parametrize(
    ("interval", "written"),
    [
        ((0.12, 0.3), "van +0,12 tot +0,30"),
        ((-0.12, 0.3), "van −0,12 tot +0,30"),
        ((0.0004, 0.1), "van +0,0004 tot +0,1000"),  # what leaves nothing out is not written as nothing
        ((0.0, 0.3), "van 0 tot +0,30"),
        (None, ""),
    ],
)
def test_an_end_of_a_margin_that_is_not_nothing_is_not_written_as_zero(interval, written):
    assert words.Scale(2, "punt").margin(interval) == written
