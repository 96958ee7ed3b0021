"""The files of Uitleg as they are read: id, title and text apart, numbers still names."""

from wijkdata.reference import explanations


def test_a_file_is_an_id_a_title_and_a_text(tmp_path):
    (tmp_path / "02-later.md").write_text("# Later\nTwee.", encoding="utf-8")
    (tmp_path / "01-hoe-het-gaat.md").write_text("# Hoe het gaat\n\nHet is {clip}.\n", encoding="utf-8")

    first, second = explanations.texts(tmp_path)

    assert (first.id, first.title, first.text) == ("hoe-het-gaat", "Hoe het gaat", "Het is {clip}.")
    assert (second.file, second.title) == ("02-later.md", "Later")


def test_the_glossary_is_by_name_whatever_its_capitals():
    terms = list(explanations.glossary())

    assert terms and terms == sorted(terms, key=str.lower)
