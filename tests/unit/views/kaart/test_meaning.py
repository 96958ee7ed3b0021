"""Drawings of Kaart do not depend on what the sentences of an answer say, only on its parts."""

import json

import pytest

from tests.kaart_examples import cohesion, place_with, wijk
from tests.tokens import layout, tokenised
from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.questions.kaart import card as kaart_card
from wijkdata.questions.kaart import question
from wijkdata.questions.kaart.answer import STATE, ActivityLayer, ClassKind, MapChoice
from wijkdata.questions.kaart.comparison import compare
from wijkdata.questions.shared import boundaries
from wijkdata.ui.kaart import words
from wijkdata.views.kaart import card as drawn_card
from wijkdata.views.kaart import deck, lines
from wijkdata.views.shared.theme import LIGHT

CATALOGUE = load()
CODES = [wijk(n) for n in range(1, 7)]
PILLAR = "pijler:weerbaarheid"
CHOICES = {
    "state": MapChoice("GM0518", Level.WIJK, PILLAR, 2022),
    "equal groups": MapChoice("GM0518", Level.WIJK, "lbm3_soc", 2022, classes=ClassKind.SPREAD),
    "own limits": MapChoice("GM0518", Level.WIJK, PILLAR, 2022, classes=ClassKind.OWN, limits=(70.0, 80.0)),
    "change": MapChoice("GM0518", Level.WIJK, PILLAR, 2022, "verandering", 2018),
    "country": MapChoice("NL", Level.WIJK, PILLAR, 2022),
    "fictional": MapChoice("GM9701", Level.WIJK, PILLAR, 2022),
}


@pytest.fixture(scope="module")
def monitor(tmp_path_factory):
    """Wijk 5 has few residents, wijk 6 no figure; of GM9701 there are no borders."""
    rows = []
    for year, shift in ((2018, 0), (2022, 8)):
        rows += cohesion(year, {code: 60 + 15 * n + shift for n, code in enumerate(CODES[:4])})
        rows += cohesion(year, {CODES[4]: 80}, residents=400) + cohesion(year, {wijk(1, "9701"): 100})
    return place_with(tmp_path_factory.mktemp("kaart"), dict.fromkeys(rows), CODES)


@pytest.fixture(params=CHOICES)
def answer(request, monitor):
    return question.answer(monitor, CATALOGUE, CHOICES[request.param])


def test_the_legend(answer):
    assert layout(deck.legend(tokenised(answer), LIGHT)) == layout(deck.legend(answer, LIGHT))


def test_the_table(answer):
    counts = {code: 2 for code in answer.figures.areas.index[:1]}
    assert layout(deck.table(tokenised(answer), counts)) == layout(deck.table(answer, counts))


def test_the_map(monitor, answer):
    if answer.borders.division is None:
        return
    shapes = boundaries.shapes(monitor, CATALOGUE, answer.choice.place, answer.level, answer.borders.division)
    drawing = deck.Drawing("gebieden.json", "lijnen.json", chosen=CODES[1])
    drawn, drawn_of_tokens = (
        json.loads(deck.deck(one, shapes, drawing, LIGHT).to_json()) for one in (answer, tokenised(answer))
    )
    assert layout(drawn_of_tokens) == layout(drawn)


@pytest.mark.parametrize("code", [CODES[0], CODES[4], CODES[5]], ids=["with a figure", "few residents", "no figure"])
def test_the_card(monitor, code):
    for choice in (CHOICES["state"], CHOICES["change"]):
        card = kaart_card.card(monitor, CATALOGUE, code, choice)
        assert layout(drawn_card.head(tokenised(card))) == layout(drawn_card.head(card))
        if len(card.lines):
            assert layout(lines.card(tokenised(card), LIGHT).to_dict()) == layout(lines.card(card, LIGHT).to_dict())


def test_the_comparison(monitor):
    answer = compare(monitor, CATALOGUE, tuple(CODES[:3]), PILLAR, 2022)
    drawn, drawn_of_tokens = (lines.comparison(one, LIGHT).to_dict() for one in (answer, tokenised(answer)))
    assert layout(drawn_of_tokens) == layout(drawn)


def test_what_the_page_says_besides(answer):
    layer = ActivityLayer({CODES[0]: 3}, 1, 3, "2018 tot en met 2022")
    said, said_of_tokens = (
        (words.map_description(one, layer), words.ends_of_list(one), words.value(one, 1.0))
        for one in (answer, tokenised(answer))
    )
    assert layout(said_of_tokens) == layout(said)


def test_the_modes_that_are_offered_are_drawn_by_their_parts(monitor):
    offered = question.offered(monitor, CATALOGUE, "GM0518", Level.WIJK, PILLAR)
    assert [(mode.name, any(mode.years.values())) for mode in tokenised(offered)] == [
        (STATE, False),
        ("verandering", True),
    ]
