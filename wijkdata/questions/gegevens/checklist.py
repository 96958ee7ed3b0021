"""From nothing to the own gemeente: which files a gemeente needs, per pillar, and which of them are in."""

from collections.abc import Collection, Iterable

import pandas as pd

from wijkdata.catalogue import Catalogue, Indicator, Role, Source
from wijkdata.questions.gegevens.answer import ChecklistAnswer, ChecklistPart, HowToFetch, Ticked, ToFetch
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import coverage
from wijkdata.store.monitor.versions import Monitor

BORDERS = "Grenzen op de kaart"


def checklist(monitor: Monitor, catalogue: Catalogue, municipality: str) -> ChecklistAnswer:
    """Tick off what is in for this gemeente."""
    filled = coverage.years_of(monitor, municipality)
    return _checklist(catalogue, municipality, filled, coverage.border_years(monitor, municipality))


def before_figures(catalogue: Catalogue, municipality: str) -> ChecklistAnswer:
    """Return the whole list, when nothing was read in yet."""
    return _checklist(catalogue, municipality, pd.DataFrame(columns=["source", "indicator", "year"]), [])


def _checklist(
    catalogue: Catalogue, municipality: str, filled: pd.DataFrame, border_years: list[int]
) -> ChecklistAnswer:
    known = gemeenten.every().get(municipality)
    name, province = (municipality, "") if known is None else (known.name, known.province)
    borders = [
        ToFetch(source.id, source.title, (), tuple(border_years), (), Ticked.ALL if border_years else Ticked.NONE)
        for source in _listed(catalogue, "borders")
    ]
    parts = [ChecklistPart(BORDERS, tuple(borders), ())]
    for key, pillar in catalogue.pillars.items():
        items = [item for item in catalogue.of_pillar(key) if item.role is not Role.CONTEXT]
        files = tuple(_files(catalogue, items, filled))
        parts.append(ChecklistPart(pillar.title, files, _only_own(items)))
    return ChecklistAnswer(municipality, name, tuple(parts), how_to_fetch(catalogue), province)


def _listed(catalogue: Catalogue, kind: str) -> list[Source]:
    return [source for source in catalogue.sources.values() if source.checklist == kind]


def _files(catalogue: Catalogue, items: list[Indicator], filled: pd.DataFrame) -> Iterable[ToFetch]:
    """The sources on the list that bring any of these topics."""
    for source in _listed(catalogue, "figures"):
        brings = [item for item in items if _brings(source.id, item)]
        if not brings:
            continue
        there = filled[(filled["source"] == source.id) & filled["indicator"].isin([item.id for item in brings])]
        years = tuple(sorted({int(year) for year in there["year"]}))
        tables = tuple((int(year), number, int(year) in years) for year, number in sorted(source.tables.items()))
        gives = tuple(dict.fromkeys(item.short for item in brings))
        yield ToFetch(source.id, source.short, gives, years, tables, _ticked(years, tables))


def _brings(source: str, item: Indicator) -> bool:
    return any(column.source == source for column in item.columns)


def _ticked(years: Collection[int], tables: tuple[tuple[int, str, bool], ...]) -> Ticked:
    if not years:
        return Ticked.NONE
    return Ticked.ALL if all(is_in for _, _, is_in in tables) else Ticked.SOME


def _only_own(items: list[Indicator]) -> tuple[str, ...]:
    """The topics that no publisher brings: a survey or a register of the gemeente itself does."""
    return tuple(item.short for item in items if not item.columns)


def how_to_fetch(catalogue: Catalogue) -> tuple[HowToFetch, ...]:
    """Return how to get each source: those on the list first, with what to click."""
    entries = sorted((one for one in catalogue.sources.values() if one.url), key=lambda one: one.checklist is None)
    return tuple(
        HowToFetch(
            one.id,
            one.title,
            one.where,
            one.steps,
            f"Adres van de uitgever: {one.url}. {one.licence}.",
            one.checklist is not None,
        )
        for one in entries
    )
