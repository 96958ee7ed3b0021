"""Questions that somebody asks by mistake, and figures that would flatter: one sentence, or a right answer."""

import math
import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tests.impact_answers import INTERVENTION
from tests.spec.test_command_line import run
from tests.spec.test_impact_command import COLUMNS, STARTED, table
from wijkdata import catalogue
from wijkdata.analysis.impact.effect import effect
from wijkdata.analysis.impact.panel import Panel
from wijkdata.areas import Level, wijk_of
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import topics
from wijkdata.questions.voor_en_na import choices as voor_en_na_choices
from wijkdata.questions.voor_en_na import measurements as voor_en_na_measurements
from wijkdata.questions.voor_en_na import pool as voor_en_na_pool
from wijkdata.questions.voor_en_na import subjects
from wijkdata.questions.voor_en_na.answer import ImpactVerdict, Refused, Request, Wanted
from wijkdata.questions.voor_en_na.calculation import ImpactSettings
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.cautions import cautions
from wijkdata.questions.voor_en_na.question import case_of, impact
from wijkdata.reference.programmes import programmes
from wijkdata.store.monitor import queries, versions
from wijkdata.store.participation import registers

CATALOGUE = catalogue.load()
TOPIC = "ervaren_samenhang"
ONE = ("WK970101",)


@pytest.fixture(scope="module")
def directory(example_data, tmp_path_factory):
    return shutil.copytree(example_data, tmp_path_factory.mktemp("voorbeeld") / "data")


@pytest.fixture(scope="module")
def world(directory):
    return registers.current(directory), versions.require(directory)


def activity(world, id="VB-01", first_after=2019, excluded=(), **settings):
    request = Request(Wanted("activiteit", id), TOPIC, first_after, excluded)
    return impact(*world, CATALOGUE, request, ImpactSettings(**settings))


def by_hand(world, areas=ONE, begin=2019, first_after=2019):
    return impact(*world, CATALOGUE, Request(Wanted("wijken", "", areas, begin), TOPIC, first_after))


# --- the moment after ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first_after", [2020, 2021, 2022, 2023])
def test_what_was_measured_during_the_work_is_not_taken_for_before(world, first_after):
    answer = activity(world, first_after=first_after)
    between = list(range(2019, first_after))
    # The planted rise has grown to 1.2 by then; with 2019-2022 as "before", 2023 gave .49.
    assert answer.finding.verdict is ImpactVerdict.HIGHER and 1.0 < answer.finding.estimate < 1.3
    assert not {moment.year for moment in answer.head.moments} & set(between)
    said = [line for line in answer.sections.cautions if "vóór de eerste meting die u als erna koos" in line]
    assert len(said) == 1 and ("telt dus niet mee" in said[0]) is (len(between) == 1)


def test_the_usual_first_measurement_leaves_nothing_out(world):
    assert not any("die u als erna koos" in line for line in activity(world).sections.cautions)


def test_a_start_long_before_the_first_measurement_has_no_before(world):
    refused = by_hand(world, begin=1900).refusal
    assert refused.key == "start_outside" and "Van vóór de start (begin 1900) is er geen meting" in refused.reason


def test_a_first_measurement_that_is_still_to_come_is_named(world):
    refused = activity(world, first_after=2030).refusal
    assert refused.key == "start_outside" and refused.reason.startswith("Vanaf 2030 is er nog geen meting")
    assert refused.reason.endswith("gemeten in 2015 tot en met 2024.")


# --- what is asked -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("begin", [-3, 0, 9999, 10_000])
def test_a_year_that_does_not_exist_is_one_sentence(world, begin):
    with pytest.raises(NotFoundError, match=f"Het jaar {begin} bestaat hier niet"):
        by_hand(world, begin=begin, first_after=max(begin, 2019))


@pytest.mark.parametrize("code", ["XX", "", "wk970101", "<b>"])
def test_what_is_no_code_is_one_sentence(world, code):
    with pytest.raises(NotFoundError, match="is geen code van een wijk of buurt"):
        by_hand(world, areas=(code,))


def test_a_wijk_named_twice_counts_once(world):
    assert by_hand(world, areas=ONE * 2).finding.estimate == by_hand(world).finding.estimate


@pytest.mark.parametrize("topic", ["zzz", "", "pijler:zzz"])
def test_a_topic_that_does_not_exist_has_no_measurements_to_choose(world, topic):
    with pytest.raises(NotFoundError, match="bestaat niet"):
        voor_en_na_choices.measured(*world, CATALOGUE, Wanted("activiteit", "VB-01"), topic)


