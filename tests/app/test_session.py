"""One run of a page sees one edition of the figures, whatever is imported meanwhile."""

import os

from streamlit.testing.v1 import AppTest

from tests.kaart_examples import cohesion, place_with, wijk


def _page(folder: str) -> None:
    """A page that asks twice, while somebody else reads a file in between."""
    import streamlit as st

    from tests import kaart_examples as examples
    from tests import overview_examples
    from wijkdata.questions.gegevens import question
    from wijkdata.ui import session, shell

    def draw() -> None:
        def editions() -> int:
            return len(session.ask(question.stock).editions)

        st.text(f"{editions()} of {session.current().stamp}")
        if "read" not in st.session_state:
            overview_examples.monitor_of(folder, examples.cohesion(2020, {examples.wijk(1): 90, examples.wijk(2): 110}))
            st.session_state["read"] = True
        st.text(f"{editions()} of {session.current().stamp}")

    shell.show("Proef", draw)


def test_an_import_in_the_middle_of_a_run_is_seen_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setenv("WIJKDATA_DATA", os.fspath(tmp_path))
    before = place_with(tmp_path, cohesion(2018, {wijk(1): 90, wijk(2): 110})).stamp
    app = AppTest.from_function(_page, kwargs={"folder": tmp_path}, default_timeout=60).run()
    assert not app.exception
    assert [line.value for line in app.text] == 2 * [f"1 of {before}"]
    after = max(path.stem.removeprefix("monitor-") for path in tmp_path.glob("monitor-*.duckdb"))
    app.run()
    assert after > before
    assert [line.value for line in app.text] == 2 * [f"2 of {after}"]
