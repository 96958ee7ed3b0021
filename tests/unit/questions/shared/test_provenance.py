"""The source line: which publisher, which years, and which of them will be revised."""

import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.questions.shared.provenance import borders_text, source_text

CASES = [
    ([("kwb", 2022, False), ("kwb", 2023, False)], "Kerncijfers wijken en buurten (CBS), 2022 en 2023"),
    ([("kwb", 2023, False), ("kwb", 2024, True)], "Kerncijfers wijken en buurten (CBS), 2023 en 2024 (2024 voorlopig)"),
    ([("kwb", 2024, True)], "Kerncijfers wijken en buurten (CBS), 2024 (2024 voorlopig)"),
    (
        [("lbm3", 2022, False), ("kwb", 2024, True)],
        "Leefbaarometer 3.0 (BZK), 2022; Kerncijfers wijken en buurten (CBS), 2024 (2024 voorlopig)",
    ),
]


@pytest.mark.parametrize(("rows", "text"), CASES)
def test_years_that_will_be_revised_are_named(rows, text):
    coverage = pd.DataFrame(rows, columns=["source", "period", "provisional"])

    assert source_text(catalogue.load(), coverage) == text


CBS = "Wijk- en buurtkaart (CBS), CC0 of CC BY 4.0 volgens de uitgever"
PDOK = "Wijk- en buurtkaart (CBS, PDOK), CC0 of CC BY 4.0 volgens de uitgever"


@pytest.mark.parametrize(
    ("drawn_by", "fictional", "text"),
    [
        ([], False, ""),
        ([("pdok", 2024)], False, f"{PDOK}, indeling 2024"),
        (
            [("pdok", 2024), ("cbs_shape", 2017), ("cbs_shape", 2016)],
            False,
            f"{PDOK}, indeling 2024; {CBS}, indeling 2016 en 2017",
        ),
        ([("eigen", 2024)], False, "Eigen bestand, volgens de gemeente, indeling 2024"),
        ([("pdok", 2024)], True, "verzonnen, indeling 2024"),
    ],
)
def test_who_drew_the_boundaries_on_which_terms_is_said(drawn_by, fictional, text):
    assert borders_text(catalogue.load(), drawn_by, fictional) == text
