"""Draws a few areas compared over the years, under the map."""

from wijkdata import dutch
from wijkdata.questions.kaart.comparison import compare as compare_areas
from wijkdata.questions.kaart.names import country_names
from wijkdata.ui import address, blocks, place, session
from wijkdata.ui.kaart.choices import MapView
from wijkdata.views.kaart import lines

MOST = 4


def compare(view: MapView) -> None:
    """Lets up to four areas be chosen and draws their lines over the years."""
    answer = view.answer
    names, level = _names(view), answer.level
    codes = address.choose_many(
        "vergelijk",
        f"{level.plural.capitalize()} vergelijken (hoogstens {MOST})",
        list(names),
        lambda code: names.get(code, code),
        limit=MOST,
        width=560,
        placeholder=f"Kies twee of meer {level.plural}",
    )
    if len(codes) < 2:
        return
    comparison = session.ask(compare_areas, tuple(codes), answer.topic.id, answer.choice.period)
    lead = f"Elke lijn is een {level.value}; eenheid: {comparison.topic.unit}."
    if blocks.figure(comparison.title, lead, comparison.short, comparison.fictional):
        alt = f"Lijnen over de jaren. {comparison.title}."
        blocks.chart(lines.comparison, comparison, alt, "kaart_vergelijking", comparison.fictional)
        blocks.source(comparison.source, comparison.source_short, comparison.source_ids)
        years = dutch.years([int(year) for year in comparison.table["Jaar"]])
        blocks.table(alt, comparison.table, (comparison.topic.label, answer.place_name, years), "vergelijking")


def _names(view: MapView) -> dict[str, str]:
    choice = view.answer.choice
    if choice.country:
        return country_names(view.monitor, choice.level)
    return place.area_names(view.monitor, choice.place, choice.level)
