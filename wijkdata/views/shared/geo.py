"""Shapes as Vega-Lite draws them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import shapely


def feature(geometry: Mapping[str, Any], fill: str) -> dict[str, Any]:
    """Make a feature whose rings run clockwise: on a sphere the other way round is all the rest of the world."""
    shape = shapely.reverse(shapely.orient_polygons(shapely.geometry.shape(geometry)))
    turned = shapely.geometry.mapping(shape)
    return {"type": "Feature", "properties": {"f": fill}, "geometry": turned}


def data(features: Sequence[dict[str, Any]]) -> alt.Data:
    """As text: Altair copies objects once for every layer around them."""
    collection = json.dumps({"type": "FeatureCollection", "features": list(features)})
    return alt.Data(values=collection, format=alt.DataFormat(type="json", property="features"))
