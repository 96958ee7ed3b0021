"""Voor en na while presenting: every title is the answer and fits on one line; what it leaves out is under the figure."""

from dataclasses import replace

import pytest
from impact_answers import ANSWER, HEAD, MOMENTS, NAN, REBOUND, REFUSED, of_finding, of_head, topic_in, treated

from wijkdata import catalogue
from wijkdata.questions.voor_en_na.answer import BY_HAND, Doubt, ImpactVerdict, Nothing
from wijkdata.views.voor_en_na import presenting

HIGHER, LOWER = {"verdict": ImpactVerdict.HIGHER}, {"verdict": ImpactVerdict.LOWER}
NOTHING = {"verdict": ImpactVerdict.NO_DIFFERENCE}
SMALL = NOTHING | {"nothing": Nothing.SMALL}
DOUBTFUL = {doubt: {"doubts": (doubt,)} for doubt in Doubt}
APART, UNLIKE = DOUBTFUL[Doubt.APART], DOUBTFUL[Doubt.UNLIKE]


def of_topic(short, unit, decimals, finding):
    """The answer on a topic, or its refusal (finding None). decimals: of the figures themselves."""
    topic = topic_in(unit, short=short, label=short, decimals=decimals)
    if finding is None:
        return replace(REFUSED, head=replace(REFUSED.head, topic=topic))
    return of_finding(of_head(ANSWER, topic=topic), **finding)


@pytest.mark.parametrize(
    ("short", "unit", "decimals", "finding", "title"),
    [
        ("Ervaren samenhang", "score van 0 tot 10", 1, HIGHER | {"estimate": 1.02},
         "Ervaren samenhang 1,02 punt hoger dan verwacht"),
        ("Eenzaam", "%", 0, LOWER | {"estimate": -3.1}, "Eenzaam 3,1 procentpunt lager dan verwacht"),
        ("Misdrijven per 1.000 inwoners", "per 1.000 inwoners", 1, LOWER | {"estimate": -4.83},
         "Misdrijven 4,83 per 1.000 lager dan verwacht"),
        ("Auto’s per huishouden", "per huishouden", 1, HIGHER | {"estimate": 0.12},
         "Auto’s per huishouden 0,12 hoger dan verwacht"),
        ("Vertrouwen in buurtgenoten", "%", 0, LOWER | {"estimate": -4.8},
         "Vertrouwen in buurtgenoten 4,8 onder verwachting"),
        ("Weinig overlast en onveiligheid", "verschil met de landelijke norm", 2, HIGHER | {"estimate": 0.085},
         "Weinig overlast… 0,085 hoger dan verwacht"),
        ("Ervaren samenhang", "score", 1, NOTHING, "Ervaren samenhang: geen aantoonbaar verschil"),
        ("Vertrouwen in buurtgenoten", "%", 0, NOTHING, "Vertrouwen in buurtgenoten: geen zeker verschil"),
        ("Ervaren samenhang", "score", 1, SMALL, "Ervaren samenhang: zeker geen groot verschil"),
        ("Ervaren samenhang", "score", 1, APART, "Ervaren samenhang: liep vooraf al uiteen"),
        ("Ervaren samenhang", "score", 1, UNLIKE, "Ervaren samenhang: vergelijking past slecht"),
        ("Ervaren samenhang", "score", 1, None, "Ervaren samenhang: nog geen eerlijk antwoord"),
    ],
)  # fmt: skip
def test_the_first_title_is_the_topic_and_the_answer(short, unit, decimals, finding, title):
    assert presenting.title(of_topic(short, unit, decimals, finding)) == title


def test_every_topic_of_the_catalogue_fits_whatever_the_answer():
    for item in catalogue.load().indicators.values():
        sizes = [HIGHER | {"estimate": size} for size in (0.08, 4.83, 1234.5)]
        for finding in (*sizes, NOTHING, SMALL, *DOUBTFUL.values(), None):
            title = presenting.title(of_topic(item.short, item.unit, item.decimals, finding))
            assert len(title) <= presenting.LENGTH and title[:3] == item.short[:3]


