"""One connection to a host, and the answers that come over it, each within a total time and a bound."""

from __future__ import annotations

import errno
import io
import os
import select
import socket
import ssl
from contextlib import suppress
from email.message import Message
from functools import cache
from http.client import HTTPException, HTTPResponse, IncompleteRead, LineTooLong, RemoteDisconnected
from selectors import EVENT_WRITE, DefaultSelector
from typing import Any

from emulator.sandbox.network.deadline import Deadline
from emulator.sandbox.network.plain_answer import PlainAnswer, plain_answer
from emulator.sandbox.network.problems import (
    BadAnswer,
    BadCertificate,
    ConnectionClosed,
    NoConnection,
)
from emulator.sandbox.network.urls import Target
from emulator.sandbox.real_time import real_seconds

MOST_HEAD = 64 * 1024
"""Bytes within which the head of an answer must end, with the interim answers (1xx) before it."""

_LOOKED_AT = 16 * 1024
"""Bytes of an answer that are looked at first: nearly every one is whole within them."""
RESET = 0.05
"""Real seconds within which the system of a peer says that it had closed before the request came."""
_OVERHEAD = 8
"""Bytes that may come for a byte of a body: a chunk of one byte takes six."""
LOOK = 0.05
"""Real seconds after which a connection that is being made looks whether it was interrupted."""
_UNDER_WAY = (errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EINPROGRESS))


class Connection:
    """A connection to a target, made anew: plain, or with TLS and a certificate that the system trusts.

    Every method takes the deadline of its exchange, or goes by that of the exchange under way.
    """

    def __init__(self, target: Target, family: int) -> None:
        self.target = target
        self.carried = 0
        """How many exchanges it has carried to their end."""
        self.since = real_seconds()
        """The real second at which it was made."""
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._is_interrupted = False

    def connect(self, name: Any, deadline: Deadline) -> None:
        """Connect to a resolved address. Raises :class:`NoConnection` or :class:`TimedOut`."""
        deadline.step(f"connecting to {name[0]}:{name[1]}")
        try:
            self._socket.setblocking(False)
            error = self._socket.connect_ex(name)
            if error in _UNDER_WAY:
                self._wait_until_connected(deadline)
                error = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if error:
                raise OSError(error, os.strerror(error))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as problem:
            raise NoConnection(_no_connection(problem, name)) from None
        self._check()

    def _wait_until_connected(self, deadline: Deadline) -> None:
        with DefaultSelector() as selector:
            selector.register(self._socket, EVENT_WRITE)
            while not selector.select(min(LOOK, deadline.left())):
                self._check()

    def secure(self, deadline: Deadline) -> None:
        """Make the TLS handshake, where the target has it.

        Raises :class:`BadCertificate` or :class:`TimedOut`.
        """
        if self.target.scheme != "https":
            return
        deadline.step("the TLS handshake")
        host = self.target.host.partition("%")[0].rstrip(".")
        try:
            self._socket.settimeout(deadline.left())
            secured = _trust().wrap_socket(self._socket, server_hostname=host, do_handshake_on_connect=False)
            self._socket = secured
            self._check()
            secured.settimeout(deadline.left())
            secured.do_handshake()
        except TimeoutError:
            raise deadline.passed() from None
        except (OSError, ValueError) as problem:
            reason = getattr(problem, "verify_message", None) or getattr(problem, "reason", None) or problem
            raise BadCertificate(f"no TLS with {self.target.host}: {reason}") from None

    def send(self, request: bytes, deadline: Deadline) -> None:
        """Send a request. A peer that closes meanwhile is no problem yet: it may have answered before."""
        deadline.step("sending the request")
        rest = memoryview(request)
        try:
            while rest:
                self._socket.settimeout(deadline.left())
                rest = rest[self._socket.send(rest) :]
        except TimeoutError:
            raise deadline.passed() from None
        except OSError:
            return

    def answer(self, method: str, deadline: Deadline) -> Answer | PlainAnswer:
        """Read the head of an answer.

        Raises :class:`TimedOut`, :class:`BadAnswer` or :class:`ConnectionClosed`.
        """
        deadline.step("the head of the answer is not complete")
        incoming = _Incoming(self._socket, deadline)
        if method == "POST":
            plain = plain_answer(incoming.look())
            if plain is not None:
                return plain
        return Answer(incoming, method, deadline)

    def was_reset(self, deadline: Deadline) -> bool:
        """Whether the peer, which has closed it, had closed it before it read all that was sent.

        Its system says so by a reset, which may come a moment after the end; that is waited for up to
        :data:`RESET` real seconds. Without one the peer has read the request.
        """
        if not hasattr(select, "poll"):
            return False
        reset = select.poll()
        reset.register(self._socket, 0)  # errors are told unasked
        return bool(reset.poll(1000 * min(RESET, deadline.left())))

    @property
    def is_quiet(self) -> bool:
        """Whether it is open and nothing has come: what comes unasked is an end, or an answer to nothing."""
        try:
            self._socket.setblocking(False)
            socket.socket.recv(self._socket, 1, socket.MSG_PEEK)  # below TLS, which cannot peek
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def interrupt(self) -> None:
        """End at once whatever a thread waits for on this connection, which is of no use afterwards."""
        self._is_interrupted = True
        with suppress(OSError):  # not connected yet, or closed by the peer
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # TLS would say goodbye first

    def _check(self) -> None:
        """Raise when it was interrupted at a moment at which that could not end it."""
        if self._is_interrupted:
            raise ConnectionClosed("interrupted", answered=False)

    def close(self) -> None:
        """Close it; no thread may be using it."""
        self._socket.close()


