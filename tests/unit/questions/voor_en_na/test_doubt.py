"""When a difference has no ground beside the figures themselves, and every doubt in words."""

from dataclasses import replace

import pandas as pd
import pytest
from impact_answers import ANSWER, INTERVENTION, TOPIC

from tests import impact_worlds as worlds
from wijkdata import catalogue
from wijkdata.analysis.impact.balance import MEASUREMENT, SLOPE, STRUCTURE, Balance
from wijkdata.analysis.impact.judgement import Doubt, Nothing, Robust
from wijkdata.questions.voor_en_na import doubt_words, words
from wijkdata.questions.voor_en_na.answer import ImpactVerdict
from wijkdata.questions.voor_en_na.doubt import doubts

FOUND = worlds.judged(worlds.moved(worlds.at_random(worlds.generator(1), 5), 2.0), 1)


@pytest.mark.parametrize(
    ("unlike", "own", "found"),
    [
        ([False, False, False, False], (), ()),
        ([True, True, True, True], (), (Doubt.UNLIKE,)),
        ([True, True, True, False], (), (Doubt.UNLIKE,)),  # three of four, the course among them
        ([True, False, True, True], (), ()),  # they moved alike before, which is what counts
        ([False, True, False, False], (), ()),
        ([True, True, True, True], (Doubt.APART,), (Doubt.APART, Doubt.UNLIKE)),
    ],
)
def test_when_a_difference_has_no_ground(unlike, own, found):
    kinds = [MEASUREMENT, SLOPE, STRUCTURE, STRUCTURE]
    made = Balance(pd.DataFrame({"kind": kinds, "unlike": unlike}))
    assert FOUND.differs and doubts(replace(FOUND, doubts=own), made) == found


def test_what_is_no_difference_needs_no_doubt():
    made = Balance(pd.DataFrame({"kind": [SLOPE], "unlike": [True]}))
    assert doubts(replace(FOUND, differs=False, doubts=()), made) == ()


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_fits_in_a_title_behind_any_topic_and_has_a_sentence(doubt):
    text = doubt_words.DOUBTS[doubt]
    longest = max(len(item.short) for item in catalogue.load().indicators.values())
    assert longest + len(": een verschil, maar ") + len(text.title) <= words.TITLE_LENGTH
    assert text.sentence.startswith("Maar ") and text.sentence.endswith(".")
    said = replace(ANSWER.finding, doubts=(doubt,))
    assert words.title(said, TOPIC, INTERVENTION).endswith(f": een verschil, maar {text.title}")


@pytest.mark.parametrize(
    ("nothing", "end"),
    [
        (None, "geen aantoonbaar verschil met wat te verwachten was"),
        (Nothing.UNSEEN, "geen aantoonbaar verschil; een klein valt niet op"),
        (Nothing.SMALL, "zeker geen groot verschil met wat te verwachten was"),
    ],
)
def test_no_difference_is_two_things(nothing, end):
    said = replace(ANSWER.finding, verdict=ImpactVerdict.NO_DIFFERENCE, nothing=nothing)
    assert words.title(said, TOPIC, INTERVENTION).endswith(end)


@pytest.mark.parametrize(
    ("breakdown", "times"), [(0.97, "0,9 keer"), (1.0, "1,0 keer"), (2.39, "2,3 keer"), (700.0, "10 keer")]
)
def test_how_far_a_verdict_holds_is_rounded_down(breakdown, times):
    assert f"niet meer dan {times} zo sterk" in doubt_words.bound(breakdown)
    assert doubt_words.bound(None) == ""


def test_each_other_way_has_a_line_and_what_speaks_against_it_asks_for_care():
    robust = Robust(0.4, -0.1, 0.3, ((2018, 0.2), (2020, 0.5)), (("WK1", 0.1), ("WK2", 0.6)), 0.5, 0.2, 0.4)
    lines = doubt_words.lines(robust, {"WK1": "Oost"}, lambda value: f"{value:+.1f}", (Doubt.WAVE, Doubt.BOUND))
    assert [(line.value, line.flagged) for line in lines] == [
        ("+0.4 en -0.1", True),
        ("0,5 keer", True),
        ("van +0.1 tot +0.6", True),
        ("nee", True),
        ("bij 20,0% van de volgordes", True),
    ]
    assert lines[2].meaning == "Het minst blijft over zonder 2018 +0.2 en zonder Oost +0.1."
    assert doubt_words.lines(Robust(), {}, str, ()) == []
