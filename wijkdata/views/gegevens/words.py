"""The words of Gegevens round its figures: the coverage, and what became of the areas of an earlier division."""

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.harmonise import classes, municipal
from wijkdata.areas import Level
from wijkdata.frames import FrameRow
from wijkdata.questions.gegevens.answer import (
    Conversion,
    ConversionAnswer,
    CoverageAnswer,
    Kind,
    LinksAnswer,
    WayAnswer,
)
from wijkdata.questions.shared.answer import SourceLine

KINDS = {
    Kind.SAME: "hetzelfde gebied",
    Kind.RECODED: "hetzelfde gebied, andere code",
    Kind.REDRAWN: "andere grenzen",
    Kind.UNKNOWN: "niet bekend",
}
CLASSES = {
    "A": "hetzelfde gebied",
    "B": "hetzelfde gebied, andere code",
    "C": "ging helemaal op in",
    "D": "deel van",
    "X": "een ander gebied",
    "?": "niet bekend",
}
EVIDENCE = {
    classes.DECIDED: "besluit van een gebruiker",
    classes.TABLE: "tabel met wijzigingen",
    classes.SAME_DIVISION: "zelfde indeling",
    classes.BORDER: "grens van beide jaren",
    classes.BETWEEN: "grens van een eerder jaar, code en naam bleven",
    classes.COLUMN: "het CBS meldt geen wijziging",
    classes.PEOPLE: "naam, inwoners en oppervlakte",
    classes.NAMED: "code en naam, in een gemeente waar alles gelijk bleef",
    municipal.BY_LIST: "lijst van gemeenten",
    classes.NONE: "geen bewijs",
}
_MOST_NAMED = 12
CONVERSIONS = {
    Conversion.CONVERTED: "omgezet",
    Conversion.NOT: "niet om te zetten",
    Conversion.IRREVERSIBLE: "onomkeerbaar",
}


def coverage_lead(answer: CoverageAnswer) -> str:
    """Return what a box is."""
    return (
        f"Een vakje is een jaar met cijfers; het getal is het aantal {answer.level.plural}. Sterker gekleurd is meer "
        f"{answer.level.plural}; leeg is in dat jaar niet gemeten."
    )


def others_lead(answer: CoverageAnswer) -> str:
    """Return what a box is where a row is a subject."""
    n = answer.cells.loc[answer.cells["pillar"] == "", "indicator"].nunique()
    return (
        f"Buiten de pijlers: {dutch.count(n, 'onderwerp', 'onderwerpen')} per thema. Het getal is hoeveel onderwerpen in dat jaar "
        "cijfers hebben; de tabel hieronder noemt ze alle."
    )


def others_text(answer: CoverageAnswer) -> str:
    """Return what is drawn by subject, in words."""
    cells = answer.cells[answer.cells["pillar"] == ""]
    counts = cells.groupby("subject", sort=False)["indicator"].nunique()
    return f"Buiten de pijlers: {dutch.listing([f'{name} {n}' for name, n in counts.items()])}."


def coverage_text(answer: CoverageAnswer) -> str:
    """Return what the strips show, in words."""
    if answer.cells.empty:
        return f"{answer.title}."
    years = answer.cells.groupby("short", sort=False)["year"].nunique()
    longest, n = years.idxmax(), int(years.max())
    text = f"{answer.title}. De meeste jaren heeft {longest}: {n}."
    if answer.without:
        text += f" In de pijlers zonder cijfers per {answer.level.value}: {dutch.listing(list(answer.without))}."
    return text


