"""Do vulnerable and pleasant areas grow apart? By scope, level, starting year and edition: never one verdict."""

import pandas as pd

from wijkdata import dutch, periods
from wijkdata.analysis.spread import Groups, groups, rebound, spread
from wijkdata.areas import G4, Level, is_fictional, municipality_of
from wijkdata.catalogue import Catalogue, HigherIs, Indicator, find_indicator
from wijkdata.errors import NotFoundError
from wijkdata.questions.kloof.answer import GapAnswer, GapPanel, Regression
from wijkdata.questions.shared import places, provenance
from wijkdata.settings import NATIONAL_MUNICIPALITIES
from wijkdata.store.monitor import coverage, queries
from wijkdata.store.monitor.versions import Monitor

# A spread that changes less than this share is called "vrijwel gelijk".
SMALL_SHARE = 0.05
# Below this many areas P10 and P90 rest on one or two of them.
FEWEST = 10
# Below this many areas a fifth holds fewer than five of them: too few to call it a group.
FEWEST_FOR_GROUPS = 25
# The whole country; the example's own "country".
COUNTRY, EXAMPLE = "NL", "VB"
NATIONAL, PART = "Nederland", "Ingelezen gemeenten"
URBANITY = {
    "ST1": "Zeer sterk stedelijk",
    "ST2": "Sterk stedelijk",
    "ST3": "Matig stedelijk",
    "ST4": "Weinig stedelijk",
    "ST5": "Niet stedelijk",
}


def topics(monitor: Monitor, catalogue: Catalogue, level: Level, fictional: bool = False) -> tuple[str, ...]:
    """The indicators with a good and a bad side and two measured years or more in one world, headline first."""
    rows = provenance.coverage(monitor, fictional)
    rows = rows[(rows["level"] == level) & (rows["n"] > 0) & periods.are_years(rows["period"])]
    counts = rows.groupby("indicator")["period"].nunique()
    found = [
        item
        for item in catalogue.indicators.values()
        if counts.get(item.id, 0) >= 2 and item.higher_is is not HigherIs.NEUTRAL
    ]
    return tuple(item.id for item in sorted(found, key=lambda item: item.role != "headline"))


def scopes(monitor: Monitor, catalogue: Catalogue, level: Level, municipality: str) -> dict[str, str]:
    """Scope id -> Dutch name, for the panel beside the country: own gemeente, the big four, degrees of urbanity."""
    own = {place.code: place.name for place in places.municipalities(monitor)}
    found = {municipality: own.get(municipality, municipality)}
    if is_fictional(municipality):
        return found
    present = set(_urbanity(monitor, level).unique())
    four = set(G4) <= set(places.all_areas(monitor, level)["municipality"])
    return (
        found
        | ({"G4": "Vier grote steden"} if four else {})
        | {key: name for key, name in URBANITY.items() if int(key[2]) in present}
    )


def editions_of(monitor: Monitor, catalogue: Catalogue, indicator: str, level: Level, fictional: bool) -> pd.DataFrame:
    """The editions with figures of one world, as store.queries.editions_of: those of the example are no choice for a
    real gemeente."""
    editions, runs = queries.editions_of(monitor, indicator, level), coverage.runs(monitor).set_index("run_id")
    pure = editions["run_id"].map(runs["fictional"]).astype(bool)
    return editions[pure if fictional else ~pure]


def years_of(
    monitor: Monitor, catalogue: Catalogue, indicator: str, level: Level, edition: int | None, scope: str
) -> tuple[int, ...]:
    """The years with values in a scope."""
    rows = _rows(monitor, find_indicator(catalogue, indicator), level, edition, scope)
    return tuple(sorted(int(year) for year in rows["period"].unique()))


