"""Voor en na in words and tables: what stands beside, in and under the figures."""

import math
from typing import TYPE_CHECKING

import pandas as pd

from wijkdata import dutch
from wijkdata.questions.shared.answer import Topic
from wijkdata.questions.voor_en_na.answer import PROGRAMME, ImpactAnswer, decimals

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler  # brings a template engine: loaded when the first table is drawn

TITLE_DIFFERENCE = "Het verschil tussen die twee"
SHORT_DIFFERENCE = "Het verschil per meting"
# What the grey band is, where there is little room for words.
BAND_BRIEF = "grijs: zo ver\nlopen 9 van de 10\nvanzelf uiteen"
# As many names of areas as one line under a figure takes, and of a longer row the first so many.
NAMED, MOST_NAMED, FIRST_NAMED = 3, 12, 10
_CLASS = "klasse"
_THOUSANDS_OF_EURO = "duizenden euro’s"


def said(topic: Topic, value: float, signed: bool = False) -> str:
    """`+0,3`, without the unit."""
    return dutch.number(value, decimals(topic), signed or topic.signed)


def place(answer: ImpactAnswer) -> str:
    """The treated, short: the one name, or `De 3 wijken`."""
    used = [area.name for area in answer.intervention.areas if area.used]
    used = used or [area.name for area in answer.intervention.areas]
    return used[0] if len(used) == 1 else f"De {dutch.number(len(used))} {answer.level.plural}"


def placebos(answer: ImpactAnswer) -> str:
    """`vergelijkbare wijken`, `groepjes van 3 vergelijkbare wijken`: what the placebos are."""
    n = sum(area.used for area in answer.intervention.areas)
    of = f"vergelijkbare {answer.level.plural}"
    return of if n == 1 else f"groepjes van {n} {of}"


def band(answer: ImpactAnswer) -> str:
    """What the grey band is, for in the plot; empty without a band."""
    if all(math.isnan(one.low) for one in answer.moments):
        return ""
    return f"grijs: zo ver lopen 9 van de 10\n{placebos(answer)}\nvanzelf uiteen"


def start_label(answer: ImpactAnswer) -> str:
    """`start in 2019`."""
    return f"start in {answer.start_year}"


def start_brief(answer: ImpactAnswer) -> str:
    """`start 2019`."""
    return f"start {answer.start_year}"


def unit(answer: ImpactAnswer) -> str:
    """The line under the title of the figures: the topic, its unit, and which way is good."""
    better = {1: "; hoger is gunstig", -1: "; lager is gunstig"}.get(answer.topic.sign, "")
    named = "" if unit_is_said(answer) else f"; eenheid: {answer.topic.unit}"
    return f"{answer.topic.label}{named}{better}."


def title_lines(answer: ImpactAnswer) -> str:
    """The title of the first figure."""
    one = sum(area.used for area in answer.intervention.areas) <= 1
    who = f"De {answer.level.value}" if one else f"De {answer.level.plural}"
    if answer.refused is not None:
        return f"{who}, zonder vergelijking"
    return f"{who} en wat er anders gebeurd zou zijn"


def lead_lines(answer: ImpactAnswer) -> str:
    """What the marks of the first figure are."""
    if answer.refused is not None:
        return f"{unit(answer)} De lijn laat zien wat er is gemeten; een vergelijking is hier niet te geven."
    return (
        f"{unit(answer)} De streeplijn is berekend uit {answer.level.plural} die er vóór de start op leken, en op dezelfde "
        "hoogte gelegd; grijs is wat vanzelf kan verschillen."
    )


def names(answer: ImpactAnswer) -> str:
    """Every area with its gemeente, on one line; "" where the head of the page has them all (up to three).

    Of more than twelve the first ten, and how many others.
    """
    areas = answer.intervention.areas
    if len(areas) <= NAMED:
        return ""
    shown = areas if len(areas) <= MOST_NAMED else areas[:FIRST_NAMED]
    homes: dict[str, list[str]] = {}
    for area in shown:
        homes.setdefault(area.municipality_name, []).append(area.name)
    said = "; ".join(f"{dutch.listing(found)} ({home})" for home, found in homes.items())
    rest = len(areas) - len(shown)
    others = f"; en {dutch.count(rest, 'andere', 'andere')}" if rest else ""
    return f"{answer.level.plural.capitalize()}: {said}{others}."


def points(answer: ImpactAnswer) -> str:
    """What a difference is counted in, as said behind "in": `punten (score van 0 tot 10)`, `aantallen per huishouden`."""
    unit = answer.topic.unit
    if unit == "%":
        return "procentpunten"
    if unit.startswith(_CLASS):
        return f"klassen{unit.removeprefix(_CLASS)}"
    if _is_score(unit):
        return "punten" if unit in ("score", "punt", "punten") else f"punten ({unit})"
    if unit.startswith(("per ", "inwoners")):
        return f"aantallen {unit}"
    return _THOUSANDS_OF_EURO if unit == "× 1.000 euro" else unit


def unit_of_one(answer: ImpactAnswer) -> str:
    """What stands behind a figure in a sentence: `1,02 punt`, `3,1 procentpunt`, `1,25 km`."""
    unit = answer.topic.unit
    if unit == "%":
        return "procentpunt"
    if unit.startswith(_CLASS):
        return _CLASS
    if _is_score(unit):
        return "punt"
    return "duizend euro" if unit == "× 1.000 euro" else unit


def unit_is_said(answer: ImpactAnswer) -> bool:
    """Whether the name of the topic says the unit already: `Leefbaarheid (score)`, `Misdrijven per 1.000 inwoners`."""
    return len(answer.topic.unit) > 1 and answer.topic.unit in answer.topic.label.lower()


