"""Coverage: where activities are and where pillars are weak, whom activities reach, and how much of it is unknown."""

from datetime import date

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional, level_of, wijk_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions import activities_base, base, weak_pillars
from wijkdata.questions import activities_reach as reach
from wijkdata.questions.memory import kept
from wijkdata.questions.types_coverage_activities import AreaCoverage, Coverage, Share, WeakPillar
from wijkdata.record.fields import ACTIVITY, NO, YES, tables
from wijkdata.record.fields import options as words_of
from wijkdata.settings import SMALL_CHANGE
from wijkdata.store.monitor import Monitor
from wijkdata.store.participation import Register

RESIDENTS = ("bewoners", "bewonersorganisatie")
# Without a choice: this year and the four before it.
YEARS_SHOWN = 5


def coverage(
    register: Register,
    monitor: Monitor | None,
    catalogue: Catalogue,
    municipality: str,
    level: str,
    first: int = 0,
    last: int = 0,
    today: date | None = None,
) -> Coverage:
    """Coverage in one gemeente, its wijken or buurten apart. first, last: the years of all but the 2x2, which is of today.

    Without figures (monitor None) there are no areas and no rates. Raises NotFoundError when the gemeente is unknown.
    """
    today = today or date.today()
    last = last or today.year
    first = min(first or last - YEARS_SHOWN + 1, last)
    everything = activities_base.in_area(register, municipality)
    ran = everything[activities_base.running_in(everything, first, last)]
    now = everything[activities_base.running_on(everything, today)]
    wide = [all(level_of(code) is Level.GEMEENTE for code in codes) for codes in now["areas"]]
    return Coverage(
        municipality=municipality,
        name=municipality_name(monitor, municipality) if monitor else municipality,
        level=Level(level),
        fictional=is_fictional(municipality),
        first=first,
        last=last,
        n_ever=len(everything),
        n=len(ran),
        running=len(now),
        wide=sum(wide),
        no_pillar=sum(not pillars for pillars in now["pillars"]),
        areas=areas(register, monitor, catalogue, municipality, Level(level), today) if monitor else (),
        steps=_steps(ran),
        shares=_shares(register, ran, today),
        rates=reach.rates(register, monitor, municipality, ran, everything, (first, last), today) if monitor else (),
        groups=reach.groups(register, monitor, municipality, ran, (first, last)),
        costs=reach.costs(register, ran),
        limit=weak_pillars.WEAK,
        small=SMALL_CHANGE,
        source=_source(monitor, catalogue, municipality, Level(level)) if monitor else "",
    )


def municipality_name(monitor: Monitor, code: str) -> str:
    """The name of a gemeente, also of one of which only the wijken were read in. Raises NotFoundError."""
    known = {place.code: place.name for place in base.municipalities(monitor)}
    return known.get(code) or base.place(monitor, code).name


def years(register: Register, monitor: Monitor | None, catalogue: Catalogue, municipality: str) -> tuple[int, ...]:
    """The years one can choose: from the first start of an activity here up to and including this year."""
    begins = activities_base.in_area(register, municipality)["begin"].dropna().dt.year
    this = date.today().year
    return tuple(range(min([*begins, this - YEARS_SHOWN + 1, this]), this + 1))


def areas(
    register: Register, monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level, today: date
) -> tuple[AreaCoverage, ...]:
    """Every wijk or buurt, by name: its weak or falling pillars and what runs there now. Kept: several screens ask it."""
    return _areas(
        register,
        monitor,
        municipality,
        level,
        today,
        tuple((pillar.id, pillar.title) for pillar in catalogue.pillars.values()),
    )


@kept(64)
def _areas(
    register: Register,
    monitor: Monitor,
    municipality: str,
    level: Level,
    today: date,
    pillars: tuple[tuple[str, str], ...],
) -> tuple[AreaCoverage, ...]:
    places = base.places_in(monitor, municipality, level)
    judged = weak_pillars.judged(monitor, level, municipality)
    per_area = dict(tuple(judged.groupby("code")))
    reasons = base.score_table(monitor, level, is_fictional(municipality)).groupby("code")["reason"].first()
    local, wide = _running(register, municipality, frozenset(place.code for place in places), today)
    found = []
    for place in places:
        rows, here = per_area.get(place.code), local.get(place.code, [])
        weak = () if rows is None else _weak(rows, here, wide, dict(pillars))
        reason = str(reasons.get(place.code) or "not_covered")
        said = "" if rows is not None else dutch.reason_text(reason)
        found.append(AreaCoverage(place.code, place.name, rows is not None, said, weak, len(here)))
    return tuple(found)


