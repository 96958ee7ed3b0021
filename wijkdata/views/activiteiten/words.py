"""The sentences about coverage, each from a condition; what is unknown or hidden is named with its number."""

import math

import pandas as pd

from wijkdata import dutch
from wijkdata.questions.activiteiten.answer import Coverage, Rate, Share
from wijkdata.questions.shared.answer import AreaCoverage, SourceLine
from wijkdata.views.shared.weak import weak_text

STEPS_LEAD = "Aantal activiteiten per trede van de participatieladder. Hoger is niet beter: het hangt af van het doel."
REACH_LEAD = (
    "Per jaar, voor de hele gemeente. Een jaar zonder punt: niemand heeft geteld, en dat is niet nul. Open punt: dit jaar, tot "
    "nu toe."
)
NOT_ALL = (
    "‘Niets’ betekent: er staat niets in het register. Wat niet is vastgelegd, kan er wel zijn. Een activiteit naast een "
    "zwakke pijler zegt ook niet dat zij helpt."
)


# A step inside a sentence, where that is not its own label.
_STEPS = {"0": "ontmoeting"}


def title(answer: Coverage) -> str:
    """Write the answer of the view."""
    level, problems, gaps = answer.level, answer.problems, answer.gaps
    if not answer.areas or not any(area.judged for area in answer.areas):
        return f"Van geen enkele {level.value} in {answer.name} is een pijler te beoordelen"
    if not problems:
        return f"In {answer.name} is geen {level.value} met een zwakke of dalende pijler"
    if not answer.n_ever:  # nothing recorded is not the same as nothing there
        return f"Van {dutch.count(len(problems), level.value, level.plural)} met een zwakke of dalende pijler is nog niets vastgelegd"
    if len(problems) == 1:
        return f"In de enige {level.value} met een zwakke of dalende pijler " + (
            "loopt daarvoor niets dat is vastgelegd" if gaps else "loopt daarvoor een activiteit"
        )
    if not gaps:
        return f"In alle {len(problems)} {level.plural} met een zwakke of dalende pijler loopt daarvoor iets"
    of = f"alle {len(problems)}" if len(gaps) == len(problems) else f"{len(gaps)} van {len(problems)}"
    return f"In {of} {level.plural} met een zwakke of dalende pijler loopt daarvoor niets dat is vastgelegd"


def lead(answer: Coverage) -> str:
    """Write the limits and what counts as an activity there."""
    return (
        f"Zwak: een score onder {dutch.number(answer.limit)} (Nederland = 100). Dalend: {dutch.number(answer.small)} "
        f"punten of meer omlaag, en meer dan zo'n {answer.level.value} vanzelf heen en weer gaat. Een activiteit telt als zij nu loopt, bij die pijler hoort en deze {answer.level.value} noemt."
    )


def grid_title(answer: Coverage) -> str:
    """Write the title of the 2x2."""
    gaps, covered, _, busy = answer.grid
    if not answer.problems:
        n = f"{busy} {answer.level.value if busy == 1 else answer.level.plural}"
        return f"Geen zwakke pijlers; in {n} loopt een activiteit"
    if not gaps:
        return "Bij elke zwakke of dalende pijler loopt een activiteit"
    if not covered:
        return "Nergens loopt bij elke zwakke of dalende pijler een activiteit"
    return f"{covered} van {gaps + covered} hebben bij elke zwakke pijler een activiteit"


def grid_alt(answer: Coverage) -> str:
    """Write the 2x2 in words."""
    gaps, covered, calm, busy = answer.grid
    word = answer.level.plural
    return (
        f"{word.capitalize()} met een zwakke of dalende pijler: bij {gaps} loopt voor minstens één van die pijlers niets, "
        f"bij {covered} voor elke iets. {word.capitalize()} zonder: in {busy} loopt een activiteit, in {calm} geen. "
        f"Niet te beoordelen: {len(answer.unjudged)}."
    )


def grid_source(answer: Coverage) -> SourceLine:
    """Write sources, n, what is left out and why, what counts apart."""
    judged = sum(area.judged for area in answer.areas)
    invented = "verzonnen cijfers in de vorm van " if answer.fictional else ""
    parts = [
        f"{dutch.n_of(judged, answer.level.value, answer.level.plural)} met een score, "
        f"{dutch.n_of(answer.running, 'activiteit', 'activiteiten')} die nu lopen."
    ]
    if answer.unjudged:
        reasons = pd.Series([area.reason for area in answer.unjudged]).value_counts()
        reasons_text = dutch.listing([f"{n} {dutch.reason_text(reason)}" for reason, n in reasons.items()])
        parts.append(f"Niet te beoordelen: {reasons_text}.")
    if answer.wide:
        verb = "noemt" if answer.wide == 1 else "noemen"
        parts.append(
            f"{answer.wide} daarvan {verb} alleen de hele gemeente: apart, bij de {answer.level.plural} vermeld."
        )
    if answer.no_pillar:
        parts.append(f"{answer.no_pillar} zonder pijler: die kan bij geen enkele pijler meetellen.")
    first = f"Bron: {invented}{answer.source}; eigen register"
    return SourceLine(first, more=tuple(parts), sources=answer.source_ids)


