"""Circumstances under the register: recorded, refused with a reason, withdrawn without a trace lost."""

from pathlib import Path

import pytest

from tests.activity_examples import saved, some
from tests.app.running import page, words
from tests.profile_examples import example
from wijkdata.record.fields import EVENT
from wijkdata.store.participation import registers


@pytest.fixture
def data(tmp_path: Path) -> Path:
    example(tmp_path)
    saved(tmp_path, *some())
    return tmp_path


def filled(data: Path, monkeypatch, **typed: str):
    app = page("activiteiten", data, monkeypatch, gemeente="GM0599")
    for name, text in typed.items():
        box = app.selectbox if name == "kind" else app.text_input
        (box(key=f"omstandigheid_{name}").set_value if name == "kind" else box(key=f"omstandigheid_{name}").input)(text)
    return app.button(key="doe_omstandigheid").click().run()


def test_a_circumstance_is_recorded_for_the_gemeente_on_screen_and_withdrawn(data: Path, monkeypatch) -> None:
    app = filled(data, monkeypatch, kind="sloop", text="Sloop van 120 woningen", start="1-3-2019")
    assert not app.exception
    assert [one.value for one in app.success] == ["Bewaard. Het staat nu bij de cijfers van het gebied."]
    (record,) = registers.records(data, EVENT).values()
    assert (record.values["area"], record.values["end"], record.values["kind"]) == ("GM0599", None, "sloop")
    assert "Sloop van 120 woningen" in words(app) and "loopt nog" in words(app)

    app.selectbox(key="omstandigheid_weg").set_value(record.id).run()
    app.button(key="doe_omstandigheid_weg").click().run()
    assert registers.get(data, record.id, EVENT).withdrawn
    actions = [action for _, _, action, _ in registers.history(data, record.id, EVENT)]
    assert actions == ["added", "withdrawn"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "sloop", "text": "Sloop", "start": "31-2-2019"}, "Van: Dit is geen datum"),
        (
            {"kind": "sloop", "text": "Sloop", "start": "1-3-2019", "end": "1-2-2019"},
            "Tot en met: Dit ligt voor de start",
        ),
        ({"text": "Sloop", "start": "1-3-2019"}, "Soort: Dit is verplicht"),
        ({"kind": "sloop", "text": "Bel 06-12345678", "start": "1-3-2019"}, "Wat: Hier staat een telefoonnummer"),
        ({"kind": "sloop", "text": "<b>a@b.nl</b>", "start": "1-3-2019"}, "Wat: Hier staat een e-mailadres: ‘a@b.nl’"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(data: Path, monkeypatch, typed: dict, said: str) -> None:
    app = filled(data, monkeypatch, **typed)
    assert said in words(app)
    assert registers.records(data, EVENT) == {}
    assert app.text_input(key="omstandigheid_text").value == typed["text"]
