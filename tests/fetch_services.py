"""The services of the publishers, made here: the layouts of theirs, made-up figures, on a loopback port; and they misbehave on demand.

`Services` begins a server. `faults` says what goes wrong: a path (a part of it) and what happens there, so many times.
"""

import asyncio
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests import fetch_world as world
from wijkdata.store.monitor import queries, versions

CUT, HTML, SLOW = "cut", "html", "slow"


@dataclass
class Fault:
    """What goes wrong: at requests whose address has `where` in it, after `skip` of them, so many `times`.

    status: an HTTP status, with `headers`. what: one of CUT, HTML, SLOW. body: another answer. redirect: another address.
    """

    where: str
    times: int = 1
    skip: int = 0
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    what: str = ""
    body: bytes | None = None
    redirect: str = ""
    do: Callable[[], None] | None = None


class Services:
    """A server on a loopback port. requests: every address that was asked. latency: seconds before each answer."""

    def __init__(
        self, made: world.World, page: int = 10_000, observations: int = 100_000, latency: float = 0.0
    ) -> None:
        self.made, self.page, self.observations, self.latency = made, page, observations, latency
        self.faults: list[Fault] = []
        self.requests: list[str] = []
        # Named as TCP, or asyncio lets small answers wait for 40 ms on the one that asked.
        self._socket = socket.socket(proto=socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"
        app = Starlette(routes=[Route("/{path:path}", self._answer)])
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        self._thread = threading.Thread(target=lambda: self._server.run(sockets=[self._socket]), daemon=True)

    def __enter__(self) -> "Services":
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        return self

    def __exit__(self, *error: object) -> None:
        self._server.should_exit = True
        self._thread.join(5)
        self._socket.close()

    def catalogue(self, path: Path) -> Path:
        """Write the list of services with this server instead of the publishers'."""
        shipped = Path(__file__).resolve().parent.parent / "data" / "reference" / "diensten.toml"
        text = re.sub(r"https://[\w.]+/", f"http://{self.host}/", shipped.read_text("utf-8"))
        path.write_text(text, "utf-8")
        return path

    # --- answers ---

    async def _answer(self, request: Request) -> Response:
        address = str(request.url)
        self.requests.append(address)
        if self.latency:
            await asyncio.sleep(self.latency)
        fault = next((one for one in self.faults if one.where in address and one.times > 0), None)
        if fault is not None and fault.skip > 0:
            fault.skip -= 1
        elif fault is not None:
            fault.times -= 1
            if fault.do is not None:
                fault.do()
            if (answer := await _wrong(fault)) is not None:
                return answer
        path = request.url.path
        query = dict(request.query_params.multi_items())
        for pattern, answer_of in self._routes():
            if match := re.fullmatch(pattern, path):
                response = answer_of(request, query, **match.groupdict())
                if fault is not None and fault.what == CUT and fault.times >= 0:
                    return _Cut(response.body, headers=dict(response.headers))
                return response
        return Response(status_code=404)

    def _routes(self) -> list[tuple[str, Callable[..., Response]]]:
        return [
            (r"/ODataCatalog/Tables", self._tables),
            (r"/ODataFeed/odata/(?P<table>\w+)/(?P<name>\w+)", self._odata3),
            (r"/odata/v1/CBS/(?P<table>\w+)/(?P<name>\w+)", self._odata4),
            (r"/cbs/(?P<service>\w+)/(?P<year>\d+)/wfs/v1_0", self._wfs),
            (r"/resources/.*\.zip", self._leefbaarometer),
            (r".*pc6huisnr.*\.zip", self._addresses),
        ]

    def _tables(self, request: Request, query: dict[str, str]) -> Response:
        number = re.search(r"Identifier eq '(\w+)'", query["$filter"])
        table = self.made.tables.get(number[1] if number else "")
        return JSONResponse({"odata.metadata": "x", "value": [table.about()] if table else []})

    def _odata3(self, request: Request, query: dict[str, str], table: str, name: str) -> Response:
        made = self.made.tables.get(table)
        if made is None:
            return Response(status_code=404)
        if name == "WijkenEnBuurten":
            rows = _filtered(made.regions(), query.get("$filter", ""))
        else:
            rows = _filtered(made.rows(), query.get("$filter", ""))
        skip = int(query.get("$skip", "0"))
        if len(request.query_params.getlist("$format")) > 1:
            skip = 0  # as the real service: it begins again, and so on for ever
        body: dict[str, Any] = {"odata.metadata": f"http://{self.host}/ODataFeed/odata/{table}/$metadata#Cbs.{name}"}
        body["value"] = rows[skip : skip + self.page]
        if skip + self.page < len(rows):
            parameters = "&".join(f"{key}={value}" for key, value in query.items() if key != "$skip")
            body["odata.nextLink"] = (
                f"http://{self.host}/ODataFeed/odata/{table}/{name}?{parameters}&$skip={skip + self.page}"
            )
        return JSONResponse(body)

    def _odata4(self, request: Request, query: dict[str, str], table: str, name: str) -> Response:
        made = self.made.tables.get(table)
        if made is None or not made.has_v4:
            return Response(status_code=404)
        if name == "Properties":
            return JSONResponse(made.properties())
        rows = made.codes() if name == "WijkenEnBuurtenCodes" else made.observations()
        rows = _filtered(rows, query.get("$filter", ""))
        skip = int(query.get("$skip", "0"))
        body: dict[str, Any] = {"@odata.context": f"http://{self.host}/odata/v1/CBS/{table}/$metadata#{name}"}
        body["value"] = rows[skip : skip + self.observations]
        if skip + self.observations < len(rows):
            body["@odata.nextLink"] = (
                f"http://{self.host}/odata/v1/CBS/{table}/{name}?$filter={query.get('$filter', '')}&$skip={skip + self.observations}"
            )
        return JSONResponse(body)

    def _wfs(self, request: Request, query: dict[str, str], service: str, year: str) -> Response:
        layer = query["typeNames"].rpartition(":")[2].removesuffix("_gegeneraliseerd")
        layer = {"gemeente": "gemeenten", "wijk": "wijken"}.get(layer, layer)
        known = self.made.codes(int(year), layer)
        if known is None:
            return Response("<ows:ExceptionReport/>", 400, media_type="text/xml")
        asked = re.findall(r"<Literal>(\w+)</Literal>", query.get("filter", ""))
        chosen = [code for code in known if not asked or f"GM{code[2:6]}" in asked]
        start = int(query["startIndex"])
        page = self.made.features(chosen[start : start + min(int(query["count"]), 1000)], layer, service)
        return JSONResponse(
            {
                "type": "FeatureCollection",
                "totalFeatures": len(chosen),
                "numberMatched": len(chosen),
                "numberReturned": len(page),
                "features": page,
            }
        )

    def _leefbaarometer(self, request: Request, query: dict[str, str]) -> Response:
        return _file(request, self.made.leefbaarometer)

    def _addresses(self, request: Request, query: dict[str, str]) -> Response:
        year = int(re.findall(r"20\d\d", request.url.path)[0])
        content = self.made.addresses(year)
        return Response(status_code=404) if content is None else _file(request, content)


class _Cut(Response):
    """Half of an answer that says that it is whole."""

    def __init__(self, content: bytes, headers: dict[str, str]) -> None:
        super().__init__(content, headers=headers)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body[: len(self.body) // 2], "more_body": False})


async def _wrong(fault: Fault) -> Response | None:
    if fault.what == SLOW:
        await asyncio.sleep(3600)
    if fault.what == HTML:
        return Response("<!DOCTYPE html><html><body>Onderhoud</body></html>", media_type="text/html")
    if fault.redirect:
        return RedirectResponse(fault.redirect, 302)
    if fault.body is not None:
        return Response(fault.body, headers=fault.headers or {"Content-Type": "application/json"})
    return Response(status_code=fault.status, headers=fault.headers) if fault.status else None


def _filtered(rows: list[dict[str, Any]], question: str) -> list[dict[str, Any]]:
    """Keep the rows of a filter of `startswith`, in groups of `or` that are joined by `and`."""
    groups = [re.findall(r"startswith\((\w+),'([^']*)'\)", group) for group in question.split(" and ")]
    tests = [(group[0][0], tuple(beginning for _, beginning in group)) for group in groups if group]
    return [row for row in rows if all(str(row[name]).startswith(beginnings) for name, beginnings in tests)]


def _file(request: Request, content: bytes) -> Response:
    """Hand out a file with an ETag, in parts where asked."""
    etag = f'"{hash(content) & 0xFFFFFFFF:x}"'
    if request.headers.get("If-None-Match") == etag:
        return Response(status_code=304, headers={"ETag": etag})
    span = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
    if span and request.headers.get("If-Range") == etag:
        return Response(content[int(span[1]) :], 206, headers={"ETag": etag}, media_type="application/zip")
    return Response(content, headers={"ETag": etag}, media_type="application/zip")


def figures(directory: Path) -> str:
    """Every figure and every name of a data directory, in a fixed order."""
    monitor = versions.require(directory)
    areas = queries.areas(monitor).sort_values("code")
    rows = queries.of_areas(monitor, list(areas["code"]))
    return areas[["code", "name"]].to_csv(index=False) + rows.sort_values(list(rows.columns[:4])).to_csv(index=False)


@contextmanager
def connections() -> Iterator[set[str]]:
    """Record every address that a socket of this process connects to."""
    seen: set[str] = set()
    recording = [True]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if recording[0] and event == "socket.connect" and isinstance(arguments[1], tuple):
            seen.add(str(arguments[1][0]))

    sys.addaudithook(hook)
    try:
        yield seen
    finally:
        recording[0] = False
