"""Nothing of a profile is drawn from what a sentence says: without its words it is drawn the same."""

from dataclasses import replace

import pytest

from tests.profile_examples import BEST, NOTHING, SMALL, example
from tests.tokens import layout, tokenised
from wijkdata import catalogue
from wijkdata.questions.shared.answer import Against
from wijkdata.questions.wijkprofiel import lines as wijkprofiel_lines
from wijkdata.questions.wijkprofiel import look_alikes
from wijkdata.questions.wijkprofiel import spine as wijkprofiel_spine
from wijkdata.questions.wijkprofiel.answer import Around, IndicatorLine, LocalSpan
from wijkdata.store.monitor.versions import Monitor
from wijkdata.views.shared.theme import LIGHT, PRESENTING
from wijkdata.views.wijkprofiel import lines, local, spine, tables

CATALOGUE = catalogue.load()
THEMES = [
    pytest.param(LIGHT, id="light"),
    pytest.param(replace(LIGHT, k=PRESENTING), id="presenting"),
    pytest.param(replace(LIGHT, fictional=True), id="fictional"),
]
SPANS = (
    LocalSpan("1", "Buurthuis open", "Ontmoeting", 2016.0, 2019.0, "2016", "Loopt nog", "Sociaal", False, False, True),
    LocalSpan("2", "Extra handhaving", "Toezicht", 2017.5, 2018.0, "2017", "Klaar", "Veilig", True, False, False),
    LocalSpan("3", "Sloop van flats", "Bouw", 2018.5, 2019.5, "2018", "", "", False, True, False),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Monitor:
    return example(tmp_path_factory.mktemp("profiel"))


def line(store: Monitor) -> IndicatorLine:
    return replace(wijkprofiel_lines.indicator_line(store, CATALOGUE, BEST, "lbm3_afw"), local=SPANS)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("code", [BEST, SMALL, NOTHING])
@pytest.mark.parametrize("against", [Against.EVERYBODY, Against.MUNICIPALITY])
@pytest.mark.parametrize("view", [spine.wide, spine.phone])
def test_the_spine(store, theme, code, against, view):
    answer = wijkprofiel_spine.spine(store, CATALOGUE, code, against)

    assert layout(view(tokenised(answer), theme).to_dict()) == layout(view(answer, theme).to_dict())
    assert layout(tables.spine(tokenised(answer))) == layout(tables.spine(answer))


@pytest.mark.parametrize("theme", THEMES)
def test_the_pillars(store, theme):
    answer = wijkprofiel_lines.pillar_lines(store, CATALOGUE, BEST)
    drawn = [one for one in answer.lines if not one.points.empty]
    assert drawn

    for one in drawn:
        silent = lines.pillar_panel((tokenised(answer), tokenised(one)), theme)
        assert layout(silent.to_dict()) == layout(lines.pillar_panel((answer, one), theme).to_dict())


@pytest.mark.parametrize("theme", THEMES)
def test_the_line_with_its_lanes(store, theme):
    answer = line(store)
    assert answer.lanes

    silent = lines.policy_line(tokenised(answer), theme)
    assert layout(silent.to_dict()) == layout(lines.policy_line(answer, theme).to_dict())


def test_the_lists(store):
    around = Around(line(store).subject, SPANS)
    alikes = look_alikes.alikes(store, CATALOGUE, BEST)

    assert layout(local.listed(tokenised(around))) == layout(local.listed(around))
    assert layout(tables.alikes(tokenised(alikes))) == layout(tables.alikes(alikes))
