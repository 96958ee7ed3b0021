"""The sentences, drawings and tables of a profile: a sentence per outcome, nothing said of what was not measured."""

import json
import math
import re
from dataclasses import replace
from itertools import pairwise

import pandas as pd
import pytest
import vl_convert

from wijkdata.analysis.change import Verdict
from wijkdata.areas import Level
from wijkdata.catalogue import SeriesBreak, UnitKind
from wijkdata.questions.shared.answer import Against, Subject, Whole
from wijkdata.questions.wijkprofiel.answer import (
    Alike,
    Alikes,
    IndicatorLine,
    PillarLine,
    PillarLines,
    Ranking,
    Spine,
    SpineRow,
    TopicSide,
)
from wijkdata.reference.timeline import Held, Lane
from wijkdata.views.shared.theme import DARK, LIGHT, PRESENTING
from wijkdata.views.wijkprofiel import lines as wijkprofiel_lines
from wijkdata.views.wijkprofiel import local, spine, tables, words
from wijkdata.views.wijkprofiel import text as wijkprofiel_text

WHO = Subject("WK059910", "Feijenoord", Level.WIJK, "GM0599", "Rotterdam", False, 76_000, False, Whole.NATIONAL)
PILLARS = {"fysiek": "Fysieke leefomgeving", "veiligheid": "Veiligheid en leefbaarheid"}
UP, DOWN, SAME, ORDINARY, MISSING = Verdict.UP, Verdict.DOWN, Verdict.SAME, Verdict.ORDINARY, Verdict.MISSING
NAN = math.nan


def row(name="won", value=1.0, side=0, place=0.0, pillar="fysiek", **more):
    """One figure with a place among all; value None is missing."""
    missing = value is None
    fields = {
        "title": f"Titel {name}",
        "unit": "%",
        "unit_kind": UnitKind.PERCENT,
        "theme": "a",
        "decimals": 1,
        "signed": False,
        "neutral": False,
        "estimate": False,
        "perceived": False,
        "source": "" if missing else "lbm3",
        "period": 0 if missing else 2022,
    }
    if not missing and not math.isnan(place):
        fields |= {"place": place, "low": -2.0, "first": -0.6, "third": 0.6, "high": 2.0, "middle": 1.5, "n": 2300}
    fields |= {"side": side, **more}
    return SpineRow(indicator=name, label=name, pillar=pillar, value=NAN if missing else value, **fields)


def answer(*rows, topics=(), who=WHO, **more):
    fields = {
        "against": Against.EVERYBODY,
        "group": "Nederland",
        "group_short": "NL",
        "source": "LBM, 2022",
    }
    return Spine(
        subject=who,
        rows=rows,
        pillars=PILLARS,
        topics=tuple(TopicSide(*topic) for topic in topics),
        **{**fields, **more},
    )


LOW = [("veiligheid", -1, 3.0), ("samenhang", -1, 2.0), ("werk en inkomen", -1, 1.5)]
HIGH = [("voorzieningen", 1, 1.2)]


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (
            answer(row(side=-1), topics=LOW + HIGH),
            # All three would take 91 characters.
            "Feijenoord scoort vooral lager op veiligheid en samenhang; hoger op voorzieningen",
        ),
        (answer(row(side=-1), topics=LOW[:2]), "Feijenoord scoort lager op veiligheid en samenhang"),
        (answer(row(side=1), topics=HIGH), "Feijenoord scoort hoger op voorzieningen"),
        (
            answer(row(side=-1), topics=[*LOW, ("gezondheid", -1, 1.0)]),
            "Feijenoord scoort vooral lager op veiligheid, samenhang en werk en inkomen",
        ),
        (answer(row()), "Feijenoord ligt met alle gemeten cijfers rond het midden van Nederland"),
        (
            answer(row(side=1), row(side=-1), topics=[("veiligheid", 0, 1.0)]),
            "Feijenoord ligt op de meeste onderwerpen rond het midden van Nederland",
        ),
        (answer(row(value=None, loaded=False)), "Van Feijenoord zijn nog geen cijfers ingelezen"),
        (answer(row(value=None)), "Van Feijenoord is geen enkel cijfer bekend"),
        (answer(), "Van Feijenoord zijn nog geen cijfers ingelezen"),
        (answer(row(place=NAN)), "De cijfers van Feijenoord zijn nog nergens mee te vergelijken"),
        (
            answer(row(), who=replace(WHO, few=True, population=640)),
            "Feijenoord is met 640 inwoners te klein om over de cijfers te oordelen",
        ),
        (
            answer(row(side=-1), topics=LOW[:1], against=Against.MUNICIPALITY, group="Rotterdam"),
            "Feijenoord scoort lager dan Rotterdam op veiligheid",
        ),
    ],
)
def test_the_title_is_true_for_every_area(made, title):
    assert words.title(made) == title


