"""What can be chosen: the intervention is gathered once, and the list of topics has a readable order."""

import pytest

from tests.activity_examples import record, saved
from tests.overview_examples import monitor_of
from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.questions.voor_en_na import choices, question, subjects
from wijkdata.questions.voor_en_na.answer import ACTIVITY, Request, Wanted

CATALOGUE = catalogue.load()
WIJK, BUURT = "WK059909", "BU05990901"
YEARS = (2014, 2016, 2018, 2020, 2022)


@pytest.fixture
def monitor(tmp_path):
    """One wijk and one of its buurten; trust is known per buurt as well, liveability only per wijk."""
    rows = [(WIJK, topic, year, year / 1000) for topic in ("lbm3_afw", "vertrouwen") for year in YEARS]
    rows += [(BUURT, "vertrouwen", year, year / 1000) for year in YEARS]
    return monitor_of(tmp_path / "cijfers", rows)


@pytest.fixture
def in_a_buurt(tmp_path):
    """An activity that names one buurt and nothing else, with an aim."""
    aim = {"indicator": "vertrouwen", "direction": "op", "size": "2", "judge_at": "2025-12-31"}
    return saved(tmp_path, record("tuin", areas=(BUURT,), rows={"aim": [aim]}))


def test_a_page_gathers_the_intervention_once(monitor, in_a_buurt, monkeypatch):
    gathered = []
    real = subjects._activity
    monkeypatch.setattr(subjects, "_activity", lambda *given: gathered.append(given[2:]) or real(*given))
    wanted = Wanted(ACTIVITY, "tuin")

    choices.topics(in_a_buurt, monitor, CATALOGUE, wanted)
    measured = choices.measured(in_a_buurt, monitor, CATALOGUE, wanted, "lbm3_afw")
    chosen = Wanted(ACTIVITY, "tuin", chosen_on=(2018, "lbm3_afw"))
    question.case_of(in_a_buurt, monitor, Request(chosen, "lbm3_afw", measured.first))

    assert gathered == [("tuin", Level.WIJK)]
    assert choices.measured(in_a_buurt, monitor, CATALOGUE, wanted, "vertrouwen").intervention.level is Level.BUURT
    assert gathered[1:] == [("tuin", Level.BUURT)]


def test_what_was_chosen_on_does_not_stay_with_the_next_question(monitor, in_a_buurt):
    chosen = subjects.intervention(
        in_a_buurt, monitor, Wanted(ACTIVITY, "tuin", chosen_on=(2018, "lbm3_afw")), "lbm3_afw"
    )
    plain = subjects.intervention(in_a_buurt, monitor, Wanted(ACTIVITY, "tuin"), "lbm3_afw")
    assert (chosen.chosen_on, plain.chosen_on) == ((2018, ("lbm3_afw",)), None)


def test_an_aim_comes_first_in_the_list_of_topics(monitor, in_a_buurt):
    listed = [topic.id for topic in choices.topics(in_a_buurt, monitor, CATALOGUE, Wanted(ACTIVITY, "tuin"))]
    assert listed[0] == "vertrouwen" and set(listed) >= {"vertrouwen", "lbm3_afw"}


def test_the_order_weighs_the_aim_most_and_the_pillar_least():
    best = choices._Order(False, False, False, False, False)
    names = ("no_aim", "unanswerable", "no_headline", "other_pillar", "pillar")
    orders = [choices._Order(**{name: name == one for name in names}) for one in names]
    assert sorted([*orders, best]) == [best, *reversed(orders)]


@pytest.mark.parametrize(
    ("years", "first", "possible"),
    [
        ((2014, 2018, 2020, 2022), 2020, (2020, 2022)),  # it began on 1 March 2020
        ((2014, 2018), 2021, ()),
        ((), 2021, ()),
    ],
)
def test_the_first_measurement_after_the_start(years, first, possible, monitor, in_a_buurt):
    intervention = subjects.intervention(in_a_buurt, monitor, Wanted(ACTIVITY, "tuin"), "lbm3_afw")
    measured = choices.Measured(intervention, years)
    assert (measured.first, measured.possible_first) == (first, possible)
    assert measured.before(2022) == tuple(year for year in years if year < 2020)
