"""The areas of a gemeente as GeoJSON features, for the small maps of Gegevens."""

import json
from collections.abc import Collection
from typing import Any

import shapely

from wijkdata.areas import Level
from wijkdata.questions.shared import boundaries, places
from wijkdata.questions.shared.boundaries import NEWEST
from wijkdata.store.monitor.versions import Monitor


def features(
    monitor: Monitor, municipality: str, level: Level, codes: Collection[str] | None = None
) -> tuple[dict[str, Any], ...]:
    """Draw the areas of now (`codes`, or all but water), with the properties code and name."""
    frame = boundaries.areas_of(monitor, municipality, level, NEWEST)
    here = places.all_areas(monitor, level)
    wanted = set(here.index[~here["water"]] if codes is None else codes)
    # For a ring that runs the other way d3 draws everything outside it.
    turned = [shapely.reverse(shapely.orient_polygons(shape)) for shape in frame["geometry"]]
    return tuple(
        {
            "type": "Feature",
            "properties": {"code": code, "name": str(here["name"][code])},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for code, shape in zip(frame["code"], turned, strict=True)
        if code in wanted
    )
