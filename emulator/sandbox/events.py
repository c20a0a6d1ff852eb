"""What happens to messages and templates, told to the services that have something to do then.

Those who listen are called inside the transaction in which it happens, in the order in which they began to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import MessageError
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.domain.templates.template import Status, Template


@dataclass(frozen=True, slots=True)
class MessageEvent:
    """Something that became of a message at an instant."""

    message: Message
    number: BusinessNumber
    person: Person | None
    """Who it is from or for; ``None`` for a group as a whole, and for a number that nobody has."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Sent(MessageEvent):
    """An outbound message has passed every rule and left."""

    outside: bool
    """Whether no customer service window was open when it was accepted."""


@dataclass(frozen=True, slots=True)
class Delivered(MessageEvent):
    """It has reached a person; in a group this comes for each of them."""

    outside: bool
    """Whether no customer service window was open at this instant."""


@dataclass(frozen=True, slots=True)
class Read(MessageEvent):
    """A person has read it."""


@dataclass(frozen=True, slots=True)
class Failed(MessageEvent):
    """It was accepted and then refused."""

    error: MessageError


@dataclass(frozen=True, slots=True)
class Dropped(MessageEvent):
    """It waited longer than it may live, and nobody will hear of it."""


@dataclass(frozen=True, slots=True)
class Received(MessageEvent):
    """A person wrote a message to a business number."""


@dataclass(frozen=True, slots=True)
class TemplateStatusChanged:
    """A template has come to another status."""

    template: Template
    before: Status
    at: datetime


AnyEvent = MessageEvent | TemplateStatusChanged
E = TypeVar("E", bound=AnyEvent)


class Listeners:
    """Who wants to hear of what."""

    def __init__(self) -> None:
        self._of: dict[type[Any], list[Callable[[Any], None]]] = {}

    def add(self, kind: type[E], handler: Callable[[E], None]) -> None:
        self._of.setdefault(kind, []).append(handler)

    def tell(self, event: AnyEvent) -> None:
        for handler in self._of.get(type(event), ()):
            handler(event)
