"""Years and months as one integer."""

import math
from datetime import date

import pandas as pd
import pytest

from wijkdata import periods
from wijkdata.periods import Period


@pytest.mark.parametrize(
    ("code", "period", "text", "moment"),
    [
        (2022, Period(2022), "2022", 2022.0),
        (20222, Period(2022, quarter=2), "2e kwartaal 2022", 2022 + 90 / 365),
        (20224, Period(2022, quarter=4), "4e kwartaal 2022", 2022 + 273 / 365),
        (202301, Period(2023, 1), "januari 2023", 2023.0),
        (202304, Period(2023, 4), "april 2023", 2023 + 90 / 365),
        (202412, Period(2024, 12), "december 2024", 2024 + 335 / 366),
    ],
)
def test_a_period_is_a_year_a_quarter_or_a_month(code, period, text, moment):
    assert Period.of(code) == period
    assert (period.code, period.text, period.decimal_year) == (code, text, pytest.approx(moment))
    assert periods.is_year(code) is (period.month == period.quarter == 0)


def test_periods_sort_in_time():
    in_time = [2022, 20221, 202201, 202203, 20222, 202204, 202212, 2023, 20231, 202301]
    mixed = sorted(Period.of(code) for code in sorted(in_time))
    assert [one.code for one in mixed] == in_time


def test_the_years_of_a_column():
    assert periods.are_years(pd.Series([2022, 20221, 202301, 9999, 10_000])).tolist() == [
        True,
        False,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ([2014, 2018, 2022], "2014, 2018 en 2022"),
        ([202304, 202306], "april 2023 en juni 2023"),
        ([202304, 202305, 202306], "april 2023 tot en met juni 2023"),
        ([202312, 202401], "december 2023 en januari 2024"),
        ([202001, 202103, 202104, 202105, 202106, 202209], "6 maanden van januari 2020 tot en met september 2022"),
        ([2022, 202301, 202302, 202303], "2022 en januari 2023 tot en met maart 2023"),
        ([20221, 20222, 20223], "1e kwartaal 2022 tot en met 3e kwartaal 2022"),
        ([20214, 20221], "4e kwartaal 2021 en 1e kwartaal 2022"),
        ([2020, 20212, 202203], "2020, 2e kwartaal 2021 en maart 2022"),
        ([20151, 20153, 20161, 20171, 20181, 20191], "6 kwartalen van 1e kwartaal 2015 tot en met 1e kwartaal 2019"),
        ([], ""),
    ],
)
def test_when_figures_are_of(codes, text):
    assert periods.when_text(codes) == text


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2018, 1, 1), 2018.0),
        (date(2018, 12, 31), 2018 + 364 / 365),
        (date(2020, 7, 2), 2020.5),
        (date(2020, 12, 31), 2020 + 365 / 366),
    ],
)
def test_a_day_as_a_year(day, year):
    assert periods.decimal_year(day) == pytest.approx(year)


def test_an_unknown_day_is_no_year():
    assert math.isnan(periods.decimal_year(None))
