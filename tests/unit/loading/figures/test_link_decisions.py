"""What a person decides about a link: it goes before all evidence, is kept, is exported with its reason, or is refused."""

import re

import pytest

from tests.links_examples import BOTH, CATALOGUE, FAR, LEFT, RIGHT, File, found, shown, store_of
from wijkdata.areas import Level
from wijkdata.errors import NotFoundError, WijkdataError
from wijkdata.loading.figures import importer
from wijkdata.loading.figures.link_decisions import Decision, between, decide, go_back
from wijkdata.questions.gegevens import links as gegevens_links
from wijkdata.store.monitor import divisions, versions

ONE, TWO, THREE, FOUR = (f"WK0518{number:02d}" for number in range(1, 5))
WHY = "Zelfde straten, zie raadsbesluit 12"
SENTENCE = re.compile(r"[A-Z][^.]*(?:\d\.\d[^.]*)*\.")


@pytest.fixture
def folder(tmp_path):
    """Noord kept its place and got another code, which no file proves; Zuid kept its code and border."""
    then = [(ONE, "Noord", None), (TWO, "Zuid", FAR), ("BU05180100", "Plein", None)]
    now = [(THREE, "Noord-Oost", None), (TWO, "Zuid", FAR), ("BU05180300", "Plein", None)]
    figures = [(ONE, "lbm3_score", 2016, 4.0), (TWO, "lbm3_score", 2016, 5.0)]
    store_of(tmp_path, File(2016, then, figures), File(2024, now, table="nu"))
    return tmp_path


def decision(code_from=ONE, year_from=2016, code_to=THREE, year_to=2024, same=True, reason=WHY):
    return Decision(code_from, year_from, code_to, year_to, same, reason)


def evidence(store, code=ONE):
    rows = gegevens_links.table(store)
    return rows[rows["code_from"] == code][["code_to", "class", "evidence"]].values.tolist()


# --- what it does ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "klass", "figures"),
    [
        pytest.param(decision(), (ONE, 2016, THREE, "B"), {THREE: 4.0, TWO: 5.0}, id="the same under another code"),
        pytest.param(
            decision(TWO, code_to=TWO, same=False), (TWO, 2016, TWO, "X"), {TWO: "other_area", THREE: "link_unknown"},
            id="another area, whatever the borders say",
        ),
        pytest.param(
            decision(TWO, code_to=THREE), (TWO, 2016, THREE, "B"), {THREE: 5.0}, id="the same as another, whatever the borders say"
        ),
        pytest.param(decision(TWO, code_to=TWO), (TWO, 2016, TWO, "A"), {TWO: 5.0}, id="the same, as the borders say"),
        pytest.param(
            decision(same=False), (ONE, 2016, THREE, "X"), {THREE: "other_area", TWO: 5.0}, id="another area than was thought"
        ),
    ],
)  # fmt: skip
def test_a_decision_goes_before_all_evidence(folder, one, klass, figures):
    store = decide(folder, CATALOGUE, one)
    assert klass in found(store)
    standing = shown(store, "lbm3_score", 2016)
    assert {code: standing.get(code) for code in figures} == figures


def test_the_newest_decision_about_an_area_counts(folder):
    decide(folder, CATALOGUE, decision(same=False))
    store = decide(folder, CATALOGUE, decision(reason="Toch hetzelfde gebied"))
    assert evidence(store) == [[THREE, "B", "besluit: Toch hetzelfde gebied"]]
    assert len(divisions.decisions(store.cursor())) == 2, "the earlier one is kept as history"


def test_the_reason_stands_in_the_export(folder):
    store = decide(folder, CATALOGUE, decision(reason=f"  {WHY} "))
    assert evidence(store) == [[THREE, "B", f"besluit: {WHY}"]]
    assert evidence(store, TWO)[0][2] == "grens"


def test_a_place_is_one_area_of_a_division_whatever_persons_say(folder):
    """Noord and Zuid cannot both be the one place."""
    try:
        decide(folder, CATALOGUE, decision())
        store = decide(folder, CATALOGUE, decision(TWO, code_to=THREE))
    except WijkdataError:
        store = versions.require(folder)
    assert len([code for code, _, place, klass in found(store) if place == THREE and klass in "AB"]) == 1


# --- that it stays --------------------------------------------------------------------------------------------------


def test_it_holds_over_the_next_import(folder):
    decide(folder, CATALOGUE, decision())
    path = folder / "eigen.csv"
    path.write_text(f"gebied_code;indicator;periode;waarde\n{TWO};vertrouwen;2024;61\n", encoding="utf-8")
    importer.import_files([path], folder, CATALOGUE)
    store = versions.require(folder)
    assert shown(store, "vertrouwen", 2024)[TWO] == 61.0
    assert evidence(store) == [[THREE, "B", f"besluit: {WHY}"]]
    assert shown(store, "lbm3_score", 2016)[THREE] == 4.0


@pytest.mark.parametrize("named", [True, False], ids=["to a stamp", "to the one before"])
def test_it_holds_over_going_back_to_a_state_of_before_it(folder, named):
    first = versions.require(folder).stamp
    decide(folder, CATALOGUE, decision())
    store = go_back(folder, CATALOGUE, first if named else None)
    assert evidence(store) == [[THREE, "B", f"besluit: {WHY}"]]
    assert shown(store, "lbm3_score", 2016)[THREE] == 4.0
    assert len(divisions.decisions(store.cursor())) == 1


