"""Every indicator of the four pillars in one area, against a group of other areas."""

import math
from dataclasses import dataclass, replace

import pandas as pd

from wijkdata import periods
from wijkdata.analysis.comparison import MINIMUM_GROUP, Band, band
from wijkdata.analysis.position import higher_than, lower_than
from wijkdata.analysis.smallnumbers import empirical_bayes
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Evidence, HigherIs, Indicator, UnitKind
from wijkdata.dutch import REASONS_OF_LINKS, reason_text
from wijkdata.questions.shared import area_figures, links, population, programmes, provenance
from wijkdata.questions.shared.answer import Against, Subject, Whole
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.shared.subjects import codes_of_group, group_codes, homes, key_of_group, subject, values
from wijkdata.questions.wijkprofiel.answer import Spine, SpineRow, TopicSide
from wijkdata.store.monitor.versions import Monitor

# Below this number of inhabitants a handful of people moves a rate; the table then also shows the shrunk rate.
SMALL_DENOMINATOR = 5_000
# The store has this figure of other areas, and its files say nothing about this one.
NOT_THERE = "staat niet in de ingelezen bestanden"
_LONGEST_UNIT = len("× 1.000 euro")


def spine(monitor: Monitor, catalogue: Catalogue, code: str, against: Against) -> Spine:
    """Return every indicator of every pillar, in catalogue order, against a group. Raises NotFoundError for an unknown
    code."""
    who = subject(monitor, code)
    group = _group_of(monitor, who, against)
    own = area_figures.of_area(monitor, code)
    own = own[periods.are_years(own["period"])]
    figures = dict(tuple(own.groupby("indicator")))
    every = (
        _row(monitor, item, group, figures.get(item.id, own.iloc[:0]))
        for pillar in catalogue.pillars
        for item in catalogue.of_pillar(pillar)
    )
    # What only another gemeente publishes is not lacking here.
    rows = tuple(row for row in every if row.loaded or catalogue.only_in(row.indicator) in (None, who.municipality))
    used = pd.DataFrame([(row.indicator, row.period) for row in rows if row.source], columns=["indicator", "period"])
    used = used.merge(own, on=["indicator", "period"])
    return Spine(
        subject=who,
        against=against,
        group=group.name,
        group_short=group.short,
        rows=rows,
        pillars={key: pillar.title for key, pillar in catalogue.pillars.items()},
        topics=_topics(catalogue, rows),
        source=provenance.source_text(catalogue, used),
        origin=links.origin_text(monitor, code, used["division"]),
        programmes=programmes.of_area(monitor, code),
        source_ids=provenance.source_ids(used),
    )


@dataclass(frozen=True)
class _Measured:
    """The areas of a group on one indicator in one year. homes: from how many gemeenten."""

    values: pd.Series
    band: Band | None
    homes: int


@dataclass(frozen=True)
class _Group:
    """The group that an area is held against, looked up once.

    key: what its areas have in common; homes: gemeenten; name: in a sentence; short: in a column.
    """

    who: Subject
    against: Against
    key: str | float | None
    codes: pd.Index
    homes: int
    name: str
    short: str


def _group_of(monitor: Monitor, who: Subject, against: Against) -> _Group:
    name, short = {
        Against.EVERYBODY: (who.everybody, who.short),
        Against.URBANITY: (f"even stedelijke {who.level.plural}", "groep"),
        Against.MUNICIPALITY: (who.municipality_in_words, "gemeente" if who.namesake else who.municipality_name),
    }[against]
    codes = group_codes(monitor, who, against)
    n_homes = int(homes(monitor, who.level).reindex(codes).nunique())
    return _Group(who, against, key_of_group(monitor, who, against), codes, n_homes, name, short)


