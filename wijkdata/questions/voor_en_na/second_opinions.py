"""The same question in other ways: other methods, the areas around, and what the lowest areas did by themselves."""

from collections.abc import Collection
from dataclasses import replace

from wijkdata.analysis.impact.candidates import LeftOut
from wijkdata.analysis.impact.effect import PLACEBOS, Effect
from wijkdata.analysis.impact.effect import effect as calculate
from wijkdata.analysis.impact.group_time import Base, group_time
from wijkdata.analysis.impact.matching import NEAREST, matched_did
from wijkdata.analysis.impact.panel import Panel
from wijkdata.analysis.impact.rebound import worst_elsewhere
from wijkdata.areas import municipality_of
from wijkdata.questions.voor_en_na import pool, words
from wijkdata.questions.voor_en_na.answer import ReboundElsewhere, SecondOpinion
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.measurements import complete
from wijkdata.questions.voor_en_na.pool import DonorPool

# The worst areas without a programme: as many as were treated, but never an anecdote and never most of them.
FEWEST_WORST, MOST_WORST_SHARE = 10, 0.2
# Fewer are no picture of a gemeente.
FEWEST_OF_GEMEENTE = 3
# Of the spread between areas: who came back less than this did not come back.
MOVED = 0.1


def seconds(case: Case, donors: DonorPool, effect: Effect) -> tuple[SecondOpinion, ...]:
    """The same question by four other methods, and for the areas around. When they disagree, their figures show it."""
    panel = pool.panel(case.figures, donors.codes, case.first_after)
    n = min(NEAREST, len(donors.codes))
    matched = SecondOpinion(
        f"De {n} meest gelijkende",
        matched_did(panel, donors.structure, selected=case.matched_without).estimate,
        None,
        f"Per gebied de {n} gebieden die er het meest op lijken, even zwaar; verschil met het gemiddelde van alle metingen "
        "vóór de start.",
    )
    together = pool.together(donors, case.figures.used)
    plain = calculate(panel, "did", _sets(effect), effect.seed, selected=True, together=together)
    equal = SecondOpinion(
        "Alle vergelijkbare even zwaar",
        plain.estimate,
        plain.inference.margin,
        "Gewone verschil-in-verschil: elk vergelijkbaar gebied en elke meting vóór de start telt even zwaar.",
    )
    control = SecondOpinion(
        f"Nagebouwde {case.level.value}",
        calculate(panel, "sc", 0, effect.seed).estimate,
        None,
        "Synthetische controle: een mengsel van gebieden dat vóór de start op dezelfde hoogte lag. Met weinig metingen "
        "vooraf is dit de minst zekere.",
    )
    return (
        *(matched, equal, control),
        *_against_last(panel),
        *_around(case, donors, effect),
        *_same_gemeente(case, donors, effect),
    )


def _sets(effect: Effect) -> int:
    """As many placebos as usual, or fewer where the answer has fewer: a second opinion gets a margin, no verdict."""
    return min(effect.inference.placebos, PLACEBOS)


def _against_last(panel: Panel) -> tuple[SecondOpinion, ...]:
    staggered = group_time(panel, base=Base.UNIVERSAL).aggregates.group
    if staggered is None:
        return ()
    return (
        SecondOpinion(
            "Ten opzichte van de laatste meting vóór de start",
            staggered.estimate,
            None,
            "Callaway en Sant’Anna: alleen de laatste meting vooraf telt. Was dat een slecht jaar, dan komt dit te gunstig uit.",
        ),
    )


