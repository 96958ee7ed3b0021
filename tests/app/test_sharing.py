"""A link to copy: whether a colleague can open it, and what is said of figures that changed meanwhile."""

import pytest

from tests.app.running import page
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
