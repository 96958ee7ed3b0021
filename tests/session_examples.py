"""A session for the tests, and its phones: a server of its own process that can be killed, and devices that vote by HTTP."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import httpx

from wijkdata.loading.activities import sessions
from wijkdata.record.fields import SESSION
from wijkdata.store.participation import registers

ROOT = Path(__file__).resolve().parent.parent
ROLE = "beleidsadviseur"
TYPED = {"title": "Samen kijken naar Vlierhage", "area": "WK970101", "division": 2024, "date": "12-3-2025"}
FIGURE = {
    "key": "aaaa",
    "position": 1,
    "kind": "vraag",
    "title": "Samenhang",
    "question": "Hoe is de samenhang veranderd?",
    "choices": "beter; gelijk; slechter",
}
NUMBER = {
    "key": "bbbb",
    "position": 2,
    "kind": "vraag",
    "title": "Bijstand",
    "question": "Hoeveel van de 100?",
    "unit": "%",
    "decimals": 1,
}
POINTS = [
    {"key": "pppp", "kind": "kans", "text": "Een leeg schoolgebouw"},
    {"key": "qqqq", "kind": "uitdaging", "text": "Zwerfafval bij de winkels"},
]


def session(directory: Path, rows=(), opened=True, **typed) -> str:
    """A session with two figures and two points, open; returns its id."""
    record = sessions.new_session(directory, TYPED | typed, ROLE)
    for table, row in [("figure", FIGURE), ("figure", NUMBER), *(("point", one) for one in POINTS), *rows]:
        sessions.put_row(directory, record.id, table, row, ROLE)
    if opened:
        sessions.start(directory, record.id, ROLE)
    return record.id


def code_of(directory: Path, session_id: str) -> str:
    return str(registers.get(directory, session_id, SESSION).values["code"])


@contextmanager
def server(directory: Path, session_id: str):
    """The listener for phones in a process of its own: (process, address)."""
    command = [sys.executable, "-c", _SERVE, str(directory), session_id]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


# It opens and closes questions on command, as the facilitator's page does: in the process that serves the phones.
_SERVE = """
import sys
from pathlib import Path
from wijkdata.store.participation import room
from wijkdata.ui.werksessie import listener
directory, session = Path(sys.argv[1]), sys.argv[2]
print(listener.start(directory, session, "127.0.0.1").address, flush=True)
for line in sys.stdin:
    what, figure, kind = line.rstrip().split(",")
    {"open": room.open_round, "close": room.close_round}[what](directory, session, figure, kind)
    print("done", flush=True)
"""


def command(process: subprocess.Popen, what: str, figure: str, kind: str) -> None:
    """Open or close a question from within the server."""
    process.stdin.write(f"{what},{figure},{kind}\n")
    process.stdin.flush()
    assert process.stdout.readline() == "done\n"


class Device:
    """One phone: a cookie of its own."""

    def __init__(self, address: str, **options) -> None:
        self.address = address
        # A server ends a connection that is idle for five seconds. A browser opens another one then, this client does not.
        anew = httpx.Limits(max_keepalive_connections=0)
        self.client = httpx.Client(trust_env=False, timeout=20, limits=anew, **options)

    def look(self) -> httpx.Response:
        return self.client.get(self.address)

    def vote(self, question: str, *answers: str, **headers: str) -> httpx.Response:
        origin = {"origin": self.address.partition("/s/")[0]}
        return self.client.post(
            self.address, data={"vraag": question, "antwoord": list(answers)}, headers=origin | headers
        )

    def close(self) -> None:
        self.client.close()
