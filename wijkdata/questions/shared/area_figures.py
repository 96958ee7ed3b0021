"""The figures of one area, which nearly every figure of its profile asks for."""

import pandas as pd

from wijkdata.questions.shared.memory import kept
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor


@kept(64)
def of_area(monitor: Monitor, code: str) -> pd.DataFrame:
    """Return every current figure of one area, as `queries.of_area` does; one search through the file for all who ask."""
    return queries.of_area(monitor, code)
