"""Excel in and out in a real browser, with the keyboard: problems first, then a clean file, confirmed and there."""

import copy

import openpyxl
import pytest

from tests.bad_activities import GOOD, workbook
from tests.browser import harness
from wijkdata.store.participation import registers

pytestmark = pytest.mark.browser
WHERE = "activiteiten?beeld=uitwisselen"


@pytest.fixture
def server(empty_data):
    with harness.serve(empty_data) as url:
        yield url, empty_data


def press(screen, name: str) -> None:
    """Go to a button and press Enter."""
    button = screen.page.get_by_role("button", name=name, exact=True)
    button.wait_for()
    screen.page.wait_for_function("(button) => !button.disabled", arg=button.element_handle())
    button.focus()
    screen.page.keyboard.press("Enter")


def choose(screen, path) -> None:
    screen.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(path)
    screen.settle()
    press(screen, "Kijk na")


def alert(screen, text: str) -> str:
    found = screen.page.get_by_test_id("stAlert").filter(has_text=text).first
    found.wait_for(timeout=60_000)
    screen.settle()
    return found.inner_text()


def test_in_with_problems_and_in_clean(server, open_address, tmp_path):
    url, data = server
    screen = open_address(f"{url}/{WHERE}")
    spoiled = copy.deepcopy(GOOD)
    spoiled["Activiteiten"][0]["Status"] = "bezig"
    spoiled["Tellingen"][0]["Bezoeken"] = "veel"
    bad, good = tmp_path / "fout.xlsx", tmp_path / "goed.xlsx"
    bad.write_bytes(workbook(spoiled))
    good.write_bytes(workbook(GOOD))

    choose(screen, bad)
    assert "2 punten kloppen niet; er is niets geschreven." in alert(screen, "kloppen niet")
    assert screen.page.get_by_role("button", name="Download Excel").is_visible()
    assert registers.records(data) == {}

    screen.page.get_by_role("button", name="Haal weg: fout.xlsx").click()
    screen.settle()
    choose(screen, good)
    assert "3 nieuw, 0 veranderd, 0 ongewijzigd." in alert(screen, "Het bestand klopt.")
    assert registers.records(data) == {}, "nothing is written before the button"

    press(screen, "Lees 3 in")
    assert "3 nieuw, 0 veranderd, 0 ongewijzigd." in alert(screen, "Ingelezen.")
    assert set(registers.records(data)) == {"A-1", "A-2"}
    assert screen.page.locator("h1").inner_text().startswith("2 activiteiten en 1 omstandigheid in het register")

    choose(screen, good)
    assert "Alles in dit bestand staat al zo in het register." in alert(screen, "Er valt niets in te lezen.")
    assert screen.outside_requests() == [] and screen.complaints() == []


def test_the_template_and_the_register_come_down(server, open_address, tmp_path):
    url, data = server
    screen = open_address(f"{url}/{WHERE}")

    with screen.page.expect_download() as coming:
        press(screen, "Download sjabloon")

    path = tmp_path / coming.value.suggested_filename
    coming.value.save_as(path)
    assert path.name == "wijkdata_activiteiten_sjabloon.xlsx"
    assert openpyxl.load_workbook(path).sheetnames[:2] == ["Uitleg", "Activiteiten"]
    choose(screen, path)
    assert "Er staan geen rijen in." in alert(screen, "Er valt niets in te lezen.")
    assert registers.records(data) == {}
