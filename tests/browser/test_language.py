"""Dutch to the last word: what Streamlit itself writes on the pages, in names of buttons, in lists and in tips."""

import re

import pytest

from tests.browser import harness
from wijkdata.settings import STATIC_DIR
from wijkdata.ui import language

pytestmark = pytest.mark.browser

# Every text and every name on the page, those of its hidden parts too. A drawing and an icon have words of their own.
TEXTS = """() => {
  const found = new Set();
  for (const one of document.querySelectorAll('body *'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      if (one.getAttribute(name)) found.add(one.getAttribute(name).trim());
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest('svg, script, style, noscript, [data-testid="stIconMaterial"]')) found.add(walker.currentNode.data.trim());
  }
  return [...found];
}"""
SCRIPT = (STATIC_DIR / language.SCRIPT).read_text(encoding="utf-8")
ENGLISH = set(re.findall(r'^    "([^"]+)": "', SCRIPT, re.MULTILINE)) - {"Stop"}
STARTS = re.compile(
    r"(?:Help for|Remove|Download as|Copy Vega|Fullscreen|Show data|Search:|Show/hide|Select) |.*(?:options? available\.|per file)$"
)


def english(texts: list[str]) -> list[str]:
    """Which of these texts are Streamlit's."""
    return [text for text in texts if text in ENGLISH or STARTS.match(text)]


def test_the_words_that_are_looked_for_are_english():
    assert len(ENGLISH) > 40
    assert english(["No results", "Help for Titel", "Select 2 matches", "20MB per file", "Zoek", "Search"]) == [
        "No results",
        "Help for Titel",
        "Select 2 matches",
        "20MB per file",
        "Search",
    ]


@pytest.mark.parametrize(
    "address",
    ["overzicht", "kaart", "gegevens", "voor-en-na?gemeente=GM9701&activiteit=VB-01", "activiteiten?bewerk=nieuw"],
)
def test_no_word_of_streamlit_is_english(address, visit):
    screen = visit(address, maps=False)
    page = screen.page
    assert page.evaluate("document.documentElement.lang") == "nl"
    found = page.evaluate(TEXTS)
    box = page.get_by_test_id("stSelectbox").first
    box.click()
    page.keyboard.type("zzzz")
    page.get_by_text("Geen resultaat").wait_for()
    found += page.evaluate(TEXTS)
    page.keyboard.press("Escape")
    for chart in page.get_by_test_id("stVegaLiteChart").all()[:1]:
        chart.hover()
        page.wait_for_timeout(200)
        found += page.evaluate(TEXTS)
    assert english(found) == []
    assert screen.complaints() == []


FAULTY = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from wijkdata.ui import language
if __name__ == "__main__":
    raise ValueError("mis")
app = st.App(__file__, middleware=[language.MIDDLEWARE])
"""


def test_a_fault_of_ours_is_said_in_dutch(chromium, tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / language.SCRIPT).write_text(SCRIPT, encoding="utf-8")
    app = tmp_path / "app.py"
    app.write_text(FAULTY.format(root=str(harness.ROOT)), encoding="utf-8")
    options = ("--client.showErrorDetails", "none", "--server.enableStaticServing", "true")
    with harness.serve(tmp_path, app=app, options=options) as url:
        screen = harness.open_page(chromium, url, maps=False)
        said = screen.page.get_by_test_id("stException").inner_text()
        assert said.startswith("Dit ging mis door een fout in wijkdata.") and "error" not in said
        screen.close()
