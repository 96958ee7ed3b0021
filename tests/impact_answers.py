"""Answers of Voor en na made by hand, for the tests of what is drawn and said."""

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from wijkdata.areas import Level
from wijkdata.questions.shared.answer import Refusal, Topic
from wijkdata.questions.voor_en_na.answer import (
    ACTIVITY,
    Change,
    Compared,
    ImpactAnswer,
    Intervention,
    LeftOut,
    Moment,
    Naive,
    Pool,
    Rebound,
    SecondOpinion,
    Sure,
    Treated,
)

NAN = math.nan
TOPIC = Topic(
    "ervaren_samenhang", "Ervaren samenhang", "Ervaren samenhang", "de ervaren samenhang", "weerbaarheid",
    "score van 0 tot 10", 1, False, 1, (), 50, (2016, 2018, 2020, 2022),
)  # fmt: skip


def treated(name: str, **more: Any) -> Treated:
    """A wijk where it happened, whole and counted unless told otherwise."""
    told = {"whole": True, "note": "", "used": True, "why_not": ""} | more
    return Treated(f"WK9701{len(name):02d}", name, "GM9701", "Vlierstede", **told)


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
        Compared("WK970201", "Klaverzoom", "Holmerwaard", 0.6, 0.5, ""),
        Compared("WK970202", "Trekschuit", "Holmerwaard", 0.4, 0.7, ""),
    ),
    n=2,
    with_weight=2,
    left_out=(LeftOut("adjacent", "grenst eraan", 3), LeftOut("incomplete", "niet alle jaren", 0)),
    put_out=(Compared("WK970203", "Kade", "Holmerwaard", 0.0, NAN, "<b>sloop</b>"),),
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
ANSWER = ImpactAnswer(
    intervention=INTERVENTION,
    topic=TOPIC,
    level=Level.WIJK,
    title="Zonnegaarde kwam 0,90 hoger uit dan te verwachten was",
    short="0,90 hoger dan verwacht",
    answer="Na de start 0,90 punt hoger (marge van +0,5 tot +1,2).",
    verdict="higher",
    refused=None,
    start_year=2019,
    first_after=2020,
    moments=MOMENTS,
    own=Change(6.05, 7.1, 1.05, 17.4),
    comparison=Change(6.05, 6.2, 0.15, 2.5),
    difference=Change(6.2, 7.1, 0.9, 14.9),
    estimate=0.9,
    standard_error=0.1,
    interval=(0.5, 1.2),
    p_value=0.01,
    placebos=199,
    smaller=198,
    smallest_detectable=0.4,
    pre_statistic=0.07,
    pre_p=0.5,
    sure=(Sure("Hoe vaak toeval", "1 van 199", "Zo vaak was het elders even groot.", False),),
    pool=POOL,
    seconds=(SecondOpinion("Alle wijken even zwaar", 0.7, "", "Gewone verschil-in-verschil."),),
    naive=Naive(1.2, "“Zonnegaarde steeg 1,2 punt.”", "Daarin zit ook wat overal gebeurde."),
    rebound=Rebound(2018, 9, ((2018, 0.0), (2020, 0.2), (2022, 0.3)), "Elders +0,3.", ((2018, 0.0), (2022, 0.9))),
    cautions=("Of dit de oorzaak is.",),
    evidence=("3", "Voor en na, met vergelijking"),
    description="Ervaren samenhang in Zonnegaarde naast wat er anders gebeurd zou zijn.",
    source="Bron: eigen bestand; bewerking wijkdata. n\u00a0=\u00a01 wijk en 2 wijken om mee te vergelijken.",
    fictional=True,
    seed=1,
)
REFUSED = replace(
    ANSWER,
    title="Ervaren samenhang: hierop is nog geen eerlijk antwoord te geven",
    short="Nog geen eerlijk antwoord",
    refused=Refusal("few_before", "Er zijn maar 2 metingen vóór de start.", "Kies een <ander> onderwerp."),
    moments=tuple(Moment(y, own, NAN, NAN, NAN, NAN, y >= 2020) for y, own, *_ in FIGURES),
    own=None, comparison=None, difference=None, estimate=None, pool=None, naive=None, rebound=None, sure=(),
    cautions=(), seconds=(), placebos=0,
)  # fmt: skip
