"""What every table of the CBS has in common, in whatever form it comes: whose columns it has, and why a figure is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from wijkdata.catalogue import Catalogue, Form
from wijkdata.sources.reading.files import refuse
from wijkdata.sources.reading.numbers import Numbers, numbers
from wijkdata.sources.reading.tidy import Layout, parse, present_columns

_POPULATION = "inwoners"  # the indicator of the catalogue
# How the forms call the land and the water of an area, in hectares.
_LAND_AND_WATER = {
    Form.ODATA3: ("OppervlakteLand", "OppervlakteWater"),
    Form.ODATA4: ("A047044", "A047040"),
    Form.XLS: ("a_lan_ha", "a_wat_ha"),
    Form.STATLINE: ("Oppervlakte/Oppervlakte land (ha)", "Oppervlakte/Oppervlakte water (ha)"),
}
_CHANGES = ("indelingswijziging", "ind_wbz", "ind_wbi", "ind_gwb")


def source_of(path: Path, wide: pd.DataFrame, catalogue: Catalogue, form: Form, year: int | None = None) -> str:
    """Find the source of the catalogue that has most of the columns, in this form. Raises InputError when none has any."""
    matches = {
        source: len(present_columns(wide, catalogue, Layout(source, edition=year, form=form)))
        for source in catalogue.sources
    }
    best = max(matches, key=lambda source: matches[source])
    if not matches[best]:
        raise refuse(
            path,
            "dit is een tabel van het CBS (StatLine of open data) waarvan geen enkele kolom in de catalogus staat",
            "voeg de kolomkop toe bij een indicator in data/catalogue, of kies een andere tabel",
        )
    return best


def by_order(wide: pd.DataFrame, catalogue: Catalogue, source: str, year: int) -> pd.DataFrame:
    """Give the topics of v3 that share one name (`Appartement_48` of electricity, `_56` of gas) the names of the catalogue.

    Their numbers differ from edition to edition and their order does not. Where there are more or fewer of them than the
    catalogue knows they get a name that it does not know: nobody can tell which is which.
    """
    named = (column.editions.get(str(year), column.column) for _, column in catalogue.of_source(source, Form.ODATA3))
    wanted, present = _numbered(named), _numbered(str(name) for name in wide.columns)
    new: dict[str, str] = {}
    for base, names in present.items():
        known = wanted.get(base, [])
        fits = len(known) == len(names)
        new |= {name: known[place] if fits else f"{name} ({place + 1})" for place, name in enumerate(names)}
    return wide.rename(columns=new)


def _numbered(names: Iterable[str]) -> dict[str, list[str]]:
    """Group the names that end in a number by what comes before it, in the order of their numbers."""
    groups: dict[str, dict[int, str]] = {}
    for name in names:
        base, _, number = name.rpartition("_")
        if base and number.isdigit():
            groups.setdefault(base, {})[int(number)] = name
    return {base: [members[number] for number in sorted(members)] for base, members in groups.items()}


def parsed(
    wide: pd.DataFrame, catalogue: Catalogue, layout: Layout, reasons: Mapping[str, pd.Series] | None
) -> dict[str, Numbers]:
    """Parse each column that fills an indicator, and find why each NULL is empty; with reasons None the cells say it all.

    Open data write NULL in every case, so the reason follows from the pattern: a column empty everywhere is not published
    yet (CBS fills the table in steps); empty for a whole level: not counted there; no residents: a figure about residents
    does not exist; otherwise CBS hid it (unknown, unreliable or secret). In the table of 2020 95 % of the empty cells of
    bijstand and all of those of dichtheid are of areas below 50 residents. reasons: what the file itself tells, per column.
    """
    columns = present_columns(wide, catalogue, layout)
    figures = parse(wide, columns, layout)
    if reasons is None:
        return figures
    level = wide["code"].astype(str).str.strip().str[:2]
    level_number, levels = pd.factorize(level)
    people = next((figures[one.name].values for one in columns if one.indicator.id == _POPULATION), None)
    empty_place = np.zeros(len(wide), dtype=bool) if people is None else (people == 0).to_numpy()
    hidden = np.where(empty_place, "few_residents", "suppressed").astype(object)
    return {
        name: _with_reasons(part, reasons.get(name), layout.empty, hidden, level_number, len(levels))
        for name, part in figures.items()
    }


def areas_of(kept: pd.DataFrame, form: Form) -> pd.DataFrame:
    """Take code, change (1, 2, 3 or None) and water of the areas; the caller adds their names."""
    frame = kept[["code"]].copy()
    change = next((name for name in kept.columns if _last_part(name).startswith(_CHANGES)), None)
    frame["change"] = None if change is None else numbers(kept[change]).values.where(lambda mark: mark.isin([1, 2, 3]))
    land, water = _LAND_AND_WATER.get(form, ("", ""))
    frame["water"] = False
    if {land, water} <= set(kept.columns):
        frame["water"] = (numbers(kept[land]).values == 0) & (numbers(kept[water]).values > 0)
    return frame


def rounding(observations: pd.DataFrame) -> tuple[str, ...]:
    """Say that buurten do not add up, where they are rounded to multiples of five."""
    rows = (observations["indicator"] == _POPULATION).to_numpy()
    people = observations[rows]
    counts = people.loc[people["code"].astype(str).str.startswith("BU"), "value"].dropna()
    if len(counts) and (counts % 5 == 0).all():
        return (
            "Aantallen per buurt zijn door het CBS afgerond op vijftallen; een som van buurten wijkt daarom af van het totaal.",
        )
    return ()


def _last_part(name: object) -> str:
    return str(name).rpartition("/")[2].strip().lower()


def _with_reasons(
    part: Numbers, of_cells: pd.Series | None, empty: str, hidden: np.ndarray, level: np.ndarray, levels: int
) -> Numbers:
    filled = part.values.notna().to_numpy()
    on_level = np.zeros(levels, dtype=bool)
    on_level[level[filled]] = True
    pattern = (
        np.where(on_level[level], hidden, "not_covered") if filled.any() else np.full(len(filled), "not_published")
    )
    reason = part.reasons.to_numpy(dtype=object).copy()
    # A cell that says itself why it is empty (-99997) keeps its reason.
    unknown = (reason == empty) & ~filled
    reason[unknown] = pattern[unknown]
    if of_cells is not None:
        reasons = of_cells.reindex(part.values.index).to_numpy(dtype=object)
        known = ~filled & pd.notna(reasons)
        reason[known] = reasons[known]
    return replace(part, reasons=pd.Series(reason, index=part.values.index, dtype=object))
