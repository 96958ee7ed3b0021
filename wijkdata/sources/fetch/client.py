"""The one HTTP client: to the hosts of the list and no others; patient, polite, with limits, and it can be stopped."""

import json
import os
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
import truststore
from tenacity import RetryCallState, RetryError, Retrying, retry_if_exception_type, stop_after_attempt

from wijkdata import dutch, limits
from wijkdata.errors import StoppedError, WijkdataError, cause

# A file with the certificate of the organisation's own authority, for whoever works behind a proxy that reads along.
OWN_AUTHORITY = "WIJKDATA_CA"
# Requests at once to one service, and how many seconds there are between two attempts.
PER_HOST, FIRST_WAIT, LONGEST_WAIT = 2, 1.0, 60.0
_CHUNK = 1 << 16
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
LATER = "probeer het later opnieuw"
_AGENT = "wijkdata (open data van wijken en buurten)"
T = TypeVar("T")


class ServiceError(WijkdataError):
    """A service gives no answer, or another than it should: one sentence, and the others go on."""


class RefusedByServiceError(ServiceError):
    """A service understands a request and does not want it (a code of 400 to 499)."""


class _TryAgainError(Exception):
    """This attempt failed in a way that may pass. after: seconds the service asks to wait."""

    def __init__(self, problem: str, after: float | None = None) -> None:
        self.problem, self.after = problem, after
        super().__init__(problem)


@dataclass(frozen=True)
class Stamps:
    """By what a service tells that a file is the same as before: `ETag` and `Last-Modified`."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """The headers that ask for the file only if it is another."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in pairs.items() if value}


