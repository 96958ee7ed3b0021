"""Days as people and systems write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkdata.dutch import MONTHS
from wijkdata.sources.reports import dates, gathering

EPOCH, TWO_WAYS = date(1970, 1, 1), "a day in two ways"
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
    found = dates.days(gathering.day_texts(list(texts)))
    return [as_date(day) for day in found]


def as_date(day):
    return (
        {dates.NO_DAY: None, dates.AMBIGUOUS: TWO_WAYS}.get(int(day)) if day < 0 else EPOCH + timedelta(days=int(day))
    )


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
        # Nothing tells: with a slash both ways are common, with a dash or a dot the day stands first.
        (["03/04/2024", "05/05/2024"], [TWO_WAYS, (2024, 5, 5)]),
        (["03-04-2024", "3.4.2024"], [(2024, 4, 3), (2024, 4, 3)]),
        # Each sign has a way of its own: two systems may stand in one column.
        (["03/25/2024", "03-04-2024", "03/04/2024"], [(2024, 3, 25), (2024, 4, 3), (2024, 3, 4)]),
        # Where no one way holds for all, the one is read in Dutch, the other is no day, and what can be both is neither.
        (["25/03/2024", "03/25/2024", "03/04/2024"], [(2024, 3, 25), None, TWO_WAYS]),
        (["15-3-24"], [(2024, 3, 15)]),
    ],
)  # fmt: skip
def test_day_and_month_are_told_by_the_whole_column(texts, expected):
    assert read(*texts) == [date(*day) if isinstance(day, tuple) else day for day in expected]


# --- whatever the days are ---------------------------------------------------------------------------------------------

SOME = st.lists(st.dates(date(1990, 1, 1), date(2099, 12, 31)), min_size=1, max_size=8)
SLASH, AMERICAN = "{d:%d/%m/%Y}", "{d:%m/%d/%Y}"
MONTH_FORMS = ["{d:%Y-%m}", "{d:%Y%m}", "{d:%m-%Y}", "{d.month}/{d.year}", "{month} {d.year}", "{month3} {d.year}",
               "{d:%Y}MM{d:%m}", "{d.year} {month}", "{d:%Y}M{d.month}"]  # fmt: skip


@given(SOME, st.sampled_from([*FORMS, AMERICAN]), st.sampled_from(TIMES))
def test_a_column_in_one_form_gives_those_days_or_says_that_it_cannot_tell(some, form, time):
    found = read(*(written(form, day).rstrip() + time for day in some))
    certain = form not in (SLASH, AMERICAN) or any(day.day > 12 for day in some)
    assert found == [day if certain or day.day == day.month else TWO_WAYS for day in some]


@given(SOME, st.sampled_from([SLASH, AMERICAN]), st.lists(st.sampled_from(FORMS), min_size=8, max_size=8))
def test_a_column_in_many_forms_never_gives_another_day(some, slash, forms):
    texts = [written(slash if form == SLASH else form, day) for form, day in zip(forms, some, strict=False)]
    assert all(got in (day, TWO_WAYS) for got, day in zip(read(*texts), some, strict=True))


@given(SOME, st.sampled_from(MONTH_FORMS))
def test_a_column_of_months_gives_those_months(some, form):
    told = dates.moments(gathering.day_texts([written(form, day) for day in some]))
    assert told.months
    assert [as_date(day) for day in told.days] == [day.replace(day=1) for day in some]


@given(SOME)
def test_first_days_alone_are_months(some):
    firsts = [day.replace(day=1) for day in some]
    assert dates.moments([f"{day:%d-%m-%Y}" for day in firsts]).months is (len(set(firsts)) > 2)


@given(st.text(max_size=30))
def test_whatever_is_written_is_read_or_not_and_never_fails(text):
    assert len(dates.moments(gathering.day_texts([text, text])).days) == 2
