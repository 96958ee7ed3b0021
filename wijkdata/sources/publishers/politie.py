"""Police: registered crimes per wijk and buurt, per year (47018NED) or month (47022NED), a row per area, period and kind.

As OData v3 (JSON, CSV, Parquet, xlsx) or as CSV of StatLine. A kind is known by its number (`1.1.1`); the total is `0.0.0`, and
in words `Totaal misdrijven`. A row of the months is kept as a month. A kind that the catalogue does not have is in the total.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wijkdata import dutch, periods
from wijkdata.catalogue import Catalogue
from wijkdata.sources.reading import dimensions, odata, tables
from wijkdata.sources.reading.base import OBSERVATION_COLUMNS, Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.numbers import Numbers, numbers
from wijkdata.sources.reading.periods import scope, span
from wijkdata.sources.reading.statline_csv import PERIOD
from wijkdata.sources.reading.tidy import Tidied, reading, usable_rows

SOURCE = "politie"
TOTAL = "0.0.0"
_KIND, _COUNT = "SoortMisdrijf", "GeregistreerdeMisdrijven"
_KIND_IN_WORDS, _COUNT_IN_WORDS = "Soort misdrijf", "Geregistreerde misdrijven (aantal)"
_NUMBERED = re.compile(r"(\d+\.\d+\.\d+)(?:\s|$)")
_TOTAL_IN_WORDS = "totaalmisdrijven"
_PER_YEAR, _PER_MONTH = "47018NED", "47022NED"
_PERIODS = "kies in de tabel ook de perioden, als kolom"
_OTHER_KIND = "deze soort misdrijf houdt wijkdata niet apart bij; zij telt mee in het totaal"
_NO_KIND = "dit is geen soort misdrijf van de politie (verwacht: een nummer zoals 1.1.1, of Totaal misdrijven)"
_NO_COUNT = "dit is geen aantal misdrijven (verwacht: een geheel getal van 0 of meer)"


@dataclass(frozen=True)
class _Rows:
    """The rows as published. frame: code, kind, count, when (raw); number: of the table; code: the name of its column."""

    frame: pd.DataFrame
    number: str | None
    code: str
    names: pd.Series | None
    notes: tuple[str, ...]


def recognises(path: Path) -> bool:
    """Whether this is a table with kinds of crime, counts and areas, by the names of OData or by the headings of StatLine."""
    return dimensions.of_open_data(path, _KIND, _COUNT) or dimensions.of_statline(path, _KIND_IN_WORDS, _COUNT_IN_WORDS)


def read(path: Path, context: Context) -> Reading:
    """Read the counts. Raises InputError: no codes of areas, no periods, no kind that is known."""
    open_data = dimensions.of_open_data(path, _KIND, _COUNT)
    rows = _odata(path) if open_data else _statline(path)
    when = dimensions.periods(rows.frame["when"].rename(PERIOD), path)
    frame = rows.frame.assign(period=when.codes, kind=_kinds(rows.frame["kind"]))
    kept, refused = _known_kinds(frame, rows.frame["kind"], context.catalogue, path)
    kept, doubtful = usable_rows(kept, rows.code, also=("kind",))
    counts = numbers(kept["count"])
    wrong = counts.unreadable | (counts.values < 0) | (counts.values % 1 > 0)
    rejected = pd.concat([refused, doubtful, dimensions.rejected(kept["count"][wrong].astype(str), _COUNT, _NO_COUNT)])
    kept, counts = kept[~wrong], counts.of_rows(kept.index[~wrong])
    tidied = Tidied(
        _observations(kept, counts, context.catalogue), kept, rejected.sort_values("row", ignore_index=True)
    )
    return reading(
        path,
        _edition(rows.number, kept),
        len(rows.frame),
        tidied,
        named=_named(kept, rows.names),
        notes=(*rows.notes, *_left_out(refused)),
        provisional=_recent(when.codes) if open_data else when.provisional,
    )


READERS = (Reader("Geregistreerde misdrijven van de politie (47018NED, 47022NED)", recognises, read),)


def _odata(path: Path) -> _Rows:
    table = odata.read(path)
    frame = table.frame
    if PERIOD not in frame:
        raise refuse(path, "in deze tabel ontbreekt de kolom Perioden", _PERIODS)
    chosen = pd.DataFrame(
        {
            "code": frame[table.region],
            "kind": frame[_KIND],
            "count": frame[_COUNT],
            "when": frame[PERIOD],
        }
    )
    return _Rows(chosen, table.number or odata.number_in(path.stem), table.region, None, table.notes)


def _statline(path: Path) -> _Rows:
    export = dimensions.coded_export(path, remedy=_PERIODS)
    frame, code = export.frame, str(export.codes)
    chosen = pd.DataFrame(
        {
            "code": frame[code],
            "kind": frame[_KIND_IN_WORDS],
            "count": frame[_COUNT_IN_WORDS],
            "when": frame[PERIOD],
        }
    )
    names = frame[export.names] if export.names else None
    return _Rows(chosen, odata.number_in(export.title), code, names, export.notes)


def _kinds(cells: pd.Series) -> pd.Series:
    """Take the number of each kind: `1.1.1 Diefstal/inbraak woning` is 1.1.1; None where there is none."""
    texts = tables.as_text(cells)
    return texts.map({text: _kind(text) for text in texts.unique()}).astype(object)


def _kind(text: str) -> str | None:
    numbered = _NUMBERED.match(text)
    if numbered:
        return numbered[1]
    return TOTAL if dimensions.plain(text) == _TOTAL_IN_WORDS else None


def _indicators(catalogue: Catalogue) -> dict[str, str]:
    return {column.column: item.id for item, column in catalogue.of_source(SOURCE)}


def _known_kinds(
    frame: pd.DataFrame, published: pd.Series, catalogue: Catalogue, path: Path
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split the rows into those of a kind in the catalogue and the others. Raises InputError when there is none."""
    known = frame["kind"].isin(list(_indicators(catalogue)))
    nameless = frame["kind"].isna()
    if not known.any():
        raise refuse(
            path,
            "geen enkele soort misdrijf van deze tabel staat in de catalogus",
            "kies in de tabel bij soort misdrijf in elk geval ‘Totaal misdrijven’",
            value=str(published.iloc[0]),
        )
    unknown = dimensions.rejected(published[~known & ~nameless], _KIND, _OTHER_KIND)
    none = dimensions.rejected(published[nameless], _KIND, _NO_KIND)
    return frame[known], pd.concat([unknown, none], ignore_index=True)


