"""How does this area stand: every indicator of the four pillars against a group of other areas."""

import difflib
import math
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from wijkdata.analysis.comparison import MINIMUM_GROUP, Band, band
from wijkdata.analysis.position import higher_than, lower_than
from wijkdata.analysis.smallnumbers import empirical_bayes
from wijkdata.areas import Level, level_of, normalise
from wijkdata.catalogue import Catalogue, Evidence, HigherIs, Indicator
from wijkdata.dutch import REASONS
from wijkdata.errors import NotFoundError
from wijkdata.questions import base
from wijkdata.questions.types_profile import Spine, SpineRow, Subject
from wijkdata.settings import MINIMUM_POPULATION
from wijkdata.store import queries
from wijkdata.store.monitor import Monitor

EVERYBODY, URBANITY, MUNICIPALITY = "nederland", "stedelijkheid", "gemeente"
# Figures of at least half of the some 340 gemeenten: then the middle area may be called that of the Netherlands.
NATIONAL_MUNICIPALITIES = 170
# Below this number of inhabitants a handful of people moves a rate; the table then shows the shrunk rate beside it.
SMALL_DENOMINATOR = 5_000
_PER_THOUSAND = "per 1.000 inwoners"
_LAST_YEAR = 9_999


def find_area(monitor: Monitor, text: str) -> str:
    """The code of a wijk or buurt that is in the store; raises NotFoundError naming the nearest codes."""
    code = normalise(text)
    level = level_of(code) if code else None
    if level in (Level.WIJK, Level.BUURT):
        known = base.all_areas(monitor, level).index
        if code in known:
            return code
    else:
        known = base.all_areas(monitor, Level.WIJK).index
    wanted = text.strip().upper()
    near = difflib.get_close_matches(wanted, [one for one in known if one[:6] == "WK" + wanted[2:6]], n=3, cutoff=0)
    near = near or difflib.get_close_matches(wanted, list(known), n=3, cutoff=0.5) or list(known[:3])
    kind = "is geen wijk of buurt" if level in (Level.GEMEENTE, Level.LAND) else "staat niet in de ingelezen gegevens"
    raise NotFoundError(f"Gebied ‘{text}’ {kind}; bedoelde u {', '.join(near) or 'een gebied dat is ingelezen'}?")


def subject(monitor: Monitor, code: str) -> Subject:
    """The area of a profile and the names of what it is compared with."""
    place = base.place(monitor, code)
    inhabitants = float(base.population(monitor, place.level).get(code, math.nan))
    everybody, short = whole(monitor, place.level, place.fictional)
    return Subject(
        code=code,
        name=place.name,
        level=place.level,
        municipality=place.municipality,
        municipality_name=place.municipality_name,
        fictional=place.fictional,
        population=inhabitants,
        few=inhabitants < MINIMUM_POPULATION,
        everybody=everybody,
        short=short,
    )


def whole(monitor: Monitor, level: Level, fictional: bool) -> tuple[str, str]:
    """What all areas together are called: "Nederland" only when the store holds most of it."""
    if fictional:
        return "alle fictieve gemeenten", "alle"
    codes = base.reference_codes(monitor, level, fictional)
    if base.all_areas(monitor, level).loc[codes, "municipality"].nunique() >= NATIONAL_MUNICIPALITIES:
        return "Nederland", "NL"
    return "alle ingelezen gemeenten", "alle"


def groups(monitor: Monitor, catalogue: Catalogue, code: str) -> dict[str, str]:
    """The groups this area can be compared with: id -> Dutch label. Groups under 8 areas are left out."""
    who = subject(monitor, code)
    everybody = who.everybody[0].upper() + who.everybody[1:]
    labels = {EVERYBODY: everybody, URBANITY: f"Even stedelijke {who.level.plural}", MUNICIPALITY: who.municipality_name}
    big = {name: len(group_codes(monitor, who, name)) >= MINIMUM_GROUP for name in (URBANITY, MUNICIPALITY)}
    return {name: label for name, label in labels.items() if big.get(name, True)}


def group_codes(monitor: Monitor, who: Subject, compare: str) -> pd.Index:
    """The areas of a group, few residents left out (unknown numbers stay in), real and fictional never mixed."""
    codes = base.reference_codes(monitor, who.level, who.fictional)
    codes = codes[~(base.population(monitor, who.level).reindex(codes) < MINIMUM_POPULATION).to_numpy()]
    if compare == MUNICIPALITY:
        return codes[(_homes(monitor, who.level).reindex(codes) == who.municipality).to_numpy()]
    if compare == URBANITY:
        classes = newest(monitor, "stedelijkheid", who.level)
        return codes[(classes.reindex(codes) == classes.get(who.code, math.nan)).to_numpy()]
    return codes


def spine(monitor: Monitor, catalogue: Catalogue, code: str, compare: str) -> Spine:
    """Every indicator of every pillar, in catalogue order, against a group. Raises NotFoundError for an unknown code."""
    who = subject(monitor, code)
    around = _around(monitor, who, compare)
    own = queries.of_area(monitor, code)
    own = own[own["period"] <= _LAST_YEAR]
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
        source=base.source_text(catalogue, used),
    )


