"""A recipe of a proposal and what a person decided: own indicators and source with everything the catalogue asks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wijkdata.catalogue import OWN, Catalogue, Evidence, HigherIs, Role, UnitKind
from wijkdata.sources.recipes.guess import Figures, Guess
from wijkdata.sources.recipes.guess_figures import kind_of_unit
from wijkdata.sources.recipes.recipe import Area, Column, Decimal, Period, Recipe, RecipeError, checked, slug

DIRECTIONS = {
    HigherIs.BETTER: "hoger is beter",
    HigherIs.WORSE: "hoger is slechter",
    HigherIs.NEUTRAL: "geen van beide",
}


@dataclass(frozen=True)
class NewSource:
    """Who made a table: an own source of the data directory. perceived: people were asked for their opinion."""

    publisher: str
    title: str
    published: int | None = None
    perceived: bool = False


@dataclass(frozen=True)
class NewIndicator:
    """A figure that the catalogue does not have. pillar and theme: both or neither (then it is context)."""

    title: str
    unit: str
    higher_is: HigherIs | None
    decimals: int = 0
    pillar: str = ""
    theme: str = ""
    minimum_population: int = 0


@dataclass(frozen=True)
class Decisions:
    """What a person decided. columns: header of the figures -> an indicator of the catalogue, or a new one; what is not in
    it is left out."""

    name: str
    source: NewSource
    area: Area | None
    period: Period | None
    columns: Mapping[str, str | NewIndicator]
    decimal: Decimal = Decimal.AUTO
    missing: Mapping[str, str] | None = None


def make(guess: Guess, decisions: Decisions, catalogue: Catalogue) -> Recipe:
    """Make the recipe. Raises RecipeError: one sentence with what is missing, such as the unit of a new indicator."""
    _refuse_without(decisions)
    source = f"{OWN}{slug(decisions.source.title)}"
    taken = set(catalogue.indicators)
    columns, indicators = [], dict[str, dict[str, Any]]()
    for one in guess.figures:
        chosen = decisions.columns.get(one.header)
        if chosen is None:
            continue
        name = chosen if isinstance(chosen, str) else own_id(chosen.title, source, taken, catalogue)
        if not isinstance(chosen, str):
            taken.add(name)
            indicators[name] = indicator_table(chosen, source, decisions.source)
        factor = one.factor if name == one.indicator else 1.0
        columns.append(Column(header=one.header, indicator=name, factor=factor))
    fields = {
        "version": 1,
        "name": decisions.name.strip(),
        "source": source,
        "published": decisions.source.published,
        "shape": guess.shape,
        "area": decisions.area,
        "period": decisions.period,
        "long": guess.long,
        "columns": columns,
        "decimal": decisions.decimal,
        "missing": dict(guess.missing if decisions.missing is None else decisions.missing),
        "sources": {source: source_table(decisions.source)},
        "indicators": indicators,
    }
    return checked(
        {key: value for key, value in fields.items() if value is not None}, decisions.name.strip() or "recept", Recipe
    )


def _refuse_without(decisions: Decisions) -> None:
    """Refuse what cannot be a recipe yet, with the first thing that a person has to say."""
    new = [one for one in decisions.columns.values() if isinstance(one, NewIndicator)]
    untitled = next((one for one in new if len(one.title.strip()) < 2), None)
    without_unit = next((one for one in new if not one.unit.strip()), None)
    without_direction = next((one for one in new if one.higher_is is None), None)
    half = next((one for one in new if bool(one.pillar) != bool(one.theme)), None)
    known = [one for one in decisions.columns.values() if isinstance(one, str)]
    twice = next((one for one in known if known.count(one) > 1), None)
    rules = (
        (len(decisions.name.strip()) < 2, "Het recept heeft nog geen naam; schrijf hoe deze tabel heet."),
        (decisions.area is None, "Er is nog niet gezegd waar het gebied staat; kies de kolom en zo nodig de gemeente."),
        (
            decisions.period is None,
            "Er is nog niet gezegd van welk jaar de cijfers zijn; vul het jaar in of kies de kolom.",
        ),
        (not decisions.columns, "Er is nog geen cijfer gekozen; kies ten minste één kolom."),
        (
            len(decisions.source.publisher.strip()) < 2 or len(decisions.source.title.strip()) < 2,
            "De bron ontbreekt; schrijf wie de tabel maakte en hoe zij heet.",
        ),
        (untitled is not None, "Een nieuw cijfer heeft nog geen titel; schrijf wat het is."),
        (
            without_unit is not None,
            f"‘{_title(without_unit)}’ heeft nog geen eenheid; schrijf bijvoorbeeld % of aantal.",
        ),
        (
            without_direction is not None,
            f"Van ‘{_title(without_direction)}’ is niet gezegd of hoger beter is; kies beter, slechter of geen van beide.",
        ),
        (half is not None, f"Bij ‘{_title(half)}’ horen pijler en thema samen; kies beide of geen van beide."),
        (twice is not None, f"Twee kolommen zijn hetzelfde cijfer ({twice}); kies er één."),
    )
    for broken, sentence in rules:
        if broken:
            raise RecipeError(sentence)


def _title(one: NewIndicator | None) -> str:
    return "" if one is None else one.title.strip()


def own_id(title: str, source: str, taken: set[str], catalogue: Catalogue) -> str:
    """Name an own indicator by its title; one of the same source with that title is the same one."""
    base = f"{OWN}{slug(title)}"
    for n in range(1, len(taken) + 2):
        name = base if n == 1 else f"{base}_{n}"
        if name not in taken:
            return name
        known = catalogue.indicators.get(name)
        if known is not None and known.series == source and known.title == title.strip():
            return name
    return base


def indicator_table(new: NewIndicator, source: str, of: NewSource) -> dict[str, Any]:
    """Write a new indicator as a table of the catalogue. source: the id of the own source; of: who made the figures."""
    title, unit, kind = new.title.strip(), new.unit.strip(), kind_of_unit(new.unit)
    table: dict[str, Any] = {
        "title": title,
        "short": title if len(title) <= 32 else f"{title[:31].rstrip()}…",
        "description": f"{title}, zoals aangeleverd door {of.publisher.strip() or 'de gemeente'}.",
        "unit": unit,
        "unit_kind": kind.value,
        "decimals": new.decimals,
        "higher_is": new.higher_is.value if new.higher_is else "",
        "role": (Role.SHOWN if new.pillar else Role.CONTEXT).value,
        "evidence": (Evidence.PERCEIVED if of.perceived else Evidence.MEASURED).value,
        "series": source,
    }
    if new.pillar:
        table |= {"pillar": new.pillar, "theme": new.theme}
    if new.minimum_population:
        table["minimum_population"] = new.minimum_population
    if kind is UnitKind.PERCENT:
        table["range"] = [0.0, 100.0]
    return table


def source_table(new: NewSource) -> dict[str, Any]:
    """Write a new source as a table of the catalogue."""
    title, publisher = new.title.strip(), new.publisher.strip() or "de uitgever"
    return {
        "publisher": publisher,
        "title": title,
        "short": f"{title} ({publisher})" if new.publisher.strip() else title,
        "licence": f"Volgens {publisher}",
        "url": "",
        "method": f"Tabel van {publisher}, ingelezen met een recept. Hoe de cijfers zijn gemaakt, weet {publisher}.",
        "evidence": (Evidence.PERCEIVED if new.perceived else Evidence.MEASURED).value,
    }


def proposal(one: Figures) -> NewIndicator:
    """The new indicator that a column of figures seems to be; its direction nobody can guess."""
    title = re.sub(r"\s*(?:\[[^\]]*\]|\(\d+\))", "", one.label).strip()
    return NewIndicator(title[:120].capitalize() if title.islower() else title[:120], one.unit, None, one.decimals)


def proposed_columns(figures: Sequence[Figures]) -> dict[str, str | NewIndicator]:
    """Every column as what it seems to be: the indicator that it is called after, else a new one."""
    used: set[str] = set()
    columns: dict[str, str | NewIndicator] = {}
    for one in figures:
        if one.indicator is not None and one.indicator not in used:
            used.add(one.indicator)
            columns[one.header] = one.indicator
        else:
            columns[one.header] = proposal(one)
    return columns
