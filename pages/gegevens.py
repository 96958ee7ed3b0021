"""Gegevens: welke gegevens heb ik, hoe goed zijn ze, en hoe haal ik nieuwe?"""

from wijkdata.ui import blocks, gegevens, koppelingen, shell
from wijkdata.views import stock as drawing

shell.guard()
answer = gegevens.answer()
gegevens.read_in(answer)
gegevens.show_what_will_come(answer)
if answer is not None and answer.worlds:
    found = gegevens.choose_coverage(answer)
    if blocks.figure(found.title, gegevens.coverage_lead(found), found.short, found.fictional):
        gegevens.draw_coverage(found)
        blocks.source(found.source)
        name = ("dekking", f"{found.level}{'-fictief' if found.fictional else ''}", "")
        blocks.table(drawing.describe(found), lambda: drawing.table(found), name, "dekking")
if answer is not None:
    if gegevens.section("Wat ontbreekt er nog?", "ontbreekt", "Per pijler, met het bestand dat het aanvult."):
        blocks.listing(list(answer.gaps))
    if gegevens.section("Hoe goed zijn de cijfers?", "kwaliteit"):
        blocks.listing([*answer.quality, *answer.methods])
    if gegevens.section("Welke gebieden zijn dezelfde gebleven?", "koppelingen"):
        linked = koppelingen.ask()
        if linked is not None and koppelingen.figure(linked):
            koppelingen.draw(linked)
    if gegevens.section("Welke bestanden zijn ingelezen?", "bestanden"):
        gegevens.reports(answer)
if gegevens.has_stands() and gegevens.section("Terug naar een eerdere stand", "terug"):
    gegevens.going_back()
if gegevens.section("Waar staan de gegevens?", "map"):
    gegevens.folder()
