"""Serve a WSGI application on loopback: waitress, with limits, threads and a loop that stops at once."""

from __future__ import annotations

import json
from threading import Event, Thread
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments

from emulator.web.http.listener import Listener
from emulator.web.http.requests import LARGEST_HEAD
from emulator.web.http.seconds import seconds
from emulator.web.http.sockets import Sockets
from emulator.web.http.threads import STALL, Threads

LARGEST_BODY = 1024 * 1024 * 1024
"""Bytes of a body, for an application that does not say how large they may be."""
PATIENCE = 1.0
"""Real seconds for which calls that are under way may go on when the server is stopped."""
CHECK = 1.0
"""Real seconds between two looks at what takes too long."""


class Server:
    """A server in a thread of this process.

    It asks the application, where it has such methods, for ``largest_body(path, content_type)``, and for
    ``refusal(status, reason, method, path)``: the answer to a request that no application sees.
    """

    def __init__(self, app: Any, host: str = "127.0.0.1", port: int = 0) -> None:
        """Bind ``host`` and ``port``; 0 takes a free one. Raises :class:`OSError` when it is taken."""
        adjustments = Adjustments(
            host=host,
            port=port,
            ident=None,
            clear_untrusted_proxy_headers=False,
            max_request_header_size=LARGEST_HEAD,
            max_request_body_size=1 << 62,  # the parser has its own limit
            recv_bytes=64 * 1024,
            channel_timeout=1 << 31,  # the connections have their own
        )
        self._threads = Threads()
        self._sockets = Sockets()
        self._listeners: list[Listener] = []
        self.host = host
        self.port = port
        try:
            for family, kind, protocol, address in adjustments.listen:
                self._listeners.append(
                    Listener(
                        app,
                        self._sockets,
                        self._threads,
                        adjustments,
                        (family, kind, protocol, (address[0], self.port, *address[2:])),
                        getattr(app, "largest_body", lambda *_: LARGEST_BODY),
                        getattr(app, "refusal", _refusal),
                    )
                )
                self.port = int(self._listeners[-1].effective_port)
        except BaseException:
            wasyncore.close_all(self._sockets)
            self._sockets.close()
            raise
        self._stopping, self._ending = Event(), False
        self._thread: Thread | None = None

    @property
    def url(self) -> str:
        """Where it is reached, without a slash at the end."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{'127.0.0.1' if self.host == '0.0.0.0' else shown}:{self.port}"  # noqa: S104

    @property
    def threads(self) -> int:
        """How many threads carry out calls at present."""
        return self._threads.count

    def start(self) -> Server:
        """Serve, in a thread, until :meth:`stop`."""
        self._thread = Thread(target=self._loop, name="emulator-server", daemon=True)
        self._thread.start()
        return self

    def _loop(self) -> None:
        checked = seconds()
        while not self._ending:
            behind = self._threads.is_behind
            self._sockets.turn(STALL if behind else CHECK)
            if behind:
                self._threads.relieve()
            if self._stopping.is_set():
                for listener in self._listeners:
                    listener.deafen()
            if seconds() - checked >= CHECK:
                checked = seconds()
                for listener in self._listeners:
                    listener.check()

    def stop(self) -> None:
        """Free the port, let calls under way go on for :data:`PATIENCE` seconds, and close what is left."""
        self._stopping.set()
        self._wake()
        self._threads.stop(PATIENCE)
        self._ending = True
        self._wake()
        if self._thread is not None:
            self._thread.join(PATIENCE)
        for listener in self._listeners:
            listener.close()
        self._sockets.close()

    def _wake(self) -> None:
        for listener in self._listeners:
            listener.wake()

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def _refusal(status: int, reason: str, *_: str) -> tuple[int, list[tuple[str, str]], bytes]:
    body = json.dumps({"error": {"message": reason, "code": status}}).encode()
    return status, [("Content-Type", "application/json")], body
