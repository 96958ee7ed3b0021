"""The pillars and one indicator over the years, with national policy in those years."""

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from wijkdata import periods
from wijkdata.analysis.change import Verdict
from wijkdata.analysis.uncertainty import rank_uncertainty
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Evidence, Pillar, Role
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import (
    area_figures,
    changes,
    links,
    memory,
    places,
    population,
    programmes,
    provenance,
    subjects,
)
from wijkdata.questions.shared import scores as shared_scores
from wijkdata.questions.shared import topics as shared_topics
from wijkdata.questions.shared.answer import PILLAR, Subject, Topic
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.wijkprofiel.answer import IndicatorLine, PillarLine, PillarLines, Ranking
from wijkdata.reference.timeline import Lane, timeline
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

# Fewer scored areas in the gemeente, and the place is given among all areas.
FEWEST_RANKED = 5
OWN, MUNICIPALITY, EVERYBODY = "own", "municipality", "everybody"


def pillar_lines(monitor: Monitor, catalogue: Catalogue, code: str) -> PillarLines:
    """Return the four pillars of an area with its gemeente and the whole (both weighted by inhabitants), fresh years
    only."""
    who = subjects.subject(monitor, code)
    own = shared_scores.of_municipality(monitor, who.level, who.municipality).table
    material = _Material(monitor, catalogue, who, own[own["code"] == code], _own_sets(monitor, who))
    rested_on = _pillar_coverage(monitor, who)
    return PillarLines(
        subject=who,
        lines=tuple(
            _sourced(material, rested_on, _pillar_line(material, pillar)) for pillar in catalogue.pillars.values()
        ),
        source=provenance.source_text(catalogue, rested_on),
        source_ids=provenance.source_ids(rested_on),
        n_everybody=_scored(monitor, who.level, who.fictional),
        base_years=catalogue.base_years({name for counted in material.sets["counted"] for name in counted.split()}),
    )


@dataclass(frozen=True)
class _Material:
    """What a line is made of. table: of `scores`, the rows of the area; sets: what counted in each own score (`_own_sets`)."""

    monitor: Monitor
    catalogue: Catalogue
    who: Subject
    table: pd.DataFrame
    sets: pd.DataFrame


def _pillar_line(material: _Material, pillar: Pillar) -> PillarLine:
    monitor, catalogue, who = material.monitor, material.catalogue, material.who
    own = material.table[material.table["pillar"] == pillar.id]
    own = own.merge(material.sets, on=["pillar", "period"], how="left").sort_values("period")
    fresh = own[own["fresh"] & own["position"].notna()]
    # Two years that lean on the very same measurements are one point, not a flat line.
    fresh = fresh[fresh["measured"] != fresh["measured"].shift()]
    line = _line(who, pillar, _points(monitor, who, pillar.id, fresh))
    rows = fresh if len(fresh) else own[own["reason"].notna()]
    if len(rows):
        line = _with_newest(line, catalogue, rows.iloc[-1])
    line = replace(line, without_reference=_without_reference(monitor, catalogue, who, pillar.id))
    if math.isnan(line.score):
        scored = [item.id for item in catalogue.of_pillar(pillar.id) if item.role is Role.SCORE]
        return _explained(monitor, line, scored)
    return replace(_judged(monitor, who, line), ranking=_ranking(monitor, catalogue, who, line))


def _sourced(material: _Material, rested_on: pd.DataFrame, line: PillarLine) -> PillarLine:
    """The line with its own sources, for where it stands alone. rested_on: as `_pillar_coverage`, of all pillars."""
    catalogue = material.catalogue
    own = rested_on[rested_on["indicator"].isin([item.id for item in catalogue.of_pillar(line.pillar)])]
    counted = material.sets.loc[material.sets["pillar"] == line.pillar, "counted"]
    return replace(
        line,
        source=provenance.source_text(catalogue, own),
        source_ids=provenance.source_ids(own),
        base_years=catalogue.base_years({name for names in counted for name in names.split()}),
    )


def _explained(monitor: Monitor, line: PillarLine, scored: list[str]) -> PillarLine:
    """The line with why it has no score, where reading in more would not help."""
    if not line.points.empty:
        return line
    who = line.subject
    if set(scored) <= set(shared_scores.scores(monitor, who.level, who.fictional).without_reference):
        why = f"voor {who.level.plural} is er bij deze pijler nog geen landelijk ijkpunt"
        return replace(line, detail=why, fill="")
    return replace(line, detail=links.why_none(monitor, who.code, scored))


