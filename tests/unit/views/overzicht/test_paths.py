"""The drawings of Overzicht: names that do not collide, marks that mean one thing, HTML that takes no markup."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.overview_examples import course, monitor_of
from wijkdata.catalogue import load
from wijkdata.questions.overzicht.answer import Overview
from wijkdata.questions.overzicht.question import overview
from wijkdata.views.overzicht import paths, tiles
from wijkdata.views.overzicht.frame import (
    EXPECTED,
    NARROW,
    PRESENTING_WIDE,
    WIDE,
    box_of_name,
    box_of_reference,
    frame_of,
    line_ends,
    name_of_line,
)
from wijkdata.views.overzicht.names import MOST_NAMES, by_importance, placed_names
from wijkdata.views.shared import labels
from wijkdata.views.shared.theme import DARK, LIGHT, PRESENTING

NAUGHTY = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Overview:
    """Twelve wijken of one gemeente; the second is chosen, the last has few residents."""
    rows = [
        row
        for n in range(12)
        for row in course(
            f"WK0599{n:02d}",
            {
                2014: (n / 6 - 1, n / 6 - 1),
                2018: (n / 6 - 0.9, n / 6 - 1),
                2022: (n / 6 - 0.6, n / 6 - 1 + 0.3 * (-1) ** n),
            },
            inhabitants=400 if n == 11 else 3000 + n,
        )
    ]
    monitor = monitor_of(tmp_path_factory.mktemp("views"), rows)
    return overview(monitor, load(), "GM0599", "wijk", "WK059901")


def spec(answer: Overview, theme: Any) -> dict[str, Any]:
    return paths.paths(answer, theme).to_dict()  # validated against the Vega-Lite schema


def rows_of(chart: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The data of every layer with this mark."""
    layers = [layer for layer in chart["layer"] if layer["mark"]["type"] == kind]
    return [row for layer in layers for row in layer["data"]["values"]]


def test_every_wijk_is_a_point_and_only_the_chosen_one_is_petrol(answer: Overview) -> None:
    points = rows_of(spec(answer, LIGHT), "point")
    assert len(points) == 12
    assert [row["naam"] for row in points if LIGHT.acc in (row["fill"], row["line"])] == ["WK059901"]


def test_a_small_wijk_is_open_and_has_no_trail(answer: Overview) -> None:
    chart = spec(answer, LIGHT)
    small = [row for row in rows_of(chart, "point") if row["naam"] == "WK059911"]
    assert [row["fill"] for row in small] == [LIGHT.paper]
    assert [row["verwacht"] for row in small] == ["geen gegevens"]
    trails = rows_of(chart, "trail")
    assert {row["t"] for row in trails} == {2014, 2018, 2022}
    assert {row["code"] for row in trails} == {f"WK0599{n:02d}" for n in range(11)}


def test_the_axes_say_what_they_are_made_of(answer: Overview) -> None:
    text = json.dumps(spec(answer, LIGHT), ensure_ascii=False)
    for words in ("meer kwetsbaar", "minder kwetsbaar", "woningvoorraad", "sociale samenhang (model)"):
        assert words in text
    assert EXPECTED in text
    assert "Nederland 2014 = 100" in text


@pytest.mark.parametrize("theme", [LIGHT, DARK, replace(LIGHT, k=PRESENTING)])
def test_names_on_screen_do_not_touch_each_other(answer: Overview, theme: Any) -> None:
    figure = answer.figure
    frame = frame_of(figure, 430)
    width = PRESENTING_WIDE if theme.k > 1 else WIDE
    placed = placed_names(figure, theme, frame, by_importance(figure), width, MOST_NAMES)
    assert placed[0].key == "WK059901"  # the chosen one comes first
    points = figure.points.set_index("code")
    boxes = [box_of(one, frame.at(*points.loc[one.key, ["x", "y"]], width), theme.k) for one in placed]
    for i, box in enumerate(boxes):
        assert not any(touch(box, other) for other in boxes[i + 1 :])


