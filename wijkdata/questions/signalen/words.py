"""The sentences of Signalen."""

from collections.abc import Sequence

from wijkdata import dutch
from wijkdata.analysis.signals.backtest import BackTest
from wijkdata.analysis.signals.methods import Method, Offer, WhyNot
from wijkdata.analysis.signals.watch import Reason
from wijkdata.areas import Level
from wijkdata.periods import Period
from wijkdata.questions.shared import watch_words
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.questions.shared.watching import Called
from wijkdata.questions.signalen.answer import SlowDrift, Withdrew

NO_COUNTS = "hiervan zijn geen aantallen per maand ingelezen."
REFUSED = "Nog niets om maand voor maand te volgen"
SENSITIVITIES = {3.0: "Gevoelig", 4.0: "Gewoon", 5.0: "Rustig", 6.0: "Zeer rustig"}
NOTHING_WATCHED = {
    Reason.PROVISIONAL: (
        "Nog niets te beoordelen: van de {months} zijn er te weinig definitief",
        "Wat de uitgever nog herziet, geeft geen signaal. Lees een nieuwere uitgave in zodra die er is.",
    ),
    Reason.GAPS: (
        "Te veel gaten om iets te zien groeien: van {months} ontbreekt een groot deel",
        "Lees op Gegevens de maanden in die ontbreken; wat er niet is, telt niet als nul.",
    ),
    Reason.ENDED_AREA: (
        "Niets meer te volgen: er komen geen nieuwe aantallen binnen",
        "Lees op Gegevens nieuwere maanden in, of kijk na of de gebieden nu een andere code hebben.",
    ),
}
METHODS = {
    Method.CUSUM: "een lopende som (CUSUM) van wat er meer komt dan verwacht",
    Method.FARRINGTON: "dezelfde maanden van eerdere jaren (Farrington)",
    Method.EARS: "de zeven maanden ervoor (EARS), zonder seizoen",
}


def title(n_areas: int, watched: int, level: Level) -> str:
    """Answer whether anything grows: `In 2 van de 18 wijken groeit iets meer dan verwacht`."""
    if watched == 1:
        one = f"de ene {level.value} die te volgen is"
        return f"In {one} groeit iets meer dan verwacht" if n_areas else f"Geen duidelijk signaal in {one}"
    places = dutch.count(watched, level.value, level.plural)
    if not n_areas:
        return f"Geen duidelijk signaal in de {places} die nu te volgen zijn"
    return f"In {dutch.number(n_areas)} van de {places} groeit iets meer dan verwacht"


def short(n_areas: int, level: Level) -> str:
    """The same while presenting: where something changed, without a ranking."""
    where = dutch.count(n_areas, level.value, level.plural)
    return f"Meer dan verwacht in {where}" if n_areas else "Geen duidelijk signaal"


def lead(until: int, provisional: int) -> str:
    """Say until when was judged, and what is still provisional."""
    text = f"Beoordeeld tot en met {month(until)}: wat kwam, naast wat in die maand te verwachten was."
    if provisional:
        text += (
            f" De maanden vanaf {month(provisional)} zijn nog voorlopig: die staan er grijs bij en geven geen signaal."
        )
    return text


def no_months(name: str) -> tuple[str, str]:
    """Title and remedy of a gemeente without counts per month."""
    return (
        f"Van {name} zijn er nog geen aantallen per maand",
        "Lees op Gegevens een tabel in met meldingen of misdrijven per maand en per wijk of buurt; dan staat hier wat groeit.",
    )


def source(named: dict[str, str], months: tuple[int, int], n: int, level: Level, fictional: bool) -> SourceLine:
    """Write where the counts come from. named: id -> name of the sources."""
    if not named:
        return SourceLine("Bron: nog geen aantallen per maand")
    invented = "verzonnen cijfers in de vorm van " if fictional else ""
    first = (
        f"Bron: {invented}{'; '.join(dict.fromkeys(named.values()))}, {month(months[0])} tot en met {month(months[1])}"
    )
    n_text = f"n{dutch.NBSP}={dutch.NBSP}{dutch.count(n, level.value, level.plural)}."
    more = ("Eenheid: aantal per maand.", n_text, "Meldingen zonder plek tellen in geen gebied mee.")
    return SourceLine(first, True, more, tuple(named))


def slow_source(text: str, ids: tuple[str, ...], n: int, level: Level, fictional: bool) -> SourceLine:
    """Write which yearly figures are looked at, of how many areas. ids: of the sources that the text names."""
    if not text:
        return SourceLine("Bron: nog geen jaarcijfers om te vergelijken")
    invented = "verzonnen cijfers in de vorm van " if fictional else ""
    n_text = f"{dutch.n_of(n, level.value, level.plural)} met genoeg inwoners."
    return SourceLine(f"Bron: {invented}{text}", True, (n_text,), ids)


def surroundings_source(
    text: str, ids: tuple[str, ...], years: Sequence[int], n: int, level: Level, fictional: bool
) -> SourceLine:
    """Write which scores are compared with those of the neighbours. ids: of the sources that the text names."""
    if not text or not years:
        return SourceLine("Bron: nog geen pijlerscores om te vergelijken")
    invented = "verzonnen cijfers in de vorm van " if fictional else ""
    n_text = f"n{dutch.NBSP}={dutch.NBSP}{dutch.count(n, level.value, level.plural)} met een score en een buur met een score."
    unit = f"Eenheid: pijlerscore (100 = NL), stand van {dutch.years(list(years))}."
    return SourceLine(f"Bron: {invented}{text}", True, (unit, n_text), ids)


