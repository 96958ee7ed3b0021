"""Signalen on months with a known truth: what is called and what is named as something else; what cannot be watched and why."""

import shutil
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests import signal_stores
from tests.signal_stores import FOCUS, usual, wijken, write
from wijkdata import catalogue
from wijkdata.analysis.signals.leaps import Move
from wijkdata.analysis.signals.watch import Reason
from wijkdata.areas import Level
from wijkdata.loading.example import dataset
from wijkdata.loading.figures import importer
from wijkdata.questions.shared import judgements, weak_pillars
from wijkdata.questions.signalen import question, series, surroundings, words
from wijkdata.questions.signalen.answer import Factor, KnownEvent, Scope, Sign, WhyNoSurroundings
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers

TODAY = date(2025, 1, 15)
OTHERS = ["vernieling", "drugsoverlast", "burengerucht"]
ALL = Scope(FOCUS, Level.WIJK, 4.0)


def planted() -> dict:
    """Every case of a real table at once, each in a wijk (or a category) of its own."""
    areas, month = wijken(), np.arange(signal_stores.MONTHS)
    course = usual(areas, OTHERS)
    course["WK970103", "vernieling"] = course["WK970103", "vernieling"] * (1 + 0.9 * np.clip((month - 76) / 18, 0, 1))
    for area in areas:
        course[area, "drugsoverlast"] = course[area, "drugsoverlast"] * np.where(month >= 62, 1.7, 1)
    counts = signal_stores.drawn(course)
    counts["WK970116", "vernieling"][:] = 0  # nothing ever: a real 0
    for one in OTHERS:
        counts["WK970111", one][:-6] = np.nan  # an area that is new
        counts["WK970112", one][60:84] = np.nan  # two years are missing
        for area in areas:
            counts[area, one][70] = np.nan  # a month of which nothing is there
    for area in areas:  # a category that is new
        counts[area, "bedreiging"] = np.where(month >= 92, 9.0, np.nan)
        counts[area, "vernieling"][-1] = np.floor(counts[area, "vernieling"][-1] * 0.2)  # a month that is not complete
    return counts


