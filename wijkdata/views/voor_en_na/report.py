"""Voor en na as a report: the answer or the refusal with its reason, the figures, and what stands around them."""

from collections.abc import Callable
from datetime import date

import altair as alt
import pandas as pd

from wijkdata import dutch
from wijkdata.catalogue import Catalogue
from wijkdata.questions.shared.answer import PILLAR, Refusal
from wijkdata.questions.voor_en_na.answer import (
    AimResult,
    Answered,
    Head,
    ImpactAnswer,
    Moment,
    Pool,
    Refused,
    Whole,
    decimals,
)
from wijkdata.views.shared import citing, paper
from wijkdata.views.shared.paper import Panel
from wijkdata.views.shared.reports import definitions
from wijkdata.views.shared.reports.structure import Figure, Item, Lines, Name, Report, Section, Series, Table
from wijkdata.views.shared.specification import specification
from wijkdata.views.shared.theme import Theme
from wijkdata.views.voor_en_na import around, drawing, html, seen, words

PAGE = "Voor en na"
# So many areas to compare with, and things that ran meanwhile, are named on paper; a workbook has them all.
NAMED, MOST_ELSE = 6, 8


def name(head: Head) -> Name:
    """What the report of an answer is called as a file."""
    years = [one.year for one in head.moments]
    where = f"{head.intervention.id or words.place(head)}-{head.topic.id}".replace(":", "-")
    when = f"{years[0]}-{years[-1]}" if years else str(head.start_year)
    return Name("voor-en-na", where, when, head.fictional)


def report(whole: Whole, catalogue: Catalogue, today: date, looked: int = 1) -> Report:
    """Make the report of one answer. looked: how many choices were looked at to come to it."""
    answer = whole.answer
    head = answer.head
    return Report(
        name=name(head),
        page=PAGE,
        about=words.where(head.intervention),
        title=head.title,
        lead="" if isinstance(answer, Refused) else answer.finding.text,
        sections=tuple(_sections(whole, looked)),
        definitions=definitions.table(catalogue, _topics(catalogue, head)),
        licence=citing.licences(catalogue, head.source.ids),
        colophon_text=citing.made(today),
        day=today,
    )


def _topics(catalogue: Catalogue, head: Head) -> list[str]:
    """The topic; of a pillar the figures in its score."""
    if not head.topic.pillar:
        return [head.topic.id]
    pillar = head.topic.id.removeprefix(PILLAR)
    return [name for name, one in catalogue.indicators.items() if one.pillar == pillar and one.role == "score"]


def _sections(whole: Whole, looked: int) -> list[Section]:
    answer, head = whole.answer, whole.answer.head
    sections = [_refusal(answer.refusal)] if isinstance(answer, Refused) else []
    sections += [_lines(answer, looked)] if head.moments else []
    if isinstance(answer, Answered):
        sections += [_difference(answer), _seen(answer)]
        sections += [_cautions(answer)] if answer.sections.cautions else []
    sections.append(_else(whole))
    sections += [_aims(answer, whole.aims)] if whole.aims is not None else []
    if isinstance(answer, Answered):
        sections += [_certainty(answer), _compared(head, answer.sections.pool), _opinions(answer), _naive(answer)]
    return [*sections, _evidence(answer)]


def _refusal(why: Refusal) -> Section:
    items = (Item(around.WHY_NOT, why.reason), Item(around.POSSIBLE, why.remedy))
    return Section("geen antwoord", around.NO_ANSWER, items=items, boxed=True)


def _figure(view: Callable[[Head, Theme], alt.TopLevelMixin], head: Head, words_of_it: str, chart: Lines) -> Figure:
    return Figure((Panel(specification(view, head, paper.THEME)),), words_of_it, lines=(chart,))


def _chart(head: Head, name: str, series: tuple[tuple[str, Callable[[Moment], float]], ...], signed: bool) -> Lines:
    """Lines over the measurements: the first is the chosen one, the second dashed, the others the edges of the band."""
    drawn = tuple(
        Series(title, tuple(value(one) for one in head.moments), place == 0, place == 1 and not signed, title in _EDGES)
        for place, (title, value) in enumerate(series)
    )
    known = tuple(one for one in drawn if any(value == value for value in one.values))
    return Lines(name, tuple(one.year for one in head.moments), known, decimals(head.topic), signed)


_EDGES = (words.LOW, words.HIGH)


def _lines(answer: ImpactAnswer, looked: int) -> Section:
    head = answer.head
    series: tuple[tuple[str, Callable[[Moment], float]], ...] = (
        (words.place(head), lambda one: one.treated),
        (words.OTHERWISE, lambda one: one.comparison),
        (words.LOW, lambda one: one.comparison + one.low),
        (words.HIGH, lambda one: one.comparison + one.high),
    )
    alone = isinstance(answer, Refused)
    sentences = (words.names(head), words.looked_at(answer, looked), around.ONLY_MEASURED if alone else "")
    return Section(
        "voor en na",
        words.title_lines(answer),
        words.lead_lines(answer),
        _figure(
            drawing.lines,
            head,
            words.lines_values(head),
            _chart(head, f"{head.topic.label}, {words.start_label(head)}", series, False),
        ),
        tuple(filter(None, sentences)),
        table=Table(words.table(answer), places=decimals(head.topic), on_a4=False),
        source=words.source(head) if alone else "",
    )


