"""Events of groups."""

from __future__ import annotations

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.events.event import EventAtNumber
from emulator.domain.messages.groups import Group
from emulator.domain.people.person import Person
from emulator.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class GroupEvent(EventAtNumber):
    """An event of a group; ``group`` is the group after it."""

    group: Group
    number: BusinessNumber

    @property
    def subject(self) -> str:
        return self.group.id


@dataclass(frozen=True, slots=True)
class GroupCreated(GroupEvent):
    """A business number has made a group."""

    request_id: str
    """The id of the request to make it."""
    invite_link: str
    """The address by which people join it."""


@dataclass(frozen=True, slots=True)
class GroupJoined(GroupEvent):
    """A person has joined a group by its invite link."""

    person: Person


@dataclass(frozen=True, slots=True)
class GroupSuspensionChanged(GroupEvent):
    """A group was suspended, or its suspension ended."""
