"""Each reason why no honest answer exists: what was asked, and the reason given."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from wijkdata import catalogue
from wijkdata.areas import Level
from wijkdata.catalogue import SeriesBreak
from wijkdata.questions.shared import topics
from wijkdata.questions.voor_en_na import refusals
from wijkdata.questions.voor_en_na.answer import ACTIVITY, BY_HAND, Intervention, Treated
from wijkdata.questions.voor_en_na.case import Case, Elsewhere
from wijkdata.questions.voor_en_na.measurements import Measurements

CATALOGUE = catalogue.load()
YEARS = (2014, 2015, 2016, 2017, 2018, 2019, 2020)
AREA = Treated("WK059908", "Kralingen", "GM0599", "Rotterdam", True, "", True, "")
INTERVENTION = Intervention(
    BY_HAND, "", "Kralingen", date(2018, 3, 1), "1 maart 2018", "", Level.WIJK, (AREA,), (), None, "", "", False
)


def case(topic="vertrouwen", years=YEARS, first_after=2018, builds=False, changed=None, chosen_on=None, **figures):
    values = pd.DataFrame({year: [1.0] for year in years}, index=["WK059908"])
    figures_then = Measurements(values, ("WK059908",), {}, (), (), frozenset())
    return Case(
        replace(INTERVENTION, chosen_on=chosen_on),
        topics.topic(CATALOGUE, topic),
        Level.WIJK,
        *[replace(figures_then, **figures)] * 2,
        first_after,
        builds,
        changed or {},
    )


@pytest.mark.parametrize(
    ("given", "key", "reason"),
    [
        ({}, None, ""),
        ({"years": (2015, 2016, 2017, 2018)}, None, ""),
        ({"topic": "lbm2_klasse"}, "classes", "is een klasse en geen maat"),
        ({"years": ()}, "no_figures", "zijn er in deze wijken geen cijfers"),
        ({"years": (2015, 2016, 2017)}, "start_outside", "Na de start (1 maart 2018) is er nog geen meting"),
        ({"years": (2018, 2019)}, "start_outside", "Van vóór de start (1 maart 2018) is er geen meting"),
        ({"years": (2016, 2017, 2018)}, "few_before", "maar 2 metingen (2016 en 2017)"),
        ({"years": (2017, 2018)}, "few_before", "is er maar 1 meting (2017)"),
        ({"topic": "lbm3_won", "builds": True}, "contains_itself", "wordt daar voor een deel uit berekend"),
        ({"topic": "lbm3_onv", "builds": True}, None, ""),
        ({"changed": {"WK059908": "de grens is verlegd in 2017"}}, "area_changed", "Kralingen: de grens is verlegd"),
        (
            {"used": (), "why_not": {"WK059908": "verborgen door de uitgever in 2016"}},
            "hidden",
            "verborgen door de uitgever in 2016",
        ),
        ({"years": (2017, 2018), "chosen_on": (2017, ("vertrouwen",))}, "selection", "juist op Vertrouwen"),
        ({"years": (2017, 2018), "chosen_on": (2017, ("lbm3_afw",))}, "few_before", "maar 1 meting"),
        ({"chosen_on": (2017, ("vertrouwen",))}, None, ""),
        # Others were measured after the start, or before it: reading in newer figures would not help.
        (
            {"years": (2015, 2016, 2017), "everywhere": YEARS},
            "start_outside",
            "Van Kralingen is Vertrouwen in buurtgenoten alleen bekend over 2015 tot en met 2017; elders ook",
        ),
        ({"years": (2018, 2019), "everywhere": YEARS}, "start_outside", "alleen bekend over 2018 en 2019; elders ook"),
        (
            {
                "years": (2016,),
                "used": (),
                "hidden": ("WK059908",),
                "why_not": {"WK059908": "te weinig inwoners in 2016"},
            },
            "hidden",
            "te weinig inwoners in 2016",
        ),
        ({"years": (2014, 2016), "other_make": (2018, 2020)}, "series_break", "2 metingen vóór en 0 na de start"),
    ],
)
def test_what_was_asked_and_the_reason(given, key, reason):
    found = refusals.before_comparing(case(**given))
    assert (found.key if found else None) == key
    if found:
        assert reason in found.reason
        assert found.remedy[0].isupper()
        assert found.remedy.endswith(".")
        assert found.key in refusals.KEYS


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [(BY_HAND, "Bij een start vanaf 2019 kan het wel met dit onderwerp; kies anders een"), (ACTIVITY, "Kies een")],
)
def test_only_a_start_chosen_by_hand_can_be_chosen_otherwise(kind, remedy):
    few = case(years=(2016, 2017, 2018, 2019, 2020))
    found = refusals.before_comparing(replace(few, intervention=replace(few.intervention, kind=kind)))
    assert found.remedy == f"{remedy} onderwerp met meer jaren vóór de start, of lees oudere cijfers in."


@pytest.mark.parametrize(
    ("topics", "earliest", "remedy"),
    [
        (("Eenzaam",), 2013, "Kies een onderwerp dat ver genoeg teruggaat, zoals Eenzaam."),
        (tuple("ABCD"), 2013, "Kies een onderwerp dat ver genoeg teruggaat, zoals A, B en C (er zijn er 4)."),
        (
            (),
            2013,
            "Geen enkel onderwerp dat hier is ingelezen gaat ver genoeg terug; alleen oudere cijfers helpen. Wat in 2013 of later "
            "begon, is wel te beoordelen.",
        ),
        ((), 0, "Geen enkel onderwerp dat hier is ingelezen gaat ver genoeg terug; alleen oudere cijfers helpen."),
    ],
)
@pytest.mark.parametrize("years", [(2017, 2018, 2019), (2018, 2019, 2020)])
def test_only_topics_that_there_are_are_advised(years, topics, earliest, remedy):
    """Too few measurements before the start of 2018, and none."""
    late = case(years=years)
    late = replace(late, instead=Elsewhere(topics, earliest), intervention=replace(late.intervention, kind=ACTIVITY))
    found = refusals.before_comparing(late)
    assert found.key in refusals.TOO_LATE and found.remedy == remedy


@pytest.fixture
def item(monkeypatch):
    """The catalogue's entry for a topic, as this test wants it."""

    def give(**changed):
        entry = CATALOGUE.indicators["vertrouwen"].model_copy(update=changed)
        monkeypatch.setattr(Case, "item", property(lambda self: entry))

    return give