def panel(
    monitor: Monitor,
    catalogue: Catalogue,
    indicator: str,
    level: Level,
    scope: str,
    reference_year: int | None = None,
    edition: int | None = None,
) -> GapPanel:
    """Spread P90 - P10 per year in one scope, and what groups by fifths did since the reference year.

    Every area measured in a year counts, unweighted (as published comparisons do); n is given per year. The groups need
    all years, so that the same areas are followed. Raises NotFoundError when there are no two years to compare.
    """
    item = find_indicator(catalogue, indicator)
    rows = _rows(monitor, item, level, edition, scope)
    years = sorted(int(year) for year in rows["period"].unique())
    if len(years) < 2:
        raise NotFoundError(
            f"Van {item.title} zijn er geen twee jaren met cijfers per {level} in {scope}; "
            "kies een ander onderwerp of lees meer jaren in."
        )
    start = reference_year if reference_year is not None else years[0]
    if start not in years[:-1]:
        allowed = dutch.listing([str(year) for year in years[:-1]])
        raise NotFoundError(f"Het jaar {start} kan geen beginjaar zijn; kies uit {allowed}.")
    shown = [year for year in years if year >= start]
    names = scopes(monitor, catalogue, level, scope) if scope.startswith("GM") else {}
    country = NATIONAL if rows["code"].str[2:6].nunique() >= NATIONAL_MUNICIPALITIES else PART
    fixed = {COUNTRY: country, EXAMPLE: "Alle voorbeeldgemeenten", "G4": _four(rows), **URBANITY}
    return GapPanel(
        scope=scope,
        name=names.get(scope) or fixed.get(scope, scope),
        spread=spread(rows, years=shown),
        groups=groups(rows, start, years=shown) if _enough(rows) else None,
        groups_earlier=_groups_earlier(rows, start, years, shown),
        regression=_regression(rows, start, years),
        n=int(rows.loc[rows["period"] >= start, "code"].nunique()),
    )


def _four(rows: pd.DataFrame) -> str:
    """The four large cities by name only when all four have figures."""
    n = rows["code"].str[2:6].nunique()
    return "Vier grote steden" if n == len(G4) else f"{n} van de vier grote steden"


def gap(
    monitor: Monitor,
    catalogue: Catalogue,
    indicator: str,
    level: Level,
    scope: str,
    reference_year: int | None = None,
    edition: int | None = None,
) -> GapAnswer:
    """The country beside one scope, with the answer as a title. Arguments and errors as `panel`."""
    fictional = scope == EXAMPLE or (scope.startswith("GM") and is_fictional(scope))
    country = panel(monitor, catalogue, indicator, level, EXAMPLE if fictional else COUNTRY, reference_year, edition)
    item = find_indicator(catalogue, indicator)
    inside = _rows(monitor, item, level, edition, scope)
    own = None
    if scope not in (COUNTRY, EXAMPLE) and inside["code"].nunique() >= FEWEST:
        own = panel(monitor, catalogue, indicator, level, scope, int(country.spread.table["year"].iloc[0]), edition)
    few = inside["code"].nunique() if own is None and scope not in (COUNTRY, EXAMPLE) else None
    return GapAnswer(
        indicator=item,
        level=level,
        country=country,
        own=own,
        too_few=few,
        title=_title(country, own),
        short=_short(country, own),
        source=_source(monitor, catalogue, item, level, edition, country, fictional),
        fictional=fictional,
    )


def verdict(one: GapPanel) -> str:
    """ "kleiner", "groter" or "vrijwel gelijk": the spread of the last year beside that of the first."""
    table = one.spread.table
    first, last = float(table["spread"].iloc[0]), float(table["spread"].iloc[-1])
    if first == 0 or abs(last - first) / abs(first) < SMALL_SHARE:
        return "vrijwel gelijk"
    return "kleiner" if last < first else "groter"


def _rows(monitor: Monitor, item: Indicator, level: Level, edition: int | None, scope: str) -> pd.DataFrame:
    """code, period, value of the areas of a scope; only years, only values; real and fictional never mixed."""
    rows = queries.observations(monitor, [item.id], level, edition=edition).dropna(subset="value")
    rows = rows[periods.are_years(rows["period"])]
    fictional = rows["code"].map(is_fictional).astype(bool)
    if scope == EXAMPLE:
        return rows[fictional]
    if scope == COUNTRY:
        return rows[~fictional]
    municipality = rows["code"].map(municipality_of)
    if scope == "G4":
        return rows[municipality.isin(G4)]
    if scope in URBANITY:
        members = _urbanity(monitor, level)
        return rows[~fictional & rows["code"].isin(members.index[members == int(scope[2])])]
    if not (municipality == scope).any():
        raise NotFoundError(
            f"Het gebied ‘{scope}’ kan hier niet; kies NL, G4 of een gemeentecode met cijfers, zoals GM0599."
        )
    return rows[municipality == scope]


