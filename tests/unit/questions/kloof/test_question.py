"""Kloof: scopes never mix real with fictional, the title says what the figures say, and small groups are not drawn."""

from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.errors import NotFoundError
from wijkdata.loading.figures import links
from wijkdata.questions.kloof import question
from wijkdata.questions.kloof.answer import Course
from wijkdata.reference import gemeenten
from wijkdata.store.monitor import versions, writing
from wijkdata.views.kloof import drawing
from wijkdata.views.shared.theme import LIGHT

CATALOGUE = catalogue.load()
DIVISION = 2022
HERE = ("GM0599", "GM0363", "GM0518")
AFW = question.Measured("lbm3_afw", Level.WIJK)
EMPTY = pd.DataFrame(columns=["code", "name", "change", "water", "wkb", "wkb_map", "wkb_country"])
REJECTED = pd.DataFrame(columns=["row", "column", "value", "problem"])


def store_of(tmp_path, rows, provisional=()):
    """A monitor with these (code, period, value) of lbm3_afw; None = missing. provisional: years that will be revised."""
    frame = pd.DataFrame(rows, columns=["code", "period", "value"]).assign(indicator="lbm3_afw")
    frame["value"] = frame["value"].astype(float)
    frame["reason"] = ["suppressed" if np.isnan(value) else None for value in frame["value"]]
    run = writing.Run(
        *(datetime(2026, 1, 1), "a.csv", "a", "c", "lbm3", "t", "meting 2022", None, DIVISION, False, True, 1, 1, ()),
        provisional=provisional,
    )

    def change(connection):
        observations = frame[["code", "indicator", "period", "value", "reason"]]
        writing.write_reading(connection, run, writing.Rows(observations, EMPTY, EMPTY, REJECTED))
        links.settle(connection, CATALOGUE)

    return versions.publish(tmp_path, change)


def wijken(municipality, n, first, last, years=(2014, 2018)):
    """n wijken of a gemeente whose spread goes from `first` to `last`: values evenly from -half to +half of it."""
    place = np.linspace(-0.5, 0.5, n)
    return [
        (f"WK{municipality[2:]}{number:02d}", year, float(place[number] * size))
        for year, size in zip(years, (first, last), strict=True)
        for number in range(n)
    ]


def everywhere(n, first, last):
    """The same, with every wijk in a gemeente of its own: enough of them to be called the Netherlands."""
    there = sorted(code for code in gemeenten.every() if gemeenten.exists(code, DIVISION) and code not in HERE)
    places = [f"WK{code[2:]}00" for code in there[:n]]
    return [
        (place, year, value) for place, (_, year, value) in zip(places * 2, wijken("GM01", n, first, last), strict=True)
    ]


def ask(store, scope, **arguments):
    return question.gap(store, CATALOGUE, AFW, scope, **arguments)


@pytest.mark.parametrize(
    ("country", "own", "title"),
    [
        ((1.0, 0.5), None, "In heel Nederland wordt de kloof kleiner"),
        ((1.0, 1.5), None, "In heel Nederland wordt de kloof groter"),
        ((1.0, 1.02), None, "In heel Nederland bleef de kloof vrijwel gelijk"),
        ((1.0, 0.5), (0.1, 0.2), "In heel Nederland wordt de kloof kleiner, in Rotterdam juist groter"),
        ((1.0, 0.5), (0.2, 0.1), "In heel Nederland wordt de kloof kleiner, en in Rotterdam ook"),
        ((1.0, 0.5), (0.1, 0.101), "In heel Nederland wordt de kloof kleiner, in Rotterdam bleef die vrijwel gelijk"),
        ((1.0, 0.97), (0.1, 0.2), "In heel Nederland bleef de kloof vrijwel gelijk, in Rotterdam juist groter"),
    ],
)
def test_the_title_says_what_the_figures_say(tmp_path, country, own, title):
    rows = everywhere(180, *country) + (wijken("GM0599", 12, *own) if own else [])
    answer = ask(store_of(tmp_path, rows), "GM0599" if own else "NL")
    assert answer.title == title
    assert len(answer.short) <= 45


@pytest.mark.parametrize("edition", [None, 1])
@pytest.mark.parametrize(
    ("provisional", "doubt"), [((), ""), ((2018,), " (2018 voorlopig)"), ((2018, 2020), " (2018 voorlopig)")]
)
def test_a_year_that_will_be_revised_is_named(tmp_path, provisional, doubt, edition):
    store = store_of(tmp_path, everywhere(40, 1.0, 0.5), provisional)

    found = question.gap(store, CATALOGUE, question.Measured("lbm3_afw", Level.WIJK, edition), "NL")

    assert found.source.first == f"Bron: Leefbaarometer 3.0 (BZK) (meting 2022), 2014 en 2018{doubt}"


def test_a_gap_that_one_area_makes_is_not_called_larger(tmp_path):
    """Of twelve equal wijken one rose far: P90 lies between it and the next, so the gap is that one wijk."""
    raised = {("WK059911", 2018): 0.3, ("WK059910", 2018): 0.2}
    there = [(f"WK0599{n:02d}", year) for year in (2014, 2018) for n in range(12)]
    rows = [(code, year, raised.get((code, year), int(code[-2:]) / 100)) for code, year in there]
    answer = ask(store_of(tmp_path, everywhere(180, 1.0, 0.5) + rows), "GM0599")
    assert answer.own.share > 0.5
    assert answer.own.course is Course.UNSURE
    assert answer.title == "In heel Nederland wordt de kloof kleiner, in Rotterdam veranderde die niet duidelijk"


