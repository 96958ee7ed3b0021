"""Voor en na, drawn and said: the band, the rule at the start, what lies over what, three rows always, Dutch numbers."""

import json
import math
import re
from dataclasses import replace

import pandas as pd
import pytest
from impact_answers import (
    ANSWER,
    COURSE,
    HEAD,
    MOMENTS,
    NAN,
    POOL,
    REBOUND,
    REFUSED,
    TOPIC,
    of_finding,
    of_head,
    topic_in,
    treated,
)

from wijkdata import dutch
from wijkdata.analysis.impact.judgement import Nothing
from wijkdata.catalogue import load as load_catalogue
from wijkdata.questions.voor_en_na.answer import CoursePoint, Moment, Spots
from wijkdata.views.shared.theme import DARK, LIGHT, PRESENTING
from wijkdata.views.voor_en_na import drawing, html, spots, words

FICTIONAL = replace(LIGHT, fictional=True)
SPOTS = Spots(
    (((5.0, 52.0), (5.1, 52.1)),),
    {"WK970111": (5.0, 52.0), "WK970201": (5.05, 52.05)},
    "verzonnen, indeling 2024",
    ("WK970202",),
)


RETURNED, MAPPED = drawing.Returned(HEAD, REBOUND), spots.Mapped(HEAD, POOL, SPOTS)


def drawn(view, shown, theme=LIGHT):
    return view(shown, theme).to_dict(validate=False)


def layers_of(view, shown=HEAD, theme=LIGHT):
    """(kind of mark, colour, rows) of every layer, in the order in which they are painted."""
    return [
        (one["mark"]["type"], one["mark"].get("color"), one["data"]["values"])
        for one in drawn(view, shown, theme)["layer"]
    ]


def rows_of(layer):
    """What a layer of the map shows; it is sent as text."""
    return json.loads(layer["data"]["values"])


def only(found, kind, colour=None):
    return [rows for mark, shade, rows in found if mark == kind and colour in (None, shade)]


def texts(found):
    return [row["t"] for kind, _, rows in found if kind == "text" for row in rows if "t" in row]


def test_the_lines_lie_over_the_band_and_the_treated_over_the_rest():
    kinds = [(kind, colour) for kind, colour, _ in layers_of(drawing.lines) if kind in ("area", "line")]
    assert kinds == [("area", LIGHT.band), ("line", LIGHT.ink2), ("line", LIGHT.acc)]
    one, other = [layer["mark"] for layer in drawn(drawing.lines, HEAD)["layer"] if layer["mark"]["type"] == "line"]
    assert (one["strokeDash"], other["strokeWidth"]) == ([4, 3], 3) and "strokeDash" not in other


def test_the_band_stands_round_what_would_have_happened():
    (band,) = only(layers_of(drawing.lines), "area")
    assert [(row["x"], row["v"], row["w"]) for row in band] == [
        (2016.5, 5.9, 6.1),
        (2018.5, 6.0, 6.4),
        (2020.5, 5.9, 6.5),
        (2022.5, 5.9, 6.7),
    ]


def test_the_band_of_the_difference_stands_round_nothing():
    found = layers_of(drawing.difference)
    (band,) = only(found, "area")
    assert [(row["v"], row["w"]) for row in band] == [(-0.1, 0.1), (-0.2, 0.2), (-0.3, 0.3), (-0.4, 0.4)]
    (zero,) = [rows for rows in only(found, "rule") if rows[0].get("v") == 0]
    assert (zero[0]["x"], zero[0]["x2"]) == (2016, 2022.5)
    (line,) = only(found, "line")
    assert [row["v"] for row in line] == [0.0, -0.1, 0.7, 1.0]


def test_the_start_is_a_rule_in_ink_between_the_measurements_round_it():
    for view in (drawing.lines, drawing.difference):
        (rule,) = only(layers_of(view), "rule", LIGHT.ink)
        assert 2018.5 < rule[0]["x"] < 2020.5 and rule[0]["x"] == pytest.approx(2019 + 34 / 366)
        assert "start in 2019" in texts(layers_of(view))


def test_the_years_of_both_figures_stand_under_each_other():
    one, other = (drawn(view, HEAD)["layer"][0]["encoding"] for view in (drawing.lines, drawing.difference))
    assert one["x"]["scale"] == other["x"]["scale"] and one["x"]["axis"] == other["x"]["axis"]
    extents = {(found["y"]["axis"]["minExtent"], found["y"]["axis"]["maxExtent"]) for found in (one, other)}
    assert len(extents) == 1


