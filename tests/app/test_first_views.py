"""First views that are made before anybody asks: nothing is computed then, and what is seen is what would be computed."""

import os
import shutil
import subprocess
import sys
import time

import pytest
import streamlit as st

from tests.app.running import ROOT, page, words
from wijkdata.questions.shared import memory, names, places
from wijkdata.questions.signalen import question
from wijkdata.questions.signalen.answer import Scope
from wijkdata.store.monitor import prepared, versions
from wijkdata.ui import background, first_views
from wijkdata.ui.signalen import events

VIEWS = ("overzicht", "kaart", "wijkprofiel", "kloof", "signalen")


@pytest.fixture(scope="module")
def folder(example_data, tmp_path_factory):
    """The example, with the first views of every gemeente."""
    copy = tmp_path_factory.mktemp("vooraf") / "data"
    shutil.copytree(example_data, copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WIJKDATA_DATA", os.fspath(copy))
        *_, last = first_views.make_all(copy, first_views.Wishes())
    assert last[0] == last[1] > 2
    return copy


def begun(monitor):
    """Of how many gemeenten the first views are there."""
    return len(memory.there(monitor, [f"begin van {code}" for code in names.municipality_names(monitor)]))


def forget():
    """As on a fresh server."""
    st.cache_resource.clear()


def seen(name, data, monkeypatch, **query):
    """All that a page sends to the browser, as text."""
    app = page(name, data, monkeypatch, **query)
    assert not app.exception
    drawn = [
        str(one.proto)
        for kind in ("vega_lite_chart", "deck_gl_json_chart", "arrow_vega_lite_chart")
        for one in app.get(kind)
    ]
    return words(app), drawn


@pytest.mark.parametrize("name", VIEWS)
def test_a_first_view_computes_nothing_and_is_the_same(name, folder, example_data, monkeypatch):
    for code in names.municipality_names(versions.require(folder)):
        forget()
        with memory.collecting() as computed:
            beforehand = seen(name, folder, monkeypatch, gemeente=code)
        assert computed == {}
        forget()
        with memory.collecting() as computed:
            assert seen(name, example_data, monkeypatch, gemeente=code) == beforehand
        assert computed


def test_the_figures_of_signalen_are_made_too(folder, monkeypatch):
    """Its answer rests on the activities of the moment; what takes long does not."""
    monitor = versions.require(folder)
    monkeypatch.setenv("WIJKDATA_DATA", os.fspath(folder))
    for code in names.municipality_names(monitor):
        level, *_ = question.levels(monitor, monitor.catalogue, code)
        scope = Scope(code, level, 4.0, events.known(code))
        assert memory.there(monitor, [memory.name_of(question.figures, (scope,))])


def test_dark_is_made_too(folder, monkeypatch):
    code = next(iter(names.municipality_names(versions.require(folder))))
    forget()
    monkeypatch.setenv("WIJKDATA_DATA", os.fspath(folder))
    with memory.collecting() as computed:
        for title in first_views.PAGES:
            first_views._show(title, {"gemeente": code}, "dark")
    assert computed == {}


def test_who_is_looked_at_gets_every_wijk_and_the_process_ends_with_its_server(folder, tmp_path, monkeypatch):
    data = shutil.copytree(folder, tmp_path / "data")
    monitor = versions.require(data)
    code = next(iter(names.municipality_names(monitor)))
    maker = background.Maker(after=0)
    maker.look(monitor, code)
    maker.look(monitor, code)
    wijken = {wijk.code for wijk in places.places_in(monitor, code, places.Level.WIJK)}
    assert wijken
    parts = [f"wijk {wijk}" for wijk in wijken]
    until(lambda: len(memory.there(monitor, parts)) == len(parts))
    process = maker._process
    monkeypatch.setenv("WIJKDATA_DATA", os.fspath(data))
    forget()
    with memory.collecting() as computed:
        for wijk in wijken:
            seen("wijkprofiel", data, monkeypatch, gemeente=code, wijk=wijk)
    assert computed == {}
    process.stdin.close()
    assert process.wait(20) == 0


def test_nobody_who_can_say_so_any_more_ends_it(example_data, tmp_path):
    data = shutil.copytree(example_data, tmp_path / "data")
    command = [sys.executable, "-m", "wijkdata.ui.first_views", os.fspath(data), "--beside"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    process.stdin.close()
    assert process.wait(60) == 0
    assert begun(versions.require(data)) == 0


def test_newer_figures_end_it(example_data, tmp_path, monkeypatch):
    data = shutil.copytree(example_data, tmp_path / "data")
    monkeypatch.setenv("WIJKDATA_DATA", os.fspath(data))
    making = first_views.make_all(data, first_views.Wishes())
    assert next(making)[0] == 1
    first = versions.require(data)
    versions.publish_copy(data, first.path, None)
    assert list(making) == []
    assert begun(first) == 1


def test_what_was_made_is_not_made_again(folder, monkeypatch):
    monkeypatch.setenv("WIJKDATA_DATA", os.fspath(folder))
    monkeypatch.setattr(first_views, "_show", lambda *given: pytest.fail("shown again"))
    assert list(first_views.make_all(folder, first_views.Wishes()))


def test_a_full_one_grows_no_more(example_data, tmp_path, monkeypatch):
    data = shutil.copytree(example_data, tmp_path / "data")
    monkeypatch.setenv("WIJKDATA_DATA", os.fspath(data))
    monkeypatch.setattr(first_views, "MOST_BYTES", prepared.beside(versions.require(data).path).stat().st_size)
    assert list(first_views.make_all(data, first_views.Wishes())) == []


def test_a_folder_that_cannot_be_written_ends_it(example_data, tmp_path, monkeypatch):
    data = shutil.copytree(example_data, tmp_path / "data")
    monkeypatch.setenv("WIJKDATA_DATA", os.fspath(data))
    monkeypatch.setattr(memory, "keep", lambda *given: None)
    assert len(list(first_views.make_all(data, first_views.Wishes()))) == 1


def until(true, seconds=300):
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.2)