def test_more_places_stand_beside_each_other_with_a_margin(tmp_path):
    rows = everywhere(180, 1.0, 0.5) + wijken("GM0599", 30, 0.2, 0.1) + wijken("GM0363", 30, 0.2, 0.4)
    answer = ask(store_of(tmp_path, rows + wijken("GM0518", 9, 0.2, 0.4)), "GM0599", beside=("GM0363", "GM0518"))
    assert [panel.scope for panel in answer.panels] == ["NL", "GM0599", "GM0363"], "nine wijken are too few"
    assert answer.title == "De kloof: Nederland kleiner, Rotterdam kleiner, Amsterdam groter"
    table = drawing.table(answer)
    assert (table["Marge van"] <= table["Kloof"] + 1e-9).all() and (table["Kloof"] <= table["Marge tot"] + 1e-9).all()
    assert [did for did in table["Sinds 2014"] if did] == ["kleiner", "kleiner", "groter"]


def test_fictional_areas_are_never_in_the_country(tmp_path):
    store = store_of(tmp_path, wijken("GM0014", 30, 1, 0.5) + wijken("GM9701", 30, 100, 100))
    assert ask(store, "NL").country.spread.table["spread"].max() < 1
    example = ask(store, "GM9701")
    assert example.fictional
    assert example.country.name == "Alle voorbeeldgemeenten"
    assert example.country.n == (30, 30)


def test_a_missing_value_is_left_out_and_counted_out(tmp_path):
    rows = wijken("GM0014", 30, 1, 1)
    rows = [(code, year, None if (code, year) == ("WK001400", 2018) else value) for code, year, value in rows]
    table = ask(store_of(tmp_path, rows), "NL").country.spread.table
    assert table["n"].to_list() == [30, 29]


@pytest.mark.parametrize(
    ("n", "panel", "groups"), [(9, False, False), (10, True, False), (24, True, False), (25, True, True)]
)
def test_few_areas_give_no_panel_and_no_groups(tmp_path, n, panel, groups):
    answer = ask(store_of(tmp_path, wijken("GM0014", 60, 1, 1) + wijken("GM0599", n, 1, 1)), "GM0599")
    assert (answer.own is not None) == panel
    assert answer.too_few == (None if panel else n)
    assert (answer.own is not None and answer.own.groups is not None) == groups


def test_groups_on_an_earlier_year_take_the_luck_out(tmp_path):
    """600 equal wijken whose values are luck alone (sd 1): the lowest of a year bounce back, the lowest of before do not.

    The mean change of the 120 lowest has a standard error of sqrt(2 / 120) = .13; .5 is almost four of them.
    """
    luck = np.random.default_rng(4)
    rows = [(f"WK{n:06d}", year, luck.normal()) for n in range(600) for year in (2014, 2016, 2018)]
    answer = ask(store_of(tmp_path, rows), "NL", reference_year=2016)
    assert answer.country.groups.selected_on == 2016
    assert answer.country.groups_earlier.selected_on == 2014
    assert answer.country.regression.same_year.extra > 1
    assert abs(answer.country.regression.earlier.extra) < 0.5
    assert answer.country.regression.by_chance > 0.7


@pytest.mark.parametrize(
    ("scope", "year", "words"),
    [
        ("NL", 2018, "2018 kan geen beginjaar zijn; kies uit 2014"),
        ("NL", 1999, "kies uit 2014"),
        ("GM1234", None, "‘GM1234’ kan hier niet"),
        ("ER<b>", None, "kan hier niet"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(tmp_path, scope, year, words):
    store = store_of(tmp_path, wijken("GM0014", 30, 1, 1))
    with pytest.raises(NotFoundError, match=words):
        ask(store, scope, reference_year=year)


def test_one_year_is_no_gap_over_time(tmp_path):
    store = store_of(tmp_path, [row for row in wijken("GM0014", 30, 1, 1) if row[1] == 2014])
    assert question.topics(store, CATALOGUE, Level.WIJK) == ()
    with pytest.raises(NotFoundError, match="geen twee jaren"):
        ask(store, "NL")


def test_the_drawing_has_one_scale_a_description_and_a_table(tmp_path):
    answer = ask(store_of(tmp_path, wijken("GM0014", 60, 1, 0.5) + wijken("GM0599", 30, 2, 3)), "GM0599")
    domains = []
    for view in (drawing.country, drawing.own):
        spec = view(answer, LIGHT).to_dict()
        domains += [layer["encoding"]["y"]["scale"]["domain"] for layer in spec["layer"] if "scale" in layer.get("encoding", {}).get("y", {})]  # fmt: skip
    assert all(domain == domains[0] for domain in domains)
    assert "de kloof was" in drawing.describe(answer)
    assert list(drawing.table(answer).columns)[:3] == ["Gebied", "Jaar", "Aantal"]
    assert set(drawing.groups_table(answer)["Gekozen op"]) == {2014}


def test_the_real_file_gives_the_published_spread(shared, tmp_path):
    """methods: national P90 - P10 .3176 (2002), .2612 (2022); the big four .5817 (2012), .6051 (2022); four printed digits."""
    from wijkdata.loading.figures import importer

    file = shared / "lbm3-wijken-2002-2022" / "Leefbaarometer-scores wijken 2002-2022.csv"
    importer.import_files([file], tmp_path, CATALOGUE)
    store = versions.require(tmp_path)
    for scope, expected in (("NL", {2002: 0.3176, 2012: 0.2998, 2018: 0.2860, 2022: 0.2612}), ("G4", {2012: 0.5817, 2018: 0.6255, 2022: 0.6051})):  # fmt: skip
        table = question.panel(
            store, CATALOGUE, question.Measured("lbm3_score", Level.WIJK), scope
        ).spread.table.set_index("year")["spread"]
        assert {year: round(float(table[year]), 4) for year in expected} == expected
