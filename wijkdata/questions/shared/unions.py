"""The areas that together did not change: over their border nothing went, so that a count of them can be added up in every year."""

import pandas as pd

from wijkdata.analysis.harmonise import chain
from wijkdata.areas import level_of, municipality_of
from wijkdata.questions.shared import divisions, names
from wijkdata.questions.shared.answer import Union
from wijkdata.store.monitor.versions import Monitor


def rows_of(unions: pd.DataFrame, code: str, until: int) -> pd.DataFrame:
    """Pick the union of one area in the years in which all of it is accounted for; no rows when that is the last alone."""
    numbers = unions.loc[(unions["year"] == until) & (unions["code"] == code), "union"]
    own = unions[unions["union"].isin(numbers) & unions["sure"]]
    return own if own["year"].nunique() > 1 else own.iloc[:0]


def of_area(monitor: Monitor, code: str) -> Union | None:
    """Return the union of an area of now; None when it is not known, or is the area itself in every year."""
    known = divisions.evidence(monitor, level_of(code), str(municipality_of(code)))
    steps = chain.chain_of(known)
    last = steps.divisions[-1] if steps.divisions else None
    if last is None or code not in last.areas.index:
        return None
    rows = rows_of(chain.stable_unions(steps), code, last.year)
    if set(rows["code"]) <= {code}:
        return None
    others = rows.loc[(rows["year"] == last.year) & (rows["code"] != code), "code"]
    named = {str(area): names.without_number(str(name)) for area, name in last.areas["name"].items()}
    return Union(code, named[code], tuple(named[str(one)] for one in others), int(rows["year"].min()), last.year)
