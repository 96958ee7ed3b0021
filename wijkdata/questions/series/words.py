"""The sentences of `signals --series`."""

from dataclasses import dataclass

from wijkdata import dutch
from wijkdata.analysis.signals.backtest import BackTest
from wijkdata.analysis.signals.leaps import CommonMove, Move
from wijkdata.analysis.signals.methods import Method
from wijkdata.analysis.signals.watch import Reason
from wijkdata.questions.series.reading import Read

_REASONS = {
    Reason.ENDED_AREA: "er komen geen meldingen meer binnen; het gebied bestaat misschien niet meer onder deze naam",
    Reason.CHANGED_AREA: "het gebied is te kort geleden veranderd",
    Reason.NEW_AREA: "het gebied komt pas kort in de reeks voor",
    Reason.NEW_CATEGORY: "deze categorie bestaat pas kort",
    Reason.GAPS: "er ontbreken te veel periodes",
    Reason.PROVISIONAL: "bijna alle periodes zijn nog voorlopig",
    Reason.TOO_SHORT: "de reeks is te kort",
}
# How a series is watched that is not watched by the best method.
_LIMITED = {
    Reason.FEW: "er zijn zo weinig meldingen dat alleen een grote stijging opvalt",
    Reason.NEW_AREA: "het gebied is nog nieuw, dus zonder seizoen",
    Reason.CHANGED_AREA: "het gebied is pas veranderd, dus zonder seizoen",
    Reason.NEW_CATEGORY: "de categorie is nog nieuw, dus zonder seizoen",
    Reason.GAPS: "er ontbreken periodes, dus zonder seizoen",
    Reason.PROVISIONAL: "veel is nog voorlopig, dus zonder seizoen",
    Reason.TOO_SHORT: "de reeks is kort, dus zonder seizoen",
}
_MOVES = {
    Move.LEAP: (
        "een sprong in het melden: in {when} kwam overal tegelijk {times} keer zo veel als verwacht; zoiets komt eerder door een "
        "andere manier van melden dan door een probleem in één gebied. Sindsdien wordt elk gebied met de andere vergeleken"
    ),
    Move.PEAK: "in {when} kwam overal tegelijk {times} keer zo veel als verwacht, en daarna niet meer; die periode telt niet mee",
    Move.GRADUAL: "vanaf {when} komt overal {times} keer zo veel als verwacht; elk gebied wordt met de andere vergeleken",
    Move.PARTIAL: "in {when} kwam in veel gebieden tegelijk meer of minder, {times} keer wat verwacht was, maar niet overal; elk gebied wordt apart bekeken",
    Move.TOGETHER: "in {when} kwam overal tegelijk {times} keer wat verwacht was; dat kan een andere manier van melden zijn of het seizoen, en elk gebied is met de andere vergeleken",
    Move.INCOMPLETE: "in {when} kwam overal maar {times} keer wat verwacht was; die periode is waarschijnlijk niet compleet en wordt niet beoordeeld",
}
_METHODS = {Method.CUSUM: "grens", Method.FARRINGTON: "kans", Method.EARS: "kans"}
_HALF = 9.95  # from here on a count needs no decimal


@dataclass(frozen=True)
class Named:
    """The area and the category of a sentence."""

    area: str
    category: str | None

    @property
    def reports(self) -> str:
        """Write what is counted."""
        return "meldingen" if self.category is None else f"meldingen over {self.category}"


def grows(named: Named, since: str, until: str, observed: float, expected: float) -> str:
    """Say that something grows: `In Noord groeien meldingen over jeugd sinds maart 2024: 34 waar 19 verwacht.`"""
    if since == until:
        when = f"In {named.area} zijn er in {until} veel {named.reports}"
    else:
        when = f"In {named.area} groeien {named.reports} sinds {since} (tot en met {until})"
    return f"{when}: {_count(observed)} waar {_count(expected)} verwacht."


