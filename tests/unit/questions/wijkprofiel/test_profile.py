"""Wijkprofiel: against whom, on what, and what is never said of a small or unmeasured area."""

import dataclasses
import math

import pytest

from tests.links_examples import town, wijk
from tests.overview_examples import monitor_of
from tests.profile_examples import BEST, NOTHING, SMALL, WORST, example, rows
from wijkdata import catalogue
from wijkdata.errors import NotFoundError
from wijkdata.questions.shared import subjects
from wijkdata.questions.shared.answer import Against
from wijkdata.questions.wijkprofiel import lines as wijkprofiel_lines
from wijkdata.questions.wijkprofiel import look_alikes
from wijkdata.questions.wijkprofiel import spine as wijkprofiel_spine
from wijkdata.reference import timeline

CATALOGUE = catalogue.load()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return example(tmp_path_factory.mktemp("profiel"))


def spine(store, code, compare=Against.EVERYBODY):
    return wijkprofiel_spine.spine(store, CATALOGUE, code, compare)


def row(answer, indicator):
    return next(one for one in answer.rows if one.indicator == indicator)


def test_one_row_per_indicator_of_each_pillar_in_catalogue_order(store):
    every = [item.id for pillar in CATALOGUE.pillars for item in CATALOGUE.of_pillar(pillar)]
    # What the gemeente Zwolle alone publishes is not lacking elsewhere.
    assert [one.indicator for one in spine(store, BEST).rows] == [n for n in every if CATALOGUE.only_in(n) is None]
    assert [name for name in every if CATALOGUE.only_in(name) == "GM0193"] == ["minima_105", "inkomen_zwolle"]


@pytest.mark.parametrize(
    ("code", "indicator", "value", "side"),
    [
        (BEST, "lbm3_won", 0.10, 1),
        (BEST, "bijstand_1000", 10, 1),  # a low number of benefits is favourable
        (WORST, "lbm3_won", 0.0, -1),  # a measured 0 is a figure, not a gap
        (WORST, "bijstand_1000", 60, -1),
        ("WK059906", "lbm3_won", 0.06, 0),
        (BEST, "meldingen_1000", 110, 0),  # neutral is never judged
    ],
)
def test_a_figure_is_held_against_the_middle_half(store, code, indicator, value, side):
    found = row(spine(store, code), indicator)
    assert (found.value, found.side) == (value, side)
    assert math.copysign(1, found.place) == (side or math.copysign(1, found.place))


def test_the_group_leaves_out_the_small_and_the_unmeasured(store):
    found = row(spine(store, BEST), "lbm3_won")
    assert found.n == 37 - 2  # of 37 wijken: not the one of 600 inhabitants, not the one without a figure
    assert found.municipality == pytest.approx(0.05)  # the middle of WK059900-10


def test_a_place_is_at_most_99_of_every_100(store):
    sentences = [one.sentence for code in (BEST, WORST, "WK036311") for one in spine(store, code).rows if one.sentence]
    numbers = [int(sentence.split(" dan ")[1].split()[0]) for sentence in sentences]
    assert max(numbers) <= 99 and min(numbers) >= 1
    assert all("van elke 100 wijken" in sentence for sentence in sentences)


def test_few_residents_keep_their_figures_and_get_no_judgement(store):
    answer = spine(store, SMALL)
    assert answer.subject.few
    found = row(answer, "lbm3_won")
    assert found.value == 0.11 and not math.isnan(found.place)
    assert {one.side for one in answer.rows} == {0}
    assert {one.sentence for one in answer.rows} == {""}


def test_an_area_without_figures_says_why_and_has_no_zero(store):
    answer = spine(store, NOTHING)
    assert all(math.isnan(one.value) and one.reason for one in answer.rows)
    assert row(answer, "lbm3_won").reason == "staat niet in de ingelezen bestanden"
    assert row(answer, "ses_woa").why_missing.startswith("nog niet ingelezen; lees")
    assert (row(answer, "lbm3_won").loaded, row(answer, "ses_woa").loaded) == (True, False)


def test_what_one_gemeente_measured_is_not_compared_with_all(store):
    found = row(spine(store, BEST), "vertrouwen")
    assert found.value == 60 and math.isnan(found.place) and found.side == 0
    assert found.alone.startswith("gemeten in alleen Rotterdam")
    inside = row(spine(store, BEST, Against.MUNICIPALITY), "vertrouwen")
    assert inside.side == 1 and inside.n == 11


