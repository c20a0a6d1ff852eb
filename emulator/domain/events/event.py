"""The base class of events."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(ABC):
    """Something that happened in a sandbox at the simulated instant ``at``."""

    at: datetime

    @property
    @abstractmethod
    def subject(self) -> str:
        """The id of what it happened to, as the journal notes it."""

    @property
    @abstractmethod
    def waba_ids(self) -> tuple[str, ...]:
        """The WABAs whose subscribed apps get its webhooks."""

    @property
    def business_number(self) -> BusinessNumber | None:
        """The number it is about, whose own callback URL goes before the WABA's; ``None`` without one."""
        return None

    @property
    def wa_id(self) -> str | None:
        """The person it is about, whose webhooks may have to keep their order; ``None`` without one."""
        return None


class EventAtNumber(Event):
    """An event at one business phone number: the apps of its WABA get its webhooks."""

    __slots__ = ()

    number: BusinessNumber

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return (self.number.waba_id,)

    @property
    def business_number(self) -> BusinessNumber:
        return self.number