@pytest.mark.parametrize("name", ["A", "Feijenoord", "Binnenstad-Noord en Oud-Zuid met het Stationskwartier", "x" * 80])
@pytest.mark.parametrize("low", range(6))
@pytest.mark.parametrize("high", range(6))
def test_a_title_fits_and_never_calls_the_smaller_side_the_main_one(name, low, high):
    topics = [(f"een tamelijk lang onderwerp {n}", -1, 9 - n) for n in range(low)]
    topics += [(f"een ander lang onderwerp {n}", 1, 8 - n) for n in range(high)]
    made = answer(row(side=-1 if low else 1), topics=topics, who=replace(WHO, name=name))
    title = words.title(made)
    assert len(title) <= 90
    if "vooral lager" in title:
        assert low > high or "hoger op" in title or not high
    if "vooral hoger" in title:
        assert high > low


@pytest.mark.parametrize(
    ("sides", "title"),
    [
        ([-1, -1, 0], "2 van de 3 cijfers zijn ongunstiger dan in de middelste helft van Nederland"),
        ([1, 0, 0], "1 van de 3 cijfers is gunstiger dan in de middelste helft van Nederland"),
        ([-1, -1, 1, 0], "2 van de 4 cijfers zijn ongunstiger en 1 gunstiger dan in de middelste helft van Nederland"),
        ([1, -1], "Evenveel cijfers (1) zijn gunstiger als ongunstiger dan in de middelste helft van Nederland"),
        ([0, 0], "Alle 2 cijfers liggen in de middelste helft van Nederland"),
        ([-1], "Het enige cijfer is ongunstiger dan in de middelste helft van Nederland"),
    ],
)
def test_the_spine_counts_what_lies_outside_the_middle_half(sides, title):
    found = words.spine_title(answer(*(row(side=side) for side in sides)))
    assert found == title or (len(title) > 90 and found == title.removesuffix(" van Nederland"))


def values_of(chart):
    return chart.to_dict()["datasets"]["rows"]


def test_every_row_is_drawn_and_a_missing_one_is_hatched_with_its_reason():
    drawn = values_of(
        spine.wide(answer(row("a", 2.5, side=1), row("b", None, reason="verborgen door de uitgever")), LIGHT)
    )
    assert [one["name"] for one in drawn if one["kind"] == "row"] == ["a", "b"]
    a, b = (one for one in drawn if one["kind"] == "row")
    assert (a["value"], a["mark"], a["year"]) == ("2,5", "better", "2022")
    assert b["hatch"] == "geen gegevens: verborgen door de uitgever"
    assert b["value"] == "" and "place" not in b


def test_many_indicators_never_read_in_share_a_row_and_a_few_do_not():
    never = [row(f"n{n}", None, loaded=False, reason="nog niet ingelezen", remedy="lees x in") for n in range(7)]
    names = [line.text for line in spine.lines(answer(row("a"), *never))]
    assert "Nog 7 andere cijfers" in names and "n0" not in names
    names = [line.text for line in spine.lines(answer(row("a"), *never[:5]))]
    assert "n4" in names


