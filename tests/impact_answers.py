"""Answers of Voor en na made by hand, for the tests of what is drawn and said."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from wijkdata import catalogue
from wijkdata.analysis.impact.placebo import Inference
from wijkdata.areas import Level
from wijkdata.catalogue import UnitKind
from wijkdata.questions.shared.answer import Refusal, Topic
from wijkdata.questions.voor_en_na.answer import (
    ACTIVITY,
    Answered,
    CertaintyLine,
    ComparedArea,
    ComparisonSource,
    CoursePoint,
    EvidenceStep,
    Finding,
    Head,
    ImpactVerdict,
    Intervention,
    LeftOutCount,
    MeanChange,
    Moment,
    Naive,
    Pool,
    ReboundElsewhere,
    Refused,
    SecondOpinion,
    Sections,
    Treated,
)

NAN = math.nan
TOPIC = Topic(
    "ervaren_samenhang", "Ervaren samenhang", "Ervaren samenhang", "de ervaren samenhang", "weerbaarheid",
    "score van 0 tot 10", UnitKind.SCORE, 1, False, 1, (), 50, (2016, 2018, 2020, 2022),
)  # fmt: skip


def topic_in(unit: str, **more: Any) -> Topic:
    """TOPIC in a unit of the catalogue."""
    kinds = {item.unit: item.unit_kind for item in catalogue.load().indicators.values()}
    return replace(TOPIC, unit=unit, unit_kind=kinds[unit], **more)


def treated(name: str, **more: Any) -> Treated:
    """A wijk where it happened, whole and counted unless told otherwise."""
    values = {"whole": True, "note": "", "used": True, "why_not": ""} | more
    return Treated(f"WK9701{len(name):02d}", name, "GM9701", "Vlierstede", **values)


INTERVENTION = Intervention(
    ACTIVITY, "VB-01", "Buurtkamer", date(2019, 2, 4), "4 februari 2019", "", Level.WIJK,
    (treated("Zonnegaarde"),), (), None, "", "register", True,
)  # fmt: skip
# year, treated, comparison, band: the difference is treated minus comparison.
FIGURES = (
    (2016, 6.0, 6.0, -0.1, 0.1),
    (2018, 6.1, 6.2, -0.2, 0.2),
    (2020, 6.9, 6.2, -0.3, 0.3),
    (2022, 7.3, 6.3, -0.4, 0.4),
)
MOMENTS = tuple(Moment(y, own, other, own - other, low, high, y >= 2020) for y, own, other, low, high in FIGURES)
POOL = Pool(
    areas=(
        ComparedArea("WK970201", "Klaverzoom", "Holmerwaard", 0.6, 0.5, ""),
        ComparedArea("WK970202", "Trekschuit", "Holmerwaard", 0.4, 0.7, ""),
    ),
    n=2,
    with_weight=2,
    left_out=(LeftOutCount("adjacent", "grenst eraan", 3), LeftOutCount("incomplete", "niet alle jaren", 0)),
    excluded=(ComparedArea("WK970203", "Kade", "Holmerwaard", 0.0, NAN, "<b>sloop</b>"),),
    balance=pd.DataFrame(
        {
            "feature": ["meting 2016", "Inwoners"],
            "unit": ["score van 1 tot 10", ""],
            "decimals": [2, 0],
            "treated": [6.0, 4547.0],
            "comparison": [6.0, 2956.0],
            "difference": [0.0, 1.52],
            "flagged": [False, True],
        }
    ),
)
HEAD = Head(
    intervention=INTERVENTION,
    topic=TOPIC,
    first_after=2020,
    moments=MOMENTS,
    title="Zonnegaarde kwam 0,90 hoger uit dan te verwachten was",
    description="Ervaren samenhang in Zonnegaarde naast wat er anders gebeurd zou zijn.",
    source=ComparisonSource("eigen bestand", 1, 2, "sdid", True),
    evidence=EvidenceStep("3", "Voor en na, met vergelijking"),
    seed=1,
)
REBOUND = ReboundElsewhere(
    year=2018,
    n=9,
    lines=((2018, 0.0), (2020, 0.2), (2022, 0.3)),
    own=((2018, 0.0), (2022, 0.9)),
    returned=True,
    text="De 9 laagste wijken elders gingen 0,3 omhoog.",
)
# The difference, and what it is with chance of all measurements at once.
COURSE = tuple(
    CoursePoint(one.year, one.difference, one.difference - 0.5, one.difference + 0.5, one.after) for one in MOMENTS
)
ANSWER = Answered(
    head=HEAD,
    finding=Finding(
        verdict=ImpactVerdict.HIGHER,
        doubts=(),
        text="Na de start 0,90 punt hoger (marge van +0,5 tot +1,2).",
        own=MeanChange(6.05, 7.1, 1.05, 17.4),
        otherwise=MeanChange(6.05, 6.2, 0.15, 2.5),
        difference=MeanChange(6.2, 7.1, 0.9, 14.9),
        estimate=0.9,
        inference=Inference(199, 198, 0.01, 0.1, (0.5, 1.2), (0.5, 1.2), 0.4),
        rough_before=0.07,
        rough_p=0.5,
    ),
    sections=Sections(
        certainty=(CertaintyLine("Hoe vaak toeval", "1 van 199", "Zo vaak was het elders even groot.", False),),
        pool=POOL,
        seconds=(SecondOpinion("Alle wijken even zwaar", 0.7, (0.5, 0.9), "Gewone verschil-in-verschil."),),
        naive=Naive(1.2, "“Zonnegaarde steeg 1,2 punt.”", "Daarin zit ook wat overal gebeurde."),
        rebound=REBOUND,
        cautions=("Of dit de oorzaak is.",),
        course=COURSE,
    ),
)
REFUSED = Refused(
    replace(
        HEAD,
        title="Ervaren samenhang: hierop is nog geen eerlijk antwoord te geven",
        moments=tuple(Moment(y, own, NAN, NAN, NAN, NAN, y >= 2020) for y, own, *_ in FIGURES),
        source=ComparisonSource("eigen bestand", 1),
        evidence=EvidenceStep("1", "Geteld"),
    ),
    Refusal("few_before", "Er zijn maar 2 metingen vóór de start.", "Kies een <ander> onderwerp."),
)


def of_head(answer: Answered, **changed: Any) -> Answered:
    """The same answer with another head."""
    return replace(answer, head=replace(answer.head, **changed))


def of_finding(answer: Answered, **changed: Any) -> Answered:
    """The same answer with another finding."""
    return replace(answer, finding=replace(answer.finding, **changed))
