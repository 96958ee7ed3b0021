"""Layers of a map from a WFS: all features, page by page, compared with how many the service says there are."""

import json
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from xml.sax.saxutils import escape

from wijkdata import dutch
from wijkdata.sources.fetch.ask import Ask
from wijkdata.sources.fetch.cache import Answer
from wijkdata.sources.fetch.client import LATER, RefusedByServiceError, ServiceError, host_of

PAGE = 1000
T = TypeVar("T")
# A map does not say that it was revised: pages of an attempt longer ago (seconds) are not gone on with.
_PAGES_OLD_AFTER = 86_400


def version(ask: Ask) -> str:
    """Ask how many features each layer has: all that a service of maps tells without handing them out."""
    counts = (_with_or_without(ask, partial(_count, ask, layer)) for layer in ask.wanted.layers)
    return " ".join(map(str, counts))


def _count(ask: Ask, layer: str, question: str) -> int:
    return _page(ask, layer, 0, 1, question)[1]


def fetch(ask: Ask) -> Answer:
    """Fetch every layer. Raises ServiceError: a page fails, or features are missing or twice."""
    wanted, files = ask.wanted, dict[str, Path]()
    rows, totals = 0, []
    for layer in wanted.layers:
        features, total, first = _layer(ask, layer)
        collection = {**first, "metadata": {"year": wanted.year}, "features": features}
        collection = {key: value for key, value in collection.items() if key not in _PAGING}
        short = layer.rpartition(":")[2]
        target = ask.pages.folder / f"{short}.tmp"
        target.write_text(json.dumps(collection, ensure_ascii=False), "utf-8")
        files[f"{short}_{wanted.year}_{wanted.scope}.geojson"] = target
        rows += len(features)
        totals.append(str(total))
    return Answer(" ".join(totals), files, rows)


# What one page says of itself, and the whole does not.
_PAGING = {"numberReturned", "totalFeatures", "numberMatched", "links", "timeStamp", "next", "previous"}


def _with_or_without(ask: Ask, get: Callable[[str], T]) -> T:
    """Ask for the gemeenten alone, and for the whole country where a service of maps takes no filter."""
    if not ask.wanted.codes:
        return get("")
    try:
        return get(_filter(ask.service.area_field, ask.wanted.codes))
    except RefusedByServiceError:
        return get("")


def _layer(ask: Ask, layer: str) -> tuple[list[dict[str, Any]], int, dict[str, Any]]:
    """The features of the gemeenten in one layer, how many the service says there are, and the rest of the first page."""
    features, total, first = _with_or_without(ask, partial(_all_pages, ask, layer))
    field, codes = ask.service.area_field, ask.wanted.codes
    if codes:
        features = [one for one in features if str((one.get("properties") or {}).get(field, codes[0])).strip() in codes]
    if not features:
        raise ServiceError(
            f"{host_of(ask.route.address)}: de kaart heeft geen enkel gebied van deze gemeente in dat jaar."
        )
    return features, total, first


def _all_pages(ask: Ask, layer: str, question: str) -> tuple[list[dict[str, Any]], int, dict[str, Any]]:
    pages, where = ask.pages, f"{host_of(ask.route.address)}: de kaart"
    features: list[dict[str, Any]] = []
    first: dict[str, Any] = {}
    total, size = 1, 0
    if time.time() - pages.state.get("begun", 0) > _PAGES_OLD_AFTER:
        pages.clear()
    state = {"begun": time.time(), "names": [], **pages.state}
    while len(features) < total:
        name = f"{layer.rpartition(':')[2]}-{'deel' if question else 'alles'}-{len(features):07}.json"
        kept = _kept(pages.folder / name) if name in state["names"] else None
        page, matched, n_bytes = kept or _page(ask, layer, len(features), PAGE, question)
        if first and matched != total:
            pages.clear()
            raise ServiceError(f"{where} verandert terwijl die wordt opgehaald; {LATER}.")
        first, total, size = first or page, matched, size + n_bytes
        if kept is None:
            state = {**state, "names": [*state["names"], name]}
            pages.add(name, json.dumps([page, matched, n_bytes], ensure_ascii=False), state)
        if not page["features"]:
            break
        features += page["features"]
        ask.progress(size, 0)
    if problem := _problem(features, total):
        pages.clear()
        raise ServiceError(f"{where} kwam niet heel binnen ({problem}); {LATER}.")
    return features, total, {key: value for key, value in first.items() if key != "features"}


def _page(ask: Ask, layer: str, start: int, count: int, question: str) -> tuple[dict[str, Any], int, int]:
    """One page: the collection, how many features there are in all, and its bytes. question: a filter, or ""."""
    params = {
        "service": "WFS",
        "version": "2.0.0",
        "request": "GetFeature",
        "typeNames": layer,
        "outputFormat": "json",
        "srsName": "EPSG:4326",
        "startIndex": str(start),
        "count": str(count),
    }
    if question:
        params["filter"] = question
    page, size = ask.client.json(ask.route.address.format(year=ask.wanted.year), params)
    matched = page.get("totalFeatures", page.get("numberMatched"))
    if not isinstance(page.get("features"), list) or not isinstance(matched, int):
        raise ServiceError(f"{host_of(ask.route.address)} geeft bij de kaart iets anders; {LATER}.")
    return page, matched, size


def _filter(field: str, codes: Iterable[str]) -> str:
    """Write a filter of WFS 2.0 (FES): areas of these gemeenten."""
    equal = "".join(
        f"<PropertyIsEqualTo><ValueReference>{escape(field)}</ValueReference><Literal>{escape(code)}</Literal></PropertyIsEqualTo>"
        for code in codes
    )
    several = f"<Or>{equal}</Or>" if equal.count("<Literal>") > 1 else equal
    return f'<Filter xmlns="http://www.opengis.net/fes/2.0">{several}</Filter>'


def _kept(path: Path) -> tuple[dict[str, Any], int, int] | None:
    try:
        page, matched, size = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return page, matched, size


def _problem(features: list[dict[str, Any]], total: int) -> str:
    if len(features) != total:
        return f"{dutch.number(len(features))} gebieden van {dutch.number(total)}"
    named = [feature.get("id") for feature in features if feature.get("id")]
    twice = len(named) - len(set(named))
    return f"{dutch.count(twice, 'gebied staat', 'gebieden staan')} er dubbel in" if twice else ""