@kept(2048)
def _measured(
    monitor: Monitor,
    level: Level,
    fictional: bool,
    against: Against,
    key: str | float | None,
    indicator: str,
    transform: str,
    period: int,
) -> _Measured:
    codes = codes_of_group(monitor, level, fictional, against, key)
    known = values(monitor, level, fictional)[indicator, period].reindex(codes).dropna()
    n_homes = homes(monitor, level).reindex(known.index).nunique()
    return _Measured(known, band(known, transform), int(n_homes))


def _row(monitor: Monitor, item: Indicator, group: _Group, own: pd.DataFrame) -> SpineRow:
    """One indicator: the newest year in which this area has a value, against the group in that same year."""
    who = group.who
    everything = values(monitor, who.level, who.fictional)
    known = own.dropna(subset="value").sort_values("period")
    if known.empty:
        loaded = item.id in {name for name, _ in everything}
        return _without_figure(monitor, who.code, replace(_empty(item), loaded=loaded), item.fills, own)
    last = known.iloc[-1]
    value, period = float(last["value"]), int(last["period"])
    row = replace(_empty(item), source=str(last["source"]), value=value, period=period)
    row = _shrunk(monitor, row, who, everything[item.id, period])
    against, key = group.against, group.key
    measured = _measured(monitor, who.level, who.fictional, against, key, item.id, item.transform, period)
    alone = _alone(group, measured)
    if alone or measured.band is None:
        return replace(row, alone=alone or "alle waarden zijn gelijk", n=len(measured.values))
    middle = math.nan if against is Against.MUNICIPALITY else _middle(monitor, who, item, period)
    row = _placed(row, measured.band, middle, item.sign)
    if who.few:
        return row
    return replace(row, side=measured.band.side(value, item.sign), sentence=_sentence(measured.values, group))


def _empty(item: Indicator) -> SpineRow:
    """A row with what the catalogue says."""
    return SpineRow(
        indicator=item.id,
        label=label(item),
        title=item.title,
        unit=item.unit,
        unit_kind=item.unit_kind,
        pillar=item.pillar or "",
        theme=item.theme or "",
        decimals=item.decimals,
        signed=item.signed,
        neutral=item.higher_is is HigherIs.NEUTRAL,
        estimate=item.evidence is Evidence.MODELLED,
        perceived=item.evidence is Evidence.PERCEIVED,
        source="",
        value=math.nan,
        period=0,
    )


def label(item: Indicator) -> str:
    """Return the short name with what the number is: `Woningvoorraad, score`."""
    unit = "score" if item.unit_kind in (UnitKind.SCORE, UnitKind.CLASS) else item.unit
    known = len(unit) > _LONGEST_UNIT or unit in item.short
    return item.short + ("" if known else f", {unit}")


def _without_figure(monitor: Monitor, code: str, row: SpineRow, fills: str, own: pd.DataFrame) -> SpineRow:
    """The row with why there is no figure: what would help, or more where the division it was measured in is the reason."""
    if not row.loaded:
        return replace(row, reason="nog niet ingelezen", remedy=fills)
    given = own.dropna(subset="reason").sort_values("period")
    if given.empty:
        return replace(row, reason=NOT_THERE)
    last = given.iloc[-1]
    reason = str(last["reason"])
    detail = links.why_missing(monitor, code, reason, int(last["division"])) if reason in REASONS_OF_LINKS else ""
    return replace(row, reason=reason_text(reason), detail=detail)


def _placed(row: SpineRow, band: Band, middle: float, sign: int) -> SpineRow:
    """The row with everything that is drawn, on the common scale; for "worse" the band runs from high to low."""
    low, high = (band.low, band.high) if sign >= 0 else (band.high, band.low)
    first, third = (band.first, band.third) if sign >= 0 else (band.third, band.first)
    return replace(
        row,
        place=band.place(row.value, sign),
        low=band.place(low, sign),
        first=band.place(first, sign),
        third=band.place(third, sign),
        high=band.place(high, sign),
        municipality_place=band.place(middle, sign),
        middle=band.middle,
        municipality=middle,
        n=band.n,
    )


