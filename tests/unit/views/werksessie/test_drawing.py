"""What the room answered, as drawings and sentences made of its numbers."""

import pytest

from wijkdata.questions.werksessie.answer import Asked, Moment, Outcome, Phone, Truth
from wijkdata.views.shared.theme import LIGHT
from wijkdata.views.werksessie import drawing, phone, words

CHOICE = Asked("a", "raad", "Hoe ging het?", {"op": "omhoog", "neer": "omlaag"})
NUMBER = Asked("a", "raad", "Hoeveel?", unit="%", decimals=1)


def chosen(**counts) -> Outcome:
    return Outcome(CHOICE, counts, sum(counts.values()), 0, shown=True)


def guessed(**counts) -> Outcome:
    numbers = {name.strip("n").replace("_", "."): n for name, n in counts.items()}
    return Outcome(NUMBER, numbers, sum(numbers.values()), 0, shown=True)


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        (chosen(op=0, neer=0), "Nog geen antwoorden"),
        (chosen(op=3, neer=1), "Minder dan 5 antwoorden"),
        (chosen(op=3, neer=9), "Het meest: ‘omlaag’, 9 van de 12"),
        (chosen(op=4, neer=4), "Evenveel voor ‘omhoog’ en ‘omlaag’: 4"),
        (guessed(n10=2, n12=3, n80=1), "De middelste schatting van de zaal: 12,0"),
        (guessed(n10=3, n12=3), "De middelste schatting van de zaal: 11,0"),
    ],
)
def test_the_title_says_what_the_room_answered(outcome, says):
    assert words.room_title(outcome).startswith(says)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (Truth("op", period=2024), "De cijfers zeggen in 2024: op."),
        (Truth(number=12.26, period=2020), "De cijfers zeggen in 2020: 12,3 %."),
        (Truth(), "niets zeker genoeg"),
    ],
)
def test_what_the_figures_say(found, says):
    assert says in words.truth(found, NUMBER)


@pytest.mark.parametrize(
    ("counts", "columns"),
    [
        ({"n10": 5}, [(10.0, 5)]),
        ({"n10": 1, "n10_1": 2}, [(10.0, 1), (10.1, 2)]),
        ({"n0": 1, "n100": 4}, [(0, 1), (100, 4)]),
        ({"n10": 1, "n1000000": 1}, [(0, 1), (1_000_000, 1)]),
    ],
)
def test_guesses_fall_into_few_round_columns_and_none_is_lost(counts, columns):
    rows = drawing.binned(guessed(**counts), Truth())
    filled = rows[rows["n"] > 0]
    assert [(pytest.approx(one), n) for one, n in columns] == list(zip(filled["from"], filled["n"], strict=True))
    assert len(rows) <= drawing.MOST_COLUMNS + 1
    widths = (rows["until"] - rows["from"]).round(9).unique()
    assert len(widths) == 1 and f"{widths[0]:.0e}"[0] in "125"


@pytest.mark.parametrize(
    ("outcome", "found"), [(chosen(op=3, neer=9), Truth("op")), (guessed(n10=2, n12=3), Truth(number=40.0))]
)
def test_the_drawing_holds_what_the_alternative_says(outcome, found):
    view = drawing.bars if outcome.asked.options else drawing.columns
    spec = str(view((outcome, found), LIGHT).to_dict())
    alt = words.outcome_alt(outcome, found)
    assert LIGHT.acc in spec and f"{outcome.n} antwoorden" in alt
    assert list(drawing.table(outcome)["Aantal"]) == list(outcome.counts.values())


@pytest.mark.parametrize(
    ("asked", "has", "lacks"),
    [
        (CHOICE, ['name="antwoord" value="op"', "omhoog</button>"], ["checkbox"]),
        (NUMBER, ['inputmode="decimal"', "Uw schatting (%)"], ["checkbox"]),
        (
            Asked("", "stippen", "Wat?", {"a": "<b>x"}, most=3),
            ['type="checkbox"', "&lt;b&gt;x", "hoogstens 3"],
            ["<b>x"],
        ),
    ],
)
def test_a_phone_has_a_form_and_no_script(asked, has, lacks):
    page = phone.page(Phone(Moment.ASKED, "Titel", asked=asked))
    assert all(part in page for part in has)
    assert not any(part in page for part in [*lacks, "<script", "http-equiv", "http://", "https://"])


@pytest.mark.parametrize(
    ("moment", "again"), [(Moment.WAITING, True), (Moment.VOTED, True), (Moment.CLOSED, False), (Moment.UNKNOWN, False)]
)
def test_a_phone_that_waits_asks_again_by_itself(moment, again):
    assert ('http-equiv="refresh"' in phone.page(Phone(moment))) is again
