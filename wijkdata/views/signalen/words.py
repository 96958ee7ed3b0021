"""The words round the figures of Signalen."""

from collections import Counter
from dataclasses import replace

from wijkdata import dutch
from wijkdata.analysis.signals.leaps import Move
from wijkdata.analysis.signals.methods import Method
from wijkdata.periods import Period
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.questions.signalen.answer import (
    AtRisk,
    Beside,
    Common,
    Factor,
    Judgement,
    KnownEvent,
    Price,
    Ran,
    Sign,
    SignalItem,
    SignalsAnswer,
    SlowDrift,
    SlowPart,
)

LIST, MAP = "Wat er groeit", "Waar"
COMMON = "Wat overal tegelijk bewoog"
COMMON_LEAD = "Dit zegt niets over één gebied en geeft daar geen signaal."
PARTLY = "Wat in veel gebieden tegelijk bewoog"
PARTLY_LEAD = "Het was niet overal; daarom is elk gebied gewoon apart bekeken."
BOTH = "Wat overal of in veel gebieden tegelijk bewoog"
BOTH_LEAD = "Wat overal was, geeft in één gebied geen signaal; wat niet overal was, is per gebied bekeken."
SLOW = "Wat langzaam verschuift"
SLOW_LEAD = (
    "Kleine stappen in jaarcijfers, steeds dezelfde kant op en meer dan elders; en voorzieningen die wegtrekken."
)
RISK_RULE = (
    "Geen pijler is zwak, en toch wijzen er minstens twee dingen de verkeerde kant op, of schuiven cijfers van meer pijlers samen "
    "achteruit. Dit is een reden om te gaan kijken en geen oordeel."
)
PRICE = "Wat deze gevoeligheid kost"
QUIET = "Stil: wel gevolgd, geen duidelijk signaal"
UNWATCHED = "Niet te volgen, en waarom"
JUDGED = "Al beoordeeld"
JUDGED_RULE = "Een signaal komt terug als het duidelijk sterker wordt (2 punten op de lopende som), of als er een nieuwe stijging begint."
CONFLICT = (
    "Iemand anders heeft dit signaal intussen beoordeeld; er is nog niets van u bewaard en er is niets van u weg."
)
CHANGED = "Iemand anders heeft dit oordeel intussen veranderd; kijk wat er nu staat en kies dan opnieuw."
CRIMES = "misdrijven"
SIGNS = {
    Sign.SIGNAL: "meer dan verwacht",
    Sign.RISK: "nog niet zwak, wel aanleiding om te kijken",
    Sign.QUIET: "gevolgd, geen duidelijk signaal",
    Sign.UNWATCHED: "niet te volgen",
}
MARKS = {Sign.SIGNAL: "▲", Sign.RISK: "◇", Sign.QUIET: "(zonder teken)", Sign.UNWATCHED: "×"}
METHODS = {
    Method.CUSUM: "lopende som",
    Method.FARRINGTON: "maanden van eerdere jaren",
    Method.EARS: "zeven maanden ervoor",
}
_STATISTICS = {
    Method.CUSUM: "de lopende som van wat er meer kwam dan verwacht; bij de grens volgt een signaal en begint de som opnieuw",
    Method.FARRINGTON: "hoe ver het aantal op weg was naar de grens van die maand",
    Method.EARS: "hoe ver het aantal boven de zeven maanden ervoor lag",
}


def list_lead(answer: SignalsAnswer) -> str:
    """Say what the list is, and how many are left out."""
    n = len(answer.others)
    more = f" Nog {dutch.count(n, 'zwakker staat', 'zwakkere staan')} in de tabel hieronder." if n else ""
    return f"Hooguit tien, het sterkste eerst.{more}"


def for_a_room(answer: SignalsAnswer) -> list[tuple[str, str, str]]:
    """List what the title counts for a room: an area once, by name and without a ranking, as many as fit a slide."""
    loud = {one.code: one for one in reversed(answer.signals) if not one.weak}
    if not loud:
        places = dutch.count(len(answer.watched), answer.level.value, answer.level.plural)
        return [("", f"Gevolgd: {places}. Nergens kwam duidelijk meer dan te verwachten was.", "")]
    areas = sorted(loud.values(), key=lambda one: one.name)
    shown = areas if len(areas) <= _MOST_ROOM else areas[: _MOST_ROOM - 1]
    rest = len({one.code for one in answer.every if not one.weak}) - len(shown)
    where = "" if answer.shapes is None else "; zie de kaart"
    more = f"{dutch.count(rest, answer.level.value, answer.level.plural)}{where}."
    return [("", one.neutral, "") for one in shown] + ([("En nog", more, "")] if rest else [])


