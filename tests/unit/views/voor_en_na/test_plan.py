"""A plan drawn: by its numbers, never by its sentences; nothing is drawn where nothing can be said."""

from dataclasses import replace
from datetime import date

import pytest
from impact_answers import HEAD, TOPIC

from tests.tokens import layout, tokenised
from wijkdata.questions.voor_en_na.answer import (
    Aimed,
    ComparedArea,
    ComparisonSource,
    LeftOutCount,
    Plan,
    ToMeasure,
    Visible,
)
from wijkdata.views.shared.theme import LIGHT
from wijkdata.views.voor_en_na import plan as drawing

PLAN = Plan(
    intervention=replace(HEAD.intervention, begin=date(2027, 3, 1), planned=True),
    topic=TOPIC,
    title="Met 1 wijk te zien",
    text="",
    description="",
    aim=Aimed(0.3, "Omhoog met 0,3", None),
    measured=(2016, 2018, 2020, 2022),
    visible=(
        Visible(1, 1, 0.5, 2028), Visible(1, 2, None, 2030), Visible(5, 1, 0.25, 2028), Visible(5, 2, None, 2030),
    ),
    compared=(ComparedArea("WK970201", "Noord", "Elders", float("nan"), 1.0, ""),),
    left_out=(LeftOutCount("small", "te weinig inwoners", 3),),
    to_measure=(
        ToMeasure("Ervaren <i>samenhang", "Collectieve weerbaarheid", (2016, 2022), 2, 2028, True),
        ToMeasure("", "Veiligheid", (), None, None, False),
    ),
    source=ComparisonSource("Eigen bestand, 2016 tot en met 2022", 1, 1),
    refusal=None,
    why_not_kept="",
)  # fmt: skip


def everything(plan):
    return [
        drawing.chart(plan, LIGHT).to_dict(), drawing.table(plan), drawing.source(plan), drawing.to_measure(plan.to_measure),
        drawing.compared(plan), drawing.compared_table(plan), drawing.left_out(plan),
    ]  # fmt: skip


@pytest.mark.parametrize("plan", [PLAN, replace(PLAN, aim=None)], ids=["with an aim", "without"])
def test_nothing_is_drawn_by_what_a_sentence_says(plan):
    assert layout(everything(tokenised(plan))) == layout(everything(plan))


def test_the_table_is_empty_where_nothing_can_be_said():
    table = drawing.table(PLAN)
    assert list(table) == ["Wijken", "Na 1 meting (2028)", "Na 2 metingen (2030)"]
    assert table["Na 1 meting (2028)"].tolist() == [0.5, 0.25] and table["Na 2 metingen (2030)"].isna().all()


def test_what_to_measure_names_a_pillar_without_figures_and_shows_names_as_text():
    said = drawing.to_measure(PLAN.to_measure)
    assert (
        "&lt;i&gt;samenhang, het doel: 2 metingen tot en met 2022, elke 2 jaar; na de start het eerst die van 2028."
        in said
    )
    assert "<b>Veiligheid</b> Hiervan is geen enkel cijfer ingelezen." in said
