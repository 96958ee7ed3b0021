"""A table of open data of the CBS, OData v3 or v4: all pages of a question, checked against what the service says there is."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from wijkdata import dutch
from wijkdata.reference.services import Kind
from wijkdata.sources.fetch.ask import Ask
from wijkdata.sources.fetch.cache import Answer, Pages
from wijkdata.sources.fetch.client import LATER, ServiceError, host_of
from wijkdata.sources.fetch.wanted import Wanted
from wijkdata.sources.reading.odata import ALL_ROWS

# How often a table is begun again because the publisher changed it while its pages came in.
_REVISIONS = 2


@dataclass(frozen=True)
class _Dialect:
    """What differs between the versions. next: the member with the address of the next page. rows: the list of figures.
    regions: the list of areas, and its key."""

    next: str
    context: str
    rows: str
    regions: str
    region_key: str
    info: str


_DIALECTS = {
    Kind.ODATA3: _Dialect("odata.nextLink", "odata.metadata", "UntypedDataSet", "{regions}", "Key", "TableInfos"),
    Kind.ODATA4: _Dialect(
        "@odata.nextLink", "@odata.context", "Observations", "{regions}Codes", "Identifier", "Properties"
    ),
}


@dataclass(frozen=True)
class About:
    """What the service says of a table. version: changes with every revision. rows: in the whole of it, None when not said."""

    record: dict[str, Any]
    version: str
    rows: int | None


def about(ask: Ask) -> About:
    """Ask what there is. Raises ServiceError when the service does not know the table."""
    client, route, wanted = ask.client, ask.route, ask.wanted
    address = route.address.format(table=wanted.table)
    if route.kind is Kind.ODATA3:
        params = {"$filter": f"Identifier eq '{wanted.table}'", "$format": "json"}
        listed = client.json(route.about, params)[0].get("value")
        record = listed[0] if isinstance(listed, list) and len(listed) == 1 else None
    else:
        record = client.json(f"{address}/Properties")[0]
    if not isinstance(record, dict) or not record.get("Modified"):
        raise ServiceError(
            f"{host_of(address)} kent deze tabel niet (meer); kijk of er een nieuwere versie van wijkdata is."
        )
    count = str(record.get("RecordCount") or record.get("ObservationCount") or "")
    changed = str(record.get("ObservationsModified") or record["Modified"])
    return About(record, f"{changed} {count}", int(count) if count.isdigit() else None)


def fetch(ask: Ask) -> Answer:
    """Fetch all rows of the question, its areas with their names, and what the table is.

    Raises ServiceError: a page fails, a row is missing or twice, or the publisher changes the table all the time.
    """
    dialect, known = _DIALECTS[ask.route.kind], about(ask)
    for _ in range(_REVISIONS):
        if ask.pages.state.get("version") != known.version:
            ask.pages.clear()
        _Paging(ask, dialect).go_on(_question(ask), known.version)
        now = about(ask)
        if now.version == known.version:
            return _checked(ask, dialect, known)
        known = now
    raise ServiceError(
        f"{host_of(ask.route.address)} verandert tabel {ask.wanted.table} terwijl die wordt opgehaald; {LATER}."
    )


class _Paging:
    """Follows the pages of one question, from where an earlier attempt stopped."""

    def __init__(self, ask: Ask, dialect: _Dialect) -> None:
        self.ask, self.dialect = ask, dialect
        self.address = ask.route.address.format(table=ask.wanted.table)

    def go_on(self, question: str, version: str) -> None:
        """Fetch what is not there yet. A page without rows of the right shape ends it: the pages before stay for the next time."""
        state = self.ask.pages.state or {
            "version": version,
            "next": "",
            "pages": 0,
            "rows": 0,
            "bytes": 0,
            "columns": [],
        }
        while state["next"] is not None:
            if state["next"]:
                page, size = self.ask.client.json(state["next"])  # it holds the whole question: sent as it came
            else:
                page, size = self.ask.client.json(
                    f"{self.address}/{self.dialect.rows}", _params(question, self.ask.route.kind)
                )
            rows = self._rows(page, state["columns"])
            state = {
                **state,
                "next": self._next(page),
                "pages": state["pages"] + 1,
                "rows": state["rows"] + len(rows),
                "bytes": state["bytes"] + size,
                "columns": sorted(rows[0]) if rows else state["columns"],
                "context": state.get("context") or str(page.get(self.dialect.context) or ""),
            }
            self.ask.pages.add(f"{state['pages']:05}.json", json.dumps(rows, ensure_ascii=False)[1:-1], state)
            self.ask.progress(state["bytes"], 0)

    def _rows(self, page: dict[str, Any], columns: list[str]) -> list[dict[str, Any]]:
        rows = page.get("value")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ServiceError(
                f"{host_of(self.address)} geeft bij tabel {self.ask.wanted.table} een bladzijde zonder cijfers; {LATER}."
            )
        if any(sorted(row) != (columns or sorted(rows[0])) for row in rows):
            raise ServiceError(
                f"{host_of(self.address)} geeft bij tabel {self.ask.wanted.table} niet op elke bladzijde dezelfde kolommen; {LATER}."
            )
        return rows

    def _next(self, page: dict[str, Any]) -> str | None:
        """The address of the next page; the rest of it stays as it came, but never over an open line instead of a closed one."""
        link = page.get(self.dialect.next)
        if not isinstance(link, str):
            return None
        return _same_scheme(link, self.address)


def _same_scheme(link: str, address: str) -> str:
    try:
        parts = urlsplit(link)
    except ValueError as error:
        raise ServiceError(
            f"{host_of(address)} verwijst naar een volgende bladzijde die niet bestaat; {LATER}."
        ) from error
    return (
        urlunsplit((urlsplit(address).scheme, *parts[1:])) if parts.netloc else f"{address.rpartition('/')[0]}/{link}"
    )


def _question(ask: Ask) -> str:
    """Write the filter. Keys are padded with spaces at the service: only their beginning is compared."""
    service, wanted = ask.service, ask.wanted
    groups = [
        _any_of(service.regions, _areas(wanted)),
        _any_of(service.kinds, list(wanted.kinds)),
        _any_of("Perioden", [str(year) for year in wanted.years]),
        *(_any_of(name, [value]) for name, value in service.fixed.items()),
    ]
    return " and ".join(filter(None, groups))


def _areas(wanted: Wanted) -> list[str]:
    """How the codes begin of everything in the gemeenten, and of the country; [] for all of them."""
    codes = [letters + code[2:] for code in wanted.codes for letters in ("GM", "WK", "BU")]
    return ["NL", *codes] if codes else []


def _any_of(column: str, beginnings: list[str]) -> str:
    if not column or not beginnings:
        return ""
    return "(" + " or ".join(f"startswith({column},'{one}')" for one in beginnings) + ")"


def _params(question: str, kind: Kind) -> dict[str, str]:
    params = {"$filter": question} if question else {}
    return {**params, "$format": "json"} if kind is Kind.ODATA3 else params


def _checked(ask: Ask, dialect: _Dialect, known: About) -> Answer:
    """Compare the rows with what there should be, and write them as one file."""
    pages, wanted, state = ask.pages, ask.wanted, ask.pages.state
    names = _regions(ask, dialect)
    problem = _problem(ask, known, names, dialect)
    if problem:
        pages.clear()
        host = host_of(ask.route.address)
        raise ServiceError(f"{host}: tabel {wanted.table} kwam niet heel binnen ({problem}); {LATER}.")
    stem = f"{wanted.table}-{wanted.scope}"  # by the same beginning readers know what belongs together
    files = {
        f"{stem}_{dialect.rows}.json": _write_rows(pages, state, dialect),
        f"{stem}_{dialect.info}.json": _write(pages, "tabel", {"value": [known.record]}),
    }
    if ask.service.per_year:
        listed = f"{stem}_{dialect.regions.format(regions=ask.service.regions)}.json"
        files[listed] = _write(pages, "gebieden", {"value": names})
    return Answer(known.version, files, state["rows"], tuple(state["columns"]))


def _regions(ask: Ask, dialect: _Dialect) -> list[dict[str, Any]]:
    """List the areas of the question, as published."""
    client, table = ask.client, ask.wanted.table
    address = f"{ask.route.address.format(table=table)}/{dialect.regions.format(regions=ask.service.regions)}"
    page, _ = client.json(address, _params(_any_of(dialect.region_key, _areas(ask.wanted)), ask.route.kind))
    rows: list[dict[str, Any]] = []
    while True:
        value = page.get("value")
        if not isinstance(value, list) or not all(isinstance(row, dict) and dialect.region_key in row for row in value):
            raise ServiceError(f"{host_of(address)} geeft bij tabel {table} geen lijst van gebieden; {LATER}.")
        rows += value
        link = page.get(dialect.next)
        if not isinstance(link, str):
            return rows
        page, _ = client.json(_same_scheme(link, address))


def _seen(pages: Pages, regions: str) -> tuple[set[str], tuple[int, int]]:
    """Which areas have rows, and how many rows have a number of their own, and how many different numbers."""
    seen, numbers, numbered = set(), set(), 0
    for path in sorted(pages.folder.glob("[0-9]*.json")):
        for row in json.loads(f"[{path.read_text('utf-8')}]"):
            seen.add(str(row.get(regions, "")).strip())
            number = row.get("ID", row.get("Id"))
            if number is not None:
                numbered += 1
                numbers.add(number)
    return seen, (numbered, len(numbers))


def _problem(ask: Ask, known: About, names: list[dict[str, Any]], dialect: _Dialect) -> str:
    """Say what is wrong with the rows, or ""."""
    state = ask.pages.state
    seen, (numbered, different) = _seen(ask.pages, ask.service.regions)
    if not state["rows"]:
        return "er zijn geen rijen; misschien kent deze tabel de gemeente nog niet"
    if "" in seen:
        return f"de kolom {ask.service.regions} ontbreekt"
    if numbered != different:
        return f"{dutch.count(numbered - different, 'rij staat', 'rijen staan')} er dubbel in"
    if not _question(ask) and known.rows not in (None, state["rows"]):
        return f"{dutch.number(state['rows'])} rijen van {dutch.number(known.rows or 0)}"
    missing = {str(name[dialect.region_key]).strip() for name in names} - seen
    if missing and not ask.wanted.kinds:  # where no crime was registered there need be no row
        return f"van {dutch.count(len(missing), 'gebied', 'gebieden')} ontbreken de rijen"
    return ""


def _write_rows(pages: Pages, state: dict[str, Any], dialect: _Dialect) -> Path:
    """Put the pages together as one answer of the service, with how many rows there are: it is no page of a longer table."""
    target = pages.folder / "alles.tmp"
    head = json.dumps({dialect.context: state["context"], ALL_ROWS: state["rows"]}, ensure_ascii=False)[:-1]
    with target.open("w", encoding="utf-8") as file:
        file.write(f'{head}, "value": [')
        for n, path in enumerate(sorted(pages.folder.glob("[0-9]*.json"))):
            text = path.read_text("utf-8")
            file.write((", " if n and text else "") + text)
        file.write("]}")
    return target


def _write(pages: Pages, name: str, value: dict[str, Any]) -> Path:
    target = pages.folder / f"{name}.tmp"
    target.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return target
