"""Exchanges with hosts: one request and its answer, within one total time."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from emulator.sandbox.network.addresses import AddressPolicy
from emulator.sandbox.network.deadline import Deadline
from emulator.sandbox.network.problems import (
    Aborted,
    AddressRefused,
    ConnectionClosed,
    NetworkProblem,
    NoConnection,
    TimedOut,
)
from emulator.sandbox.network.resolver import Found, Resolution, literal
from emulator.sandbox.network.urls import Target

if TYPE_CHECKING:
    from emulator.sandbox.network.connection import Answer, Connection

MOST_KEPT = 16
"""How many idle connections are kept."""
MOST_ON_A_CONNECTION = 16
"""Exchanges after which a connection is closed: an app with one thread has it for others in between."""


class _Interruptible(Protocol):
    def interrupt(self) -> None: ...


class Client:
    """Makes the exchanges of one sandbox, for several threads at once; any thread may abort them."""

    def __init__(self, policy: AddressPolicy) -> None:
        self.policy = policy
        self._lock = Lock()
        self._idle: list[Connection] = []
        self._under_way: set[_Interruptible] = set()
        self._aborted = False

    def abort(self) -> None:
        """Break off every exchange under way, at once, and let no other begin.

        Each raises :class:`~emulator.sandbox.network.problems.Aborted` in its own thread: while it looks up a
        name, connects, sends or waits for the answer. Idle connections are closed. It may be called from any
        thread, and again.
        """
        with self._lock:
            self._aborted = True
            for each in self._under_way:
                each.interrupt()
        self.rest()

    def rest(self) -> None:
        """Close the connections that are kept for the next exchange."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def exchange(
        self,
        method: str,
        target: Target,
        headers: Mapping[str, str],
        deadline: Deadline,
        *,
        body: bytes = b"",
        keep: bool = False,
    ) -> Iterator[Answer]:
        """Send a request and hand over the answer, of which the head has come; the body is read inside.

        All of it must be over before the ``deadline``. Redirects are not followed. With ``keep`` the
        connection is kept for the next exchange if the body was read to its end. Raises
        :class:`~emulator.sandbox.network.problems.NetworkProblem`.

        A kept connection that the host closes before any byte of an answer is replaced by a new one, once,
        and the request goes out again. Hosts close idle connections when they like, so this says nothing
        about the request; and a webhook whose answer is missing is sent again by contract, if later.
        """
        try:
            connection = self._kept(target) if keep else None
            answer: Answer | None = None
            request = _request(method, target, headers, body)
            if connection is not None:
                try:
                    answer = self._ask(connection, method, request, deadline)
                except ConnectionClosed as problem:
                    if problem.answered:
                        raise
            if answer is None:
                connection = self._connect(target, deadline)
                answer = self._ask(connection, method, request, deadline)
            assert connection is not None
            done = False
            try:
                yield answer
                done = keep and answer.is_complete and not answer.is_last
            finally:
                self._put_away(connection, done)
        except NetworkProblem as problem:
            if self._aborted and not isinstance(problem, Aborted):
                raise Aborted from None
            raise

    def check(self, target: Target, deadline: Deadline) -> None:
        """Raise :class:`AddressRefused` when the policy lets no address of a target be connected to.

        Raises another :class:`~emulator.sandbox.network.problems.NetworkProblem` when its name cannot be
        looked up before the ``deadline``.
        """
        self._allowed(target, self._addresses(target, deadline))

    def _ask(self, connection: Connection, method: str, request: bytes, deadline: Deadline) -> Answer:
        try:
            connection.send(request, deadline)
            return connection.answer(method, deadline)
        except BaseException:
            self._put_away(connection, False)
            raise

    def _connect(self, target: Target, deadline: Deadline) -> Connection:
        """Connect to the first address of a target that may be connected to and takes the connection."""
        found = self._allowed(target, self._addresses(target, deadline))
        problem: NetworkProblem | None = None
        for number, name in enumerate(found):
            try:
                return self._connect_to(target, name, deadline.share(len(found) - number), deadline)
            except (NoConnection, TimedOut) as failed:
                problem = failed
        assert problem is not None
        raise problem

    def _connect_to(
        self, target: Target, name: tuple[object, ...], share: Deadline, deadline: Deadline
    ) -> Connection:
        from emulator.sandbox.network.connection import Connection  # http.client and ssl, only when needed

        connection = Connection(target, socket.AF_INET6 if ":" in str(name[0]) else socket.AF_INET)
        try:
            self._begin(connection)
            connection.connect(name, share)
            connection.secure(deadline)
        except BaseException:
            self._put_away(connection, False)
            raise
        return connection

    def _addresses(self, target: Target, deadline: Deadline) -> Found:
        found = literal(target.host, target.port)
        if found is not None:
            return found
        resolution = Resolution(target.host, target.port)
        self._begin(resolution)
        try:
            return resolution.wait(deadline)
        finally:
            self._end(resolution)

    def _allowed(self, target: Target, found: Found) -> list[tuple[object, ...]]:
        allowed, refused = [], None
        for address, name in found:
            try:
                self.policy.check(target.host, address)
                allowed.append(name)
            except AddressRefused as problem:
                refused = refused or problem
        if not allowed and refused is not None:
            raise refused
        return allowed

    def _begin(self, each: _Interruptible) -> None:
        with self._lock:
            if self._aborted:
                raise Aborted
            self._under_way.add(each)

    def _end(self, each: _Interruptible) -> None:
        with self._lock:
            self._under_way.discard(each)

    def _kept(self, target: Target) -> Connection | None:
        """Take the newest idle connection to a host that is still open."""
        while True:
            with self._lock:
                if self._aborted:
                    raise Aborted
                fitting = [
                    each
                    for each in self._idle
                    if (each.target.scheme, each.target.host, each.target.port)
                    == (target.scheme, target.host, target.port)
                ]
                if not fitting:
                    return None
                connection = fitting[-1]
                self._idle.remove(connection)
                self._under_way.add(connection)
            if connection.is_quiet:
                return connection
            self._put_away(connection, False)

    def _put_away(self, connection: Connection, keep: bool) -> None:
        """Keep a connection for the next exchange, or close it."""
        closed = [connection]
        with self._lock:
            self._under_way.discard(connection)
            connection.carried += 1
            if keep and not self._aborted and connection.carried < MOST_ON_A_CONNECTION:
                self._idle.append(connection)
                closed = [self._idle.pop(0)] if len(self._idle) > MOST_KEPT else []
        for each in closed:
            each.close()


def _request(method: str, target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{method} {target.path} HTTP/1.1", f"Host: {target.authority}"]
    if method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
