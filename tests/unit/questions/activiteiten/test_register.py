"""The register: what runs, what stops soon, what a filter leaves, and what is not known."""

from datetime import date, timedelta

import pytest

from tests.activity_examples import TODAY, record, saved, some
from tests.profile_examples import example
from wijkdata import catalogue, settings
from wijkdata.questions.activiteiten import register as questions
from wijkdata.questions.activiteiten.answer import Filters, Group
from wijkdata.questions.overzicht import activities as overzicht_activities
from wijkdata.questions.shared import times
from wijkdata.store.participation import registers

CATALOGUE = catalogue.load()


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    return saved(tmp_path_factory.mktemp("register"), *some())


@pytest.fixture(scope="module")
def monitor(tmp_path_factory):
    return example(tmp_path_factory.mktemp("cijfers"))


def asked(register, monitor=None, page=1, **chosen):
    return questions.register_of(register, monitor, CATALOGUE, Filters("GM0599", **chosen), page, TODAY)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {"loopt", "stopt", "komt", "voorbij", "open", "idee", "buurt", "overal"}),
        ({"wijk": "WK059910"}, {"loopt", "stopt", "komt", "voorbij", "open", "idee", "overal"}),
        ({"wijk": "WK059909"}, {"buurt", "overal"}),  # a buurt belongs to its wijk, the gemeente to all
        ({"pillar": "weerbaarheid"}, {"stopt"}),
        ({"kinds": ("cursus", "jeugd")}, {"stopt", "buurt"}),
        ({"steps": ("2",)}, {"stopt"}),
        ({"statuses": ("gepland", "idee")}, {"komt", "idee"}),
        ({"last": 2017}, {"voorbij"}),
        ({"first": 2027, "last": 2027, "statuses": ("gepland",)}, {"komt"}),
        ({"first": 2017, "last": 2019}, {"open"}),
        ({"text": "hele STAD"}, {"overal"}),
        ({"text": "100%"}, {"overal"}),  # no pattern: text
        ({"text": ".*"}, set()),
    ],
)
def test_a_filter_keeps(register, chosen, expected):
    assert {bar.id for bar in asked(register, **chosen).bars} == expected


def test_the_title_counts_what_runs_and_what_stops_soon(register):
    assert asked(register).title == "In Rotterdam lopen nu 4 activiteiten, 1 stopt binnenkort"


@pytest.mark.parametrize(
    ("chosen", "title"),
    [
        ({"kinds": ("cursus",)}, "In Rotterdam loopt nu 1 activiteit uit uw keuze, 1 stopt binnenkort"),
        ({"statuses": ("afgerond",)}, "In Rotterdam loopt nu geen activiteit uit uw keuze"),
        ({"kinds": ("huisbezoek",)}, "In Rotterdam is niets dat bij uw keuze past"),
        ({"wijk": "WK059909"}, "In WK059909 lopen nu 2 activiteiten"),
    ],
)
def test_the_title_says_what_was_chosen(register, chosen, title):
    assert asked(register, **chosen).title == title


def test_names_come_from_the_figures_else_from_the_list_of_gemeenten_else_are_codes(register, monitor):
    assert "GM0599" in questions.municipalities(register, None, CATALOGUE)
    assert asked(register, monitor).name == "Rotterdam"
    assert questions.first_municipality(register, None, CATALOGUE) == "GM0599"
    assert list(questions.options(register, None, CATALOGUE, "GM0599").wijken) == ["WK059909", "WK059910"]
    assert len(questions.options(register, monitor, CATALOGUE, "GM0599").wijken) == 13


@pytest.mark.parametrize(
    ("activity", "group", "state"),
    [
        ("loopt", Group.RUNNING, "loopt nog"),
        ("stopt", Group.RUNNING, "stopt over 5 weken"),
        ("komt", Group.COMING, "gepland"),
        ("voorbij", Group.OVER, "afgerond"),
        ("open", Group.OVER, "afgerond"),  # finished, nobody knows when: it does not run
        ("idee", Group.NEVER, "idee"),
    ],
)
def test_each_stands_where_it_belongs(register, activity, group, state):
    bar = next(bar for bar in asked(register).bars if bar.id == activity)
    assert (bar.group, bar.state) == (group, state)