def small(item: SignalItem) -> str:
    """Write the small print of a signal: how sure, and what ran here."""
    parts = [chance(item)]
    if item.judgement is not None:
        parts.append(f"Eerder beoordeeld als {dutch.inside(item.judgement.word)}; sindsdien gegroeid.")
    if item.trust:
        parts.append("Hier liep eerder een activiteit: dit kan ook meer vertrouwen zijn.")
    return " ".join(parts)


def chance(item: SignalItem) -> str:
    """Say how often a signal this strong is chance."""
    if item.q < 0.01:
        return "Zo sterk dat toeval het bijna nooit maakt."
    share = dutch.percent(100 * item.q)
    if item.weak:
        return f"Zwak: van zulke signalen is {share} toeval; het telt niet mee in de kop."
    return f"Van signalen die zo sterk zijn is ongeveer {share} toeval."


def two_sided(item: SignalItem) -> str:
    """Say what more of it can mean: more of what is counted, or more people who tell it."""
    crimes = item.unit == CRIMES
    if item.trust:
        head = (
            "Meer geregistreerde misdrijven is niet vanzelf meer criminaliteit."
            if crimes
            else "Meer meldingen is niet vanzelf meer overlast."
        )
        whom = "de politie" if crimes else "de gemeente"
        return (
            f"{head} Vóór deze stijging liep hier een activiteit: misschien weten bewoners {whom} beter te vinden. "
            "Vraag het na voor u iets concludeert."
        )
    head = (
        "Meer geregistreerde misdrijven kan meer criminaliteit betekenen, of bewoners die vaker aangifte doen."
        if crimes
        else "Meer meldingen kan meer overlast betekenen, of bewoners die beter melden."
    )
    return f"{head} Dat onderscheid staat niet in de aantallen."


def line_lead(item: SignalItem) -> str:
    """Say what the marks of the chart are."""
    return (
        "Lijn: wat er per maand kwam. Streepjes: wat te verwachten was; de baan erboven loopt tot het aantal dat een signaal geeft "
        "(driehoek). Lichte achtergrond: de maanden van deze stijging."
    )


def sum_lead(item: SignalItem) -> str:
    """Say what the lower chart is."""
    return f"Hieronder {_STATISTICS[item.method]}."


def line_alt(item: SignalItem) -> str:
    """Say in words what the chart shows."""
    line = item.line
    called = [Period.of(month).text for month, alarm in zip(line.months, line.alarm, strict=True) if alarm]
    when = f" Signalen in {dutch.listing(called[-6:])}." if called else ""
    ran = f" Er liep hier: {dutch.listing([one.title for one in item.ran])}." if item.ran else ""
    return f"Lijngrafiek per maand. {item.sentence}{when}{ran}"


def sum_alt(item: SignalItem) -> str:
    """Say in words what the lower chart shows."""
    return f"Lijngrafiek: {_STATISTICS[item.method]}. Grens {dutch.number(item.line.limit, 2)}."


def map_alt(answer: SignalsAnswer) -> str:
    """Say in words what the map shows."""
    named = dict.fromkeys(one.name for one in answer.every if not one.weak)
    where = f"Een driehoek staat bij {dutch.listing(list(named))}." if named else "Er staat nergens een driehoek."
    return f"Kaart van {answer.name}. {where} {legend_text(answer)}"


def signs(answer: SignalsAnswer, room: bool) -> dict[str, Sign]:
    """Return the sign of each area. For a room no area is called at risk: that is no figure of this map."""
    if not room:
        return answer.signs
    return {code: Sign.QUIET if sign is Sign.RISK else sign for code, sign in answer.signs.items()}


