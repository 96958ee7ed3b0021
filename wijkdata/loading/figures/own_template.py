"""The template for a gemeente's own figures: the columns and two invented rows, to fill in."""

import pandas as pd

MARK = "FICTIEF VOORBEELD, vervang deze rij"


def rows() -> pd.DataFrame:
    """Make two rows that the reader accepts as they are: one with a value, one with the reason why there is none.

    The codes are of a gemeente that does not exist (9799), so that a row left in by accident is never of a real area.
    """
    return pd.DataFrame(
        {
            "gebied_code": ["WK979901", "WK979902"],
            "gebied_naam": [MARK, MARK],
            "indicator": ["vertrouwen", "vertrouwen"],
            "periode": ["2023", "2023"],
            "waarde": [61.5, float("nan")],
            "reden": ["", "suppressed"],
        }
    )
