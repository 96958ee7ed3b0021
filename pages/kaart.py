"""Kaart: waar is het zo?"""

from wijkdata.ui import address, blocks, shell
from wijkdata.ui.kaart import card, comparison, page

shell.guard()
view = page.ask()
if view is not None:
    if blocks.figure("", "", view.answer.text.short, view.answer.fictional):
        if address.presenting():
            page.figure(view)
        else:
            with view.places.map:
                page.figure(view)
            with view.places.table:
                page.table(view)
            with view.places.beside:
                card.show(view)
    comparison.compare(view)
