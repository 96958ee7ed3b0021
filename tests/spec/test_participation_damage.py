"""Trying to lose or damage what people recorded: kills, full disks, other programs, two at once. Real files, real processes."""

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.participation_examples import TODAY, activity
from wijkdata.errors import StoreError
from wijkdata.loading.activities import register
from wijkdata.questions.shared import activities
from wijkdata.store.participation import backups, door, registers

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20
# Saves as fast as it can and says the number of each activity once the store has said that it is saved.
WRITER = """
import sys
from pathlib import Path
from tests.participation_examples import TODAY, activity
from wijkdata.loading.activities import register
directory, mark = Path(sys.argv[1]), sys.argv[2]
print("klaar", flush=True)
for n in range(100_000):
    saved = register.save(directory, activity(f"{mark}-{n}"), "invoer", TODAY)
    print(saved.id, flush=True)
"""


def save(directory, record):
    return register.save(directory, record, "wijkmanager", TODAY)


def changed(record, **values):
    return replace(record, values={**record.values, **values})


def python(code, *arguments):
    """A process of its own, as another window or another program is."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


# --- kills -----------------------------------------------------------------------------------------------------------


def test_twenty_kills_during_writes_lose_nothing_that_was_acknowledged(tmp_path):
    """SIGKILL at a random moment of a stream of saves; what was printed as saved is there, whole, and nothing is double."""
    rng, said = random.Random(20240601), []
    for attempt in range(KILLS):
        writer = python(WRITER, tmp_path, f"k{attempt}")
        assert writer.stdout.readline() == "klaar\n"
        said += [writer.stdout.readline().strip() for _ in range(rng.randint(1, 4))]
        time.sleep(rng.uniform(0.0, 0.06))  # a save takes some 30 ms: anywhere in it
        writer.kill()
        rest, errors = writer.communicate()
        said += rest.split()
        assert "Error" not in errors
        found = registers.records(tmp_path)
        assert set(said) <= set(found)
        assert len(found) - len(set(said)) <= attempt + 1, "at most one per kill was saved and not yet said"
    assert len(said) == len(set(said)) > KILLS
    rows = registers.current(tmp_path)
    assert sorted(rows.frame("activity")["id"]) == sorted(rows.frame("area")["activity_id"]) == sorted(found)
    assert all(len(registers.history(tmp_path, key)) == 1 for key in said[::25])


def test_killed_while_the_file_is_made_it_is_made_anew(tmp_path):
    for attempt in range(4):
        directory = tmp_path / str(attempt)
        writer = python(WRITER, directory, "x")
        assert writer.stdout.readline() == "klaar\n"
        while not (directory / door.NAME).exists():
            assert writer.poll() is None
        writer.kill()
        writer.communicate()
        assert save(directory, activity("na")).version == 1


# --- other people and other programs ---------------------------------------------------------------------------------


def _save_many(directory: str, mark: str, n: int) -> None:
    for number in range(n):
        save(Path(directory), activity(f"{mark}-{number}"))


def _add_steps(directory: str, mark: str, n: int) -> None:
    """Add a step to the one timeline, as often as asked: read, change, save, and again when somebody was earlier."""
    for number in range(n):
        row = {"date": date(2024, 1, 1), "kind": "mijlpaal", "text": f"{mark}-{number}"}
        while True:
            seen = registers.get(Path(directory), "samen")
            try:
                save(Path(directory), seen.with_rows("timeline", (*seen.rows["timeline"], row)))
                break
            except registers.ConflictError:
                continue


def steps(directory):
    return [row["text"] for row in registers.get(directory, "samen").rows["timeline"]]


def together(*work):
    """Run these in Pythons of their own (a forked copy of an open database would hang, and a spawned one runs again what
    the tests of the screens left as the main program), until all are done."""
    running = [
        python(
            f"import sys; from {__name__} import {target.__name__} as work; work(sys.argv[1], sys.argv[2], int(sys.argv[3]))",
            *arguments,
        )
        for target, *arguments in work
    ]
    for process in running:
        process.communicate(timeout=120)
    assert [process.returncode for process in running] == [0] * len(running)


def test_two_processes_that_save_at_once_lose_nothing(tmp_path):
    together((_save_many, str(tmp_path), "a", 25), (_save_many, str(tmp_path), "b", 25))
    expected = {f"{mark}-{number}" for mark in "ab" for number in range(25)}
    assert set(registers.records(tmp_path)) == expected


def test_two_processes_that_change_the_same_activity_lose_no_change(tmp_path):
    save(tmp_path, activity("samen"))
    together((_add_steps, str(tmp_path), "a", 15), (_add_steps, str(tmp_path), "b", 15))
    assert sorted(steps(tmp_path)) == sorted(f"{mark}-{number}" for mark in "ab" for number in range(15))
    told = [len(record.rows["timeline"]) for *_, record in registers.history(tmp_path, "samen")]
    assert told == list(range(31))


def test_twenty_threads_of_one_process(tmp_path):
    save(tmp_path, activity("samen"))
    faults: list[BaseException] = []

    def work(number):
        try:
            _add_steps(str(tmp_path), f"t{number}", 1)
            _save_many(str(tmp_path), f"t{number}", 2)
            registers.current(tmp_path).frame("activity")
        except BaseException as error:  # whatever it is, the test must see it
            faults.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(steps(tmp_path)) == len(set(steps(tmp_path))) == 20
    assert len(registers.records(tmp_path)) == 41


def test_a_program_that_holds_the_file_open_is_said_and_nothing_is_lost(tmp_path):
    saved = save(tmp_path, activity("a"))
    held = python(
        "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()",
        tmp_path / door.NAME,
    )
    try:
        assert held.stdout.readline() == "open\n"
        for attempt in (lambda: save(tmp_path, activity("b")), lambda: registers.get(tmp_path, "a")):
            with pytest.raises(StoreError, match="is open in een ander programma; sluit dat programma en probeer"):
                attempt()
    finally:
        held.communicate("")
    assert registers.records(tmp_path) == {"a": saved}
    assert save(tmp_path, activity("b")).version == 1


def test_an_order_of_wijkdata_that_keeps_its_turn_too_long_is_said(tmp_path, monkeypatch):
    saved = save(tmp_path, activity("a"))
    code = (
        "import sys; from filelock import FileLock; lock = FileLock(sys.argv[1]); lock.acquire(); "
        "print('dicht', flush=True); sys.stdin.read()"
    )
    held = python(code, tmp_path / "participatie.lock")
    monkeypatch.setattr(door, "LOCK_SECONDS", 0.2)
    monkeypatch.setattr(door, "PAGE_SECONDS", 0.1)
    try:
        assert held.stdout.readline() == "dicht\n"
        with pytest.raises(StoreError, match=r"in gebruik door een ander venster .*wacht tot dat klaar is"):
            save(tmp_path, activity("b"))
        with pytest.raises(StoreError, match=r"in gebruik door een ander venster"):
            registers.records(tmp_path)
    finally:
        held.communicate("")
    monkeypatch.undo()
    assert registers.records(tmp_path) == {"a": saved}


# --- files that are not as they should be ------------------------------------------------------------------------------


def with_meta(path, statement):
    connection = duckdb.connect(str(path))
    connection.execute(statement)
    connection.close()


def damage_start(path):
    content = bytearray(path.read_bytes())
    content[:5000] = b"\xff" * 5000
    path.write_bytes(bytes(content))


def damage_middle(path):
    content = bytearray(path.read_bytes())
    content[20_000:-20_000] = b"\xff" * (len(content) - 40_000)
    path.write_bytes(bytes(content))


BAD_FILES = [
    pytest.param(damage_start, r"participatie\.duckdb is beschadigd .* restore BESTAND", id="start overwritten"),
    pytest.param(damage_middle, r"participatie\.duckdb is beschadigd .* restore BESTAND", id="middle overwritten"),
    pytest.param(lambda p: p.write_bytes(p.read_bytes()[:30_000]), "is beschadigd .* restore BESTAND", id="cut off"),
    pytest.param(lambda p: p.write_text("geen database", encoding="utf-8"), "is beschadigd .* restore", id="a text"),
    pytest.param(
        lambda p: with_meta(p, f"UPDATE meta SET value = '{door.SCHEMA_VERSION + 1}' WHERE key = 'schema_version'"),
        rf"een andere versie van wijkdata \(indeling {door.SCHEMA_VERSION + 1}, hier {door.SCHEMA_VERSION}\); werk wijkdata bij of gebruik een andere map",
        id="newer version",
    ),
    pytest.param(
        lambda p: (p.unlink(), with_meta(p, "CREATE TABLE klanten (naam TEXT)")),
        r"is geen bestand met activiteiten van wijkdata; zet een reservekopie terug \(restore\)",
        id="of another program",
    ),
    pytest.param(
        lambda p: with_meta(p, "DELETE FROM meta"), "is geen bestand met activiteiten van wijkdata", id="no version"
    ),
]


@pytest.mark.parametrize(("spoil", "sentence"), BAD_FILES)
def test_a_bad_file_has_its_own_sentence_is_left_alone_and_can_be_restored(spoil, sentence, tmp_path):
    here, copy = tmp_path / "hier", tmp_path / "kopie.duckdb"
    saved = save(here, activity("a"))
    for number in range(30):
        save(here, activity(f"b{number}"))
    backups.write(here, copy)
    spoil(here / door.NAME)
    bad = (here / door.NAME).read_bytes()
    orders = (
        lambda: registers.get(here, "a"),
        lambda: save(here, activity("nieuw")),
        lambda: activities.activities(registers.current(here)),
        lambda: backups.write(here, tmp_path / "tweede.duckdb"),
    )
    for order in orders:
        with pytest.raises(StoreError, match=sentence) as caught:
            order()
        assert "\n" not in str(caught.value)
    assert (here / door.NAME).read_bytes() == bad, "looking at it changed nothing"
    assert not (tmp_path / "tweede.duckdb").exists()

    backups.restore(here, copy)
    assert registers.get(here, "a") == saved and len(registers.records(here)) == 31


def test_an_empty_file_is_made_anew_since_nothing_was_in_it(tmp_path):
    (tmp_path / door.NAME).write_bytes(b"")
    assert save(tmp_path, activity("a")).version == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever is root may write everything")
def test_a_read_only_folder_is_said(tmp_path):
    saved = save(tmp_path, activity("a"))
    tmp_path.chmod(0o500)
    (tmp_path / door.NAME).chmod(0o400)
    try:
        with pytest.raises(StoreError, match=r"map beschrijfbaar|bestand beschrijfbaar"):
            save(tmp_path, activity("b"))
    finally:
        tmp_path.chmod(0o700)
        (tmp_path / door.NAME).chmod(0o600)
    assert registers.records(tmp_path) == {"a": saved}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ('IO Error: Cannot open file "x": Permission denied', "is alleen te lezen; maak het bestand beschrijfbaar"),
        ("IO Error: Cannot open file: Read-only file system", "is alleen te lezen"),
        ("IO Error: Could not write file: No space left on device", "de schijf is vol. Maak ruimte vrij"),
        ("IO Error: Could not set lock on file", "is open in een ander programma"),
        ("IO Error: The process cannot access the file because it is being used by another process", "ander programma"),
        ("FATAL Error: anything else", "is beschadigd"),
    ],
)
def test_what_the_library_says_in_one_dutch_sentence(said, sentence, tmp_path, monkeypatch):
    """Also of systems that are not this one: what they say is in the library's own words."""
    saved = save(tmp_path, activity("a"))

    def refuse(*arguments, **options):
        raise duckdb.IOException(said)

    monkeypatch.setattr(door.duckdb, "connect", refuse)
    with pytest.raises(StoreError, match=sentence):
        save(tmp_path, activity("b"))
    monkeypatch.undo()
    assert registers.records(tmp_path) == {"a": saved}