@pytest.mark.parametrize(
    ("made", "few", "mark", "shape"),
    [
        (row(side=-1), False, "worse", "circle"),
        (row(side=0), False, "middle", "circle"),
        (row(neutral=True), False, "neutral", "circle"),
        (row(side=1, perceived=True), False, "better", "diamond"),
        (row(side=0), True, "few", "circle"),
    ],
)
def test_marks_tell_apart_judged_neutral_perceived_and_small(made, few, mark, shape):
    drawn = values_of(spine.phone(answer(made, who=replace(WHO, few=few)), DARK))
    assert [(one["mark"], one["shape"]) for one in drawn if one["kind"] == "row"] == [(mark, shape)]


def test_before_a_room_both_sides_that_the_title_counts_are_drawn():
    rows = [row(f"slecht {n}", side=-1, place=-3.0 + n / 10) for n in range(10)] + [row("goed", side=1, place=0.8)]
    made = answer(*rows)
    assert words.spine_short(made) == "10 van 11 cijfers ongunstiger, 1 gunstiger"
    drawn = [line.row.side for line in spine.lines(made, presenting=True) if isinstance(line, spine.Line)]
    assert (len(drawn), drawn.count(1)) == (9, 1)


def test_before_a_room_only_the_most_outspoken_rows_are_drawn():
    rows = [row(f"r{n}", side=1 if n % 2 else 0, place=n / 10) for n in range(26)]
    drawn = [
        one["name"]
        for one in values_of(spine.wide(answer(*rows), replace(LIGHT, k=PRESENTING)))
        if one["kind"] == "row"
    ]
    assert len(drawn) == spine.MOST_PRESENTED
    assert set(drawn) == {f"r{n}" for n in range(25, 25 - 2 * spine.MOST_PRESENTED, -2)}


def test_invented_figures_say_so_in_each_chart():
    theme = replace(LIGHT, fictional=True)
    for chart in (
        spine.wide(answer(row()), theme),
        spine.phone(answer(row()), theme),
        wijkprofiel_lines.policy_line(LINE, theme),
    ):
        assert "fictief" in json.dumps(chart.to_dict())


def test_the_table_says_verdict_place_and_reason():
    table = tables.spine(
        answer(
            row("a", 2.5, side=1, sentence="hoger dan 99 van elke 100 wijken", shrunk=2.1, shrunk_group="Rotterdam"),
            row("b", None, reason="niet gemeten in dit gebied"),
            row("c", 5.0, neutral=True),
        )
    )
    assert list(table["Oordeel"]) == ["gunstiger", "geen gegevens", "geen goed of slecht"]
    assert list(table["Opmerking"]) == ["klein gebied: gekrompen naar Rotterdam", "niet gemeten in dit gebied", ""]
    assert math.isnan(table["Feijenoord"][1]) and table["Gekrompen naar de groep"][0] == 2.1
    assert table["n"].isna().tolist() == [False, True, False]


def test_no_column_of_the_table_stands_twice_when_the_group_is_the_gemeente():
    table = tables.spine(answer(row(), against=Against.MUNICIPALITY, group="Rotterdam"))
    assert list(table.columns).count("Middelste (Rotterdam)") == 1
    assert table["Middelste (Rotterdam)"][0] == 1.5


def pillar(points, **more):
    """points: (year, score, stretch) of the own area."""
    frame = pd.DataFrame(
        [(year, "own", score, part) for year, score, part in points], columns=["period", "who", "score", "stretch"]
    )
    last = points[-1] if points else (0, NAN, 0)
    fields = {
        "pillar": "fysiek",
        "title": "Fysieke leefomgeving",
        "short": "Fysiek",
        "fill": "Lees de Leefbaarometer in.",
        "score": last[1],
        "period": last[0],
        "reason": "",
        "change": NAN,
        "since": 0,
        "n_indicators": 2,
        "n_expected": 3,
        "modelled_only": False,
        "indicators": ("Woningen",),
        "subject": WHO,
    }
    return PillarLine(points=frame, **{**fields, **more})


