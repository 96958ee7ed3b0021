"""A link to copy: whether a colleague can open it, and what is said of figures that changed meanwhile."""

import re
import shutil
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.running import page, words
from wijkdata.store.monitor import versions
from wijkdata.ui import sharing


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8501/kaart", True),
        ("http://localhost:8501/", True),
        ("http://[::1]:8501/", True),
        ("https://wijkdata.gemeente.example/kaart", False),
        ("http://192.168.1.20:8501/kaart", False),
        ("", False),
    ],
)
def test_whether_an_address_is_of_this_computer(url, here):
    assert sharing.only_here(url) is here


@pytest.mark.parametrize(
    ("stand", "said"),
    [
        pytest.param(None, [], id="none"),
        pytest.param("now", [], id="the same figures"),
        pytest.param("20240229-101112-000001", ["van 29 februari 2024."], id="others"),
        pytest.param("<b>x</b>", ["met andere cijfers. U ziet"], id="nonsense"),
    ],
)
def test_a_link_of_other_figures_says_so(example_data, monkeypatch, stand, said):
    stamp = versions.require(example_data).stamp
    query = {} if stand is None else {"stand": stamp if stand == "now" else stand}
    app = page("uitleg", example_data, monkeypatch, **query)
    assert not app.exception
    told = [one.value for one in app.info]
    assert len(told) == len(said) and all(part in text for part, text in zip(said, told, strict=True))


@pytest.mark.parametrize("name", ["overzicht", "wijkprofiel", "kloof"])
def test_a_copied_link_opens_on_its_figures_after_newer_ones_were_read_in(name, example_data, tmp_path, monkeypatch):
    """Until somebody asks for those of now."""
    shutil.copytree(example_data, tmp_path, dirs_exist_ok=True)
    first = page(name, tmp_path, monkeypatch, gemeente="GM9701")
    link = {key: values[0] for key, values in parse_qs(urlsplit(first.code[-1].value).query).items()}
    versions.publish(tmp_path, lambda connection: connection.execute("UPDATE observation SET value = value * 0.8"))
    again = page(name, tmp_path, monkeypatch, **link)
    assert not again.exception and "U ziet de cijfers zoals ze waren" in again.info[0].value
    assert _drawn(again) == _drawn(first)
    again.button("doe_stand_nu").click().run()
    assert not again.exception and not again.info
    assert _drawn(again) == _drawn(page(name, tmp_path, monkeypatch, gemeente="GM9701")) != _drawn(first)


def _drawn(app: AppTest) -> list[str]:
    """Everything that is written and drawn, but for the link itself."""
    said = {one.value for one in app.info}
    written = [re.sub(r"stand=[-\d]+&amp;", "", line) for line in words(app).splitlines() if line not in said]
    return [*written, *(chart.proto.spec for chart in app.get("vega_lite_chart"))]
