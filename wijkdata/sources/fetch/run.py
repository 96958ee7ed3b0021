"""Fetch a list of things: several at once, each whole or not at all; what one service does wrong costs only that."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from wijkdata import dutch
from wijkdata.reference import services as listed
from wijkdata.reference.services import Kind, Service
from wijkdata.sources.fetch import maps, tables, whole_files
from wijkdata.sources.fetch.ask import Ask
from wijkdata.sources.fetch.cache import Answer, Cache, Entry
from wijkdata.sources.fetch.client import Client, ServiceError
from wijkdata.sources.fetch.wanted import Wanted

AT_ONCE = 4
# A service of maps does not say that a border was corrected: after so many days its layers are fetched again.
_MAPS_OLD_AFTER = timedelta(days=30)
_LOOK_EVERY = 0.2


class State(StrEnum):
    """What became of one thing."""

    NEW = "new"
    SAME = "same"
    FAILED = "failed"


@dataclass(frozen=True)
class Outcome:
    """What became of one thing. files: where it is; of one that failed what came in before, if anything. rows: how many.

    problem: one Dutch sentence, or "". notes: Dutch sentences about what came in.
    """

    wanted: Wanted
    state: State
    files: tuple[Path, ...] = ()
    rows: int = 0
    problem: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Progress:
    """How far a fetch is. titles: what is under way. done, of: things. sizes: bytes per thing, so far and in all (0: not said)."""

    of: int
    done: int = 0
    titles: list[str] = field(default_factory=list)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        """All bytes that came in."""
        return sum(size for size, _ in self.sizes.values())


def fetch(
    wanted: Sequence[Wanted],
    services: dict[str, Service],
    cache: Cache,
    tell: Callable[[Progress], None],
    waits: float | None = None,
) -> list[Outcome]:
    """Fetch everything, in the order given. What `tell` raises stops it; what came in whole, and every page, stays.

    waits: seconds before the first new attempt (None: as the client does). Raises WijkdataError when somebody is fetching already.
    """
    stop, progress = threading.Event(), Progress(len(wanted))
    with (
        cache.held(),
        Client(listed.hosts(services), stop, **({} if waits is None else {"waits": waits})) as client,
        ThreadPoolExecutor(AT_ONCE, thread_name_prefix="ophalen") as pool,
    ):
        work = _Work(services, cache, client, progress)
        futures = {pool.submit(work.one, one): one for one in wanted}
        outcomes: dict[Wanted, Outcome] = {}
        try:
            pending: set[Future[Answer | ServiceError | None]] = set(futures)
            while pending:
                tell(progress)
                done, pending = wait(pending, _LOOK_EVERY, FIRST_COMPLETED)
                for future in done:
                    outcomes[futures[future]] = work.outcome(futures[future], future.result())
                    progress.done += 1
        finally:
            stop.set()  # what is still under way ends at its next page
            pool.shutdown(cancel_futures=True)
        cache.tidy()
    return [outcomes[one] for one in wanted]


class _Work:
    """What the threads share."""

    def __init__(self, services: dict[str, Service], cache: Cache, client: Client, progress: Progress) -> None:
        self.services, self.cache, self.client, self.progress = services, cache, client, progress

    def one(self, wanted: Wanted) -> Answer | ServiceError | None:
        """Fetch one thing, by the first of its routes that works; None when it is the same as before."""
        self.progress.titles.append(wanted.title)
        service, problem, known = self.services[wanted.service], None, self.cache.entry(wanted.key)
        try:
            for route in service.routes:
                ask = Ask(
                    self.client,
                    route,
                    service,
                    wanted,
                    self.cache.pages(wanted.key, service.routes.index(route)),
                    lambda done, total: self.progress.sizes.__setitem__(wanted.key, (done, total)),
                )
                try:
                    return _ask(ask, known)
                except ServiceError as error:
                    problem = problem or error  # what the first address did is what to say
                    if known is not None:
                        break  # what is here serves until the service answers again
            return problem
        finally:
            self.progress.titles.remove(wanted.title)

    def outcome(self, wanted: Wanted, answer: Answer | ServiceError | None) -> Outcome:
        """Keep what came in, and say what became of it."""
        before = self.cache.entry(wanted.key)
        if isinstance(answer, ServiceError):
            return _failed(wanted, str(answer), before, self.cache)
        if answer is None:
            assert before is not None  # it is the same as before
            return Outcome(wanted, State.SAME, tuple(self.cache.paths(before)), before.rows, notes=before.notes)
        entry = self.cache.keep(wanted.key, answer)
        same = before is not None and before.files == entry.files
        state = State.SAME if same else State.NEW
        return Outcome(wanted, state, tuple(self.cache.paths(entry)), entry.rows, notes=_renamed(before, entry))


def _failed(wanted: Wanted, problem: str, before: Entry | None, cache: Cache) -> Outcome:
    if before is None:
        return Outcome(wanted, State.FAILED, problem=problem)
    day = dutch.day(datetime.fromisoformat(before.fetched).date())
    return Outcome(
        wanted, State.FAILED, tuple(cache.paths(before)), before.rows, f"{problem} Wat op {day} is opgehaald, blijft."
    )


def _ask(ask: Ask, known: Entry | None) -> Answer | None:
    kind = ask.route.kind
    if kind is Kind.FILE:
        return whole_files.fetch(ask, known)
    if kind is Kind.WFS:
        same = known is not None and not _is_old(known) and known.version == maps.version(ask)
        return None if same else maps.fetch(ask)
    same = known is not None and known.version == tables.about(ask).version
    return None if same else tables.fetch(ask)


def _is_old(entry: Entry) -> bool:
    return datetime.now(UTC) - datetime.fromisoformat(entry.fetched) > _MAPS_OLD_AFTER


def _renamed(before: Entry | None, now: Entry) -> tuple[str, ...]:
    """Say which columns of before the publisher has no more: figures that will not go on."""
    gone = sorted(set(before.columns) - set(now.columns)) if before is not None and now.columns else []
    if not gone:
        return ()
    named = ", ".join(gone[:5]) + (" …" if len(gone) > 5 else "")
    return (f"De uitgever heeft kolommen weggehaald of anders genoemd: {named}.",)