def test_the_names_stand_at_the_lines_with_dutch_numbers_and_never_touch():
    said = texts(layers_of(drawing.lines))
    assert "Zonnegaarde 7,30" in said and "wat er anders\ngebeurd zou zijn 6,30" in said
    assert "verschil +1,00" in texts(layers_of(drawing.difference))
    equal = tuple(replace(one, treated=6.0, comparison=6.0, difference=0.0) for one in MOMENTS)
    found = layers_of(drawing.lines, replace(HEAD, moments=equal))
    ends = sorted(row["y"] for kind, _, rows in found if kind == "text" for row in rows if row["x"] == 2022.5)
    assert ends[1] - ends[0] >= 26
    assert "verschil 0" in texts(layers_of(drawing.difference, replace(HEAD, moments=equal)))


def test_axes_and_tips_are_dutch_with_nothing_called_plus_zero():
    spec = drawn(drawing.difference, HEAD)
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    assert spec["layer"][0]["encoding"]["y"]["axis"]["labelExpr"].startswith("datum.value == 0 ? '0'")
    assert json.dumps(spec).count("+0,00") == 0
    assert json.dumps(spec).count("NaN") == 0


@pytest.mark.parametrize(
    ("names", "who", "band"),
    [
        (("Zonnegaarde",), "Zonnegaarde", "vergelijkbare wijken"),
        (("Zonnegaarde", "Veld", "Kanaal"), "De 3 wijken", "groepjes van 3 vergelijkbare wijken"),
    ],
)
def test_what_the_grey_is_stands_in_the_plot(names, who, band):
    more = replace(HEAD.intervention, areas=tuple(treated(name) for name in names))
    head = replace(HEAD, intervention=more)
    assert words.place(head) == who
    assert f"grijs: zo ver lopen 9 van de 10\n{band}\nvanzelf uiteen" in texts(layers_of(drawing.difference, head))
    assert texts(layers_of(drawing.lines, head)).count("grijs") == 0


def test_a_refusal_draws_the_bare_line_and_the_start_and_nothing_that_was_not_computed():
    found = layers_of(drawing.lines, REFUSED.head)
    assert only(found, "area") == [] and len(only(found, "line")) == 1
    assert len(only(found, "rule", LIGHT.ink)) == 1
    assert "NaN" not in json.dumps(drawn(drawing.lines, REFUSED.head))
    assert words.title_lines(REFUSED) == "De wijk, zonder vergelijking"


@pytest.mark.parametrize(
    ("view", "shown"), [(drawing.lines, HEAD), (drawing.difference, HEAD), (drawing.rebound, RETURNED)]
)
def test_every_panel_of_invented_figures_says_so(view, shown):
    assert "fictief" in json.dumps(drawn(view, shown, FICTIONAL))
    assert "fictief" not in json.dumps(drawn(view, shown, LIGHT))
    assert drawn(view, shown, replace(DARK, k=PRESENTING))["height"] < 480


def test_the_rebound_shows_elsewhere_dashed_and_here_in_the_accent():
    found = layers_of(drawing.rebound, RETURNED)
    assert [row["v"] for row in only(found, "line", LIGHT.ink2)[0]] == [0.0, 0.2, 0.3]
    assert [row["v"] for row in only(found, "line", LIGHT.acc)[0]] == [0.0, 0.9]
    assert "9 laagste\nwijken elders +0,30" in texts(found)


def test_always_three_rows_each_absolute_and_relative():
    text = html.seen(ANSWER)
    rows = [row for row in text.split("<tr>") if 'scope="row"' in row]
    assert [row.split('scope="row">')[1].split("<")[0] for row in rows] == [
        "De wijk zelf",
        "Vergelijkbare wijken",
        "Verschil",
    ]
    assert ["<b>+1,05</b>" in rows[0], "<b>+0,15</b>" in rows[1], "<b>+0,90</b>" in rows[2]] == [True] * 3
    assert ["+17,4%" in rows[0], "+2,5%" in rows[1], "+14,9 procentpunt" in rows[2]] == [True] * 3
    assert "groter dan bij <b>198 van de 199</b> vergelijkbare wijken" in text


def test_percentages_are_left_out_where_they_mean_nothing():
    changes = ("own", "otherwise", "difference")
    nothing = {name: replace(getattr(ANSWER.finding, name), relative=NAN) for name in changes}
    text = html.seen(of_finding(ANSWER, **nothing))
    assert "%" not in text and "procentpunt" not in text and "geen betekenis" in text and "+0,90" in text


