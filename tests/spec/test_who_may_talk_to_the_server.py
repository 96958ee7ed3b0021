"""A real server over plain HTTP and websockets: who gets an answer, and whom the server itself calls (nobody).

The server's process writes down every address that it looks up, connects or sends to: Python tells it (`sys.addaudithook`).
"""

import http.client
import json
import os
import socket
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser import harness
from wijkdata.ui.shell import PAGES

WRITE_DOWN = """
import json, os, sys
WHERE = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}
def hear(event, arguments):
    if event in WHERE:
        with open(os.environ["WIJKDATA_CALLS"], "a", encoding="utf-8") as file:
            file.write(json.dumps([event, str(arguments[WHERE[event]])]) + "\\n")
sys.addaudithook(hear)
"""
OTHER_PORT, OTHER_NAME = "http://127.0.0.1:{other}", "http://wijkdata.example:{port}"
FROM_PAGE = {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
FROM_LINK = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
FROM_FRAME = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
FROM_PICTURE = {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    """The file in which the server's process writes whom it calls."""
    return tmp_path_factory.mktemp("calls") / "calls.jsonl"


@pytest.fixture(scope="module")
def server(example_data, calls):
    (calls.parent / "sitecustomize.py").write_text(WRITE_DOWN, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(calls.parent))
        patch.setenv("WIJKDATA_CALLS", str(calls))
        with harness.serve(example_data) as url:
            yield urlsplit(url)


def called(calls) -> list[list[str]]:
    return [json.loads(line) for line in calls.read_text("utf-8").splitlines()] if calls.exists() else []


def filled(values: dict[str, str], server) -> dict[str, str]:
    """The headers with this server's port in them, and that of another."""
    return {name: value.format(port=server.port, other=server.port + 1) for name, value in values.items()}


def ask(server, path="/", method="GET", **headers):
    """One request with exactly these headers; `Host` is right unless it is given."""
    connection = http.client.HTTPConnection(server.hostname, server.port, timeout=30)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in {"Host": server.netloc, **filled(headers, server)}.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    answer.body = answer.read().decode("utf-8")
    connection.close()
    return answer


def websocket(server, origin=None, host=None):
    """A websocket as a browser opens it, to this server whatever its `Host` says."""
    asked = filled({"host": host or server.netloc, "origin": origin or ""}, server)
    there = socket.create_connection((server.hostname, server.port))
    return connect(
        f"ws://{asked['host']}/_stcore/stream",
        sock=there,
        origin=asked["origin"] or None,
        subprotocols=["streamlit"],
        max_size=None,
    )


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 200),
        ("/kaart", {}, 200),
        ("/_stcore/health", {"Host": "localhost:{port}"}, 200),
        ("/_stcore/health", {"Host": "[::1]:{port}"}, 200),
        ("/_stcore/health", {"Origin": "http://127.0.0.1:{port}"}, 200),
        ("/_stcore/health", {"Origin": "http://localhost:{port}", "Host": "localhost:{port}"}, 200),
        ("/kaart", {"Sec-Fetch-Site": "cross-site", **FROM_LINK}, 200),
        ("/kaart", {"Sec-Fetch-Site": "none", **FROM_LINK}, 200),
        ("/", {"Host": "wijkdata.example:{port}"}, 421),
        ("/", {"Host": "127.0.0.1.nip.example:{port}"}, 421),
        ("/", {"Host": "localhost.:{port}"}, 421),
        ("/", {"Host": "localhost:{port}@wijkdata.example"}, 421),
        ("/", {"Host": ""}, 421),
        ("/", {"Origin": OTHER_PORT}, 403),
        ("/", {"Origin": OTHER_NAME}, 403),
        ("/", {"Origin": "http://localhost:{port}"}, 403),
        ("/", {"Origin": "https://127.0.0.1:{port}"}, 403),
        ("/", {"Origin": "http://127.0.0.1:{port}0"}, 403),
        ("/", {"Origin": "http://127.0.0.1:{port}.wijkdata.example"}, 403),
        ("/", {"Origin": "null"}, 403),
        ("/", {"Origin": ""}, 403),
        ("/_stcore/host-config", {"Sec-Fetch-Site": "same-site", **FROM_PAGE}, 403),
        ("/app/static/logo.svg", {"Sec-Fetch-Site": "same-site", **FROM_PICTURE}, 403),
        ("/", {"Sec-Fetch-Site": "same-site", **FROM_FRAME}, 403),
        ("/_stcore/metrics", {}, 404),
        ("/_stcore/metrics/", {}, 404),
        ("/_stcore/%6Detrics", {}, 404),
        ("/_stcore/agent/mcp", {}, 404),
    ],
)
def test_who_gets_an_answer(server, path, headers, status):
    assert ask(server, path, **headers).status == status


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "OPTIONS"])
def test_another_page_changes_nothing(server, method):
    answer = ask(server, "/_stcore/upload_file/a/b", method, Origin=OTHER_PORT, **FROM_PAGE)
    assert answer.status == 403
    assert answer.getheader("Access-Control-Allow-Origin") is None


