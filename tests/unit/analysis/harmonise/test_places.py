"""The areas that people choose from, the division of a file that does not say it, and gemeenten that merged."""

import pandas as pd
import pytest

from tests.harmonise_examples import area, division, triples
from tests.kaart_examples import SIDE, borders, draw, wijk
from wijkdata import catalogue
from wijkdata.analysis.harmonise.municipal import link_municipalities
from wijkdata.analysis.harmonise.origin import find_division
from wijkdata.analysis.harmonise.places import choose_places
from wijkdata.areas import Level
from wijkdata.loading.figures import importer
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import queries, versions

CATALOGUE = catalogue.load()


# --- places ---------------------------------------------------------------------------------------------------------


def wijken(year, *codes, whole=True):
    return division(year, *[area(f"WK{code}") for code in codes], whole=whole)


def drawn(year, **widths):
    """Wijken side by side, so many cells wide."""
    starts = [sum(list(widths.values())[:n]) for n in range(len(widths))]
    boxes = zip(widths.items(), starts, strict=True)
    return division(year, *[area(code, box=(west, 0, west + width, 1)) for (code, width), west in boxes])


def places(divisions, heirs=gemeenten.heirs, known=()):
    """year of the division -> the codes that are places, of each gemeente together."""
    chosen = choose_places(divisions, heirs, known)
    return {
        (divisions[i].year, divisions[i].whole): sorted(code.removeprefix("WK") for code in own.index)
        for i, own in chosen.groupby(chosen)
    }


@pytest.mark.parametrize(
    ("divisions", "expected"),
    [
        pytest.param(
            [wijken(2016, "001401", "001402"), wijken(2024, "001401", "0014AA")],
            {(2024, True): ["001401", "0014AA"]},
            id="the newest",
        ),
        pytest.param(
            [wijken(2024, "001401", "0014AA"), wijken(2016, "001401", "001402")],
            {(2024, True): ["001401", "0014AA"]},
            id="in any order",
        ),
        pytest.param(
            [wijken(2016, "001401", "001402"), wijken(2024, "001401", "001403", whole=False)],
            {(2016, True): ["001401", "001402"]},
            id="a newer list that leaves areas out comes after an older one that does not",
        ),
        pytest.param(
            [wijken(2016, "001401", whole=False), wijken(2020, "001402", whole=False)],
            {(2020, False): ["001402"]},
            id="the newest of lists that leave areas out, when there are no others",
        ),
        pytest.param(
            [wijken(2016, "001401", "001402", "001403"), wijken(2024, "001401")],
            {(2016, True): ["001401", "001402", "001403"]},
            id="a newer list of a part of the gemeente is no new division",
        ),
        pytest.param(
            [drawn(2016, WK001401=1, WK001402=2, WK001403=3), drawn(2024, WK001401=3)],
            {(2016, True): ["001401", "001402", "001403"]},
            id="nor with borders that cover a part of the ground",
        ),
        pytest.param(
            [drawn(2016, WK001401=1, WK001402=2, WK001403=3), drawn(2024, WK001401=6)],
            {(2024, True): ["001401"]},
            id="a newer list with few areas that cover all of the ground is one",
        ),
        pytest.param(
            [wijken(2016, "001401", "001402"), wijken(2024, "001401")],
            {(2024, True): ["001401"]},
            id="half as many may be all of them",
        ),
        pytest.param(
            [wijken(2016, "001401", "059901"), wijken(2024, "001402")],
            {(2024, True): ["001402"], (2016, True): ["059901"]},
            id="each gemeente by its own newest",
        ),
        pytest.param(
            [wijken(2020, "045701", "036301"), wijken(2023, "0363AA", "0363WA")],
            {(2023, True): ["0363AA", "0363WA"]},
            id="a gemeente that is gone has none where its heir is known",
        ),
        pytest.param(
            [wijken(2020, "045701", "036301"), wijken(2022, "0363AA")],
            {(2020, True): ["045701"], (2022, True): ["0363AA"]},
            id="on 1 January of the year of a merger it is still there",
        ),
        pytest.param(
            [wijken(2020, "045701"), wijken(2023, "059901")],
            {(2020, True): ["045701"], (2023, True): ["059901"]},
            id="nobody read in its heir",
        ),
    ],
)
def test_which_areas_are_places(divisions, expected):
    assert places(divisions) == expected


