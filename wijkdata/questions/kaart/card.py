"""The chosen area beside the map, and a few areas beside each other."""

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis import position
from wijkdata.areas import Level, is_fictional, level_of, municipality_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions.kaart import legend, question, words
from wijkdata.questions.kaart.answer import Card, Comparison, MapAnswer
from wijkdata.questions.shared import links, places, population, provenance, topics
from wijkdata.questions.shared.answer import COUNTRY, Topic
from wijkdata.settings import REFERENCE_YEAR
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

# Fewer others than this and a place "per 100" would pretend.
ENOUGH_FOR_HUNDRED = 20
CHOSEN, MUNICIPALITY, EVERYBODY = "chosen", "municipality", "everybody"
NO_FIGURE = "Dit gebied heeft hier geen cijfer: "


def card(
    monitor: Monitor,
    catalogue: Catalogue,
    code: str,
    name: str,
    period: int,
    since: int | None = None,
    kind: str = question.FIXED,
) -> Card:
    """One area on one topic: value, class, place among all, its years beside gemeente and country, inhabitants."""
    level, area = level_of(code), places.place(monitor, code)
    made = question.answer(monitor, catalogue, area.municipality, level, name, period, since, kind)
    row = made.areas.loc[code] if code in made.areas.index else None
    figures = topics.values(monitor, name, level, area.fictional)
    known = row is not None and not pd.isna(row["value"])
    lines, left_out = _lines(monitor, figures, area, level, period)
    own = _of_period(monitor, code, name, period)
    return Card(
        code=code,
        name=area.name,
        municipality=area.municipality,
        municipality_name=area.municipality_name,
        level=level,
        topic=made.topic,
        fictional=area.fictional,
        value=_value(made, row["value"]) if known else "",
        unit=_unit(made),
        word=_word(made, int(row["klass"])) if known else "",
        place=_place(figures, code, period, level, area.fictional) if since is None else "",
        why="" if known else _why(monitor, code, own, row),
        lines=lines,
        facts=(*_inhabitants(monitor, code), *_note(left_out), *_origin(monitor, code, own)),
        description=_describe(lines, made.topic),
    )


def compare(monitor: Monitor, catalogue: Catalogue, codes: tuple[str, ...], name: str, period: int) -> Comparison:
    """Two to four areas on one topic over the years. All real or all fictional: never mixed."""
    level, fictional = level_of(codes[0]), is_fictional(codes[0])
    areas = {code: places.place(monitor, code) for code in codes}
    homes = {area.municipality for area in areas.values()}
    topic = question.find_topic(monitor, catalogue, homes.pop() if len(homes) == 1 else COUNTRY, level, name)
    figures = topics.values(monitor, name, level, fictional)
    names = _told_apart(areas)
    parts = [_own_line(figures, code, period)[0].assign(name=names[code], role=CHOSEN) for code in codes]
    lines = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    table = lines.pivot_table(index="period", columns="name", values="value").reindex(columns=list(names.values()))
    table.columns.name = None
    measured = lines.dropna(subset="value")
    return Comparison(
        topic=topic,
        names=names,
        lines=lines,
        table=table.rename_axis("Jaar").reset_index(),
        title=_comparison_title(topic, measured, period),
        short=f"{topic.short}: {len(codes)} {level.plural} naast elkaar"[:45],
        source=_comparison_source(monitor, catalogue, topic, codes, measured),
        fictional=fictional,
    )


def _told_apart(areas: dict[str, places.Place]) -> dict[str, str]:
    """Names; with the gemeente when two share one or when they lie in different gemeenten."""
    several = len({area.municipality for area in areas.values()}) > 1
    names = {code: f"{area.name} ({area.municipality_name})" if several else area.name for code, area in areas.items()}
    double = [name for name in names.values() if list(names.values()).count(name) > 1]
    return {code: f"{name} {code}" if name in double else name for code, name in names.items()}