def _observations(kept: pd.DataFrame, counts: Numbers, catalogue: Catalogue) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": kept["code"].to_numpy(dtype=object),
            "indicator": kept["kind"].map(_indicators(catalogue)).to_numpy(dtype=object),
            "period": kept["period"].to_numpy(dtype="int64"),
            "value": counts.values.to_numpy(dtype=float),
            "reason": pd.Series(counts.reasons.to_numpy(dtype=object), dtype=object),
        },
        columns=OBSERVATION_COLUMNS,
    )


def _named(kept: pd.DataFrame, names: pd.Series | None) -> pd.DataFrame:
    return pd.DataFrame({"code": kept["code"], "name": None if names is None else names.reindex(kept.index)})


def _recent(codes: pd.Series) -> tuple[int, ...]:
    """The months of the newest year: the police revise them for months, and this form has no stars to say so."""
    months = sorted(periods.Period.of(code) for code in codes.unique() if not periods.is_year(int(code)))
    return tuple(one.code for one in months if one.year == months[-1].year)


def _left_out(refused: pd.DataFrame) -> tuple[str, ...]:
    """Say how many kinds are in the total alone."""
    n = refused.loc[refused["problem"] == _OTHER_KIND, "value"].nunique()
    return (f"Alleen in het totaal: {dutch.count(n, 'soort', 'soorten')} misdrijf.",) if n else ()


def _edition(number: str | None, kept: pd.DataFrame) -> Edition:
    """Name the table, its periods and its gemeenten. The publisher does not say of which year its areas are."""
    when = sorted(int(code) for code in kept["period"].unique())
    monthly = not all(periods.is_year(code) for code in when)
    number = number if number in (_PER_YEAR, _PER_MONTH) else _PER_MONTH if monthly else _PER_YEAR
    part = scope(kept["code"])
    months = [code for code in when if not periods.is_year(code)] or when
    table = f"{number}-{span(months)}" + ("" if part == "NL" else f"-{part}")
    last = periods.Period.of(max(when, key=lambda code: periods.Period.of(code).decimal_year)).year
    return Edition(SOURCE, table, periods.when_text(months), None, last, division_given=False)
