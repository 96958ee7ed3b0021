"""What is planted in the example (`voorbeeld_waarheden.toml`) is said as it is on Voor en na, and real programmes are refused."""

import tomllib

import pytest

from wijkdata import catalogue, settings
from wijkdata.analysis.impact.judgement import Nothing
from wijkdata.questions.voor_en_na import choices as voor_en_na_choices
from wijkdata.questions.voor_en_na import every_topic as voor_en_na_every_topic
from wijkdata.questions.voor_en_na.answer import ImpactVerdict, Refused, Request, Wanted
from wijkdata.questions.voor_en_na.question import impact
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers

CATALOGUE = catalogue.load()
TRUTHS = tomllib.loads((settings.REFERENCE_DIR / "voorbeeld_waarheden.toml").read_text(encoding="utf-8"))
TOPIC = "ervaren_samenhang"


@pytest.fixture(scope="module")
def world(example_data):
    return registers.current(example_data), versions.require(example_data)


def asked(world, kind, id, topic=TOPIC, excluded=()):
    wanted = Wanted(kind, id)
    first = voor_en_na_choices.measured(*world, CATALOGUE, wanted, topic).default_first
    return impact(*world, CATALOGUE, Request(wanted, topic, first or 9999, excluded))


def planted(truth, after):
    """The mean planted effect over the years after the start."""
    phases = {int(year): share for year, share in truth["fasen"].items()}
    last = max(phases)
    return truth["effect"][TOPIC] * sum(phases[min(year, last)] for year in after) / len(after)


@pytest.mark.parametrize(("kind", "id"), [("activiteit", "VB-01"), ("programma", "vb_buurtkracht")])
def test_what_worked_is_found_with_sign_and_size(world, kind, id):
    answer = asked(world, kind, id)
    truth = planted(TRUTHS["ingreep_werkte"], [one.year for one in answer.head.moments if one.after])
    assert answer.finding.verdict is ImpactVerdict.HIGHER
    low, high = answer.finding.inference.interval
    assert low <= truth <= high
    assert "groter dan bij 199 van de 199" in answer.finding.text


@pytest.mark.parametrize(("kind", "id"), [("activiteit", "VB-06"), ("programma", "vb_slechtste")])
def test_what_only_looks_so_is_not_called_a_difference(world, kind, id):
    answer = asked(world, kind, id)
    assert answer.finding.verdict is ImpactVerdict.NO_DIFFERENCE
    # A plain before/after would print more than half a point; so did equally low wijken without a programme.
    assert answer.sections.naive.change > 0.5
    assert answer.sections.rebound.lines[-1][1] > 0.2
    assert "terug in de richting van het gemiddelde" in answer.sections.rebound.text
    assert answer.sections.rebound.returned


def test_what_is_too_small_to_see_is_said_to_be_so(world):
    answer = asked(world, "activiteit", "VB-11")
    truth = TRUTHS["te_klein_om_te_zien"]["effect"][TOPIC]
    assert answer.finding.verdict is ImpactVerdict.NO_DIFFERENCE
    assert truth < answer.finding.inference.smallest_detectable
    # The aim says what would be large, and that much is ruled out: which says more than that only a larger one would show.
    assert answer.finding.nothing is Nothing.SMALL and truth < answer.finding.yardstick
    assert "0,20 punt of meer is hiermee zo goed als uitgesloten" in answer.finding.text
    low, high = answer.finding.inference.interval
    assert low <= truth <= high


def test_who_knows_the_year_of_selection_has_look_alikes_sought_on_the_other_years(world):
    def of(chosen_on):
        return impact(*world, CATALOGUE, Request(Wanted("activiteit", "VB-06", chosen_on=chosen_on), TOPIC, 2019))

    unknown, known, last, elsewhere = map(of, (None, (2016, TOPIC), (2018, TOPIC), (2016, "lbm3_afw")))
    said = [line for line in known.sections.cautions if "zijn gekozen om hun cijfer van 2016" in line]
    assert (
        len(said) == 1 and known.finding.verdict is ImpactVerdict.NO_DIFFERENCE and known.sections.rebound.year == 2016
    )
    # That year is not the base either, where three others remain; a plain before/after still shows what it would say.
    assert [2016 in {one.year for one in answer.head.moments} for answer in (unknown, known, last)] == [
        True,
        False,
        True,
    ]
    assert last.sections.naive.change == unknown.sections.naive.change > 0.5
    # Chosen by another figure is not chosen by this one.
    assert elsewhere.finding.estimate == unknown.finding.estimate
    assert "gekozen om hun cijfer" in " ".join(last.sections.cautions)
    assert elsewhere.sections.cautions == unknown.sections.cautions


def test_with_every_topic_together_only_what_was_planted_stands_out(world):
    register, store = world
    rows = voor_en_na_every_topic.every_topic(register, store, CATALOGUE, Wanted("activiteit", "VB-01"), 2019)
    # Social cohesion is part of the Leefbaarometer, so its score moves with it; the score and its deviation are one series.
    assert {row.topic_id for row in rows if row.stands_out} == {TOPIC, "lbm3_score"}
    (alike,) = [row for row in rows if row.topic_id == "lbm3_afw"]
    assert alike.q_value is None and "Beweegt precies als ‘Leefbaarheid" in alike.why_not
    assert all(row.why_not or row.q_value >= row.p_value for row in rows)


def test_an_area_left_out_by_hand_is_out_and_named(world):
    first = asked(world, "activiteit", "VB-01")
    heaviest = first.sections.pool.areas[0].code
    answer = asked(world, "activiteit", "VB-01", excluded=((heaviest, "daar is gesloopt"),))
    assert heaviest not in {area.code for area in answer.sections.pool.areas}
    assert [(area.code, area.excluded_because) for area in answer.sections.pool.excluded] == [
        (heaviest, "daar is gesloopt")
    ]
    assert answer.finding.verdict is ImpactVerdict.HIGHER


def test_neighbours_and_wijken_with_an_approach_of_their_own_are_never_compared_with(world):
    answer = asked(world, "activiteit", "VB-06")
    compared = {area.code for area in answer.sections.pool.areas}
    assert compared.isdisjoint(TRUTHS["ingreep_werkte"]["wijken"])
    assert {one.reason for one in answer.sections.pool.left_out} >= {"adjacent", "ever_treated", "same_programme"}


@pytest.mark.parametrize(
    ("id", "topic", "key", "words"),
    [
        ("VB-01", "lbm3_soc", "few_before", "maar 2 metingen (2014 en 2018)"),
        ("VB-01", "pijler:weerbaarheid", "few_before", ""),
        ("VB-10", "lbm3_won", "contains_itself", "wordt daar voor een deel uit berekend"),
        ("VB-01", "afstand_supermarkt", "constant", "veranderde in deze jaren in geen enkele wijk"),
        ("VB-28", "ernstig_eenzaam", "start_outside", ""),
    ],
)
def test_where_no_honest_answer_exists_it_says_why_and_shows_the_bare_line(world, id, topic, key, words):
    answer = asked(world, "activiteit", id, topic)
    assert answer.refusal.key == key
    assert words in answer.refusal.reason
    assert answer.refusal.remedy.endswith(".")
    assert isinstance(answer, Refused)
    assert all(one.comparison != one.comparison for one in answer.head.moments)
