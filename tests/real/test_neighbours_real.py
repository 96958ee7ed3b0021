"""Who lies beside whom on the real map: Den Haag, Rotterdam and the Wadden."""

import time
from pathlib import Path

import pytest

from wijkdata import catalogue, sources
from wijkdata.analysis.impact.neighbours import neighbours, ring
from wijkdata.loading.figures.simplify import with_light_shapes
from wijkdata.sources.reading.base import Context

FILES = {2024: "pdok-wijken-2024/wijken_2024.geojson", 2016: "wijken-2016/wijk_2016_6.geojson"}


@pytest.fixture(scope="module")
def boundaries(shared: Path):
    """year -> the boundaries as an import keeps them: code, wkb (published), wkb_map, wkb_country."""
    done = {}

    def of(year):
        if year not in done:
            path = shared / FILES[year]
            beside = tuple(sorted(other for other in path.parent.iterdir() if other != path))
            done[year] = with_light_shapes(sources.read(path, Context(catalogue.load(), beside)).boundaries)
        return done[year]

    return of


@pytest.fixture(scope="module")
def found(boundaries):
    return {year: neighbours(boundaries(year)) for year in FILES}


@pytest.mark.parametrize(
    ("year", "code", "beside", "not_beside"),
    [
        # Schildersbuurt: Regentessekwartier, Stationsbuurt, Centrum, Transvaal, Groente- en Fruitmarkt; not Moerwijk
        (2024, "WK051829", {"WK051821", "WK051827", "WK051828", "WK051830", "WK051837"}, {"WK051836", "WK051818"}),
        # Moerwijk: Morgenstond, Zuiderpark; not Scheveningen
        (2024, "WK051836", {"WK051834", "WK051835"}, {"WK051807"}),
        # Feijenoord: IJsselmonde, Charlois, and the centre across the Maas, where the border is; not Hoogvliet
        (2024, "WK059910", {"WK059901", "WK059912", "WK059915"}, {"WK059916", "WK059914"}),
    ],
)
def test_known_neighbours(found, year, code, beside, not_beside):
    assert beside <= found[year][code]
    assert not not_beside & found[year][code]


@pytest.mark.parametrize("code", ["WK009600", "WK006000"])  # Vlieland and Ameland
def test_an_island_of_one_wijk_has_no_neighbours_which_is_known(found, code):
    assert found[2016][code] == frozenset()
    # The map of 2024 has the water too, as a wijk of its own, and the island lies beside that.
    assert f"{code[:6]}99" in found[2024][code]


def test_everybody_is_beside_who_is_beside_them(found):
    for beside in found.values():
        assert all(code in beside[other] for code, others in beside.items() for other in others)
        # A map on a plane has at most 3n - 6 borders.
        assert 2 * len(beside) < sum(map(len, beside.values())) / 2 < 3 * len(beside) - 6


def test_ring_1_of_two_wijken(found):
    both = ring(["WK051829", "WK051830"], found[2024])
    assert "WK051831" in both and "WK051828" in both  # Rustenburg beside the one, Centrum beside the other
    assert not {"WK051829", "WK051830"} & both


@pytest.mark.parametrize(
    ("year", "column", "most"),
    [  # measured: 0 of 9,713, 1 of 8,112, 9 of 8,112, 170 of 9,713 borders; only short ones near the threshold go
        (2024, "wkb_map", 0.001),
        (2016, "wkb_map", 0.001),
        (2016, "wkb_country", 0.002),
        (2024, "wkb_country", 0.02),
    ],
)
def test_light_boundaries_keep_nearly_every_border(boundaries, found, year, column, most):
    light = neighbours(boundaries(year)[["code", column]].rename(columns={column: "wkb"}))
    lost = sum(len(others - light[code]) for code, others in found[year].items())
    assert lost <= most * sum(map(len, found[year].values()))


def test_one_wijk_of_the_country_is_quick(boundaries, found):
    began = time.perf_counter()
    assert neighbours(boundaries(2024), ["WK051829"]) == {"WK051829": found[2024]["WK051829"]}
    assert time.perf_counter() - began < 1.5  # measured: 0.12 s; the whole country 1.2 to 1.6 s