def links_title(answer: LinksAnswer) -> str:
    """Return what became of the areas, counted."""
    where, since, one, more = answer.municipality_name, answer.since, answer.level.value, answer.level.plural
    kept = answer.counts[Kind.SAME] + answer.counts[Kind.RECODED]
    if kept == answer.n:
        if answer.n == 1:
            return f"{where}: de enige {one} is hetzelfde gebied als in {since}"
        return f"{where}: alle {answer.n} {more} zijn dezelfde gebieden als in {since}"
    if not kept:
        return f"{where}: van geen enkele {one} is bekend dat zij hetzelfde gebied is als in {since}"
    return f"{where}: {kept} van de {answer.n} {more} zijn hetzelfde gebied als in {since}"


def links_short(answer: LinksAnswer) -> str:
    """Return the title while presenting."""
    kept = answer.counts[Kind.SAME] + answer.counts[Kind.RECODED]
    return f"{kept} van {answer.n} {answer.level.plural} als in {answer.since}"


def links_lead(answer: LinksAnswer) -> str:
    """Return the rest of the count, and what it means."""
    recoded, redrawn, unknown = (answer.counts[kind] for kind in (Kind.RECODED, Kind.REDRAWN, Kind.UNKNOWN))
    one, more = answer.level.value, answer.level.plural
    parts = []
    if recoded:
        parts.append(f"{dutch.number(recoded)} daarvan {_got(recoded)} een andere code")
    if redrawn:
        parts.append(f"{dutch.count(redrawn, one, more)} {_got(redrawn)} andere grenzen")
    if unknown:
        parts.append(f"van {dutch.count(unknown, one, more)} is het niet bekend")
    rest = f"{dutch.capital('; '.join(parts))}. " if parts else ""
    return (
        f"{rest}Een cijfer uit {answer.since} staat alleen bij een {one} van nu "
        "als het hetzelfde gebied is. Een code of een naam alleen is geen bewijs: codes worden opnieuw gebruikt."
    )


def _got(n: int) -> str:
    return "kreeg" if n == 1 else "kregen"


def links_source(answer: LinksAnswer) -> SourceLine:
    """Return the source line: what it rests on, n."""
    kinds = [kind for kind in dict.fromkeys(answer.links["evidence"]) if kind != classes.NONE]
    evidence = dutch.listing([EVIDENCE.get(kind, kind) for kind in kinds]) or "geen"
    borders = f"Grenzen: {answer.borders}."
    n = f"{dutch.n_of(answer.n, answer.level.value, answer.level.plural)}."
    return SourceLine(f"Bewijs: {evidence}", True, (borders, n) if answer.borders else (n,), answer.source_ids)


def links_text(answer: LinksAnswer) -> str:
    """Return the map in words."""
    counted = [f"{dutch.number(n)}: {KINDS[kind]}" for kind, n in answer.counts.items() if n]
    redrawn = [one["properties"]["name"] for one in answer.features if one["properties"]["kind"] == Kind.REDRAWN]
    more = " en meer" if len(redrawn) > _MOST_NAMED else ""
    named = f" Andere grenzen: {dutch.listing(redrawn[:_MOST_NAMED])}{more}." if redrawn else ""
    return (
        f"De {answer.level.plural} van {answer.municipality_name} nu, tegenover {answer.since}. "
        f"{'; '.join(counted)}.{named}"
    )


def level_name(level: str) -> str:
    """Return what a level is called in a list of choices; of countries there is one."""
    return "Nederland" if level == Level.LAND else dutch.capital(Level(level).plural)


def evidence_text(row: FrameRow) -> str:
    """Return the kind of evidence, with the year or the reason it rests on."""
    reason = row._asdict().get("reason", "")
    ground = reason if row.evidence == classes.DECIDED else "" if pd.isna(row.via) else str(int(row.via))
    kind = EVIDENCE.get(row.evidence, row.evidence)
    return f"{kind} ({ground})" if ground else kind


def counted_in(row: FrameRow) -> str:
    """Return what the shares of a link were counted in; "" where it has none."""
    if pd.isna(row.share_from):
        return ""
    return "adressen" if row.evidence == classes.TABLE else "oppervlakte"


