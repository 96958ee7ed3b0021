"""Years in which not the same indicators counted: what is compared, and that more files never end a comparison."""

import pandas as pd
import pytest
from analysis_examples import entry, inhabitants, moments, observations, wijken
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkdata.analysis.chained import chained
from wijkdata.analysis.pillars import pillar_scores
from wijkdata.analysis.zscores import Reference
from wijkdata.areas import Level

CODES = wijken(3)
NAMES = ("p1", "p2", "p3")
# Mean 0 and sd 1 make z equal to the value; the pillar's own sd makes one z of the mean 15 points.
UNIT = {**dict.fromkeys(NAMES, (0, 1)), "pillar:fysiek": (0, 1)}
ENTRIES = [entry(name, theme="a") for name in NAMES]


def table(measured, codes=CODES):
    """The chained scores of the first area by year: score, made_of. measured: (indicator, year) -> value everywhere."""
    rows = {(code, name, year): value for code in codes for (name, year), value in measured.items()}
    reference = Reference(moments(UNIT), Level.WIJK, inhabitants(codes), maximum_age=0)
    found = pillar_scores(observations(rows), ENTRIES, reference, sorted({year for _, year in measured}))
    fresh = found.table[found.table["n_expected"] > 0].assign(fresh=True)
    result, _ = chained(fresh, found.details, found.expected, ENTRIES, reference)
    return result[result["code"] == codes[0]].set_index("period")[["score", "made_of"]]


@pytest.mark.parametrize(
    ("measured", "score", "made_of"),
    [
        pytest.param(
            {("p1", 2014): 0, ("p1", 2022): 1}, {2014: 100, 2022: 115}, {2014: 2022, 2022: 2022}, id="the same figures"
        ),
        pytest.param(
            {("p1", 2014): 0, ("p2", 2014): 2, ("p1", 2022): 1},
            {2014: 100, 2022: 115},
            {2014: 2022, 2022: 2022},
            id="what the newest no longer has drops out",
        ),
        pytest.param(
            {("p1", 2014): 0, ("p1", 2022): 1, ("p2", 2022): -1},
            {2014: 85, 2022: 100},  # p1 rose by 1, 15 points, and the newest score is that of both
            {2014: 2022, 2022: 2022},
            id="what is new takes nothing away",
        ),
        pytest.param(
            {("p1", 2014): 0, ("p1", 2018): 1, ("p2", 2018): 0, ("p2", 2022): 1},
            {2014: 85, 2018: 100, 2022: 115},  # p1 rose by 1 to 2018, p2 by 1 from then
            {2014: 2022, 2018: 2022, 2022: 2022},
            id="by way of a year between",
        ),
        pytest.param(
            {("p1", 2014): 0, ("p2", 2022): 1}, {2014: 100, 2022: 115}, {2014: 2014, 2022: 2022}, id="nothing in common"
        ),
    ],
)
def test_a_year_is_compared_on_what_it_shares(measured, score, made_of):
    found = table(measured)
    assert found["made_of"].to_dict() == made_of
    assert found["score"].to_dict() == pytest.approx(score)


FILE = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from([2010, 2014, 2018, 2022])), st.integers(-2, 2), max_size=5
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FILE, min_size=2, max_size=3))
def test_one_more_file_never_ends_a_comparison(files):
    before = _pairs({key: value for one in files[:-1] for key, value in one.items()})
    after = _pairs({key: value for one in files for key, value in one.items()})
    assert before <= after


def _pairs(measured):
    """The pairs of years that may be compared."""
    made_of = table(measured)["made_of"] if measured else pd.Series(dtype=int)
    return {(a, b) for a, one in made_of.items() for b, other in made_of.items() if a < b and one == other > 0}