def legend_text(answer: SignalsAnswer, room: bool = False) -> str:
    """Count the areas per sign: `▲ meer dan verwacht: 2; ◇ ...: 1.`"""
    numbers = Counter(signs(answer, room).values())
    return "; ".join(f"{MARKS[sign]} {text}: {numbers[sign]}" for sign, text in SIGNS.items() if numbers[sign]) + "."


def beside(one: Beside, elsewhere: str = "verwacht") -> tuple[str, str, str]:
    """Write one row of what is behind a signal: name, numbers, and whether it stands out."""
    grew = "groeide mee" if one.z >= 2 else "bleef als verwacht" if one.z > -2 else "daalde"
    came, usual = (
        dutch.number(value, 0 if value >= 10 or float(value).is_integer() else 1)
        for value in (one.observed, one.expected)
    )
    return f"{dutch.capital(one.name)}:", f"{came} waar {usual} {elsewhere}.", dutch.capital(grew) + "."


def behind(item: SignalItem) -> str:
    """Say in one sentence what is behind a signal: one category or more, one place or more."""
    grown = [one for one in item.categories if one.z >= 2]
    sites = [one for one in item.neighbours if one.z >= 2]
    what = (
        f"Ook {_first_names([one.name for one in grown])} groeiden hier mee"
        if grown
        else "Alleen dit onderwerp groeide hier"
    )
    where = f"ook in {_first_names([one.name for one in sites])} kwam meer" if sites else "in de gebieden ernaast niet"
    if not item.neighbours:
        return f"{what}."
    return f"{what}; {where}."


def _first_names(names: list[str]) -> str:
    """List the names that stand out most, and how many more there are."""
    rest = len(names) - _NOTABLE
    return dutch.listing(names if rest <= 0 else [*names[:_NOTABLE], f"nog {rest}"])


def ran(one: Ran) -> tuple[str, str, str]:
    """Write one activity that ran here."""
    end = f"tot en met {dutch.day(one.end)}" if one.end else "loopt nog, of het einde is niet bekend"
    when = f"op {dutch.day(one.begin)}." if one.begin == one.end else f"vanaf {dutch.day(one.begin)}, {end}."
    wide = " Van de hele gemeente." if one.wide else ""
    return (
        one.title,
        when,
        f"{'Begon vóór de stijging.' if one.before else 'Begon tijdens de stijging.'}{wide}",
    )


def judged(one: Judgement, sentence: str) -> tuple[str, str, str]:
    """Write one signal that was judged."""
    note = f" {one.note}" if one.note else ""
    return f"{one.word}:", f"{sentence}{note}", f"{one.role}, {dutch.day(one.judged_on)}"


def conflict(item: SignalItem, theirs: Judgement, word: str, note: str) -> str:
    """Say what somebody else made of a signal, and what this person has and did not keep yet."""
    mine = " ".join(part for part in (f"{word}." if word else "", f"‘{note}’." if note else "") if part)
    note_text = f" (‘{theirs.note}’)" if theirs.note else ""
    return (
        f"{item.name}, {item.category}: {dutch.inside(theirs.word)}, door {dutch.inside(theirs.role)}{note_text}. "
        f"Wat u had: {mine} Bewaart u het uwe, dan blijft het andere in de geschiedenis staan."
    )


def yearly_source(answer: SignalsAnswer, item: SignalItem) -> SourceLine:
    """Write where the yearly figures of a series come from."""
    years = dutch.count(len(item.yearly.years), "heel jaar", "hele jaren")
    counted = f"n{dutch.NBSP}={dutch.NBSP}{years}, {item.yearly.years[0]} tot en met {item.yearly.years[-1]}."
    return replace(
        answer.source,
        more=(
            "Eenheid: aantal per jaar.",
            counted,
            "Jaren met een maand die ontbreekt of nog voorlopig is, tellen niet mee.",
        ),
    )


def slow_title(answer: SignalsAnswer) -> str:
    """Count what shifts slowly."""
    n = len({one.code for one in answer.drifts} | {one.code for one in answer.withdrawals})
    if not answer.slow:
        return f"{SLOW}: nog niet te zeggen"
    return f"{SLOW}: {dutch.count(n, answer.level.value, answer.level.plural) if n else 'nergens'}"