# Of the example: the places, and figures of some years. Not its own months.
BASE = (
    "wijken-2024",
    "buurten-2024",
    "gemeenten-2024",
    "kerncijfers-2023",
    "kerncijfers-2024",
    "leefbaarometer-wijken",
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the places of the example, and without months."""
    folder = tmp_path_factory.mktemp("signalen")
    files = [path for path in dataset.paths() if path.name.startswith(BASE)]
    importer.import_files(files, folder, catalogue.load())
    return folder


def with_months(base: Path, folder: Path, counts: dict) -> Path:
    """A copy of the base with these counts per month."""
    shutil.copytree(base, folder)
    importer.import_files([write(folder / "maanden.csv", counts)], folder, catalogue.of(folder))
    return folder


@pytest.fixture(scope="module")
def data(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every case at once."""
    return with_months(base, tmp_path_factory.mktemp("maanden") / "data", planted())


@pytest.fixture(scope="module")
def answer(data: Path):
    return _answered(data, ALL)


def _answered(folder: Path, scope: Scope):
    monitor = versions.require(folder)
    return question.answer(registers.current(folder), monitor, monitor.catalogue, scope, TODAY)


def test_what_grows_slowly_is_called_and_said_as_people_say_it(answer):
    (item,) = [one for one in answer.signals if one.key == "WK970103:vernieling"]
    assert item.sentence.startswith("In Kanaalhove groeien misdrijven (vernielingen) sinds ")
    assert item.observed > 1.3 * item.expected
    assert answer.signs["WK970103"] is Sign.SIGNAL
    assert len(answer.signals) <= 10
    assert [one.q for one in answer.signals] == sorted(one.q for one in answer.signals)


def test_the_title_counts_the_areas_that_are_called(answer):
    n = len({one.code for one in answer.signals if one.q < 0.5})
    assert answer.others == ()
    assert answer.title == f"In {n} van de {len(answer.watched)} wijken groeit iets meer dan verwacht"


def test_a_leap_in_the_channel_is_named_and_calls_nobody(answer):
    named = {(one.category, one.month, one.move.move) for one in answer.commons}
    assert ("misdrijven (drugs-, drankoverlast)", 202203, Move.LEAP) in named
    (leap,) = [one for one in answer.commons if one.month == 202203]
    assert "een sprong in het melden" in leap.sentence
    assert [one.code for one in answer.signals if one.indicator == "drugsoverlast" and one.since <= 202206] == []


def test_a_month_that_is_not_complete_is_named_and_judged_by_nobody(answer):
    (move,) = [one for one in answer.commons if one.move.move is Move.INCOMPLETE]
    assert "waarschijnlijk niet compleet" in move.sentence
    line = next(one.line for one in answer.signals if one.indicator == "vernieling")
    assert np.isnan(line.expected[-1])


def test_a_month_of_which_there_is_nothing_is_unknown_and_said(answer):
    assert "Van november 2022 is er niets; dat is onbekend en geen nul." in answer.notes


def test_what_was_always_zero_is_watched_and_only_a_large_rise_would_be_seen(answer):
    (quiet,) = [one for one in answer.quiet if one.code == "WK970116"]
    assert quiet.limited >= 1


@pytest.mark.parametrize(
    ("code", "category", "expected"),
    [
        ("WK970111", "misdrijven (vernielingen)", Reason.NEW_AREA),
        ("WK970101", "misdrijven (bedreigingen)", Reason.NEW_CATEGORY),
        ("WK970190", "", None),
    ],
)
def test_what_cannot_be_watched_says_why(answer, code, category, expected):
    named = {one.category: one for one in answer.unwatched if one.code == code}
    assert named[category].reason is expected
    assert named[category].sentence.endswith(".")


def test_every_area_has_one_sign(answer):
    signs = {sign: {code for code, one in answer.signs.items() if one is sign} for sign in Sign}
    assert set().union(*signs.values()) == set(answer.watched) | {one.code for one in answer.unwatched}
    assert signs[Sign.SIGNAL] == {one.code for one in answer.signals if not one.weak}
    assert signs[Sign.UNWATCHED].isdisjoint(answer.watched)
    assert signs[Sign.QUIET] <= {one.code for one in answer.quiet}


def test_the_price_goes_down_with_a_quieter_rule_and_is_said_in_words(answer):
    alarms = [test.false_alarms for test in answer.price.tests]
    assert alarms == sorted(alarms, reverse=True)
    text = words.cost(answer.price.used, by_events=False)
    assert f"{answer.price.used.false_alarms} keer vals alarm" in text and text.startswith("deze gevoeligheid zou")
    assert answer.price.used.false_alarms_per_area_year <= 0.1


def test_a_quieter_rule_calls_no_more(data, answer):
    quiet = _answered(data, Scope(FOCUS, Level.WIJK, 6.0))
    assert {one.key for one in quiet.signals} <= {one.key for one in answer.signals}


def test_known_rises_are_held_against_what_was_called(data):
    known = (KnownEvent("WK970103", 202306, 202412, "vernieling"), KnownEvent("WK970103", 199001, 199012))
    found = _answered(data, Scope(FOCUS, Level.WIJK, 4.0, known))
    assert found.price.by_events
    assert (found.price.used.rises, found.price.used.found) == (1, 1.0)


@pytest.mark.parametrize("months", [2, 9])
def test_a_few_months_only_say_how_many_are_needed(base, tmp_path, months):
    counts = {(area, "vernieling"): np.full(months, 9.0) for area in wijken()}
    found = _answered(with_months(base, tmp_path / "kort", counts), ALL)
    assert found.refusal is not None and found.refusal.key == "too_short"
    assert found.title == f"Nog te kort om iets te zien groeien: {months} maanden zijn bekend"
    assert "minstens 10 maanden" in found.lead
    assert {one.reason for one in found.unwatched} == {Reason.TOO_SHORT, None}


def test_a_gemeente_without_months_is_told_what_to_read_in(real_data):
    found = _answered(real_data, Scope("GM0344", Level.WIJK, 4.0))
    assert found.refusal is not None and found.refusal.key == "no_months"
    assert found.title == "Van Utrecht zijn er nog geen aantallen per maand"
    assert found.signals == () and found.price is None
    assert {one.reason for one in found.unwatched} == {None}


def test_years_with_a_month_that_is_not_known_are_no_years_of_a_line(answer):
    (item,) = [one for one in answer.signals if one.key == "WK970103:vernieling"]
    assert item.yearly.years == (2023, 2024) and not item.yearly.known and item.yearly.breaks == ()


def test_areas_are_compared_with_their_neighbours_where_there_are_enough(example_data):
    monitor = versions.require(example_data)
    found = surroundings.surroundings(monitor, FOCUS, Level.WIJK)
    assert found.why_not is None and found.n >= found.needs and found.apart == (), "nothing was planted side by side"
    few = surroundings.surroundings(monitor, "GM9703", Level.WIJK)
    assert (few.why_not, few.n, few.areas) == (WhyNoSurroundings.FEW_AREAS, 10, ())


def test_each_area_stands_beside_the_mean_of_those_it_borders_on(example_data):
    monitor = versions.require(example_data)
    found = surroundings.surroundings(monitor, FOCUS, Level.WIJK)
    judged = weak_pillars.judged(monitor, Level.WIJK, FOCUS)
    subjects = {pillar: monitor.catalogue.pillars[pillar].subject for pillar in judged["pillar"].unique()}
    adjacent = series.neighbours_in(monitor, FOCUS, Level.WIJK)
    scores = {(subjects[row.pillar], row.period, row.code): row.score for row in judged.itertuples()}
    told = {(one.pillar, one.code): one for one in found.areas}
    assert told and [one.name for one in found.areas] == sorted(one.name for one in found.areas)
    for (pillar, code), one in told.items():
        own = {other: score for (named, year, other), score in scores.items() if (named, year) == (pillar, one.year)}
        around = [own[other] for other in adjacent[code] if other in own]
        mean = sum(own.values()) / len(own)
        spread = sum((score - mean) ** 2 for score in own.values())
        assert one.score == pytest.approx(own[code])
        assert one.around == pytest.approx(sum(around) / len(around))
        assert one.i == pytest.approx((len(own) - 1) * (own[code] - mean) * (one.around - mean) / spread)


def test_the_example_shows_its_planted_truths(example_data):
    found = _answered(example_data, ALL)
    assert found.signals[0].key == "WK970108:meldingen_jeugd"
    trust = next(one for one in found.signals if one.key == "WK970107:meldingen_verharding")
    assert trust.trust and "Molenbiezen aan het woord" in [one.title for one in trust.ran if one.before]
    assert {(one.code, one.service) for one in found.withdrawals} == {
        ("WK970114", "Voorzieningen"),
        ("WK970114", "Afstand kinderopvang"),
    }
    app = _answered(example_data, Scope("GM9703", Level.WIJK, 4.0))
    assert {(one.month, one.move.move) for one in app.commons} == {(202204, Move.LEAP)}
    assert [one for one in app.signals if one.since <= 202206] == []


@pytest.mark.parametrize("folder", ["example_data", "real_data"])
def test_who_is_at_risk_is_not_weak_and_has_two_kinds_of_reasons_or_a_drift(folder, request):
    municipality = {"example_data": FOCUS, "real_data": "GM0599"}[folder]
    found = _answered(request.getfixturevalue(folder), Scope(municipality, Level.WIJK, 4.0))
    monitor = versions.require(request.getfixturevalue(folder))
    judged = weak_pillars.judged(monitor, Level.WIJK, municipality)
    weak = set(judged.loc[judged["low"], "code"])
    assert found.at_risk
    for one in found.at_risk:
        kinds = {factor.kind for factor in one.factors}
        assert one.code not in weak and (len(kinds) >= 2 or Factor.DRIFT in kinds)


@pytest.mark.parametrize(
    ("strength", "since", "until", "back"),
    [
        (9.0, 202306, 202412, False),
        (10.9, 202306, 202412, False),
        (11.0, 202306, 202412, True),
        (3.0, 202501, 202412, True),
    ],
)
def test_a_judged_signal_comes_back_when_it_grew_or_is_another_rise(strength, since, until, back):
    called = SimpleNamespace(since=since, signal=SimpleNamespace(strength=strength))
    judgement = judgements.Judgement(
        "x", 1, "WK970103", "vernieling", "herkend", "Herkend", "", "Analist", TODAY, 202306, until, 9.0
    )
    assert judgements.open_again(called, judgement) is back
