"""Events of people towards a business number, other than messages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.event import EventAtNumber
from emulator.domain.people.person import Person
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class PersonEvent(EventAtNumber):
    """An event of a person towards a business phone number."""

    person: Person
    number: BusinessNumber

    @property
    def subject(self) -> str:
        return self.person.wa_id

    @property
    def wa_id(self) -> str:
        return self.person.wa_id


@dataclass(frozen=True, slots=True)
class CallConnected(PersonEvent):
    """A person calls a business number, and it rings."""

    call_id: str
    session: str
    """The digits that identify the offered session in its SDP."""

    @property
    def subject(self) -> str:
        return self.call_id


@dataclass(frozen=True, slots=True)
class CallEnded(PersonEvent):
    """A call of a person has ended, whether it was answered or not."""

    call_id: str
    lasted: timedelta | None
    """How long it lasted from the answer on; ``None`` when it was not answered."""

    @property
    def subject(self) -> str:
        return self.call_id


@dataclass(frozen=True, slots=True)
class UserIdChanged(PersonEvent):
    """A person has another business-scoped user id, as with another number; ``person`` is as they are now."""

    previous: str
    """The user id they had before."""


@dataclass(frozen=True, slots=True)
class EchoSent(PersonEvent):
    """Somebody of the business wrote to a person from the WhatsApp Business app."""

    message_id: str
    kind: str
    """The ``type`` of the message."""
    content: Any
    """What stands under it."""
    text: str
    """The message as one text."""

    @property
    def subject(self) -> str:
        return self.message_id


@dataclass(frozen=True, slots=True)
class MarketingPreferenceChanged(PersonEvent):
    """A person stopped (``stopped``) or resumed the marketing messages of a number."""

    stopped: bool
