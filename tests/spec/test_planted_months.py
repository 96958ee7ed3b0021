"""What is planted in the months of the example (`voorbeeld_meldingen.toml`) is found again as the page Signalen finds it:
counts of one gemeente, watched by the usual rule. The files go through the importer, so the figures are those of the store.
"""

import tomllib

import numpy as np
import pandas as pd
import pytest

from wijkdata import periods, settings
from wijkdata.analysis.signals.backtest import PUBLICATION_LAG, Event, back_test, in_use
from wijkdata.analysis.signals.counts import gather
from wijkdata.analysis.signals.drift import services, withdrawals
from wijkdata.analysis.signals.leaps import Move
from wijkdata.analysis.signals.watch import signals, watch
from wijkdata.areas import Level, municipality_of
from wijkdata.dutch import SCORE_BREAKS
from wijkdata.loading.example import months
from wijkdata.questions.shared import scores
from wijkdata.store.monitor import queries, versions
from wijkdata.store.participation import registers

TRUTHS = tomllib.loads((settings.REFERENCE_DIR / "voorbeeld_meldingen.toml").read_text(encoding="utf-8"))
YEARLY = tomllib.loads((settings.REFERENCE_DIR / "voorbeeld_waarheden.toml").read_text(encoding="utf-8"))
EARLY, APP, TRUST = (TRUTHS[name] for name in ("groeit_voor_het_cijfer", "nieuwe_app", "meer_vertrouwen"))
FIRST_YEAR = months.MONTHS[0] // 100


def at(month: str | int) -> int:
    """The position of a month: `2022-01` or 202201."""
    year, number = divmod(int(str(month).replace("-", "")), 100)
    return (year - FIRST_YEAR) * 12 + number - 1


@pytest.fixture(scope="module")
def monitor(example_data):
    return versions.require(example_data)


@pytest.fixture(scope="module")
def watched(monitor):
    """Every gemeente of the example, watched by itself."""
    rows = queries.observations(monitor, list(months.CATEGORIES), Level.WIJK)
    rows = rows.assign(area=rows["code"], category=rows["indicator"], at=rows["period"].map(at), count=rows["value"])
    years = FIRST_YEAR + np.arange(len(months.MONTHS)) // 12
    return {
        str(gemeente): watch(gather(part, years, 12))
        for gemeente, part in rows.groupby(rows["code"].map(municipality_of))
    }


def alarms(one, wijk: str, category: str) -> np.ndarray:
    (series,) = [
        number
        for number, key in enumerate(zip(one.counts.areas, one.counts.categories, strict=True))
        if key == (wijk, category)
    ]
    return np.flatnonzero(one.detected.alarm[series])


def events(gemeente: str) -> list[Event]:
    """What is planted in single wijken, as known rises: until the last month."""
    found = []
    for truth in (EARLY, TRUST):
        if truth["gemeente"] == gemeente:
            for category in truth["categorieen"]:
                first = at(truth["begin_maand"])
                found.append(Event(truth["wijken"][0], first, len(months.MONTHS) - 1, category))
    return found


def test_there_are_eight_years_of_five_categories_in_every_wijk(monitor):
    rows = queries.observations(monitor, list(months.CATEGORIES), Level.WIJK)
    assert rows["code"].nunique() == 66
    assert set(rows.groupby(["code", "indicator"]).size()) == {96}
    assert rows["value"].notna().all() and not rows["period"].map(periods.is_year).any()


def test_a_gemeente_has_more_than_its_wijken_because_some_reports_have_no_place(monitor):
    wijken, gemeenten = (
        queries.observations(monitor, ["meldingen_afval"], level) for level in (Level.WIJK, Level.GEMEENTE)
    )
    placed = wijken.groupby(wijken["code"].map(municipality_of))["value"].sum()
    assert ((gemeenten.groupby("code")["value"].sum() / placed).between(1.01, 1.06)).all()


# --- a problem that grows before the yearly figure ---------------------------------------------------------------------


def test_the_yearly_figure_crosses_its_class_two_years_after_the_reports_begin_to_grow(monitor):
    table = scores.score_table(monitor, Level.WIJK, fictional=True)
    own = table[(table["code"] == EARLY["wijken"][0]) & (table["pillar"] == "veiligheid") & table["fresh"]]
    classes = dict(zip(own["period"], np.searchsorted(SCORE_BREAKS, own["score"], side="right"), strict=True))
    crossed = YEARLY["groeit_voor_het_cijfer"]["begin"]
    assert classes[crossed] < classes[crossed - 2] == classes[crossed - 4]
    assert at(EARLY["begin_maand"]) == at(f"{crossed - 2}-01")


