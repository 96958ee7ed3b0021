"""The four tiles of Overzicht: the score of a gemeente on each pillar, its change, and what it rests on."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.change import ERRORS, Verdict
from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue, Pillar, Role
from wijkdata.questions.overzicht.answer import Tile
from wijkdata.questions.shared import changes, places
from wijkdata.questions.shared import population as shared_population
from wijkdata.questions.shared import scores as shared_scores
from wijkdata.questions.shared.answer import PILLAR
from wijkdata.settings import MINIMUM_POPULATION, SMALL_CHANGE
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

# So many figures are named; the rest is counted.
MOST_NAMED = 3
RESIDENTS_FIRST = (
    "Het aantal inwoners is nog niet ingelezen; lees de Kerncijfers van het CBS of de wijk- en buurtkaart in. Heel kleine "
    "gebieden krijgen geen score."
)


@dataclass(frozen=True)
class Material:
    """What is known about the areas of one gemeente at one level.

    table: `scores.score_table`; details, expected: as in PillarScores; names, population: by code; measured: the
    indicators of a pillar with a value in these areas; without_reference: indicators for which there is no national reference.
    """

    monitor: Monitor
    municipality: str
    level: Level
    table: pd.DataFrame
    details: pd.DataFrame
    expected: pd.DataFrame
    names: pd.Series
    population: pd.Series
    measured: frozenset[str]
    without_reference: frozenset[str]


def gather(monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level) -> Material:
    """Return everything the tiles need, of the areas of this gemeente only."""
    answer = shared_scores.of_municipality(monitor, level, municipality)
    areas = places.all_areas(monitor, level)
    areas = areas[areas["municipality"] == municipality]
    of_pillars = [item.id for item in catalogue.indicators.values() if item.role in (Role.SCORE, Role.SHOWN)]
    return Material(
        monitor=monitor,
        municipality=municipality,
        level=level,
        table=answer.table,
        details=answer.details,
        expected=answer.expected,
        names=areas["name"],
        population=areas["population"],
        measured=queries.measured(monitor, of_pillars, level, municipality),
        without_reference=frozenset(answer.without_reference),
    )


def tile(material: Material, pillar: Pillar, ids: tuple[str, ...]) -> Tile:
    """Make the tile of one pillar. ids: the indicators that could count. Without a score there is no number, never 0."""
    rows = material.table[material.table["pillar"] == pillar.id]
    usable = rows[rows["fresh"] & rows["score"].notna()]
    if usable.empty:
        return _empty(pillar, _why_empty(material, pillar, ids, rows))
    year = int(usable["period"].max())
    now = _scores(rows, year)
    course = _course(material, pillar.id, rows, year, now)
    details = material.details[(material.details["pillar"] == pillar.id) & (material.details["period"] == year)]
    used = _used(details, now.index)
    details = details[details["indicator"].isin(used)]
    expected = material.expected
    n_expected = int(((expected["pillar"] == pillar.id) & (expected["period"] == year)).sum())
    modelled = bool(rows.loc[(rows["period"] == year) & rows["score"].notna(), "modelled_only"].all())
    measured = tuple(sorted({int(period) for period in details["used_period"]}))
    return Tile(
        pillar=pillar.id,
        title=pillar.title,
        number=mean(now, material.population),
        year=year,
        scores=now.sort_values(),
        chosen=None,
        then=course.then if course else None,
        change=course.change if course else None,
        verdict=course.verdict if course else Verdict.MISSING,
        whole=course.whole if course else float("nan"),
        sentence=course_sentence(course, usable["period"].nunique(), _everybody(material)),
        coverage=coverage_text(year, len(used), n_expected, modelled, measured),
        missing="",
        indicators=used,
        measured=measured,
        modelled_only=modelled,
        lowest=_lowest(material, now.sort_values()),
    )


def single_out(one: Tile, code: str | None, material: Material) -> Tile:
    """Return the tile with the chosen area in it; as it was when that has no score here."""
    if code is None or code not in one.scores.index:
        return one
    text = f"{material.names[code]}: {dutch.number(one.scores[code])}." if len(one.scores) > 1 else ""
    return replace(one, chosen=code, singled=text)


def mean(scores: pd.Series, population: pd.Series) -> float:
    """Return the mean weighted by inhabitants over the areas with a score (unknown inhabitants: no score)."""
    return shared_population.weighted_mean(scores, population)


@dataclass(frozen=True)
class Course:
    """What a pillar did since the first year that may be compared. whole: what all areas together did, NaN = not known."""

    then: int
    change: float
    verdict: Verdict
    whole: float


def course_sentence(course: Course | None, years: int, everybody: str) -> str:
    """Return what happened, with what the whole did; `years`: how many years there are at all."""
    if course is None:
        if years < 2:
            return "Eén meetjaar, dus nog geen verloop."
        return "Geen eerder jaar met dezelfde cijfers, dus nog geen verloop."
    words = {
        Verdict.SAME: f"Vrijwel gelijk aan {course.then}",
        Verdict.ORDINARY: f"Niet duidelijk veranderd sinds {course.then}",
        Verdict.UP: f"Gestegen sinds {course.then}",
        Verdict.DOWN: f"Gedaald sinds {course.then}",
    }[course.verdict]
    beside = "" if math.isnan(course.whole) else f"; {everybody} {dutch.number(course.whole, 0, True)}"
    return f"{words} ({dutch.number(course.change, 0, True)}{beside})."


def coverage_text(year: int, n: int, n_expected: int, modelled: bool, measured: tuple[int, ...]) -> str:
    """Return `2022 · rust op één modelcijfer`, `2020 · 3 van 4 cijfers, gemeten in 2019 en 2020`."""
    if n == 1 and n_expected <= 1:
        words = "rust op één modelcijfer" if modelled else "rust op één cijfer"
    else:
        words = f"{n} van {n_expected} cijfers" + (", alleen modelschattingen" if modelled else "")
    age = "" if measured == (year,) else f", gemeten in {dutch.years(list(measured))}"
    return f"{year} · {words}{age}"


def _course(material: Material, pillar: str, rows: pd.DataFrame, year: int, now: pd.Series) -> Course | None:
    """The first year with which at least half of the areas may be compared, and the mean change."""
    made_of = rows.set_index(["period", "code"])["made_of"]
    fresh = sorted({int(period) for period in rows.loc[rows["fresh"] & rows["score"].notna(), "period"]})
    for then in fresh[:-1]:
        before = _scores(rows, then)
        same = made_of[then].reindex(now.index) == made_of[year].reindex(now.index)
        both = now.index[same.to_numpy() & now.index.isin(before.index)]
        if len(both) and 2 * len(both) >= len(now):
            change = mean(now[both] - before[both], material.population)
            return _judged(material, PILLAR + pillar, both, change, (then, year))
    return None


def _judged(material: Material, name: str, areas: pd.Index, change: float, years: tuple[int, int]) -> Course:
    """A mean changes less by chance than one area: the errors of its areas, by their share of the inhabitants."""
    fictional = is_fictional(material.municipality)
    errors = changes.errors(material.monitor, name, material.level, fictional, areas)
    share = material.population.reindex(areas) / material.population.reindex(areas).sum()
    error = float(((errors * share) ** 2).sum(skipna=False) ** 0.5)
    verdict = Verdict.UP if change > 0 else Verdict.DOWN
    if abs(dutch.as_written(change)) < SMALL_CHANGE:
        verdict = Verdict.SAME
    elif abs(change) <= ERRORS * error:
        verdict = Verdict.ORDINARY
    whole = changes.judged(material.monitor, name, material.level, fictional, *years).whole
    return Course(years[0], change, verdict, whole)


def _everybody(material: Material) -> str:
    return "alle fictieve gemeenten" if is_fictional(material.municipality) else "Nederland"


def _lowest(material: Material, scores: pd.Series) -> str:
    """The first of these scores, the lowest: areas with few residents have none, so they are never named."""
    if len(scores) < 2:
        return ""
    lowest = str(scores.index[0])
    return f"Laagste {material.level.value}: {material.names[lowest]} ({dutch.number(scores[lowest])})."


def _why_empty(material: Material, pillar: Pillar, ids: tuple[str, ...], rows: pd.DataFrame) -> str:
    """Why there is no score, and what would help."""
    plural = material.level.plural
    if rows["position"].notna().any() and material.population.isna().all():
        return RESIDENTS_FIRST
    if rows["position"].notna().any():
        return (
            f"Alle {plural} hier hebben minder dan {dutch.number(MINIMUM_POPULATION)} inwoners; dan is er geen score."
        )
    if material.without_reference.issuperset(ids):
        return f"Voor {plural} is er bij deze pijler nog geen landelijk ijkpunt."
    elsewhere = measured_elsewhere(material, [name for name in ids if name not in material.measured])
    if elsewhere:
        return elsewhere
    if material.measured.intersection(ids):
        return f"Te weinig cijfers voor een score. {pillar.missing}"
    return pillar.missing


def measured_elsewhere(material: Material, ids: Iterable[str]) -> str:
    """Say that figures were read in and belong to areas of another division; "" when that is not why they are missing.

    Reading the same file in again would not help.
    """
    rows = queries.observations(material.monitor, list(ids), material.level)
    rows = rows[rows["code"].isin(material.names.index) & rows["reason"].isin(list(dutch.REASONS_OF_LINKS))]
    if rows.empty:
        return ""
    indicators = material.monitor.catalogue.indicators
    names = [dutch.inside(indicators[name].short) for name in ids if name in set(rows["indicator"])]
    more = [f"{len(names) - MOST_NAMED} andere cijfers"] if len(names) > MOST_NAMED else []
    listed = dutch.capital(dutch.listing([*names[:MOST_NAMED], *more]))
    why = dutch.reason_text(str(rows["reason"].mode().iloc[0]))
    return (
        f"{listed}: ingelezen, maar {why}. Opnieuw inlezen helpt niet; Gegevens laat zien welke gebieden veranderden."
    )


def _empty(pillar: Pillar, why: str) -> Tile:
    return Tile(
        pillar=pillar.id,
        title=pillar.title,
        number=None,
        year=None,
        scores=pd.Series(dtype=float),
        chosen=None,
        then=None,
        change=None,
        verdict=Verdict.MISSING,
        whole=float("nan"),
        sentence="",
        coverage="",
        missing=why,
        indicators=(),
        measured=(),
        modelled_only=False,
    )


def _used(details: pd.DataFrame, areas: pd.Index) -> tuple[str, ...]:
    """The indicators that count for at least half of the areas."""
    n = details[details["code"].isin(areas)].groupby("indicator", sort=False)["code"].nunique()
    return tuple(str(name) for name in n.index[2 * n >= len(areas)])


def _scores(rows: pd.DataFrame, year: int) -> pd.Series:
    return rows[rows["period"] == year].set_index("code")["score"].dropna()
