"""What every event has."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(ABC):
    """Something that happened at an instant."""

    at: datetime

    @property
    @abstractmethod
    def subject(self) -> str:
        """The id of what it happened to."""

    @property
    @abstractmethod
    def waba_ids(self) -> tuple[str, ...]:
        """The accounts whose subscribers hear of it."""

    @property
    def business_number(self) -> BusinessNumber | None:
        """The number whose own callback URL goes before the account's, if it is about one."""
        return None
