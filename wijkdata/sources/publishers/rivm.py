"""RIVM, GGD and CBS: Gezondheidsmonitor 2016, model estimates per wijk (CSV). `*` in a header means: estimated by a model.

The file does not give its year; this set of columns was published once, for 2016, on the wijken of 2016 (all 2,981 real
codes are in that division).
"""

from pathlib import Path

import pandas as pd

from wijkdata import areas, dutch
from wijkdata.areas import Level
from wijkdata.errors import Problem
from wijkdata.sources.reading import tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import FileKind, refuse
from wijkdata.sources.reading.numbers import numbers
from wijkdata.sources.reading.tidy import Layout, reading, tidy

SOURCE = "rivm"
YEAR = 2016
_POPULATION = "Totale bevolking"
# The estimates are empty in 33 wijken, each with fifteen residents or fewer.
_FEW = 100


def recognises(path: Path) -> bool:
    """Whether this is a CSV with the wijk and the estimated loneliness."""
    peek = tables.peek(path)
    return peek.kind is FileKind.TEXT and {"wijkcode", "wijknaam", "% eenzaam*"} <= set(peek.columns)


def read(path: Path, context: Context) -> Reading:
    """Read the estimates. Raises InputError when codes and gemeente numbers contradict each other."""
    table = tables.read_csv(path)
    frame = table.frame
    if frame.empty:
        raise refuse(path, "dit bestand heeft een kop en geen rijen", "haal het bestand opnieuw op bij het RIVM")
    _check_municipality(frame, path)
    estimated = [name for name in frame.columns if name.endswith("*")]
    wide = frame.rename(columns=lambda name: name.rstrip("*").strip()).assign(code=frame["wijkcode"], period=YEAR)
    reasons = _reasons(wide)
    tidied = tidy(
        wide, context.catalogue, Layout(SOURCE, code_column="wijkcode", level=Level.WIJK), path, reasons=reasons
    )
    named = pd.DataFrame({"code": tidied.kept["code"], "name": tidied.kept["wijknaam"]})
    edition = Edition(SOURCE, f"rivm-gezondheidsmonitor-{YEAR}-wijken", f"Gezondheidsmonitor {YEAR}", None, YEAR)
    note = f"Geschat met een model: {dutch.count(len(estimated), 'kolom', 'kolommen')} met een ster in de kop."
    return reading(path, edition, len(frame), tidied, named=named, notes=(*table.notes, note))


READERS = (Reader("RIVM Gezondheidsmonitor 2016 (CSV)", recognises, read),)


def _check_municipality(frame: pd.DataFrame, path: Path) -> None:
    """Check that `gemnr` (without leading zeros) is the gemeente in `wijkcode`."""
    if "gemnr" not in frame:
        return
    codes = areas.normalise_all(frame["wijkcode"], Level.WIJK)
    given = areas.normalise_all(frame["gemnr"], Level.GEMEENTE)
    expected = codes.map(lambda code: areas.municipality_of(code) if code else None)
    wrong = frame[codes.notna() & (given != expected)]
    if len(wrong):
        remedy = "het bestand is beschadigd of bewerkt; haal het opnieuw op bij het RIVM"
        problem = "dit gemeentenummer hoort niet bij de wijkcode"
        raise tables.too_many(
            [Problem(path.name, problem, remedy, int(row), "gemnr", wrong["gemnr"][row]) for row in wrong.index], path
        )


def _reasons(wide: pd.DataFrame) -> dict[str, pd.Series]:
    """Find why cells are empty: too few residents to estimate, or simply not in the file."""
    population = numbers(wide[_POPULATION]).values if _POPULATION in wide else pd.Series(float("nan"), index=wide.index)
    reason = pd.Series("not_covered", index=wide.index, dtype=object).where(~(population < _FEW), "few_residents")
    return {name: reason for name in wide.columns if name != _POPULATION}