class Client:
    """Asks services for what they have. Safe for several threads."""

    def __init__(self, hosts: Collection[str], stop: threading.Event, waits: float = FIRST_WAIT) -> None:
        self._hosts, self._stop, self._waits = frozenset(hosts), stop, waits
        self._turns = {host: threading.Semaphore(PER_HOST) for host in self._hosts}
        timeout = httpx.Timeout(limits.FETCH_SILENCE, connect=limits.FETCH_CONNECT)
        hooks: dict[str, list[Callable[..., Any]]] = {"request": [self._check_host]}
        self._http = httpx.Client(
            verify=_authorities(), timeout=timeout, event_hooks=hooks, headers={"User-Agent": _AGENT}
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *error: object) -> None:
        self._http.close()

    def json(self, address: str, params: dict[str, str] | None = None) -> tuple[dict[str, Any], int]:
        """Fetch a JSON object, and how many bytes it was. Raises ServiceError when there is no answer after all tries, or
        when it is something else."""
        content = self._patiently(address, lambda: self._page(address, params))
        try:
            value = json.loads(content)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise ServiceError(f"{host_of(address)} geeft iets anders dan cijfers; {LATER}.")
        return value, len(content)

    def file(self, address: str, target: Path, known: Stamps, progress: Callable[[int, int], None]) -> Stamps | None:
        """Fetch a whole file into `target`, going on where an earlier attempt stopped; None when it is that of `known`.

        progress: called with bytes so far and bytes in all (0: not said). Raises ServiceError as `json`.
        """
        return self._patiently(address, lambda: self._whole(address, target, known, progress))

    # --- one attempt ---

    def _page(self, address: str, params: dict[str, str] | None) -> bytes:
        with self._answer(address, params, {}) as response:
            content, began = bytearray(), time.monotonic()
            for chunk in self._chunks(response):
                content += chunk
                if time.monotonic() - began > limits.FETCH_SECONDS:
                    raise _TryAgainError("traag")
                if len(content) > limits.FETCHED_PAGE:
                    raise ServiceError(
                        f"{host_of(address)} geeft meer dan {dutch.size(limits.FETCHED_PAGE)} in één keer; {LATER}."
                    )
            _check_length(response, len(content))
            _check_kind(address, response, bytes(content[:200]))
            return bytes(content)

    def _whole(self, address: str, target: Path, known: Stamps, progress: Callable[[int, int], None]) -> Stamps | None:
        part, began = target.with_suffix(".deel"), target.with_suffix(".van")
        before = part.stat().st_size if part.exists() and began.exists() else 0
        # `If-Range`: the rest only if it is of the same file; a service that changed it sends all of it again.
        headers = {"Range": f"bytes={before}-", "If-Range": began.read_text("utf-8")} if before else known.headers()
        with self._answer(address, None, headers) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                return None
            stamps = Stamps(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
            resumed = before > 0 and response.status_code == httpx.codes.PARTIAL_CONTENT
            done = before if resumed else 0
            total = done + int(response.headers.get("Content-Length") or 0)
            if total > limits.FETCHED_FILE:
                raise _too_large(address)
            began.write_text(_strong(stamps), "utf-8") if _strong(stamps) else began.unlink(missing_ok=True)
            start = done
            with part.open("ab" if resumed else "wb") as file:
                for chunk in self._chunks(response):
                    file.write(chunk)
                    done += len(chunk)
                    if done > limits.FETCHED_FILE:
                        raise _too_large(address)
                    progress(done, total)
            _check_length(response, done - start)
        with part.open("rb") as file:
            _check_kind(address, response, file.read(200))
        part.replace(target)
        began.unlink(missing_ok=True)
        return stamps

    @contextmanager
    def _answer(self, address: str, params: dict[str, str] | None, headers: dict[str, str]) -> Iterator[httpx.Response]:
        """Open an answer that is worth reading, following redirects to hosts of the list."""
        with self._turns.get(httpx.URL(address).netloc.decode(), threading.Semaphore()):
            request = self._http.build_request("GET", address, params=params, headers=headers)
            for _ in range(limits.FETCH_REDIRECTS + 1):
                response = self._http.send(request, stream=True)
                if not response.has_redirect_location:
                    break
                response.close()
                request = self._http.build_request(
                    "GET", request.url.join(response.headers["Location"]), headers=headers
                )
            try:
                _check_status(address, response)
                yield response
            finally:
                response.close()

    def _chunks(self, response: httpx.Response) -> Iterator[bytes]:
        for chunk in response.iter_bytes(_CHUNK):
            self._check_stop()
            yield chunk

    # --- several attempts ---

    def _patiently(self, address: str, attempt: Callable[[], T]) -> T:
        tries = Retrying(
            retry=retry_if_exception_type((_TryAgainError, httpx.TransportError)),
            stop=stop_after_attempt(limits.FETCH_TRIES),
            wait=self._wait,
            sleep=self._sleep,
        )
        try:
            return tries(attempt)
        except RetryError as error:
            raise ServiceError(_given_up(address, error.last_attempt.exception())) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServiceError(f"{host_of(address)} geeft een antwoord dat wijkdata niet begrijpt; {LATER}.") from error
        except OSError as error:
            raise ServiceError(
                f"Een bestand van {host_of(address)} kan niet worden bewaard ({cause(error)}); maak ruimte en begin opnieuw."
            ) from error

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.after if isinstance(error, _TryAgainError) else None
        doubled = self._waits * 2 ** (state.attempt_number - 1)
        return min(asked if asked is not None else doubled, LONGEST_WAIT)

    def _sleep(self, seconds: float) -> None:
        self._stop.wait(seconds)
        self._check_stop()

    def _check_stop(self) -> None:
        if self._stop.is_set():
            raise StoppedError("Het ophalen is gestopt; wat binnen is, hoeft niet nog eens te worden opgehaald.")

    def _check_host(self, request: httpx.Request) -> None:
        """Every request passes here, those of a redirect too."""
        if request.url.netloc.decode() not in self._hosts:
            raise ServiceError(
                f"Een dienst verwijst naar {request.url.host}, en dat adres staat niet in de lijst van wijkdata; er is niets opgehaald."
            )


def _authorities() -> ssl.SSLContext:
    """Trust whom the computer trusts (Windows, macOS and Linux keep that list), and the organisation's own authority."""
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    own = os.environ.get(OWN_AUTHORITY)
    if own:
        try:
            context.load_verify_locations(cafile=own)
        except (OSError, ssl.SSLError) as error:
            raise WijkdataError(
                f"Het certificaat in {OWN_AUTHORITY} ({own}) kan niet worden gelezen; verbeter de naam, of haal de instelling weg."
            ) from error
    return context


def _check_status(address: str, response: httpx.Response) -> None:
    status = response.status_code
    if status in _AGAIN:
        raise _TryAgainError(f"code {status}", _seconds(response.headers.get("Retry-After")))
    if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        raise ServiceError(
            f"{host_of(address)} heeft dit niet (meer): {response.request.url.path}; kijk of er een nieuwere versie van wijkdata is."
        )
    if status == httpx.codes.PROXY_AUTHENTICATION_REQUIRED:
        raise ServiceError("De proxy vraagt een wachtwoord; zet het in HTTPS_PROXY, of vraag het uw systeembeheer.")
    if not (status == httpx.codes.NOT_MODIFIED or response.is_success):
        raise RefusedByServiceError(f"{host_of(address)} weigert het verzoek (code {status}); {LATER}.")


def _too_large(address: str) -> ServiceError:
    return ServiceError(
        f"{host_of(address)} geeft een bestand van meer dan {dutch.size(limits.FETCHED_FILE)}; {LATER}."
    )


def _check_length(response: httpx.Response, received: int) -> None:
    """A connection that is cut can look like the end; compressed answers carry their own end."""
    length = response.headers.get("Content-Length")
    if length and "Content-Encoding" not in response.headers and int(length) != received:
        raise _TryAgainError("afgebroken")


def _check_kind(address: str, response: httpx.Response, start: bytes) -> None:
    """Refuse a page for people where figures were asked: a portal of the network, a page of maintenance."""
    if "html" in response.headers.get("Content-Type", "") or start.lstrip()[:15].lower().startswith(
        (b"<!doctype html", b"<html")
    ):
        raise ServiceError(
            f"{host_of(address)} geeft een webpagina in plaats van cijfers (onderhoud, of een inlogpagina van uw netwerk); {LATER}."
        )


def _strong(stamps: Stamps) -> str:
    """By what a half file is known again; a weak ETag does not promise the same bytes."""
    return stamps.etag if stamps.etag and not stamps.etag.startswith("W/") else stamps.modified


def _seconds(after: str | None) -> float | None:
    """Read `Retry-After`: seconds, or a moment."""
    if after is None:
        return None
    if after.isdigit():
        return float(after)
    try:
        moment = parsedate_to_datetime(after)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # "-0000" has no zone
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


_TIMES = {"afgebroken": "breekt steeds af", "traag": "is traag"}


def _given_up(address: str, error: BaseException | None) -> str:
    if isinstance(error, _TryAgainError):
        why = _TIMES.get(error.problem, f"geeft steeds een storing ({error.problem})")
    elif (
        isinstance(error, httpx.ConnectError) and isinstance(error.__cause__, Exception) and "CERTIFICATE" in str(error)
    ):
        return (
            f"Het certificaat van {host_of(address)} wordt niet vertrouwd; werkt u achter een proxy van uw organisatie, zet dan het "
            f"certificaat daarvan in {OWN_AUTHORITY}."
        )
    else:
        why = "is traag of zwijgt" if isinstance(error, httpx.TimeoutException) else "is niet te bereiken"
    return f"{host_of(address)} {why}, na {limits.FETCH_TRIES} pogingen; {LATER}."


def host_of(address: str) -> str:
    return httpx.URL(address).host
