"""Phones in the room: a real server on a real port. A vote counts once and whole, whatever happens around it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.session_examples import ROLE, Device, code_of, server, session
from wijkdata.loading.activities import sessions
from wijkdata.store.participation import door, room
from wijkdata.ui.werksessie import listener, routes
from wijkdata.ui.werksessie.pace import Pace

QUESTION = ("aaaa", room.GUESS)
ASKED = "aaaa:raad"
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture(autouse=True, scope="module")
def nothing_is_remembered():
    """A question opens and closes here in less than a second."""
    usual, routes.FRESH_SECONDS = routes.FRESH_SECONDS, 0.0
    yield
    routes.FRESH_SECONDS = usual


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """(data directory, session, address) with phones on, for the whole module."""
    directory = tmp_path_factory.mktemp("sessie")
    key = session(directory)
    yield directory, key, listener.start(directory, key, "127.0.0.1").address
    listener.stop(directory, key)


@pytest.fixture
def asked(place):
    """The same, with no answers yet to a question that is open."""
    directory, key, address = place
    with door.opened(directory, write=True) as connection:
        for table in ("session_ballot", "session_tally", "session_round"):
            connection.execute(f"DELETE FROM {table}")
    sessions.start(directory, key, ROLE)
    room.open_round(directory, key, *QUESTION)
    return directory, key, address


def counted(directory, key, question=QUESTION):
    now = room.rounds(directory, key)[question]
    assert sum(now.phones.values()) == now.devices or question[1] == room.DOTS
    return dict(now.phones)


def test_a_phone_sees_the_question_and_votes_once(asked):
    directory, key, address = asked
    phone = Device(address)
    page = phone.look()
    assert page.status_code == 200 and "Hoe is de samenhang veranderd?" in page.text
    assert "script" not in page.text and "script-src" not in page.headers["content-security-policy"]
    saved, again, reloaded = phone.vote(ASKED, "beter"), phone.vote(ASKED, "slechter"), phone.look()
    assert (saved.status_code, again.status_code) == (200, 409)
    assert "Opgeslagen" in saved.text and "al gestemd" in again.text and "U heeft al gestemd" in reloaded.text
    assert counted(directory, key) == {"beter": 1}


@pytest.mark.parametrize(
    ("before", "status", "says"),
    [
        (lambda directory, key: room.close_round(directory, key, *QUESTION), 410, "gesloten"),
        (lambda directory, key: sessions.close(directory, key, ROLE), 410, "gesloten"),
        (lambda directory, key: room.open_round(directory, key, "bbbb", room.GUESS), 410, "gesloten"),
    ],
)
def test_a_vote_after_the_question_closed_is_not_counted(asked, before, status, says):
    directory, key, address = asked
    phone = Device(address)
    phone.look()
    before(directory, key)
    answer = phone.vote(ASKED, "beter")
    assert answer.status_code == status and says in answer.text
    assert counted(directory, key) == {}


def test_a_question_that_was_never_opened(asked):
    phone = Device(asked[2])
    phone.look()
    answer = phone.vote("bbbb:raad", "12")
    assert answer.status_code == 409 and "nog niet open" in answer.text


@pytest.mark.parametrize(
    ("question", "answers", "stored"),
    [
        (("bbbb", room.GUESS), ["12,50"], {"12.5": 1}),
        (("bbbb", room.GUESS), ["1.200"], {"1200.0": 1}),
        (("bbbb", room.GUESS), ["veel"], None),
        (("bbbb", room.GUESS), ["1e400"], None),
        (("bbbb", room.GUESS), ["nan"], None),
        (("aaaa", room.GUESS), ["iets anders"], None),
        (("aaaa", room.GUESS), [], None),
        (("aaaa", room.GUESS), ["beter", "slechter"], None),
        (("aaaa", room.RECOGNISE), ["twijfel"], {"twijfel": 1}),
        (("", room.DOTS), ["pppp", "qqqq"], {"pppp": 1, "qqqq": 1}),
        (("", room.DOTS), ["pppp", "pppp"], {"pppp": 1}),
        (("", room.DOTS), ["pppp", "qqqq", "a", "b"], None),
    ],
)
def test_only_answers_to_the_question_are_stored(asked, question, answers, stored):
    directory, key, address = asked
    room.open_round(directory, key, *question)
    phone = Device(address)
    phone.look()
    answer = phone.vote(":".join(question), *answers)
    assert answer.status_code == (200 if stored else 422)
    assert counted(directory, key, question) == (stored or {})
    phone.look()
    assert stored or phone.vote(":".join(question), "beter").status_code in (200, 422)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "kwaad.example"}, 421),
        ({"origin": "http://kwaad.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:1"}, 403),
    ],
)
def test_other_pages_and_other_names_are_refused(asked, headers, status):
    directory, key, address = asked
    phone = Device(address)
    phone.look()
    assert phone.vote(ASKED, "beter", **headers).status_code == status
    assert counted(directory, key) == {}


def test_without_a_cookie_of_ours_no_vote_counts(asked):
    directory, key, address = asked
    for cookie in (
        {},
        {"wijkdata_sessie": "zelfbedacht"},
        {"wijkdata_sessie": "abc." + "0" * 64},
        {"wijkdata_sessie": "."},
    ):
        phone = Device(address, cookies=cookie)
        assert phone.vote(ASKED, "beter").status_code == 403
    assert counted(directory, key) == {}


def test_nothing_but_the_two_routes_is_served(asked):
    address = asked[2]
    base, phone = address.partition("/s/")[0], Device(address)
    for path in (
        "/",
        "/overzicht",
        "/_stcore/health",
        "/_stcore/stream",
        "/app/static/logo.svg",
        "/s/",
        "/s/zzzzz",
        "/s/a/b",
    ):
        assert phone.client.get(base + path).status_code == 404, path
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        assert phone.client.request(method, address).status_code == 405


def test_a_large_body_is_refused_before_it_is_read(asked):
    phone = Device(asked[2])
    phone.look()
    assert phone.vote(ASKED, "x" * 5_000).status_code == 413
    assert phone.vote(*["a=1"] * 30).status_code == 413


def test_what_was_typed_is_text_on_a_phone(asked):
    directory, key, address = asked
    sessions.put_row(directory, key, "figure", EVIL, ROLE)
    room.open_round(directory, key, "cccc", room.GUESS)
    text = Device(address).look().text
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text and "<b onclick" not in text


EVIL = {
    "key": "cccc",
    "position": 3,
    "kind": "vraag",
    "title": "<script>alert(1)</script>",
    "question": "<script>alert(2)</script>",
    "choices": '"><b onclick=x>; gewoon',
}


def test_who_asks_too_much_is_told_to_wait(asked):
    directory, key, address = asked
    phones = listener.current(directory, key).phones
    usual, phones.pace = phones.pace, Pace(per_second=0, at_once=3)
    try:
        phone = Device(address)
        assert [phone.look().status_code for _ in range(4)] == [200, 200, 200, 429]
        assert phone.vote(ASKED, "beter").status_code == 429
    finally:
        phones.pace = usual
    assert counted(directory, key) == {}


def test_many_at_once_are_counted_once(asked):
    """Forty phones that vote at the same moment, each of them twice."""
    directory, key, address = asked
    phones = [Device(address) for _ in range(40)]
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(Device.look, phones))
        answers = list(pool.map(lambda phone: [phone.vote(ASKED, "gelijk").status_code for _ in range(2)], phones))
    assert [sorted(one) for one in answers] == [[200, 409]] * 40
    assert counted(directory, key) == {"gelijk": 40}


def test_stopping_during_votes_and_starting_again(asked):
    """What was answered with "opgeslagen" is counted, and nothing else, however often the question opens and closes."""
    directory, key, address = asked
    phones = [Device(address) for _ in range(30)]
    over = threading.Event()

    def switch():
        while not over.is_set():
            room.close_round(directory, key, *QUESTION)
            room.open_round(directory, key, *QUESTION)

    switching = threading.Thread(target=switch)
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(Device.look, phones))
        switching.start()
        answers = list(pool.map(lambda phone: phone.vote(ASKED, "beter").status_code, phones))
        over.set()
        switching.join()
    assert set(answers) <= {200, 410}
    assert sum(counted(directory, key).values()) == answers.count(200)


def test_a_killed_server_loses_no_vote_that_it_confirmed(tmp_path):
    """Every phone votes again after the restart: one that was counted is told so, and none is counted twice."""
    key = session(tmp_path)
    room.open_round(tmp_path, key, *QUESTION)
    confirmed = []
    with server(tmp_path, key) as (process, address):
        phones = [Device(address) for _ in range(24)]

        def vote(phone):
            try:
                phone.look()
                if phone.vote(ASKED, "beter").status_code == 200:
                    confirmed.append(phone)
            except httpx.HTTPError:
                return

        with ThreadPoolExecutor(6) as pool:
            running = [pool.submit(vote, phone) for phone in phones]
            while len(confirmed) < 5:
                running[0].exception(0.01) if running[0].done() else None
            process.kill()
    stored = sum(counted(tmp_path, key).values())
    assert 5 <= len(confirmed) <= stored <= len(confirmed) + 6
    with server(tmp_path, key) as (_, address):
        for phone in phones:
            phone.address = address
            had_cookie = bool(phone.client.cookies)
            phone.look()
            again = phone.vote(ASKED, "beter").status_code
            assert (
                again in (200, 409) and (again == 409 if phone in confirmed else True) and (had_cookie or again == 200)
            )
    assert counted(tmp_path, key) == {"beter": len(phones)}


def test_phones_are_off_until_they_are_switched_on_and_when_the_session_is_closed(tmp_path):
    key = session(tmp_path, opened=False)
    with pytest.raises(Exception, match="niet open"):
        listener.start(tmp_path, key, "127.0.0.1")
    sessions.start(tmp_path, key, ROLE)
    first, second = (listener.start(tmp_path, key, "127.0.0.1") for _ in range(2))
    assert first is second and code_of(tmp_path, key) in first.address
    assert Device(first.address).look().status_code == 200
    sessions.close(tmp_path, key, ROLE)
    assert "gesloten" in Device(first.address).look().text
    listener.stop(tmp_path, key)
    assert listener.current(tmp_path, key) is None
    with pytest.raises(httpx.ConnectError):
        Device(first.address).look()
