"""What can be converted from one division to another, and how one area came to be what it is, year by year."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wijkdata.analysis.harmonise import chain, classes
from wijkdata.analysis.harmonise.divisions import Division
from wijkdata.analysis.harmonise.evidence import Evidence, link_to
from wijkdata.areas import Level, is_fictional, level_of, municipality_of
from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions.gegevens.answer import Conversion, ConversionAnswer, WayAnswer
from wijkdata.questions.gegevens.links import CONVERSIONS
from wijkdata.questions.shared import divisions as shared_divisions
from wijkdata.questions.shared import names as shared_names
from wijkdata.questions.shared import provenance
from wijkdata.questions.shared import topics as shared_topics
from wijkdata.questions.shared import unions as shared_unions
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import borders
from wijkdata.store.monitor.versions import Monitor

# Of an area with links of several classes the first of these counts.
_ORDER = [Conversion.IRREVERSIBLE, Conversion.CONVERTED, Conversion.NOT]
RESIDENTS = "inwoners"


def years(monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level) -> tuple[int, ...]:
    """Return the divisions in which areas of a gemeente, or of what merged into it, are known; oldest first."""
    own = set(gemeenten.forebears(municipality))
    known = chain.chain_of(shared_divisions.evidence(monitor, level, municipality))
    return tuple(one.year for one in known.divisions if own & set(one.areas["municipality"]))


def years_of(monitor: Monitor, code: str) -> tuple[int, ...]:
    """Return the divisions in which one area is known, oldest first."""
    known = chain.chain_of(shared_divisions.evidence(monitor, level_of(code), str(municipality_of(code))))
    return tuple(one.year for one in known.divisions if code in one.areas.index)


def conversion(
    monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level, year_from: int, year_to: int
) -> ConversionAnswer:
    """Return which areas of one division go over to another, which do not, and which only in part."""
    known = shared_divisions.evidence(monitor, level, municipality)
    before, after = (_of_year(known, year) for year in (year_from, year_to))
    own = _own(known, before, municipality)
    links = link_to(before, after, after.areas.index, known).drop_duplicates(["code_from", "code_to"])
    lost = own.index[~own.index.isin(links["code_from"])]
    unknown = pd.DataFrame({"code_from": lost, "klass": classes.UNKNOWN, "evidence": classes.NONE})
    rows = pd.concat([links[links["code_from"].isin(own.index)], unknown], ignore_index=True)
    rows = rows.reindex(columns=classes.COLUMNS).rename(columns={"klass": "class"})
    each = rows["class"].map(CONVERSIONS)
    # What every page calls the same area is so here too, also where a strip of it went to another.
    same = rows["class"].isin(classes.ONE_TO_ONE).groupby(rows["code_from"]).transform("any")
    rank = each.map(_ORDER.index).groupby(rows["code_from"]).transform("min")
    rank = rank.mask(same, _ORDER.index(Conversion.CONVERTED))
    rows = rows.assign(
        conversion=[_ORDER[int(n)] for n in rank],
        name_from=[_name(before.areas["name"].get(code), code) for code in rows["code_from"]],
        name_to=[None if pd.isna(code) else _name(after.areas["name"].get(code), code) for code in rows["code_to"]],
    ).sort_values(["code_from", "share_from"], ascending=[True, False], ignore_index=True)
    lists = rows.drop_duplicates("code_from")["conversion"]
    return ConversionAnswer(
        municipality,
        shared_names.municipality_names(monitor).get(municipality, municipality),
        level,
        year_from,
        year_to,
        is_fictional(municipality),
        rows,
        {one: int((lists == one).sum()) for one in Conversion},
    )


def areas(monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level, year: int) -> dict[str, str]:
    """Return the areas of one gemeente (and of what merged into it) in a division, code -> name, in the order of their
    names."""
    known = shared_divisions.evidence(monitor, level, municipality)
    own = _own(known, _of_year(known, year), municipality)
    named = {str(code): _name(name, str(code)) for code, name in own["name"].items()}
    return dict(sorted(named.items(), key=lambda one: one[1]))


def counts(monitor: Monitor, catalogue: Catalogue, municipality: str, level: Level) -> dict[str, str]:
    """Return the counts that can be added up over whole areas and that there are here, id -> short name; residents first."""
    there = shared_topics.coverage(monitor, municipality)
    ids = set(there.loc[there["level"] == level, "indicator"])
    named = {one.id: one.short for one in catalogue.indicators.values() if one.over_areas == "sum" and one.id in ids}
    return dict(sorted(named.items(), key=lambda one: (one[0] != RESIDENTS, one[1])))


def way(monitor: Monitor, catalogue: Catalogue, code: str, since: int, until: int, count: str = RESIDENTS) -> WayAnswer:
    """Return how an area of `until` came to be, back to `since`, and the union whose series is whole over those years.

    count: the indicator of the series, one that can be added up over areas.
    """
    level, municipality = level_of(code), str(municipality_of(code))
    steps = shared_divisions.chain_of(monitor, level, municipality, since, until)
    known = steps.divisions
    if not known or code not in known[-1].areas.index:
        raise NotFoundError(f"Het gebied {code} is niet bekend in de indeling van {until}.")
    names = {(one.year, str(area)): _name(name, str(area)) for one in known for area, name in one.areas["name"].items()}
    rows = chain.way(steps, code).rename(columns={"klass": "class"}).reindex(columns=_WAY)
    for end in ("from", "to"):
        ends = zip(rows[f"year_{end}"], rows[f"code_{end}"], strict=True)
        rows[f"name_{end}"] = [names[int(year), area] for year, area in ends]
    union = shared_unions.rows_of(chain.stable_unions(steps), code, until)
    union = union.assign(name=[names[int(row.year), row.code] for row in union.itertuples()])
    alone = _alone(rows, code, until)
    published = _published(monitor, count, known)
    series = _series(published, alone, union, [one.year for one in known])
    used = _used(published, alone, union)
    return WayAnswer(
        *(code, names[until, code], level, known[0].year, until, min(alone)),
        rows=rows,
        union=union[["year", "code", "name"]],
        counted=catalogue.indicators[count],
        series=series,
        fictional=is_fictional(code),
        source=provenance.source_text(catalogue, used),
        source_ids=provenance.source_ids(used),
        editions=tuple(dict.fromkeys(used["label"])),
        divisions=tuple(dict.fromkeys(used["period"])),
    )


def unions(monitor: Monitor, municipality: str, level: Level, since: int | None) -> pd.DataFrame:
    """Return the unions of one gemeente in every division since a year: union (a number), year, code, name, certain.

    Of a gemeente that was divided, only what came to this one.
    """
    known = shared_divisions.evidence(monitor, level, municipality)
    steps = chain.chain_of(known, since)
    rows = chain.stable_unions(steps)
    names = {(one.year, str(code)): name for one in steps.divisions for code, name in one.areas["name"].items()}
    home, last = "GM" + rows["code"].str[2:6], rows["year"] == rows["year"].max()
    here = set(rows.loc[home == municipality, "union"])
    own = set(rows.loc[home.isin(gemeenten.forebears(municipality)), "union"])
    elsewhere = set(rows.loc[last & (home != municipality), "union"]) - here
    rows = rows[rows["union"].isin(own - elsewhere)]
    numbered = rows.assign(union=pd.factorize(rows["union"])[0] + 1, certain=rows["sure"])
    named = numbered.assign(name=[names[int(row.year), row.code] for row in rows.itertuples()])
    return named.sort_values(["union", "year", "code"], ignore_index=True)[["union", "year", "code", "name", "certain"]]


def _own(known: Evidence, division: Division, municipality: str) -> pd.DataFrame:
    """Return the areas of a gemeente in a division: its own, and what lies in it now of gemeenten that were (partly) added."""
    areas = division.areas[~division.areas["water"]]
    own = areas["municipality"] == municipality
    added = areas.index[areas["municipality"].isin(gemeenten.forebears(municipality)) & ~own]
    newest = chain.chain_of(known).divisions[-1]
    if newest.year <= division.year or added.empty:
        return areas[own]
    links = link_to(division, newest, newest.areas.index, known)
    links = links[links["code_from"].isin(added)]
    inside = links.loc[links["code_to"].map(newest.areas["municipality"]) == municipality, "code_from"]
    lost = added[~added.isin(links["code_from"].unique())]  # where these went is not known
    return areas[own | areas.index.isin(inside) | areas.index.isin(lost)]


_WAY = [
    *("year_from", "code_from", "name_from", "year_to", "code_to", "name_to", "class", "share_from", "share_to"),
    *("weight", "evidence", "via"),
]


def _alone(rows: pd.DataFrame, code: str, until: int) -> dict[int, str]:
    """Map each year in which the area was the same, under whatever code, to the code it then had."""
    alone = {until: code}
    for year in sorted(set(rows["year_to"]), reverse=True):
        own = rows[(rows["year_to"] == year) & rows["class"].isin(classes.ONE_TO_ONE)]
        for row in own[own["code_to"] == alone.get(int(year))].itertuples():
            alone[int(row.year_from)] = row.code_from
    return alone


def _published(monitor: Monitor, count: str, known: Sequence[Division]) -> pd.DataFrame:
    """Fetch a count as published in each of these divisions, of its own year: code, period, value, source, label, provisional.
    Of several files with one figure the one read last, as everywhere."""
    frames = []
    for one in known:
        level = level_of(str(one.areas.index[0]))
        rows = borders.published_in(monitor, count, level, one.year, list(one.areas["municipality"].unique()))
        frames.append(rows[(rows["division"] == one.year) & rows["value"].notna()].drop(columns="code"))
    rows = pd.concat(frames).rename(columns={"code_then": "code", "division": "period"})
    rows = rows[["code", "period", "value", "source", "label", "provisional"]]
    return rows.drop_duplicates(["code", "period"], keep="last").reset_index(drop=True)


def _series(published: pd.DataFrame, alone: dict[int, str], union: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """List a count in each year: of the area alone, and added up over the union."""
    counts = {(row.code, int(row.period)): float(row.value) for row in published.itertuples()}
    totals = chain.series(union, counts) if len(union) else pd.Series(dtype=float)
    own = [counts.get((alone.get(year, ""), year), np.nan) for year in years]
    return pd.DataFrame({"year": years, "own": own, "union": totals.reindex(years).to_numpy()})


def _used(published: pd.DataFrame, alone: dict[int, str], union: pd.DataFrame) -> pd.DataFrame:
    """Pick the figures that the series is made of, oldest first."""
    areas = {(code, year) for year, code in alone.items()} | set(zip(union["code"], union["year"], strict=True))
    mine = [place for place, row in enumerate(published.itertuples()) if (row.code, int(row.period)) in areas]
    return published.iloc[mine].sort_values("period", kind="stable").astype({"period": int})


def _of_year(known: Evidence, year: int) -> Division:
    divisions = chain.chain_of(known, year, year).divisions
    if not divisions:
        raise NotFoundError(f"Van {year} is hier geen indeling ingelezen.")
    return divisions[0]


def _name(name: object, code: str) -> str:
    return shared_names.without_number(name) if isinstance(name, str) else code
