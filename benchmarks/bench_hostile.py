"""The readers, the stores and the copies under attack, from a seed.

python benchmarks/bench_hostile.py [--files 100] [--mutations 2000] [--backups 50] [--seed 1] [--keep DIR]

files: hostile files of the kinds in `hostile_files`, each read in as a person does it, in the process apart and with a store.
Reported: a traceback, more than 20 s, more than 1 GB (this process and the one apart), a store of which a byte changed after a
refusal. mutations: good files of every publisher and of the register with some bytes changed, also within the parts of a zip.
These are read where they are made, two processes with 250 each at a time, without the process apart and without a store: one
start of a process per file would take a second of each. What kills such a process is reported with its seed.
backups: copies of a register with bytes changed, cut or swapped, one in five of before there were seals; bad is one that was
put back and says something else than the register did.
--keep writes every file that is reported. The exit code is the number of reports, at most 99.
"""

import argparse
import hashlib
import io
import random
import resource
import shutil
import sys
import tempfile
import threading
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import duckdb
import pandas as pd
import psutil

from benchmarks import hostile_files
from benchmarks.measure import machine
from tests.bad_files import GOOD_FILES, OWN
from tests.geo_examples import GRONINGEN, KAART, gpkg, zipped
from tests.participation_examples import EVERYTHING, TODAY, activity, event
from wijkdata import catalogue
from wijkdata.errors import WijkdataError
from wijkdata.loading.activities import budgets, export, register
from wijkdata.loading.figures import importer, taking_in
from wijkdata.loading.figures.accounts import FileState
from wijkdata.sources.reading.base import Context
from wijkdata.store.participation import backups, contents, door

# What is said of a file that took the process apart down: by a fault of ours, which is a traceback, or of a library.
DOWN = "brengt het lezen ten val"
MOST_SECONDS, MOST_MEMORY, AT_ONCE = 20.0, 1_000_000_000, 250


@dataclass
class Found:
    """What was tried and what went wrong. wrong: (what, where, the file or nothing)."""

    tried: int = 0
    refused: int = 0
    slowest: float = 0.0
    largest: float = 0.0
    wrong: list[tuple[str, str, bytes]] = field(default_factory=list)


def last_line(error: BaseException) -> str:
    """Where an error came from, in a line."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {str(error)[:120]} ({Path(frame.filename).name}:{frame.lineno})"


# --- files, as a person reads them in -------------------------------------------------------------------------------


class Watch:
    """The largest memory of this process and the ones it started, looked at ten times a second."""

    def __init__(self) -> None:
        self._own, self.most, self._ends = psutil.Process(), 0.0, threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while not self._ends.wait(0.1):
            for process in (self._own, *self._own.children(recursive=True)):
                try:
                    self.most = max(self.most, process.memory_info().rss)
                except psutil.Error:  # it has just ended
                    continue

    def end(self) -> None:
        """Look no more."""
        self._ends.set()


def digests(directory: Path) -> dict[str, str]:
    """Name -> checksum of every file that holds data."""
    files = [path for path in directory.rglob("*.duckdb") if path.is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def begun(directory: Path) -> None:
    """Make a store with figures and a register."""
    directory.mkdir()
    (directory / "eigen.csv").write_text(OWN, encoding="utf-8")
    importer.import_files([directory / "eigen.csv"], directory, catalogue.load())
    register.save_all(directory, small_register(), "invoer", TODAY)


def small_register() -> list:
    """Some activities with everything in them."""
    return [*(activity(f"a{number}", children=EVERYTHING) for number in range(5)), event("o1")]


def attack(count: int, seed: int, folder: Path) -> Found:
    """Read hostile files in, each kind in turn."""
    found, kinds = Found(), list(hostile_files.KINDS.items())
    begun(folder / "begin")
    shutil.copytree(folder / "begin", folder / "data")
    for number in range(count):
        name, make = kinds[number % len(kinds)]
        made, content = make(random.Random(f"{seed}-{number}"))
        path = folder / "in" / made
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        _read_in(path, folder, f"{name} ({seed}-{number})", found)
        path.unlink()
        if number and number % 50 == 0:
            print(f"  {number} files, {len(found.wrong)} reports", flush=True)
    return found


def _read_in(path: Path, folder: Path, label: str, found: Found) -> None:
    data, before, watch, began = folder / "data", digests(folder / "data"), Watch(), time.perf_counter()
    what, read = "", False
    try:
        accounts = importer.import_files([path], data, catalogue.load(), keep_going=True)
        read = any(one.state is FileState.READ for one in accounts)
        what = DOWN if any(DOWN in one.message for one in accounts) else ""
    except WijkdataError as error:
        what = DOWN if DOWN in str(error) else ""
    except Exception as error:
        what = f"traceback {last_line(error)}"
    seconds = time.perf_counter() - began
    watch.end()
    found.tried, found.refused = found.tried + 1, found.refused + (not read)
    found.slowest, found.largest = max(found.slowest, seconds), max(found.largest, watch.most)
    content = path.read_bytes()
    for wrong in filter(
        None,
        (
            what,
            f"{seconds:.0f} s" if seconds > MOST_SECONDS else "",
            f"{watch.most / 1e6:.0f} MB" if watch.most > MOST_MEMORY else "",
            "a store changed after a refusal" if not read and digests(data) != before else "",
        ),
    ):
        found.wrong.append((wrong, label, content))
    if read:
        shutil.rmtree(data)
        shutil.copytree(folder / "begin", data)


# --- mutations ------------------------------------------------------------------------------------------------------


def good_files() -> list[tuple[str, bytes, dict[str, bytes], bool]]:
    """List (name, content, files beside it, whether it is of the register) of what is changed."""
    listed = [(good.name, good.content, good.other_files, False) for good in GOOD_FILES]
    listed += [("buurt2017.zip", zipped(GRONINGEN), {}, False), ("wijkenbuurten_2024_v1.gpkg", gpkg(KAART), {}, False)]
    with tempfile.TemporaryDirectory() as folder:
        register.save_all(Path(folder), small_register(), "invoer", TODAY)
        exported = export.of(Path(folder))
        listed += [
            ("register.xlsx", export.workbook(exported), {}, True),
            ("register.zip", export.csv_zip(exported), {}, True),
        ]
    return listed


_WORDS = (b"NaN", b"Infinity", b"1e999", b"-", b'"', b";", b"\n", b"\x00", b"\xff", b"WK970101", b"999999999999", b"<c r=\"XFD1048576\">",
          b"\xed\xa0\x80", b"[", b"{", b"2100", b"0,0,0", b"=1+1", b"#N/A", b"\r")  # fmt: skip


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes; of a zip half the time those of a part."""
    if content.startswith(b"PK") and chance.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice(sorted(parts))
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for one, part in parts.items():
                archive.writestr(one, _changed(part, chance) if one == name else part)
        return target.getvalue()
    return _changed(content, chance)


