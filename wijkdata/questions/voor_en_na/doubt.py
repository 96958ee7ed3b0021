"""What takes the ground from under a difference: it is said in the title, before the figure."""

from dataclasses import dataclass

from wijkdata.analysis.impact.balance import SLOPE, Balance
from wijkdata.analysis.impact.effect import Effect
from wijkdata.analysis.impact.placebo import ALPHA

# Lines that ran apart by less than this share of the difference after the start cannot have made it.
APART_SHARE = 0.25
# Areas that did not move alike before and differ in as many of the features are no comparison.
MOST_UNLIKE = 0.75


@dataclass(frozen=True)
class Doubt:
    """Words after "een verschil, maar", the sentence after the answer, and at most 45 characters for before a room."""

    title: str
    sentence: str
    short: str


APART = Doubt(
    "de lijnen liepen vooraf al uiteen",
    "Maar de lijnen liepen vóór de start al uiteen, dus dit zegt weinig over wat er daarna gebeurde.",
    "Liep vooraf al uiteen",
)
UNLIKE = Doubt(
    "de vergelijking past slecht",
    "Maar de vergeleken gebieden stegen of daalden vooraf niet even hard en lijken er weinig op, dus dit zegt weinig.",
    "Vergelijking past slecht",
)


def doubt(found: Effect, made: Balance) -> Doubt | None:
    """The first that holds; None when nothing was called a difference."""
    if not found.inference.differs:
        return None
    if ran_apart(found.rough_p, found.rough_before, found.estimate):
        return APART
    slope_unlike = bool(made.table.loc[made.table["kind"] == SLOPE, "unlike"].any())
    return UNLIKE if slope_unlike and made.n_unlike >= MOST_UNLIKE * len(made.table) else None


def ran_apart(rough_p: float | None, rough_before: float, estimate: float) -> bool:
    """Whether the lines ran apart before the start as they seldom do, by an amount that matters beside the estimate."""
    return rough_p is not None and rough_p <= ALPHA and rough_before > APART_SHARE * abs(estimate)