def test_what_is_only_planned_did_not_begin(world):
    with pytest.raises(NotFoundError, match="is niet begonnen"):
        activity(world, "VB-42", first_after=2027)


def test_what_is_known_of_the_areas_is_from_before_the_start_whichever_measurement_counts_as_after(world):
    """Later figures may be changed by what is being judged."""
    soon, late = (
        activity(world, first_after=year).sections.pool.balance.set_index("feature")["treated"] for year in (2019, 2022)
    )
    assert soon["Inwoners"] == late["Inwoners"] and soon["Bevolkingsdichtheid"] == late["Bevolkingsdichtheid"]


# --- who is compared with ------------------------------------------------------------------------------------------------


def test_a_treated_wijk_cannot_be_left_out_and_one_left_out_twice_counts_once(world):
    donor = activity(world).sections.pool.areas[0].code
    excluded = (("WK970101", "eigen"), (donor, "eerst"), (donor, "sloop"), ("WK999999", "?"))
    pool = activity(world, excluded=excluded).sections.pool
    assert [(one.code, one.excluded_because) for one in pool.excluded] == [(donor, "sloop")]
    assert donor not in [one.code for one in pool.areas]


def test_neighbours_of_a_treated_wijk_without_figures_are_no_controls_either(world):
    wanted = Wanted("wijken", "", ("WK970206", "WK970302"), 2019)
    case = case_of(*world, Request(wanted, TOPIC, 2019))
    beside = voor_en_na_pool.ring_of(world[1], Level.WIJK, ("WK970302",)).areas
    missed = replace(case, figures=replace(case.figures, used=("WK970206",)))
    assert beside and not beside & set(voor_en_na_pool.pool(world[1], missed, {}, ()).codes)


def test_buurten_of_a_programme_are_no_controls(world):
    wanted = Wanted("wijken", "", ("BU97010000",), 2019)
    intervention = subjects.intervention(*world, wanted, "ao_1000")
    found = voor_en_na_pool.elsewhere(*world, intervention, "ao_1000", (2014, 2024))
    covered = {code for one in programmes(True).values() for code in one.codes()}
    inside = {code for code in queries.areas(world[1], Level.BUURT)["code"] if wijk_of(code) in covered}
    assert inside and inside - {"BU97010000"} <= set(found)


def test_wijken_of_one_gemeente_are_held_against_wider_chance(world, monkeypatch):
    together = activity(world)
    monkeypatch.setattr(voor_en_na_pool, "intraclass", lambda values, groups: 0.5)
    wider = activity(world)
    # Three wijken of one gemeente: 1 + (9 / 3 - 1) x .5 = 2 times the variance.
    (low, high), (wide_low, wide_high) = (one.finding.inference.margin for one in (together, wider))
    assert (wide_high - wide_low) / (high - low) == pytest.approx(2**0.5)
    assert "samen op lopen" in wider.sections.certainty[1].meaning


def test_more_treated_than_others_is_refused_and_not_called_no_difference(world):
    codes = tuple(queries.areas(world[1], Level.WIJK)["code"][:30])
    answer = by_hand(world, areas=codes)
    assert (
        answer.refusal.key == "small_pool" and "te weinig om er groepjes van 27 uit te vormen" in answer.refusal.reason
    )
    assert isinstance(answer, Refused) and answer.refusal.remedy.startswith("Kies minder wijken")


@pytest.mark.parametrize(
    ("treated", "donors", "placebos"), [(18, 20, True), (19, 20, False), (20, 20, False), (30, 20, False)]
)
def test_without_two_to_compare_a_set_with_there_are_no_placebos(treated, donors, placebos):
    outcome = np.random.Generator(np.random.PCG64(1)).random((treated + donors, 8))
    start = np.where(np.arange(treated + donors) < treated, 5, 8)
    found = effect(Panel(outcome, tuple(map(str, range(treated + donors))), tuple(range(8)), start))
    assert (found.inference.p_value is not None) is placebos and math.isfinite(found.estimate)


def test_every_treated_wijk_brings_its_own_look_alikes():
    """One that is out of the ordinary is not left without because the others have nearer ones."""
    rows = [("gewoon", f"A{n}", 0.1 + n / 100) for n in range(6)] + [("apart", f"B{n}", 2.0 + n) for n in range(6)]
    order = voor_en_na_pool._in_turn(pd.DataFrame(rows, columns=["treated", "code", "distance"]))
    assert list(order.index[:4]) == ["A0", "B0", "A1", "B1"]


