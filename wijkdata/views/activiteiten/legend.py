"""The legend of the timeline."""

from wijkdata import dutch
from wijkdata.questions.activiteiten.answer import Group, RegisterAnswer


def legend(answer: RegisterAnswer) -> list[tuple[str, str]]:
    """List (class of the mark, words) of what occurs."""
    bars = answer.bars
    parts = [
        (any(bar.open for bar in bars), "span run", "loopt nog"),
        (any(bar.group is Group.OVER and bar.drawn_until for bar in bars), "span over", "voorbij"),
        (any(bar.planned_begin for bar in bars), "span plan", "gepland"),
        (any(bar.soon for bar in bars), "tick worse", "stopt binnenkort"),
        (
            any(bar.begin and bar.begin_first != bar.begin_last for bar in bars),
            "span pale",
            "dag niet precies bekend",
        ),
        (True, "tick dots", f"vandaag, {dutch.day(answer.today)}"),
    ]
    return [(name, text) for shown, name, text in parts if shown]
