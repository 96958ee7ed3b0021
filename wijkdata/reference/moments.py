"""The national mean and spread that scores are computed with (`data/reference/momenten.csv`)."""

from functools import lru_cache

import pandas as pd

from wijkdata.errors import WijkdataError
from wijkdata.settings import REFERENCE_DIR


@lru_cache(maxsize=1)
def reference_moments() -> pd.DataFrame:
    """Read the shipped national mean and sd per indicator, pillar and set: indicator, level, base_year, mean, sd, n."""
    path = REFERENCE_DIR / "momenten.csv"
    if not path.exists():
        raise WijkdataError(f"{path.name} ontbreekt in data/reference; maak het met python -m wijkdata momenten.")
    return pd.read_csv(path, comment="#")
