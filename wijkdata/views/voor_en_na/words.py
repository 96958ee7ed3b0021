"""Voor en na in words and tables: the texts around, in and under the figures."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.impact.multiple import any_by_chance
from wijkdata.analysis.impact.placebo import ALPHA
from wijkdata.catalogue import UnitKind
from wijkdata.questions.shared.answer import SourceLine, Topic
from wijkdata.questions.voor_en_na.answer import (
    ACTIVITY,
    BY_HAND,
    PROGRAMME,
    CoursePoint,
    Head,
    ImpactAnswer,
    Intervention,
    Pool,
    ReboundElsewhere,
    Refused,
    SecondOpinion,
    decimals,
)

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler  # brings a template engine: loaded when the first table is drawn

TITLE_DIFFERENCE = "Het verschil tussen die twee"
# The lines of both figures in a table, and the ends of the grey band.
OTHERWISE, DIFFERENCE, LOW, HIGH = "Zou anders", "Verschil", "Vanzelf, onderkant", "Vanzelf, bovenkant"
# What the grey band is, where there is little room for words.
BAND_BRIEF = "grijs: zo ver\nlopen 9 van de 10\nvanzelf uiteen"
# As many names of areas as one line under a figure takes, and of a longer row the first so many.
NAMED, MOST_NAMED, FIRST_NAMED = 3, 12, 10
METHODS = {
    "sdid": "Synthetische verschil-in-verschil",
    "sc": "Synthetische controle",
    "difp": "Synthetische controle op veranderingen",
    "did": "Verschil-in-verschil",
}


def number(topic: Topic, value: float, signed: bool = False) -> str:
    """`+0,3`, without the unit."""
    return dutch.number(value, decimals(topic), signed or topic.signed)


def place(head: Head) -> str:
    """The treated, short: the one name, or `De 3 wijken`."""
    areas = head.intervention.used or head.intervention.areas
    return areas[0].name if len(areas) == 1 else f"De {dutch.number(len(areas))} {head.level.plural}"


def placebos(head: Head) -> str:
    """`vergelijkbare wijken`, `groepjes van 3 vergelijkbare wijken`: what the placebos are."""
    n = len(head.intervention.used)
    of = f"vergelijkbare {head.level.plural}"
    return of if n == 1 else f"groepjes van {n} {of}"


def band(head: Head) -> str:
    """What the grey band is, for in the plot; empty without a band."""
    if not head.banded:
        return ""
    return f"grijs: zo ver lopen 9 van de 10\n{placebos(head)}\nvanzelf uiteen"


def source(head: Head) -> str:
    """The source line as text."""
    return source_line(head).text


def source_line(head: Head) -> SourceLine:
    """The source line: publishers and years, unit, n, and how it was compared, if it was."""
    line = head.source
    n = dutch.n_of(line.areas, head.level.value, head.level.plural)
    if not line.method:
        return _published(head, f"{n}.")
    compared = dutch.count(line.compared, head.level.value, head.level.plural)
    chance = " met placebo’s" if line.placebos else ""
    return _published(head, f"{n} en {compared} om mee te vergelijken.", f"{METHODS[line.method]}{chance}.")


def publisher(head: Head) -> str:
    """`Bron: Leefbaarometer 3.0 (BZK), 2014 en 2018`."""
    return f"Bron: {head.source.published or 'geen'}"


def _published(head: Head, *more: str) -> SourceLine:
    return SourceLine(publisher(head), True, (f"Eenheid: {head.topic.unit}.", *more), head.source.ids)


def start_label(head: Head) -> str:
    """`start in 2019`."""
    return f"start in {head.start_year}"


def start_brief(head: Head) -> str:
    """`start 2019`."""
    return f"start {head.start_year}"


def unit(head: Head) -> str:
    """The line under the title of the figures: the topic, its unit, and which way is good."""
    better = {1: "; hoger is gunstig", -1: "; lager is gunstig"}.get(head.topic.sign, "")
    named = "" if unit_in_label(head.topic) else f"; eenheid: {head.topic.unit}"
    return f"{head.topic.label}{named}{better}."


def title_lines(answer: ImpactAnswer) -> str:
    """The title of the first figure."""
    head = answer.head
    who = f"De {head.level.value if len(head.intervention.used) <= 1 else head.level.plural}"
    if isinstance(answer, Refused):
        return f"{who}, zonder vergelijking"
    return f"{who} en wat er anders gebeurd zou zijn"


def lead_lines(answer: ImpactAnswer) -> str:
    """What the marks of the first figure are."""
    head = answer.head
    if isinstance(answer, Refused):
        return f"{unit(head)} De lijn laat zien wat er is gemeten; een vergelijking is hier niet te geven."
    return (
        f"{unit(head)} De streeplijn is berekend uit {head.level.plural} die er vóór de start op leken, en op dezelfde "
        "hoogte gelegd; grijs is wat vanzelf kan verschillen."
    )


def names(head: Head) -> str:
    """Every area with its gemeente, on one line; "" where the head of the page has them all (up to three).

    Of more than twelve the first ten, and how many others.
    """
    areas = head.intervention.areas
    if len(areas) <= NAMED:
        return ""
    first = areas if len(areas) <= MOST_NAMED else areas[:FIRST_NAMED]
    homes: dict[str, list[str]] = {}
    for area in first:
        homes.setdefault(area.municipality_name, []).append(area.name)
    named = "; ".join(f"{dutch.listing(those)} ({home})" for home, those in homes.items())
    rest = len(areas) - len(first)
    others = f"; en {dutch.count(rest, 'andere', 'andere')}" if rest else ""
    return f"{head.level.plural.capitalize()}: {named}{others}."


def points(topic: Topic) -> str:
    """What a difference is counted in, behind "in": `punten (score van 0 tot 10)`, `aantallen per huishouden`."""
    unit = topic.unit
    match topic.unit_kind:
        case UnitKind.PERCENT:
            return "procentpunten"
        case UnitKind.CLASS:
            return unit.replace("klasse", "klassen", 1)
        case UnitKind.SCORE:
            return "punten" if unit in ("score", "punt", "punten") else f"punten ({unit})"
        case UnitKind.PER | UnitKind.PER_THOUSAND | UnitKind.PEOPLE:
            return f"aantallen {unit}"
        case UnitKind.EURO:
            return "duizenden euro’s"
    return unit


def unit_of_one(topic: Topic) -> str:
    """What follows a figure in a sentence: `1,02 punt`, `3,1 procentpunt`, `1,25 km`."""
    units = {
        UnitKind.PERCENT: "procentpunt",
        UnitKind.CLASS: "klasse",
        UnitKind.SCORE: "punt",
        UnitKind.EURO: "duizend euro",
    }
    return units.get(topic.unit_kind, topic.unit)


def unit_in_label(topic: Topic) -> bool:
    """Whether the name of the topic has the unit in it: `Leefbaarheid (score)`, `Misdrijven per 1.000 inwoners`."""
    return len(topic.unit) > 1 and topic.unit in topic.label.lower()


def outside(head: Head) -> list[int]:
    """The measurements after the start at which the difference lies outside the grey band."""
    return [
        one.year for one in head.moments if one.after and _known(one.low) and not one.low <= one.difference <= one.high
    ]


def looked_at(answer: ImpactAnswer, choices: int) -> str:
    """How often chance makes a difference among so many choices; "" for one alone, and where there is no answer."""
    if choices < 2 or isinstance(answer, Refused):
        return ""
    what = _OF_KIND.get(answer.head.intervention.kind, "met de hand in deze gemeente")
    most = dutch.percent(100 * any_by_chance(choices))
    return (
        f"Een van de {dutch.number(choices)} keuzes (onderwerp, jaar, gebieden) die {what} zijn bekeken. De kans op ten minste één "
        f"vals verschil is dan niet {dutch.percent(100 * ALPHA)}, maar kan oplopen tot {most}."
    )


_OF_KIND = {ACTIVITY: "voor deze activiteit", PROGRAMME: "voor dit programma"}


def worst(topic: Topic) -> str:
    """`laagste`, or `hoogste` where high is bad."""
    return "laagste" if topic.sign >= 0 else "hoogste"


def where(intervention: Intervention) -> str:
    """`Buurtkracht Vlierstede, vanaf 4 februari 2019 · Zonnegaarde`."""
    names, level = [area.name for area in intervention.areas], intervention.level
    where = dutch.listing(names) if len(names) <= 3 else dutch.count(len(names), level.value, level.plural)
    end = f" tot en met {intervention.end_text}" if intervention.end_text else ""
    when = f"{'gepland ' if intervention.planned else ''}vanaf {intervention.begin_text}{end}"
    if intervention.kind == BY_HAND:
        return f"{where}, {when}"
    # A programme counts its own areas, which are not the wijken of CBS.
    measured = "gemeten in " if intervention.kind == PROGRAMME and len(names) > 3 else ""
    return f"{intervention.title}, {when} · {measured}{where}"


def compared_lead(head: Head, pool: Pool) -> str:
    """With how many areas it was compared, and how."""
    return (
        f"{dutch.count(pool.n, head.level.value, head.level.plural).capitalize()} waar dit niet gebeurde en die er vooraf "
        f"het dichtst bij kwamen. De berekening geeft elk een gewicht, zodat zij samen vóór de start zo gelijk mogelijk liepen; "
        f"{dutch.number(pool.with_weight)} {'telt' if pool.with_weight == 1 else 'tellen'} voor meer dan een half procent mee. "
        "Buren van het gebied doen niet mee: wat hier gebeurt, kan daar ook merkbaar zijn."
    )


def compared_title(head: Head) -> str:
    """The question which areas it was compared with."""
    return f"Met welke {head.level.plural} is vergeleken?"


def margin(topic: Topic, margin: tuple[float, float] | None) -> str:
    """`van −0,1 tot +0,4`; "" where there is none."""
    if margin is None:
        return ""
    low, high = (number(topic, end, True) for end in margin)
    return f"van {low} tot {high}"


def opinions_lead(topic: Topic, opinions: Sequence[SecondOpinion]) -> str:
    """What the other methods are, and that those about other areas may well differ."""
    lead = f"Dezelfde vraag, anders berekend, in {points(topic)}. Lopen ze ver uiteen, wees dan voorzichtig."
    if any(one.elsewhere for one in opinions):
        lead += " De laatste regels gaan over andere gebieden; die hoeven niet gelijk te zijn."
    return lead


def lines_values(head: Head) -> str:
    """The first figure in words with all that it shows: each line and the band, measurement by measurement."""
    rows = []
    for one in head.moments:
        parts = [f"{place(head)} {number(head.topic, one.treated)}"]
        parts += [f"{OTHERWISE.lower()} {number(head.topic, one.comparison)}"] if _known(one.comparison) else []
        if _known(one.low) and _known(one.comparison):
            low, high = (number(head.topic, one.comparison + end) for end in (one.low, one.high))
            parts += [f"vanzelf van {low} tot {high}"]
        rows.append(f"{one.year}: {', '.join(parts)}")
    return f"{head.description} {'; '.join(rows)}."


def difference_values(head: Head) -> str:
    """The second figure in words, with its band."""
    ends = [
        f"{one.year}: van {number(head.topic, one.low, True)} tot {number(head.topic, one.high, True)}"
        for one in head.moments
        if _known(one.low)
    ]
    band = f" De grijze band: {'; '.join(ends)}." if ends else ""
    return f"{difference_description(head)}{band}"


def difference_description(head: Head) -> str:
    """The second figure in words."""
    rows = ", ".join(f"{one.year}: {number(head.topic, one.difference, True)}" for one in head.moments)
    later = outside(head)
    after = (
        f"Na de start valt het verschil buiten de grijze band in {dutch.years(later)}."
        if later
        else "Na de start blijft het verschil binnen de grijze band."
    )
    return f"Het verschil per meting: {rows}. {after if head.banded else ''}".strip()


def _known(value: float) -> bool:
    return not math.isnan(value)


def lead_difference(head: Head) -> str:
    """What the second figure shows, and from which measurement it counts."""
    return (
        f"De gewone lijn min de streeplijn, per meting; nul is geen verschil. De metingen vanaf {head.first_after} tellen "
        "als na de start."
    )


def table(answer: ImpactAnswer) -> pd.DataFrame:
    """A row per measurement, Dutch headings."""
    rows = answer.head.moments
    columns: dict[str, list[str] | list[float]] = {
        "Jaar": [str(one.year) for one in rows],
        "Voor of na": ["na" if one.after else "voor" for one in rows],
        place(answer.head): [one.treated for one in rows],
    }
    if not isinstance(answer, Refused):
        columns |= {
            OTHERWISE: [one.comparison for one in rows],
            DIFFERENCE: [one.difference for one in rows],
            LOW: [one.low for one in rows],
            HIGH: [one.high for one in rows],
        }
    return pd.DataFrame(columns)


def course_title(points: Sequence[CoursePoint]) -> str:
    """At which measurements the band for all at once leaves out zero, before the start and after it."""
    before, after = ([one for one in points if one.after is later] for later in (False, True))
    (out_before, out_after) = ([one.year for one in part if one.stands_out] for part in (before, after))
    erna = f"erna {_of_how_many(out_after, len(after))}"
    if out_before:
        return f"Al vóór de start anders dan nul: {_of_how_many(out_before, len(before))}; {erna}"
    if not out_after:
        return "Bij geen enkele meting anders dan nul, vóór noch na de start"
    return f"Vóór de start nergens anders dan nul, {erna}"


def _of_how_many(years: list[int], n: int) -> str:
    """`in 2018`, `bij 2 van de 5 metingen`, `bij alle 5 metingen`."""
    if len(years) < 2:
        return f"in {years[0]}" if years else "nergens"
    return f"bij alle {n} metingen" if len(years) == n else f"bij {len(years)} van de {n} metingen"


COURSE_LEAD = (
    "Het verschil per meting, met een marge die voor alle metingen samen geldt: waar niets gebeurde, blijft nul in 19 van de 20 "
    "gevallen bij elke meting erbinnen. Het antwoord rust op het gemiddelde na de start, en dat zegt meer dan elke meting apart."
)


def course_description(topic: Topic, points: Sequence[CoursePoint]) -> str:
    """The course in words."""
    rows = [
        f"{one.year}: {number(topic, one.difference, True)}"
        + (f" (van {number(topic, one.low, True)} tot {number(topic, one.high, True)})" if _known(one.low) else "")
        for one in points
    ]
    return f"Het verschil per meting, met een marge voor alle metingen samen. {'; '.join(rows)}."


def course_table(points: Sequence[CoursePoint]) -> pd.DataFrame:
    """A row per measurement."""
    return pd.DataFrame(
        {
            "Jaar": [str(one.year) for one in points],
            "Voor of na": ["na" if one.after else "voor" for one in points],
            "Verschil": [one.difference for one in points],
            "Marge, onderkant": [one.low for one in points],
            "Marge, bovenkant": [one.high for one in points],
        }
    )


def formatted(frame: pd.DataFrame, places: int) -> "Styler":
    """A table for the screen, its numbers as in sentences (`−0,09`, and `0,00` for what rounds to it). Empty: not known."""
    formats = dict.fromkeys(
        frame.select_dtypes("number").columns,
        lambda value: "" if math.isnan(value) else dutch.number(value, places),
    )
    return frame.style.format(formats)


def rebound_table(head: Head, rebound: ReboundElsewhere) -> pd.DataFrame:
    """The change since the year of the choice, elsewhere and here."""
    own = dict(rebound.own)
    return pd.DataFrame(
        {
            "Jaar": [str(year) for year, _ in rebound.lines],
            f"Elders ({rebound.n} {head.level.plural})": [value for _, value in rebound.lines],
            place(head): [own.get(year, math.nan) for year, _ in rebound.lines],
        }
    )


def rebound_source(head: Head, rebound: ReboundElsewhere) -> SourceLine:
    """The source line of the rebound."""
    n = dutch.n_of(rebound.n, head.level.value, head.level.plural)
    change = f"Verandering sinds {rebound.year} min die van alle {head.level.plural}."
    return _published(head, change, f"{n} elders.")


def areas_table(pool: Pool) -> pd.DataFrame:
    """Every area that was compared with, heaviest first, and those left out by hand."""
    rows = [
        (one.name, one.municipality_name, one.code, 100 * one.weight, one.distance, one.excluded_because)
        for one in [*pool.areas, *pool.excluded]
    ]
    heads = ["Naam", "Gemeente", "Code", "Gewicht (%)", "Afstand", "Weggelaten omdat"]
    frame = pd.DataFrame(rows, columns=heads)
    return frame if pool.excluded else frame.drop(columns="Weggelaten omdat")


def areas_description(head: Head, pool: Pool) -> str:
    """The map in words."""
    heaviest = [f"{one.name} ({dutch.percent(100 * one.weight, 1)})" for one in pool.areas[:3]]
    return (
        f"Kaart met {dutch.count(pool.n, head.level.value, head.level.plural)} waarmee is vergeleken; hoe groter de "
        f"stip, hoe zwaarder zij meetelt. Het zwaarst tellen {dutch.listing(heaviest)}. In petrol: "
        f"{place(head)}, waar het gebeurde. De afstand in de tabel zegt hoeveel een {head.level.value} vooraf verschilde; "
        "0 is precies gelijk."
    )


def where_lead(intervention: Intervention) -> str:
    """How many areas count, how many of them only in part, and how many were not found."""
    level, used = intervention.level, len(intervention.used)
    part = sum(not area.whole for area in intervention.used)
    total = dutch.count(len(intervention.areas), level.value, level.plural)
    some = f"{dutch.number(used)} van de {total} {'telt' if used == 1 else 'tellen'} mee"
    parts = [f"Alle {total} tellen mee" if 1 < used == len(intervention.areas) else some]
    if part:
        parts.append(f"bij {dutch.number(part)} daarvan gaat het om een deel, en wordt het geheel gemeten")
    if intervention.not_found:
        n = dutch.count(len(intervention.not_found), "gebied is", "gebieden zijn")
        parts.append(f"{n} niet gevonden")
    several = " Een gebied van het programma kan uit meer wijken van het CBS bestaan."
    return f"{'; '.join(parts)}.{several if intervention.kind == PROGRAMME else ''}"


def where_table(intervention: Intervention) -> pd.DataFrame:
    """Every area of the intervention: whole or part, whether it counts, and in the last (wide) column why not."""
    rows = [
        (
            area.name,
            area.municipality_name,
            area.code,
            "geheel" if area.whole else "deel",
            "ja" if area.used else "nee",
            area.note if area.used else "; ".join(filter(None, [area.why_not or "geen cijfers", area.note])),
        )
        for area in intervention.areas
    ]
    rows += [(name, "", "", "niet gevonden", "nee", why) for name, why in intervention.not_found]
    return pd.DataFrame(rows, columns=["Naam", "Gemeente", "Code", "Geheel of deel", "Telt mee", "Toelichting"])
