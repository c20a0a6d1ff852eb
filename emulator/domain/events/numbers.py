"""Events of business phone numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.event import EventAtNumber
from emulator.domain.limits.messaging_limit import Tier
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class NumberEvent(EventAtNumber):
    """An event of a business phone number; ``number`` is the number after it."""

    number: BusinessNumber

    @property
    def subject(self) -> str:
        return self.number.id


@dataclass(frozen=True, slots=True)
class NumberChanged(NumberEvent):
    """A user changed ``facts`` of a number; what webhooks report of that is an event of its own."""

    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class WebhookFired(NumberEvent):
    """A webhook of some ``field`` was asked for, with this ``value``; nothing else has happened."""

    field: str
    value: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NumberQualityChanged(NumberEvent):
    """The quality rating of a number went from ``before`` to ``reached``."""

    before: str
    reached: str


@dataclass(frozen=True, slots=True)
class NumberFlagged(NumberEvent):
    """A number was flagged for its low quality (``flagged``), or is so no longer.

    ``tier`` is the messaging limit of its portfolio.
    """

    flagged: bool
    tier: Tier


@dataclass(frozen=True, slots=True)
class DisplayNameRequested(NumberEvent):
    """A business requested another display name for its number; its review is open."""

    name: str


@dataclass(frozen=True, slots=True)
class DisplayNameReviewed(NumberEvent):
    """The review of a requested display name was decided; ``reason`` says why it was rejected."""

    name: str
    decision: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class PinChanged(NumberEvent):
    """The PIN of a number's two-step verification was set or changed."""


@dataclass(frozen=True, slots=True)
class MaintenanceBegun(NumberEvent):
    """A number cannot send (131057) ``until`` its throughput is raised."""

    until: datetime


@dataclass(frozen=True, slots=True)
class ThroughputRaised(NumberEvent):
    """A number got the higher throughput; ``tier`` is its portfolio's messaging limit."""

    tier: Tier
