"""The tables under the figures of Signalen, with Dutch headings."""

import pandas as pd

from wijkdata import dutch
from wijkdata.periods import Period
from wijkdata.questions.signalen.answer import Other, SignalItem, SignalsAnswer
from wijkdata.views.signalen import words


def signals(answer: SignalsAnswer) -> pd.DataFrame:
    """Every signal, a row each: those that are shown first, then the weaker ones."""
    rows = [
        {
            "Gebied": one.name,
            "Code": one.code,
            "Onderwerp": one.category,
            "Sinds": Period.of(one.since).text,
            "Tot en met": Period.of(one.last).text,
            "Kwam": round(one.observed),
            "Verwacht": round(one.expected, 1),
            "Sterkte": round(one.strength, 1),
            "Methode": words.METHODS[one.method],
            "Aandeel toeval (%)": round(100 * one.q, 1),
            "Hier liep": _ran(one),
            "Zin": one.sentence,
        }
        for one in answer.every
    ]
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else ["Gebied", "Code", "Onderwerp"])


def _ran(one: SignalItem | Other) -> str:
    return "niet nagegaan" if isinstance(one, Other) else "; ".join(activity.title for activity in one.ran)


def commons(answer: SignalsAnswer) -> pd.DataFrame:
    """Everything that moved together, a row each."""
    rows = [
        (
            dutch.capital(one.category),
            Period.of(one.month).text,
            round(one.move.ratio, 2),
            one.sentence,
            words.known(one),
        )
        for one in answer.commons
    ]
    return pd.DataFrame(rows, columns=["Onderwerp", "Maand", "Keer wat verwacht was", "Zin", "In het register"])


def line(item: SignalItem) -> pd.DataFrame:
    """Every month of one series: what came, what was expected, from where on it calls, the running sum."""
    line_ = item.line
    provisional = len(line_.months) if line_.provisional_from is None else line_.provisional_from
    return pd.DataFrame(
        {
            "Maand": [Period.of(month).text for month in line_.months],
            "Kwam": line_.observed,
            "Verwacht": line_.expected.round(1),
            "Signaal vanaf": line_.upper.round(1),
            "Som": line_.statistic.round(2),
            "Signaal": ["ja" if alarm else "" for alarm in line_.alarm],
            "Voorlopig": ["ja" if at >= provisional else "" for at in range(len(line_.months))],
        }
    )


def areas(answer: SignalsAnswer) -> pd.DataFrame:
    """Every area with its sign, and why it is not watched where it is not."""
    names = {one.code: one.name for one in answer.quiet} | {one.code: one.name for one in answer.every}
    names |= {one.code: one.name for one in answer.at_risk} | {one.code: one.name for one in answer.unwatched}
    reasons: dict[str, list[str]] = {}
    for one in answer.unwatched:
        reasons.setdefault(one.code, []).append(f"{one.category}: {one.sentence}" if one.category else one.sentence)
    return pd.DataFrame(
        [
            {
                dutch.capital(answer.level.value): name,
                "Code": code,
                "Teken": words.SIGNS[answer.signs[code]],
                "Niet te volgen": " ".join(reasons.get(code, [])),
            }
            for code, name in sorted(names.items(), key=lambda pair: pair[1])
        ]
    )


def slow(answer: SignalsAnswer) -> pd.DataFrame:
    """Every figure of a drift, and every service that withdrew."""
    rows = [
        (one.name, one.code, part.name, part.pillar, one.since, one.until, part.change, part.usual, "verschuift")
        for one in answer.drifts
        for part in one.parts
    ]
    rows += [
        (one.name, one.code, one.service, "", one.since, one.until, one.change, one.usual, "trekt weg")
        for one in answer.withdrawals
    ]
    headings = ["Gebied", "Code", "Cijfer", "Pijler", "Sinds", "Tot", "Verandering", "Gewoonlijk", "Wat"]
    return pd.DataFrame(rows, columns=headings)


def risks(answer: SignalsAnswer) -> pd.DataFrame:
    """Every area at risk, a row per factor."""
    rows = [
        (one.name, one.code, one.pillar, one.score, factor.text) for one in answer.at_risk for factor in one.factors
    ]
    return pd.DataFrame(rows, columns=["Gebied", "Code", "Laagste pijler", "Score", "Reden"])


def prices(answer: SignalsAnswer) -> pd.DataFrame:
    """What every sensitivity costs and brings."""
    tests = answer.price.tests if answer.price is not None else ()
    return pd.DataFrame(
        [
            (
                one.limit,
                one.false_alarms,
                one.years,
                one.false_alarms_per_area_year,
                one.rises,
                None if one.found is None else 100 * one.found,
                one.median_lead_months,
            )
            for one in tests
        ],
        columns=[
            "Grens",
            "Vals alarm",
            "Jaren",
            "Vals alarm per reeks per jaar",
            "Stijgingen",
            "Gevonden (%)",
            "Maanden vóór het jaarcijfer (middelste)",
        ],
    )
