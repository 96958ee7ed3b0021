"""A real server and a real browser: what the browser tests, the benchmarks and the screenshots share.

with serve(data_dir) as url, browser() as chromium:
    screen = open_page(chromium, url + "/kaart", scheme="dark")
    assert screen.outside_requests() == []
"""

import contextlib
import itertools
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from starting.checks import find_chromium

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
]
# Requests that never leave the page itself.
INNER_SCHEMES = {"data", "blob", "about", "chrome-extension"}
# On /kaart Streamlit 1.67 first asks /kaart/_stcore/..., to find out whether the app lives under /kaart; 404 is its answer.
BASE_PATH_PROBE = re.compile(r"status of 404 .*\[http://127\.0\.0\.1:\d+/[a-z-]+/_stcore/(?:health|host-config)\]$")
_waits, _ports_of_before = itertools.count(), set[int]()
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")

# Counts what the server has sent, and whether it has answered what the page asked. The state of the page tells neither: the
# answer begins later on a busy machine, and where the browser was busy the page goes from rest to rest at once.
LISTEN = """
window.wdHeard = 0;
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', () => { window.wdHeard += 1; window.wdAsked = null; });
  }
  send(asked) {
    window.wdAsked = performance.now();
    super.send(asked);
  }
};"""
# What has no answer for so long is no question (milliseconds).
ANSWERS_WITHIN = 10_000
# Whether the page is at rest: connected, script run over, nothing stale, no skeleton, every chart drawn.
AT_REST = """() => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!app || app.dataset.testScriptState !== 'notRunning' || app.dataset.testConnectionState !== 'CONNECTED')
    return false;
  if (document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-stale="true"]'))
    return false;
  if (!document.querySelector('[data-testid="stMainBlockContainer"] [data-testid="stElementContainer"]')) return false;
  const shown = (element) => element.getClientRects().length > 0;
  const drawn = (element, what) => [...element.querySelectorAll(what)].some((part) => part.clientWidth > 0
    || part.getBoundingClientRect().width > 0);
  const visible = (testid) => [...document.querySelectorAll(`[data-testid="${testid}"]`)].filter(shown);
  return visible('stVegaLiteChart').every((chart) => drawn(chart, 'canvas, svg'))
    && visible('stDeckGlJsonChart').every((map) => drawn(map, 'canvas'));
}"""
# For how many milliseconds the page has been at rest on end, once that is `quiet`. `wait` tells one wait from another: a page
# that is loaded anew meanwhile begins anew too.
RESTED = f"""([quiet, wait]) => {{
  if (window.wdRest?.wait !== wait) window.wdRest = {{wait, since: null}};
  const now = performance.now(), rest = window.wdRest;
  const asked = window.wdAsked && now - window.wdAsked < {ANSWERS_WITHIN};
  rest.since = !asked && ({AT_REST})() ? rest.since ?? now : null;
  return rest.since !== null && now - rest.since >= quiet && now - rest.since;
}}"""


def free_port() -> int:
    """Find a port on 127.0.0.1 that nobody listens on: one of a server that ended, so that a browser has its files already."""
    for port in [*_ports_of_before, 0]:
        with socket.socket() as probe, contextlib.suppress(OSError):
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return probe.getsockname()[1]
    raise RuntimeError("no free port on 127.0.0.1")


