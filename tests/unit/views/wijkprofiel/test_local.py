"""What was done and happened in an area: in words, as lanes, as a list."""

import math
from typing import Any

import pytest

from wijkdata.areas import Level
from wijkdata.questions.shared.answer import Subject, Whole
from wijkdata.questions.wijkprofiel.answer import Around, LocalSpan
from wijkdata.views.wijkprofiel import local, words

NAN = math.nan
NAUGHTY = "<script>alert(1)</script>"


def span(title: str, begin: float = 2018.5, end: float = NAN, **more: Any) -> LocalSpan:
    fields: dict[str, Any] = {
        "kind": "Soort",
        "when": "2018",
        "status": "Loopt",
        "pillars": "Fysiek",
        "wide": False,
        "event": False,
        "running": True,
    } | more
    return LocalSpan(title, title, begin=begin, end=end, **fields)


WHO = Subject("WK059901", "Noord", Level.WIJK, "GM0599", "Rotterdam", False, 5000, False, Whole.NATIONAL)


@pytest.mark.parametrize(
    ("spans", "title"),
    [
        ((span("a"),), "In Noord is 1 activiteit vastgelegd; nu loopt er 1"),
        ((span("a"), span("b", running=False)), "In Noord zijn 2 activiteiten vastgelegd; nu loopt er 1"),
        ((span("a", running=False),), "In Noord is 1 activiteit vastgelegd; nu loopt er geen"),
        ((span("a", wide=True),), "In Noord zelf is niets vastgelegd; wel 1 activiteit voor de hele gemeente"),
        ((span("a", event=True),), "In Noord is nog geen activiteit vastgelegd, wel 1 omstandigheid"),
    ],
)
def test_a_profile_says_what_was_done(spans: tuple[LocalSpan, ...], title: str) -> None:
    assert words.around_title(Around(WHO, spans)) == title


def test_lanes_are_what_overlaps_the_years_the_area_itself_first() -> None:
    spans = (
        span("overal", wide=True),
        span("hier"),
        span("sloop", 2015.0, 2016.0, event=True),
        span("te vroeg", 2001.0, 2002.0),
        span("te laat", 2025.0),
    )
    lanes = local.chosen(spans, [2014, 2022], presenting=False)
    assert [(lane.text, lane.kind) for lane in lanes] == [
        ("hier", local.Kind.OWN),
        ("sloop", local.Kind.EVENT),
        ("overal", local.Kind.WIDE),
    ]
    lead = words.lanes_lead(spans, [2014, 2022])
    assert "1 begonnen na het laatste cijfer en 1 passen niet in beeld" in lead
    assert words.lanes_lead((), [2014, 2022]) == ""


def test_the_list_prints_and_takes_no_markup() -> None:
    spans = tuple(span(f"{NAUGHTY}{n}", wide=n > 9, event=n > 12) for n in range(15))
    html = local.listed(Around(WHO, spans))
    assert "<script" not in html and html.count("<tr>") == 1 + local.MOST_LISTED
    assert "hele gemeente" in html and "En nog 3" in words.left_out(Around(WHO, spans))
    table = local.table(Around(WHO, spans))
    assert len(table) == 15 and set(table["Waar"]) == {"Noord", "groter gebied"}