@pytest.mark.parametrize(
    ("areas", "n", "words"),
    [
        (
            ("WK970104", "WK970105", "WK970106", "WK970107"),
            2,
            "en waar zelf niets begon",
        ),  # not with Zonnegaarde, that rose
        (("WK970106",), 6, "daar begon zelf ook iets"),
    ],
)
def test_of_the_wijken_around_those_count_where_nothing_of_their_own_began(world, areas, n, words):
    answer = by_hand(world, areas=areas)
    ring = next(one for one in answer.sections.seconds if one.method.startswith("De wijken eromheen"))
    assert ring.method.endswith(f"({n})") and words in ring.meaning


# --- how sure ------------------------------------------------------------------------------------------------------------


def test_without_placebos_nothing_is_called_no_difference(directory, capsys):
    code, out, _ = run(
        capsys, "--data-dir", directory, "impact", "--activity", "VB-01", "--indicator", TOPIC, "--placebos", "0"
    )
    assert code == 0 and "Hoe vaak toeval zo’n verschil geeft, is niet te zeggen" in out
    assert "Geen aantoonbaar verschil" not in out


def test_with_fewer_than_nineteen_it_is_said_that_nothing_can_stand_out(world):
    assert "Met minder dan 19 vergelijkingen kan geen verschil" in activity(world, placebos=5).finding.text
    assert "Met minder dan 19" not in activity(world, placebos=19).finding.text


# --- tables ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["sdid", "sc", "did", "cs", "imputation"])
@pytest.mark.parametrize(
    ("scale", "words"), [("e300", "te groot om mee te rekenen"), ("e-200", "te klein om mee te rekenen")]
)
def test_figures_that_no_calculation_can_hold_are_one_sentence(tmp_path, capsys, method, scale, words):
    path = tmp_path / "paneel.csv"
    path.write_text(table(cell=lambda unit, year, value: value + scale), encoding="utf-8")
    code, out, err = run(capsys, "impact", "--panel", path, *COLUMNS, *STARTED, "--method", method)
    assert code == 2 and words in out + err


def test_a_decimal_point_among_decimal_commas_is_pointed_at_and_not_read_as_thousands(tmp_path, capsys):
    def cell(unit, year, value):
        return f"0.{unit + 100}" if year == 2012 else f"0,{(unit * 7 + year) % 900 + 100}"

    path = tmp_path / "paneel.csv"
    path.write_text(table(cell=cell), encoding="utf-8")
    code, out, err = run(capsys, "impact", "--panel", path, *COLUMNS, *STARTED)
    assert code == 2 and "kolom cijfer: dit is geen getal (gevonden: ‘0.100’)" in out + err


def test_a_small_change_on_a_large_level_is_not_rounding():
    """Figures of a million million that differ by ones: doubles still hold four decimals of it."""
    outcome = 1e12 + np.random.Generator(np.random.PCG64(2)).random((25, 8))
    outcome[0, 5:] += 0.5
    panel = Panel(outcome, tuple(map(str, range(25))), tuple(range(8)), np.where(np.arange(25) < 1, 5, 8))
    low = effect(Panel(outcome - 1e12, panel.units, panel.times, panel.start), "did")
    assert effect(panel, "did").estimate == pytest.approx(low.estimate, abs=0.01) != 0


def test_where_how_urban_it_is_is_not_known_that_is_said():
    figures = voor_en_na_measurements.Measurements(pd.DataFrame(), (), {}, (), (), frozenset())
    case = Case(INTERVENTION, topics.topic(CATALOGUE, TOPIC), Level.WIJK, figures, figures, 2019)
    said = {n: " ".join(cautions(case, [], n, [])) for n in (0, 1, 2)}
    assert "hoe stedelijk het hier is, is niet bekend" in said[0]
    assert "stedelijk" not in said[1] and "meer stedelijke vergeleken" in said[2]


@pytest.mark.parametrize(
    ("reached", "words_in"),
    [
        ((85.0, 35_255.0), "85 deelnemers (kan dubbel tellen) zijn 0,2% van de 35.255 inwoners"),
        ((4_000.0, 35_255.0), None),  # more than a tenth
        (None, None),  # never counted, or nobody knows how many live there
    ],
)
def test_how_few_took_part_is_said(reached, words_in):
    figures = voor_en_na_measurements.Measurements(pd.DataFrame(), (), {}, (), (), frozenset())
    case = Case(INTERVENTION, topics.topic(CATALOGUE, TOPIC), Level.WIJK, figures, figures, 2019, reached=reached)
    said = " ".join(cautions(case, [], 1, []))
    assert words_in in said if words_in else "deelnemers" not in said
