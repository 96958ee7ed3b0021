"""The process beside the server that makes first views (`first_views.py`): started once per monitor file, when nobody has to
wait for it, and told which gemeenten are looked at."""

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

from wijkdata import settings
from wijkdata.questions.shared import making
from wijkdata.store.monitor import versions
from wijkdata.ui import session

# Who opens the app looks at a first page now: that must have the processor to itself. In seconds.
AFTER = 20.0


class Maker:
    """One process at a time. It is never waited for: without it a page computes what it needs."""

    def __init__(self, after: float = AFTER) -> None:
        self._after = after
        self._lock = threading.Lock()
        self._made_of: tuple[Path, str] | None = None
        self._process: subprocess.Popen[str] | None = None
        self._wished: dict[str, None] = {}

    def look(self, monitor: versions.Monitor, municipality: str) -> None:
        """Say that somebody looks at this gemeente in this file ("": at none)."""
        with self._lock:
            made_of = monitor.path, making.stamp(monitor)
            if made_of != self._made_of:
                self._made_of, self._process = made_of, None  # that of an earlier one ends by itself
                self._wished.clear()
                self._soon()
            if municipality and municipality not in self._wished:
                self._wished[municipality] = None
                if self._process is not None and self._process.poll() is not None:
                    self._process = None
                    self._soon()
                self._tell(municipality)

    def _soon(self) -> None:
        timer = threading.Timer(self._after, self._start, [self._made_of])
        timer.daemon = True
        timer.start()

    def _start(self, made_of: tuple[Path, str]) -> None:
        with self._lock:
            if made_of != self._made_of or self._process is not None:
                return
            with contextlib.suppress(OSError):  # no room for another process: then without
                self._process = _begun(made_of[0].parent)
            for municipality in self._wished:
                self._tell(municipality)

    def _tell(self, municipality: str) -> None:
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):  # it has just ended
                self._process.stdin.write(f"{municipality}\n")
                self._process.stdin.flush()


def _begun(directory: Path) -> "subprocess.Popen[str]":
    """Start the process, behind everything else that the computer has to do (elsewhere it steps back itself)."""
    behind_on_windows = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) | getattr(
        subprocess, "CREATE_NO_WINDOW", 0
    )
    return subprocess.Popen(
        [sys.executable, "-m", "wijkdata.ui.first_views", os.fspath(directory), "--beside"],
        cwd=settings.ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        creationflags=behind_on_windows,
    )


def look(municipality: str) -> None:
    """Say that somebody looks at this gemeente ("": at none) in the newest figures. Nothing where first views are not to be
    made (`settings.first_views`)."""
    newest = versions.current(session.data_dir()) if settings.first_views() else None
    if newest is not None:
        _MAKER.look(newest, municipality)


# Of this server.
_MAKER = Maker()
