"""Describes the chosen area: its value and class as the map shows them, its years, its inhabitants."""

import pandas as pd

from wijkdata import dutch
from wijkdata.analysis import position
from wijkdata.areas import is_fictional
from wijkdata.catalogue import Catalogue
from wijkdata.questions.kaart import lines, question
from wijkdata.questions.kaart.answer import Card, MapAnswer, MapChoice
from wijkdata.questions.shared import area_figures, links, places, programmes, topics
from wijkdata.questions.shared.answer import Topic
from wijkdata.store.monitor.versions import Monitor

# With fewer areas than this a rank per 100 would pretend.
ENOUGH_FOR_HUNDRED = 20
_NO_FIGURE = "Dit gebied heeft hier geen cijfer: "


def card(monitor: Monitor, catalogue: Catalogue, code: str, choice: MapChoice) -> Card:
    """Describes one area of the chosen map: value, class, rank, its years with gemeente and country, inhabitants."""
    area = places.place(monitor, code)
    answer = question.answer(monitor, catalogue, choice)
    areas, topic = answer.figures.areas, answer.topic
    values = topics.values(monitor, topic.id, choice.level, area.fictional)
    known = code in answer.figures.values.index
    of_area, left_out = lines.of_area(monitor, values, area, choice.period)
    of_code = area_figures.of_area(monitor, code)
    # Of a pillar there are none in the store.
    stored = of_code[(of_code["indicator"] == choice.topic) & (of_code["period"] == choice.period)]
    return Card(
        code=code,
        name=area.name,
        level=choice.level,
        topic=topic,
        fictional=area.fictional,
        value_text=dutch.number(areas.at[code, "value"], topic.decimals, answer.figures.signed) if known else "",
        unit=answer.text.unit,
        class_text=_class_text(answer, code) if known else "",
        rank_text=_rank_text(values, area, choice.period) if answer.figures.ranked else "",
        why_text="" if known else f"{_NO_FIGURE}{_why(monitor, answer, code, stored)}.",
        lines=of_area,
        facts=(
            _inhabitants(of_code, catalogue, code),
            *_left_out_fact(left_out, topic),
            *_origin_fact(monitor, code, stored),
            *(("Landelijk programma", one.text) for one in programmes.of_area(monitor, code)),
        ),
        description=_description(of_area, topic),
    )


def _class_text(answer: MapAnswer, code: str) -> str:
    """Names the class; where the name is about the areas of this map, says of which areas."""
    klass = answer.figures.classes[answer.figures.areas.at[code, "klass"]]
    if not klass.word or not klass.relative:
        return klass.word
    return f"{klass.word} van {'Nederland' if answer.choice.country else 'de gemeente'}"


def _why(monitor: Monitor, answer: MapAnswer, code: str, stored: pd.DataFrame) -> str:
    """Says why there is no figure: by the links when it was measured under another area, else as the map says it."""
    if len(stored) and str(stored["reason"].iloc[-1]) in dutch.REASONS_OF_LINKS:
        last = stored.iloc[-1]
        return links.why_missing(monitor, code, str(last["reason"]), int(last["division"]))
    areas = answer.figures.areas
    return answer.text.reasons[areas.at[code, "reason"]] if code in areas.index else "het staat niet in deze bron"


def _rank_text(values: pd.DataFrame, area: places.Place, period: int) -> str:
    """Says where the area ranks among all, in a sentence that never says too much."""
    of_year = values[values["period"] == period].set_index("code")["value"].dropna()
    if area.code not in of_year.index or len(of_year) < 2:
        return ""
    plural = area.level.plural
    if len(of_year) < ENOUGH_FOR_HUNDRED:
        rank = int(position.rank(of_year, highest_first=True)[area.code])
        return f"Nummer {rank} van de {len(of_year)} {plural} met een cijfer, van hoog naar laag."
    lower, higher = int(position.lower_than(of_year)[area.code]), int(position.higher_than(of_year)[area.code])
    everybody = f"fictieve {plural}" if area.fictional else f"{plural} in Nederland"
    if not area.fictional and not topics.is_national(of_year):
        everybody = f"{plural} met een cijfer ({dutch.number(len(of_year))})"
    if not lower and not higher:
        return f"Gelijk aan bijna alle {everybody}."
    side, part = ("Lager", lower) if lower >= higher else ("Hoger", higher)
    return f"{side} dan {part} van elke 100 {everybody}."


def _inhabitants(of_code: pd.DataFrame, catalogue: Catalogue, code: str) -> tuple[str, str]:
    rows = of_code[(of_code["indicator"] == "inwoners") & of_code["value"].notna()].sort_values("period")
    if rows.empty:
        return "Aantal inwoners onbekend", "lees de Kerncijfers wijken en buurten van het CBS in"
    last = rows.iloc[-1]
    source = "fictief" if is_fictional(code) else f"{catalogue.sources[last['source']].short}, {last['period']}"
    return dutch.count(int(last["value"]), "inwoner", "inwoners"), source


def _left_out_fact(years: tuple[int, ...], topic: Topic) -> tuple[tuple[str, str], ...]:
    """Says which years are not in the line, when there are any."""
    if not years:
        return ()
    verb = "staat" if len(years) == 1 else "staan"
    why = (
        "toen telden er andere cijfers mee in de score"
        if topic.pillar
        else "toen werd het op een andere manier gemeten"
    )
    return ((f"{dutch.years(list(years))} {verb} niet in de lijn", why),)


def _origin_fact(monitor: Monitor, code: str, stored: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Says that the figure was measured in another division, when it was."""
    divisions = stored.dropna(subset="value")["division"]
    text = links.origin_text(monitor, code, divisions) if len(divisions) else ""
    return ((text, ""),) if text else ()


def _description(of_area: pd.DataFrame, topic: Topic) -> str:
    """Describes the lines for who cannot see them."""
    parts = []
    for name, rows in of_area.groupby("name", sort=False):
        first, last = rows.iloc[0], rows.iloc[-1]
        start, end = (dutch.number(one["value"], topic.decimals) for one in (first, last))
        parts.append(
            f"{name}: {end} in {last['period']}"
            if len(rows) == 1
            else f"{name}: van {start} in {first['period']} naar {end} in {last['period']}"
        )
    return f"{topic.label} over de jaren. " + "; ".join(parts) + "." if parts else f"Geen cijfers over {topic.label}."
