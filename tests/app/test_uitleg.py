"""The page Uitleg: every method and term on the page, one indicator by address, also without a store."""

import pytest
from bad_files import LBM3

from tests.app.running import page, words
from wijkdata import catalogue
from wijkdata.loading.figures import uploads
from wijkdata.questions.uitleg import question as uitleg
from wijkdata.reference import explanations


@pytest.fixture
def data(tmp_path):
    uploads.import_uploads([("scores.csv", LBM3.encode())], tmp_path, catalogue.load())
    return tmp_path


def test_everything_is_on_the_page(data, monkeypatch):
    app = page("uitleg", data, monkeypatch)

    assert not app.exception
    headings = [part.value for part in app.header]
    assert headings == [
        *(part.title for part in uitleg.texts(catalogue.load())),
        "Begrippen",
        "Bronnen en voorwaarden",
    ]
    text = words(app)
    assert all(f'href="#{part.id}"' in text for part in uitleg.texts(catalogue.load()))
    assert all(f"<dt>{term}</dt>" in text for term in explanations.glossary())
    assert all(source.licence in text for source in catalogue.load().sources.values())


def test_the_address_opens_an_indicator_with_the_files_that_fill_it(data, monkeypatch):
    app = page("uitleg", data, monkeypatch, onderwerp="lbm3_soc")

    assert app.header[0].value == catalogue.load().indicators["lbm3_soc"].title
    assert app.dataframe[-1].value["Bestand"].tolist() == ["scores.csv"]


def test_choosing_an_indicator_puts_it_in_the_address(data, monkeypatch):
    app = page("uitleg", data, monkeypatch)

    app.selectbox(key="w_onderwerp").select("lbm3_score").run()

    assert app.query_params["onderwerp"] == "lbm3_score"


def test_an_unknown_indicator_is_said(data, monkeypatch):
    app = page("uitleg", data, monkeypatch, onderwerp="geluk")

    assert not app.exception
    assert "geluk" in app.warning[0].value


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (None, b"", "Er is nog geen bestand ingelezen met dit onderwerp."),
        ("monitor-29991231-000000-000000.duckdb", b"geen database", "nu niet te openen; zie de pagina Gegevens"),
    ],
)
def test_it_opens_without_a_store_that_works(name, content, sentence, tmp_path, monkeypatch):
    if name:
        (tmp_path / name).write_bytes(content)

    app = page("uitleg", tmp_path, monkeypatch, onderwerp="lbm3_soc")

    assert not app.exception and not app.error
    assert sentence in words(app)
