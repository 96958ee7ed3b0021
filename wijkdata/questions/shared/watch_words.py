"""The sentences about watching counts, for every screen and command that watches."""

from collections.abc import Sequence
from dataclasses import dataclass

from wijkdata import dutch
from wijkdata.analysis.signals.backtest import BackTest
from wijkdata.analysis.signals.leaps import CommonMove, Move
from wijkdata.analysis.signals.methods import Method
from wijkdata.analysis.signals.watch import Reason
from wijkdata.questions.shared.calendar import Calendar

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
    counted: str = ""  # what is counted, where that is no report about the category

    @property
    def reports(self) -> str:
        """Write what is counted."""
        return self.counted or ("meldingen" if self.category is None else f"meldingen over {self.category}")


def grows(named: Named, since: str, until: str, observed: float, expected: float) -> str:
    """Say that something grows: `In Noord groeien meldingen over jeugd sinds maart 2024: 34 waar 19 verwacht.`"""
    if since == until:
        when = f"In {named.area} zijn er in {until} veel {named.reports}"
    else:
        when = f"In {named.area} groeien {named.reports} sinds {since} (tot en met {until})"
    return f"{when}: {counted(observed)} waar {counted(expected)} verwacht."


def weak(q: float) -> str:
    """Say that chance makes such a signal more often than not."""
    return f"Zwak: van zulke signalen is {dutch.percent(100 * q)} toeval."


def quiet(named: Named, when: str, observed: float, expected: float | None, reason: Reason | None) -> str:
    """Say that a period is no signal."""
    usual = "" if expected is None else f" waar {counted(expected)} verwacht"
    limit = f"; {_LIMITED[reason]}" if reason in _LIMITED else ""
    return f"In {named.area} waren er in {when} {counted(observed)} {named.reports}{usual}: geen signaal{limit}."


def provisional(named: Named, when: str, observed: float) -> str:
    """Say that a period is still revised."""
    return f"In {named.area} waren er in {when} {counted(observed)} {named.reports}; dat is nog voorlopig en telt niet mee."


def refused(named: Named, key: Reason, known: int, least: int) -> str:
    """Say why a series is not watched."""
    counted_ = named.counted or named.category
    what = named.area if counted_ is None else f"{named.area}, {counted_}"
    return f"{what}: {why_refused(key, known, least)}"


def why_refused(key: Reason, known: int, least: int) -> str:
    """Say why a series is not watched, without naming it."""
    n = dutch.count(known, "periode", "periodes")
    return f"{_REASONS[key]}; bekend {'is' if known == 1 else 'zijn'} {n} en nodig {least}."


def gaps(calendar: Calendar, places: Sequence[int]) -> str:
    """Say that there is nothing at all of some periods; three or more in a row are one stretch."""
    runs: list[list[int]] = []
    for at in places:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    named = [text for run in runs for text in _stretch([calendar.text(at) for at in run])]
    return f"Van {dutch.listing(named)} is er niets; dat is onbekend en geen nul."


def _stretch(periods: list[str]) -> list[str]:
    return periods if len(periods) < 3 else [f"{periods[0]} tot en met {periods[-1]}"]


def moved(category: str | None, when: str, move: CommonMove) -> str:
    """Say what moved everywhere."""
    text = _MOVES[move.move].format(when=when, times=dutch.number(move.ratio, 1))
    still = "" if move.decided or move.move is Move.INCOMPLETE else " (of het blijft, is nog niet te zeggen)"
    return f"{dutch.capital(text)}{still}." if category is None else f"{category}: {text}{still}."


def tested(test: BackTest, method: Method, by_events: bool) -> str:
    """Say what a rule would have done: the price of a sensitivity."""
    if not test.area_years:
        return "Hoe vaak dit fout zou zijn, is niet te zeggen: er is geen heel jaar beoordeeld."
    alarms = dutch.count(test.false_alarms, "keer", "keer")
    rate = per_series(test)
    head = f"Met {_METHODS[method]} {plainly(test.limit, 4)}: in {plainly(test.years, 1)} jaar {alarms} vals alarm ({rate} per reeks per jaar)"
    return f"{head}; {found(test, by_events)}."


def per_series(test: BackTest) -> str:
    """Write how many false alarms a series has in a year: `0,02`; a little is not written as nothing."""
    rate = test.false_alarms_per_area_year or 0.0
    return "minder dan 0,01" if 0 < rate < 0.005 else dutch.number(rate, 2)


def found(test: BackTest, by_events: bool) -> str:
    """Say which of the real rises would have been found, and how early."""
    known = "bekende" if by_events else "in jaarcijfers zichtbare"
    if test.found is None:
        return f"er was geen {known} stijging om te vinden"
    caught, lead = round(test.found * test.rises), ""
    if test.median_lead_months is not None:
        months = plainly(abs(test.median_lead_months), 1)
        early, of_them = test.median_lead_months >= 0, "de helft daarvan " if caught > 1 else ""
        when = f"{months} maanden vóór" if early else f"{months} maanden na"
        bound = ("minstens " if early else "binnen ") if caught > 1 else ""
        lead = f", {of_them}{bound}{when} het jaarcijfer"
    rises = dutch.count(test.rises, f"{known} stijging", f"{known} stijgingen")
    return f"van {rises} {dutch.number(caught)} gevonden{lead}"


def plainly(value: float, decimals: int = 1) -> str:
    """Write a number without zeros at its end: `5`, `0,01`."""
    text = dutch.number(value, decimals)
    return text.rstrip("0").rstrip(",") if "," in text else text


def counted(value: float) -> str:
    """Write a count, or what was expected of one: whole, with a decimal where it is small."""
    return dutch.number(value, 0 if value >= _HALF or float(value).is_integer() else 1)
