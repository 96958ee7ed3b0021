"""Pictures of the pages, to look at: `python benchmarks/screenshots.py --data-dir D --out DIR [--only kaart]`.

Starts a fresh server on the data directory and saves every page whole at 1440, 1024 and 390 px, light and dark,
and presenting at 1280x720, as `<page>-<width>-<mode>.png`. Prints what the page asked outside and complained of.
"""

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser

from tests.browser.harness import browser, open_page, serve
from wijkdata.ui import shell

# The first page answers to / too: that is how most people come in.
PAGES = {entry.url: "" if entry is shell.PAGES[0] else entry.url for entry in shell.PAGES}
PRESENTING = "presenteren=1"


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures; the exit code is 1 when a page requested something outside this machine."""
    options = _options(arguments)
    outside = 0
    with serve(options.data_dir, app=options.app.resolve()) as url, browser() as chromium:
        for name in options.only or PAGES:
            for width in options.width:
                for mode in options.mode:
                    outside += _picture(chromium, url, name, width, mode, options)
    return 1 if outside else 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--app", type=Path, default=ROOT / "app.py", help="another Streamlit script than app.py")
    parser.add_argument("--only", action="append", help="a page (kaart) or a path; may be repeated")
    parser.add_argument("--query", default="", help='the choices in the address, as in "gemeente=GM0599"')
    parser.add_argument("--width", type=int, nargs="+", default=[1440, 1024, 390])
    parser.add_argument("--mode", nargs="+", default=["light", "dark", "presenting"])
    return parser.parse_args(arguments)


def _picture(chromium: Browser, url: str, name: str, width: int, mode: str, options: argparse.Namespace) -> int:
    """Take one picture; return the number of requests it made outside this machine. Presenting has one size of its own."""
    if mode == "presenting" and width != options.width[0]:
        return 0
    query = "&".join(part for part in (options.query, PRESENTING if mode == "presenting" else "") if part)
    address = f"{url}/{PAGES.get(name, name)}" + (f"?{query}" if query else "")
    started = time.perf_counter()
    size = (1280, 720) if mode == "presenting" else (width, 900)
    screen = open_page(chromium, address, *size, scheme="dark" if mode == "dark" else "light")
    seconds = time.perf_counter() - started
    path = options.out / f"{name.strip('/').replace('/', '-') or 'start'}-{size[0]}-{mode}.png"
    if mode == "presenting":
        path.parent.mkdir(parents=True, exist_ok=True)
        screen.page.screenshot(path=path)
    else:
        screen.full_page(path)
    outside, errors = screen.outside_requests(), screen.complaints()
    print(f"{path}  at rest in {seconds:.1f} s, sideways {screen.horizontal_overflow()} px", flush=True)
    for line in [f"  outside: {address}" for address in outside] + [f"  console: {text[:300]}" for text in errors]:
        print(line, flush=True)
    screen.close()
    return len(outside)


if __name__ == "__main__":
    sys.exit(main())
