"""Whether areas lie among areas like themselves on the yearly figures: local Moran over the pillar scores of a gemeente."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from wijkdata import periods
from wijkdata.analysis.impact.neighbours import Neighbours
from wijkdata.analysis.signals import moran
from wijkdata.areas import Level, is_fictional
from wijkdata.questions.shared import places, provenance, weak_pillars
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.signalen import series, words
from wijkdata.questions.signalen.answer import Around, Surroundings, WhyNoSurroundings
from wijkdata.store.monitor.versions import Monitor


@kept(64)
def surroundings(monitor: Monitor, municipality: str, level: Level) -> Surroundings:
    """Compare each area of a gemeente with its neighbours, on every pillar of which enough areas have a score of one year."""
    scores = _scores(monitor, municipality, level)
    neighbours = series.neighbours_in(monitor, municipality, level)
    beside = {
        pillar: int(sum(bool(neighbours.get(code, frozenset()) & set(part.index)) for code in part.index))
        for pillar, part in scores.items()
    }
    n = max(beside.values(), default=0)
    source = _source(monitor, level, is_fictional(municipality), scores, n)
    why_not = _why_not(scores, neighbours, n)
    if why_not is not None:
        return Surroundings((), n, moran.LEAST_AREAS, why_not, source)
    enough = {pillar: -part["score"] for pillar, part in scores.items() if beside[pillar] >= moran.LEAST_AREAS}
    permutations = moran.enough_permutations(sum(map(len, enough.values())))
    morans = moran.local_morans(enough, neighbours, permutations)
    names = {place.code: place.name for place in places.places_in(monitor, municipality, level)}
    listed = [
        _around(monitor, pillar, scores[pillar].loc[code], (str(code), names.get(str(code), str(code))), row)
        for pillar, frame in morans.items()
        for code, row in frame.dropna(subset=["p"]).to_dict("index").items()
    ]
    listed.sort(key=lambda one: (one.name, one.pillar))
    return Surroundings(tuple(listed), n, moran.LEAST_AREAS, None, source)


def _scores(monitor: Monitor, municipality: str, level: Level) -> dict[str, pd.DataFrame]:
    """Return per pillar the scores (by code: score, period) of the year that most areas have as their newest."""
    rows = weak_pillars.judged(monitor, level, municipality)
    by_pillar = {}
    for pillar, part in rows.groupby("pillar", sort=True):
        year = int(part["period"].mode().max())
        by_pillar[str(pillar)] = part[part["period"] == year].set_index("code")[["score", "period"]]
    return by_pillar


def _why_not(scores: dict[str, pd.DataFrame], neighbours: Neighbours, n: int) -> WhyNoSurroundings | None:
    if not scores:
        return WhyNoSurroundings.NO_SCORES
    if not neighbours:
        return WhyNoSurroundings.NO_BORDERS
    return WhyNoSurroundings.FEW_AREAS if n < moran.LEAST_AREAS else None


def _around(
    monitor: Monitor, pillar: str, score: pd.Series, called: tuple[str, str], row: Mapping[Hashable, Any]
) -> Around:
    code, name = called
    return Around(
        code=code,
        name=name,
        pillar=monitor.catalogue.pillars[pillar].subject,
        year=int(score["period"]),
        score=float(score["score"]),
        around=-float(row["around"]),
        i=float(row["i"]),
        q=float(row["q"]),
        kind=moran.MoranKind(row["surroundings"]),
    )


def _source(monitor: Monitor, level: Level, fictional: bool, scores: dict[str, pd.DataFrame], n: int) -> SourceLine:
    years = sorted({int(part["period"].iloc[0]) for part in scores.values()})
    scored = [item.id for item in monitor.catalogue.indicators.values() if item.role == "score" and item.pillar]
    rows = provenance.coverage(monitor, fictional)
    rows = rows[(rows["level"] == level) & rows["indicator"].isin(scored) & (rows["n"] > 0)]
    rows = rows[periods.are_years(rows["period"])]
    text = provenance.source_text(monitor.catalogue, rows)
    return words.surroundings_source(text, provenance.source_ids(rows), years, n, level, fictional)
