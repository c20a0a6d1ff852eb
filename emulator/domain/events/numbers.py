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
    """Somebody set what is known of a number."""

    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NumberQualityChanged(NumberEvent):
    """What people think of a number has changed."""

    before: str
    reached: str


@dataclass(frozen=True, slots=True)
class DisplayNameRequested(NumberEvent):
    """A business asks for another display name for its number."""

    name: str


@dataclass(frozen=True, slots=True)
class DisplayNameReviewed(NumberEvent):
    """The review of a display name came to a decision."""

    name: str
    decision: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class PinChanged(NumberEvent):
    """The two-step verification of a number has another PIN."""


@dataclass(frozen=True, slots=True)
class MaintenanceBegun(NumberEvent):
    """A number cannot be used until its throughput is raised."""

    until: datetime


@dataclass(frozen=True, slots=True)
class ThroughputRaised(NumberEvent):
    """A number has the higher throughput."""

    tier: Tier
