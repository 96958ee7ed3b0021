"""From a wide frame in the publisher's columns to observations: the catalogue says which column is which indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category

import numpy as np
import pandas as pd

from wijkdata import areas, dutch
from wijkdata.catalogue import Catalogue, Column, Indicator
from wijkdata.sources.reading.base import (
    AREA_COLUMNS,
    CHANGE_COLUMNS,
    OBSERVATION_COLUMNS,
    REJECTED_COLUMNS,
    Edition,
    Reading,
)
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.numbers import Numbers, numbers

GHOST = "dit is een boekhoudregio van de uitgever en geen plek in Nederland"
NO_CODE = "dit is geen gebiedscode (verwacht: NL00, GM, WK of BU met cijfers)"
SAME_ROW = "deze rij staat er twee keer; de eerste is bewaard"
OTHER_ROW = "dit gebied staat meer dan eens in het bestand, met andere cijfers"


@dataclass(frozen=True)
class Layout:
    """How a publisher wrote a table. source: whose columns of the catalogue it may hold. edition: the year that picks
    `Column.editions` names. code_column: what the column of codes is called, for messages. level: what that column holds,
    when it is one level. empty: the reason for an empty cell.
    """

    source: str
    edition: int | str | None = None
    code_column: str = "code"
    level: areas.Level | None = None
    empty: str = "not_covered"


@dataclass(frozen=True)
class Tidied:
    """observations as in `Reading`; kept: the rows of the wide frame that were used; rejected as in `Reading`."""

    observations: pd.DataFrame
    kept: pd.DataFrame
    rejected: pd.DataFrame
    notes: tuple[str, ...] = ()


def tidy(
    wide: pd.DataFrame,
    catalogue: Catalogue,
    layout: Layout,
    path: Path,
    reasons: Mapping[str, pd.Series] | None = None,
    parsed: Mapping[str, Numbers] | None = None,
) -> Tidied:
    """Turn a wide frame into observations; every row is kept or rejected with a reason.

    wide: index `row` (as a reader of the file counts), columns `code` (raw), `period` (int: 2014, or 201403) and the
    publisher's columns (raw cells). reasons: why cells are empty, per column (index as `wide`), where that is known better
    than the layout says. parsed: columns that the reader parsed already, index as `wide`. Raises InputError when the source
    has no column here.
    """
    columns = present_columns(wide, catalogue, layout.source, layout.edition)
    if not columns:
        known = ", ".join(sorted({column.column for _, column in catalogue.of_source(layout.source)}))
        raise refuse(path, "geen enkele kolom van dit bestand staat in de catalogus", f"verwacht wordt een van {known}")
    kept, rejected = usable_rows(wide, layout.code_column, layout.level)
    done = {name: part.of_rows(kept.index) for name, part in (parsed or {}).items()}
    parsed = {name: done.get(name) or _parsed(kept, name, layout.empty, reasons) for name in _names(columns)}
    values = {item.id: _values(item, column, name, per, parsed) for item, column, name, per in columns}
    strange = {item.id: _outside(item, values[item.id][0]) for item, *_ in columns}
    bad = _bad_cells(kept, columns, parsed, strange)
    fine = ~kept.index.isin(bad["row"])
    rejected = pd.concat([rejected, bad], ignore_index=True)
    notes = (*_notes(columns, parsed, kept), *_blank_out(columns, values, strange))
    parts = [_long(kept[fine], item.id, values[item.id], fine) for item, *_ in columns]
    observations = pd.concat(parts, ignore_index=True)
    return Tidied(observations, kept[fine], rejected.sort_values("row", ignore_index=True), notes)


def usable_rows(
    wide: pd.DataFrame, code_column: str = "code", level: areas.Level | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(rows with a normalised code of a real place and a unique key, rejected rows).

    Identical rows with one key: the first is kept. Rows with one key and other content: all are rejected, for nobody
    can tell which is right.
    """
    codes = areas.normalise_all(wide["code"], level)
    distinct = [code for code in codes.unique() if code is not None]
    other_level = {code for code in distinct if level is not None and areas.level_of(code) is not level}
    known = codes.notna() & ~codes.isin(other_level)
    ghosts = known & codes.isin([code for code in distinct if areas.is_ghost(code)])
    frame = wide.assign(code=codes)
    rejected = [
        _reject(wide[~known], code_column, wide["code"][~known], NO_CODE),
        _reject(wide[ghosts], code_column, codes[ghosts], GHOST),
    ]
    frame = frame[known & ~ghosts]
    key = ["code", "period"] if "period" in frame else ["code"]
    if frame.duplicated(key).any():
        again = frame.duplicated(key)
        same = frame.astype(str).duplicated()
        conflict = frame.merge(frame[again & ~same][key].drop_duplicates(), on=key, how="left", indicator=True)
        torn = (conflict["_merge"] == "both").to_numpy()
        rejected.append(_reject(frame[torn], code_column, frame["code"][torn], OTHER_ROW))
        double = again.to_numpy() & ~torn
        rejected.append(_reject(frame[double], code_column, frame["code"][double], SAME_ROW))
        frame = frame[~torn & ~double]
    return frame, pd.concat(rejected, ignore_index=True)


