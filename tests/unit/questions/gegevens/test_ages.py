"""How old a source is, and when newer figures usually come: by the catalogue and the day of today."""

from datetime import date

import pytest
from links_examples import CATALOGUE, File, store_of, wijk

from wijkdata.questions.gegevens import ages
from wijkdata.questions.gegevens.answer import SourceAge
from wijkdata.views.gegevens import edition_words as words

AREAS = [(wijk(1), "West", None)]


def changes(year: int) -> File:
    return File(year, AREAS, changes=[(wijk(1), year - 1, wijk(1), year, 1.0, 1.0)])


def age(directory, file: File, today: date) -> SourceAge:
    (found,) = ages.ages(store_of(directory, file), CATALOGUE, today)
    return found


@pytest.mark.parametrize(
    ("newest", "today", "due", "expected"),
    [
        (2025, date(2026, 8, 31), None, (2026, (2026, 9))),
        (2025, date(2026, 9, 30), None, (2026, (2026, 9))),
        (2025, date(2026, 10, 1), 2026, (2027, (2027, 9))),
        (2020, date(2026, 10, 1), 2026, (2027, (2027, 9))),
        (2026, date(2026, 10, 1), None, (2027, (2027, 9))),
    ],
)
def test_a_year_is_due_after_its_usual_month(newest, today, due, expected, tmp_path):
    found = age(tmp_path, changes(newest), today)

    assert (found.newest, found.due, found.expected, found.older) == (newest, due, expected, due is not None)


def kerncijfers(year: int) -> File:
    return File(year, AREAS, [(wijk(1), "inwoners", year, 5_000.0)])


ADDED = " De uitgever vult deze tabel om de 3 maanden aan; kijk of er iets bij kwam."


@pytest.mark.parametrize(
    ("year", "today", "text", "added"),
    [
        (2024, date(2026, 5, 1), "Tot en met 2024; ouder dan gewoonlijk: er is een tabel van 2025 (86165NED).", ""),
        (2025, date(2026, 4, 30), "Tot en met 2025.", ""),
        (2025, date(2026, 5, 1), "Tot en met 2025.", ADDED),
    ],
)
def test_the_newest_table_is_added_to_and_an_older_one_is_not_the_newest(year, today, text, added, tmp_path):
    found = age(tmp_path, kerncijfers(year), today)

    assert words.ages_listed((found,))[0] == (
        "Kerncijfers wijken en buurten (CBS).",
        text,
        f"Ingelezen op 1 januari 2026; wanneer er iets nieuws verschijnt, is niet bekend.{added}",
    )


@pytest.mark.parametrize(("year", "newer"), [(2022, (2024, "")), (2024, None)])
def test_of_a_measurement_every_two_years_the_next_is_known_and_not_its_month(year, newer, tmp_path):
    file = File(year, AREAS, [(wijk(1), "lbm3_score", year, 4.0)], whole=False)

    found = age(tmp_path, file, date(2030, 1, 1))

    assert (found.table, found.next_year, found.due, found.expected) == (newer, 2026, None, None)
    assert (
        "de volgende meting is van 2026; wanneer die verschijnt, is niet bekend." in words.ages_listed((found,))[0][2]
    )


def test_invented_figures_have_no_age(tmp_path):
    store = store_of(tmp_path, File(2024, [("WK970101", "Verzonnen", None)], [("WK970101", "inwoners", 2024, 9.0)]))
    assert ages.ages(store, CATALOGUE, date(2026, 1, 1)) == ()
