"""The sentences over the years: the four pillars, and one indicator, each from a condition."""

import math

from wijkdata import dutch
from wijkdata.questions.types_profile import IndicatorLine, PillarLine, PillarLines
from wijkdata.settings import SMALL_CHANGE
from wijkdata.views import profile_local
from wijkdata.views.profile_words import fit, fit_short

PILLARS_LEAD = "Elke pijler op dezelfde schaal, alleen jaren waarin iets is gemeten. Hoger is gunstiger."
PILLARS_SHORT = "Vier pijlers over de jaren"


def pillars_title(answer: PillarLines) -> str:
    """Which pillars rose and which fell since their line began."""
    known = [line for line in answer.lines if not math.isnan(line.change)]
    if answer.subject.few:
        return "Vier pijlers over de jaren, zonder oordeel: er wonen te weinig mensen"
    if any(line.reason == "residents_unknown" for line in answer.lines):
        return "Vier pijlers over de jaren, nog zonder oordeel: het aantal inwoners is niet ingelezen"
    if not any(line.period and not line.points.empty for line in answer.lines):
        return "Over de pijlers zijn nog geen scores te geven"
    if not known:
        return "Nog geen pijler met twee vergelijkbare meetjaren"
    up = [line.short.lower() for line in known if line.change >= SMALL_CHANGE]
    down = [line.short.lower() for line in known if line.change <= -SMALL_CHANGE]
    same = [line.short.lower() for line in known if abs(line.change) < SMALL_CHANGE]
    moves = [
        (up, "steeg", "stegen"),
        (down, "daalde", "daalden"),
        (same, "bleef vrijwel gelijk", "bleven vrijwel gelijk"),
    ]
    told = [(names, one if len(names) == 1 else more) for names, one, more in moves if names]
    first = f"De pijler{'s' if len(told[0][0]) > 1 else ''} "
    parts = [f"{dutch.listing(names)} {verb}" for names, verb in told]
    return fit([first + "; ".join(parts), first + "; ".join(parts[:2]), first + parts[0]])


def pillar_sentences(line: PillarLine) -> tuple[str, ...]:
    """Under a panel: how it changed, what it rests on, how sure its place is."""
    who = line.subject
    known = line.points[line.points["who"] == "own"] if len(line.points) else line.points
    if not len(known):
        reason = line.detail or dutch.reason_text(line.reason)
        # Reading in more helps only where figures are missing.
        return (f"Geen score: {reason}.", *([line.fill] if line.reason == "insufficient" else []))
    parts = []
    if line.reason == "residents_unknown":
        parts.append("Aantal inwoners onbekend: getekend, maar niet beoordeeld.")
    elif line.reason == "few_residents":
        parts.append(f"Te weinig inwoners ({dutch.number(who.population)}): getekend, maar niet beoordeeld.")
    elif math.isnan(line.change):
        single = len(known) == 1
        apart = "Het laatste meetjaar telt andere cijfers dan de jaren ervoor: nog geen verloop."
        parts.append("Eén meetjaar, dus nog geen verloop." if single else apart)
    elif abs(line.change) < SMALL_CHANGE:
        parts.append(f"Vrijwel gelijk sinds {line.since}.")
    else:
        verb = "Gestegen" if line.change > 0 else "Gedaald"
        parts.append(f"{verb} sinds {line.since} ({dutch.number(line.change, 0, True)}).")
    parts.append(_coverage(line))
    if line.without_reference:
        names = dutch.listing([name.lower() for name in line.without_reference])
        parts.append(f"Telt niet mee, want er is geen landelijk ijkpunt: {names}.")
    if line.rank:
        parts.append(_rank(line))
    return tuple(parts)


def pillar_short(line: PillarLine) -> str:
    """How a pillar went, in a few words, for a projected panel."""
    if line.points.empty:
        return "geen score"
    if line.reason == "few_residents":
        return "te weinig inwoners"
    if line.reason == "residents_unknown":
        return "aantal inwoners onbekend"
    if math.isnan(line.change):
        return "nog geen verloop"
    if abs(line.change) < SMALL_CHANGE:
        return f"vrijwel gelijk sinds {line.since}"
    return f"{dutch.number(line.change, 0, True)} sinds {line.since}"


def _coverage(line: PillarLine) -> str:
    """`3 van 3 cijfers in 2020`; a score on model figures says so."""
    text = f"{line.n_indicators} van {dutch.count(line.n_expected, 'cijfer', 'cijfers')} in {line.period}"
    if line.modelled_only:
        text += ": rust op één modelcijfer" if line.n_indicators == 1 else ": rust alleen op modelcijfers"
    elif line.n_indicators == 1:
        text += ": rust op één cijfer"
    return text + "."


