"""The register of activities: saving, twenty people at once, kills, 5,000 activities, and the page Activiteiten.

python benchmarks/bench_participation.py --data-dir DIR [--seconds 60] [--kills 200] [--activities 5000]

DIR holds a monitor file; it is copied, nothing is written into it.
"""

import argparse
import asyncio
import multiprocessing
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import duckdb
import psutil

from benchmarks.bench_pages import server_process
from benchmarks.measure import ROOT, Row, median_ms, report
from benchmarks.person import Person
from tests.browser import harness
from tests.participation_examples import TODAY, activity
from wijkdata.areas import Level
from wijkdata.loading.activities import register
from wijkdata.questions.shared import activities
from wijkdata.record.base import Record
from wijkdata.record.fields import options, tables
from wijkdata.store.monitor import queries, versions
from wijkdata.store.participation import backups, door, registers
from wijkdata.store.participation.registers import ConflictError

PEOPLE = 20
BASELINE = "bare open, insert, close"
# Says the number of an activity once it is saved, as in tests/spec/test_participation_damage.py.
WRITER = """
import sys
from pathlib import Path
from tests.participation_examples import TODAY, activity
from wijkdata.loading.activities import register
for n in range(100_000):
    saved = register.save(Path(sys.argv[1]), activity(f"{sys.argv[2]}-{n}"), "invoer", TODAY)
    print(saved.id, flush=True)
"""


def saving(directory: Path) -> list[Row]:
    """Measure saving one form, new and changed, on the register as it is, against the least that DuckDB itself needs."""
    record = register.save(directory, activity("meting"), "invoer", TODAY)
    new = median_ms(lambda: register.save(directory, activity(), "invoer", TODAY), runs=25)

    def change() -> None:
        nonlocal record
        title = f"Titel {record.version}"
        record = register.save(directory, replace_title(record, title), "invoer", TODAY)

    again = median_ms(change, runs=25)
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.duckdb"
        with duckdb.connect(str(bare)) as connection:
            connection.execute("CREATE TABLE form (id TEXT PRIMARY KEY, state TEXT)")
        base = median_ms(lambda: insert_bare(bare), runs=25)
    n = len(registers.records(directory))
    return [
        Row(f"save a new form (register of {n})", new, "ms", 50, BASELINE, base),
        Row("save a changed form", again, "ms", 50, BASELINE, base),
    ]


def replace_title(record: Record, title: str) -> Record:
    """Give the record another title."""
    return Record(record.id, {**record.values, "title": title}, record.rows, version=record.version)