def drift(one: SlowDrift) -> tuple[str, str, str]:
    """Write one area that drifts."""
    return (
        f"{one.name}:",
        f"{dutch.listing([part_text(part) for part in one.parts])}.",
        f"Sinds {one.since}, tot {one.until}.",
    )


def part_text(part: SlowPart) -> str:
    """Write one figure of a drift: `inkomen −0,4 (elders +0,2)`."""
    decimals = max(part.decimals, 1)
    return f"{dutch.inside(part.name)} {dutch.number(part.change, decimals, True)} (elders {dutch.number(part.usual, decimals, True)})"


def risk_title(answer: SignalsAnswer) -> str:
    """Count the areas at risk."""
    n = len(answer.at_risk)
    return f"Nog niet zwak, wel aanleiding om te kijken: {dutch.count(n, answer.level.value, answer.level.plural) if n else 'nergens'}"


def risk(one: AtRisk) -> tuple[str, str, str]:
    """Write one area at risk with its factors."""
    lowest = f"Laagste pijler: {one.pillar}, {dutch.number(one.score)}."
    growing = [factor.text for factor in one.factors if factor.kind is Factor.SIGNAL]
    named = [factor.text for factor in one.factors if factor.kind is not Factor.SIGNAL]
    rest = len(growing) - _MOST_GROWING
    more = [f"en nog {dutch.count(rest, 'onderwerp', 'onderwerpen')} met meer dan verwacht"] if rest > 0 else []
    return f"{one.name}:", f"{'; '.join([*named, *growing[:_MOST_GROWING], *more])}.", lowest


def quiet(answer: SignalsAnswer) -> str:
    """List the quiet areas in a sentence."""
    return f"{dutch.listing([one.name for one in answer.quiet])}." if answer.quiet else "Geen enkel gebied."


def limited(answer: SignalsAnswer) -> str:
    """Say where only a large rise would be seen."""
    few = [one.name for one in answer.quiet if one.limited]
    if not few:
        return ""
    return f"In {dutch.listing(few)} valt van een deel van de onderwerpen alleen een grote stijging op: er zijn weinig meldingen, of de reeks is kort."


def no_sensitivity(answer: SignalsAnswer) -> str:
    """Say why there is no sensitivity to choose, where something is watched nevertheless."""
    needs, known = next((one.needs, one.known) for one in answer.offers if one.method is Method.CUSUM)
    if known < needs:
        why = f"daarvoor moeten van een reeks {needs} maanden bekend zijn, en hier zijn het er hooguit {known}"
    else:
        why = "geen reeks is vol genoeg voor de lopende som, die haar kent"
    return f"Er is geen gevoeligheid te kiezen: {why}."


SENSITIVITY_HELP = "Gevoelig ziet meer en vaker voor niets; rustig mist meer. Onderaan staat wat elke keuze kost."
SHORT_LINE = "Wat er kwam en wat verwacht was"
RISK_SHORT = "Waar een keer kijken zin heeft"
PRICE_SHORT = "Hoe vaak dit fout zou zijn geweest"
NOTHING_RAN = "In het register staat geen activiteit die hier in het jaar ervoor of tijdens de stijging liep."
WITHDRAWN = "Deze voorziening trok hier verder weg dan elders."
KNOWN_HOW = (
    "Hebt u een lijst van stijgingen die echt waren? Geef een tabel met de kolommen **gebied** (naam of code), **van** en **tot** "
    "(maanden, zoals 2023-04) en zo nodig **categorie**. Dan staat hierboven hoe vaak die gevonden waren."
)
_MOST_UNWATCHED, _MOST_COMMON, _MOST_GROWING, _MOST_ROOM, _NOTABLE = 12, 6, 3, 5, 4


def until(answer: SignalsAnswer) -> str:
    """Write the last month that was judged, for the name of a file."""
    return f"{answer.until // 100}-{answer.until % 100:02d}" if answer.until else ""


def short(item: SignalItem) -> str:
    """Write the title of a signal on a slide."""
    text = f"{item.name}: {item.category}"
    return text if len(text) <= 45 else SHORT_LINE


