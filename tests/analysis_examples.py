"""Small made catalogue entries and moments for the tests of the analysis."""

import numpy as np
import pandas as pd

from wijkdata.areas import Level
from wijkdata.catalogue import Indicator


def entry(name, pillar="fysiek", theme="a", higher_is="better", evidence="measured", role="score", **more):
    """A catalogue entry with the fields that matter to a score."""
    scored = {} if role in ("context", "headline") else {"pillar": pillar, "theme": theme}
    return Indicator(
        **{"reference_year": 2020, "range": (0, 1000), **scored, **more},
        id=name,
        title=f"Titel {name}",
        short=f"Kort {name}",
        description=f"Beschrijving van {name}",
        unit="score",
        unit_kind="score",
        decimals=1,
        higher_is=higher_is,
        role=role,
        evidence=evidence,
        series=f"reeks {name}",
    )


def observations(rows):
    """`{(code, indicator, period): value}` as a long frame."""
    return pd.DataFrame(
        [(*key, value) for key, value in rows.items()], columns=["code", "indicator", "period", "value"]
    )


def moments(rows, level=Level.WIJK, base_year=2020):
    """`{indicator: (mean, sd)}` as reference moments."""
    return pd.DataFrame(
        [(name, str(level), base_year, float(mean), float(sd), 100) for name, (mean, sd) in rows.items()],
        columns=["indicator", "level", "base_year", "mean", "sd", "n"],
    )


def wijken(n, municipality="0014"):
    """n wijk codes in one gemeente."""
    return [f"WK{municipality}{i:02d}" for i in range(n)]


def inhabitants(codes, number=5_000):
    """The same number of inhabitants everywhere."""
    return pd.Series(float(number), index=list(codes))


def series(*values, codes=None):
    """Values by wijk code; None is missing."""
    return pd.Series([np.nan if v is None else v for v in values], index=codes or wijken(len(values)), dtype=float)