def present_columns(
    wide: pd.DataFrame, catalogue: Catalogue, source: str, edition: int | str | None = None
) -> list[tuple[Indicator, Column, str, str | None]]:
    """(indicator, column, name in this edition, name of the denominator) of what the frame can fill.

    An indicator with several columns in one source takes the first that is there.
    """
    found: dict[str, tuple[Indicator, Column, str, str | None]] = {}
    for item, column in catalogue.of_source(source):
        name = column.editions.get(str(edition), column.column)
        if item.id not in found and name in wide.columns and (column.per is None or column.per in wide.columns):
            found[item.id] = (item, column, name, column.per)
    return list(found.values())


def reading(
    path: Path,
    edition: Edition,
    rows_read: int,
    tidied: Tidied,
    *,
    named: pd.DataFrame | None = None,
    boundaries: pd.DataFrame | None = None,
    changes: pd.DataFrame | None = None,
    notes: tuple[str, ...] = (),
) -> Reading:
    """The Reading of a tidied frame. named: code (normalised), name and perhaps change, water; else the codes alone."""
    if named is None:
        named = tidied.kept[["code"]].drop_duplicates()
    return Reading(
        file=path.name,
        edition=edition,
        rows_read=rows_read,
        rows_kept=rows_read - tidied.rejected["row"].nunique(),
        observations=tidied.observations,
        areas=area_frame(named),
        boundaries=boundaries if boundaries is not None else pd.DataFrame({"code": [], "geometry": []}, dtype=object),
        rejected=tidied.rejected,
        notes=(*tidied.notes, *notes),
        changes=changes if changes is not None else pd.DataFrame(columns=CHANGE_COLUMNS),
    )


def area_frame(named: pd.DataFrame) -> pd.DataFrame:
    """AREA_COLUMNS, one row per code; names as one printable line, an empty name is None, what is not given is None or False."""
    frame = named.drop_duplicates("code").reset_index(drop=True)
    name = frame["name"] if "name" in frame else pd.Series([None] * len(frame), dtype=object)
    name = name.map(lambda text: _one_line(text) if isinstance(text, str) else None).astype(object)
    change = frame["change"] if "change" in frame else pd.Series([None] * len(frame))
    water = frame["water"] if "water" in frame else pd.Series([False] * len(frame))
    filled = {"code": frame["code"].astype(object), "name": name.where(name.notna(), None)}
    return pd.DataFrame({**filled, "change": change.astype("Int64"), "water": water.astype(bool)}, columns=AREA_COLUMNS)


def _one_line(text: str) -> str | None:
    """A name as one printable line: control characters and line ends are spaces, marks that turn the text round go."""
    kept = "".join(" " if char.isspace() or category(char) == "Cc" else char for char in text if category(char) != "Cf")
    return " ".join(kept.split()) or None


def rejected_frame(rows: Sequence[tuple[int, str | None, str | None, str]]) -> pd.DataFrame:
    """REJECTED_COLUMNS from (row, column, value, problem)."""
    return pd.DataFrame(rows, columns=REJECTED_COLUMNS).astype({"row": "int64"})


def empty_observations() -> pd.DataFrame:
    """A frame of observations without rows."""
    types = {"code": object, "indicator": object, "period": "int64", "value": float, "reason": object}
    return pd.DataFrame({name: pd.Series(dtype=types[name]) for name in OBSERVATION_COLUMNS})


# --- the steps ------------------------------------------------------------------------------------------------------


def _names(columns: list[tuple[Indicator, Column, str, str | None]]) -> list[str]:
    return list(dict.fromkeys(name for _, _, *pair in columns for name in pair if name is not None))


def _parsed(kept: pd.DataFrame, name: str, empty: str, reasons: Mapping[str, pd.Series] | None) -> Numbers:
    parsed = numbers(kept[name], empty=empty)
    if reasons and name in reasons:
        own = reasons[name].reindex(kept.index)
        better = parsed.reasons.where((parsed.reasons != empty) | own.isna(), own)
        return Numbers(parsed.values, better.where(better.notna(), None), parsed.unreadable, parsed.ambiguous)
    return parsed


