"""Files are read in a process of their own, with a ceiling on memory and time.

What a damaged or hostile file does there (fill the memory, never end, take the process down), it does to that process alone:
the server goes on, and the file is refused with a sentence. A process is kept for the next file, because starting one takes
a second; it ends with the process that started it.
"""

import atexit
import contextlib
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYetError
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

import psutil

from wijkdata import dutch, limits
from wijkdata.errors import WijkdataError
from wijkdata.limits import MEGABYTE
from wijkdata.settings import ROOT
from wijkdata.sources.reading.files import refuse

T = TypeVar("T")
# How often is looked, and above which memory a process is not kept.
_EVERY, _KEPT = 0.05, 400 * MEGABYTE
_SPLIT = "bewaar alleen het blad of het deel met de cijfers, bijvoorbeeld als CSV, en lees dat in"


@dataclass(frozen=True)
class Budget:
    """What one call may take: bytes of memory, seconds of the processor."""

    memory: float
    seconds: float


def budget(paths: Iterable[Path]) -> Budget:
    """Return what reading these files may take together."""
    size = sum(path.stat().st_size for path in paths if path.exists()) / MEGABYTE
    return Budget(
        limits.MEMORY + size * limits.MEMORY_PER_MEGABYTE, limits.SECONDS + size * limits.SECONDS_PER_MEGABYTE
    )


def call(
    path: Path,
    function: Callable[..., T],
    *arguments: object,
    paths: Sequence[Path] = (),
    look: Callable[[], None] = lambda: None,
) -> T:
    """Call a function of a module in the process apart, about one file, and return what it returns or raise what it raises.

    paths: the other files that it looks into. look: called while waiting; what it raises ends the call. Raises InputError when the file takes more than its budget, or
    takes the process down.
    """
    worker = _take()
    try:
        answer = worker.ask((function, arguments), budget({path, *paths}), look)
    except _EndedError as error:
        raise refuse(path, error.problem, _SPLIT) from error
    finally:
        _give_back(worker)
    kind, value = answer
    if kind == "raised":
        raise value
    return value


class _EndedError(Exception):
    """The process ended, or was ended, before it answered."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class _Worker:
    """One process apart."""

    def __init__(self) -> None:
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._seen = psutil.Process(self._process.pid)
        self._answers = ThreadPoolExecutor(1, thread_name_prefix="apart")

    def ask(self, question: object, allowed: Budget, look: Callable[[], None]) -> tuple[str, Any]:
        """Send a question and wait for its answer, within its budget."""
        began, used = time.monotonic(), self._seconds()
        answer: Future[tuple[str, Any]] = self._answers.submit(self._exchange, question)
        answered = False
        try:
            while True:
                try:
                    given = answer.result(_EVERY)
                    answered = True
                    return given
                except NotYetError:
                    look()
                    self._check(allowed, used, began)
                except (EOFError, OSError, pickle.UnpicklingError) as error:
                    raise _EndedError("dit bestand brengt het lezen ten val") from error
        finally:
            if not answered:
                self.end()

    def _exchange(self, question: object) -> tuple[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        _send(self._process.stdin, question)
        return _receive(self._process.stdout)

    def _check(self, allowed: Budget, used: float, began: float) -> None:
        try:
            memory, seconds = self._seen.memory_info().rss, self._seconds() - used
        except psutil.Error:  # it has just ended; its answer says so
            return
        if memory > allowed.memory:
            most = dutch.number(allowed.memory / MEGABYTE)
            raise _EndedError(f"dit bestand vraagt bij het lezen meer geheugen dan de {most} MB die er voor is")
        if seconds > allowed.seconds or time.monotonic() - began > limits.WAITING * allowed.seconds:
            most = dutch.number(allowed.seconds)
            raise _EndedError(f"dit bestand vraagt bij het lezen meer tijd dan de {most} seconden die er voor zijn")

    def _seconds(self) -> float:
        times = self._seen.cpu_times()
        return times.user + times.system

    @property
    def usable(self) -> bool:
        """Whether it can take another file: alive, and not grown by the last one."""
        try:
            return self._process.poll() is None and self._seen.memory_info().rss < _KEPT
        except psutil.Error:
            return False

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was still to be sent has no reader any more
                    pipe.close()
        self._answers.shutdown(wait=False)


_IDLE: list[_Worker] = []
_LOCK = threading.Lock()


def _take() -> _Worker:
    with _LOCK:
        while _IDLE:
            worker = _IDLE.pop()
            if worker.usable:
                return worker
            worker.end()
    return _Worker()


def _give_back(worker: _Worker) -> None:
    """Keep one process for the next file."""
    with _LOCK:
        if worker.usable and not _IDLE:
            _IDLE.append(worker)
            return
    worker.end()


@atexit.register
def _end_all() -> None:
    with _LOCK:
        while _IDLE:
            _IDLE.pop().end()


def _send(pipe: IO[bytes], value: object) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(8, "little"))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> tuple[Any, Any]:
    head = pipe.read(8)
    if len(head) < 8:
        raise EOFError
    data = pipe.read(int.from_bytes(head, "little"))
    return pickle.loads(data)


def _serve() -> None:
    """Answer questions until the process that asks has gone. A fault of ours ends it, with its trace in the log of the server."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    while True:
        try:
            function, arguments = _receive(questions)
        except EOFError:
            return
        try:
            answer = ("answered", function(*arguments))
        except WijkdataError as error:
            answer = ("raised", error)
        _send(answers, answer)


if __name__ == "__main__":
    _serve()