def nothing(answer: SignalsAnswer) -> str:
    """Say that nothing is called, and what that is worth."""
    if answer.judged:
        return "Alle signalen zijn beoordeeld en niet gegroeid; ze staan hieronder."
    return "Nu geen signaal. Onderaan staat welke gebieden zijn gevolgd, en hoe vaak een stijging wordt gemist."


def places_behind(item: SignalItem) -> list[tuple[str, tuple[Beside, ...], str]]:
    """List what is behind a signal, what stands out most first: heading, rows, what their second number is."""
    parts = [
        ("Andere onderwerpen hier", item.categories, "verwacht"),
        ("Buurten erbinnen", item.inside, "een jaar eerder"),
        ("Gebieden ernaast", item.neighbours, "verwacht"),
    ]
    return [(heading, others[:_NOTABLE], usual) for heading, others, usual in parts if others]


def common_title(answer: SignalsAnswer) -> tuple[str, str]:
    """Title and lead of what moved together: everywhere, in many areas but not all, or some of each."""
    partly = {one.move.move is Move.PARTIAL for one in answer.commons}
    if partly == {True}:
        return PARTLY, PARTLY_LEAD
    return (BOTH, BOTH_LEAD) if True in partly else (COMMON, COMMON_LEAD)


def commons(answer: SignalsAnswer) -> list[tuple[str, str, str]]:
    """List what moved together, the newest first; the rest stands in the table."""
    rows = [("", move.sentence, known(move)) for move in answer.commons]
    return _shown(rows, _MOST_COMMON)


def _shown(rows: list[tuple[str, str, str]], most: int) -> list[tuple[str, str, str]]:
    rest = len(rows) - most
    return rows if rest <= 0 else [*rows[:most], (f"En nog {rest}:", "alles staat in de tabel.", "")]


def known(common: Common) -> str:
    """Say what the register has about then."""
    return f"In het register staat om die tijd: {'; '.join(common.known)}" if common.known else ""


def nothing_slow(answer: SignalsAnswer) -> str:
    """Say that nothing shifts, or that nobody can tell."""
    if not answer.slow:
        return "Daarvoor zijn van minstens twintig gebieden jaarcijfers nodig, van vier metingen of meer."
    return "Geen gebied waar cijfers van meer pijlers samen achteruit schuiven, en geen voorziening die wegtrekt."


def price_lead(price: Price) -> str:
    """Say what was counted."""
    series = dutch.count(price.series, "reeks", "reeksen")
    against = "de stijgingen die u gaf" if price.by_events else "stijgingen die later in het jaarcijfer te zien waren"
    return (
        f"Elke maand opnieuw beoordeeld met alleen wat toen bekend was, over {series}, naast {against}.{_beyond(price)}"
    )


def _beyond(price: Price) -> str:
    if not price.beyond:
        return ""
    n = dutch.count(price.beyond, "daarvan gaat", "daarvan gaan")
    return f" {n} over een gebied, een onderwerp of maanden die hier niet zijn gevolgd, en {'telt' if price.beyond == 1 else 'tellen'} niet mee."


def known_title(given: tuple[KnownEvent, ...] | None) -> str:
    """Write the label of the place for known rises."""
    if given is None:
        return "Vergelijk met stijgingen die u kent"
    return f"Vergeleken met {dutch.count(len(given), 'stijging', 'stijgingen')} die u gaf"


def method(answer: SignalsAnswer) -> str:
    """Say by which method is watched, and why not by the others."""
    return answer.method


def unwatched_title(answer: SignalsAnswer) -> str:
    """Count what is not watched."""
    return f"{UNWATCHED} ({len({one.code for one in answer.unwatched})})"


def unwatched(answer: SignalsAnswer) -> list[tuple[str, str, str]]:
    """List what is not watched with its reason: areas that share one are named together."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in answer.unwatched:
        groups.setdefault((one.category, one.sentence), []).append(one.name)
    rows = [
        (f"{_names(names)}:", f"{f'{category}: ' if category else ''}{sentence}", "")
        for (category, sentence), names in groups.items()
    ]
    return _shown(rows, _MOST_UNWATCHED)


def _names(names: list[str]) -> str:
    rest = len(names) - _MOST_UNWATCHED
    return dutch.listing(names if rest <= 0 else [*names[:_MOST_UNWATCHED], f"nog {rest}"])
