"""Werksessie: wat raadt, herkent en kiest een zaal, en wat spreekt ze af?"""

from wijkdata.ui import shell
from wijkdata.ui.werksessie import agreements, navigation, overview, page, prepare, room

shell.guard()
view, answer = navigation.ask()
if answer is None:
    overview.show()
else:
    page.head(answer)
    if view == navigation.PREPARE:
        prepare.show(answer)
    elif view == navigation.RUN:
        room.show(answer)
    else:
        agreements.show(answer)
    page.back()