def box_of(one: labels.Placed, at: tuple[float, float], k: float) -> labels.Box:
    wide = labels.text_width(one.text, 13 * k)
    left = at[0] + one.dx - {"left": 0, "right": wide, "center": wide / 2}[one.align]
    return left, at[1] + one.dy - 6 * k, left + wide, at[1] + one.dy + 6 * k


def touch(a: labels.Box, b: labels.Box) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


@pytest.mark.parametrize(
    ("crowd", "width", "side"),
    [
        pytest.param(range(0), WIDE, "above", id="nobody"),
        pytest.param(range(0), NARROW, "above", id="nobody on a phone"),
        pytest.param(range(60, 100, 3), WIDE, "above", id="points on the right"),
        pytest.param(range(10, 100, 3), WIDE, "below", id="points above the line"),
        pytest.param(range(0, 100, 2), NARROW, None, id="no room on a phone"),
    ],
)
def test_the_name_of_the_line_keeps_off_the_points(
    answer: Overview, crowd: range, width: float, side: str | None
) -> None:
    figure = answer.figure
    frame = frame_of(figure, 430)
    (x0, y0), (x1, y1) = line_ends(figure, frame)
    rows = [{"x": x0 + (x1 - x0) * part / 100, "y": y0 + (y1 - y0) * part / 100 + 3} for part in crowd]
    made = replace(figure, points=pd.DataFrame(rows, columns=["x", "y"]), trails=figure.trails.iloc[:0])
    spot = name_of_line(made, LIGHT, frame, width)
    assert (None if spot is None else "below" if spot.below else "above") == side
    if spot is not None:
        left, top, right, bottom = box = box_of_name(spot, LIGHT, frame, width)
        assert left >= 0 and top >= 0 and right <= width and bottom <= frame.height
        at = [frame.at(row["x"], row["y"], width) for row in rows]
        assert not any(left < x < right and top < y < bottom for x, y in at)
        assert not touch(box, box_of_reference(made, LIGHT, frame, width))


@pytest.mark.parametrize("beside", [-30, 0, 60, 130])
def test_a_name_leaves_that_of_the_rules_alone(answer: Overview, beside: int) -> None:
    """A wijk low in the plot, left of the upright rule, where the rules are named."""
    figure = answer.figure
    frame = frame_of(figure, 430)
    reference = box_of_reference(figure, LIGHT, frame, WIDE)
    points = figure.points.copy()
    plain = points.index[points["state"] == ""][0]
    low = frame.y[0] + (frame.y[1] - frame.y[0]) * 14 / frame.height
    points.loc[plain, ["x", "y"]] = frame.x[0] + (reference[0] + beside) / WIDE * (frame.x[1] - frame.x[0]), low
    code = points.at[plain, "code"]
    for one in placed_names(replace(figure, points=points), LIGHT, frame, [code], WIDE, MOST_NAMES):
        at = frame.at(points.at[plain, "x"], points.at[plain, "y"], WIDE)
        assert not touch(box_of(one, at, 1), reference)


@given(
    st.lists(
        st.tuples(st.floats(0, 600), st.floats(0, 430), st.text("abcdefgh ", min_size=1, max_size=25)),
        min_size=1,
        max_size=40,
    )
)
def test_no_more_names_than_asked_none_outside_and_none_over_another(points: list[tuple[float, float, str]]) -> None:
    wanted = [labels.Label(str(n), text, x, y, 5.0) for n, (x, y, text) in enumerate(points)]
    placed = labels.place(wanted, [(x, y, 5.0) for x, y, _ in points], 13, 600, 430, 16)
    assert len(placed) <= 16
    at = {str(n): (x, y) for n, (x, y, _) in enumerate(points)}
    boxes = []
    for one in placed:
        wide = labels.text_width(one.text, 13)
        left = at[one.key][0] + one.dx - {"left": 0, "right": wide, "center": wide / 2}[one.align]
        middle = at[one.key][1] + one.dy
        assert left >= -0.1
        assert left + wide <= 600.1
        assert not any(
            left - 5 < r and left + wide + 5 > x and middle - 5 < b and middle + 5 > t for x, t, r, b in boxes
        )
        boxes.append((left, middle - 5, left + wide, middle + 5))


