"""The activities of the example: they agree with what is planted in the figures, and go in and out of the register once."""

import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest

from wijkdata import areas, settings
from wijkdata.loading.activities import reading, register
from wijkdata.loading.example import activities, months
from wijkdata.loading.example import places as example_places
from wijkdata.questions.shared import activities as shared_activities
from wijkdata.record import groups
from wijkdata.record.base import differences
from wijkdata.record.fields import ACTIVITY, CHILDREN, EVENT, tables, words
from wijkdata.record.values import is_hidden
from wijkdata.store.participation import registers

TRUTHS = tomllib.loads((settings.REFERENCE_DIR / "voorbeeld_waarheden.toml").read_text(encoding="utf-8"))
# A directory without a register: everything in the files is new.
READ = reading.read(activities.paths(), settings.ROOT / "bestaat-niet", activities.LAST_DAY)
RECORDS = {record.id: record for record in READ.added}
ACTIVITIES = {key: record for key, record in RECORDS.items() if record.table == ACTIVITY}
# The activity of each planted truth.
PLANTED = {"VB-01": "ingreep_werkte", "VB-06": "alleen_terugval_naar_gemiddelde", "VB-11": "te_klein_om_te_zien"}


def codes(record):
    return [row["area"] for row in record.rows["area"]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    directory = tmp_path_factory.mktemp("voorbeeld")
    assert activities.load(directory) == len(ACTIVITIES)
    return directory


# --- the files ---------------------------------------------------------------------------------------------------------


def test_the_files_are_clean_to_the_reader_of_a_users_files():
    assert READ.problems == () and READ.notes() == []
    assert len(RECORDS) == len(READ.added) and READ.changed == ()


def test_the_files_say_what_the_description_says():
    described = {record.id: record for record in activities.records()}
    assert described.keys() == RECORDS.keys()
    assert [key for key, record in described.items() if differences(record, RECORDS[key])] == []


def test_the_headings_are_the_labels():
    for table, path in zip((ACTIVITY, *CHILDREN, EVENT), activities.paths(), strict=True):
        head = path.read_text(encoding="utf-8").splitlines()[0].split(";")
        assert head == ["Nummer", *(field.label for field in tables()[table].fields)]


def test_nothing_that_could_be_a_formula_and_no_quotes_that_hang():
    for path in activities.FOLDER.iterdir():
        frame = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False)
        assert not frame.stack().str.match(r"[=+\-@\t]").any(), path.name


# --- what is planted ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "truth"), PLANTED.items())
def test_an_activity_stands_where_and_when_its_effect_is_planted(number, truth):
    planted, record = TRUTHS[truth], ACTIVITIES[number]
    assert codes(record) == planted["wijken"]
    assert record.values["start_actual"].year == planted["begin"]
    assert record.values["title"] in planted["titel"]
    aims = {row["indicator"] for row in record.rows["aim"]}
    assert aims <= set(planted.get("effect", planted.get("dip"))) and aims
    assert all(row["direction"] == "op" for row in record.rows["aim"])


def test_the_aim_of_what_worked_was_frozen_before_the_start_and_is_reached():
    planted, record = TRUTHS["ingreep_werkte"], ACTIVITIES["VB-01"]
    for row in record.rows["aim"]:
        assert row["recorded_at"] < record.values["start_planned"] and row["version"] == 1
        assert 0 < row["size"] <= planted["effect"][row["indicator"]] - planted["marge"][row["indicator"]] + 0.05
        assert row["judge_at"].year >= max(int(year) for year in planted["fasen"])


def test_the_effect_that_is_too_small_was_hoped_to_be_larger():
    sizes = [row["size"] for row in ACTIVITIES["VB-11"].rows["aim"]]
    assert len(sizes) == 2 and min(sizes) > TRUTHS["te_klein_om_te_zien"]["effect"]["ervaren_samenhang"]


def test_the_programme_that_only_looks_so_did_not_compare():
    record = ACTIVITIES["VB-06"]
    assert record.values["evidence"] == "2" and words()["bewijs"]["2"].endswith("Voor en na gemeten")
    assert record.values["status"] == "afgerond"


def test_the_parts_of_a_programme_lie_in_its_wijken_and_after_its_start():
    for record in ACTIVITIES.values():
        for row in record.rows["relation"]:
            whole = ACTIVITIES[row["other"]]
            if row["kind"] == "onderdeel_van":
                assert {areas.wijk_of(code) for code in codes(record)} <= set(codes(whole)), record.id
                assert record.values["start_actual"] >= whole.values["start_actual"], record.id


def test_nothing_runs_in_havenmeesterij_while_the_reports_grow(filled):
    truth = months.truths()["groeit_voor_het_cijfer"]
    (wijk,) = truth["wijken"]
    mine = shared_activities.in_area(registers.current(filled), wijk)
    assert len(mine) >= 3
    year, month = map(int, truth["begin_maand"].split("-"))
    assert pd.Timestamp(year, month, 1) > mine.loc[mine["ran"], "end"].max()
    assert list(mine.loc[shared_activities.running_in(mine, year, 2026), "title"]) == []


def test_no_other_gemeente_has_any_so_the_comparison_wijken_had_no_programme():
    places = {areas.municipality_of(code) for record in ACTIVITIES.values() for code in codes(record)}
    assert places == {example_places.FOCUS}
    known = {wijk.code for wijk in example_places.gemeenten()[0].wijken} | {example_places.FOCUS}
    known |= {buurt.code for wijk in example_places.gemeenten()[0].wijken for buurt in wijk.buurten}
    assert {code for record in ACTIVITIES.values() for code in codes(record)} <= known


