"""What makes a difference say little: it goes into the title, before the figure."""

from wijkdata.analysis.impact.balance import SLOPE, Balance
from wijkdata.analysis.impact.effect import Effect
from wijkdata.analysis.impact.placebo import ALPHA
from wijkdata.questions.voor_en_na.answer import Doubt

# Lines that ran apart by less than this share of the difference after the start cannot have made it.
APART_SHARE = 0.25
# Areas that did not move alike before and differ in as many of the features are no comparison.
MOST_UNLIKE = 0.75


def doubt(effect: Effect, balance: Balance) -> Doubt | None:
    """The first doubt that holds; None when nothing was called a difference."""
    if not effect.inference.differs:
        return None
    if ran_apart(effect.rough_p, effect.rough_before, effect.estimate):
        return Doubt.APART
    slope_unlike = bool(balance.table.loc[balance.table["kind"] == SLOPE, "unlike"].any())
    return Doubt.UNLIKE if slope_unlike and balance.n_unlike >= MOST_UNLIKE * len(balance.table) else None


def ran_apart(rough_p: float | None, rough_before: float, estimate: float) -> bool:
    """Whether the lines ran apart before the start as they seldom do, by an amount that matters next to the estimate."""
    return rough_p is not None and rough_p <= ALPHA and rough_before > APART_SHARE * abs(estimate)
