"""The drawings of Signalen: months of one rise, a sign per area told by its form, and nothing that is not known drawn as 0."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from wijkdata.analysis.signals.methods import Method
from wijkdata.questions.signalen.answer import AtRisk, Beside, Factor, Line, Ran, RiskFactor, SignalItem, Yearly
from wijkdata.views.shared.theme import DARK, LIGHT
from wijkdata.views.signalen import drawing, tables, words, yearly

N = 96
MONTHS = tuple((2017 + at // 12) * 100 + at % 12 + 1 for at in range(N))

YEARS = Yearly(
    tuple(range(2017, 2025)), (108.0,) * 5 + (190.0,) * 3, (2022,), ((2017, 2021, 108.0), (2022, 2024, 190.0)), 6
)


def line(**changed) -> Line:
    observed, expected = np.full(N, 9.0), np.where(np.arange(N) < 24, np.nan, 8.0)
    observed[-8:] = 16.0
    told = Line(
        MONTHS, observed, expected, expected + 6, np.where(np.isnan(expected), np.nan, 1.5),
        np.arange(N) == 92, 4.0, Method.CUSUM, 88, 95, None, (62,),
    )  # fmt: skip
    return replace(told, **changed)


def item(**changed) -> SignalItem:
    ran = (Ran("1", "Molenbiezen aan het woord", date(2024, 1, 20), None, before=True, wide=False),)
    told = SignalItem(
        "WK1:x", "WK1", "Molenbiezen", "x", "meldingen over groen", "meldingen", "", "eigen", Method.CUSUM, 202405, 202412,
        128.0, 64.0, 9.0, 0.02, "In Molenbiezen groeien meldingen over groen.", "", line(), YEARS, (), (), (), ran, trust=True,
    )  # fmt: skip
    return replace(told, **changed)


def rows_of(spec: dict) -> list[dict]:
    """The rows of the months: those of the first layer that has them."""
    found = [values for values in spec.get("datasets", {}).values() if values and "m" in values[0]]
    return (
        found[0]
        if found
        else next(layer["data"]["values"] for layer in spec["layer"] if "m" in layer["data"]["values"][0])
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("draw", [drawing.counts, drawing.running])
def test_five_years_are_drawn_and_what_is_unknown_is_no_zero(draw, theme):
    gap = np.array(line().observed)
    gap[80] = np.nan
    rows = rows_of(draw(item(line=line(observed=gap)), theme).to_dict())
    assert [row["m"] for row in rows][:1] == ["januari 2020"] and len(rows) == drawing.SHOWN
    assert rows[80 - 36]["y"] is None
    assert [row["m"] for row in rows if row["a"]] == ["september 2024"]


def test_a_rise_of_long_ago_is_drawn_from_a_year_before_it():
    assert drawing.first_shown(line(since=30)) == 18
    assert drawing.first_shown(line(since=4)) == 0


def test_provisional_months_say_so_in_chart_and_table():
    provisional = item(line=line(provisional_from=94))
    assert [row["m"] for row in rows_of(drawing.counts(provisional, LIGHT).to_dict())][-2:] == [
        "november 2024 (voorlopig)",
        "december 2024 (voorlopig)",
    ]
    assert tables.line(provisional)["Voorlopig"].tolist()[-3:] == ["", "ja", "ja"]


@pytest.mark.parametrize(
    ("q", "said"),
    [
        (0.001, "Zo sterk dat toeval het bijna nooit maakt."),
        (0.2, "Van signalen die zo sterk zijn is ongeveer 20% toeval."),
        (0.5, "Zwak: van zulke signalen is 50% toeval; het telt niet mee in de kop."),
        (0.98, "Zwak: van zulke signalen is 98% toeval; het telt niet mee in de kop."),
    ],
)
def test_how_likely_chance_is_stands_beside_a_signal(q, said):
    assert words.chance(item(q=q)) == said


def test_the_text_beside_the_chart_names_signals_and_what_ran():
    text = words.line_alt(item())
    assert "Signalen in september 2024." in text and "Er liep hier: Molenbiezen aan het woord." in text


@pytest.mark.parametrize(
    ("known", "title"),
    [
        (YEARS, "Het jaarcijfer ligt waarschijnlijk sinds 2022 op een ander niveau"),
        (replace(YEARS, breaks=(), levels=((2017, 2024, 140.0),)), "Het jaarcijfer ging van 108 in 2017 naar 190 in 2024, zonder duidelijk knikpunt"),
        (Yearly((2024,), (9.0,), (), ((2024, 2024, 9.0),), 6), "Per jaar nog niet te zeggen: 1 heel jaar is bekend en nodig zijn er 6"),
    ],
)  # fmt: skip
def test_the_yearly_figure_says_since_when_its_level_is_another(known, title):
    told = item(yearly=known)
    assert yearly.title(told) == title and len(yearly.short(told)) <= 45
    drawn = str(yearly.chart(told, LIGHT).to_dict())
    assert ("'t': '190'" in drawn) is bool(known.breaks), "a level is drawn where there are two"


@pytest.mark.parametrize(
    ("known", "short"),
    [
        (YEARS, "Molenbiezen per jaar: ander niveau sinds 2022"),
        (replace(YEARS, breaks=()), "Molenbiezen per jaar: van 108 naar 190"),
        (Yearly((2024,), (9.0,), (), ((2024, 2024, 9.0),), 6), "Molenbiezen per jaar: nog niet te zeggen"),
    ],
)
def test_a_slide_says_of_the_years_what_the_line_shows(known, short):
    assert yearly.short(item(yearly=known)) == short


LEVEL = replace(YEARS, breaks=(), levels=((2017, 2024, 140.0),))
FEW = Yearly((2024,), (9.0,), (), ((2024, 2024, 9.0),), 6)


@pytest.mark.parametrize(
    ("known", "lead", "alt", "means", "breaks"),
    [
        (YEARS, yearly.LEAD, "2017 tot en met 2021 gemiddeld 108 en 2022 tot en met 2024 gemiddeld 190", [108.0] * 5 + [190.0] * 3, [2022]),
        (LEVEL, yearly.LEAD_NONE, "2023 190 en 2024 190", [140.0] * 8, []),
        (FEW, "", "2024 9", [9.0], []),
    ],
    ids=["another level", "one level", "too few"],
)  # fmt: skip
def test_the_yearly_figure_and_its_table_say_the_same(known, lead, alt, means, breaks):
    told = item(yearly=known)
    table = yearly.table(told)
    assert yearly.lead(told) == lead
    assert alt in yearly.alt_text(told) and yearly.alt_text(told).endswith(f"{yearly.title(told)}.")
    assert table["Jaar"].tolist() == list(known.years) and table["Kwam"].tolist() == list(known.counts)
    assert table["Gemiddeld in dit stuk"].tolist() == means
    assert table.loc[table["Knikpunt"] == "ja", "Jaar"].tolist() == breaks


@pytest.mark.parametrize(
    ("unit", "trust", "said"),
    [
        ("meldingen", True, "Meer meldingen is niet vanzelf meer overlast."),
        ("meldingen", False, "bewoners die beter melden"),
        ("misdrijven", True, "misschien weten bewoners de politie beter te vinden"),
        ("misdrijven", False, "bewoners die vaker aangifte doen"),
    ],
)
def test_more_of_it_can_mean_two_things(unit, trust, said):
    text = words.two_sided(item(unit=unit, trust=trust))
    assert said in text and ("melding" in text) is (unit == "meldingen")


def factors(signals: int) -> tuple[RiskFactor, ...]:
    near = RiskFactor(Factor.NEAR, "de zorg ligt dicht bij de grens")
    return (
        *(RiskFactor(Factor.SIGNAL, f"meldingen over {n}: sinds mei 2024 20 waar 9 verwacht") for n in range(signals)),
        near,
    )


@pytest.mark.parametrize(
    ("signals", "named", "rest"),
    [(1, 1, ""), (3, 3, ""), (4, 3, "en nog 1 onderwerp met"), (15, 3, "en nog 12 onderwerpen met")],
)
def test_an_area_at_risk_names_a_few_topics_that_grow_and_counts_the_others(signals, named, rest):
    _, text, _ = words.risk(AtRisk("WK1", "Molenbiezen", 88.0, "de zorg", factors(signals)))
    assert text.startswith("de zorg ligt dicht bij de grens; meldingen over 0: sinds mei 2024 20 waar 9 verwacht")
    assert (text.count("verwacht") - bool(rest), "en nog" in text) == (named, bool(rest)) and rest in text


@pytest.mark.parametrize(
    ("n", "listed"), [(2, "Ook a en b groeiden hier mee"), (6, "Ook a, b, c, d en nog 2 groeiden hier mee")]
)
def test_what_grew_with_it_is_named_as_far_as_it_can_be_read(n, listed):
    grown = tuple(Beside("abcdef"[at], 20.0, 9.0, 4.0) for at in range(n))
    assert words.behind(item(categories=grown)).startswith(listed)
