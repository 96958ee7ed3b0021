"""The same question asked otherwise: other methods, the areas around, and what the lowest areas did by themselves."""

from dataclasses import replace

from wijkdata.analysis.impact.candidates import LeftOut
from wijkdata.analysis.impact.effect import Effect, effect
from wijkdata.analysis.impact.group_time import Base, group_time
from wijkdata.analysis.impact.matching import NEAREST, matched_did
from wijkdata.analysis.impact.rebound import worst_elsewhere
from wijkdata.areas import Level, municipality_of
from wijkdata.questions.shared.answer import Topic
from wijkdata.questions.voor_en_na import pool, words
from wijkdata.questions.voor_en_na.answer import Rebound, SecondOpinion
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.measurements import complete
from wijkdata.questions.voor_en_na.pool import Nearby

# The worst areas without a programme: as many as were treated, but never an anecdote and never most of them.
FEWEST_WORST, MOST_WORST_SHARE = 10, 0.2
# Fewer are no picture of a gemeente.
FEWEST_OF_GEMEENTE = 3
# Of the spread between areas: who came back less than this did not come back.
MOVED = 0.1


def seconds(case: Case, near: Nearby, found: Effect) -> tuple[SecondOpinion, ...]:
    """The same question by four other methods, and the areas around. When they disagree, their figures say so."""
    panel = pool.panel(case.figures, near.codes, case.first_after)
    matched = matched_did(panel, near.structure, selected=case.matched_without)
    control = effect(panel, "sc", 0, found.seed)
    wider = pool.together(near, case.figures.used)
    plain = effect(panel, "did", found.inference.placebos, found.seed, selected=True, together=wider)
    staggered = group_time(panel, base=Base.UNIVERSAL).aggregates.group
    n = min(NEAREST, len(near.codes))
    found_so_far = (
        SecondOpinion(
            f"De {n} meest gelijkende",
            matched.estimate,
            "",
            f"Per gebied de {n} gebieden die er het meest op lijken, even zwaar; verschil met het gemiddelde van alle metingen "
            "vóór de start.",
        ),
        SecondOpinion(
            "Alle vergelijkbare even zwaar",
            plain.estimate,
            words.scale(case.topic).margin(plain.inference.margin),
            "Gewone verschil-in-verschil: elk vergelijkbaar gebied en elke meting vóór de start telt even zwaar.",
        ),
        SecondOpinion(
            f"Nagebouwde {case.level.value}",
            control.estimate,
            "",
            "Synthetische controle: een mengsel van gebieden dat vóór de start op dezelfde hoogte lag. Met weinig metingen "
            "vooraf is dit de minst zekere.",
        ),
    )
    last = () if staggered is None else (_against_last(staggered.estimate),)
    return (*found_so_far, *last, *_around(case, near, found), *_same_gemeente(case, near, found))


def _against_last(estimate: float) -> SecondOpinion:
    return SecondOpinion(
        "Ten opzichte van de laatste meting vóór de start",
        estimate,
        "",
        "Callaway en Sant’Anna: alleen de laatste meting vooraf telt. Was dat een slecht jaar, dan komt dit te gunstig uit.",
    )


def _around(case: Case, near: Nearby, found: Effect) -> tuple[SecondOpinion, ...]:
    """The areas that share a border, as if it had happened there: does anything spill over? Where something of their own
    began that is no spill-over: only the others, and when there are no others all of them, with that said."""
    everyone = near.ring.areas & complete(case.figures.values)
    quiet = {code for code in everyone if near.found.left_out.get(code) == LeftOut.ADJACENT}
    ring = tuple(sorted(quiet or everyone))
    if not ring:
        return ()
    which = "en waar zelf niets begon" if quiet else "(daar begon zelf ook iets, dus het kan ook daarvan komen)"
    told = (
        f"Dezelfde berekening voor de gebieden die eraan grenzen {which}. Zij tellen niet mee in de vergelijking: wat hier "
        "gebeurt, kan daar ook merkbaar zijn, of juist daarheen verschuiven."
    )
    return (_as_if(case, near, found, f"De {case.level.plural} eromheen ({len(ring)})", ring, told),)