def _is_score(unit: str) -> bool:
    return any(word in unit for word in ("score", "verschil", "punt"))


def outside(answer: ImpactAnswer) -> list[int]:
    """The measurements after the start at which the difference lies outside the grey band."""
    return [
        one.year
        for one in answer.moments
        if one.after and _known(one.low) and not one.low <= one.difference <= one.high
    ]


def worst(answer: ImpactAnswer) -> str:
    """`laagste`, or `hoogste` where high is bad."""
    return "laagste" if answer.topic.sign >= 0 else "hoogste"


def _known(value: float) -> bool:
    return not math.isnan(value)


def lead_difference(answer: ImpactAnswer) -> str:
    """What the second figure shows, and from which measurement it counts."""
    return (
        f"De gewone lijn min de streeplijn, per meting; nul is geen verschil. De metingen vanaf {answer.first_after} tellen "
        "als na de start."
    )


def table(answer: ImpactAnswer) -> pd.DataFrame:
    """A row per measurement, Dutch headings."""
    rows = answer.moments
    columns = {
        "Jaar": [str(one.year) for one in rows],
        "Voor of na": ["na" if one.after else "voor" for one in rows],
        place(answer): [one.treated for one in rows],
    }
    if answer.refused is None:
        columns |= {
            "Zou anders": [one.comparison for one in rows],
            "Verschil": [one.difference for one in rows],
            "Vanzelf, onderkant": [one.low for one in rows],
            "Vanzelf, bovenkant": [one.high for one in rows],
        }
    return pd.DataFrame(columns)


def as_said(frame: pd.DataFrame, places: int) -> "Styler":
    """A table for the screen, numbers as in its sentences (`−0,09`, and `0,00` for what rounds to it). Empty: not known."""
    formats = dict.fromkeys(
        frame.select_dtypes("number").columns,
        lambda value: "" if math.isnan(value) else dutch.number(value, places),
    )
    return frame.style.format(formats)


def rebound_table(answer: ImpactAnswer) -> pd.DataFrame:
    """The change since the year of the choice, elsewhere and here."""
    found = answer.rebound
    assert found is not None, "the page asks only when there is one"
    own = dict(found.own)
    return pd.DataFrame(
        {
            "Jaar": [str(year) for year, _ in found.lines],
            f"Elders ({found.n} {answer.level.plural})": [value for _, value in found.lines],
            place(answer): [own.get(year, math.nan) for year, _ in found.lines],
        }
    )


def rebound_source(answer: ImpactAnswer) -> str:
    """The source line of the rebound."""
    found = answer.rebound
    assert found is not None, "the page asks only when there is one"
    base = answer.source.split(f" n{dutch.NBSP}=")[0]
    n = dutch.n_of(found.n, answer.level.value, answer.level.plural)
    return f"{base} Verandering sinds {found.year} min die van alle {answer.level.plural}. {n} elders."


def areas_table(answer: ImpactAnswer) -> pd.DataFrame:
    """Every area that was compared with, heaviest first, and those put out by hand."""
    pool = answer.pool
    assert pool is not None, "the page asks only when there is one"
    rows = [
        (one.name, one.municipality_name, one.code, 100 * one.weight, one.distance, one.put_out)
        for one in [*pool.areas, *pool.put_out]
    ]
    heads = ["Naam", "Gemeente", "Code", "Gewicht (%)", "Afstand", "Weggelaten omdat"]
    frame = pd.DataFrame(rows, columns=heads)
    return frame if pool.put_out else frame.drop(columns="Weggelaten omdat")


def areas_description(answer: ImpactAnswer) -> str:
    """The map in words."""
    pool = answer.pool
    assert pool is not None, "the page asks only when there is one"
    heaviest = [f"{one.name} ({dutch.percent(100 * one.weight, 1)})" for one in pool.areas[:3]]
    return (
        f"Kaart met {dutch.count(pool.n, answer.level.value, answer.level.plural)} waarmee is vergeleken; hoe groter de "
        f"stip, hoe zwaarder zij meetelt. Het zwaarst tellen {dutch.listing(heaviest)}. In petrol: "
        f"{place(answer)}, waar het gebeurde. De afstand in de tabel zegt hoeveel een {answer.level.value} vooraf verschilde; "
        "0 is precies gelijk."
    )


def where_lead(answer: ImpactAnswer) -> str:
    """How many areas count, how many of them only in part, and how many were not found."""
    found, level = answer.intervention, answer.level
    used = sum(area.used for area in found.areas)
    part = sum(area.used and not area.whole for area in found.areas)
    total = dutch.count(len(found.areas), level.value, level.plural)
    some = f"{dutch.number(used)} van de {total} {'telt' if used == 1 else 'tellen'} mee"
    parts = [f"Alle {total} tellen mee" if 1 < used == len(found.areas) else some]
    if part:
        parts.append(f"bij {dutch.number(part)} daarvan gaat het om een deel, en wordt het geheel gemeten")
    if found.not_found:
        n = dutch.count(len(found.not_found), "gebied is", "gebieden zijn")
        parts.append(f"{n} niet gevonden")
    names = " Een gebied van het programma kan uit meer wijken van het CBS bestaan." if found.kind == PROGRAMME else ""
    return f"{'; '.join(parts)}.{names}"


def where_table(answer: ImpactAnswer) -> pd.DataFrame:
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
        for area in answer.intervention.areas
    ]
    rows += [(name, "", "", "niet gevonden", "nee", why) for name, why in answer.intervention.not_found]
    return pd.DataFrame(rows, columns=["Naam", "Gemeente", "Code", "Geheel of deel", "Telt mee", "Toelichting"])
