"""The two routes that phones may reach: a page with the question, and one vote. Nothing else of the app is served here.

No account and no name. A device carries a random token in a cookie of this session alone, signed so that only tokens given out
here count; what is stored is a hash of it, of another kind for every question.
"""

import asyncio
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from wijkdata.errors import WijkdataError
from wijkdata.questions.werksessie import phone as questions
from wijkdata.questions.werksessie.answer import Asked, Moment, Phone
from wijkdata.store.participation import room
from wijkdata.store.participation.room import Receipt
from wijkdata.ui import gate
from wijkdata.ui.werksessie.pace import Pace
from wijkdata.views.werksessie import phone as pages
from wijkdata.views.werksessie import words

COOKIE = "wijkdata_sessie"
# A vote is some 100 characters. A device gets a cookie once; behind one router a whole room may come from one address.
MOST_BYTES, BODY_SECONDS, MOST_DEVICES = 4096, 5.0, 500
FRESH_SECONDS = 1.0
_HEADERS = {
    "Content-Security-Policy": pages.POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_RECEIPTS = {
    Receipt.SAVED: (HTTPStatus.OK, words.SAVED),
    Receipt.ALREADY: (HTTPStatus.CONFLICT, words.ALREADY),
    Receipt.NOT_OPEN: (HTTPStatus.CONFLICT, words.NOT_OPEN),
    Receipt.CLOSED: (HTTPStatus.GONE, words.ROUND_CLOSED),
}


class TooLargeError(Exception):
    """A body that is larger than a vote can be, or that takes too long to come."""


@dataclass
class Phones:
    """What one listener serves. session, code: of the only session that is answered. host: the name and port it answers to.

    Sixty phones ask again and again, and opening the store is what costs: so what is asked now is looked up once for all of them,
    and a ballot that is known to be there is not looked for. Whether a vote counts is decided in the store alone.
    """

    directory: Path
    session: str
    code: str
    host: str
    pace: Pace = field(default_factory=Pace)
    given: int = 0
    voted: set[str] = field(default_factory=set)
    _now: tuple[float, questions.Now] | None = None
    _questions: dict[tuple[str, str], tuple[float, Asked | None]] = field(default_factory=dict)
    _looking: threading.Lock = field(default_factory=threading.Lock)

    def app(self) -> Starlette:
        """Return the routes, and nothing besides."""
        return Starlette(
            routes=[Route("/s/{code}", self.show, methods=["GET"]), Route("/s/{code}", self.vote, methods=["POST"])]
        )

    async def show(self, request: Request) -> HTMLResponse:
        """Answer a GET: the question of now, or why there is none. A new device gets its cookie."""
        refused = self._refused(request)
        if refused is not None:
            return refused
        token = self._token(request)
        new = "" if token else self._new_token()
        try:
            phone = await run_in_threadpool(self._phone, token or new)
        except WijkdataError:  # the store is busy: the page asks again by itself
            return _answer(pages.message(words.BUSY, again=True), HTTPStatus.SERVICE_UNAVAILABLE)
        answer = _answer(pages.page(phone), HTTPStatus.NOT_FOUND if phone.moment is Moment.UNKNOWN else HTTPStatus.OK)
        if new:
            signed = f"{new}.{self._signature(new)}"
            answer.set_cookie(COOKIE, signed, path=f"/s/{self.code}", httponly=True, samesite="lax")
        return answer

    async def vote(self, request: Request) -> HTMLResponse:
        """Answer a POST: what became of the vote."""
        refused = self._refused(request)
        if refused is not None:
            return refused
        token = self._token(request)
        if not token:
            return _answer(pages.message(words.NO_COOKIE, again=True), HTTPStatus.FORBIDDEN)
        try:
            typed = parse_qs((await _body(request)).decode("utf-8", "replace"), max_num_fields=10)
            status, text, phone = await run_in_threadpool(
                self._vote, token, typed.get("vraag", []), typed.get("antwoord", [])
            )
        except (TooLargeError, ValueError):
            return _answer(pages.message(words.TOO_LARGE), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except ClientDisconnect:  # nobody is there any more to read an answer
            return _answer(pages.message(words.BUSY), HTTPStatus.BAD_REQUEST)
        except WijkdataError:
            return _answer(pages.message(words.BUSY, again=True), HTTPStatus.SERVICE_UNAVAILABLE)
        return _answer(pages.page(phone, text), status)

    def _vote(self, token: str, named: Sequence[str], typed: Sequence[str]) -> tuple[HTTPStatus, str, Phone]:
        """Store a vote on the question that the page was about: another one may be open by now."""
        figure, _, kind = (named[0] if len(named) == 1 else "").partition(":")
        question = self._question(figure, kind)
        if question is None:
            return HTTPStatus.CONFLICT, words.NOT_OPEN, self._phone(token)
        answers = questions.read(question, typed)
        if not answers:
            return HTTPStatus.UNPROCESSABLE_ENTITY, words.no_answer(question), self._phone(token)
        key = room.round_id(self.session, figure, kind)
        ballot = self._ballot(token, key)
        receipt = room.vote(self.directory, key, ballot, answers)
        if receipt in (Receipt.SAVED, Receipt.ALREADY):
            self.voted.add(ballot)
        status, text = _RECEIPTS[receipt]
        return status, text, Phone(Moment.VOTED)

    def _phone(self, token: str) -> Phone:
        """What this device finds now."""
        now = self._asked_now()
        if not now.key:
            return now.phone
        ballot = self._ballot(token, now.key)
        if ballot not in self.voted and room.has_voted(self.directory, ballot):
            self.voted.add(ballot)
        return replace(now.phone, moment=Moment.VOTED) if ballot in self.voted else now.phone

    def _asked_now(self) -> questions.Now:
        """What is asked now, looked up at most every so often; whoever comes meanwhile waits for that one look."""
        with self._looking:
            moment = time.monotonic()
            if self._now is None or moment - self._now[0] > FRESH_SECONDS:
                self._now = moment, questions.now(self.directory, self.code)
            return self._now[1]

    def _question(self, figure: str, kind: str) -> Asked | None:
        """A question as it stood at most so long ago: what is asked changes while the session is prepared, not while it is open."""
        moment, known = time.monotonic(), self._questions.get((figure, kind))
        if known is None or moment - known[0] > FRESH_SECONDS or known[1] is None:
            known = moment, questions.of_session(self.directory, self.session, figure, kind)
            if known[1] is not None:
                self._questions[figure, kind] = known
        return known[1]

    def _refused(self, request: Request) -> HTMLResponse | None:
        """Answer who may not ask: another name than ours, another page, another code, or too much at once."""
        hosts = request.headers.getlist("host")
        if hosts != [self.host]:
            return _answer(pages.message(words.ELSEWHERE), HTTPStatus.MISDIRECTED_REQUEST)
        if gate.comes_from_elsewhere(request.scope, request.headers, self.host):
            return _answer(pages.message(words.ELSEWHERE), HTTPStatus.FORBIDDEN)
        if not self.pace.allows(request.client.host if request.client else ""):
            return _answer(pages.message(words.BUSY, again=True), HTTPStatus.TOO_MANY_REQUESTS)
        if not hmac.compare_digest(str(request.path_params["code"]).lower().encode(), self.code.encode()):
            return _answer(pages.message(words.PHONE[Moment.UNKNOWN]), HTTPStatus.NOT_FOUND)
        return None

    def _token(self, request: Request) -> str:
        """The token of this device; "" when it has none that was given out for this session."""
        token, _, signature = request.cookies.get(COOKIE, "").partition(".")
        fine = hmac.compare_digest(signature.encode(), self._signature(token).encode())
        return token if token and fine else ""

    def _new_token(self) -> str:
        """A token for a new device; "" when there have been more devices than any room holds."""
        if self.given >= MOST_DEVICES:
            return ""
        self.given += 1
        return secrets.token_urlsafe(16)

    def _signature(self, token: str) -> str:
        # The id of a session is random and no phone ever sees it, so it serves as the key: also after a restart.
        return hmac.new(self.session.encode(), token.encode(), hashlib.sha256).hexdigest()

    def _ballot(self, token: str, key: str) -> str:
        return hashlib.sha256(f"{self.session}|{key}|{token}".encode()).hexdigest()


async def _body(request: Request) -> bytes:
    """Read the body of a vote. Raises TooLargeError as soon as it is larger, or when it takes too long."""
    content = b""
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for part in request.stream():
                content += part
                if len(content) > MOST_BYTES:
                    raise TooLargeError
    except TimeoutError as error:
        raise TooLargeError from error
    return content


def _answer(text: str, status: int) -> HTMLResponse:
    return HTMLResponse(text, status, _HEADERS)
