"""From a wide frame with the publisher's columns to observations: the catalogue says which column is which indicator."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import category

import numpy as np
import pandas as pd

from wijkdata import areas, dutch
from wijkdata.catalogue import Catalogue, Column, Form, Indicator
from wijkdata.sources.reading.base import (
    AREA_COLUMNS,
    OBSERVATION_COLUMNS,
    REJECTED_COLUMNS,
    Edition,
    Reading,
)
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.numbers import Numbers, counts, numbers

GHOST = "dit is een boekhoudregio van de uitgever en geen plek in Nederland"
NO_CODE = "dit is geen gebiedscode (verwacht wordt een code als GM0363, WK036301 of BU0363AA01)"
SAME_ROW = "deze rij staat er twee keer; de eerste is bewaard"
OTHER_ROW = "dit gebied staat meer dan eens in het bestand, met andere cijfers"


@dataclass(frozen=True)
class Layout:
    """How a publisher wrote a table. source: whose columns of the catalogue it may hold. edition: the year that picks
    `Column.editions` names. code_column: what the column of codes is called, for messages. level: what that column holds,
    when it is one level. empty: the reason for an empty cell. form: which names of the catalogue the columns have.
    """

    source: str
    edition: int | str | None = None
    code_column: str = "code"
    level: areas.Level | None = None
    empty: str = "not_covered"
    form: Form = Form.FILE


@dataclass(frozen=True)
class FileColumn:
    """A column of the wide frame that fills an indicator. name: what it is called in the frame; per: the column of the frame
    that it is divided by, or None."""

    indicator: Indicator
    column: Column
    name: str
    per: str | None


@dataclass(frozen=True)
class Tidied:
    """A wide frame as observations. kept: the rows of the frame that were used; the other fields as in `Reading`."""

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

    wide: index `row` (as a person counts rows in the file), columns `code` (raw), `period` (int: 2014, or 201403) and the
    publisher's columns (raw cells). reasons: why cells are empty, per column (index as `wide`), where more is known than the
    layout tells. parsed: columns that the reader parsed already, index as `wide`. Raises InputError when the frame has no
    column of the source.
    """
    columns = present_columns(wide, catalogue, layout)
    if not columns:
        known = ", ".join(sorted({column.column for _, column in catalogue.of_source(layout.source, layout.form)}))
        raise refuse(path, "geen enkele kolom van dit bestand staat in de catalogus", f"verwacht wordt een van {known}")
    kept, rejected = usable_rows(wide, layout.code_column, layout.level)
    given = {name: part.of_rows(kept.index) for name, part in (parsed or {}).items()}
    left = [one for one in columns if not {one.name, one.per or one.name} <= set(given)]
    figures = parse(kept, left, layout)
    parsed = {
        name: given.get(name) or _explained(figures[name], name, layout.empty, reasons) for name in _names(columns)
    }
    values = {one.indicator.id: _values(one, parsed) for one in columns}
    outside = {one.indicator.id: _outside(one.indicator, values[one.indicator.id][0]) for one in columns}
    bad = _bad_cells(kept, columns, parsed, outside)
    accepted = ~kept.index.isin(bad["row"])
    rejected = pd.concat([rejected, bad], ignore_index=True)
    notes = (*_notes(columns, parsed, kept), *_blank_out(columns, values, outside))
    observations = _long(kept, values, accepted)
    return Tidied(observations, kept[accepted], rejected.sort_values("row", ignore_index=True), notes)


