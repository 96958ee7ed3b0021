"""From one division to another in gemeenten of which a part went elsewhere: Haaren was divided over four in 2021."""

import pytest

from wijkdata.areas import Level
from wijkdata.questions.gegevens import links, ways
from wijkdata.questions.gegevens.answer import Conversion
from wijkdata.store.monitor import versions

ONE_TO_ONE = ["A", "B"]


@pytest.fixture(scope="module")
def monitor(real_data):
    return versions.require(real_data)


@pytest.mark.parametrize(
    ("municipality", "here", "elsewhere"),
    [
        pytest.param("GM0855", {"Udenhout", "Berkel-Enschot", "Biezenmortel"}, {"Helvoirt", "Esch"}, id="Tilburg"),
        pytest.param("GM0865", {"Helvoirt"}, {"Biezenmortel"}, id="Vught"),
    ],
)
def test_what_a_gemeente_was_holds_no_wijk_that_went_elsewhere(monitor, municipality, here, elsewhere):
    names = set(ways.conversion(monitor, monitor.catalogue, municipality, Level.WIJK, 2016, 2024).rows["name_from"])
    assert here <= names and not elsewhere & names
    assert set(ways.areas(monitor, monitor.catalogue, municipality, Level.WIJK, 2016).values()) == names


@pytest.mark.parametrize("municipality", ["GM0855", "GM0865", "GM0080"])
def test_what_is_the_same_area_above_goes_over_below(monitor, municipality):
    """The map of the same page calls them the same area, and their figures of 2016 stand with the areas of now."""
    linked = links.answer(monitor, monitor.catalogue, municipality, Level.WIJK, 2016)
    same = linked.links[linked.links["class"].isin(ONE_TO_ONE)]
    rows = ways.conversion(monitor, monitor.catalogue, municipality, Level.WIJK, 2016, 2024).rows
    converted = rows[rows["conversion"] == Conversion.CONVERTED]
    assert len(same) and set(same["code_from"]) <= set(converted["code_from"])


@pytest.mark.parametrize(
    ("municipality", "here"), [("GM0855", False), ("GM0757", False), ("GM0824", False), ("GM0865", True)]
)
def test_the_unions_of_a_gemeente_leave_out_what_went_to_another(monitor, municipality, here):
    """Helvoirt was of Haaren, which came to four gemeenten; Helvoirt is of Vught alone."""
    names = set(ways.unions(monitor, municipality, Level.WIJK, None)["name"])
    assert any("Helvoirt" in name for name in names) is here
    last = ways.unions(monitor, municipality, Level.WIJK, None).groupby("union")["code"]
    assert all(any(code[2:6] == municipality[2:] for code in codes) for _, codes in last)
