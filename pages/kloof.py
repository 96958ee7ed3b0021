"""Kloof: lopen kwetsbare en prettige wijken uiteen?"""

from wijkdata.ui import blocks, kloof, shell
from wijkdata.views import gap as drawing

shell.guard()
answer = kloof.ask()
if answer is not None:
    name = kloof.file_name(answer)
    fictional = answer.fictional
    if blocks.figure(kloof.TITLE_PANELS, kloof.lead(answer), answer.short, fictional):
        kloof.panels(answer)
        blocks.source(answer.source)
        blocks.table(drawing.describe(answer), lambda: drawing.table(answer), ("kloof", *name), "kloof")
    if kloof.has_groups(answer) and blocks.figure(
        kloof.groups_title(answer), kloof.groups_lead(answer), kloof.GROUPS_SHORT, fictional
    ):
        kloof.groups(answer)
        blocks.source(kloof.groups_source(answer))
        blocks.table(
            kloof.groups_description(answer), lambda: drawing.groups_table(answer), ("groepen", *name), "groepen"
        )
    blocks.read_this(kloof.read_this(answer))