def test_what_the_store_holds_is_only_called_nederland_when_it_is(store):
    assert spine(store, BEST).group == "alle ingelezen gemeenten"


def test_the_groups_on_offer_have_enough_areas(tmp_path):
    few = [one for one in rows() if not one[0].startswith("WK0599") or one[0] < "WK059905"]
    store = monitor_of(tmp_path, few)
    offered = subjects.groups(store, CATALOGUE, WORST)
    assert "gemeente" not in offered  # five wijken
    assert list(offered) == ["nederland", "stedelijkheid"]


def test_real_and_fictional_are_never_compared(tmp_path):
    invented = [("WK97" + a[4:], b, c, d + 1 if b == "lbm3_won" else d) for a, b, c, d in rows()]
    invented = [one for one in invented if one[0].startswith("WK9799")]
    store = monitor_of(tmp_path, [*rows(), *invented])
    assert row(spine(store, BEST), "lbm3_won").n == 35
    example_row = row(spine(store, "WK979910"), "lbm3_won")
    assert example_row.n == 11 and example_row.middle > 1
    assert spine(store, "WK979910").group == "alle fictieve gemeenten"


def test_a_small_denominator_shows_the_shrunk_rate_beside_the_raw(store):
    found = row(spine(store, BEST), "bijstand_1000")
    middle = sum(60 - 5 * number for number in range(11)) / 11
    assert found.value == 10 < found.shrunk < middle
    assert found.shrunk_group == "Rotterdam"
    assert math.isnan(row(spine(store, BEST), "lbm3_won").shrunk)  # no rate


def test_a_large_area_is_not_shrunk(tmp_path):
    large = [(a, b, c, 90_000 if (a, b) == (BEST, "inwoners") else d) for a, b, c, d in rows()]
    assert math.isnan(row(spine(monitor_of(tmp_path, large), BEST), "bijstand_1000").shrunk)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("WK059999", ["WK059999", "staat niet in", "bedoelde u WK0599"]),
        ("GM0599", ["is geen wijk of buurt", "bedoelde u WK0599"]),
        ("iets", ["staat niet in", "schrijf een code zoals"]),
        ("BU05990101", ["staat niet in"]),
        ("'; DROP TABLE area", ["staat niet in"]),
    ],
)
def test_an_unknown_area_names_the_nearest(store, text, words):
    with pytest.raises(NotFoundError) as caught:
        subjects.find_area(store, text)
    assert [word for word in words if word not in str(caught.value)] == []


@pytest.mark.parametrize("text", [BEST, " wk059910 ", "2024WK059910"])
def test_a_code_is_found_in_every_spelling(store, text):
    assert subjects.find_area(store, text) == BEST


def lines(store, code):
    return {line.pillar: line for line in wijkprofiel_lines.pillar_lines(store, CATALOGUE, code).lines}


def test_a_pillar_line_has_only_measured_years(store):
    found = lines(store, BEST)["fysiek"]
    own = found.points[found.points["who"] == "own"]
    assert list(own["period"]) == [2018, 2022]
    assert (found.n_indicators, found.n_expected, found.modelled_only) == (2, 2, True)
    assert found.change == pytest.approx(0) and found.since == 2018


def test_one_measured_year_is_no_line(store):
    found = lines(store, BEST)["sociaal_economisch"]
    assert math.isnan(found.change)
    assert list(found.points.loc[found.points["who"] == "own", "period"]) == [2020]


def test_a_year_that_shares_nothing_ends_a_stretch(tmp_path):
    later = [(code, "gezondheid", 2016, 75 + int(code[-2:])) for code in {one[0] for one in rows()} if code != NOTHING]
    found = lines(monitor_of(tmp_path, [*rows(), *later]), BEST)["sociaal_economisch"]
    own = found.points[found.points["who"] == "own"]
    assert list(own["period"]) == [2016, 2020]
    assert own["stretch"].nunique() == 2 and math.isnan(found.change)


def test_a_place_has_a_range_and_one_figure_has_none(store):
    found = lines(store, BEST)
    assert found["fysiek"].ranking.where == "Rotterdam"
    assert (found["fysiek"].ranking.rank, found["fysiek"].ranking.n) == (11, 11)
    assert found["fysiek"].ranking.low <= 11 <= found["fysiek"].ranking.high
    assert found["veiligheid"].ranking.rank == 11 and found["veiligheid"].ranking.low == 0


