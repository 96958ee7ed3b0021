"""Everything of a gemeente as one file."""

from wijkdata import dutch
from wijkdata.questions.shared.answer import Everything
from wijkdata.views.shared import tables

_ABOUT = """Alles van {name} uit wijkdata{invented}

cijfers.csv      elk cijfer per gebied en periode, met eenheid, bron, uitgave, indeling en voorwaarden; {n}.
                 Een leeg cijfer is niet 0: reden_ontbreekt zegt waarom het er niet is.
                 voorlopig: de uitgever zal het nog herzien.
                 opgeteld_uit_gebieden: berekend uit de gebieden van toen, waar de grenzen veranderden.
                 indeling: het jaar van de gebiedsindeling waarin de uitgever het cijfer gaf.
onderwerpen.csv  wat elk onderwerp is en hoe het is gemaakt.
uitgaven.csv     de bestanden waar de cijfers uit komen, met uitgever, voorwaarden en adres.

{licences}
{colophon_text}
"""


def zipped(answer: Everything, colophon_text: str, for_excel: bool = False) -> bytes:
    """Return the three tables and a text that says what they are. colophon_text: by what and when."""
    about = _ABOUT.format(
        name=answer.name,
        invented=" (fictieve cijfers)" if answer.fictional else "",
        n=dutch.count(len(answer.figures), "rij", "rijen"),
        licences=dutch.LICENCES,
        colophon_text=colophon_text,
    )
    return tables.zip_bytes(answer.tables, about, for_excel)
