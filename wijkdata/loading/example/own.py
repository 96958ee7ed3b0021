"""The municipality's own figures in the plain own format: `gebied_code,indicator,periode,waarde`."""

from collections.abc import Callable

from wijkdata import settings
from wijkdata.loading.example import figures
from wijkdata.loading.example.files import HIDDEN, Counts, lived_in
from wijkdata.loading.example.places import Gemeente, Wijk

Value = Callable[[Wijk, int], float]


def surveys(gemeenten: tuple[Gemeente, ...], counted: Counts) -> str:
    """The residents' survey per wijk and gemeente; a wijk with too few residents is hidden, not left out."""
    lines: list[str] = []
    for indicator in figures.SURVEYS:
        lines += _rows(gemeenten, counted, indicator, _survey(indicator), 2, settings.MINIMUM_POPULATION)
    return _table(lines)


def _survey(indicator: str) -> Value:
    return lambda wijk, year: figures.survey(wijk, indicator, year)


def registers(gemeenten: tuple[Gemeente, ...], counted: Counts) -> str:
    """Crimes, reports and appeals per 1,000 inhabitants, per wijk and gemeente."""

    def reports(wijk: Wijk, year: int) -> float:
        return figures.reports_per_1000(wijk, year, counted[wijk.code, year].inhabitants)

    lines = _rows(gemeenten, counted, "misdrijven_1000", figures.crimes, 1)
    lines += _rows(gemeenten, counted, "meldingen_1000", reports, 1)
    lines += _rows(gemeenten, counted, "beroep_gemeente_politie", figures.appeals, 1)
    return _table(lines)


def monthly_reports(gemeenten: tuple[Gemeente, ...]) -> str:
    """Reports per month per wijk, as counts; periods as 2023-01."""
    lines = []
    for wijk in lived_in(gemeenten):
        for month in figures.MONTHS:
            period = f"{month // 100}-{month % 100:02d}"
            lines.append(f"{wijk.code},meldingen_maand,{period},{figures.reports_in_month(wijk, month)}")
    return _table(lines)


def _table(lines: list[str]) -> str:
    return "\n".join(["gebied_code,indicator,periode,waarde", *lines]) + "\n"


def _rows(
    gemeenten: tuple[Gemeente, ...], counted: Counts, indicator: str, value: Value, decimals: int, minimum: int = 0
) -> list[str]:
    """Rows of one indicator: wijken as they are (hidden below `minimum` residents), the gemeente as their mean."""
    lines = []
    for gemeente in gemeenten:
        wijken = lived_in((gemeente,))
        for year in figures.YEARS:
            of = {wijk.code: value(wijk, year) for wijk in wijken}
            whole = figures.weighted_mean((of[code], counted[code, year].inhabitants) for code in of)
            lines.append(f"{gemeente.code},{indicator},{year},{whole:.{decimals}f}")
            for code, number in of.items():
                few = counted[code, year].inhabitants < minimum
                lines.append(f"{code},{indicator},{year},{HIDDEN if few else f'{number:.{decimals}f}'}")
    return lines
