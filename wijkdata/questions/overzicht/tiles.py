"""The four tiles of Overzicht: the score of a gemeente on each pillar, its change, and what it rests on."""

from dataclasses import dataclass, replace

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue, Pillar, Role
from wijkdata.questions.overzicht.answer import Tile
from wijkdata.questions.shared import places
from wijkdata.questions.shared import population as shared_population
from wijkdata.questions.shared import scores as shared_scores
from wijkdata.settings import MINIMUM_POPULATION, SMALL_CHANGE
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

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
    fictional = is_fictional(municipality)
    answer = shared_scores.scores(monitor, level, fictional)
    areas = places.all_areas(monitor, level)
    areas = areas[areas["municipality"] == municipality]
    of_pillars = [item.id for item in catalogue.indicators.values() if item.role in (Role.SCORE, Role.SHOWN)]
    return Material(
        municipality=municipality,
        level=level,
        table=_of(shared_scores.score_table(monitor, level, fictional), areas.index),
        details=_of(answer.details, areas.index),
        expected=answer.expected[answer.expected["municipality"] == municipality],
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
    then, change = _change(material, pillar.id, rows, year, now)
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
        then=then,
        change=change,
        sentence=f"{change_sentence(change, then, usable['period'].nunique())}{_lowest(material, now)}",
        coverage=coverage_text(year, len(used), n_expected, modelled, measured),
        missing="",
        indicators=used,
        measured=measured,
        modelled_only=modelled,
    )


def single_out(one: Tile, code: str | None, material: Material) -> Tile:
    """Return the tile with the chosen area in it; as it was when that has no score here."""
    if code is None or code not in one.scores.index:
        return one
    lowest = len(one.scores) < 2 or one.scores.index[0] == code
    text = "" if lowest else f" {material.names[code]}: {dutch.number(one.scores[code])}."
    return replace(one, chosen=code, sentence=one.sentence + text)


def mean(scores: pd.Series, population: pd.Series) -> float:
    """Return the mean weighted by inhabitants over the areas with a score (unknown inhabitants: no score)."""
    return shared_population.weighted_mean(scores, population)


def change_sentence(change: float | None, then: int | None, years: int) -> str:
    """Return what happened since the first year with the same coverage; `years`: how many years there are at all."""
    if change is None or then is None:
        if years < 2:
            return "Eén meetjaar, dus nog geen verloop."
        return "Geen eerder jaar met dezelfde cijfers, dus nog geen verloop."
    if abs(change) < SMALL_CHANGE:
        return f"Vrijwel gelijk aan {then} ({points(change)})."
    return f"{'Gestegen' if change > 0 else 'Gedaald'} sinds {then} ({points(change)})."


def points(change: float) -> str:
    """Return a change in points, in as few decimals as keep it on its own side of the limit (1,96 is not shown as 2)."""
    for decimals in range(4):
        if (abs(round(change, decimals)) >= SMALL_CHANGE) == (abs(change) >= SMALL_CHANGE):
            return dutch.number(change, decimals, signed=True)
    return dutch.number(change, 4, signed=True)


def coverage_text(year: int, n: int, n_expected: int, modelled: bool, measured: tuple[int, ...]) -> str:
    """Return `2022 · rust op één modelcijfer`, `2020 · 3 van 4 cijfers, gemeten in 2019 en 2020`."""
    if n == 1 and n_expected <= 1:
        words = "rust op één modelcijfer" if modelled else "rust op één cijfer"
    else:
        words = f"{n} van {n_expected} cijfers" + (", alleen modelschattingen" if modelled else "")
    age = "" if measured == (year,) else f", gemeten in {dutch.years(list(measured))}"
    return f"{year} · {words}{age}"


def _change(
    material: Material, pillar: str, rows: pd.DataFrame, year: int, now: pd.Series
) -> tuple[int | None, float | None]:
    """The first year in which at least half of the areas were scored on the same indicators, and the mean change."""
    details = material.details[material.details["pillar"] == pillar]
    # Which indicators counted, as one number per year and area: a bit for each.
    bits = details["indicator"].map({name: 1 << place for place, name in enumerate(details["indicator"].unique())})
    sets = bits.groupby([details["period"], details["code"]]).sum()
    fresh = sorted({int(period) for period in rows.loc[rows["fresh"] & rows["score"].notna(), "period"]})
    for then in fresh[:-1]:
        before = _scores(rows, then)
        same = sets[then].reindex(now.index) == sets[year].reindex(now.index)
        both = now.index[same.to_numpy() & now.index.isin(before.index)]
        if len(both) and 2 * len(both) >= len(now):
            return then, mean(now[both] - before[both], material.population)
    return None, None


def _lowest(material: Material, now: pd.Series) -> str:
    """The lowest area: those with few residents have no score, so they are never named."""
    if len(now) < 2:
        return ""
    lowest = str(now.idxmin())
    return f" Laagste {material.level.value}: {material.names[lowest]} ({dutch.number(now[lowest])})."


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
    if material.measured.intersection(ids):
        return f"Te weinig cijfers voor een score. {pillar.missing}"
    return pillar.missing


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


def _of(frame: pd.DataFrame, codes: pd.Index) -> pd.DataFrame:
    return frame[frame["code"].isin(codes)]
