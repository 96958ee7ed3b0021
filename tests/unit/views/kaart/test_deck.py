"""The map as drawn: colours by an expression that the browser can read, nothing from outside, names that do not touch."""

import json
import re
from dataclasses import replace
from functools import reduce
from html import unescape

import numpy as np
import pandas as pd
import pytest

from tests.kaart_examples import cohesion, indicator, place_with, wijk
from wijkdata import dutch
from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.questions.kaart import card as kaart_card
from wijkdata.questions.kaart import question
from wijkdata.questions.kaart.answer import ClassKind, MapChoice
from wijkdata.questions.kaart.comparison import compare
from wijkdata.questions.shared import boundaries
from wijkdata.views.kaart import deck, lines
from wijkdata.views.kaart.activities import rgb
from wijkdata.views.shared.theme import DARK, LIGHT

CATALOGUE = load()
CODES = [wijk(n) for n in range(1, 9)]
PILLAR = "pijler:weerbaarheid"


@pytest.fixture(scope="module")
def monitor(tmp_path_factory):
    """Eight wijken: 1-7 with scores from very low to very high, 8 without."""
    scores = dict(zip(CODES, (50, 60, 80, 100, 120, 140, 150), strict=False))
    rows = [*cohesion(2022, scores), *indicator("65_plus", 2022, {code: n for n, code in enumerate(CODES[:5])})]
    return place_with(tmp_path_factory.mktemp("kaart"), dict.fromkeys(rows), CODES)


@pytest.fixture(scope="module")
def answer(monitor):
    return question.answer(monitor, CATALOGUE, MapChoice("GM0518", Level.WIJK, PILLAR, 2022))


@pytest.fixture(scope="module")
def shapes(monitor):
    return boundaries.shapes(monitor, CATALOGUE, "GM0518", Level.WIJK, 2024)


def with_areas(answer, **columns):
    """The answer with other columns of its areas."""
    return replace(answer, figures=replace(answer.figures, areas=answer.figures.areas.assign(**columns)))


def layers(answer, shapes, theme=LIGHT, **options):
    made = deck.Drawing("/app/static/geo/a.json", "/app/static/geo/b.json", **options)
    spec = json.loads(deck.deck(answer, shapes, made, theme).to_json())
    return spec, {layer["id"]: layer for layer in spec["layers"]}


def evaluate(expression, i):
    """What deck.gl makes of `@@=([[r,g,b],...])[('0312...')[index]]` for one row."""
    table, places = expression.removeprefix("@@=(").split(")[('")
    return json.loads(table)[int(places.split("')[")[0][i])]


def under_pointer(html):
    """What a reader sees of each area, as map_controls.js reads it from what the page carries."""
    given = {name: unescape(value) for name, value in re.findall(r'data-(\w+)="([^"]*)"', html)}
    texts, signs = given["texts"].split(deck.BETWEEN), given["signs"]
    wide, rest, written = int(given["wide"]), given["which"], []
    while rest:
        place, rest = (rest[1 : 1 + wide], rest[1 + wide :]) if rest[0] == signs[-1] else (rest[0], rest[1:])
        number = reduce(lambda total, sign: total * len(signs) + signs.index(sign), place, 0)
        written.append(texts[number] if number < int(given["n"]) else f"{texts[number]} {given['unit']}")
    return written


def test_each_area_gets_the_colour_of_its_class(answer, shapes):
    _, found = layers(answer, shapes)
    fill = found["vlakken-0"]["getFillColor"]
    assert [evaluate(fill, i) for i in range(7)] == [rgb(colour) for colour in LIGHT.low_to_high]
    assert evaluate(fill, 7) == [255, 255, 255]  # without a class: paper, under hatching


def test_hatching_is_seen_where_there_is_no_class_and_the_outline_always(answer, shapes):
    _, found = layers(answer, shapes)
    colours = [evaluate(found["arcering"]["getColor"], i) for i in range(9)]
    assert colours == [[0, 0, 0, 0]] * 7 + [rgb(LIGHT.hatch)] * 2