def _changed(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 2, 8, 200)))
        how = chance.randrange(6)
        if how == 0 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            del data[at:end]
        elif how == 2:
            data[at:at] = chance.choice(_WORDS)
        elif how == 3:
            data[at:end] = chance.choice(_WORDS)
        elif how == 4:
            data[at:at] = data[at:end] * chance.choice((1, 3, 50))
        else:
            data[at:end] = chance.randbytes(end - at)
    return bytes(data)


def mutations(count: int, seed: str) -> Found:
    """Read so many changed files here; slow or large ones are reported, and everything that is no sentence."""
    found, goods = Found(), good_files()
    how = taking_in.HowToRead(Path("bestaat-niet"))
    known = pd.DataFrame(columns=["code", "name"])
    with tempfile.TemporaryDirectory() as name:
        for number in range(count):
            chance = random.Random(f"{seed}-{number}")
            file, content, beside, of_register = chance.choice(goods)
            folder = Path(name) / str(number)
            folder.mkdir()
            for other, part in beside.items():
                (folder / other).write_bytes(part)
            path = folder / file
            path.write_bytes(changed := mutated(content, chance))
            began = time.process_time()
            try:
                if of_register:
                    budgets.read([path])
                else:
                    beside_it = tuple(sorted(folder.iterdir()))
                    taking_in.take_in(
                        how, path, Context(catalogue.load(), beside_it, known), folder / "figures.parquet"
                    )
            except WijkdataError:
                found.refused += 1
            except Exception as error:
                found.wrong.append((f"traceback {last_line(error)}", f"{file} ({seed}-{number})", changed))
            seconds = time.process_time() - began
            found.tried, found.slowest = found.tried + 1, max(found.slowest, seconds)
            if seconds > MOST_SECONDS:
                found.wrong.append((f"{seconds:.0f} s", f"{file} ({seed}-{number})", changed))
            shutil.rmtree(folder)
    found.largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if found.largest > MOST_MEMORY:
        found.wrong.append((f"{found.largest / 1e6:.0f} MB", f"somewhere in batch {seed}", b""))
    return found


def all_mutations(count: int, seed: int) -> Found:
    """Spread them over two processes, in batches; a batch that takes its process down is a report."""
    whole = Found()
    batches = [(min(AT_ONCE, count - first), f"{seed}-{first}") for first in range(0, count, AT_ONCE)]
    waiting = list(batches)
    while waiting:
        with ProcessPoolExecutor(2) as pool:
            running = [(batch, pool.submit(mutations, *batch)) for batch in waiting]
            waiting = []
            for place, (batch, future) in enumerate(running):
                try:
                    _add(whole, future.result())
                except BrokenProcessPool:
                    whole.wrong.append(("the process went down", f"batch {batch[1]} or the one beside it", b""))
                    waiting = [one for one, _ in running[place + 2 :]]
                    break
    return whole