def _around(case: Case, donors: DonorPool, effect: Effect) -> tuple[SecondOpinion, ...]:
    """The areas that share a border, as if it had happened there: does anything spill over? Where something of their own
    began that is no spill-over: only the others count, and when there are no others all of them, which the text then says."""
    everyone = donors.ring.areas & complete(case.figures.values)
    quiet = {code for code in everyone if donors.candidates.left_out.get(code) == LeftOut.ADJACENT}
    ring = tuple(sorted(quiet or everyone))
    if not ring:
        return ()
    which = "en waar zelf niets begon" if quiet else "(daar begon zelf ook iets, dus het kan ook daarvan komen)"
    meaning = (
        f"Dezelfde berekening voor de gebieden die eraan grenzen {which}. Zij tellen niet mee in de vergelijking: wat hier "
        "gebeurt, kan daar ook merkbaar zijn, of juist daarheen verschuiven."
    )
    return (_as_if(case, donors, effect, ring, f"De {case.level.plural} eromheen ({len(ring)})", meaning),)


def _same_gemeente(case: Case, donors: DonorPool, effect: Effect) -> tuple[SecondOpinion, ...]:
    """The rest of the gemeente, as if it had happened there: if it changed as much, the change is not specific to the treated."""
    homes = {area.municipality: area.municipality_name for area in case.intervention.areas}
    if len(homes) != 1:
        return ()
    (home, name), own = next(iter(homes.items())), {area.code for area in case.intervention.areas}
    allowed = (code for code in donors.candidates.kept if municipality_of(code) == home)
    rest = tuple(sorted(set(allowed) - own))
    if len(rest) < FEWEST_OF_GEMEENTE:
        return ()
    meaning = (
        f"Dezelfde berekening voor de {case.level.plural} van {name} waar dit niet gebeurde en die er niet aan grenzen. Ging het daar "
        "net zo, dan liep heel de gemeente zo."
    )
    return (_as_if(case, donors, effect, rest, f"Andere {case.level.plural} in {name} ({len(rest)})", meaning),)


def _as_if(
    case: Case, donors: DonorPool, effect: Effect, codes: tuple[str, ...], name: str, meaning: str
) -> SecondOpinion:
    """The same calculation for areas where it did not happen, against the donors that are not among them."""
    others = tuple(code for code in donors.codes if code not in codes)
    panel = pool.panel(replace(case.figures, used=codes), others, case.first_after)
    together = pool.together(donors, codes)
    there = calculate(panel, "sdid", _sets(effect), effect.seed, selected=True, together=together)
    return SecondOpinion(name, there.estimate, there.inference.margin, meaning, elsewhere=True)


def rebound(case: Case, also_treated: Collection[str]) -> ReboundElsewhere | None:
    """What the lowest (highest, where high is bad) areas of the year of selection did elsewhere, without any programme.

    also_treated: areas where something ran. Where the year of selection is not known: of the last year before the start.
    """
    figures, year = case.with_selection, case.matched_without
    if year is None:
        return None
    everywhere = [
        code for code in sorted(complete(figures.values)) if code not in also_treated and code not in figures.used
    ]
    panel = pool.panel(figures, tuple(everywhere), case.first_after)
    size = max(len(figures.used), min(FEWEST_WORST, int(len(everywhere) * MOST_WORST_SHARE)))
    if size < 2 or size >= len(everywhere):
        return None
    at = figures.years.index(year)
    worst = worst_elsewhere(panel, at, size, case.topic.sign >= 0)
    # Everything is counted from that year, so both lines begin at zero.
    lines = ((year, 0.0), *((int(row.time), float(row.extra)) for row in worst.table.itertuples()))
    spread = float(panel.outcome[panel.never][:, at].std())
    toward = lines[-1][1] if case.topic.sign >= 0 else -lines[-1][1]
    returned = toward > MOVED * spread
    text = words.rebound(worst.selected_on, worst.n, lines[-1], case, returned)
    return ReboundElsewhere(worst.selected_on, worst.n, lines, _own_since(panel, at), returned, text)


def _own_since(panel: Panel, at: int) -> tuple[tuple[int, float], ...]:
    """year -> mean change of the treated since position `at`, minus that of everybody else."""
    own = panel.outcome[~panel.never].mean(axis=0)
    mean = panel.outcome[panel.never].mean(axis=0)
    return tuple(
        (int(year), float((own[t] - own[at]) - (mean[t] - mean[at]))) for t, year in enumerate(panel.times) if t >= at
    )
