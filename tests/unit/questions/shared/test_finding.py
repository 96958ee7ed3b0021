"""Finding any gemeente, wijk, buurt or topic by what people type."""

import pytest

from tests.links_examples import FAR, LEFT, RIGHT, File, store_of
from wijkdata.questions.shared import finding
from wijkdata.questions.shared.finding import Kind

# Den Haag has two wijken called Centrum, and water; Groningen one Centrum, in which more people live.
HAAG = [
    ("WK051801", "Centrum", LEFT),
    ("WK051802", "Centrum", RIGHT),
    ("WK051803", "Wijk 03 Moerwijk", FAR),
    ("WK051899", "Groot water", (0, 10, 2, 12)),
]
GRONINGEN = [("WK001400", "Centrum", (40, 40, 42, 42)), ("WK001401", "Oud-Zuid Café", (44, 40, 46, 42))]
PEOPLE = [("WK051801", 4_000), ("WK051802", 5_000), ("WK051803", 9_000), ("WK001400", 20_000), ("WK001401", 100)]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    figures = [(code, "inwoners", 2024, n) for code, n in PEOPLE]
    figures += [(code, "bijstand_1000", 2024, 50.0) for code, _ in PEOPLE]
    areas = [*HAAG, *GRONINGEN]
    return store_of(tmp_path_factory.mktemp("zoeken"), File(2024, areas, figures, water=("WK051899",)))


def ids(store, typed, municipality="GM0518"):
    return [one.id for one in finding.find(store, typed, municipality)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("Den Haag", "GM0518", id="the popular name"),
        pytest.param("'s-gravenhage", "GM0518", id="the official name"),
        pytest.param("DENHAAG", None, id="not as one word"),
        pytest.param("moerw", "WK051803", id="the beginning of a name, without the number of the wijk"),
        pytest.param("zuid", "WK001401", id="a word inside"),
        pytest.param("cafe oud", "WK001401", id="words in another order, without the accent"),
        pytest.param("centrum groningen", "WK001400", id="with its gemeente"),
        pytest.param("wk051803", "WK051803", id="a code"),
        pytest.param("armoede", "bijstand_1000", id="a topic by a word of people"),
        pytest.param("moerwjk", "WK051803", id="a typing error"),
    ],
)
def test_the_first_that_is_found(store, typed, expected):
    assert (ids(store, typed)[:1] or [None])[0] == expected


@pytest.mark.parametrize("typed", ["", "  ", "-", "olifantenpad", "groot water", "centrum olifant", "<img>"])
def test_nothing_is_found_and_water_is_no_place(store, typed):
    assert ids(store, typed) == []


@pytest.mark.parametrize(
    ("municipality", "order"),
    [
        ("GM0518", ["WK051802", "WK051801", "WK001400"]),
        ("GM0014", ["WK001400", "WK051802", "WK051801"]),
    ],
)
def test_of_one_name_the_own_gemeente_comes_first_then_the_largest(store, municipality, order):
    assert ids(store, "centrum", municipality) == order


def test_a_code_is_needed_only_where_two_names_in_one_gemeente_are_equal(store):
    found = finding.find(store, "centrum", "GM0518")
    assert [(one.municipality_name, one.told_apart) for one in found] == [
        ("'s-Gravenhage", True),
        ("'s-Gravenhage", True),
        ("Groningen", False),
    ]


def test_what_only_looks_like_it_says_so(store):
    assert [one.nearly for one in finding.find(store, "moerwjk", "GM0518")] == [True]
    assert not any(one.nearly for one in finding.find(store, "moerwijk", "GM0518"))


def test_a_dissolved_gemeente_leads_to_the_one_of_now(tmp_path):
    eemsdelta = [("WK197901", "Delfzijl-Centrum", LEFT)]
    store = store_of(tmp_path, File(2024, eemsdelta, [("WK197901", "inwoners", 2024, 5_000)]))
    first = finding.find(store, "delfzijl", "GM1979")[0]
    assert (first.kind, first.id, first.name, first.municipality) == (
        Kind.GEMEENTE,
        "GM0010",
        "Delfzijl (nu Eemsdelta)",
        "GM1979",
    )