@pytest.mark.parametrize(
    ("line", "first"),
    [
        (pillar([(2014, 80, 1), (2022, 84, 1)], change=4.0, since=2014, verdict=UP), "Gestegen sinds 2014 (+4)."),
        (
            pillar([(2014, 80, 1), (2022, 84, 1)], change=4.0, since=2014, verdict=UP, whole=2.6),
            "Gestegen sinds 2014 (+4; Nederland +3).",
        ),
        (
            pillar([(2014, 80, 1), (2022, 83, 1)], change=3.0, since=2014, verdict=ORDINARY),
            "Niet duidelijk veranderd sinds 2014 (+3).",
        ),
        (pillar([(2014, 84, 1), (2022, 80, 1)], change=-4.0, since=2014, verdict=DOWN), "Gedaald sinds 2014 (−4)."),
        (
            pillar([(2014, 80, 1), (2022, 81.4, 1)], change=1.4, since=2014, verdict=SAME),
            "Vrijwel gelijk sinds 2014 (+1).",
        ),
        (pillar([(2020, 36, 1)]), "Eén meetjaar, dus nog geen verloop."),
        (
            pillar([(2016, 46, 1), (2020, 75, 2)]),
            "Het laatste meetjaar telt andere cijfers dan de jaren ervoor: nog geen verloop.",
        ),
        (
            pillar([(2022, NAN, 1)], reason="few_residents", subject=replace(WHO, population=640)),
            "Te weinig inwoners (640): getekend, maar niet beoordeeld.",
        ),
        (pillar([], reason="insufficient"), "Geen score: onvoldoende gegevens."),
        (
            pillar([], reason="insufficient", detail="in 2020 met andere grenzen gemeten, binnen Oost (100%)"),
            "Geen score: in 2020 met andere grenzen gemeten, binnen Oost (100%).",
        ),
    ],
)
def test_a_pillar_says_how_it_went_or_why_it_cannot(line, first):
    assert words.pillar_sentences(line)[0] == first


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            {"ranking": Ranking(5, 3, 9, 15, "Rotterdam")},
            "Plaats tussen 3 en 9 van de 15 in Rotterdam (1 = laagst).",
        ),
        (
            {"ranking": Ranking(5, 5, 5, 15, "Rotterdam")},
            "Plaats 5 van de 15 in Rotterdam (1 = laagst), hoe de cijfers ook worden gewogen.",
        ),
        (
            {"ranking": Ranking(5, 0, 0, 2300, "Nederland")},
            "Plaats 5 van de 2.300 in Nederland (1 = laagst); met één cijfer is niet te zeggen hoe zeker dat is.",
        ),
        (
            {"n_indicators": 1, "n_expected": 1, "modelled_only": True},
            "1 van 1 cijfer in 2022: rust op één modelcijfer.",
        ),
        ({"modelled_only": True}, "2 van 3 cijfers in 2022: rust alleen op modelcijfers."),
        ({"without_reference": ("Vertrouwen",)}, "Telt niet mee, want er is geen landelijk ijkpunt: vertrouwen."),
    ],
)
def test_a_pillar_says_what_it_rests_on(more, sentence):
    assert sentence in words.pillar_sentences(pillar([(2014, 80, 1), (2022, 84, 1)], **more))


def lines(*verdicts):
    """None: no two years to compare."""
    names = ["Fysiek", "Sociaal-economisch", "Veiligheid", "Weerbaarheid"]
    made = [
        pillar([(2014, 80, 1), (2022, 84, 1)], change=4 if verdict else NAN, short=name, verdict=verdict)
        for verdict, name in zip(verdicts, names, strict=False)
    ]
    return PillarLines(WHO, tuple(made), "LBM, 2022", 2300)


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (
            lines(UP, None, SAME, SAME),
            "De pijler fysiek steeg duidelijk; veiligheid en weerbaarheid bleven vrijwel gelijk",
        ),
        (
            lines(DOWN, UP, DOWN, None),
            "De pijler sociaal-economisch steeg duidelijk; fysiek en veiligheid daalden duidelijk",
        ),
        (
            lines(SAME, SAME, SAME, SAME),
            "De pijlers fysiek, sociaal-economisch, veiligheid en weerbaarheid bleven vrijwel gelijk",
        ),
        (lines(ORDINARY, None), "De pijler fysiek veranderde niet duidelijk"),
        (lines(None, None), "Nog geen pijler met twee vergelijkbare meetjaren"),
        (
            PillarLines(WHO, (pillar([], reason="insufficient"),), "", 0),
            "Over de pijlers zijn nog geen scores te geven",
        ),
        (
            PillarLines(replace(WHO, few=True), (pillar([(2022, 90, 1)]),), "", 0),
            "Vier pijlers over de jaren, zonder oordeel: er wonen te weinig mensen",
        ),
    ],
)
def test_the_title_of_the_pillars_says_what_moved(made, title):
    assert words.pillars_title(made) == title
    assert len(title) <= 90


