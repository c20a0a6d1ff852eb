"""What a receiver of webhooks is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

Headers = Mapping[str, str]


class DeliveryProblem(Exception):
    """No answer came: refused, timed out, no such host, or the receiver raised."""


@dataclass(frozen=True)
class Webhook:
    """A webhook as a callable receiver gets it: the signed bytes and their headers."""

    body: bytes
    headers: Headers

    @cached_property
    def json(self) -> Any:
        """The payload."""
        return json.loads(self.body)


class Receiver(Protocol):
    """Something that takes webhooks."""

    def post(self, url: str, body: bytes, headers: Headers, timeout: float) -> int:
        """Deliver; returns the status. Raises :class:`DeliveryProblem` when there is none."""
        ...

    def verify(self, url: str, query: Mapping[str, str], timeout: float) -> tuple[int, str, bytes]:
        """Ask for the verification challenge; returns status, reason and body."""
        ...
