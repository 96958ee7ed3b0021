"""What each figure of a report is, by the catalogue."""

from collections.abc import Iterable

import pandas as pd

from wijkdata.catalogue import Catalogue, Evidence

_EVIDENCE = {
    Evidence.MEASURED: "gemeten",
    Evidence.PERCEIVED: "ervaren",
    Evidence.MODELLED: "schatting met een model",
}


def table(catalogue: Catalogue, ids: Iterable[str]) -> pd.DataFrame:
    """Return a row per indicator; of a pillar, those it is made of."""
    rows = [catalogue.indicators[name] for name in dict.fromkeys(ids) if name in catalogue.indicators]
    return pd.DataFrame(
        {
            "Cijfer": [one.title for one in rows],
            "Eenheid": [one.unit for one in rows],
            "Wat het is": [one.description for one in rows],
            "Soort": [_EVIDENCE[one.evidence] for one in rows],
        }
    )
