"""A source line names what the figures of this gemeente come from, and nothing else that was read in."""

from datetime import date

import pytest

from wijkdata.areas import Level
from wijkdata.questions.overzicht.question import overview
from wijkdata.questions.signalen import question as signalen
from wijkdata.questions.signalen.answer import Scope
from wijkdata.questions.wijkprofiel import lines
from wijkdata.store.monitor import versions
from wijkdata.views.overzicht import attention
from wijkdata.views.wijkprofiel import words

TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def monitor(real_data):
    return versions.require(real_data)


@pytest.mark.parametrize(
    ("municipality", "ses_woa"),
    [
        pytest.param("GM0363", True, id="Amsterdam, of which the table with SES-WOA is"),
        pytest.param("GM0855", False, id="Tilburg"),
        pytest.param("GM1992", False, id="Voorne aan Zee"),
    ],
)
def test_signalen_names_the_sources_of_this_gemeente(monitor, municipality: str, ses_woa: bool):
    answer = signalen.answer(
        None, monitor, monitor.catalogue, Scope(municipality, Level.WIJK, signalen.LIMITS[0]), TODAY
    )
    assert ("SES-WOA" in answer.slow_source.text) is ses_woa
    # What a score is counted from stands on Overzicht too, where no score is counted from SES-WOA.
    tiles = overview(monitor, monitor.catalogue, municipality, Level.WIJK, None).tile_source
    for name in ("Leefbaarometer 3.0", "Kerncijfers wijken en buurten", "SES-WOA", "Gezondheidsmonitor"):
        assert (name in answer.surroundings.source.text) is (name in tiles), name


def test_signalen_counts_the_wijken_that_were_looked_at(monitor):
    text = signalen.answer(
        None, monitor, monitor.catalogue, Scope("GM0855", Level.WIJK, signalen.LIMITS[0]), TODAY
    ).slow_source.text
    tiles = overview(monitor, monitor.catalogue, "GM0855", Level.WIJK, None).tile_source
    assert "43 wijken met 1.000 of meer inwoners" in tiles
    assert "43 wijken met genoeg inwoners" in text


def test_two_pages_give_one_reason_for_a_score_that_is_missing(monitor):
    """Buurten have no reference for these pillars: a file would not help, whatever the page."""
    tiles = overview(monitor, monitor.catalogue, "GM0096", Level.BUURT, None).tiles
    panels = {line.pillar: line for line in lines.pillar_lines(monitor, monitor.catalogue, "BU00960000").lines}
    said = {tile.pillar: " ".join(words.pillar_sentences(panels[tile.pillar])) for tile in tiles if tile.number is None}
    no_reference = {tile.pillar for tile in tiles if "landelijk ijkpunt" in tile.missing}
    assert no_reference == {pillar for pillar, text in said.items() if "landelijk ijkpunt" in text} != set()
    assert not any("Lees " in said[pillar] for pillar in no_reference)


@pytest.mark.parametrize(
    ("municipality", "level", "not_seen"),
    [
        pytest.param(
            "GM0096", Level.BUURT, ["fysieke leefomgeving", "collectieve weerbaarheid"], id="one pillar known"
        ),
        pytest.param("GM0542", Level.WIJK, [], id="all pillars known"),
    ],
)
def test_nothing_that_asks_for_attention_says_what_was_not_looked_at(monitor, municipality, level, not_seen):
    answer = overview(monitor, monitor.catalogue, municipality, level, None)
    note = attention.note(answer)
    assert attention.title(answer).startswith("Wat vraagt aandacht: geen enkele")
    assert ("Zonder score, dus niet bekeken" in note) is bool(not_seen)
    assert [name for name in not_seen if name not in note] == []


@pytest.mark.parametrize(
    ("pillar", "named", "not_named"),
    [
        ("sociaal_economisch", "Kerncijfers wijken en buurten (CBS), 2020", "Leefbaarometer"),
        ("weerbaarheid", "Leefbaarometer 3.0 (BZK)", "Kerncijfers"),
    ],
)
def test_a_pillar_that_stands_alone_names_its_own_source(monitor, pillar: str, named: str, not_named: str):
    """In a session a room looks at one pillar; the sources of the other three are none of its own."""
    answer = lines.pillar_lines(monitor, monitor.catalogue, "WK085510")
    text = words.pillar_source(answer, next(line for line in answer.lines if line.pillar == pillar)).text
    assert named in text and not_named not in text
    assert all(set(line.source_ids) <= set(answer.source_ids) for line in answer.lines)
