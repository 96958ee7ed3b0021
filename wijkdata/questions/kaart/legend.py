"""The legend of the map: limits that are true, counts, and where a class lies on the colour scale."""

import math
import re
from itertools import pairwise

from wijkdata import dutch
from wijkdata.analysis.classes import Classes
from wijkdata.dutch import SCORE_BREAKS
from wijkdata.questions.kaart.answer import LegendClass
from wijkdata.questions.shared.answer import Topic
from wijkdata.record.fields import FieldSpec
from wijkdata.record.values import InvalidValueError, parse

FIFTHS = ("laagste vijfde", "tweede vijfde", "middelste vijfde", "vierde vijfde", "hoogste vijfde")
SAME = "vrijwel gelijk"
# Limits of a change, in units of "vrijwel gelijk": 2, 5 and 10 points of a score.
STEPS = (1.0, 2.5, 5.0)
MAXIMUM_DECIMALS = 4
MOST_LIMITS = 8
_LIMIT = FieldSpec(name="limit", label="Grens", kind="decimal")
_HOW = "schrijf oplopende getallen met een puntkomma ertussen, bijvoorbeeld 10; 20; 30"


def usual_limits(topic: Topic) -> tuple[float, ...]:
    """The limits a topic comes with: those of the score, or the catalogue's; none for most indicators."""
    return SCORE_BREAKS if topic.pillar else topic.breaks


def read_limits(text: str) -> tuple[tuple[float, ...], str]:
    """The limits that somebody typed ("10; 20,5; 30"), rising; and what is wrong with them, in one sentence, or ""."""
    parts = [part for part in re.split(r"[;\s]+", text.strip()) if part]
    try:
        read = [parse(_LIMIT, part) for part in parts]
    except InvalidValueError as error:
        return (), f"De klassegrenzen ‘{text}’ kunnen niet: {error.problem}; {_HOW}."
    limits = tuple(limit for limit in read if isinstance(limit, float))
    if len(limits) != len(read) or list(limits) != sorted(set(limits)):
        return (), f"De klassegrenzen ‘{text}’ lopen niet op; {_HOW}."
    if len(limits) > MOST_LIMITS:
        return (), f"Er zijn {len(limits)} klassegrenzen en meer dan {MOST_LIMITS} zijn niet te onderscheiden; {_HOW}."
    return limits, ""


def rounded_small(small: float, topic: Topic) -> float:
    """The threshold of "vrijwel gelijk" in one significant digit, never finer than the figures are published."""
    least = 10.0**-topic.decimals
    if not small > 0:
        return least
    size = 10.0 ** math.floor(math.log10(small))
    return max(round(small / size) * size, least / 2)


def change_breaks(small: float, topic: Topic) -> tuple[float, ...]:
    """Seven classes round 0; the middle one is smaller than the threshold on both sides."""
    limits = [step * rounded_small(small, topic) for step in STEPS]
    # A fall of exactly the threshold is a fall, as a rise of exactly the threshold is a rise.
    falls = [math.nextafter(-limit, math.inf) for limit in reversed(limits)]
    return (*falls, *limits)


def legend(topic: Topic, classes: Classes, small: float, change: bool, fixed: bool) -> tuple[LegendClass, ...]:
    """One entry per class, low to high."""
    n = len(classes.counts)
    words = _words(topic, n, change, fixed)
    texts = _texts(topic, classes, change)
    shades = [0.5 if n == 1 else k / (n - 1) for k in range(n)]
    if topic.sign < 0:
        shades = [1 - shade for shade in shades]
    return tuple(
        LegendClass(text, word, count, shade)
        for text, word, count, shade in zip(texts, words, classes.counts, shades, strict=True)
    )


def heading(topic: Topic, since: int | None, period: int, made: str) -> str:
    """What the limits under the bars are. made: how they were made, when that is not the usual way."""
    unit = "punten" if topic.pillar and since is not None else topic.unit
    what = f"Verandering van {since} tot {period}" if since is not None else f"{topic.label}, {period}"
    return f"{what}, {unit}" + (f"; {made}" if made else "")


def ends(topic: Topic, change: bool) -> tuple[str, str]:
    """The words under the low and the high end."""
    if change:
        low, high = "gedaald", "gestegen"
    elif topic.pillar:
        return "← ongunstiger dan Nederland", "gunstiger →"
    else:
        low, high = "lager", "hoger"
    if topic.sign == 0:
        return f"← {low}", f"{high} →"
    good, bad = (high, low) if topic.sign > 0 else (low, high)
    marks = {good: f"{good} (gunstig)", bad: f"{bad} (ongunstig)"}
    return f"← {marks[low]}", f"{marks[high]} →"


def _words(topic: Topic, n: int, change: bool, fixed: bool) -> tuple[str, ...]:
    if change:
        return tuple(SAME if k == n // 2 else "" for k in range(n))
    if fixed and topic.pillar:
        return dutch.SCORE_WORDS
    if not fixed or not topic.breaks:
        return FIFTHS if n == len(FIFTHS) else ("",) * n
    return ("",) * n


def _texts(topic: Topic, classes: Classes, change: bool) -> list[str]:
    """`onder 55`, `55–70`, `145 of meer`; whole classes (1, 2, 3) by their number; the middle of a change in words."""
    breaks = classes.breaks
    if not breaks:
        return ["geen cijfers" if math.isnan(classes.lowest) else "alle gebieden"]
    if not change and topic.decimals == 0 and all(limit % 1 == 0.5 for limit in breaks):
        return [str(math.floor(breaks[0])), *(str(math.ceil(limit)) for limit in breaks)]
    numbers = _numbers(breaks, topic, change)
    between = " tot " if any(limit < 0 for limit in breaks) else "–"
    texts = [f"onder {numbers[0]}"]
    texts += [f"{low}{between}{high}" for low, high in pairwise(numbers)]
    texts.append(f"{numbers[-1]} of meer")
    if change:
        texts[0], texts[len(texts) // 2] = f"{numbers[0]} of lager", SAME
    return texts


def _numbers(breaks: tuple[float, ...], topic: Topic, change: bool) -> list[str]:
    """The limits in as few decimals as keep them apart and true."""
    for decimals in range(0 if change else topic.decimals, MAXIMUM_DECIMALS + 1):
        near = all(abs(round(limit, decimals) - limit) <= abs(limit) * 0.02 for limit in breaks)
        texts = [dutch.number(limit, decimals, signed=change) for limit in breaks]
        if near and len(set(texts)) == len(texts):
            break
    return texts
