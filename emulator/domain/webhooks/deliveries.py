"""Deliveries of webhooks to an integrator, the attempts of each, and what becomes of one after an attempt.

Source: D/webhooks/overview (29 April 2026); the intervals are ours, the platform documents only that they
grow for up to seven days.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from emulator.domain.journal import Outcome
from emulator.domain.values import dataclass

_HOUR = 3600
BACK_OFF = tuple(
    timedelta(seconds=seconds)
    for seconds in (15, 30, 60, 300, 900, _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, 24 * _HOUR)
)
"""How long after each failed attempt the next one comes; the last interval repeats."""
GIVE_UP_AFTER = timedelta(days=7)
"""How long after a webhook was made it is still tried again, in simulated time."""


@dataclass(frozen=True, slots=True)
class MadeWebhook:
    """A webhook that was made and is to be queued: for whom, about whom, its bytes, and when it is due.

    ``body`` are the exact bytes that are signed and sent; ``at`` is the instant it was made.
    """

    app_id: str
    waba_id: str
    phone_number_id: str | None
    """The business number it is about; ``None`` when it is about none."""
    wa_id: str | None
    """The person it is about; ``None`` when it is about none."""
    url: str
    field: str
    body: bytes
    at: datetime
    due: datetime
    cause: str | None = None
    """The id of what it tells of, such as a message's; ``None`` where it tells of several things."""


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
    cause: str | None = None
    """The id of what it tells of, such as a message's; ``None`` where it tells of several things."""


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


@dataclass(frozen=True, slots=True)
class DeliveryOutcome:
    """What becomes of a delivery after an attempt: its state, and when it is due."""

    delivery: Delivery
    attempt: DeliveryAttempt
    state: str
    due: datetime
    outcome: Outcome

    def sentence(self, url: str | None) -> str:
        """Say it for the journal: what was sent to a ``url``, the answer, and what comes next."""
        answer = answer_in_words(self.attempt.status, self.attempt.problem)
        became = {"waiting": f"again at {self.due.isoformat()}", "failed": "given up"}.get(
            self.state, self.state
        )
        return f"{self.delivery.field} to {url or 'nowhere'}: {answer}, {became}"


def answer_in_words(status: int | None, problem: str | None) -> str:
    """Say what came of posting a webhook: ``answered 500: the app raised …``, or one of the two alone."""
    answered = None if status is None else f"answered {status}"
    return ": ".join(each for each in (answered, problem) if each)


def outcome_of(delivery: Delivery, attempt: DeliveryAttempt) -> DeliveryOutcome:
    """Say what becomes of a delivery after an attempt: delivered, tried again later, or given up."""
    if attempt.succeeded:
        return DeliveryOutcome(delivery, attempt, "delivered", delivery.due, Outcome.SUCCESS)
    again = attempt.at + BACK_OFF[min(attempt.number, len(BACK_OFF)) - 1]
    if again - delivery.at > GIVE_UP_AFTER:
        return DeliveryOutcome(delivery, attempt, "failed", attempt.at, Outcome.FAILURE)
    return DeliveryOutcome(delivery, attempt, "waiting", again, Outcome.WARNING)
