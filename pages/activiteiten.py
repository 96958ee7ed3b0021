"""Activiteiten: wat doen bewoners en partners, waar, met wie, met welk doel?"""

from wijkdata.ui import shell
from wijkdata.ui.activiteiten import coverage, detail, files, form, navigation, offers, register

shell.guard()
view, chosen = navigation.ask()
if view == navigation.REGISTER:
    register.show()
    offers.on_register()
elif view == navigation.COVERAGE:
    coverage.show()
elif view == navigation.FILES:
    files.show()
elif view == navigation.DETAIL:
    detail.show(chosen)
    form.say_saved()
else:
    form.show(chosen)