def test_the_order_is_what_stops_first_then_what_runs_then_the_rest(register):
    assert [bar.id for bar in asked(register).bars][:1] == ["stopt"]
    groups = [bar.group for bar in asked(register).bars]
    assert groups == sorted(groups, key=list(Group).index)


def test_an_imprecise_date_is_drawn_as_wide_as_it_is(register):
    bar = next(bar for bar in asked(register).bars if bar.id == "voorbij")
    assert (bar.begin_first, bar.begin_last) == (date(2015, 1, 1), date(2015, 12, 31))
    assert bar.end_first == date(2016, 1, 1)
    assert bar.when == "2015 tot en met 2016"


def test_the_source_counts_what_is_unknown_and_left_out(register):
    text = asked(register, statuses=("afgerond",)).source.text
    assert "n\xa0=\xa02 activiteiten; door uw keuze weggelaten: 6" in text
    assert "voorbij zonder bekende einddatum: 1" in text
    assert "voorbij zonder werkelijke start: de geplande telt: 2" in text


def test_more_than_a_page_is_said_and_paged(tmp_path):
    register = saved(tmp_path, *(record(f"nummer {number:03}") for number in range(95)))
    first, last = asked(register), asked(register, page=3)
    assert (len(first.bars), first.pages, len(last.bars)) == (40, 3, 15)
    assert "Getekend zijn er 40: blad 1 van 3. In de tabel staan ze alle 95." in first.description
    assert asked(register, page=99).page == 3
    assert len(questions.table_of(register, None, CATALOGUE, Filters("GM0599"), TODAY)) == 95


def test_the_table_leaves_unknown_empty(register):
    table = questions.table_of(register, None, CATALOGUE, Filters("GM0599"), TODAY).set_index("Nummer")
    assert table.at["loopt", "Gepland einde"] == "" and table.at["stopt", "Gepland einde"] == "31-12-2026"
    assert table.at["overal", "Waar"] == "heel Rotterdam"
    assert table.at["loopt", "Participatietrede"] == "Zelfbeheer"


def test_what_was_withdrawn_is_listed_apart(tmp_path):
    saved(tmp_path, record("weg"), record("blijft"), record("elders", areas=("WK036301",)))
    for name in ("weg", "elders"):
        registers.set_withdrawn(tmp_path, name, 1, "wijkmanager", withdrawn=True)
    register = registers.current(tmp_path)
    assert [bar.id for bar in asked(register).bars] == ["blijft"]
    assert questions.withdrawn(register, None, CATALOGUE, "GM0599") == (("weg", "weg"),)


def test_an_empty_store_has_no_gemeente(tmp_path):
    register = registers.current(tmp_path)
    assert questions.municipalities(register, None, CATALOGUE) == {}
    assert questions.first_municipality(register, None, CATALOGUE) == ""


@pytest.mark.parametrize(
    ("precision", "said", "first", "last"),
    [
        ("dag", "15 mei 2019", date(2019, 5, 15), date(2019, 5, 15)),
        ("maand", "mei 2019", date(2019, 5, 1), date(2019, 5, 31)),
        ("kwartaal", "2e kwartaal 2019", date(2019, 4, 1), date(2019, 6, 30)),
        ("jaar", "2019", date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(precision, said, first, last):
    assert times.date_text(date(2019, 5, 15), precision) == said
    assert times.bounds(date(2019, 5, 15), precision) == (first, last)


def test_a_missing_date_is_unknown():
    assert times.date_text(None, "dag") == "onbekend"
    assert times.span_text(None, None, "dag", "loopt nog") == "onbekend"
    assert times.span_text(date(2019, 5, 1), None, "jaar", "loopt nog") == "2019, loopt nog"


@pytest.mark.parametrize(("days", "soon"), [(0, True), (settings.SOON_DAYS, True), (settings.SOON_DAYS + 1, False)])
def test_what_stops_soon_is_the_same_here_and_on_overzicht(tmp_path, monitor, days, soon):
    end = (TODAY + timedelta(days=days)).strftime("%d-%m-%Y")
    register = saved(tmp_path, record("een", end_planned=end))
    assert [bar.soon for bar in asked(register).bars] == [soon]
    now = overzicht_activities.now(register, monitor, CATALOGUE, "GM0599", "wijk", TODAY)
    assert [one.stops for one in now.soon] == ([True] if soon else [])
    assert f"binnen {now.days} dagen" in asked(register).source.text