def gap_text(area: AreaCoverage, limit: float) -> tuple[str, str]:
    """Write (sentence, small print) of one area with a problem and nothing for it."""
    weak = "; ".join(weak_text(one, limit) for one in area.without)
    wide = sorted({name for one in area.without for name in one.wide})
    others = area.running
    small = [f"Voor de hele gemeente: {dutch.listing(wide)}." if wide else ""]
    if others:
        small.append(f"Wel {dutch.count(others, 'andere activiteit', 'andere activiteiten')} hier.")
    return f"{weak}.", " ".join(part for part in small if part)


def grid_short(answer: Coverage) -> str:
    """Write the title of the list and the 2x2 while presenting."""
    gaps, covered, _, _ = answer.grid
    if not answer.problems:
        return "Geen zwakke of dalende pijlers"
    if not gaps:
        return "Bij elke zwakke pijler loopt een activiteit"
    if not covered:
        return "Nergens bij elke zwakke pijler een activiteit"
    return f"{covered} van {gaps + covered}: bij elke zwakke pijler iets"


def steps_short(answer: Coverage) -> str:
    """Write the title of the steps while presenting."""
    if not answer.n:
        return f"In {period(answer)} liep geen activiteit"
    most = answer.steps[answer.steps["n"] == answer.steps["n"].max()]
    if len(most) > 1:
        return "Geen trede komt duidelijk het meest voor"
    row = most.iloc[0]
    return (
        f"Meestal {_STEPS.get(row['code'], row['label'].lower())} ({int(row['n'])} van {int(answer.steps['n'].sum())})"
    )


def reach_short(answer: Coverage) -> str:
    """Write participants per 1,000 in the newest year, while presenting."""
    last = answer.rates[0].last if answer.rates else None
    if last is None:
        return "Hoeveel mensen meededen is niet bekend"
    return dutch.capital(f"{small_number(float(last['value']))} deelnemers per 1.000 in {int(last['year'])}")


def detail_short(answer: Coverage) -> str:
    """Write which group was reached least, while presenting."""
    ratio = answer.groups.ratio
    if math.isnan(ratio):
        return "Welke groep minder meedoet, is onbekend"
    if ratio > 0.8:
        return "Jong en oud doen ongeveer even vaak mee"
    return f"{answer.groups.groups.sort_values('rate')['label'].iloc[0]}: minder bereikt"


def steps_title(answer: Coverage) -> str:
    """Say which step occurs most."""
    if not answer.n:
        return f"In {period(answer)} liep geen activiteit"
    most = answer.steps[answer.steps["n"] == answer.steps["n"].max()]
    n = int(most["n"].iloc[0])
    of = f"({n} van {int(answer.steps['n'].sum())})"
    steps = [_STEPS.get(row.code, row.label.lower()) for row in most.itertuples()]
    if len(steps) == 1:
        return f"De meest voorkomende trede is {steps[0]} {of}"
    if len(steps) == 2:
        return f"{steps[0].capitalize()} en {steps[1]} komen het meest voor"
    return "Geen trede komt duidelijk het meest voor"


def steps_alt(answer: Coverage) -> str:
    """Write every step with its number."""
    rows = "; ".join(f"{row.label}: {row.n}" for row in answer.steps.itertuples())
    return f"Activiteiten per participatietrede in {period(answer)}. {rows}."


def share_text(share: Share) -> tuple[str, str]:
    """Write (sentence, small print): what is known, and how much is not."""
    unknown = f" Onbekend bij {dutch.count(share.unknown, 'activiteit', 'activiteiten')}." if share.unknown else ""
    if not share.known:
        return f"onbekend: van geen enkele activiteit is dit ingevuld ({share.name}).", share.note
    percent = dutch.percent(100 * share.yes / share.known)
    return f"{percent} {share.name}: {share.yes} van {share.known}.{unknown}", share.note


def reach_title(answer: Coverage) -> str:
    """Write participants per 1,000 in the newest whole year."""
    last = answer.rates[0].last if answer.rates else None
    if last is None:
        return f"Hoeveel mensen meededen is in {period(answer)} niet bekend"
    year, value = int(last["year"]), small_number(float(last["value"]))
    so_far = " tot nu toe" if year == answer.rates[0].this_year else ""
    return f"{value} deelnemers per 1.000 inwoners in {year}{so_far} (kan dubbel tellen)"


def small_number(value: float) -> str:
    """Write a rate: whole from 10 on, else one decimal; a real number never reads as 0."""
    if 0 < value < 0.05:
        return "minder dan 0,1"
    return dutch.number(value, 0 if value >= 10 else 1)


