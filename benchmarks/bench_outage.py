"""What stays of a session when its server, the network or the laptop is away for minutes.

    python benchmarks/bench_outage.py DATA [--away server,network,browser,laptop] [--seconds 30,180,600] [--pictures FOLDER]

DATA is a data directory with the example; it is copied first. Five windows each have something half-typed, or a figure of the
session on the screen. Then, all at once: the server is ended and started again; or what is sent in both directions no longer
arrives; or the browser, or browser and server both, stand still (a laptop asleep). Streamlit keeps a session of which the
connection is gone for two minutes, so 30 seconds and the others are two cases. Prints per window what stayed.
"""

import argparse
import contextlib
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser import harness
from tests.browser.wire import Wire
from wijkdata.loading.activities import sessions
from wijkdata.store.participation import room

READY = "VS-02"
AWAY = ("server", "network", "browser", "laptop")
_AGREED = {"Wie (een rol)": "Gemeente", "Doet wat": "Spreekuur op het plein", "Uiterlijk (dag-maand-jaar)": "1-9-2030"}


@dataclass(frozen=True)
class Window:
    """One window: the choices in its address, what is typed into it by label, and what opens the place to type."""

    name: str
    address: str
    typed: dict[str, str]
    opens: str = ""


WINDOWS = (
    Window("desk, an agreement", "beeld=afspraken", _AGREED),
    Window(
        "desk, a guess", "beeld=uitvoeren&dia=bijstand",
        {"Schattingen, met een puntkomma ertussen": "4; 5; 6"}, "In de zaal geteld, zonder telefoons",
    ),
    Window("desk, a question", "beeld=voorbereiden", {"Vraag vooraf (leeg: de zaal raadt niet)": "Hoeveel hier?"}),
    Window("beamer, third figure", "presenteren=1&figuur=4", {}),
    Window("beamer, an agreement", "presenteren=1&figuur=9", _AGREED),
)  # fmt: skip


def main() -> None:
    """Go through every outage that was asked for and print what stayed; ends with code 1 when something did not."""
    asked = _arguments()
    fine = True
    for away in asked.away.split(","):
        for seconds in asked.seconds.split(","):
            fine = _outage(asked.data, away, float(seconds), asked.pictures) and fine
    sys.exit(0 if fine else 1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--away", default=",".join(AWAY))
    parser.add_argument("--seconds", default="30,180,600")
    parser.add_argument("--pictures", type=Path)
    return parser.parse_args()


def _outage(data: Path, away: str, seconds: float, pictures: Path | None) -> bool:
    """Take one thing away for so long, bring it back, and print what stayed."""
    with TemporaryDirectory() as folder, harness.browser() as chromium:
        copy = shutil.copytree(data, Path(folder) / "data")
        sessions.start(copy, READY, "invoer")
        room.count_hands(copy, READY, "bijstand", room.GUESS, {"4": 6})
        with _world(copy, away) as (url, gone):
            screens = [_open(chromium, url, window) for window in WINDOWS]
            before = [_seen(screen, window) for screen, window in zip(screens, WINDOWS, strict=True)]
            with gone():
                _wait(screens, seconds, away, lambda: _shoot(screens, pictures, f"{away}-{seconds:.0f}-during"))
            fine = _print(away, seconds, screens, before, pictures)
    return fine


def _print(
    away: str, seconds: float, screens: list[harness.Screen], before: list[dict[str, str]], pictures: Path | None
) -> bool:
    """Wait until every window is at rest again, and print what is not as it was."""
    fine, back = True, time.monotonic()
    print(f"\n{away} away for {seconds:.0f} s")
    for screen, window, was in zip(screens, WINDOWS, before, strict=True):
        try:
            since = screen.settle(quiet=1, maps=False, timeout=120) - back
            rest = f"at rest after {since:.0f} s"
        except TimeoutError as error:
            rest = f"NOT at rest: {error}"
        now = _seen(screen, window)
        lost = {name: (value, now.get(name)) for name, value in was.items() if now.get(name) != value}
        fine = fine and not lost and rest.startswith("at rest")
        print(f"  {window.name:22} {rest}; " + (f"LOST {lost}" if lost else "all stayed"), flush=True)
    _shoot(screens, pictures, f"{away}-{seconds:.0f}-after")
    return fine


@contextlib.contextmanager
def _world(data: Path, away: str) -> Iterator[tuple[str, Callable[[], contextlib.AbstractContextManager]]]:
    """Run a server; give its address, and what takes the thing away for as long as it is entered."""
    port = harness.free_port()
    with contextlib.ExitStack() as stack:
        serving = stack.enter_context(contextlib.ExitStack())
        url = serving.enter_context(harness.serve(data, port=port))
        if away == "network":
            wire = stack.enter_context(Wire(port))
            yield f"http://127.0.0.1:{wire.port}", wire.cut
            return

        @contextlib.contextmanager
        def stop() -> Iterator[None]:
            serving.close()
            yield
            stack.enter_context(harness.serve(data, port=port))

        yield url, stop if away == "server" else lambda: _asleep(("streamlit run", "chrom")[away == "browser" :])


@contextlib.contextmanager
def _asleep(names: tuple[str, ...]) -> Iterator[None]:
    """Let the processes of this one that have such a word in their command stand still."""
    still = [
        one for one in psutil.Process().children(recursive=True)
        if any(name in " ".join(one.cmdline()) for name in names) and "playwright" not in one.exe()
    ]  # fmt: skip
    for one in still:
        os.kill(one.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in still:
            os.kill(one.pid, signal.SIGCONT)


def _open(chromium: harness.Browser, url: str, window: Window) -> harness.Screen:
    """Open a window and leave it half-typed, the cursor in its last field."""
    size = (1280, 720) if "presenteren" in window.address else (1280, 900)
    screen = harness.open_page(chromium, f"{url}/werksessie?sessie={READY}&{window.address}", *size, maps=False)
    if window.opens:
        screen.page.get_by_text(window.opens).first.click()
    for label, text in window.typed.items():
        screen.page.get_by_label(label).first.click()
        screen.page.keyboard.press("Control+a")
        screen.page.keyboard.type(text)
        if screen.page.get_by_label(label).first.get_attribute("role") == "combobox":
            screen.page.keyboard.press("Enter")
    return screen


def _seen(screen: harness.Screen, window: Window) -> dict[str, str]:
    """What must be the same afterwards: the title, what is typed, and what the address says."""
    page, seen = screen.page, {"address": screen.page.url.partition("?")[2]}
    seen["title"] = " | ".join(page.locator("h1:visible").all_inner_texts())
    for label in window.typed:
        field = page.get_by_label(label).first
        seen[label] = field.input_value() if field.count() and field.is_visible() else "(no such field)"
    return seen


def _wait(screens: list[harness.Screen], seconds: float, away: str, shoot: Callable[[], None]) -> None:
    """Wait so long, and take pictures shortly before the end of whoever can still be seen."""
    if away in ("browser", "laptop"):
        time.sleep(seconds)  # a browser that stands still answers nobody
        return
    screens[0].page.wait_for_timeout(1000 * max(0.0, seconds - 5))
    shoot()
    screens[0].page.wait_for_timeout(5000)


def _shoot(screens: list[harness.Screen], pictures: Path | None, name: str) -> None:
    for place, screen in enumerate(screens if pictures else ()):
        pictures.mkdir(parents=True, exist_ok=True)
        screen.page.screenshot(path=pictures / f"{name}-{place}.png", animations="disabled")


if __name__ == "__main__":
    main()
