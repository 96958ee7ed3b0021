"""What is planted in the example is found again in its files, with plain pandas; see `voorbeeld_waarheden.toml`.

1. an approach that worked; 2. one that only looks so, because the wijken were chosen in a bad year; 3. a problem that the
yearly figure shows late (its months: `test_planted_months.py`); 4. an effect that is too small to see; 5. services that withdraw.
"""

import itertools
import tomllib

import pandas as pd
import pytest

from wijkdata import settings

TRUTHS = tomllib.loads((settings.REFERENCE_DIR / "voorbeeld_waarheden.toml").read_text(encoding="utf-8"))
WORKED = TRUTHS["ingreep_werkte"]
BOUNCED = TRUTHS["alleen_terugval_naar_gemiddelde"]
EARLY = TRUTHS["groeit_voor_het_cijfer"]
SMALL = TRUTHS["te_klein_om_te_zien"]
WITHDRAWN = TRUTHS["voorzieningen_trekken_weg"]


def panel(indicator: str) -> pd.DataFrame:
    """Wijken by years, published values; wijken with a missing year are left out."""
    if indicator.startswith("lbm3_"):
        frame = pd.read_csv(settings.EXAMPLE_DIR / "leefbaarometer-wijken-fictief.csv")
        wide = frame.pivot(index="wk_code", columns="jaar", values=indicator.removeprefix("lbm3_"))
    else:
        frame = pd.read_csv(settings.EXAMPLE_DIR / "bewonersenquete-fictief.csv", na_values=".")
        frame = frame[(frame["indicator"] == indicator) & frame["gebied_code"].str.startswith("WK")]
        wide = frame.pivot(index="gebied_code", columns="periode", values="waarde")
    return wide.dropna(axis=1, how="all").dropna()


def planted(*truths: dict) -> list[str]:
    """All wijken in which something is planted, comparison wijken with the same dip included."""
    return [code for truth in truths for code in [*truth["wijken"], *truth.get("vergelijking", [])]]


def change(indicator: str, before: range, after: range) -> pd.Series:
    """Mean of the years after minus mean of the years before, per wijk."""
    wide = panel(indicator)
    return wide[[y for y in wide if y in after]].mean(axis=1) - wide[[y for y in wide if y in before]].mean(axis=1)


def untouched(changes: pd.Series) -> pd.Series:
    return changes.drop(planted(*TRUTHS.values()), errors="ignore")


def placebo_share(changes: pd.Series, wijken: list[str]) -> float:
    """Share of all equally large sets of untouched wijken whose change differs as much from the mean as that of `wijken`."""
    rest = untouched(changes)
    seen = abs(changes[wijken].mean() - rest.mean())
    sets = itertools.combinations(rest.to_numpy(), len(wijken))
    differences = [abs(sum(values) / len(values) - rest.mean()) for values in sets]
    return sum(difference >= seen for difference in differences) / len(differences)


def by_indicator(truth: dict) -> list[str]:
    return list(truth.get("effect", truth.get("dip")))


# --- 1 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("indicator", by_indicator(WORKED))
def test_the_approach_that_worked_is_found_by_difference_in_differences(indicator):
    changes = change(indicator, range(2014, WORKED["begin"]), range(2021, 2025))
    effect = changes[WORKED["wijken"]].mean() - untouched(changes).mean()
    assert effect == pytest.approx(WORKED["effect"][indicator], abs=WORKED["marge"][indicator])
    # No set of three untouched wijken changed as much.
    assert placebo_share(changes, WORKED["wijken"]) == 0


@pytest.mark.parametrize("indicator", by_indicator(WORKED))
def test_it_is_as_large_as_the_specification_asks(indicator):
    before = panel(indicator)[2018]
    assert len(WORKED["wijken"]) >= 3
    assert WORKED["effect"][indicator] >= WORKED["minimaal_sd"] * before.std()


@pytest.mark.parametrize("indicator", by_indicator(WORKED))
def test_before_it_began_these_wijken_went_as_the_others(indicator):
    changes = change(indicator, range(2014, 2016), range(2018, 2019))
    gap = changes[WORKED["wijken"]].mean() - untouched(changes).mean()
    assert abs(gap) < WORKED["marge"][indicator]


