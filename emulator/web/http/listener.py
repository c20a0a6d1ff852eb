"""The port: who is let in, and who has to go for it."""

from __future__ import annotations

import errno
import socket as sockets
import sys
from threading import Lock, local
from typing import Any

from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.utilities import Error

from emulator.web.http.connections import Connection, Refuse
from emulator.web.http.requests import LargestBody, ServiceUnavailable
from emulator.web.http.seconds import seconds
from emulator.web.http.sockets import Sockets
from emulator.web.http.threads import Threads

CONNECTIONS = 400
"""Connections at the same time, where the system allows that many open files."""
REFUSED_AT_ONCE = 20
"""Connections above the limit that still hear why they are refused."""
_BREAK = 0.1
"""Real seconds for which nobody is let in after the system had no file left."""


def most_connections() -> int:
    """How many connections there may be: half of the files that the process may open, at most."""
    if sys.platform == "win32":
        return CONNECTIONS // 2  # its select() takes 512 sockets
    import resource

    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if files == resource.RLIM_INFINITY else max(8, min(CONNECTIONS, files // 2))


class Listener(TcpWSGIServer):
    """Listens on one address. When it is full, the connection that has been idle for longest goes."""

    channel_class = Connection
    socket: sockets.socket | None

    def __init__(
        self,
        app: Any,
        sockets: Sockets,
        threads: Threads,
        adj: Adjustments,
        address: Any,
        largest_body: LargestBody,
        refuse: Refuse,
    ) -> None:
        self.largest_body, self.refuse = largest_body, refuse
        self.sockets = sockets
        self.most = most_connections()
        self._not_before = 0.0
        self._trigger_lock = Lock()
        self.answering = local()
        """Of each thread the ``connection`` on which it carries out a call."""
        self._is_closed = False
        self.active_channels: dict[int, Connection] = {}
        super().__init__(app, map=sockets, dispatcher=threads, adj=adj, sockinfo=address)

    def readable(self) -> bool:
        return bool(self.accepting) and seconds() >= self._not_before

    def handle_accept(self) -> None:
        try:
            accepted = self.accept()
            if accepted is None:
                return
            sock, address = accepted
            self.set_socket_options(sock)
        except OSError as problem:
            if problem.errno in (errno.EMFILE, errno.ENFILE) and not self._make_room():
                self._not_before = seconds() + _BREAK
            return
        if len(self.active_channels) < self.most or self._make_room():
            Connection(self, sock, self.fix_addr(address), self.adj, map=self.sockets)
        elif len(self.active_channels) < self.most + REFUSED_AT_ONCE:
            connection = Connection(self, sock, self.fix_addr(address), self.adj, map=self.sockets)
            connection.refuse(_full(self.most))
        else:
            sock.close()

    def _make_room(self) -> bool:
        """Close the connection that has been idle for longest, else the one that takes longest to ask."""
        connections = list(self.active_channels.values())
        if idle := [each for each in connections if each.is_idle]:
            min(idle, key=lambda each: each.touched).handle_close()
        elif asking := [each for each in connections if not each.is_answering]:
            min(asking, key=lambda each: each.begun).handle_close()
        else:
            return False
        return True

    def check(self) -> None:
        """End connections that take too long; see :meth:`Connection.check`."""
        now = seconds()
        for connection in list(self.active_channels.values()):
            connection.check(now)

    def pull_trigger(self) -> None:
        """Wake the server's loop, unless the connection that this thread answers needs nothing of it.

        Waitress calls this at the end of each answer.
        """
        connection = getattr(self.answering, "connection", None)
        if connection is None or connection.needs_the_loop:
            self.wake()

    def wake(self) -> None:
        """Wake the server's loop; of a server that is closed there is none."""
        with self._trigger_lock:
            if not self._is_closed:
                super().pull_trigger()

    def deafen(self) -> None:
        """Free the port, and let nobody in any more."""
        if self.socket is not None:
            self.accepting = False
            self.del_channel()
            self.socket.close()
            self.socket = None

    def close(self) -> None:
        """Close the port and every connection."""
        self.deafen()
        for connection in list(self.active_channels.values()):
            connection.handle_close()
        with self._trigger_lock:
            if not self._is_closed:
                self._is_closed = True
                self.trigger.close()


def _full(most: int) -> Error:
    return ServiceUnavailable(f"{most} connections are open, and each has a call under way")