def rate_text(rate: Rate) -> str:
    """Write the newest year, with counted and unknown records."""
    last = rate.last
    if last is None:
        return "Geen enkele activiteit heeft hier een getal."
    year = int(last["year"])
    so_far = " (tot nu toe)" if year == rate.this_year else ""
    twice = f" {dutch.capital(rate.note)}." if rate.note else ""
    people = f" Inwoners van {int(last['inhabitants_year'])}." if int(last["inhabitants_year"]) != year else ""
    return (
        f"{year}{so_far}: geteld bij {dutch.count(int(last['n']), 'activiteit', 'activiteiten')}, onbekend bij "
        f"{int(last['unknown'])}.{twice}{people}"
    )


def rate_alt(rate: Rate) -> str:
    """Write every year with its number or "onbekend"."""
    years = "; ".join(
        f"{int(row.year)}: {'onbekend' if math.isnan(row.value) else small_number(row.value)}"
        for row in rate.points.itertuples()
    )
    line = f" De stippellijn staat op {rate.line_words}, geen norm." if not math.isnan(rate.line) else ""
    return f"{rate.title} {rate.unit}. {years}.{line}"


def reach_source(answer: Coverage) -> SourceLine:
    """Say how it was counted, and what the claim in the drawing is."""
    claim = dutch.percent(answer.claim)
    counted = (
        "Een bijeenkomst die op meer manieren is geteld, telt één keer: geteld gaat voor aangemeld, aangemeld voor geschat. Actieve bewoners: per activiteit het "
        "hoogste aantal van het jaar. Wie bij twee activiteiten meedoet, telt twee keer. De "
        f"{claim} is een stelling van de auteur van de methode (ongeveer {claim} van de bewoners wil iets doen), geen norm."
    )
    return SourceLine(f"Bron: eigen register, {period(answer)}; inwoners uit de ingelezen cijfers", more=(counted,))


def detail_title(answer: Coverage) -> str:
    """Say which group was reached least, or that it cannot be said."""
    ratio = answer.groups.ratio
    if math.isnan(ratio):
        return "Welke groepen minder worden bereikt, is niet te zeggen"
    if ratio > 0.8:
        return "Jong en oud worden ongeveer even vaak bereikt"
    lowest = answer.groups.groups.sort_values("rate")["label"].iloc[0]
    return f"{lowest}: minder bereikt dan de andere groep (verhouding {dutch.number(ratio, 2)})"


def group_text(answer: Coverage) -> tuple[str, str]:
    """Write (sentence, small print) about reach per group."""
    reach = answer.groups
    small = []
    if reach.hidden:
        small.append(
            f"{dutch.count(reach.hidden, 'telling', 'tellingen')} met een verborgen groep (onder 5) telt niet mee."
        )
    if reach.partial:
        small.append(
            f"{dutch.count(reach.partial, 'telling', 'tellingen')} zonder alle leeftijdsgroepen telt niet mee."
        )
    if reach.not_in_figures:
        words = dutch.listing(list(reach.not_in_figures))
        small.append(f"Van {words} kennen de ingelezen cijfers geen aantallen inwoners; verhouding niet te geven.")
    if math.isnan(reach.ratio):
        why = (
            "er is geen telling waarvan alle leeftijdsgroepen bekend zijn"
            if not reach.counted
            else "inwoners ontbreken"
        )
        return f"Verhouding laagste/hoogste onbekend: {why}.", " ".join(small)
    rates = dutch.listing([f"{row.label} {small_number(row.rate)}" for row in reach.groups.itertuples()])
    small.insert(
        0, f"Uit {dutch.count(reach.counted, 'telling', 'tellingen')}; inwoners van {reach.year}. Kan dubbel tellen."
    )
    return f"Verhouding laagste/hoogste {dutch.number(reach.ratio, 2)}: per 1.000 inwoners {rates}.", " ".join(small)


def cost_text(answer: Coverage) -> tuple[str, str]:
    """Write (sentence, small print) about cost per unique participant."""
    costs = answer.costs
    unknown = (
        f"Onbekend bij {answer.n - costs.known} van {dutch.count(answer.n, 'activiteit', 'activiteiten')}: "
        f"{costs.without_cost} zonder bedrag, {costs.without_participants} zonder deelnemers."
    )
    if math.isnan(costs.per_participant):
        return (
            "Kosten per unieke deelnemer onbekend: van geen activiteit zijn bedrag en deelnemers allebei bekend.",
            unknown,
        )
    return (
        f"€ {dutch.number(costs.per_participant, 2)} besteed per unieke deelnemer (middelste activiteit: € "
        f"{dutch.number(costs.median, 2)}), over {dutch.count(costs.known, 'activiteit', 'activiteiten')}.",
        f"{unknown} Deelnemers over alle bijeenkomsten; kan dubbel tellen, dan zijn de kosten per persoon hoger.",
    )


def period(answer: Coverage) -> str:
    """Write the years chosen."""
    return str(answer.first) if answer.first == answer.last else f"{answer.first} tot en met {answer.last}"
