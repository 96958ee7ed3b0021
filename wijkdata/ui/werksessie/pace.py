"""How much one address may ask: a bucket of tokens that fills again. A whole room may come from one address, behind a router."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

# Sixty phones behind one router that ask again every four seconds and vote at once.
PER_SECOND, AT_ONCE = 40.0, 150.0
_MOST_ADDRESSES = 1000


@dataclass
class Pace:
    """Who asked how much. clock: in seconds. per_second: how fast a bucket of `at_once` fills."""

    per_second: float = PER_SECOND
    at_once: float = AT_ONCE
    clock: Callable[[], float] = time.monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def allows(self, address: str) -> bool:
        """Tell whether this address may ask once more, and count it."""
        now = self.clock()
        left, since = self._left.pop(address, (self.at_once, now))
        left = min(self.at_once, left + (now - since) * self.per_second)
        allowed = left >= 1
        self._left[address] = (left - allowed, now)
        while len(self._left) > _MOST_ADDRESSES:  # who has not asked for longest has a full bucket again
            self._left.popitem(last=False)
        return allowed