def test_the_rise_is_signalled_a_year_before_that_year_begins(watched):
    (wijk,), (category,) = EARLY["wijken"], EARLY["categorieen"]
    called = alarms(watched[EARLY["gemeente"]], wijk, category)
    begins = at(EARLY["begin_maand"])
    crossed = at(f"{YEARLY['groeit_voor_het_cijfer']['begin']}-01")
    assert begins <= called[0] <= crossed - 12
    # As the page counts it: the figure of a year appears some months after the year.
    (event,) = [one for one in events(EARLY["gemeente"]) if one.area == wijk]
    tested = in_use(back_test(watched[EARLY["gemeente"]], [event]), watched[EARLY["gemeente"]].rule)
    assert tested.found == 1.0
    assert crossed + 11 + PUBLICATION_LAG - called[0] >= 12


def test_it_is_the_strongest_signal_of_its_gemeente_now(watched):
    strongest = signals(watched[EARLY["gemeente"]])[0]
    assert ([strongest.area], [strongest.category]) == (EARLY["wijken"], EARLY["categorieen"])


def test_false_alarms_over_the_whole_example_stay_under_a_tenth_per_area_year(watched):
    tested = [in_use(back_test(one, events(gemeente)), one.rule) for gemeente, one in watched.items()]
    years = sum(one.area_years for one in tested)
    assert years > 1_900
    assert 0 < sum(one.false_alarms for one in tested) / years <= 0.1
    assert [one.found for one in tested if one.rises] == [1.0]


# --- a new app ---------------------------------------------------------------------------------------------------------


def test_a_new_app_is_named_as_a_leap_in_every_category_and_nowhere_else(watched):
    for gemeente, one in watched.items():
        named = {(one.counts.categories[list(one.counts.grouped).index(move.group)], move.at) for move in one.moves}
        leaps = {move.move for move in one.moves}
        if gemeente == APP["gemeente"]:
            assert named == {(category, at(APP["begin_maand"])) for category in APP["categorieen"]}
            assert leaps == {Move.LEAP} and all(move.decided for move in one.moves)
        else:
            assert not named, gemeente


def test_a_new_app_raises_no_alarm(watched):
    one, since = watched[APP["gemeente"]], at(APP["begin_maand"])
    first_months = slice(since, since + 3)
    assert not one.detected.alarm[:, first_months].any()
    # Afterwards no more than elsewhere: 50 series of 33 months at a tenth a year.
    assert one.detected.alarm[:, since:].sum() <= 0.1 * 50 * (96 - since) / 12
    # What would have been expected without looking at the others: more than half as much again came in every wijk.
    came = np.nansum(one.counts.values[:, since : since + 12], axis=1)
    before = np.nansum(one.counts.values[:, since - 12 : since], axis=1)
    assert np.median(came / before) > 1.5


# --- a rise that means trust ----------------------------------------------------------------------------------------------


def test_reports_rise_after_an_activity_while_no_yearly_figure_gets_worse(monitor, watched, example_data):
    (wijk,), begins = TRUST["wijken"], at(TRUST["begin_maand"])
    record = registers.get(example_data, TRUST["activiteit"])
    started = record.values["start_actual"]
    assert [row["area"] for row in record.rows["area"]] == TRUST["wijken"]
    assert begins == at(f"{started:%Y-%m}") + 1
    for category in TRUST["categorieen"]:
        called = alarms(watched[TRUST["gemeente"]], wijk, category)
        assert not [month for month in called if begins - 24 <= month < begins]
        assert begins <= called[called >= begins][0] <= begins + 6, category
    survey = queries.observations(monitor, ["ervaren_veiligheid"], Level.WIJK).query("code == @wijk")
    assert survey.set_index("period")["value"][2024] > survey.set_index("period")["value"][2023] - 2


# --- a quiet withdrawal ----------------------------------------------------------------------------------------------------


def test_services_that_withdraw_are_found_and_no_other(monitor):
    truth = YEARLY["voorzieningen_trekken_weg"]
    catalogue = monitor.catalogue
    wanted = ["lbm3_vrz", "afstand_kinderopvang", "afstand_supermarkt"]
    rows = queries.observations(monitor, wanted, Level.WIJK).rename(columns={"code": "area"})
    figures = rows.assign(direction=rows["indicator"].map(lambda name: catalogue.indicators[name].sign))
    found = {(one.area, one.indicator) for one in withdrawals(services(figures))}
    assert found == {(truth["wijken"][0], indicator) for indicator in truth["effect"]}


def test_no_year_of_the_withdrawal_stands_out_by_itself(monitor):
    """The largest step of a year is a fraction of the whole, so that a look at last year shows little."""
    rows = queries.observations(monitor, ["afstand_kinderopvang"], Level.WIJK)
    own = rows[rows["code"].isin(YEARLY["voorzieningen_trekken_weg"]["wijken"])].set_index("period")["value"]
    assert own[2024] - own[2020] == pytest.approx(1.2, abs=0.15)
    assert own.diff().max() <= 0.45


def test_planted_factors_grow_every_month_to_their_highest():
    frame = pd.Series({month: months._planted("WK970108", "meldingen_jeugd", month) for month in months.MONTHS})
    assert frame[202112] == 1.0 and frame[202201] == pytest.approx(1.06) and frame[202412] == 4.0