def test_the_browser_is_told_when_colours_change_and_shapes_are_an_address(answer, shapes):
    _, found = layers(answer, shapes)
    other = with_areas(answer, klass=0)
    _, changed = layers(other, shapes)
    assert found["vlakken-0"]["data"] == changed["vlakken-0"]["data"] == "/app/static/geo/a.json"
    assert found["vlakken-0"]["updateTriggers"] != changed["vlakken-0"]["updateTriggers"]


def test_nothing_is_asked_from_outside(answer, shapes):
    spec, _ = layers(answer, shapes)
    assert "mapProvider" not in spec
    assert spec.get("mapStyle", "__MAP_STYLE__") == "__MAP_STYLE__"  # Streamlit's own word for "none was given"
    assert "http" not in json.dumps(spec)


def test_the_chosen_area_is_outlined_in_ink(answer, shapes, monitor):
    outline = boundaries.outline(monitor, CATALOGUE, Level.WIJK, 2024, CODES[2])
    _, found = layers(answer, shapes, chosen=CODES[2], outline=outline)
    assert found["gekozen"]["getLineColor"] == rgb(LIGHT.ink)
    assert found["gekozen"]["getLineWidth"] == 3.5
    assert found["gekozen"]["data"][0]["properties"]["c"] == CODES[2]


def test_a_click_makes_the_layer_a_new_one(answer, shapes):
    assert "vlakken-3" in layers(answer, shapes, clicks=3)[1]


def test_names_of_the_chosen_and_the_extremes_that_do_not_touch(answer, shapes):
    _, found = layers(answer, shapes, chosen=CODES[3])
    names = [row["n"] for row in found["namen"]["data"]]
    assert names[0] == "Plaats 04"
    assert "Plaats 01" in names
    assert set(names) <= {"Plaats 04", "Plaats 01", "Plaats 07", "Plaats 06", "Plaats 05"}
    crowded = with_areas(answer, name="Een heel lange naam van een wijk in deze gemeente")
    assert len(layers(crowded, shapes, chosen=CODES[3])[1]["namen"]["data"]) < len(names)


def test_water_is_water_and_not_without_figures(answer, shapes):
    reasons = answer.figures.areas["reason"].mask(answer.figures.areas.index == CODES[7], "water")
    figures = replace(answer.figures, areas=answer.figures.areas.assign(reason=reasons), missing=(("water", 1),))
    wet = replace(answer, figures=figures, text=replace(answer.text, reasons={"water": "water"}))
    _, found = layers(wet, shapes)
    assert evaluate(found["vlakken-0"]["getFillColor"], 7) == rgb(LIGHT.water)
    assert evaluate(found["arcering"]["getColor"], 7) == [0, 0, 0, 0]
    legend = deck.legend(wet, LIGHT)
    assert "<span>geen gegevens</span><b>–</b>" in legend and "<span>water</span><b>1</b>" in legend
    assert "water: 1" in legend and "geen gegevens, water" not in legend


@pytest.mark.parametrize(
    ("topic", "first", "last"),
    [
        pytest.param(PILLAR, "50 (Nederland = 100)", "geen gegevens, zonder cijfer in deze bron", id="score"),
        pytest.param("65_plus", "0 %", "geen gegevens, zonder cijfer in deze bron", id="share"),
    ],
)
def test_the_browser_has_the_value_of_every_area_with_its_unit(monitor, shapes, topic, first, last):
    made = question.answer(monitor, CATALOGUE, MapChoice("GM0518", Level.WIJK, topic, 2022))
    written = under_pointer(deck.carried(deck.values(made, shapes)))
    assert (written[0], written[-1]) == (first, last)


@pytest.mark.parametrize("n", [40, 400, 9_000])
def test_however_many_values_there_are_each_area_has_its_own(answer, shapes, n):
    codes = tuple(f"WK{number:06}" for number in range(n))
    areas = pd.DataFrame({"value": [float(n - number) for number in range(n)], "reason": None}, index=codes)
    areas.loc[codes[5], ["value", "reason"]] = np.nan, "few"
    text = replace(answer.text, unit='"<keer> & meer"', reasons={"few": "te klein | te grof"})
    many = replace(answer, figures=replace(answer.figures, areas=areas), text=text)
    written = under_pointer(deck.carried(deck.values(many, replace(shapes, codes=codes))))
    given = [f"{dutch.number(n - number, many.topic.decimals)} {deck.values(many, shapes).unit}" for number in range(n)]
    assert written == [*given[:5], "geen gegevens, te klein / te grof", *given[6:]]


