"""Properties and shapes of a GeoJSON file, whoever published it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from wijkdata.sources.reading import files
from wijkdata.sources.reading.files import FileKind, refuse

_COLLECTION = re.compile(rb'"type"\s*:\s*"FeatureCollection"')
# Other maps in JSON: what they are called, by a word that only they hold.
_OTHERS = (
    (re.compile(rb'"type"\s*:\s*"Topology"'), "TopoJSON"),
    (re.compile(rb'"geometryType"\s*:\s*"esriGeometry|"rings"\s*:\s*\['), "ArcGIS-JSON"),
)
_ONE = re.compile(rb'\s*\{\s*"type"\s*:\s*"(?:Feature|(?:Multi)?Polygon|GeometryCollection)"')
_REMEDY = "haal het bestand opnieuw op bij de uitgever"


@dataclass(frozen=True)
class Collection:
    """One FeatureCollection.

    properties: one dict per feature, names as `plain` makes them; shapes: shapely geometry or None per feature, same order;
    crs: the name the file declares, or None; metadata: the member "metadata" of the collection, empty when there is none.
    name: of the layer, or ""; matched: how many areas a service has in all, where it says so.
    """

    properties: list[dict[str, Any]]
    shapes: np.ndarray
    crs: str | None
    metadata: dict[str, Any]
    name: str = ""
    matched: int | None = None


def plain(name: str) -> str:
    """Write a column name in lower case without underscores, so that `aantalInwoners` and `aantal_inwoners` are the same."""
    return name.strip().lower().replace("_", "")


def looks_like(path: Path, has_property: str | None = None) -> bool:
    """Whether the content is a FeatureCollection with (when given) this property. By its bytes, not by its name."""
    if files.kind(path) is not FileKind.JSON:
        return False
    content = files.content(path)
    if not _COLLECTION.search(content):
        return False
    return has_property is None or f'"{has_property}"'.encode() in content


def is_map(path: Path) -> bool:
    """Whether the content is a map in JSON of whatever kind: what is no GeoJSON with areas, `read` calls by its name."""
    if looks_like(path):
        return True
    if files.kind(path) is not FileKind.JSON:
        return False
    content = files.content(path)
    return bool(_ONE.match(content)) or any(pattern.search(content) for pattern, _ in _OTHERS)


def read(path: Path) -> Collection:
    """Read and check the file. Raises InputError: too large, cut, no JSON, no GeoJSON, no features."""
    document = files.json_value(path)
    if isinstance(document, dict) and document.get("type") == "Feature":
        document = {"type": "FeatureCollection", "features": [document]}
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        format_name = next((name for pattern, name in _OTHERS if pattern.search(files.content(path))), None)
        if format_name:
            raise refuse(path, f"dit is een kaart als {format_name} en geen GeoJSON",
                         "bewaar de kaartlaag als GeoJSON of GeoPackage (mapshaper.org of QGIS)")  # fmt: skip
        if isinstance(document, dict) and ("coordinates" in document or "geometries" in document):
            raise refuse(path, "dit zijn vormen zonder kolommen, dus zonder codes of namen van gebieden",
                         "exporteer de kaartlaag met haar kolommen als GeoJSON")  # fmt: skip
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise refuse(path, "dit is JSON, maar geen GeoJSON met gebieden", "exporteer de grenzen als GeoJSON")
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise refuse(path, "het bestand bevat geen gebieden", _REMEDY)
    features = [feature if isinstance(feature, dict) else {} for feature in features]
    metadata = document.get("metadata")
    return Collection(
        properties=_properties(path, features),
        shapes=_shapes(features),
        crs=_crs(document),
        metadata=metadata if isinstance(metadata, dict) else {},
        name=str(document.get("name") or ""),
        matched=_matched(document),
    )


def _matched(document: dict[str, Any]) -> int | None:
    """Read how many features a service has in all: OGC API and WFS 2 say `numberMatched`, GeoServer `totalFeatures`."""
    numbers = [document.get(key) for key in ("numberMatched", "totalFeatures")]
    return next((one for one in numbers if isinstance(one, int) and not isinstance(one, bool)), None)


def _properties(path: Path, features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    originals: dict[str, str] = {}
    rows = []
    for feature in features:
        properties = feature.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        for name in properties:
            if originals.setdefault(plain(name), name) != name:
                both = f"{originals[plain(name)]} en {name}"
                raise refuse(path, "twee kolommen hebben dezelfde naam", "laat er één weg", value=both)
        rows.append({plain(name): _flat(value) for name, value in properties.items()})
    return rows


def _flat(value: object) -> object:
    """Make a list or object in the place of a cell into its JSON text, which no column reads as a figure."""
    return json.dumps(value) if isinstance(value, list | dict) else value


def _shapes(features: list[dict[str, Any]]) -> np.ndarray:
    """Read all geometries with GEOS at once; None where there is none or where it cannot be read."""
    texts = [
        json.dumps(feature["geometry"]) if isinstance(feature.get("geometry"), dict) else None for feature in features
    ]
    with np.errstate(over="ignore", invalid="ignore"):  # a coordinate of 1e999 is unreadable, not a warning
        return shapely.from_geojson(np.array(texts, dtype=object), on_invalid="ignore")


def _crs(document: dict[str, Any]) -> str | None:
    """Read the name in the `crs` member of the older GeoJSON, which some publishers still write."""
    try:
        return str(document["crs"]["properties"]["name"])
    except (KeyError, TypeError):
        return None
