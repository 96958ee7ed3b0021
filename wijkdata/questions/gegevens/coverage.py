"""Which indicator has figures of which year: at one level, real and invented areas apart."""

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue
from wijkdata.questions.gegevens.answer import CoverageAnswer
from wijkdata.questions.shared import provenance
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.store.monitor.versions import Monitor

# What one cell is about.
_CELL = ["indicator", "year"]
_CELLS = [
    "indicator",
    "short",
    "pillar",
    "subject",
    "year",
    "n",
    "missing",
    "why",
    "label",
    "source",
    "division",
    "provisional",
]


def coverage_of(monitor: Monitor, catalogue: Catalogue, level: Level, fictional: bool) -> CoverageAnswer:
    """Count the areas with a figure by indicator and year, at one level."""
    counts = provenance.coverage_with_reasons(monitor)
    counts = counts[(counts["level"] == level) & (counts["fictional"] == fictional)]
    order = {name: place for place, name in enumerate(_by_pillar(catalogue))}
    frame = _cells(catalogue, counts[counts["indicator"].isin(order)])
    most = int(frame["n"].max()) if len(frame) else 0
    frame["share"] = frame["n"] / most if most else 0.0
    frame = frame.sort_values(
        ["indicator", "year"], key=lambda column: column.map(order) if column.name == "indicator" else column
    )
    filled = set(frame["indicator"])
    without = tuple(
        item.short for pillar in catalogue.pillars for item in catalogue.of_pillar(pillar) if item.id not in filled
    )
    return CoverageAnswer(
        title=_coverage_title(frame, level),
        short=f"{dutch.count(len(filled), 'onderwerp', 'onderwerpen')} met cijfers per {level.value}",
        level=level,
        fictional=fictional,
        cells=frame.reset_index(drop=True),
        most=most,
        without=without,
        source=_source(catalogue, frame, level, most),
    )


def reasons(counts: pd.DataFrame) -> dict[str, int]:
    """Count the missing figures by reason id."""
    missing = counts.dropna(subset="reason").groupby("reason")["n"].sum().sort_values(ascending=False)
    return {str(reason): int(n) for reason, n in missing.items()}


def why(missing: dict[str, int]) -> str:
    """Return `verborgen door de uitgever: 12; te weinig inwoners: 3`."""
    return "; ".join(f"{dutch.reason_text(reason)}: {dutch.number(n)}" for reason, n in missing.items())


def _by_pillar(catalogue: Catalogue) -> list[str]:
    """Indicator ids: pillar by pillar in catalogue order, then what belongs to none."""
    in_pillars = [item.id for pillar in catalogue.pillars for item in catalogue.of_pillar(pillar)]
    return in_pillars + [item.id for item in catalogue.indicators.values() if item.pillar is None]


def _cells(catalogue: Catalogue, counts: pd.DataFrame) -> pd.DataFrame:
    frame = _measured(counts)
    items = [catalogue.indicators[name] for name in frame["indicator"]]
    missing = _missing(counts)
    missed = [missing.get(cell, {}) for cell in zip(frame["indicator"], frame["year"], strict=True)]
    return frame.assign(
        short=[item.short for item in items],
        pillar=[catalogue.pillars[item.pillar].title if item.pillar else "" for item in items],
        subject=[catalogue.subjects.get(item.subject or "", "") for item in items],
        missing=[sum(reasons.values()) for reasons in missed],
        why=[why(reasons) for reasons in missed],
    )[_CELLS]


def _measured(counts: pd.DataFrame) -> pd.DataFrame:
    """A row per indicator and year with a figure: the areas (n; of twelve months the fullest, not their sum) and its newest run."""
    newest = counts.sort_values("run_id", kind="stable").drop_duplicates(_CELL, keep="last")
    newest = newest.drop(columns=["n", "provisional"])
    figures = counts[counts["reason"].isna()].groupby(_CELL, as_index=False)[["n", "provisional"]].max()
    return figures.merge(newest, on=_CELL)


def _missing(counts: pd.DataFrame) -> dict[tuple[str, int], dict[str, int]]:
    """(indicator, year) -> `reasons`. One count for all: a frame per cell took most of the time of the page."""
    by_reason = counts.dropna(subset="reason").groupby([*_CELL, "reason"])["n"].sum().sort_values(ascending=False)
    missing: dict[tuple[str, int], dict[str, int]] = {}
    for (name, year, reason), n in by_reason.items():
        missing.setdefault((name, year), {})[str(reason)] = int(n)
    return missing


def _coverage_title(cells: pd.DataFrame, level: Level) -> str:
    years = cells.groupby("indicator")["year"].nunique()
    n, single = len(years), int((years == 1).sum())
    where = f"per {level.value}" if level is not Level.LAND else "voor heel Nederland"
    if n == 0:
        return f"Er zijn nog geen cijfers {where}"
    start = f"Van {dutch.count(n, 'onderwerp', 'onderwerpen')} zijn er cijfers {where}"
    if single == 0:
        return f"{start}, steeds over meer jaren"
    if single == n:
        return f"{start}, maar van één jaar: nog geen verloop"
    return f"{start}; {single} daarvan {'heeft' if single == 1 else 'hebben'} één meetjaar"


def _source(catalogue: Catalogue, used: pd.DataFrame, level: Level, most: int) -> SourceLine:
    named = used.assign(name=[catalogue.sources[source].short for source in used["source"]])
    parts = [
        f"{name}, {dutch.years(list(group['year']))}{provenance.provisional_text(group.loc[group['provisional'], 'year'])}"
        for name, group in named.groupby("name", sort=False)
    ]
    n = dutch.n_of(most, level.value, level.plural)
    unit = f"Eenheid: aantal {level.plural} met een cijfer; {n} in het volste jaar."
    return SourceLine(f"Bron: {'; '.join(parts)}", more=(unit,), sources=provenance.source_ids(used))
