"""What carries one name carries one number: the same wijk, pillar, year and change on every screen, in ten real gemeenten."""

import pandas as pd
import pytest

from wijkdata import dutch
from wijkdata.analysis.change import Verdict
from wijkdata.areas import Level
from wijkdata.questions.kaart import card as kaart_card
from wijkdata.questions.kaart import question as kaart
from wijkdata.questions.kaart.answer import MapChoice, Role
from wijkdata.questions.overzicht.question import overview
from wijkdata.questions.shared import activity_coverage, changes, places
from wijkdata.questions.shared.answer import PILLAR, VERDICTS
from wijkdata.questions.wijkprofiel import lines
from wijkdata.store.monitor import versions

TEN = (
    "Amsterdam",
    "Rotterdam",
    "'s-Gravenhage",
    "Utrecht",
    "Leeuwarden",
    "Tilburg",
    "Zwolle",
    "Eemsdelta",
    "Almere",
    "Baarn",
)


@pytest.fixture(scope="module")
def monitor(real_data):
    return versions.require(real_data)


@pytest.fixture(scope="module", params=TEN)
def walk(request, monitor):
    """Every number of one gemeente: a name of what it is -> the screens that print it, with what they print."""
    code = next(place.code for place in places.municipalities(monitor) if place.name == request.param)
    said: dict[tuple, dict[str, object]] = {}

    def says(screen, *what, value):
        said.setdefault(what, {})[screen] = value

    _overzicht(monitor, code, says)
    _dekking(monitor, code, says)
    for area in _some(monitor, code):
        _wijkprofiel(monitor, area, says)
        _kaart(monitor, code, area, says)
    return said


def _some(monitor, code):
    inside = places.places_in(monitor, code, Level.WIJK)
    return [inside[place].code for place in sorted({0, len(inside) // 2, len(inside) - 1})]


def _overzicht(monitor, code, says):
    answer = overview(monitor, monitor.catalogue, code, "wijk", None)
    for tile in answer.tiles:
        if tile.number is None:
            continue
        says("Overzicht", tile.pillar, code, tile.year, value=dutch.number(tile.number))
        says("Overzicht", "basis", tile.pillar, value=monitor.catalogue.base_years(tile.indicators))
        for area, score in tile.scores.items():
            says("Overzicht", tile.pillar, area, tile.year, value=dutch.number(score))


def _dekking(monitor, code, says):
    for area in activity_coverage.of_figures(monitor, code, Level.WIJK):
        for one in area.weak:
            says("Dekking", one.pillar, area.code, one.period, value=dutch.number(one.score))
            if one.since:
                span = one.pillar, area.code, one.since, one.period
                says("Dekking", "verandering", *span, value=dutch.number(one.change, 0, True))
                says("Dekking", "gedaald", *span, value=one.falling)


def _wijkprofiel(monitor, area, says):
    answer = lines.pillar_lines(monitor, monitor.catalogue, area)
    for line in answer.lines:
        if line.points.empty or line.reason:
            continue
        says("Wijkprofiel", line.pillar, area, line.period, value=dutch.number(line.score))
        of_year = line.points[line.points["period"] == line.period].set_index("who")["score"]
        home = answer.subject.municipality
        says("Wijkprofiel", line.pillar, home, line.period, value=dutch.number(of_year.get("municipality")))
        if line.since:
            span = line.pillar, area, line.since, line.period
            says("Wijkprofiel", "verandering", *span, value=dutch.number(line.change, 0, True))
            says("Wijkprofiel", "gedaald", *span, value=line.verdict is Verdict.DOWN)
            says("Wijkprofiel", "oordeel", *span, value=VERDICTS[line.verdict])


def _kaart(monitor, code, area, says):
    for pillar in monitor.catalogue.pillars:
        try:
            offered = kaart.offered(monitor, monitor.catalogue, code, Level.WIJK, PILLAR + pillar)
        except kaart.material.NotFoundError:
            continue
        for mode in offered:
            year = max(mode.years)
            for since in mode.years[year] or (None,):
                choice = MapChoice(code, Level.WIJK, PILLAR + pillar, year, mode.name, since)
                row = kaart.answer(monitor, monitor.catalogue, choice).figures.areas.loc[area:area]
                if row.empty or row["value"].isna().all():
                    continue
                card = kaart_card.card(monitor, monitor.catalogue, area, choice)
                if since is None:
                    says("Kaart", pillar, area, year, value=card.value_text)
                    home = card.lines[(card.lines["role"] == Role.MUNICIPALITY) & (card.lines["period"] == year)]
                    says("Kaart", pillar, code, year, value=dutch.number(home["value"].iloc[0]))
                else:
                    says("Kaart", "verandering", pillar, area, since, year, value=card.value_text)
                    says("Kaart", "oordeel", pillar, area, since, year, value=row["verdict"].iloc[0])


@pytest.mark.parametrize(
    ("indicator", "years", "known"), [("lbm3_afw", (2014, 2022), True), ("inwoners", (2016, 2024), False)]
)
def test_of_a_count_no_change_of_an_average_wijk_is_called_that_of_the_country(indicator, years, known, monitor):
    judged = changes.judged(monitor, indicator, Level.WIJK, False, *years)
    assert len(judged.verdicts) > 2_000
    assert pd.notna(judged.whole) == known


def test_what_carries_one_name_carries_one_number(walk):
    several = {what: said for what, said in walk.items() if len(said) > 1}
    assert several, "nothing is printed on two screens"
    different = {what: said for what, said in several.items() if len({str(value) for value in said.values()}) > 1}
    assert different == {}
