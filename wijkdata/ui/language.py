"""The language of what Streamlit itself writes: the page says that it is Dutch, and brings a script with Streamlit's words.

Streamlit's words are in its own scripts and cannot be set; `static/nederlands.js` replaces them where they appear.
"""

import hashlib
from functools import cache

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wijkdata.settings import STATIC_DIR

SCRIPT = "nederlands.js"
_ENGLISH, _DUTCH = b'<html lang="en"', b'<html lang="nl"'
_END_OF_HEAD = b"</head>"


class Language:
    """ASGI middleware that writes the one HTML page of the app in Dutch."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; the HTML page as a whole, so that its length is known again."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        page = _Page(send)
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        asks_page = any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])
        await self._app({**scope, "headers": plain} if asks_page else scope, receive, page.send)


MIDDLEWARE = Middleware(Language)


def in_dutch(html: bytes) -> bytes:
    """Say that a page is Dutch, and let it load the words."""
    tag = f'<script src="{_address()}"></script>'.encode()
    return html.replace(_ENGLISH, _DUTCH, 1).replace(_END_OF_HEAD, tag + _END_OF_HEAD, 1)


class _Page:
    """Holds an HTML answer back until it is whole; lets every other answer through as it comes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None or message["type"] != "http.response.body":
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                body, headers = in_dutch(self._body), MutableHeaders(scope=self._start)
                headers["content-length"] = str(len(body))
                for stale in ("etag", "last-modified"):
                    if stale in headers:
                        del headers[stale]
                await self._send(self._start)
                await self._send({**message, "body": body})


def _is_page(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers


@cache
def _address() -> str:
    """Where a browser finds the words; another text is another address, so that it can be kept."""
    version = hashlib.sha256((STATIC_DIR / SCRIPT).read_bytes()).hexdigest()[:12]
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"{f'/{base}' if base else ''}/app/static/{SCRIPT}?{version}"
