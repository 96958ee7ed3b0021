"""Voor en na in a real browser: two clicks from an activity, a refusal, a link with every choice, and A4."""

import io
from urllib.parse import parse_qsl, urlsplit

import pytest
from pypdf import PdfReader

from tests.browser import harness, looking
from tests.browser.test_links import copied_link
from tests.browser.test_print import A4, squeezed

pytestmark = pytest.mark.browser

WORKED = "voor-en-na?gemeente=GM9701&wat=activiteit&activiteit=VB-01&narekenen=ja"
EVERYTHING = {
    "gemeente": "GM9701",
    "wat": "wijken",
    "wijken": "WK970104,WK970106",
    "begin": "2018",
    "onderwerp": "vertrouwen",
    "meting": "2020",
    "zonder": "WK970203~hier is gesloopt, en <b>gebouwd</b>;WK970608~liep ook een aanpak",
}
MADE_BY_THE_READER = '[class*="st-key-rij_zonder_"]'


def test_an_activity_is_two_clicks_from_its_answer(open_page):
    screen = open_page("activiteiten?gemeente=GM9701&pijler=weerbaarheid", maps=False)
    screen.page.get_by_role("combobox", name="Open een activiteit").click()
    screen.page.keyboard.type("Buurtkracht")
    screen.page.get_by_role("option").filter(has_text="Buurtkracht Vlierstede").click()
    screen.page.wait_for_url("**activiteit=VB-01*")
    screen.settle(maps=False)
    screen.page.get_by_role("button", name="Wat veranderde er?").click()
    looking.await_page(screen, "Voor en na")

    assert "de 3 wijken kwamen" in looking.title(screen).lower()
    assert looking.query(screen) == {"gemeente": "GM9701", "wat": "activiteit", "activiteit": "VB-01"}
    assert screen.complaints() == [] and screen.outside_requests() == []


def test_an_activity_that_has_not_begun_has_no_such_button_and_the_menu_leaves_it_behind(visit):
    screen = visit("activiteiten?activiteit=VB-15", maps=False)
    assert screen.page.get_by_role("button", name="Wijzig").is_visible()
    assert screen.page.get_by_role("button", name="Wat veranderde er?").count() == 0
    looking.go(screen, "Voor en na")
    assert "activiteit" not in looking.query(screen) and looking.warnings(screen) == []


def test_the_menu_takes_an_activity_along_to_its_answer_and_the_answer_leads_back(open_page):
    screen = open_page("activiteiten?activiteit=VB-01", maps=False)
    looking.go(screen, "Voor en na")
    assert looking.query(screen) == {"gemeente": "GM9701", "wat": "activiteit", "activiteit": "VB-01"}

    screen.page.locator(".wd-eyebrow").get_by_role("link", name="Buurtkracht Vlierstede").click()
    looking.await_page(screen, "Activiteiten")
    assert looking.title(screen) == "Buurtkracht Vlierstede"

    looking.go(screen, "Kaart")
    looking.go(screen, "Voor en na")
    assert "activiteit" not in looking.query(screen)
    assert screen.complaints() == []


def test_before_a_room_a_wrong_link_is_one_line_and_nothing_chosen_is_no_white_screen(visit):
    screen = visit("voor-en-na?activiteit=VB-99&presenteren=1", width=1280, height=720, maps=False)
    line = screen.page.get_by_text("Niet alles uit de link kan hier worden gekozen: ‘VB-99’ bij activiteit.")
    (title, chart) = (screen.page.locator("h1"), screen.page.get_by_test_id("stVegaLiteChart"))
    edges = [one.bounding_box() for one in (title, line, chart)]
    assert [one["y"] for one in edges] == sorted(one["y"] for one in edges) and edges[1]["height"] < 45
    assert edges[2]["y"] + edges[2]["height"] < 660

    screen = visit("voor-en-na?presenteren=1&wat=wijken", width=1280, height=720, maps=False)
    assert looking.title(screen) == "Kies een of meer wijken en het jaar waarin er iets begon"
    assert screen.page.get_by_text("Daarna staat hier wat er in die wijken veranderde").is_visible()


def test_a_refusal_shows_the_line_and_the_way_out(visit):
    screen = visit("voor-en-na?gemeente=GM9701&activiteit=VB-01&onderwerp=lbm3_soc", maps=False)
    assert looking.title(screen).endswith("hierop is nog geen eerlijk antwoord te geven")
    box = screen.page.locator(".wd-read").inner_text()
    assert "minstens 3" in box and "Wat een antwoord mogelijk zou maken" in box
    (chart,) = looking.charts(screen)
    assert "start in 2019" in chart["text"] and "wat er anders" not in chart["text"]
    assert looking.warnings(screen) == []


