"""The plain format for a gemeente's own figures, as a file to fill in: the columns and two invented rows."""

import pandas as pd

MARK = "FICTIEF VOORBEELD, vervang deze rij"


def rows() -> pd.DataFrame:
    """Two rows that the reader takes as they are: one with a value, one that says why there is none.

    The codes are of a gemeente that does not exist (9799), so that a row left in by accident never counts for a real area.
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
