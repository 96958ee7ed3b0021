"""The invented boundaries as GeoJSON in the form of PDOK: WGS84, one file per level, names and a few columns of CBS."""

import json
from typing import Any

from wijkdata.loading.example.files import Counts, five
from wijkdata.loading.example.geography import DrawnMap, Shape
from wijkdata.loading.example.people import People
from wijkdata.loading.example.places import Gemeente


def gemeenten(gemeenten: tuple[Gemeente, ...], drawn: DrawnMap, year: int) -> str:
    """Write the gemeenten in the form of PDOK."""
    features = [
        _feature({"gemeentecode": g.code, "gemeentenaam": g.name, "water": "NEE"}, drawn.gemeenten[g.code])
        for g in gemeenten
    ]
    return _collection("gemeenten", year, features)


def wijken(gemeenten: tuple[Gemeente, ...], drawn: DrawnMap, counted: Counts, year: int) -> str:
    """Write the wijken with the columns of the real file of 2024; without residents only codes, names and a count of 0."""
    features = []
    for gemeente in gemeenten:
        for wijk in gemeente.wijken:
            names = {"wijkcode": wijk.code, "wijknaam": wijk.name}
            names |= {"gemeentecode": gemeente.code, "gemeentenaam": gemeente.name}
            features.append(_feature(names | _residents(counted[wijk.code, year]), drawn.wijken[wijk.code]))
    return _collection("wijken", year, features)


def buurten(gemeente: Gemeente, drawn: DrawnMap, counted: Counts, year: int) -> str:
    """Write the buurten of the focus gemeente, with `water` JA or NEE."""
    features = []
    for wijk in gemeente.wijken:
        for buurt in wijk.buurten:
            names = {"buurtcode": buurt.code, "buurtnaam": buurt.name, "wijkcode": wijk.code}
            names |= {"gemeentecode": gemeente.code, "gemeentenaam": gemeente.name}
            names |= {"water": "JA" if wijk.kind == "water" else "NEE"}
            features.append(_feature(names | _residents(counted[buurt.code, year]), drawn.buurten[buurt.code]))
    return _collection("buurten", year, features)


def _residents(area: People) -> dict[str, Any]:
    if not area.inhabitants:
        return {"aantal_inwoners": 0}
    return {
        "aantal_inwoners": five(area.inhabitants),
        "65plus": round(area.older / area.inhabitants * 100),
        "huishoudens": five(area.households),
        "gem_huishouden_grootte": round(area.inhabitants / area.households, 1),
        "bevolkingsdichtheid": area.density,
    }


def _feature(properties: dict[str, Any], shape: Shape) -> str:
    geometry = {"type": "Polygon", "coordinates": shape.rings}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


def _collection(kind: str, year: int, features: list[str]) -> str:
    metadata = json.dumps({"type": kind, "year": year, "count": len(features), "note": "fictief: verzonnen gebieden"})
    head = f'{{"type":"FeatureCollection","name":"{kind} (fictief)","metadata":{metadata},"features":[\n'
    return head + ",\n".join(features) + "\n]}\n"