def _judged(monitor: Monitor, who: Subject, line: PillarLine) -> PillarLine:
    """The line with what may be said of its change."""
    if not line.since:
        return line
    name, last = f"{PILLAR}{line.pillar}", int(line.points.loc[line.points["who"] == OWN, "period"].max())
    judged = changes.judged(monitor, name, who.level, who.fictional, line.since, last)
    return replace(line, verdict=Verdict(judged.verdicts.get(who.code, Verdict.MISSING)), whole=judged.whole)


def _line(who: Subject, pillar: Pillar, points: pd.DataFrame) -> PillarLine:
    """A line with its course; nothing is known yet of the newest score."""
    own = points[points["who"] == OWN]
    stretch = own[own["stretch"] == own["stretch"].max()] if len(own) else own
    return PillarLine(
        subject=who,
        pillar=pillar.id,
        title=pillar.title,
        short=pillar.short,
        fill=pillar.missing,
        points=points,
        score=math.nan,
        period=0,
        reason="insufficient",
        change=float(stretch["score"].iloc[-1] - stretch["score"].iloc[0]) if len(stretch) > 1 else math.nan,
        since=int(stretch["period"].iloc[0]) if len(stretch) > 1 else 0,
        n_indicators=0,
        n_expected=0,
        modelled_only=False,
        indicators=(),
    )


def _with_newest(line: PillarLine, catalogue: Catalogue, newest: pd.Series) -> PillarLine:
    """The line with the newest score (a row of `score_table`) and what it rests on."""
    ids = [] if pd.isna(newest["counted"]) else str(newest["counted"]).split()
    return replace(
        line,
        score=float(newest["score"]),
        period=int(newest["period"]),
        reason=str(newest["reason"] or ""),
        n_indicators=int(newest["n_indicators"]),
        n_expected=int(newest["n_expected"]),
        modelled_only=bool(newest["modelled_only"]),
        indicators=tuple(catalogue.indicators[name].short for name in ids),
    )


def _without_reference(monitor: Monitor, catalogue: Catalogue, who: Subject, pillar: str) -> tuple[str, ...]:
    """Short names of the pillar's indicators with a figure here that no national reference allows to count."""
    lost = shared_scores.scores(monitor, who.level, who.fictional).without_reference
    everything = subjects.values(monitor, who.level, who.fictional)
    here = {name for (name, _), column in everything.items() if name in lost and who.code in column.index}
    return tuple(item.short for item in catalogue.of_pillar(pillar) if item.id in here)


def _points(monitor: Monitor, who: Subject, pillar: str, fresh: pd.DataFrame) -> pd.DataFrame:
    """The three lines. A stretch ends where nothing measured before counts: a jump there says nothing about the area."""
    own = pd.DataFrame({"period": fresh["period"], "who": OWN, "score": fresh["position"], "made_of": fresh["made_of"]})
    parts = [own]
    for name, municipality in ((MUNICIPALITY, who.municipality), (EVERYBODY, None)):
        means = _means(monitor, who.level, who.fictional, municipality)
        chosen = means[(means["pillar"] == pillar) & means["period"].isin(fresh["period"])]
        parts.append(chosen.assign(who=name)[["period", "who", "score", "made_of"]])
    points = pd.concat(parts, ignore_index=True).sort_values(["who", "period"], ignore_index=True)
    new_stretch = (points["made_of"] != points["made_of"].shift()) | (points["who"] != points["who"].shift())
    points["stretch"] = new_stretch.cumsum()
    return points[["period", "who", "score", "stretch"]].astype({"period": int, "score": float})


@kept(256)
def _means(monitor: Monitor, level: Level, fictional: bool, municipality: str | None) -> pd.DataFrame:
    """Mean score by inhabitants of a gemeente, or of everybody: pillar, period, score, made_of (that of most)."""
    table = (
        shared_scores.score_table(monitor, level, fictional)
        if municipality is None
        else shared_scores.of_municipality(monitor, level, municipality).table
    )
    rows = table[table["fresh"] & table["score"].notna()]
    inhabitants = population.population(monitor, level)
    means = []
    for (pillar, period), part in rows.groupby(["pillar", "period"]):
        mean = population.weighted_mean(part.set_index("code")["score"], inhabitants)
        means.append((pillar, period, mean, part["made_of"].mode().iloc[0]))
    return pd.DataFrame(means, columns=["pillar", "period", "score", "made_of"])


