"""Where the map looks: the whole in its frame at any width, the chosen area too, and limits that hold what is drawn."""

from types import SimpleNamespace

import pytest

from wijkdata.views.kaart import sight

# Code -> west, south, east, north. FAR has no value; the others lie side by side.
BOXES = {
    "A": (4.30, 52.05, 4.32, 52.07),
    "B": (4.32, 52.05, 4.34, 52.07),
    "C": (4.34, 52.05, 4.40, 52.07),
    "FAR": (4.60, 52.00, 4.62, 52.02),
}
SHAPES = SimpleNamespace(bounds=BOXES)


def answer(measured):
    return SimpleNamespace(figures=SimpleNamespace(measured=frozenset(measured)))


def inside(seen, box, size):
    """Whether a box lies in a frame of so many pixels."""
    x, y = sight.mercator(seen.longitude, seen.latitude)
    half = [side / 2 / sight.TILE / 2**seen.zoom for side in size]
    corners = sight.mercator(box[0], box[3]), sight.mercator(box[2], box[1])
    return all(abs(px - x) <= half[0] and abs(py - y) <= half[1] for px, py in corners)


@pytest.mark.parametrize("size", [(560, 470), (358, 470), (240, 350)])
@pytest.mark.parametrize(
    ("measured", "chosen", "seen", "unseen"),
    [
        pytest.param("ABC", "", "ABC", "FAR", id="what has values"),
        pytest.param("", "", [*"ABC", "FAR"], None, id="all where nothing has"),
        pytest.param("AC", "", "ABC", "FAR", id="one without a value between the others"),
        pytest.param("AB", "", "AB", "C", id="not what makes the others much smaller"),
        pytest.param("BC", "", "ABC", "FAR", id="one without a value at the edge"),
        pytest.param("ABC", "FAR", [*"ABC", "FAR"], None, id="the chosen one too"),
    ],
)
def test_the_whole_lies_in_the_frame_at_any_width(size, measured, chosen, seen, unseen):
    looked = sight.look(answer(measured), SHAPES, size, chosen)
    assert all(inside(looked, BOXES[code], size) for code in seen)
    assert unseen is None or not inside(looked, BOXES[unseen], size)


def test_from_nearby_the_chosen_area_is_in_the_middle_with_others_round_it():
    size = (560, 470)
    whole = sight.look(answer([*BOXES]), SHAPES, size)
    near = sight.look(answer([*BOXES]), SHAPES, size, "A", closer=True)
    assert near.longitude == pytest.approx(4.31)
    assert whole.zoom < near.zoom <= sight.NEAR
    assert inside(near, BOXES["B"], size)
    assert near.limits == whole.limits


def test_the_limits_hold_everything_that_is_drawn_and_room_to_zoom_out():
    looked = sight.look(answer("ABC"), SHAPES, (560, 470))
    west, south, east, north = looked.limits
    assert all(west <= w and south <= s and east >= e and north >= n for w, s, e, n in BOXES.values())
    assert not inside(looked, looked.limits, (560, 470))
