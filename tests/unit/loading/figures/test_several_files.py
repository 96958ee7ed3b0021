"""Several files at once: a bad one keeps the good ones out until somebody says otherwise; what a file asks; how far it is."""

import errno
import shutil
import threading
from pathlib import Path

import pandas as pd
import pytest
from bad_files import LBM3, OWN

from wijkdata import catalogue
from wijkdata.errors import Problem, QuestionError, StoppedError, WijkdataError
from wijkdata.loading.figures import apart, importer, inbox, taking_in, unpacking
from wijkdata.loading.figures.accounts import FileState, ImportRefusedError
from wijkdata.loading.figures.importer import Years
from wijkdata.loading.figures.jobs import Job
from wijkdata.loading.figures.progress import Step, each_once
from wijkdata.sources import publishers
from wijkdata.store.monitor import queries, versions

CATALOGUE = catalogue.load()
BAD = OWN.replace("61,5", "veel")


def own_files(folder: Path, n: int) -> list[Path]:
    """Write n own files, each of another year."""
    paths = [folder / f"eigen-{2000 + k}.csv" for k in range(n)]
    for k, path in enumerate(paths):
        path.write_text(OWN.replace("2014", str(2000 + k)), encoding="utf-8")
    return paths


def names(data: Path) -> list[str]:
    return sorted(queries.editions(versions.require(data))["file"])


def test_one_bad_file_of_eight_and_the_seven_good_ones_go_in_when_asked(tmp_path):
    good = own_files(tmp_path, 7)
    bad = tmp_path / "fout.csv"
    bad.write_text(BAD, encoding="utf-8")

    with pytest.raises(ImportRefusedError) as refused:
        importer.import_files([*good, bad], tmp_path / "data", CATALOGUE)
    states = [account.state for account in refused.value.accounts]
    assert states == [FileState.READY] * 7 + [FileState.REFUSED]
    assert refused.value.accounts[0].observations == 2
    assert versions.current(tmp_path / "data") is None

    accounts = importer.import_files([*good, bad], tmp_path / "data", CATALOGUE, keep_going=True)
    assert [account.state for account in accounts] == [FileState.READ] * 7 + [FileState.REFUSED]
    assert accounts[-1].message == refused.value.accounts[-1].message
    assert accounts[-1].message.startswith("fout.csv, rij 2, kolom waarde: dit is geen getal (gevonden: ‘veel’)")
    assert names(tmp_path / "data") == sorted(path.name for path in good)


def in_this_process(path, function, *arguments, paths=(), look=None):
    """Read here: in the process apart nothing of ours can be replaced."""
    return function(*arguments)


def test_no_room_for_the_figures_of_a_large_file_is_said_and_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "call", in_this_process)
    monkeypatch.setattr(taking_in, "LARGE", 1)
    monkeypatch.setattr(pd.DataFrame, "to_parquet", _full)

    with pytest.raises(
        WijkdataError, match=r"^eigen-2000.csv kan niet tijdelijk worden bewaard \(de schijf is vol\); maak"
    ):
        importer.import_files(own_files(tmp_path, 2), tmp_path / "data", CATALOGUE, keep_going=True)
    assert versions.current(tmp_path / "data") is None


def _full(*_args, **_named):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_with_nothing_good_keeping_going_is_a_refusal_too(tmp_path):
    bad = tmp_path / "fout.csv"
    bad.write_text(BAD, encoding="utf-8")

    with pytest.raises(ImportRefusedError):
        importer.import_files([bad], tmp_path / "data", CATALOGUE, keep_going=True)


def test_twenty_files_are_one_stand(tmp_path):
    accounts = importer.import_files(own_files(tmp_path, 20), tmp_path / "data", CATALOGUE)

    assert [account.state for account in accounts] == [FileState.READ] * 20
    assert len(versions.files(tmp_path / "data")) == 1


def test_the_steps_say_which_file_of_how_many_and_how_much(tmp_path):
    paths = own_files(tmp_path, 3)
    sizes = [path.stat().st_size for path in paths]
    steps: list[Step] = []

    importer.import_files(paths, tmp_path / "data", CATALOGUE, each_once(steps.append))

    assert [(one.sentence, one.number, one.of, one.done, one.total) for one in steps if one.of] == [
        (f"{path.name} lezen.", n + 1, 3, sum(sizes[:n]), sum(sizes)) for n, path in enumerate(paths)
    ]
    assert [one.sentence for one in steps if not one.of] == [
        "Opslaan en controleren.",
        *(f"{path.name} opslaan." for path in paths),
        "Gebieden koppelen en controleren.",
    ]


@pytest.mark.parametrize(
    ("done", "elapsed", "left"), [(0, 10.0, None), (25, 1.0, None), (25, 10.0, 30.0), (100, 10.0, 0.0)]
)
def test_how_long_it_still_takes_follows_from_what_was_read(done, elapsed, left):
    assert Step("x", 2, 4, done, 100).seconds_left(elapsed) == left


