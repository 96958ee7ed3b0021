"""Draws the head of the card beside the map."""

from html import escape

from wijkdata.questions.kaart.answer import Card
from wijkdata.views.shared import marks


def head(card: Card) -> str:
    """Draws name, value, class and rank as HTML, because the number is larger than Markdown can say."""
    mark = marks.fictional_mark(card.fictional)
    value = (
        f'<p class="wd-number">{escape(card.value_text)}<span class="wd-unit">'
        f"{escape(' · '.join(part for part in (card.class_text, card.unit) if part))}</span></p>"
        if card.value_text
        else f'<p class="wd-lead">{escape(card.why_text)}</p>'
    )
    return (
        f'<div class="wd-card"><p class="wd-lead">Gekozen {card.level.value}{mark}</p>'
        f'<p class="wd-card-name" role="heading" aria-level="2">{escape(card.name)}</p>{value}'
        f'<p class="wd-lead">{escape(card.rank_text)}</p></div>'
    )
