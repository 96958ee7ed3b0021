"""One activity: its whole story, what changed, and the course of its own indicators."""

import math
from dataclasses import replace
from datetime import date

import pytest

from tests.activity_examples import TODAY, record, saved
from tests.overview_examples import monitor_of
from tests.profile_examples import example, rows
from wijkdata import catalogue
from wijkdata.errors import NotFoundError
from wijkdata.loading.activities import register as saving
from wijkdata.questions.activiteiten import courses
from wijkdata.questions.activiteiten import detail as questions
from wijkdata.store.participation import registers

CATALOGUE = catalogue.load()
AIM = {"indicator": "lbm3_afw", "direction": "op", "size": "0,05", "judge_at": "2023-12-31"}


@pytest.fixture(scope="module")
def monitor(tmp_path_factory):
    return example(tmp_path_factory.mktemp("cijfers"))


def detail(register, name, monitor=None):
    return questions.detail(register, monitor, CATALOGUE, name)


def course(register, monitor, name="doel"):
    return courses.courses(register, monitor, CATALOGUE, name, TODAY)


@pytest.mark.parametrize(
    ("values", "lead"),
    [
        ({"start_actual": "2020-03-09"}, "Loopt sinds 9 maart 2020, zonder gepland einde."),
        ({"end_planned": "2027-06-01", "precision": "maand"}, "Loopt sinds maart 2020, gepland tot en met juni 2027."),
        ({"status": "gepland"}, "Gepland vanaf 1 maart 2020."),
        ({"status": "afgerond"}, "Afgerond, einddatum onbekend."),
        ({"status": "afgerond", "end_actual": "2021-03-01"}, "Afgerond op 1 maart 2021."),
        (
            {"status": "gestopt", "stop_reason": "Het geld was op.", "end_actual": "2021-03-01", "precision": "jaar"},
            "Gestopt (2021). Reden: Het geld was op.",
        ),
        ({"status": "afgelast", "stop_reason": "geen animo"}, "dit is niet doorgegaan. Reden: geen animo."),
        ({"status": "idee"}, "Nog een idee."),
    ],
)
def test_the_lead_says_how_it_stands(tmp_path, values, lead):
    found = detail(saved(tmp_path, record("een", **values)), "een").lead
    assert found.startswith("Zelfbeheer van een plek in WK059910. ") and found.endswith(lead)


def test_planned_and_actual_stand_apart(tmp_path):
    found = detail(saved(tmp_path, record("een", end_planned="2021-01-01", start_actual="2020-04-01")), "een")
    assert (found.planned, found.actual) == ("1 maart 2020 tot en met 1 januari 2021", "1 april 2020, loopt nog")
    assert detail(saved(tmp_path, record("twee")), "twee").actual is None


def test_aims_keep_every_version_and_say_which_came_late(tmp_path):
    before = record("doel", status="gepland", start_planned="2020-03-01", rows={"aim": [AIM]})
    stored = saving.save(tmp_path, before, "beleidsadviseur", date(2020, 1, 1))
    later = record("doel", rows={"aim": [{**AIM, "size": "0,01"}]})
    saving.save(tmp_path, replace(later, version=stored.version), "wijkmanager", TODAY)
    found = detail(registers.current(tmp_path), "doel").aims
    assert [(aim.row["size"], aim.current, aim.late) for aim in found] == [(0.05, False, False), (0.01, True, True)]


def test_the_history_says_who_when_and_what_it_was(tmp_path):
    register = saved(tmp_path, record("een", cost_granted="1000"))
    old = registers.get(tmp_path, "een")
    new = replace(
        record("een", rows={"count": [{"date": "2021-01-01", "method": "geteld", "visits": "12"}]}), version=old.version
    )
    register = saved(tmp_path, new, role="wijkmanager")
    registers.set_withdrawn(tmp_path, "een", 2, "analist", withdrawn=True)
    found = detail(registers.current(tmp_path), "een")
    assert found.record.withdrawn
    assert [(one.role, one.action) for one in found.history] == [
        ("Data-analist", "ingetrokken"),
        ("Wijkmanager", "gewijzigd"),
        ("Beleidsadviseur", "vastgelegd"),
    ]
    changes = {change.label: (change.before, change.after) for change in found.history[1].changes}
    assert changes == {
        "Toegekend": ("1.000\xa0euro", ""),  # unknown again: not 0
        "Tellingen": ("", "Datum: 1 januari 2021; Hoe geteld: Geteld; Bezoeken: 12"),
    }
    assert register.stamp != registers.current(tmp_path).stamp


def test_a_hidden_group_stays_hidden_in_story_and_history(tmp_path):
    group = {"date": "2021-01-01", "trait": "leeftijd", "class": "leeftijd_65", "number": "3"}
    saved(tmp_path, record("een", rows={"group": [group]}))
    old = registers.get(tmp_path, "een")
    saved(tmp_path, replace(record("een", rows={"group": [{**group, "number": "12"}]}), version=old.version))
    texts = [change.before for one in detail(registers.current(tmp_path), "een").history for change in one.changes]
    assert texts == ["Datum: 1 januari 2021; Kenmerk: Leeftijd; Groep: 65 jaar en ouder; Aantal: <5"]