LANES = (
    Lane("isv", "Stedelijke vernieuwing (ISV)", "ISV", 2000, 2014, "begin gelezen", "", "https://a.nl"),
    Lane(
        "krachtwijken", "Krachtwijken", "Actieplan", 2007, 2012, "gelezen", "", "https://a.nl", "40 wijken", Held.PART
    ),
    Lane("nplv", "NPLV", "Nationaal Programma", 2022, 2042, "gelezen", "", "https://a.nl", "20 gebieden", Held.NO),
)


def over_years(*own, everybody=None, **more):
    years = [2014, 2018, 2022][: len(own)]
    points = pd.DataFrame(
        {
            "period": years,
            "stretch": more.pop("stretch", 0),
            "own": own,
            "reason": ["verborgen door de uitgever" if value is None else "" for value in own],
            "municipality": [0.5] * len(own),
            "everybody": everybody or [0.0] * len(own),
            "n_municipality": 14,
            "n_everybody": 2500,
        }
    ).astype({"own": float})
    fields = {
        "subject": WHO,
        "indicator": "lbm3_afw",
        "title": "Leefbaarheid",
        "label": "Leefbaarheid",
        "unit": "verschil",
        "description": "",
        "decimals": 2,
        "signed": True,
        "higher_is": "better",
        "estimate": True,
        "lanes": LANES,
        "source": "LBM, 2014",
        "edition": "meting 2022",
        "small": 0.02,
        "verdict": UP,
    }
    return IndicatorLine(points=points, **{**fields, **more})


LINE = over_years(-0.2, -0.1, -0.05)
LINE_OF, MIDDLE = "Leefbaarheid in Feijenoord", "de middelste wijk van Nederland"


@pytest.mark.parametrize(
    ("made", "title"),
    [
        (LINE, f"{LINE_OF}: gestegen sinds 2014, nu onder de middelste wijk van Nederland"),
        (over_years(0.2, 0.1, 0.05, verdict=DOWN), f"{LINE_OF}: gedaald sinds 2014, nu boven {MIDDLE}"),
        (over_years(0.2, 0.1, 0.21, verdict=SAME), f"Leefbaarheid: vrijwel gelijk sinds 2014, nu boven {MIDDLE}"),
        (over_years(0.2, 0.1, 0.004, verdict=DOWN), f"Leefbaarheid: gedaald sinds 2014, nu gelijk met {MIDDLE}"),
        (
            over_years(0.2, None, 0.1, everybody=[NAN] * 3, verdict=ORDINARY),
            f"{LINE_OF}: niet duidelijk veranderd sinds 2014",
        ),
        (over_years(0.2, 0.1, 0.05, verdict=MISSING), f"{LINE_OF}: getekend, maar niet beoordeeld"),
        (over_years(0.2), "Leefbaarheid in Feijenoord: één meetjaar (2014)"),
    ],
)
def test_the_title_of_the_line_follows_the_figures(made, title):
    assert words.line_title(made) == title and len(title) <= 90


BROKEN = {"stretch": [0, 1, 1], "breaks": (SeriesBreak(year=2018, why="vanaf 2018 telt het anders"),)}


def test_a_line_is_interrupted_where_it_is_measured_in_another_way():
    made = over_years(-0.2, -0.1, -0.3, verdict=DOWN, **BROKEN)
    drawn = json.dumps(wijkprofiel_lines.policy_line(made, LIGHT).to_dict())
    assert '"stretch": 1' in drawn and '"detail"' in drawn
    assert words.line_title(made).startswith("Leefbaarheid in") and "gedaald sinds 2018" in words.line_title(made)
    for text in (words.line_source(made).text, words.line_alt(made)):
        assert "De lijn is onderbroken: vanaf 2018 telt het anders." in text
    only_one = over_years(-0.2, -0.1, stretch=[0, 1], breaks=BROKEN["breaks"])
    assert "sinds 2018 anders gemeten" in words.line_title(only_one)