def test_a_refusal_is_a_sentence(server):
    assert ask(server, Host="wijkdata.example").body == (
        "wijkdata antwoordt alleen op deze computer; open het adres dat bij het starten op het scherm kwam."
    )


@pytest.mark.parametrize("path", ["/", "/kaart", "/_stcore/health", "/app/static/logo.svg", "/bestaat-niet.js"])
def test_no_page_of_another_frames_or_reads_it(server, path):
    answer = ask(server, path)
    assert answer.getheader("X-Frame-Options") == "SAMEORIGIN"
    assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in answer.getheader("Content-Security-Policy").split(";"))
    assert policy["frame-ancestors"] == policy["default-src"] == policy["form-action"] == "'self'"
    allowed = {word for words in policy.values() for word in words.split()}
    assert {word for word in allowed if "." in word} == {f"ws://{server.netloc}"}
    assert not allowed & {"*", "http:", "https:", "ws:", "wss:"}


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (OTHER_PORT, None),
        (OTHER_NAME, None),
        (OTHER_NAME, "wijkdata.example:{port}"),  # a name that was made to mean 127.0.0.1
        ("http://localhost:{port}", None),
        ("https://127.0.0.1:{port}", None),
        ("null", None),
        (None, None),
    ],
)
def test_a_websocket_of_another_page_is_refused(server, calls, origin, host):
    before = called(calls)
    with pytest.raises(InvalidStatus) as refused:
        websocket(server, origin, host)
    assert refused.value.response.status_code == 403
    assert called(calls) == before


def test_every_page_runs_over_a_websocket_and_calls_nobody(server, calls):
    """What a browser does, without one: the script of every page runs to its end for the page's own websocket."""
    for entry in PAGES:
        with websocket(server, "http://127.0.0.1:{port}") as connection:
            message = BackMsg()
            message.rerun_script.page_name = entry.url
            message.rerun_script.query_string = "gemeente=GM9702&wijk=WK970204"
            connection.send(message.SerializeToString())
            assert entry.title in texts_until_the_end(connection)
    assert called(calls) == []


def texts_until_the_end(connection) -> str:
    """All text that the page sent, until its script ended by itself."""
    texts = []
    while True:
        message = ForwardMsg.FromString(connection.recv(timeout=60))
        texts.append(str(message))
        if (
            message.WhichOneof("type") == "script_finished"
            and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
        ):
            return "\n".join(texts)


def test_a_call_would_have_been_written_down(calls, server):
    """The same hook in a process that does look up a name: an empty list above means something."""
    file = calls.parent / "one call.jsonl"
    environment = {**os.environ, "PYTHONPATH": str(calls.parent), "WIJKDATA_CALLS": str(file)}
    code = "import socket; s = socket.socket(); s.settimeout(1); s.connect_ex(('127.0.0.1', 9))"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert called(file) == [["socket.connect", "('127.0.0.1', 9)"]]
