"""What to fetch for a gemeente and some years: a list of tables, layers and files, in the order of the services."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass

from wijkdata import dutch
from wijkdata.catalogue import Catalogue
from wijkdata.reference import gemeenten
from wijkdata.reference.services import Kind, Service, table_years

WHOLE_COUNTRY = "NL"
# The first year with a table of Kerncijfers in the catalogue, and with them most of the rest.
FIRST_YEAR = 2013


@dataclass(frozen=True)
class Wanted:
    """One thing to fetch: it comes in whole, or not at all.

    service: its id. table: number of a table. year: of a table, layer or file of one year. layers: of a map. codes: the gemeenten
    of then, () for the whole country. kinds, years: what is asked of a table with more than areas.
    """

    service: str
    title: str
    source: str
    table: str = ""
    year: int | None = None
    layers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Name it in the cache: the same for the same question."""
        question = {name: value for name, value in asdict(self).items() if name != "title"}
        return hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()[:24]

    @property
    def scope(self) -> str:
        """What it is about, for the name of a file: `GM0363`, `GM0363+1` or `NL`."""
        if not self.codes:
            return WHOLE_COUNTRY
        return self.codes[0] + (f"+{len(self.codes) - 1}" if len(self.codes) > 1 else "")


def plan(
    services: dict[str, Service],
    catalogue: Catalogue,
    gemeente: str | None,
    years: Collection[int],
    chosen: Collection[str] = (),
) -> list[Wanted]:
    """List what to fetch. gemeente: a code, or None for the whole country. chosen: ids of services; () for all of them."""
    return [
        wanted
        for service in services.values()
        if (not chosen or service.id in chosen) and not (service.one_gemeente and gemeente is None)
        for wanted in _of_service(service, catalogue, gemeente, sorted(years))
    ]


def _of_service(service: Service, catalogue: Catalogue, gemeente: str | None, years: list[int]) -> list[Wanted]:
    whole = gemeente is None or (service.national and not service.keep_gemeente)

    def wanted(year: int | None, table: str = "", layers: tuple[str, ...] = ()) -> Wanted:
        return Wanted(
            service=service.id,
            title=f"{service.title} {year or ''}".strip() + (f" ({table})" if table and year is None else ""),
            source=service.source,
            table=table,
            year=year,
            layers=layers,
            codes=() if whole or gemeente is None else _codes(gemeente, year, years),
            kinds=_kinds(service, catalogue),
            years=tuple(years) if service.periods else (),
        )

    if service.per_year:
        tables = table_years(service, catalogue)
        return [wanted(year, tables[year]) for year in years if year in tables]
    if service.tables:
        return [wanted(None, table) for table in service.tables]
    if service.years is None:
        return [wanted(None)]
    offered = [year for year in years if service.years[0] <= year <= service.years[1]]
    layers = service.layers if gemeente or service.national else service.layers[:2]
    return [wanted(year, layers=layers) for year in (offered[-1:] if service.newest_only else offered)]


def _codes(gemeente: str, year: int | None, years: list[int]) -> tuple[str, ...]:
    """The codes that hold its territory in that year; without a year those of all the years asked for."""
    forebears = gemeenten.forebears(gemeente)
    when = [year] if year is not None else years
    return tuple(code for code in forebears if any(gemeenten.exists(code, one) for one in when)) or (gemeente,)


def _kinds(service: Service, catalogue: Catalogue) -> tuple[str, ...]:
    if not service.kinds:
        return ()
    return tuple(sorted({column.column for _, column in catalogue.of_source(service.source)}))


def years_text(years: Collection[int]) -> str:
    """Write the years asked for: `2013 tot en met 2025`."""
    return dutch.years(sorted(years))


def is_file(service: Service) -> bool:
    """Whether a service hands out whole files."""
    return service.routes[0].kind is Kind.FILE