def too_short(n: int, offers: Sequence[Offer]) -> tuple[str, str]:
    """Title and what is needed, where the history is too short for every method."""
    least = min(offer.needs for offer in offers)
    known = dutch.count(n, "maand is", "maanden zijn")
    head = f"Nog te kort om iets te zien groeien: {known} bekend"
    return (
        head,
        f"Nodig zijn minstens {least} maanden; een seizoen is pas na twee jaar te kennen. Lees oudere maanden in.",
    )


def nothing_watched(reason: Reason, n: int) -> tuple[str, str]:
    """Title and remedy, where something else than the length is why nothing can be watched. n: months from first to last."""
    title_text, remedy = NOTHING_WATCHED[reason]
    return title_text.format(months=dutch.count(n, "maand", "maanden")), remedy


def neutral(called: Called, reports: str) -> str:
    """Say it for a room: that more came than expected, without growth as a verdict."""
    since, last = month(called.since), month(called.last)
    when = f"in {last}" if since == last else f"van {since} tot en met {last}"
    came, usual = (watch_words.counted(value) for value in (called.signal.observed, called.signal.expected))
    return f"{called.name}: {came} {reports} {when}, waar er {usual} te verwachten waren."


def month(code: int) -> str:
    """Write a period of the store: `maart 2024`."""
    return Period.of(code).text


def sensitivity(test: BackTest) -> str:
    """Name a sensitivity."""
    return SENSITIVITIES.get(test.limit, f"Grens {dutch.number(test.limit, 1)}")


def cost(test: BackTest, by_events: bool) -> str:
    """Say what a sensitivity would have cost: how often wrong, and what it would have found."""
    if not test.area_years:
        return "wat deze gevoeligheid kost is nog niet te zeggen; er is geen heel jaar beoordeeld."
    years = watch_words.plainly(test.years)
    often = dutch.count(test.false_alarms, "keer", "keer")
    rate = watch_words.per_series(test)
    return (
        f"deze gevoeligheid zou in de afgelopen {years} jaar {often} vals alarm hebben gegeven ({rate} per reeks per jaar); "
        f"{watch_words.found(test, by_events)}."
    )


def offered(offers: Sequence[Offer]) -> str:
    """Say which method is used on a history of this length, and why the others are not."""
    used = next((offer for offer in offers if offer.why_not is None), None)
    reasons = [_why_not(offer) for offer in offers if offer.why_not is not None]
    first = "" if used is None else f"Gevolgd met {METHODS[used.method]}."
    return " ".join([first, *reasons]).strip()


def _why_not(offer: Offer) -> str:
    if offer.why_not is WhyNot.NO_SEASON:
        return f"Niet nodig: {METHODS[offer.method]}; de reeks is lang genoeg om het seizoen te kennen."
    return f"Kan nog niet: {METHODS[offer.method]}; bekend zijn {dutch.count(offer.known, 'maand', 'maanden')} en nodig {offer.needs}."


def drift_factor(one: SlowDrift) -> str:
    """Name a drift in a few words."""
    pillars = len({part.pillar for part in one.parts})
    return f"{len(one.parts)} cijfers over {pillars} pijlers gingen sinds {one.since} steeds iets achteruit"


def withdrawal_factor(one: Withdrew) -> str:
    """Name a withdrawal in a few words."""
    return f"{dutch.inside(one.service)}: {_away(one)} sinds {one.since}"


def withdrawal(one: Withdrew) -> str:
    """Say which service withdrew, and what was usual."""
    usual = dutch.number(one.usual, max(one.decimals, 1), True)
    return f"{dutch.inside(one.service)} {_away(one)} sinds {one.since} (tot {one.until}); gewoonlijk {usual}."


def _away(one: Withdrew) -> str:
    change = dutch.number(one.change, max(one.decimals, 1), True)
    unit = f" {one.unit}" if one.distance else ""
    return f"verder weg ({change}{unit})" if one.distance else f"minder ({change})"


def signal_factor(called: Called, reports: str) -> str:
    """Name a signal in a few words. reports: what is counted."""
    came, usual = (watch_words.counted(value) for value in (called.signal.observed, called.signal.expected))
    return f"{reports}: sinds {month(called.since)} {came} waar {usual} verwacht"


def falling_factor(subject: str, change: float, since: int) -> str:
    """Name a pillar that fell."""
    return f"{subject} daalde sinds {since} ({dutch.number(change, 0, True)})"


def near_factor(subject: str, score: float, limit: float) -> str:
    """Name a pillar just above the limit."""
    return f"{subject} ligt met {dutch.number(score)} dicht bij de grens van {dutch.number(limit)}"


def above_factor(reports: str, rate: float, of_all: float) -> str:
    """Name a rate that is higher than chance explains."""
    own, usual = (dutch.number(value, 0 if value >= 10 else 1) for value in (rate, of_all))
    return f"{reports}: {own} per 1.000 inwoners per jaar waar de gemeente er {usual} heeft, meer dan toeval verklaart"