def test_going_back_keeps_every_decision_once_and_in_order(folder):
    decide(folder, CATALOGUE, decision(same=False, reason="eerst dit"))
    decide(folder, CATALOGUE, decision(reason="toen dat"))
    store = go_back(folder, CATALOGUE)
    assert divisions.decisions(store.cursor())["reason"].tolist() == ["eerst dit", "toen dat"]
    assert evidence(store) == [[THREE, "B", "besluit: toen dat"]]


def test_going_back_without_decisions_changes_no_link(folder):
    before = gegevens_links.table(versions.require(folder))
    store_of(folder, File(2020, [(FOUR, "West", LEFT)], table="meer"))
    assert gegevens_links.table(go_back(folder, CATALOGUE)).equals(before)


# --- what is refused ------------------------------------------------------------------------------------------------

REFUSED = [
    pytest.param(decision(reason=""), "waarom", id="no reason"),
    pytest.param(decision(reason="    \n "), "waarom", id="a blank reason"),
    pytest.param(decision(reason="ja"), "waarom", id="too short a reason"),
    pytest.param(decision(code_from="WK051877"), "WK051877", id="unknown area of then"),
    pytest.param(decision(code_to="WK051877"), "WK051877", id="unknown area of now"),
    pytest.param(decision(year_from=2017), "2017", id="not known in that year"),
    pytest.param(decision(code_to=ONE), ONE, id="the code of then is none now"),
    pytest.param(decision(code_to="BU05180300"), "van wijk naar wijk", id="a buurt for a wijk"),
    pytest.param(decision(code_from="BU05180100"), "van wijk naar wijk", id="a wijk for a buurt"),
    pytest.param(decision(code_from="GM0518"), "van wijk naar wijk", id="a gemeente for a wijk"),
]


@pytest.mark.parametrize(("one", "word"), REFUSED)
def test_a_decision_that_cannot_be_is_refused_in_one_sentence(folder, one, word):
    before = versions.files(folder)
    with pytest.raises(WijkdataError) as refused:
        decide(folder, CATALOGUE, one)
    message = str(refused.value)
    assert word in message
    assert SENTENCE.fullmatch(message), message
    assert versions.files(folder) == before, "nothing was published"


def test_a_decision_about_gemeenten_is_refused(folder):
    """Gemeenten follow the list of mergers: a decision about one would change nothing and nobody would be told."""
    store_of(
        folder,
        File(2016, [("GM0518", "Den Haag", None)], table="g16"),
        File(2024, [("GM0518", "Den Haag", None)], table="g24"),
    )
    with pytest.raises(WijkdataError, match="van wijk naar wijk"):
        decide(folder, CATALOGUE, decision("GM0518", code_to="GM0518", same=False))


# --- between divisions that are not shown ---------------------------------------------------------------------------


@pytest.fixture
def three_years(tmp_path):
    """2016: one whole; 2020: two halves; 2024: the halves under other codes."""
    store = store_of(
        tmp_path,
        File(2016, [(ONE, "Alles", BOTH), (FOUR, "Ver", FAR)]),
        File(2020, [(ONE, "West", LEFT), (TWO, "Oost", RIGHT), (FOUR, "Ver", FAR)], table="tussen"),
        File(2024, [(TWO, "West", LEFT), (THREE, "Oost", RIGHT), (FOUR, "Ver", FAR)], table="nu"),
    )
    return tmp_path, store


@pytest.mark.parametrize(
    ("year_from", "year_to", "expected"),
    [
        pytest.param(2016, 2020, {(ONE, ONE, "D"), (ONE, TWO, "D"), (FOUR, FOUR, "A")}, id="neither is shown"),
        pytest.param(2020, 2016, {(ONE, ONE, "C"), (TWO, ONE, "C"), (FOUR, FOUR, "A")}, id="back in time"),
        pytest.param(
            2020, 2024, {(ONE, TWO, "B"), (TWO, THREE, "B"), (TWO, TWO, "X"), (ONE, ONE, "?"), (FOUR, FOUR, "A")}, id="to what is shown"
        ),
    ],
)  # fmt: skip
def test_links_between_any_two_divisions(three_years, year_from, year_to, expected):
    rows = between(three_years[1], Level.WIJK, year_from, year_to)
    pairs = set(zip(rows["code_from"], rows["code_to"], rows["klass"], strict=True))
    assert pairs == expected - {(ONE, ONE, "?")} if year_to == 2024 else pairs == expected
    assert rows["name_from"].notna().all() and rows["name_to"].notna().all()


@pytest.mark.parametrize(("year_from", "year_to"), [(2017, 2020), (2016, 2021)])
def test_a_year_without_a_division_is_one_sentence_with_the_years_there_are(three_years, year_from, year_to):
    with pytest.raises(NotFoundError, match="kies uit 2016, 2020, 2024"):
        between(three_years[1], Level.WIJK, year_from, year_to)


def test_a_decision_between_two_divisions_stands_in_the_links_between_them(three_years):
    store = decide(three_years[0], CATALOGUE, decision(ONE, 2016, TWO, 2020))
    rows = between(store, Level.WIJK, 2016, 2020)
    assert rows[rows["code_from"] == ONE][["code_to", "klass", "evidence"]].values.tolist() == [[TWO, "B", "besluit"]]


def test_a_decision_between_two_divisions_leads_on_to_the_areas_of_now(three_years):
    """ONE of 2016 is TWO of 2020, and TWO of 2020 is THREE now."""
    store = decide(three_years[0], CATALOGUE, decision(ONE, 2016, TWO, 2020))
    assert (ONE, 2016, THREE, "B") in found(store)
