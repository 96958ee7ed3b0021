"""Which areas elsewhere look like this one, and what do they score."""

import math

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.peers import FEATURES, MINIMUM_FEATURES, URBANITY, LookAlikes, look_alikes
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Likeness
from wijkdata.questions.shared import places, provenance, subjects
from wijkdata.questions.shared import scores as shared_scores
from wijkdata.questions.shared.answer import Subject
from wijkdata.questions.shared.memory import KEEP, kept
from wijkdata.questions.wijkprofiel.answer import Alike, Alikes
from wijkdata.store.monitor.versions import Monitor


def alikes(monitor: Monitor, catalogue: Catalogue, code: str) -> Alikes:
    """Return the five most alike areas in other gemeenten, with why and their newest pillar scores."""
    who = subjects.subject(monitor, code)
    context = _context(monitor, who.level)
    nearest = look_alikes(context, code) if code in context.index else None
    areas = _areas(monitor, catalogue, who, nearest, context) if nearest is not None else ()
    coverage = provenance.coverage(monitor, who.fictional)
    used = coverage[coverage["indicator"].isin([URBANITY, *FEATURES]) & (coverage["level"] == who.level)]
    newest_used = used.sort_values("period").groupby("indicator").tail(1)
    return Alikes(
        subject=who,
        areas=areas,
        own=newest_scores(monitor, who, [code]).get(code, {}),
        pillars={key: pillar.short for key, pillar in catalogue.pillars.items()},
        n_candidates=0 if nearest is None else nearest.n_candidates,
        missing="" if areas else _why_none(catalogue, who, context),
        features=tuple(catalogue.indicators[name].short.lower() for name in (URBANITY, *FEATURES)),
        source=provenance.source_text(catalogue, newest_used),
        source_ids=provenance.source_ids(newest_used),
    )


@kept(KEEP)
def _context(monitor: Monitor, level: Level) -> pd.DataFrame:
    """What areas are compared on: index code, a column per feature."""
    return pd.DataFrame({name: subjects.newest(monitor, name, level) for name in (URBANITY, *FEATURES)})


def _areas(
    monitor: Monitor, catalogue: Catalogue, who: Subject, nearest: LookAlikes, context: pd.DataFrame
) -> tuple[Alike, ...]:
    table = nearest.table.set_index("code")
    scores = newest_scores(monitor, who, list(table.index))
    areas = []
    for code, row in table.iterrows():
        place = places.place(monitor, str(code))
        areas.append(
            Alike(
                code=place.code,
                name=place.name,
                municipality=place.municipality,
                municipality_name=place.municipality_name,
                why=_why(catalogue, nearest, place.code, context, who),
                distance=float(row["distance"]),
                scores=scores.get(place.code, {}),
                population=float(context.at[code, "inwoners"]) if "inwoners" in context else math.nan,
            )
        )
    return tuple(areas)


def _why_none(catalogue: Catalogue, who: Subject, context: pd.DataFrame) -> str:
    """Why nothing is like this area: too little is known of the area itself, or no area elsewhere can be used."""
    own = context.reindex([who.code]).loc[who.code]
    unknown = [catalogue.indicators[name].short.lower() for name in FEATURES if pd.isna(own[name])]
    known = len(FEATURES) - len(unknown)
    if known < MINIMUM_FEATURES:
        return (
            f"Van {who.name} {'is' if known == 1 else 'zijn'} {known} van de {len(FEATURES)} kenmerken "
            f"bekend en er zijn er {MINIMUM_FEATURES} nodig; onbekend: {dutch.listing(unknown)}."
        )
    urbanity = "" if pd.isna(own[URBANITY]) else " dat hoogstens één klasse in stedelijkheid verschilt"
    return (
        f"In de andere ingelezen gemeenten is geen gebied met genoeg inwoners en ten minste {MINIMUM_FEATURES} "
        f"bekende kenmerken{urbanity}."
    )


def newest_scores(monitor: Monitor, who: Subject, codes: list[str]) -> dict[str, dict[str, float]]:
    """Return per code and pillar the newest fresh score."""
    newest = _newest_scores(monitor, who.level, who.fictional)
    return {code: newest[code] for code in codes if code in newest}


@kept(KEEP)
def _newest_scores(monitor: Monitor, level: Level, fictional: bool) -> dict[str, dict[str, float]]:
    table = shared_scores.score_table(monitor, level, fictional)
    rows = table[table["fresh"] & table["score"].notna()].sort_values("period")
    newest: dict[str, dict[str, float]] = {}
    for (code, pillar), score in rows.groupby(["code", "pillar"])["score"].last().items():
        newest.setdefault(str(code), {})[str(pillar)] = float(score)
    return newest


def _why(catalogue: Catalogue, nearest: LookAlikes, code: str, context: pd.DataFrame, who: Subject) -> str:
    """`even stedelijk, evenveel eenpersoonshuishoudens; iets groter`: what is equal, then the largest difference."""
    words = []
    reasons = nearest.table.set_index("code").at[code, "reasons"]
    if nearest.same_urbanity:
        step = float(context.at[code, URBANITY] - context.at[who.code, URBANITY])
        words.append("even stedelijk" if step == 0 else "iets minder stedelijk" if step > 0 else "iets stedelijker")
    words += [_likeness(catalogue, name).equal for name in reasons[: 3 - len(words)]]
    differences = nearest.differences.loc[code].drop(list(reasons)).dropna()
    if len(differences):
        name = str(differences.abs().idxmax())
        size = abs(float(differences[name]))
        degree = "iets " if size < 0.5 else "" if size < 1 else "veel "
        likeness = _likeness(catalogue, name)
        words.append(degree + (likeness.more if differences[name] > 0 else likeness.less))
    return dutch.listing(words) or "de kleinste verschillen op alle kenmerken samen"


def _likeness(catalogue: Catalogue, feature: str) -> Likeness:
    likeness = catalogue.indicators[feature].likeness
    assert likeness is not None  # `tests/test_catalogue.py` holds the features against the catalogue
    return likeness