@pytest.mark.parametrize(
    ("kind", "names", "who"),
    [
        ("activiteit", ("Zonnegaarde",), "Buurtkamer, Zonnegaarde."),
        ("activiteit", ("Zon", "Veld", "Kanaal"), "Buurtkamer, 3 wijken."),
        (BY_HAND, ("Zon", "Veld"), "Zon en Veld."),
        (BY_HAND, ("Zon", "Veld", "Kanaal", "Kade"), "4 wijken."),
    ],
)
def test_the_line_under_it_says_where_how_sure_and_in_what(kind, names, who):
    intervention = replace(HEAD.intervention, kind=kind, areas=tuple(map(treated, names)))
    inference = replace(ANSWER.finding.inference, margin=(0.94, 1.1))
    assert presenting.source(of_finding(of_head(ANSWER, intervention=intervention), inference=inference), 1) == (
        f"{who} Marge +0,94 tot +1,10. Grijs: wat vanzelf kan verschillen. Ervaren samenhang, score van 0 tot 10. "
        "Bron: eigen bestand."
    )


def test_a_refusal_has_no_margin_and_no_grey():
    assert presenting.source(REFUSED, 4).startswith("Buurtkamer, Zonnegaarde. Ervaren samenhang, ")


def test_a_slide_says_of_how_many_choices_it_is_one():
    assert " Een van de 4 bekeken keuzes." in presenting.source(ANSWER, 4)


def after(*differences, band=0.4):
    """Two measurements before the start, and these differences after it."""
    rows = [
        replace(MOMENTS[-1], year=2020 + n, difference=size, low=-band, high=band) for n, size in enumerate(differences)
    ]
    return (*MOMENTS[:2], *rows)


@pytest.mark.parametrize(
    ("moments", "more", "title"),
    [
        (after(0.54, 1.24, 1.11), {}, "Het verschil liep op tot +1,11"),
        (after(-0.54, -1.11), {"estimate": -0.8}, "Het verschil liep op tot −1,11"),
        (after(1.24, 0.5), {}, "Het verschil was het grootst in 2020: +1,24"),
        (after(0.5, 1.24, 0.2), {}, "Het verschil was het grootst in 2021: +1,24"),
        (after(0.9), {}, "Het verschil in 2020: +0,90"),
        (after(0.1, -0.2), NOTHING, "Het verschil bleef binnen de grijze band"),
        (after(0.1, -0.5), NOTHING, "Alleen in 2021 buiten de grijze band"),
        (after(0.9, -0.5, 0.1), NOTHING, "In 2 van de 3 metingen buiten de grijze band"),
        (after(0.9, 1.2), APART, "Ook vóór de start al grote verschillen"),
        (after(0.9, 1.2, band=NAN), {}, "Het verschil was het grootst in 2021: +1,20"),
    ],
)
def test_the_second_title_says_what_the_figure_shows(moments, more, title):
    assert presenting.title_difference(of_finding(of_head(ANSWER, moments=moments), **more)) == title
    assert len(title) <= presenting.LENGTH


@pytest.mark.parametrize(
    ("returned", "last", "title"),
    [
        (True, 0.4, "9 wijken elders: 0,40 vanzelf omhoog"),
        (True, -0.4, "9 wijken elders: 0,40 vanzelf omlaag"),
        (False, -0.4, "9 wijken elders: geen terugkeer te zien"),
        (True, 0.004, "9 wijken elders: geen terugkeer te zien"),  # too little for these decimals
    ],
)
def test_the_third_title_says_whether_they_returned(returned, last, title):
    rebound = replace(REBOUND, lines=((2018, 0.0), (2022, last)), returned=returned)
    assert presenting.title_rebound(HEAD, rebound) == title
