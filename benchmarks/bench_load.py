"""Many people at once on a fresh server, each in a gemeente of their own and another one at every click.

python benchmarks/bench_load.py --data-dir DIR [--people 20 50] [--minutes 1] [--every 5]

Every number of people gets a server of its own that nobody visited before. Pages and gemeenten are drawn at random from a
seed, so that two versions answer the same questions. The baseline is a click on Uitleg, which only shows text, by one person
on that server afterwards.
"""

import argparse
import asyncio
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil

from benchmarks.bench_pages import server_process
from benchmarks.measure import Row, report
from benchmarks.person import Answer, Person
from tests.browser import harness
from wijkdata.areas import is_fictional
from wijkdata.store.monitor import queries, versions

PAGES = ("overzicht", "kaart", "wijkprofiel", "kloof")
PATIENCE = 300.0


async def crowd(url: str, places: list[str], people: int, seconds: float, every: float) -> list[Answer]:
    """Let `people` click every `every` seconds; who waits longer for an answer clicks as soon as it is there."""
    answers: list[Answer] = []
    until = time.perf_counter() + seconds

    async def one(number: int) -> None:
        chance = random.Random(number)
        await asyncio.sleep(chance.uniform(0, every))
        async with Person(url) as person:
            while time.perf_counter() < until:
                query = f"gemeente={chance.choice(places)}"
                answer = await person.click(chance.choice(PAGES), query, timeout=PATIENCE)
                answers.append(answer)
                await asyncio.sleep(max(0.0, every - answer.seconds))

    await asyncio.gather(*(one(number) for number in range(people)))
    return answers


async def alone(url: str, runs: int = 9) -> float:
    """Measure the median seconds of a page with only text."""
    async with Person(url) as person:
        return statistics.median([(await person.click("uitleg")).seconds for _ in range(runs + 2)][2:])


def processor(process: psutil.Process) -> float:
    """Measure the seconds of processor that the server used so far: the same whatever else the machine does."""
    used = process.cpu_times()
    return used.user + used.system


async def measure(url: str, places: list[str], people: int, seconds: float, every: float) -> list[Row]:
    """Give median and p95 of one crowd, beside the page with only text, and the processor that a click took."""
    server = server_process()
    before = processor(server)
    answers = await crowd(url, places, people, seconds, every)
    used = processor(server) - before
    base = await alone(url)
    times = sorted(answer.seconds for answer in answers)
    errors = sum(len(answer.errors) for answer in answers)
    what = f"{people} people, {len(times)} clicks, {errors} errors"
    return [
        Row(f"median, {what}", statistics.median(times), "s", None, "Uitleg", base),
        Row(f"processor per click, {what}", used / len(times), "s", None, "Uitleg", base),
        Row(f"p95, {what}", times[int(len(times) * 0.95)], "s", 2.0, "Uitleg", base),
    ]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--people", type=int, nargs="+", default=[20, 50])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--every", type=float, default=5.0)
    chosen = parser.parse_args()
    codes = queries.municipalities(versions.require(chosen.data_dir))["code"]
    places = sorted(code for code in codes if not is_fictional(code))
    rows = []
    for people in chosen.people:
        with harness.serve(chosen.data_dir) as url:
            rows += asyncio.run(measure(url, places, people, chosen.minutes * 60, chosen.every))
    report(f"Fresh server, {len(places)} gemeenten at random, a click every {chosen.every:g} s", rows)


if __name__ == "__main__":
    main()
