"""Compares a few areas on one topic, over the years."""

import pandas as pd

from wijkdata import dutch
from wijkdata.areas import Level, is_fictional, level_of
from wijkdata.catalogue import Catalogue
from wijkdata.questions.kaart import lines, material, words
from wijkdata.questions.kaart.answer import AreaComparison, Role
from wijkdata.questions.shared import places, provenance, topics
from wijkdata.questions.shared.answer import COUNTRY, Topic
from wijkdata.store.monitor.versions import Monitor


def compare(
    monitor: Monitor, catalogue: Catalogue, codes: tuple[str, ...], topic_id: str, period: int
) -> AreaComparison:
    """Compares two to four areas on one topic over the years. All real or all fictional: never mixed."""
    level, fictional = level_of(codes[0]), is_fictional(codes[0])
    areas = {code: places.place(monitor, code) for code in codes}
    homes = tuple(dict.fromkeys(area.municipality for area in areas.values()))
    topic = material.find_topic(monitor, homes[0] if len(homes) == 1 else COUNTRY, level, topic_id)
    names = _distinct_names(areas)
    rows = _lines(topics.values(monitor, topic_id, level, fictional), names, period)
    measured = rows.dropna(subset="value")
    years = sorted({int(year) for year in measured["period"]})
    coverage = pd.concat([material.coverage_rows(monitor, topic, home, level, years) for home in homes])
    source_start = words.source_start(provenance.source_text(catalogue, coverage), fictional)
    return AreaComparison(
        topic=topic,
        names=names,
        lines=rows,
        table=_table(rows, list(names.values())),
        title=_title(topic, measured, period),
        short=f"{topic.short}: {len(codes)} {level.plural} naast elkaar"[: words.LONGEST_SHORT],
        source=f"{source_start}; bewerking wijkdata. {_rest_of_source(topic, level, measured)}",
        source_short=f"{source_start}.",
        source_ids=provenance.source_ids(coverage),
        fictional=fictional,
    )


def _distinct_names(areas: dict[str, places.Place]) -> dict[str, str]:
    """Returns names; with the gemeente when the areas lie in different ones, with the code when two are still alike."""
    several = len({area.municipality for area in areas.values()}) > 1
    names = {code: f"{area.name} ({area.municipality_name})" if several else area.name for code, area in areas.items()}
    double = [name for name in names.values() if list(names.values()).count(name) > 1]
    return {code: f"{name} {code}" if name in double else name for code, name in names.items()}


def _lines(values: pd.DataFrame, names: dict[str, str], period: int) -> pd.DataFrame:
    parts = [
        lines.own_line(values, code, period)[0].assign(name=name, role=Role.CHOSEN) for code, name in names.items()
    ]
    return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)


def _table(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Makes a row per year, a column per area."""
    table = rows.pivot_table(index="period", columns="name", values="value").reindex(columns=names)
    table.columns.name = None
    return table.rename_axis("Jaar").reset_index()


def _title(topic: Topic, measured: pd.DataFrame, period: int) -> str:
    """Says who is highest and lowest in one year; at most 90 characters."""
    of_year = measured[measured["period"] == period].sort_values("value")
    if len(of_year) < 2:
        return f"{topic.label}: te weinig cijfers in {period} om te vergelijken"
    low, high = of_year.iloc[0], of_year.iloc[-1]
    low_text, high_text = (dutch.number(one["value"], topic.decimals, topic.signed) for one in (low, high))
    if low_text == high_text:
        return f"{topic.label}: in {period} overal even hoog ({low_text})"
    sentences = [
        f"{topic.label} in {period}: het hoogst in {high['name']} ({high_text}), het laagst in {low['name']} ({low_text})",
        f"{topic.short} in {period}: hoogst in {high['name']}, laagst in {low['name']}",
        f"{topic.short} in {period}: van {low_text} tot {high_text}",
    ]
    return next((text for text in sentences if len(text) <= words.LONGEST), sentences[-1])


def _rest_of_source(topic: Topic, level: Level, measured: pd.DataFrame) -> str:
    n = dutch.n_of(measured["name"].nunique(), level.value, level.plural)
    return f"Eenheid: {topic.unit}. {n}."
