"""The sections under the figures: lists made of the kinds and fields of an answer, never of its sentences."""

import pytest

from tests.tokens import layout, tokenised
from wijkdata.questions.voor_en_na.answer import AimResult, Concurrent, ConcurrentKind
from wijkdata.ui import address
from wijkdata.ui.voor_en_na import sections
from wijkdata.views.voor_en_na import around

ENTRIES = (
    Concurrent(ConcurrentKind.ACTIVITY, "Samen <b>eten</b>", "2019, loopt nog", "heel Vlierstede", "VB-02"),
    Concurrent(ConcurrentKind.BORDER, "De grens is verlegd", "2019", "Oude haven", ""),
    Concurrent(ConcurrentKind.BORDER, "De grens is verlegd", "2019", "Nieuwe haven", ""),
    Concurrent(ConcurrentKind.POLICY, "Grotestedenbeleid III", "2005 tot en met 2009", "31 steden", ""),
)
AIMS = (
    AimResult("Eenzaam", "Omlaag met 2 (%).", "Vastgelegd op 1 mei 2020, na de start.", True, "te beoordelen op 1 mei 2024", "Het doel."),
    AimResult("Vertrouwen", "Omhoog met 2 (%).", "Vastgelegd op 1 mei 2018, vóór de start.", False, "", "Het doel was +2.", "Vooraf <b>berekend."),
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_session(monkeypatch):
    monkeypatch.setattr(address, "shared_params", lambda: {"gemeente": "GM9701"})


def test_the_same_moved_border_is_one_row_and_an_activity_is_a_link():
    text = sections._concurrent(ENTRIES)
    assert text.count("listitem") == 3 and "andere grens · 2019 · Oude haven, Nieuwe haven" in text
    assert 'href="activiteiten?gemeente=GM9701&amp;activiteit=VB-02"' in text and "<b>eten" not in text


def test_every_kind_has_a_name():
    assert set(around.KINDS) == set(ConcurrentKind)


def test_an_aim_of_after_the_start_is_marked():
    late, on_time = sections._aims(AIMS).split('role="listitem"')[1:]
    assert "na de start vastgelegd" in late and "na de start vastgelegd" not in on_time
    assert "Vooraf &lt;b&gt;berekend." in on_time and "Vooraf" not in late


@pytest.mark.parametrize(("draw", "shown"), [(sections._concurrent, ENTRIES), (sections._aims, AIMS)])
def test_the_same_layout_without_the_words(draw, shown):
    assert layout(draw(tokenised(shown))) == layout(draw(shown))