@pytest.mark.parametrize(
    ("made", "words_in"),
    [
        (over_years(-0.2, -0.1, -0.05, whole=0.07), " Sinds 2014: +0,15; Nederland +0,07."),
        (over_years(-0.2, -0.1, -0.3, whole=0.07, **BROKEN), " Sinds 2018: −0,20; Nederland +0,07."),
        (over_years(-0.2, -0.1, -0.05), None),
        (over_years(0.2, whole=0.07), None),
    ],
)
def test_the_change_of_the_title_stands_beside_that_of_the_whole(made, words_in):
    lead = words.line_lead(made)
    assert words_in in lead if words_in else "Sinds" not in lead


def test_the_line_names_edition_n_and_the_gap():
    text = words.line_source(LINE).text
    for part in ("uitgave: meting 2022", "n\u00a0=\u00a02.500", "Leeg tussen twee stippen betekent: geen meting."):
        assert part in text
    assert "In een deel van dit gebied gold Krachtwijken. Niet hier, dus niet getekend: NPLV." in words.line_lead(LINE)
    assert "Grijze banen" not in words.line_lead(replace(LINE, lanes=()))


def test_a_missing_year_is_no_point_and_no_zero():
    drawn = json.dumps(wijkprofiel_lines.policy_line(over_years(0.2, None, 0.1), LIGHT).to_dict())
    assert '"period": 2018, "score": 0.0, "label": "Feijenoord' not in drawn
    assert "Feijenoord +0,20" in drawn and "Feijenoord +0,10" in drawn
    table = tables.line(over_years(0.2, None, 0.1))
    assert math.isnan(table["Feijenoord"][1])
    assert table["Reden als het ontbreekt"][1] == "verborgen door de uitgever"


@pytest.mark.parametrize("years", [[2002, 2008, 2022], [2014, 2022], [2020]])
def test_the_lanes_stay_in_the_years_shown_and_their_names_do_not_touch(years):
    packed = wijkprofiel_lines._packed(local.policy(LANES), years, 470)
    low, high = (years[0], years[-1]) if len(years) > 1 else (years[0] - 1, years[0] + 1)
    assert all(low <= lane["start"] < lane["end"] <= high + 1e-9 for lane in packed)
    for one in packed:
        others = [lane for lane in packed if lane is not one and lane["row"] == one["row"]]
        assert all(lane["end"] <= one["start"] or lane["start"] >= one["end"] for lane in others)


@pytest.mark.parametrize(
    ("places", "placed"),
    [
        pytest.param([40.0, 80.0], [40.0, 80.0], id="far enough"),
        pytest.param([60.0, 60.0, 76.0], [49.3, 65.3, 81.3], id="two of one value, each as near as the other"),
        pytest.param([50.0, 50.0], [42.0, 58.0], id="one value"),
        pytest.param([2.0, 3.0], [8.0, 24.0], id="at the top"),
        pytest.param([98.0, 99.0], [84.0, 100.0], id="at the bottom"),
    ],
)
def test_a_label_stands_as_near_its_line_as_the_others_let_it(places, placed):
    assert wijkprofiel_lines._apart(places, 16, 8, 100) == pytest.approx(placed, abs=0.05)


@pytest.mark.parametrize(("n", "said"), [(9, []), (10, ["getoond: de opvallendste 9 van de 10 cijfers"])])
def test_a_slide_says_how_many_of_the_figures_it_shows(n, said):
    made = answer(*[row(name=f"cijfer {number}", place=float(number)) for number in range(n)])
    drawn = [line for line in spine.lines(made, presenting=True) if isinstance(line, spine.Line)]
    assert len(drawn) == 9
    assert [text for look, text in spine.legend(made, presenting=True) if look == "words"] == said
    assert "words" not in [look for look, _ in spine.legend(made)]


