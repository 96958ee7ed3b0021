"""Every sentence round the figures of Wijkprofiel, each from a condition: titles, leads, source lines, text alternatives."""

import math

from wijkdata import dutch
from wijkdata.analysis.change import Verdict
from wijkdata.questions.shared.answer import VERDICTS, Against, SourceLine, Subject, Whole, base_text
from wijkdata.questions.wijkprofiel.answer import (
    Alikes,
    Around,
    IndicatorLine,
    LocalSpan,
    PillarLine,
    PillarLines,
    Ranking,
    Spine,
    SpineRow,
)
from wijkdata.reference.timeline import Held, Lane
from wijkdata.views.wijkprofiel import local

# Characters that fit: a title on two lines, a title while presenting on one.
LONGEST, LONGEST_SHORT = 90, 45
PILLARS_LEAD = (
    "Elke pijler op dezelfde schaal, alleen jaren waarin iets is gemeten. Hoger is gunstiger. Gestegen of gedaald heet het pas "
    "boven wat een gebied van deze grootte vanzelf heen en weer gaat."
)


def fit(sentences: list[str]) -> str:
    """Return the first that fits a title; the last one always does."""
    return next((text for text in sentences if len(text) <= LONGEST), sentences[-1])


def fit_short(text: str, otherwise: str) -> str:
    """Return a title while presenting; `otherwise` where it is too long."""
    return text if len(text) <= LONGEST_SHORT else otherwise


def title(answer: Spine) -> str:
    """Return the answer of the page: on which subjects the area lies outside the middle half. At most 90 characters."""
    who = answer.subject
    if all(row.missing for row in answer.rows):
        loaded = any(row.loaded for row in answer.rows)
        what = "is geen enkel cijfer bekend" if loaded else "zijn nog geen cijfers ingelezen"
        return fit([f"Van {who.name} {what}", f"Van dit gebied {what}"])
    if who.few:
        why = f"is met {dutch.number(who.population)} inwoners te klein om over de cijfers te oordelen"
        return fit([f"{who.name} {why}", f"Dit gebied {why}"])
    judged = _judged(answer)
    if not judged:
        why = "zijn nog nergens mee te vergelijken"
        return fit([f"De cijfers van {who.name} {why}", f"De cijfers van dit gebied {why}"])
    return fit(_judged_titles(answer, judged))


def _judged(answer: Spine) -> list[SpineRow]:
    """The figures with a place in the group and a good and a bad side."""
    return [row for row in answer.rows if row.compared and not row.neutral]


def _judged_titles(answer: Spine, judged: list[SpineRow]) -> list[str]:
    """The ways to write the title, from the fullest to the shortest."""
    low = [topic.word for topic in answer.topics if topic.side < 0]
    high = [topic.word for topic in answer.topics if topic.side > 0]
    names = [answer.subject.name, f"Deze {answer.subject.level}"]
    # Against the whole the line under the title says so; any other group is named.
    than = "" if answer.against is Against.EVERYBODY else f" dan {answer.group}"
    if not low and not high:
        middle = f"rond het midden van {answer.group}"
        what = "op de meeste onderwerpen" if any(row.side != 0 for row in judged) else "met alle gemeten cijfers"
        return [f"{name} ligt {what} {middle}" for name in names]
    # A whole side is left out only when the other is larger, so that "vooral" is true.
    sizes = [(3, 2), (3, 1), (2, 1), (1, 1), *([(1, 0)] if len(low) != len(high) else [])]
    titles = [_two_sides(name, low, high, most, least, than) for name in names for most, least in sizes]
    counts = f"op {len(high)} hoger en op {len(low)} lager dan het midden van {answer.group}"
    return [*titles, *(f"{name} ligt {counts}" for name in names)]


def _two_sides(name: str, low: list[str], high: list[str], most: int, least: int, than: str) -> str:
    """The larger side first; "vooral" when subjects are left out."""
    first, second, words = (low, high, ("lager", "hoger")) if len(low) >= len(high) else (high, low, ("hoger", "lager"))
    named, named_too = first[:most], second[:least]
    mostly = "vooral " if len(named) < len(first) else ""
    text = f"{name} scoort {mostly}{words[0]}{than} op {dutch.listing(named)}"
    return f"{text}; {words[1]} op {dutch.listing(named_too)}" if named_too else text


