"""What lies between a browser and a server, to be cut: what the tests and the benchmark of an outage share."""

import contextlib
import socket
import threading
from collections.abc import Iterator


class Wire:
    """What lies between browser and server. Cut, it takes in what is sent and brings nothing over, as a network that is gone."""

    def __init__(self, to: int) -> None:
        self._to, self._whole, self._ends = to, threading.Event(), list[socket.socket]()
        self._whole.set()
        self._refuses = False
        self._door = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._let_in, daemon=True).start()

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *error: object) -> None:
        self._door.close()
        self._drop()

    @contextlib.contextmanager
    def cut(self, told: bool = False) -> Iterator[None]:
        """Bring nothing over; what was connected is told at the end that it is no longer. told: at the beginning too, and
        whoever wants to connect is refused, so that neither end need find out by itself, which takes a server a minute."""
        self._refuses = told
        self._whole.clear()
        if told:
            self._drop()
        yield
        self._whole.set()
        self._drop()

    def _drop(self) -> None:
        ends, self._ends = self._ends, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _let_in(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                if self._refuses and not self._whole.is_set():
                    near.close()
                    continue
                self._ends.append(near)
                if self._whole.is_set():
                    far = socket.create_connection(("127.0.0.1", self._to))
                    self._ends.append(far)
                    for one, other in ((near, far), (far, near)):
                        threading.Thread(target=self._bring, args=(one, other), daemon=True).start()

    def _bring(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while sent := one.recv(65536):
                if self._whole.is_set():
                    other.sendall(sent)
            if self._whole.is_set():
                other.shutdown(socket.SHUT_WR)
