"""Warm rerun of every page, 20 people at once, and memory after 1,000 reruns: one server, the real set.

python benchmarks/bench_pages.py --data-dir DIR [--reruns 1000] [--minutes 1]
"""

import argparse
import asyncio
import random
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil

from benchmarks.measure import Row, report
from benchmarks.person import Answer, Person
from tests.browser import harness
from wijkdata.ui import shell

PAGES = tuple(entry.url for entry in shell.PAGES)
PLACES = ("gemeente=GM0599", "gemeente=GM0363", "gemeente=GM0518", "gemeente=GM0344", "gemeente=GM0193")


async def first(url: str) -> list[Row]:
    """Measure the first view of every page on a fresh server: everything is computed."""
    async with Person(url) as person:
        times = [(page, (await person.click(page, PLACES[0])).seconds) for page in PAGES]
        for place in PLACES[1:]:
            for page in PAGES:
                await person.click(page, place)
    return [Row(f"first view of {page}", seconds, "s") for page, seconds in times]


async def warm(url: str, runs: int = 9) -> list[Row]:
    """Measure the median seconds of a warm rerun per page, against the page with only text."""
    medians, sizes = {}, {}
    async with Person(url) as person:
        for page in PAGES:
            answers = [await person.click(page, PLACES[0]) for _ in range(runs + 2)][2:]
            medians[page] = statistics.median(answer.seconds for answer in answers) * 1000
            sizes[page] = max(answer.received for answer in answers) / 1000
    base = medians["uitleg"]
    return [
        Row(f"warm rerun {page} ({sizes[page]:.0f} kB)", medians[page], "ms", 150, "uitleg", base) for page in PAGES
    ]


async def crowd(url: str, people: int, seconds: float, every: float) -> Row:
    """Measure, on a server that was visited before, the p95 of the answer time when `people` each click every `every` seconds on a page and place at random."""
    answers: list[Answer] = []

    async def one(number: int) -> None:
        chance = random.Random(number)
        async with Person(url) as person:
            await person.click("overzicht", chance.choice(PLACES))
            await asyncio.sleep(chance.uniform(0, every))
            for _ in range(int(seconds / every)):
                answer = await person.click(chance.choice(PAGES[:4]), chance.choice(PLACES))
                answers.append(answer)
                await asyncio.sleep(max(0.0, every - answer.seconds))

    await asyncio.gather(*(one(number) for number in range(people)))
    errors = [error for answer in answers for error in answer.errors]
    times = sorted(answer.seconds for answer in answers)
    p95, median = times[int(len(times) * 0.95)], statistics.median(times)
    return Row(f"p95 of {len(times)} clicks by {people} people, {len(errors)} errors", p95, "s", 0.5, "median", median)


async def memory(url: str, process: psutil.Process, reruns: int) -> list[Row]:
    """Measure the resident memory of the server after a tenth of the reruns and after all."""
    chance = random.Random(1)
    async with Person(url) as person:
        sizes = []
        for number in range(reruns):
            await person.click(chance.choice(PAGES), chance.choice(PLACES))
            if number + 1 in (reruns // 10, reruns):
                sizes.append(process.memory_info().rss / 2**20)
    return [Row(f"memory after {reruns} reruns", sizes[1], "MB", 450, f"after {reruns // 10}", sizes[0])]


def server_process() -> psutil.Process:
    """Find the streamlit server that this run started."""
    children = psutil.Process().children(recursive=True)
    return next(child for child in children if "streamlit" in " ".join(child.cmdline()))


def main() -> None:
    """Run the three measurements on a fresh server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--reruns", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=1.0)
    chosen = parser.parse_args()
    with harness.serve(chosen.data_dir) as url:
        report("First view, fresh server", asyncio.run(first(url)))
        report("Warm rerun, one person", asyncio.run(warm(url)))
        report("Twenty people, one process", [asyncio.run(crowd(url, 20, chosen.minutes * 60, 5.0))])
        report("Memory", asyncio.run(memory(url, server_process(), chosen.reruns)))


if __name__ == "__main__":
    main()
