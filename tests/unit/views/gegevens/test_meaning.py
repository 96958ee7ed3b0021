"""Nothing of Gegevens is drawn from what a sentence says: without its words it is drawn the same."""

from dataclasses import replace

import pytest

from tests.links_examples import CATALOGUE, town
from tests.tokens import layout, tokenised
from tests.unit.views.gegevens.test_coverage import answer as coverage_answer
from wijkdata.areas import Level
from wijkdata.questions.gegevens import links
from wijkdata.questions.gegevens.answer import LinksAnswer
from wijkdata.views.gegevens import coverage
from wijkdata.views.gegevens import links as drawing
from wijkdata.views.shared.theme import DARK, LIGHT, PRESENTING

THEMES = [
    pytest.param(LIGHT, id="light"),
    pytest.param(replace(DARK, k=PRESENTING, fictional=True), id="presenting"),
]


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> LinksAnswer:
    return links.answer(town(tmp_path_factory.mktemp("koppelingen")), CATALOGUE, "GM0518", Level.WIJK, 2016)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("view", [coverage.strips, coverage.pillars], ids=["strips", "pillars"])
def test_the_coverage(theme, view):
    answer = coverage_answer()

    assert layout(view(tokenised(answer), theme).to_dict()) == layout(view(answer, theme).to_dict())
    assert layout(coverage.table(tokenised(answer))) == layout(coverage.table(answer))


@pytest.mark.parametrize("theme", THEMES)
def test_the_links(linked, theme):
    silent = tokenised(linked)

    # The map goes to the browser as text: its figures are in it, so that it is compared whole.
    drawn, without_words = (drawing.chart(one, theme).to_dict() for one in (linked, silent))
    assert layout(tokenised(without_words)) == layout(tokenised(drawn))
    assert layout(drawing.legend(silent, theme)) == layout(drawing.legend(linked, theme))
    assert layout(drawing.table(silent)) == layout(drawing.table(linked))
    assert drawing.table(silent)["Bewijs"].tolist() == drawing.table(linked)["Bewijs"].tolist()
