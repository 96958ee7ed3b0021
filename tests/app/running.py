"""One page in AppTest: the page's own file in the frame of the shell.

AppTest cannot open a page of `st.navigation` by its address, so menu and style are tested in the browser.
"""

import os
from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent.parent
# At each run AppTest looks through every package that is installed, for parts of Streamlit: they stay the same meanwhile.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def page(name: str, data: Path, monkeypatch, **query: str) -> AppTest:
    """The page `pages/<name>.py` on a data directory, run once, with this address."""
    monkeypatch.setenv("WIJKDATA_DATA", os.fspath(data))
    monkeypatch.chdir(ROOT)
    app = AppTest.from_function(_frame, kwargs={"name": name}, default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def words(app: AppTest) -> str:
    """Everything that stands on the page as text, markup and all."""
    kinds = (
        app.title,
        app.header,
        app.subheader,
        app.markdown,
        app.get("html"),
        app.error,
        app.warning,
        app.info,
        app.success,
    )
    return "\n".join(str(getattr(part, "value", None) or part.proto.body) for kind in kinds for part in kind)


def _frame(name: str) -> None:
    import runpy

    import streamlit as st

    from wijkdata.ui import shell

    st.session_state["_shell"] = True
    shell.show(name, lambda: runpy.run_path(f"pages/{name}.py"))
