"""The sentences of `signals --series`."""

from wijkdata import dutch
from wijkdata.questions.series.reading import Read
from wijkdata.questions.shared import watch_words


def notes(table: Read, outside: int) -> list[str]:
    """Say what was left out of a table, and what was taken to be something."""
    lines, calendar = [], table.calendar
    if table.no_place:
        rows = dutch.count(table.no_place, "rij", "rijen")
        lines.append(f"{rows} zonder gebied {'telt' if table.no_place == 1 else 'tellen'} in geen gebied mee.")
    if table.incomplete:
        lines.append(f"De laatste periode, {calendar.text(calendar.n - 1)}, is niet compleet en wordt niet beoordeeld.")
    if table.counts.gaps:
        lines.append(watch_words.gaps(calendar, table.counts.gaps))
    if table.zeros:
        lines.append("Een gebied zonder rij in een periode had daar 0 meldingen: nullen staan niet in deze tabel.")
    if outside:
        events = dutch.count(outside, "gebeurtenis", "gebeurtenissen")
        lines.append(f"{events} {'valt' if outside == 1 else 'vallen'} buiten de reeks.")
    return lines