def test_what_a_person_typed_is_text():
    assert "&lt;ander&gt;" in html.refusal(REFUSED.refusal)
    hostile = replace(HEAD.intervention, areas=(treated("<i>Zon</i>", whole=False, note="<b>deel</b>"),))
    (line,) = html.treated(hostile)
    assert "<i>" not in line and line.count("<b>") == 1


def test_nothing_is_called_proven_and_a_p_value_is_never_named():
    parts = [
        html.seen(ANSWER),
        html.certainty(ANSWER.sections.certainty),
        html.refusal(REFUSED.refusal),
        words.band(HEAD),
    ]
    parts += [words.lead_lines(ANSWER), words.lead_difference(HEAD), words.areas_description(HEAD, POOL)]
    said = " ".join(parts).lower()
    assert "bewezen" not in said and "p-waarde" not in said and "significant" not in said


def test_the_tables_hold_what_the_figures_show():
    table = words.table(ANSWER)
    assert list(table["Voor of na"]) == ["voor", "voor", "na", "na"] and list(table["Zonnegaarde"]) == [
        6.0,
        6.1,
        6.9,
        7.3,
    ]
    assert list(words.table(REFUSED).columns) == ["Jaar", "Voor of na", "Zonnegaarde"]
    areas = words.areas_table(POOL)
    assert list(areas["Gewicht (%)"]) == [60.0, 40.0, 0.0]
    assert "Weggelaten omdat" not in words.areas_table(replace(POOL, excluded=()))
    back = words.rebound_table(HEAD, REBOUND)
    assert math.isnan(back["Zonnegaarde"][1]) and back["Zonnegaarde"][2] == 0.9


def test_the_pool_says_who_is_heaviest_who_was_left_out_and_what_is_unlike():
    assert html.left_out(POOL) == "Deden niet mee: 3 (grenst eraan)."
    assert "60,0%" in html.heaviest(POOL, 8) and "Trekschuit" not in html.heaviest(POOL, 1)
    assert html.balance(POOL.balance).count("let op") == 1 and "4.547" in html.balance(POOL.balance)


def test_where_it_happened_counts_parts_and_what_was_not_found():
    areas = (treated("Zon"), treated("Veld", whole=False), treated("Kade", used=False, why_not="geen cijfers"))
    intervention = replace(HEAD.intervention, areas=areas, not_found=(("Oost", "opgeheven"),))
    assert words.where_lead(intervention) == (
        "2 van de 3 wijken tellen mee; bij 1 daarvan gaat het om een deel, en wordt het geheel gemeten; "
        "1 gebied is niet gevonden."
    )
    assert list(words.where_table(intervention)["Telt mee"]) == ["ja", "ja", "nee", "nee"]
    assert list(words.where_table(intervention)["Toelichting"]) == ["", "", "geen cijfers", "opgeheven"]


def test_the_map_draws_only_what_has_a_place_and_the_treated_last():
    spec = drawn(spots.chart, MAPPED, FICTIONAL)
    dots = [one for one in spec["layer"] if one["mark"]["type"] == "circle"]
    assert [[row["n"] for row in rows_of(one)] for one in dots] == [["Klaverzoom"], ["Zonnegaarde"]]
    assert [one["mark"]["color"] for one in dots] == [LIGHT.dot, LIGHT.acc]
    assert rows_of(spec["layer"][0])["geometry"]["type"] == "MultiLineString"
    assert "fictief" in json.dumps(spec)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("%", "procentpunten"),
        ("score", "punten"),
        ("score van 0 tot 10", "punten (score van 0 tot 10)"),
        ("per 1.000 inwoners", "aantallen per 1.000 inwoners"),
        ("per huishouden", "aantallen per huishouden"),
        ("inwoners", "aantallen inwoners"),
        ("klasse van 1 tot 5", "klassen van 1 tot 5"),
        ("× 1.000 euro", "duizenden euro’s"),
        ("km", "km"),
    ],
)
def test_what_a_difference_is_counted_in(unit, said):
    assert words.points(topic_in(unit)) == said


def test_figures_that_do_not_add_up_as_shown_say_so():
    assert "afronden" not in html.seen(ANSWER)
    own = replace(ANSWER.finding.own, absolute=ANSWER.finding.own.absolute + 0.01)
    assert "Door afronden" in html.seen(of_finding(ANSWER, own=own))


