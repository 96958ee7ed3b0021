"""The palette: the theme of the charts is the theme of the page."""

import tomllib

import pytest

from wijkdata.settings import ROOT
from wijkdata.views.shared.theme import DARK, LIGHT

# Streamlit's name -> ours.
SAME = {
    "primaryColor": "acc",
    "linkColor": "acc",
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "wash",
    "textColor": "ink",
    "grayTextColor": "ink2",
    "borderColor": "line",
    "orangeColor": "bad",
}


@pytest.mark.parametrize(("mode", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_the_page_and_the_charts_have_the_same_colours(mode, theme):
    page = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][mode]
    assert {name: page[name] for name in SAME} == {name: getattr(theme, ours) for name, ours in SAME.items()}
