"""Writes the words round the map. Each sentence is chosen by what the figures say; none assumes a direction."""

from dataclasses import dataclass

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.questions.kaart.answer import Borders, MapFigures, MapText
from wijkdata.questions.kaart.mode import Mode

LONGEST = 90
LONGEST_SHORT = 45
# At most so many areas without a boundary are named one by one.
NAMED = 5
# Why there is no value, behind a number: "6 zonder cijfer in deze bron". A reason that is not here is in `dutch`.
REASONS = {
    "insufficient": "met te weinig cijfers voor een score",
    "nothing": "zonder cijfer in deze bron",
    "one_year": "niet in beide jaren gemeten",
    "other_indicators": "niet in beide jaren op dezelfde manier gemeten",
    "water": "water",
}


@dataclass(frozen=True)
class Publishers:
    """Names who published the figures (with their years) and who the borders (with their division and terms); ids: of both."""

    figures: str
    borders: str
    ids: tuple[str, ...]


def map_text(mode: Mode, figures: MapFigures, borders: Borders, publishers: Publishers) -> MapText:
    """Writes all the words of one map."""
    reasons = reason_texts(figures, mode.material.minimum)
    return MapText(
        title=title(mode, figures),
        short=short(mode, figures),
        lead=mode.lead + _then(mode.material.level, borders),
        source=source(mode, figures, borders, publishers, reasons),
        source_short=_source_short(mode, borders, publishers),
        source_ids=publishers.ids,
        description=description(mode, figures, reasons),
        legend=mode.heading,
        ends=mode.ends,
        unit=mode.unit_of_one,
        reasons=reasons,
        columns=mode.columns,
        when="-".join(str(year) for year in mode.material.choice.periods),
    )


def title(mode: Mode, figures: MapFigures) -> str:
    """Answers in one sentence of at most 90 characters: with the full subject if that fits, else with a shorter name."""
    topic = mode.topic
    texts = [_sentence(mode, figures, topic.subject, running=True)] if topic.pillar else []
    texts += [_sentence(mode, figures, name, running=False) for name in (topic.label, topic.short)]
    texts.append(f"{topic.short}: {_counts(mode, figures)}")
    return next((text for text in texts if len(text) <= LONGEST), texts[-1][:LONGEST])


def short(mode: Mode, figures: MapFigures) -> str:
    """Writes the title while presenting: the subject and the count, at most 45 characters."""
    counts = _counts(mode, figures)
    texts = [f"{name}: {counts}" for name in (mode.topic.label, mode.topic.short)]
    return next((text for text in texts if len(text) <= LONGEST_SHORT), dutch.capital(counts))


def source(mode: Mode, figures: MapFigures, borders: Borders, publishers: Publishers, reasons: dict[str, str]) -> str:
    """Names publisher, years, unit, n, and everything that is left out and why."""
    topic, level = mode.topic, mode.material.level
    start = source_start(publishers.figures, mode.material.fictional)
    parts = [f"{start}; bewerking wijkdata."]
    parts.append(f"Score: Nederland in {topic.base_text} = 100." if topic.pillar else f"Eenheid: {topic.unit}.")
    if topic.modelled:
        parts.append("De cijfers zijn schattingen met een model.")
    if borders.year is not None:
        differ = borders.figures_year not in (None, borders.year)
        of_figures = f", de cijfers horen bij de indeling van {borders.figures_year}" if differ else ""
        parts.append(f"Grenzen: {publishers.borders}{of_figures}.")
    missing = dutch.count(figures.n_missing, level.value, level.plural)
    left_out = f"; {missing} zonder klasse: {_reasons(figures, reasons)}" if figures.missing else ""
    parts.append(f"{dutch.n_of(figures.n, level.value, level.plural)}{left_out}.")
    if borders.fills is not None:
        parts.append(
            f"Lees de grenzen van {borders.fills} in (wijk- en buurtkaart van CBS en PDOK): die zeggen welke {level.plural} "
            "hetzelfde bleven, en vullen zo wat hier ontbreekt."
        )
    return " ".join([*parts, *_without_border(level, figures, borders)])


def _source_short(mode: Mode, borders: Borders, publishers: Publishers) -> str:
    """Names publishers and terms alone, for presenting: the terms of the borders belong to the map."""
    start = f"{source_start(publishers.figures, mode.material.fictional)}."
    return start if borders.year is None else f"{start} Grenzen: {publishers.borders}."