def _difference(answer: Answered) -> Section:
    head = answer.head
    series: tuple[tuple[str, Callable[[Moment], float]], ...] = (
        (words.DIFFERENCE, lambda one: one.difference),
        (words.LOW, lambda one: one.low),
        (words.HIGH, lambda one: one.high),
    )
    return Section(
        "verschil",
        words.TITLE_DIFFERENCE,
        words.lead_difference(head),
        _figure(
            drawing.difference,
            head,
            words.difference_values(head),
            _chart(head, f"{words.DIFFERENCE}, {words.start_label(head)}", series, True),
        ),
        source=words.source(head),
    )


def _seen(answer: Answered) -> Section:
    rows = seen.rows(answer)
    frame = pd.DataFrame(
        {
            "": [one.name for one in rows],
            "Hoe het is berekend": [one.small for one in rows],
            f"In {words.points(answer.head.topic)}": [one.absolute for one in rows],
            "In procenten": [one.relative for one in rows],
        }
    )
    if not any(one.relative for one in rows):
        frame = frame.drop(columns="In procenten")
    return Section(
        "wat zien we",
        around.SEEN,
        text=("".join(seen.rarer(answer)), seen.notes(answer)),
        table=Table(_numbers(answer), frame),
    )


def _numbers(answer: Answered) -> pd.DataFrame:
    """The three rows to the last digit."""
    finding, names = answer.finding, [one.name for one in seen.rows(answer)]
    changes = (finding.own, finding.otherwise, finding.difference)
    return pd.DataFrame(
        {
            "Wat": names,
            "Gemiddeld voor": [one.before for one in changes],
            "Gemiddeld na": [one.after for one in changes],
            "Verandering": [one.absolute for one in changes],
            "In procenten": [one.relative for one in changes],
        }
    )


def _cautions(answer: Answered) -> Section:
    return Section(
        "wat dit niet laat zien", around.NOT_SHOWN, items=tuple(Item("", text) for text in answer.sections.cautions)
    )


def _else(whole: Whole) -> Section:
    rows = around.together(whole.others)
    if not rows:
        return Section("wat liep er nog meer", around.ELSE, around.nothing_else(whole.window))
    frame = pd.DataFrame(
        {
            "Wat": [one.title for one in rows],
            "Soort": [around.KINDS[one.kind] for one in rows],
            "Wanneer": [one.when for one in rows],
            "Waar": [one.where for one in rows],
        }
    )
    more = len(rows) - MOST_ELSE
    left_out = around.left_out(more) if more > 0 else ""
    lead = around.else_lead(whole.answer, whole.window)
    return Section(
        "wat liep er nog meer", around.ELSE, lead, table=Table(frame, frame.head(MOST_ELSE)), source=left_out
    )


def _aims(answer: ImpactAnswer, aims: tuple[AimResult, ...]) -> Section:
    if not aims:
        return Section("doel", around.AIM, around.NO_AIM)
    items = tuple(
        Item(
            one.topic,
            " ".join(filter(None, [one.aim, f"({around.LATE})" if one.late else "", one.result, one.planned])),
            around.aim_small(one),
        )
        for one in aims
    )
    return Section("doel", around.AIM, around.aims_lead(answer), items=items)


def _certainty(answer: Answered) -> Section:
    items = tuple(
        Item(
            one.term if one.term.endswith("?") else f"{one.term}:",
            f"{one.value}{' (let op)' if one.flagged else ''}. {one.meaning}",
        )
        for one in answer.sections.certainty
    )
    return Section("hoe zeker", around.SURE, items=items)


def _compared(head: Head, pool: Pool) -> Section:
    n = dutch.count(pool.n, head.level.value, head.level.plural)
    named = [
        f"{one.name}, {one.municipality_name} ({dutch.percent(100 * one.weight, 1)})" for one in pool.areas[:NAMED]
    ]
    heaviest = f"Het zwaarst tellen, van {n}: {dutch.listing(named)}."
    left = html.left_out(pool)
    return Section(
        "vergeleken met",
        words.compared_title(head),
        words.compared_lead(head, pool),
        text=tuple(filter(None, [heaviest, left])),
        table=Table(words.areas_table(pool), places=2, on_a4=False),
    )


def _opinions(answer: Answered) -> Section:
    topic, opinions = answer.head.topic, answer.sections.seconds
    frame = pd.DataFrame(
        {
            "Rekenmanier": [one.method for one in opinions],
            "Verschil": [words.number(topic, one.estimate, True) for one in opinions],
            "Marge": [words.margin(topic, one.margin) for one in opinions],
            "Wat het is": [one.meaning for one in opinions],
        }
    )
    return Section(
        "andere rekenmanieren",
        around.OTHER_METHODS,
        words.opinions_lead(topic, opinions),
        table=Table(frame, columns_on_a4=3),
    )


def _naive(answer: Answered) -> Section:
    plain = answer.sections.naive
    return Section("gewone voor en na", around.NAIVE, text=(plain.quote, plain.why))


def _evidence(answer: ImpactAnswer) -> Section:
    return Section("bewijs", around.EVIDENCE, around.evidence(answer), source=around.ladder(answer))
