import pytest
pytestmark = pytest.mark.browser
@pytest.mark.parametrize("path", ["kaart", "", "wijkprofiel", "kloof", "gegevens", "uitleg"])
def test_opens(open_page, path):
    s = open_page(path)
    print(path, s.page.locator("h1").first.inner_text(), s.outside_requests(), s.complaints(), [v["id"] for v in s.axe()], s.horizontal_overflow())
