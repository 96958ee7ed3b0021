"""Overzicht: hoe staat het ervoor in deze gemeente?"""

from wijkdata.ui import overzicht, shell

shell.guard()
answer = overzicht.ask()
if answer is not None:
    overzicht.tiles(answer)
    overzicht.paths(answer)
    overzicht.activities(answer)
