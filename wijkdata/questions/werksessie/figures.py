"""Figures that a session can show, made of the questions that there are: what the room guesses, and what the figures then say."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from wijkdata.areas import Level, is_fictional
from wijkdata.catalogue import Catalogue
from wijkdata.errors import WijkdataError
from wijkdata.questions.kloof import question as gaps
from wijkdata.questions.kloof.answer import Course, GapAnswer
from wijkdata.questions.shared import places, subjects
from wijkdata.questions.werksessie.answer import Known, Session, SessionFigure, Truth
from wijkdata.questions.wijkprofiel import lines
from wijkdata.questions.wijkprofiel.answer import IndicatorLine, PillarLine, PillarLines
from wijkdata.store.monitor.versions import Monitor

TOPIC, PILLAR, GAP, VIEW = "onderwerp", "pijler", "kloof", "beeld"
LOWER, ALIKE, HIGHER = "lager", "ongeveer gelijk", "hoger"
LARGER, SAME, SMALLER = "groter geworden", "ongeveer gelijk gebleven", "kleiner geworden"
_COURSES = {Course.LARGER: LARGER, Course.SAME: SAME, Course.SMALLER: SMALLER}
# What the lowest and the highest tenth are called before residents.
_NEUTRAL = ("laagste", "hoogste")
# The class "rond gemiddeld" of a score, either side of the whole.
_ALIKE = 15.0


@dataclass(frozen=True)
class Offered:
    """A figure as it can be put into a session: a row of it, without its key and place."""

    kind: str
    subject: str
    title: str
    question: str
    choices: str = ""
    unit: str = ""
    decimals: int = 0


def offered(monitor: Monitor, catalogue: Catalogue, code: str, kind: str, subject: str) -> Offered:
    """Return a figure about this area with a question that the room can guess at. Raises NotFoundError without figures."""
    who = subjects.subject(monitor, code)
    if kind == TOPIC:
        line = lines.indicator_line(monitor, catalogue, code, subject)
        year = int(line.points.dropna(subset="own")["period"].iloc[-1])
        unit = "" if line.unit in line.label else line.unit
        text = f"{line.label} in {who.name} in {year}: wat denkt u?"
        return Offered(kind, subject, line.label, text, unit=unit, decimals=line.decimals)
    if kind == PILLAR:
        pillar = catalogue.pillars[subject]
        text = f"{pillar.title}: hoe staat {who.name} ervoor naast {who.everybody}?"
        return Offered(kind, subject, pillar.title, text, "; ".join((LOWER, ALIKE, HIGHER)))
    title = catalogue.indicators[subject].short
    text = f"De kloof tussen {who.level.plural} ({title}): wat denkt u?"
    return Offered(kind, subject, f"Kloof: {title}", text, "; ".join((LARGER, SAME, SMALLER)))


def topic_truth(line: IndicatorLine) -> Truth:
    """Return the newest figure of a topic."""
    newest = line.points.dropna(subset="own").iloc[-1]
    return Truth(number=float(newest["own"]), period=int(newest["period"]))


def pillar_of(answer: PillarLines, pillar: str) -> PillarLine | None:
    """Return one of the four pillars; None when it has no score at all."""
    return next((line for line in answer.lines if line.pillar == pillar and not line.points.empty), None)


def pillar_truth(line: PillarLine) -> Truth:
    """Return on which side of the whole the score lies; nothing for an area of too few residents."""
    whole = line.points[(line.points["who"] == lines.EVERYBODY) & (line.points["period"] == line.period)]
    if math.isnan(line.score) or line.reason or whole.empty:
        return Truth()
    distance = line.score - float(whole["score"].iloc[0])
    answer = ALIKE if abs(distance) < _ALIKE else HIGHER if distance > 0 else LOWER
    return Truth(answer, period=line.period)


def gap_answer(monitor: Monitor, catalogue: Catalogue, code: str, indicator: str, residents: bool = False) -> GapAnswer:
    """Return the gap in the gemeente of an area, beside the whole. Raises WijkdataError when there is nothing to compare.

    residents: the ends are called by their numbers, not by what is good or bad.
    """
    place = places.place(monitor, code)
    measured = gaps.Measured(indicator, Level.WIJK)
    answer = gaps.gap(monitor, catalogue, measured, place.municipality)
    if not residents:
        return answer
    return replace(answer, indicator=answer.indicator.model_copy(update={"ends": _NEUTRAL}))


def gap_truth(answer: GapAnswer) -> Truth:
    """Return what the gap did; nothing when that is not sure."""
    return Truth(_COURSES.get(answer.panel.course, ""), period=int(answer.panel.spread.table["year"].iloc[-1]))


def gap_topics(monitor: Monitor, catalogue: Catalogue, code: str) -> tuple[str, ...]:
    """Return the topics of which there can be a gap here."""
    return gaps.topics(monitor, catalogue, Level.WIJK, is_fictional(code))


def known(monitor: Monitor | None, catalogue: Catalogue, answer: Session) -> Mapping[str, Known]:
    """Return by the key of a figure what is known now; a figure that cannot be shown any more is left out."""
    if monitor is None:
        return {}
    by_key = {}
    for one in answer.figures:
        try:
            known_now = _known(monitor, catalogue, answer.area, one)
        except WijkdataError:  # its figures are not read in here: the report says so, and goes on with the others
            continue
        if known_now is not None:
            by_key[one.key] = known_now
    return by_key


def _known(monitor: Monitor, catalogue: Catalogue, area: str, one: SessionFigure) -> Known | None:
    if one.kind == TOPIC:
        line = lines.indicator_line(monitor, catalogue, area, one.subject)
        text = f"Bron: {line.source}; uitgave: {line.edition}."
        return Known(topic_truth(line), text, line.source_ids, one.subject)
    if one.kind == PILLAR:
        answer = lines.pillar_lines(monitor, catalogue, area)
        pillar = pillar_of(answer, one.subject)
        return None if pillar is None else Known(pillar_truth(pillar), f"Bron: {pillar.source}.", pillar.source_ids)
    if one.kind == GAP:
        gap = gap_answer(monitor, catalogue, area, one.subject)
        return Known(gap_truth(gap), gap.source.text, gap.source.sources, one.subject)
    return None
