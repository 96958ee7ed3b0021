"""A room of sixty phones: ten votes a second over HTTP, while the phones that wait ask again every four seconds.

    python benchmarks/bench_werksessie.py

Three runs: quietly; with many starts and stops of the question; and with stops during votes. In each the votes that were
confirmed are those that are counted. The listener runs in a process of its own, as the app does; the store is on this disk.
"""

import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from subprocess import Popen
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.measure import Row, report
from tests.session_examples import Device, command, server, session
from wijkdata.store.participation import room

PHONES, PER_SECOND, LIMIT_MS = 60, 10, 500.0
QUESTIONS = 4
AGAIN_SECONDS = 4.0


def main() -> None:
    """Measure each run and print the table; ends with code 1 when a vote was lost or counted twice."""
    rows, fine = [], True
    for name, beside in (("quietly", _nothing), ("many starts and stops", _starts), ("stop during votes", _stops)):
        times, confirmed, counted = _run(beside)
        p95 = statistics.quantiles(times, n=20)[-1] * 1000
        rows += [
            Row(f"vote, {name}: p95 of {len(times)}", p95, "ms", LIMIT_MS, "median", statistics.median(times) * 1000),
            Row(
                f"  confirmed but not counted, or counted but not confirmed ({confirmed})",
                abs(confirmed - counted),
                "",
                0,
            ),
        ]
        fine = fine and confirmed == counted
    report(f"{PHONES} phones, {PER_SECOND} votes a second", rows)
    sys.exit(0 if fine else 1)


def _run(beside: Callable[[Popen, str, threading.Event], None]) -> tuple[list[float], int, int]:
    """One room: seconds per vote, votes that were confirmed, votes that are counted."""
    with TemporaryDirectory() as folder, _room(Path(folder)) as (process, key, phones):
        directory, times, confirmed = Path(folder), [], 0
        for number in range(QUESTIONS):
            figure, kind = ("aaaa", "bbbb")[number % 2], (room.GUESS, room.RECOGNISE)[number // 2]
            command(process, "open", figure, kind)
            over = threading.Event()
            aside = threading.Thread(target=beside, args=(process, f"{figure}:{kind}", over))
            aside.start()
            answers = _vote_all(phones, f"{figure}:{kind}")
            over.set()
            aside.join()
            times += [seconds for seconds, _ in answers]
            confirmed += sum(status == HTTPStatus.OK for _, status in answers)
        rounds = room.rounds(directory, key).values()
        counted = sum(sum(one.phones.values()) for one in rounds)
        devices = sum(one.devices for one in rounds)
    return times, confirmed, counted if counted == devices else -1


@contextmanager
def _room(directory: Path) -> Iterator[tuple[Popen, str, list[Device]]]:
    """A session with phones that have their cookie; they ask again every four seconds until the end."""
    key = session(directory)
    with server(directory, key) as (process, address):
        phones, over = [Device(address) for _ in range(PHONES)], threading.Event()
        for phone in phones:
            phone.look()
        waiting = threading.Thread(target=_ask_again, args=(address, over))
        waiting.start()
        try:
            yield process, key, phones
        finally:
            over.set()
            waiting.join()


def _ask_again(address: str, over: threading.Event) -> None:
    phone = Device(address)
    while not over.wait(AGAIN_SECONDS / PHONES):
        phone.look()


def _vote_all(phones: list[Device], question: str) -> list[tuple[float, int]]:
    """Let every phone vote, ten a second: (seconds, status) of each."""
    begin = time.perf_counter()
    answer = "ja" if question.endswith(room.RECOGNISE) else "gelijk" if question.startswith("aaaa") else "12,5"

    def vote(place: int) -> tuple[float, int]:
        time.sleep(max(0.0, begin + place / PER_SECOND - time.perf_counter()))
        start = time.perf_counter()
        status = phones[place].vote(question, answer).status_code
        return time.perf_counter() - start, status

    with ThreadPoolExecutor(PHONES) as pool:
        return list(pool.map(vote, range(len(phones))))


def _nothing(process: Popen, question: str, over: threading.Event) -> None:
    over.wait()


def _starts(process: Popen, question: str, over: threading.Event) -> None:
    """Open and close, open again and again: twice the same is nothing."""
    figure, _, kind = question.partition(":")
    while not over.wait(0.4):
        for what in ("open", "close", "open"):
            command(process, what, figure, kind)


def _stops(process: Popen, question: str, over: threading.Event) -> None:
    """Stop once, halfway: the votes after it are refused."""
    figure, _, kind = question.partition(":")
    over.wait(PHONES / PER_SECOND / 2)
    command(process, "close", figure, kind)


if __name__ == "__main__":
    main()
