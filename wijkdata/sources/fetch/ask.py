"""One thing that is asked of one service: what every kind of service needs to answer it."""

from collections.abc import Callable
from dataclasses import dataclass

from wijkdata.reference.services import Route, Service
from wijkdata.sources.fetch.cache import Pages
from wijkdata.sources.fetch.client import Client
from wijkdata.sources.fetch.wanted import Wanted


@dataclass(frozen=True)
class Ask:
    """What is asked, where, and what is in already.

    progress: called with bytes so far and bytes in all (0: not said).
    """

    client: Client
    route: Route
    service: Service
    wanted: Wanted
    pages: Pages
    progress: Callable[[int, int], None]