@contextlib.contextmanager
def serve(
    data_dir: Path, app: Path = ROOT / "app.py", timeout: float = 60, port: int = 0, options: Sequence[str] = ()
) -> Iterator[str]:
    """Start a fresh `streamlit run` over `data_dir` on this port (0: a free one); give its address, and end it afterwards.

    options: more of Streamlit's own.

    Raises RuntimeError with the server's own output when it does not answer within `timeout` seconds.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(port)]
    command += [
        "--server.headless",
        "true",
        "--server.address",
        "127.0.0.1",
        "--server.fileWatcherType",
        "none",
        *options,
    ]
    # What a server makes when it has nothing to do would take the processor from what is tested or measured.
    environment = {"WIJKDATA_FIRST_VIEWS": "0", **os.environ, "WIJKDATA_DATA": str(data_dir), "PYTHONUTF8": "1"}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=app.parent, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            _await_health(process, f"http://127.0.0.1:{port}/_stcore/health", timeout, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
            _ports_of_before.add(port)


def _await_health(process: subprocess.Popen, address: str, timeout: float, log) -> None:
    end = time.monotonic() + timeout
    while process.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    log.seek(0)
    raise RuntimeError(f"no answer from {address}: {log.read().decode('utf-8', 'replace')}")


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Start the system's Chromium, headless, WebGL in software. Raises RuntimeError when there is none."""
    executable = find_chromium()
    if executable is None:
        raise RuntimeError("no Chromium, Chrome or Edge on this machine; name one in WIJKDATA_CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable, args=CHROMIUM_ARGUMENTS, headless=True, ignore_default_args=["--headless"]
        )
        try:
            yield chromium
        finally:
            chromium.close()


@dataclass
class Screen:
    """One page in one browser context, with every request and every console error of the whole context."""

    page: Page
    context: BrowserContext
    requests: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        """Keep an error of the browser's console, with the address it is about."""
        if message.type == "error":
            self.console_errors.append(f"{message.text} [{message.location['url']}]")

    def visit(
        self,
        address: str,
        width: int = 1440,
        height: int = 900,
        scheme: str = "light",
        settle: bool = True,
        maps: bool = True,
    ) -> None:
        """Open another address in the same page, which has the app's own files already; the logs begin anew."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(media="null", color_scheme=scheme, reduced_motion="reduce")
        self.requests.clear()
        self.console_errors.clear()
        self.page.goto(address, wait_until="domcontentloaded")
        if settle:
            self.settle(maps=maps)

    def forget(self) -> None:
        """Make the page that of somebody who comes for the first time, but for the app's own files."""
        self.page.evaluate("() => { try { sessionStorage.clear(); } catch { /* a page that has none */ } }")
        self.page.goto("about:blank")
        self.context.set_storage_state({"cookies": [], "origins": []})
        self.context.new_cdp_session(self.page).send("Page.resetNavigationHistory")

    def settle(self, quiet: float = 0.4, timeout: float = 60, maps: bool = True) -> float:
        """Wait until the page is at rest for `quiet` seconds on end and (unless `maps` is False) its maps are painted.

        Returns the moment (time.monotonic) at which the rest began: the wait that proves it does not count for the page.
        Raises TimeoutError naming what the page was doing after `timeout` seconds.
        """
        end = time.monotonic() + timeout
        try:
            rested = self.page.wait_for_function(
                RESTED, arg=[1000 * quiet, next(_waits)], polling=50, timeout=1000 * timeout
            )
        except PlaywrightTimeout as error:
            raise TimeoutError(f"{self.page.url} is not at rest after {timeout} s: {self._state()}") from error
        since = time.monotonic() - rested.json_value() / 1000
        if maps:
            self._maps_painted(end)
        return since

    def _maps_painted(self, end: float) -> None:
        """Wait for a picture of each map that stays the same: deck.gl paints after its canvas exists."""
        for deck in self.page.locator('[data-testid="stDeckGlJsonChart"]:visible').all():
            last, same = b"", 0
            while same < 2 and time.monotonic() < end:
                self.page.wait_for_timeout(400)
                picture = deck.screenshot(animations="disabled")
                last, same = picture, same + 1 if picture == last else 0

    def _state(self) -> str:
        return json.dumps(self.page.evaluate("() => ({...document.querySelector('[data-testid=stApp]')?.dataset})"))

    def complaints(self) -> list[str]:
        """List the errors in the browser's console, without the one that Streamlit makes on every deep link."""
        return [text for text in self.console_errors if not BASE_PATH_PROBE.search(text)]

    def outside_requests(self) -> list[str]:
        """List every address requested in this context that is not on this machine (websockets too)."""
        parts = (urlsplit(address) for address in self.requests)
        return [part.geturl() for part in parts if part.scheme not in INNER_SCHEMES and part.hostname != "127.0.0.1"]

    def horizontal_overflow(self) -> int:
        """Measure the pixels by which the page is wider than the window: 0 = no sideways scrolling."""
        return self.page.evaluate(
            """() => Math.max(...[document.documentElement, document.querySelector('[data-testid="stMain"]')]
                 .filter(Boolean).map((box) => box.scrollWidth - box.clientWidth))"""
        )

    def axe(self, selector: str | None = None) -> list[dict]:
        """Run axe-core on the page, or on the part under `selector`, and list its violations: id, impact, help, nodes.

        A node has its target, its html, and `part`: the nearest of Streamlit's own names around it.
        """
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        violations = self.page.evaluate(_RUN_AXE, selector)
        return [
            {
                "id": one["id"],
                "impact": one["impact"],
                "help": one["help"],
                "nodes": [{**node, "html": node["html"][:300]} for node in one["nodes"]],
            }
            for one in violations
        ]

    def full_page(self, path: Path, limit: int = 12_000) -> None:
        """Take a picture of the whole page. Streamlit scrolls inside a box, so the window is made as tall as the contents."""
        for _ in range(4):
            size = self.page.viewport_size
            height = min(limit, self.page.evaluate(_CONTENT_HEIGHT))
            if size is None or abs(height - size["height"]) < 2:
                break
            self.page.set_viewport_size({"width": size["width"], "height": height})
            self.settle()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, animations="disabled")

    def close(self) -> None:
        """Close the context: page, cookies and all."""
        self.context.close()


