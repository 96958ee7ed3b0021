"""What people made of signals, and which come back: one that was judged does not, until it grows."""

from collections.abc import Iterable, Mapping

from wijkdata.questions.shared.watching import Called
from wijkdata.questions.signalen.answer import Judgement
from wijkdata.store.participation.registers import Register

# A judged signal comes back when its strength is so much larger than it was (half of the usual limit of the sum), or when it is another
# rise: one that began after the month until which was judged.
GROWN = 2.0


def judgements(register: Register) -> dict[str, Judgement]:
    """Return the judgement of each series, by its key."""
    return {}


def open_again(called: Called, judgement: Judgement | None) -> bool:
    """Tell whether a signal is shown: never judged, grown since, or a new rise."""
    return judgement is None or called.signal.strength >= judgement.strength + GROWN or called.since > judgement.until


def apart(called: Iterable[Called], judged: Mapping[str, Judgement]) -> tuple[tuple[Called, ...], tuple[Called, ...]]:
    """Split the signals in those that are shown and those that were judged and have not grown."""
    called = tuple(called)
    shown = [one for one in called if open_again(one, judged.get(one.key))]
    return tuple(shown), tuple(one for one in called if one not in shown)
