"""The sentences over the years: the four pillars, and one indicator, each from a condition."""

import math

from wijkdata import dutch
from wijkdata.questions.wijkprofiel.answer import Alikes, IndicatorLine, PillarLine, PillarLines, Spine, SpineRow
from wijkdata.settings import SMALL_CHANGE
from wijkdata.views.wijkprofiel import local

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
    return f"{answer.title}{unit}.{star}{lanes}{local.lead(answer.local, years)}"


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


TITLE, SHORT = 90, 45


def title(answer: Spine) -> str:
    """The answer of the page: on which subjects the area lies outside the middle half. At most 90 characters."""
    who = answer.subject
    judged = [row for row in answer.rows if not math.isnan(row.place) and not row.neutral]
    if not any(not math.isnan(row.value) for row in answer.rows):
        loaded = any(row.loaded for row in answer.rows)
        what = "is geen enkel cijfer bekend" if loaded else "zijn nog geen cijfers ingelezen"
        return fit([f"Van {who.name} {what}", f"Van dit gebied {what}"])
    if who.few:
        number = dutch.number(who.population)
        return fit(
            [
                f"{who.name} is met {number} inwoners te klein om over de cijfers te oordelen",
                f"Dit gebied is met {number} inwoners te klein om over de cijfers te oordelen",
            ]
        )
    if not judged:
        return fit(
            [
                f"De cijfers van {who.name} zijn nog nergens mee te vergelijken",
                "De cijfers van dit gebied zijn nog nergens mee te vergelijken",
            ]
        )
    return fit(_judged_titles(answer, judged))


def _judged_titles(answer: Spine, judged: list[SpineRow]) -> list[str]:
    """From the fullest to the shortest way to say it."""
    low = [word for word, side, _ in answer.topics if side < 0]
    high = [word for word, side, _ in answer.topics if side > 0]
    names = [answer.subject.name, f"Deze {answer.subject.level}"]
    # Against the whole the line under the title says so; any other group is named.
    than = "" if answer.against == answer.subject.everybody else f" dan {answer.against}"
    if not low and not high:
        outside = sum(row.side != 0 for row in judged)
        middle = f"rond het midden van {answer.against}"
        if not outside:
            return [f"{name} ligt met alle gemeten cijfers {middle}" for name in names]
        return [f"{name} ligt op de meeste onderwerpen {middle}" for name in names]
    # A whole side is left out only when the other is larger, so that "vooral" is true.
    sizes = [(3, 2), (3, 1), (2, 1), (1, 1), *([(1, 0)] if len(low) != len(high) else [])]
    found = [_two_sides(name, low, high, most, least, than) for name in names for most, least in sizes]
    counts = f"op {len(high)} hoger en op {len(low)} lager dan het midden van {answer.against}"
    return [*found, *(f"{name} ligt {counts}" for name in names)]


def _two_sides(name: str, low: list[str], high: list[str], most: int, least: int, than: str) -> str:
    """The larger side first; "vooral" when subjects are left out."""
    first, second, words = (low, high, ("lager", "hoger")) if len(low) >= len(high) else (high, low, ("hoger", "lager"))
    shown, other = first[:most], second[:least]
    mostly = "vooral " if len(shown) < len(first) else ""
    text = f"{name} scoort {mostly}{words[0]}{than} op {dutch.listing(shown)}"
    if second and not other:
        return text
    return f"{text}; {words[1]} op {dutch.listing(other)}" if other else text


def fit(sentences: list[str]) -> str:
    """The first that fits a title; the last one always does."""
    return next((text for text in sentences if len(text) <= TITLE), sentences[-1])


def spine_title(answer: Spine) -> str:
    """How many figures lie outside the middle half, on the larger side."""
    judged = [row for row in answer.rows if not math.isnan(row.place) and not row.neutral]
    if answer.subject.few or not judged:
        known = sum(not math.isnan(row.value) for row in answer.rows)
        if not known:
            return "Geen cijfers om te tonen"
        return f"{dutch.count(known, 'cijfer', 'cijfers')}, zonder oordeel"
    worse, better = (sum(row.side == side for row in judged) for side in (-1, 1))
    half, of = "de middelste helft", f" van {answer.against}"
    if len(judged) == 1:
        text = f"Het enige cijfer is {words_of_side(judged[0].side)} {half}"
    elif worse == better == 0:
        text = f"Alle {len(judged)} cijfers liggen in {half}"
    elif worse == better:
        text = f"Evenveel cijfers ({worse}) zijn gunstiger als ongunstiger dan in {half}"
    else:
        n, word = (worse, "ongunstiger") if worse > better else (better, "gunstiger")
        text = f"{n} van de {len(judged)} cijfers {'is' if n == 1 else 'zijn'} {word} dan in {half}"
    return fit([text + of, text])