def _own_sets(monitor: Monitor, who: Subject) -> pd.DataFrame:
    """What counted in each own score: pillar, period, counted (indicator ids), measured (with their years)."""
    details = shared_scores.of_municipality(monitor, who.level, who.municipality).details
    details = details[details["code"] == who.code].sort_values("indicator")
    dated = details["indicator"] + ":" + details["used_period"].astype(str)
    grouped = details.assign(dated=dated).groupby(["pillar", "period"])
    return grouped.agg(counted=("indicator", " ".join), measured=("dated", " ".join)).reset_index()


def _ranking(monitor: Monitor, catalogue: Catalogue, who: Subject, line: PillarLine) -> Ranking | None:
    """The place from the lowest in the gemeente, or among all when the gemeente is small, with its range."""
    group, where = shared_scores.of_municipality(monitor, who.level, who.municipality), who.municipality_in_words
    if _n_ranked(group.table, line) < FEWEST_RANKED:
        group, where = shared_scores.scores(monitor, who.level, who.fictional), who.everybody
    ranks = rank_uncertainty(group, catalogue.indicators, line.pillar, line.period, [who.code])
    row = ranks.table.iloc[0]
    if pd.isna(row["rank"]):
        return None
    varies = not pd.isna(row["low"]) and line.n_indicators > 1
    low, high = (int(row["low"]), int(row["high"])) if varies else (0, 0)
    return Ranking(int(row["rank"]), low, high, ranks.n_areas, where)


def _n_ranked(table: pd.DataFrame, line: PillarLine) -> int:
    """How many areas have a score on the pillar of a line, in its year."""
    return int(table.loc[(table["pillar"] == line.pillar) & (table["period"] == line.period), "score"].notna().sum())


@kept(memory.KEEP)
def _scored(monitor: Monitor, level: Level, fictional: bool) -> int:
    """How many areas have a score on some pillar in some year."""
    table = shared_scores.score_table(monitor, level, fictional)
    codes = places.reference_codes(monitor, level, fictional)
    return int(table.loc[table["score"].notna() & table["code"].isin(codes), "code"].nunique())


def _pillar_coverage(monitor: Monitor, who: Subject) -> pd.DataFrame:
    """Pick the coverage of the figures that the scores of an area rest on."""
    details = shared_scores.of_municipality(monitor, who.level, who.municipality).details
    own = details[(details["code"] == who.code) & (details["used_period"] == details["period"])]
    coverage = provenance.coverage(monitor, who.fictional)
    coverage = coverage[coverage["level"] == who.level]
    return own[["indicator", "period"]].drop_duplicates().merge(coverage, on=["indicator", "period"])


def topics(monitor: Monitor, catalogue: Catalogue, code: str) -> dict[str, Topic]:
    """Return the indicators with a yearly value in this area by id, under their titles: headlines first, then by pillar, then
    the rest, and in each by subject."""
    own = area_figures.of_area(monitor, code).dropna(subset="value")
    there = set(own.loc[periods.are_years(own["period"]), "indicator"])
    order = {"headline": 0, "score": 1, "shown": 1, "context": 2}
    pillars = [*catalogue.pillars, None]
    entries = [catalogue.indicators[name] for name in catalogue.indicators if name in there]
    entries.sort(
        key=lambda item: (order[item.role], pillars.index(item.pillar), shared_topics.by_subject(catalogue, item))
    )
    return {item.id: replace(shared_topics.topic(catalogue, item.id), label=item.title) for item in entries}


def first_topic(monitor: Monitor, catalogue: Catalogue, code: str) -> str:
    """Return the topic shown until somebody chooses: the headline measured against a fixed level, else the longest
    series."""
    own = area_figures.of_area(monitor, code).dropna(subset="value")
    counts = own.loc[periods.are_years(own["period"])].groupby("indicator")["period"].nunique()
    ids = list(topics(monitor, catalogue, code))
    first = [name for name in ids if catalogue.indicators[name].shown_first]
    return first[0] if first else max(ids, key=lambda name: counts[name], default="")


