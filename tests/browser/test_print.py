"""Wijkprofiel on A4 as a file: read back what stands on the paper, from light and from dark, real and fictional."""

import io

import pytest
from pypdf import PdfReader

from tests.browser import looking

pytestmark = pytest.mark.browser

A4 = (595, 842)  # points
# What only a screen has: the menu, the choices, the buttons, the tables behind an expander.
NOT_ON_PAPER = (
    "Kijken",
    "Beheer",
    "Gegevens\n",
    "Vergelijk met",
    "Presenteren",
    "Kopieer link",
    "Beschrijving en tabel",
    "Beschrijving, tabel en beeld",
    "Alle cijfers",
)


@pytest.mark.parametrize(
    ("data", "address", "scheme", "name", "n_titles"),
    [
        ("visit", "wijkprofiel?wijk=WK970104", "dark", "Vlierstede (fictief)", 6),
        ("visit_real", "wijkprofiel?gemeente=GM0599&wijk=WK059908", "light", "Rotterdam", 5),
    ],
)
def test_the_paper_holds_the_name_every_figure_and_no_menu(data, address, scheme, name, n_titles, request):
    screen = request.getfixturevalue(data)(address, scheme=scheme)
    titles = screen.page.locator("h1, h2:not(.st-key-alle_cijfers h2)").all_inner_texts()
    shown = screen.page.locator(".wd-source:visible:not(.st-key-alle_cijfers .wd-source)")
    sources = [text for text in shown.all_inner_texts() if text]
    assert len(titles) == n_titles and len(sources) >= 4
    # The paper is narrower than the screen: the charts are drawn at its width, as the button does.
    screen.page.emulate_media(media="print", color_scheme=scheme)
    screen.page.set_viewport_size({"width": 703, "height": 1000})
    screen.settle()

    paper = PdfReader(io.BytesIO(screen.page.pdf(prefer_css_page_size=True, print_background=True)))

    assert 2 <= len(paper.pages) <= 4
    assert {(round(float(one.mediabox.width)), round(float(one.mediabox.height))) for one in paper.pages} == {A4}
    text = "\n".join(one.extract_text() for one in paper.pages)
    assert squeezed(f", {name} · WK") in squeezed(text).split("afgedruktop")[0]
    assert [one for one in [*titles, *sources] if squeezed(one) not in squeezed(text)] == []
    assert [word for word in NOT_ON_PAPER if word in text] == []
    assert [number for number, one in enumerate(paper.pages, 1) if len(one.extract_text()) < 200] == []
    screen.page.emulate_media(media="screen")
    assert looking.title(screen) == titles[0]


def squeezed(text: str) -> str:
    """Without spaces: a line on paper ends elsewhere than on screen."""
    return "".join(text.split())