_RUN_AXE = """async (part) => {
  const found = await axe.run(part || document, {resultTypes: ['violations']});
  for (const one of found.violations) {
    one.nodes = one.nodes.map((node) => ({target: node.target, html: node.html,
      part: document.querySelector(node.target[0])?.closest('[data-testid]')?.dataset.testid ?? ''}));
  }
  return found.violations;
}"""
# A box that fills the window reports the window's height, so the contents are measured by their own bottom.
_CONTENT_HEIGHT = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const block = document.querySelector('[data-testid="stMainBlockContainer"]');
  const side = document.querySelector('[data-testid="stSidebarContent"]');
  if (!main || !block) return document.documentElement.scrollHeight;
  const bottom = block.getBoundingClientRect().bottom + main.scrollTop;
  const beside = side && side.getClientRects().length && side.getBoundingClientRect().right > 0 ? side.scrollHeight : 0;
  return Math.ceil(Math.max(400, bottom, main.scrollHeight > main.clientHeight ? main.scrollHeight : 0,
    beside > window.innerHeight ? beside : 0));
}"""


def open_page(
    chromium: Browser,
    address: str,
    width: int = 1440,
    height: int = 900,
    scheme: str = "light",
    settle: bool = True,
    maps: bool = True,
    watch: str = "",
    zone: str = "Europe/Amsterdam",
) -> Screen:
    """Open `address` in a new browser context (nothing remembered), at rest. `scheme` is "light" or "dark".

    maps: whether to wait for painted maps too. watch: a script that runs in the page before its own. zone: of
    the browser's clock.
    """
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        locale="nl-NL",
        timezone_id=zone,
        reduced_motion="reduce",
        accept_downloads=True,
    )
    page = context.new_page()
    page.add_init_script(LISTEN)
    if watch:
        page.add_init_script(watch)
    screen = Screen(page, context)
    # At context level: a page-level listener misses what workers and map tiles ask.
    context.on("request", lambda request: screen.requests.append(request.url))
    context.on("console", screen.hear)
    context.on("weberror", lambda error: screen.console_errors.append(str(error.error)))
    page.on("websocket", lambda socket: screen.requests.append(socket.url))
    page.goto(address, wait_until="domcontentloaded")
    if settle:
        screen.settle(maps=maps)
    return screen