def named(names: list[str]) -> str:
    """Name the first dozen, and count the rest."""
    left = len(names) - _MOST_NAMED
    return f"{', '.join(names[:_MOST_NAMED])} en {left} meer" if left > 0 else dutch.listing(names)


def conversion_lead(answer: ConversionAnswer) -> str:
    """Return what the three lists are."""
    return (
        f"De {answer.level.plural} van {answer.municipality_name} in {answer.year_from}, en wat er met hun cijfers kan in de "
        f"indeling van {answer.year_to}."
    )


def conversion_count(answer: ConversionAnswer, kind: Conversion) -> str:
    """Return the name of a list with the number of its areas."""
    n = answer.counts[kind]
    return f"{dutch.capital(CONVERSIONS[kind])}: {dutch.count(n, answer.level.value, answer.level.plural)}."


def conversion_why(rows: pd.DataFrame, kind: Conversion) -> str:
    """Return what being on a list means for a figure. rows: the first link of each of its areas."""
    if kind is Conversion.CONVERTED:
        united = int((rows["class"] == classes.UNION).sum())
        more = f" Van {united} daarvan gaat het op in een totaal van hele gebieden." if united else ""
        return f"Hetzelfde gebied: een cijfer gaat over zoals het is.{more}"
    if kind is Conversion.IRREVERSIBLE:
        return "Gesplitst of voor een deel verplaatst: alleen te schatten, en daarna niet terug te rekenen."
    another_area = int((rows["class"] == classes.OTHER).sum())
    unknown = len(rows) - another_area
    parts = [f"{another_area} kregen een code die nu een ander gebied is"] if another_area else []
    parts += [f"van {unknown} is niet bekend waar het gebleven is"] if unknown else []
    return f"{dutch.capital('; '.join(parts))}."


def way_text(answer: WayAnswer) -> str:
    """Return in a sentence or two how an area came to be, and which union keeps the series."""
    if answer.unchanged:
        return f"{answer.name} is van {answer.since} tot {answer.until} hetzelfde gebied."
    start = f"{answer.name} was niet al die jaren hetzelfde gebied."
    if not answer.changed:
        start = f"Van {answer.name} is niet bekend of het voor {answer.same_since} hetzelfde gebied was."
    if answer.union.empty:
        return (
            f"{start} Welke gebieden samen wel gelijk bleven, is met de ingelezen grenzen en tabellen niet te zeggen."
        )
    if answer.whole_years[0] >= answer.same_since:
        return f"{start} Sinds {answer.same_since} is het dat wel."
    span = f"{answer.whole_years[0]}-{answer.until}"
    gaps = sorted(set(answer.series["year"]) - set(answer.whole_years))
    left = f" Van {dutch.listing([str(year) for year in gaps])} is het niet te zeggen." if gaps else ""
    if not answer.together:
        return f"{start} Met de gebieden waar het uit ontstond is de reeks {span} wel vol.{left}"
    return (
        f"{start} Samen met {named(list(answer.together))} is de reeks {span} wel vol: over die grens ging niets, dus aantallen "
        f"zijn op te tellen.{left}"
    )


def series_title(answer: WayAnswer) -> str:
    """Return the name of the table with a count of an area alone and of the union."""
    return f"{answer.counted.short} van {answer.name}, alleen en samen"


def series_source(answer: WayAnswer) -> SourceLine:
    """Return the source line: editions, unit, and that each figure is in the division of its own year."""
    if not answer.source:
        return SourceLine("Geen bron: er zijn geen cijfers")
    invented = "fictieve cijfers in de vorm van " if answer.fictional else ""
    more = (
        f"Uitgave: {dutch.listing(list(answer.editions))}.",
        f"Eenheid: {answer.counted.unit}.",
        f"Indeling: {dutch.years(list(answer.divisions))}, van elk cijfer die van zijn eigen jaar.",
    )
    return SourceLine(f"Bron: {invented}{answer.source}", True, more, answer.source_ids)
