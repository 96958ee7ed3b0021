"""Do vulnerable and pleasant areas grow apart? By scope, level, starting year and edition: never one verdict."""

from dataclasses import dataclass

import pandas as pd

from wijkdata import dutch, periods
from wijkdata.analysis.spread import Groups, groups, margin, rebound, spread
from wijkdata.areas import G4, Level, is_fictional, municipality_of
from wijkdata.catalogue import Catalogue, HigherIs, Role, find_indicator
from wijkdata.errors import NotFoundError
from wijkdata.questions.kloof import words
from wijkdata.questions.kloof.answer import FOUR, GapAnswer, GapPanel, Regression
from wijkdata.questions.shared import places, provenance
from wijkdata.questions.shared.answer import SourceLine, Whole
from wijkdata.questions.shared.memory import kept
from wijkdata.settings import MINIMUM_POPULATION, NATIONAL_MUNICIPALITIES
from wijkdata.store.monitor import coverage, queries
from wijkdata.store.monitor.versions import Monitor

# Below this many areas P10 and P90 rest on one or two of them.
FEWEST = 10
# Below this many areas a fifth holds fewer than five of them: too few to call it a group.
FEWEST_FOR_GROUPS = 25
# The whole country; the example's own "country".
COUNTRY, EXAMPLE = "NL", "VB"
WHOLE_NAMES = {
    Whole.NATIONAL: "Nederland",
    Whole.LOADED: "Ingelezen gemeenten",
    Whole.FICTIONAL: "Alle voorbeeldgemeenten",
}
URBANITY = {f"ST{number}": dutch.capital(words) for number, words in dutch.URBANITY.items()}


@dataclass(frozen=True)
class Measured:
    """What a gap is of. edition: a run (None: what is shown everywhere)."""

    indicator: str
    level: Level
    edition: int | None = None


def topics(monitor: Monitor, catalogue: Catalogue, level: Level, fictional: bool = False) -> tuple[str, ...]:
    """Return the indicators with a good and a bad side and two measured years or more, of real or of invented areas;
    headline first."""
    rows = provenance.coverage(monitor, fictional)
    rows = rows[(rows["level"] == level) & (rows["n"] > 0) & periods.are_years(rows["period"])]
    counts = rows.groupby("indicator")["period"].nunique()
    comparable = [
        item
        for item in catalogue.indicators.values()
        if counts.get(item.id, 0) >= 2 and item.higher_is is not HigherIs.NEUTRAL
    ]
    return tuple(item.id for item in sorted(comparable, key=lambda item: item.role is not Role.HEADLINE))


def scopes(monitor: Monitor, catalogue: Catalogue, level: Level, municipality: str) -> dict[str, str]:
    """Return the scopes for the second panel, id -> Dutch name: own gemeente, the big four, degrees of urbanity."""
    names = {place.code: place.name for place in places.municipalities(monitor)}
    own = {municipality: names.get(municipality, municipality)}
    if is_fictional(municipality):
        return own
    present = set(_urbanity(monitor, level).unique())
    four = set(G4) <= set(places.all_areas(monitor, level)["municipality"])
    degrees = {key: name for key, name in URBANITY.items() if int(key[2]) in present}
    return own | ({FOUR: "Vier grote steden"} if four else {}) | degrees


def beside(monitor: Monitor, catalogue: Catalogue, measured: Measured, fictional: bool) -> dict[str, str]:
    """Return the gemeenten with enough areas with a figure to draw a gap of, code -> name."""
    rows = _rows(monitor, catalogue, measured, EXAMPLE if fictional else COUNTRY)
    counts = rows.groupby(rows["code"].map(municipality_of))["code"].nunique()
    enough = set(counts.index[counts >= FEWEST])
    return {place.code: place.name for place in places.municipalities(monitor) if place.code in enough}


def editions_of(monitor: Monitor, catalogue: Catalogue, indicator: str, level: Level, fictional: bool) -> pd.DataFrame:
    """Return the editions with figures, as store.queries.editions_of: those of the example are no choice for a real
    gemeente."""
    editions, runs = queries.editions_of(monitor, indicator, level), coverage.runs(monitor).set_index("run_id")
    invented = editions["run_id"].map(runs["fictional"]).astype(bool)
    return editions[invented if fictional else ~invented]