def source_start(publishers: str, fictional: bool) -> str:
    """Begins a source line: says of invented figures that they are."""
    return f"Bron: {'fictieve cijfers in de vorm van ' if fictional else ''}{publishers or 'geen'}"


def description(mode: Mode, figures: MapFigures, reasons: dict[str, str]) -> str:
    """Describes the map for who cannot see it."""
    level = mode.material.level
    filled = [
        f"{one.text}{f' ({one.word})' if one.word not in ('', one.text) else ''}: {one.count}"
        for one in figures.classes
        if one.count
    ]
    sentences = [f"De kaart laat {mode.topic.label} zien per {level.value} in {mode.material.place_name}, {mode.what}."]
    if filled:
        sentences.append(f"Aantal {level.plural} per klasse: {dutch.listing(filled)}.")
    if figures.extremes:
        low, high = figures.extremes[0], figures.extremes[:2][-1]
        sentences.append(
            f"Aan de ene kant staat {_with_value(mode, figures, low)}, aan de andere kant {_with_value(mode, figures, high)}."
        )
    if figures.missing:
        sentences.append(f"Gearceerd, zonder klasse: {_reasons(figures, reasons)}.")
    return " ".join(sentences)


def reason_texts(figures: MapFigures, minimum: int) -> dict[str, str]:
    """Maps each reason id that occurs to its half-sentence. minimum: inhabitants that a class needs."""
    few = {"few_residents": f"met minder dan {dutch.number(minimum)} inwoners toen dit is gemeten"}
    known = {**REASONS, **few}
    return {reason: known.get(reason) or dutch.reason_text(reason) for reason, _ in figures.missing}


def some_of(part: int, n: int, level: Level) -> str:
    """Writes `3 van de 12 wijken`; `alle 12 wijken` when it is all of them."""
    return all_of(n, level) if part == n else f"{dutch.number(part)} van de {dutch.count(n, level.value, level.plural)}"


def all_of(n: int, level: Level) -> str:
    """Writes `alle 12 wijken`, `de enige wijk`."""
    return f"de enige {level.value}" if n == 1 else f"alle {dutch.count(n, level.value, level.plural)}"


def area_text(figures: MapFigures, code: str, country: bool) -> str:
    """Writes `Moerwijk`; with its gemeente on a map of the country."""
    row = figures.areas.loc[code]
    return f"{row['name']} ({row['municipality_name']})" if country else str(row["name"])


def _sentence(mode: Mode, figures: MapFigures, name: str, running: bool) -> str:
    if figures.n:
        return mode.sentence(figures, name, running)
    name = mode.topic.label if running else name
    return f"{name}: in {mode.material.place_name} geen cijfers om te tonen ({mode.when})"


def _counts(mode: Mode, figures: MapFigures) -> str:
    return mode.counts(figures) if figures.n else "geen cijfers"


def _then(level: Level, borders: Borders) -> str:
    """Says of when the areas are, when they are not those of now, and whether they are those that were measured."""
    if not borders.division:
        return ""
    drawn = f" Getekend zijn de {level.plural} van {borders.year}"
    if borders.year == borders.figures_year:
        return f"{drawn}, want zo is dit gemeten."
    return (
        f"{drawn}. Gemeten is in die van {borders.figures_year}, met dezelfde codes en namen; die grenzen zijn niet ingelezen "
        "en kunnen afwijken."
    )


def _with_value(mode: Mode, figures: MapFigures, code: str) -> str:
    """Writes `Moerwijk met 67`."""
    name = area_text(figures, code, mode.material.choice.country)
    return f"{name} met {mode.value_text(figures.areas.loc[code, 'value'])}"


def _reasons(figures: MapFigures, reasons: dict[str, str]) -> str:
    return dutch.listing([f"{dutch.number(n)} {reasons[reason]}" for reason, n in figures.missing])


def _without_border(level: Level, figures: MapFigures, borders: Borders) -> list[str]:
    codes = borders.without
    if not codes or borders.division is None:
        return []
    names = [str(figures.areas.loc[code, "name"]) for code in codes[:NAMED]]
    rest = len(codes) - NAMED
    names_text = f"{', '.join(names)} en {dutch.number(rest)} andere" if rest > 0 else dutch.listing(names)
    areas = dutch.count(len(codes), level.value, level.plural)
    return [f"Wel een cijfer, geen grens in {borders.year}: {areas} ({names_text})."]
