"""Pillar scores: plain means of signed z-scores against a fixed reference year, reported as 100 + 15 z.

Sources: OECD/JRC Handbook (2008) for z-scores, plain means and coverage; Wijkprofiel Rotterdam for the fixed base year,
for objective and perceived as two halves, and for the 100-scale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from wijkdata.analysis.zscores import Reference, ZScores, codes_of, z_scores
from wijkdata.areas import is_fictional, municipality_of
from wijkdata.catalogue import Evidence, Indicator, Role

PILLAR_COLUMNS = (
    "code", "pillar", "period", "score", "raw", "n_indicators", "n_expected", "oldest_age", "modelled_only", "objective",
    "perceived", "reason", "population", "position",
)  # fmt: skip
SET_COLUMNS = tuple(name for name in PILLAR_COLUMNS if name not in ("pillar", "objective", "perceived"))
# A pillar needs two thirds of the indicators expected there (kept as integers: 2/3 has no exact float).
_NEED, _OF = 2, 3


@dataclass(frozen=True)
class PillarScores:
    """Scores of areas on pillars, with everything needed to explain them.

    table: PILLAR_COLUMNS, one row per code, pillar and period: `score` (100 = reference, sd 15), `raw` (mean z),
        `n_indicators` of `n_expected` (counted of expected), `oldest_age` (years between the score and its farthest
        measurement, NaN when there is none), `modelled_only` (every counted indicator is a model estimate),
        `objective`, `perceived` (the two sub-scores, mean z), `reason` (None, `insufficient` or `few_residents`),
        `population` (inhabitants, NaN when unknown: such an area is scored, and the screen can say so), `position` (the
        score, also for areas with few residents: only to draw an open mark, never to be named or ranked).
    details: one row per counted indicator: `code, pillar, period, indicator, used_period, z` (clipped), `z_unclipped`.
    expected: `municipality, pillar, period, indicator`: what was expected of the areas of that gemeente in that year.
    catalogue: pillar -> all indicators that could count, measured or not.
    without_reference: indicators left out because the reference moments hold no row for them at this level.
    """

    table: pd.DataFrame
    details: pd.DataFrame
    expected: pd.DataFrame
    catalogue: dict[str, tuple[str, ...]]
    without_reference: tuple[str, ...]


def pillar_scores(
    observations: pd.DataFrame,
    indicators: Iterable[Indicator],
    reference: Reference,
    years: Sequence[int],
    codes: pd.Index | None = None,
) -> PillarScores:
    """Score areas per pillar and year.

    Formula: z = sign (x - m) / sd, clipped at 3; theme = plain mean of z; sub-score (objective, perceived) = plain mean
    of its themes; raw = mean of the two sub-scores, or the one there is; score = 100 + 15 raw / sd, where sd is that of
    the raw pillar over the reference set (`pillar:<id>` in the moments). Only `role = score` counts.

    Expected are the indicators that, within the reference's `maximum_age` of the year, at least half of the scorable areas
    have in that gemeente or in the whole set: a gemeente's own survey counts there, and what nobody has blocks nobody. Only expected
    indicators count, so that the areas of one gemeente are measured alike. Below two thirds of them, or with an expected
    theme empty: `insufficient`, and no score. Fictional and real areas never count for each other.

    Args:
        observations: `code, indicator, period, value`, NaN = missing; any levels, any indicators.
        indicators: catalogue entries. years: the years to score.
        codes: the areas to score; default all of the reference's level in `observations`.

    Raises:
        WijkdataError: duplicate observations or duplicate rows in the moments.
    """
    areas = codes if codes is not None else codes_of(observations, reference.level)
    entries = [item for item in indicators if item.role is Role.SCORE and item.pillar]
    entries.sort(key=lambda item: str(item.pillar))  # stable: catalogue order inside a pillar
    scores = z_scores(observations, entries, reference, years, areas)
    inhabitants = reference.inhabitants(areas)
    few = inhabitants < reference.minimum_population
    expected, in_municipality = _expected(scores, ~few)
    counted = ~np.isnan(scores.z) & expected
    catalogue = {pillar: tuple(item.id for item in group) for pillar, group in groupby(entries, lambda e: e.pillar)}
    tables = []
    for pillar in catalogue:
        members = np.array([item.pillar == pillar for item in scores.indicators], dtype=bool)
        scale = _Scale(inhabitants, few, reference.moment(f"pillar:{pillar}"))
        tables.append(_pillar(scores, pillar, members, expected, counted, scale))
    return PillarScores(
        table=pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(),
        details=scores.frame(counted),
        expected=in_municipality,
        catalogue=catalogue,
        without_reference=scores.without_reference,
    )


@dataclass(frozen=True)
class SetScores:
    """Scores of areas on one fixed set of indicators ("van kwetsbaar naar weerbaar"); higher is better.

    table: SET_COLUMNS;
    details: `code, period, indicator, used_period, z, z_unclipped`. Meanings as in PillarScores.
    """

    table: pd.DataFrame
    details: pd.DataFrame
    without_reference: tuple[str, ...]


def set_score(
    observations: pd.DataFrame,
    indicators: Iterable[Indicator],
    reference: Reference,
    years: Sequence[int],
    name: str,
    codes: pd.Index | None = None,
) -> SetScores:
    """Average the clipped z of a fixed set, on the same 100-scale; only where the **whole** set exists.

    With a reference of `maximum_age=0` only years in which all of it was measured give a score: the rule for paths. The
    scale is the row `set:<name>` of the moments. The direction is that of a score, so a vulnerability axis runs from high
    to low.
    Arguments and errors as `pillar_scores`.
    """
    areas = codes if codes is not None else codes_of(observations, reference.level)
    entries = list(indicators)
    scores = z_scores(observations, entries, reference, years, areas)
    inhabitants = reference.inhabitants(areas)
    present = ~np.isnan(scores.z)
    raw = plain_mean(scores.clipped, present)
    n = present.sum(axis=0)
    enough = n == len(entries)
    scale = _Scale(inhabitants, inhabitants < reference.minimum_population, reference.moment(f"set:{name}"))
    columns = _columns(scores, present, raw, enough, scale)
    columns |= {"n_indicators": n.ravel(), "n_expected": np.full(n.size, len(entries))}
    table = pd.DataFrame({column: columns[column] for column in SET_COLUMNS})
    return SetScores(table, scores.frame(present).drop(columns="pillar"), scores.without_reference)


def _expected(scores: ZScores, scorable: np.ndarray) -> tuple[np.ndarray, pd.DataFrame]:
    """Find which indicators are expected of which area: bool [indicator, year, area], and as a frame per gemeente."""
    home, homes = pd.factorize(np.array([municipality_of(code) or code for code in scores.codes], dtype=object))
    fictional = np.array([is_fictional(code) for code in scores.codes], dtype=np.int64)
    present = ~np.isnan(scores.z) & scorable
    at_home = _half(present, home, len(homes), scorable)
    overall = _half(present, fictional, 2, scorable)
    home_is_fictional = np.zeros(len(homes), dtype=np.int64)
    home_is_fictional[home] = fictional
    per_home = at_home | overall[:, :, home_is_fictional]
    i, t, m = np.nonzero(per_home)
    frame = pd.DataFrame(
        {
            "municipality": pd.Index(homes, dtype=object)[m],
            "pillar": pd.Index([item.pillar for item in scores.indicators], dtype="str").take(i),
            "period": np.array(scores.years, dtype=np.int64)[t],
            "indicator": pd.Index([item.id for item in scores.indicators], dtype="str").take(i),
        }
    )
    return per_home[:, :, home], frame


def _half(present: np.ndarray, group: np.ndarray, n: int, scorable: np.ndarray) -> np.ndarray:
    """Tell whether at least half of the scorable areas of each group have each indicator: bool [indicator, year, group]."""
    member = np.zeros((len(group), n))
    member[np.arange(len(group)), group] = 1
    size = scorable.astype(float) @ member
    return (2 * (present.astype(float) @ member) >= size) & (size > 0)


@dataclass(frozen=True)
class _Scale:
    """What turns raw means into scores: inhabitants and whether they are few, per area; (mean, sd) of the raw mean over the
    reference set, None when that is not known."""

    inhabitants: np.ndarray
    few: np.ndarray
    moment: tuple[float, float] | None


def _pillar(
    scores: ZScores, pillar: str, members: np.ndarray, expected: np.ndarray, counted: np.ndarray, scale: _Scale
) -> pd.DataFrame:
    """Make the rows of one pillar. members: bool [indicator]."""
    entries = [item for item, member in zip(scores.indicators, members, strict=True) if member]
    z, counts, due = scores.clipped[members], counted[members], expected[members]
    objective_score, perceived_score = half_scores(z, counts, entries)
    halves = np.stack([objective_score, perceived_score])
    raw = plain_mean(halves, ~np.isnan(halves))
    n, m = counts.sum(axis=0), due.sum(axis=0)
    enough = enough_counted(counts, due, entries)
    columns = _columns(scores, counted & members[:, None, None], raw, enough, scale)
    columns |= {
        "pillar": pillar,
        "n_indicators": n.ravel(),
        "n_expected": m.ravel(),
        "objective": np.where(enough, objective_score, np.nan).ravel(),
        "perceived": np.where(enough, perceived_score, np.nan).ravel(),
    }
    return pd.DataFrame({column: columns[column] for column in PILLAR_COLUMNS})


def _columns(
    scores: ZScores, counted: np.ndarray, raw: np.ndarray, enough: np.ndarray, scale: _Scale
) -> dict[str, Any]:
    """Make the columns that a pillar and a set share; arrays are [year, area], `counted` [indicator, year, area]."""
    few = np.broadcast_to(scale.few, raw.shape)
    raw = np.where(enough, raw, np.nan)
    position = 100 + 15 * raw / scale.moment[1] if scale.moment else np.full(raw.shape, np.nan)
    score = np.where(few, np.nan, position)
    reason = np.full(score.shape, None, dtype=object)
    reason[np.isnan(score)] = "insufficient"
    reason[few] = "few_residents"
    years = np.array(scores.years, dtype=np.int64)
    age = np.where(counted, np.abs(scores.used_period - years[None, :, None]), -1).max(axis=0, initial=-1)
    modelled = np.array([item.evidence is Evidence.MODELLED for item in scores.indicators], dtype=bool)
    only = counted.any(axis=0) & ~(counted & ~modelled[:, None, None]).any(axis=0)
    return {
        "code": scores.codes.take(np.tile(np.arange(len(scores.codes)), len(years))),
        "period": np.repeat(years, len(scores.codes)),
        "score": score.ravel(),
        "raw": raw.ravel(),
        "oldest_age": np.where(age < 0, np.nan, age).ravel(),
        "modelled_only": only.ravel(),
        "reason": pd.Series(reason.ravel(), dtype=object),
        "population": np.broadcast_to(scale.inhabitants, raw.shape).ravel(),
        "position": position.ravel(),
    }


def half_scores(z: np.ndarray, counts: np.ndarray, entries: Sequence[Indicator]) -> tuple[np.ndarray, np.ndarray]:
    """Average what counts per theme, and the themes of the objective and of the perceived half; first axis: entries."""
    perceived = np.array([item.evidence is Evidence.PERCEIVED for item in entries], dtype=bool)
    perceived = perceived.reshape(-1, *([1] * (z.ndim - 1)))
    themes = _themes(entries)
    return _mean_of_themes(z, counts & ~perceived, themes), _mean_of_themes(z, counts & perceived, themes)


def enough_counted(counts: np.ndarray, due: np.ndarray, entries: Sequence[Indicator]) -> np.ndarray:
    """Tell whether two thirds of what was due counted, and something of every theme that was due; first axis: entries."""
    enough = np.asarray(_OF * counts.sum(axis=0) >= _NEED * due.sum(axis=0))
    for theme in _themes(entries):
        enough &= counts[theme].any(axis=0) | ~due[theme].any(axis=0)
    return enough


def _themes(entries: Sequence[Indicator]) -> list[np.ndarray]:
    """Tell per theme which entries it has."""
    return [
        np.array([item.theme == theme for item in entries], bool) for theme in dict.fromkeys(e.theme for e in entries)
    ]


def _mean_of_themes(z: np.ndarray, counts: np.ndarray, themes: Sequence[np.ndarray]) -> np.ndarray:
    """Average the themes, each the plain mean of its z; NaN where nothing counts."""
    if not themes:
        return np.full(z.shape[1:], np.nan)
    means = np.stack([plain_mean(z[theme], counts[theme]) for theme in themes])
    return plain_mean(means, ~np.isnan(means))


def plain_mean(values: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Average over the first axis what counts; NaN where nothing does (missing is never 0)."""
    n = counts.sum(axis=0)
    total = np.where(counts, values, 0.0).sum(axis=0)
    return np.divide(total, n, out=np.full(n.shape, np.nan), where=n > 0)
