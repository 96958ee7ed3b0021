"""The words of Gegevens about editions: what changed in the figures since, and how old each source is."""

from datetime import date

import pandas as pd

from wijkdata import dutch, periods
from wijkdata.frames import FrameRow
from wijkdata.questions.gegevens.answer import Became, ChangedAnswer, ChangedFigures, Earlier, SourceAge
from wijkdata.questions.shared.answer import SourceLine

BECAME = {
    Became.HIGHER: "hoger",
    Became.LOWER: "lager",
    Became.SAME: "gelijk gebleven",
    Became.NEW: "nieuw",
    Became.GONE: "vervallen",
}


def earlier_name(since: Earlier) -> str:
    """Return a snapshot or an edition in the list of choices."""
    if not since.label:
        return f"Stand van {dutch.moment(since.moment)}"
    return f"{since.source}, uitgave {since.label} ({since.file})"


def changed_title(answer: ChangedAnswer) -> str:
    """Return how many figures are new, revised and gone."""
    since = answer.since
    when = f"sinds de uitgave {since.label}" if since.label else f"sinds {dutch.day(since.moment)}"
    start = f"{answer.municipality_name}: {when}" if answer.municipality_name else dutch.capital(when)
    if answer.rows.empty:
        return f"{start} veranderde er geen enkel cijfer"
    new, revised, gone = (answer.total(what) for what in ("new", "revised", "gone"))
    return (
        f"{start}: {dutch.count(new, 'cijfer', 'cijfers')} nieuw, {dutch.number(revised)} herzien, "
        f"{dutch.number(gone)} vervallen"
    )


def changed_lead(answer: ChangedAnswer) -> str:
    """Return what the words of the title mean, and what became final."""
    final = answer.total("final")
    verb = "werd" if final == 1 else "werden"
    became = f"{dutch.count(final, 'voorlopig cijfer', 'voorlopige cijfers')} {verb} definitief. " if final else ""
    return (
        f"{became}Herzien is een cijfer dat er al was en nu anders is; vervallen is een cijfer dat er was en nu ontbreekt. "
        "Vergeleken is wat de schermen tonen, van elk gebied en elk jaar."
    )


def changed_sources(answer: ChangedAnswer) -> list[tuple[str, str, str]]:
    """Return per source what changed, and its largest revision."""
    return [_of_source(str(name), rows) for name, rows in answer.rows.groupby("source_name", sort=False)]


def _of_source(name: str, rows: pd.DataFrame) -> tuple[str, str, str]:
    words = {"new": "nieuw", "revised": "herzien", "gone": "vervallen", "final": "definitief geworden"}
    counts = [f"{dutch.number(int(rows[what].sum()))} {word}" for what, word in words.items() if rows[what].sum()]
    topics = dutch.count(rows["indicator"].nunique(), "onderwerp", "onderwerpen")
    small = f"{dutch.capital(topics)}, {periods.when_text(rows['period'])}."
    revised = rows[rows["revised"] > 0]
    if len(revised):
        small += f" {_most_revised(revised.loc[revised['revised'].idxmax()])}"
    return f"{name}.", f"{dutch.capital(dutch.listing(counts))}.", small


def _most_revised(row: pd.Series) -> str:
    """How large the revisions are of the figure that was revised most often."""
    places = int(row["decimals"])
    small = f"kleiner dan {dutch.number(10.0**-places, places)}"
    half = small if round(row["median"], places) == 0 else f"hoogstens {dutch.number(row['median'], places)}"
    return (
        f"Het vaakst herzien is {row['short']}, {row['when']}: het verschil is in de helft van de gevallen {half}, het grootste is "
        f"{dutch.number(row['largest'], places, signed=True)} ({row['unit']})."
    )


def changed_source(answer: ChangedAnswer) -> SourceLine:
    """Return the source line: the publishers of what changed, and with what was compared."""
    invented = "fictieve cijfers in de vorm van " if answer.fictional else ""
    names = dutch.listing(list(dict.fromkeys(answer.rows["source_name"])))
    compared = earlier_name(answer.since)
    ids = tuple(dict.fromkeys(answer.rows["source"]))
    return SourceLine(f"Bron: {invented}{names}", True, (f"Vergeleken met: {compared}.",), ids)


