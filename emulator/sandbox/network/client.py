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
from emulator.sandbox.real_time import real_seconds

if TYPE_CHECKING:
    from emulator.sandbox.network.connection import Answer, Connection
    from emulator.sandbox.network.plain_answer import PlainAnswer

MOST_KEPT = 16
"""How many idle connections are kept."""
LONGEST_OPEN = 0.25
"""Real seconds for which a connection is kept: an app with one thread has it for others in between."""
FEWEST_ON_A_CONNECTION = 16
"""Exchanges in a row for which it is kept however long they take."""


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

    def rest(self, *, of: Target | None = None) -> None:
        """Close the connections that are kept for the next exchange: all, or those ``of`` a target's host."""
        with self._lock:
            idle = [each for each in self._idle if of is None or each.target.is_same_host(of)]
            self._idle = [each for each in self._idle if each not in idle]
        for connection in idle:
            connection.close()

    def tidy(self) -> float | None:
        """Close the kept connections that have been open for :data:`LONGEST_OPEN`.

        Returns after how many real seconds the next one will have been; ``None`` when none is kept.
        """
        with self._lock:
            begun = real_seconds() - LONGEST_OPEN
            old = [each for each in self._idle if each.since <= begun]
            self._idle = [each for each in self._idle if each.since > begun]
            left = min((each.since - begun for each in self._idle), default=None)
        for connection in old:
            connection.close()
        return left

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
    ) -> Iterator[Answer | PlainAnswer]:
        """Send a request and hand over the answer, of which the head has come; the body is read inside.

        All of it must be over before the ``deadline``. Redirects are not followed. With ``keep`` the
        connection is kept for the next exchange if the body was read to its end; without, those that are kept
        to this host are closed first, as it may have one thread. Raises
        :class:`~emulator.sandbox.network.problems.NetworkProblem`.

        Hosts close idle connections when they like. A kept one that was closed before the request came is
        replaced by a new one, once, and the request goes out there. One that was closed after the host had
        read the request is not: the host may have acted on it, and would do so twice.
        """
        try:
            request = _request(method, target, headers, body)
            if not keep:
                self.rest(of=target)
            connection = self._kept(target) if keep else None
            answer = None if connection is None else self._ask_again(connection, method, request, deadline)
            if connection is None or answer is None:
                connection = self._connect(target, deadline)
                answer = self._ask(connection, method, request, deadline)
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

    def _ask_again(
        self, connection: Connection, method: str, request: bytes, deadline: Deadline
    ) -> Answer | PlainAnswer | None:
        """Ask over a kept connection; ``None`` when the host had closed it and has read nothing."""
        try:
            connection.send(request, deadline)
            return connection.answer(method, deadline)
        except ConnectionClosed as problem:
            try:
                if problem.answered or not connection.was_reset(deadline):
                    raise
            finally:
                self._put_away(connection, False)
            return None
        except BaseException:
            self._put_away(connection, False)
            raise

    def _ask(
        self, connection: Connection, method: str, request: bytes, deadline: Deadline
    ) -> Answer | PlainAnswer:
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
                fitting = [each for each in self._idle if each.target.is_same_host(target)]
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
            if keep and not self._aborted and not _is_over(connection):
                self._idle.append(connection)
                closed = [self._idle.pop(0)] if len(self._idle) > MOST_KEPT else []
        for each in closed:
            each.close()


def _is_over(connection: Connection) -> bool:
    """Whether a connection was kept for long enough."""
    return connection.carried >= FEWEST_ON_A_CONNECTION and real_seconds() - connection.since >= LONGEST_OPEN


def _request(method: str, target: Target, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{method} {target.path} HTTP/1.1", f"Host: {target.authority}"]
    if method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
