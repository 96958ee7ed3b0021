"""The services that figures and boundaries are fetched from: every address, in one file (`data/reference/diensten.toml`)."""

import os
import tomllib
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from wijkdata.catalogue import Catalogue
from wijkdata.errors import WijkdataError, cause
from wijkdata.settings import REFERENCE_DIR
from wijkdata.validation_words import field_and_problem

FILE = "diensten.toml"
# Another list, for an organisation that has a mirror of the services.
OWN_LIST = "WIJKDATA_DIENSTEN"


class Kind(StrEnum):
    """How a service hands out what it has."""

    ODATA3 = "odata3"
    ODATA4 = "odata4"
    WFS = "wfs"
    FILE = "file"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Route(_Strict):
    """One way to a service. address: with {table} or {year} where it has one. about: where OData v3 lists its tables."""

    kind: Kind
    address: Annotated[str, Field(pattern=r"^https?://")]
    about: str = ""


class Service(_Strict):
    """One thing to fetch. source: of the catalogue. per_year: a table per year, which the catalogue names.

    tables: those with all years. years: first and last for which there is something. newest_only: only the last of them.
    national: it is of the whole country always. one_gemeente: of the whole country it is too much to fetch. layers, area_field: of a map, and its property with the gemeente.
    regions, fixed, kinds, periods: the dimension with areas, what others are kept at, the dimension whose keys the catalogue
    has as columns, and whether to ask for some years. keep_gemeente: only the rows of the gemeente are kept of it.
    of_year: addresses of a year that do not follow the rule.
    """

    id: str
    title: str
    source: str
    routes: tuple[Route, ...]
    per_year: bool = False
    tables: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    newest_only: bool = False
    national: bool = False
    one_gemeente: bool = False
    layers: tuple[str, ...] = ()
    area_field: str = ""
    regions: str = ""
    fixed: dict[str, str] = {}
    kinds: str = ""
    periods: bool = False
    keep_gemeente: bool = False
    of_year: dict[str, str] = {}

    @model_validator(mode="after")
    def _has_a_route(self) -> "Service":
        if not self.routes:
            raise ValueError("routes: zet er ten minste één adres in")
        return self


def every(path: Path | None = None) -> dict[str, Service]:
    """Read the list, by id, in the order of the file. Raises WijkdataError when it is wrong.

    path: another list than the shipped one, or than that of the setting `WIJKDATA_DIENSTEN`.
    """
    own = os.environ.get(OWN_LIST)
    return _read(path or (Path(own) if own else REFERENCE_DIR / FILE))


def hosts(services: dict[str, Service]) -> frozenset[str]:
    """Name every computer that these services stand on, with its port where one is given: `opendata.cbs.nl`."""
    addresses = [
        address
        for service in services.values()
        for route in service.routes
        for address in (route.address, route.about, *service.of_year.values())
    ]
    return frozenset(urlsplit(address).netloc for address in addresses if address)


def table_years(service: Service, catalogue: Catalogue) -> dict[int, str]:
    """Return year -> number of the table, of a service with a table per year."""
    return {int(year): table for year, table in catalogue.sources[service.source].tables.items()}


@lru_cache(maxsize=4)
def _read(path: Path) -> dict[str, Service]:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise WijkdataError(f"{path.name} kan niet worden gelezen ({cause(error)}); zet het bestand terug.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WijkdataError(f"{path.name} is beschadigd; zet het bestand terug.") from error
    return {id: _service(path, id, entry) for id, entry in entries.items()}


def _service(path: Path, id: str, entry: object) -> Service:
    try:
        return Service.model_validate({"id": id, **entry} if isinstance(entry, dict) else entry)
    except ValidationError as error:
        problem = field_and_problem(dict(error.errors()[0]), list(Service.model_fields))
        raise WijkdataError(f"{path.name}, {id}: {problem}.") from error
