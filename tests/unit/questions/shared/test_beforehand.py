"""What is computed beforehand and kept beside a monitor file: never other than what is computed, and gone with the file."""

import shutil
import sqlite3
from dataclasses import fields, is_dataclass

import pandas as pd
import pytest

from wijkdata.questions.shared import beforehand, memory, places, scores
from wijkdata.store.monitor import prepared, values, versions

OWN_SOURCE = """
[eigen_ons]
publisher = "De gemeente"
title = "Ons onderzoek"
short = "Ons onderzoek"
licence = "eigen gebruik"
url = ""
method = "geteld"
evidence = "measured"
"""


@pytest.fixture
def monitor(example_data, tmp_path):
    """A store of its own with nothing beside it."""
    path = shutil.copy(versions.current(example_data).path, tmp_path)
    return versions.Monitor(tmp_path / path)


def computed(monitor):
    """Every part as it is computed, without what stands beside the file."""
    return {memory.name_of(part, given): bare(part)(monitor, *given) for part, given in beforehand.parts(monitor)}


def bare(function):
    """The function under its decorators."""
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function


def read(monitor, name):
    return memory.read(monitor, name)


def assert_same(one, other):
    """The same value, to the type of every column."""
    assert type(one) is type(other)
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other, check_freq=False)
    elif isinstance(one, pd.Series):
        pd.testing.assert_series_equal(one, other)
    elif is_dataclass(one):
        for field in fields(one):
            assert_same(getattr(one, field.name), getattr(other, field.name))
    else:
        assert one == other


def test_what_is_kept_is_what_is_computed(monitor):
    expected = computed(monitor)
    beforehand.make(monitor)
    for name, value in expected.items():
        found, kept = read(monitor, name)
        assert found, name
        assert_same(value, kept)
    assert len(expected) >= 20


def test_scores_of_real_wijken_come_back_as_they_are_computed(real_data, tmp_path):
    monitor = versions.Monitor(tmp_path / shutil.copy(versions.current(real_data).path, tmp_path))
    parts = ((scores.scores, (places.Level.WIJK, False)), (scores.figure_scores, (places.Level.WIJK, False, "x")))
    results = {memory.name_of(part, given): bare(part)(monitor, *given) for part, given in parts}
    memory.keep(monitor, {name: values.written(value) for name, value in results.items()})
    for name, value in results.items():
        found, kept = read(monitor, name)
        assert found
        assert_same(value, kept)


def test_it_is_read_and_not_computed(monitor, monkeypatch):
    beforehand.make(monitor)
    monkeypatch.setattr(scores, "pillar_scores", lambda *given: pytest.fail("computed again"))
    assert len(scores.score_table(monitor, places.Level.WIJK, True)) > 0


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), id="cut"),
        pytest.param(lambda path: path.write_bytes(flipped(path.read_bytes())), id="a changed byte in every table"),
    ],
)
def test_a_damaged_one_is_no_answer_and_is_made_anew(monitor, spoil):
    beforehand.make(monitor)
    spoil(prepared.beside(monitor.path))
    name = memory.name_of(scores.scores, (places.Level.WIJK, True))
    assert read(monitor, name) == (False, None)
    assert len(scores.score_table(monitor, places.Level.WIJK, True)) > 0
    beforehand.make(monitor)
    assert read(monitor, name)[0]


def flipped(content):
    """Every 997th byte another one."""
    changed = bytearray(content)
    changed[::997] = bytes(255 - byte for byte in changed[::997])
    return bytes(changed)


def test_another_catalogue_makes_it_anew(monitor):
    beforehand.make(monitor)
    own = monitor.path.parent / "eigen"
    own.mkdir()
    (own / "bronnen.toml").write_text(OWN_SOURCE, encoding="utf-8")
    name = memory.name_of(scores.scores, (places.Level.WIJK, True))
    assert read(monitor, name) == (False, None)
    beforehand.make(monitor)
    assert read(monitor, name)[0]


def test_a_folder_that_cannot_be_written_gets_nothing(monitor, monkeypatch):
    def refuse(path, **named):
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(prepared.sqlite3, "connect", refuse)
    beforehand.make(monitor)
    assert [path.name for path in monitor.path.parent.iterdir()] == [monitor.path.name]


def test_it_goes_with_its_file(monitor):
    beforehand.make(monitor)
    directory = monitor.path.parent
    first = prepared.beside(monitor.path)
    for _ in range(versions.KEEP):
        assert first.exists()
        newest = versions.publish(directory, lambda connection: None)
    assert not monitor.path.exists()
    assert not first.exists()
    beforehand.make(newest)
    versions.set_aside(directory, newest.stamp)
    assert not prepared.beside(newest.path).exists()
