"""A whole session with the keyboard alone: prepared at a desk, led over its figures, agreed on and closed; never a click."""

import pytest
from playwright.sync_api import Locator

from tests.browser import harness, looking
from tests.browser.test_keyboard import NAME, REMEMBER
from wijkdata.loading.activities import sessions
from wijkdata.questions.werksessie import question
from wijkdata.record.fields import SESSION
from wijkdata.store.monitor import versions
from wijkdata.store.participation import registers, room
from wijkdata.views.werksessie import words

pytestmark = pytest.mark.browser

OWN = "Welke plek verdient aandacht?"


class Hands:
    """Somebody without a mouse: Tab to what has that name, then keys. Notes every place whose focus did not show."""

    def __init__(self, screen: harness.Screen) -> None:
        self.screen, self.keys, self.hidden = screen, screen.page.keyboard, []

    def to(self, name: str, role: str, at: int = 0) -> None:
        """Move the focus to the control of that name, the `at`-th of them; on a page as it now is."""
        self._to(self.screen.page.get_by_role(role, name=name, exact=True).nth(at), name)

    def open(self, name: str) -> None:
        """Unfold what is folded."""
        self._to(self.screen.page.locator("summary", has_text=name).first, name)
        self.press("Enter")

    def _to(self, wanted: Locator, name: str) -> None:
        page = self.screen.page
        wanted.wait_for()
        page.evaluate(REMEMBER)
        for _ in range(150):
            if wanted.evaluate("(one) => one.contains(document.activeElement)"):
                break
            self.keys.press("Tab")
        else:
            raise AssertionError(f"the Tab key does not reach {name}: at {page.evaluate(NAME)}")
        page.wait_for_timeout(200)
        if not page.evaluate("() => window.focusShows()"):
            self.hidden.append(name)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys.press(key)
            self.screen.settle(quiet=0.8, maps=False)

    def type(self, name: str, text: str) -> None:
        self.to(name, "textbox")
        self.keys.press("Control+a")
        self.keys.type(text)

    def choose(self, name: str, text: str, at: int = 0) -> None:
        """Choose from a list: open it, type, take the first."""
        self.to(name, "combobox", at)
        self.keys.press("ArrowDown")
        self.screen.page.get_by_role("option").first.wait_for()
        self.keys.type(text)
        self.press("Enter")

    def count(self, name: str, n: str) -> None:
        """Type a number."""
        self.to(name, "spinbutton")
        self.keys.press("Control+a")
        self.keys.type(n)

    def do(self, name: str, at: int = 0) -> None:
        """Press a button."""
        self.to(name, "button", at)
        self.press("Enter")


def test_a_session_is_prepared_led_and_closed_without_a_mouse(own_data, chromium):
    with harness.serve(own_data) as url:
        screen = harness.open_page(chromium, f"{url}/werksessie?gemeente=GM9701", maps=False)
        hands = Hands(screen)
        session_id = _made(hands, own_data)
        _prepared(hands, own_data, session_id)
        _led(hands, own_data, session_id)
        _agreed(hands, own_data, session_id)
        _closed(hands, own_data, session_id)
        assert hands.hidden == []
        assert screen.complaints() == [] and screen.outside_requests() == []
        screen.close()


def _now(data, session_id):
    return question.session(data, versions.current(data), session_id)


def _made(hands: Hands, data) -> str:
    """A new session about a wijk that is chosen."""
    known = {one.id for one in question.listing(data)}
    hands.choose("Wijk", "Spechtenveld")
    hands.type("Titel", "Samen kijken")
    hands.type("Datum", "1-6-2030")
    hands.do("Maak werksessie")
    (made,) = {one.id for one in question.listing(data)} - known
    answer = _now(data, made)
    assert (answer.title, answer.name) == ("Samen kijken", "Spechtenveld")
    return made


