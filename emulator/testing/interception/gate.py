"""What becomes of calls for Meta's hosts in this process: the one thing that tests switch."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from emulator.domain.graph.hosts import is_platform_host
from emulator.testing.interception.callers import calling_line

if TYPE_CHECKING:
    from emulator.web.proxy.terminator import TlsFront

HTTPS = 443


class RealHostRefused(ConnectionRefusedError):
    """A test called one of Meta's real hosts, and nothing went out.

    It is an :class:`OSError`, so that HTTP clients hand it on as they do a refused connection. The sentence
    is its ``strerror``.
    """


class Route(Protocol):
    """Where calls for Meta's hosts go instead: the emulator, with and without a socket."""

    @property
    def app(self) -> Any:
        """The WSGI application."""

    @property
    def front(self) -> TlsFront:
        """The port at which TLS for Meta's hosts ends; made at the first look.

        Raises :class:`~emulator.web.proxy.authority.MissingTls` without the extra ``tls``.
        """


class Gate:
    """Decides for every call of one of Meta's hosts: to the emulator, refused, or out.

    The patches of this process ask it, on whatever thread calls; a test only switches it. It begins open.
    """

    def __init__(self) -> None:
        self.complaints: list[str] = []
        """What was refused since the test began, each sentence once; a strict test fails for it."""
        self.test: str | None = None
        """The test that it was last switched by, ``None`` after :meth:`open`."""
        self.is_suspended = False
        """Whether another gate decides at present; this one lets everything through then."""
        self._refuses = False
        self._route: Route | None = None

    # switched by tests

    def guard(self, test: str, *, refuses: bool) -> None:
        """Begin a test of this name: calls of the real hosts are refused from now on, or let out.

        What is refused stays so after the test, for threads that outlive it, until the next one begins.
        """
        self.test, self._refuses = test, refuses
        self.complaints = []

    def open(self) -> None:
        """Let everything out: a test begins that has nothing to do with WhatsApp."""
        self.test, self._refuses = None, False

    @contextmanager
    def routed(self, route: Route) -> Iterator[None]:
        """Bring calls for Meta's hosts to the emulator inside the ``with`` block; blocks may be nested."""
        before, self._route = self._route, route
        try:
            yield
        finally:
            self._route = before

    # asked by patches

    @property
    def is_shut(self) -> bool:
        """Whether no call of Meta's hosts may go out at present."""
        return (self._refuses or self._route is not None) and not self.is_suspended

    def route(self, host: object) -> Route | None:
        """Say where calls of a host go instead of out; ``None`` for every host that is not Meta's."""
        return self._route if is_platform_host(host) and not self.is_suspended else None

    def check(self, host: object, act: str) -> Route | None:
        """Say where calls of a host go, as :meth:`route`.

        Raises :class:`RealHostRefused` when they may go nowhere; ``act`` says what was tried, such as ``look
        up``.
        """
        if not is_platform_host(host) or self.is_suspended:
            return None
        if self._route is None and self._refuses:
            raise self.refusal(
                f"would {act} {_text(host)}, a real host of Meta's",
                "point the client at whatsapp.url, or bring the call to the sandbox with "
                "`whatsapp_intercept = true`; `whatsapp_real_host = allow` lets it out",
            )
        return self._route

    def front(self, route: Route) -> TlsFront:
        """Open the port for clients that use sockets.

        Raises :class:`~emulator.web.proxy.authority.MissingTls`.
        """
        try:
            return route.front
        except ConnectionError as problem:
            self._complain(problem.strerror or str(problem))
            raise

    def refusal(self, what: str, remedy: str) -> RealHostRefused:
        """Make the error for what a caller tried, with the test, the line and what to do; and remember it."""
        line = calling_line()
        sentence = f"{self.test or 'this process'} {what}{f' (at {line})' if line else ''}: {remedy}"
        self._complain(sentence)
        return RealHostRefused(errno.ECONNREFUSED, sentence)

    def _complain(self, sentence: str) -> None:
        if sentence not in self.complaints:
            self.complaints.append(sentence)


def _text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else str(host)
