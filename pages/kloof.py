"""Kloof: lopen kwetsbare en prettige wijken uiteen?"""

from functools import partial

from wijkdata.ui import blocks, shell
from wijkdata.ui.kloof import page
from wijkdata.views.kloof import drawing, words

shell.guard()
answer = page.ask()
if answer is not None:
    name = page.file_name(answer)
    fictional = answer.fictional
    if blocks.figure(words.TITLE_PANELS, words.lead(answer), answer.short, fictional):
        page.panels(answer)
        blocks.source(answer.source)
        blocks.table(drawing.describe(answer), partial(drawing.table, answer), ("kloof", *name), "kloof")
    if page.further(answer):
        page.further_panels(answer)
        blocks.source(answer.source)
    groups = answer.panel.chosen(page.earlier(answer))
    if groups is not None and blocks.figure(
        words.groups_title(answer, groups),
        words.groups_lead(answer, groups),
        words.groups_short(answer, groups),
        fictional,
    ):
        description = words.groups_description(answer, groups)
        page.groups(answer, description)
        blocks.source(words.groups_source(answer, groups), words.groups_short_source(answer, groups))
        blocks.table(description, partial(drawing.groups_table, answer), ("groepen", *name), "groepen")
    page.read_this(answer)