def _same_gemeente(case: Case, near: Nearby, found: Effect) -> tuple[SecondOpinion, ...]:
    """The rest of the gemeente, as if it had happened there: when that moved as much, it was no matter of these areas."""
    homes = {area.municipality: area.municipality_name for area in case.intervention.areas}
    if len(homes) != 1:
        return ()
    (home, name), own = next(iter(homes.items())), {area.code for area in case.intervention.areas}
    allowed = (code for code in near.found.kept if municipality_of(code) == home)
    rest = tuple(sorted(set(allowed) - own))
    if len(rest) < FEWEST_OF_GEMEENTE:
        return ()
    told = (
        f"Dezelfde berekening voor de {case.level.plural} van {name} waar dit niet gebeurde en die er niet aan grenzen. Ging het daar "
        "net zo, dan liep heel de gemeente zo."
    )
    return (_as_if(case, near, found, f"Andere {case.level.plural} in {name} ({len(rest)})", rest, told),)


def _as_if(case: Case, near: Nearby, found: Effect, name: str, codes: tuple[str, ...], told: str) -> SecondOpinion:
    """The same calculation for areas where it did not happen, beside those compared with that are not among them."""
    beside = tuple(code for code in near.codes if code not in codes)
    panel = pool.panel(replace(case.figures, used=codes), beside, case.first_after)
    wider = pool.together(near, codes)
    there = effect(panel, "sdid", found.inference.placebos, found.seed, selected=True, together=wider)
    margin = words.scale(case.topic).margin(there.inference.margin)
    return SecondOpinion(name, there.estimate, margin, told, elsewhere=True)


def rebound(case: Case, other: frozenset[str]) -> Rebound | None:
    """What the lowest (highest, where high is bad) areas of the year of selection did elsewhere, without any programme.

    other: areas where something ran. Where the year of selection is not known: of the last year before the start.
    """
    figures, year = case.whole, case.matched_without
    if year is None:
        return None
    everywhere = [code for code in sorted(complete(figures.values)) if code not in other and code not in figures.used]
    panel = pool.panel(figures, tuple(everywhere), case.first_after)
    size = max(len(figures.used), min(FEWEST_WORST, int(len(everywhere) * MOST_WORST_SHARE)))
    if size < 2 or size >= len(everywhere):
        return None
    at = figures.years.index(year)
    worst = worst_elsewhere(panel, at, size, case.topic.sign >= 0)
    # Everything is counted from that year, so both lines begin at zero.
    lines = ((year, 0.0), *((int(row.time), float(row.extra)) for row in worst.table.itertuples()))
    own = panel.outcome[~panel.never].mean(axis=0)
    mean = panel.outcome[panel.never].mean(axis=0)
    mine = tuple(
        (int(year), float((own[t] - own[at]) - (mean[t] - mean[at]))) for t, year in enumerate(panel.times) if t >= at
    )
    spread = float(panel.outcome[panel.never][:, at].std())
    sentence = _rebound_words(worst.selected_on, worst.n, lines, case.topic, case.level, MOVED * spread)
    return Rebound(worst.selected_on, worst.n, lines, sentence, mine)


def _rebound_words(
    year: int, n: int, lines: tuple[tuple[int, float], ...], topic: Topic, level: Level, enough: float
) -> str:
    """What they did, in words. enough: a movement below it is none."""
    spoken = words.scale(topic)
    last_year, last = lines[-1]
    end = "laagste" if topic.sign >= 0 else "hoogste"
    toward = (last if topic.sign >= 0 else -last) > enough
    if not toward:
        return (
            f"De {n} {end} {level.plural} van {year} zonder aanpak liepen tot {last_year} "
            f"{spoken.with_unit(last, True)} anders dan het gemiddelde: hier is geen terugkeer naar het gewone te zien."
        )
    return (
        f"De {n} {end} {level.plural} van {year} waar geen aanpak was, kwamen tot {last_year} vanzelf "
        f"{spoken.with_unit(abs(last))} terug in de richting van het gemiddelde. Wie in een slecht jaar wordt gekozen, gaat "
        "daarna vaak vanzelf vooruit."
    )