@pytest.mark.parametrize(
    ("years", "first_after", "key"),
    [
        # A mean over three years: the figure of 2019 holds 2017, from before the start in 2018; that of 2020 does not.
        (YEARS, 2018, "overlapping"),
        ((2014, 2015, 2016, 2017, 2020), 2020, None),
    ],
)
def test_a_mean_over_years_that_straddle_the_start(item, years, first_after, key):
    item(mean_over=3)
    found = refusals.before_comparing(case(years=years, first_after=first_after))
    assert (found.key if found else None) == key
    if found:
        assert "jaar vanaf 2020" in found.remedy


@pytest.mark.parametrize(
    ("year", "key"),
    [(2015, None), (2016, "series_break"), (2019, "series_break"), (2013, None), (2021, None)],
)
def test_a_break_in_the_series(item, year, key):
    # With a break in 2015 three measurements before the start remain; in 2016 two; in 2019 it lies in what is compared.
    item(series_breaks=(SeriesBreak(year=year, why="alleen nog via internet"),))
    found = refusals.before_comparing(case())
    assert (found.key if found else None) == key
    if found:
        assert f"In {year} veranderde de manier van meten (alleen nog via internet)" in found.reason


@pytest.mark.parametrize(("n", "refused"), [(0, True), (18, True), (19, False), (199, False)])
def test_fewer_than_nineteen_to_compare_with(n, refused):
    found = refusals.small_pool(n, 1, Level.WIJK, 0)
    assert (found is not None) is refused
    assert "neem weggelaten wijken weer mee" in refusals.small_pool(5, 1, Level.WIJK, 2).remedy


@pytest.mark.parametrize(
    ("topic", "remedy"),
    [
        ("lbm3_soc", "De uitgave van de Leefbaarometer met de meting van 2018 zou een antwoord mogelijk maken"),
        ("pijler:weerbaarheid", "De uitgave van de Leefbaarometer met de meting van 2018"),
        ("vertrouwen", "Lees nieuwere cijfers in zodra ze er zijn."),
        # Nothing of the Leefbaarometer counts in this pillar.
        ("pijler:sociaal_economisch", "Lees nieuwere cijfers in zodra ze er zijn."),
    ],
)
def test_only_a_source_that_makes_the_figure_is_promised(topic, remedy):
    asked = case("lbm3_soc" if topic.startswith("pijler:") else topic, years=(2014, 2015, 2016))
    refusal = refusals.before_comparing(replace(asked, topic=replace(asked.topic, id=topic)))
    assert refusal.key == "start_outside"
    assert remedy in refusal.remedy
