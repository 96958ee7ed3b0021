"""RIVM, GGD and CBS: Gezondheidsmonitor per wijk and buurt, 18 years or older, several waves (50090NED and 50120NED).

As OData v3 (xlsx, CSV, Parquet, JSON) or as CSV of statline.rivm.nl. All figures are model estimates. A topic that is empty in
a whole wave was not asked in that wave; `.` is a figure that the publisher keeps back. The other ages and the bounds of
the margins stand in the same table and are not read.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from wijkdata import dutch
from wijkdata.catalogue import Catalogue, Form
from wijkdata.sources.reading import dimensions, odata, tables
from wijkdata.sources.reading.base import Context, Edition, Reader, Reading
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.periods import scope, span
from wijkdata.sources.reading.statline_csv import PERIOD
from wijkdata.sources.reading.tidy import Layout, Tidied, reading, tidy

SOURCE = "rivm_monitor"
_AGE, _MARGIN = "Leeftijd", "Marges"
_ADULTS = frozenset({"20300", "18jaarofouder", "18plus", "18jaarenouder", "totaal"})
_VALUES = frozenset({"mw00000", "waarde"})
_OTHER_AGE = "deze rij gaat over een andere leeftijd; alleen 18 jaar of ouder wordt ingelezen"
_BOUND = "dit is een grens van de marge en geen schatting"
# All codes of the three waves of 50090NED are those of 2020. The later table begins with the wave of 2022.
_FIRST_TABLE, _LATER_TABLE = "50090NED", "50120NED"
_DIVISION_OF_FIRST = 2020
_ONLY_LATER = {"PsychischeKlachten", "ZeerLageVeerkracht", "MistEmotioneleSteun", "LangdurigErnstigBeperkt"}
_PERIODS = "kies in de tabel ook de perioden"
_REMEDY = "kies in de tabel 18 jaar of ouder en bij Marges ‘Waarde’, en haal hem opnieuw op"


@dataclass(frozen=True)
class _Published:
    """The table with one way of naming. code, name: its columns of areas; topics: the columns of the catalogue by the names
    that the file gives them."""

    frame: pd.DataFrame
    number: str | None
    code: str
    name: str | None
    notes: tuple[str, ...]


def recognises(path: Path) -> bool:
    """Whether this is a table with ages, margins and areas: by the names of OData or by the headings of StatLine."""
    return dimensions.of_open_data(path, _AGE, _MARGIN) or dimensions.of_statline(path, _AGE, _MARGIN)


def read(path: Path, context: Context) -> Reading:
    """Read the estimates for 18 years or older. Raises InputError: no areas with codes, no known topic, no period."""
    published = _odata(path) if dimensions.of_open_data(path, _AGE, _MARGIN) else _statline(path, context.catalogue)
    frame, ages = dimensions.only(published.frame, _AGE, _ADULTS, _OTHER_AGE)
    frame, bounds = dimensions.only(frame, _MARGIN, _VALUES, _BOUND)
    if frame.empty:
        raise refuse(path, "geen enkele rij geeft de schatting voor 18 jaar of ouder", _REMEDY)
    if PERIOD not in frame:
        raise refuse(path, "in deze tabel ontbreekt de kolom Perioden", _PERIODS)
    when = dimensions.periods(frame[PERIOD], path)
    wide = frame.assign(code=frame[published.code], period=when.codes)
    years = sorted(int(year) for year in wide["period"].unique())
    layout = Layout(SOURCE, edition=years[-1], code_column=published.code, form=Form.ODATA3)
    tidied = tidy(wide, context.catalogue, layout, path, reasons=_not_asked(wide, context.catalogue))
    rejected = pd.concat([ages, bounds, tidied.rejected], ignore_index=True).sort_values("row", ignore_index=True)
    tidied = Tidied(tidied.observations, tidied.kept, rejected, tidied.notes)
    return reading(
        path,
        _edition(published, years, tidied.kept["code"]),
        len(published.frame),
        tidied,
        named=_named(tidied.kept, published),
        notes=(*published.notes, "Alle cijfers zijn schattingen met een model.", *_asked(tidied)),
        provisional=when.provisional,
    )


READERS = (Reader("RIVM Gezondheidsmonitor per wijk en buurt (50090NED, 50120NED)", recognises, read),)


def _odata(path: Path) -> _Published:
    table = odata.read(path)
    number = table.number or odata.number_in(path.stem)
    return _Published(table.frame, number, table.region, None, table.notes)


def _statline(path: Path, catalogue: Catalogue) -> _Published:
    """Read the CSV of StatLine and give its topics the names of OData: those are the same words without spaces and marks."""
    export = dimensions.coded_export(path, remedy=_PERIODS)
    topics = _topics(catalogue)
    renamed: dict[str, str] = {}
    for heading in map(str, export.frame.columns):
        name = _topic(heading, topics)
        if name is not None and name not in renamed.values():
            renamed[heading] = name
    frame = export.frame.rename(columns=renamed)
    return _Published(frame, odata.number_in(export.title), str(export.codes), export.names, export.notes)


def _topics(catalogue: Catalogue) -> dict[str, str]:
    """Map the words of each topic, in plain letters, to its name in OData; later editions have other words for some."""
    names = {item.id: column.column for item, column in catalogue.of_source(SOURCE, Form.ODATA3)}
    topics = {dimensions.plain(name): name for name in names.values()}
    other_words = catalogue.of_source(SOURCE, Form.STATLINE)
    return topics | {dimensions.plain(column.column): names[item.id] for item, column in other_words}


def _topic(heading: str, topics: dict[str, str]) -> str | None:
    """Find the topic of a heading: without its unit, the whole of it or the end of the path (a slash can be part of it)."""
    words = re.sub(r"\s*\([^()]*\)$", "", heading).split("/")
    ends = (dimensions.plain("/".join(words[start:])) for start in range(len(words)))
    return next((topics[end] for end in ends if end in topics), None)


def _not_asked(wide: pd.DataFrame, catalogue: Catalogue) -> dict[str, pd.Series]:
    """Find the topics that are empty in a whole wave: not asked then. Anything else that is empty is not covered."""
    reasons = {}
    for _, column in catalogue.of_source(SOURCE, Form.ODATA3):
        if column.column in wide:
            cells = wide[column.column]
            empty = cells.isna() | tables.as_text(cells).eq("")
            whole = empty.groupby(wide["period"]).transform("all")
            reason = pd.Series("not_covered", index=wide.index, dtype=object)
            reasons[column.column] = reason.mask(whole, "not_asked")
    return reasons


def _asked(tidied: Tidied) -> tuple[str, ...]:
    """Say per wave how many topics were not asked."""
    rows = tidied.observations
    absent = rows[rows["reason"] == "not_asked"].groupby("period")["indicator"].nunique()
    return tuple(
        f"Niet gevraagd in {period}: {dutch.count(int(n), 'onderwerp', 'onderwerpen')}." for period, n in absent.items()
    )


def _named(kept: pd.DataFrame, published: _Published) -> pd.DataFrame:
    """Give the areas their names: of a gemeente the name in the table, of a wijk or buurt only StatLine gives one."""
    if published.name is not None:
        return pd.DataFrame({"code": kept["code"], "name": kept[published.name]})
    municipal = kept["Gemeentenaam"].where(kept["code"].str[:2].isin(["GM", "NL"])) if "Gemeentenaam" in kept else None
    return pd.DataFrame({"code": kept["code"], "name": municipal})


def _edition(published: _Published, years: list[int], codes: pd.Series) -> Edition:
    """Name the table and its waves: another wave, or another gemeente, does not replace this one."""
    later = bool(_ONLY_LATER & set(published.frame.columns)) or years[-1] > _DIVISION_OF_FIRST
    number = published.number if published.number in (_FIRST_TABLE, _LATER_TABLE) else None
    number = number or (_LATER_TABLE if later else _FIRST_TABLE)
    part = scope(codes)
    table = f"{number}-{span(years)}" + ("" if part == "NL" else f"-{part}")
    first = number == _FIRST_TABLE
    division = _DIVISION_OF_FIRST if first else max(years[-1], _DIVISION_OF_FIRST)
    return Edition(SOURCE, table, f"Gezondheidsmonitor {dutch.years(years)}", None, division, division_given=first)