def test_an_heir_that_is_known_at_another_level_is_known():
    """Only an old list of buurten, and a new one of wijken: the buurten of a gemeente that is gone are no places."""
    old = [wijken(2020, "045701", "036301")]
    assert places(old, known=[("GM0363", 2023)]) == {(2020, True): ["036301"]}
    assert places(old, known=[("GM0363", 2022), ("GM0599", 2023)]) == {(2020, True): ["036301", "045701"]}


# --- the division of a file that does not say it --------------------------------------------------------------------

ONE, TWO, THREE = "WK001401", "WK001402", "WK001403"
THEN = division(2016, area(ONE, "Noord"), area(TWO, "Zuid"))
NOW = division(
    2022, area(ONE, "Zuid"), area(TWO, "Noord"), area(THREE, "De wijk met een heel lange naam in het oosten")
)


@pytest.mark.parametrize(
    ("named", "last_year", "year"),
    [
        pytest.param({ONE: "Noord", TWO: "Zuid"}, 2023, 2016, id="the names of then, though the figures are newer"),
        pytest.param({ONE: "Zuid", TWO: "Noord"}, 2015, 2022, id="the names of now, though the figures are older"),
        pytest.param({ONE: "Wijk 01 Noord", TWO: "ZUID"}, 2023, 2016, id="names written in another way"),
        pytest.param({ONE: None, TWO: None, THREE: None}, 2015, 2022, id="only now are there three"),
        pytest.param({THREE: "De wijk met een heel lange na"}, 2015, 2022, id="a name cut off"),
        pytest.param({ONE: None, TWO: None}, 2017, 2016, id="both fit: the nearest to the figures"),
        pytest.param({ONE: None, TWO: None}, 2021, 2022, id="both fit: the nearest, now the other"),
        pytest.param({ONE: None, TWO: None}, 2019, 2022, id="both fit and are as near: the newest"),
        pytest.param({"WK059901": "Noord"}, 2016, None, id="nobody knows the area"),
        pytest.param({ONE: "Haven"}, 2016, None, id="nobody knows it under this name"),
        pytest.param({ONE: "Oud", TWO: "Zuid"}, 2023, 2016, id="most of them"),
    ],
)
def test_a_file_is_of_the_division_that_has_most_of_its_codes_and_names(named, last_year, year):
    own = pd.Series(named, dtype=object)
    assert find_division(own, last_year, [THEN, NOW]) == year
    assert find_division(own, last_year, [NOW, THEN]) == year


def test_a_list_that_leaves_areas_out_is_no_division_to_belong_to():
    own = pd.Series({ONE: "Noord"})
    assert find_division(own, 2016, [division(2016, area(ONE, "Noord"), whole=False)]) is None
    assert find_division(own, 2016, []) is None


@pytest.mark.parametrize(("codes", "year"), [((1, 2), 2016), ((1, 7), 2024)], ids=["codes of then", "codes of now"])
@pytest.mark.parametrize("first", [True, False], ids=["read before the maps", "read after them"])
def test_an_own_file_is_placed_by_its_codes_in_whatever_order_files_are_read(tmp_path, codes, year, first):
    path = tmp_path / "eigen.csv"
    rows = [f"{wijk(n)};vertrouwen;2022;6{n}" for n in codes]
    path.write_text("\n".join(["gebied_code;indicator;periode;waarde", *rows, ""]), encoding="utf-8")
    if first:
        importer.import_files([path], tmp_path, CATALOGUE)
    draw(tmp_path, borders([wijk(1), wijk(2)], 2016), 2016)
    draw(tmp_path, borders([wijk(n) for n in (1, 7, 8, 9)], 2024, SIDE / 2), 2024)
    if not first:
        importer.import_files([path], tmp_path, CATALOGUE)

    store = versions.require(tmp_path)
    editions = queries.editions(store).set_index("source")
    assert editions.loc["eigen", "division"] == year
    figures = queries.observations(store, ["vertrouwen"], Level.WIJK).set_index("code")["value"].dropna().to_dict()
    assert figures == ({} if year == 2016 else {wijk(1): 61.0, wijk(7): 67.0})


