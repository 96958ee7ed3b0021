"""Kaart: every area accounted for, honest classes, titles that are true, changes that may be called a change."""

import pandas as pd
import pytest

from tests.kaart_examples import SIDE, borders, cohesion, draw, indicator, place_with, wijk
from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.errors import NotFoundError
from wijkdata.loading.figures import importer
from wijkdata.questions.kaart import change, limits, question
from wijkdata.questions.kaart.answer import STATE, ClassKind, MapChoice
from wijkdata.questions.shared import boundaries, topics
from wijkdata.questions.shared.answer import COUNTRY

CATALOGUE = load()
PILLAR = "pijler:weerbaarheid"
CODES = [wijk(n) for n in range(1, 7)]


def scores(*values):
    """Scores for wijk 1, 2, ...; None is a wijk without."""
    return {wijk(n): value for n, value in enumerate(values, start=1) if value is not None}


def ask(monitor, name=PILLAR, period=2022, since=None, kind=ClassKind.FIXED, place="GM0518", limits=()):
    mode = STATE if since is None else change.Change.name
    choice = MapChoice(place, Level.WIJK, name, period, mode, since, kind, limits)
    return question.answer(monitor, CATALOGUE, choice)


def offers(monitor, topic=PILLAR, place="GM0518"):
    """Name -> the mode that can be chosen."""
    return {mode.name: mode for mode in question.offered(monitor, CATALOGUE, place, Level.WIJK, topic)}


def missing(answer):
    """Sentence -> number of areas."""
    return {answer.text.reasons[reason]: n for reason, n in answer.figures.missing}


@pytest.mark.parametrize(
    ("values", "title"),
    [
        pytest.param(
            (60, 80, 100, 100, 120, 100), "In 2 van de 6 wijken is de collectieve weerbaarheid lager dan 85", id="low"
        ),
        pytest.param(
            (100, 120, 120, 150), "In 3 van de 4 wijken is de collectieve weerbaarheid 115 of hoger", id="high"
        ),
        pytest.param(
            (60, 150), "In 1 van de 2 wijken is de collectieve weerbaarheid lager dan 85", id="as many: low first"
        ),
        pytest.param((60, 70, 80), "In alle 3 wijken is de collectieve weerbaarheid lager dan 85", id="all"),
        pytest.param((90, 100, 110), "De collectieve weerbaarheid is in alle 3 wijken 85 tot 115", id="none"),
        pytest.param((60,), "In de enige wijk is de collectieve weerbaarheid lager dan 85", id="one"),
        pytest.param((84.4, 84.6), "In 1 van de 2 wijken is de collectieve weerbaarheid lager dan 85", id="as written"),
    ],
)
def test_the_title_of_a_pillar_counts_what_is_there(tmp_path, values, title):
    answer = ask(place_with(tmp_path, cohesion(2022, scores(*values)), CODES[: len(values)]))
    assert answer.text.title == f"{title} (Nederland = 100)"


def test_a_score_is_against_the_base_years_of_the_figures_that_count(tmp_path):
    """Cohesion is measured against 2014, benefits against 2020, and being in control against 2016."""
    benefits = [row for name in ("bijstand_1000", "ao_1000", "ww_1000") for row in indicator(name, 2022, scores(9, 19))]
    cohesive = cohesion(2022, scores(67.4, 100))
    one = place_with(tmp_path / "one", dict.fromkeys([*cohesive, *benefits]))
    for name, year in ((PILLAR, 2014), ("pijler:sociaal_economisch", 2020)):
        text = ask(one, name).text
        assert f"Score: Nederland in {year} = 100." in text.source and f"Nederland in {year} is 100" in text.lead
    two = place_with(tmp_path / "two", dict.fromkeys([*cohesive, *indicator("regie", 2022, scores(85.0, 90.0))]))
    assert "Nederland in het basisjaar van elk cijfer (2014 en 2016) = 100." in ask(two).text.source


def test_every_area_on_the_map_is_counted_once(tmp_path):
    """Wijk 5 has few residents, wijk 6 has no figure, wijk 7 has a figure and no border (CBS lists it, nobody drew it)."""
    rows = [
        *cohesion(2022, scores(60, 80, 100, 120)),
        *cohesion(2022, {wijk(5): 100}, residents=400),
        *cohesion(2022, {wijk(7): 130}),
    ]
    answer = ask(place_with(tmp_path, rows, CODES, listed=[wijk(7)]))
    assert [item.count for item in answer.figures.classes] == [0, 1, 1, 1, 1, 1, 0]
    assert missing(answer) == {"met minder dan 1.000 inwoners toen dit is gemeten": 1, "zonder cijfer in deze bron": 1}
    assert answer.figures.n + answer.figures.n_missing == len(answer.figures.areas) == 7
    assert answer.borders.without == (wijk(7),)
    assert (
        "2 wijken zonder klasse: 1 met minder dan 1.000 inwoners toen dit is gemeten en 1 zonder cijfer in deze bron"
        in answer.text.source
    )
    assert f"Wel een cijfer, geen grens in 2024: 1 wijk ({wijk(7)})" in answer.text.source


