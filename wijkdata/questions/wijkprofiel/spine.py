"""How does this area stand: every indicator of the four pillars against a group of other areas."""

import math
from dataclasses import dataclass

import pandas as pd

from wijkdata import periods
from wijkdata.analysis.comparison import MINIMUM_GROUP, Band, band
from wijkdata.analysis.position import higher_than, lower_than
from wijkdata.analysis.smallnumbers import empirical_bayes
from wijkdata.areas import Level
from wijkdata.catalogue import Catalogue, Evidence, HigherIs, Indicator
from wijkdata.dutch import REASONS_OF_LINKS, reason_text
from wijkdata.questions.shared import links, population, provenance
from wijkdata.questions.shared.answer import Subject
from wijkdata.questions.shared.memory import kept
from wijkdata.questions.shared.subjects import (
    EVERYBODY,
    MUNICIPALITY,
    URBANITY,
    codes_of_group,
    group_codes,
    homes,
    key_of_group,
    subject,
    values,
)
from wijkdata.questions.wijkprofiel.answer import Spine, SpineRow
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

# Below this number of inhabitants a handful of people moves a rate; the table then shows the shrunk rate beside it.
SMALL_DENOMINATOR = 5_000
# The store has this figure of other areas, and its files say nothing about this one.
NOT_THERE = "staat niet in de ingelezen bestanden"
_PER_THOUSAND = "per 1.000 inwoners"


def spine(monitor: Monitor, catalogue: Catalogue, code: str, compare: str) -> Spine:
    """Every indicator of every pillar, in catalogue order, against a group. Raises NotFoundError for an unknown code."""
    who = subject(monitor, code)
    around = _around(monitor, who, compare)
    own = queries.of_area(monitor, code)
    own = own[periods.are_years(own["period"])]
    rows = tuple(
        _row(monitor, item, around, own[own["indicator"] == item.id])
        for pillar in catalogue.pillars
        for item in catalogue.of_pillar(pillar)
    )
    used = pd.DataFrame([(row.source, row.period) for row in rows if row.source], columns=["source", "period"])
    return Spine(
        subject=who,
        compare=compare,
        against=around.against,
        against_short=around.short,
        rows=rows,
        pillars={key: pillar.title for key, pillar in catalogue.pillars.items()},
        topics=_topics(catalogue, rows),
        n_group=len(around.codes),
        source=provenance.source_text(catalogue, used),
        origin=links.origin_text(monitor, code, own.loc[own["value"].notna(), "division"]),
    )


@dataclass(frozen=True)
class _Group:
    """The areas of a group on one indicator in one year. homes: from how many gemeenten."""

    values: pd.Series
    band: Band | None
    homes: int


@kept(2048)
def _group(
    monitor: Monitor,
    level: Level,
    fictional: bool,
    compare: str,
    key: str | float | None,
    indicator: str,
    transform: str,
    period: int,
) -> _Group:
    codes = codes_of_group(monitor, level, fictional, compare, key)
    known = values(monitor, level, fictional)[indicator, period].reindex(codes).dropna()
    measured = homes(monitor, level).reindex(known.index).nunique()
    return _Group(known, band(known, transform), int(measured))


@dataclass(frozen=True)
class _Around:
    """The area and the group it is held against, looked up once. homes: gemeenten of the group."""

    who: Subject
    codes: pd.Index
    homes: int
    compare: str
    key: str | float | None
    against: str
    short: str


def _around(monitor: Monitor, who: Subject, compare: str) -> _Around:
    against, short = {
        EVERYBODY: (who.everybody, who.short),
        URBANITY: (f"even stedelijke {who.level.plural}", "groep"),
        MUNICIPALITY: (who.municipality_name, who.municipality_name),
    }[compare]
    codes = group_codes(monitor, who, compare)
    around = int(homes(monitor, who.level).reindex(codes).nunique())
    return _Around(who, codes, around, compare, key_of_group(monitor, who, compare), against, short)


def _row(monitor: Monitor, item: Indicator, around: _Around, own: pd.DataFrame) -> SpineRow:
    """One indicator: the newest year in which this area has a value, against the group in that same year."""
    who = around.who
    everything = values(monitor, who.level, who.fictional)
    known = own.dropna(subset="value").sort_values("period")
    fields = _fixed(item)
    if known.empty:
        loaded = any(name == item.id for name, _ in everything)
        reason, detail = _reason(monitor, who.code, own, item, loaded)
        return SpineRow(**fields, source="", value=math.nan, period=0, reason=reason, detail=detail, loaded=loaded)
    last = known.iloc[-1]
    value, period = float(last["value"]), int(last["period"])
    fields |= {"source": str(last["source"]), "value": value, "period": period}
    fields |= _shrunk(monitor, item, who, everything[item.id, period])
    group = _group(monitor, who.level, who.fictional, around.compare, around.key, item.id, item.transform, period)
    alone = _alone(around, group)
    if alone or group.band is None:
        return SpineRow(**fields, alone=alone or "alle waarden zijn gelijk", n=len(group.values))
    middle = math.nan if around.compare == MUNICIPALITY else _middle(monitor, who, item, period)
    fields |= _places(group.band, value, middle, item.sign)
    judged = not who.few
    return SpineRow(
        **fields,
        side=group.band.side(value, item.sign) if judged else 0,
        sentence=_sentence(group.values, who, around.against) if judged else "",
        n=group.band.n,
    )