def _add(whole: Found, part: Found) -> None:
    whole.tried, whole.refused = whole.tried + part.tried, whole.refused + part.refused
    whole.slowest, whole.largest = max(whole.slowest, part.slowest), max(whole.largest, part.largest)
    whole.wrong += part.wrong


# --- copies ---------------------------------------------------------------------------------------------------------


def damaged_copies(count: int, seed: int, folder: Path) -> Found:
    """Put damaged copies back; bad is one that says something else than the register did."""
    found, source = Found(), folder / "register"
    register.save_all(source, small_register(), "invoer", TODAY)
    backups.write(source, folder / "kopie.duckdb")
    sealed = (folder / "kopie.duckdb").read_bytes()
    bare = sealed[sealed.index(b"\n") + 1 :]
    truth = _fingerprint(source / door.NAME)
    there = folder / "daar"
    register.save_all(there, [activity("stond er al")], "invoer", TODAY)
    stood = digests(there)
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        whole = bare if number % 5 == 4 else sealed
        content = _damaged(whole, chance)
        if content == whole:
            continue
        (folder / "kopie.duckdb").write_bytes(content)
        began, found.tried = time.perf_counter(), found.tried + 1
        try:
            backups.restore(there, folder / "kopie.duckdb")
            if _fingerprint(there / door.NAME) != truth:
                found.wrong.append(("bad restore", f"{seed}-{number}", content))
            shutil.rmtree(there)
            register.save_all(there, [activity("stond er al")], "invoer", TODAY)
            stood = digests(there)
        except WijkdataError:
            found.refused += 1
            if digests(there) != stood:
                found.wrong.append(("a store changed after a refusal", f"{seed}-{number}", content))
        except Exception as error:
            found.wrong.append((f"traceback {last_line(error)}", f"{seed}-{number}", content))
        found.slowest = max(found.slowest, time.perf_counter() - began)
    return found


def _damaged(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    at, size = chance.randrange(len(data)), chance.choice((1, 16, 512, 16_384))
    how = chance.randrange(5)
    if how < 2:
        data[at] ^= 1 << chance.randrange(8)
    elif how == 2:
        del data[at:]
    elif how == 3:
        data[at : at + size] = bytes(len(data[at : at + size]))
    else:
        other = chance.randrange(len(data))
        data[at : at + size], data[other : other + size] = data[other : other + size], data[at : at + size]
    return bytes(data)


def _fingerprint(path: Path) -> str:
    with duckdb.connect(str(path), config=door.CONFIG) as connection:
        return contents.fingerprint(connection)


# --- report ---------------------------------------------------------------------------------------------------------


def lines(title: str, found: Found, seconds: float) -> Iterator[str]:
    """Write what was found."""
    largest = f", most memory {found.largest / 1e6:.0f} MB" if found.largest else ""
    yield (
        f"{title}: {found.tried} tried, {found.refused} refused, {len(found.wrong)} reports, slowest {found.slowest:.1f} s{largest} "
        f"({seconds:.0f} s in all)"
    )
    for what, times in Counter(what for what, *_ in found.wrong).most_common():
        first = next(where for one, where, _ in found.wrong if one == what)
        yield f"  {times} x {what}, first {first}"


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--mutations", type=int, default=2_000)
    parser.add_argument("--backups", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
    print(f"{date.today()}, seed {chosen.seed}, {machine()}", flush=True)
    reports = 0
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        for title, count, work in (
            ("Hostile files", chosen.files, lambda: attack(chosen.files, chosen.seed, Path(name))),
            ("Mutations", chosen.mutations, lambda: all_mutations(chosen.mutations, chosen.seed)),
            ("Damaged copies", chosen.backups, lambda: damaged_copies(chosen.backups, chosen.seed, Path(name))),
        ):
            began = time.perf_counter()
            found = work() if count else Found()
            print(*lines(title, found, time.perf_counter() - began), sep="\n", flush=True)
            reports += len(found.wrong)
            if chosen.keep:
                chosen.keep.mkdir(parents=True, exist_ok=True)
                for place, (_, where, content) in enumerate(found.wrong):
                    safe = "".join(char if char.isalnum() or char in "-." else "_" for char in where)
                    (chosen.keep / f"{title.replace(' ', '-')}-{place}-{safe}").write_bytes(content)
    return min(reports, 99)


if __name__ == "__main__":
    sys.exit(main())