def test_a_view_that_is_asked_again_differs_in_every_number(answer, shapes):
    first, again = (layers(answer, shapes, asked=asked)[0]["initialViewState"] for asked in (1, 2))
    assert {name for name in first if first[name] != again[name]} == {"longitude", "latitude", "zoom"}
    assert max(abs(first[name] - again[name]) for name in first) < 1e-5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_neutral_topics_take_the_one_sided_scale(monitor, theme):
    neutral = question.answer(
        monitor, CATALOGUE, MapChoice("GM0518", Level.WIJK, "65_plus", 2022, classes=ClassKind.SPREAD)
    )
    assert tuple(deck.ramp(neutral, theme)) == theme.sequential


def test_the_legend_counts_every_area_and_escapes_names(answer):
    html = deck.legend(replace(answer, text=replace(answer.text, lead="<b>x</b>")), LIGHT)
    assert [part.split("</b>")[0] for part in html.split("<b>")[1:]] == ["1"] * 8  # seven classes, and hatched
    assert "&lt;b&gt;x" in html
    assert "wd-hatch" in html and "geen gegevens" in html
    assert "geen gegevens, zonder cijfer in deze bron: 1" in html  # for a screen reader


def test_the_legend_of_a_fictional_place_says_so(answer):
    assert "fictief" in deck.legend(replace(answer, fictional=True), LIGHT)
    assert "fictief" not in deck.legend(replace(answer, fictional=True), LIGHT, marked=False)
    assert "fictief" not in deck.legend(answer, LIGHT)


def test_the_table_has_every_area_and_why_it_has_no_class(answer):
    table = deck.table(answer)
    assert len(table) == 8
    assert list(table.columns)[:2] == ["Code", "Wijk"]
    last = table.iloc[-1]
    assert (last["Klasse"], last["Geen klasse, want"]) == ("", "zonder cijfer in deze bron")


@pytest.mark.parametrize("values", [(80, 90), (80, 80)], ids=["apart", "on top of each other"])
def test_labels_at_the_ends_of_lines_do_not_touch(tmp_path, values):
    rows = cohesion(2022, dict(zip(CODES, values, strict=False)))
    made = compare(place_with(tmp_path, rows), CATALOGUE, tuple(CODES[:2]), PILLAR, 2022)
    spec = lines.comparison(made, LIGHT).to_dict()
    rows = spec.get("data", spec["layer"][0].get("data"))["values"]
    ends = [row for row in rows if "l" in row]
    height = lines.HEIGHT_COMPARISON - 40
    span = max(row["v"] for row in rows) - min(row["v"] for row in rows)
    places = sorted(-(row["v"] / span * height if span else 0) + row["d"] for row in ends)
    assert places[1] - places[0] >= lines.LABEL_HEIGHT - 0.1


def test_the_card_draws_the_chosen_line_thickest(tmp_path):
    rows = dict.fromkeys([*cohesion(2020, dict.fromkeys(CODES, 80)), *cohesion(2022, dict.fromkeys(CODES, 90))])
    card = kaart_card.card(
        place_with(tmp_path, rows), CATALOGUE, CODES[0], MapChoice("GM0518", Level.WIJK, PILLAR, 2022)
    )
    spec = lines.card(card, LIGHT).to_dict()
    width = spec["layer"][0]["layer"][0]["encoding"]["strokeWidth"]["scale"]
    assert width["type"] == "ordinal"  # else Vega-Lite interpolates between the first two
    assert max(zip(width["range"], width["domain"], strict=True))[1] == card.name


def test_the_table_has_the_numbers_of_the_circles_and_none_is_not_zero(answer):
    codes = list(answer.figures.areas.index)
    column = deck.table(answer, {codes[0]: 3}).set_index("Code")["Activiteiten"]
    assert column[codes[0]] == 3
    assert column.drop(codes[0]).isna().all()
    assert "Activiteiten" not in deck.table(answer)
