"""Voor en na of a count of a wijk that was split: the page says with which wijk the count is whole, and the link opens it."""

from urllib.parse import parse_qsl, urlsplit

from tests.app.running import page, words
from tests.links_examples import BOTH, FAR, LEFT, RIGHT, File, store_of, wijk

COUNT = "misdrijven_totaal"


def files():
    """Samen was divided into Noord and Zuid in 2021; Ver stayed."""
    before = [(wijk(3), "Samen", BOTH), (wijk(5), "Ver", FAR)]
    after = [(wijk(1), "Noord", LEFT), (wijk(2), "Zuid", RIGHT), (wijk(5), "Ver", FAR)]
    for year in range(2015, 2025):
        areas = before if year < 2021 else after
        yield File(year, areas, [(code, COUNT, year, 400 + year % 7) for code, *_ in areas], f"t{year}")


def test_a_split_wijk_has_the_way_to_its_count_with_the_other_part(tmp_path, monkeypatch):
    store_of(tmp_path, *files())
    app = page(
        "voor-en-na",
        tmp_path,
        monkeypatch,
        gemeente="GM0518",
        wat="wijken",
        wijken=wijk(1),
        onderwerp=COUNT,
        begin="2022",
    )
    text = words(app)
    assert not app.exception
    assert "Van Noord samen met Zuid is de reeks 2015-2024 wel vol" in text
    link = text.partition('href="gegevens?')[2].partition('"')[0].replace("&amp;", "&")
    there = page("gegevens", tmp_path, monkeypatch, **dict(parse_qsl(urlsplit(f"gegevens?{link}").query)))
    assert not there.exception
    assert "Samen met Zuid is de reeks 2015-2024 wel vol" in words(there)
    assert there.selectbox(key="w_aantal").value == COUNT
