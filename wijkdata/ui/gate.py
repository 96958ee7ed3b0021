"""The gate before the app: who may talk to the server, and what a browser may do with its pages.

The server listens on 127.0.0.1 only, yet every page in every tab of this computer can reach it: a page on another port, or a
name of somebody else that was made to mean 127.0.0.1 (DNS rebinding). Streamlit compares origins by host and not by port, does
so for the websocket alone, and asks an outside host for its own address before it refuses. So the gate stands before it.

Rules: Fetch Standard (https://fetch.spec.whatwg.org/#origin-header), Fetch Metadata (https://www.w3.org/TR/fetch-metadata/),
Content Security Policy (https://www.w3.org/TR/CSP3/).
"""

import re
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_THIS_COMPUTER = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?", re.IGNORECASE)
# What the server tells about itself, and a way to drive the app by program: nobody here asks for them.
_CLOSED = re.compile(r"/_stcore/(?:metrics|agent)(?:/|$)")
_ELSEWHERE = {"cross-site", "same-site"}  # "same-site" is another port of this computer
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' {scheme}://{host} data: blob:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
# Shapes, called after their content: whoever has such a file need never ask for it again.
_NEVER_CHANGES = re.compile(r"/app/static/geo/[0-9a-f]{20}\.json$")
_KEEP = "public, max-age=31536000, immutable"
_HEADERS = {
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Gate:
    """ASGI middleware that answers what may not pass, and adds to every answer what a browser must hold it to."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it before anything behind the gate has seen it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refused = refusal(scope)
        if refused is None:
            await self._app(scope, receive, _with_headers(scope, send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "origin"})
        else:
            status, text = refused
            await PlainTextResponse(text, status, _HEADERS)(scope, receive, send)


MIDDLEWARE = [Middleware(Gate)]


def refusal(scope: Scope) -> tuple[int, str] | None:
    """Tell why a request may not pass: an HTTP status and a sentence for who looks; None when it may."""
    headers = Headers(scope=scope)
    host = _only(headers, "host")
    if host is None or not _THIS_COMPUTER.fullmatch(host):
        return 421, "wijkdata antwoordt alleen op deze computer; open het adres dat bij het starten op het scherm kwam."
    if comes_from_elsewhere(scope, headers, host):
        return 403, "wijkdata antwoordt niet aan andere pagina's; open het adres zelf in een nieuw tabblad."
    if _CLOSED.search(scope["path"]):
        return 404, "Hier staat niets."
    return None


def comes_from_elsewhere(scope: Scope, headers: Headers, host: str) -> bool:
    """Tell whether another page asks. A link to a screen may stand anywhere: opening it changes nothing."""
    secure = scope["scheme"] in ("https", "wss")
    own = f"{'https' if secure else 'http'}://{host}".lower()
    if "origin" in headers:
        origin = _only(headers, "origin")
        return origin is None or origin.lower() != own
    if scope["type"] == "websocket":  # every browser says where a websocket comes from
        return True
    followed_link = (
        scope["method"] in ("GET", "HEAD")
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )
    return headers.get("sec-fetch-site") in _ELSEWHERE and not followed_link


def _only(headers: Headers, name: str) -> str | None:
    """The value of a header that stands there once; None when it is absent or stands there more often."""
    values = headers.getlist(name)
    return values[0] if len(values) == 1 else None


def _with_headers(scope: Scope, send: Send) -> Send:
    """`send`, with the rules for the browser on the answer."""
    scheme = "wss" if scope["scheme"] in ("https", "wss") else "ws"
    policy = _POLICY.format(scheme=scheme, host=Headers(scope=scope)["host"])

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer = MutableHeaders(scope=message)
            answer.update({**_HEADERS, "Content-Security-Policy": policy})
            if message["status"] == HTTPStatus.OK and _NEVER_CHANGES.search(scope["path"]):
                answer["Cache-Control"] = _KEEP
        await send(message)

    return send_with_headers