def _lines(
    monitor: Monitor, figures: pd.DataFrame, area: places.Place, level: Level, period: int
) -> tuple[pd.DataFrame, list[int]]:
    """name, role, period, value of the area, its gemeente and everybody; and the years left out as not comparable.

    Gemeente and country are means by inhabitants over the areas that were measured like this one.
    """
    own, left_out = _own_line(figures, area.code, period)
    if own.empty:
        return pd.DataFrame(columns=["name", "role", "period", "value"]), left_out
    inhabitants = population.population(monitor, level)
    alike = figures.merge(own[["period", "made_of"]], on=["period", "made_of"])
    inside = alike[alike["code"].str[2:6] == area.code[2:6]]
    parts = [own.assign(name=area.name, role=CHOSEN), _means(inside, inhabitants, area.municipality_name, MUNICIPALITY)]
    if area.fictional or all(
        topics.is_national(part.set_index("code")["value"]) for _, part in alike.groupby("period")
    ):
        everybody = "Alle fictieve gemeenten" if area.fictional else "Nederland"
        parts.append(_means(alike, inhabitants, everybody, EVERYBODY))
    return pd.concat(parts, ignore_index=True)[["name", "role", "period", "value"]], left_out


def _own_line(figures: pd.DataFrame, code: str, period: int) -> tuple[pd.DataFrame, list[int]]:
    """period, value, made_of of one area: the years that were made of the same indicators as the year shown."""
    own = figures[(figures["code"] == code) & figures["value"].notna()].sort_values("period")
    shown = own.loc[own["period"] == period, "made_of"]
    base_set = int(shown.iloc[0]) if len(shown) else (int(own["made_of"].iloc[-1]) if len(own) else 0)
    same = own["made_of"] == base_set
    return own.loc[same, ["period", "value", "made_of"]], [int(year) for year in own.loc[~same, "period"]]


def _means(rows: pd.DataFrame, inhabitants: pd.Series, name: str, role: str) -> pd.DataFrame:
    means = {
        int(period): population.weighted_mean(part.set_index("code")["value"], inhabitants)
        for period, part in rows.groupby("period")
    }
    frame = pd.DataFrame({"period": list(means), "value": list(means.values())}).dropna()
    return frame.assign(name=name, role=role)


def _value(made: MapAnswer, value: float) -> str:
    return dutch.number(value, made.topic.decimals, signed=made.topic.signed or made.since is not None)


def _word(made: MapAnswer, klass: int) -> str:
    """The class in a word; a fifth says of what."""
    word = made.classes[klass].word
    return f"{word} van de gemeente" if word in legend.FIFTHS else word


def _unit(made: MapAnswer) -> str:
    if made.topic.pillar:
        return "punten" if made.since is not None else f"Nederland {REFERENCE_YEAR} = 100"
    return made.topic.unit


def _why(monitor: Monitor, code: str, own: pd.DataFrame, row: pd.Series | None) -> str:
    if len(own) and str(own["reason"].iloc[-1]) in dutch.REASONS_OF_LINKS:
        last = own.iloc[-1]
        return f"{NO_FIGURE}{links.why_missing(monitor, code, str(last['reason']), int(last['division']))}."
    reason = "het staat niet in deze bron" if row is None else str(row["reason"])
    return f"{NO_FIGURE}{reason}."


def _of_period(monitor: Monitor, code: str, name: str, period: int) -> pd.DataFrame:
    rows = queries.of_area(monitor, code)
    return rows[(rows["indicator"] == name) & (rows["period"] == period)]


