"""Gegevens: welke gegevens heb ik, hoe goed zijn ze, en hoe haal ik nieuwe?"""

from wijkdata.ui import blocks, shell
from wijkdata.ui.gegevens import links, page
from wijkdata.views.gegevens import coverage

shell.guard()
answer = page.answer()
page.read_in(answer)
page.show_what_will_come(answer)
if answer is not None and answer.worlds:
    found = page.choose_coverage(answer)
    if blocks.figure(found.title, page.coverage_lead(found), found.short, found.fictional):
        page.draw_coverage(found)
        blocks.source(found.source)
        name = ("dekking", f"{found.level}{'-fictief' if found.fictional else ''}", "")
        blocks.table(coverage.describe(found), lambda: coverage.table(found), name, "dekking")
if answer is not None:
    if page.section("Wat ontbreekt er nog?", "ontbreekt", "Per pijler, met het bestand dat het aanvult."):
        blocks.listing(list(answer.gaps))
    if page.section("Hoe goed zijn de cijfers?", "kwaliteit"):
        blocks.listing([*answer.quality, *answer.methods])
    if page.section("Welke gebieden zijn dezelfde gebleven?", "koppelingen"):
        linked = links.ask()
        if linked is not None and links.figure(linked):
            links.draw(linked)
    if page.section("Welke bestanden zijn ingelezen?", "bestanden"):
        page.reports(answer)
if page.has_snapshots() and page.section("Terug naar een eerdere stand", "terug"):
    page.going_back()
if page.section("Waar staan de gegevens?", "map"):
    page.folder()
