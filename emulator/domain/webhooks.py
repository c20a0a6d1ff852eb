"""A webhook on its way to an integrator, and the attempts to deliver it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook POST: built and signed once, sent until it is answered with 200 or given up."""

    id: int
    app_id: str
    url: str
    field: str
    body: bytes
    state: str
    """``waiting``, ``delivered`` or ``failed``."""
    at: datetime
    due: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class DeliveryAttempt:
    """One try to deliver: the status it was answered with, or the problem that kept it from an answer."""

    delivery_id: int
    number: int
    at: datetime
    status: int | None
    problem: str | None

    @property
    def succeeded(self) -> bool:
        return self.status == 200 and self.problem is None