def _urbanity(monitor: Monitor, level: Level) -> pd.Series:
    """The newest class of urbanity (1-5) by code."""
    rows = queries.observations(monitor, ["stedelijkheid"], level).dropna(subset="value")
    return rows.sort_values("period").groupby("code")["value"].last()


def _enough(rows: pd.DataFrame) -> bool:
    return rows["code"].nunique() >= FEWEST_FOR_GROUPS


def _groups_earlier(rows: pd.DataFrame, start: int, years: list[int], shown: list[int]) -> Groups | None:
    """The same groups, chosen on the wave before the start: the luck of the start year is then out of the change."""
    before = [year for year in years if year < start]
    if not before or not _enough(rows):
        return None
    return groups(rows, start, selected_on=before[-1], years=shown)


def _regression(rows: pd.DataFrame, start: int, years: list[int]) -> Regression | None:
    """What the lowest fifth did in the wave after the start, chosen on the start itself and on the wave before."""
    before, after = [year for year in years if year < start], [year for year in years if year > start]
    if not before or not _enough(rows):
        return None
    three = rows[rows["period"].isin([before[-1], start, after[0]])]
    n = max(1, three["code"].nunique() // 5)
    return Regression(rebound(three, start, after[0], n), rebound(three, start, after[0], n, selected_on=before[-1]))


_PLACES = {NATIONAL: "In heel Nederland", PART: "In de ingelezen gemeenten"}


def _title(country: GapPanel, own: GapPanel | None) -> str:
    first = _PLACES.get(country.name, "In alle voorbeeldgemeenten")
    here = verdict(country)
    if own is None:
        return f"{first} {_becomes(here)}"
    there = verdict(own)
    where = (
        own.name
        if own.scope.startswith("GM")
        else {"G4": "de vier grote steden"}.get(own.scope, f"{own.name.lower()} gebied")
    )
    if here == there:
        return f"{first} {_becomes(here)}, en in {where} ook"
    return f"{first} {_becomes(here)}, in {where} {_alone(there)}"


def _becomes(word: str) -> str:
    return "bleef de kloof vrijwel gelijk" if word == "vrijwel gelijk" else f"wordt de kloof {word}"


def _alone(word: str) -> str:
    return "bleef die vrijwel gelijk" if word == "vrijwel gelijk" else f"juist {word}"


def _short(country: GapPanel, own: GapPanel | None) -> str:
    """At most 45 characters, for presenting; about everything that is shown."""
    whole = NATIONAL if country.name == NATIONAL else "Geheel"
    if own is None:
        return f"De kloof: {verdict(country)}"
    there = own.name if len(own.name) <= 12 else {"G4": "G4"}.get(own.scope, "hier")
    words = {"vrijwel gelijk": "gelijk"}
    return f"Kloof {whole} {words.get(verdict(country), verdict(country))}, {there} {words.get(verdict(own), verdict(own))}"


def _source(
    monitor: Monitor,
    catalogue: Catalogue,
    item: Indicator,
    level: Level,
    edition: int | None,
    country: GapPanel,
    fictional: bool,
) -> str:
    editions = editions_of(monitor, catalogue, item.id, level, fictional)
    used = editions[editions["run_id"] == edition] if edition else editions[~editions["superseded"]]
    labels = dict.fromkeys(f"{catalogue.sources[row.source].short} ({row.label})" for row in used.itertuples())
    table = country.spread.table
    low, high = int(table["n"].min()), int(table["n"].max())
    n = (
        dutch.n_of(high, level.value, level.plural)
        if low == high
        else f"n = {dutch.number(low)} tot {dutch.number(high)} {level.plural} per jaar"
    )
    return (
        f"Bron: {'; '.join(labels)}, {dutch.years(list(table['year']))}; bewerking wijkdata. Eenheid: {item.unit}. {n}, "
        "niet gewogen naar inwoners; kleine wijken tellen even zwaar mee."
    )
