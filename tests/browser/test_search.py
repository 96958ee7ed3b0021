"""The search box in a real browser, by keyboard alone: from any page to a wijk, a topic, and what is said of nothing."""

import re

import pytest

from tests.browser import looking

pytestmark = pytest.mark.browser


def test_the_slash_finds_a_wijk_and_a_topic_from_any_page(open_page):
    screen = open_page("uitleg", maps=False)
    page, keyboard = screen.page, screen.page.keyboard
    keyboard.press("/")
    keyboard.type("spechtenv")
    keyboard.press("Enter")  # before it is found
    page.wait_for_url(re.compile("wijkprofiel.*wijk=WK9701"))
    looking.await_page(screen, "Wijkprofiel")
    assert "Spechtenveld" in page.locator(".wd-eyebrow").inner_text()

    keyboard.press("/")
    keyboard.type("armoede")
    found = page.get_by_role("option")
    found.first.wait_for()
    names = found.all_inner_texts()
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    page.wait_for_url(re.compile("kaart.*onderwerp="))
    looking.await_page(screen, "Kaart")
    assert looking.query(screen)["wijk"].startswith("WK9701")
    assert names[1].split("\n")[0] in looking.choices(screen)["Onderwerp"]
    assert screen.complaints() == []


def test_nothing_found_is_said_and_what_to_do_and_text_stays_text(open_page):
    screen = open_page("overzicht", maps=False)
    page, keyboard = screen.page, screen.page.keyboard
    keyboard.press("/")
    keyboard.type("<img src=x onerror=window.ran=1>")
    page.get_by_text("Niets gevonden. Controleer de spelling").wait_for()
    assert page.get_by_role("option").count() == 0 and page.evaluate("window.ran") is None
    keyboard.press("Escape")
    assert not page.get_by_text("Niets gevonden").is_visible()
    page.get_by_role("combobox", name="Gemeente").focus()
    keyboard.type("/")
    assert page.evaluate("() => document.activeElement.shadowRoot === null")
    assert screen.complaints() == []
