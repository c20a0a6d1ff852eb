"""What takes webhooks: the interface of a receiver, and what a function in this process is given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Any, Protocol, runtime_checkable

from emulator.domain.values import dataclass

Headers = Mapping[str, str]


class DeliveryProblem(Exception):
    """No answer came from a receiver, or one whose cause is known.

    Without a ``status`` it was refused, timed out, there is no such host, or the receiver raised. With one
    the receiver answered that, and the message says what went wrong in it.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class DeliveryAborted(DeliveryProblem):
    """The delivery was broken off, or not begun, because the emulator is stopping."""

    def __init__(self) -> None:
        super().__init__("broken off, because the emulator is stopping")


@dataclass(frozen=True)
class Webhook:
    """A webhook as a callable receiver gets it: the exact bytes that were signed, and their headers.

    With the ``method`` GET it is the verification handshake, which has no body: the function returns
    ``query["hub.challenge"]`` when ``query["hub.verify_token"]`` is right.
    """

    body: bytes
    headers: Headers
    method: str = "POST"
    query: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def json(self) -> Any:
        """The payload, parsed from the bytes at the first look."""
        return json.loads(self.body)


class Receiver(Protocol):
    """Something that takes webhooks: the network, a WSGI app, or a function in this process."""

    @property
    def needs_event_loop(self) -> bool:
        """Whether it may answer only while an event loop of the calling thread goes on."""
        ...

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        """Deliver the bytes with their headers, within ``timeout`` seconds; returns the HTTP status.

        Raises :class:`DeliveryProblem` when no answer comes, and with the status when it knows why that came.
        """
        ...

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:
        """Ask for the verification challenge by a GET with ``query``; returns status, reason and body.

        Raises :class:`DeliveryProblem` when no answer comes within ``timeout`` seconds.
        """
        ...


@runtime_checkable
class Telling(Protocol):
    """A receiver that tells what it answered a webhook with, too, and not the status alone."""

    def exchange(self, url: str, body: bytes, headers: Headers, timeout: float) -> tuple[int, bytes]:
        """Deliver as :meth:`Receiver.post` does; returns the status and the body of the answer."""
        ...
