"""A table that says which area became which: pairs with shares, as the command `links` exports it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.errors import Problem
from wijkdata.sources.reading import tables
from wijkdata.sources.reading.base import CHANGE_COLUMNS, Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.periods import scope, whole_years
from wijkdata.sources.reading.tables import as_text
from wijkdata.sources.reading.tidy import Tidied, empty_observations, reading, rejected_frame

SOURCE = "wijzigingen"
_PAIRS = ("code_from", "year_from", "code_to", "year_to", "share_from", "share_to")
# Shares of one area may add up to a little more than 1: they were rounded.
_ROUNDED = 1e-3
# Evidence, in an export of links, that came from a table; wijkdata computes the other links again itself.
_FROM_TABLE = "tabel"


def recognises(path: Path) -> bool:
    """Whether this is a CSV with the six columns of a table of changes."""
    peek = tables.peek(path)
    return peek.kind is FileKind.TEXT and set(_PAIRS) <= {name.lower() for name in peek.columns}


def read(path: Path, context: Context) -> Reading:
    """Read pairs of areas with their shares. Raises InputError with one problem per wrong row: its owner can correct it."""
    table = tables.read_csv(path)
    frame = table.frame.rename(columns=str.lower)
    if frame.empty:
        raise refuse(path, "dit bestand heeft een kop en geen rijen", "vul onder de kop ten minste één rij in")
    years = {name: whole_years(as_text(frame[name]).rename(name), path) for name in ("year_from", "year_to")}
    codes = {name: areas.normalise_all(as_text(frame[name])) for name in ("code_from", "code_to")}
    shares = {name: numbers(frame[name]).values for name in ("share_from", "share_to")}
    changes = pd.DataFrame({**codes, **years, **shares})[CHANGE_COLUMNS]
    # An export of links also has rows without a share, and links that wijkdata made itself.
    computed = (
        ~as_text(frame["evidence"]).str.startswith(_FROM_TABLE)
        if "evidence" in frame
        else pd.Series(False, index=frame.index)
    )
    empty = as_text(frame["share_from"]).eq("") & as_text(frame["share_to"]).eq("") & ~computed
    problems = list(_problems(path, frame, changes, empty | computed))
    if problems:
        raise tables.too_many(problems, path)
    kept = changes[~(empty | computed)].reset_index(drop=True)
    skipped = [(empty, "zonder delen overgeslagen."), (computed, "overgeslagen: die koppelingen maakt wijkdata zelf.")]
    notes = [f"{dutch.count(int(rows.sum()), 'rij', 'rijen')} {why}" for rows, why in skipped if rows.any()]
    return reading_of(path, kept, len(frame), (*table.notes, *notes))


def _problems(path: Path, frame: pd.DataFrame, changes: pd.DataFrame, skipped: pd.Series) -> Iterator[Problem]:
    for name in ("code_from", "code_to"):
        for row in changes.index[changes[name].isna() & ~skipped]:
            yield Problem(path.name, "dit is geen gebiedscode", "schrijf bijvoorbeeld WK036300", int(row), name,
                          str(frame[name][row]))  # fmt: skip
    for name in ("share_from", "share_to"):
        good = changes[name].between(0, 1 + _ROUNDED)
        for row in changes.index[~good & ~skipped]:
            yield Problem(path.name, "een deel ligt tussen 0 en 1", "schrijf 0,35 voor 35 procent", int(row), name,
                          str(frame[name][row]))  # fmt: skip
    totals = changes.groupby(["code_from", "year_from", "year_to"])["share_from"].transform("sum")
    single = changes["share_from"].between(0, 1 + _ROUNDED)
    over = changes[(totals > 1 + _ROUNDED) & single & ~skipped].drop_duplicates("code_from")
    for row, code in over["code_from"].items():
        yield Problem(path.name, f"de delen van {code} zijn samen meer dan 1", "controleer share_from",
                      int(row), "share_from")  # fmt: skip


READERS = (Reader("tabel met wijzigingen van gebieden (CSV)", recognises, read),)


def reading_of(
    path: Path, changes: pd.DataFrame, rows: int, notes: tuple[str, ...], year: int | None = None
) -> Reading:
    """Make the reading of a file with nothing but changes. year: of the table, when it has no changes to tell it."""
    years = sorted({*changes["year_from"].tolist(), *changes["year_to"].tolist()}) or [year or 0]
    municipalities = scope(pd.concat([changes["code_from"], changes["code_to"]])) if len(changes) else "leeg"
    edition = Edition(
        SOURCE,
        f"wijzigingen-{years[0]}-{years[-1]}-{municipalities}",
        dutch.years([int(one) for one in years]),
        None,
        int(years[-1]),
    )
    tidied = Tidied(empty_observations(), pd.DataFrame({"code": []}, dtype=object), rejected_frame([]))
    return replace(reading(path, edition, rows, tidied, notes=notes), changes=changes)
