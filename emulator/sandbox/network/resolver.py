"""Find the addresses of a host, within the time that is left."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from emulator.sandbox.network.addresses import Address
from emulator.sandbox.network.deadline import Deadline
from emulator.sandbox.network.problems import Aborted, NoSuchHost

Found = list[tuple[Address, tuple[object, ...]]]
"""Addresses, each with what :meth:`socket.socket.connect` takes for it."""


def literal(host: str, port: int) -> Found | None:
    """Read a host that is an address, in any spelling the system takes, as ``127.1`` or ``0x7f000001``."""
    spelling = host.removesuffix(".")
    try:
        return _addresses(
            socket.getaddrinfo(spelling, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        )
    except (OSError, UnicodeError):
        return None


class Resolution:
    """The question for the addresses of a host; it can be given up, and then goes on without anybody waiting.

    The system's resolver takes no time-out, so a name is looked up in a thread of its own. That of
    ``localhost`` stands in a file.
    """

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._answers: SimpleQueue[Found | Exception] = SimpleQueue()

    def wait(self, deadline: Deadline) -> Found:
        """Return the addresses. Raises :class:`NoSuchHost` without one, and :class:`TimedOut`."""
        if self._host == "localhost":
            self._look_up()
        else:
            deadline.step(f"looking up {self._host}")
            Thread(target=self._look_up, name="emulator-resolver", daemon=True).start()
        try:
            answer = self._answers.get(timeout=deadline.left())
        except Empty:
            raise deadline.passed() from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def interrupt(self) -> None:
        """Let :meth:`wait` raise :class:`Aborted` at once, in whatever thread it waits."""
        self._answers.put(Aborted())

    def _look_up(self) -> None:
        try:
            self._answers.put(_addresses(socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as problem:
            self._answers.put(NoSuchHost(f"no such host: {self._host} ({problem})"))


def _addresses(found: Sequence[tuple[Any, ...]]) -> Found:
    """Each address once; the zone of a link-local one stays in what is connected to."""
    known: dict[tuple[object, ...], Address] = {}
    for *_, name in found:
        known.setdefault(name, ip_address(str(name[0]).partition("%")[0]))
    return [(address, name) for name, address in known.items()]
