"""Coverage: where activities are and where pillars are weak, whom activities reach, and how much of it is unknown."""

from dataclasses import replace
from datetime import date

import pandas as pd

from wijkdata.areas import Level, is_fictional, level_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions.activiteiten import reach
from wijkdata.questions.activiteiten.answer import Coverage, Scope, Share
from wijkdata.questions.shared import activities, judgements, provenance
from wijkdata.questions.shared import places as shared_places
from wijkdata.questions.shared import scores as shared_scores
from wijkdata.questions.shared.activity_coverage import areas
from wijkdata.questions.shared.places import municipality_name
from wijkdata.record.fields import ACTIVITY, NO, YES, options, tables
from wijkdata.settings import SMALL_CHANGE
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

RESIDENTS = ("bewoners", "bewonersorganisatie")
# Without a choice: this year and the four before it.
YEARS_SHOWN = 5


def coverage(register: Register, monitor: Monitor | None, catalogue: Catalogue, scope: Scope, today: date) -> Coverage:
    """Answer where activities are in one gemeente, per wijk or buurt, whom they reach and how much of it is unknown.

    Without figures (monitor None) there are no areas and no rates. Raises NotFoundError when the gemeente is unknown.
    """
    scope = _with_years(scope, today)
    municipality, level = scope.municipality, scope.level
    everything = activities.in_area(register, municipality)
    ran = everything[activities.running_in(everything, scope.first, scope.last)]
    now = everything[activities.running_on(everything, today)]
    wide = [all(level_of(code) is Level.GEMEENTE for code in codes) for codes in now["areas"]]
    rested_on = _rested_on(monitor, municipality, level) if monitor else None
    return Coverage(
        municipality=municipality,
        name=municipality_name(monitor, municipality) if monitor else municipality,
        level=level,
        fictional=is_fictional(municipality),
        first=scope.first,
        last=scope.last,
        n_ever=len(everything),
        n=len(ran),
        running=len(now),
        wide=sum(wide),
        no_pillar=sum(not pillars for pillars in now["pillars"]),
        areas=areas(register, monitor, catalogue, municipality, level, today) if monitor else (),
        steps=_steps(ran),
        shares=_shares(register, ran, today),
        rates=reach.rates(register, monitor, scope, everything, today) if monitor else (),
        groups=reach.groups(register, monitor, scope, ran),
        costs=reach.costs(register, ran),
        limit=shared_scores.LOW_RESILIENCE,
        small=SMALL_CHANGE,
        claim=reach.CLAIM,
        source="" if rested_on is None else provenance.source_text(catalogue, rested_on),
        source_ids=() if rested_on is None else provenance.source_ids(rested_on),
        growing=judgements.growing(register, monitor, municipality, level, today) if monitor else (),
    )


def _with_years(scope: Scope, today: date) -> Scope:
    """Fill in the years that nobody chose: up to this year, and the four before it."""
    last = scope.last or today.year
    return replace(scope, first=min(scope.first or last - YEARS_SHOWN + 1, last), last=last)


def years(register: Register, monitor: Monitor | None, catalogue: Catalogue, municipality: str) -> tuple[int, ...]:
    """Return the years one can choose: from the first start of an activity here up to and including this year."""
    begins = activities.in_area(register, municipality)["begin"].dropna().dt.year
    this = date.today().year
    return tuple(range(min([*begins, this - YEARS_SHOWN + 1, this]), this + 1))


def _steps(ran: pd.DataFrame) -> pd.DataFrame:
    """Count per step, in the order of the ladder: code, label, n, share (of what has a step; NaN)."""
    ladder = options(tables()[ACTIVITY].field("step"))
    n = ran["step"].astype(str).value_counts().reindex(list(ladder), fill_value=0)
    share = n / n.sum() if n.sum() else n * float("nan")
    return pd.DataFrame(
        {
            "code": list(ladder),
            "label": list(ladder.values()),
            "n": n.to_list(),
            "share": share.to_list(),
        }
    )


def _shares(register: Register, ran: pd.DataFrame, today: date) -> tuple[Share, ...]:
    """Count what was begun by residents, had an aim from before the start, was reported back to residents."""
    begun = ran[ran["begin"] <= pd.Timestamp(today)]
    residents = int(ran["initiator"].isin(RESIDENTS).sum())
    unknown = int(ran["initiator"].isna().sum())
    answers = _told_back(register, ran)
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
            int((answers == YES).sum()),
            int(answers.isin((YES, NO)).sum()),
            int(answers.isna().sum()),
            "Volgens de uitkomsten in het register. Niet ingevuld is onbekend, niet nee.",
        ),
    )


def _frozen(register: Register, begun: pd.DataFrame) -> int:
    """Return how many of these have an aim that was recorded on or before the day they began."""
    aims = register.frame("aim")
    begins = pd.to_datetime(aims["activity_id"].map(begun["begin"].to_dict()))
    early = pd.to_datetime(aims["recorded_at"]) <= begins
    return int(aims.loc[early.fillna(False).astype(bool), "activity_id"].nunique())


def _told_back(register: Register, ran: pd.DataFrame) -> pd.Series:
    """Return per activity "ja" when any outcome was reported back, "nee" when all that is known says no, else NaN."""
    outcomes = register.frame("outcome")
    known = outcomes.dropna(subset=["told_back"]).groupby("activity_id")["told_back"]
    answer = known.agg(lambda given: YES if (given == YES).any() else NO) if len(outcomes) else pd.Series(dtype=object)
    return answer.reindex(ran.index)


def _rested_on(monitor: Monitor, municipality: str, level: Level) -> pd.DataFrame:
    """Pick the coverage of the figures that the newest scores of these areas rest on."""
    scores = shared_scores.scores(monitor, level, is_fictional(municipality))
    inside = shared_places.all_areas(monitor, level)
    mine = set(inside.index[inside["municipality"] == municipality])
    details = scores.details[
        scores.details["code"].isin(mine) & (scores.details["used_period"] == scores.details["period"])
    ]
    newest = details.groupby("indicator")["period"].max().reset_index()
    coverage_rows = provenance.coverage(monitor, is_fictional(municipality))
    return coverage_rows[coverage_rows["level"] == level].merge(newest, on=["indicator", "period"])
