"""The choices of Voor en na, all in the address: what, where, on which topic, from which measurement, without whom."""

from dataclasses import dataclass, replace

from wijkdata import catalogue
from wijkdata.areas import Level, municipality_of
from wijkdata.questions.shared import places
from wijkdata.questions.shared import topics as shared_topics
from wijkdata.questions.shared.answer import Topic
from wijkdata.questions.voor_en_na import choices, subjects
from wijkdata.questions.voor_en_na.answer import ACTIVITY, BY_HAND, PROGRAMME, Intervention, Wanted
from wijkdata.questions.voor_en_na.choices import Choice
from wijkdata.store.monitor.versions import Monitor, require
from wijkdata.ui import address, place, session
from wijkdata.ui.voor_en_na import exclusions

KINDS = {ACTIVITY: "Activiteit", PROGRAMME: "Programma", BY_HAND: "Wijken en een jaar"}
_UNKNOWN = "onbekend"
# What only this page has in its address.
_NAMES = (ACTIVITY, PROGRAMME, BY_HAND, "begin", "onderwerp", "meting", "gekozen", exclusions.NAME)
# Most wijken chosen by hand, and measurements that a start by hand leaves after it unless somebody chooses.
MOST, LEFT_AFTER = 12, 3


@dataclass(frozen=True)
class Chosen:
    """A complete choice: the arguments of the question, and the intervention and topic they mean."""

    wanted: Wanted
    intervention: Intervention
    topic: Topic
    first_after: int
    put_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Missing:
    """Why nothing can be asked yet: the title, and what to do."""

    title: str
    text: str


def choose() -> Chosen | Missing:
    """Draw the row of choices."""
    monitor = require(session.data_dir())
    programmes = _programmes(monitor)
    kinds = [kind for kind in KINDS if kind != PROGRAMME or programmes]
    meant = _meant_kind(kinds)
    home = _home(monitor, meant)
    activities = session.ask_register(choices.activities, home)
    default = meant or (ACTIVITY if activities else PROGRAMME if programmes else BY_HAND)
    label, show = "Wat bekijkt u?", KINDS.__getitem__
    kind = address.choose("wat", label, kinds, default, show, kind="segmented", width="content", always=True)
    address.plan("gemeente", home)
    picked = _PICK[kind](monitor)
    chosen = picked if isinstance(picked, Missing) else _about(picked)
    address.miss_unasked(_NAMES)
    return chosen


def _meant_kind(kinds: list[str]) -> str:
    """What a link wants to look at: by its `wat`, else by what it names (each kind stands there under its own name)."""
    said = address.asked("wat")
    return said if said in kinds else next((kind for kind in kinds if address.asked(kind)), "")


def _home(monitor: Monitor, meant: str) -> str:
    """The gemeente, needed before its choice is drawn. A link that names none means the one of what it names."""
    codes: tuple[str, ...] = ()
    if meant == ACTIVITY:
        codes = session.ask_register(choices.homes).get(address.asked(ACTIVITY) or "", ())
    elif meant == BY_HAND:
        codes = tuple((address.asked(BY_HAND) or "").split(","))
    around = (address.asked("wijk") or "", address.asked("buurt") or "")
    names, usual = place.municipality_names(monitor), places.default_municipality(monitor)
    for found in (codes, around):
        homes = [home for code in found if (home := municipality_of(code)) in names]
        if homes:
            return address.hold("gemeente", list(names), usual if usual in homes else homes[0])
    return address.hold("gemeente", list(names), usual)


def _about(wanted: Wanted) -> Chosen | Missing:
    """The topic and the first measurement after the start, which depend on what is looked at."""
    found = session.ask_register(choices.topics, wanted)
    if not found:
        return Missing("Hiervan zijn nog geen cijfers over twee of meer jaren", _READ_MORE)
    topics = {topic.id: topic for topic in found}
    labels = {topic.id: topic.label if topic.pillar else f"{topic.label} · {topic.group}" for topic in found}
    topic = topics[address.choose("onderwerp", "Onderwerp", list(topics), found[0].id, labels.__getitem__, width=280)]
    intervention = session.ask_register(choices.intervention, wanted, topic.id)
    years = session.ask_register(choices.measured, wanted, topic.id)
    first_after = _first_after(intervention, years)
    if wanted.kind != PROGRAMME:
        before = [year for year in years if year < min(first_after, subjects.first_year(intervention.begin))]
        wanted = replace(wanted, chosen_on=_chosen_on(topic, before))
    put_out = exclusions.read(intervention)
    return Chosen(wanted, intervention, topic, first_after, put_out)


def _first_after(intervention: Intervention, measured: tuple[int, ...]) -> int:
    """The first measurement that counts as after; one that does not exist when all lie before the start."""
    begin = intervention.begin.year
    years = [year for year in measured if year >= begin]
    default = subjects.default_first(measured, intervention.begin)
    if not years or default is None:
        address.hold("meting", [""])
        return subjects.never(intervention.begin)
    options = [str(year) for year in years]
    default = default if default in years else years[0]
    help = (
        "Vanaf deze meting tellen de cijfers als ‘na’. Een maatregel heeft tijd nodig: kies later als dat eerlijker is."
    )
    return int(address.choose("meting", "Eerste meting na de start", options, str(default), width=190, help=help))


def _chosen_on(topic: Topic, before: list[int]) -> tuple[int, str] | None:
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
    found = session.ask_register(choices.activities, municipality)
    if not found:
        address.hold("activiteit", [""])
        name = place.municipality_names(monitor)[municipality]
        return Missing(
            f"In {name} is nog geen activiteit begonnen die is vastgelegd",
            "Kies hierboven ‘Programma’ of ‘Wijken en een jaar’, of leg eerst een activiteit vast op de pagina Activiteiten.",
        )
    return Wanted(ACTIVITY, _one("activiteit", "Activiteit", found))


def _pick_programme(monitor: Monitor) -> Wanted | Missing:
    names = place.municipality_names(monitor)
    address.hold("gemeente", list(names), places.default_municipality(monitor))
    return Wanted(PROGRAMME, _one("programma", "Programma", _programmes(monitor)))


def _one(name: str, label: str, found: tuple[Choice, ...]) -> str:
    titles = {one.id: f"{one.title} ({one.begin_said})" for one in found}
    # One with an aim says best what this page is for.
    first = next((one.id for one in found if one.aimed), found[0].id)
    return address.choose(name, label, list(titles), first, titles.__getitem__, width=360, always=True)


def _pick_by_hand(monitor: Monitor) -> Wanted | Missing:
    municipality = place.choose_municipality(190)
    names = place.area_names(monitor, municipality, Level.WIJK)
    label = f"Wijken (hoogstens {MOST})"
    codes = address.choose_many("wijken", label, list(names), names.__getitem__, MOST, 320, "Kies een of meer wijken")
    years = session.ask(_years, municipality)
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


def _years(monitor: Monitor, catalogue: catalogue.Catalogue, municipality: str) -> tuple[int, ...]:
    """Every year with a figure of the wijken of this gemeente."""
    topics = shared_topics.topics(monitor, catalogue, municipality, Level.WIJK)
    return tuple(sorted({year for topic in topics for year in topic.years}))


def _programmes(monitor: Monitor) -> tuple[Choice, ...]:
    """The real ones first, then those of the example."""
    return tuple(one for world in (False, True) for one in session.ask_register(choices.programmes, world))


_READ_MORE = (
    "Lees op de pagina Gegevens een bestand met meer jaren in, bijvoorbeeld de Leefbaarometer. Zonder jaren van vóór en na de "
    "start is er niets te vergelijken."
)
