"""Every topic at once in words and a table: made of the fields of a row, never of its sentences."""

from tests.tokens import layout, tokenised
from wijkdata.questions.voor_en_na.answer import TopicRow
from wijkdata.ui.voor_en_na import topics

ROWS = (
    TopicRow("a", "Ervaren samenhang", "+1,02 punt", "van +0,92 tot +1,11", 0.005, 0.02, True, ""),
    TopicRow("b", "Eenzaam", "+0,1 procentpunt", "", None, None, False, ""),
    TopicRow("c", "Vertrouwen", "", "", None, None, False, "Er is maar één meting vóór de start."),
    TopicRow(
        "d", "Samenhang, verschil", "", "", None, None, False, "Beweegt precies als Ervaren samenhang.", alike=True
    ),
)


def test_what_stands_out_and_what_has_no_answer():
    assert topics._summary(ROWS) == (
        "Van 2 onderwerpen springt er een uit, ook als meetelt dat er zoveel bekeken zijn: Ervaren samenhang. Wie veel onderwerpen "
        "bekijkt, vindt er door toeval allicht een. Voor 1 onderwerp is geen eerlijk antwoord te geven."
    )
    assert topics._summary(ROWS[1:]).startswith("Van 1 onderwerp springt er geen uit")
    table = topics._table(ROWS)
    assert list(table["Verschil"]) == ["+1,02 punt", "+0,1 procentpunt", "geen antwoord", "geen antwoord"]
    assert list(table["Marge"]) == ["van +0,92 tot +1,11", "", "", ""]
    assert list(table["Springt eruit"]) == ["ja", "nee", "", ""]


def test_the_same_layout_without_the_words():
    assert layout(topics._table(tokenised(ROWS))) == layout(topics._table(ROWS))
    assert list(topics._table(tokenised(ROWS))["Springt eruit"]) == ["ja", "nee", "", ""]