def spine_title(answer: Spine) -> str:
    """Return how many figures lie outside the middle half, on either side, the larger first."""
    judged = _judged(answer)
    if answer.subject.few or not judged:
        known = sum(not row.missing for row in answer.rows)
        return f"{dutch.count(known, 'cijfer', 'cijfers')}, zonder oordeel" if known else "Geen cijfers om te tonen"
    worse, better = (sum(row.side == side for row in judged) for side in (-1, 1))
    half = "de middelste helft"
    if len(judged) == 1:
        text = f"Het enige cijfer is {_side_text(judged[0].side)} {half}"
    elif worse == better == 0:
        text = f"Alle {len(judged)} cijfers liggen in {half}"
    elif worse == better:
        text = f"Evenveel cijfers ({worse}) zijn gunstiger als ongunstiger dan in {half}"
    else:
        sides = sorted([(worse, "ongunstiger"), (better, "gunstiger")], reverse=True)
        (n, word), (fewer, other) = sides
        too = f" en {fewer} {other}" if fewer else ""
        text = f"{n} van de {len(judged)} cijfers {'is' if n == 1 else 'zijn'} {word}{too} dan in {half}"
    return fit([f"{text} van {answer.group}", text])


def _side_text(side: int) -> str:
    """Where one figure lies, before "de middelste helft"."""
    return {1: "gunstiger dan in", -1: "ongunstiger dan in", 0: "te vinden in"}[side]


def spine_short(answer: Spine) -> str:
    """Return the title of the spine while presenting: how many figures lie on which side."""
    judged = _judged(answer)
    if answer.subject.few or not judged:
        return spine_title(answer)
    worse, better = (sum(row.side == side for row in judged) for side in (-1, 1))
    if worse == better == 0:
        return f"Alle {len(judged)} cijfers in de middelste helft"
    return f"{worse} van {len(judged)} cijfers ongunstiger, {better} gunstiger"


def spine_alt(answer: Spine) -> str:
    """Return the spine in words: what lies outside the middle half, what is missing."""
    who = answer.subject
    known = [row for row in answer.rows if not row.missing]
    better, worse = ([_named(row) for row in known if row.side == side] for side in (1, -1))
    missing = len(answer.rows) - len(known)
    parts = [f"Per cijfer de plaats van {who.name} ten opzichte van {answer.group}; rechts is gunstig."]
    if who.few:
        parts.append("Er wonen te weinig mensen voor een oordeel.")
    else:
        parts.append(f"Ongunstiger dan de middelste helft: {dutch.listing(worse) or 'geen'}.")
        parts.append(f"Gunstiger: {dutch.listing(better) or 'geen'}.")
    if missing:
        parts.append(f"Van {dutch.count(missing, 'cijfer', 'cijfers')} zijn er geen gegevens.")
    return " ".join(parts)


def spine_values(answer: Spine) -> str:
    """Return every figure of the spine in words, for who cannot see it."""
    rows = []
    for row in answer.rows:
        if row.missing:
            rows.append(f"{row.label}: {dutch.NO_DATA}")
            continue
        middle = "" if math.isnan(row.middle) else f", midden {dutch.number(row.middle, row.decimals, row.signed)}"
        rows.append(f"{row.label}: {dutch.number(row.value, row.decimals, row.signed)} in {row.period}{middle}")
    return f"{spine_alt(answer)} {'; '.join(rows)}."


def _named(row: SpineRow) -> str:
    return f"{row.label} ({dutch.number(row.value, row.decimals, row.signed)})"


def spine_source(answer: Spine) -> SourceLine:
    """Return the source line: sources, what a step is, n, what is left out and why."""
    who = answer.subject
    known = [row for row in answer.rows if not row.missing]
    if not known:
        return SourceLine("Geen bron: er zijn geen cijfers")
    parts = ["De lijn is het middelste gebied; een stap opzij is een standaardafwijking."]
    if any(row.estimate for row in known):
        parts.append("* Schatting met een model, geen meting.")
    counts = [row.n for row in known if row.n]
    if counts:
        low, high = min(counts), max(counts)
        span = dutch.number(low) if low == high else f"{dutch.number(low)} tot {dutch.number(high)}"
        left_out = (
            "gebieden met minder dan 1.000 inwoners tellen niet mee."
            if who.sizes_known
            else "hoeveel inwoners zij hebben is nog niet ingelezen, dus ook heel kleine tellen mee."
        )
        parts.append(f"n{dutch.NBSP}={dutch.NBSP}{span} {who.level.plural} per cijfer; {left_out}")
    if answer.origin:
        parts.append(answer.origin)
    return SourceLine(f"Bronnen: {answer.source}", more=tuple(parts), sources=answer.source_ids)


