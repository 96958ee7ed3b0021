"""Nothing of Overzicht is drawn from what a sentence says: without its words it is drawn the same."""

from dataclasses import replace

import pytest

from tests.overview_examples import course, monitor_of
from tests.tokens import layout, tokenised
from wijkdata.catalogue import load
from wijkdata.questions.overzicht.answer import Overview
from wijkdata.questions.overzicht.question import overview
from wijkdata.views.overzicht import paths, tiles
from wijkdata.views.shared.theme import LIGHT, PRESENTING

THEMES = [pytest.param(LIGHT, id="light"), pytest.param(replace(LIGHT, k=PRESENTING, fictional=True), id="presenting")]


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Overview:
    """Twelve wijken; the second is chosen, one asks for attention, the last has few residents, two pillars are empty."""
    rows = [
        row
        for n in range(12)
        for row in course(
            f"WK0599{n:02d}",
            {2014: (n / 6 - 1, n / 6 - 1), 2022: (n / 6 - 0.6, n / 6 - 1 + 0.3 * (-1) ** n)},
            inhabitants=400 if n == 11 else 3000 + n,
        )
    ]
    return overview(monitor_of(tmp_path_factory.mktemp("figuur"), rows), load(), "GM0599", "wijk", "WK059901")


@pytest.mark.parametrize("theme", THEMES)
def test_the_tiles(answer, theme):
    assert any(tile.number is None for tile in answer.tiles) and any(tile.number is not None for tile in answer.tiles)

    assert layout(tiles.tiles(tokenised(answer), theme)) == layout(tiles.tiles(answer, theme))


@pytest.mark.parametrize("theme", THEMES)
def test_the_figure(answer, theme):
    drawn, without_words = (paths.paths(one, theme).to_dict() for one in (answer, tokenised(answer)))

    # Which words a width gets is an expression with the words in it, so the drawings lose theirs before they are compared.
    assert layout(tokenised(without_words)) == layout(tokenised(drawn))
