"""The words round the map. Each sentence is chosen by what the figures say; none assumes a direction."""

import math

import pandas as pd

from wijkdata import dutch
from wijkdata.dutch import SCORE_BREAKS
from wijkdata.questions.kaart.answer import MapAnswer
from wijkdata.questions.kaart.legend import rounded_small
from wijkdata.questions.shared.answer import COUNTRY
from wijkdata.settings import REFERENCE_YEAR

LONGEST = 90
LONGEST_SHORT = 45
# At most so many areas without a boundary are named one by one.
NAMED = 5
# The band of a score that is called "rond gemiddeld".
AROUND = SCORE_BREAKS[2], SCORE_BREAKS[3]


def title(made: MapAnswer, small: float, mean: float) -> str:
    """The answer as one sentence of at most 90 characters: with the full subject if that fits, else with a shorter name."""
    topic = made.topic
    texts = [_sentence(made, topic.subject, small, mean)] if topic.pillar else []
    texts += [_sentence(made, None, small, mean, name) for name in (topic.label, topic.short)]
    texts.append(f"{topic.short}: {_counts(made, small, mean)}")
    return next((text for text in texts if len(text) <= LONGEST), texts[-1][:LONGEST])


def short(made: MapAnswer, small: float, mean: float) -> str:
    """The title while presenting: the subject and the count, at most 45 characters."""
    counts = _counts(made, small, mean)
    texts = [f"{name}: {counts}" for name in (made.topic.label, made.topic.short)]
    return next((text for text in texts if len(text) <= LONGEST_SHORT), counts[0].upper() + counts[1:])


def lead(made: MapAnswer, small: float) -> str:
    """What a colour is, and of when the areas are when they are not those of now."""
    then = f" Getekend zijn de {made.level.plural} van {made.borders}, want zo is dit gemeten." if made.division else ""
    return _colours(made, small) + then


def _colours(made: MapAnswer, small: float) -> str:
    topic = made.topic
    if made.since is not None:
        limit = dutch.number(rounded_small(small, topic), _decimals(rounded_small(small, topic)))
        unit = "punten" if topic.pillar else topic.unit
        return (
            f"Verschil tussen {made.since} en {made.period}. Kleiner dan {limit} ({unit}) heet vrijwel gelijk en krijgt "
            "geen kleur."
        )
    if topic.pillar:
        return f"Score in {made.period}: Nederland in {REFERENCE_YEAR} is 100, hoger is gunstiger."
    unit = "" if topic.unit in topic.label else f", {topic.unit}"
    return f"{topic.label} in {made.period}{unit}."


def source(made: MapAnswer, figures: str, boundaries: str) -> str:
    """Publisher, years, unit, n, and everything that is left out and why."""
    topic = made.topic
    parts = [
        f"Bron: {'fictieve cijfers in de vorm van ' if made.fictional else ''}{figures or 'geen'}; bewerking wijkdata."
    ]
    if topic.pillar:
        parts.append(f"Score: Nederland {REFERENCE_YEAR} = 100.")
    else:
        parts.append(f"Eenheid: {topic.unit}.")
    if topic.modelled:
        parts.append("De cijfers zijn schattingen met een model.")
    if made.borders is not None:
        other = made.division_figures is not None and made.division_figures != made.borders
        differ = f", de cijfers horen bij de indeling van {made.division_figures}" if other else ""
        parts.append(f"Grenzen: {boundaries}, indeling {made.borders}{differ}.")
    parts.append(f"{dutch.n_of(made.n, made.level.value, made.level.plural)}{_left_out(made)}.")
    return " ".join([*parts, *_without_boundary(made)])


def description(made: MapAnswer) -> str:
    """The map in words, for who cannot see it."""
    level = made.level
    what = f"de verandering van {made.since} tot {made.period}" if made.since is not None else f"het jaar {made.period}"
    filled = [item for item in made.classes if item.count]
    counts = dutch.listing(
        [
            f"{item.text}{f' ({item.word})' if item.word and item.word != item.text else ''}: {item.count}"
            for item in filled
        ]
    )
    sentences = [f"De kaart laat {made.topic.label} zien per {level} in {made.place_name}, {what}."]
    if filled:
        sentences.append(f"Aantal {level.plural} per klasse: {counts}.")
    if made.extremes:
        low, high = made.extremes[0], made.extremes[1] if len(made.extremes) > 1 else made.extremes[0]
        sentences.append(f"Aan de ene kant staat {_named(made, low)}, aan de andere kant {_named(made, high)}.")
    if made.missing:
        sentences.append(f"Gearceerd, zonder klasse: {_reasons(made)}.")
    return " ".join(sentences)


def value_text(made: MapAnswer, value: float) -> str:
    """A value of this map as it stands in a sentence: `67`, `+3`, `12,4%`."""
    topic = made.topic
    text = dutch.number(value, topic.decimals, signed=topic.signed or made.since is not None)
    return text + "%" if topic.unit == "%" and made.since is None else text


def _sentence(made: MapAnswer, subject: str | None, small: float, mean: float, name: str = "") -> str:
    """With `subject` ("de fysieke leefomgeving") a running sentence, else `name: ...`."""
    values = made.areas["value"].dropna()
    n, level = len(values), made.level
    opening = subject[0].upper() + subject[1:] if subject else name
    if not n:
        when = f"{made.since} en {made.period}" if made.since is not None else str(made.period)
        return f"{name or made.topic.label}: in {made.place_name} geen cijfers om te tonen ({when})"
    if made.since is not None:
        return _change_sentence(made, opening, values, small)
    low, high, against = _sides(made, values, mean)
    if against is None:
        return _range_sentence(made, opening)
    if not low and not high:
        return f"{opening} is in {_all(n, level)} rond het gemiddelde van {against}"
    side, side_word = (low, "lager") if low >= high else (high, "hoger")
    if subject:
        return f"In {_some(side, n, level)} is {subject} {side_word} dan gemiddeld in {against}"
    return f"{opening}: in {_some(side, n, level)} {side_word} dan gemiddeld in {against}"


