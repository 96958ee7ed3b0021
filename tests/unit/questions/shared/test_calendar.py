"""Months and weeks as people and publishers write them."""

import pytest

from wijkdata.questions.shared.calendar import Calendar, Form, Frequency, moment

MONTH, WEEK = Frequency.MONTH, Frequency.WEEK


@pytest.mark.parametrize(
    ("text", "frequency", "label"),
    [
        ("2024-03", MONTH, "2024-03"),
        ("202403", MONTH, "2024-03"),
        ("2024MM03", MONTH, "2024-03"),
        ("2024M03", MONTH, "2024-03"),
        ("2024-3-5", MONTH, "2024-03"),
        ("2024-03-05T10:00", MONTH, "2024-03"),
        ("2024-03-05 00:00:00", MONTH, "2024-03"),
        ("05-03-2024", MONTH, "2024-03"),
        ("5/3/2024", MONTH, "2024-03"),
        ("2024-W07", WEEK, "2024-W07"),
        ("2024W7", WEEK, "2024-W07"),
        ("202407", WEEK, "2024-W07"),
        ("2024-02-15", WEEK, "2024-W07"),
        ("2021-01-03", WEEK, "2020-W53"),
        ("2020-W53", WEEK, "2020-W53"),
    ],
)
def test_a_period_is_read(text, frequency, label):
    found = moment(text, frequency)
    assert found is not None
    assert Calendar(frequency, found.number, 1, numbered=False).label(0) == label


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("", MONTH), ("maart", MONTH), ("2024", MONTH), ("2024-13", MONTH), ("2024-00", MONTH), ("2023-02-29", MONTH),
        ("13/31/2024", MONTH), ("2024-W07", MONTH), ("1200-03", MONTH), ("٣", MONTH), ("-3", MONTH), ("3.5", MONTH),
        ("2024-W54", WEEK), ("2021-W53", WEEK), ("2024-03", WEEK), ("2024", WEEK),
    ],
)  # fmt: skip
def test_what_is_no_period(text, frequency):
    assert moment(text, frequency) is None


def test_numbers_count_on():
    found = moment("280", WEEK)
    assert found is not None
    assert (found.number, found.form) == (280, Form.NUMBER)
    assert Calendar(WEEK, 280, 60, numbered=True).years.tolist() == [0] * 52 + [1] * 8


@pytest.mark.parametrize(("frequency", "first"), [(MONTH, "2019-11"), (WEEK, "2019-W50")])
def test_periods_follow_each_other_and_are_named(frequency, first):
    begin = moment(first, frequency)
    assert begin is not None
    calendar = Calendar(frequency, begin.number, 110, numbered=False)
    labels = [calendar.label(at) for at in range(calendar.n)]
    assert labels[0] == first
    assert labels == sorted(set(labels))
    assert [moment(label, frequency).number for label in labels] == [begin.number + at for at in range(110)]
    assert calendar.years.tolist() == [int(label[:4]) for label in labels]
    for at in range(5):
        day, after = calendar.days(at)
        assert moment(day.isoformat(), frequency).number == begin.number + at
        assert moment(after.isoformat(), frequency).number == begin.number + at + 1


def test_a_period_in_a_sentence():
    month, week, number = (
        Calendar(frequency, moment(text, frequency).number, 1, numbered=numbered).text(0)
        for frequency, text, numbered in ((MONTH, "2024-03", False), (WEEK, "2024-W07", False), (WEEK, "17", True))
    )
    assert (month, week, number) == ("maart 2024", "week 7 van 2024", "week 17")