def _fixed(item: Indicator) -> dict[str, object]:
    """What the catalogue says of a row."""
    return {
        "indicator": item.id,
        "label": label(item),
        "title": item.title,
        "unit": item.unit,
        "pillar": item.pillar,
        "theme": item.theme,
        "decimals": item.decimals,
        "signed": item.signed,
        "neutral": item.higher_is is HigherIs.NEUTRAL,
        "estimate": item.evidence is Evidence.MODELLED,
        "perceived": item.evidence is Evidence.PERCEIVED,
    }


def label(item: Indicator) -> str:
    """The short name with what the number is: `Woningvoorraad, score*`; `*` is a model estimate."""
    unit = "score" if item.unit.startswith(("score", "verschil", "klasse")) else item.unit
    known = len(unit) > len("× 1.000 euro") or unit in item.short or _PER_THOUSAND in item.short
    return item.short + ("" if known else f", {unit}") + ("*" if item.evidence is Evidence.MODELLED else "")


def _reason(monitor: Monitor, code: str, own: pd.DataFrame, item: Indicator, loaded: bool) -> tuple[str, str]:
    """Why there is no figure, and more about it where the division it was measured in is the reason ("" elsewhere)."""
    if not loaded:
        return f"nog niet ingelezen; {item.fills}" if item.fills else "nog niet ingelezen", ""
    given = own.dropna(subset="reason").sort_values("period")
    if given.empty:
        return NOT_THERE, ""
    last = given.iloc[-1]
    reason = str(last["reason"])
    detail = links.why_missing(monitor, code, reason, int(last["division"])) if reason in REASONS_OF_LINKS else ""
    return reason_text(reason), detail


def _places(group: Band, value: float, middle: float, sign: int) -> dict[str, float]:
    """Everything that is drawn, on the common scale; for "worse" the band runs from high to low."""
    low, high = (group.low, group.high) if sign >= 0 else (group.high, group.low)
    first, third = (group.first, group.third) if sign >= 0 else (group.third, group.first)
    marks = {"place": value, "low": low, "first": first, "third": third, "high": high, "municipality_place": middle}
    return {name: group.place(mark, sign) for name, mark in marks.items()} | {
        "middle": group.middle,
        "municipality": middle,
    }


def _alone(around: _Around, group: _Group) -> str:
    """Why this indicator cannot be compared with the group, or ""."""
    who = around.who
    if around.compare != MUNICIPALITY and 2 * group.homes < around.homes:
        where = f"alleen {who.municipality_name}" if group.homes <= 1 else f"{group.homes} gemeenten"
        return f"gemeten in {where}: niet te vergelijken met {around.against}"
    if len(group.values) < MINIMUM_GROUP:
        return f"maar {len(group.values)} {who.level.plural} met dit cijfer: te weinig om te vergelijken"
    return ""


def _middle(monitor: Monitor, who: Subject, item: Indicator, period: int) -> float:
    """The middle area of the gemeente (few residents left out); NaN with fewer than three."""
    inside = _group(
        monitor, who.level, who.fictional, MUNICIPALITY, who.municipality, item.id, item.transform, period
    ).values
    return float(inside.median()) if len(inside) >= 3 else math.nan


def _sentence(group: pd.Series, who: Subject, against: str) -> str:
    """Which side says most: `lager dan 92 van elke 100 wijken`. Never 100: nothing is lower than itself."""
    if who.code not in group.index:
        return ""
    lower, higher = lower_than(group)[who.code], higher_than(group)[who.code]
    if pd.isna(lower) or max(lower, higher) == 0:
        return ""
    side, x = ("lager", lower) if lower >= higher else ("hoger", higher)
    where = "" if against in ("Nederland", f"even stedelijke {who.level.plural}") else f" in {against}"
    kind = against if against.startswith("even stedelijke") else who.level.plural
    return f"{side} dan {x} van elke 100 {kind}{where}"


def _shrunk(monitor: Monitor, item: Indicator, who: Subject, column: pd.Series) -> dict[str, object]:
    """The rate drawn towards its group, for a small denominator; nothing otherwise."""
    if not (item.unit == _PER_THOUSAND and who.population < SMALL_DENOMINATOR):
        return {}
    inhabitants = population.population(monitor, who.level)
    inside = column.index[(homes(monitor, who.level).reindex(column.index) == who.municipality).to_numpy()]
    codes, name = (inside, who.municipality_name) if len(inside) >= MINIMUM_GROUP else (column.index, who.everybody)
    at_risk = inhabitants.reindex(codes)
    rates = empirical_bayes(column.reindex(codes) * at_risk / 1000, at_risk)
    shrunk = float(rates["shrunk"].get(who.code, math.nan)) * 1000
    return {"shrunk": shrunk, "shrunk_group": name}


def _topics(catalogue: Catalogue, rows: tuple[SpineRow, ...]) -> tuple[tuple[str, int, float], ...]:
    """Per theme word: +1 or -1 when most of its figures lie on that side of the middle half, else 0."""
    words: dict[str, list[SpineRow]] = {}
    for row in rows:
        if not row.neutral and not math.isnan(row.place):
            words.setdefault(catalogue.pillars[row.pillar].word(row.theme), []).append(row)
    topics = []
    for word, members in words.items():
        better, worse = (sum(row.side == side for row in members) for side in (1, -1))
        side = 1 if 2 * better > len(members) else -1 if 2 * worse > len(members) else 0
        topics.append((word, side, sum(abs(row.place) for row in members) / len(members)))
    return tuple(sorted(topics, key=lambda topic: -topic[2]))
