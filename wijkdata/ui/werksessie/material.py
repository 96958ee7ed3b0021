"""A figure of a session as it is drawn: by the view of the screen it comes from, with what it says on the question."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from wijkdata.errors import WijkdataError
from wijkdata.questions.shared.answer import SourceLine
from wijkdata.questions.werksessie import figures
from wijkdata.questions.werksessie.answer import Session, SessionFigure, Truth
from wijkdata.questions.wijkprofiel import lines
from wijkdata.ui import session
from wijkdata.views.kloof import drawing as gap_drawing
from wijkdata.views.kloof import words as gap_words
from wijkdata.views.wijkprofiel import lines as line_drawing
from wijkdata.views.wijkprofiel import words as line_words


@dataclass(frozen=True)
class Material:
    """view, drawn: what draws it, and of what (view None: there is nothing to draw, `missing` says why or is "").

    title, short: what it answers, on a page and on a slide. alt: the drawing in words.
    """

    title: str
    short: str
    truth: Truth = field(default_factory=Truth)
    view: Callable[..., Any] | None = None
    drawn: Any = None
    alt: str = ""
    source: SourceLine | str = ""
    missing: str = ""


def of(answer: Session, figure: SessionFigure) -> Material:
    """Return what a figure shows now. Figures that are gone since the session was prepared say so."""
    if session.current() is None or figure.kind not in _MAKERS:
        return Material(figure.title, figure.title)
    try:
        shown = _MAKERS[figure.kind](answer.area, figure.subject, answer.residents)
    except WijkdataError as error:  # figures that are not read in here: the session goes on without this one
        return Material(figure.title, figure.title, missing=str(error))
    # For residents a title says how it went, not on which side of the others the area lies.
    return replace(shown, title=shown.short) if answer.residents else shown


def _topic(area: str, subject: str, residents: bool) -> Material:
    line = session.ask(lines.indicator_line, area, subject)
    return Material(
        title=line_words.line_title(line),
        short=line_words.line_short(line),
        truth=figures.topic_truth(line),
        view=line_drawing.policy_line,
        drawn=line,
        alt=line_words.line_alt(line),
        source=line_words.line_source(line),
    )


def _pillar(area: str, subject: str, residents: bool) -> Material:
    answer = session.ask(lines.pillar_lines, area)
    line = figures.pillar_of(answer, subject)
    title = session.catalogue().pillars[subject].title
    if line is None:
        return Material(title, title, missing="Van deze pijler is hier geen score.")
    how = line_words.pillar_short(line)
    # A place among the others is no part of it: a session has no ranking.
    alt = f"{title} in {line.subject.name}: {how}."
    return Material(
        title=f"{title} in {line.subject.name}: {how}",
        short=f"{line.short}: {how}",
        truth=figures.pillar_truth(line),
        view=line_drawing.pillar_alone,
        drawn=(answer, line),
        alt=alt,
        source=line_words.pillar_source(answer, line),
    )


def _gap(area: str, subject: str, residents: bool) -> Material:
    answer = session.ask(figures.gap_answer, area, subject, residents)
    panel = answer.panel
    return Material(
        title=answer.title,
        short=answer.short,
        truth=figures.gap_truth(answer),
        view=gap_drawing.own if answer.own is not None else gap_drawing.country,
        drawn=answer,
        alt=gap_words.panel_alt(answer, panel.name),
        source=answer.source,
    )


_MAKERS: dict[str, Callable[[str, str, bool], Material]] = {
    figures.TOPIC: _topic,
    figures.PILLAR: _pillar,
    figures.GAP: _gap,
}
