"""Fixtures of the browser tests: data directories made by the command line, fresh servers, one Chromium.

    def test_map(open_page):
        screen = open_page("kaart?gemeente=GM9701", width=390, scheme="dark")
        screen.page.get_by_role("button", name="...").click()
        screen.settle()

Every test that opens a page marks itself: `pytestmark = pytest.mark.browser`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import harness, looking
from tests.browser.harness import ROOT, Screen

# The parts of Streamlit that the pages use, and nothing of ours. What axe finds here, no page of ours can mend.
BARE = """
import pandas, streamlit as st
st.set_page_config(page_title="kaal", layout="wide")
st.title("Kaal")
st.html("<p>tekst</p>")
frame = pandas.DataFrame({"x": [1, 2], "y": [2, 1]})
st.file_uploader("Bestanden", accept_multiple_files=True)
with st.expander("Tabel", expanded=True):
    st.dataframe(frame, hide_index=True, alt="Tabel")
    st.download_button("Download", "x")
st.selectbox("Keuze", ["a", "b"])
st.segmented_control("Stand", ["a", "b"], default="a", required=True)
st.multiselect("Meer", ["a", "b"], default=["a"])
with st.popover("Link"):
    st.code("x", language=None)
with st.sidebar:
    st.write("menu")
"""


def command_line(*arguments: str | os.PathLike[str]) -> str:
    """Run `python -m wijkdata ...` and return what it printed; a test that cannot set itself up fails with the reason."""
    done = subprocess.run(
        [sys.executable, "-m", "wijkdata", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"wijkdata {arguments} ended with {done.returncode}: {done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def example_data(example_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the fictional municipalities, in which people may write."""
    return shutil.copytree(example_data, tmp_path_factory.mktemp("example_data") / "data")


@pytest.fixture(scope="session")
def real_data(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the real files of the publishers, in which people may write."""
    return shutil.copytree(real_data, tmp_path_factory.mktemp("real_data") / "data")


@pytest.fixture
def own_data(example_data: Path, tmp_path: Path) -> Path:
    """A data directory with the fictional municipalities, of this test alone."""
    return shutil.copytree(example_data, tmp_path / "data")


@pytest.fixture
def empty_data(tmp_path: Path) -> Path:
    """A data directory in which nothing was ever imported."""
    directory = tmp_path / "empty_data"
    directory.mkdir()
    return directory


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    with harness.browser() as one:
        yield one


@pytest.fixture(scope="session")
def example_server(example_data: Path) -> Iterator[str]:
    """The address of a server on the example, for all who do not need one that was never asked anything."""
    with harness.serve(example_data) as url:
        yield url


@pytest.fixture(scope="session")
def room_server(example_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server for sessions that are led: which figure is on screen is kept, so that looking is writing."""
    with harness.serve(shutil.copytree(example_data, tmp_path_factory.mktemp("room_data") / "data")) as url:
        yield url


@pytest.fixture(scope="session")
def real_server(real_data: Path) -> Iterator[str]:
    """The address of a server on the real files."""
    with harness.serve(real_data) as url:
        yield url


@pytest.fixture(scope="session")
def of_streamlit(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """(rule, part of Streamlit) of every violation that axe finds in an app that has nothing of ours."""
    app = tmp_path_factory.mktemp("bare") / "app.py"
    app.write_text(BARE, encoding="utf-8")
    with harness.serve(app.parent, app=app) as url:
        screen = harness.open_page(chromium, url)
        pairs = {one[:2] for one in looking.violations(screen)}
        screen.close()
    return pairs


@pytest.fixture(scope="session")
def idle(chromium: Browser) -> list[Screen]:
    """Screens that nobody uses now."""
    return []


@pytest.fixture
def open_address(chromium: Browser, idle: list[Screen]) -> Iterator[Callable[..., Screen]]:
    """`open_address(address, width=1440, height=900, scheme="light")` -> a Screen at rest, of somebody new, until the test ends.

    A browser of its own for each is `harness.open_page`: nothing of the app is there yet, which costs a second or two.
    """
    opened: list[Screen] = []

    def open_one(address: str, **options) -> Screen:
        opened.append(idle.pop() if idle else harness.open_page(chromium, "about:blank", settle=False))
        opened[-1].visit(address, **options)
        return opened[-1]

    yield open_one
    for screen in opened:
        screen.forget()
        idle.append(screen)


@pytest.fixture
def open_page(example_server: str, open_address: Callable[..., Screen]) -> Callable[..., Screen]:
    """`open_page("kaart?niveau=buurt", width=390, scheme="dark")` on the example."""
    return lambda path="", **options: open_address(f"{example_server}/{path.lstrip('/')}", **options)


@pytest.fixture
def visit(page_to_visit: Screen, example_server: str) -> Iterator[Callable[..., Screen]]:
    """`visit("kaart?niveau=buurt", width=390, scheme="dark")` on the example, always in one page: the quickest."""
    yield from _visitor(page_to_visit, example_server)


@pytest.fixture
def visit_room(page_to_visit: Screen, room_server: str) -> Iterator[Callable[..., Screen]]:
    """`visit`, of a session that is led."""
    yield from _visitor(page_to_visit, room_server)


@pytest.fixture
def visit_real(page_to_visit: Screen, real_server: str) -> Iterator[Callable[..., Screen]]:
    """`visit`, on the real files."""
    yield from _visitor(page_to_visit, real_server)


@pytest.fixture(scope="session")
def page_to_visit(chromium: Browser) -> Screen:
    """The page of `visit` and `visit_real`."""
    return harness.open_page(chromium, "about:blank", settle=False)


def _visitor(screen: Screen, server: str) -> Iterator[Callable[..., Screen]]:
    def visit_one(path: str = "", **options) -> Screen:
        screen.visit(f"{server}/{path}", **options)
        return screen

    yield visit_one
    screen.forget()  # so that nothing runs on in it beside the next test


@pytest.fixture
def open_real_page(real_server: str, open_address: Callable[..., Screen]) -> Callable[..., Screen]:
    """`open_page`, on the real files."""
    return lambda path="", **options: open_address(f"{real_server}/{path.lstrip('/')}", **options)
