"""Activiteiten: wat doen bewoners en partners, waar, met wie, met welk doel?"""

from wijkdata.ui import (
    activiteiten,
    activity_coverage,
    activity_detail,
    activity_files,
    activity_form,
    activity_offers,
    activity_register,
    shell,
)

shell.guard()
view, chosen = activiteiten.ask()
if view == activiteiten.REGISTER:
    activity_register.show()
    activity_offers.on_register()
elif view == activiteiten.COVERAGE:
    activity_coverage.show()
elif view == activiteiten.FILES:
    activity_files.show()
elif view == activiteiten.DETAIL:
    activity_detail.show(chosen)
    activity_form.say_saved()
else:
    activity_form.show(chosen)
