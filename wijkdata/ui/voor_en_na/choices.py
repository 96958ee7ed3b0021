"""The choices of Voor en na, all in the address: what, where, on which topic, from which measurement, without whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from wijkdata.areas import Level, municipality_of
from wijkdata.questions.shared import places
from wijkdata.questions.shared.answer import Topic
from wijkdata.questions.voor_en_na import choices
from wijkdata.questions.voor_en_na.answer import ACTIVITY, BY_HAND, PROGRAMME, Intervention, Request, Wanted
from wijkdata.questions.voor_en_na.choices import Choice, Measured
from wijkdata.store.monitor.versions import Monitor, require
from wijkdata.ui import address, place, session, topics
from wijkdata.ui.voor_en_na import exclusions

KINDS = {ACTIVITY: "Activiteit", PROGRAMME: "Programma", BY_HAND: "Wijken en een jaar"}
_UNKNOWN = "onbekend"
# What only this page has in its address.
_NAMES = (ACTIVITY, PROGRAMME, BY_HAND, "begin", "onderwerp", "meting", "gekozen", exclusions.NAME)
# Most wijken chosen by hand, and measurements that a start by hand leaves after it unless somebody chooses.
MOST, LEFT_AFTER = 12, 3


@dataclass(frozen=True)
class Chosen:
    """A complete choice: the question to ask, and the intervention it means."""

    request: Request
    intervention: Intervention


@dataclass(frozen=True)
class Missing:
    """Why nothing can be asked yet: the title, and what to do."""

    title: str
    text: str


def choose() -> Chosen | Missing:
    """Draw the row of choices."""
    monitor = require(session.data_dir())
    programmes = _programmes()
    kinds = [kind for kind in KINDS if kind != PROGRAMME or programmes]
    meant = _meant_kind(kinds)
    home = _home(monitor, meant)
    activities = session.ask_register(choices.activities, home)
    # Most programmes began before there were figures: the page does not open with a refusal.
    default = meant or (ACTIVITY if any(not one.planned for one in activities) else BY_HAND)
    label = "Wat bekijkt u?"
    kind = address.choose("wat", label, kinds, default, KINDS.__getitem__, kind="segmented", always=True)
    address.plan("gemeente", home)
    picked = _PICK[kind](monitor)
    chosen = picked if isinstance(picked, Missing) else _about(picked)
    address.miss_unasked(_NAMES)
    return chosen


def _meant_kind(kinds: list[str]) -> str:
    """What a link wants to look at: by its `wat`, else by what it names (each kind has its own name in the address)."""
    named = address.asked("wat")
    return named if named in kinds else next((kind for kind in kinds if address.asked(kind)), "")


def _home(monitor: Monitor, meant: str) -> str:
    """The gemeente, needed before its choice is drawn. A link that names none means the one of what it names."""
    codes: tuple[str, ...] = ()
    if meant == ACTIVITY:
        codes = session.ask_register(choices.homes).get(address.asked(ACTIVITY) or "", ())
    elif meant == BY_HAND:
        codes = tuple((address.asked(BY_HAND) or "").split(","))
    around = (address.asked("wijk") or "", address.asked("buurt") or "")
    names, usual = place.municipality_names(monitor), places.default_municipality(monitor)
    for named in (codes, around):
        homes = [home for code in named if (home := municipality_of(code)) in names]
        if homes:
            _imply("gemeente", names, usual if usual in homes else homes[0])
            break
    return address.hold("gemeente", list(names), usual)


def _imply(name: str, options: Mapping[str, str], value: str) -> None:
    """Use what a link implies, unless it names one of the options itself; what it names in vain is said."""
    asked = address.asked(name)
    if asked in options:
        return
    if asked:
        address.miss(name, [asked])
    address.plan(name, value)


def _about(wanted: Wanted) -> Chosen | Missing:
    """The topic and the first measurement after the start, which depend on what is looked at."""
    offered = session.ask_register(choices.topics, wanted)
    if not offered:
        return Missing("Hiervan zijn nog geen cijfers over twee of meer jaren", _READ_MORE)
    topic = topics.choose(offered, offered[0].id)
    measured = session.ask_register(choices.measured, wanted, topic.id)
    first_after = _first_after(measured)
    if measured.intervention.planned:
        address.hold("gekozen", [_UNKNOWN], _UNKNOWN)
    elif wanted.kind != PROGRAMME:
        wanted = replace(wanted, chosen_on=_chosen_on(topic, measured.before(first_after)))
    excluded = exclusions.read(measured.intervention)
    return Chosen(Request(wanted, topic.id, first_after, excluded), measured.intervention)


def _first_after(measured: Measured) -> int:
    """The first measurement that counts as after; one that does not exist when all lie before the start."""
    if measured.intervention.planned or not measured.possible_first:
        address.hold("meting", [""])
        return measured.first
    options = [str(year) for year in measured.possible_first]
    help = (
        "Vanaf deze meting tellen de cijfers als ‘na’. Een maatregel heeft tijd nodig: kies later als dat eerlijker is."
    )
    return int(
        address.choose("meting", "Eerste meting na de start", options, str(measured.first), width=190, help=help)
    )


def _chosen_on(topic: Topic, before: tuple[int, ...]) -> tuple[int, str] | None:
    """Whether the areas were chosen because of this very figure, and of which year. Another topic begins without an answer."""
    years = {f"{topic.id}.{year}": year for year in before}
    labels = {_UNKNOWN: "niet of onbekend"} | {code: f"ja, om dat van {year}" for code, year in years.items()}
    help = (
        "Wie gekozen wordt om een slecht cijfer, gaat daarna vaak vanzelf vooruit. Weet u dat het zo ging, kies dan van welk jaar "
        "dat cijfer was: vergelijkbare wijken worden dan op de andere jaren gezocht. Anders telt de laatste meting vóór de start daar "
        "niet in mee."
    )
    label = "Gekozen om dit cijfer?"
    code = address.choose("gekozen", label, list(labels), _UNKNOWN, labels.__getitem__, width=190, help=help)
    return (years[code], topic.id) if code in years else None


def _pick_activity(monitor: Monitor) -> Wanted | Missing:
    municipality = place.choose_municipality(190)
    activities = session.ask_register(choices.activities, municipality)
    if not activities:
        address.hold("activiteit", [""])
        name = place.municipality_names(monitor)[municipality]
        return Missing(
            f"In {name} is nog geen activiteit begonnen die is vastgelegd",
            "Kies hierboven ‘Programma’ of ‘Wijken en een jaar’, of leg eerst een activiteit vast op de pagina Activiteiten.",
        )
    return Wanted(ACTIVITY, _one("activiteit", "Activiteit", activities))


def _pick_programme(monitor: Monitor) -> Wanted | Missing:
    names = place.municipality_names(monitor)
    address.hold("gemeente", list(names), places.default_municipality(monitor))
    return Wanted(PROGRAMME, _one("programma", "Programma", _programmes()))


def _one(name: str, label: str, offered: tuple[Choice, ...]) -> str:
    titles = {one.id: f"{one.title} ({'gepland ' if one.planned else ''}{one.begin_text})" for one in offered}
    # One with an aim shows best what this page is for.
    first = next((one.id for one in offered if one.aimed and not one.planned), offered[0].id)
    return address.choose(name, label, list(titles), first, titles.__getitem__, width=360, always=True)


def _pick_by_hand(monitor: Monitor) -> Wanted | Missing:
    municipality = place.choose_municipality(190)
    names = place.area_names(monitor, municipality, Level.WIJK)
    label = f"Wijken (hoogstens {MOST})"
    codes = address.choose_many("wijken", label, list(names), names.__getitem__, MOST, 320, "Kies een of meer wijken")
    years = session.ask(choices.years, municipality)
    if len(years) < LEFT_AFTER + 1:
        address.hold("begin", [""])
        return Missing("Voor deze gemeente zijn er te weinig jaren met cijfers", _READ_MORE)
    options = [str(year) for year in range(years[0] + 1, years[-1] + 1)]
    begin = int(address.choose("begin", "Begonnen in", options, str(years[-LEFT_AFTER]), width=130))
    if not codes:
        return Missing(
            "Kies een of meer wijken en het jaar waarin er iets begon",
            "Daarna staat hier wat er in die wijken veranderde, en wat er anders ook veranderd zou zijn.",
        )
    return Wanted(BY_HAND, areas=tuple(codes), begin_year=begin)


_PICK = {ACTIVITY: _pick_activity, PROGRAMME: _pick_programme, BY_HAND: _pick_by_hand}


def _programmes() -> tuple[Choice, ...]:
    """The real ones first, then those of the example."""
    return tuple(one for fictional in (False, True) for one in session.ask_register(choices.programmes, fictional))


_READ_MORE = (
    "Lees op de pagina Gegevens een bestand met meer jaren in, bijvoorbeeld de Leefbaarometer. Zonder jaren van vóór en na de "
    "start is er niets te vergelijken."
)
