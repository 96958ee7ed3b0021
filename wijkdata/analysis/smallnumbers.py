"""Rates of small areas, shrunk towards the rate of their group.

Source: Marshall (1991), global empirical Bayes estimator; its reference is reproduced in tests/reference.
"""

import pandas as pd


def empirical_bayes(observed: pd.Series, at_risk: pd.Series, group: pd.Series | None = None) -> pd.DataFrame:
    """Shrink rates towards the rate of their group, the more so the smaller the area.

    Per group: `b = sum O / sum n`, `s2 = sum n (r - b)^2 / sum n`, `A = max(0, s2 - b / mean n)`,
    `w = A / (A + b / n)`, `r_EB = w r + (1 - w) b`.

    Args:
        observed: counts by code. at_risk: the denominator by code (inhabitants, households). NaN = missing.
        group: gemeente or peer group by code; default one group.

    Returns:
        Index as `observed`: `rate` (raw), `shrunk`, `weight` (1 = own figure, 0 = the group's), `group_rate`. All NaN
        where count or denominator is missing or the denominator is 0: such an area counts in no group.
    """
    frame = pd.DataFrame({"o": observed, "n": at_risk.reindex(observed.index)}).astype(float)
    frame["group"] = 0 if group is None else group.reindex(observed.index)
    known = frame[(frame["n"] > 0) & frame["o"].notna() & frame["group"].notna()]
    rate = known["o"] / known["n"]
    total = known.groupby("group")[["o", "n"]].transform("sum")
    base = total["o"] / total["n"]
    spread = (known["n"] * (rate - base) ** 2).groupby(known["group"]).transform("sum") / total["n"]
    between = (spread - base / known.groupby("group")["n"].transform("mean")).clip(lower=0)
    within = base / known["n"]
    # No event in the whole group: nothing to tell areas apart, every rate is the group's (0).
    weight = (between / (between + within)).where(between + within > 0, 0.0)
    result = pd.DataFrame(
        {"rate": rate, "shrunk": weight * rate + (1 - weight) * base, "weight": weight, "group_rate": base}
    )
    return result.reindex(observed.index)
