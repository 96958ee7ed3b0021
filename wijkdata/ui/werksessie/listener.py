"""A second door of the same process, for phones: it listens on the network of this computer while a session goes on and the
facilitator wants it. The app itself stays on 127.0.0.1.
"""

import ipaddress
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import uvicorn

from wijkdata.errors import StoreError, WijkdataError, cause
from wijkdata.loading.activities import sessions
from wijkdata.record.fields import SESSION
from wijkdata.store.participation import registers
from wijkdata.ui.werksessie.routes import Phones

PORTS = range(8600, 8620)
# How often it looks whether the session still goes on (another window may have closed it), and how long phones still read
# that it is closed.
_LOOK_SECONDS, _LINGER_SECONDS = 3.0, 10.0
_START_SECONDS = 10.0
_MOST_CONNECTIONS = 400
_listening: dict[Path, "Listener"] = {}
_guard = threading.Lock()


@dataclass
class Listener:
    """A server for the phones of one session. failed: why it did not start."""

    phones: Phones
    port: int
    host: str
    server: uvicorn.Server
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        """The address that a phone opens."""
        return f"http://{self.phones.host}/s/{self.phones.code}"

    def stop(self) -> None:
        """End it; returns when the port is free again."""
        self.server.should_exit = True
        self.ended.wait(_START_SECONDS)


def hosts() -> list[str]:
    """List the addresses of this computer in networks of its own, where phones in the room can be."""
    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    ip_addresses = [
        one.address
        for name, addresses in psutil.net_if_addrs().items()
        for one in addresses
        if name in up and one.family == socket.AF_INET
    ]
    return [one for one in ip_addresses if (ip := ipaddress.ip_address(one)).is_private and not ip.is_loopback]


def current(directory: Path, session: str) -> Listener | None:
    """Return the listener of this session; None when its phones are off."""
    listener = _listening.get(directory)
    alive = listener is not None and not listener.ended.is_set() and listener.phones.session == session
    return listener if alive else None


def start(directory: Path, session: str, host: str) -> Listener:
    """Let phones in the network of `host` reach the two routes of this session. On is on: a second time changes nothing.

    Raises WijkdataError when the session is not open, StoreError when no port can be had.
    """
    record = registers.get(directory, session, SESSION)
    if record.values.get("state") != sessions.OPEN:
        raise WijkdataError("De sessie is niet open; open haar eerst, dan kunnen telefoons meedoen.")
    with _guard:
        known = current(directory, session)
        if known is not None and known.host == host:
            return known
        if directory in _listening:
            _listening[directory].stop()
        listener = _listening[directory] = _started(directory, session, str(record.values["code"]), host)
    return listener


def stop(directory: Path, session: str) -> None:
    """Turn the phones of this session off."""
    listener = current(directory, session)
    if listener is not None:
        listener.stop()


def _started(directory: Path, session: str, code: str, host: str) -> Listener:
    door = _bound(host)
    port = door.getsockname()[1]
    phones = Phones(directory, session, code, f"{host}:{port}")
    config = uvicorn.Config(
        phones.app(),
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
        limit_concurrency=_MOST_CONNECTIONS,
        h11_max_incomplete_event_size=16_384,
    )
    listener = Listener(phones, port, host, uvicorn.Server(config))
    threading.Thread(target=_serve, args=(listener, door), name="wijkdata-telefoons", daemon=True).start()
    threading.Thread(target=_watch, args=(listener,), name="wijkdata-telefoons-kijkt", daemon=True).start()
    until = time.monotonic() + _START_SECONDS
    while not listener.server.started and not listener.ended.is_set() and time.monotonic() < until:
        time.sleep(0.02)
    return listener


def _bound(host: str) -> socket.socket:
    """A socket on the first free port of that address."""
    reason = ""
    for port in PORTS:
        door = socket.socket(proto=socket.IPPROTO_TCP)  # by name, or each small answer waits 40 ms
        try:
            door.bind((host, port))
            return door
        except OSError as error:
            door.close()
            reason = cause(error)
    raise StoreError(
        f"Telefoons kunnen niet meedoen: op {host} is geen poort van {PORTS[0]} tot {PORTS[-1]} te openen ({reason}). "
        "Kies een ander adres, of laat de zaal met handen en stickers stemmen."
    )


def _serve(listener: Listener, door: socket.socket) -> None:
    try:
        listener.server.run(sockets=[door])
    finally:
        door.close()
        listener.ended.set()


def _watch(listener: Listener) -> None:
    """End the listener once its session is closed: phones that wait can read that first."""
    while not listener.ended.wait(_LOOK_SECONDS):
        if not _goes_on(listener):
            listener.ended.wait(_LINGER_SECONDS)
            listener.server.should_exit = True
            return


def _goes_on(listener: Listener) -> bool:
    phones = listener.phones
    try:
        record = registers.get(phones.directory, phones.session, SESSION)
    except WijkdataError:  # in use by another program for the moment: look again
        return True
    return not record.withdrawn and record.values.get("state") == sessions.OPEN
