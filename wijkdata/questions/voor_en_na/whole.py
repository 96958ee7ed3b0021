"""An answer with what stands around it: what else ran, and the aim beside the result. As the page opens, for a report."""

from dataclasses import replace

from wijkdata.catalogue import Catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions.voor_en_na import aims, choices, concurrent, question
from wijkdata.questions.voor_en_na.answer import ACTIVITY, Request, Wanted, Whole
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register


def opening(register: Register, monitor: Monitor, catalogue: Catalogue, wanted: Wanted, topic: str | None) -> Request:
    """The request that the page opens with; with a topic of one's own where one is given. Raises NotFoundError."""
    if topic is None:
        offered = choices.topics(register, monitor, catalogue, wanted)
        if not offered:
            raise NotFoundError(
                f"Van ‘{wanted.id}’ zijn nog geen cijfers over twee of meer jaren; lees een bestand met meer jaren in."
            )
        topic = offered[0].id
    return Request(wanted, topic, choices.measured(register, monitor, catalogue, wanted, topic).first)


def whole(register: Register, monitor: Monitor, catalogue: Catalogue, request: Request) -> Whole:
    """Answer a request and gather what stands around it."""
    answer, wanted = question.impact(register, monitor, catalogue, request), request.wanted
    around = concurrent.around(answer.head)
    entries = concurrent.concurrent(register, monitor, catalogue, replace(wanted, chosen_on=None), around)
    of_activity = wanted.kind == ACTIVITY
    reached = aims.aims(register, monitor, catalogue, wanted.id, aims.result(answer)) if of_activity else None
    return Whole(answer, around.window, entries, reached)
