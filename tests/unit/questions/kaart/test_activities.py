"""Activities over the map: counted where they belong, each once, and never in another world."""

from datetime import date

import pandas as pd
import pytest

from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.loading.activities import register as saving
from wijkdata.questions.kaart import activities
from wijkdata.questions.shared import places
from wijkdata.record import checks
from wijkdata.store.participation import registers
from wijkdata.views.kaart import activities as drawing
from wijkdata.views.shared.theme import LIGHT

TODAY = date(2026, 1, 1)


def activity(name, areas, start, end=None, status="loopt"):
    typed = {
        "title": name, "description": "Samen aan de slag", "kind": "opschoonactie", "initiator": "bewoners", "step": "0",
        "start_planned": start, "end_actual": end, "start_actual": start if status != "gepland" else None,
        "status": status, "source": "opgave",
    }  # fmt: skip
    record, wrong = checks.read(
        "activity", name, typed, {"area": [{"area": code, "division": 2024} for code in areas]}, TODAY
    )
    assert wrong == []
    return record


@pytest.fixture
def register(tmp_path):
    saving.save_all(
        tmp_path,
        [
            activity("een", ["WK970101"], "2018-03-01", "2019-06-01", "afgerond"),
            activity("twee", ["WK970101", "WK970102"], "2020-01-01"),
            activity("buurt", ["BU97010201"], "2021-01-01"),
            activity("overal", ["GM9701"], "2020-01-01"),
            activity("later", ["WK970101"], "2027-01-01", status="gepland"),
        ],
        "analist",
        TODAY,
    )
    return registers.current(tmp_path)


@pytest.mark.parametrize(
    ("first", "last", "counts", "whole", "n"),
    [
        (2017, 2017, {}, 0, 0),
        (2019, 2019, {"WK970101": 1}, 0, 1),
        (2020, 2020, {"WK970101": 1, "WK970102": 1}, 1, 2),
        (2021, 2021, {"WK970101": 1, "WK970102": 2}, 1, 3),
        (2018, 2021, {"WK970101": 2, "WK970102": 2}, 1, 4),
        (2027, 2027, {"WK970101": 2, "WK970102": 2}, 1, 4),
    ],
)
def test_an_activity_counts_in_each_wijk_it_names_and_the_gemeente_apart(
    register, monkeypatch, first, last, counts, whole, n
):
    wijken = pd.DataFrame(index=pd.Index(["WK970100", "WK970101", "WK970102", "WK970201"]))
    monkeypatch.setattr(places, "all_areas", lambda monitor, level: wijken)
    layer = activities.layer(register, object(), load(), "GM9701", Level.WIJK, (first, last))
    assert (layer.counts, layer.whole, layer.n) == (counts, whole, n)


def test_invented_activities_are_not_on_the_map_of_the_netherlands(register):
    layer = activities.layer(register, None, load(), "NL", Level.WIJK, (2020, 2020))
    assert (layer.counts, layer.n) == ({}, 0)


def test_a_click_lists_its_own_activities_before_those_of_the_gemeente(register):
    items = activities.listed(register, None, load(), "WK970102", (2021, 2021))
    assert [(item.title, item.whole_municipality) for item in items] == [
        ("twee", False), ("buurt", False), ("overal", True),
    ]  # fmt: skip
    assert items[0].when_text == "sinds januari 2020"


def test_a_circle_never_hides_a_wijk():
    assert drawing.size(1) == drawing.size(3) == drawing.RADIUS
    assert drawing.size(12) == pytest.approx(2 * drawing.RADIUS)
    assert drawing.size(500) == 2 * drawing.RADIUS


def test_only_areas_on_the_map_get_a_circle():
    circles, numbers = drawing.activity_layers({"WK970101": (5.1, 52.1)}, {"WK970101": 2, "WK970199": 1}, LIGHT)
    assert [row["n"] for row in circles.data] == ["2"]
    assert numbers.data == circles.data
