"""Days as people and systems write them."""

from datetime import date, timedelta

import pytest

from wijkdata.dutch import MONTHS
from wijkdata.sources.reports import counting, dates

EPOCH = date(1970, 1, 1)
# Every tenth day of forty years, and the edges of months and years.
DAYS = [date(1990, 1, 1) + timedelta(days=10 * n) for n in range(1461)] + [date(2000, 2, 29), date(2023, 12, 31)]
FORMS = [
    "{d:%Y-%m-%d}",
    "{d:%Y/%m/%d}",
    "{d:%Y%m%d}",
    "{d:%d-%m-%Y}",
    "{d.day}-{d.month}-{d.year}",
    "{d:%d/%m/%Y}",
    "{d:%d.%m.%Y}",
    "{d.day} {month} {d.year}",
    "{d.day} {month3} {d.year}",
    "  {d:%d-%m-%Y} ",
]
TIMES = ["", " 10:22", "T10:22:33", "T10:22:33:123", "T10:22:33.123456+02:00", " 9:05:01", "T00:00:00Z"]


def read(*texts):
    found = dates.days(counting.day_texts(list(texts)))
    return [None if day == dates.NO_DAY else EPOCH + timedelta(days=int(day)) for day in found]


def written(form: str, day: date) -> str:
    month = MONTHS[day.month - 1]
    return form.format(d=day, month=month, month3=month[:3])


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("form", FORMS)
def test_a_day_written_in_any_form_is_that_day(form, time):
    assert read(*(written(form, day).rstrip() + time for day in DAYS)) == DAYS


@pytest.mark.parametrize("form", FORMS)
def test_forms_may_stand_together(form):
    day = date(2024, 3, 15)
    assert read(written(form, day), "2024-03-15T08:00:00", "15-3-2024") == [day] * 3


@pytest.mark.parametrize(
    "text",
    ["", "onbekend", "2024-13-01", "31-02-2024", "2023-02-29", "2024", "2024-03", "0001-01-01", "1899-12-31", "15 foo 2024",
     "=1+1", "<b>", "99999999", "12345678901234567890", "２０２４-０３-１５"],
)  # fmt: skip
def test_what_is_no_day_is_none(text):
    assert read(text) == [None]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # The first is a day in both ways; what another row can only be decides.
        (["03/04/2024", "03/25/2024"], [(2024, 3, 4), (2024, 3, 25)]),
        (["03/04/2024", "25/03/2024"], [(2024, 4, 3), (2024, 3, 25)]),
        (["03/04/2024"], [(2024, 4, 3)]),
        # Where no one way holds for all, it is read in Dutch and the other is no day.
        (["25/03/2024", "03/25/2024"], [(2024, 3, 25), None]),
        (["15-3-24"], [(2024, 3, 15)]),
    ],
)
def test_day_and_month_are_told_by_the_whole_column(texts, expected):
    assert read(*texts) == [None if day is None else date(*day) for day in expected]
