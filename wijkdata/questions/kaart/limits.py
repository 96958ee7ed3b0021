"""Limits of the classes of the map: the usual ones, those that somebody typed, and how they are written so that they are true."""

import math
import re
from itertools import pairwise

from wijkdata import dutch
from wijkdata.analysis.classes import Classes
from wijkdata.dutch import SCORE_BREAKS
from wijkdata.questions.shared.answer import Topic

FIFTHS = ("laagste vijfde", "tweede vijfde", "middelste vijfde", "vierde vijfde", "hoogste vijfde")
# Limits of a difference, in units of "vrijwel gelijk": 2, 5 and 10 points of a score.
STEPS = (1.0, 2.5, 5.0)
MAXIMUM_DECIMALS = 4
MOST_LIMITS = 8
_HOW = "schrijf oplopende getallen met een puntkomma ertussen, bijvoorbeeld 10; 20; 30"


def usual_limits(topic: Topic) -> tuple[float, ...]:
    """Returns the limits a topic comes with: those of the score, or the catalogue's; none for most indicators."""
    return SCORE_BREAKS if topic.pillar else topic.breaks


def read_limits(text: str) -> tuple[tuple[float, ...], str]:
    """Reads limits as typed ("10; 20,5; 30"); returns them, and what is wrong with them in one sentence, or ""."""
    numbers = [dutch.parse_number(part) for part in re.split(r"[;\s]+", text.strip()) if part]
    limits = tuple(number for number in numbers if number is not None)
    if len(limits) < len(numbers):
        return (), f"De klassegrenzen ‘{text}’ kunnen niet: dit is geen getal; {_HOW}."
    if list(limits) != sorted(set(limits)):
        return (), f"De klassegrenzen ‘{text}’ lopen niet op; {_HOW}."
    if len(limits) > MOST_LIMITS:
        return (), f"Er zijn {len(limits)} klassegrenzen en meer dan {MOST_LIMITS} zijn niet te onderscheiden; {_HOW}."
    return limits, ""


def end_texts(topic: Topic, low: str, high: str) -> tuple[str, str]:
    """Writes the words under the low and the high end, with which of the two is favourable."""
    if topic.sign == 0:
        return f"← {low}", f"{high} →"
    good, bad = ("gunstig", "ongunstig") if topic.sign > 0 else ("ongunstig", "gunstig")
    return f"← {low} ({bad})", f"{high} ({good}) →"


def limit_texts(classes: Classes, decimals: int, signed: bool = False) -> list[str]:
    """Writes `onder 55`, `55–70`, `145 of meer`. decimals: the fewest to write limits in."""
    if not classes.breaks:
        return ["geen cijfers" if math.isnan(classes.lowest) else "alle gebieden"]
    numbers = limit_numbers(classes.breaks, decimals, signed)
    between = " tot " if any(limit < 0 for limit in classes.breaks) else "–"
    inner = [f"{low}{between}{high}" for low, high in pairwise(numbers)]
    return [f"onder {numbers[0]}", *inner, f"{numbers[-1]} of meer"]


def limit_numbers(breaks: tuple[float, ...], decimals: int, signed: bool = False) -> list[str]:
    """Writes the limits in as few decimals as keep them apart and true."""
    texts: list[str] = []
    for places in range(decimals, MAXIMUM_DECIMALS + 1):
        true = all(abs(round(limit, places) - limit) <= abs(limit) * 0.02 for limit in breaks)
        texts = [dutch.number(limit, places, signed=signed) for limit in breaks]
        if true and len(set(texts)) == len(texts):
            break
    return texts


def breaks_round_zero(threshold: float) -> tuple[float, ...]:
    """Makes seven classes round 0, for a difference; the middle one is smaller than the threshold on both sides."""
    limits = [round(step * threshold, 10) for step in STEPS]
    # A fall of exactly the threshold is a fall, as a rise of exactly the threshold is a rise.
    falls = [math.nextafter(-limit, math.inf) for limit in reversed(limits)]
    return (*falls, *limits)