# --- a full disk -----------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own of 2 MB."""
    place = tmp_path / "schijf"
    place.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True).returncode
    ):
        pytest.skip("no small disk can be made here (needs root on Linux); the next test does it at the file layer")
    try:
        yield place
    finally:
        door._doors.pop(place, None)
        subprocess.run(["umount", place], check=True)


def test_a_full_disk_leaves_the_old_state_and_one_sentence(small_disk):
    saved = {}
    for number in range(5):
        saved[f"a{number}"] = save(small_disk, activity(f"a{number}"))
    filler = small_disk / "vulling"
    with filler.open("wb", buffering=0) as stream, pytest.raises(OSError, match="No space left"):
        while True:
            stream.write(b"0" * 4096)
    refused = 0
    for number in range(5, 300):
        try:
            saved[f"a{number}"] = save(small_disk, activity(f"a{number}"))
        except StoreError as error:
            assert "schijf is vol" in str(error) and "\n" not in str(error)
            refused += 1
            if refused == 3:
                break
    assert refused == 3
    filler.unlink()
    assert registers.records(small_disk) == saved, "all that was acknowledged and nothing else"
    assert save(small_disk, activity("erna")).version == 1


def test_a_disk_that_fills_up_in_the_middle_of_a_save_changes_nothing(tmp_path, monkeypatch):
    """At the file layer: the write of the log fails when the transaction is committed."""
    saved = save(tmp_path, activity("a"))
    real = duckdb.connect

    class Full:
        """A connection whose commit finds no room."""

        def __init__(self, connection):
            self._connection = connection

        def __getattr__(self, name):
            return getattr(self._connection, name)

        def __enter__(self):
            return self

        def __exit__(self, *failure):
            self._connection.close()

        def commit(self):
            raise duckdb.IOException('Could not write file "x": No space left on device')

    monkeypatch.setattr(door.duckdb, "connect", lambda *a, **k: Full(real(*a, **k)))
    with pytest.raises(
        StoreError, match=r"de schijf is vol\. Maak ruimte vrij en probeer het opnieuw; er is niets veranderd"
    ):
        save(tmp_path, changed(saved, title="Anders"))
    monkeypatch.undo()
    assert registers.records(tmp_path) == {"a": saved}
    assert len(registers.history(tmp_path, "a")) == 1