def pillars_title(answer: PillarLines) -> str:
    """Return which pillars rose and which fell since their line began."""
    known = [line for line in answer.lines if not math.isnan(line.change)]
    if answer.subject.few:
        return "Vier pijlers over de jaren, zonder oordeel: er wonen te weinig mensen"
    if any(line.reason == "residents_unknown" for line in answer.lines):
        return "Vier pijlers over de jaren, nog zonder oordeel: het aantal inwoners is niet ingelezen"
    if not any(line.period and not line.points.empty for line in answer.lines):
        return "Over de pijlers zijn nog geen scores te geven"
    if not known:
        return "Nog geen pijler met twee vergelijkbare meetjaren"
    verbs = {
        Verdict.UP: ("steeg duidelijk", "stegen duidelijk"),
        Verdict.DOWN: ("daalde duidelijk", "daalden duidelijk"),
        Verdict.SAME: ("bleef vrijwel gelijk", "bleven vrijwel gelijk"),
        Verdict.ORDINARY: ("veranderde niet duidelijk", "veranderden niet duidelijk"),
    }
    moves = []
    for verdict, (one, more) in verbs.items():
        names = [line.short.lower() for line in known if line.verdict is verdict]
        moves += [(names, one if len(names) == 1 else more)] if names else []
    if not moves:
        return "Nog geen pijler met twee vergelijkbare meetjaren"
    first = f"De pijler{'s' if len(moves[0][0]) > 1 else ''} "
    parts = [f"{dutch.listing(names)} {verb}" for names, verb in moves]
    return fit([first + "; ".join(parts), first + "; ".join(parts[:2]), first + parts[0]])


def pillars_short(answer: PillarLines) -> str:
    """Return the title of the pillars while presenting: how many rose and fell."""
    known = [line for line in answer.lines if not math.isnan(line.change)]
    if answer.subject.few or any(line.reason == "residents_unknown" for line in answer.lines):
        return "Vier pijlers, zonder oordeel"
    if not known:
        return "Nog geen twee vergelijkbare meetjaren"
    up, down = (sum(line.verdict is verdict for line in known) for verdict in (Verdict.UP, Verdict.DOWN))
    pillars = f"{len(known)} {'pijler' if len(known) == 1 else 'pijlers'}"
    if not up and not down:
        return f"Van {pillars} geen duidelijk veranderd"
    return f"Van {pillars} {up or 'geen'} gestegen, {down or 'geen'} gedaald"


def pillar_sentences(line: PillarLine) -> tuple[str, ...]:
    """Return the sentences under a panel: how it changed, what it rests on, how sure its place is."""
    known = line.points[line.points["who"] == "own"] if len(line.points) else line.points
    if not len(known):
        reason = line.detail or dutch.reason_text(line.reason)
        # Reading in more helps only where figures are missing.
        return (f"Geen score: {reason}.", *([line.fill] if line.reason == "insufficient" and line.fill else []))
    parts = [_course(line, len(known)), _coverage(line)]
    if line.without_reference:
        names = dutch.listing([name.lower() for name in line.without_reference])
        parts.append(f"Telt niet mee, want er is geen landelijk ijkpunt: {names}.")
    if line.ranking is not None:
        parts.append(_rank(line.ranking))
    return tuple(parts)


def _course(line: PillarLine, n_years: int) -> str:
    """How a score changed, or why that is not said."""
    if line.reason == "residents_unknown":
        return "Aantal inwoners onbekend: getekend, maar niet beoordeeld."
    if line.reason == "few_residents":
        return f"Te weinig inwoners ({dutch.number(line.subject.population)}): getekend, maar niet beoordeeld."
    if math.isnan(line.change):
        apart = "Het laatste meetjaar telt andere cijfers dan de jaren ervoor: nog geen verloop."
        return "Eén meetjaar, dus nog geen verloop." if n_years == 1 else apart
    who = line.subject
    whole = "" if math.isnan(line.whole) else f"; {who.everybody} {dutch.number(line.whole, 0, True)}"
    verb = dutch.capital(VERDICTS.get(line.verdict, "veranderd"))
    return f"{verb} sinds {line.since} ({dutch.number(line.change, 0, True)}{whole})."