# --- 2 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("indicator", by_indicator(BOUNCED))
def test_they_were_the_lowest_of_the_gemeente_in_the_year_of_choice(indicator):
    chosen = panel(indicator)[BOUNCED["keuzejaar"]]
    own = chosen[chosen.index.str[2:6] == BOUNCED["gemeente"][2:]]
    assert set(own.nsmallest(len(BOUNCED["wijken"])).index) == set(BOUNCED["wijken"])


@pytest.mark.parametrize("indicator", by_indicator(BOUNCED))
def test_beside_all_others_since_that_year_it_looks_like_a_success(indicator):
    changes = change(indicator, range(BOUNCED["keuzejaar"], BOUNCED["keuzejaar"] + 1), range(2020, 2025))
    naive = changes[BOUNCED["wijken"]].mean() - untouched(changes).mean()
    assert naive == pytest.approx(-BOUNCED["dip"][indicator], abs=BOUNCED["marge"][indicator])
    assert placebo_share(changes, BOUNCED["wijken"]) < 0.001


@pytest.mark.parametrize("indicator", by_indicator(BOUNCED))
def test_equally_low_wijken_without_a_programme_rose_as_much(indicator):
    chosen = panel(indicator)[BOUNCED["keuzejaar"]]
    elsewhere = chosen[chosen.index.str[2:6] != BOUNCED["gemeente"][2:]]
    lowest = list(elsewhere.nsmallest(len(BOUNCED["vergelijking"])).index)
    assert set(lowest) == set(BOUNCED["vergelijking"])
    changes = change(indicator, range(BOUNCED["keuzejaar"], BOUNCED["keuzejaar"] + 1), range(2020, 2025))
    assert abs(changes[BOUNCED["wijken"]].mean() - changes[lowest].mean()) < BOUNCED["marge"][indicator]


@pytest.mark.parametrize("indicator", by_indicator(BOUNCED))
def test_they_only_came_back_to_where_they_were(indicator):
    changes = change(indicator, range(2014, 2017), range(2020, 2025))
    assert abs(changes[BOUNCED["wijken"]].mean() - untouched(changes).mean()) < BOUNCED["marge"][indicator]


# --- 3 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("indicator", by_indicator(EARLY))
def test_the_yearly_figure_falls_a_year_later_and_not_before(indicator):
    wide = panel(indicator)
    level = wide[[year for year in wide if year <= 2022]].mean(axis=1)
    for year in [year for year in wide if year >= 2022]:
        gap = (wide[year] - level)[EARLY["wijken"]].mean() - untouched(wide[year] - level).mean()
        expected = EARLY["effect"][indicator] if year >= EARLY["begin"] else 0.0
        assert gap == pytest.approx(expected, abs=EARLY["marge"][indicator]), year
    fall = (wide[2024] - level).sort_values()
    assert fall.index[0] == EARLY["wijken"][0]


# --- 4 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("indicator", by_indicator(SMALL))
def test_the_small_effect_cannot_be_told_from_chance(indicator):
    changes = change(indicator, range(2014, SMALL["begin"]), range(SMALL["begin"], 2025))
    effect = changes[SMALL["wijken"]].mean() - untouched(changes).mean()
    assert effect == pytest.approx(SMALL["effect"][indicator], abs=SMALL["marge"][indicator])
    assert placebo_share(changes, SMALL["wijken"]) > 0.10


@pytest.mark.parametrize("indicator", by_indicator(SMALL))
def test_it_is_smaller_than_the_smallest_effect_that_could_be_seen(indicator):
    changes = change(indicator, range(2014, SMALL["begin"]), range(SMALL["begin"], 2025))
    # 80 % power at 5 %: 2.8 standard errors of the mean change of so many wijken.
    smallest = 2.8 * untouched(changes).std() / len(SMALL["wijken"]) ** 0.5
    assert 0 < SMALL["effect"][indicator] < smallest / 2


# --- 5 ---------------------------------------------------------------------------------------------------------------


def test_services_withdraw_by_the_planted_amount():
    changes = change("lbm3_vrz", range(2014, WITHDRAWN["begin"]), range(2024, 2025))
    effect = changes[WITHDRAWN["wijken"]].mean() - untouched(changes).mean()
    assert effect == pytest.approx(WITHDRAWN["effect"]["lbm3_vrz"], abs=WITHDRAWN["marge"]["lbm3_vrz"])