class Answer:
    """The answer to one request: its head, and as much of the body as is asked for."""

    def __init__(self, incoming: _Incoming, method: str, deadline: Deadline) -> None:
        self._incoming = incoming
        self._deadline = deadline
        self._response = _Response(incoming, method=method)  # type: ignore[arg-type]
        try:
            self._response.begin()
        except RemoteDisconnected:
            raise ConnectionClosed("the connection was closed without an answer", answered=False) from None
        except (_TooMuch, LineTooLong):
            raise BadAnswer(f"the head of the answer does not end within {MOST_HEAD} bytes") from None
        except HTTPException as problem:
            if incoming.is_at_end:
                raise ConnectionClosed(
                    "the connection was closed within the head of the answer", answered=True
                ) from None
            raise BadAnswer(f"no HTTP answer: {type(problem).__name__} {problem}".rstrip()) from None
        except ConnectionError:
            raise ConnectionClosed(
                "the connection was closed without an answer"
                if not incoming.received
                else "the connection was closed within the head of the answer",
                answered=incoming.received > 0,
            ) from None
        if incoming.is_at_end:  # http.client takes an end for that of the headers
            raise ConnectionClosed("the connection was closed within the head of the answer", answered=True)
        self.status: int = self._response.status
        self.reason: str = self._response.reason
        self.headers: Message = self._response.headers

    @property
    def length(self) -> int | None:
        """How many bytes of the body are still to come, as the head says; ``None`` when it does not."""
        return self._response.length

    @property
    def is_complete(self) -> bool:
        """Whether the body has been read to its end."""
        return self._response.isclosed()

    @property
    def is_last(self) -> bool:
        """Whether the connection ends with this answer."""
        return self._response.will_close or self.status == 101

    def read(self, most: int) -> bytes:
        """Read on in the body: ``most`` bytes, or less at its end.

        Raises :class:`TimedOut`, and :class:`ConnectionClosed` when the body ends before it should.
        """
        self._deadline.step("the body of the answer is not complete")
        self._incoming.allow(_OVERHEAD * most + MOST_HEAD)
        try:
            data = self._response.read(most)
        except _TooMuch:
            raise BadAnswer("the answer is not the one that its head announces") from None
        except IncompleteRead as problem:
            if not self._incoming.is_at_end:
                raise BadAnswer("the answer has no chunks, as its head announces") from None
            raise ConnectionClosed("the connection was closed within the answer", answered=True) from problem
        except (HTTPException, ConnectionError) as problem:
            raise ConnectionClosed(
                f"the connection was closed within the answer ({problem})", answered=True
            ) from None
        missing = self._response.length
        if len(data) < most and missing and not self._response.chunked:
            raise ConnectionClosed(
                f"the connection was closed {missing} bytes before the end of the answer", answered=True
            )
        return data


class _TooMuch(Exception):
    """More bytes have come than are read."""


class _Incoming(io.RawIOBase):
    """What comes over a socket for one answer: within the time that is left, and within a bound."""

    def __init__(self, source: socket.socket, deadline: Deadline) -> None:
        self._source, self._deadline = source, deadline
        self._most = MOST_HEAD
        self._ahead = b""
        """What came first, and is read once more."""
        self.received = 0
        self.is_at_end = False

    def makefile(self, _: str) -> io.BufferedReader:
        """What a response reads from; closing it leaves the socket open."""
        return io.BufferedReader(self)

    def allow(self, most: int) -> None:
        """Bound what may come from now on, in bytes."""
        self._most = self.received + most

    def look(self) -> bytes:
        """Wait for what comes first, and return it; it is read once more afterwards.

        Empty when the connection ends instead.
        """
        buffer = bytearray(_LOOKED_AT)
        try:
            self._ahead = bytes(buffer[: self.readinto(buffer)])
        except ConnectionError:
            self._ahead = b""
        return self._ahead

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._ahead:
            count = min(len(self._ahead), len(buffer))
            buffer[:count], self._ahead = self._ahead[:count], self._ahead[count:]
            return count
        if self.received >= self._most:
            raise _TooMuch
        self._source.settimeout(self._deadline.left())
        try:
            count = self._source.recv_into(buffer)
        except TimeoutError:
            raise self._deadline.passed() from None
        except ConnectionError:
            self.is_at_end = True
            raise
        except OSError as problem:  # an error of TLS
            self.is_at_end = True
            raise ConnectionResetError(str(problem)) from None
        self.received += count
        self.is_at_end = not count
        return count


class _Response(HTTPResponse):
    """An answer without the interim ones before it; :mod:`http.client` skips 100 alone of these."""

    def flush(self) -> None:
        """Do nothing, since it is only read: its file, which it would flush, may be closed before it."""

    def begin(self) -> None:
        super().begin()
        while 100 <= self.status < 200 and self.status != 101:
            self.headers = self.msg = None  # type: ignore[assignment]
            super().begin()


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that the system trusts; read once, which takes some ten milliseconds."""
    return ssl.create_default_context()


def _no_connection(problem: OSError, name: Any) -> str:
    if isinstance(problem, ConnectionRefusedError):
        return "connection refused"
    return f"no connection to {name[0]}:{name[1]}: {problem.strerror or problem}"
