"""Which answers a phone may give, and how they are counted."""

import pytest

from wijkdata.questions.werksessie import phone
from wijkdata.questions.werksessie.answer import Asked
from wijkdata.store.participation import room

CHOICE = Asked("a", room.GUESS, "?", {"meer": "meer", "minder": "minder"})
NUMBER = Asked("a", room.GUESS, "?", decimals=1)
DOTS = Asked("", room.DOTS, "?", {key: key for key in "abcd"}, most=3)


@pytest.mark.parametrize(
    ("asked", "typed", "counted"),
    [
        (CHOICE, ["meer"], ["meer"]),
        (CHOICE, ["Meer"], []),
        (CHOICE, ["meer", "minder"], []),
        (CHOICE, [], []),
        (NUMBER, ["12"], ["12.0"]),
        (NUMBER, ["12,04"], ["12.0"]),
        (NUMBER, ["1.234,5"], ["1234.5"]),
        (NUMBER, ["-0,01"], ["0.0"]),
        (NUMBER, ["-3"], ["-3.0"]),
        (NUMBER, ["9999999999"], []),
        (NUMBER, ["oneindig"], []),
        (NUMBER, ["1", "2"], []),
        (DOTS, ["a", "b", "c"], ["a", "b", "c"]),
        (DOTS, ["a", "a"], ["a"]),
        (DOTS, ["a", "b", "c", "d"], []),
        (DOTS, ["x"], []),
    ],
)
def test_answers(asked, typed, counted):
    assert phone.read(asked, typed) == counted


@pytest.mark.parametrize(
    ("typed", "options"), [("a; b ;; a", ["a", "b"]), ("", []), (" ; ", []), ("een, twee", ["een, twee"])]
)
def test_choices(typed, options):
    assert phone.choices(typed) == options