def quiet(named: Named, when: str, observed: float, expected: float | None, reason: Reason | None) -> str:
    """Say that a period is no signal."""
    usual = "" if expected is None else f" waar {_count(expected)} verwacht"
    limit = f"; {_LIMITED[reason]}" if reason in _LIMITED else ""
    return f"In {named.area} waren er in {when} {_count(observed)} {named.reports}{usual}: geen signaal{limit}."


def provisional(named: Named, when: str, observed: float) -> str:
    """Say that a period is still revised."""
    return (
        f"In {named.area} waren er in {when} {_count(observed)} {named.reports}; dat is nog voorlopig en telt niet mee."
    )


def refused(named: Named, key: Reason, known: int, least: int) -> str:
    """Say why a series is not watched."""
    what = named.area if named.category is None else f"{named.area}, {named.category}"
    n = dutch.count(known, "periode", "periodes")
    return f"{what}: {_REASONS[key]}; bekend {'is' if known == 1 else 'zijn'} {n} en nodig {least}."


def moved(category: str | None, when: str, move: CommonMove) -> str:
    """Say what moved everywhere."""
    text = _MOVES[move.move].format(when=when, times=dutch.number(move.ratio, 1))
    still = "" if move.decided or move.move is Move.INCOMPLETE else " (of het blijft, is nog niet te zeggen)"
    return f"{dutch.capital(text)}{still}." if category is None else f"{category}: {text}{still}."


def notes(table: Read, outside: int) -> list[str]:
    """Say what was left out of a table, and what was taken to be something."""
    lines, calendar = [], table.calendar
    if table.no_place:
        rows = dutch.count(table.no_place, "rij", "rijen")
        lines.append(f"{rows} zonder gebied {'telt' if table.no_place == 1 else 'tellen'} in geen gebied mee.")
    if table.incomplete:
        lines.append(f"De laatste periode, {calendar.text(calendar.n - 1)}, is niet compleet en wordt niet beoordeeld.")
    if table.counts.gaps:
        when = dutch.listing([calendar.text(at) for at in table.counts.gaps])
        lines.append(f"Van {when} is er niets; dat is onbekend en geen nul.")
    if table.zeros:
        lines.append("Een gebied zonder rij in een periode had daar 0 meldingen: nullen staan niet in deze tabel.")
    if outside:
        events = dutch.count(outside, "gebeurtenis", "gebeurtenissen")
        lines.append(f"{events} {'valt' if outside == 1 else 'vallen'} buiten de reeks.")
    return lines


def tested(test: BackTest, method: Method, by_events: bool) -> str:
    """Say what a rule would have done: the price of a sensitivity."""
    if not test.area_years:
        return "Hoe vaak dit fout zou zijn, is niet te zeggen: er is geen heel jaar beoordeeld."
    alarms = dutch.count(test.false_alarms, "keer", "keer")
    rate = dutch.number(test.false_alarms_per_area_year, 2)
    head = f"Met {_METHODS[method]} {_short(test.limit, 4)}: in {_short(test.years, 1)} jaar {alarms} vals alarm ({rate} per reeks per jaar)"
    known = "bekende" if by_events else "in jaarcijfers zichtbare"
    if test.found is None:
        return f"{head}; er was geen {known[:-1] if by_events else known} stijging om te vinden."
    lead = ""
    if test.median_lead_months is not None:
        months = _short(abs(test.median_lead_months), 1)
        when = f"minstens {months} maanden vóór" if test.median_lead_months >= 0 else f"binnen {months} maanden na"
        lead = f", de helft daarvan {when} het jaarcijfer"
    return f"{head}; van {dutch.count(test.rises, f'{known} stijging', f'{known} stijgingen')} {dutch.percent(100 * test.found)} gevonden{lead}."


def _short(value: float, decimals: int) -> str:
    """Write a number without zeros at its end: `5`, `0,01`."""
    text = dutch.number(value, decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text


def _count(value: float) -> str:
    return dutch.number(value, 0 if value >= _HALF or float(value).is_integer() else 1)
