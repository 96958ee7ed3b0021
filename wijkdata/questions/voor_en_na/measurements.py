"""The figures behind Voor en na: which measurements can be used for these areas, and everybody's values in them."""

from dataclasses import dataclass

import pandas as pd

from wijkdata import dutch, periods
from wijkdata.analysis.impact.candidates import LeftOut
from wijkdata.analysis.peers import FEATURES, URBANITY
from wijkdata.areas import Level
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import topics
from wijkdata.questions.shared.answer import PILLAR, Topic
from wijkdata.questions.shared.memory import kept
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

# A year in which fewer than this share of the best year's areas have a figure is no measurement to compare on.
ENOUGH = 0.5
# Fewer measurements before the start show no course.
FEWEST_BEFORE = 3
HIDDEN = ("suppressed", "few_residents")


@dataclass(frozen=True)
class Query:
    """Of which topic, at which level, of real or of fictional areas, and which of those are looked at (`codes`)."""

    topic: str
    level: Level
    fictional: bool
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Measurements:
    """What there is for a topic and a set of areas.

    values: index code, a column per usable year, ascending; NaN = missing. used: the areas with a value in every year.
    why_not: area -> why it is not used, in Dutch. hidden: areas of which a value is hidden in a usable year.
    other_make: years that were left out because the score then counted other indicators (pillars only). few: every area with
    too few residents in some usable year. between: measurements left out because the start lies before them and they were not
    chosen as after: they are neither. everywhere: years in which many areas were measured, whether or not these were.
    """

    values: pd.DataFrame
    used: tuple[str, ...]
    why_not: dict[str, str]
    hidden: tuple[str, ...]
    other_make: tuple[int, ...]
    few: frozenset[str]
    between: tuple[int, ...] = ()
    everywhere: tuple[int, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The usable years."""
        return tuple(int(year) for year in self.values.columns)


def topic_of(monitor: Monitor, name: str, level: Level, place: str) -> Topic:
    """Give a pillar or indicator as a topic; raises NotFoundError. An indicator needs nobody's scores."""
    catalogue = monitor.catalogue
    if name in catalogue.indicators:
        return topics.topic(catalogue, name)
    here = {item.id: item for item in topics.topics(monitor, catalogue, place, level)}
    if name not in here:
        why = f"heeft hier geen score per {level}" if name.removeprefix(PILLAR) in catalogue.pillars else "bestaat niet"
        raise NotFoundError(
            f"Het onderwerp ‘{name}’ {why}; kies bijvoorbeeld {dutch.listing(sorted(here)[:5]) or 'een ander'}."
        )
    return here[name]


@kept(64)
def measurements(monitor: Monitor, query: Query, before: int, neither: range = range(0)) -> Measurements:
    """The years that can be compared on, and which of the areas asked about have them all.

    A year counts when many areas were measured (`ENOUGH`) and at least one of `query.codes` is known there. A pillar score
    keeps only the years in which it was made of the same indicators as in the last year before `before`: otherwise a new
    ingredient would look like a change. A missing year is left out for everybody, never filled in. neither: years that are
    left out because they are neither before nor after, unless nothing was measured after them. Raises NotFoundError for a
    topic that does not exist.
    """
    name, codes, catalogue = query.topic, query.codes, monitor.catalogue
    if name not in catalogue.indicators and name.removeprefix(PILLAR) not in catalogue.pillars:
        raise NotFoundError(f"Het onderwerp ‘{name}’ bestaat niet; kies een ander.")
    frame = topics.values(monitor, name, query.level, query.fictional)
    skipped = frame["period"].isin(neither if (frame["period"] >= neither.stop).any() else [])
    between = tuple(sorted({int(year) for year in frame.loc[skipped & frame["value"].notna(), "period"]}))
    frame = frame[~skipped]
    own = frame[frame["code"].isin(codes)]
    if own["value"].notna().sum() == 0:
        unknown = {code: _why_not(own, code, ()) for code in codes}
        return Measurements(pd.DataFrame(), (), unknown, (), (), frozenset(), between)
    frame, other_make = _same_make(_since_break(monitor, frame, name, before), own, name, before)
    return _of_years(frame, codes, other_make, between)


def _of_years(
    frame: pd.DataFrame, codes: tuple[str, ...], other_make: tuple[int, ...], between: tuple[int, ...]
) -> Measurements:
    """The measurements in the years in which many were measured."""
    counts = frame.dropna(subset="value").groupby("period").size()
    broad = counts.index[counts >= ENOUGH * counts.max()]
    frame = frame[frame["period"].isin(broad)]
    own = frame[frame["code"].isin(codes)]
    hidden = own[own["value"].isna() & own["reason"].isin(HIDDEN)]
    years = sorted({int(year) for year in own.dropna(subset="value")["period"]} | set(hidden["period"].astype(int)))
    wide = frame.pivot(index="code", columns="period", values="value").reindex(columns=years)
    used = tuple(code for code in codes if code in wide.index and wide.loc[code].notna().all())
    return Measurements(
        values=wide,
        used=used,
        why_not={code: _why_not(own, code, years) for code in codes if code not in used},
        hidden=tuple(sorted(hidden["code"].unique())),
        other_make=other_make,
        few=frozenset(frame.loc[frame["reason"] == "few_residents", "code"]),
        between=between,
        everywhere=tuple(sorted(map(int, broad))),
    )


def _since_break(monitor: Monitor, frame: pd.DataFrame, name: str, before: int) -> pd.DataFrame:
    """Without the years before a break in the series, where enough remain; else as it is, and the break is a refusal."""
    item = monitor.catalogue.indicators.get(name)
    broken = [one.year for one in item.series_breaks if one.year <= before] if item else []
    years = frame.loc[frame["value"].notna(), "period"].unique()
    if not broken or sum(max(broken) <= year < before for year in years) < FEWEST_BEFORE:
        return frame
    return frame[frame["period"] >= max(broken)]


def _same_make(frame: pd.DataFrame, own: pd.DataFrame, name: str, before: int) -> tuple[pd.DataFrame, tuple[int, ...]]:
    """For a pillar: the rows with the ingredients of the last own measurement before the start."""
    if not name.startswith(PILLAR):
        return frame, ()
    measured = own.dropna(subset="value").sort_values("period")
    earlier = measured[measured["period"] < before]
    make = int((earlier if len(earlier) else measured)["made_of"].iloc[-1])
    years = tuple(sorted({int(year) for year in measured.loc[measured["made_of"] != make, "period"]}))
    return frame[frame["made_of"] == make], years


def _why_not(own: pd.DataFrame, code: str, years: tuple[int, ...] | list[int]) -> str:
    """Why an area is not used: hidden, too few residents, or no figure in some year."""
    rows = own[own["code"] == code]
    missing = rows[rows["value"].isna()]
    for reason in HIDDEN:
        if (missing["reason"] == reason).any():
            when = dutch.years([int(year) for year in missing.loc[missing["reason"] == reason, "period"]])
            return f"{dutch.reason_text(reason)} in {when}"
    absent = sorted(set(years) - set(rows.dropna(subset="value")["period"]))
    return f"geen cijfer in {dutch.years(absent)}" if absent else "geen cijfer"


@kept(8)
def context(monitor: Monitor, level: Level, until: int) -> pd.DataFrame:
    """Structure of every area as known at the start: index code, urbanity and the features of look-alikes.

    The newest figure up to the year `until`; where there is none, the oldest after it. Later figures can be changed by
    what is being judged.
    """
    names = (URBANITY, *FEATURES)
    rows = queries.observations(monitor, list(names), level).dropna(subset="value")
    rows = rows[periods.are_years(rows["period"])]
    # Nearest first: years up to `until` newest first, then later ones oldest first.
    late, distance = rows["period"] > until, (rows["period"] - until).abs()
    rows = rows.assign(late=late, distance=distance).sort_values(["late", "distance"], kind="stable")
    rows = rows.drop_duplicates(["code", "indicator"])
    return rows.pivot(index="code", columns="indicator", values="value").reindex(columns=list(names))


def complete(values: pd.DataFrame) -> frozenset[str]:
    """The areas with a value in every year."""
    return frozenset(values.index[values.notna().all(axis=1)])


LEFT_OUT_TEXTS = {
    LeftOut.BY_HAND: "door u weggelaten",
    LeftOut.EVER_TREATED: "daar liep ook een aanpak",
    LeftOut.SAME_PROGRAMME: "in een wijkprogramma",
    LeftOut.ADJACENT: "grenst eraan",
    LeftOut.BOUNDARY_UNKNOWN: "grens onbekend",
    LeftOut.AREA_CHANGED: "gebied veranderde",
    LeftOut.INCOMPLETE: "niet in alle jaren gemeten",
    LeftOut.URBANITY: "veel meer of minder stedelijk",
    LeftOut.URBANITY_UNKNOWN: "stedelijkheid onbekend",
    LeftOut.SMALL: "te weinig inwoners",
    LeftOut.POPULATION_UNKNOWN: "aantal inwoners onbekend",
}
