"""What else ran in the window, found without being asked for; and the aim beside the result, without a verdict."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from tests.activity_examples import TODAY, record, saved
from tests.overview_examples import monitor_of
from tests.participation_examples import event
from tests.profile_examples import example
from wijkdata import catalogue
from wijkdata.catalogue import SeriesBreak
from wijkdata.errors import NotFoundError
from wijkdata.questions.voor_en_na import aims, concurrent
from wijkdata.questions.voor_en_na.aims import Result
from wijkdata.questions.voor_en_na.answer import ACTIVITY, BY_HAND, PROGRAMME, Wanted
from wijkdata.questions.voor_en_na.concurrent import Around
from wijkdata.store.monitor import linked, queries
from wijkdata.store.participation import registers

CATALOGUE = catalogue.load()
WIJK, BUURT, CITY, OTHER = "WK059909", "BU05990901", "GM0599", "WK059900"
# In "Actieplan Krachtwijken"; the wijk of the tables above is in no programme.
KRACHTWIJK = "WK036103"


@pytest.fixture(scope="module")
def monitor(tmp_path_factory):
    return example(tmp_path_factory.mktemp("cijfers"))


def here(name, areas=(WIJK,), **values):
    """An activity in the wijk that is asked about."""
    return record(name, areas=areas, **values)


def found(register, monitor, areas=(WIJK,), own="", topic="lbm3_afw", window=(2014, 2022), kind=ACTIVITY):
    return concurrent.concurrent(register, monitor, CATALOGUE, Wanted(kind, own), Around(areas, topic, window))


def of_kind(entries, kind):
    return [(entry.title, entry.when, entry.where, entry.id) for entry in entries if entry.kind == kind]


@pytest.mark.parametrize(
    ("values", "areas", "expected"),
    [
        ({}, (WIJK,), ("1 maart 2020, loopt nog", WIJK)),
        ({}, (BUURT,), ("1 maart 2020, loopt nog", f"{BUURT} (deel van {WIJK})")),
        ({}, (CITY,), ("1 maart 2020, loopt nog", "heel Rotterdam")),
        ({}, (CITY, WIJK), ("1 maart 2020, loopt nog", WIJK)),
        ({}, (OTHER,), None),  # another wijk
        ({"start_planned": "01-03-2023"}, (WIJK,), None),  # after the window
        ({"status": "afgerond", "start_planned": "01-01-2010", "end_actual": "01-06-2013"}, (WIJK,), None),  # before it
        ({"status": "afgerond", "start_planned": "01-01-2010", "end_actual": "01-06-2014", "precision": "jaar"}, (WIJK,),
         ("2010 tot en met 2014", WIJK)),
        ({"status": "afgerond", "start_planned": "01-01-2018"}, (WIJK,), ("1 januari 2018, einde onbekend", WIJK)),
        ({"status": "gepland", "start_planned": "01-01-2022", "end_planned": "01-02-2027"}, (WIJK,), None),
        ({"status": "idee"}, (WIJK,), None),
        ({"status": "afgelast", "stop_reason": "geen geld"}, (WIJK,), None),
    ],
)  # fmt: skip
def test_other_activities_that_ran_in_the_window(values, areas, expected, tmp_path, monitor):
    register = saved(tmp_path, here("ander", areas=areas, **values))

    rows = of_kind(found(register, monitor), "activiteit")

    assert rows == ([] if expected is None else [("ander", *expected, "ander")])


def test_not_the_activity_itself_and_not_what_was_withdrawn(tmp_path, monitor):
    register = saved(tmp_path, here("zelf"), here("ander"), here("weg"))
    stored = registers.get(tmp_path, "weg")
    registers.set_withdrawn(tmp_path, "weg", stored.version, "beleidsadviseur", True)
    register = registers.current(register.directory)

    assert [row[0] for row in of_kind(found(register, monitor, own="zelf"), "activiteit")] == ["ander"]
    # Chosen by hand nothing is "itself", whatever the address says.
    assert len(of_kind(found(register, monitor, own="zelf", kind=BY_HAND), "activiteit")) == 2


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"area": WIJK, "start": "1-2-2021", "kind": "sloop", "text": "Sloop van 48 woningen."},
         ("Sloop van 48 woningen", "1 februari 2021, loopt nog", WIJK)),
        ({"area": WIJK, "start": "1-2-2021", "end": "1-3-2021", "kind": "nieuwbouw", "text": "60 woningen aan de Lei."},
         ("Nieuwbouw: 60 woningen aan de Lei", "1 februari 2021 tot en met 1 maart 2021", WIJK)),
        ({"area": BUURT, "start": "1-2-2021", "kind": "sloop", "text": "Flat."},
         ("Sloop: Flat", "1 februari 2021, loopt nog", f"{BUURT} (deel van {WIJK})")),
        ({"area": CITY, "start": "1-2-2021", "kind": "beleid", "text": "Nieuw parkeerbeleid."},
         ("Beleid: Nieuw parkeerbeleid", "1 februari 2021, loopt nog", "heel Rotterdam")),
        ({"area": "NL00", "start": "15-3-2020", "end": "31-3-2022", "kind": "crisis", "text": "Corona."},
         ("Crisis: Corona", "15 maart 2020 tot en met 31 maart 2022", "heel Nederland")),
        ({"area": "NL00", "start": "1-1-2008", "end": "31-12-2013", "kind": "crisis", "text": "Kredietcrisis."}, None),
        ({"area": WIJK, "start": "1-2-2023", "kind": "sloop", "text": "Sloop."}, None),
        ({"area": "WK036301", "start": "1-2-2021", "kind": "sloop", "text": "Sloop."}, None),
    ],
)  # fmt: skip
def test_circumstances_of_the_area_and_around_it(told, expected, tmp_path, monitor):
    register = saved(tmp_path, event("gebeurd", **told))

    rows = of_kind(found(register, monitor, areas=(WIJK, OTHER)), "omstandigheid")

    assert rows == ([] if expected is None else [(*expected, "gebeurd")])


def test_the_area_itself_comes_before_what_is_wider_and_the_oldest_first(tmp_path, monitor):
    register = saved(
        tmp_path,
        here("hele stad", areas=(CITY,), start_planned="01-01-2015"),
        here("later hier", start_planned="01-01-2021"),
        here("eerder hier", start_planned="01-01-2019"),
        event("e", area=WIJK, start="1-1-2020", text="Sloop van een flat."),
        event("n", area="NL00", start="1-1-2014", kind="crisis", text="Crisis in de bouw."),
    )

    order = [entry.title for entry in found(register, monitor)]

    own = ["eerder hier", "Sloop van een flat", "later hier", "hele stad"]
    assert order[:4] == own
    assert order.index("Crisis in de bouw") > 3


def test_programmes_of_the_area_with_policy_that_ran_everywhere(tmp_path):
    register = saved(tmp_path / "register")
    rows = [(code, "lbm3_afw", year, 0.1) for code in (KRACHTWIJK, WIJK) for year in (2012, 2022)]
    monitor = monitor_of(tmp_path / "cijfers", rows)
    entries = found(register, monitor, areas=(KRACHTWIJK,), window=(2006, 2012))

    programmes, policy = of_kind(entries, "programma"), of_kind(entries, "beleid")
    assert programmes[0][1:] == ("2007 tot en met 2012", KRACHTWIJK, "krachtwijken")
    national = {title.split(" (")[0]: where for title, _, where, _ in policy}
    assert (national["Investeringsbudget Stedelijke Vernieuwing"], national["Grotestedenbeleid III"]) == (
        "heel Nederland",
        "31 steden",
    )
    assert ("Financiële crisis (doorwerking in Nederland)", "2011 tot en met 2013", "heel Nederland", "") in of_kind(
        entries, "omstandigheid"
    )
    assert not any(title.startswith("Nationaal Programma") for title, *_ in programmes)  # 2022: outside the window
    # The programme itself is not "what else ran", and it did not run in a wijk that was not on its list.
    itself = found(register, monitor, areas=(KRACHTWIJK,), own="krachtwijken", kind=PROGRAMME, window=(2006, 2012))
    elsewhere = found(register, monitor, areas=(WIJK,), window=(2006, 2012))
    for others in (itself, elsewhere):
        assert not any("rachtwijken" in title for title, *_ in of_kind(others, "programma"))


def test_a_break_in_the_way_of_measuring(tmp_path, monitor):
    broken = CATALOGUE.indicators["lbm3_afw"].model_copy(
        update={"series_breaks": (SeriesBreak(year=2018, why="voortaan ook via internet gevraagd"),)}
    )
    known = CATALOGUE.model_copy(update={"indicators": {**CATALOGUE.indicators, "lbm3_afw": broken}})
    register = saved(tmp_path)

    def of(window):
        wanted = Wanted(BY_HAND, "", (WIJK,), 2018)
        entries = concurrent.concurrent(register, monitor, known, wanted, Around((WIJK,), "lbm3_afw", window))
        return of_kind(entries, "meting")

    said = ("Andere manier van meten: voortaan ook via internet gevraagd", "2018", "alle gebieden", "")
    assert of((2014, 2022)) == [said]
    assert of((2018, 2022)) == []  # all of it measured in the new way
    assert of((2014, 2017)) == []


def test_figures_from_more_than_one_edition(tmp_path, monitor, monkeypatch):
    rows = [(WIJK, "lbm3_afw", 2014, 1.0, "lbm", "meting 2014"), (WIJK, "lbm3_afw", 2018, 1.1, "lbm", "meting 2014"),
            (WIJK, "lbm3_afw", 2022, 1.2, "lbm", "meting 2022"), (OTHER, "lbm3_afw", 2022, 1.2, "eigen", "van elders"),
            (WIJK, "ses_woa", 2016, 0.2, "cbs", "van een ander cijfer")]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["code", "indicator", "period", "value", "source", "label"])
    monkeypatch.setattr(queries, "of_areas", lambda _, codes: frame[frame["code"].isin(codes)])
    register = saved(tmp_path)

    title = "De cijfers komen uit 2 uitgaven: meting 2014 (vanaf 2014) en meting 2022 (vanaf 2022)"
    assert of_kind(found(register, monitor), "meting") == [(title, "2014, 2018 en 2022", "alle gebieden", "")]
    assert of_kind(found(register, monitor, window=(2014, 2018)), "meting") == []


def test_a_border_that_moved_within_the_window(tmp_path, monitor, monkeypatch):
    changes = pd.DataFrame(
        [(WIJK, 2014, 3.0, "X"), (WIJK, 2016, 1.0, "X"), (WIJK, 2018, 3.0, "X"), (WIJK, 2020, 2.0, "X"),
         (WIJK, 2021, float("nan"), "X"), (WIJK, 2023, 3.0, "X")],
        columns=["code", "division", "change", "name"],
    )  # fmt: skip
    monkeypatch.setattr(linked, "area_changes", lambda _, codes: changes[changes["code"].isin(codes)])

    # 2014 says what changed since 2013, and that is before the first measurement; unknown is not a change.
    assert of_kind(found(saved(tmp_path), monitor), "grens") == [
        ("De grens is verlegd", "2018", WIJK, ""),
        ("De code veranderde", "2020", WIJK, ""),
    ]


def test_what_the_store_says_of_divisions(monitor):
    frame = linked.area_changes(monitor, [WIJK])
    assert list(frame.columns) == ["code", "division", "change", "name", "code_then"]
    assert set(frame["code"]) == {WIJK}


def test_without_areas_or_a_topic_that_is_known_nothing_is_made_up(tmp_path, monitor):
    register = saved(tmp_path, here("ander"))
    assert found(register, monitor, areas=()) == ()
    assert of_kind(found(register, monitor, topic="bestaat_niet"), "meting") == []
    assert of_kind(found(register, monitor, topic="pijler:fysiek"), "meting") == []


# --- aims -----------------------------------------------------------------------------------------------------------


def aim(**values):
    return {"indicator": "lbm3_afw", "direction": "op", "size": "0,5", "judge_at": "2025-12-31", **values}


def beside(tmp_path, rows, topic="lbm3_afw", estimate=0.1, own=0.3, areas=(WIJK,), today=date(2020, 1, 1), **values):
    register = saved(tmp_path, here("doel", areas=areas, rows={"aim": rows}, **values), today=today)
    return aims.aims(register, None, CATALOGUE, "doel", Result(topic, estimate, own))


@pytest.mark.parametrize(
    ("row", "own", "estimate", "sentence"),
    [
        ({}, 0.3, 0.1,
         "Het doel was +0,50; de wijk zelf steeg 0,300; daarvan zou 0,200 er anders ook geweest zijn, dus het verschil is +0,100."),
        ({"direction": "neer"}, -0.3, -0.1,
         "Het doel was −0,50; de wijk zelf daalde 0,300; daarvan zou 0,200 er anders ook geweest zijn, dus het verschil is −0,100."),
        ({}, 0.3, 0.3,
         "Het doel was +0,50; de wijk zelf steeg 0,300; anders zou er naar verwachting vrijwel niets veranderd zijn, dus het "
         "verschil is +0,300."),
        ({}, 0.3, -0.1,
         "Het doel was +0,50; de wijk zelf steeg 0,300; anders was naar verwachting een stijging van 0,400 te zien geweest, "
         "dus het verschil is −0,100."),
        ({}, 0.3, 0.5,
         "Het doel was +0,50; de wijk zelf steeg 0,300; anders was naar verwachting een daling van 0,200 te zien geweest, dus "
         "het verschil is +0,500."),
        ({}, 0.0, 0.2,
         "Het doel was +0,50; de wijk zelf bleef vrijwel gelijk; anders was naar verwachting een daling van 0,200 te zien "
         "geweest, dus het verschil is +0,200."),
        ({"size": None}, 0.3, 0.1,
         "Het doel was omhoog, zonder grootte; de wijk zelf steeg 0,300; daarvan zou 0,200 er anders ook geweest zijn, dus het verschil is +0,100."),
        ({"direction": "gelijk", "size": None}, 0.3, 0.1,
         "Het doel was gelijk blijven; de wijk zelf steeg 0,300; daarvan zou 0,200 er anders ook geweest zijn, dus het verschil is +0,100."),
        ({"size": "0,125"}, 0.3, 0.1,
         "Het doel was +0,125; de wijk zelf steeg 0,300; daarvan zou 0,200 er anders ook geweest zijn, dus het verschil is +0,100."),
        ({}, 0.3, None,
         "Het doel was +0,50; de wijk zelf steeg 0,300. Wat er anders gebeurd zou zijn, is hier niet te zeggen."),
        ({}, None, None, "Het doel was +0,50; op dit onderwerp is er nog geen uitkomst om ernaast te zetten."),
    ],
)  # fmt: skip
def test_the_aim_beside_the_result(row, own, estimate, sentence, tmp_path):
    assert CATALOGUE.indicators["lbm3_afw"].decimals == 2
    (answer,) = beside(tmp_path, [aim(**row)], own=own, estimate=estimate)
    assert answer.result == sentence
    assert not any(word in answer.result for word in ("gehaald", "geslaagd", "mislukt", "bewezen"))


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        ((WIJK,), "de wijk zelf steeg"),
        ((BUURT,), "het gebied zelf steeg"),  # it can have been measured as the wijk around it
        ((WIJK, OTHER), "de gebieden zelf stegen"),
        ((CITY,), "de gebieden zelf stegen"),
    ],
)
def test_who_moved(areas, words, tmp_path):
    assert words in beside(tmp_path, [aim()], areas=areas)[0].result


def test_the_topic_asked_comes_first_and_the_others_can_be_chosen(tmp_path):
    rows = [aim(), aim(indicator="vertrouwen", size="2")]
    first, second = beside(tmp_path, rows, topic="vertrouwen", own=3.0, estimate=1.0)

    assert first.topic == CATALOGUE.indicators["vertrouwen"].short
    assert "daarvan zou" in first.result
    assert second.result == "Kies dit onderwerp om het ernaast te zien."
    assert second.aim.startswith("Omhoog met 0,50 (")
    # A pillar has no aims of its own: every aim can be chosen.
    assert {one.result for one in beside(tmp_path / "b", rows, topic="pijler:fysiek")} == {second.result}


def test_when_it_was_written_down_is_said(tmp_path):
    (on_time,) = beside(tmp_path, [aim()])
    assert (on_time.late, on_time.judged) == (False, "te beoordelen op 31 december 2025")
    assert on_time.written == "Vastgelegd op 1 januari 2020, vóór de start."

    (late,) = beside(tmp_path / "laat", [aim()], today=date(2020, 6, 1))
    assert (late.late, late.written) == (True, "Vastgelegd op 1 juni 2020, na de start.")


def test_an_aim_that_moved_stands_under_the_one_it_replaced(tmp_path):
    saved(tmp_path, here("doel", rows={"aim": [aim()]}), today=date(2020, 1, 1))
    stored = registers.get(tmp_path, "doel")
    moved = replace(stored, rows={**stored.rows, "aim": ({**stored.rows["aim"][0], "size": 0.2},)})
    register = saved(tmp_path, moved, today=TODAY)

    old, new = aims.aims(register, None, CATALOGUE, "doel", Result("lbm3_afw", 0.1, 0.3))

    assert old.written == "Vastgelegd op 1 januari 2020, vóór de start; later vervangen."
    assert new.written == "Vastgelegd op 24 november 2026, na de start; versie 2."
    assert (old.late, new.late) == (False, True)
    assert ("+0,50" in old.result, "+0,20" in new.result) == (True, True)


def test_an_activity_without_aims_and_one_that_does_not_exist(tmp_path):
    register = saved(tmp_path, here("doelloos"))
    assert aims.aims(register, None, CATALOGUE, "doelloos", Result("lbm3_afw", 0.1, 0.3)) == ()
    with pytest.raises(NotFoundError):
        aims.aims(register, None, CATALOGUE, "bestaat-niet", Result("lbm3_afw", 0.1, 0.3))


def test_the_border_of_a_real_division(tmp_path):
    """The plain format has no change column: nothing is known, and nothing is said."""
    small = monitor_of(tmp_path / "m", [(WIJK, "lbm3_afw", year, 0.1) for year in (2014, 2016, 2018)])
    assert of_kind(found(saved(tmp_path), small), "grens") == []
