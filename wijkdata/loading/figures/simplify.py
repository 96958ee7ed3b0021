"""Simpler boundaries in addition to the published ones, made once at import: for a map of a gemeente and of the country."""

import pandas as pd

from wijkdata import areas
from wijkdata.sources.reading.geo import simplify

# About the side (in metres) of the smallest bump that stays. One screen pixel is about 20 m on a map of a gemeente and
# 600 m on a map of the country.
MAP_METRES = 10.0
COUNTRY_METRES = 250.0
COUNTRY_DECIMALS = 4  # about 10 m


def with_light_shapes(boundaries: pd.DataFrame) -> pd.DataFrame:
    """Add simpler shapes: from code, geometry (shapely, WGS84) to code, wkb, wkb_map, wkb_country (bytes), in the same order.

    Neighbours keep one shared border. Each level is simplified separately, because a wijk covers its buurten.
    """
    columns = ["code", "wkb", "wkb_map", "wkb_country"]
    if boundaries.empty:
        return pd.DataFrame(columns=columns)
    level = boundaries["code"].map(areas.level_of)
    layers = [_one_level(layer) for _, layer in boundaries.groupby(level, sort=False)]
    return pd.concat(layers).reindex(boundaries.index)[columns]


def _one_level(layer: pd.DataFrame) -> pd.DataFrame:
    detailed = simplify(layer, MAP_METRES)
    # From the lighter shapes: a fifth of the time of the exact ones (all buurten: 5 s instead of 27 s), and 10 m does not show.
    coarse = simplify(detailed, COUNTRY_METRES, decimals=COUNTRY_DECIMALS)
    return pd.DataFrame(
        {
            "code": layer["code"],
            "wkb": [shape.wkb for shape in layer["geometry"]],
            "wkb_map": [shape.wkb for shape in detailed["geometry"]],
            "wkb_country": [shape.wkb for shape in coarse["geometry"]],
        },
        index=layer.index,
    )
