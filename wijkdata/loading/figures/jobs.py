"""An import in a thread of its own: a page looks at it, stops it, and takes its result; it goes on when nobody looks."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from wijkdata.errors import StoppedError
from wijkdata.loading.figures.accounts import FileAccount
from wijkdata.loading.figures.progress import Say, Step

Read = Callable[[Say], list[FileAccount]]


class Job:
    """One import under way. step: what it does now."""

    def __init__(self, read: Read) -> None:
        self.step = Step("Beginnen.")
        self._stop = threading.Event()
        self._began = time.monotonic()
        pool = ThreadPoolExecutor(1, thread_name_prefix="inlezen")
        self._future: Future[list[FileAccount]] = pool.submit(read, self._say)
        pool.shutdown(wait=False)

    def _say(self, step: Step) -> None:
        if self._stop.is_set():
            raise StoppedError("Het inlezen is gestopt; er is niets veranderd.")
        self.step = step

    @property
    def seconds(self) -> float:
        """How long the import takes so far."""
        return time.monotonic() - self._began

    @property
    def stopping(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Stop at the next step, before anything is published."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; return whether the import has ended."""
        return not wait([self._future], seconds).not_done

    def result(self) -> list[FileAccount]:
        """Return the accounts of an import that has ended, or raise what it raised (StoppedError when it was stopped)."""
        return self._future.result()
