"""Makes lines over the years: of an area, its gemeente and everybody, from figures that were measured alike."""

import pandas as pd

from wijkdata.questions.kaart.answer import Role
from wijkdata.questions.kaart.material import in_place
from wijkdata.questions.shared import places, population, topics
from wijkdata.store.monitor.versions import Monitor

COLUMNS = ["name", "role", "period", "value"]


def of_area(
    monitor: Monitor, values: pd.DataFrame, area: places.Place, period: int
) -> tuple[pd.DataFrame, tuple[int, ...]]:
    """Returns COLUMNS of the area, its gemeente and everybody; and the years left out as not comparable.

    values: `topics.values`. Gemeente and country are means by inhabitants over the areas measured like this one.
    """
    own, left_out = own_line(values, area.code, period)
    if own.empty:
        return pd.DataFrame(columns=COLUMNS), left_out
    inhabitants = population.population(monitor, area.level)
    alike = values.merge(own[["period", "made_of"]], on=["period", "made_of"])
    parts = [
        own.assign(name=area.name, role=Role.CHOSEN),
        _means(in_place(alike, area.municipality), inhabitants).assign(
            name=area.municipality_name, role=Role.MUNICIPALITY
        ),
    ]
    national = all(topics.is_national(part.set_index("code")["value"]) for _, part in alike.groupby("period"))
    if area.fictional or national:
        name = "Alle fictieve gemeenten" if area.fictional else "Nederland"
        parts.append(_means(alike, inhabitants).assign(name=name, role=Role.EVERYBODY))
    return pd.concat(parts, ignore_index=True)[COLUMNS], left_out


def own_line(values: pd.DataFrame, code: str, period: int) -> tuple[pd.DataFrame, tuple[int, ...]]:
    """Returns period, value, made_of of one area for the years with the same indicators as `period`; and the others."""
    own = values[(values["code"] == code) & values["value"].notna()].sort_values("period")
    if own.empty:
        return own[["period", "value", "made_of"]], ()
    of_year = own.loc[own["period"] == period, "made_of"]
    same = own["made_of"] == (of_year.iloc[0] if len(of_year) else own["made_of"].iloc[-1])
    return own.loc[same, ["period", "value", "made_of"]], tuple(int(year) for year in own.loc[~same, "period"])


def _means(rows: pd.DataFrame, inhabitants: pd.Series) -> pd.DataFrame:
    means = {
        int(period): population.weighted_mean(part.set_index("code")["value"], inhabitants)
        for period, part in rows.groupby("period")
    }
    return pd.DataFrame({"period": list(means), "value": list(means.values())}).dropna()