def _coverage(line: PillarLine) -> str:
    """`3 van 3 cijfers in 2020`; a score on model figures says so."""
    text = f"{line.n_indicators} van {dutch.count(line.n_expected, 'cijfer', 'cijfers')} in {line.period}"
    if line.modelled_only:
        text += ": rust op één modelcijfer" if line.n_indicators == 1 else ": rust alleen op modelcijfers"
    elif line.n_indicators == 1:
        text += ": rust op één cijfer"
    return text + "."


def _rank(ranking: Ranking) -> str:
    """The place from the lowest, with its range; with one figure there is nothing to vary."""
    of = f"van de {dutch.number(ranking.n)} in {ranking.where} (1 = laagst)"
    if not ranking.low:
        return f"Plaats {dutch.number(ranking.rank)} {of}; met één cijfer is niet te zeggen hoe zeker dat is."
    if ranking.low == ranking.high:
        return f"Plaats {dutch.number(ranking.low)} {of}, hoe de cijfers ook worden gewogen."
    return f"Plaats tussen {dutch.number(ranking.low)} en {dutch.number(ranking.high)} {of}."


def pillar_values(line: PillarLine) -> str:
    """Return the scores of a pillar in words: the area, its gemeente and the whole, year by year."""
    who = line.subject
    names = {"own": who.name, "municipality": who.municipality_label, "everybody": who.everybody}
    parts = []
    for key, name in names.items():
        known = line.points[line.points["who"] == key].dropna(subset="score") if len(line.points) else line.points
        years = ", ".join(f"{int(row.period)}: {dutch.number(row.score)}" for row in known.itertuples())
        parts += [f"{name} {years}"] if years else []
    return f"{line.title}. {'; '.join(parts) or dutch.NO_DATA}."


def pillar_short(line: PillarLine) -> str:
    """Return how a pillar went, in a few words, for a projected panel."""
    if line.points.empty:
        return "geen score"
    if line.reason == "few_residents":
        return "te weinig inwoners"
    if line.reason == "residents_unknown":
        return "aantal inwoners onbekend"
    if math.isnan(line.change):
        return "nog geen verloop"
    if line.verdict in (Verdict.SAME, Verdict.ORDINARY):
        return f"{VERDICTS[line.verdict]} sinds {line.since}"
    return f"{dutch.number(line.change, 0, True)} sinds {line.since}"


def pillars_source(answer: PillarLines) -> SourceLine:
    """Return the source line of the four pillars: sources, the scale, n."""
    first = f"Bronnen: {answer.source}" if answer.source else "Geen bron: er zijn geen scores"
    years = "Een jaar waarin andere cijfers meetelden is vergeleken op wat beide jaren hebben; een lijn is onderbroken waar dat niets is."
    more = (*_scale(answer, answer.base_years), f"{years} Plaats: 5 tot 95% van 1.000 keer anders wegen.")
    return SourceLine(first, bool(answer.source), more, answer.source_ids)


def pillar_source(answer: PillarLines, line: PillarLine) -> SourceLine:
    """Return the source line of one pillar that stands alone."""
    first = f"Bron: {line.source}" if line.source else "Geen bron: er is geen score"
    return SourceLine(first, bool(line.source), _scale(answer, line.base_years) if line.source else (), line.source_ids)


def _scale(answer: PillarLines, base_years: tuple[int, ...]) -> tuple[str, ...]:
    who = answer.subject
    return (
        f"Score: Nederland in {base_text(base_years)} = 100, hoger is gunstiger.",
        f"{who.municipality_label} en {who.everybody}: gemiddelde naar inwoners.",
        f"{dutch.n_of(answer.n_everybody, who.level.value, who.level.plural)} met een score.",
    )