def test_a_long_name_has_its_value_on_a_line_of_its_own():
    long = replace(HEAD.intervention, areas=(treated("Kralingen-Crooswijk"),))
    assert "Kralingen-Crooswijk\n7,30" in texts(layers_of(drawing.lines, replace(HEAD, intervention=long)))


def test_the_map_names_one_treated_area_and_never_several():
    spec = drawn(spots.chart, MAPPED, LIGHT)
    assert [one["encoding"]["text"]["field"] for one in spec["layer"] if one["mark"]["type"] == "text"] == ["n", "n"]


def test_every_unit_of_the_catalogue_reads_as_a_sentence():
    for unit in {one.unit for one in load_catalogue().indicators.values()}:
        text = html.seen(of_head(ANSWER, topic=topic_in(unit)))
        assert "in per " not in text and "in klasse " not in text and "in ×" not in text and "in %" not in text


@pytest.mark.parametrize(
    ("label", "unit", "said"),
    [
        ("Leefbaarheid (score)", "score", "Leefbaarheid (score); hoger is gunstig."),
        ("Misdrijven per 1.000 inwoners", "per 1.000 inwoners", "Misdrijven per 1.000 inwoners; hoger is gunstig."),
        ("Eenzaam", "%", "Eenzaam; eenheid: %; hoger is gunstig."),
    ],
)
def test_a_unit_that_the_name_says_is_not_said_twice(label, unit, said):
    assert words.unit(replace(HEAD, topic=topic_in(unit, label=label))) == said


@pytest.mark.parametrize(
    ("years", "first_after", "said"),
    [
        ((2015, 2016, 2017, 2018, 2019, 2020, 2021), 2019,
         "Gemiddelde van de metingen van 2019 tot en met 2021 min dat van de metingen van 2015 tot en met 2018; "
         "het eindpunt in de figuur is alleen 2021."),
        ((2016, 2018, 2020), 2020, "De meting van 2020 min het gemiddelde van de metingen van 2016 en 2018."),
        ((2018, 2020, 2022), 2020,
         "Gemiddelde van de metingen van 2020 en 2022 min de meting van 2018; het eindpunt in de figuur is alleen 2022."),
        ((2018, 2020), 2020, "De meting van 2020 min die van 2018."),
        ((2002, 2004, 2006, 2008, 2010, 2012, 2014), 2014,
         "De meting van 2014 min het gemiddelde van de 6 metingen van 2002 tot en met 2012."),
    ],
)  # fmt: skip
def test_the_three_rows_say_which_measurements_they_compare(years, first_after, said):
    moments = tuple(Moment(year, 6.0, 6.0, 0.0, -0.1, 0.1, year >= first_after) for year in years)
    assert said in html.seen(of_head(ANSWER, moments=moments))


def test_more_than_three_wijken_are_named_with_their_gemeente_and_no_more_than_ten():
    def named(*found):
        return words.names(replace(HEAD, intervention=replace(HEAD.intervention, areas=found)))

    others = (replace(treated("Kade"), municipality_name="Holmerwaard"),)
    assert named(*map(treated, ("Zon", "Veld", "Kanaal"))) == ""
    assert named(*map(treated, ("Zon", "Veld", "Kanaal")), *others) == (
        "Wijken: Zon, Veld en Kanaal (Vlierstede); Kade (Holmerwaard)."
    )
    twelve = [treated(f"W{n}") for n in range(12)]
    assert named(*twelve).endswith("W10 en W11 (Vlierstede).")
    assert named(*twelve, treated("W12")).endswith("W8 en W9 (Vlierstede); en 3 andere.")


@pytest.mark.parametrize(("value", "said"), [(-0.09, "−0,09"), (-0.001, "0,00"), (0.004, "0,00"), (1234.5, "1.234,50")])
def test_a_table_on_the_screen_has_the_dutch_minus_and_no_zero_below_zero(value, said):
    frame = pd.DataFrame({"Jaar": ["2020", "2022"], "Verschil": [value, NAN]})
    text = words.formatted(frame, 2).to_html()
    assert f">{said}<" in text and "nan" not in text and f">{dutch.NO_DATA}<" not in text
    assert "2020" in text and frame["Verschil"][0] == value


def test_a_table_of_words_is_text_that_may_wrap():
    text = html.wrapped(pd.DataFrame({"Onderwerp": ["<i>x</i>"], "Waarom": ["Er is maar één meting vóór de start."]}))
    assert text.count("<td>") == 2 and "&lt;i&gt;" in text and "wd-table" in text


