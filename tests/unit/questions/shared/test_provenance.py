"""The source line: which publisher, which years, and which of them will be revised."""

import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.questions.shared.provenance import source_text

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
