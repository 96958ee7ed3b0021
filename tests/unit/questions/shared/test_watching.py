"""Counts of the store as series: an area that changed, months that are still revised, and how what is counted is called."""

import numpy as np
import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.analysis.signals.watch import Reason, watch
from wijkdata.questions.shared import watch_words, watching

MONTHS = [2020 * 12 + month for month in range(30)]


def rows(code: str, missing: int = 0, reason: str | None = None, provisional: int = 0) -> pd.DataFrame:
    """Thirty months of one area, of which the first are missing for a reason of the links, and the last still revised."""
    n = len(MONTHS)
    value = np.where(np.arange(n) < missing, np.nan, 9.0)
    return pd.DataFrame(
        {
            "code": code,
            "indicator": "vernieling",
            "at": MONTHS,
            "value": value,
            "reason": [reason if one else None for one in np.isnan(value)],
            "derived": np.isnan(value),
            "label": "2020 tot en met 2022",
            "provisional": np.arange(n) >= n - provisional,
        }
    )


def test_an_area_with_other_borders_than_before_is_watched_from_the_change_on_and_says_so():
    table = watching._table("eigen", pd.concat([rows("WK970101"), rows("WK970102", 25, "border_changed")]))
    assert table.counts.changed == {"WK970102": 25}
    watched = watch(table.counts)
    changed = table.counts.areas.index("WK970102")
    assert np.isnan(table.counts.values[changed, :25]).all()
    assert (watched.methods[changed], watched.reasons[changed]) == (None, Reason.CHANGED_AREA)
    assert watch_words.why_refused(Reason.CHANGED_AREA, 5, 10) == (
        "het gebied is te kort geleden veranderd; bekend zijn 5 periodes en nodig 10."
    )


def test_months_that_are_still_revised_are_unknown_to_every_method():
    table = watching._table("eigen", rows("WK970101", provisional=2))
    assert table.counts.provisional_from == 28
    assert np.isnan(watch(table.counts).detected.statistic[:, 28:]).all()
    assert not np.isnan(table.counts.values[:, 28:]).any()


@pytest.mark.parametrize(
    ("indicator", "called"),
    [
        ("meldingen_jeugd", "meldingen over jeugd"),
        ("meldingen_overig", "overige meldingen"),
        ("vernieling", "misdrijven (vernielingen)"),
        ("misdrijven_totaal", "misdrijven"),
    ],
)
def test_what_is_counted_is_called_as_people_say_it(indicator, called):
    assert watching.named_of(catalogue.load().indicators[indicator], "Noord").reports == called
