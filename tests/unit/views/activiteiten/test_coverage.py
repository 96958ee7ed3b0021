"""Coverage and the activities beside the figures, drawn and said: every sentence from its condition, no markup, no 0 for unknown."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from wijkdata.areas import Level
from wijkdata.questions.activiteiten.answer import Costs, Coverage, GroupReach, Rate, Share
from wijkdata.questions.overzicht.answer import Now, Soon
from wijkdata.questions.shared.answer import AreaCoverage, WeakPillar
from wijkdata.views.activiteiten import coverage, words
from wijkdata.views.overzicht import activities as overzicht_activities
from wijkdata.views.shared.theme import DARK, LIGHT
from wijkdata.views.shared.weak import weak_text

NAUGHTY = "<script>alert(1)</script>"
NAN = float("nan")


def weak(score: float = 70.0, running: int = 0, **more: Any) -> WeakPillar:
    told = {"low": score < 85, "falling": False, "since_low": 2018, "change": NAN, "since": 0, "wide": ()} | more
    return WeakPillar("veiligheid", "Veiligheid", score, 2022, running=running, **told)


def place(name: str, *pillars: WeakPillar, judged: bool = True, running: int = 0) -> AreaCoverage:
    return AreaCoverage(f"WK{name}", name, judged, "" if judged else "few_residents", pillars, running)


def points(*values: float) -> pd.DataFrame:
    years = range(2027 - len(values), 2027)
    return pd.DataFrame(
        {
            "year": list(years),
            "value": list(values),
            "total": list(values),
            "n": 1,
            "unknown": 2,
            "inhabitants": 1000.0,
            "inhabitants_year": 2022,
        }
    )


def rate(*values: float, line: float = NAN) -> Rate:
    return Rate(
        "deelnemers",
        "Unieke deelnemers",
        "per 1.000 inwoners",
        0,
        points(*values),
        "kan dubbel tellen",
        line,
        "20%",
        False,
        2026,
    )


def answer(*areas: AreaCoverage, **more: Any) -> Coverage:
    steps = pd.DataFrame(
        {
            "code": ["0", "1"],
            "label": ["Niet van toepassing: ontmoeting", "Informeren"],
            "n": [3, 1],
            "share": [0.75, 0.25],
        }
    )
    told = {
        "municipality": "GM0599",
        "name": "Rotterdam",
        "level": Level.WIJK,
        "fictional": False,
        "first": 2022,
        "last": 2026,
        "n_ever": 4,
        "n": 4,
        "running": 3,
        "wide": 0,
        "no_pillar": 0,
        "areas": areas,
        "steps": steps,
        "shares": (Share("begonnen door bewoners", 1, 4, 0, ""),),
        "rates": (rate(2.0, NAN, 3.0), rate(NAN, NAN, NAN), rate(1.0, 1.0, 1.0, line=20)),
        "groups": GroupReach(
            pd.DataFrame(columns=["label", "reached", "inhabitants", "rate"]), NAN, 0, 1, 0, ("geslacht",), 0
        ),
        "costs": Costs(NAN, NAN, 0, 3, 1, 0.0, 0.0),
        "limit": 85,
        "small": 2,
        "claim": 20,
        "source": "Leefbaarometer 3.0 (BZK), 2022",
    } | more
    return Coverage(**told)


@pytest.mark.parametrize(
    ("areas", "title"),
    [
        ((), "Van geen enkele wijk in Rotterdam is een pijler te beoordelen"),
        ((place("a", judged=False),), "Van geen enkele wijk in Rotterdam is een pijler te beoordelen"),
        ((place("a"),), "In Rotterdam is geen wijk met een zwakke of dalende pijler"),
        (
            (place("a", weak()),),
            "In de enige wijk met een zwakke of dalende pijler loopt daarvoor niets dat is vastgelegd",
        ),
        (
            (place("a", weak(running=1)),),
            "In de enige wijk met een zwakke of dalende pijler loopt daarvoor een activiteit",
        ),
        (
            (place("a", weak()), place("b", weak(running=1)), place("c")),
            "In 1 van 2 wijken met een zwakke of dalende pijler loopt daarvoor niets dat is vastgelegd",
        ),
        (
            (place("a", weak()), place("b", weak(), weak(running=2))),
            "In alle 2 wijken met een zwakke of dalende pijler loopt daarvoor niets dat is vastgelegd",
        ),
        (
            (place("a", weak(running=1)), place("b", weak(running=2))),
            "In alle 2 wijken met een zwakke of dalende pijler loopt daarvoor iets",
        ),
    ],
)
def test_the_title_is_the_answer(areas: tuple[AreaCoverage, ...], title: str) -> None:
    said = words.title(answer(*areas))
    assert said == title and len(said) <= 90
    assert words.grid_title(answer(*areas))


@pytest.mark.parametrize(
    ("pillar", "said"),
    [
        (weak(70.4), "Veiligheid 70 in 2022, onder gemiddeld, sinds 2018 onder 85"),
        (weak(84.4), "Veiligheid 84 in 2022, onder gemiddeld, sinds 2018 onder 85"),
        (weak(97.0, falling=True, change=-6.2, since=2014), "Veiligheid 97 in 2022, gedaald sinds 2014 (−6)"),
    ],
)
def test_a_weak_pillar_says_how_weak_and_since_when(pillar: WeakPillar, said: str) -> None:
    assert weak_text(pillar, 85) == said


def test_the_grid_has_its_four_numbers_and_only_a_gap_is_ochre() -> None:
    html = coverage.grid(answer(place("a", weak()), place("b", weak(running=1)), place("c", running=2), place("d")))
    assert html.count("<b>1</b>") == 4 and html.count("wd-grid-gap") == 1
    assert "wd-grid-gap" not in coverage.grid(answer(place("c")))


def test_unknown_and_hidden_are_said_with_their_number() -> None:
    one = answer(place("a", weak(wide=("Buurtbus",))), place("b", judged=False), wide=1, no_pillar=2)
    assert "1 te weinig inwoners" in words.grid_source(one).text and "2 zonder pijler" in words.grid_source(one).text
    assert words.gap_text(one.areas[0], 85)[1] == "Voor de hele gemeente: Buurtbus."
    assert "Onbekend bij 4 van 4 activiteiten: 3 zonder bedrag, 1 zonder deelnemers." in words.cost_text(one)[1]
    assert "verborgen groep" in words.group_text(one)[1] and "geslacht" in words.group_text(one)[1]
    assert words.share_text(Share("x", 0, 0, 4, ""))[0].startswith("onbekend")
    assert (
        words.share_text(Share("teruggekoppeld", 1, 2, 8, ""))[0]
        == "50% teruggekoppeld: 1 van 2. Onbekend bij 8 activiteiten."
    )


def test_a_year_without_a_number_breaks_the_line_and_is_never_0() -> None:
    spec = coverage.rate(rate(2.0, NAN, 3.0, 4.0), LIGHT).to_dict()
    rows = spec["layer"][0]["data"]["values"]
    assert [(row["year"], row["s"]) for row in rows] == [(2023, 1), (2025, 2), (2026, 2)]
    assert [row["fill"] for row in rows] == [LIGHT.acc, LIGHT.acc, LIGHT.paper], "this year is not over: an open point"
    assert "2024: onbekend" in words.rate_alt(rate(2.0, NAN, 3.0, 4.0))
    assert words.small_number(0.01) == "minder dan 0,1" and words.small_number(0) == "0,0"


def test_the_claim_is_drawn_and_called_a_claim() -> None:
    spec = str(coverage.rate(rate(1.0, 2.0, line=20), DARK).to_dict())
    assert "stelling, geen norm" in spec
    assert "stelling van de auteur" in words.reach_source(answer()).text


def test_titles_of_reach_and_steps() -> None:
    assert words.reach_title(answer()) == "2,0 deelnemers per 1.000 inwoners in 2024 (kan dubbel tellen)"
    assert (
        words.reach_title(answer(rates=(rate(NAN),)))
        == "Hoeveel mensen meededen is in 2022 tot en met 2026 niet bekend"
    )
    assert words.steps_title(answer()) == "De meest voorkomende trede is ontmoeting (3 van 4)"
    assert "hoger is niet beter" in words.STEPS_LEAD.lower()
    known = GroupReach(
        pd.DataFrame({"label": ["Jong", "Oud"], "reached": [5, 9], "inhabitants": [9, 9], "rate": [5.0, 10.0]}),
        0.5,
        2,
        0,
        0,
        (),
        2022,
    )
    assert "Jong: minder bereikt" in words.detail_title(answer(groups=known))
    assert "niet te zeggen" in words.detail_title(answer())


def test_tables_keep_unknown_empty() -> None:
    one = answer(place("a", weak()), place("b"), place("c", judged=False))
    table = coverage.areas_table(one)
    assert list(table["Oordeel"]) == [
        "geen activiteit",
        "geen zwakke of dalende pijler",
        "niet te beoordelen: te weinig inwoners",
    ]
    assert pd.isna(table["Verandering"].iloc[0])
    reach = coverage.reach_table(one)
    assert reach["Waarde"].isna().sum() == 4 and "Activiteiten zonder getal" in reach
    assert len(coverage.steps_table(one)) == 3 and coverage.detail_table(one)["Waarde"].isna().all()
    assert coverage.areas_table(answer()).empty and coverage.reach_table(answer(rates=())).empty


def test_every_drawing_is_a_valid_specification_in_both_modes() -> None:
    for theme in (LIGHT, DARK, replace(LIGHT, k=1.55, fictional=True)):
        assert coverage.steps(answer(), theme).to_dict()
        assert coverage.steps(answer(n=0, steps=answer().steps.assign(n=0, share=NAN)), theme).to_dict()
        assert coverage.rate(rate(1.0), theme).to_dict()


# What stands on Overzicht and on a profile.


def now(**more: Any) -> Now:
    told = {
        "name": "Rotterdam",
        "level": Level.WIJK,
        "ever": 9,
        "running": 2,
        "wide": 1,
        "no_pillar": 0,
        "per_pillar": (("Fysieke leefomgeving", 0), (NAUGHTY, 2)),
        "soon": (Soon("1", NAUGHTY, True, "31 december 2026", "Noord"),),
        "problems": 8,
        "gaps": tuple(f"wijk {n}" for n in range(8)),
        "days": 90,
        "limit": 85,
    } | more
    return Now(**told)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Wat gebeurt er? Nu lopen 2 activiteiten, 1 stopt binnen 90 dagen"),
        ({"running": 1, "soon": ()}, "Wat gebeurt er? Nu loopt 1 activiteit"),
        ({"running": 0, "soon": ()}, "Wat gebeurt er? Er loopt nu geen activiteit"),
    ],
)
def test_overzicht_says_what_happens(more: dict, said: str) -> None:
    assert overzicht_activities.title(now(**more)) == said


def test_overzicht_lists_without_markup_and_counts_the_rest() -> None:
    assert "<script" not in overzicht_activities.running(
        now()
    ) and "<b>geen</b> Fysieke" in overzicht_activities.running(now())
    assert overzicht_activities.gaps(now())[1] == "wijk 0, wijk 1, wijk 2, wijk 3, wijk 4, wijk 5 en 2 andere."
    assert (
        overzicht_activities.gaps(now(gaps=()))[0] == "Geen:"
        and "Geen enkele" in overzicht_activities.gaps(now(problems=0, gaps=()))[0]
    )
    assert overzicht_activities.soon(now(soon=()))[0][0] == "Niets:"
    assert len(overzicht_activities.soon(now(soon=now().soon * 9))) == 6
