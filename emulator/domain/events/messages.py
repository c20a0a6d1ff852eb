"""Events of messages: sent, delivered, read, played, failed, dropped, received."""

from __future__ import annotations

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import MessageError
from emulator.domain.events.event import EventAtNumber
from emulator.domain.messages.lifecycle import Message, MessageStatus
from emulator.domain.people.person import Person
from emulator.domain.pricing.prices import Quote
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class MessageEvent(EventAtNumber):
    """An event of a message; ``message`` is the message after it."""

    message: Message
    number: BusinessNumber
    person: Person | None
    """The person it is from or for; ``None`` for a group as a whole, and for a number that belongs to
    nobody."""

    @property
    def subject(self) -> str:
        return self.message.id

    @property
    def wa_id(self) -> str | None:
        return None if self.person is None else self.person.wa_id


@dataclass(frozen=True, slots=True)
class MessageSent(MessageEvent):
    """An outbound message passed every rule and left the platform.

    ``quote`` is its price, ``None`` where its status carries none.
    """

    outside: bool
    """Whether no customer service window was open when it was accepted."""
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class MessageDelivered(MessageEvent):
    """An outbound message reached a person; in a group there is one event for each participant."""

    outside: bool
    """Whether no customer service window was open at this instant."""
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class MessageRead(MessageEvent):
    """A person read an outbound message; in a group there is one event for each participant."""

    quote: Quote | None


@dataclass(frozen=True, slots=True)
class MessagePlayed(MessageEvent):
    """A person listened to an outbound audio."""

    quote: Quote | None


@dataclass(frozen=True, slots=True)
class StatusReported(MessageEvent):
    """A status of an outbound message was reported on purpose, whatever became of it before.

    Nothing has changed for the message: it has that status already, or one that it never follows.
    """

    status: MessageStatus
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class MessageFailed(MessageEvent):
    """An outbound message was accepted and failed later, with ``error``."""

    error: MessageError


@dataclass(frozen=True, slots=True)
class MessageDropped(MessageEvent):
    """An outbound message was not delivered within its time to live; no webhook reports that."""

    time_to_live: float
    """How many seconds it could wait for a phone that is off."""


@dataclass(frozen=True, slots=True)
class MessageReceived(MessageEvent):
    """A person wrote a message to a business number."""

    person: Person