@pytest.mark.parametrize(("code", "reason"), [(SMALL, "few_residents"), (NOTHING, "insufficient")])
def test_no_score_says_why(store, code, reason):
    found = lines(store, code)["fysiek"]
    assert math.isnan(found.score) and found.reason == reason
    assert found.ranking is None


def test_survey_figures_without_a_national_reference_are_named(store):
    assert lines(store, BEST)["weerbaarheid"].without_reference == ("Vertrouwen in buurtgenoten",)


def test_a_line_holds_own_gemeente_and_everybody(store):
    found = wijkprofiel_lines.indicator_line(store, CATALOGUE, BEST, "lbm3_afw")
    assert list(found.points["period"]) == [2014, 2018, 2022]
    last = found.points.iloc[-1]
    assert last["own"] == pytest.approx(0.102)
    assert last["municipality"] == pytest.approx(0.052) and last["n_municipality"] == 11
    assert last["n_everybody"] == 35  # the small one and the unmeasured one are no yardstick


def test_versions_of_the_leefbaarometer_are_never_one_line(tmp_path):
    older = [(code, "lbm2_klasse", year, 5) for code in ("WK059910", "WK059909", "WK059908") for year in (2008, 2012)]
    store = monitor_of(tmp_path, [*rows(), *older])
    for indicator, years in (("lbm3_afw", [2014, 2018, 2022]), ("lbm2_klasse", [2008, 2012])):
        assert list(wijkprofiel_lines.indicator_line(store, CATALOGUE, BEST, indicator).points["period"]) == years


def test_a_gap_stays_a_gap_and_not_zero(tmp_path):
    without = [one for one in rows() if one[:3] != (BEST, "lbm3_afw", 2018)]
    found = wijkprofiel_lines.indicator_line(monitor_of(tmp_path, without), CATALOGUE, BEST, "lbm3_afw")
    assert list(found.points["period"]) == [2014, 2022]


def test_only_topics_with_a_figure_are_offered(store):
    assert "lbm3_afw" in wijkprofiel_lines.topics(store, CATALOGUE, BEST)
    assert list(wijkprofiel_lines.topics(store, CATALOGUE, NOTHING)) == ["inwoners"]
    with pytest.raises(NotFoundError):
        wijkprofiel_lines.indicator_line(store, CATALOGUE, NOTHING, "lbm3_afw")


def test_the_timeline_is_whole_and_has_its_sources(store):
    lanes = timeline.timeline()
    assert len({lane.id for lane in lanes}) == len(lanes) == 13
    assert all(1940 < lane.start <= lane.end < 2050 and lane.source.startswith("http") for lane in lanes)
    assert {lane.certainty for lane in lanes} == {"gelezen", "begin gelezen", "bij benadering", "niet nagelezen"}
    assert {lane.id for lane in wijkprofiel_lines._lanes(store, BEST, 2014, 2018)} == {"isv", "afronding"}


def test_look_alikes_lie_elsewhere_and_say_why(store):
    found = look_alikes.alikes(store, CATALOGUE, BEST)
    assert len(found.areas) == 5
    assert {area.municipality for area in found.areas} <= {"GM0014", "GM0363"}
    assert {area.code[-2:] for area in found.areas[:2]} == {"10"}
    assert all(area.why.startswith("even stedelijk") for area in found.areas)
    assert found.areas[0].scores["fysiek"] == pytest.approx(found.own["fysiek"])
    assert "lbm3_soc" not in found.features


def test_of_an_area_with_too_few_known_features_it_says_so_and_not_that_nobody_is_alike(tmp_path):
    found = look_alikes.alikes(town(tmp_path), CATALOGUE, wijk(1))

    assert found.areas == ()
    assert found.missing == (
        "Van Heechterp is 1 van de 5 kenmerken bekend en er zijn er 4 nodig; onbekend: bevolkingsdichtheid, "
        "eenpersoonshuishoudens, 65 jaar of ouder en auto’s per huishouden."
    )


def test_answers_cannot_be_changed(store):
    with pytest.raises(dataclasses.FrozenInstanceError):
        spine(store, BEST).rows = ()
