"""Faults of deliveries: how webhooks can be spoilt on purpose on their way to an integrator, a row each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class WebhookFaultKind:
    """A way in which a webhook can be spoilt: its name, and what happens to the webhook."""

    name: str
    text: str
    takes_time: bool = False
    """Whether it says by how much time."""
    gathers: bool = False
    """Whether webhooks wait until it has been met as often as it was asked for."""


WEBHOOK_FAULTS: Mapping[str, WebhookFaultKind] = {
    kind.name: kind
    for kind in (
        WebhookFaultKind("twice", "it is delivered a second time, with the same bytes"),
        WebhookFaultKind("late", "it is delivered later, by some simulated time", takes_time=True),
        WebhookFaultKind("out_of_order", "it is delivered after the one that is made next"),
        WebhookFaultKind("batch", "it is delivered in one request with others", gathers=True),
    )
}
"""Every kind by its name.

The platform does all of these: webhooks come twice, come late, and in no promised order (D/webhooks/overview,
29 April 2026; that ``delivered`` may come before ``sent`` is reported), and up to 1,000 updates come in one
request (D/webhooks/create-webhook-endpoint).
"""
BATCH_WAITS = timedelta(minutes=1)
"""How much simulated time a batch waits for its last webhook; then what there is is delivered."""


@dataclass(frozen=True, slots=True)
class WebhookFault:
    """A fault that the next webhooks meet: its kind, how often it is met, and how often it has been."""

    id: int
    kind: str
    times: int = 1
    by: timedelta = timedelta(0)
    met: int = 0

    @property
    def sentence(self) -> str:
        """What it does to a webhook, in words: ``twice: it is delivered a second time, …``."""
        return f"{self.kind}: {WEBHOOK_FAULTS[self.kind].text}"

    @property
    def is_spent(self) -> bool:
        """Whether it has been met as often as it was asked for."""
        return self.met >= self.times

    @property
    def is_unmet(self) -> bool:
        """Whether nothing came of it yet: it was never met, or webhooks wait for more of them."""
        return not self.met or (WEBHOOK_FAULTS[self.kind].gathers and not self.is_spent)


def new_webhook_fault(number: int, kind: str, *, times: int = 1, by: timedelta | None = None) -> WebhookFault:
    """Check what a user asks for and make a :class:`WebhookFault` of it, with a ``number`` of its own.

    Raises :class:`ValueError` for a ``kind`` that there is not, for ``times`` that is no number from 1, and
    for a duration ``by`` that is missing, not above zero, or not of this kind.
    """
    if kind not in WEBHOOK_FAULTS:
        raise ValueError(f"a webhook can be spoilt by {', '.join(WEBHOOK_FAULTS)}, not {kind!r}")
    if isinstance(times, bool) or not isinstance(times, int) or times < 1:
        raise ValueError(f"times is a whole number from 1, not {times!r}")
    takes_time = WEBHOOK_FAULTS[kind].takes_time
    if takes_time and (by is None or by <= timedelta(0)):
        raise ValueError(f"a webhook is {kind} by a duration above zero, not {by}")
    if not takes_time and by is not None:
        raise ValueError(f"a webhook is {kind}, and not by some time; got {by}")
    return WebhookFault(number, kind, times, by or timedelta(0))


def as_json(fault: WebhookFault) -> dict[str, Any]:
    """Write a fault as JSON, as a sandbox keeps it."""
    return asdict(fault) | {"by": fault.by.total_seconds()}


def from_json(kept: Mapping[str, Any]) -> WebhookFault:
    """Read back a fault that :func:`as_json` wrote. Raises :class:`ValueError` for one that cannot be."""
    by = timedelta(seconds=kept["by"]) if WEBHOOK_FAULTS[kept["kind"]].takes_time else None
    return replace(new_webhook_fault(kept["id"], kept["kind"], times=kept["times"], by=by), met=kept["met"])
