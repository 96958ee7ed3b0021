"""Overzicht: hoe staat het ervoor in deze gemeente?"""

from wijkdata.ui import shell
from wijkdata.ui.overzicht import page

shell.guard()
answer = page.ask()
if answer is not None:
    page.tiles(answer)
    page.paths(answer)
    page.activities(answer)
    page.absent(answer)
