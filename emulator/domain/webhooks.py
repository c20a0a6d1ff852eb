"""Deliveries of webhooks to an integrator, and the attempts of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook POST: built and signed once, sent until it is answered with 200 or given up.

    ``body`` are the exact bytes that are signed; ``at`` is the instant it was made, ``due`` that of the next
    attempt, ``attempts`` how many there have been. ``url`` is where the last attempt went, and where the next
    goes while it waits. The app, the WABA and the business phone number (``None`` when it is about none)
    decide that.
    """

    id: int
    app_id: str
    waba_id: str
    phone_number_id: str | None
    wa_id: str | None
    """The person it is about; ``None`` when it is about none."""
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
    """One attempt to deliver: the HTTP status of the answer, or the ``problem`` that kept it from one.

    Both when it is known what went wrong in a receiver that answered. ``number`` counts from 1 within the
    delivery.
    """

    delivery_id: int
    number: int
    at: datetime
    status: int | None
    problem: str | None

    @property
    def succeeded(self) -> bool:
        """Whether the receiver answered with 200; any other status is tried again later."""
        return self.status == 200
