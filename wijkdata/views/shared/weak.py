"""One weak or falling pillar of an area in words: the same wherever it is named."""

from wijkdata import dutch
from wijkdata.questions.shared.answer import WeakPillar


def weak_text(one: WeakPillar, limit: float) -> str:
    """Write `Veiligheid 72 in 2022, onder gemiddeld, sinds 2018 onder 85, gedaald sinds 2014 (−6)`."""
    parts = [f"{one.title} {dutch.number(one.score)} in {one.period}"]
    if one.low:
        parts.append(
            f"{dutch.score_word(dutch.as_written(one.score))}, sinds {one.since_low} onder {dutch.number(limit)}"
        )
    if one.falling:
        parts.append(f"gedaald sinds {one.since} ({dutch.number(one.change, 0, True)})")
    return ", ".join(parts)
