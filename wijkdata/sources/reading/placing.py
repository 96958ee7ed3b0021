"""Which area each row of a map layer is: by the code of the CBS, by a gemeente's own code, or by name.

A gemeente writes `0601` beside gemeente `0758`; the CBS writes `BU07580601`. Where the first cannot be completed to the second
(three digits, another numbering), the name decides, inside the gemeente.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from wijkdata import areas
from wijkdata.areas import Level
from wijkdata.dutch import count
from wijkdata.reference import gemeenten
from wijkdata.sources.reading import names as reading_names
from wijkdata.sources.reading.base import Context
from wijkdata.sources.reading.files import refuse

# Column names as `geojson.plain` makes them, the finest level first.
CODES = {
    Level.BUURT: ("buurtcode", "bucode", "buurtcodecbs", "cbsbuurtcode", "bucodecbs"),
    Level.WIJK: ("wijkcode", "wkcode", "wkc", "wijkcodecbs", "cbswijkcode"),
    Level.GEMEENTE: ("gemeentecode", "gmcode", "gmc", "gemcode", "gemeentenummer", "gemnr", "statcode"),
}
NAMES = {
    Level.BUURT: ("buurtnaam", "bunaam", "statnaam", "buurt", "naam", "name"),
    Level.WIJK: ("wijknaam", "wknaam", "wkn", "statnaam", "wijk", "naam", "name"),
    Level.GEMEENTE: ("gemeentenaam", "gmnaam", "gmn", "statnaam", "gemeente", "naam", "name"),
    Level.LAND: ("statnaam", "naam", "name"),
}
NAMES_OF_GEMEENTEN = ("gemeentenaam", "gmnaam", "gmn", "gemeente")
_NAMES_ALONE = ("buurtnaam", "bunaam", "buurt", "naam", "name")
_LOCAL = {Level.BUURT: re.compile(r"[0-9A-Z]{1,4}"), Level.WIJK: re.compile(r"[0-9A-Z]{1,2}")}
_FULL = re.compile(r"(?:(?:19|20)\d{2})?(?:GM|WK|BU)[0-9A-Z]{4,8}")
# A column in which at least this share of the cells is a whole code of an area holds the codes, whatever it is called.
_SHARE = 0.5
_LOOK_AT = 50
NO_LOCAL = "deze lokale code past niet in een code van het CBS"


@dataclass(frozen=True)
class Placed:
    """Which area each row is. published: its code (or name) in the file; problems: row -> why it is no area, where the code
    alone does not say. own: codes or names of the gemeente itself, which do not say of which year they are."""

    level: Level
    published: pd.Series
    codes: pd.Series
    names: pd.Series
    column: str = "code"
    problems: dict[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    own: bool = False


def by_code(table: pd.DataFrame, context: Context, hints: Sequence[str] = ()) -> Placed | None:
    """Place the rows by the codes of the finest level that has a column of them; None without such a column."""
    fallback = None
    for level, columns in CODES.items():
        published = next((table[column] for column in columns if column in table.columns), None)
        if published is None:
            continue
        codes = _normalised(published, level)
        if codes.notna().any():
            return _placed(table, _level(codes, level), published, codes)
        fallback = _placed(table, level, published, codes)
        break
    if fallback is None:
        return _by_any_column(table)
    return _by_local_code(table, fallback, context, hints) or _by_any_column(table) or fallback


def by_name(path: Path, table: pd.DataFrame, context: Context, hints: Sequence[str]) -> Placed:
    """Place the rows of a gemeente's own layer of buurten, which gives names alone. Raises InputError when nothing fits."""
    names = column(table, _NAMES_ALONE).map(one_line)
    listed = names.dropna()
    known = context.known_areas
    owner = reading_names.municipality(listed, known, Level.BUURT, list(hints)) if len(listed) else None
    if owner is None:
        raise refuse(
            path,
            "er is geen kolom met gebiedscodes (buurtcode, wijkcode of gemeentecode), en op naam is niets te herkennen",
            "exporteer de grenzen met de code van het CBS, of lees eerst een bestand met codes en namen in",
            value=", ".join(str(name) for name in table.columns[:5]) or None,
        )
    matched = reading_names.match(listed, known, Level.BUURT, owner)
    codes = _or_none(matched.codes.reindex(table.index))
    problems = {int(row): why for row, why in matched.problems.dropna().items()}
    return Placed(Level.BUURT, names, codes, names, "naam", problems, (matched.note(),), own=True)