def _weak(
    rows: pd.DataFrame, here: list[tuple[str, ...]], wide: list[tuple[str, tuple[str, ...]]], titles: dict[str, str]
) -> tuple[WeakPillar, ...]:
    found = [
        WeakPillar(
            pillar=row.pillar,
            title=titles[row.pillar],
            score=row.score,
            period=row.period,
            low=row.low,
            falling=row.falling,
            since_low=row.since_low,
            change=row.change,
            since=row.since,
            running=sum(row.pillar in pillars for pillars in here),
            wide=tuple(title for title, pillars in wide if row.pillar in pillars),
        )
        for row in rows.itertuples()
        if row.low or row.falling
    ]
    return tuple(sorted(found, key=lambda one: one.score))


def _running(
    register: Register, municipality: str, codes: frozenset[str], today: date
) -> tuple[dict[str, list[tuple[str, ...]]], list[tuple[str, tuple[str, ...]]]]:
    """What runs now: code -> the pillars of each activity of the area itself; (title, pillars) of what names the gemeente.

    The rule of `activities_base.belongs`, turned round: per activity the areas it belongs to.
    """
    frame = activities_base.in_area(register, municipality)
    frame = frame[activities_base.running_on(frame, today)]
    inside: dict[str, list[str]] = {}
    for code in codes:
        inside.setdefault(str(wijk_of(code)), []).append(code)
    local: dict[str, list[tuple[str, ...]]] = {}
    wide = []
    for row in frame.itertuples():
        named = [code for code in row.areas if level_of(code) not in (Level.GEMEENTE, Level.LAND)]
        if len(named) < len(row.areas):
            wide.append((str(row.title), row.pillars))
        reached = {code for area in named for code in _reached(area, codes, inside)}
        for code in reached:
            local.setdefault(code, []).append(row.pillars)
    return local, wide


def _reached(area: str, codes: frozenset[str], inside: dict[str, list[str]]) -> set[str]:
    around = {area, str(wijk_of(area))} & codes
    return around | set(inside.get(area, ()))


def _steps(ran: pd.DataFrame) -> pd.DataFrame:
    """code, label, n, share (of the activities with a step; NaN when there are none), in the order of the ladder."""
    ladder = words_of(tables()[ACTIVITY].field("step"))
    n = ran["step"].astype(str).value_counts().reindex(list(ladder), fill_value=0)
    share = n / n.sum() if n.sum() else n * float("nan")
    return pd.DataFrame(
        {"code": list(ladder), "label": list(ladder.values()), "n": n.to_list(), "share": share.to_list()}
    )


def _shares(register: Register, ran: pd.DataFrame, today: date) -> tuple[Share, ...]:
    """Begun by residents, with an aim from before the start, with what came of it told back."""
    begun = ran[ran["begin"] <= pd.Timestamp(today)]
    residents = int(ran["initiator"].isin(RESIDENTS).sum())
    unknown = int(ran["initiator"].isna().sum())
    told = _told_back(register, ran)
    return (
        Share("begonnen door bewoners", residents, len(ran) - unknown, unknown, "Bewoners of een bewonersorganisatie."),
        Share(
            "met een doel dat vóór de start vastlag",
            _frozen(register, begun),
            len(begun),
            0,
            "Geen doel, of een doel van na de start, telt als nee.",
        ),
        Share(
            "teruggekoppeld aan bewoners",
            int((told == YES).sum()),
            int(told.isin((YES, NO)).sum()),
            int(told.isna().sum()),
            "Volgens de uitkomsten in het register. Niet ingevuld is onbekend, niet nee.",
        ),
    )


def _frozen(register: Register, begun: pd.DataFrame) -> int:
    """How many of these have an aim that was recorded on or before the day they began."""
    aims = register.frame("aim")
    begins = pd.to_datetime(aims["activity_id"].map(begun["begin"].to_dict()))
    early = pd.to_datetime(aims["recorded_at"]) <= begins
    return int(aims.loc[early.fillna(False).astype(bool), "activity_id"].nunique())


def _told_back(register: Register, ran: pd.DataFrame) -> pd.Series:
    """Per activity: "ja" when any outcome was told back, "nee" when all that is known says no, NaN when nothing is known."""
    outcomes = register.frame("outcome")
    known = outcomes.dropna(subset=["told_back"]).groupby("activity_id")["told_back"]
    answer = known.agg(lambda said: YES if (said == YES).any() else NO) if len(outcomes) else pd.Series(dtype=object)
    return answer.reindex(ran.index)


def _source(monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level) -> str:
    """The sources of the newest scores of these areas."""
    scores = base.scores(monitor, level, is_fictional(municipality))
    inside = base.all_areas(monitor, level)
    mine = set(inside.index[inside["municipality"] == municipality])
    details = scores.details[
        scores.details["code"].isin(mine) & (scores.details["used_period"] == scores.details["period"])
    ]
    newest = details.groupby("indicator")["period"].max().reset_index()
    coverage_rows = base.coverage(monitor, is_fictional(municipality))
    rows = coverage_rows[coverage_rows["level"] == level].merge(newest, on=["indicator", "period"])
    return base.source_text(catalogue, rows)
