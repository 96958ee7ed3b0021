"""What areas are called: by a file that was read in, else by the list of all gemeenten, as people say it."""

import re

from wijkdata.questions.shared.memory import beforehand, kept
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import queries
from wijkdata.store.monitor.versions import Monitor

_NUMBERED = re.compile(r"^Wijk [0-9A-Z]{2} (?=\S)")


def without_number(name: str) -> str:
    """Return a name as people say it: the publisher writes "Wijk 03 Overvecht". A bare "Wijk 03" keeps its number."""
    return _NUMBERED.sub("", name)


def of_list(code: str) -> str:
    """Return a gemeente by the list of all gemeenten, with the year in which it was dissolved; any other code is its
    own name."""
    known = gemeenten.every().get(code)
    if known is None:
        return code
    return known.name if known.until is None else f"{known.name} (tot {known.until.year})"


@kept(12)
@beforehand
def municipality_names(monitor: Monitor) -> dict[str, str]:
    """Return code -> name of the gemeenten with areas here: as a file gives it, else from the list of all gemeenten,
    else the code."""
    known = gemeenten.every()
    rows = queries.municipalities(monitor).itertuples(index=False)
    return {
        row.code: known[row.code].name if row.name == row.code and row.code in known else str(row.name) for row in rows
    }
