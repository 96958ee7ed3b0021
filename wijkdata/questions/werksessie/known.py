"""What the figures say on the questions of a session, for its report: beside what the room guessed, with where it comes from."""

from collections.abc import Mapping

from wijkdata.catalogue import Catalogue
from wijkdata.errors import WijkdataError
from wijkdata.questions.werksessie import figures
from wijkdata.questions.werksessie.answer import Known, Session, SessionFigure
from wijkdata.questions.wijkprofiel import lines
from wijkdata.store.monitor.versions import Monitor


def known(monitor: Monitor | None, catalogue: Catalogue, answer: Session) -> Mapping[str, Known]:
    """Return by the key of a figure what is known now; a figure that cannot be shown any more is left out."""
    if monitor is None:
        return {}
    found = {}
    for one in answer.figures:
        try:
            known_now = _known(monitor, catalogue, answer.area, one)
        except WijkdataError:  # its figures are not read in here: the report says so, and goes on with the others
            continue
        if known_now is not None:
            found[one.key] = known_now
    return found


def _known(monitor: Monitor, catalogue: Catalogue, area: str, one: SessionFigure) -> Known | None:
    if one.kind == figures.TOPIC:
        line = lines.indicator_line(monitor, catalogue, area, one.subject)
        return Known(figures.topic_truth(line), f"Bron: {line.source}; uitgave: {line.edition}.", one.subject)
    if one.kind == figures.PILLAR:
        answer = lines.pillar_lines(monitor, catalogue, area)
        pillar = figures.pillar_of(answer, one.subject)
        return None if pillar is None else Known(figures.pillar_truth(pillar), f"Bronnen: {answer.source}.")
    if one.kind == figures.GAP:
        gap = figures.gap_answer(monitor, catalogue, area, one.subject)
        return Known(figures.gap_truth(gap), gap.source.text, one.subject)
    return None
