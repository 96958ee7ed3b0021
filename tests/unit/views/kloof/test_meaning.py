"""Nothing of Kloof is drawn from what a sentence says: without its words it is drawn the same."""

from dataclasses import replace

import pytest

from tests.tokens import layout, tokenised
from tests.unit.questions.kloof.test_question import ask, store_of, wijken
from wijkdata.questions.kloof.answer import GapAnswer
from wijkdata.views.kloof import drawing, words
from wijkdata.views.shared.theme import LIGHT, PRESENTING


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> GapAnswer:
    years = ((2014, 2016), (2016, 2018))
    rows = [row for two in years for row in (*wijken("GM0014", 60, 1, 0.5, two), *wijken("GM0599", 30, 2, 3, two))]
    store = store_of(tmp_path_factory.mktemp("kloof"), list({row[:2]: row for row in rows}.values()))
    return ask(store, "GM0599", reference_year=2016)


@pytest.mark.parametrize("theme", [LIGHT, replace(LIGHT, k=PRESENTING, fictional=True)], ids=["light", "presenting"])
@pytest.mark.parametrize(
    "view",
    [drawing.country, drawing.own, drawing.groups_at_start, drawing.groups_earlier],
    ids=lambda view: view.__name__,
)
def test_the_drawings(answer, theme, view):
    assert layout(view(tokenised(answer), theme).to_dict()) == layout(view(answer, theme).to_dict())


def test_the_tables(answer):
    for table in (drawing.table, drawing.groups_table):
        assert layout(table(tokenised(answer))) == layout(table(answer))


def test_the_source_line_of_the_groups_counts_the_groups(answer):
    groups = answer.panel.groups
    assert groups is not None
    line = words.groups_source(answer, groups)

    assert line.first == answer.source.first and line.short == answer.source.short
    assert line.text.endswith("30\u00a0gebieden met alle jaren.".replace("\u00a0", " "))
    assert "niet gewogen" in answer.source.text and "niet gewogen" not in line.text