# --- a realistic mix ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "words_of", "missing"),
    [
        ("kind", "soort", set()),
        ("step", "trede", set()),
        ("status", "status", set()),
        ("source", "bron", set()),
        ("precision", "precisie", set()),
        ("evidence", "bewijs", {"4"}),
        ("support", "ondersteuning", set()),
        ("initiator", "partij", {"rijk_provincie", "kennisinstelling", "fonds"}),
    ],
)
def test_every_word_is_used(field, words_of, missing):
    assert {record.values[field] for record in ACTIVITIES.values()} - {None} == set(words()[words_of]) - missing


def test_about_forty_over_eight_years_and_four_pillars():
    starts = [record.values["start_actual"] for record in ACTIVITIES.values() if record.values["start_actual"]]
    assert 38 <= len(ACTIVITIES) <= 45
    assert {day.year for day in starts} == set(range(2017, 2025))
    assert {row["pillar"] for record in ACTIVITIES.values() for row in record.rows["pillar"]} == {
        "fysiek", "sociaal_economisch", "veiligheid", "weerbaarheid",
    }  # fmt: skip
    assert {record.values["kind"] for record in RECORDS.values() if record.table == EVENT} >= {
        "sloop", "methodebreuk", "crisis", "beleid",
    }  # fmt: skip


def test_unknown_zero_and_known_all_occur():
    for name in ("cost_asked", "cost_granted", "cost_spent"):
        amounts = [record.values[name] for record in ACTIVITIES.values()]
        assert None in amounts and 0 in amounts and max(amount or 0 for amount in amounts) > 1000
    participants = [row["participants"] for record in ACTIVITIES.values() for row in record.rows["count"]]
    assert 0.1 < sum(number is None for number in participants) / len(participants) < 0.5


def test_groups_are_never_larger_than_the_participants_and_some_are_hidden():
    hidden = 0
    for record in ACTIVITIES.values():
        assert groups.protect(record) == record, record.id
        counted = {row["date"]: row["participants"] for row in record.rows["count"]}
        for day, trait in {(row["date"], row["trait"]) for row in record.rows["group"]}:
            numbers = [r["number"] for r in record.rows["group"] if (r["date"], r["trait"]) == (day, trait)]
            hidden += any(is_hidden(number) for number in numbers)
            if counted.get(day) is not None:
                assert sum(number for number in numbers if not is_hidden(number)) <= counted[day], (record.id, trait)
    assert hidden >= 8


def test_dates_lie_in_order_and_counts_within_the_activity():
    for record in ACTIVITIES.values():
        begin, end = record.values["start_actual"], record.values["end_actual"] or activities.LAST_DAY
        for row in record.rows["count"] if record.values["kind"] != "fysiek" else ():
            assert begin <= row["date"] <= end, record.id
        for row in record.rows["aim"]:
            assert row["judge_at"] > row["recorded_at"]
        days = [row["date"] for row in record.rows["timeline"]]
        assert all(day <= activities.LAST_DAY for day in days)


def test_names_of_organisations_are_used_alike():
    kinds = {}
    for record in ACTIVITIES.values():
        for row in record.rows["organisation"]:
            assert kinds.setdefault(row["name"], row["type"]) == row["type"]
            assert not re.search(r"\b(dhr|mevr|mw|de heer|mevrouw)\b", row["name"].lower())
    assert len(kinds) > 20


# --- in and out of the register ----------------------------------------------------------------------------------------


def test_loaded_once_and_all_of_it_is_fictional(filled):
    register = registers.current(filled)
    assert shared_activities.activities(register)["fictional"].all()
    assert activities.load(filled) == 0
    assert registers.current(filled).stamp == register.stamp
    assert registers.records(filled)["VB-11"].rows["aim"] == RECORDS["VB-11"].rows["aim"], "with the old dates"


def test_taken_out_and_brought_back_as_it_was(tmp_path):
    real, _ = replace(RECORDS["VB-20"], id="echt"), None
    real = real.with_rows("area", ({"area": "WK036300", "division": 2024, "share": None},))
    register.save(tmp_path, real, "wijkmanager", date(2024, 6, 1))
    assert activities.load(tmp_path) == len(ACTIVITIES), "real activities do not count"
    mine = registers.get(tmp_path, "VB-20")
    mine = register.save(
        tmp_path, replace(mine, values={**mine.values, "title": "Zelf veranderd"}), "bewoner", date.today()
    )

    assert activities.withdraw(tmp_path) == len(RECORDS)
    assert list(registers.current(tmp_path).frame(ACTIVITY)["id"]) == ["echt"]
    assert len(registers.current(tmp_path).frame(EVENT)) == 0
    assert activities.withdraw(tmp_path) == 0

    assert activities.load(tmp_path) == len(ACTIVITIES)
    assert differences(mine, registers.get(tmp_path, "VB-20")) == []
    assert len(registers.current(tmp_path).frame(EVENT)) == len(RECORDS) - len(ACTIVITIES)


def test_withdrawing_from_an_empty_directory_makes_no_file(tmp_path):
    assert activities.withdraw(tmp_path) == 0
    assert list(tmp_path.iterdir()) == []


def test_loading_may_be_done_on_any_later_day(tmp_path):
    assert activities.load(tmp_path, activities.LAST_DAY + timedelta(days=4000)) == len(ACTIVITIES)
