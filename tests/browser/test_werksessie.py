"""A whole session in the room: with the keyboard alone, on a projector of 1280 by 720, with a phone beside it."""

import pytest

from tests.browser import harness, looking
from wijkdata.loading.activities import sessions
from wijkdata.questions.werksessie import question
from wijkdata.record.fields import SESSION
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers, room

pytestmark = pytest.mark.browser

READY = "VS-02"
# Nothing may have to be scrolled for, and nothing of the page may stand under the buttons at its foot.
HIDDEN = """() => {
  const foot = Math.min(...[...document.querySelectorAll('.st-key-doe_stappen, [class*="st-key-doe_vraag_"], .st-key-doe_sessie')]
    .filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().top));
  const parts = [...document.querySelectorAll('h1, .wd-source, .wd-lead, .wd-name, .wd-list > div, [data-testid="stVegaLiteChart"]')];
  return parts.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0
    && one.getBoundingClientRect().bottom > foot + 1).map((one) => one.innerText.slice(0, 60) || one.dataset.testid);
}"""


def test_a_whole_session_with_the_keyboard(example_data, chromium):
    def now():
        return question.session(example_data, versions.current(example_data), READY)

    def press(*keys):
        for key in keys:
            screen.page.keyboard.press(key)
            screen.settle(quiet=0.8, maps=False)
        assert screen.page.evaluate(HIDDEN) == [], screen.page.locator("h1").inner_text()

    with harness.serve(example_data) as url:
        screen = harness.open_page(
            chromium, f"{url}/werksessie?sessie={READY}&presenteren=1", width=1280, height=720, maps=False
        )
        press("o")
        assert registers.get(example_data, READY, SESSION).values["state"] == sessions.OPEN
        for figure in now().figures:
            press("ArrowRight")
            assert screen.page.locator("h1").inner_text() == figure.guess.asked.text
            press("o")
            assert room.rounds(example_data, READY)[figure.key, room.GUESS].open
            answer = next(iter(figure.guess.counts), "4.1")
            room.count_hands(example_data, READY, figure.key, room.GUESS, {answer: 9})
            press("u")
            assert room.rounds(example_data, READY)[figure.key, room.GUESS].shown
            if figure.kind != "vraag":
                assert screen.page.locator("h1").inner_text() != figure.guess.asked.text
                press("h", "h", "t")
                assert room.rounds(example_data, READY)[figure.key, room.RECOGNISE].shown
        press("ArrowRight", "ArrowRight", "ArrowRight")
        assert screen.page.locator("h1").inner_text() == "Wie doet wat, en wanneer?"
        press(*["ArrowLeft"] * (len(now().figures) + 3), "s")
        assert registers.get(example_data, READY, SESSION).values["state"] == sessions.CLOSED
        assert looking.warnings(screen) == []
        assert screen.complaints() == [] and screen.outside_requests() == []
        screen.close()


def test_a_view_goes_into_a_session_with_one_click(example_data, chromium):
    sessions.start(example_data, READY, "invoer")
    with harness.serve(example_data) as url:
        screen = harness.open_page(chromium, f"{url}/kloof?gemeente=GM9701", maps=False)
        screen.page.get_by_role("button", name="Zet in werksessie").click()
        for _ in range(2):  # twice is once
            screen.page.get_by_role("button", name="Zet dit beeld erin").click()
            screen.settle(maps=False)
        figures = question.session(example_data, versions.current(example_data), READY).figures
        assert [one.link.partition("?")[0] for one in figures if one.kind == "beeld"] == ["kloof"]
        (put,) = [one for one in figures if one.kind == "beeld"]
        screen.visit(f"{url}/werksessie?sessie={READY}&beeld=uitvoeren&dia={put.key}", maps=False)
        screen.page.get_by_role("link", name="Open dit beeld").click()
        screen.settle(maps=False)
        assert screen.complaints() == []
        screen.close()
