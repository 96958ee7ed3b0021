"""The form of an activity in a real browser, with the keyboard alone: add, edit, two people at once, and nothing lost."""

import shutil
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from activity_form_examples import TODAY, TYPED, record, saved

from tests.browser import harness, looking
from wijkdata.loading.activities import drafts, register
from wijkdata.store.participation import registers

pytestmark = pytest.mark.browser

WORDS = {  # what is typed in each list to find the option
    "Soort activiteit *": "Buurtfeest",
    "Initiatiefnemer *": "Bewoner(s)",
    "Participatietrede *": "ontmoeting",
    "Status *": "Loopt",
    "Bron van deze gegevens *": "Eigen",
}


@pytest.fixture
def data(example_data, tmp_path):
    """The example in a directory of this test."""
    return shutil.copytree(example_data, tmp_path / "data", ignore=shutil.ignore_patterns("participatie*"))


@pytest.fixture
def server(data):
    with harness.serve(data) as url:
        yield url


def tab_to(screen, role: str, name: str, most: int = 90):
    """Moves the focus with Tab to the control of that name."""
    wanted = screen.page.get_by_role(role, name=name, exact=True).first
    wanted.wait_for()
    for _ in range(most):
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
        screen.page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {name}")


def write(screen, name: str, text: str) -> None:
    tab_to(screen, "textbox", name)
    screen.page.keyboard.press("ControlOrMeta+a")
    screen.page.keyboard.type(text)
    screen.page.keyboard.press("Tab")
    screen.settle()


def pick(screen, name: str, text: str) -> None:
    tab_to(screen, "combobox", name)
    screen.page.keyboard.press("ArrowDown")
    screen.page.get_by_role("option").first.wait_for()
    screen.page.keyboard.type(text)
    screen.page.keyboard.press("Enter")
    screen.settle()


def press(screen, name: str) -> None:
    tab_to(screen, "button", name)
    screen.page.keyboard.press("Enter")
    screen.settle()


def value(screen, name: str) -> str:
    return screen.page.get_by_role("textbox", name=name, exact=True).input_value()


def only(data):
    (found,) = registers.records(data).values()
    return found


def test_an_activity_is_added_with_the_keyboard_alone(server, data, open_address, of_streamlit):
    screen = open_address(f"{server}/activiteiten?bewerk=nieuw")
    write(screen, "Titel *", TYPED["title"])
    write(screen, "Omschrijving *", "Bel 06 12345678")
    for name, text in list(WORDS.items())[:3]:
        pick(screen, name, text)
    write(screen, "Geplande start *", "morgen")
    for name, text in list(WORDS.items())[3:]:
        pick(screen, name, text)
    press(screen, "Bewaar")
    said = screen.page.get_by_test_id("stAlert").inner_text()
    assert "Nog niet bewaard: 2 dingen kloppen niet." in said and "een telefoonnummer: ‘06 12345678’" in said
    assert "06 12345678" not in (data / "concepten" / f"{drafts.ids(data)[0]}.json").read_text(encoding="utf-8")
    assert value(screen, "Omschrijving *") == "Bel 06 12345678" and registers.records(data) == {}
    assert {one[:2] for one in looking.violations(screen)} - of_streamlit == set()

    screen.page.evaluate("() => document.activeElement.blur()")
    write(screen, "Omschrijving *", TYPED["description"])
    write(screen, "Geplande start *", TYPED["start_planned"])
    press(screen, "Bewaar")
    screen.page.get_by_text("Bewaard.", exact=True).wait_for()
    stored = only(data)
    assert {name: str(stored.values[name]) for name in ("title", "kind", "step", "status")} == {
        name: TYPED[name] for name in ("title", "kind", "step", "status")
    }
    assert [row["area"] for row in stored.rows["area"]] == ["GM9701"], "the gemeente on screen"
    assert "concept" not in looking.query(screen) and screen.complaints() == []


