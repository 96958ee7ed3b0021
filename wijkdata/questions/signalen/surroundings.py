"""Whether areas lie among areas like themselves on the yearly figures: local Moran over the pillar scores of a gemeente."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from wijkdata.analysis.impact.neighbours import Neighbours
from wijkdata.analysis.signals import moran
from wijkdata.areas import Level, is_fictional
from wijkdata.questions.shared import places, provenance, scores, topics, weak_pillars
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.signalen import series, words
from wijkdata.questions.signalen.answer import Around, Surroundings, WhyNoSurroundings
from wijkdata.store.monitor.versions import Monitor


@kept(64)
def surroundings(monitor: Monitor, municipality: str, level: Level) -> Surroundings:
    """Compare each area of a gemeente with its neighbours, on every pillar of which enough areas have a score of one year."""
    compared = _scores(monitor, municipality, level)
    neighbours = series.neighbours_in(monitor, municipality, level)
    beside = {
        pillar: int(sum(bool(neighbours.get(code, frozenset()) & set(part.index)) for code in part.index))
        for pillar, part in compared.items()
    }
    n = max(beside.values(), default=0)
    source = _source(monitor, municipality, level, compared, n)
    why_not = _why_not(compared, neighbours, n)
    if why_not is not None:
        return Surroundings((), n, moran.LEAST_AREAS, why_not, source)
    enough = {pillar: -part["score"] for pillar, part in compared.items() if beside[pillar] >= moran.LEAST_AREAS}
    permutations = moran.enough_permutations(sum(map(len, enough.values())))
    morans = moran.local_morans(enough, neighbours, permutations)
    names = {place.code: place.name for place in places.places_in(monitor, municipality, level)}
    listed = [
        _around(monitor, pillar, compared[pillar].loc[code], (str(code), names.get(str(code), str(code))), row)
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


def _source(monitor: Monitor, municipality: str, level: Level, compared: dict[str, pd.DataFrame], n: int) -> SourceLine:
    """Name what these scores of this gemeente were counted from, in the years in which it was measured."""
    fictional = is_fictional(municipality)
    details = scores.scores(monitor, level, fictional).details
    used = pd.concat([_used(details, pillar, part) for pillar, part in compared.items()] or [details[:0]])
    used = used[["indicator", "used_period"]].drop_duplicates()
    rows = topics.coverage(monitor, municipality)
    rows = rows[rows["level"] == level].merge(
        used.rename(columns={"used_period": "period"}), on=["indicator", "period"]
    )
    years = sorted({int(part["period"].iloc[0]) for part in compared.values()})
    text, ids = provenance.source_text(monitor.catalogue, rows), provenance.source_ids(rows)
    return words.surroundings_source(text, ids, years, n, level, fictional)


def _used(details: pd.DataFrame, pillar: str, part: pd.DataFrame) -> pd.DataFrame:
    """Keep which indicator of which year counted in these scores of one pillar, all of one year."""
    year = part["period"].iloc[0]
    return details[(details["pillar"] == pillar) & (details["period"] == year) & details["code"].isin(part.index)]
