"""The circumstances of an area: what else happened that may explain a figure."""

from wijkdata.catalogue import Catalogue
from wijkdata.questions.activiteiten.answer import Circumstance
from wijkdata.questions.shared import activities, times
from wijkdata.record.fields import EVENT, options, tables
from wijkdata.store.monitor.versions import Monitor
from wijkdata.store.participation.registers import Register


def circumstances(
    register: Register, monitor: Monitor | None, catalogue: Catalogue, code: str
) -> tuple[Circumstance, ...]:
    """List the circumstances of an area, of what lies in it and of what it lies in, newest first."""
    kinds = options(tables()[EVENT].field("kind"))
    return tuple(
        Circumstance(
            id=str(row.id),
            kind=kinds.get(row.kind, row.kind),
            text=str(row.text),
            area=str(row.area),
            begin=times.as_date(row.start),
            end=times.as_date(row.end),
        )
        for row in activities.events_in(register, code).iloc[::-1].itertuples(index=False)
    )
