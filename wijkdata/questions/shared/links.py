"""Which area of another year is which area of now, in words. The links themselves are made at import."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis.harmonise.divisions import alike, name_key
from wijkdata.areas import Level, level_of, municipality_of
from wijkdata.questions.shared import area_figures
from wijkdata.questions.shared import names as shared_names
from wijkdata.questions.shared import places as shared_places
from wijkdata.questions.shared.memory import kept
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import linked
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import NO_PLACES, Places

# So many parts are named; the rest is counted.
_NAMED = 3
# A part smaller than this (of the area) is not named.
_WORTH_NAMING = 0.05


@dataclass(frozen=True)
class Moved:
    """Where a code of before leads: the code of now, and a Dutch sentence that says so."""

    code: str
    text: str


@dataclass(frozen=True)
class _Before:
    """Codes of before: code -> (year, name, code of now) where that is another one, and the (code, year) that are no place."""

    renamed: dict[str, tuple[tuple[int, str, str], ...]]
    lost: frozenset[tuple[str, int]]


@kept(2)
def _before(monitor: Monitor) -> _Before:
    renamed: dict[str, tuple[tuple[int, str, str], ...]] = {}
    for row in linked.renamed_areas(monitor).itertuples(index=False):
        name = row.name_then if isinstance(row.name_then, str) else ""
        renamed[row.code_then] = (*renamed.get(row.code_then, ()), (int(row.division), name, row.code))
    lost = linked.lost_areas(monitor)
    return _Before(renamed, frozenset(zip(lost["code"], lost["division"].astype(int), strict=True)))


@kept(256)
def of_municipality(monitor: Monitor, level: Level, municipality: str) -> pd.DataFrame:
    """Return `linked.links` from and to one gemeente."""
    return linked.links(monitor, level, municipality)


def now(monitor: Monitor, code: str, year: int | None = None, name: str = "") -> str | None:
    """Return the place that an area of before is: by its year when that is known, else by its name; None when it is no
    place any more or when nobody can say."""
    known = _before(monitor)
    rows = known.renamed.get(code, ())
    if year is not None:
        of_year = {now for then, _, now in rows if then == year}
        if len(of_year) == 1 or (code, year) in known.lost:
            return next(iter(of_year), None)
    places = shared_places.all_areas(monitor, level_of(code))
    key = name_key(name)
    if code in places.index and year == places.at[code, "division"]:
        return code
    if code in places.index and (not key or alike(name_key(places.at[code, "name"]), key)):
        return code
    heirs = {now for _, then, now in rows if not key or alike(name_key(then), key)}
    return heirs.pop() if len(heirs) == 1 else None


def moved(monitor: Monitor, code: str) -> Moved | None:
    """Return where a link with an old code leads; None when the code is a place, or leads nowhere."""
    if level_of(code) is Level.GEMEENTE:
        return _merged(monitor, code)
    if code in shared_places.all_areas(monitor, level_of(code)).index:
        return None
    target = now(monitor, code)
    if target is None:
        return None
    year, then, _ = _before(monitor).renamed[code][-1]
    place = shared_places.place(monitor, target)
    return Moved(target, f"{then or code} ({code}, indeling {year}) is nu {place.name} ({target}).")


def _merged(monitor: Monitor, code: str) -> Moved | None:
    known = gemeenten.every().get(code)
    here = {one.code for one in shared_places.municipalities(monitor)}
    if known is None or known.until is None or code in here:
        return None
    heirs = [heir for heir in gemeenten.heirs_of_now(code) if heir in here]
    return Moved(heirs[0], gemeenten.merger_text(known)) if heirs else None


def places_of(monitor: Monitor | None) -> Places:
    """Return `places`; nothing is known of them without figures."""
    return NO_PLACES if monitor is None else places(monitor)


@kept(4)
def places(monitor: Monitor) -> Places:
    """Return what codes that people wrote down are called now: by the year of division they wrote with it, or without
    one. A code that was another area in that year is called by code and year, so that it is never taken for the area
    of now."""
    known = _before(monitor)
    names = {(code, str(year)): f"{code}@{year}" for code, year in known.lost}
    for code, rows in known.renamed.items():
        names |= {(code, str(year)): place for year, _, place in rows}
        if (target := now(monitor, code)) is not None:
            names[code, ""] = target
    merged = {(code, ""): target.code for code, target in dissolved(monitor).items()}
    return Places(monitor.stamp, names | merged)


@kept(4)
def dissolved(monitor: Monitor) -> dict[str, Moved]:
    """Return the dissolved gemeenten that lie in a gemeente of which there are figures, by code, in the order of their
    names."""
    known = sorted(gemeenten.every().values(), key=lambda one: one.name)
    targets = {one.code: _merged(monitor, one.code) for one in known if one.until is not None}
    return {code: target for code, target in targets.items() if target is not None}


def why_missing(monitor: Monitor, code: str, reason: str, division: int) -> str:
    """Return why a place has no figure that was measured in another division, as a half-sentence: "in 2016 was WK008050
    een ander gebied: Hempens/Teerns"."""
    rows = of_municipality(monitor, level_of(code), str(municipality_of(code)))
    rows = rows[rows["year_from"] == division]
    if reason == "other_area":
        names = rows.loc[rows["code_from"] == code, "name_from"].dropna()
        named = f": {_bare(names.iloc[0])}" if len(names) else ""
        return f"in {division} was {code} een ander gebied{named}"
    if reason in ("border_changed", "dissolved"):
        parts = _parts(rows[rows["code_to"] == code], "from")
        if parts:
            return f"in {division} met andere grenzen gemeten, binnen {parts}"
        return (
            f"in {division} {'onder een opgeheven gemeente' if reason == 'dissolved' else 'met andere grenzen'} gemeten"
        )
    if reason == "link_unknown":
        return f"niet bekend of dit in {division} hetzelfde gebied was"
    return dutch.reason_text(reason)