def test_a_name_that_must_stand_there_does(answer: Overview) -> None:
    crowd = [(x * 10.0, y * 10.0, 8.0) for x in range(60) for y in range(43)]
    only = labels.Label("a", "Feijenoord", 300, 200, 5, must=True)
    assert [one.key for one in labels.place([only], crowd, 13, 600, 430, 16)] == ["a"]
    assert labels.place([replace(only, must=False)], crowd, 13, 600, 430, 16) == []


def test_of_names_that_must_stand_there_none_lies_over_another() -> None:
    """Ten areas that ask for attention in one corner: two names over each other are none."""
    crowd = [labels.Label(str(n), f"Wijk nummer {n}", 300 + n, 200 + n, 5, must=True) for n in range(10)]
    points = [(one.x, one.y, 5.0) for one in crowd]
    placed = labels.place(crowd, points, 13, 600, 430, 16)
    assert placed[0].key == "0" and 2 < len(placed) < 10
    boxes = [box_of(one, next((c.x, c.y) for c in crowd if c.key == one.key), 1.0) for one in placed]
    assert not any(touch(a, b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_before_a_room_no_wijk_is_called_the_lowest(answer: Overview) -> None:
    assert "Laagste wijk" in tiles.tiles(answer, LIGHT)
    assert "Laagste" not in tiles.tiles(answer, replace(LIGHT, k=PRESENTING))


@pytest.mark.parametrize(("score", "left"), [(40, 0.0), (100, 42.9), (180, 100.0), (12, 0.0), (260, 100.0)])
def test_a_strip_has_one_fixed_domain_and_holds_what_lies_outside(score: float, left: float) -> None:
    assert tiles._percent(score) == left


def test_tiles_say_missing_and_never_0(answer: Overview) -> None:
    html = tiles.tiles(answer, LIGHT)
    empty = html.split('role="listitem"')[2]
    assert "geen score" in empty
    assert "wd-hatch" in empty
    assert "wd-number" not in empty
    assert html.count('role="img"') == 4
    assert html.count("wd-tick-chosen") == 3


def test_names_in_tiles_are_text_not_markup(answer: Overview) -> None:
    naughty = replace(answer, tiles=tuple(replace(one, title=NAUGHTY, sentence=NAUGHTY) for one in answer.tiles))
    html = tiles.tiles(naughty, LIGHT)
    assert NAUGHTY not in html
    assert "&lt;script&gt;" in html


def test_fictional_figures_say_so_in_every_part(answer: Overview) -> None:
    theme = replace(LIGHT, fictional=True)
    assert tiles.tiles(answer, theme).count(">fictief<") == 4
    assert "fictief" in json.dumps(spec(answer, theme))
    assert "fictief" not in json.dumps(spec(answer, LIGHT))
    assert "fictief" not in tiles.tiles(answer, LIGHT)


def test_the_specification_is_small(answer: Overview) -> None:
    assert len(json.dumps(spec(answer, LIGHT))) < 40_000


def test_an_answer_without_a_figure_cannot_be_drawn(answer: Overview) -> None:
    with pytest.raises(ValueError, match="no figure"):
        paths.paths(replace(answer, figure=None), LIGHT)


def test_one_wijk_alone_can_be_drawn(tmp_path: Path) -> None:
    monitor = monitor_of(tmp_path, course("WK059901", {2022: (0, 0)}))
    chart = spec(overview(monitor, load(), "GM0599", "wijk", None), LIGHT)
    assert len(rows_of(chart, "point")) == 1
    assert rows_of(chart, "trail") == []