def test_what_was_typed_survives_a_page_switch_a_reload_and_another_server(data, open_address):
    with harness.serve(data) as url:
        screen = open_address(f"{url}/activiteiten?bewerk=nieuw")
        write(screen, "Titel *", "Een begin")
        write(screen, "Geplande start *", "morgen")
        assert screen.page.get_by_text("Concept bewaard om").is_visible()
        screen.page.get_by_role("link", name="Uitleg").click()
        looking.await_page(screen, "Uitleg")
        screen.page.go_back()
        looking.await_page(screen, "Activiteiten")
        assert value(screen, "Titel *") == "Een begin"
        screen.page.reload()
        screen.settle()
        assert (value(screen, "Titel *"), value(screen, "Geplande start *")) == ("Een begin", "morgen")
        place = urlsplit(screen.page.url)
    with harness.serve(data) as url:
        screen = open_address(f"{url}{place.path}?{place.query}")
        assert (value(screen, "Titel *"), value(screen, "Geplande start *")) == ("Een begin", "morgen")
        register_page = open_address(f"{url}/activiteiten")
        assert register_page.page.get_by_text("1 concept is nog niet bewaard.").is_visible()
        press(register_page, "Ga verder")
        assert value(register_page, "Titel *") == "Een begin"


def test_two_people_change_one_activity_and_the_second_chooses(server, data, open_address):
    stored = saved(data)
    screen = open_address(f"{server}/activiteiten?activiteit={stored.id}&bewerk=ja")
    write(screen, "Titel *", "Mijn titel")
    other = replace(record(stored.id, title="Hun titel", initiator="school"), version=1)
    register.save(data, other, "wijkmanager", TODAY)
    press(screen, "Bewaar")
    shown = screen.page.get_by_test_id("stMain").inner_text()
    for part in ("Wijkmanager", "Koffie in de Brink", "Hun titel", "Mijn titel", "Was: ‘Bewoner(s)’. Nu: ‘School’."):
        assert part in shown
    assert only(data).values["title"] == "Hun titel"

    press(screen, "Bewaar deze keuzes")
    assert screen.page.get_by_text("Kies een van de twee.").is_visible() and only(data).version == 2
    screen.page.evaluate("() => document.activeElement.blur()")
    tab_to(screen, "radio", "Houd wat ik heb")
    screen.page.keyboard.press("Space")
    screen.settle()
    press(screen, "Bewaar deze keuzes")
    screen.page.get_by_text("Bewaard.", exact=True).wait_for()
    now = only(data)
    assert (now.version, now.values["title"], now.values["initiator"]) == (3, "Mijn titel", "school")
    assert drafts.ids(data) == [] and screen.complaints() == []


def test_a_double_click_on_bewaar_makes_one_activity_and_one_change(server, data, open_address):
    stored = saved(data)
    screen = open_address(f"{server}/activiteiten?activiteit={stored.id}&bewerk=ja")
    write(screen, "Titel *", "Nog een titel")
    screen.page.get_by_role("button", name="Bewaar", exact=True).dblclick()
    screen.page.get_by_text("Bewaard.", exact=True).wait_for()
    assert only(data).version == 2


def test_typing_goes_on_in_the_next_field_of_an_open_part(server, data, open_address):
    stored = saved(data)
    screen = open_address(f"{server}/activiteiten?activiteit={stored.id}&bewerk=ja", width=390)
    screen.page.locator("summary", has_text="Kosten").focus()
    screen.page.keyboard.press("Enter")
    screen.settle()
    tab_to(screen, "textbox", "Aangevraagd (euro)")
    for text in ("1.500", "Tab", "Tab", "0", "Tab"):
        screen.page.keyboard.press(text) if text == "Tab" else screen.page.keyboard.type(text)
        screen.settle()
    press(screen, "Bewaar")
    screen.page.get_by_text("Bewaard.", exact=True).wait_for()
    costs = [only(data).values[name] for name in ("cost_asked", "cost_granted", "cost_spent")]
    assert [None if one is None else int(one) for one in costs] == [1500, 0, None]
    assert screen.horizontal_overflow() == 0
