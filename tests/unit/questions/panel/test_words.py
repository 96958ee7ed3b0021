"""The sentences of `impact --panel`: figures of any size, and what chance did."""

import numpy as np
import pytest

from wijkdata.analysis.impact.placebo import inference
from wijkdata.questions.panel import words
from wijkdata.questions.voor_en_na.answer import Doubt
from wijkdata.questions.voor_en_na.words import DOUBTS


@pytest.mark.parametrize(
    ("value", "size", "shown"),
    [
        (1234.5, 1234.5, "+1.234"),
        (-0.0123, 0.0123, "−0,0123"),
        (0.00002, 0.00002, "+0,000020"),
        (1.234e-9, 1.234e-9, "+1,23e−9"),
        (-9.999e-56, 1e-55, "−1,00e−55"),
        (0.0, 1e-55, "0"),
        (1e-26, 1e-9, "0"),
        (5.0, 1e-9, "+5,000000"),
        (0.0, 0.0, "0"),
    ],
)
def test_a_figure_of_any_size_is_never_a_row_of_zeros(value, size, shown):
    assert words.figure(value, size, signed=True) == shown


def test_an_estimate_that_is_noise_beside_its_margin_sets_no_decimals():
    assert words.size(1e-12, (-0.5, 0.5), 0.7) == pytest.approx(7e-4)
    assert words.size(0.2, (-0.5, 0.5), None) == 0.2
    assert words.size(0.0, None, None) == 0


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (5.0, "groter dan bij 7.770 van de 7.770 vergelijkbare gebieden"),
        (1e-9, "Bij 7.770 van de 7.770 vergelijkbare gebieden"),
    ],
)
def test_thousands_of_comparisons_have_their_point(estimate, said):
    found = inference(estimate, np.linspace(0.5, 1, 7770))
    assert said in " ".join(words.verdict(estimate, found, words.sets(1, found.placebos), ""))


@pytest.mark.parametrize(("p_value", "lines"), [(0.05, [DOUBTS[Doubt.APART].sentence]), (0.051, []), (None, [])])
def test_lines_that_ran_apart_before_are_said_where_that_is_rare(p_value, lines):
    assert words.uneven(p_value) == lines
