"""Reach: participants, hours and active residents per inhabitant, reach per group, cost per participant.

A number that is not known is left out and counted as unknown; a hidden group is left out with all groups of its counting.
"""

from datetime import date
from functools import partial

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional
from wijkdata.questions.activiteiten.answer import Costs, GroupReach, Rate, Scope
from wijkdata.questions.shared import counts, places, population
from wijkdata.questions.shared.activities import running_in
from wijkdata.record.fields import words
from wijkdata.record.values import is_hidden
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register

# What the author of the method says of how many residents are willing to act: his claim, no norm.
CLAIM = 20.0
CLAIM_TEXT = f"{dutch.percent(CLAIM)}: stelling van de auteur van de methode"
# The only trait whose groups the figures know: 65 and older, and the rest.
OLDER, AGE = "leeftijd_65", "leeftijd"


def rates(
    register: Register, monitor: Monitor, scope: Scope, everything: pd.DataFrame, today: date
) -> tuple[Rate, ...]:
    """Compute participants and volunteer hours per 1,000 inhabitants, active residents as a percentage of them, per year."""
    numbers = counts.per_year(register)
    numbers = numbers[numbers.index.get_level_values(0).isin(everything.index)]
    points = partial(_per_year, numbers, everything, inhabitants(monitor, scope.municipality), scope)
    rate = partial(Rate, fictional=is_fictional(scope.municipality), this_year=today.year)
    return (
        rate("deelnemers", "Unieke deelnemers", "per 1.000 inwoners", 0, points("participants", 1000), counts.TWICE),
        rate("uren", "Vrijwilligersuren", "per 1.000 inwoners", 0, points("volunteer_hours", 1000), ""),
        rate(
            "actief",
            "Actieve bewoners",
            "% van de inwoners",
            1,
            points("active", 100),
            counts.TWICE,
            CLAIM,
            CLAIM_TEXT,
        ),
    )


def _per_year(
    numbers: pd.DataFrame,
    everything: pd.DataFrame,
    people: pd.Series,
    scope: Scope,
    column: str,
    per: float,
) -> pd.DataFrame:
    rows = []
    for year in range(scope.first, scope.last + 1):
        there = numbers[numbers.index.get_level_values("year") == year].droplevel("year")[column].dropna()
        running = everything.index[running_in(everything, year, year)]
        nearest = _nearest(people, year)
        total = float(there.sum()) if len(there) else float("nan")
        rows.append(
            {
                "year": year,
                "value": per * total / people[nearest] if nearest else float("nan"),
                "total": total,
                "n": len(there),
                "unknown": len(running.difference(there.index)),
                "inhabitants": float(people[nearest]) if nearest else float("nan"),
                "inhabitants_year": nearest,
            }
        )
    return pd.DataFrame(rows)


def inhabitants(monitor: Monitor, municipality: str) -> pd.Series:
    """Return inhabitants of the gemeente per year: its own figure, else the sum of its wijken when each of them has one."""
    own = queries.observations(monitor, ["inwoners"], Level.GEMEENTE).dropna(subset="value")
    own = own[own["code"] == municipality].set_index("period")["value"]
    rows = queries.observations(monitor, ["inwoners"], Level.WIJK).dropna(subset="value")
    codes = places.all_areas(monitor, Level.WIJK)
    mine = set(codes.index[(codes["municipality"] == municipality) & ~codes["water"]])
    inside = rows[rows["code"].isin(mine)].groupby("period")["value"]
    whole = inside.sum()[inside.count() == len(mine)]
    both = own.combine_first(whole)
    return both[both > 0].sort_index()


def _nearest(people: pd.Series, year: int) -> int:
    """Return the known year nearest to `year` (the earlier of two); 0 when there is none."""
    return int(min(people.index, key=lambda known: (abs(known - year), known))) if len(people) else 0


def groups(register: Register, monitor: Monitor | None, scope: Scope, ran: pd.DataFrame) -> GroupReach:
    """Compute reach per 1,000 of each age group, over the countings of which every age group is known."""
    rows = register.frame("group")
    when = pd.to_datetime(rows["date"]).dt.year
    rows = rows[rows["activity_id"].isin(ran.index) & when.between(scope.first, scope.last)]
    hidden = rows["number"].map(is_hidden).astype(bool)
    whole = {code for code in words()["groep"] if code.startswith(f"{AGE}_")}
    known, n_hidden, n_partial = [], 0, 0
    for _, part in rows[rows["trait"] == AGE].groupby(["activity_id", "date"]):
        if hidden[part.index].any():
            n_hidden += 1
        elif set(part["class"]) != whole:
            n_partial += 1
        else:
            known.append(part)
    people = _older_and_rest(monitor, scope.municipality) if monitor else None
    table, year = _age_table(pd.concat(known), *people) if known and people else (_NO_GROUPS, 0)
    ratio = table["rate"].min() / table["rate"].max() if len(table) and table["rate"].max() > 0 else float("nan")
    traits = [trait for trait in words()["kenmerk"] if (rows["trait"] == trait).any()]
    lost = [words()["kenmerk"][trait].lower() for trait in traits if trait != AGE or people is None]
    return GroupReach(table, float(ratio), len(known), n_hidden, n_partial, tuple(lost), year)


_NO_GROUPS = pd.DataFrame(columns=["label", "reached", "inhabitants", "rate"])


def _older_and_rest(monitor: Monitor, municipality: str) -> tuple[float, float, int] | None:
    """Return inhabitants of 65 and older, the others, and the year; None when the figures do not say."""
    people = inhabitants(monitor, municipality)
    for level in (Level.GEMEENTE, Level.WIJK):
        rows = queries.observations(monitor, ["65_plus"], level).dropna(subset="value")
        areas = places.all_areas(monitor, level)
        mine = areas.index[areas["municipality"] == municipality]
        rows = rows[rows["code"].isin(mine)]
        if len(rows) and len(people):
            year = int(rows["period"].max())
            newest = rows[rows["period"] == year].set_index("code")["value"]
            percent = population.weighted_mean(newest, population.population(monitor, level))
            total = float(people[_nearest(people, year)])
            return (percent / 100 * total, (1 - percent / 100) * total, year) if percent == percent else None
    return None


def _age_table(rows: pd.DataFrame, older: float, others: float, year: int) -> tuple[pd.DataFrame, int]:
    number = pd.to_numeric(rows["number"]).astype(float)
    is_older = rows["class"] == OLDER
    reached = [float(number[~is_older].sum()), float(number[is_older].sum())]
    table = pd.DataFrame(
        {"label": ["Jonger dan 65 jaar", words()["groep"][OLDER]], "reached": reached, "inhabitants": [others, older]}
    )
    return table.assign(rate=1000 * table["reached"] / table["inhabitants"]), year


def costs(register: Register, ran: pd.DataFrame) -> Costs:
    """Compute what was spent per unique participant, over the activities of which both are known and not 0."""
    spent = pd.to_numeric(ran["cost_spent"], errors="coerce").astype(float)
    people = counts.over_all(register).reindex(ran.index).astype(float)
    both = spent.notna() & people.gt(0)
    each = spent[both] / people[both]
    return Costs(
        per_participant=float(spent[both].sum() / people[both].sum()) if both.any() else float("nan"),
        median=float(each.median()) if both.any() else float("nan"),
        known=int(both.sum()),
        without_cost=int(spent.isna().sum()),
        without_participants=int((spent.notna() & ~people.gt(0)).sum()),
        total=float(spent[both].sum()),
        participants=float(people[both].sum()),
    )
