"""What makes a difference say little, besides what the figures themselves tell: it goes into the title, before the figure."""

from wijkdata.analysis.impact.balance import SLOPE, Balance
from wijkdata.analysis.impact.judgement import Doubt, Judgement

# Areas that did not move alike before and differ in as many of the features are no comparison.
MOST_UNLIKE = 0.75


def doubts(judgement: Judgement, balance: Balance) -> tuple[Doubt, ...]:
    """Every doubt that holds, heaviest first; none when nothing was called a difference."""
    if not judgement.differs:
        return ()
    slope_unlike = bool(balance.table.loc[balance.table["kind"] == SLOPE, "unlike"].any())
    unlike = slope_unlike and balance.n_unlike >= MOST_UNLIKE * len(balance.table)
    return (*judgement.doubts, *([Doubt.UNLIKE] if unlike else []))
