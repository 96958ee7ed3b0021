"""Gegevens: welke gegevens heb ik, hoe goed zijn ze, en hoe haal ik nieuwe?"""

from wijkdata.ui import blocks, shell
from wijkdata.ui.gegevens import changed, editions, links, page, ways
from wijkdata.views.gegevens import coverage, words

shell.guard()
stock = page.answer()
page.read_in(stock)
page.show_what_will_come(stock)
if stock is not None and stock.datasets:
    answer = page.choose_coverage(stock)
    if blocks.figure(answer.title, words.coverage_lead(answer), answer.short, answer.fictional):
        page.draw_coverage(answer)
        blocks.source(answer.source)
        name = ("dekking", f"{answer.level}{'-fictief' if answer.fictional else ''}", "")
        blocks.table(words.coverage_text(answer), lambda: coverage.table(answer), name, "dekking")
    if page.section("Wat veranderde er in de cijfers?", "veranderd"):
        changed.show(stock)
if stock is not None:
    if page.section("Wat ontbreekt er nog?", "ontbreekt", "Per pijler, met het bestand dat het aanvult."):
        blocks.listing(list(stock.gaps))
    if stock.datasets and not stock.fictional and page.section("Hoe oud zijn de cijfers?", "leeftijd"):
        page.ages()
    if page.section("Hoe goed zijn de cijfers?", "kwaliteit"):
        blocks.listing([*stock.quality, *stock.methods])
    if page.section("Welke gebieden zijn dezelfde gebleven?", "koppelingen"):
        linked = links.ask()
        if linked is not None and links.figure(linked):
            links.draw(linked)
        if linked is not None:
            ways.draw(linked)
    if stock.datasets and page.section("Alles van een gemeente meenemen", "alles", page.EVERYTHING):
        page.take_along()
    if page.section("Welke bestanden zijn ingelezen?", "bestanden"):
        page.reports(stock)
if page.has_snapshots() and page.section("Terug naar een eerdere stand", "terug"):
    page.going_back()
    if stock is not None:
        editions.going_back()
if page.section("Waar staan de gegevens?", "map"):
    page.folder()
page.follow()