def _alone(group: _Group, measured: _Measured) -> str:
    """Why this indicator cannot be compared with the group, or ""."""
    who = group.who
    if group.against is not Against.MUNICIPALITY and 2 * measured.homes < group.homes:
        where = f"alleen {who.municipality_in_words}" if measured.homes <= 1 else f"{measured.homes} gemeenten"
        return f"gemeten in {where}: niet te vergelijken met {group.name}"
    if len(measured.values) < MINIMUM_GROUP:
        return f"maar {len(measured.values)} {who.level.plural} met dit cijfer: te weinig om te vergelijken"
    return ""


def _middle(monitor: Monitor, who: Subject, item: Indicator, period: int) -> float:
    """The middle area of the gemeente (few residents left out); NaN with fewer than three."""
    return _middles(monitor, who.level, who.fictional, item.id, period).get(who.municipality, math.nan)


@kept(2048)
def _middles(monitor: Monitor, level: Level, fictional: bool, indicator: str, period: int) -> dict[str, float]:
    codes = codes_of_group(monitor, level, fictional, Against.EVERYBODY, None)
    known = values(monitor, level, fictional)[indicator, period].reindex(codes).dropna()
    grouped = known.groupby(homes(monitor, level).reindex(known.index))
    return {str(home): float(value) for home, value in grouped.median()[grouped.size() >= 3].items()}


def _sentence(values: pd.Series, group: _Group) -> str:
    """Which side says most: `lager dan 92 van elke 100 wijken`. Never 100: nothing is lower than itself."""
    who = group.who
    if who.code not in values.index:
        return ""
    lower, higher = lower_than(values)[who.code], higher_than(values)[who.code]
    if pd.isna(lower) or max(lower, higher) == 0:
        return ""
    side, x = ("lager", lower) if lower >= higher else ("hoger", higher)
    kind = group.name if group.against is Against.URBANITY else who.level.plural
    whole = group.against is Against.EVERYBODY and who.whole is Whole.NATIONAL
    where = "" if whole or group.against is Against.URBANITY else f" in {group.name}"
    return f"{side} dan {x} van elke 100 {kind}{where}"


def _shrunk(monitor: Monitor, row: SpineRow, who: Subject, column: pd.Series) -> SpineRow:
    """The row with the rate drawn towards its group, for a small denominator; as it was otherwise."""
    if not (row.unit_kind is UnitKind.PER_THOUSAND and who.population < SMALL_DENOMINATOR):
        return row
    inhabitants = population.population(monitor, who.level)
    inside = column.index[(homes(monitor, who.level).reindex(column.index) == who.municipality).to_numpy()]
    codes, name = (inside, who.municipality_in_words) if len(inside) >= MINIMUM_GROUP else (column.index, who.everybody)
    at_risk = inhabitants.reindex(codes)
    rates = empirical_bayes(column.reindex(codes) * at_risk / 1000, at_risk)
    shrunk = float(rates["shrunk"].get(who.code, math.nan)) * 1000
    return replace(row, shrunk=shrunk, shrunk_group=name)


def _topics(catalogue: Catalogue, rows: tuple[SpineRow, ...]) -> tuple[TopicSide, ...]:
    """Per theme word: +1 or -1 when most of its figures lie on that side of the middle half, else 0."""
    by_word: dict[str, list[SpineRow]] = {}
    for row in rows:
        if not row.neutral and row.compared:
            by_word.setdefault(catalogue.pillars[row.pillar].word(row.theme), []).append(row)
    topics = []
    for word, members in by_word.items():
        better, worse = (sum(row.side == side for row in members) for side in (1, -1))
        side = 1 if 2 * better > len(members) else -1 if 2 * worse > len(members) else 0
        topics.append(TopicSide(word, side, sum(abs(row.place) for row in members) / len(members)))
    return tuple(sorted(topics, key=lambda topic: -topic.distance))
