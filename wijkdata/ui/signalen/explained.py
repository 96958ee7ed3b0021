"""What explains and places a signal: its yearly figure, and whether areas lie among areas like themselves."""

from wijkdata.questions.signalen.answer import SignalItem, SignalsAnswer
from wijkdata.ui import address, blocks
from wijkdata.views.signalen import surroundings, words, yearly


def years(answer: SignalsAnswer, item: SignalItem) -> None:
    """Draw the yearly figure of a signal with its change of level; in words why not where too few years are known."""
    if address.presenting() and not item.yearly.known:
        return
    if not blocks.figure(yearly.title(item), yearly.lead(item), yearly.short(item), answer.fictional):
        return
    if item.yearly.known:
        blocks.chart(yearly.chart, item, yearly.alt_text(item), "signaal_jaren", answer.fictional, "Per jaar")
        name = (item.category, item.name, "per-jaar")
        blocks.source(words.yearly_source(answer, item))
        blocks.table(yearly.alt_text(item), lambda: yearly.table(item), name, "jaren")


def around(answer: SignalsAnswer) -> None:
    """Draw which areas lie among areas like themselves; in words why not where that cannot be told."""
    nearby = answer.surroundings
    if address.presenting() and nearby.why_not is not None:
        return
    lead = surroundings.LEAD if nearby.why_not is None else ""
    if not blocks.figure(surroundings.title(answer), lead, surroundings.SHORT, answer.fictional):
        return
    if nearby.why_not is not None:
        blocks.listing([("", surroundings.why_not(answer), "")])
        return
    blocks.listing(surroundings.rows(answer))
    blocks.source(nearby.source)
    name = ("buren", answer.name, "")
    blocks.table(surroundings.description(answer), lambda: surroundings.table(answer), name, "buren")