@pytest.mark.parametrize("k", [1.0, PRESENTING])
def test_the_axis_runs_forward_and_names_are_brief_where_there_is_no_room(k):
    theme = replace(LIGHT, k=k)
    for view, shown in ((drawing.lines, HEAD), (drawing.difference, HEAD), (drawing.rebound, RETURNED)):
        spec = drawn(view, shown, theme)
        (begin, end) = spec["layer"][-1]["encoding"]["x"]["scale"]["range"] if view is not drawing.difference else (
            spec["layer"][0]["encoding"]["x"]["scale"]["range"]
        )  # fmt: skip
        assert begin["expr"] == "6"
        for width in (110, 180, 240, 300, 900):
            assert end_of(end["expr"], width) > 0.4 * width
    brief = [row["s"] for kind, _, rows in layers_of(drawing.lines, theme=theme) if kind == "text" for row in rows]
    assert brief == ["start 2019", "hier\n7,30", "anders\n6,30"]
    assert "+1,00" in [row.get("s") for _, _, rows in layers_of(drawing.difference, theme=theme) for row in rows]


def end_of(expression, width):
    """What `max(width * 0.45, width - (width < 280 ? 66 : 150))` comes to."""
    share, limit, brief, full = map(
        float, re.findall(r"width \* ([\d.]+), width - \(width < ([\d.]+) \? ([\d.]+) : ([\d.]+)\)", expression)[0]
    )
    return max(width * share, width - (brief if width < limit else full))


def test_the_line_at_zero_ends_before_the_names():
    for view, shown in ((drawing.difference, HEAD), (drawing.rebound, RETURNED)):
        found = layers_of(view, shown)
        (zero,) = [rows for rows in only(found, "rule") if rows[0].get("v") == 0]
        ends = [row["x"] for kind, _, rows in found if kind == "text" for row in rows if "z" in row]
        assert ends and all(x >= zero[0]["x2"] for x in ends)


# (difference, half a band, after) per measurement
@pytest.mark.parametrize(
    ("points", "title"),
    [
        ([(0.0, NAN, False), (0.1, 0.2, False), (0.3, 0.2, True)], "Vóór de start nergens anders dan nul, erna in 2012"),
        ([(0.1, 0.2, False), (-0.3, 0.2, True), (-0.5, 0.2, True), (0.1, 0.2, True)],
         "Vóór de start nergens anders dan nul, erna bij 2 van de 3 metingen"),
        ([(0.1, 0.2, False), (-0.3, 0.2, True), (-0.5, 0.2, True), (-0.6, 0.2, True)],
         "Vóór de start nergens anders dan nul, erna bij alle 3 metingen"),
        ([(0.1, 0.2, False), (0.1, 0.2, True)], "Bij geen enkele meting anders dan nul, vóór noch na de start"),
        ([(0.3, 0.2, False), (0.1, 0.2, True)], "Al vóór de start anders dan nul: in 2010; erna nergens"),
    ],
)  # fmt: skip
def test_the_title_of_the_course_is_what_the_band_leaves_out(points, title):
    made = [CoursePoint(2010 + t, d, d - half, d + half, after) for t, (d, half, after) in enumerate(points)]
    assert words.course_title(made) == title
    table = words.course_table(made)
    assert sum((table["Marge, onderkant"] > 0) | (table["Marge, bovenkant"] < 0)) == sum(one.stands_out for one in made)
    assert words.course_description(TOPIC, made).count("(van ") == sum(half == half for _, half, _ in points)


def test_the_course_has_an_end_on_either_side_of_every_point_and_a_line_at_zero():
    found = layers_of(drawing.course, drawing.Course(HEAD, COURSE))
    (rules,) = [rows for rows in only(found, "rule", LIGHT.acc)]
    assert [(row["v"], row["w"]) for row in rules] == [(round(one.low, 5), round(one.high, 5)) for one in COURSE]
    assert [row["j"] for (rows,) in [only(found, "point")] for row in rows] == [one.year for one in COURSE]
    assert only(found, "rule", LIGHT.ink2)[0][0]["v"] == 0


@pytest.mark.parametrize(
    ("nothing", "look", "word"),
    [(None, "wd-chosen", "tweede<"), (Nothing.SMALL, "wd-plain", "zeker klein"), (Nothing.UNSEEN, "wd-other", "te klein om hier te zien")],
)  # fmt: skip
def test_the_two_ways_in_which_there_is_no_difference_look_and_read_differently(nothing, look, word):
    last = html.seen(of_finding(ANSWER, nothing=nothing)).split("<tr>")[-1]
    assert look in last and word in last