@pytest.mark.parametrize("moment", ["eigen-2001.csv lezen.", "Opslaan", "eigen-2001.csv opslaan.", "Gebieden koppelen"])
def test_a_stop_at_any_step_leaves_nothing_behind(moment, tmp_path):
    data = tmp_path / "data"
    importer.import_files(own_files(tmp_path, 1), data, CATALOGUE)
    before = sorted((path.name, path.stat().st_size) for path in data.iterdir())
    reached, go_on = threading.Event(), threading.Event()

    def read(say):
        def slowly(step):
            if step.sentence.startswith(moment):
                reached.set()
                go_on.wait(20)
            say(step)

        return importer.import_files(own_files(tmp_path, 3), data, CATALOGUE, slowly)

    job = Job(read)
    assert reached.wait(20)
    assert not job.wait(0) and not job.stopping
    job.stop()
    go_on.set()

    assert job.wait(20) and job.stopping
    with pytest.raises(StoppedError, match="er is niets veranderd"):
        job.result()
    assert sorted((path.name, path.stat().st_size) for path in data.iterdir()) == before


def test_a_file_that_asks_its_year_is_read_with_the_answer(tmp_path, monkeypatch):
    from wijkdata.sources.publishers import own

    def asks(path, context):
        if context.year is None:
            raise QuestionError([Problem(path.name, "het jaar staat er niet in", "zeg het")], asked="year")
        path.write_text(OWN.replace("2014", str(context.year)), encoding="utf-8")
        return own.read(path, context)

    reader = publishers.own.READERS[0]
    monkeypatch.setattr(apart, "call", in_this_process)
    monkeypatch.setattr(own, "READERS", (type(reader)(reader.name, reader.recognises, asks),))
    first, second = own_files(tmp_path, 2)

    with pytest.raises(ImportRefusedError) as refused:
        importer.import_files([first, second], tmp_path / "data", CATALOGUE)
    assert [account.asked for account in refused.value.accounts] == ["year", "year"]

    years = Years({first.name: 2019}, of_others=2021)
    importer.import_files([first, second], tmp_path / "data", CATALOGUE, years=years)
    assert set(queries.coverage(versions.require(tmp_path / "data"))["period"]) == {2019, 2021}


def test_the_folder_says_what_is_new_and_keeps_its_files(tmp_path):
    data = tmp_path / "data"
    inbox.make(data)
    folder = inbox.folder_of(data)
    (folder / "2024").mkdir()
    own_files(folder, 2)
    (folder / "2024" / "scores.csv").write_text(LBM3, encoding="utf-8")
    (folder / "leesmij.txt").write_text("uitleg", encoding="utf-8")
    (folder / ".verborgen.csv").write_text(OWN, encoding="utf-8")
    importer.import_files([folder / "eigen-2000.csv"], data, CATALOGUE)

    there = [(one.name, one.new) for one in inbox.waiting(data, CATALOGUE)]
    assert there == [
        ("2024/scores.csv", True),
        ("eigen-2000.csv", False),
        ("eigen-2001.csv", True),
        ("leesmij.txt", None),
    ]

    importer.import_files(inbox.files_in(data), data, CATALOGUE)
    assert [one.new for one in inbox.waiting(data, CATALOGUE)] == [False, False, False, None]
    assert names(data) == ["eigen-2000.csv", "eigen-2001.csv", "scores.csv"]
    assert len(inbox.files_in(data)) == 4


def test_the_description_of_a_table_is_not_new_beside_its_table(tmp_path, shared):
    inbox.make(tmp_path)
    folder = inbox.folder_of(tmp_path)
    for path in (shared / "kwb2017-83765NED-v4-codes").glob("*_Wijken*"):
        shutil.copy(path, folder)
    shutil.copy(shared / "kwb2020-84799NED-v3" / "cbs.v3.84799NED_Metadata.json", folder)

    assert {one.name: one.new for one in inbox.waiting(tmp_path, CATALOGUE)} == {
        "cbs.v3.84799NED_Metadata.json": True,  # without its table reading it says what is missing
        "cbs.v4.83765NED_WijkenEnBuurtenCodes.parquet": True,
        "cbs.v4.83765NED_WijkenEnBuurtenGroups.parquet": None,
    }


def test_without_a_folder_there_is_nothing(tmp_path):
    assert inbox.files_in(tmp_path) == [] and inbox.waiting(tmp_path, CATALOGUE) == []


def test_nothing_of_a_call_is_left_in_the_temporary_folder(tmp_path):
    with unpacking.opened(own_files(tmp_path, 1)) as items:
        assert [item.name for item in items] == ["eigen-2000.csv"]


@pytest.mark.parametrize(("others", "stands", "states"), [(2, 1, ["KNOWN", "KNOWN"]), (1, 2, ["KNOWN", "READ"])])
def test_files_that_another_import_reads_in_meanwhile_push_no_old_state_out(others, stands, states, tmp_path):
    paths, meanwhile = own_files(tmp_path, 2), []

    def another(step: Step) -> None:
        if not meanwhile:
            meanwhile.append(step)
            importer.import_files(paths[:others], tmp_path / "data", CATALOGUE)

    accounts = importer.import_files(paths, tmp_path / "data", CATALOGUE, another)
    assert [one.state for one in accounts] == [FileState[name] for name in states]
    assert len(versions.files(tmp_path / "data")) == stands
    assert names(tmp_path / "data") == [path.name for path in paths]
    assert not list((tmp_path / "data").glob(".nieuw-*"))