def years_of(monitor: Monitor, catalogue: Catalogue, measured: Measured, scope: str) -> tuple[int, ...]:
    """Return the years with values in a scope."""
    rows = _rows(monitor, catalogue, measured, scope)
    return tuple(sorted(int(year) for year in rows["period"].unique()))


def panel(
    monitor: Monitor, catalogue: Catalogue, measured: Measured, scope: str, reference_year: int | None = None
) -> GapPanel:
    """Measure the spread P90 - P10 per year in one scope, and what groups by fifths did since the reference year.

    Every area measured in a year counts, unweighted (as published comparisons do); n is given per year. The groups need
    all years, so that the same areas are followed. Raises NotFoundError when there are no two years to compare.
    """
    return _panel(monitor, measured, scope, reference_year)


@kept(64)
def _panel(monitor: Monitor, measured: Measured, scope: str, reference_year: int | None) -> GapPanel:
    catalogue = monitor.catalogue
    rows = _rows(monitor, catalogue, measured, scope)
    years = sorted(int(year) for year in rows["period"].unique())
    if len(years) < 2:
        raise NotFoundError(
            f"Van {catalogue.indicators[measured.indicator].title} zijn er geen twee jaren met cijfers per "
            f"{measured.level} in {scope}; kies een ander onderwerp of lees meer jaren in."
        )
    start = reference_year if reference_year is not None else years[0]
    if start not in years[:-1]:
        allowed = dutch.listing([str(year) for year in years[:-1]])
        raise NotFoundError(f"Het jaar {start} kan geen beginjaar zijn; kies uit {allowed}.")
    compared = [year for year in years if year >= start]
    return GapPanel(
        scope=scope,
        name=_name(monitor, catalogue, measured.level, scope, rows),
        whole=_whole(scope, rows),
        spread=spread(rows, years=compared),
        groups=groups(rows, start, years=compared) if _enough(rows) else None,
        groups_earlier=_groups_earlier(rows, start, years, compared),
        regression=_regression(rows, start, years),
        margin=margin(rows, compared),
    )


def _whole(scope: str, rows: pd.DataFrame) -> Whole | None:
    """What the areas of this scope are together; None for a part."""
    if scope == EXAMPLE:
        return Whole.FICTIONAL
    if scope != COUNTRY:
        return None
    return Whole.NATIONAL if _n_municipalities(rows) >= NATIONAL_MUNICIPALITIES else Whole.LOADED


def _name(monitor: Monitor, catalogue: Catalogue, level: Level, scope: str, rows: pd.DataFrame) -> str:
    whole = _whole(scope, rows)
    if whole is not None:
        return WHOLE_NAMES[whole]
    if scope == FOUR:
        return _four(rows)
    return URBANITY.get(scope) or scopes(monitor, catalogue, level, scope).get(scope, scope)


def _n_municipalities(rows: pd.DataFrame) -> int:
    return int(rows["code"].map(municipality_of).nunique())


def _four(rows: pd.DataFrame) -> str:
    """The four large cities by name only when all four have figures."""
    n = _n_municipalities(rows)
    return "Vier grote steden" if n == len(G4) else f"{n} van de vier grote steden"


def gap(
    monitor: Monitor,
    catalogue: Catalogue,
    measured: Measured,
    scope: str,
    reference_year: int | None = None,
    beside: tuple[str, ...] = (),
) -> GapAnswer:
    """Compare the country with one scope, and those `beside` it, with the answer as a title. Arguments and errors as `panel`."""
    fictional = scope == EXAMPLE or is_fictional(scope)
    country = panel(monitor, catalogue, measured, EXAMPLE if fictional else COUNTRY, reference_year)
    n_inside = _rows(monitor, catalogue, measured, scope)["code"].nunique()
    is_part = scope not in (COUNTRY, EXAMPLE)
    own = None
    if is_part and n_inside >= FEWEST:
        own = panel(monitor, catalogue, measured, scope, int(country.spread.table["year"].iloc[0]))
    others = tuple(
        panel(monitor, catalogue, measured, one, int(country.spread.table["year"].iloc[0]))
        for one in beside
        if one != scope and _rows(monitor, catalogue, measured, one)["code"].nunique() >= FEWEST
    )
    return GapAnswer(
        indicator=find_indicator(catalogue, measured.indicator),
        level=measured.level,
        country=country,
        own=own,
        too_few=n_inside if is_part and own is None else None,
        title=words.title(country, own, others),
        short=words.short(country, own),
        short_further=words.short_further(others),
        source=_source(monitor, catalogue, measured, country),
        fictional=fictional,
        others=others,
    )


