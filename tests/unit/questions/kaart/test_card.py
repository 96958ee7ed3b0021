"""The card beside the map, and areas compared: places that never say too much, lines of like with like."""

import pytest

from tests.kaart_examples import cohesion, indicator, place_with, wijk
from wijkdata.areas import Level
from wijkdata.catalogue import load
from wijkdata.questions.kaart import card as kaart_card
from wijkdata.questions.kaart.answer import STATE, ClassKind, MapChoice
from wijkdata.questions.kaart.comparison import compare

CATALOGUE = load()
PILLAR = "pijler:weerbaarheid"


def scores(*values):
    return {wijk(n): value for n, value in enumerate(values, start=1)}


def card(monitor, code=None, name=PILLAR, period=2022, since=None, place="GM0518", kind=ClassKind.FIXED, limits=()):
    mode = STATE if since is None else "verandering"
    choice = MapChoice(place, Level.WIJK, name, period, mode, since, kind, limits)
    return kaart_card.card(monitor, CATALOGUE, code or wijk(1), choice)


def test_the_card_of_a_scored_wijk(tmp_path):
    answer = card(place_with(tmp_path, cohesion(2022, scores(67.4, 100, 120))))
    assert (answer.value_text, answer.class_text, answer.unit) == ("67", "laag", "Nederland = 100")
    assert answer.facts[0] == ("5.000 inwoners", "Eigen bestand, 2022")


@pytest.mark.parametrize(
    ("values", "code", "place"),
    [
        pytest.param(range(60, 85), wijk(1), "Lager dan 99 van elke 100 wijken met een cijfer (25).", id="lowest"),
        pytest.param(range(60, 85), wijk(25), "Hoger dan 99 van elke 100 wijken met een cijfer (25).", id="highest"),
        pytest.param((60, 70, 80), wijk(1), "Nummer 3 van de 3 wijken met een cijfer, van hoog naar laag.", id="few"),
        pytest.param([100.0] * 25, wijk(1), "Gelijk aan bijna alle wijken met een cijfer (25).", id="all the same"),
        pytest.param((60,), wijk(1), "", id="alone"),
    ],
)
def test_the_place_never_says_too_much(tmp_path, values, code, place):
    assert card(place_with(tmp_path, cohesion(2022, scores(*values))), code).rank_text == place


def test_no_figure_says_why_and_draws_no_line(tmp_path):
    rows = [*cohesion(2022, scores(80, 90)), *cohesion(2022, {wijk(3): 70}, residents=300)]
    answer = card(place_with(tmp_path, rows), wijk(3))
    assert answer.value_text == ""
    assert answer.why_text == "Dit gebied heeft hier geen cijfer: met minder dan 1.000 inwoners toen dit is gemeten."
    assert answer.lines.empty


def test_the_lines_are_the_area_and_means_by_inhabitants(tmp_path):
    rows = dict.fromkeys([*indicator("ses_woa", 2018, scores(0.0, 1.0)), *indicator("ses_woa", 2020, scores(0.2, 1.2))])
    rows = [row for row in rows if row[1] != "inwoners"]
    rows += [(wijk(1), "inwoners", 2020, 3000), (wijk(2), "inwoners", 2020, 1000)]
    answer = card(place_with(tmp_path, rows), name="ses_woa", period=2020)
    lines = answer.lines.set_index(["role", "period"])["value"]
    assert lines[("chosen", 2020)] == 0.2
    assert lines[("municipality", 2020)] == pytest.approx((0.2 * 3000 + 1.2 * 1000) / 4000)
    assert "everybody" not in lines.index.get_level_values("role")  # two wijken are not the country


def test_a_year_that_shares_something_with_the_newest_is_in_the_line(tmp_path):
    """In 2016 one figure more counted: it drops out, and the line goes on."""
    rows = [
        *cohesion(2016, scores(80, 90)),
        *indicator("regie", 2016, scores(85.0, 90.0)),
        *cohesion(2020, scores(82, 90)),
        *cohesion(2022, scores(84, 90)),
    ]
    answer = card(place_with(tmp_path, dict.fromkeys(rows)))
    own = answer.lines[answer.lines["role"] == "chosen"]
    assert list(own["period"]) == [2016, 2020, 2022]
    alone = card(place_with(tmp_path / "alone", [row for row in dict.fromkeys(rows) if row[1] != "regie"]))
    assert answer.lines.equals(alone.lines)


