"""Another year on Kaart: bytes over the websocket and seconds, for one gemeente and for all wijken of the country.

python benchmarks/bench_kaart.py --data-dir DIR [--runs 7]

Two clocks. "server": from the question to the last message, without a browser. "browser": from the click on the year until
the page is at rest and the browser has painted twice, in Chromium with WebGL in software. The baseline is the page Uitleg,
which only shows text, in the same run.
"""

import argparse
import asyncio
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser

from benchmarks.measure import Row, report
from benchmarks.person import Person
from tests.browser import harness

PLACES = {
    "one gemeente": ("gemeente=GM0518", 30, 0.5),
    "one gemeente, a wijk chosen": ("gemeente=GM0518&wijk=WK051838", 30, 0.5),
    "all wijken of NL": ("gebied=NL", 30, 2.0),
}
YEARS = ("2020", "2022")
PAINTED_TWICE = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"


async def server(url: str, runs: int) -> list[Row]:
    """Measure the median seconds and largest number of bytes of a year change, as the server gives it."""
    rows = []
    async with Person(url) as person:
        plain = statistics.median([(await person.click("uitleg")).seconds for _ in range(runs + 2)][2:])
        for name, (query, _, limit) in PLACES.items():
            answers = [await person.click("kaart", f"{query}&jaar={YEARS[n % 2]}") for n in range(runs + 2)][2:]
            assert not any(answer.errors for answer in answers), answers[0].errors
            rows.append(
                Row(f"server, {name}", statistics.median(a.seconds for a in answers), "s", limit, "Uitleg", plain)
            )
    return rows


def in_browser(chromium: Browser, url: str, query: str, runs: int) -> tuple[float, float, int]:
    """Measure the median seconds, largest kB received, and geometry files fetched after the first view."""
    screen = harness.open_page(chromium, f"{url}/uitleg")
    page, frames = screen.page, []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(len(data))))
    page.goto(f"{url}/kaart?{query}")
    screen.settle(timeout=120)
    first = sum("/geo/" in address for address in screen.requests)
    times, sizes = [], []
    for number in range(runs):
        page.locator('[data-testid="stSelectbox"]', has_text="Jaar").locator("input").click()
        option = page.get_by_role("option", name=YEARS[number % 2], exact=True)
        option.wait_for()
        frames.clear()
        start = time.perf_counter()
        option.click()
        page.wait_for_url(f"**jaar={YEARS[0]}**" if number % 2 == 0 else lambda address: "jaar=" not in address)
        while not page.evaluate(harness.AT_REST):
            page.wait_for_timeout(10)
        page.evaluate(PAINTED_TWICE)
        times.append(time.perf_counter() - start)
        page.wait_for_timeout(1500)
        sizes.append(sum(frames) / 1000)
    again = sum("/geo/" in address for address in screen.requests) - first
    screen.close()
    return statistics.median(times), max(sizes), again


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    with harness.serve(options.data_dir) as url:
        rows = asyncio.run(server(url, options.runs))  # before the browser, which keeps an event loop of its own
        with harness.browser() as chromium:
            for name, (query, kilobytes, seconds) in PLACES.items():
                median, size, again = in_browser(chromium, url, query, options.runs)
                rows.append(Row(f"browser, {name}", median, "s", seconds))
                rows.append(Row(f"received, {name}", size, "kB", kilobytes))
                rows.append(Row(f"geometry fetched again, {name}", again, "files", 0))
    report("Another year on Kaart", rows)


if __name__ == "__main__":
    main()
