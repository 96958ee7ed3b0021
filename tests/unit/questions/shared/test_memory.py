"""Kept answers: made once for everybody at once, the oldest forgotten, and all of them when a newer file appears."""

import threading
import time

from wijkdata.questions.shared.memory import kept


def counting(maxsize):
    """A kept function and the list of what it really computed."""
    computed = []

    @kept(maxsize)
    def ask(monitor, number):
        time.sleep(0.01)
        computed.append((monitor, number))
        return [monitor, number]

    return ask, computed


def test_twenty_at_once_are_one_computation():
    ask, computed = counting(8)
    answers = []
    people = [threading.Thread(target=lambda: answers.append(ask("a", 1))) for _ in range(20)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert computed == [("a", 1)]
    assert len(answers) == 20
    assert all(answer is answers[0] for answer in answers)


def test_the_least_recently_asked_is_forgotten():
    ask, computed = counting(2)
    for number in (1, 2, 1, 3, 1, 2):
        ask("a", number)
    assert [number for _, number in computed] == [1, 2, 3, 2]


def test_a_newer_monitor_forgets_the_older():
    ask, computed = counting(8)
    for monitor in ("a", "b", "b", "a"):
        ask(monitor, 1)
    assert computed == [("a", 1), ("b", 1), ("a", 1)]


def test_an_error_is_not_kept_and_blocks_nobody():
    calls = []

    @kept(8)
    def ask(monitor):
        calls.append(monitor)
        if len(calls) == 1:
            raise ValueError("nog niet")
        return "goed"

    for _ in range(2):
        try:
            last = ask("a")
        except ValueError:
            last = None
    assert (last, len(calls)) == ("goed", 2)


def test_one_kept_function_may_ask_another_and_itself_with_other_values():
    @kept(8)
    def sum_to(monitor, n):
        return n + (sum_to(monitor, n - 1) if n else 0)

    assert sum_to("a", 10) == 55
