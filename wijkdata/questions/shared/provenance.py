"""Which sources and years the figures of an answer come from."""

import pandas as pd

from wijkdata import periods
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared.memory import KEEP, beforehand, kept
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor


@kept(KEEP)
@beforehand()
def coverage(monitor: Monitor, fictional: bool) -> pd.DataFrame:
    """Keep `queries.coverage`, of real or of fictional areas: a question needs it several times for its source lines."""
    return queries.coverage(monitor, fictional)


def source_text(catalogue: Catalogue, coverage: pd.DataFrame) -> str:
    """Write the sources and years of these coverage rows: `Leefbaarometer 3.0 (BZK), 2014, 2018 en 2022; CBS ..., 2020`.

    Years that the publisher will revise are named: `CBS ..., 2023 en 2024 (2024 voorlopig)`.
    """
    parts = []
    for source, rows in coverage.groupby("source", sort=False):
        revised = rows.loc[rows["provisional"], "period"]
        doubt = f" ({periods.when_text(revised)} voorlopig)" if len(revised) else ""
        parts.append(f"{catalogue.sources[source].short}, {periods.when_text(rows['period'])}{doubt}")
    return "; ".join(parts)
