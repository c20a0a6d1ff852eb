"""Accept connections on a port of this machine, a thread for each, and cut them all when asked to."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread

MOST = 256
"""Connections at the same time; further ones are closed."""
_BREAK = 0.1
"""Real seconds for which nobody is let in after that has failed."""


class Acceptor:
    """Listens on a port, and lets ``handle`` have each connection in a thread of its own.

    ``handle`` may raise :class:`OSError`; the connection is closed when it returns.
    """

    def __init__(
        self, handle: Callable[[socket.socket], None], host: str = "127.0.0.1", port: int = 0
    ) -> None:
        """Bind ``host`` and ``port``; 0 takes a free one. Raises :class:`OSError` when it is taken."""
        self._handle = handle
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, port), family=family, backlog=128)
        self.host = host
        self.port: int = self._listener.getsockname()[1]
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        self._closed = Event()
        self._thread = Thread(target=self._accept, name="emulator-proxy", daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                if self._closed.is_set():
                    return
                self._closed.wait(_BREAK)  # the system has no file left, or the caller has gone again
                continue
            with self._lock:
                is_taken = not self._closed.is_set() and len(self._open) < MOST
                if is_taken:
                    self._open.add(connection)
            if is_taken:
                Thread(target=self._carry, args=(connection,), name="emulator-relay", daemon=True).start()
            else:
                connection.close()

    def _carry(self, connection: socket.socket) -> None:
        try:
            with suppress(OSError):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._handle(connection)
        finally:
            with self._lock:
                self._open.discard(connection)
                connection.close()

    def cut(self) -> None:
        """End every open connection now: whoever has kept one finds it closed at its next use."""
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Free the port and end every connection."""
        self._closed.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts, where close does not
        self._listener.close()
        self.cut()
        self._thread.join(1)
