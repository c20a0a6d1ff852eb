"""What becomes of messages."""

from __future__ import annotations

from dataclasses import dataclass

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import MessageError
from emulator.domain.events.event import Event
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.domain.pricing.prices import Quote


@dataclass(frozen=True, slots=True)
class MessageEvent(Event):
    """Something that became of a message."""

    message: Message
    number: BusinessNumber
    person: Person | None
    """Who it is from or for; ``None`` for a group as a whole, and for a number that nobody has."""

    @property
    def subject(self) -> str:
        return self.message.id

    @property
    def waba_ids(self) -> tuple[str, ...]:
        return (self.number.waba_id,)

    @property
    def business_number(self) -> BusinessNumber:
        return self.number


@dataclass(frozen=True, slots=True)
class MessageSent(MessageEvent):
    """A message to a person, or to a group, has passed every rule and left."""

    outside: bool
    """Whether no customer service window was open when it was accepted."""
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class MessageDelivered(MessageEvent):
    """A message has reached a person; in a group this comes for each of them."""

    outside: bool
    """Whether no customer service window was open at this instant."""
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class MessageRead(MessageEvent):
    """A person has read a message; in a group this comes for each of them."""

    quote: Quote | None


@dataclass(frozen=True, slots=True)
class MessageFailed(MessageEvent):
    """A message was accepted and then refused."""

    error: MessageError


@dataclass(frozen=True, slots=True)
class MessageDropped(MessageEvent):
    """A message waited longer than it may live, and nobody will hear of it."""

    lives: float
    """How many seconds it could wait."""


@dataclass(frozen=True, slots=True)
class MessageReceived(MessageEvent):
    """A person wrote a message to a business number."""

    person: Person
