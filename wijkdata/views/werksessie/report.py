"""Werksessie as a report: what the room guessed, recognised and said, what it chose, and who does what."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from wijkdata import dutch
from wijkdata.catalogue import Catalogue
from wijkdata.questions.werksessie.answer import Agreement, Before, Known, Outcome, Point, Session, SessionFigure, Truth
from wijkdata.record.fields import words as lists
from wijkdata.views.shared import citing, paper
from wijkdata.views.shared.paper import Panel
from wijkdata.views.shared.reports import definitions
from wijkdata.views.shared.reports.structure import Figure, Item, Name, Report, Section, Table
from wijkdata.views.shared.specification import specification
from wijkdata.views.werksessie import drawing, words

PAGE = "Werksessie"
_ROOM = "Bron: antwoorden in de zaal en per telefoon, zonder namen; geen steekproef van de wijk."
_NOTHING_SAID = "Bij deze figuur is niets vastgelegd."


def name(answer: Session) -> Name:
    """What the report of a session is called as a file."""
    return Name("werksessie", f"{answer.area}-{answer.name}", f"{answer.date:%Y-%m-%d}", answer.fictional)


def report(answer: Session, known: Mapping[str, Known], catalogue: Catalogue, today: date) -> Report:
    """Make the report of a session. known: what the figures say now, by the key of a figure."""
    sections = [_figure(one, known.get(one.key)) for one in answer.figures]
    sections += [_points(answer)] if answer.points else []
    sections += [_agreements(answer)]
    sections += [_before(answer)] if answer.before else []
    sources = {source for one in known.values() for source in one.source_ids}
    return Report(
        name=name(answer),
        page=PAGE,
        about=f"{answer.name}, {answer.municipality_name}",
        title=answer.title,
        lead=f"{dutch.day(answer.date)}, {words.state(answer.state)}.",
        sections=tuple(sections),
        definitions=definitions.table(catalogue, [one.indicator for one in known.values() if one.indicator]),
        licence=citing.licences(catalogue, sources),
        colophon_text=citing.made(today),
        day=today,
    )


def _figure(one: SessionFigure, known: Known | None) -> Section:
    """One figure: what was asked, what the room thought, what the figures say, and what was said about it."""
    truth = Truth() if known is None else known.truth
    guess = one.guess if one.guess is not None and _shown(one.guess) else None
    sentences = [words.room_title(one.guess)] if one.guess is not None else []
    sentences += [words.truth(truth, one.guess.asked)] if one.guess is not None and not one.own else []
    sentences += [_recognised(one.recognised)] if one.recognised.n else []
    notes = tuple(Item(lists()["herkenning"].get(note.recognised, ""), note.text) for note in one.notes)
    sources = (known.source if known is not None and truth.known else "", _ROOM if guess or one.recognised.n else "")
    return Section(
        name=f"figuur {one.position}",
        title=words.figure_name(one),
        lead=one.guess.asked.text if one.guess is not None and not one.own else "",
        figure=None if guess is None else _drawn(guess, truth),
        text=tuple(sentences) if sentences or notes else (_NOTHING_SAID,),
        items=notes,
        table=None if guess is None else Table(drawing.table(guess), on_a4=False),
        source=" ".join(part for part in sources if part),
    )


def _shown(outcome: Outcome) -> bool:
    """Whether enough people answered to show what they answered."""
    return bool(outcome.n) and not outcome.hidden


def _drawn(outcome: Outcome, truth: Truth) -> Figure:
    view = drawing.bars if outcome.asked.options else drawing.columns
    return Figure((Panel(specification(view, (outcome, truth), paper.THEME)),), words.outcome_alt(outcome, truth))


def _recognised(outcome: Outcome) -> str:
    return f"{outcome.asked.text} {words.counts(outcome) if _shown(outcome) else words.HIDDEN}"


def _points(answer: Session) -> Section:
    """The challenges and chances, each with its dots."""
    items = [_point(one, "Uitdaging") for one in answer.challenges] + [_point(one, "Kans") for one in answer.chances]
    asked = any(one.dots is not None for one in answer.points)
    return Section(
        "uitdagingen en kansen",
        "Uitdagingen en kansen",
        items=tuple(items),
        table=Table(_points_table(answer.points), on_a4=False),
        source=_ROOM if asked else "",
    )


def _point(one: Point, kind: str) -> Item:
    text, _, small = words.point_line(one)
    return Item(kind, text, small)


def _points_table(points: tuple[Point, ...]) -> pd.DataFrame:
    """Nobody was asked for dots, or too few gave any: an empty cell, never 0."""
    return pd.DataFrame(
        {
            "Soort": ["Kans" if one.chance else "Uitdaging" for one in points],
            "Wat": [one.text for one in points],
            "Stand": [lists()["kansstand"].get(one.state, "") if one.chance else "" for one in points],
            "Stippen": pd.array([one.dots for one in points], dtype="Int64"),
        }
    )


def _agreements(answer: Session) -> Section:
    """Who does what, and when."""
    if not answer.agreements:
        return Section(
            "afspraken", "Er zijn geen afspraken vastgelegd", text=("Niets vastgelegd is niet niets gedaan.",)
        )
    count = dutch.count(len(answer.agreements), "afspraak", "afspraken")
    return Section("afspraken", f"Wie doet wat: {count}", table=Table(_agreement_rows(answer.agreements)))


def _agreement_rows(agreements: tuple[Agreement, ...]) -> pd.DataFrame:
    """A column of activities only when one was made of an agreement."""
    rows = {
        "Wie": [words.role(one.who) for one in agreements],
        "Doet wat": [one.what for one in agreements],
        "Uiterlijk": [dutch.day(one.due) if one.due else "" for one in agreements],
        "Stand": [lists()["afspraakstand"].get(one.state, one.state) for one in agreements],
    }
    if any(one.activity for one in agreements):
        rows["Activiteit"] = [
            lists()["status"].get(one.status, "ingetrokken") if one.activity else "" for one in agreements
        ]
    return pd.DataFrame(rows)


def _before(answer: Session) -> Section:
    """What became of what was said in earlier sessions about this area; which session is said once when there is one."""
    alone = len(answer.before) == 1
    items = [
        Item(bold, text, small if alone else f"{small}; {_which(before)}")
        for before in answer.before
        for bold, text, small in (
            *map(words.agreement_line, before.agreements),
            *map(words.point_line, before.chances),
        )
    ]
    lead = _which(answer.before[0]) if alone else ""
    return Section("sinds de vorige keer", words.since_title(answer), lead=lead, items=tuple(items))


def _which(before: Before) -> str:
    return f"{before.title}, {dutch.day(before.date)}"
