"""Which area of another year is which area of now, in words: where a code leads, why a figure is missing, what became of what."""

import json

import pytest
import shapely

from tests.links_examples import AFTER, BEFORE, BOTH, CATALOGUE, LEFT, RIGHT, File, store_of, town, wijk
from tests.participation_examples import activity
from wijkdata.areas import Level
from wijkdata.loading.figures.link_decisions import Decision, decide
from wijkdata.questions.gegevens import links as gegevens_links
from wijkdata.questions.gegevens.answer import Kind
from wijkdata.questions.kaart import activities as kaart_activities
from wijkdata.questions.shared import links
from wijkdata.store.participation import registers
from wijkdata.store.participation.registers import NO_PLACES, Places
from wijkdata.views.gegevens import words

PLACE = "GM0518"
HEMPENS, OOST, GROOT, VER, KERN, WEG = (wijk(number) for number in (1, 2, 3, 4, 8, 10))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The gemeente of links_examples, and Eemsdelta with one wijk of what was Delfzijl."""
    eems = File(2024, [("WK197901", "Farmsum", (30, 30, 32, 32)), ("GM1979", "Eemsdelta", None)], table="eemsdelta")
    delfzijl = File(2016, [("WK001005", "Farmsum", (30, 30, 32, 32)), ("GM0010", "Delfzijl", None)], table="delfzijl")
    return town(tmp_path_factory.mktemp("plaats"), eems, delfzijl)


# --- where a code leads ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "year", "name", "expected"),
    [
        pytest.param(OOST, 2016, "", OOST, id="the same area"),
        pytest.param(HEMPENS, 2016, "", wijk(5), id="by its year: the area under its new code"),
        pytest.param(HEMPENS, 2024, "", HEMPENS, id="by its year: the area of now"),
        pytest.param(HEMPENS, None, "", HEMPENS, id="a bare code that is a place"),
        pytest.param(HEMPENS, None, "Hempens", wijk(5), id="by its name then"),
        pytest.param(HEMPENS, None, "Wijk 01 Heechterp", HEMPENS, id="by its name now"),
        pytest.param(HEMPENS, None, "Elders", None, id="a name that it never had"),
        pytest.param(HEMPENS, 1990, "hempens", wijk(5), id="a year nobody knows: by its name"),
        pytest.param(KERN, None, "", wijk(9), id="a bare code that is no place any more"),
        pytest.param(GROOT, 2016, "", None, id="split"),
        pytest.param(GROOT, None, "", None, id="split, without a year"),
        pytest.param(WEG, 2016, "", None, id="its code is another area"),
        pytest.param(wijk(77), 2016, "", None, id="never heard of"),
        pytest.param("WK001005", None, "", "WK197901", id="of a gemeente that merged"),
    ],
)
def test_where_an_area_of_before_is_now(store, code, year, name, expected):
    assert links.now(store, code, year, name) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param(KERN, (wijk(9), "Kern (WK051808, indeling 2016) is nu Kern (WK051809)."), id="another code"),
        pytest.param("WK001005", ("WK197901", "Farmsum (WK001005, indeling 2016) is nu Farmsum (WK197901)."), id="another gemeente"),
        pytest.param("GM0010", ("GM1979", "Delfzijl hoort sinds 2021 bij Eemsdelta."), id="a gemeente that merged"),
        pytest.param("GM0003", ("GM1979", "Appingedam hoort sinds 2021 bij Eemsdelta."), id="one that was never read in"),
        pytest.param("GM0005", None, id="merged into a gemeente that is not here"),
        pytest.param("GM1979", None, id="a gemeente of now"),
        pytest.param(HEMPENS, None, id="a code that is a place"),
        pytest.param(GROOT, None, id="a code that leads nowhere"),
        pytest.param(wijk(77), None, id="never heard of"),
    ],
)  # fmt: skip
def test_an_old_link_leads_on_and_says_so(store, code, expected):
    moved = links.moved(store, code)
    assert (None if moved is None else (moved.code, moved.text)) == expected


def test_dissolved_gemeenten_that_lie_here_can_be_found(store):
    assert {code: found.code for code, found in links.dissolved(store).items()} == dict.fromkeys(
        ["GM0003", "GM0010", "GM0024"], "GM1979"
    )


# --- why there is no figure -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "reason", "expected"),
    [
        pytest.param(HEMPENS, "other_area", "in 2016 was WK051801 een ander gebied: Hempens", id="another area"),
        pytest.param(wijk(6), "border_changed", "in 2016 met andere grenzen gemeten, binnen Groot (100%)", id="a part"),
        pytest.param(
            OOST, "border_changed", "in 2016 met andere grenzen gemeten, binnen Oost (100%)", id="number taken off"
        ),
        pytest.param(
            "WK197901",
            "dissolved",
            "in 2016 met andere grenzen gemeten, binnen Farmsum in Delfzijl (100%)",
            id="merged",
        ),
        pytest.param(wijk(6), "link_unknown", "niet bekend of dit in 2016 hetzelfde gebied was", id="not known"),
        pytest.param(OOST, "suppressed", "verborgen door de uitgever", id="no matter of links"),
    ],
)
def test_why_a_place_has_no_figure(store, code, reason, expected):
    assert links.why_missing(store, code, reason, 2016) == expected


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("border_changed", "in 1999 met andere grenzen gemeten"),
        ("dissolved", "in 1999 onder een opgeheven gemeente gemeten"),
    ],
)
def test_why_without_a_part_that_is_known(store, reason, expected):
    assert links.why_missing(store, OOST, reason, 1999) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [(GROOT, "Groot-West (75%) en Groot-Oost (25%)"), (HEMPENS, "Hempens (100%)"), (WEG, ""), (wijk(77), "")],
)
def test_where_an_area_of_before_lies_now(store, code, expected):
    assert links.where_now(store, [code], 2016) == {code: expected}


def test_more_than_three_parts_are_counted(tmp_path):
    strips = [(wijk(20 + n), f"Strook {n}", (n, 0, n + 1, 2)) for n in range(5)]
    store = store_of(tmp_path, File(2016, [(GROOT, "Groot", (0, 0, 5, 2))]), File(2024, strips, table="nu"))
    said = links.where_now(store, [GROOT], 2016)[GROOT]
    assert said.endswith(" en 2 meer")
    assert said.count("(20%)") == 3


@pytest.mark.parametrize(
    ("code", "divisions", "expected"),
    [
        pytest.param(OOST, [2024], "", id="its own division"),
        pytest.param(OOST, [], "", id="no figures"),
        pytest.param(OOST, [2016, 2024], "Gemeten in de indeling van 2016: hetzelfde gebied.", id="another year"),
        pytest.param(wijk(5), [2016], "Gemeten in de indeling van 2016 (toen WK051801): hetzelfde gebied.", id="another code"),
    ],
)  # fmt: skip
def test_where_figures_of_another_division_come_from(store, code, divisions, expected):
    assert links.origin_text(store, code, divisions) == expected


# --- what became of a gemeente --------------------------------------------------------------------------------------

KINDS = {
    **dict.fromkeys([OOST, VER], Kind.SAME),
    **dict.fromkeys([wijk(5), wijk(9)], Kind.RECODED),
    **dict.fromkeys([HEMPENS, wijk(6), wijk(7), WEG], Kind.REDRAWN),
}


@pytest.fixture(scope="module")
def answer(store):
    return gegevens_links.answer(store, CATALOGUE, PLACE, Level.WIJK, 2016)


def test_every_area_of_now_has_a_kind_and_is_counted_once(answer):
    assert answer.kinds == KINDS
    assert answer.counts == {Kind.SAME: 2, Kind.RECODED: 2, Kind.REDRAWN: 4, Kind.UNKNOWN: 0}
    assert sum(answer.counts.values()) == answer.n == len(AFTER)
    assert (answer.municipality_name, answer.since, answer.until, answer.fictional) == (
        "'s-Gravenhage",
        2016,
        2024,
        False,
    )


def test_every_area_is_drawn_the_right_way_round(answer):
    assert {one["properties"]["code"]: one["properties"]["kind"] for one in answer.features} == KINDS
    for one in answer.features:
        shape = shapely.from_geojson(json.dumps(one["geometry"]))
        # The inside of a clockwise ring is the area itself for d3.
        assert all(not shapely.is_ccw(shapely.get_exterior_ring(part)) for part in shapely.get_parts(shape))
    assert answer.outline and answer.borders


def test_its_sentences_count_what_stayed(answer):
    assert words.links_title(answer) == "'s-Gravenhage: 4 van de 8 wijken zijn hetzelfde gebied als in 2016"
    lead = words.links_lead(answer)
    assert "2 daarvan kregen een andere code; 4 wijken kregen andere grenzen" in lead
    source = words.links_source(answer).text
    assert "grens van beide jaren" in source and "indeling 2024" in source and "n\u00a0=\u00a08" in source


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        pytest.param([LEFT, RIGHT], [LEFT, RIGHT], "alle 2 wijken zijn dezelfde gebieden als in 2016", id="all"),
        pytest.param([BOTH], [BOTH], "de enige 1 wijken zijn dezelfde gebieden als in 2016", id="the only one"),
        pytest.param([BOTH], [LEFT, RIGHT], "van geen enkele wijk is bekend dat zij hetzelfde gebied is als in 2016", id="none"),
    ],
)  # fmt: skip
def test_the_title_of_all_and_of_none(tmp_path, then, now, expected):
    old, new = ([(wijk(n), f"Plaats {n}", box) for n, box in enumerate(boxes, 1)] for boxes in (then, now))
    store = store_of(tmp_path, File(2016, old), File(2024, new, table="nu"))
    title = words.links_title(gegevens_links.answer(store, CATALOGUE, PLACE, Level.WIJK, 2016))
    if "enige" in expected:
        assert "enige wijk is hetzelfde gebied als in 2016" in title
    else:
        assert title == f"'s-Gravenhage: {expected}"


def test_years_and_levels_to_choose_from(store, tmp_path):
    assert gegevens_links.years(store, CATALOGUE, PLACE, Level.WIJK) == (2016,)
    assert gegevens_links.levels(store, CATALOGUE, PLACE) == (Level.WIJK,)
    one = store_of(tmp_path, File(2024, AFTER))
    assert gegevens_links.years(one, CATALOGUE, PLACE, Level.WIJK) == gegevens_links.levels(one, CATALOGUE, PLACE) == ()


def test_the_table_of_one_gemeente_is_the_part_of_the_whole_table(store):
    everything, here = gegevens_links.table(store), gegevens_links.table(store, PLACE)
    inside = everything["code_from"].str.startswith("WK0518")
    assert here.reset_index(drop=True).equals(everything[inside].reset_index(drop=True))
    assert set(here["code_from"]) == {code for code, *_ in BEFORE}
    assert set(gegevens_links.table(store, "GM1979", Level.WIJK)["code_from"]) == {"WK001005"}


def test_a_decision_stands_beside_the_links_of_its_gemeente(tmp_path):
    town(tmp_path)
    store = decide(tmp_path, CATALOGUE, Decision(GROOT, 2016, wijk(6), 2024, True, "Alleen het park ging eraf"))
    made = gegevens_links.answer(store, CATALOGUE, PLACE, Level.WIJK, 2016)
    assert made.kinds[wijk(6)] == Kind.RECODED
    assert made.decisions["reason"].tolist() == ["Alleen het park ging eraf"]
    assert "besluit van een gebruiker" in words.links_source(made).text


# --- activities under codes of before -------------------------------------------------------------------------------


def recorded(folder, *areas):
    started = {"status": "loopt", "start_planned": "1-9-2023", "start_actual": "3-9-2023"}
    registers.save(folder, [activity(None, {"area": [area]}, **started) for area in areas], "test")


def test_what_written_codes_are_called_now(store):
    of = links.places(store).of
    wanted = {
        (HEMPENS, "2016"): wijk(5),
        (HEMPENS, ""): HEMPENS,
        (KERN, "2016"): wijk(9),
        (KERN, ""): wijk(9),
        (OOST, "2016"): OOST,
    }
    lost = {(GROOT, "2016"): f"{GROOT}@2016", (WEG, "2016"): f"{WEG}@2016", ("GM0010", ""): "GM1979"}
    assert {key: of.get(key, key[0]) for key in wanted | lost} == wanted | lost
    assert (GROOT, "") not in of
    assert links.places_of(None) is NO_PLACES


@pytest.mark.parametrize(
    ("area", "counts"),
    [
        pytest.param({"area": HEMPENS, "division": 2016}, {wijk(5): 1}, id="an old code with its year"),
        pytest.param({"area": HEMPENS, "division": 2024}, {HEMPENS: 1}, id="the same code with the year of now"),
        pytest.param({"area": KERN, "division": 2016}, {wijk(9): 1}, id="a code that is gone"),
        pytest.param({"area": WEG, "division": 2016}, {}, id="a code that is another area now"),
        pytest.param({"area": WEG, "division": 2024}, {WEG: 1}, id="that code now"),
        pytest.param({"area": GROOT, "division": 2016}, {}, id="an area that was split"),
        pytest.param({"area": OOST, "division": 2016}, {OOST: 1}, id="an area that stayed"),
    ],
)
def test_an_activity_counts_in_the_wijk_that_its_area_is_now(store, tmp_path, area, counts):
    recorded(tmp_path, area)
    register = registers.current(tmp_path, links.places(store))
    layer = kaart_activities.layer(register, store, CATALOGUE, PLACE, Level.WIJK, (2023, 2024))
    assert layer.counts == counts
    assert layer.n == 1, "it stays an activity of the gemeente"
    row = register.frame("area").iloc[0]
    assert row["area_then"] == area["area"], "what was written down is kept"
    assert [one.id for one in kaart_activities.listed(register, store, CATALOGUE, area["area"], (2023, 2024))] == (
        list(register.frame("activity")["id"]) if area["area"] in counts else []
    )


def test_without_places_a_code_is_what_was_written(store, tmp_path):
    recorded(tmp_path, {"area": HEMPENS, "division": 2016})
    for places in (NO_PLACES, Places("leeg", {})):
        register = registers.current(tmp_path, places)
        assert register.frame("area")["area"].tolist() == [HEMPENS]