def line_title(answer: IndicatorLine) -> str:
    """Return how the area moved since it is measured as it is now, and on which side of the middle of the whole it lies."""
    known = answer.points.dropna(subset="own")
    known = known[known["stretch"] == known["stretch"].iloc[-1]]
    first, last = known.iloc[0], known.iloc[-1]
    names = [f"{answer.label} in {answer.subject.name}", answer.label]
    if len(known) == 1 and answer.breaks:
        return fit([f"{name}: sinds {int(last['period'])} anders gemeten" for name in names])
    if len(known) == 1:
        return fit([f"{names[0]}: één meetjaar ({int(last['period'])})", f"{names[1]}: één meetjaar"])
    if answer.verdict is Verdict.MISSING:
        return fit([f"{name}: getekend, maar niet beoordeeld" for name in names])
    courses = [f"{name}: {VERDICTS[answer.verdict]} sinds {int(first['period'])}" for name in names]
    side = _side_of_whole(answer, float(last["own"]), float(last["everybody"]))
    return fit([*(course + side for course in courses), *courses])


def _side_of_whole(answer: IndicatorLine, own: float, everybody: float) -> str:
    """Above or below the middle of the whole in the last year; nothing when that is unknown."""
    if math.isnan(everybody):
        return ""
    own, everybody = (dutch.as_written(value, answer.decimals) for value in (own, everybody))
    name = f"de middelste {answer.subject.level}" + (" van Nederland" if answer.subject.whole is Whole.NATIONAL else "")
    if own == everybody:
        return f", nu gelijk met {name}"
    return f", nu {'boven' if own > everybody else 'onder'} {name}"


def line_lead(answer: IndicatorLine) -> str:
    """Return what the number is, and what the lanes are not."""
    lanes = policy_lead(answer.lanes)
    star = " Schatting met een model, geen meting." if answer.estimate else ""
    unit = "" if answer.unit in answer.title else f" ({answer.unit})"
    years = sorted(int(year) for year in answer.points["period"])
    return f"{answer.title}{unit}.{_beside_whole(answer)}{star}{lanes}{lanes_lead(answer.local, years)}"


def _beside_whole(answer: IndicatorLine) -> str:
    """Return the change that the title speaks of, beside that of all areas together; nothing when that is not known."""
    known = answer.points.dropna(subset="own")
    known = known[known["stretch"] == known["stretch"].iloc[-1]]
    if math.isnan(answer.whole) or len(known) < 2:
        return ""
    own = float(known["own"].iloc[-1] - known["own"].iloc[0])
    changes = [dutch.number(change, answer.decimals, True) for change in (own, answer.whole)]
    return f" Sinds {int(known['period'].iloc[0])}: {changes[0]}; {answer.subject.everybody} {changes[1]}."


def policy_lead(lanes: tuple[Lane, ...]) -> str:
    """Return which of the programmes for some areas held here; what is for the whole country needs no word."""
    own = [lane for lane in lanes if lane.reach and lane.reach != "heel Nederland"]
    kinds = [
        ("Hier gold", [lane.short for lane in own if lane.held is Held.YES]),
        ("In een deel van dit gebied gold", [lane.short for lane in own if lane.held is Held.PART]),
        ("Niet hier, dus niet getekend:", [lane.short for lane in own if lane.held is Held.NO]),
        ("Niet bekend of hier gold", [lane.short for lane in own if lane.held is Held.UNKNOWN]),
    ]
    parts = [f" {opening} {dutch.listing(names)}." for opening, names in kinds if names]
    return f" Grijze banen: landelijk beleid.{''.join(parts)}" if lanes else ""


def programmes_lead(answer: Spine) -> str:
    """Return the national programmes that this area was in: for under the title."""
    texts = [one.text for one in answer.programmes]
    return f"Landelijk programma: {'; '.join(texts)}." if texts else ""


def lanes_lead(spans: tuple[LocalSpan, ...], years: list[int]) -> str:
    """Return what the lanes of this area are: only the kinds that are drawn; what is not drawn is counted."""
    lanes = local.chosen(spans, years, presenting=False)
    kinds = {lane.kind for lane in lanes}
    words = {
        local.Kind.OWN: "Donkere banen: activiteiten hier (vlak achter de lijn).",
        local.Kind.WIDE: "Omlijnd: activiteiten voor de hele gemeente.",
        local.Kind.EVENT: "Stippelrand: omstandigheden.",
    }
    sentences = [text for kind, text in words.items() if kind in kinds]
    late = sum(span.begin > local.limits(years)[1] for span in spans)
    more = len(spans) - late - len(lanes)
    hidden = [f"{late} begonnen na het laatste cijfer" if late else "", f"{more} passen niet in beeld" if more else ""]
    left = dutch.listing([text for text in hidden if text])
    if left:
        sentences.append(f"Alleen in de tabel: {left}.")
    return (" " + " ".join(sentences)) if sentences else ""