def column(table: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """Return the first of these columns that the table has, else a column of None."""
    present = next((name for name in names if name in table.columns), None)
    return table[present] if present else pd.Series([None] * len(table), index=table.index, dtype=object)


def one_line(raw: object) -> str | None:
    """Write a name without double spaces; None for what is no text."""
    text = " ".join(str(raw).split()) if isinstance(raw, str) else ""
    return text or None


def _placed(table: pd.DataFrame, level: Level, published: pd.Series, codes: pd.Series) -> Placed:
    return Placed(level, published, codes, column(table, NAMES[level]).map(one_line))


def _normalised(published: pd.Series, level: Level) -> pd.Series:
    """Normalise a column of codes. A bare number that would lie in a gemeente that never was, is no code: `12345`."""
    texts = published.map(_bare)
    codes = areas.normalise_all(texts, level)
    bare = (
        codes.notna()
        & (texts != codes)
        & ~texts.map(lambda text: isinstance(text, str) and bool(_FULL.fullmatch(text)))
    )
    stray = bare & ~codes.map(lambda code: not isinstance(code, str) or _was(code)).astype(bool)
    return _or_none(codes.mask(stray))


def _was(code: str) -> bool:
    return areas.municipality_of(code) in gemeenten.every() or areas.is_fictional(code) or areas.is_ghost(code)


def _level(codes: pd.Series, otherwise: Level) -> Level:
    """Return the level of most of the codes: `statcode` holds buurten in one layer and gemeenten in another."""
    levels = codes.dropna().map(areas.level_of)
    return Level(levels.mode().iloc[0]) if len(levels) else otherwise


def _by_any_column(table: pd.DataFrame) -> Placed | None:
    """Place the rows by a column of another name that holds whole codes (WK001400); of several the finest level."""
    possible: list[tuple[int, float, Placed]] = []
    order = list(areas.LEVEL_OF_PREFIX.values())
    for name in table.columns:
        first = [cell for cell in table[name].head(_LOOK_AT) if isinstance(cell, str)]
        if not any(_FULL.fullmatch(cell.strip().upper()) for cell in first):
            continue
        codes = areas.normalise_all(table[name])
        if codes.notna().mean() >= _SHARE:
            level = _level(codes, Level.BUURT)
            possible.append(
                (order.index(level), float(codes.notna().mean()), _placed(table, level, table[name], codes))
            )
    return max(possible, key=lambda one: one[:2])[2] if possible else None


# --- codes of a gemeente itself -------------------------------------------------------------------------------------


def _by_local_code(table: pd.DataFrame, given: Placed, context: Context, hints: Sequence[str]) -> Placed | None:
    """Complete the gemeente's own codes with the code of the gemeente; None when these are no such codes."""
    local = given.published.map(_bare)
    pattern = _LOCAL.get(given.level)
    if pattern is None or not local.dropna().map(lambda code: bool(pattern.fullmatch(code))).any():
        return None
    owners = _owners(table, given, context, hints)
    if owners is None:
        return None
    inside = _inside(given, local, table)
    built = pd.Series(
        [None if not owner or not code else areas.normalise(f"{_prefix(given.level)}{owner[2:]}{code}")
         for owner, code in zip(owners, inside, strict=True)], index=table.index, dtype=object)  # fmt: skip
    codes, by_names = _checked_by_name(given, built, owners, context)
    if not codes.notna().any():
        return None
    problems = {int(row): NO_LOCAL for row in codes.index[codes.isna() & local.notna()]}
    notes = _notes(local, built[built == codes], len(by_names))
    return Placed(given.level, given.published, codes, given.names, "code", problems, notes, own=True)


def _prefix(level: Level) -> str:
    return "BU" if level is Level.BUURT else "WK"


def _bare(raw: object) -> str | None:
    """Write a local code as text: 601.0 is 601."""
    if raw is None or raw != raw or isinstance(raw, bool):
        return None
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return str(raw).strip().upper() or None


def _owners(table: pd.DataFrame, given: Placed, context: Context, hints: Sequence[str]) -> pd.Series | None:
    """Find the gemeente of each row: by its code, by its name, else the one gemeente where the names of the rows lie."""
    codes = _normalised(column(table, CODES[Level.GEMEENTE]), Level.GEMEENTE)
    if codes.notna().any():
        return codes
    candidates = {name: gemeenten.find(str(name)) for name in column(table, NAMES_OF_GEMEENTEN).dropna().unique()}
    if any(candidates.values()):
        code_of = {name: one[0].code for name, one in candidates.items() if one}
        return _or_none(column(table, NAMES_OF_GEMEENTEN).map(code_of))
    listed = given.names.dropna()
    owner = reading_names.municipality(listed, context.known_areas, given.level, list(hints)) if len(listed) else None
    return None if owner is None else pd.Series(owner, index=table.index, dtype=object)


def _inside(given: Placed, local: pd.Series, table: pd.DataFrame) -> pd.Series:
    """Write the local codes as the part of a CBS code after the gemeente: two digits for a wijk, four for a buurt.

    A buurt of two digits needs its wijk. Three digits are no lost zero when the file writes text, and fit nowhere.
    """
    if given.level is Level.WIJK:
        return local.map(lambda code: code.zfill(2) if code and len(code) <= 2 else None).astype(object)
    wijken = column(table, CODES[Level.WIJK]).map(_bare).map(lambda code: code[-2:].zfill(2) if code else None)
    full = local.map(lambda code: code.zfill(4) if code else None)
    both = local.notna() & wijken.notna()
    if both.any() and not (full[both].str[:2] == wijken[both]).all():
        pairs = zip(wijken, local, strict=True)
        return pd.Series([wijk + code.zfill(2) if wijk and code and len(code) <= 2 else None for wijk, code in pairs],
                         index=local.index, dtype=object)  # fmt: skip
    longest = int(local.dropna().str.len().max())
    numbers = not given.published.dropna().map(lambda raw: isinstance(raw, str)).any()
    complete = both.any() or longest == 4 or (longest == 3 and numbers)
    return _or_none(full) if complete else pd.Series(None, index=local.index, dtype=object)


def _checked_by_name(
    given: Placed, built: pd.Series, owners: pd.Series, context: Context
) -> tuple[pd.Series, pd.Index]:
    """Compare completed codes with the names that are known in the gemeente; return the codes and the rows that a name placed.

    A name places a row whose code cannot be completed or is not known. When the names of most rows point elsewhere the
    gemeente numbers its areas in another way than the CBS, and then only names count.
    """
    codes, placed = built.copy(), []
    known = set(context.known_areas["code"])
    for owner in owners.dropna().unique():
        rows = owners.index[(owners == owner) & given.names.notna()]
        matched = reading_names.match(given.names[rows], context.known_areas, given.level, str(owner)).codes.dropna()
        differs = matched != built[matched.index]
        elsewhere = differs & built[matched.index].isin(known)
        another = len(matched) > 0 and elsewhere.mean() > 0.5
        if another:
            codes[owners.index[owners == owner]] = None
        chosen = matched.index if another else matched.index[differs & ~elsewhere]
        free = [row for row in chosen if matched[row] not in set(codes.drop(index=row).dropna())]
        codes[free] = matched[free]
        placed += free
    return codes, pd.Index(placed)


def _notes(local: pd.Series, completed: pd.Series, by_names: int) -> tuple[str, ...]:
    notes = []
    if len(completed):
        row = completed.index[0]
        are = count(len(completed), "lokale code is", "lokale codes zijn")
        notes.append(f"{are} met de code van de gemeente aangevuld, zoals {local[row]} tot {completed[row]}.")
    if by_names:
        are = count(by_names, "gebied is", "gebieden zijn")
        notes.append(f"{are} op naam gekoppeld, omdat de lokale code niet die van het CBS is.")
    return tuple(notes)


def _or_none(codes: pd.Series) -> pd.Series:
    codes = codes.astype(object)
    return codes.where(codes.notna(), None)