def _rows(monitor: Monitor, catalogue: Catalogue, measured: Measured, scope: str) -> pd.DataFrame:
    """code, period, value of the areas of a scope; only years, only values; real and fictional never mixed."""
    item = find_indicator(catalogue, measured.indicator)
    rows = queries.observations(monitor, [item.id], measured.level, edition=measured.edition).dropna(subset="value")
    rows = rows[periods.are_years(rows["period"])]
    fictional = rows["code"].map(is_fictional).astype(bool)
    if scope == EXAMPLE:
        return rows[fictional]
    if scope == COUNTRY:
        return rows[~fictional]
    municipality = rows["code"].map(municipality_of)
    if scope == FOUR:
        return rows[municipality.isin(G4)]
    if scope in URBANITY:
        members = _urbanity(monitor, measured.level)
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


def _groups_earlier(rows: pd.DataFrame, start: int, years: list[int], compared: list[int]) -> Groups | None:
    """The same groups, chosen on the wave before the start: the luck of the start year is then out of the change."""
    before = [year for year in years if year < start]
    if not before or not _enough(rows):
        return None
    return groups(rows, start, selected_on=before[-1], years=compared)


def _regression(rows: pd.DataFrame, start: int, years: list[int]) -> Regression | None:
    """What the lowest fifth did in the wave after the start, chosen on the start itself and on the wave before."""
    before, after = [year for year in years if year < start], [year for year in years if year > start]
    if not before or not _enough(rows):
        return None
    three = rows[rows["period"].isin([before[-1], start, after[0]])]
    n = max(1, three["code"].nunique() // 5)
    return Regression(rebound(three, start, after[0], n), rebound(three, start, after[0], n, selected_on=before[-1]))


def _source(monitor: Monitor, catalogue: Catalogue, measured: Measured, country: GapPanel) -> SourceLine:
    item, level = catalogue.indicators[measured.indicator], measured.level
    editions = editions_of(monitor, catalogue, item.id, level, country.whole is Whole.FICTIONAL)
    edition = measured.edition
    used = editions[editions["run_id"] == edition] if edition else editions[~editions["superseded"]]
    labels = dict.fromkeys(f"{catalogue.sources[row.source].short} ({row.label})" for row in used.itertuples())
    table = country.spread.table
    n = words.n_text(country.n, level)
    few = f"minder dan {dutch.number(MINIMUM_POPULATION)} inwoners"
    weights = f"niet gewogen naar inwoners; {level.plural} met {few}, die elders geen score hebben, tellen hier even zwaar mee."
    doubt = provenance.provisional_text(_provisional(monitor, measured, country) & set(table["year"]))
    first = f"Bron: {'; '.join(labels)}, {dutch.years(list(table['year']))}{doubt}"
    sure = "Marge: 95%, als de gebieden een steekproef waren van wat zulke gebieden doen."
    more = (f"Eenheid: {item.unit}.", f"n{dutch.NBSP}={dutch.NBSP}{n}, {weights}", sure)
    return SourceLine(first, True, more, provenance.source_ids(used))


def _provisional(monitor: Monitor, measured: Measured, country: GapPanel) -> set[int]:
    """The years that the publisher will revise: of the chosen edition, else of what is shown."""
    if measured.edition:
        editions = queries.editions(monitor).set_index("run_id")
        return {int(year) for year in editions.at[measured.edition, "provisional"]}
    rows = provenance.coverage(monitor, country.whole is Whole.FICTIONAL)
    rows = rows[(rows["indicator"] == measured.indicator) & (rows["level"] == measured.level) & rows["provisional"]]
    return {int(year) for year in rows["period"]}