def line_alt(answer: IndicatorLine) -> str:
    """Return the line in words."""
    who, known = answer.subject, answer.points.dropna(subset="own")
    steps = ", ".join(
        f"{int(row['period'])}: {dutch.number(row['own'], answer.decimals, answer.signed)}"
        for _, row in known.iterrows()
    )
    broken = "".join(f" De lijn is onderbroken: {one.why}." for one in answer.breaks)
    return f"{answer.title} in {who.name}. {steps}.{broken} De tabel noemt ook {who.municipality_in_words} en {who.everybody}."


def line_values(answer: IndicatorLine) -> str:
    """Return the line in words with the middle areas, and what ran meanwhile: all that the drawing shows."""
    parts = [line_alt(answer)]
    for column, name in (
        ("municipality", answer.subject.municipality_in_words),
        ("everybody", answer.subject.everybody),
    ):
        known = answer.points.dropna(subset=column)
        years = ", ".join(
            f"{int(row['period'])}: {dutch.number(row[column], answer.decimals, answer.signed)}"
            for _, row in known.iterrows()
        )
        parts += [f"Het middelste gebied van {name}: {years}."] if years else []
    ran = [lane.short for lane in answer.lanes if lane.held is not Held.NO] + [span.title for span in answer.local]
    return " ".join(parts + ([f"In banen erboven: {dutch.listing(ran)}."] if ran else []))


def line_source(answer: IndicatorLine) -> SourceLine:
    """Return the source line: edition, what the other lines are, n in the last year, what an empty stretch is."""
    who, last = answer.subject, answer.points.iloc[-1]
    sizes = ", met 1.000 of meer inwoners" if who.sizes_known else "; hun inwonertal is nog niet ingelezen"
    n = dutch.n_of(int(last["n_everybody"]), who.level.value, who.level.plural)
    more = [
        answer.origin,
        f"{who.municipality_label} en {who.everybody}: het middelste gebied, niet het gemiddelde.",
        f"{n} in {int(last['period'])}{sizes}.",
        "Beleid: zie de tabel voor jaren en bronnen." if answer.lanes else "",
        "Leeg tussen twee stippen betekent: geen meting.",
        *(f"De lijn is onderbroken: {one.why}." for one in answer.breaks),
    ]
    first = f"Bron: {answer.source}; uitgave: {answer.edition}"
    return SourceLine(first, more=tuple(text for text in more if text), sources=answer.source_ids)


def line_short(answer: IndicatorLine) -> str:
    """Return the title of the line while presenting: what may be said of the change, else the newest figure."""
    known = answer.points.dropna(subset="own")
    known = known[known["stretch"] == known["stretch"].iloc[-1]]
    if len(known) > 1 and answer.verdict in VERDICTS:
        verdict_text = VERDICTS[answer.verdict]
        whole = f"{answer.label}: {verdict_text} sinds {int(known['period'].iloc[0])}"
        bare = f"{answer.label.split(' (')[0]}: {verdict_text}"
        return fit_short(
            whole, fit_short(f"{answer.label}: {verdict_text}", fit_short(bare, dutch.capital(verdict_text)))
        )
    last = known.iloc[-1]
    newest = f"{dutch.number(last['own'], answer.decimals, answer.signed)} in {int(last['period'])}"
    return fit_short(f"{answer.label}: {newest}", newest)


