"""A drawing made quickly is the drawing that Altair makes by itself."""

import json

import altair as alt
import pytest

from tests.app.running import page
from wijkdata.ui import session
from wijkdata.views.shared import specification as specifications


@pytest.mark.parametrize("name", ["overzicht", "wijkprofiel", "kloof", "voor-en-na"])
def test_every_drawing_of_a_page_is_what_altair_makes(example_data, monkeypatch, name):
    drawn = []

    def both(view, answer, theme):
        quickly = specifications.specification(view, answer, theme)
        drawn.append(quickly)
        assert json.loads(quickly) == view(answer, theme).to_dict(validate=False)
        return quickly

    session._drawings.clear()
    monkeypatch.setattr(session, "specification", both)
    assert not page(name, example_data, monkeypatch).exception
    assert drawn


def test_altair_itself_is_left_as_it_was():
    before = alt.utils.schemapi._deep_copy, alt.utils.schemapi._FromDict
    with pytest.raises(ZeroDivisionError):
        specifications.specification(lambda answer, theme: 1 / 0, None, None)
    assert (alt.utils.schemapi._deep_copy, alt.utils.schemapi._FromDict) == before