@dataclass(frozen=True)
class _Around:
    """The area and the group it is held against, looked up once. homes: the gemeente by code, of the group."""

    who: Subject
    codes: pd.Index
    homes: pd.Series
    inside: pd.Index
    compare: str
    against: str
    short: str


def _around(monitor: Monitor, who: Subject, compare: str) -> _Around:
    codes = group_codes(monitor, who, compare)
    against, short = {
        EVERYBODY: (who.everybody, who.short),
        URBANITY: (f"even stedelijke {who.level.plural}", "groep"),
        MUNICIPALITY: (who.municipality_name, who.municipality_name),
    }[compare]
    inside = group_codes(monitor, who, MUNICIPALITY)
    return _Around(who, codes, _homes(monitor, who.level).reindex(codes), inside, compare, against, short)


def _row(monitor: Monitor, item: Indicator, around: _Around, own: pd.DataFrame) -> SpineRow:
    """One indicator: the newest year in which this area has a value, against the group in that same year."""
    who = around.who
    columns = {p: s for (name, p), s in values(monitor, who.level, who.fictional).items() if name == item.id}
    known = own.dropna(subset="value").sort_values("period")
    fields = _fixed(item)
    if known.empty:
        reason = _reason(own, item, bool(columns))
        return SpineRow(**fields, source="", value=math.nan, period=0, reason=reason, loaded=bool(columns))
    last = known.iloc[-1]
    value, period = float(last["value"]), int(last["period"])
    column, sign = columns[period], item.sign
    fields |= {"source": str(last["source"]), "value": value, "period": period}
    fields |= _shrunk(monitor, item, who, column)
    group = column[column.index.isin(around.codes)]
    alone = _alone(around, group)
    against_band = None if alone else band(group, item.transform)
    if against_band is None:
        return SpineRow(**fields, alone=alone or "alle waarden zijn gelijk", n=len(group))
    middle = math.nan if around.compare == MUNICIPALITY else _middle(around, column)
    fields |= _places(against_band, value, middle, sign)
    judged = not who.few
    return SpineRow(
        **fields,
        side=against_band.side(value, sign) if judged else 0,
        sentence=_sentence(group, who, around.against) if judged else "",
        n=against_band.n,
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


def _reason(own: pd.DataFrame, item: Indicator, loaded: bool) -> str:
    if not loaded:
        return f"nog niet ingelezen; {item.fills}" if item.fills else "nog niet ingelezen"
    given = own.sort_values("period")["reason"].dropna()
    return REASONS[str(given.iloc[-1])] if len(given) else REASONS["not_covered"]


def _places(group: Band, value: float, middle: float, sign: int) -> dict[str, float]:
    """Everything that is drawn, on the common scale; for "worse" the band runs from high to low."""
    low, high = (group.low, group.high) if sign >= 0 else (group.high, group.low)
    first, third = (group.first, group.third) if sign >= 0 else (group.third, group.first)
    marks = {"place": value, "low": low, "first": first, "third": third, "high": high, "municipality_place": middle}
    return {name: group.place(mark, sign) for name, mark in marks.items()} | {
        "middle": group.middle,
        "municipality": middle,
    }


def _alone(around: _Around, group: pd.Series) -> str:
    """Why this indicator cannot be compared with the group, or ""."""
    who, measured = around.who, around.homes.reindex(group.index).nunique()
    if around.compare != MUNICIPALITY and 2 * measured < around.homes.nunique():
        where = f"alleen {who.municipality_name}" if measured <= 1 else f"{measured} gemeenten"
        return f"gemeten in {where}: niet te vergelijken met {around.against}"
    if len(group) < MINIMUM_GROUP:
        return f"maar {len(group)} {who.level.plural} met dit cijfer: te weinig om te vergelijken"
    return ""


def _middle(around: _Around, column: pd.Series) -> float:
    """The middle area of the gemeente (few residents left out); NaN with fewer than three."""
    inside = column.reindex(around.inside).dropna()
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
    inhabitants = base.population(monitor, who.level)
    inside = column.index[(_homes(monitor, who.level).reindex(column.index) == who.municipality).to_numpy()]
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


@lru_cache(maxsize=base.KEEP)
def values(monitor: Monitor, level: Level, fictional: bool) -> dict[tuple[str, int], pd.Series]:
    """Every yearly figure of the pillars: (indicator, year) -> values by code, without the missing."""
    from wijkdata.catalogue import load

    ids = [item.id for item in load().indicators.values() if item.pillar]
    rows = queries.observations(monitor, ids, level).dropna(subset="value")
    rows = rows[(rows["period"] <= _LAST_YEAR) & rows["code"].isin(base.reference_codes(monitor, level, fictional))]
    return {
        (str(indicator), int(period)): part.set_index("code")["value"]
        for (indicator, period), part in rows.groupby(["indicator", "period"])
    }


@lru_cache(maxsize=64)
def newest(monitor: Monitor, indicator: str, level: Level) -> pd.Series:
    """The newest yearly value per code of one indicator."""
    rows = queries.observations(monitor, [indicator], level).dropna(subset="value")
    return rows[rows["period"] <= _LAST_YEAR].sort_values("period").groupby("code")["value"].last()


def _homes(monitor: Monitor, level: Level) -> pd.Series:
    """The gemeente of every area, by code."""
    return base.all_areas(monitor, level)["municipality"]
