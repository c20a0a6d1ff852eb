"""Connections: what has come in on each, what it is worth, and when it is over."""

from __future__ import annotations

import socket as sockets
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.task import ErrorTask, Task, WSGITask
from waitress.utilities import Error

from emulator.web.endings import CONNECTION
from emulator.web.http.requests import Parser, RequestTimeout
from emulator.web.http.seconds import seconds

if TYPE_CHECKING:
    from emulator.web.http.listener import Listener

PIECE = 128 * 1024
"""Bytes of a file that are read at a time; waitress reads what the socket takes, which may be megabytes."""
HEAD_TIME = 10.0
"""Real seconds in which the head of a request must have come."""
BODY_TIME = 30.0
"""Real seconds in which a body must have come, and one more for each :data:`SLOWEST` bytes of it."""
SLOWEST = 8 * 1024
IDLE_TIME = 120.0
"""Real seconds for which an idle connection is kept, or one whose client takes no more of its answer."""
LINGER = 2.0
"""Real seconds for which a refused client may go on sending: closed at once, it would lose the answer."""

_AT_ONCE = struct.pack("ii", 1, 0)
"""Of SO_LINGER: the socket is closed at once, by a reset."""

Refuse = Callable[[int, str, str, str], tuple[int, list[tuple[str, str]], bytes]]
"""Makes the answer to a request that no application sees: from status, reason, method and path, the status,
the headers and the body."""


class _OneSegment(Task):
    """Sends the head together with the first piece of the body, so that the client wakes once."""

    channel: Connection

    def write(self, data: bytes) -> None:
        if self.wrote_header or len(data) > PIECE:
            super().write(data)
            return
        with self.channel.joining():
            super().write(data)


class Answer(_OneSegment, WSGITask):
    """The application's answer to a request; the application can end the connection before it."""

    def get_environment(self) -> Any:
        environ = super().get_environment()
        environ[CONNECTION] = self.channel
        return environ


class Refusal(_OneSegment, ErrorTask):
    """The server's own answer to a request, made by :data:`Refuse`; it ends the connection."""

    channel: Connection

    def execute(self) -> None:
        error, request = self.request.error, self.request
        self.channel.is_refused = True
        status, headers, body = self.channel.server.refuse(
            error.code, str(error.body), request.command, request.path
        )
        self.status = f"{status} {error.reason if status == error.code else HTTPStatus(status).phrase}"
        self.response_headers.extend(headers)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(b"" if request.command == "HEAD" else body)