def test_a_link_holds_every_choice(visit, open_address):
    query = "&".join(f"{name}={value}" for name, value in EVERYTHING.items())
    screen = visit(f"voor-en-na?{query}", maps=False)
    assert looking.warnings(screen) == []
    link = copied_link(screen)
    asked = dict(parse_qsl(urlsplit(link).query))
    assert {name: asked.get(name) for name in EVERYTHING} == EVERYTHING

    other = open_address(link, maps=False)

    for one in (screen, other):
        assert "Spechtenveld" in one.page.get_by_test_id("stMultiSelect").inner_text()
        assert looking.choices(one)["Begonnen in"] == "2018"
        assert looking.choices(one)["Eerste meting na de start"] == "2020"
        left_out = one.page.locator(MADE_BY_THE_READER).all_inner_texts()
        assert len(left_out) == 2 and "hier is gesloopt, en <b>gebouwd</b>" in left_out[0]
    assert looking.title(other) == looking.title(screen)
    assert [one["text"] for one in looking.charts(other)] == [one["text"] for one in looking.charts(screen)]


def test_leaving_one_out_survives_back_and_reload(open_page):
    screen = open_page(WORKED, maps=False)
    page = screen.page
    page.get_by_role("button", name="Laat een wijk weg").click()
    page.get_by_role("combobox", name="Waarom?").click()
    page.get_by_role("option", name="hier liep ook een aanpak").click()
    screen.settle(maps=False)
    page.get_by_role("button", name="Laat weg", exact=True).click()
    page.locator(MADE_BY_THE_READER).wait_for()
    screen.settle(maps=False)
    assert looking.query(screen)["zonder"].endswith("~hier liep ook een aanpak")

    page.reload()
    screen.settle(maps=False)
    assert "hier liep ook een aanpak" in page.locator(MADE_BY_THE_READER).inner_text()
    looking.back(screen)
    assert page.locator(MADE_BY_THE_READER).count() == 0
    assert screen.complaints() == []


def test_before_a_room_the_figures_come_one_by_one_and_fit(visit):
    screen = visit(f"{WORKED}&presenteren=1", width=1280, height=720, maps=False)
    seen = []
    for step in range(3):
        if step:
            before = looking.title(screen)
            screen.page.keyboard.press("ArrowRight")
            screen.page.wait_for_function("(old) => document.querySelector('h1')?.innerText !== old", arg=before)
            screen.settle(maps=False)
        seen.append(looking.title(screen))
        assert len(seen[-1]) <= 48
        (box,) = [one.bounding_box() for one in screen.page.get_by_test_id("stVegaLiteChart").all()]
        assert box["y"] + box["height"] < 630
    assert len(set(seen)) == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_paper_holds_every_title_and_source(scheme, visit):
    screen = visit(WORKED, scheme=scheme, maps=False)
    titles = screen.page.locator("h1, h2").all_inner_texts()
    sources = [text for text in screen.page.locator(".wd-source:visible").all_inner_texts() if text]
    assert len(titles) == 14 and len(sources) >= 4
    screen.page.emulate_media(media="print", color_scheme=scheme)
    screen.page.set_viewport_size({"width": 703, "height": 1000})
    screen.settle(maps=False)

    paper = PdfReader(io.BytesIO(screen.page.pdf(prefer_css_page_size=True, print_background=True)))

    assert 3 <= len(paper.pages) <= 6
    assert {(round(float(one.mediabox.width)), round(float(one.mediabox.height))) for one in paper.pages} == {A4}
    text = squeezed("\n".join(one.extract_text() for one in paper.pages))
    assert [one for one in [*titles, *sources] if squeezed(one) not in text] == []
    assert "BuurtkrachtVlierstede" in text.split("afgedruktop")[0] and "(fictief)" in text.split("afgedruktop")[0]
    if scheme == "light":  # a dark chart is turned over into a picture, whose words cannot be read back
        assert "waterandersgebeurdzouzijn" in text and "startin2019" in text
    address = [one["/A"]["/URI"] for page in paper.pages for one in (a.get_object() for a in page.get("/Annots", []))]
    assert any(one.endswith("/activiteiten?activiteit=VB-01") for one in address)
    for word in ("Laateenwijkweg", "Watbekijktu", "Presenteren", "Beschrijvingentabel", "Kopieerlink"):
        assert word not in text
    assert [number for number, one in enumerate(paper.pages, 1) if len(one.extract_text()) < 200] == []
    screen.page.emulate_media(media="screen")


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_years_of_the_two_figures_stand_under_each_other(width, visit):
    screen = visit(WORKED, width=width, maps=False)
    found = screen.page.evaluate(
        """() => [...document.querySelectorAll('[data-testid="stVegaLiteChart"] svg')].slice(0, 2).map((svg) =>
          [...svg.querySelectorAll('text')].filter((t) => /^20(15|24)$/.test(t.textContent))
            .map((t) => Math.round(t.getBoundingClientRect().left)))"""
    )
    one, other = found
    assert len(one) == 2 and all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def test_the_page_opens_cold_by_its_address(example_data, chromium):
    with harness.serve(example_data) as url:
        screen = harness.open_page(chromium, f"{url}/{WORKED}", maps=False)
        assert "de 3 wijken" in looking.title(screen).lower()
        assert screen.page.get_by_text("Page not found").count() == 0
        screen.close()