@pytest.mark.parametrize("decimals", [0, 1, 2])
@pytest.mark.parametrize("values", [(0.4, 0.6), (0.41, 0.43), (10.0, 12.0), (3.2, 4.4), (0.0, 250.0)])
def test_no_two_places_on_the_axis_have_the_same_number(values, decimals):
    made = over_years(*values, everybody=list(values), decimals=decimals, signed=False, lanes=())
    made.points["municipality"] = values[0]
    drawn = wijkprofiel_lines.policy_line(made, LIGHT).properties(width=600, autosize="none")
    svg = vl_convert.vegalite_to_svg(drawn.to_dict(), allowed_base_urls=[])
    axes = re.findall(r'<g class="mark-text role-axis-label".*?</g>', svg, re.DOTALL)
    labels = re.findall(r"<text[^>]*>([^<]*)</text>", axes[-1])
    assert labels and len(labels) == len(set(labels))


@pytest.mark.parametrize(
    "municipality", [{2014: 96.0, 2018: 97.0}, {2014: 96.0, 2018: 99.0}], ids=["itself", "others too"]
)
def test_a_gemeente_of_one_area_is_not_drawn_beside_itself(municipality):
    own = {2014: 96.0, 2018: 97.0}
    rows = [
        {"who": who, "period": year, "score": score}
        for who, scores in (("own", own), ("municipality", municipality))
        for year, score in scores.items()
    ]
    left = wijkprofiel_lines._without_itself(pd.DataFrame(rows))
    assert ("municipality" in set(left["who"])) is (municipality != own)
    assert len(left[left["who"] == "own"]) == 2


@pytest.mark.parametrize("places", [[10.0, 12.0, 100.0], [95.0, 96.0, 97.0], [0.0, 0.0, 0.0], [50.0]])
def test_labels_are_pushed_apart_and_stay_inside(places):
    placed = wijkprofiel_lines._apart(places, 16, 8, 100)
    assert all(below - above >= 16 - 1e-9 for above, below in pairwise(placed))
    assert max(placed) <= 100


def test_a_year_alone_is_drawn_without_a_line():
    drawn = wijkprofiel_lines.policy_line(over_years(0.2, lanes=()), LIGHT).to_dict()
    assert len(drawn["layer"]) > 0 and "Feijenoord +0,20" in json.dumps(drawn)


def test_the_list_of_look_alikes_and_its_empty_state():
    area = Alike("WK036394", "Bijlmer Oost", "GM0363", "Amsterdam", "even stedelijk", 0.2, {"fysiek": 75.3}, 29_000)
    made = Alikes(
        WHO, (area,), {"fysiek": 84.0}, {"fysiek": "Fysiek", "veiligheid": "Veiligheid"}, 800, "", ("inwoners",), "KWB"
    )
    assert words.alikes_title(made) == "Deze 1 wijk elders lijkt het meest op Feijenoord"
    table = tables.alikes(made)
    assert list(table["Naam"]) == ["Feijenoord", "Bijlmer Oost"] and list(table["Fysiek"]) == [84.0, 75.3]
    assert table["Veiligheid"].isna().all()
    nothing = replace(made, areas=(), missing="Er is geen gebied dat lijkt.")
    assert words.alikes_source(nothing) == "Er is geen gebied dat lijkt."
    assert words.score(None) == words.score(NAN) == "geen score"


def test_the_profile_as_text_and_as_json_say_the_same():
    made = answer(row("a", 2.5, side=1), row("b", None, reason="niet gemeten in dit gebied"), row("c", 0.0))
    pillars = PillarLines(WHO, (pillar([(2022, 84, 1)]),), "LBM", 2300)
    text = "\n".join(wijkprofiel_text.text(made, pillars))
    for part in (
        "Feijenoord, Rotterdam (WK059910, 76.000 inwoners)",
        "score 84 in 2022",
        "geen gegevens: niet gemeten",
    ):
        assert part in text
    found = wijkprofiel_text.values(made, pillars)
    json.dumps(found, allow_nan=False)
    assert [one["value"] for one in found["pillars"][0]["indicators"]] == [2.5, None, 0.0]
    assert found["pillars"][0]["indicators"][1]["reason"] == "niet gemeten in dit gebied"