def indicator_line(monitor: Monitor, catalogue: Catalogue, code: str, indicator: str) -> IndicatorLine:
    """Return one indicator over all its years: the area, the middle area of the gemeente and of the whole.

    Raises NotFoundError when the area has no figure of it.
    """
    who = subjects.subject(monitor, code)
    item = catalogue.indicators.get(indicator)
    own = area_figures.of_area(monitor, code)
    own = own[(own["indicator"] == indicator) & periods.are_years(own["period"])].set_index("period")
    if item is None or own["value"].notna().sum() == 0:
        raise NotFoundError(f"Van {who.name} zijn geen cijfers van {indicator} ingelezen; kies een ander onderwerp.")
    points = _middles(monitor, who, indicator, own)
    points.insert(1, "stretch", points["period"].map(item.stretch))
    seen = points.loc[points["own"].notna(), "period"]
    last_stretch = points.loc[points["own"].notna() & points["stretch"].eq(points["stretch"].max()), "period"]
    years = int(last_stretch.min()), int(last_stretch.max())
    judged = changes.judged(monitor, indicator, who.level, who.fictional, *years)
    coverage = provenance.coverage(monitor, who.fictional)
    used = coverage[
        (coverage["indicator"] == indicator) & (coverage["level"] == who.level) & coverage["period"].isin(seen)
    ]
    return IndicatorLine(
        subject=who,
        indicator=indicator,
        title=item.title,
        label=item.short,
        unit=item.unit,
        description=item.description,
        decimals=item.decimals,
        signed=item.signed,
        higher_is=str(item.higher_is),
        estimate=item.evidence is Evidence.MODELLED,
        points=points,
        lanes=_lanes(monitor, code, int(seen.min()), int(seen.max())),
        source=provenance.source_text(catalogue, used),
        source_ids=provenance.source_ids(used),
        edition=", ".join(dict.fromkeys(used["label"])),
        origin=links.origin_text(monitor, code, own.loc[own["value"].notna(), "division"]),
        small=changes.small(monitor, indicator, who.level),
        verdict=Verdict(judged.verdicts.get(code, Verdict.MISSING)),
        whole=judged.whole,
        breaks=tuple(one for one in item.series_breaks if seen.min() < one.year <= seen.max()),
    )


def _middles(monitor: Monitor, who: Subject, indicator: str, own: pd.DataFrame) -> pd.DataFrame:
    """Per year the own value and the middle area; a middle needs three areas, the whole half of the gemeenten."""
    everybody, rows = _everybody(monitor, indicator, who.level, who.fictional)
    rows = rows.get(who.municipality, pd.DataFrame(columns=["period", "value"]))
    points = []
    for period in sorted(own.index):
        inside = rows.loc[rows["period"] == period, "value"]
        n, middle = everybody.get(period, (0, np.nan))
        points.append(
            {
                "period": int(period),
                "own": own.at[period, "value"],
                "reason": _why(monitor, who.code, own.loc[period]),
                "municipality": inside.median() if len(inside) >= 3 else np.nan,
                "everybody": middle,
                "n_municipality": len(inside),
                "n_everybody": n,
            }
        )
    return pd.DataFrame(points)


@kept(16)
def _everybody(
    monitor: Monitor, indicator: str, level: Level, fictional: bool
) -> tuple[dict[int, tuple[int, float]], dict[str, pd.DataFrame]]:
    """The areas with enough residents: per year how many have a value, and the middle one; per gemeente their period, value."""
    codes = places.reference_codes(monitor, level, fictional)
    rows = queries.observations(monitor, [indicator], level).dropna(subset="value")
    rows = rows[rows["code"].isin(codes)]
    rows = rows[population.enough_residents(monitor, level, pd.Index(rows["code"]))]
    homes = places.all_areas(monitor, level).loc[codes, "municipality"]
    rows = rows.assign(home=rows["code"].map(homes))
    years = {}
    for period, year in rows.groupby("period"):
        wide = 2 * year["home"].nunique() >= homes.nunique()
        years[int(period)] = len(year), year["value"].median() if wide and len(year) >= 3 else np.nan
    return years, {str(home): part[["period", "value"]] for home, part in rows.groupby("home")}


def _why(monitor: Monitor, code: str, row: pd.Series) -> str:
    """Why there is no figure in a year; "" where there is one."""
    return "" if pd.isna(row["reason"]) else links.why_missing(monitor, code, str(row["reason"]), int(row["division"]))


def _lanes(monitor: Monitor, code: str, first: int, last: int) -> tuple[Lane, ...]:
    """What ran in the years shown, and whether it held here."""
    members = programmes.of_area(monitor, code)
    ran = [lane for lane in timeline() if lane.start <= last and lane.end >= first]
    return tuple(replace(lane, held=programmes.held(lane, members)) for lane in ran)
