"""Tables of changes, directly and by way of the years between: what is one area, what a union, what a part."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harmonise_examples import area, division, evidence, triples
from wijkdata.analysis.harmonise.evidence import Evidence, link_to
from wijkdata.analysis.harmonise.tables import along, by_tables, path_of_years, steps_of
from wijkdata.areas import Level

A, B, C, D, E = (f"WK0014{number:02d}" for number in range(1, 6))
COLUMNS = ["code_from", "year_from", "code_to", "year_to", "share_from", "share_to"]


def table(*counts):
    """Shares of pairs counted in addresses: (from, year, to, year, n)."""
    frame = pd.DataFrame(counts, columns=[*COLUMNS[:4], "n"])
    years = ["year_from", "year_to"]
    shares = {
        f"share_{end}": frame["n"] / frame.groupby([*years, f"code_{end}"])["n"].transform("sum")
        for end in ("from", "to")
    }
    return frame.assign(**shares)[COLUMNS]


def found(tables, first, last):
    return triples(by_tables(steps_of(tables), first, last))


CHAINS = [
    pytest.param([(A, 19, B, 20, 100), (B, 20, C, 21, 100)], {(A, C, "B")}, id="recoded twice"),
    pytest.param([(A, 19, B, 20, 100), (B, 20, A, 21, 100)], {(A, A, "A")}, id="back under its code"),
    pytest.param(
        [(A, 19, A, 20, 50), (B, 19, B, 20, 50), (A, 20, C, 21, 50), (B, 20, C, 21, 50)],
        {(A, C, "C"), (B, C, "C")},
        id="merged in the second year",
    ),
    pytest.param(
        [(A, 19, C, 20, 50), (B, 19, C, 20, 50), (C, 20, A, 21, 50), (C, 20, B, 21, 50)],
        {(A, A, "D"), (A, B, "D"), (B, A, "D"), (B, B, "D")},
        id="merged, then split: nobody knows any more whose is whose",
    ),
    pytest.param(
        [(A, 19, B, 20, 40), (A, 19, C, 20, 60), (B, 20, A, 21, 40), (C, 20, A, 21, 60)], {(A, A, "A")}, id="split, then merged"
    ),
    pytest.param(
        [(A, 19, B, 20, 50), (A, 19, C, 20, 50), (B, 20, B, 21, 50), (C, 20, C, 21, 50)],
        {(A, B, "D"), (A, C, "D")},
        id="split in the first year",
    ),
    pytest.param([(A, 19, B, 20, 1000), (A, 19, C, 20, 5), (C, 19, C, 20, 900)], {(A, B, "B"), (C, C, "A")}, id="five houses of a thousand"),
    pytest.param([(A, 19, B, 20, 100)], set(), id="the second year is not there"),
    pytest.param([(A, 19, B, 20, 100), (C, 20, D, 21, 100)], set(), id="the way ends in between"),
    pytest.param([(A, 19, B, 20, 50), (A, 19, C, 20, 50), (B, 20, B, 21, 50)], set(), id="of a part the way ends"),
    pytest.param([(A, 19, C, 21, 100), (A, 19, B, 20, 100), (B, 20, B, 21, 100)], {(A, C, "B")}, id="a table of both years goes first"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), CHAINS)
def test_from_2019_to_2021_by_way_of_2020(rows, expected):
    rows = [(one, 2000 + first, two, 2000 + last, n) for one, first, two, last, n in rows]
    last = 2021 if any(row[3] == 2021 for row in rows) or not expected else 2020
    assert found(table(*rows), 2019, last) == expected


def test_what_a_house_or_two_a_year_take_off_does_not_add_up_to_another_area_in_seven_years():
    rows = [(A, year, A, year + 1, 994) for year in range(2019, 2026)]
    rows += [(A, year, B, year + 1, 6) for year in range(2019, 2026)]
    assert (A, A, "A") in found(table(*rows), 2019, 2026)
    far = [(code, first, to, last, 90 if to == A else 10) for code, first, to, last, _ in rows]
    far += [(B, year, B, year + 1, 500) for year in range(2020, 2026)]
    assert (A, A, "D") in found(table(*far), 2019, 2026)


@pytest.mark.parametrize(
    ("pairs", "ends", "path"),
    [
        ([(2019, 2020), (2020, 2021)], (2019, 2021), (2019, 2020, 2021)),
        ([(2019, 2020), (2020, 2021), (2019, 2021)], (2019, 2021), (2019, 2020, 2021)),
        ([(2019, 2020), (2019, 2022), (2022, 2023)], (2019, 2023), (2019, 2022, 2023)),
        ([(2019, 2020), (2020, 2021)], (2021, 2019), (2021, 2020, 2019)),
        ([(2019, 2020)], (2019, 2021), ()),
        ([(2018, 2021), (2018, 2019)], (2019, 2021), ()),
    ],
)
def test_the_way_goes_in_the_smallest_steps_and_never_back(pairs, ends, path):
    rows = [(A, first, A, last, 10) for first, last in pairs]
    assert path_of_years(steps_of(table(*rows)), *ends) == path


COUNTS = st.lists(st.integers(0, 40), min_size=9, max_size=9)


@settings(max_examples=60, deadline=None)
@given(COUNTS, COUNTS)
def test_along_a_way_no_address_is_lost_or_counted_twice(first, second):
    """Counts are kept: the parts of an area are all of it, and what is spread over the last year is the total of the first."""
    names = [A, B, C]
    rows = [(names[n // 3], 2019, names[n % 3], 2020, one) for n, one in enumerate(first) if one]
    arrived = {row[2] for row in rows}
    rows += [
        (names[n // 3], 2020, names[n % 3], 2021, 1 + one) for n, one in enumerate(second) if names[n // 3] in arrived
    ]
    if not arrived:
        return
    pairs = along(steps_of(table(*rows)), (2019, 2020, 2021))
    for end in ("from", "to"):
        assert pairs.groupby(f"code_{end}")[f"share_{end}"].sum().to_numpy() == pytest.approx(1.0, abs=1e-9)


# --- what really happened, in made tables of the real shape ---------------------------------------------------------

GRONINGEN, HAREN, TEN_BOER = "WK001401", "WK001702", "WK000903"
REAL = [
    pytest.param(
        [(GRONINGEN, 2018, GRONINGEN, 2019, 900), (HAREN, 2018, "WK001420", 2019, 400), (TEN_BOER, 2018, "WK001430", 2019, 300)],
        (2018, 2019),
        {(GRONINGEN, GRONINGEN, "A"), (HAREN, "WK001420", "B"), (TEN_BOER, "WK001430", "B")},
        id="Groningen takes Haren and Ten Boer in, 2019",
    ),
    pytest.param(
        [("WK045700", 2022, "WK0363SA", 2023, 500), ("WK045701", 2022, "WK0363SA", 2023, 300), ("WK036301", 2022, "WK036301", 2023, 200)],
        (2022, 2023),
        {("WK045700", "WK0363SA", "C"), ("WK045701", "WK0363SA", "C"), ("WK036301", "WK036301", "A")},
        id="Weesp becomes one wijk of Amsterdam, 2022",
    ),
    pytest.param(
        [("WK036300", 2021, "WK0363AA", 2022, 600), ("WK036301", 2021, "WK0363AB", 2022, 350), ("WK036301", 2021, "WK0363AC", 2022, 250)],
        (2021, 2022),
        {("WK036300", "WK0363AA", "B"), ("WK036301", "WK0363AB", "D"), ("WK036301", "WK0363AC", "D")},
        id="Amsterdam gets letters, one wijk is split",
    ),
    pytest.param(
        [("WK028900", 2017, f"WK0289{n:02d}", 2018, 900 + n) for n in range(1, 9)]
        + [("WK028901", 2017, f"WK0289{n:02d}", 2018, 200 + n) for n in range(8, 13)],
        (2017, 2018),
        {("WK028900", f"WK0289{n:02d}", "D") for n in range(1, 9)} | {("WK028901", f"WK0289{n:02d}", "D") for n in range(8, 13)},
        id="Wageningen goes from two wijken to twelve, 2018",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "years", "expected"), REAL)
def test_real_changes_come_out_right(rows, years, expected):
    assert found(table(*rows), *years) == expected


@pytest.mark.parametrize(("rows", "years", "expected"), REAL)
def test_tables_go_before_borders_names_and_people(rows, years, expected):
    """Every area has the border, the name and the people of one of the other year that it is not."""
    tables = table(*rows)
    codes = [sorted({row[0] for row in rows}), sorted({row[2] for row in rows})]
    before, after = (
        division(
            year,
            *[area(code, f"Plaats {n}", (2 * n, 0, 2 * n + 2, 2), 1_000 + n, land=400) for n, code in enumerate(own)],
        )
        for year, own in zip(years, codes, strict=True)
    )
    known = Evidence(Level.WIJK, [before, after], tables.assign(klass=None, decided=False))
    links = link_to(before, after, after.areas.index, known)
    assert triples(links) == expected
    assert evidence(links) == {"tabel"}
