"""Kaart in a real browser: a click on an area, its profile, another year, and nothing asked from outside."""

import io
import re

import pytest
from PIL import Image

pytestmark = pytest.mark.browser
DECK = '[data-testid="stDeckGlJsonChart"]'
GEO = re.compile(r"/app/static/geo/[0-9a-f]+\.json")


def picture(screen):
    """The map as pixels."""
    return Image.open(io.BytesIO(screen.page.locator(DECK).screenshot())).convert("RGB")


def colours(image):
    """Colour -> share of the picture."""
    counts = image.getcolors(maxcolors=image.width * image.height)
    return {colour: n / (image.width * image.height) for n, colour in counts}


def legend_colours(screen):
    """The colours that stand in the legend, that of water too."""
    styles = screen.page.locator(".wd-bars i:not(.wd-hatch)").evaluate_all(
        "bars => bars.map(bar => getComputedStyle(bar).backgroundColor)"
    )
    return [tuple(int(part) for part in re.findall(r"\d+", style)[:3]) for style in styles]


def click_until_chosen(screen):
    """Clicks on places of the map until one is an area; returns its code from the address."""
    box = screen.page.locator(DECK).bounding_box()
    for across, down in ((0.5, 0.5), (0.42, 0.45), (0.58, 0.6)):
        screen.page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        screen.page.wait_for_timeout(500)
        screen.settle()
        found = re.search(r"wijk=(WK\w+)", screen.page.url)
        if found:
            return found[1]
    raise AssertionError(f"no click chose an area: {screen.page.url}")


def choose(screen, label, option):
    screen.page.locator('[data-testid="stSelectbox"]', has_text=label).locator("input").click()
    screen.page.get_by_role("option", name=option, exact=True).click()
    screen.page.wait_for_timeout(300)
    screen.settle()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_has_the_colours_of_its_legend_and_is_not_black(open_page, scheme):
    screen = open_page("kaart?gemeente=GM9701", scheme=scheme)
    seen = colours(picture(screen))
    used = [colour for colour in legend_colours(screen) if seen.get(colour, 0) > 0.005]
    assert len(used) >= 3
    assert seen.get((0, 0, 0), 0) < 0.01


def test_a_click_opens_the_card_and_the_card_the_profile(open_page):
    screen = open_page("kaart?gemeente=GM9701")
    code = click_until_chosen(screen)
    assert screen.page.get_by_text("Gekozen wijk").is_visible()
    name = screen.page.locator(".wd-card-name").inner_text()
    screen.page.get_by_role("button", name="Open het wijkprofiel").click()
    screen.page.wait_for_url(re.compile("wijkprofiel"))
    screen.settle()
    assert f"wijk={code}" in screen.page.url
    assert name in screen.page.locator('[data-testid="stMainBlockContainer"]').inner_text()


def test_the_chosen_area_does_not_fade_the_others(open_page):
    """Streamlit dims what was not clicked; a dimmed class would be a colour that is not in the legend."""
    screen = open_page("kaart?gemeente=GM9701")
    before = colours(picture(screen))
    click_until_chosen(screen)
    screen.page.mouse.move(5, 5)
    screen.settle()
    after = colours(picture(screen))
    for colour in legend_colours(screen):
        if before.get(colour, 0) > 0.05:
            assert after.get(colour, 0) > 0.6 * before[colour]


def test_another_year_repaints_and_fetches_no_shapes(open_page):
    screen = open_page("kaart?gemeente=GM9701&onderwerp=pijler:fysiek")
    fetched = [url for url in screen.requests if GEO.search(url)]
    assert len(fetched) == 2
    before = picture(screen)
    choose(screen, "Jaar", "2014")
    assert "jaar=2014" in screen.page.url
    assert picture(screen).tobytes() != before.tobytes()
    assert [url for url in screen.requests if GEO.search(url)] == fetched
    assert screen.outside_requests() == []


def painted(screen):
    """The share of the map that is not paper."""
    return 1 - colours(picture(screen)).get((255, 255, 255), 0)


def wheel(screen, ticks, key=None):
    """Turns the wheel over the middle of the map; returns how far the page is scrolled."""
    box = screen.page.locator(DECK).bounding_box()
    screen.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.4)
    if key:
        screen.page.keyboard.down(key)
    for _ in range(abs(ticks)):
        screen.page.mouse.wheel(0, 100 if ticks > 0 else -100)
        screen.page.wait_for_timeout(60)
    if key:
        screen.page.keyboard.up(key)
    screen.page.wait_for_timeout(700)
    return screen.page.get_by_test_id("stMain").evaluate("(main) => main.scrollTop")


def test_the_wheel_scrolls_the_page_until_the_map_is_clicked_or_ctrl_is_held(open_page):
    screen = open_page("kaart?gemeente=GM9701", height=700)
    before = painted(screen)
    assert wheel(screen, 3) > 100
    assert painted(screen) == pytest.approx(before, abs=0.01)
    scrolled = wheel(screen, -3, key="Control")
    closer = painted(screen)
    assert closer > before + 0.05
    click_until_chosen(screen)
    assert wheel(screen, 2) == pytest.approx(wheel(screen, 0)) and scrolled > 100
    assert painted(screen) < closer


def test_buttons_zoom_and_show_the_whole_again_and_the_map_is_never_lost(open_page):
    screen = open_page("kaart?gemeente=GM9701")
    whole = painted(screen)

    def press(name):
        screen.page.get_by_role("button", name=name).click()
        screen.page.wait_for_timeout(600)

    press("Inzoomen")
    assert painted(screen) > whole + 0.05
    for _ in range(6):
        press("Uitzoomen")
    assert painted(screen) > whole / 3
    box = screen.page.locator(DECK).bounding_box()
    for _ in range(3):
        screen.page.mouse.move(box["x"] + 300, box["y"] + 200)
        screen.page.mouse.down()
        screen.page.mouse.move(box["x"] + 5000, box["y"] + 4000, steps=4)
        screen.page.mouse.up()
    assert painted(screen) > 0.02
    press("Hele gemeente")
    screen.settle()
    assert painted(screen) == pytest.approx(whole, abs=0.01)


def test_the_value_stands_under_the_pointer(open_page):
    screen = open_page("kaart?gemeente=GM9701&onderwerp=bijstand_1000")
    box = screen.page.locator(DECK).bounding_box()
    for step in (0, 2):
        screen.page.mouse.move(box["x"] + box["width"] / 2 + step, box["y"] + box["height"] / 2)
        screen.page.wait_for_timeout(300)
    name, value = screen.page.locator(".deck-tooltip").inner_text().split("\n")
    assert name
    assert re.fullmatch(r"\d+(,\d)? per 1\.000 inwoners.*", value), (name, value)


def test_on_a_narrow_screen_no_area_with_a_class_is_cut_off(open_page):
    screen = open_page("kaart?gemeente=GM9701", width=390)
    screen.page.wait_for_timeout(800)  # the browser says how wide the map is
    screen.settle()
    image = picture(screen)
    assert image.width < 380
    edge = {image.getpixel((x, y)) for x in (0, image.width - 1) for y in range(image.height)}
    *classes, _water = legend_colours(screen)
    assert edge.isdisjoint(classes)


def test_presenting_fits_on_the_screen(open_page):
    screen = open_page("kaart?gemeente=GM9701&presenteren=1", width=1280, height=720)
    box = screen.page.locator(DECK).bounding_box()
    assert box["y"] + box["height"] <= 690