def why_none(monitor: Monitor, code: str, indicators: list[str]) -> str:
    """Return `why_missing` of the newest of these figures that were measured under another area; "" when there are
    none."""
    rows = area_figures.of_area(monitor, code)
    rows = rows[rows["indicator"].isin(indicators) & rows["reason"].isin(list(dutch.REASONS_OF_LINKS))]
    if rows.empty:
        return ""
    newest = rows.sort_values("period").iloc[-1]
    return why_missing(monitor, code, str(newest["reason"]), int(newest["division"]))


def where_now(monitor: Monitor, codes: Sequence[str], division: int) -> dict[str, str]:
    """Return in which places each of these areas of before (of one level) lies now: code -> "A (60%) en B (35%)"; ""
    when that is not known."""
    if not codes:
        return {}
    rows = linked.links(monitor, level_of(codes[0]), codes_from=list(codes))
    rows = rows[(rows["year_from"] == division) & ~rows["klass"].isin(["X", "?"])]
    rows = rows.drop_duplicates(["code_from", "code_to"])
    return {code: _parts(rows[rows["code_from"] == code], "to") for code in codes}


def _parts(rows: pd.DataFrame, side: str) -> str:
    """`A (60%) en B (35%)`: the areas on one side with their part of the other."""
    share, name = ("share_to", "name_from") if side == "from" else ("share_from", "name_to")
    rows = rows[rows[share] >= _WORTH_NAMING].drop_duplicates(name).sort_values(share, ascending=False)
    named = [
        f"{_where(row, side)} ({dutch.percent(100 * row[share])})"
        for _, row in rows.head(_NAMED).iterrows()
        if row[name]
    ]
    left = len(rows) - _NAMED
    return ", ".join(named) + f" en {left} meer" if left > 0 else dutch.listing(named)


def _where(row: pd.Series, side: str) -> str:
    """The area on one side, with its gemeente when that is another than on the other side: "Wijk 00 in Langedijk"."""
    name = _bare(row[f"name_{side}"])
    here, there = municipality_of(row["code_from"]), municipality_of(row["code_to"])
    own = gemeenten.every().get(str(here if side == "from" else there))
    return name if here == there or own is None else f"{name} in {own.name}"


def origin_text(monitor: Monitor, code: str, divisions: Iterable[int]) -> str:
    """Return one sentence when figures of a place were measured in other divisions than its own: which, and under which
    code."""
    own = int(shared_places.all_areas(monitor, level_of(code)).at[code, "division"])
    others = sorted({int(year) for year in divisions} - {own})
    if not others:
        return ""
    rows = linked.area_changes(monitor, [code])
    codes = {int(row.division): row.code_then for row in rows.itertuples() if row.code_then != code}
    named = [f"{year} (toen {codes[year]})" if year in codes else str(year) for year in others]
    kind = "indeling" if len(named) == 1 else "indelingen"
    return f"Gemeten in de {kind} van {dutch.listing(named)}: hetzelfde gebied."


def _bare(name: str) -> str:
    return shared_names.without_number(name)