def changed_row(row: FrameRow) -> str:
    """Return one row in the list of choices: `Inwoners, 2024 (31 herzien)`."""
    words = {"revised": "herzien", "new": "nieuw", "gone": "vervallen", "final": "definitief"}
    counts = [f"{dutch.number(getattr(row, what))} {word}" for what, word in words.items() if getattr(row, what)]
    return f"{row.short}, {row.when} ({dutch.listing(counts)})"


def figures_title(answer: ChangedFigures) -> str:
    """Return what became of the figures of one indicator and period, counted."""
    counts = [f"{dutch.number(answer.count(one))} {word}" for one, word in BECAME.items() if answer.count(one)]
    where = f" in {answer.municipality_name}" if answer.municipality_name else ""
    return f"{answer.name}, {answer.when}, {answer.level.plural}{where}: {dutch.listing(counts) or 'niets veranderd'}"


def figures_lead(answer: ChangedFigures) -> str:
    """Return what a colour is, and what became final."""
    final = int(answer.areas["final"].sum())
    became = f" {dutch.count(final, 'cijfer', 'cijfers')} ging van voorlopig naar definitief." if final == 1 else ""
    became = became or (f" {dutch.number(final)} cijfers gingen van voorlopig naar definitief." if final else "")
    if not answer.municipality_name:
        return f"De tabel noemt elk gebied waar iets veranderde. Kies een gemeente voor de kaart.{became}"
    return f"Hoe sterker de kleur, hoe groter het verschil met toen.{became}" if answer.features else became.strip()


def figures_source(answer: ChangedFigures) -> SourceLine:
    """Return the source line: publishers, unit, n, borders."""
    n = int(answer.areas["now"].notna().sum())
    parts = [f"Eenheid: {answer.unit}.", f"{dutch.n_of(n, answer.level.value, answer.level.plural)} met een cijfer nu."]
    if answer.borders:
        parts.insert(1, f"Grenzen: {answer.borders}.")
    invented = "fictieve cijfers in de vorm van " if answer.fictional else ""
    first = f"Bron: {invented}{dutch.listing(list(answer.publishers))}, {answer.when}"
    return SourceLine(first, True, tuple(parts), answer.source_ids)


def figures_text(answer: ChangedFigures) -> str:
    """Return the map in words."""
    moved = answer.areas[answer.areas["became"].isin([Became.HIGHER, Became.LOWER])].head(3)
    named = [
        f"{row.name_} {dutch.number(row.difference, answer.decimals, signed=True)}"
        for row in moved.rename(columns={"name": "name_"}).itertuples()
    ]
    return f"{figures_title(answer)}." + (f" Het grootste verschil: {dutch.listing(named)}." if named else "")


def ages_title(ages: tuple[SourceAge, ...]) -> str:
    """Return of how many sources what was read in is older than usual."""
    n = sum(age.older for age in ages)
    if not n:
        return "Van geen bron is bekend dat er iets nieuwers is"
    return f"Van {dutch.count(n, 'bron', 'bronnen')} is er waarschijnlijk iets nieuwers"


def ages_listed(ages: tuple[SourceAge, ...]) -> list[tuple[str, str, str]]:
    """Return a line per source: its newest year, whether it is older than usual, when the next one is expected."""
    return [(f"{age.short}.", f"Tot en met {age.newest}{_why_older(age)}.", _small(age)) for age in ages]


def _why_older(age: SourceAge) -> str:
    """What is newer, by what is known of the publisher."""
    why = []
    if age.table is not None:
        year, number = age.table
        why.append(f"er is een tabel van {year} ({number})" if number else f"er zijn cijfers van {year}")
    if age.due is not None:
        why.append(f"{age.due} is er gewoonlijk al")
    return f"; ouder dan gewoonlijk: {dutch.listing(why)}" if why else ""


def _small(age: SourceAge) -> str:
    edition = f"Uitgave van {dutch.day(date.fromisoformat(age.published))}, ingelezen" if age.published else "Ingelezen"
    if age.expected is not None:
        year, (when, month) = age.expected
        coming = f"{year} verwacht uiterlijk in {dutch.MONTHS[month - 1]} {when}"
    elif age.next_year is not None:
        coming = f"de volgende meting is van {age.next_year}; wanneer die verschijnt, is niet bekend"
    else:
        coming = "wanneer er iets nieuws verschijnt, is niet bekend"
    added = (
        f" De uitgever vult deze tabel om de {age.stale} maanden aan; kijk of er iets bij kwam." if age.stale else ""
    )
    return f"{edition} op {dutch.day(age.read)}; {coming}.{added}"