def insert_bare(path: Path) -> None:
    """Do the least that a save needs."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO form VALUES (?, ?)", [str(time.perf_counter_ns()), "x" * 1500])


def crowd(directory: Path, seconds: float) -> list[Row]:
    """Let twenty people of one process work: each saves a form every second, and one row to an activity of everybody."""
    register.save(directory, activity("samen"), "invoer", TODAY)
    times: list[float] = []
    conflicts: list[int] = []

    def one(person: int) -> None:
        time.sleep(random.Random(person).uniform(0, 1))
        for number in range(int(seconds)):
            start = time.perf_counter()
            register.save(directory, activity(f"p{person}-{number}"), "bewoner", TODAY)
            times.append(time.perf_counter() - start)
            if (number + person) % 10 == 0:
                conflicts.append(add_step(directory, f"p{person}-{number}"))
            time.sleep(max(0.0, 1 - (time.perf_counter() - start)))

    with ThreadPoolExecutor(PEOPLE) as people:
        waiting = [people.submit(one, person) for person in range(PEOPLE)]
    faults = [future.exception() for future in waiting if future.exception()]
    mine = [key for key in registers.records(directory) if key.startswith("p")]
    steps = [row["text"] for row in registers.get(directory, "samen").rows["timeline"]]
    lost = len(times) - len(mine) + len(conflicts) - len(steps)
    double = (
        len(steps)
        - len(set(steps))
        + len(registers.current(directory).frame("area")["activity_id"])
        - len(registers.current(directory).frame("activity"))
    )
    p95 = sorted(times)[int(len(times) * 0.95)] * 1000
    job = f"p95 of {len(times)} saves by {PEOPLE}, {len(faults)} errors, {sum(conflicts)} conflicts"
    return [
        Row(job, p95, "ms", 300, "median", statistics.median(times) * 1000),
        Row("acknowledged and lost", lost, "", 0),
        Row("double", double, "", 0),
    ]


def add_step(directory: Path, text: str) -> int:
    """Add one row to the timeline of the activity of everybody; return how often somebody else was earlier."""
    row = {"date": TODAY, "kind": "mijlpaal", "text": text}
    for attempt in range(1000):
        seen = registers.get(directory, "samen")
        try:
            register.save(directory, seen.with_rows("timeline", (*seen.rows["timeline"], row)), "bewoner", TODAY)
            return attempt
        except ConflictError:
            continue
    raise RuntimeError("1,000 times somebody else was earlier")


def kills(directory: Path, times: int) -> list[Row]:
    """Kill the process (SIGKILL) in the middle of a stream of saves, again and again."""
    rng, acknowledged = random.Random(4), set()
    start = time.perf_counter()
    for attempt in range(times):
        command = [sys.executable, "-c", WRITER, str(directory), f"k{attempt}"]
        writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        heard = [writer.stdout.readline() for _ in range(rng.randint(1, 3))]
        time.sleep(rng.uniform(0, 0.06))
        writer.kill()
        rest, _ = writer.communicate()
        acknowledged |= set("".join([*heard, rest]).split())
    saved = {key for key in registers.records(directory) if key.startswith("k")}
    counts = backups.write(directory, directory / "na-de-kills.duckdb")
    seconds = time.perf_counter() - start
    return [
        Row(
            f"{times} kills ({seconds:.0f} s): acknowledged and lost, of {len(acknowledged)}",
            len(acknowledged - saved),
            "",
            0,
        ),
        Row("saved and not yet acknowledged (at most one a kill)", len(saved - acknowledged), "", times),
        Row("activities without a line in the history", counts["activity"] - counts["change"], "", 0),
    ]


# --- five thousand activities ------------------------------------------------------------------------------------------


def make(directory: Path, number: int) -> None:
    """Make a register of `number` activities over ten years in the wijken of the monitor, in one transaction."""
    rng = random.Random(5)
    frame = queries.areas(versions.require(directory))
    wijken = sorted(frame.loc[frame["level"] == Level.WIJK.value, "code"])
    start = time.perf_counter()
    register.save_all(directory, [made(rng, n, wijken) for n in range(number)], "invoer", TODAY)
    print(f"  made {number:,} activities in {time.perf_counter() - start:.1f} s")


def made(rng: random.Random, n: int, wijken: list[str]) -> Record:
    """Make one of them: a span, one or two wijken, pillars, counts, groups and a timeline."""
    begin = date(2014, 7, 1) + timedelta(days=rng.randrange(3600))
    end = begin + timedelta(days=rng.randrange(1, 1200))
    running = end > TODAY
    count = [
        {"date": begin, "method": "geteld", "visits": rng.choice([None, 80]), "participants": rng.choice([None, 40])}
    ]
    children = {
        "area": [{"area": code, "division": 2024} for code in rng.sample(wijken, rng.choice([1, 1, 2]))],
        "pillar": [{"rank": 1, "pillar": rng.choice(["weerbaarheid", "fysiek", "veiligheid"])}],
        "aim": [{"indicator": "lbm3_soc", "direction": "op", "judge_at": end, "recorded_at": begin}],
        "count": count if begin <= TODAY else [],
        "group": [
            {"date": begin, "trait": "geslacht", "class": code, "number": rng.randrange(1, 40)}
            for code in ("geslacht_vrouw", "geslacht_man")
        ],
        "timeline": [{"date": begin, "kind": "start", "text": "Begonnen."}],
    }
    fields = tables()["activity"]
    words = {name: rng.choice(list(options(fields.field(name)))) for name in ("kind", "initiator", "step")}
    when = {"start_planned": begin, "start_actual": begin, "end_actual": None if running else end}
    status = "loopt" if running else "afgerond"
    return activity(f"m{n}", children, title=f"Activiteit {n}", status=status, **words, **when)


def large(directory: Path) -> list[Row]:
    """Measure the frames, the counting rule, and what they take in memory."""
    now = registers.current(directory)
    one_by_one = median_ms(lambda: bare_frame(directory), runs=5)

    def frames() -> None:
        registers._frames.cache_clear()
        now.frame("activity")

    load = median_ms(frames, runs=7)
    rule = median_ms(lambda: activities.activities.__wrapped__(now), runs=7)
    with multiprocessing.get_context("spawn").Pool(1) as fresh:  # this process has made them, and is large already
        used = fresh.apply(memory_of, (str(directory),))
    size = (directory / door.NAME).stat().st_size / 2**20
    return [
        Row(f"all frames ({size:.0f} MB file)", load, "ms", None, "the activity table alone", one_by_one),
        Row("questions.shared.activities", rule, "ms", None),
        Row("memory on top", used, "MB", 100),
    ]


def memory_of(directory: str) -> float:
    """Measure the MB that the frames and the rule add to a process that has the libraries and has read an empty register."""
    with tempfile.TemporaryDirectory() as folder:
        register.save(Path(folder), activity(), "invoer", TODAY)
        activities.activities(registers.current(Path(folder)))
    process = psutil.Process()
    before = process.memory_info().rss
    activities.activities(registers.current(Path(directory)))
    return (process.memory_info().rss - before) / 2**20


def bare_frame(directory: Path) -> None:
    """Read one table, without the store."""
    with duckdb.connect(str(directory / door.NAME), read_only=True) as connection:
        connection.execute("SELECT * FROM activity").df()


async def page(url: str, queries_of: tuple[str, ...], runs: int = 9) -> list[Row]:
    """Measure the first and warm view of the page Activiteiten for a few addresses."""
    rows = []
    async with Person(url) as person:
        await person.click("uitleg", "")
        base = statistics.median([(await person.click("uitleg", "")).seconds for _ in range(runs)]) * 1000
        for query in queries_of:
            first = await person.click("activiteiten", query)
            warm = [await person.click("activiteiten", query) for _ in range(runs)]
            errors = sum(len(answer.errors) for answer in [first, *warm])
            median = statistics.median(answer.seconds for answer in warm) * 1000
            sent = max(answer.received for answer in warm) / 1000
            rows.append(Row(f"first view ?{query}", first.seconds * 1000, "ms", 1500))
            rows.append(Row(f"warm rerun ({sent:.0f} kB, {errors} errors)", median, "ms", 150, "uitleg", base))
    return rows


def main() -> None:
    """Run all of it, on copies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--activities", type=int, default=5000)
    parser.add_argument("--gemeente", default="GM0599")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, killed, big = (Path(folder) / name for name in ("klein", "kills", "groot"))
        report("Saving, empty register", saving(small))
        report(f"{PEOPLE} people for {chosen.seconds:.0f} s, one process", crowd(small, chosen.seconds))
        if chosen.kills:
            report("Kills", kills(killed, chosen.kills))
        big.mkdir()
        shutil.copy(versions.require(chosen.data_dir).path, big)
        make(big, chosen.activities)
        report(f"{chosen.activities:,} activities", large(big))
        report("Saving in it", saving(big))
        addresses = (f"gemeente={chosen.gemeente}", f"gemeente={chosen.gemeente}&beeld=dekking")
        with harness.serve(big) as url:
            report("The page, one person", asyncio.run(page(url, addresses)))
            report("The server", [Row("memory", server_process().memory_info().rss / 2**20, "MB")])


if __name__ == "__main__":
    main()
