"""Whether areas lie among areas like themselves: in words by name, without a ranking, for a desk and for a room alike."""

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.signals.moran import MoranKind
from wijkdata.questions.signalen.answer import Around, SignalsAnswer, WhyNoSurroundings

SHORT = "Waar buren op elkaar lijken"
LEAD = (
    "Elk gebied naast de gebieden waaraan het grenst, op de pijlerscores. Genoemd wordt alleen wat bij toeval zelden zo ligt, gerekend over "
    "alle gebieden en pijlers samen. Het zegt waar iets samen voorkomt, niet waardoor."
)
_LIKENESS, _CHANCE = "Gelijkenis met de buren (lokale Moran)", "Kans op toeval (q)"
_KINDS = {
    MoranKind.CLUSTER: "lager dan gemiddeld in de gemeente, net als de gebieden ernaast",
    MoranKind.ISLAND: "lager dan gemiddeld, terwijl de gebieden ernaast hoger liggen",
    MoranKind.HOLLOW: "hoger dan gemiddeld, terwijl de gebieden ernaast lager liggen",
    MoranKind.LOW: "hoger dan gemiddeld in de gemeente, net als de gebieden ernaast",
    MoranKind.ORDINARY: "niet anders dan toeval kan geven",
}


def title(answer: SignalsAnswer) -> str:
    """Answer whether anything lies together."""
    nearby = answer.surroundings
    if nearby.why_not is not None:
        return f"{SHORT}: nog niet te zeggen"
    n = len({one.code for one in nearby.apart if one.kind in (MoranKind.CLUSTER, MoranKind.LOW)})
    if n:
        return f"{dutch.count(n, answer.level.value, answer.level.plural)} met scores die op die van de buren lijken"
    n = len({one.code for one in nearby.apart})
    if n:
        return (
            f"{dutch.count(n, answer.level.value, answer.level.plural)} met scores die van die van de buren verschillen"
        )
    return "Geen cluster te zien: wat naast elkaar ligt, lijkt niet duidelijk meer op elkaar dan bij toeval"


def why_not(answer: SignalsAnswer) -> str:
    """Say why it was not looked at, and what would mend it."""
    nearby, level = answer.surroundings, answer.level
    if nearby.why_not is WhyNoSurroundings.NO_SCORES:
        return f"Van {answer.name} zijn er nog geen pijlerscores per {level.value}; lees op Gegevens jaarcijfers in."
    if nearby.why_not is WhyNoSurroundings.NO_BORDERS:
        return "Daarvoor zijn grenzen nodig; lees op Gegevens de wijk- en buurtkaart in."
    return (
        f"Daarvoor zijn minstens {nearby.needs} {level.plural} nodig met een score en een buur met een score; in {answer.name} zijn het er "
        f"{dutch.number(nearby.n)}. Met minder is een patroon niet van toeval te onderscheiden."
    )


def rows(answer: SignalsAnswer) -> list[tuple[str, str, str]]:
    """List what lies together or stands out, per pillar and kind: the areas by name."""
    groups: dict[tuple[str, MoranKind], list[Around]] = {}
    for one in answer.surroundings.apart:
        groups.setdefault((one.pillar, one.kind), []).append(one)
    order = list(_KINDS)
    return [
        (
            f"{dutch.capital(pillar)}:",
            f"{_names([one.name for one in areas])} {'ligt' if len(areas) == 1 else 'liggen'} {_KINDS[kind]}.",
            f"Stand van {areas[0].year}.",
        )
        for (pillar, kind), areas in sorted(groups.items(), key=lambda pair: (pair[0][0], order.index(pair[0][1])))
    ]


def _names(names: list[str]) -> str:
    """List names; a name that holds "en" or a comma itself ends at a semicolon."""
    return "; ".join(names) if any(" en " in name or "," in name for name in names) else dutch.listing(names)


def description(answer: SignalsAnswer) -> str:
    """Say in words what was compared and what came of it."""
    return f"{title(answer)}. {' '.join(f'{pillar} {text}' for pillar, text, _ in rows(answer))}".strip()


def table(answer: SignalsAnswer) -> pd.DataFrame:
    """A row per area and pillar."""
    headings = ["Gebied", "Code", "Pijler", "Jaar", "Score", "Gemiddelde van de buren", _LIKENESS, _CHANCE, "Wat"]
    every = [
        (one.name, one.code, one.pillar, one.year, one.score, one.around, one.i, one.q, _KINDS[one.kind])
        for one in answer.surroundings.areas
    ]
    return pd.DataFrame(every, columns=headings)
