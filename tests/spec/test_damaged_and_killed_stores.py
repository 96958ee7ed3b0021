"""The store against damage, odd names, a crowd of importers and a killed one; editions that arrive in any order."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.unit.store.monitor.test_versions import (
    CATALOGUE,
    NO_BOUNDARIES,
    NO_REJECTED,
    NONE,
    observations,
    publish,
    run,
    values,
)
from wijkdata.areas import Level
from wijkdata.errors import StoreError
from wijkdata.loading.figures import links
from wijkdata.reference import gemeenten
from wijkdata.settings import ROOT
from wijkdata.store.monitor import queries, versions, writing

GEMEENTEN = sorted(code[2:] for code in gemeenten.every() if gemeenten.exists(code, 2024))
MANY = [(f"WK{g}{w:02d}", "x", year, int(g) * w % 97 / 7) for g in GEMEENTEN for w in range(24) for year in range(9)]


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    """A stand of some megabytes: figures, and rejected rows that no question about figures reads."""
    folder = tmp_path_factory.mktemp("groot")
    chance = random.Random(2)
    rejected = pd.DataFrame({"row": range(60_000), "column": "x", "value": "", "problem": "vreemd"})
    rejected["value"] = [chance.randbytes(12).hex() for _ in rejected.index]

    def change(connection):
        rows = writing.Rows(observations(*MANY), NONE, NO_BOUNDARIES, rejected)
        writing.write_reading(connection, run(), rows)
        links.settle(connection, CATALOGUE)

    versions.publish(folder, change)
    return folder


def figures(store):
    return queries.observations(store, ["x"], Level.WIJK)


def leftovers(store):
    return queries.rejected(store, 1)


def ask_everything(store):
    queries.observations(store, ["x"], Level.WIJK)
    queries.areas(store)
    queries.coverage(store)
    queries.editions(store)


@pytest.mark.parametrize("share", [0.05, 0.25, 0.5, 0.75, 0.95])
def test_damage_anywhere_is_a_sentence_or_touches_nothing(share, large, tmp_path):
    """Random bytes over a tenth of the file: what is asked comes back whole, or as the sentence about damage; and an
    import on top of it does not carry the damage into a new stand unseen."""
    source = versions.current(large).path
    content = bytearray(source.read_bytes())
    start = int(len(content) * share)
    content[start : start + len(content) // 10] = random.Random(1).randbytes(
        len(content[start : start + len(content) // 10])
    )
    broken = tmp_path / source.name
    broken.write_bytes(content)
    whole = versions.current(large)
    for ask in (figures, leftovers):
        try:
            found = ask(versions.Monitor(broken))
        except StoreError as error:
            assert "is beschadigd en kan niet worden gelezen" in str(error)
        else:
            assert found.equals(ask(whole))
    try:
        store = publish(tmp_path, (run("u", sha="b"), observations(("WK000101", "y", 2020, 1))))
    except StoreError as error:
        assert "is beschadigd" in str(error)
        assert [path.name for path in versions.files(tmp_path)] == [source.name]
    else:
        assert figures(store).equals(figures(whole)) and leftovers(store).equals(leftovers(whole))


def test_that_damage_is_found_somewhere(large, tmp_path):
    """The test above would say nothing if its random bytes fell where nobody looks."""
    source = versions.current(large).path
    size = source.stat().st_size
    refused = 0
    for n, share in enumerate((0.05, 0.25, 0.5, 0.75, 0.95)):
        broken = tmp_path / f"monitor-20200101-00000{n}-000000.duckdb"
        shutil.copy(source, broken)
        with broken.open("r+b") as stream:
            stream.seek(int(size * share))
            stream.write(random.Random(1).randbytes(size // 10))
        for ask in (figures, leftovers):
            try:
                ask(versions.Monitor(broken))
            except StoreError:
                refused += 1
    assert refused >= 2


@pytest.mark.parametrize(
    "name",
    [
        "monitor-99999999-999999-999999.duckdb",  # no moment
        "monitor-20261332-000000-000000.duckdb",
        "monitor-99991231-235959-999999.duckdb",  # nothing can come after it
        "monitor-kopie.duckdb",
        "monitor-20290101-000000-000000.duckdb.bak",
    ],
)
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_only_looks_like_a_stand_is_left_alone(name, kind, tmp_path):
    store = publish(tmp_path, (run(), observations(("WK000101", "x", 2020, 1))))
    odd = tmp_path / name
    if kind == "folder":
        odd.mkdir()
    else:
        shutil.copy(store.path, odd)
    assert versions.current(tmp_path) == store
    second = publish(tmp_path, (run("u", sha="b"), observations(("WK000101", "x", 2021, 2))))
    assert versions.current(tmp_path) == second
    assert odd.exists()


def test_a_folder_with_the_name_of_a_stand_is_no_stand(tmp_path):
    store = publish(tmp_path, (run(), observations(("WK000101", "x", 2020, 1))))
    (tmp_path / "monitor-20990101-000000-000000.duckdb").mkdir()
    assert versions.current(tmp_path) == store


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is beschadigd"), (b"lock", "is beschadigd"), (bytes(5000), "is beschadigd")],
    ids=["no bytes", "the word lock", "zeros"],
)
def test_a_worthless_newest_file_says_so_and_going_back_helps(content, words, tmp_path):
    publish(tmp_path, (run(), observations(("WK000101", "x", 2020, 1))))
    worthless = tmp_path / "monitor-20990101-000000-000000.duckdb"
    worthless.write_bytes(content)
    with pytest.raises(StoreError, match=words):
        ask_everything(versions.current(tmp_path))
    with pytest.raises(StoreError, match=words):
        publish(tmp_path, (run("u", sha="b"), observations(("WK000101", "x", 2021, 2))))
    versions.rollback(tmp_path)
    assert values(versions.current(tmp_path)) == {"WK000101": 1.0}


@pytest.mark.parametrize("action", ["publish", "rollback"])
def test_a_folder_one_may_not_write_in_is_a_sentence(action, tmp_path):
    """The lock cannot be opened: a read-only disk, here a folder where the lock should be."""
    for n in range(2):
        publish(tmp_path, (run(str(n), sha=str(n)), observations(("WK000101", "x", 2020, n))))
    before = [path.name for path in versions.files(tmp_path)]
    (tmp_path / "publiceren.lock").unlink(missing_ok=True)
    (tmp_path / "publiceren.lock").mkdir()
    with pytest.raises(StoreError, match="konden niet worden opgeslagen"):
        if action == "publish":
            publish(tmp_path, (run("u", sha="b"), observations(("WK000101", "x", 2021, 2))))
        else:
            versions.rollback(tmp_path)
    assert [path.name for path in versions.files(tmp_path)] == before


def test_a_lock_left_by_a_killed_importer_holds_nobody_up(tmp_path):
    (tmp_path / "publiceren.lock").write_text("12345", encoding="utf-8")
    publish(tmp_path, (run(), observations(("WK000101", "x", 2020, 1))))
    assert values(versions.current(tmp_path)) == {"WK000101": 1.0}


@pytest.mark.parametrize("imports", [4, 10])
def test_a_question_under_way_ends_though_its_file_was_pruned(imports, tmp_path):
    """Its file is gone by then, and after ten imports the connection behind its cursor was let go of as well."""
    store = publish(tmp_path, (run("0", sha="0"), observations(("WK000101", "x", 2020, 0))))
    under_way = store.cursor()
    for n in range(1, imports + 1):
        newest = publish(tmp_path, (run(str(n), sha=str(n)), observations(("WK000101", "x", 2020, n))))
        ask_everything(newest)
    assert not store.path.exists() or os.name == "nt"
    assert under_way.execute("SELECT value FROM observation").fetchall() == [(0.0,)]
    if imports == 4:
        assert set(queries.observations(store, ["x"], Level.WIJK)["value"]) == {0.0}, "a next part of the same question"
    else:
        with pytest.raises(StoreError, match="is verdwenen"):
            store.cursor()


def test_fifty_rapid_imports_and_a_reader(tmp_path):
    """The reader never sees two editions in one answer, never an error, and never an older one after a newer."""
    codes = [f"WK00010{n}" for n in range(10)]
    publish(tmp_path, (run("t", sha="0"), observations(*[(code, "x", 2020, 0) for code in codes])))
    seen: list[float] = []
    faults: list[BaseException] = []
    done = threading.Event()

    def read():
        try:
            while not done.is_set():
                (value,) = set(values(versions.current(tmp_path)).values())
                seen.append(value)
                done.wait(0.01)  # a look every hundredth of a second leaves the importer the processor
        except BaseException as error:  # whatever it is, the test must see it
            faults.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(1, 51):
        publish(tmp_path, (run("t", sha=str(n)), observations(*[(code, "x", 2020, n) for code in codes])))
    done.set()
    reader.join()
    assert faults == []
    assert seen == sorted(seen)
    assert set(values(versions.current(tmp_path)).values()) == {50.0}
    assert len(versions.files(tmp_path)) == versions.KEEP


PART = [("WK000101", 9), ("WK000102", 9)]
COUNTRY = [(f"WK{g:04d}0{w}", 1) for g in range(1, 6) for w in (1, 2)]


@pytest.mark.parametrize(
    ("order", "shown_in_part"),
    [
        pytest.param([("part", "2021-01-01"), ("country", "2021-06-01")], 1, id="part, then a newer country"),
        pytest.param([("part", "2021-06-01"), ("country", "2021-01-01")], 9, id="newer part, then the country"),
        pytest.param([("country", "2021-01-01"), ("part", "2021-06-01")], 9, id="country, then a newer part"),
        pytest.param([("country", "2021-06-01"), ("part", "2021-01-01")], 1, id="newer country, then a part"),
        pytest.param([("part", None), ("country", None)], 1, id="no dates: the one read last"),
    ],
)
def test_a_part_of_the_country_and_the_country_in_any_order(order, shown_in_part, tmp_path):
    rows = {"part": PART, "country": COUNTRY}
    for which, published in order:
        one = replace(run("t", published, which), label=which)
        frame = observations(*[(code, "x", 2020, value) for code, value in rows[which]])
        store = publish(tmp_path, (one, frame))
    expected = {code: 1.0 for code, _ in COUNTRY} | {code: float(shown_in_part) for code, _ in PART}
    assert values(store) == expected


def test_reading_a_file_in_the_middle_of_another_import_waits_and_both_land(tmp_path):
    publish(tmp_path, (run("0", sha="0"), observations(("WK000101", "x", 2020, 0))))
    inside, go_on = threading.Event(), threading.Event()

    def slow(connection):
        inside.set()
        assert go_on.wait(10)
        rows = writing.Rows(observations(("WK000101", "slow", 2020, 1)), NONE, NO_BOUNDARIES, NO_REJECTED)
        writing.write_reading(connection, run("a", sha="a"), rows)
        links.settle(connection, CATALOGUE)

    first = threading.Thread(target=versions.publish, args=(tmp_path, slow))
    first.start()
    assert inside.wait(10)
    frame = observations(("WK000101", "quick", 2020, 2))
    second = threading.Thread(target=publish, args=(tmp_path, (run("b", sha="b"), frame)))
    second.start()
    assert values(versions.current(tmp_path)) == {"WK000101": 0.0}, "reading goes on meanwhile"
    go_on.set()
    first.join()
    second.join()
    store = versions.current(tmp_path)
    assert (values(store, "slow"), values(store, "quick")) == ({"WK000101": 1.0}, {"WK000101": 2.0})


def test_importers_killed_at_any_moment_through_the_command_line(large, tmp_path):
    """Eight real importers, each killed (SIGKILL) a little later in its life: the old edition or the new one, whole."""
    data = tmp_path / "d"
    shutil.copytree(large, data)
    for attempt in range(1, 9):
        file = tmp_path / f"eigen{attempt}.csv"
        rows = "".join(f"WK{g}01;vertrouwen;2020;{attempt}\n" for g in GEMEENTEN)
        file.write_text("gebied_code;indicator;periode;waarde\n" + rows, encoding="utf-8")
        before = set(values(versions.current(data), "vertrouwen").values())
        command = [sys.executable, "-m", "wijkdata", "--data-dir", str(data), "import", str(file), "--json"]
        importer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        try:
            said, _ = importer.communicate(timeout=0.3 + attempt * 0.2)
        except subprocess.TimeoutExpired:
            importer.kill()
            said, _ = importer.communicate()
        after = set(values(versions.current(data), "vertrouwen").values())
        assert after in (before, {float(attempt)}), "one edition, never a mix"
        assert after == {float(attempt)} or '"ok": true' not in said, "what was acknowledged is there"
        assert len(queries.observations(versions.current(data), ["x"], Level.WIJK)) == len(MANY)
    publish(data, (run("laatste", sha="laatste"), observations(("WK000101", "z", 2020, 1))))
    assert not list(data.glob(".nieuw-*")), "the next importer clears what the killed ones left"


@pytest.mark.skipif(os.name == "nt", reason="a signal of a terminal")
def test_ctrl_c_in_the_middle_of_a_zip_leaves_nothing_behind(tmp_path):
    """Five imports of a zip, each interrupted a little later: no new edition or a whole one, and no temporary files."""
    data, temporary = tmp_path / "d", tmp_path / "temp"
    temporary.mkdir()
    rows = "".join(f"WK{g}{w:02d};vertrouwen;2020;{w}\n" for g in GEMEENTEN for w in range(40))
    with zipfile.ZipFile(tmp_path / "alles.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for year in range(2000, 2012):
            archive.writestr(
                f"eigen-{year}.csv", "gebied_code;indicator;periode;waarde\n" + rows.replace("2020", str(year))
            )
    command = [sys.executable, "-m", "wijkdata", "--data-dir", str(data), "import", str(tmp_path / "alles.zip")]
    interrupted = 0
    for reading in (1, 3, 6, 9, 12):
        importer = subprocess.Popen(
            command,
            cwd=ROOT,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "TMPDIR": str(temporary)},
        )
        for line in importer.stderr:
            if line.startswith(f"{reading} van 12"):
                importer.send_signal(signal.SIGINT)
                break
        _, errors = importer.communicate(timeout=60)
        assert "Traceback" not in errors
        interrupted += importer.returncode == 130
        assert list(temporary.iterdir()) == []
        assert versions.current(data) is None or len(queries.editions(versions.current(data))) == 12
        assert not data.exists() or not list(data.glob(".nieuw-*"))
    assert interrupted >= 3
