"""One page of figures is made at a time, and nobody waits for long."""

import threading

import pytest

from wijkdata.ui import shell


class _Page:
    """A page that is being made in a thread of its own, until it is let go."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._make, daemon=True)
        self._thread.start()

    def _make(self) -> None:
        with shell._turn():
            self.begun.set()
            self.may_end.wait(30)

    def end(self) -> None:
        self.may_end.set()
        self._thread.join(30)


def test_a_page_waits_for_the_one_that_is_being_made() -> None:
    first = _Page()
    assert first.begun.wait(30)
    second = _Page()
    assert not second.begun.wait(0.3)
    first.end()
    assert second.begun.wait(30)
    second.end()


def test_who_has_waited_long_enough_goes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "_PATIENCE", 0.1)
    slow = _Page()
    assert slow.begun.wait(30)
    second, third = _Page(), _Page()
    assert second.begun.wait(30) and third.begun.wait(30)
    # They never had the turn, so they do not give it away.
    second.end()
    third.end()
    assert not shell._AT_ONCE.acquire(blocking=False)
    slow.end()


def test_a_page_that_breaks_off_gives_its_turn_away() -> None:
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt), shell._turn():
            raise KeyboardInterrupt
    after = _Page()
    assert after.begun.wait(30)
    after.end()
