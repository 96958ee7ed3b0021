"""The areas that look alike, as HTML: a name that opens its profile, why, and the newest scores."""

from collections.abc import Mapping
from html import escape

from wijkdata import dutch
from wijkdata.questions.wijkprofiel.answer import Alikes
from wijkdata.views.wijkprofiel import words


def listed(answer: Alikes, addresses: Mapping[str, str]) -> str:
    """Return the area itself and those with an address, by code. One piece: each part apart costs the page time."""
    who = answer.subject
    own = f'<span class="wd-chosen">{escape(f"{who.name}, {who.municipality_name}")}</span>'
    rows = [_row(own, "Dit gebied", answer.own, answer.pillars)]
    for area in answer.areas:
        if area.code in addresses:
            # A link of the page itself: Streamlit's own, from a page to that page, leaves the address as it was.
            name = escape(f"{area.name}, {area.municipality_name}")
            link = f'<a class="wd-link" href="?{escape(addresses[area.code])}" target="_self">{name}</a>'
            rows.append(_row(link, area.why, area.scores, answer.pillars))
    return f'<div class="wd-alikes" role="list">{"".join(rows)}</div>'


def _row(name: str, why: str, scores: Mapping[str, float], pillars: Mapping[str, str]) -> str:
    cells = "".join(
        f"<span>{escape(title)} <b>{words.score(scores.get(pillar))}</b></span>" for pillar, title in pillars.items()
    )
    return (
        f'<div role="listitem"><div>{name}</div><div><p class="wd-why">{escape(dutch.capital(why))}</p>'
        f'<div class="wd-scores">{cells}</div></div></div>'
    )
