"""The four places where a code was taken for an area, in a real browser on the real files: from overview to Voor en na."""

import shutil

import pytest

from tests.browser import harness, looking

pytestmark = pytest.mark.browser

# What a reader of 2026 must see there, and what the code alone would have shown.
WIJKEN = {
    # In 2016 this code was Hempens/Teerns & Zuiderburen: health 85, in control of their lives 94.
    "Heechterp & Schieringen": ("GM0080", "WK008050", "in 2016 was WK008050 een ander gebied: Hempens/Teerns", "hoger op gezondheid"),
    # In 2020 this code was Almere Buiten, with 25,5 per 1.000 on bijstand.
    "De Hoven": ("GM0034", "WK003403", "in 2020 met andere grenzen gemeten, binnen Almere Haven", "25,5"),
    # Recoded from WK036306: 34,0 per 1.000 on bijstand in 2020.
    "Jordaan": ("GM0363", "WK0363AB", "34,0", "geen enkel cijfer"),
    # Delfzijl (WK001003) until 2021: 40,6 per 1.000.
    "Farmsum": ("GM1979", "WK197903", "40,6", "nog niet ingelezen; lees de Kerncijfers"),
}  # fmt: skip


def words(screen) -> str:
    """The text on the page, in drawings too."""
    drawn = " ".join(chart["text"] for chart in looking.charts(screen))
    return f"{screen.page.locator('[data-testid=stMain]').inner_text()} {drawn}"


@pytest.mark.parametrize("wijk", WIJKEN)
def test_from_overview_to_profile_to_voor_en_na(visit_real, wijk: str) -> None:
    municipality, code, seen, never = WIJKEN[wijk]
    screen = visit_real(f"overzicht?gemeente={municipality}&wijk={code}", maps=False)
    assert looking.warnings(screen) == [] and wijk in words(screen)
    looking.go(screen, "Wijkprofiel")
    assert wijk in looking.title(screen)
    assert seen in words(screen) and never not in words(screen)
    looking.go(screen, "Kaart")
    assert looking.query(screen)["wijk"] == code and wijk in words(screen)
    looking.go(screen, "Voor en na")
    assert looking.place(screen) == "voor-en-na" and looking.title(screen)
    assert screen.complaints() == [] and screen.outside_requests() == []


@pytest.mark.parametrize(
    ("address", "said", "chosen"),
    [
        ("wijkprofiel?wijk=WK036306", "Jordaan (WK036306, indeling 2022) is nu Jordaan (WK0363AB).", {"Gemeente": "Amsterdam", "Wijk": "Jordaan"}),
        ("overzicht?gemeente=GM0010", "Delfzijl hoort sinds 2021 bij Eemsdelta.", {"Gemeente": "Eemsdelta"}),
        ("kaart?gemeente=GM0457", "Weesp hoort sinds 24 maart 2022 bij Amsterdam.", {"Gemeente": "Amsterdam"}),
    ],
    ids=["a recoded wijk", "a gemeente that merged", "a gemeente that merged in the middle of a year"],
)  # fmt: skip
def test_a_link_of_before_leads_to_now_and_says_so(visit_real, address: str, said: str, chosen: dict[str, str]) -> None:
    screen = visit_real(address, maps=False)
    assert [text.replace("signpost", "").strip() for text in looking.warnings(screen)] == [said]
    assert {name: looking.choices(screen)[name] for name in chosen} == chosen


def test_names_that_people_use_are_found_and_a_dissolved_gemeente_opens_its_heir(open_real_page) -> None:
    screen = open_real_page("overzicht", maps=False)
    for typed, option, code in (
        ("Den Haag", "'s-Gravenhage (Den Haag)", "GM0518"),
        ("Loppersum", "Loppersum (nu Eemsdelta)", "GM1979"),
    ):
        screen.page.get_by_role("combobox", name="Gemeente", exact=True).click()
        screen.page.keyboard.type(typed)
        screen.page.get_by_role("option", name=option, exact=True).click()
        screen.page.wait_for_url(f"**gemeente={code}*")
        screen.settle(maps=False)
    assert "Loppersum hoort sinds 2021 bij Eemsdelta." in words(screen)
    assert looking.choices(screen)["Gemeente"] == "Eemsdelta"


def test_every_wijk_stands_once_in_the_list(visit_real) -> None:
    screen = visit_real("wijkprofiel?gemeente=GM0363", maps=False)
    screen.page.get_by_role("combobox", name="Wijk", exact=True).click()
    screen.page.keyboard.type("Jordaan")
    assert screen.page.get_by_role("option").all_inner_texts() == ["Jordaan"]


def test_the_map_of_amsterdam_says_in_which_division_it_was_measured(visit_real) -> None:
    screen = visit_real("kaart?gemeente=GM0363&onderwerp=lbm3_score", maps=False)
    text = words(screen)
    assert "Getekend zijn de wijken van 2016. Gemeten is in die van 2022, met dezelfde codes en namen;" in text
    assert "indeling 2016, de cijfers horen bij de indeling van 2022" in text
    assert "in 63 van de 106 wijken hoger dan 4,12 (Nederland gemiddeld)" in looking.title(screen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_links_of_a_gemeente_are_seen_at_every_width(visit_real, width: int, scheme: str) -> None:
    screen = visit_real("gegevens?gemeente=GM0080", width=width, scheme=scheme, maps=False)
    assert "Leeuwarden: 7 van de 22 wijken zijn hetzelfde gebied als in 2016" in words(screen)
    assert screen.horizontal_overflow() == 0 and looking.small_text(screen) == []
    assert any("andere grenzen" in chart["name"] for chart in looking.charts(screen))
    assert screen.complaints() == []


def test_a_link_can_be_corrected_with_a_reason(real_data, open_address, tmp_path) -> None:
    """On a data directory of its own: the decision is published."""
    own = shutil.copytree(real_data, tmp_path / "data")
    with harness.serve(own) as url:
        screen = open_address(f"{url}/gegevens?gemeente=GM0080", maps=False)
        screen.page.get_by_text("Klopt een koppeling niet?").click()
        screen.page.get_by_text("Het is een ander gebied").click()
        screen.page.get_by_role("button", name="Leg vast").click()
        screen.settle(maps=False)
        assert "Schrijf op waarom" in words(screen)
        screen.page.get_by_label("Waarom", exact=True).fill("De grens liep in 2016 anders, zie het raadsbesluit")
        screen.page.get_by_role("button", name="Leg vast").click()
        screen.settle(maps=False)
        assert "6 van de 22 wijken zijn hetzelfde gebied als in 2016" in words(screen)
        part = screen.page.get_by_test_id("stExpander").filter(has_text="Klopt een koppeling niet?")
        if not part.locator("details[open]").count():  # the form's own run may have left it open
            part.locator("summary").click()
        # What it holds is made when it is opened.
        part.get_by_text("De grens liep in 2016 anders, zie het raadsbesluit").wait_for(timeout=20_000)
