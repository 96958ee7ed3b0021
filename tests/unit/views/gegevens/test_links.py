"""The drawing and the table of what became of areas: valid, counted, in Dutch, and without markup from a name."""

import json
from dataclasses import replace

import pytest

from tests.links_examples import AFTER, BEFORE, CATALOGUE, File, store_of, town
from wijkdata.areas import Level
from wijkdata.questions.gegevens import links
from wijkdata.questions.gegevens.answer import Kind
from wijkdata.views.gegevens import links as drawing
from wijkdata.views.gegevens import words
from wijkdata.views.shared.theme import DARK, LIGHT, PRESENTING

NAN = float("nan")
NAUGHTY = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    store = town(tmp_path_factory.mktemp("koppelingen"))
    return links.answer(store, CATALOGUE, "GM0518", Level.WIJK, 2016)


def areas_of(spec):
    """The features of the layer with the areas."""
    found = [
        json.loads(layer["data"]["values"])
        for layer in spec["layer"]
        if isinstance(layer.get("data", {}).get("values"), str)
    ]
    return next(one["features"] for one in found if "kind" in one["features"][0]["properties"])


@pytest.mark.parametrize("theme", [LIGHT, DARK, replace(LIGHT, k=PRESENTING)], ids=["light", "dark", "presenting"])
def test_the_map_is_valid_and_draws_every_area_with_its_kind(answer, theme):
    spec = drawing.chart(answer, theme).to_dict()  # validated against the Vega-Lite schema
    drawn = {one["properties"]["code"]: one["properties"] for one in areas_of(spec)}
    assert {code: one["kind"] for code, one in drawn.items()} == answer.kinds
    assert {one["what"] for one in drawn.values()} == {
        words.KINDS[kind] for kind in (Kind.SAME, Kind.RECODED, Kind.REDRAWN)
    }
    scale = next(layer["encoding"]["color"]["scale"] for layer in spec["layer"] if "color" in layer.get("encoding", {}))
    assert scale["domain"] == [Kind.SAME, Kind.RECODED, Kind.REDRAWN, Kind.UNKNOWN]
    assert len(set(scale["range"])) == 4, "four kinds, four colours"
    assert "http" not in json.dumps({**spec, "$schema": ""}), "nothing is asked from outside"


def test_only_the_example_is_marked_as_made_up(answer):
    real, made_up = (
        json.dumps(drawing.chart(answer, theme).to_dict()) for theme in (LIGHT, replace(LIGHT, fictional=True))
    )
    assert "fictief" not in real
    assert "fictief" in made_up


def test_the_legend_counts_every_kind_that_there_is(answer):
    html = drawing.legend(answer, LIGHT)
    for text in ("hetzelfde gebied: 2", "hetzelfde gebied, andere code: 2", "andere grenzen: 4"):
        assert text in html
    assert "niet bekend" not in html, "a kind without areas is not in it"


def test_the_map_in_words_counts_and_names(answer):
    text = words.links_text(answer)
    assert text.startswith("De wijken van 's-Gravenhage nu, tegenover 2016.")
    assert "2: hetzelfde gebied; 2: hetzelfde gebied, andere code; 4: andere grenzen." in text
    for name in ("Heechterp", "Groot-West", "Groot-Oost", "Nieuw"):
        assert name in text
    assert "Ver" not in text.replace("Veranderd", "")


def test_more_than_twelve_changed_areas_are_not_all_named(answer):
    one = next(feature for feature in answer.features if feature["properties"]["kind"] == Kind.REDRAWN)
    many = tuple({**one, "properties": {**one["properties"], "name": f"Plaats {n}"}} for n in range(15))
    text = words.links_text(replace(answer, features=many))
    assert "Plaats 11" in text and "en meer" in text
    assert "Plaats 12" not in text


def test_the_table_has_dutch_headings_and_every_link(answer):
    table = drawing.table(answer)
    assert table.columns.tolist() == [
        *("In 2016", "Code toen", "Is", "Nu", "Code nu", "Deel van toen (%)", "Deel van nu (%)", "Bewijs"),
    ]
    assert len(table) == len(answer.links)
    assert set(table["Code toen"]) == {code for code, *_ in BEFORE}
    assert set(table["Code nu"].dropna()) == {code for code, *_ in AFTER}
    assert table["Is"].notna().all() and set(table["Is"]) <= set(words.CLASSES.values())
    assert set(table["Bewijs"]) == {"grens van beide jaren"}
    shares = table[table["Code toen"] == "WK051803"].set_index("Code nu")
    assert shares["Deel van toen (%)"].round(6).to_dict() == {"WK051806": 75.0, "WK051807": 25.0}
    assert shares["Deel van nu (%)"].round(6).to_dict() == {"WK051806": 100.0, "WK051807": 100.0}


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (("grens", NAN, ""), "grens van beide jaren"),
        (("grens_tussen", 2016.0, ""), "grens van een eerder jaar, code en naam bleven (2016)"),
        (("besluit", NAN, "zie raadsbesluit 12"), "besluit van een gebruiker (zie raadsbesluit 12)"),
        (("tabel", 2023.0, ""), "tabel met wijzigingen (2023)"),
        (("geen", NAN, ""), "geen bewijs"),
    ],
)
def test_evidence_is_said_in_dutch(answer, evidence, expected):
    table = drawing.table(
        replace(answer, links=answer.links.assign(evidence=evidence[0], via=evidence[1], reason=evidence[2]))
    )
    assert set(table["Bewijs"]) == {expected}


def test_every_kind_of_evidence_has_its_words():
    from wijkdata.analysis.harmonise import classes, municipal

    kinds = {classes.DECIDED, classes.TABLE, classes.SAME_DIVISION, classes.BORDER, classes.COLUMN, classes.BETWEEN}
    kinds |= {classes.PEOPLE, classes.NAMED, classes.NONE, municipal.BY_LIST}
    assert kinds == set(words.EVIDENCE)


def test_an_area_without_a_name_stands_under_its_code(tmp_path):
    bare = [(code, None, box) for code, _, box in BEFORE]
    store = store_of(tmp_path, File(2016, bare), File(2024, AFTER, table="nu"))
    table = drawing.table(links.answer(store, CATALOGUE, "GM0518", Level.WIJK, 2016))
    assert (table["In 2016"] == table["Code toen"]).all()


def test_without_borders_there_is_still_a_table(tmp_path):
    then, now = ([(code, name, None) for code, name, _ in areas] for areas in (BEFORE, AFTER))
    store = store_of(tmp_path, File(2016, then), File(2024, now, table="nu"))
    made = links.answer(store, CATALOGUE, "GM0518", Level.WIJK, 2016)
    assert (made.features, made.outline, made.borders) == ((), (), "")
    assert set(drawing.table(made)["Is"]) == {"niet bekend"}
    assert "niet bekend" in words.links_text(made)


def test_a_name_brings_no_markup_into_the_legend(answer):
    feature = {**answer.features[0], "properties": {**answer.features[0]["properties"], "name": NAUGHTY}}
    made = replace(answer, features=(feature,), municipality_name=NAUGHTY)
    assert NAUGHTY not in drawing.legend(made, LIGHT)
