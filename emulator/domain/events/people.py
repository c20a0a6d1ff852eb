"""What people do about a business number, other than to write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.event import Event
from emulator.domain.people.person import Person


@dataclass(frozen=True, slots=True)
class PersonEvent(Event):
    """Something that a person did about a business number, other than to write."""

    person: Person
    number: BusinessNumber

    @property
    def subject(self) -> str:
        return self.person.wa_id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return (self.number.waba_id,)

    @property
    def business_number(self) -> BusinessNumber:
        return self.number


@dataclass(frozen=True, slots=True)
class CallConnected(PersonEvent):
    """A person calls a business number: it rings."""

    call_id: str
    session: str
    """Digits that tell the offered session from every other."""

    @property
    def subject(self) -> str:
        return self.call_id


@dataclass(frozen=True, slots=True)
class CallEnded(PersonEvent):
    """A call of a person is over, whether or not somebody answered."""

    call_id: str
    lasted: timedelta | None
    """How long they spoke; ``None`` when nobody answered."""

    @property
    def subject(self) -> str:
        return self.call_id


@dataclass(frozen=True, slots=True)
class MarketingPreferenceChanged(PersonEvent):
    """A person stopped the marketing messages of a number, or resumed them."""

    stopped: bool
