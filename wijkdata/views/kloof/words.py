"""The words round the figures of Kloof. The groups are those that the switch chose."""

from dataclasses import replace

from wijkdata import dutch
from wijkdata.analysis.spread import Groups
from wijkdata.catalogue import HigherIs
from wijkdata.questions.kloof.answer import SMALL_SHARE, GapAnswer
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.views.kloof import drawing

TITLE_PANELS = "De kloof: het verschil tussen de grens van de onderste en de bovenste 10%"
# Differences below this would print as 0,000.
ROUNDED = 0.0005


def lead(answer: GapAnswer) -> str:
    """Return what the gap is, in one line."""
    low, high = drawing.names_of_ends(answer.indicator)
    return f"De kloof is het verschil tussen het gebied op de grens van de {high} en dat op de grens van de {low}."


def panel_alt(answer: GapAnswer, name: str) -> str:
    """Return one panel in words."""
    ends = " en ".join(drawing.names_of_ends(answer.indicator))
    return f"Vlak tussen {ends}, {name}. {drawing.describe(answer)}"


def too_few(answer: GapAnswer, fewest: int) -> str:
    """Return why the chosen part has no panel."""
    return (
        f"In deze keuze liggen maar {answer.too_few} {answer.level.plural} met cijfers. Bij minder dan {fewest} "
        "zegt een kloof niets; hieronder staat daarom alleen het grotere geheel."
    )


def stands_in(name: str, answer: GapAnswer, fewest: int) -> str:
    """Return why the four large cities are set beside the country, and not the gemeente that was chosen."""
    return (
        f"In {name} liggen minder dan {fewest} {answer.level.plural} met dit cijfer: te weinig voor een kloof. Naast het geheel "
        "staan daarom de vier grote steden; kies bij ‘Zet ernaast’ een andere vergelijking."
    )


def groups_title(answer: GapAnswer, groups: Groups) -> str:
    """Return what the least and the most favourable fifth did, as a sentence."""
    low, high = _changes(answer, groups)
    since = f"Sinds {groups.reference_year}"
    if abs(low - high) < ROUNDED:
        return f"{since} veranderden de laagste en de hoogste 20% evenveel"
    ahead, behind = ("laagste", "hoogste") if low > high else ("hoogste", "laagste")
    # Chosen on the very year from which is counted, the lowest come back up without anything being done.
    chance = "; dat is deels terugkeer naar het gewone" if low > high and _on_start(groups) else ""
    if max(low, high) <= 0:
        return f"{since} ging de {behind} 20% meer achteruit dan de {ahead} 20%{chance}"
    if min(low, high) < 0:
        return f"{since} ging de {ahead} 20% vooruit en de {behind} 20% achteruit{chance}"
    return f"{since} ging de {ahead} 20% meer vooruit dan de {behind} 20%{chance}"


def groups_short(answer: GapAnswer, groups: Groups) -> str:
    """Return the title while presenting: which fifth came out best."""
    low, high = _changes(answer, groups)
    since = f"sinds {groups.reference_year}"
    if abs(low - high) < ROUNDED:
        return f"Laagste en hoogste 20% gelijk op {since}"
    best = "Laagste" if low > high else "Hoogste"
    return f"{best} 20% {'verloor het minst' if max(low, high) <= 0 else 'won het meest'} {since}"


def _on_start(groups: Groups) -> bool:
    """Whether the groups were chosen on the year from which their change is counted."""
    return groups.selected_on == groups.reference_year


def groups_lead(answer: GapAnswer, groups: Groups) -> str:
    """Return what a line is, and on which year the groups were chosen."""
    return (
        f"{answer.panel.name}. Elke lijn is een vijfde van de gebieden, ingedeeld op {groups.selected_on}, "
        f"en hun gemiddelde verandering sinds {groups.reference_year}."
    )


def groups_source(answer: GapAnswer, groups: Groups) -> SourceLine:
    """Return the source line of the groups: also how many areas were left out."""
    n = dutch.n_of(len(groups.members), "gebied", "gebieden")
    incomplete = dutch.count(groups.incomplete, "gebied", "gebieden")
    left_out = (f"{incomplete} zonder alle jaren weggelaten.",) if groups.incomplete else ()
    unit = f"Eenheid: {answer.indicator.unit}."
    return replace(answer.source, more=(unit, f"{n} met alle jaren.", *left_out))


def groups_short_source(answer: GapAnswer, groups: Groups) -> str:
    """Return the one line while presenting: of whom the groups are, and the source."""
    areas = dutch.count(len(groups.members), "gebied", "gebieden")
    return f"{answer.panel.name}, {areas}. {answer.source.short}"


def groups_description(answer: GapAnswer, groups: Groups) -> str:
    """Return the groups in words."""
    low, high = _changes(answer, groups)
    return (
        f"Gemiddelde verandering van vijf even grote groepen. Laagste 20%: {dutch.number(low, 3, True)}; "
        f"hoogste 20%: {dutch.number(high, 3, True)} in het laatste jaar."
    )


def _changes(answer: GapAnswer, groups: Groups) -> tuple[float, float]:
    """Mean change in the last year of the lowest and the highest fifth; a rise is good news."""
    table = groups.table
    last = table[table["year"] == table["year"].max()].set_index("group")["mean_change"]
    low, high = float(last.iloc[0]), float(last.iloc[-1])
    return (-low, -high) if answer.indicator.higher_is is HigherIs.WORSE else (low, high)


def read_this(answer: GapAnswer, fewest_for_groups: int) -> str:
    """Return regression to the mean, with the figures of this very choice when they can be computed."""
    text = (
        "De grenzen van 10% worden elk jaar opnieuw bepaald: het zijn dus niet steeds dezelfde wijken. Groter of kleiner heet de "
        f"kloof pas bij {dutch.percent(100 * SMALL_SHARE)} verschil of meer, als dat in 95 van de 100 steekproeven van deze gebieden "
        "zo is, en als het zo blijft wanneer een van hen niet meetelt. "
    )
    panel = answer.panel
    if panel.groups is None:
        few = f"Voor vijf groepen zijn hier te weinig gebieden: {panel.n[1]}, en er zijn er {fewest_for_groups} nodig."
        limits_text = (
            " Bij zo weinig gebieden liggen de grenzen van 10% vlak bij de laagste en de hoogste."
            if panel.n[1] < 20
            else ""
        )
        return f"{text}{few}{limits_text}"
    text += (
        "De vijf groepen staan vast. Kiest u ze op het beginjaar, dan stijgt de laagste groep daarna bijna vanzelf: wie "
        "toevallig een slecht jaar had, veert terug. "
    )
    if panel.regression is None:
        return text + "Kies een later beginjaar; dan laat de schakelaar zien hoeveel van de stijging toeval was."
    same, earlier = panel.regression.same_year, panel.regression.earlier
    text += (
        f"Hier, van {same.start} tot {same.end}: de laagste 20% van {same.selected_on} week {dutch.number(same.extra, 3, True)} "
        f"af van de gemiddelde verandering; gekozen op {earlier.selected_on} is dat {dutch.number(earlier.extra, 3, True)}. "
    )
    if panel.regression.by_chance < ROUNDED:
        return text + "In deze jaren is dus geen terugkeer naar het gewone niveau te zien."
    chance = dutch.number(panel.regression.by_chance, 3, True)
    return text + f"Het verschil ({chance}) past bij terugkeer naar het gewone niveau en is geen inhaalslag."