def test_an_area_with_few_residents_keeps_its_published_figure_and_gets_no_class(tmp_path):
    rows = [*indicator("lbm3_score", 2022, scores(4.0, 4.2)), *indicator("lbm3_score", 2022, {wijk(3): 3.1}, 400)]
    answer = ask(place_with(tmp_path, rows, CODES[:3]), "lbm3_score", kind=ClassKind.SPREAD)
    row = answer.figures.areas.loc[wijk(3)]
    assert (row["klass"], row["published"], pd.isna(row["value"])) == (-1, 3.1, True)
    assert answer.text.reasons[row["reason"]] == "met minder dan 1.000 inwoners toen dit is gemeten"


def test_names_on_the_map_are_never_of_areas_with_few_residents(tmp_path):
    rows = [*indicator("65_plus", 2024, scores(10, 20, 30, 40)), *indicator("65_plus", 2024, {wijk(5): 99}, 400)]
    answer = ask(place_with(tmp_path, rows, CODES[:4], listed=[wijk(5)]), "65_plus", 2024, kind=ClassKind.SPREAD)
    assert answer.figures.n == 5  # this indicator needs no minimum: the area has a class, and no name
    assert answer.figures.extremes == (wijk(1), wijk(4), wijk(3), wijk(2))


def test_the_unfavourable_end_comes_first_whichever_way_an_indicator_points(tmp_path):
    rows = [
        *indicator("bijstand_1000", 2022, scores(10, 20, 30, 40, 50)),
        *cohesion(2022, scores(60, 80, 90, 100, 110)),
    ]
    monitor = place_with(tmp_path, dict.fromkeys(rows), CODES[:5])
    assert ask(monitor, "bijstand_1000", kind=ClassKind.SPREAD).figures.extremes == (wijk(5), wijk(1), wijk(2), wijk(3))
    assert ask(monitor).figures.extremes == (wijk(1), wijk(5), wijk(4), wijk(3))


@pytest.mark.parametrize(
    ("name", "shades"),
    [
        pytest.param("ses_woa", [0, 0.25, 0.5, 0.75, 1], id="higher is better: low is ochre"),
        pytest.param("bijstand_1000", [1, 0.75, 0.5, 0.25, 0], id="higher is worse: high is ochre"),
        pytest.param("eenpersoons", [0, 0.25, 0.5, 0.75, 1], id="neutral: from light to dark"),
    ],
)
def test_which_end_of_the_scale_a_class_gets(tmp_path, name, shades):
    monitor = place_with(tmp_path, indicator(name, 2020, scores(1, 2, 3, 4, 5)), CODES)
    answer = ask(monitor, name, 2020, kind=ClassKind.SPREAD)
    assert [item.shade for item in answer.figures.classes] == shades
    assert answer.figures.diverging is (name != "eenpersoons")


@pytest.mark.parametrize(
    ("before", "after", "title", "counts"),
    [
        pytest.param(
            (80, 90, 100),
            (85, 90, 95),
            "steeg sinds 2018 duidelijk in 1 en daalde in 1 van de 3",
            [0, 1, 0, 1, 0, 1, 0],
            id="both",
        ),
        pytest.param(
            (80, 90), (81, 89), "is sinds 2018 in geen van de 2 wijken duidelijk", [0, 0, 0, 2, 0, 0, 0], id="same"
        ),
        pytest.param(
            (80, 90, 70), (83, 93, 70.5), "steeg sinds 2018 duidelijk in 2 van de 3", [0, 0, 0, 1, 2, 0, 0], id="up"
        ),
        pytest.param(
            (80, 90), (60, 75), "daalde sinds 2018 duidelijk in alle 2 wijken", [2, 0, 0, 0, 0, 0, 0], id="all down"
        ),
        pytest.param(
            (80, 90, 70), (80, 90, 74), "is sinds 2018 in 2 van de 3 wijken niet", [0, 0, 0, 2, 1, 0, 0], id="most stay"
        ),
        pytest.param((80,), (81.6,), "steeg sinds 2018 duidelijk in de enige", [0, 0, 0, 0, 1, 0, 0], id="as written"),
    ],
)
def test_a_change_smaller_than_two_points_has_no_direction(tmp_path, before, after, title, counts):
    elsewhere = {wijk(n, "0014"): 100 for n in range(1, 90)}
    then, now = {**scores(*before), **elsewhere}, {**scores(*after), **elsewhere}
    rows = dict.fromkeys([*cohesion(2018, then), *cohesion(2022, now)])
    answer = ask(place_with(tmp_path, rows, CODES[: len(before)]), since=2018)
    assert title in answer.text.title
    assert [item.count for item in answer.figures.classes] == counts
    assert answer.figures.classes[3].text == "vrijwel gelijk"


