"""Uitleg: the texts are complete, their numbers come from elsewhere, and every indicator has its card."""

import re

import pytest
from bad_files import LBM3, OWN

from wijkdata import catalogue, dutch, settings
from wijkdata.analysis import pillars
from wijkdata.catalogue import Role
from wijkdata.errors import WijkdataError
from wijkdata.loading.figures import uploads
from wijkdata.questions.uitleg import question
from wijkdata.reference import explanations, moments
from wijkdata.store.monitor import versions

KNOWN = catalogue.load()
# What may stand in a text as digits: the scale (100, 15 points), "never 0", "at most 99", the two versions, list numbers.
FIXED = {"100", "15", "0", "99", "2.0", "3.0"}
PROMISED = {
    "voor-en-na",
    "toeval",
    "geen-antwoord",
    "activiteiten",
    "doelen",
    "participatie",
    "scores",
    "voldoende",
    "klassen",
    "koppelingen",
    "verandering",
    "onzekerheid",
    "plaats",
    "vergelijkbaar",
    "kloof",
    "kwetsbaar-weerbaar",
    "kleine-aantallen",
    "ontbreekt",
    "uitgaven",
    "model",
    "leefbaarometer",
    "geen-rapportcijfer",
    "privacy",
    "grenzen",
}


def test_every_promised_part_is_there_with_a_title_and_a_text():
    found = question.texts(KNOWN)

    assert {part.id for part in found} >= PROMISED
    assert all(part.title and len(part.text) > 150 and "{" not in part.text for part in found)
    assert len({part.title for part in found}) == len(found)


@pytest.mark.parametrize("path", sorted(explanations.TEXT_DIR.glob("*.md")), ids=lambda path: path.stem)
def test_no_number_is_typed_in_a_text(path):
    text = re.sub(r"(?m)^\d\. ", "", path.read_text(encoding="utf-8"))
    assert set(re.findall(r"\d+(?:\.\d+)?", text)) <= FIXED


def test_two_thirds_in_words_is_what_is_computed():
    (text,) = [part.text for part in question.texts(KNOWN) if part.id == "voldoende"]

    assert "twee derde" in text and (pillars._NEED, pillars._OF) == (2, 3)


def test_the_numbers_follow_the_settings(monkeypatch):
    monkeypatch.setattr(settings, "MINIMUM_POPULATION", 1234)

    assert question.numbers(KNOWN)["minimum_population"] == "1.234"


def test_the_classes_are_those_of_the_screens():
    text = question.numbers(KNOWN)["classes"]

    assert all(word in text for word in dutch.SCORE_WORDS)
    assert all(str(limit) in text for limit in dutch.SCORE_BREAKS)
    assert text.count("\n") + 1 == len(dutch.SCORE_WORDS)


def test_an_unknown_name_in_a_text_names_the_file(tmp_path):
    (tmp_path / "01-fout.md").write_text("# Titel\nHet is {onbekend}.", encoding="utf-8")

    with pytest.raises(WijkdataError, match=r"01-fout\.md.*onbekend"):
        question.texts(KNOWN, tmp_path)


def test_the_glossary_is_by_name_and_says_something_of_each():
    terms = explanations.glossary()

    assert list(terms) == sorted(terms, key=str.lower)
    assert {"Pijler", "Score", "Kloof", "Onvoldoende gegevens", "Fictief", "Terugkeer naar het gemiddelde"} <= set(
        terms
    )
    assert all(meaning.endswith(".") and len(meaning) > 20 for meaning in terms.values())


@pytest.mark.parametrize("key", KNOWN.indicators)
def test_every_indicator_has_a_card_with_what_the_catalogue_knows(key):
    item, card = KNOWN.indicators[key], question.indicator_card(KNOWN, key)
    words = " ".join(f"{what} {text}" for what, text in card.rows)

    assert card.title == item.title
    assert item.description in words and question.DIRECTIONS[item.higher_is] in words and item.id in words
    assert item.pillar is None or KNOWN.pillars[item.pillar].title in words
    assert len(card.columns) == len(item.columns)
    assert not re.search(r"\b(None|nan|True|False)\b", words)


@pytest.mark.parametrize("key", [key for key, item in KNOWN.indicators.items() if item.role is Role.SCORE])
def test_a_score_says_its_reference_or_that_there_is_none(key):
    words = dict(question.indicator_card(KNOWN, key).rows)["IJkpunt."]
    rows = moments.reference_moments().query("indicator == @key")

    if rows.empty:
        assert "nog geen landelijk ijkpunt" in words
    for row in rows.itertuples():
        assert f"in {row.base_year}: gemiddelde {dutch.number(row.mean, 3)}" in words
        assert dutch.number(row.n) in words


def test_the_editions_that_fill_an_indicator(tmp_path):
    given = [("own.csv", OWN.encode()), ("scores.csv", LBM3.encode())]
    uploads.import_uploads(given, tmp_path, KNOWN)
    store = versions.require(tmp_path)

    (row,) = question.filled_by(store, KNOWN, "lbm3_soc").to_dict("records")

    assert (row["Bron"], row["Niveau"], row["Cijfers"], row["Bestand"]) == (
        "Leefbaarometer 3.0 (BZK), fictief",
        "wijk",
        2,
        "scores.csv",
    )
    assert question.filled_by(store, KNOWN, "bijstand_1000").empty
