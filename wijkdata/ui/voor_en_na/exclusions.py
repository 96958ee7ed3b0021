"""Areas that somebody left out of the comparison: in the address as `zonder=WK970201~reden;WK970305~reden`."""

from wijkdata.questions.shared import places
from wijkdata.questions.voor_en_na.answer import Intervention
from wijkdata.store.monitor.versions import require
from wijkdata.ui import address, session

NAME = "zonder"
REASONS = ("hier liep ook een aanpak", "hier is gesloopt of gebouwd", "deze wijk verschilt te veel")
LONGEST, MOST = 80, 10
_BETWEEN, _WITHIN = ";", "~"
Choices = tuple[tuple[str, str], ...]


def read(intervention: Intervention) -> Choices:
    """What the address leaves out: (code, reason). What is no area of this level, is treated itself or is too much is a miss.

    Another intervention begins with nothing left out.
    """
    raw = address.keep_text(NAME, f"{intervention.kind}:{intervention.id}:{','.join(_codes(intervention))}")
    known = places.all_areas(require(session.data_dir()), intervention.level).index
    parts = [part.partition(_WITHIN) for part in raw.split(_BETWEEN) if part.strip()]
    named = {code: tidy(why) for code, _, why in parts}
    usable = [(code, why) for code, why in named.items() if code in known and code not in _codes(intervention)][:MOST]
    address.miss(NAME, [code or f"{_WITHIN}{why}" for code, why in named.items() if (code, why) not in usable])
    return tuple(usable)


def written(choices: Choices) -> str:
    """As the address has it."""
    return _BETWEEN.join(f"{code}{_WITHIN}{tidy(why)}" for code, why in choices)


def tidy(why: str) -> str:
    """A reason as one short line, without the two characters that keep the parts of the address apart."""
    line = " ".join(why.replace(_BETWEEN, ",").replace(_WITHIN, "-").split())
    short = line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
    return short or "zonder reden"


def add(code: str, why: str, now: Choices) -> None:
    """Leave one more out; runs the page again."""
    address.set_choice(NAME, written((*now, (code, why))))


def take_back(code: str, now: Choices) -> None:
    """Count one in again; runs the page again."""
    address.set_choice(NAME, written(tuple(one for one in now if one[0] != code)))


def _codes(intervention: Intervention) -> list[str]:
    return [area.code for area in intervention.areas]