def usable_rows(
    wide: pd.DataFrame, code_column: str = "code", level: areas.Level | None = None, also: tuple[str, ...] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split the rows into those with a normalised code of a real place and a unique key, and the rejected ones.

    Of identical rows with one key the first is kept. Rows with one key and different content are all rejected: which of
    them is right cannot be known. also: columns that belong to the key besides code and period.
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
    key = ["code", *(["period"] if "period" in frame else []), *also]
    if frame.duplicated(key).any():
        again = frame.duplicated(key)
        same = frame.astype(str).duplicated()
        conflict = frame.merge(frame[again & ~same][key].drop_duplicates(), on=key, how="left", indicator=True)
        conflicting = (conflict["_merge"] == "both").to_numpy()
        rejected.append(_reject(frame[conflicting], code_column, frame["code"][conflicting], OTHER_ROW))
        double = again.to_numpy() & ~conflicting
        rejected.append(_reject(frame[double], code_column, frame["code"][double], SAME_ROW))
        frame = frame[~conflicting & ~double]
    return frame, pd.concat(rejected, ignore_index=True)


def present_columns(wide: pd.DataFrame, catalogue: Catalogue, layout: Layout) -> list[FileColumn]:
    """List the columns of the frame that fill an indicator of the catalogue.

    For an indicator with several columns in one source this is the first that the frame has. A column is known by its name;
    of StatLine by the end of its path, unit included, where one column of the frame ends so; in xls capitals play no part.
    """
    find = column_finder([str(name) for name in wide.columns], layout.form)
    present: dict[str, FileColumn] = {}
    for item, column in catalogue.of_source(layout.source, layout.form):
        if not column.is_of(layout.edition):
            continue
        name = find(column.editions.get(str(layout.edition), column.column))
        per = None if column.per is None else find(column.per)
        if item.id not in present and name is not None and (column.per is None or per is not None):
            present[item.id] = FileColumn(item, column, name, per)
    return list(present.values())


def column_finder(names: list[str], form: Form) -> Callable[[str], str | None]:
    """Make the function that finds the column of a frame by what the catalogue calls it; None: absent, or not the only one."""
    if form not in (Form.STATLINE, Form.XLS):
        known = dict(zip(names, names, strict=True))
        return known.get
    ends: dict[str, list[str]] = {}
    for name in names:
        path = _plain(name).split("/") if form is Form.STATLINE else [_plain(name)]
        for start in range(len(path)):
            ends.setdefault("/".join(path[start:]), []).append(name)
    whole = {_plain(name): name for name in names}

    def find(text: str) -> str | None:
        wanted = _plain(text)
        ending = ends.get(wanted, [])
        return whole.get(wanted) or (ending[0] if len(ending) == 1 else None)

    return find


def _plain(text: str) -> str:
    """Write a header for comparing: one space where there are more, none around a slash, no capitals."""
    return re.sub(r"\s*/\s*", "/", " ".join(text.split())).casefold()


def reading(
    path: Path,
    edition: Edition,
    rows_read: int,
    tidied: Tidied,
    *,
    named: pd.DataFrame | None = None,
    notes: tuple[str, ...] = (),
    provisional: tuple[int, ...] = (),
) -> Reading:
    """Make the Reading of a tidied frame, without boundaries and changes.

    named: the areas, as code (normalised), name and perhaps change, water; without it the codes of the frame alone.
    """
    if named is None:
        named = tidied.kept[["code"]].drop_duplicates()
    return Reading(
        file=path.name,
        edition=edition,
        rows_read=rows_read,
        rows_kept=rows_read - tidied.rejected["row"].nunique(),
        observations=tidied.observations,
        areas=area_frame(named),
        boundaries=pd.DataFrame({"code": [], "geometry": []}, dtype=object),
        rejected=tidied.rejected,
        notes=(*tidied.notes, *notes),
        provisional=provisional,
    )


def area_frame(named: pd.DataFrame) -> pd.DataFrame:
    """Complete areas to AREA_COLUMNS, one row per code; a name is one printable line or None.

    Without these columns name and change are None, and water is False.
    """
    frame = named.drop_duplicates("code").reset_index(drop=True)
    name = frame["name"] if "name" in frame else pd.Series([None] * len(frame), dtype=object)
    name = name.map(lambda text: _one_line(text) if isinstance(text, str) else None).astype(object)
    change = frame["change"] if "change" in frame else pd.Series([None] * len(frame))
    water = frame["water"] if "water" in frame else pd.Series([False] * len(frame))
    filled = {"code": frame["code"].astype(object), "name": name.where(name.notna(), None)}
    return pd.DataFrame({**filled, "change": change.astype("Int64"), "water": water.astype(bool)}, columns=AREA_COLUMNS)


def _one_line(text: str) -> str | None:
    """Write a name as one printable line: spaces for control characters and line ends, no marks that turn text round."""
    kept = "".join(" " if char.isspace() or category(char) == "Cc" else char for char in text if category(char) != "Cf")
    return " ".join(kept.split()) or None


def rejected_frame(rows: Sequence[tuple[int, str | None, str | None, str]]) -> pd.DataFrame:
    """Make a frame with REJECTED_COLUMNS of (row, column, value, problem)."""
    return pd.DataFrame(rows, columns=REJECTED_COLUMNS).astype({"row": "int64"})


def empty_observations() -> pd.DataFrame:
    """Make a frame of observations without rows."""
    types = {"code": object, "indicator": object, "period": "int64", "value": float, "reason": object}
    return pd.DataFrame({name: pd.Series(dtype=types[name]) for name in OBSERVATION_COLUMNS})


# --- the steps ------------------------------------------------------------------------------------------------------


def _names(columns: list[FileColumn]) -> list[str]:
    return list(dict.fromkeys(name for one in columns for name in (one.name, one.per) if name is not None))


def parse(frame: pd.DataFrame, columns: list[FileColumn], layout: Layout) -> dict[str, Numbers]:
    """Parse the columns that fill an indicator; in whole numbers (people, homes) a point stands for thousands."""
    counting = {one.name for one in columns if one.per is not None or one.indicator.whole}
    counting |= {one.per for one in columns if one.per is not None}
    return {
        name: (counts if name in counting else numbers)(frame[name], empty=layout.empty) for name in _names(columns)
    }


def _explained(parsed: Numbers, name: str, empty: str, reasons: Mapping[str, pd.Series] | None) -> Numbers:
    if reasons and name in reasons:
        known = reasons[name].reindex(parsed.values.index)
        merged = parsed.reasons.where((parsed.reasons != empty) | known.isna(), known)
        return replace(parsed, reasons=merged.where(merged.notna(), None))
    return parsed


def _values(filled: FileColumn, parsed: Mapping[str, Numbers]) -> tuple[pd.Series, pd.Series]:
    """Return (values, reasons) of one indicator. Without residents a rate does not exist: missing, never infinite."""
    value, reason = parsed[filled.name].values, parsed[filled.name].reasons
    factor = filled.column.factor
    if factor == 1.0 and filled.per is None:
        return value, reason
    if filled.per is None:
        return value * factor, reason
    denominator = parsed[filled.per]
    zero = denominator.values == 0
    quotient = value / denominator.values.where(~zero) * factor
    reason = reason.where(reason.notna(), denominator.reasons)
    reason = reason.where(~(zero & value.notna()), "few_residents").astype(object)
    return quotient, reason.where(reason.notna(), None)


def _bad_cells(
    kept: pd.DataFrame,
    columns: list[FileColumn],
    parsed: Mapping[str, Numbers],
    outside: Mapping[str, pd.Series],
) -> pd.DataFrame:
    """Reject the first bad cell of each row: no number, or a published figure outside the range of the catalogue.

    outside: per indicator, which rows are outside its range.
    """
    rejected = [
        _reject(kept[part.unreadable], name, kept[name][part.unreadable], "dit is geen getal")
        for name, part in parsed.items()
        if part.unreadable.any()
    ]
    for one in columns:
        item, rows = one.indicator, outside[one.indicator.id]
        if one.per is None and item.range and rows.any():
            low, high = item.range
            problem = f"{item.short} hoort tussen {limit(low)} en {limit(high)} te liggen"
            rejected.append(_reject(kept[rows], one.name, kept[one.name][rows], problem))
    if not rejected:
        return rejected_frame([])
    return pd.concat(rejected, ignore_index=True).drop_duplicates("row", ignore_index=True)


def _outside(item: Indicator, value: pd.Series) -> pd.Series:
    if item.range is None:
        return pd.Series(False, index=value.index)
    return (value < item.range[0]) | (value > item.range[1])


def _blank_out(
    columns: list[FileColumn],
    values: dict[str, tuple[pd.Series, pd.Series]],
    outside: Mapping[str, pd.Series],
) -> tuple[str, ...]:
    """Make impossible rates missing in `values`. Both parts are as published, but rounded: 10 of 5 is no share."""
    notes = []
    for one in columns:
        item, rows = one.indicator, outside[one.indicator.id]
        if one.per is not None and rows.any():
            value, reason = values[item.id]
            values[item.id] = (value.where(~rows), reason.where(~rows, "few_residents"))
            count_text = dutch.count(int(rows.sum()), "gebied", "gebieden")
            notes.append(f"{item.short} is in {count_text} niet te berekenen: de aantallen zijn te klein en afgerond.")
    return tuple(notes)


def limit(value: float) -> str:
    """Write a bound of a range in Dutch: "100", "−3,20"."""
    return dutch.number(value, 0 if float(value).is_integer() else 2)


def _long(kept: pd.DataFrame, values: Mapping[str, tuple[pd.Series, pd.Series]], accepted: np.ndarray) -> pd.DataFrame:
    """Make the observations of all indicators, of the accepted rows. Each text is kept once (categories): a national table
    of a hundred topics has two million observations, and there may be twelve such tables."""
    rows, topics = int(accepted.sum()), len(values)
    places, codes = pd.factorize(kept["code"].to_numpy(dtype=object)[accepted])
    reason = np.concatenate([reason.to_numpy(dtype=object)[accepted] for _, reason in values.values()])
    return pd.DataFrame(
        {
            "code": _categories(np.tile(places, topics), codes),
            "indicator": _categories(np.repeat(np.arange(topics), rows), list(values)),
            "period": np.tile(kept["period"].to_numpy(dtype="int64")[accepted], topics),
            "value": np.concatenate([value.to_numpy(dtype=float)[accepted] for value, _ in values.values()]),
            "reason": pd.Series(reason, dtype=object),
        },
        columns=OBSERVATION_COLUMNS,
    )


def _categories(places: np.ndarray, texts: Sequence[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(places, categories=pd.Index(texts, dtype=object))


def _notes(columns: list[FileColumn], parsed: Mapping[str, Numbers], kept: pd.DataFrame) -> tuple[str, ...]:
    notes = []
    empty = [one.indicator.short for one in columns if len(kept) and parsed[one.name].values.isna().all()]
    if empty:
        notes.append(f"Leeg in dit bestand: {dutch.listing(empty)}.")
    return (*notes, *point_notes(list(parsed.items())))


def point_notes(parsed: Sequence[tuple[str, Numbers]]) -> tuple[str, ...]:
    """Say of columns, each with its name, how a point was read where it can mean two things."""
    notes = []
    doubtful = [name for name, part in parsed if part.ambiguous]
    if doubtful:
        notes.append(f"In {dutch.listing(doubtful)} is de punt gelezen als decimaalteken (1.320 is 1,320).")
    thousands = [name for name, part in parsed if part.thousands]
    if thousands:
        notes.append(f"In {dutch.listing(thousands)} is de punt gelezen als teken voor duizendtallen (1.320 is 1320).")
    return tuple(notes)


def _reject(rows: pd.DataFrame, column: str, values: pd.Series, problem: str) -> pd.DataFrame:
    if rows.empty:
        return rejected_frame([])
    texts = [None if value is None else str(value) for value in values]
    return pd.DataFrame({"row": rows.index.to_numpy("int64"), "column": column, "value": texts, "problem": problem})