# --- gemeenten ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "years", "expected"),
    [
        pytest.param(["GM0599"], (2016, 2024), {("GM0599", "GM0599", "A")}, id="Rotterdam stayed"),
        pytest.param(["GM0599"], (2024, 2016), {("GM0599", "GM0599", "A")}, id="and back"),
        pytest.param(["GM0457"], (2022, 2022), {("GM0457", "GM0457", "A")}, id="one year"),
        pytest.param(["GM9701"], (2016, 2024), {("GM9701", "GM9701", "A")}, id="a code that no list knows"),
        pytest.param(["GM0241"], (2015, 2024), {("GM0241", "GM1945", "B")}, id="Groesbeek is called Berg en Dal"),
        pytest.param(
            ["GM0241", "GM0265", "GM0282"],
            (2014, 2024),
            {("GM0241", "GM1945", "C"), ("GM0265", "GM1945", "C"), ("GM0282", "GM1945", "C")},
            id="before, it was three gemeenten",
        ),
        pytest.param(
            ["GM0856", "GM1685"],
            (2020, 2024),
            {("GM0856", "GM1991", "C"), ("GM1685", "GM1991", "C")},
            id="two whole ones became Maashorst",
        ),
        pytest.param(
            ["GM0363", "GM0457"],
            (2020, 2024),
            {("GM0363", "GM0363", "C"), ("GM0457", "GM0363", "C")},
            id="Amsterdam took in Weesp as a whole",
        ),
        pytest.param(
            ["GM0053"], (2018, 2024), {("GM0053", "GM1966", "D"), ("GM0053", "GM1969", "D")}, id="Winsum was divided"
        ),
        pytest.param(["GM0757"], (2020, 2024), {("GM0757", "GM0757", "D")}, id="Boxtel got a part of Haaren"),
        pytest.param(["GM0363"], (2024, 2020), {("GM0363", "GM0363", "D")}, id="back: Amsterdam was smaller"),
        pytest.param(["GM1991"], (2024, 2020), {("GM1991", "GM1991", "X")}, id="back: it was not there yet"),
    ],
)
def test_gemeenten_are_linked_by_the_list_of_mergers(codes, years, expected):
    then, now = years
    links = link_municipalities(division(then, *map(area, codes)), division(now, area("GM0599")))
    assert triples(links) == expected


@pytest.mark.parametrize("then", [2012, 2014, 2016, 2018, 2020, 2022])
def test_what_is_summed_for_a_gemeente_is_all_of_it(then):
    """Of every gemeente of 2024: one source, or all gemeenten whose territory lies in it now, or parts and no sum."""
    there = [code for code in gemeenten.every() if gemeenten.exists(code, then)]
    links = link_municipalities(division(then, *map(area, there)), division(2024, area("GM0599")))
    assert links["code_to"].map(lambda code: gemeenten.exists(code, 2024)).all()
    assert set(links["code_from"]) == set(there)
    for target, rows in links.groupby("code_to"):
        from_where = {code for code in there if target in gemeenten.heirs(code, 2024)}
        one_to_one = rows[rows["klass"].isin(["A", "B"])]
        union = set(rows.loc[rows["klass"] == "C", "code_from"])
        assert len(one_to_one) <= 1, target
        assert not len(one_to_one) or from_where == set(one_to_one["code_from"]), target
        assert not union or union == from_where, target
        assert all(gemeenten.heirs(code, 2024) == (target,) for code in union), target
