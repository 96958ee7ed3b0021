"""What is computed beforehand of a planned activity as a report: what can be seen later, of what it is compared with, what to measure."""

from datetime import date

from wijkdata.catalogue import Catalogue
from wijkdata.questions.voor_en_na.answer import Plan, decimals
from wijkdata.views.shared import citing, paper
from wijkdata.views.shared.paper import Panel
from wijkdata.views.shared.reports import definitions
from wijkdata.views.shared.reports.structure import Figure, Item, Name, Report, Section, Table
from wijkdata.views.shared.specification import specification
from wijkdata.views.voor_en_na import around, plan, words
from wijkdata.views.voor_en_na.report import PAGE


def name(answer: Plan) -> Name:
    """What the report of a plan is called as a file."""
    intervention = answer.intervention
    where = f"{intervention.id}-{answer.topic.id}".replace(":", "-")
    return Name("vooraf-berekend", where, str(intervention.begin.year), intervention.fictional)


def report(answer: Plan, catalogue: Catalogue, today: date) -> Report:
    """Make the report of a plan, or of why there is none."""
    refused = answer.refusal is not None
    sections = [*_refused(answer)] if refused else [*_visible(answer), *_aim(answer), _compared(answer)]
    return Report(
        name=name(answer),
        page=PAGE,
        about=words.where(answer.intervention),
        title=answer.title,
        lead=answer.text,
        sections=(*sections, _to_measure(answer)),
        definitions=definitions.table(catalogue, [answer.topic.id]),
        licence=citing.licences(catalogue, answer.source.ids),
        colophon_text=citing.made(today),
        day=today,
    )


def _refused(answer: Plan) -> list[Section]:
    why = answer.refusal
    if why is None:
        return []
    items = (Item(around.WHY_NOT, why.reason), Item(around.POSSIBLE, why.remedy))
    return [Section("geen antwoord", around.NO_ANSWER, items=items, boxed=True)]


def _visible(answer: Plan) -> list[Section]:
    """The smallest difference that can be seen; nothing where that cannot be said of the planned areas."""
    if not answer.own:
        return []
    figure = Figure((Panel(specification(plan.chart, answer, paper.THEME)),), answer.description)
    table = Table(plan.table(answer), places=decimals(answer.topic))
    return [
        Section(
            "vooraf berekend",
            plan.FIGURE,
            plan.lead(answer),
            figure,
            (plan.READ,),
            table=table,
            source=plan.source(answer),
        )
    ]


def _aim(answer: Plan) -> list[Section]:
    """The aim on this topic, where there is one; why it has no plan that is kept is for the page."""
    return [] if answer.aim is None else [Section("doel", "Doel", f"{answer.aim.text}.")]


def _compared(answer: Plan) -> Section:
    left = plan.left_out(answer)
    return Section(
        "vergeleken met",
        plan.compared_title(answer),
        f"Nu lijken er het meest op: {plan.compared(answer)}",
        text=(f"Niet om mee te vergelijken: {left}.",) if left else (),
        table=Table(plan.compared_table(answer), on_a4=False),
    )


def _to_measure(answer: Plan) -> Section:
    items = tuple(Item(pillar, text) for pillar, text in plan.measured(answer.to_measure))
    return Section("wat nu te meten", plan.TO_MEASURE, "" if items else plan.NOTHING_MEASURED, items=items)
