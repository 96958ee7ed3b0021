"""The remedy for a code that is not there, also in a file that is wrong on every row."""

import time

import pytest

from wijkdata.loading.activities.checks import _nearest

COUNTRY = {f"WK{gemeente:04d}{wijk:02d}": f"wijk {wijk}" for gemeente in range(1, 343) for wijk in range(50)}


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("WK0123O4", "het meest lijkt WK012304 erop (wijk 4)"),  # the letter O
        ("WK012399", "het meest lijkt WK012349 erop (wijk 49)"),
        ("WK01234", "het meest lijkt WK012349 erop (wijk 49)"),
        ("XX999999", "verbeter de code"),
    ],
)
def test_the_code_that_looks_most_like_it(code, remedy):
    assert _nearest(code, COUNTRY) == remedy


@pytest.mark.parametrize("code", ["WK012399", "XX999999", "BU01230101"])
def test_a_mistake_on_every_row_of_a_long_file_is_said_soon(code):
    begin = time.process_time()
    for _ in range(200):
        _nearest(code, COUNTRY)
    assert time.process_time() - begin < 5  # it was 50 seconds
