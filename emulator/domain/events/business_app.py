"""Events of a number that is used in the WhatsApp Business app, too (coexistence)."""

from __future__ import annotations

from collections.abc import Mapping

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.event import EventAtNumber
from emulator.domain.events.people import PersonEvent
from emulator.domain.messages.chat_history import HistoryChunk
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class HistoryShared(EventAtNumber):
    """A part of the chats from before the number was connected to the API was shared."""

    number: BusinessNumber
    chunk: HistoryChunk

    @property
    def subject(self) -> str:
        return self.number.id


@dataclass(frozen=True, slots=True)
class HistoryFileShared(PersonEvent):
    """The file of a message was shared that is a placeholder among the chats."""

    message: Message
    content: Mapping[str, object]
    """What stands under its type: the id of the file, its type and its digest, and the words beside it."""

    @property
    def subject(self) -> str:
        return self.message.id


@dataclass(frozen=True, slots=True)
class HistoryDeclined(EventAtNumber):
    """The business does not share its chats."""

    number: BusinessNumber

    @property
    def subject(self) -> str:
        return self.number.id


@dataclass(frozen=True, slots=True)
class AppContact:
    """A contact of the app: a person, and how they are called there."""

    person: Person
    full_name: str
    first_name: str


@dataclass(frozen=True, slots=True)
class AppContactsShared(EventAtNumber):
    """Contacts of the app were shared, as a partner asked for them."""

    number: BusinessNumber
    contacts: tuple[AppContact, ...]

    @property
    def subject(self) -> str:
        return self.number.id


@dataclass(frozen=True, slots=True)
class AppContactChanged(PersonEvent):
    """Somebody of the business saved, changed or removed a person among the contacts of the app."""

    full_name: str | None
    """The name they have there; ``None``: they were removed."""
    first_name: str | None
