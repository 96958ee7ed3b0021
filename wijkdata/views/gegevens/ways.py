"""The tables of what can be converted between two years, and of the way of one area through the years."""

import pandas as pd

from wijkdata.questions.gegevens.answer import Conversion, ConversionAnswer, WayAnswer
from wijkdata.views.gegevens import words


def table(answer: ConversionAnswer) -> pd.DataFrame:
    """Return every area of the first year with its list, why, and where it went; Dutch headings."""
    rows = answer.rows
    return pd.DataFrame(
        {
            "Omzetting": rows["conversion"].map(words.CONVERSIONS),
            f"In {answer.year_from}": rows["name_from"].fillna(rows["code_from"]),
            f"Code in {answer.year_from}": rows["code_from"],
            "Is": rows["class"].map(words.CLASSES),
            f"In {answer.year_to}": rows["name_to"].fillna(rows["code_to"]),
            f"Code in {answer.year_to}": rows["code_to"],
            f"Deel van {answer.year_from} (%)": 100 * rows["share_from"],
            f"Deel van {answer.year_to} (%)": 100 * rows["share_to"],
            "Bewijs": [words.evidence_text(row) for row in rows.itertuples()],
        }
    ).sort_values("Omzetting", key=lambda column: column.map(_place), kind="stable", ignore_index=True)


def _place(name: str) -> int:
    return list(words.CONVERSIONS.values()).index(name)


def lists(answer: ConversionAnswer) -> list[tuple[str, str, str]]:
    """Return the three lists, for those with areas in them: name and number, what it means, which areas."""
    each = []
    for kind in Conversion:
        own = answer.rows[answer.rows["conversion"] == kind].drop_duplicates("code_from")
        if len(own):
            names = own["name_from"].fillna(own["code_from"]).tolist()
            each.append((words.conversion_count(answer, kind), words.conversion_why(own, kind), words.named(names)))
    return each


def way_table(answer: WayAnswer) -> pd.DataFrame:
    """Return the way of an area, the newest step first; Dutch headings."""
    rows = answer.rows
    return pd.DataFrame(
        {
            "Van": rows["year_from"],
            "Gebied toen": rows["name_from"],
            "Code toen": rows["code_from"],
            "Is": rows["class"].map(words.CLASSES),
            "Naar": rows["year_to"],
            "Gebied": rows["name_to"],
            "Code": rows["code_to"],
            "Deel van toen (%)": 100 * rows["share_from"],
            "Deel van het latere (%)": 100 * rows["share_to"],
            f"Deel van toen in {answer.name} (%)": 100 * rows["weight"],
            "Geteld in": [words.counted_in(row) for row in rows.itertuples()],
            "Bewijs": [words.evidence_text(row) for row in rows.itertuples()],
        }
    )


def series_table(answer: WayAnswer) -> pd.DataFrame:
    """Return the count of each year: of the area as long as it was the same, and of the union; Dutch headings."""
    rows, counted = answer.series, answer.counted.short
    return pd.DataFrame(
        {"Jaar": rows["year"], f"{counted} van {answer.name}": rows["own"], f"{counted} samen": rows["union"]}
    )