def test_a_year_that_shares_nothing_stays_out_of_the_line(tmp_path):
    rows = [
        *indicator("regie", 2016, scores(85.0, 90.0)),
        *cohesion(2020, scores(82, 90)),
        *cohesion(2022, scores(84, 90)),
    ]
    answer = card(place_with(tmp_path, dict.fromkeys(rows)))
    assert list(answer.lines.loc[answer.lines["role"] == "chosen", "period"]) == [2020, 2022]
    assert answer.facts[-1] == ("2016 staat niet in de lijn", "toen telden er andere cijfers mee in de score")


def test_a_change_on_the_card_has_its_sign(tmp_path):
    rows = dict.fromkeys([*cohesion(2018, scores(80, 90)), *cohesion(2022, scores(86, 90))])
    answer = card(place_with(tmp_path, rows), since=2018)
    assert (answer.value_text, answer.unit, answer.rank_text) == ("+6", "punten", "")


@pytest.mark.parametrize(
    ("kind", "limits", "place", "word"),
    [
        pytest.param(ClassKind.FIXED, (), "GM0518", "laag", id="usual limits"),
        pytest.param(ClassKind.SPREAD, (), "GM0518", "laagste vijfde van de gemeente", id="equal groups"),
        pytest.param(ClassKind.SPREAD, (), "NL", "tweede vijfde van Nederland", id="equal groups of the country"),
        pytest.param(ClassKind.OWN, (50.0, 100.0), "GM0518", "", id="own limits have no names"),
    ],
)
def test_the_class_on_the_card_is_the_class_on_the_map(tmp_path, kind, limits, place, word):
    elsewhere = {
        wijk(1, "0014"): 50,
        wijk(2, "0014"): 55,
        wijk(3, "0014"): 200,
        wijk(4, "0014"): 210,
        wijk(5, "0014"): 220,
    }
    monitor = place_with(tmp_path, cohesion(2022, {**scores(65, 75, 85, 95, 105), **elsewhere}))
    assert card(monitor, place=place, kind=kind, limits=limits).class_text == word


def test_an_area_without_a_figure_has_a_card_on_a_map_of_the_country(tmp_path):
    """Its gemeente has no figure on this topic at all, so there it cannot even be chosen."""
    rows = [*indicator("ses_woa", 2020, scores(0.1)), (wijk(1, "0014"), "inwoners", 2020, 4000)]
    monitor = place_with(tmp_path, rows, [wijk(1), wijk(1, "0014")])
    answer = card(monitor, wijk(1, "0014"), "ses_woa", 2020, place="NL")
    assert answer.why_text == "Dit gebied heeft hier geen cijfer: zonder cijfer in deze bron."


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ((60, 90), "Collectieve weerbaarheid in 2022: het hoogst in {b} (90), het laagst in {a} (60)"),
        ((90, 90), "Collectieve weerbaarheid: in 2022 overal even hoog (90)"),
    ],
)
def test_the_comparison_says_who_is_highest(tmp_path, values, title):
    monitor = place_with(tmp_path, cohesion(2022, scores(*values)))
    answer = compare(monitor, CATALOGUE, (wijk(1), wijk(2)), PILLAR, 2022)
    assert answer.title == title.format(a=wijk(1), b=wijk(2))
    assert list(answer.table.columns) == ["Jaar", wijk(1), wijk(2)]
    assert answer.source.endswith("n\u00a0=\u00a02 wijken.")


def test_areas_of_two_gemeenten_are_told_apart(tmp_path):
    rows = [*cohesion(2022, scores(60, 70)), *cohesion(2022, {wijk(1, "0014"): 90})]
    answer = compare(place_with(tmp_path, rows), CATALOGUE, (wijk(1), wijk(1, "0014")), PILLAR, 2022)
    assert set(answer.names.values()) == {f"{wijk(1)} ('s-Gravenhage)", f"{wijk(1, '0014')} (Groningen)"}
