"""Finding by what people type: any case, accents or none, parts of words, a typing error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkdata.questions.shared.searching import Texts, find, folded

ENTRIES = {
    "minimum": Texts("Rond sociaal minimum", ("armoede", "geldzorgen"), "Huishoudens met weinig inkomen."),
    "eenzaam": Texts("Ernstig eenzaam", ("eenzaamheid",), "Volwassenen die zich ernstig eenzaam voelen."),
    "jeugdzorg": Texts("Jongeren met jeugdzorg", ("jeugdhulp",), "Jongeren tot 23 jaar."),
    "gas": Texts("Gemiddeld aardgasverbruik", ("gas", "energierekening"), "Kubieke meter per woning."),
    "woz": Texts("WOZ-waarde", ("huizenprijs",), "De waarde van woningen, ook van financiële beleggers."),
    "ouder": Texts("65 jaar of ouder", ("ouderen", "vergrijzing"), "Inwoners van 65 jaar of ouder."),
}


def found(typed: str) -> tuple[list[str], bool]:
    names, nearly = find(typed, list(ENTRIES), ENTRIES.__getitem__)
    return names, nearly


@pytest.mark.parametrize(
    ("typed", "expected", "nearly"),
    [
        ("armoede", ["minimum"], False),
        ("ARMOEDE", ["minimum"], False),
        ("sociaal minimum", ["minimum"], False),
        ("sociaalminimum", ["minimum"], False),
        ("minimum van sociaal", ["minimum"], False),
        ("eenz", ["eenzaam"], False),
        ("jeugd zorg", ["jeugdzorg"], False),
        ("aardgas", ["gas"], False),
        ("verbruik", ["gas"], False),
        ("woz waarde", ["woz"], False),
        ("financiele", ["woz"], False),
        ("65+", ["ouder"], False),
        ("vergrijzingen", ["ouder"], False),
        ("minimumstanden", [], False),
        ("armode", ["minimum"], True),
        ("eenzaamhied", ["eenzaam"], True),
        ("jeugtzorg", ["jeugdzorg"], True),
        ("olifant", [], False),
        ("armoede olifant", [], False),
        ("", list(ENTRIES), False),
        ("  !? ", list(ENTRIES), False),
    ],
)
def test_what_people_type_finds_what_they_mean(typed, expected, nearly):
    assert found(typed) == (expected, nearly)


def test_a_name_goes_before_another_word_and_that_before_an_explanation():
    entries = [Texts("A", (), "over jongeren"), Texts("B", ("jongeren",)), Texts("Jongeren")]
    assert find("jongeren", entries, lambda one: one)[0] == entries[::-1]


def test_a_short_word_is_looked_for_at_the_beginning_of_a_word():
    assert find("ge", list(ENTRIES), ENTRIES.__getitem__)[0] == ["gas", "minimum"]


@given(st.text(max_size=40))
def test_any_text_is_answered(typed):
    names, _ = found(typed)
    assert set(names) <= set(ENTRIES)
    assert folded(folded(typed)) == folded(typed)


@given(st.sampled_from(sorted(ENTRIES)), st.data())
def test_one_letter_too_few_still_finds(key, data):
    word = max(folded(ENTRIES[key].name).split(), key=len)
    at = data.draw(st.integers(1, len(word) - 1))
    assert key in found(word[:at] + word[at + 1 :])[0]
