"""Which pillars of which areas are weak or falling.

Weak is "onder gemiddeld": the limit at which Overzicht calls attention for resilience, here for every pillar.
"""

from itertools import groupby, takewhile
from typing import Any

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.change import Verdict
from wijkdata.areas import Level, is_fictional
from wijkdata.questions.shared import changes
from wijkdata.questions.shared import scores as shared_scores
from wijkdata.questions.shared.answer import PILLAR
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.shared.scores import LOW_RESILIENCE
from wijkdata.store.monitor.versions import Monitor

_OF_YEAR = ["code", "pillar", "period", "score", "made_of", "measured"]
_COLUMNS = ["code", "pillar", "score", "period", "change", "since", "low", "since_low", "falling"]


@kept(64)
def judged(monitor: Monitor, level: Level, municipality: str) -> pd.DataFrame:
    """Return one row per area and pillar with a score: code, pillar, score, period, change, since, low, since_low, falling.

    score: of the newest year in which something was measured. change, since: since the first year that may be compared
    with it, as the lines of the profile (NaN and 0: one such year). since_low: the first year of the
    run below the limit (0: not below). falling: it clearly fell (`changes.judged`). Areas with few residents have no score and no row.
    """
    scores = shared_scores.of_municipality(monitor, level, municipality)
    table = scores.table[scores.table["fresh"] & scores.table["score"].notna()]
    details = scores.details.sort_values("indicator")
    dated = details.assign(dated=details["indicator"] + ":" + details["used_period"].astype(str))
    sets = dated.groupby(["code", "pillar", "period"]).agg(measured=("dated", " ".join))
    rows = table.merge(sets.reset_index(), on=["code", "pillar", "period"], how="left")
    rows = rows.sort_values(["code", "pillar", "period"])
    series = groupby(rows[_OF_YEAR].itertuples(index=False), lambda row: (row.code, row.pillar))
    verdicts = [_judge(code, pillar, list(years)) for (code, pillar), years in series]
    return _with_falling(pd.DataFrame(verdicts, columns=_COLUMNS), monitor, level, is_fictional(municipality))


def _with_falling(rows: pd.DataFrame, monitor: Monitor, level: Level, fictional: bool) -> pd.DataFrame:
    """Fill in what fell, by the rule for every change: those with the same pillar and years are judged together."""
    falling = rows["falling"].copy()
    for (pillar, since, period), part in rows[rows["since"] > 0].groupby(["pillar", "since", "period"]):
        verdicts = changes.judged(monitor, f"{PILLAR}{pillar}", level, fictional, int(since), int(period)).verdicts
        falling[part.index] = (part["code"].map(verdicts) == Verdict.DOWN).to_numpy()
    return rows.assign(falling=falling)


def _judge(code: str, pillar: str, years: list[Any]) -> tuple[object, ...]:
    """Judge the scores of one area on one pillar, a row of `_OF_YEAR` per year. Plain values: there are hundreds of them."""
    # Two years that lean on the very same measurements are one.
    apart = [row for n, row in enumerate(years) if n == 0 or row.measured != years[n - 1].measured]
    last = [row for row in apart if row.made_of == apart[-1].made_of]
    score, several = float(last[-1].score), len(last) > 1
    run = list(takewhile(lambda row: dutch.as_written(row.score) < LOW_RESILIENCE, reversed(last)))
    return (
        code,
        pillar,
        score,
        int(last[-1].period),
        score - float(last[0].score) if several else float("nan"),
        int(last[0].period) if several else 0,
        bool(run),
        int(run[-1].period) if run else 0,
        False,
    )
