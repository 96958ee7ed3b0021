"""A table that nobody has seen, through the form to a map with the keyboard alone; the next of its shape by itself."""

import time

import pytest

from tests.bad_files import xlsx
from tests.browser import harness
from tests.municipal_tables import CODES, value, workbook
from wijkdata.areas import Level
from wijkdata.store.monitor import queries, versions

pytestmark = pytest.mark.browser

FIGURE = "eigen_tevreden_over_het_groen_in_de_buurt"
OPEN = ".st-key-recept_cijfers details[open]"
LABEL = """() => {
  const here = document.activeElement;
  const words = (text) => (text ?? '').replace(/^[a-z_]+\\n+|\\n+[a-z_]+$/g, '').trim();
  return words(here.getAttribute('aria-label')) || words(here.innerText);
}"""


@pytest.fixture
def server(own_data):
    with harness.serve(own_data) as url:
        yield url, own_data


def choose_file(screen, path) -> None:
    """Choose a file in the browser and read it in; it is a table that nobody knows."""
    page = screen.page
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(path)
    page.wait_for_function("() => !document.querySelector('.st-key-doe_lees_in button').disabled")
    screen.settle()
    page.get_by_role("button", name="Lees in", exact=True).click()
    page.get_by_text("Zeg één keer wat er in deze tabel staat").wait_for(timeout=60_000)
    screen.settle()


def tab_to(screen, name: str, most: int = 90, exactly: bool = False) -> None:
    """Press Tab until what has the focus is called so."""
    passed = []
    for _ in range(most):
        screen.page.keyboard.press("Tab")
        passed.append(screen.page.evaluate(LABEL))
        if name == passed[-1] or (not exactly and name in passed[-1]):
            return
    raise AssertionError(f"{name} is not reached: {passed}")


def write(screen, name: str, text: str) -> None:
    tab_to(screen, name)
    screen.page.keyboard.press("Control+A")
    screen.page.keyboard.type(text)
    screen.page.keyboard.press("Enter")
    screen.settle()


def test_from_an_unseen_workbook_to_a_map_with_the_keyboard(server, open_address, tmp_path):
    url, data = server
    first, second = tmp_path / "groen.xlsx", tmp_path / "een jaar later.xlsx"
    first.write_bytes(workbook())
    second.write_bytes(workbook((2024,), ()))
    screen = open_address(f"{url}/gegevens")
    page, begun = screen.page, time.monotonic()

    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(first)  # the system's own window
    page.wait_for_function("() => !document.querySelector('.st-key-doe_lees_in button').disabled")
    screen.settle()
    tab_to(screen, "Lees in", exactly=True)
    page.keyboard.press("Enter")
    page.get_by_text("Zeg één keer wat er in deze tabel staat").wait_for(timeout=60_000)
    screen.settle()
    page.locator("body").evaluate("() => document.activeElement.blur()")

    write(screen, "Drinkwall", "Drinkwal")
    write(screen, "Een hoger cijfer is", "hoger is beter")
    write(screen, "Eenheid", "%")
    write(screen, "Wie maakte de tabel?", "Gemeente Vlierstede")
    write(screen, "Hoe heet de tabel?", "Groenpeiling")
    assert page.get_by_text("9 rijen, waarvan 8 gebruikt: 24 cijfers van 8 gebieden.").is_visible()
    tab_to(screen, "Bewaar het recept en lees in")
    page.keyboard.press("Enter")
    page.get_by_text("1 bestand is ingelezen.").wait_for(timeout=60_000)
    screen.settle()
    assert time.monotonic() - begun < 120
    rows = queries.observations(versions.require(data), [FIGURE], Level.BUURT)
    stored = {(row.code, row.period): row.value for row in rows.itertuples()}
    assert stored[CODES["Sluishove"], 2023] == value("Sluishove", 2023)
    assert stored["BU97011400", 2019] == 40

    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(second)
    page.wait_for_function("() => !document.querySelector('.st-key-doe_lees_in button').disabled")
    screen.settle()
    tab_to(screen, "Lees in", exactly=True)
    page.keyboard.press("Enter")
    page.get_by_text("Groenpeiling, 2024").first.wait_for(timeout=60_000)
    assert not page.get_by_text("Zeg één keer wat er in deze tabel staat").is_visible()

    shown = open_address(f"{url}/kaart?gemeente=GM9701&niveau=buurt&onderwerp={FIGURE}")
    assert "Tevreden over het groen" in shown.page.locator("main").inner_text()
    assert shown.complaints() == [] and screen.complaints() == [] and screen.outside_requests() == []


def test_many_figures_fit_and_one_line_opens_at_a_time_with_the_keyboard(server, open_address, tmp_path):
    heads = [f"Tegelwerk soort {chr(65 + n)}" for n in range(12)]
    rows = [[name, 2022, *(9 * n + 7 * k % 5 + 31 for n in range(12))] for k, name in enumerate(list(CODES)[:8])]
    (tmp_path / "tegels.xlsx").write_bytes(xlsx(("Buurt", "Jaar", *heads), *rows))
    screen = open_address(f"{server[0]}/gegevens")
    choose_file(screen, tmp_path / "tegels.xlsx")
    page, opened = screen.page, screen.page.locator(OPEN)
    assert opened.count() == 0

    tab_to(screen, "Neem ze alle")
    page.keyboard.press("Enter")
    page.get_by_text("12 van de 12 cijfers worden ingelezen").wait_for()
    screen.settle()
    for name in ("Tegelwerk soort B", "Tegelwerk soort C"):
        tab_to(screen, name)
        page.keyboard.press("Enter")
        screen.settle()
        page.wait_for_function(f"() => document.querySelectorAll('{OPEN}').length === 1")  # one closes as one opens
        assert name in opened.inner_text()
        assert name in page.evaluate(LABEL), "the line keeps the focus"
    write(screen, "Titel", "Grote tegels")
    assert "Grote tegels" in opened.locator("summary").inner_text()
    form = page.locator(".st-key-recept").inner_text()
    assert "Choose" not in form and "option" not in form
    assert screen.axe(".st-key-recept") == []
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        screen.settle()
        assert screen.horizontal_overflow() == 0, width
    assert screen.complaints() == []
