"""The style sheets: every colour is a token of the mode, and paper is light."""

import re

import pytest

from wijkdata.ui import style
from wijkdata.views.shared.theme import DARK, LIGHT

SHEETS = ("screen.css", "presenting.css", "print.css", "print_dark.css")


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_names_no_colour_itself(name):
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", style.read(name)) == []


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_token_has_a_value(theme):
    sheet = style.sheet(theme, presenting=True)
    assert set(re.findall(r"var\((--wd-[\w-]+)\)", sheet)) <= set(re.findall(r"(--wd-[\w-]+): [#.]", sheet))


def test_a_dark_screen_prints_light():
    screen, paper = style.sheet(DARK, presenting=False).split("</style><style>")
    assert f"--wd-ink: {DARK.ink}" in screen and f"--wd-ink: {LIGHT.ink}" not in screen
    assert f"--wd-ink: {LIGHT.ink}" in paper and f"--wd-ink: {DARK.ink}" not in paper


def test_presenting_has_rules_of_its_own():
    assert "font-size: 24px" in style.sheet(LIGHT, presenting=True)
    assert "font-size: 24px" not in style.sheet(LIGHT, presenting=False)


@pytest.mark.parametrize("name", [path.name for path in style.FOLDER.glob("*.css")])
def test_a_rule_about_what_an_element_holds_names_the_element(name):
    """`:has()` of any element at all made a browser look through the page at every change: half the time of opening tables."""
    assert re.findall(r"(?:^|[\s,>+~]):has\([^)]*\)", style.read(name)) == []