def test_a_change_rests_on_what_both_years_have(tmp_path):
    """In 2016 the score rests on two indicators, in 2022 on one: the other would make a difference of contents."""
    alone = [*cohesion(2016, scores(80, 90)), *cohesion(2020, scores(82, 90)), *cohesion(2022, scores(90, 90))]
    more = [*alone, *indicator("regie", 2016, scores(85.0, 90.0))]
    answers = [
        ask(place_with(tmp_path / name, dict.fromkeys(rows), CODES[:2]), since=2016)
        for name, rows in (("alone", alone), ("more", more))
    ]
    assert answers[1].figures.n == 2
    assert answers[0].figures.areas["value"].equals(answers[1].figures.areas["value"])


def test_a_change_needs_something_that_both_years_have(tmp_path):
    rows = [
        *indicator("regie", 2016, scores(85.0, 90.0)),
        *cohesion(2020, scores(82, 90)),
        *cohesion(2022, scores(90, 90)),
    ]
    monitor = place_with(tmp_path, dict.fromkeys(rows), CODES[:2])
    assert offers(monitor)[change.Change.name].years[2022] == (2020,)
    answer = ask(monitor, since=2016)
    assert missing(answer)["niet in beide jaren op dezelfde manier gemeten"] == 2
    assert answer.figures.n == 0
    assert "geen cijfers om te tonen" in answer.text.title


def test_a_change_is_offered_only_between_years_that_were_measured_alike(tmp_path):
    """The value of homes rests on other homes since 2020."""
    rows = [row for year in (2018, 2019, 2020, 2022) for row in indicator("woz", year, scores(200, 210))]
    monitor = place_with(tmp_path, dict.fromkeys(rows), CODES[:2])
    values = topics.values(monitor, "woz", Level.WIJK, False)
    assert change.start_years(values) == {2019: (2018,), 2022: (2020,)}
    assert values.groupby("period")["made_of"].first().to_dict() == {2018: 0, 2019: 0, 2020: 1, 2022: 1}


def test_an_area_measured_in_one_of_two_years_says_so(tmp_path):
    rows = dict.fromkeys([*cohesion(2018, scores(80, 90)), *cohesion(2022, scores(85, 95, 100))])
    answer = ask(place_with(tmp_path, rows, CODES[:3]), since=2018)
    assert missing(answer) == {"niet in beide jaren gemeten": 1}


@pytest.mark.parametrize(
    ("division", "differs", "drawn"),
    [
        pytest.param(2016, "indeling 2016.", "van 2016, want zo is dit gemeten.", id="of the year of the borders"),
        pytest.param(
            2018,
            "indeling 2016, de cijfers horen bij de indeling van 2018.",
            "van 2016. Gemeten is in die van 2018, met dezelfde codes en namen;",
            id="of another year",
        ),
    ],
)
def test_figures_of_areas_that_are_gone_are_drawn_on_the_borders_of_then(tmp_path, division, differs, drawn):
    """Wijk 1 and 2 were redrawn into four: no area of now may have their figures, and the borders of 2016 draw both."""
    figures = indicator("lbm3_soc", 2018, scores(0.1, 0.2))
    lines = [f"{a};{b};{c};{d};{division};Plaats {a[-2:]}" for a, b, c, d in figures]
    path = tmp_path / "cijfers.csv"
    path.write_text("\n".join(["gebied_code;indicator;periode;waarde;indelingsjaar;gebied_naam", *lines]), "utf-8")
    importer.import_files([path], tmp_path, CATALOGUE)
    draw(tmp_path, borders([wijk(1), wijk(2)], 2016), 2016)
    monitor = draw(tmp_path, borders([wijk(n) for n in (1, 7, 8, 9)], 2024, SIDE / 2), 2024)

    answer = ask(monitor, "lbm3_soc", 2018, kind=ClassKind.SPREAD)

    assert answer.borders.division == 2016
    assert dict(answer.figures.areas["value"]) == {f"{wijk(1)}@2016": 0.1, f"{wijk(2)}@2016": 0.2}
    assert answer.borders.without == ()
    assert differs in answer.text.source
    assert f"Getekend zijn de wijken {drawn}" in answer.text.lead
    assert (
        "Grenzen: Wijk- en buurtkaart (CBS, PDOK), CC0 of CC BY 4.0 volgens de uitgever, indeling 2016"
        in answer.text.source
    )


