"""Which method can be used on a history of this length, and why the others cannot."""

from dataclasses import dataclass
from enum import StrEnum

from wijkdata.analysis.signals.expected import LEAST_YEARS


class Method(StrEnum):
    """The ways to judge a count, the best first."""

    CUSUM = "cusum"
    FARRINGTON = "farrington"
    EARS = "ears"


class WhyNot(StrEnum):
    """Why a method is not offered: too few periods are known, or it knows no season while the history is long enough to know one."""

    TOO_SHORT = "too_short"
    NO_SEASON = "no_season"


# EARS: seven periods before, two left out. Farrington: three years, with a trend from then on; four are used where they are there.
BASELINE, LAG = 7, 2
FARRINGTON_YEARS, FARRINGTON_LEAST_YEARS = 4, 3


@dataclass(frozen=True)
class Offer:
    """One method for a history. needs: so many periods must be known; why_not: None when it is offered."""

    method: Method
    why_not: WhyNot | None
    known: int
    needs: int


def half_window(per_year: int) -> int:
    """Return how far round the same period of earlier years Farrington looks: 1 month, 3 weeks."""
    return max(1, per_year // 16)


def needs(method: Method, per_year: int) -> int:
    """Return how many periods must be known to judge one: those before it, and itself."""
    before = {
        Method.CUSUM: LEAST_YEARS * per_year,
        Method.FARRINGTON: FARRINGTON_LEAST_YEARS * per_year + half_window(per_year),
        Method.EARS: BASELINE + LAG,
    }
    return before[method] + 1


def offers(known: int, per_year: int) -> tuple[Offer, ...]:
    """Tell of every method whether it is offered on a history of `known` periods."""
    season_known = known >= needs(Method.CUSUM, per_year)

    def why_not(method: Method) -> WhyNot | None:
        if known < needs(method, per_year):
            return WhyNot.TOO_SHORT
        return WhyNot.NO_SEASON if method is Method.EARS and season_known else None

    return tuple(Offer(method, why_not(method), known, needs(method, per_year)) for method in Method)


def best(known: int, per_year: int) -> Method | None:
    """Return the first that is offered."""
    return next((offer.method for offer in offers(known, per_year) if offer.why_not is None), None)
