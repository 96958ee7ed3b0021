"""Which pillars of which areas are weak or falling.

Weak is "onder gemiddeld": the limit at which Overzicht calls attention for resilience, here for every pillar.
"""

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
    verdicts = [_judge(code, pillar, part) for (code, pillar), part in rows.groupby(["code", "pillar"], sort=False)]
    return _with_falling(pd.DataFrame(verdicts, columns=_COLUMNS), monitor, level, is_fictional(municipality))


def _with_falling(rows: pd.DataFrame, monitor: Monitor, level: Level, fictional: bool) -> pd.DataFrame:
    """Fill in what fell, by the rule for every change: those with the same pillar and years are judged together."""
    falling = rows["falling"].copy()
    for (pillar, since, period), part in rows[rows["since"] > 0].groupby(["pillar", "since", "period"]):
        verdicts = changes.judged(monitor, f"{PILLAR}{pillar}", level, fictional, int(since), int(period)).verdicts
        falling[part.index] = (part["code"].map(verdicts) == Verdict.DOWN).to_numpy()
    return rows.assign(falling=falling)


def _judge(code: str, pillar: str, rows: pd.DataFrame) -> tuple[object, ...]:
    # Two years that lean on the very same measurements are one.
    rows = rows[rows["measured"] != rows["measured"].shift()]
    last = rows[rows["made_of"] == rows["made_of"].iloc[-1]]
    score, period = float(last["score"].iloc[-1]), int(last["period"].iloc[-1])
    change = score - float(last["score"].iloc[0]) if len(last) > 1 else float("nan")
    below = last["score"].map(dutch.as_written) < LOW_RESILIENCE
    run = last.loc[below[::-1].cummin()[::-1], "period"]
    return (
        code,
        pillar,
        score,
        period,
        change,
        int(last["period"].iloc[0]) if len(last) > 1 else 0,
        bool(below.iloc[-1]),
        int(run.iloc[0]) if len(run) else 0,
        False,
    )