def _rank(line: PillarLine) -> str:
    """The place from the lowest, with its range; with one figure there is nothing to vary."""
    of = f"van de {dutch.number(line.n_ranked)} in {line.ranked_in} (1 = laagst)"
    if not line.low:
        return f"Plaats {dutch.number(line.rank)} {of}; met één cijfer is niet te zeggen hoe zeker dat is."
    if line.low == line.high:
        return f"Plaats {dutch.number(line.low)} {of}, hoe de cijfers ook worden gewogen."
    return f"Plaats tussen {dutch.number(line.low)} en {dutch.number(line.high)} {of}."


def pillars_source(answer: PillarLines) -> str:
    """Sources, the scale, n."""
    who = answer.subject
    source = f"Bronnen: {answer.source}; bewerking wijkdata." if answer.source else "Geen bron: er zijn geen scores."
    return (
        f"{source} Score: Nederland in 2014 = 100, hoger is gunstiger. {who.municipality_name} en {who.everybody}: "
        f"gemiddelde naar inwoners. {dutch.n_of(answer.n_everybody, who.level.value, who.level.plural)} met een score. "
        "Waar een lijn onderbroken is, telden andere cijfers mee. Plaats: 5 tot 95% van 1.000 keer anders wegen."
    )


def line_title(answer: IndicatorLine) -> str:
    """How the area moved, and where it stands beside the middle of the whole."""
    who, known = answer.subject, answer.points.dropna(subset="own")
    first, last = known.iloc[0], known.iloc[-1]
    if len(known) == 1:
        return fit(
            [f"{answer.label} in {who.name}: één meetjaar ({int(last['period'])})", f"{answer.label}: één meetjaar"]
        )
    change = float(last["own"] - first["own"])
    moved = "vrijwel gelijk" if abs(change) < answer.small else "gestegen" if change > 0 else "gedaald"
    start = f"{answer.label} in {who.name}: {moved} sinds {int(first['period'])}"
    beside = _beside(answer, float(last["own"]), float(last["everybody"]))
    plain = f"{answer.label}: {moved} sinds {int(first['period'])}"
    return fit([start + beside, plain + beside, start, plain])


def _beside(answer: IndicatorLine, own: float, everybody: float) -> str:
    """Above or below the middle of the whole in the last year; nothing when that is unknown."""
    if math.isnan(everybody):
        return ""
    name = "Nederland" if answer.subject.short == "NL" else "de middelste"
    if abs(own - everybody) < answer.small:
        return f", nu gelijk met {name}"
    return f", nu {'boven' if own > everybody else 'onder'} {name}"


def line_lead(answer: IndicatorLine) -> str:
    """What the number is, and what the lanes are not."""
    lanes = (
        " Grijze banen: landelijk beleid. Of dat ook in dit gebied gold, staat hier niet bij." if answer.lanes else ""
    )
    star = " Schatting met een model, geen meting." if answer.estimate else ""
    unit = "" if answer.unit in answer.title else f" ({answer.unit})"
    years = sorted(int(year) for year in answer.points["period"])
    return f"{answer.title}{unit}.{star}{lanes}{profile_local.lead(answer.local, years)}"


def line_alt(answer: IndicatorLine) -> str:
    """The line in words."""
    who, known = answer.subject, answer.points.dropna(subset="own")
    steps = ", ".join(
        f"{int(row['period'])}: {dutch.number(row['own'], answer.decimals, answer.signed)}"
        for _, row in known.iterrows()
    )
    return f"{answer.title} in {who.name}. {steps}. De tabel noemt ook {who.municipality_name} en {who.everybody}."


def line_source(answer: IndicatorLine) -> str:
    """Source and edition, what the other lines are, n in the last year, what an empty stretch is."""
    who, last = answer.subject, answer.points.iloc[-1]
    policy = " Beleid: zie de tabel voor jaren en bronnen." if answer.lanes else ""
    return (
        f"Bron: {answer.source}; uitgave: {answer.edition}. {answer.origin}{' ' if answer.origin else ''}{who.municipality_name} en {who.everybody}: het middelste "
        f"gebied. {dutch.n_of(int(last['n_everybody']), who.level.value, who.level.plural)} in {int(last['period'])}"
        f"{', met 1.000 of meer inwoners' if who.sizes_known else '; hun inwonertal is nog niet ingelezen'}.{policy} Leeg tussen twee stippen betekent: geen meting."
    )


def line_short(answer: IndicatorLine) -> str:
    """The title of the line while presenting."""
    first = int(answer.points.dropna(subset="own")["period"].iloc[0])
    return fit_short(f"{answer.label} sinds {first}", answer.label)
