"""Days, months, quarters and years as publishers write them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wijkdata.dutch import MONTHS
from wijkdata.periods import Period
from wijkdata.sources.reading.periods import is_provisional, iso_day, period, why_no_period

WRITTEN = {
    2014: ["2014", " 2014 ", "2014JJ00", "2014*", "2014**", "2014 *", "1-1-2014", "01/01/2014", "1 januari 2014", "1 jan. 2014"],
    202111: ["november 2021", "nov. 2021", "Nov 2021", "NOVEMBER  2021", "2021 november", "2021MM11", "2021M11", "11-2021",
             "11/2021", "2021-11", "2021/11", "202111", "2021-11-01", "2021-11-01T00:00:00", "2021-11-01 00:00:00", "15-11-2021",
             "15 november 2021", "2021-11-15", "november 2021*", "2021MM11*"],
    201810: ["2018MM10", "2018M10", "10-2018", "oktober 2018", "okt 2018", "october 2018", "1-10-2018"],
    201803: ["maart 2018", "mrt 2018", "mrt. 2018", "march 2018", "2018M3", "3-2018", "03-2018", "2018MM03"],
    201401: ["2014-01", "2014-01-01", "januari 2014", "2014MM01", "31-1-2014"],
    20222: ["2022KW02", "2022-Q2", "2022Q2", "2022 Q2", "2022 K2", "2e kwartaal 2022", "2e kwartaal van 2022", "2 kwartaal 2022",
            "2022 2e kwartaal", "Q2 2022", "Q2-2022", "kwartaal 2 2022", "kw2 2022", "2022KW02*"],
}  # fmt: skip
CAUSES = {
    "2018W101": "een week", "2018W10": "een week", "2018-W10": "een week", "week 10 2018": "een week", "2018 week 10": "een week",
    "2018/2019": "meer jaren", "2018/'19": "meer jaren", "2018-2020": "meer jaren", "2018 t/m 2020": "meer jaren",
    "": "ontbreekt", "31-2-2022": "geen periode", "2014-13": "geen periode", "0014": "geen periode", "2o14": "geen periode",
    "13-2022": "geen periode", "2022KW05": "geen periode", "5e kwartaal 2022": "geen periode", "novembre 2021": "geen periode",
    "november": "geen periode", "2014.5": "geen periode", "Totaal": "geen periode", "1989": "geen periode", "20222": "geen periode",
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), [(text, code) for code, texts in WRITTEN.items() for text in texts])
def test_one_period_in_many_hands(text, code):
    assert period(text) == code
    assert is_provisional(text) is ("*" in text)


@pytest.mark.parametrize(("text", "words"), CAUSES.items())
def test_what_is_no_period_is_refused_with_its_cause(text, words):
    assert period(text) is None
    assert words in why_no_period(text)


PERIODS = st.integers(1990, 2100).flatmap(
    lambda year: st.one_of(
        st.just(Period(year)),
        st.integers(1, 12).map(lambda month: Period(year, month)),
        st.integers(1, 4).map(lambda quarter: Period(year, quarter=quarter)),
    )
)


@given(PERIODS, st.sampled_from(["", "*", " ", "**"]))
def test_what_wijkdata_writes_it_reads_again(one, mark):
    assert period(one.text + mark) == one.code
    assert Period.of(one.code) == one


@given(st.dates(), st.booleans())
def test_a_day_is_its_month_and_the_first_of_january_the_year(day, in_words):
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}" if in_words else f"{day.day}-{day.month}-{day.year}"
    expected = day.year if (day.month, day.day) == (1, 1) else day.year * 100 + day.month
    assert period(text) == (expected if 1990 <= day.year <= 2100 else None)


@given(st.text(max_size=14))
@example("２０１４")
def test_any_text_is_a_period_that_exists_or_none(text):
    code = period(text)
    assert code is None or 1990 <= Period.of(code).year <= 2100
    assert why_no_period(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-04-30T12:00:00", "2026-04-30"),
        ("2026-04-30", "2026-04-30"),
        ("2026-04-31", None),
        ("2026-4-3", None),
        ("april 2026", None),
        ("", None),
    ],
)
def test_a_day_that_does_not_exist_is_no_day(text, day):
    assert iso_day(text) == day
