"""Bad input: one Dutch sentence per problem, whatever is wrong with the file, and never anything but an InputError."""

import re

import pytest

from tests.bad_files import ANY_FORMAT, BAD_FILES, GOOD_FILES, OWN_FORMAT, PUBLISHERS, BadFile, corrupt_member, zip_of
from wijkdata import catalogue, sources
from wijkdata.errors import InputError
from wijkdata.sources.reading.base import Context, Reading

ENGLISH = re.compile(
    r"\b(the|is not|error|invalid|expected|unexpected|could not|cannot|failed|line \d|column|row|file)\b", re.I
)
NOT_FOR_EYES = re.compile(r"Traceback|Exception|Error\b|0x[0-9a-f]{4,}|<[a-z]+ object|\bNone\b|\bnan\b")


def read(bad: BadFile, folder) -> Reading:
    for name, content in bad.other_files.items():
        (folder / name).write_bytes(content)
    path = folder / bad.name
    path.write_bytes(bad.content)
    return sources.read(path, Context(catalogue.load(), other_files=tuple(sorted(folder.iterdir()))))


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.id)
def test_refused_in_one_dutch_sentence_per_problem(bad: BadFile, tmp_path):
    with pytest.raises(InputError) as refused:
        read(bad, tmp_path)

    message = str(refused.value)
    lines = message.split("\n")
    assert len(lines) == bad.problems == len(refused.value.problems)
    for word in bad.words:
        assert word in message
    for line in lines:
        assert line.startswith(bad.name)
        assert line.endswith(".")
        assert line.isprintable()
        assert "; " in line, "a sentence says how to mend it"
        prose = line.removeprefix(bad.name).partition("(gevonden")[0]
        assert not ENGLISH.search(prose), prose
        assert not NOT_FOR_EYES.search(prose), prose


@pytest.mark.parametrize("good", GOOD_FILES, ids=lambda good: good.id)
def test_the_files_the_table_spoils_are_good(good: BadFile, tmp_path):
    reading = read(good, tmp_path)

    assert reading.rows_kept == reading.rows_read > 0
    assert len(reading.observations) > 0


def test_the_table_is_as_large_as_promised():
    assert len(BAD_FILES) >= 80
    assert len({bad.id for bad in BAD_FILES}) == len(BAD_FILES)
    assert len(ANY_FORMAT) >= 30
    assert len(OWN_FORMAT) >= 40
    assert len(PUBLISHERS) >= 30


def test_a_folder_and_a_missing_file_have_their_own_sentence(tmp_path):
    context = Context(catalogue.load())
    with pytest.raises(InputError, match="een map en geen bestand"):
        sources.read(tmp_path, context)
    with pytest.raises(InputError, match="bestaat niet"):
        sources.read(tmp_path / "weg.csv", context)


def test_a_part_that_does_not_unpack_is_named(tmp_path):
    path = tmp_path / "grenzen.zip"
    path.write_bytes(corrupt_member(zip_of({"buurten.shp": b"a" * 5_000, "buurten.dbf": b"b" * 5_000})))

    with pytest.raises(InputError, match=r"grenzen\.zip: .*beschadigd"):
        sources.read(path, Context(catalogue.load()))


@pytest.mark.parametrize("good", GOOD_FILES, ids=lambda good: good.id)
def test_cut_anywhere_it_is_refused_or_read_in_whole_rows(good: BadFile, tmp_path):
    """A text that ends after a whole row cannot be told from a short file; cut anywhere else it must not pass."""
    whole = read(good, tmp_path).rows_read
    for part in range(1, 20):
        cut = good.content[: len(good.content) * part // 20]
        try:
            reading = read(BadFile(good.id, good.name, cut, (), other_files=good.other_files), tmp_path)
        except InputError:
            continue
        assert good.name.endswith(".csv")
        assert reading.rows_read <= whole