class Connection(HTTPChannel):
    """One connection, and the requests on it, one after the other."""

    task_class = Answer
    error_task_class = Refusal
    server: Listener
    socket: sockets.socket | None
    requests: list[Parser]
    request: Parser | None
    close_when_flushed: bool
    sendbuf_len: int

    def __init__(self, server: Listener, sock: sockets.socket, addr: Any, adj: Any, map: Any = None) -> None:  # noqa: A002
        self.parser_class = partial(Parser, largest_body=server.largest_body)
        self._number = sock.fileno()
        self.touched = self.begun = seconds()
        """When something came or went; when the first byte of the unfinished request came."""
        self.is_refused = False
        self._joined: list[bytes] | None = None
        self._is_stuck = False
        """Whether the client has not taken all that was to be sent last time."""
        self._lingers_until: float | None = None
        super().__init__(server, sock, addr, adj, map=map)
        self.sendbuf_len = min(self.sendbuf_len, PIECE)

    # what an application may do to it

    def reset(self) -> None:
        """Reset the connection when this call ends, instead of an answer. It does not return."""
        if self.socket is not None:
            self.socket.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, _AT_ONCE)
        self.hang_up()

    def hang_up(self) -> None:
        """End the connection when what was written has gone out. It does not return."""
        raise ClientDisconnected

    # what it is worth

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits for anything on it."""
        return not (self.requests or self.total_outbufs_len or self.is_receiving)

    @property
    def is_receiving(self) -> bool:
        """Whether a request has begun to come, and has not come to its end."""
        request = self.request
        return request is not None and request.is_begun

    @property
    def is_answering(self) -> bool:
        """Whether a request is being answered, or the answer is on its way."""
        return bool(self.requests or self.total_outbufs_len)

    def check(self, now: float) -> None:
        """End what takes too long, at ``now`` in real seconds. The server's loop calls this every second."""
        if self._lingers_until is not None:
            if now > self._lingers_until:
                self.handle_close()
        elif self.total_outbufs_len or not (self.requests or self.is_receiving):
            if now - self.touched > IDLE_TIME:
                self.handle_close()
        elif not self.requests and (request := self.request) is not None:
            allowed = HEAD_TIME
            if request.headers_finished:
                allowed = BODY_TIME + request.body_bytes_received / SLOWEST
            if now - self.begun > allowed:
                self.refuse(RequestTimeout("The request did not come to its end in time"))

    def refuse(self, error: Error) -> None:
        """Answer what has come so far with an error, and end the connection."""
        with self.requests_lock:
            request = self.request or self.parser_class(self.adj)
            request.refuse(error)
            self.request = None
            self.requests.append(request)
            self.server.add_task(self)
        self.server.sockets.wake(self._number)

    # what comes

    def readable(self) -> bool:
        if self._lingers_until is not None:
            return True
        return bool(super().readable())

    def received(self, data: bytes) -> bool:
        self.touched = seconds()
        if not self.is_receiving:
            self.begun = self.touched
        return bool(super().received(data))

    # what goes

    def service(self) -> None:
        """Carry out a call, in a thread."""
        self.server.answering.connection = self
        try:
            super().service()
        finally:
            self.server.answering.connection = None

    @property
    def needs_the_loop(self) -> bool:
        """Whether something is left for the server's loop: to send, to close, to hear, or to watch over.

        Mostly nothing is, and a loop that is woken takes the interpreter's lock from a thread that works. A
        request that has come meanwhile may have to wait for calls that wait: the loop sees to that.
        """
        return bool(
            self.requests
            or self.total_outbufs_len
            or self.will_close
            or self.close_when_flushed
            or not self.connected
            or self.server.sockets.is_deaf(self._number)
        )

    @contextmanager
    def joining(self) -> Iterator[None]:
        """Send what is written inside the ``with`` block at its end, all together."""
        joined: list[bytes] = []
        self._joined = joined
        try:
            yield
        finally:
            self._joined = None
        if joined:
            self.write_soon(b"".join(joined))

    def write_soon(self, data: Any) -> int:
        if self._joined is not None:
            self._joined.append(data)
            return len(data)
        if not self.total_outbufs_len:
            self.touched = seconds()  # however long the call took, the client has its time to take the answer
        return int(super().write_soon(data))

    def _flush_some(self, do_close: bool = True) -> bool:
        before, self.touched = self.touched, seconds()  # before a client that has its answer can ask another
        sent = bool(super()._flush_some(do_close=do_close))
        if not sent:
            self.touched = before
        self._is_stuck = bool(self.total_outbufs_len)
        if self._is_stuck:
            self.server.sockets.wake(self._number)
        return sent

    def writable(self) -> bool:
        """Whether the server's loop has something to send, which the thread that answers could not."""
        if self._lingers_until is not None:
            return bool(self.will_close)
        if self.requests and not self._is_stuck:
            return bool(self.will_close)
        return bool(super().writable())

    def handle_write(self) -> None:
        if not (self.is_refused and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.will_close:
            self.handle_close()
        elif not self.total_outbufs_len:
            self.close_when_flushed = False
            self._linger()

    def _linger(self) -> None:
        """Take what the client still sends, and throw it away, until it has read the answer."""
        self._lingers_until = seconds() + LINGER
        with suppress(OSError):
            if self.socket is not None:
                self.socket.shutdown(sockets.SHUT_WR)

    def handle_read(self) -> None:
        if self._lingers_until is None:
            super().handle_read()
            return
        try:
            self.recv(PIECE)
        except OSError:
            self.handle_close()

    def cancel(self) -> None:
        super().cancel()
        self.server.wake()
