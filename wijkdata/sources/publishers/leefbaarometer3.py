"""Leefbaarometer 3.0 scores (Ministerie van BZK), the official CSV per wijk, buurt or gemeente, release 2022 or 2024.

Two rules that hold in every file are checked here: `lbm - afw` is one constant, the fixed national reference, and the five
dimensions add up to `afw`. The dimensions exist for some years only; the other years have the total alone.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.errors import OutOfScopeError
from wijkdata.sources.reading import tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.periods import whole_years
from wijkdata.sources.reading.tidy import Layout, Tidied, reading, tidy

SOURCE = "lbm3"
DIMENSIONS = ["fys", "onv", "soc", "vrz", "won"]
REFERENCE = 4.10226485  # lbm - afw in the releases of 2022 and 2024
TOLERANCE = 1e-9  # the release of 2024 has 15 digits: sums of six are exact to 1e-14
FIRST_YEAR_WITH_DIMENSIONS = 2014
_LEVELS = {"wk": Level.WIJK, "bu": Level.BUURT, "gm": Level.GEMEENTE}
# A release puts its whole history on the division of its last measurement: release 2022 holds the 345 gemeenten of
# 1 January 2022 (Weesp, Brielle, Hellevoetsluis and Westvoorne, no Voorne aan Zee), release 2024 every code of 2024.
_REMEDY = "het bestand is beschadigd of bewerkt; haal het opnieuw op bij leefbaarometer.nl"


def recognises(path: Path) -> bool:
    """Whether this is a CSV with the year, the total and the distance to the reference."""
    peek = tables.peek(path)
    return peek.kind is FileKind.TEXT and {"jaar", "lbm", "afw"} <= set(peek.columns)


def read(path: Path, context: Context) -> Reading:
    """Read the scores. Raises InputError when the file breaks its own rules, because then it is damaged."""
    prefix = _prefix(path)
    table = tables.read_csv(path)
    frame = table.frame
    if frame.empty:
        raise refuse(path, "dit bestand heeft een kop en geen rijen", _REMEDY)
    years = whole_years(frame["jaar"], path)
    parsed = {name: numbers(frame[name]) for name in ["lbm", "afw", *DIMENSIONS] if name in frame}
    scores = {name: part.values for name, part in parsed.items()}
    note = _check_reference(scores, path)
    _check_sum(scores, path)
    wide = frame.assign(code=frame[f"{prefix}_code"], period=years)
    tidied = tidy(
        wide,
        context.catalogue,
        Layout(SOURCE, code_column=f"{prefix}_code", level=_LEVELS[prefix]),
        path,
        parsed=parsed,
    )
    filled = years[scores["won"].notna()].unique().tolist() if "won" in scores else []
    tidied, dimension_note = _without_absent_years(tidied, sorted(filled))
    level = _LEVELS[prefix]
    last = int(years.max())
    edition = Edition(SOURCE, f"leefbaarometer-3-{level.plural}", f"meting {last}", None, last)
    notes = (*table.notes, *note, *dimension_note, *_incomplete(tidied.kept, level))
    return reading(path, edition, len(frame), tidied, named=_names(tidied.kept, f"{prefix}_naam"), notes=notes)


READERS = (Reader("Leefbaarometer 3.0 (CSV)", recognises, read),)


def _prefix(path: Path) -> str:
    """Find the level by the header alone: the files per grid cell and postcode of the same release are large."""
    columns = tables.peek(path).columns
    prefix = next((prefix for prefix in _LEVELS if f"{prefix}_code" in columns), None)
    if prefix is None:
        refusal = refuse(
            path,
            "dit zijn Leefbaarometer-scores zonder kolom wk_code, bu_code of gm_code (per postcode of per raster)",
            "gebruik het bestand per wijk, per buurt of per gemeente",
        )
        raise OutOfScopeError(refusal.problems)
    return prefix


def _check_reference(scores: dict[str, pd.Series], path: Path) -> tuple[str, ...]:
    """Check that `lbm - afw` is the same in every row; return a note when it is another reference than the known one."""
    reference = scores["lbm"] - scores["afw"]
    norm = float(reference.median())
    wrong = (reference - norm).abs() > TOLERANCE
    if wrong.any():
        row = int(wrong.idxmax())
        raise refuse(
            path,
            f"lbm min afw is hier {dutch.number(reference[row], 8)} en elders in dit bestand {dutch.number(norm, 8)}",
            _REMEDY,
            row=row,
            column="afw",
        )
    if not np.isnan(norm) and abs(norm - REFERENCE) > 1e-6:
        return (
            f"De landelijke norm in dit bestand is {dutch.number(norm, 5)} en was {dutch.number(REFERENCE, 5)}: "
            "vergelijk deze uitgave niet met een eerdere.",
        )
    return ()


def _check_sum(scores: dict[str, pd.Series], path: Path) -> None:
    """Check that a row has all five dimensions or none, and that they add up to `afw`."""
    parts = pd.DataFrame({name: scores[name] for name in DIMENSIONS if name in scores})
    filled = parts.notna().sum(axis=1)
    partly = (filled > 0) & (filled < len(DIMENSIONS))
    if partly.any():
        raise refuse(
            path,
            f"van de vijf dimensies zijn er hier {filled[partly.idxmax()]} gevuld; ze horen er alle vijf te zijn of geen",
            _REMEDY,
            row=int(partly.idxmax()),
        )
    gap = (parts.sum(axis=1) - scores["afw"]).where(filled == len(DIMENSIONS)).abs()
    wrong = gap > TOLERANCE
    if wrong.any():
        row = int(wrong.idxmax())
        raise refuse(
            path,
            f"fys, onv, soc, vrz en won zijn samen {dutch.number(parts.loc[row].sum(), 8)} "
            f"en horen samen afw te zijn ({dutch.number(scores['afw'][row], 8)})",
            _REMEDY,
            row=row,
        )


def _without_absent_years(tidied: Tidied, filled: list[int]) -> tuple[Tidied, tuple[str, ...]]:
    """Remove what a year does not have at all (2016 has a total and no dimensions): no row, so a gap and never a 0.

    filled: the years with dimensions.
    """
    observations = tidied.observations
    measured = observations["value"].notna()
    present = measured.groupby([observations["indicator"], observations["period"]]).transform("any")
    notes = [
        f"De vijf dimensies zijn er voor {dutch.years(filled) or 'geen enkel jaar'}; andere jaren hebben alleen het totaal."
    ]
    early = [year for year in filled if year < FIRST_YEAR_WITH_DIMENSIONS]
    if early:
        notes.append(f"Dit bestand geeft dimensies voor {dutch.years(early)}; eerdere uitgaven hadden die niet.")
    return replace(tidied, observations=observations[present].reset_index(drop=True)), tuple(notes)


def _incomplete(kept: pd.DataFrame, level: Level) -> tuple[str, ...]:
    per_area = kept.groupby("code")["period"].nunique()
    years = kept["period"].nunique()
    incomplete = int((per_area < years).sum())
    if not incomplete:
        return ()
    return (f"Niet alle {years} jaren: {dutch.count(incomplete, level.value, level.plural)}.",)


def _names(kept: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return code and name, the name of the last year."""
    latest = kept.sort_values("period", kind="stable").drop_duplicates("code", keep="last")
    return pd.DataFrame({"code": latest["code"], "name": latest.get(column)}).sort_values("code")
