"""Each wrong file with boundaries, names or series: one Dutch sentence that names the file and says how to mend it."""

import pytest

from tests.bad_files_geo import BAD_GEO_FILES
from wijkdata import catalogue, sources
from wijkdata.errors import InputError
from wijkdata.sources.reading.base import Context


@pytest.mark.parametrize(
    ("name", "content", "words"), [row[1:] for row in BAD_GEO_FILES], ids=[row[0] for row in BAD_GEO_FILES]
)
def test_a_wrong_file_is_one_sentence(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InputError) as refusal:
        sources.read(path, Context(catalogue.load()))
    sentence = str(refusal.value)
    assert words in sentence
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert sentence.count("\n") == 0
    # What is wrong and what to do about it.
    assert "; " in sentence
