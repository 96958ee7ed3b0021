"""The national reference of the scores, computed from what is loaded. Shipped in data/reference/momenten.csv."""

import pandas as pd

from wijkdata.analysis.moments import National, composite_moments, reference_moments
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Role
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import population
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

HEAD = (
    "# Landelijke ijkpunten van de scores: gewogen gemiddelde en spreiding (naar inwoners) in het basisjaar.\n"
    "# Berekend met: python -m wijkdata momenten, op de landelijke bestanden van de uitgevers (zie de kolom n).\n"
)


def national_moments(monitor: Monitor, catalogue: Catalogue) -> pd.DataFrame:
    """Compute the moments of every scored indicator, pillar and set of the figure, for wijken and buurten.

    Returns: indicator, level, base_year, mean, sd, n. Needs the national files (else NotFoundError); an indicator that
    fewer than half of the areas have gets no row.
    """
    frames = [_of_level(monitor, catalogue, level) for level in (Level.WIJK, Level.BUURT)]
    filled = [frame for frame in frames if not frame.empty]
    if not filled:
        raise NotFoundError(
            "Er zijn geen landelijke cijfers om ijkpunten uit te berekenen; lees eerst de landelijke bestanden van de "
            "uitgevers in (Leefbaarometer en Kerncijfers wijken en buurten)."
        )
    return pd.concat(filled, ignore_index=True)


def _of_level(monitor: Monitor, catalogue: Catalogue, level: Level) -> pd.DataFrame:
    scored = [item for item in catalogue.indicators.values() if item.role is Role.SCORE]
    rows = queries.observations(monitor, [item.id for item in scored], level)
    national = National(rows, population.population(monitor, level), level)
    singles = reference_moments(national, scored)
    if singles.empty:
        return singles
    sets = {
        axis: [catalogue.indicators[name] for name in getattr(catalogue.figure, axis)]
        for axis in ("x", "y", "path_x", "path_y")
    }
    composites = composite_moments(national, scored, singles, sets)
    return pd.concat([singles, composites], ignore_index=True)