def _counts(made: MapAnswer, small: float, mean: float) -> str:
    """The shortest true answer: `22 van 37 lager dan gemiddeld`."""
    values = made.areas["value"].dropna()
    if values.empty:
        return "geen cijfers"
    if made.since is not None:
        up, down = _moved(values, small, made)
        return f"{dutch.number(up)} omhoog, {dutch.number(down)} omlaag" if up or down else "vrijwel gelijk gebleven"
    low, high, against = _sides(made, values, mean)
    if against is None:
        return f"{value_text(made, values.min())} tot {value_text(made, values.max())}"
    if not low and not high:
        return "rond gemiddeld"
    side, word = (low, "lager") if low >= high else (high, "hoger")
    return f"{dutch.number(side)} van {dutch.number(len(values))} {word} dan gemiddeld"


def _sides(made: MapAnswer, values: pd.Series, mean: float) -> tuple[int, int, str | None]:
    """How many areas lie below and above the average, and of what; None when there is no honest average to name."""
    if made.topic.pillar:
        against = str(REFERENCE_YEAR) if made.place == COUNTRY else "Nederland"
        return int((values < AROUND[0]).sum()), int((values >= AROUND[1]).sum()), against
    if math.isnan(mean) or made.place == COUNTRY:
        return 0, 0, None
    against = "de fictieve gemeenten" if made.fictional else "Nederland"
    return int((values < mean).sum()), int((values > mean).sum()), against


def _change_sentence(made: MapAnswer, opening: str, values: pd.Series, small: float) -> str:
    """`De collectieve weerbaarheid steeg sinds 2014 in ...`; with a name in front: `Fysieke omgeving: sinds 2014 ...`."""
    n, level, since = len(values), made.level, made.since
    up, down = _moved(values, small, made)
    running = opening != made.topic.label and opening != made.topic.short
    start = opening if running else f"{opening}:"
    all_of = dutch.count(n, level.value, level.plural)
    if not up and not down:
        same = f"bleef sinds {since} in" if running else f"sinds {since} in"
        return f"{start} {same} {_all(n, level)} vrijwel gelijk"
    if up and down:
        rose, fell = ("steeg", "daalde") if running else ("gestegen", "gedaald")
        when = f"{rose} sinds {since}" if running else f"sinds {since} {rose}"
        return f"{start} {when} in {dutch.number(up)} en {fell} in {dutch.number(down)} van de {all_of}"
    side, words = (up, ("steeg", "gestegen")) if up else (down, ("daalde", "gedaald"))
    when = f"{words[0]} sinds {since}" if running else f"sinds {since} {words[1]}"
    return f"{start} {when} in {_some(side, n, level)}"


def _moved(values: pd.Series, small: float, made: MapAnswer) -> tuple[int, int]:
    limit = rounded_small(small, made.topic)
    return int((values >= limit).sum()), int((values <= -limit).sum())


def _range_sentence(made: MapAnswer, opening: str) -> str:
    """Between which two areas it lies, when there is no average to compare with."""
    if not made.extremes or len(made.extremes) < 2:
        values = made.areas["value"].dropna()
        return f"{opening}: van {value_text(made, values.min())} tot {value_text(made, values.max())}"
    first, last = made.extremes[0], made.extremes[1]
    if made.topic.sign < 0:
        first, last = last, first
    return f"{opening}: het hoogst in {_where(made, last)}, het laagst in {_where(made, first)}"


def _where(made: MapAnswer, code: str) -> str:
    """`Moerwijk`; with its gemeente on a map of the country."""
    row = made.areas.loc[code]
    return f"{row['name']} ({row['municipality_name']})" if made.place == COUNTRY else str(row["name"])


def _named(made: MapAnswer, code: str) -> str:
    """`Moerwijk: 67`."""
    return f"{_where(made, code)} met {value_text(made, made.areas.loc[code, 'value'])}"


def _left_out(made: MapAnswer) -> str:
    if not made.missing:
        return ""
    total = sum(n for _, n in made.missing)
    return f"; {dutch.count(total, made.level.value, made.level.plural)} zonder klasse: {_reasons(made)}"


def _reasons(made: MapAnswer) -> str:
    return dutch.listing([f"{dutch.number(n)} {reason}" for reason, n in made.missing])


def _without_boundary(made: MapAnswer) -> list[str]:
    codes = made.without_boundary
    if not codes or made.division is None:
        return []
    names = [str(made.areas.loc[code, "name"]) for code in codes[:NAMED]]
    more = f" en {dutch.number(len(codes) - NAMED)} andere" if len(codes) > NAMED else ""
    listed = ", ".join(names) + more if more else dutch.listing(names)
    return [
        f"Wel een cijfer, geen grens in {made.borders}: {dutch.count(len(codes), made.level.value, made.level.plural)} ({listed})."
    ]


def _some(side: int, n: int, level: object) -> str:
    if side == n:
        return _all(n, level)
    return f"{dutch.number(side)} van de {dutch.count(n, level.value, level.plural)}"


def _all(n: int, level: object) -> str:
    return f"de enige {level.value}" if n == 1 else f"alle {dutch.count(n, level.value, level.plural)}"


def _decimals(value: float) -> int:
    """Enough decimals to show a threshold of one significant digit."""
    return 0 if value >= 1 else min(4, math.ceil(-math.log10(value)))
