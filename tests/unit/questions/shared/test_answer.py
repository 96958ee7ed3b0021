"""The parts that answers share: a source line joins its parts last."""

import pytest

from wijkdata.questions.shared.answer import SourceLine


@pytest.mark.parametrize(
    ("line", "text", "short"),
    [
        (SourceLine("Bron: CBS, 2022"), "Bron: CBS, 2022.", "Bron: CBS, 2022."),
        (
            SourceLine("Bron: CBS, 2022", True, ("Eenheid: %.", "n = 3 wijken.")),
            "Bron: CBS, 2022; bewerking wijkdata. Eenheid: %. n = 3 wijken.",
            "Bron: CBS, 2022.",
        ),
        # A name with a full stop in it is not cut.
        (SourceLine("Bron: Wijken e.d. in beeld, 2022", more=("Rest.",)), "Bron: Wijken e.d. in beeld, 2022. Rest.", "Bron: Wijken e.d. in beeld, 2022."),
    ],
)  # fmt: skip
def test_a_source_line_is_whole_on_a_page_and_one_sentence_while_presenting(line, text, short):
    assert (line.text, line.short) == (text, short)
