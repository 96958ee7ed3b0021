"""The divisions of one gemeente with all evidence about them, for questions about any two years of it."""

from wijkdata.analysis.harmonise import chain
from wijkdata.analysis.harmonise.assembling import assembled
from wijkdata.analysis.harmonise.chain import Chain
from wijkdata.analysis.harmonise.evidence import Evidence
from wijkdata.areas import Level
from wijkdata.questions.shared.memory import kept
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import divisions as store
from wijkdata.store.monitor.versions import Monitor


@kept(8)
def evidence(monitor: Monitor, level: Level, municipality: str) -> Evidence:
    """Return the divisions of a gemeente, of what merged into it and of what got a part of that, and what tables and persons
    say about them."""
    places = neighbourhood(municipality)
    cursor = monitor.cursor()
    divisions = assembled(
        store.areas(cursor, level, places), store.people(cursor, level, places), store.borders(cursor, level, places)
    )
    known = store.known_links(cursor)
    codes = {code for one in divisions for code in one.areas.index}
    return Evidence(level, divisions, known[known["code_from"].isin(codes) | known["code_to"].isin(codes)])


@kept(16)
def chain_of(monitor: Monitor, level: Level, municipality: str, since: int, until: int) -> Chain:
    """Return the divisions of a gemeente from one year to another, with the links between them."""
    return chain.chain_of(evidence(monitor, level, municipality), since, until)


def neighbourhood(municipality: str) -> tuple[str, ...]:
    """List the gemeenten whose territory was ever one with that of this one, as far as the list of mergers goes."""
    now = gemeenten.heirs_of_now(municipality)
    before = {code for heir in now for code in gemeenten.forebears(heir)}
    return tuple(sorted(before | {heir for code in before for heir in gemeenten.heirs_of_now(code)}))
