"""What happens to business phone numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.event import Event
from emulator.domain.limits.messaging_limit import Tier


@dataclass(frozen=True, slots=True)
class NumberEvent(Event):
    """Something that happened to a business number."""

    number: BusinessNumber

    @property
    def subject(self) -> str:
        return self.number.id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return (self.number.waba_id,)

    @property
    def business_number(self) -> BusinessNumber:
        return self.number


@dataclass(frozen=True, slots=True)
class NumberChanged(NumberEvent):
    """Somebody set what is known of it."""

    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NumberQualityChanged(NumberEvent):
    """What people think of it has changed."""

    before: str
    reached: str


@dataclass(frozen=True, slots=True)
class DisplayNameRequested(NumberEvent):
    """Its business asks for another display name."""

    name: str


@dataclass(frozen=True, slots=True)
class DisplayNameReviewed(NumberEvent):
    """The review of a display name came to a decision."""

    name: str
    decision: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class PinChanged(NumberEvent):
    """Its two-step verification has another PIN."""


@dataclass(frozen=True, slots=True)
class MaintenanceBegun(NumberEvent):
    """It cannot be used until its throughput is raised."""

    until: datetime


@dataclass(frozen=True, slots=True)
class ThroughputRaised(NumberEvent):
    """It has the higher throughput."""

    tier: Tier