def words_of_side(side: int) -> str:
    """Where one figure lies, before "de middelste helft"."""
    return {1: "gunstiger dan in", -1: "ongunstiger dan in", 0: "te vinden in"}[side]


def spine_short(answer: Spine) -> str:
    """The title while presenting."""
    return fit_short(f"Hoe staat {answer.subject.name} ervoor?", "Hoe staat dit gebied ervoor?")


def spine_alt(answer: Spine) -> str:
    """The spine in words: what lies outside the middle half, what is missing."""
    who = answer.subject
    known = [row for row in answer.rows if not math.isnan(row.value)]
    better, worse = ([_named(row) for row in known if row.side == side] for side in (1, -1))
    missing = len(answer.rows) - len(known)
    parts = [f"Per cijfer de plaats van {who.name} ten opzichte van {answer.against}; rechts is gunstig."]
    if who.few:
        parts.append("Er wonen te weinig mensen voor een oordeel.")
    else:
        parts.append(f"Ongunstiger dan de middelste helft: {dutch.listing(worse) or 'geen'}.")
        parts.append(f"Gunstiger: {dutch.listing(better) or 'geen'}.")
    if missing:
        parts.append(f"Van {dutch.count(missing, 'cijfer', 'cijfers')} zijn er geen gegevens.")
    return " ".join(parts)


def spine_source(answer: Spine) -> str:
    """Sources, what a step is, n, what is left out and why."""
    who = answer.subject
    known = [row for row in answer.rows if not math.isnan(row.value)]
    if not known:
        return "Geen bron: er zijn geen cijfers."
    parts = [f"Bronnen: {answer.source}.", "De lijn is het middelste gebied; een stap opzij is een standaardafwijking."]
    if any(row.estimate for row in known):
        parts.append("* Schatting met een model, geen meting.")
    counts = [row.n for row in known if row.n]
    if counts:
        low, high = min(counts), max(counts)
        span = dutch.number(low) if low == high else f"{dutch.number(low)} tot {dutch.number(high)}"
        parts.append(
            f"n{dutch.NBSP}={dutch.NBSP}{span} {who.level.plural} per cijfer; "
            + (
                "gebieden met minder dan 1.000 inwoners tellen niet mee."
                if who.sizes_known
                else "hoeveel inwoners zij hebben is nog niet ingelezen, dus ook heel kleine tellen mee."
            )
        )
    if answer.origin:
        parts.append(answer.origin)
    return " ".join(parts)


def alikes_title(answer: Alikes) -> str:
    """What the list holds."""
    n, who = len(answer.areas), answer.subject
    if not n:
        return fit(
            [f"Voor {who.name} zijn geen vergelijkbare gebieden gevonden", "Geen vergelijkbare gebieden gevonden"]
        )
    text = f"{dutch.count(n, who.level.value, who.level.plural)} elders {'lijkt' if n == 1 else 'lijken'} het meest op"
    return fit([f"Deze {text} {who.name}", f"Deze {text} dit gebied"])


def alikes_lead(answer: Alikes) -> str:
    """What alike means: never the outcome itself."""
    if not answer.areas:
        return ""
    return (
        f"Gekozen op {dutch.listing(list(answer.features))}, niet op de scores. Daarnaast de nieuwste score per pijler "
        "(Nederland in 2014 = 100)."
    )


def alikes_text(answer: Alikes) -> str:
    """The list in words."""
    return f"{alikes_title(answer)}: {dutch.listing([area.name for area in answer.areas]) or answer.missing}."


def alikes_source(answer: Alikes) -> str:
    """Sources, n, what was left out."""
    if not answer.areas:
        return answer.missing
    return (
        f"Bron van de kenmerken: {answer.source}. Gekozen uit {dutch.n_of(answer.n_candidates, 'gebied', 'gebieden')} in "
        "andere gemeenten met 1.000 of meer inwoners en hoogstens één klasse verschil in stedelijkheid."
    )


def score(value: float | None) -> str:
    """A score in a list, or a dash with its meaning."""
    return "geen score" if value is None or math.isnan(value) else dutch.number(value)


def alikes_short(answer: Alikes) -> str:
    """The title of the list while presenting."""
    return fit_short(f"Wie lijkt op {answer.subject.name}?", "Wie lijkt op dit gebied?")


def fit_short(text: str, otherwise: str) -> str:
    return text if len(text) <= SHORT else otherwise


def _named(row: SpineRow) -> str:
    return f"{row.label.rstrip('*')} ({dutch.number(row.value, row.decimals, row.signed)})"
