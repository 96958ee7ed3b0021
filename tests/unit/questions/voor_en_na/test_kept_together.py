"""A count of an area whose border moved: with which areas it stayed the same together, and where Gegevens has that count."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from tests.links_examples import BOTH, CATALOGUE, FAR, LEFT, RIGHT, File, store_of, wijk
from wijkdata.areas import Level
from wijkdata.questions.shared import topics
from wijkdata.questions.shared.answer import Union
from wijkdata.questions.voor_en_na import refusals, sections
from wijkdata.questions.voor_en_na.answer import BY_HAND, Intervention, Treated
from wijkdata.questions.voor_en_na.case import Case
from wijkdata.questions.voor_en_na.measurements import Measurements
from wijkdata.views.voor_en_na import html

NOORD, ZUID, VER = wijk(1), wijk(2), wijk(5)
# 3 was divided into 1 and 2 in 2021; 5 is far away and stayed.
YEARS = [
    File(2020, [(wijk(3), "Samen", BOTH), (VER, "Ver", FAR)], [(wijk(3), "inwoners", 2020, 900), (VER, "inwoners", 2020, 50)], "a"),
    File(2021, [(NOORD, "Noord", LEFT), (ZUID, "Zuid", RIGHT), (VER, "Ver", FAR)],
         [(NOORD, "inwoners", 2021, 500), (ZUID, "inwoners", 2021, 420), (VER, "inwoners", 2021, 51),
          (NOORD, "vertrouwen", 2021, 60)], "b"),
]  # fmt: skip
TOGETHER = Union(NOORD, "Noord", ("Zuid",), 2020, 2021)
SENTENCE = "Van Noord samen met Zuid is de reeks 2020-2021 wel vol: over die grens ging niets, dus aantallen zijn op te tellen."


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return store_of(tmp_path_factory.mktemp("gesplitst"), *YEARS)


def approach(*codes):
    areas = tuple(Treated(code, code, "GM0518", "Den Haag", True, "", True, "") for code in codes)
    day = date(2021, 3, 1)
    return Intervention(BY_HAND, "", "Aanpak", day, "1 maart 2021", "", Level.WIJK, areas, (), None, "", "", False)


@pytest.mark.parametrize(
    ("topic", "codes", "changed", "expected"),
    [
        ("inwoners", [NOORD], [], (TOGETHER,)),  # the store says of 2020 that the border moved
        ("inwoners", [NOORD], [NOORD], (TOGETHER,)),
        ("inwoners", [NOORD, VER], [], (TOGETHER,)),
        ("inwoners", [VER], [], ()),  # the same area in both years
        ("inwoners", [VER], [VER], ()),
        ("vertrouwen", [NOORD], [NOORD], ()),  # a share cannot be added up
    ],
)
def test_a_count_of_an_area_whose_border_moved_has_a_union(store, topic, codes, changed, expected):
    about = topics.topic(CATALOGUE, topic)
    assert sections.kept_together(store, about, approach(*codes), changed) == expected


def case(years, together):
    values = pd.DataFrame({year: [1.0] for year in years}, index=[NOORD])
    figures = Measurements(values, (NOORD,), {}, (), (), frozenset())
    about = topics.topic(CATALOGUE, "inwoners")
    return Case(approach(NOORD), about, Level.WIJK, figures, figures, 2021, together=together)


@pytest.mark.parametrize(
    ("years", "changed", "together", "key", "said"),
    [
        ((2021,), {}, (TOGETHER,), "start_outside", True),
        ((2019, 2020, 2021), {NOORD: "de grens is verlegd in 2021"}, (TOGETHER,), "area_changed", True),
        ((2019, 2020, 2021), {NOORD: "de grens is verlegd in 2021"}, (), "area_changed", False),
        ((), {}, (TOGETHER,), "no_figures", True),
    ],
)
def test_a_refusal_for_want_of_years_says_what_gegevens_has(years, changed, together, key, said):
    refusal = refusals.before_comparing(replace(case(years, together), changed=changed))
    assert refusal.key == key
    assert (SENTENCE in refusal.remedy) is said and refusal.together == (together if said else ())
    drawn = html.refusal(refusal, "inwoners")
    address = (
        f"gegevens?gemeente=GM0518&amp;niveau_koppeling=wijk&amp;van=2020&amp;naar=2021&amp;gebied_weg={NOORD}"
        "&amp;aantal=inwoners#omzetten"
    )
    assert (f'href="{address}"' in drawn) is said