def _values(
    item: Indicator, column: Column, name: str, per: str | None, parsed: Mapping[str, Numbers]
) -> tuple[pd.Series, pd.Series]:
    """(values, reasons) of one indicator. Without residents a rate does not exist: missing, never infinite."""
    value, reason = parsed[name].values, parsed[name].reasons
    if column.factor == 1.0 and per is None:
        return value, reason
    if per is None:
        return value * column.factor, reason
    below, below_reason = parsed[per].values, parsed[per].reasons
    none = below == 0
    quotient = value / below.where(~none) * column.factor
    reason = reason.where(reason.notna(), below_reason)
    reason = reason.where(~(none & value.notna()), "few_residents").astype(object)
    return quotient, reason.where(reason.notna(), None)


def _bad_cells(
    kept: pd.DataFrame,
    columns: list[tuple[Indicator, Column, str, str | None]],
    parsed: Mapping[str, Numbers],
    strange: Mapping[str, pd.Series],
) -> pd.DataFrame:
    """The first bad cell of each row: no number, or a published figure outside the range of the catalogue."""
    found = [
        _reject(kept[part.unreadable], name, kept[name][part.unreadable], "dit is geen getal")
        for name, part in parsed.items()
        if part.unreadable.any()
    ]
    for item, _, name, per in columns:
        outside = strange[item.id]
        if per is None and item.range and outside.any():
            low, high = item.range
            problem = f"{item.short} hoort tussen {limit(low)} en {limit(high)} te liggen"
            found.append(_reject(kept[outside], name, kept[name][outside], problem))
    if not found:
        return rejected_frame([])
    return pd.concat(found, ignore_index=True).drop_duplicates("row", ignore_index=True)


def _outside(item: Indicator, value: pd.Series) -> pd.Series:
    if item.range is None:
        return pd.Series(False, index=value.index)
    return (value < item.range[0]) | (value > item.range[1])


def _blank_out(
    columns: list[tuple[Indicator, Column, str, str | None]],
    values: dict[str, tuple[pd.Series, pd.Series]],
    strange: Mapping[str, pd.Series],
) -> tuple[str, ...]:
    """Make impossible rates missing in `values`. Both parts are as published, but rounded: 10 of 5 is no share."""
    notes = []
    for item, _, _, per in columns:
        outside = strange[item.id]
        if per is not None and outside.any():
            value, reason = values[item.id]
            values[item.id] = (value.where(~outside), reason.where(~outside, "few_residents"))
            where = dutch.count(int(outside.sum()), "gebied", "gebieden")
            notes.append(f"{item.short} is in {where} niet te berekenen: de aantallen zijn te klein en afgerond.")
    return tuple(notes)


def limit(value: float) -> str:
    """A bound of a range in Dutch: "100", "−3,20"."""
    return dutch.number(value, 0 if float(value).is_integer() else 2)


def _long(kept: pd.DataFrame, indicator: str, filled: tuple[pd.Series, pd.Series], fine: np.ndarray) -> pd.DataFrame:
    value, reason = filled
    return pd.DataFrame(
        {
            "code": pd.Series(kept["code"].to_numpy(dtype=object), dtype=object),
            "indicator": pd.Series([indicator] * len(kept), dtype=object),
            "period": kept["period"].to_numpy(dtype="int64"),
            "value": value.to_numpy(dtype=float)[fine],
            "reason": pd.Series(reason.to_numpy(dtype=object)[fine], dtype=object),
        },
        columns=OBSERVATION_COLUMNS,
    )


def _notes(
    columns: list[tuple[Indicator, Column, str, str | None]], parsed: Mapping[str, Numbers], kept: pd.DataFrame
) -> tuple[str, ...]:
    notes = []
    void = [item.short for item, _, name, _ in columns if len(kept) and parsed[name].values.isna().all()]
    if void:
        notes.append(f"Leeg in dit bestand: {dutch.listing(void)}.")
    doubtful = [name for name, part in parsed.items() if part.ambiguous]
    if doubtful:
        notes.append(f"In {dutch.listing(doubtful)} is de punt gelezen als decimaalteken (1.320 is 1,320).")
    return tuple(notes)


def _reject(rows: pd.DataFrame, column: str, values: pd.Series, problem: str) -> pd.DataFrame:
    if rows.empty:
        return rejected_frame([])
    texts = [None if value is None else str(value) for value in values]
    return pd.DataFrame({"row": rows.index.to_numpy("int64"), "column": column, "value": texts, "problem": problem})