@pytest.mark.parametrize("codes", [[wijk(1), wijk(2)], [wijk(1), wijk(9)]], ids=["the same codes", "another code"])
def test_figures_of_areas_that_are_still_there_are_drawn_on_the_map_of_now(tmp_path, codes):
    """A border that stayed is the same area, also under another code; then the newest map shows every figure."""
    place_with(tmp_path, cohesion(2016, scores(80, 90)), [wijk(1), wijk(2)], 2016)
    answer = ask(draw(tmp_path, borders(codes, 2024), 2024), period=2016)
    assert (answer.borders.division, answer.borders.year) == (boundaries.NEWEST, 2024)
    assert list(answer.figures.areas.index[answer.figures.areas["value"].notna()]) == codes
    assert answer.borders.without == ()
    assert "indeling 2024, de cijfers horen bij de indeling van 2016" in answer.text.source


def test_without_borders_there_are_figures_and_no_map(tmp_path):
    answer = ask(place_with(tmp_path, cohesion(2022, scores(60, 100))))
    assert answer.borders.division is None
    assert answer.figures.n == 2
    assert "Grenzen" not in answer.text.source


def test_a_topic_without_figures_here_is_not_offered_and_not_found(tmp_path):
    rows = [*cohesion(2022, scores(60, 100)), *indicator("ses_woa", 2019, {wijk(1, "0014"): 0.2})]
    monitor = place_with(tmp_path, rows)
    here = [topic.id for topic in topics.topics(monitor, CATALOGUE, "GM0518", Level.WIJK)]
    assert here == [PILLAR, "lbm3_soc", "inwoners"]
    with pytest.raises(NotFoundError, match="kies een ander onderwerp"):
        ask(monitor, "ses_woa", 2019)
    assert topics.levels(monitor, CATALOGUE, "GM0518") == (Level.WIJK,)


def test_the_country_is_the_real_areas_only(tmp_path):
    rows = [*cohesion(2022, scores(60, 100)), *cohesion(2022, {wijk(1, "9701"): 150})]
    monitor = place_with(tmp_path, rows)
    answer = ask(monitor, place=COUNTRY)
    assert list(answer.figures.areas.index) == [wijk(1), wijk(2)]
    assert ask(monitor, place="GM9701").fictional
    assert "fictieve cijfers in de vorm van" in ask(monitor, place="GM9701").text.source


def test_an_indicator_is_compared_with_the_country_only_when_there_is_one(tmp_path):
    few = place_with(tmp_path / "few", indicator("ses_woa", 2020, scores(0.1, 0.2, 0.4)))
    assert ask(few, "ses_woa", 2020, kind=ClassKind.SPREAD).text.title == "SES-WOA-score: van +0,10 tot +0,40"
    everywhere = {wijk(1, f"{n:04d}"): 0.2 for n in range(1, 180)}
    many = place_with(tmp_path / "many", indicator("ses_woa", 2020, {**everywhere, **scores(0.1, 0.15, 0.4)}))
    title = ask(many, "ses_woa", 2020, kind=ClassKind.SPREAD).text.title
    assert title == "SES-WOA-score: in 2 van de 3 wijken lager dan +0,20 (Nederland gemiddeld)"


@pytest.mark.parametrize(
    ("small", "decimals", "threshold"),
    [(2.0, 0, 2.0), (0.0064, 3, 0.006), (0.0064, 2, 0.01), (0.37, 1, 0.4), (0.0, 1, 0.1), (0.004, 0, 1)],
)
def test_the_threshold_of_a_change_is_a_round_number(small, decimals, threshold):
    rounded = topics.rounded_threshold(small, decimals)
    assert rounded == pytest.approx(threshold)
    breaks = limits.breaks_round_zero(rounded)
    assert breaks[3:] == pytest.approx((threshold, 2.5 * threshold, 5 * threshold))
    assert breaks[2] > -threshold  # a fall of exactly the threshold is a fall