def around_title(answer: Around) -> str:
    """Return how much was done here and what runs now; the whole gemeente apart."""
    name, here = answer.subject.name, [span for span in answer.activities if not span.wide]
    running = sum(span.running for span in here)
    wide = sum(span.wide for span in answer.activities)
    if not answer.activities:
        n = dutch.count(len(answer.spans), "omstandigheid", "omstandigheden")
        return fit([f"In {name} is nog geen activiteit vastgelegd, wel {n}", "Nog geen activiteit vastgelegd"])
    if not here:
        n = dutch.count(wide, "activiteit", "activiteiten")
        return fit(
            [f"In {name} zelf is niets vastgelegd; wel {n} voor de hele gemeente", "Alleen voor de hele gemeente"]
        )
    count = dutch.count(len(here), "activiteit", "activiteiten")
    now = "nu loopt er geen" if not running else f"nu {'loopt' if running == 1 else 'lopen'} er {running}"
    return fit([f"In {name} {'is' if len(here) == 1 else 'zijn'} {count} vastgelegd; {now}", f"{count}; {now}"])


def nothing_around(who: Subject) -> str:
    """Return that nothing was recorded of an area."""
    return f"Van {who.name} is nog geen activiteit vastgelegd"


def around_short(answer: Around) -> str:
    """Return the title of the list while presenting: how much was done here, and how much of it runs."""
    here = [span for span in answer.activities if not span.wide]
    running = sum(span.running for span in here)
    if not here:
        return "Hier zelf is geen activiteit vastgelegd"
    return f"{dutch.count(len(here), 'activiteit', 'activiteiten')}; nu {'loopt' if running == 1 else 'lopen'} er {running or 'geen'}"


def around_source(answer: Around) -> SourceLine:
    """Return the source line of the list: n, and what is apart."""
    wide = sum(span.wide for span in answer.activities)
    events = len(answer.spans) - len(answer.activities)
    n = dutch.n_of(len(answer.activities), "activiteit", "activiteiten")
    more = (
        f"{n}, waarvan {wide} voor de hele gemeente; {dutch.count(events, 'omstandigheid', 'omstandigheden')}.",
        "Ideeën en wat is afgelast staan er niet bij.",
        "Dat iets tegelijk liep, zegt niet dat het de cijfers veranderde.",
    )
    return SourceLine("Bron: eigen register", more=more)


def left_out(answer: Around) -> str:
    """Return how many activities and circumstances the list does not hold."""
    more = len(answer.spans) - local.MOST_LISTED
    return f"En nog {more}; alle staan in de tabel op het scherm." if more > 0 else ""


def alikes_title(answer: Alikes) -> str:
    """Return what the list holds."""
    n, who = len(answer.areas), answer.subject
    if not n:
        return fit(
            [f"Voor {who.name} zijn geen vergelijkbare gebieden gevonden", "Geen vergelijkbare gebieden gevonden"]
        )
    text = f"{dutch.count(n, who.level.value, who.level.plural)} elders {'lijkt' if n == 1 else 'lijken'} het meest op"
    return fit([f"Deze {text} {who.name}", f"Deze {text} dit gebied"])


def alikes_lead(answer: Alikes) -> str:
    """Return what alike means: never the outcome itself."""
    if not answer.areas:
        return ""
    return (
        f"Gekozen op {dutch.listing(list(answer.features))}, niet op de scores. Daarnaast de nieuwste score per pijler "
        "(Nederland = 100)."
    )


def alikes_text(answer: Alikes) -> str:
    """Return the list in words."""
    return f"{alikes_title(answer)}: {dutch.listing([area.name for area in answer.areas]) or answer.missing}."


def alikes_source(answer: Alikes) -> SourceLine | str:
    """Return the source line: n, what was left out; without a list the sentence why there is none."""
    if not answer.areas:
        return answer.missing
    n = dutch.n_of(answer.n_candidates, "gebied", "gebieden")
    more = (
        f"Gekozen uit {n} in andere gemeenten met 1.000 of meer inwoners en hoogstens één klasse verschil in stedelijkheid.",
    )
    return SourceLine(f"Bron van de kenmerken: {answer.source}", more=more, sources=answer.source_ids)


def alikes_short(answer: Alikes) -> str:
    """Return the title of the list while presenting: the most alike."""
    if not answer.areas:
        return "Geen vergelijkbare gebieden gevonden"
    first = answer.areas[0]
    return fit_short(
        f"Het meest gelijk: {first.name}, {first.municipality_name}", f"Het meest gelijk: {first.name}"[:LONGEST_SHORT]
    )


def score(value: float | None) -> str:
    """Return a score in a list, or that there is none."""
    return "geen score" if value is None or math.isnan(value) else dutch.number(value)
