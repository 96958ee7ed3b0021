"""The year of a table that has no periods: in its name or title, and never the day on which it was saved."""

from pathlib import Path

import pytest

from wijkdata.sources.reading.periods import ask_year, year_in


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Kerncijfers_wijken_en_buurten_2024_11122025_141648", 2024),
        ("Kerncijfers wijken en buurten 2019", 2019),
        ("kwb-2013", 2013),
        ("kwb-2013 (1)", 2013),
        ("85984NED_2024_20251211", 2024),
        ("kerncijfers 2021 opgehaald 11-12-2025", 2021),
        ("kwb 2021, 26 maart 2022", 2021),
        ("kwb_2021_2025-12-11", 2021),
        ("Kerncijfers_wijken_en_buurten_11122025_141648", None),
        ("kwb 2013-2024", None),
        ("84799NED", None),
        ("kwb 20240", None),
        ("kwb 1924", None),
        ("", None),
    ],
)
def test_the_year_belongs_to_the_table_not_to_the_moment_of_saving(text, year):
    assert year_in(text) == year


def test_a_question_names_what_is_asked_and_reads_as_any_other_refusal():
    question = ask_year(Path("export.csv"), "deze StatLine-tabel")

    assert question.asked == "year"
    assert str(question) == (
        "export.csv: in deze StatLine-tabel staat niet van welk jaar de cijfers zijn; zeg bij het inlezen van welk jaar zij "
        "zijn, of zet het in de naam van het bestand, bijvoorbeeld export_2024.csv."
    )
