"""Voor en na before a room: every title is the answer, fits on one line, and what it leaves out stands under the figure."""

from dataclasses import replace

import pytest
from impact_answers import ANSWER, MOMENTS, NAN, REFUSED, TOPIC, treated

from wijkdata import catalogue, dutch
from wijkdata.areas import Level
from wijkdata.questions.voor_en_na import second_opinions
from wijkdata.questions.voor_en_na.answer import BY_HAND, NO_DIFFERENCE
from wijkdata.views.voor_en_na import presenting, words

SHORTS = ("Geen aantoonbaar verschil", "Liep vooraf al uiteen", "Nog geen eerlijk antwoord")


def of_topic(short, unit, said, **more):
    return replace(ANSWER, topic=replace(TOPIC, short=short, label=short, unit=unit), short=said, **more)


@pytest.mark.parametrize(
    ("short", "unit", "said", "title"),
    [
        ("Ervaren samenhang", "score van 0 tot 10", "1,02 hoger dan verwacht",
         "Ervaren samenhang 1,02 punt hoger dan verwacht"),
        ("Eenzaam", "%", "3,1 lager dan verwacht", "Eenzaam 3,1 procentpunt lager dan verwacht"),
        ("Misdrijven per 1.000 inwoners", "per 1.000 inwoners", "4,83 lager dan verwacht",
         "Misdrijven 4,83 per 1.000 lager dan verwacht"),
        ("Auto’s per huishouden", "per huishouden", "0,12 hoger dan verwacht",
         "Auto’s per huishouden 0,12 hoger dan verwacht"),
        ("Vertrouwen in buurtgenoten", "%", "4,8 lager dan verwacht",
         "Vertrouwen in buurtgenoten 4,8 onder verwachting"),
        ("Weinig overlast en onveiligheid", "verschil", "0,085 hoger dan verwacht",
         "Weinig overlast… 0,085 hoger dan verwacht"),
        ("Ervaren samenhang", "score", SHORTS[0], "Ervaren samenhang: geen aantoonbaar verschil"),
        ("Vertrouwen in buurtgenoten", "%", SHORTS[0], "Vertrouwen in buurtgenoten: geen zeker verschil"),
        ("Ervaren samenhang", "score", SHORTS[1], "Ervaren samenhang: liep vooraf al uiteen"),
        ("Ervaren samenhang", "score", SHORTS[2], "Ervaren samenhang: nog geen eerlijk antwoord"),
    ],
)  # fmt: skip
def test_the_first_title_is_the_topic_and_the_answer(short, unit, said, title):
    assert presenting.title(of_topic(short, unit, said)) == title


def test_every_topic_of_the_catalogue_fits_whatever_the_answer():
    for item in catalogue.load().indicators.values():
        sizes = [f"{dutch.number(size, item.decimals + 1)} hoger dan verwacht" for size in (0.08, 4.83, 1234.5)]
        for said in (*sizes, *SHORTS):
            title = presenting.title(of_topic(item.short, item.unit, said))
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
    found = replace(ANSWER.intervention, kind=kind, areas=tuple(map(treated, names)))
    assert presenting.source(replace(ANSWER, intervention=found, margin=(0.94, 1.1))) == (
        f"{who} Marge +0,94 tot +1,10. Grijs: wat vanzelf kan verschillen. Ervaren samenhang, score van 0 tot 10. "
        "Bron: eigen bestand."
    )


def test_a_refusal_has_no_margin_and_no_grey():
    assert presenting.source(REFUSED).startswith("Buurtkamer, Zonnegaarde. Ervaren samenhang, ")


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
        (after(0.1, -0.2), {"verdict": NO_DIFFERENCE}, "Het verschil bleef binnen de grijze band"),
        (after(0.1, -0.5), {"verdict": NO_DIFFERENCE}, "Alleen in 2021 buiten de grijze band"),
        (after(0.9, -0.5, 0.1), {"verdict": NO_DIFFERENCE}, "In 2 van de 3 metingen buiten de grijze band"),
        (after(0.9, 1.2), {"short": SHORTS[1]}, "Ook vóór de start al grote verschillen"),
        (after(0.9, 1.2, band=NAN), {}, "Het verschil per meting"),
    ],
)
def test_the_second_title_says_what_the_figure_shows(moments, more, title):
    assert presenting.title_difference(replace(ANSWER, moments=moments, **more)) == title
    assert len(title) <= presenting.LENGTH


@pytest.mark.parametrize(
    ("sign", "last", "title"),
    [
        (1, 0.4, "9 wijken elders: 0,40 vanzelf omhoog"),
        (-1, -0.4, "9 wijken elders: 0,40 vanzelf omlaag"),
        (1, -0.4, "9 wijken elders: geen terugkeer te zien"),
        (1, 0.02, "9 wijken elders: geen terugkeer te zien"),
    ],
)
def test_the_third_title_agrees_with_the_sentence_of_the_page(sign, last, title):
    topic, lines = replace(TOPIC, sign=sign), ((2018, 0.0), (2022, last))
    sentence = second_opinions._rebound_words(2018, 9, lines, topic, Level.WIJK, 0.05)
    found = replace(ANSWER.rebound, lines=lines, sentence=sentence)
    assert presenting.title_rebound(replace(ANSWER, topic=topic, rebound=found)) == title
    assert words.SHORT_DIFFERENCE not in title