def test_a_backup_that_finds_no_room_stops_the_save_and_leaves_no_half_copy(tmp_path, monkeypatch):
    saved = save(tmp_path, activity("a"))

    def full(source, target):
        Path(target).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.shutil, "copyfile", full)
    with pytest.raises(StoreError, match=r"kon niet worden geschreven .* Er is niets veranderd"):
        save(tmp_path, changed(saved, title="Anders"))
    monkeypatch.undo()
    assert list((tmp_path / backups.FOLDER).iterdir()) == []
    assert registers.records(tmp_path) == {"a": saved}


# --- the past is not rewritten -----------------------------------------------------------------------------------------


def test_the_history_only_grows(tmp_path):
    """After forty random changes, every state that was ever returned is in the history as it was."""
    rng = random.Random(7)
    record, states = save(tmp_path, activity("a")), []
    for number in range(40):
        states.append(record)
        choice = rng.random()
        if choice < 0.2:
            record = registers.set_withdrawn(tmp_path, "a", record.version, "invoer", not record.withdrawn)
        elif choice < 0.6:
            record = save(tmp_path, changed(record, title=f"Titel {number}"))
        else:
            row = {"date": date(2024, 1, 1), "kind": "mijlpaal", "text": f"Stap {number}"}
            record = save(tmp_path, record.with_rows("timeline", (*record.rows["timeline"], row)))
    states.append(record)
    told = [one for *_, one in registers.history(tmp_path, "a")]
    assert told == states
    assert json.loads(json.dumps([one.version for one in told])) == list(range(1, 42))
