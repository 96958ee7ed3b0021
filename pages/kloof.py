"""Kloof: lopen kwetsbare en prettige wijken uiteen?"""

from wijkdata.ui import blocks, shell
from wijkdata.ui.kloof import page
from wijkdata.views.kloof import drawing

shell.guard()
answer = page.ask()
if answer is not None:
    name = page.file_name(answer)
    fictional = answer.fictional
    if blocks.figure(page.TITLE_PANELS, page.lead(answer), answer.short, fictional):
        page.panels(answer)
        blocks.source(answer.source)
        blocks.table(drawing.describe(answer), lambda: drawing.table(answer), ("kloof", *name), "kloof")
    if page.has_groups(answer) and blocks.figure(
        page.groups_title(answer), page.groups_lead(answer), page.GROUPS_SHORT, fictional
    ):
        page.groups(answer)
        blocks.source(page.groups_source(answer))
        blocks.table(
            page.groups_description(answer), lambda: drawing.groups_table(answer), ("groepen", *name), "groepen"
        )
    blocks.read_this(page.read_this(answer))
