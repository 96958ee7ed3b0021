"""Nothing of Voor en na is drawn by what a sentence says: an answer without its words draws the same layout."""

from dataclasses import replace

import pytest
from impact_answers import ANSWER, HEAD, POOL, REBOUND, REFUSED, of_finding, of_head, treated

from tests.tokens import layout, tokenised
from wijkdata.questions.voor_en_na.answer import Doubt, ImpactVerdict, Refused, Spots
from wijkdata.views.shared.theme import LIGHT
from wijkdata.views.voor_en_na import drawing, html, presenting, spots, words

SEVERAL = replace(HEAD.intervention, areas=tuple(treated(f"Wijk {n}", note="een deel ervan") for n in range(5)))
ANSWERS = {
    "higher": ANSWER,
    "nothing": of_finding(ANSWER, verdict=ImpactVerdict.NO_DIFFERENCE),
    "apart": of_finding(ANSWER, doubts=(Doubt.APART,)),
    "several": of_head(ANSWER, intervention=SEVERAL),
    "refused": REFUSED,
}
PLACES = Spots(
    (((5.0, 52.0), (5.1, 52.1)),), {"WK970111": (5.0, 52.0), "WK970201": (5.05, 52.05)}, "verzonnen, indeling 2024", ()
)


def everything(answer):
    """All that is drawn of an answer, as HTML, specifications and tables."""
    head = answer.head
    drawings = [drawing.lines(head, LIGHT)]
    parts = [html.treated(head.intervention), words.where_table(head.intervention), words.table(answer)]
    parts += [words.names(head), words.band(head), words.source(head)]
    if isinstance(answer, Refused):
        return [*parts, html.refusal(answer.refusal), *(one.to_dict(validate=False) for one in drawings)]
    sections = answer.sections
    drawings += [
        drawing.difference(head, LIGHT),
        drawing.rebound(drawing.Returned(head, sections.rebound), LIGHT),
        spots.chart(spots.Mapped(head, sections.pool, PLACES), LIGHT),
    ]
    parts += [
        html.seen(answer),
        html.certainty(sections.certainty),
        html.cautions(sections.cautions),
        html.heaviest(sections.pool, 8),
        html.left_out(sections.pool),
        html.balance(sections.pool.balance),
        html.seconds(sections.seconds, head.topic),
        words.areas_table(sections.pool),
        words.rebound_table(head, sections.rebound),
    ]
    return [*parts, *(one.to_dict(validate=False) for one in drawings)]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_without_its_words_draws_the_same_layout(name):
    answer = ANSWERS[name]
    assert layout(everything(tokenised(answer))) == layout(everything(answer))


@pytest.mark.parametrize(
    ("answer", "title", "second"),
    [
        (ANSWER, "0,90", "Het verschil liep op tot +1,00"),
        (ANSWERS["nothing"], "geen aantoonbaar verschil", "In 2 van de 2 metingen buiten de grijze band"),
        (ANSWERS["apart"], "liep vooraf al uiteen", "Ook vóór de start al grote verschillen"),
    ],
)
def test_the_titles_of_slides_follow_the_verdict_and_not_the_sentence(answer, title, second):
    for one in (answer, of_finding(answer, text="iets anders"), tokenised(answer)):
        assert title in presenting.title(one)
        assert presenting.title_difference(one) == second
    assert "geen eerlijk antwoord" in presenting.title(tokenised(REFUSED))


def test_a_return_is_a_fact_and_not_a_sentence():
    for returned, title in ((True, "vanzelf omhoog"), (False, "geen terugkeer te zien")):
        rebound = replace(tokenised(REBOUND), returned=returned)
        assert title in presenting.title_rebound(HEAD, rebound)


def test_the_source_line_is_made_of_its_parts():
    assert words.source(HEAD) == (
        "Bron: eigen bestand; bewerking wijkdata. Eenheid: score van 0 tot 10. n\u00a0=\u00a01 wijk en 2 wijken om mee te "
        "vergelijken. Synthetische verschil-in-verschil met placebo’s."
    )
    assert words.source(REFUSED.head) == (
        "Bron: eigen bestand; bewerking wijkdata. Eenheid: score van 0 tot 10. n\u00a0=\u00a01 wijk."
    )
    assert words.rebound_source(HEAD, REBOUND).text == (
        "Bron: eigen bestand; bewerking wijkdata. Eenheid: score van 0 tot 10. Verandering sinds 2018 min die van alle wijken. "
        "n\u00a0=\u00a09 wijken elders."
    )
    assert presenting.source_rebound(HEAD).endswith("Bron: eigen bestand.")
    assert html.left_out(POOL) == "Deden niet mee: 3 (grenst eraan)."