def _origin(monitor: Monitor, code: str, own: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """That the figure was measured in another division, when it was."""
    own = own.dropna(subset="value")
    text = links.origin_text(monitor, code, own["division"]) if len(own) else ""
    return ((text, ""),) if text else ()


def _place(figures: pd.DataFrame, code: str, period: int, level: Level, fictional: bool) -> str:
    """The place among all areas, as a sentence that never says too much."""
    values = figures[figures["period"] == period].set_index("code")["value"].dropna()
    if code not in values.index or len(values) < 2:
        return ""
    if len(values) < ENOUGH_FOR_HUNDRED:
        rank = int(position.rank(values, highest_first=True)[code])
        return f"Nummer {rank} van de {len(values)} {level.plural} met een cijfer, van hoog naar laag."
    lower, higher = int(position.lower_than(values)[code]), int(position.higher_than(values)[code])
    where = f"fictieve {level.plural}" if fictional else f"{level.plural} in Nederland"
    if not fictional and not topics.is_national(values):
        where = f"{level.plural} met een cijfer ({dutch.number(len(values))})"
    if not lower and not higher:
        return f"Gelijk aan bijna alle {where}."
    word, x = ("Lager", lower) if lower >= higher else ("Hoger", higher)
    return f"{word} dan {x} van elke 100 {where}."


def _inhabitants(monitor: Monitor, code: str) -> tuple[tuple[str, str], ...]:
    rows = queries.of_area(monitor, code)
    rows = rows[(rows["indicator"] == "inwoners") & rows["value"].notna()].sort_values("period")
    if rows.empty:
        return (("Aantal inwoners onbekend", "lees de Kerncijfers wijken en buurten van het CBS in"),)
    last = rows.iloc[-1]
    source = "fictief" if is_fictional(code) else f"{_source_short(last['source'])}, {last['period']}"
    return ((dutch.count(int(last["value"]), "inwoner", "inwoners"), source),)


def _source_short(source: str) -> str:
    from wijkdata.catalogue import load

    return load().sources[source].short


def _note(left_out: list[int]) -> tuple[tuple[str, str], ...]:
    if not left_out:
        return ()
    verb = "staat" if len(left_out) == 1 else "staan"
    return ((f"{dutch.years(left_out)} {verb} niet in de lijn", "toen telden er andere cijfers mee in de score"),)


def _describe(lines: pd.DataFrame, topic: Topic) -> str:
    """The three lines in words."""
    parts = []
    for name, rows in lines.groupby("name", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        start, end = (dutch.number(one["value"], topic.decimals) for one in (first, last))
        parts.append(
            f"{name}: {end} in {last['period']}"
            if len(rows) == 1
            else f"{name}: van {start} in {first['period']} naar {end} in {last['period']}"
        )
    return f"{topic.label} over de jaren. " + "; ".join(parts) + "." if parts else f"Geen cijfers over {topic.label}."


def _comparison_title(topic: Topic, measured: pd.DataFrame, period: int) -> str:
    """Who is highest and lowest in the year shown; at most 90 characters."""
    now = measured[measured["period"] == period].sort_values("value")
    if len(now) < 2:
        return f"{topic.label}: te weinig cijfers in {period} om te vergelijken"
    low, high = now.iloc[0], now.iloc[-1]
    texts = [dutch.number(value, topic.decimals, topic.signed) for value in (low["value"], high["value"])]
    if texts[0] == texts[1]:
        return f"{topic.label}: in {period} overal even hoog ({texts[0]})"
    sentences = [
        f"{topic.label} in {period}: het hoogst in {high['name']} ({texts[1]}), het laagst in {low['name']} ({texts[0]})",
        f"{topic.short} in {period}: hoogst in {high['name']}, laagst in {low['name']}",
        f"{topic.short} in {period}: van {texts[0]} tot {texts[1]}",
    ]
    return next((text for text in sentences if len(text) <= words.LONGEST), sentences[-1])


def _comparison_source(
    monitor: Monitor, catalogue: Catalogue, topic: Topic, codes: tuple[str, ...], measured: pd.DataFrame
) -> str:
    level, years = level_of(codes[0]), sorted({int(year) for year in measured["period"]})
    homes = dict.fromkeys(str(municipality_of(code)) for code in codes)
    rows = pd.concat([question.coverage_rows(monitor, topic, home, level, years) for home in homes])
    made_up = "fictieve cijfers in de vorm van " if is_fictional(codes[0]) else ""
    n = dutch.n_of(measured["name"].nunique(), level.value, level.plural)
    return f"Bron: {made_up}{provenance.source_text(catalogue, rows) or 'geen'}; bewerking wijkdata. Eenheid: {topic.unit}. {n}."