def test_relations_are_seen_from_both_sides(tmp_path):
    link = {"kind": "vervolg_op", "other": "eerst"}
    lost = {"kind": "onderdeel_van", "other": "weg"}
    register = saved(tmp_path, record("eerst"), record("later", rows={"relation": [link, lost]}))
    found = [(one.words, one.id, one.title) for one in detail(register, "later").links]
    assert sorted(found) == [("Onderdeel van", "", "weg"), ("Vervolg op", "eerst", "eerst")]
    assert [(one.words, one.id) for one in detail(register, "eerst").links] == [("Kreeg als vervolg", "later")]


def test_an_unknown_activity_says_so(tmp_path):
    with pytest.raises(NotFoundError, match="kies een andere in het register"):
        detail(saved(tmp_path, record("een")), "twee")


def test_an_aim_is_drawn_with_its_period_the_gemeente_and_look_alikes(tmp_path, monitor):
    register = saved(tmp_path, record("doel", start_planned="2016-07-01", rows={"aim": [AIM]}))
    answer = course(register, monitor)
    (found,) = answer.lines
    assert list(found.points["period"]) == [2014, 2018, 2022]
    assert found.points["own"].iloc[-1] == pytest.approx(0.102)
    assert found.points["municipality"].iloc[-1] == pytest.approx(0.052)
    assert found.points["n_municipality"].iloc[-1] == 11  # the small one is no yardstick, the unmeasured one has none
    assert found.points["n_alikes"].iloc[-1] == 5 and "WK0014" in found.alikes_note
    assert (found.begin, found.until) == (pytest.approx(2016.5, abs=0.01), pytest.approx(2026.9, abs=0.01))
    assert math.isnan(found.end)  # it still runs
    assert found.aim.startswith("Doel: omhoog met 0,05") and "31 december 2023" in found.aim
    assert found.sentence.startswith(
        "Van 2014 naar 2022: WK059910 0; middelste in Rotterdam 0; middelste van gelijkende wijken 0"
    )


def test_several_wijken_are_one_mean_by_inhabitants(tmp_path, monitor):
    aim = {"aim": [AIM]}
    register = saved(tmp_path, record("doel", areas=("WK059910", "WK059900"), rows=aim))
    (found,) = course(register, monitor).lines
    assert found.points["own"].iloc[0] == pytest.approx((4500 * 0.10 + 3500 * 0.0) / 8000)
    assert found.own_name == "2 wijken" and "gewogen naar inwoners" in found.own_note


def test_a_buurt_without_figures_shows_its_wijk_and_says_so(tmp_path, monitor):
    register = saved(tmp_path, record("doel", areas=("BU05991001",), rows={"aim": [AIM]}))
    (found,) = course(register, monitor).lines
    assert found.own_name == "WK059910" and "dus dit zijn hun wijken" in found.own_note


def test_a_whole_gemeente_is_the_mean_of_its_wijken_without_look_alikes(tmp_path, monitor):
    register = saved(tmp_path, record("doel", areas=("GM0599",), rows={"aim": [AIM]}))
    (found,) = course(register, monitor).lines
    assert found.own_name == "12 wijken"
    assert found.points["alikes"].isna().all() and found.alikes_note.startswith("Voor een hele gemeente")


def test_without_an_aim_the_first_figures_of_its_pillar(tmp_path, monitor):
    answer = course(saved(tmp_path, record("doel")), monitor)
    assert 1 <= len(answer.lines) <= 2 and "Er is geen doel vastgelegd" in answer.chosen_by
    assert all(catalogue.load().indicators[line.indicator].pillar == "fysiek" for line in answer.lines)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"start_planned": "2023-05-01"}, "Er is geen cijfer van na de start"),
        ({"start_planned": "2010-05-01"}, "Er is geen cijfer van vóór de start"),
        ({"status": "idee"}, "heeft niet gelopen"),
    ],
)
def test_before_and_after_are_only_said_when_both_are_there(tmp_path, monitor, values, sentence):
    register = saved(tmp_path, record("doel", rows={"aim": [AIM]}, **values))
    assert sentence in course(register, monitor).lines[0].sentence


def test_look_alikes_that_miss_a_year_do_not_make_a_jump(tmp_path):
    few = [one for one in rows() if not (one[0][:6] != "WK0599" and one[1:3] == ("lbm3_afw", 2018))]
    monitor = monitor_of(tmp_path, few)
    register = saved(tmp_path, record("doel", rows={"aim": [AIM]}))
    found = course(register, monitor).lines[0]
    assert found.points["alikes"].isna().all() and "Te weinig vergelijkbare wijken" in found.alikes_note


def test_without_figures_it_says_why(tmp_path, monitor):
    register = saved(tmp_path, record("doel", areas=("WK888801",), rows={"aim": [AIM]}), record("los"))
    assert course(register, None, "los").missing == "Er zijn nog geen cijfers ingelezen."
    assert course(register, monitor).missing.startswith("Hier is niets gemeten van")