@pytest.mark.parametrize(
    ("name", "values", "texts"),
    [
        ("lbm2_klasse", (1, 2, 3, 9), ["1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        ("stedelijkheid", (1, 2, 5), ["1", "2", "3", "4", "5"]),
    ],
)
def test_whole_classes_are_called_by_their_number(tmp_path, name, values, texts):
    answer = ask(place_with(tmp_path, indicator(name, 2016, scores(*values)), CODES), name, 2016)
    assert [item.text for item in answer.figures.classes] == texts
    assert sum(item.count for item in answer.figures.classes) == len(values)


def test_negative_limits_are_not_written_with_a_dash(tmp_path):
    monitor = place_with(tmp_path, indicator("ses_woa", 2020, scores(-0.4, -0.2, 0.1, 0.3, 0.5)), CODES)
    texts = [item.text for item in ask(monitor, "ses_woa", 2020, kind=ClassKind.SPREAD).figures.classes]
    assert texts[1].startswith("−") and " tot " in texts[1]
    assert not any("–" in text for text in texts)


def test_titles_fit_on_two_lines(tmp_path):
    rows = [
        row
        for name in ("lbm3_soc", "lbm3_won", "lbm3_fys", "lbm3_onv")
        for row in indicator(name, 2022, scores(-0.3, 0.2, 0.3))
    ]
    rows += indicator("bijstand_1000", 2020, scores(10, 20, 30)) + indicator("ao_1000", 2020, scores(10, 20, 30))
    rows += indicator("ww_1000", 2020, scores(10, 20, 30))
    monitor = place_with(tmp_path, dict.fromkeys(rows), CODES)
    for topic in topics.topics(monitor, CATALOGUE, "GM0518", Level.WIJK):
        answer = ask(monitor, topic.id, topic.years[-1], kind=offers(monitor, topic.id)[STATE].class_kinds[0])
        assert len(answer.text.title) <= 90, answer.text.title
        assert len(answer.text.short) <= 45, answer.text.short


@pytest.mark.parametrize(
    ("typed", "numbers", "problem"),
    [
        ("10; 20; 30", (10.0, 20.0, 30.0), ""),
        ("10,5;20 30", (10.5, 20.0, 30.0), ""),
        ("−5; 0; 5", (-5.0, 0.0, 5.0), ""),
        ("1.000; 2.000", (1000.0, 2000.0), ""),
        ("", (), ""),
        ("20; 10", (), "lopen niet op"),
        ("10; 10", (), "lopen niet op"),
        ("10; veel", (), "dit is geen getal"),
        ("1;2;3;4;5;6;7;8;9", (), "9 klassegrenzen"),
        ("10; onbekend", (), "dit is geen getal"),
    ],
)
def test_own_limits_are_read_as_dutch_people_write_them(typed, numbers, problem):
    read, sentence = limits.read_limits(typed)
    assert read == numbers
    assert problem in sentence
    assert bool(sentence) == bool(problem)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param(ClassKind.OWN, ("",) * 5, id="own limits are no fifths"),
        pytest.param(ClassKind.SPREAD, limits.FIFTHS, id="equal groups are"),
        pytest.param(ClassKind.FIXED, limits.FIFTHS, id="as they are where there are no usual limits"),
    ],
)
def test_five_classes_are_called_fifths_only_when_they_are(tmp_path, kind, words):
    store = place_with(tmp_path, indicator("ses_woa", 2020, scores(0.1, 0.2, 0.3, 0.4, 0.5)))
    classes = ask(store, "ses_woa", 2020, kind=kind, limits=(0.11, 0.12, 0.13, 0.14)).figures.classes
    assert tuple(one.word for one in classes) == words


@pytest.mark.parametrize(
    ("place", "topic", "names"),
    [("GM0518", PILLAR, [STATE, "verandering"]), ("GM0518", "ses_woa", [STATE]), ("GM0014", PILLAR, [STATE])],
    ids=["two years", "one year", "one year here, two elsewhere"],
)
def test_a_change_is_offered_where_something_was_measured_alike_before(tmp_path, place, topic, names):
    rows = [
        *cohesion(2018, scores(80, 90)),
        *cohesion(2022, {**scores(85, 95), wijk(1, "0014"): 100}),
        *indicator("ses_woa", 2020, scores(0.1)),
    ]
    assert list(offers(place_with(tmp_path, dict.fromkeys(rows)), topic, place)) == names


def test_own_limits_make_the_classes(tmp_path):
    store = place_with(tmp_path, indicator("ses_woa", 2020, scores(0.1, 0.2, 0.4)))
    answer = ask(store, "ses_woa", 2020, kind=ClassKind.OWN, limits=(0.15, 0.3))
    assert [item.count for item in answer.figures.classes] == [1, 1, 1]
    assert "eigen grenzen" in answer.text.legend
