"""The gemeente's own figures of the example, in the format for own figures: `gebied_code,indicator,periode,waarde`."""

from collections.abc import Callable
from dataclasses import dataclass

from wijkdata import settings
from wijkdata.loading.example import figures, months
from wijkdata.loading.example.files import HIDDEN, Counts, lived_in
from wijkdata.loading.example.places import Gemeente, Wijk


@dataclass(frozen=True)
class _Series:
    """One indicator to write. value: its figure of a wijk in a year; hidden below `minimum` residents."""

    indicator: str
    value: Callable[[Wijk, int], float]
    decimals: int = 1
    minimum: int = 0


def surveys(gemeenten: tuple[Gemeente, ...], counted: Counts) -> str:
    """Write the residents' survey per wijk and gemeente; a wijk with too few residents is hidden, not left out."""
    lines: list[str] = []
    for indicator in figures.SURVEYS:
        lines += _rows(gemeenten, counted, _survey(indicator))
    return _table(lines)


def _survey(indicator: str) -> _Series:
    def value(wijk: Wijk, year: int) -> float:
        return figures.survey(wijk, indicator, year)

    return _Series(indicator, value, decimals=2, minimum=settings.MINIMUM_POPULATION)


def registers(gemeenten: tuple[Gemeente, ...], counted: Counts) -> str:
    """Write crimes, reports and appeals per 1,000 inhabitants, per wijk and gemeente."""

    def reports(wijk: Wijk, year: int) -> float:
        return _reports_per_1000(wijk, year, counted[wijk.code, year].inhabitants)

    lines = _rows(gemeenten, counted, _Series("misdrijven_1000", figures.crimes))
    lines += _rows(gemeenten, counted, _Series("meldingen_1000", reports))
    lines += _rows(gemeenten, counted, _Series("beroep_gemeente_politie", figures.appeals))
    return _table(lines)


def monthly_reports(gemeenten: tuple[Gemeente, ...]) -> str:
    """Write reports per month, wijk and category as counts, zeros too, and of each gemeente with those that have no place."""
    lines = []
    for category in months.CATEGORIES:
        for gemeente in gemeenten:
            for month in months.MONTHS:
                lines.append(
                    f"{gemeente.code},{category},{_month(month)},{months.of_gemeente(gemeente, category, month)}"
                )
            for wijk in lived_in((gemeente,)):
                for month in months.MONTHS:
                    lines.append(f"{wijk.code},{category},{_month(month)},{months.reports(wijk, category, month)}")
    return _table(lines)


def _month(month: int) -> str:
    return f"{month // 100}-{month % 100:02d}"


def _reports_per_1000(wijk: Wijk, year: int, inhabitants: int) -> float:
    """Compute reports in a year per 1,000 inhabitants: the months of the year together, where there are months."""
    if year * 100 + 1 in months.MONTHS:
        return round(months.all_reports(wijk, year) / inhabitants * 1000, 1)
    return round(
        12 * months.PER_1000 * months.level(wijk) * (1.0 + 0.04 * figures.normal(wijk.code, "meldingen", year)), 1
    )


def _table(lines: list[str]) -> str:
    return "\n".join(["gebied_code,indicator,periode,waarde", *lines]) + "\n"


def _rows(gemeenten: tuple[Gemeente, ...], counted: Counts, series: _Series) -> list[str]:
    """Write the rows of one indicator: its wijken (hidden where too few people live), and the gemeente as their mean."""
    indicator, decimals = series.indicator, series.decimals
    lines = []
    for gemeente in gemeenten:
        wijken = lived_in((gemeente,))
        for year in figures.YEARS:
            values = {wijk.code: series.value(wijk, year) for wijk in wijken}
            mean = figures.weighted_mean((values[code], counted[code, year].inhabitants) for code in values)
            lines.append(f"{gemeente.code},{indicator},{year},{mean:.{decimals}f}")
            for code, number in values.items():
                few = counted[code, year].inhabitants < series.minimum
                lines.append(f"{code},{indicator},{year},{HIDDEN if few else f'{number:.{decimals}f}'}")
    return lines