def _prepared(hands: Hands, data, session_id: str) -> None:
    """Two figures and a question of its own, in another order than they were put in."""
    _put_in(hands, "bijstand")
    hands.choose("Soort", "pijler")
    _put_in(hands, "weerbaarheid")
    hands.choose("Soort", "eigen")
    hands.type("Vraag", OWN)
    hands.type("Antwoorden, met een puntkomma ertussen (leeg: de zaal noemt een getal)", "plein; park")
    hands.do("Zet in de sessie")
    hands.do(f"Omhoog ({words.figure_name(_now(data, session_id).figures[1])})")
    assert [one.kind for one in _now(data, session_id).figures] == ["pijler", "onderwerp", "vraag"]


def _put_in(hands: Hands, about: str) -> None:
    """Put a figure about this in the session."""
    hands.choose("Waarover", about)
    hands.do("Zet in de sessie")


def _led(hands: Hands, data, session_id: str) -> None:
    """A figure guessed on paper, shown, recognised by show of hands, and what was said; then challenges and dots."""
    hands.to("Voorbereiden", "radio")
    hands.press("ArrowRight", "Space")
    hands.do("Open de sessie toets O")
    assert registers.get(data, session_id, SESSION).values["state"] == sessions.OPEN
    topic = _now(data, session_id).figures[1].key
    hands.choose("Op het scherm", "bijstand")
    hands.open("In de zaal geteld, zonder telefoons")
    hands.type("Schattingen, met een puntkomma ertussen", "20; 25; 25; 30; 40")
    hands.do("Bewaar de telling")
    hands.do("Onthul toets U")
    assert room.rounds(data, session_id)[topic, room.GUESS].shown
    _count_hands(hands, {"Ja": "7", "Nee": "4", "Twijfel": "2"})
    hands.press("t")
    assert room.rounds(data, session_id)[topic, room.RECOGNISE].hands == {"ja": 7, "nee": 4, "twijfel": 2}
    assert room.rounds(data, session_id)[topic, room.RECOGNISE].shown
    hands.choose("Herkent u dit?", "twijfel")
    hands.type("Opmerking, in één regel en zonder namen", "In de flats minder")
    hands.do("Bewaar")
    assert [note.text for note in _now(data, session_id).figures[1].notes] == ["In de flats minder"]
    hands.choose("Op het scherm", "uitdagingen")
    hands.type("Wat", "Zwerfafval")
    hands.do("Zet erbij")
    hands.choose("Soort", "kans")
    hands.type("Wat", "Het lege schoolgebouw")
    hands.press("Enter")
    hands.choose("Op het scherm", "stippen")
    _count_hands(hands, {"Uitdaging: Zwerfafval": "9", "Kans: Het lege schoolgebouw": "12"})
    hands.do("Toon toets U")
    assert {one.text: one.dots for one in _now(data, session_id).points} == {
        "Zwerfafval": 9,
        "Het lege schoolgebouw": 12,
    }


def _count_hands(hands: Hands, counts: dict[str, str]) -> None:
    """Save how many hands went up for each answer, in a room without telephones."""
    hands.open("In de zaal geteld, zonder telefoons")
    for name, n in counts.items():
        hands.count(name, n)
    hands.do("Bewaar de telling")


def _agreed(hands: Hands, data, session_id: str) -> None:
    """An agreement, of a role, with a day."""
    hands.choose("Op het scherm", "afspraken")
    hands.choose("Wie (een rol)", "gemeente")
    hands.type("Doet wat", "De school openen")
    hands.type("Uiterlijk (dag-maand-jaar)", "1-9-2030")
    hands.do("Leg de afspraak vast")
    assert [(one.who, one.what) for one in _now(data, session_id).agreements] == [("gemeente", "De school openen")]


def _closed(hands: Hands, data, session_id: str) -> None:
    """Presented from the first slide on, closed there, and back at the desk."""
    hands.choose("Op het scherm", "meedoen")
    hands.do("Presenteren toets P")
    hands.press("s")
    assert registers.get(data, session_id, SESSION).values["state"] == sessions.CLOSED
    hands.press("Escape")
    hands.do("Alle werksessies")
    assert looking.query(hands.screen).get("sessie") is None
